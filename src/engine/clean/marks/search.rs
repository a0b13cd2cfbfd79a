//! The search for the best reading of all double marks together.

use super::context::{self, Context};
use super::weights;
use super::{Mark, Role, Side, Spaces};

/// How deep a reading may nest: a quotation, and one inside it.
const DEPTHS: usize = 3;
const IMPOSSIBLE: f32 = -1.0e9;

/// The prices of the unusual.
mod price {
    /// A double mark inside a double-marked quotation.
    pub const NESTED: f32 = 3.0;
    /// One mark that closes two quotations.
    pub const CLOSES_TWO: f32 = 0.6;
    /// A close that nothing opened.
    pub const ORPHAN_CLOSE: f32 = 3.6;
    /// An open inside an open quotation that is not a nested one: a close was lost.
    pub const OPEN_AGAIN: f32 = 4.2;
    /// The same where a sentence ends before and begins after: a paragraph may begin here.
    pub const OPEN_AGAIN_AT_SENTENCE: f32 = 2.4;
    /// The same at the start of a paragraph, where it is the rule.
    pub const OPEN_AGAIN_AT_PARAGRAPH: f32 = 0.2;
    /// What a mark without its partner is multiplied with in a text that has lost words.
    pub const LOST: f32 = 0.55;
    /// A quotation that runs on over the end of a paragraph.
    pub const OVER_PARAGRAPH: f32 = 1.8;
    /// A quotation that the end of a paragraph, or of the text, closes.
    pub const NEVER_CLOSED: f32 = 2.4;
    /// What the log odds of a stretch count beside those of its marks: they are no independent evidence.
    pub const STRETCH: f32 = 0.22;
}

#[derive(Clone, Copy)]
struct Step {
    from: u8,
    side: Side,
    role: Role,
}

/// Decides the side and role of every double mark.
pub fn decide(text: &str, marks: &mut [Mark], spaces: Spaces, overwritten: &[(usize, usize)]) {
    let doubles: Vec<usize> = (0..marks.len()).filter(|&i| marks[i].double).collect();
    if doubles.is_empty() {
        return;
    }
    // Where words were overwritten, so were marks: one that has no partner is less of a surprise.
    let lost = if overwritten.is_empty() { 1.0 } else { price::LOST };
    let mut score = [0.0, IMPOSSIBLE, IMPOSSIBLE];
    let mut steps: Vec<[Step; DEPTHS]> = Vec::with_capacity(doubles.len());
    let mut last_end = 0;
    for &index in &doubles {
        let mark = marks[index];
        let context = context::of(text, &mark, overwritten);
        let stretch = Stretch::of(&text[last_end..mark.start]);
        let close = leaning(text, &mark, &context, spaces);
        let mut next = [IMPOSSIBLE; DEPTHS];
        let mut step = [Step { from: 0, side: Side::Open, role: Role::Plain }; DEPTHS];
        for (depth, &so_far) in score.iter().enumerate() {
            for (arrive, arrived) in stretch.ways(depth, so_far) {
                for (to, side, role, price) in moves(arrive, &context, lost) {
                    let fit = if side == Side::Open { -close } else { close };
                    let total = arrived + fit / 2.0 - price;
                    if total > next[to] {
                        next[to] = total;
                        step[to] = Step { from: depth as u8, side, role };
                    }
                }
            }
        }
        score = next;
        steps.push(step);
        last_end = mark.end;
    }
    let tail = Stretch::of(&text[last_end..]);
    let mut depth = (0..DEPTHS)
        .max_by(|&a, &b| {
            let end =
                |d: usize| score[d] - price::NEVER_CLOSED * d as f32 + if d == 0 { tail.told } else { tail.quoted };
            end(a).total_cmp(&end(b))
        })
        .unwrap_or(0);
    let left_open = depth > 0;
    for (&index, step) in doubles.iter().zip(&steps).rev() {
        let Step { from, side, role } = step[depth];
        marks[index].side = side;
        marks[index].role = role;
        depth = usize::from(from);
    }
    if left_open {
        // The quotation that is open at the end was opened last.
        if let Some(&last) = doubles.iter().rev().find(|&&index| marks[index].side == Side::Open) {
            marks[last].role = Role::Unpaired;
        }
    }
}

/// The moves a mark can make at `depth`: where to, as what, and the price.
fn moves(depth: usize, context: &Context<'_>, lost: f32) -> impl Iterator<Item = (usize, Side, Role, f32)> {
    let (again, again_role) = match context.before {
        '\n' => (price::OPEN_AGAIN_AT_PARAGRAPH, Role::Reopen),
        '.' | '?' | '!' | '…' if context.after.is_uppercase() => (price::OPEN_AGAIN_AT_SENTENCE, Role::Reopen),
        _ => (price::OPEN_AGAIN * lost, Role::Unpaired),
    };
    let all = match depth {
        0 => [
            Some((1, Side::Open, Role::Plain, 0.0)),
            Some((0, Side::Close, Role::Unpaired, price::ORPHAN_CLOSE * lost)),
            None,
        ],
        1 => [
            Some((0, Side::Close, Role::Plain, 0.0)),
            Some((2, Side::Open, Role::Nested, price::NESTED)),
            Some((1, Side::Open, again_role, again)),
        ],
        _ => [
            Some((1, Side::Close, Role::Plain, 0.0)),
            Some((0, Side::Close, Role::ClosesTwo, price::CLOSES_TWO)),
            Some((1, Side::Open, again_role, again + price::NESTED)),
        ],
    };
    all.into_iter().flatten()
}

/// The text between two marks, scored as quoted and as told.
struct Stretch {
    quoted: f32,
    told: f32,
    paragraphs: bool,
}

impl Stretch {
    fn of(text: &str) -> Self {
        let (mut first, mut third, mut report) = (0_usize, 0_usize, 0_usize);
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if !bytes[at].is_ascii_alphabetic() {
                at += 1;
                continue;
            }
            let start = at;
            while at < bytes.len() && bytes[at].is_ascii_alphabetic() {
                at += 1;
            }
            let word = &text[start..at];
            if word.len() <= 9 && context::is_first_person(word) {
                first += 1;
            } else if matches!(word, "said" | "says" | "told" | "added" | "asked" | "wrote" | "tweeted") {
                report += 1;
            } else if matches!(word, "he" | "He" | "his" | "she" | "She" | "her") {
                third += 1;
            }
        }
        // Doubling lengths from eight bytes on.
        let length = (text.len() / 8 + 1).ilog2().min(8) as usize;
        let quoted = weights::LENGTH[length]
            + weights::FIRST_PERSON[first.min(4)]
            + weights::THIRD_PERSON[third.min(3)]
            + weights::REPORT[report.min(3)];
        Self {
            quoted: quoted * price::STRETCH,
            told: -quoted * price::STRETCH,
            paragraphs: memchr::memchr(b'\n', bytes)
                .is_some_and(|at| !text[at..].trim().is_empty() || text[at..].len() > 1)
                || text.ends_with('\n'),
        }
    }

    /// Returns at which depths the stretch may end that began at `depth`, with the score so far.
    fn ways(&self, depth: usize, score: f32) -> impl Iterator<Item = (usize, f32)> {
        let stay = match depth {
            0 => score + self.told,
            _ if self.paragraphs => score + self.quoted - price::OVER_PARAGRAPH,
            _ => score + self.quoted,
        };
        let drop =
            (depth > 0 && self.paragraphs).then_some((0, score + self.quoted - price::NEVER_CLOSED * depth as f32));
        std::iter::once((depth, stay)).chain(drop)
    }
}

/// How much a mark leans to closing (positive) rather than opening (negative), from what stands about it.
fn leaning(text: &str, mark: &Mark, context: &Context<'_>, spaces: Spaces) -> f32 {
    let shape = match &text[mark.start..mark.end] {
        "“" | "``" => -5.0,
        "”" | "''" => 5.0,
        _ => 0.0,
    };
    let stop = matches!(context.before, '.' | ',' | '?' | '!' | '…');
    let space = match (context.space_before, context.space_after) {
        (true, false) if spaces == Spaces::Sound => -8.0,
        (false, true) if spaces == Spaces::Sound => 8.0,
        // In text whose tokens are set apart, a space that is missing was missing before: `she said ,"We`, `that , "Mr`.
        (true, false) if stop => 1.5,
        (false, false) if stop => 2.5,
        (true, false) => -2.0,
        (false, true) => 2.0,
        _ => 0.0,
    };
    let (before, after) = (before(context), after(text, mark, context));
    shape + space + weights::BEFORE[before] + weights::AFTER[after] + weights::BOTH[group(before)][after]
}

/// The class of what stands before a mark: a row of [`weights::BEFORE`].
fn before(context: &Context<'_>) -> usize {
    let word = context.word_before;
    let report = context::is_report(word) && !is_nonfinite(word);
    match context.before {
        '\n' => 0,
        ':' => 1,
        ',' if report => 2,
        ',' => 3,
        // `he said . "`: what he said goes on.
        '.' if report => 4,
        '.' => 5,
        '?' | '!' | '…' => 6,
        '(' | '[' => 7,
        '—' | '–' | '-' => 8,
        ';' => 9,
        c if !c.is_alphanumeric() => 10,
        _ if context::is_report(word) => 11,
        _ if context::is_open_ended(word) => 12,
        _ if context::is_first_person(word) => 13,
        _ if context::goes_on(word) => 14,
        _ if word.starts_with(char::is_uppercase) => 15,
        _ if word.starts_with(|c: char| c.is_ascii_digit()) => 16,
        _ if word.ends_with("ed") || word.ends_with("ing") => 17,
        _ => 18,
    }
}

/// The five kinds of those classes that [`weights::BOTH`] tells apart.
fn group(before: usize) -> usize {
    match before {
        0 | 1 | 7 | 8 => 0,
        2 | 3 | 9 => 1,
        4..=6 => 2,
        11..=14 => 3,
        _ => 4,
    }
}

/// The class of what stands after a mark: a row of [`weights::AFTER`].
fn after(text: &str, mark: &Mark, context: &Context<'_>) -> usize {
    let [word, next] = context.words_after;
    let report = context.report_follows;
    match context.after {
        '\n' => 0,
        ',' => 1,
        '.' | '…' if context.after == '…' || text[mark.end..].trim_start().starts_with("..") => 2,
        '.' => 3,
        '?' | '!' => 4,
        ':' | ';' => 5,
        ')' | ']' => 6,
        '(' => 7,
        '[' => 8,
        '—' | '–' | '-' => 9,
        c if !c.is_alphanumeric() => 10,
        _ if context::is_report(word) => 11,
        _ if report && context::is_third_person(word) => 12,
        _ if report && context::is_report(next) => 13,
        c if report && c.is_lowercase() => 14,
        _ if report => 15,
        c if context::is_first_person(word) => 16 + usize::from(c.is_lowercase()),
        _ if context::is_third_person(word) => 18,
        c if c.is_lowercase() && context::goes_on(word) => 19,
        c if c.is_lowercase() && context::is_open_ended(word) => 20,
        c if c.is_lowercase() => 21,
        c if c.is_ascii_digit() => 22,
        _ if word.chars().next().is_some_and(char::is_uppercase) && is_opening(word) => 23,
        _ => 24,
    }
}

/// Tells whether `word` begins many a sentence, and no name.
fn is_opening(word: &str) -> bool {
    matches!(
        word,
        "The"
            | "This"
            | "That"
            | "These"
            | "Those"
            | "There"
            | "What"
            | "When"
            | "How"
            | "Why"
            | "And"
            | "But"
            | "So"
            | "If"
            | "In"
            | "On"
            | "At"
            | "For"
            | "A"
            | "An"
            | "No"
            | "Not"
            | "Yes"
            | "As"
            | "To"
            | "With"
            | "Is"
            | "Do"
            | "Let"
    )
}

/// Tells whether a reporting word does not report by itself: `what I say .`
fn is_nonfinite(word: &str) -> bool {
    word.ends_with("ing") || matches!(word, "say" | "notes" | "reads" | "charged")
}
