//! The search for the best reading of all double marks together.

use super::context::{self, Context};
use super::{Mark, Role, Side, Spaces};

/// How deep a reading may nest: a quotation, and one inside it.
const DEPTHS: usize = 3;
/// A quotation longer than this many bytes without a new paragraph is unlikely; two or three long sentences.
const LONG: usize = 250;
const IMPOSSIBLE: f32 = -1.0e9;

/// The prices of the unusual.
mod price {
    /// A double mark inside a double-marked quotation.
    pub const NESTED: f32 = 2.0;
    /// One mark that closes two quotations.
    pub const CLOSES_TWO: f32 = 0.6;
    /// A close that nothing opened.
    pub const ORPHAN_CLOSE: f32 = 3.6;
    /// An open inside an open quotation that is not a nested one: a close was lost.
    pub const OPEN_AGAIN: f32 = 4.2;
    /// The same where a sentence ends before and begins after: a paragraph may begin here.
    pub const OPEN_AGAIN_AT_SENTENCE: f32 = 2.8;
    /// The same at the start of a paragraph, where it is the rule.
    pub const OPEN_AGAIN_AT_PARAGRAPH: f32 = 0.2;
    /// What the three above are multiplied with in a text that has lost words.
    pub const LOST: f32 = 0.55;
    /// A quotation that runs on over the end of a paragraph.
    pub const OVER_PARAGRAPH: f32 = 2.0;
    /// A quotation that the end of a paragraph, or of the text, closes.
    pub const NEVER_CLOSED: f32 = 2.8;
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
    let again = lost
        * match context.before {
            '\n' => price::OPEN_AGAIN_AT_PARAGRAPH,
            '.' | '?' | '!' | '…' if context.after.is_uppercase() => price::OPEN_AGAIN_AT_SENTENCE,
            _ => price::OPEN_AGAIN,
        };
    let again_role = if again < price::OPEN_AGAIN * lost { Role::Reopen } else { Role::Unpaired };
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
        let (mut first, mut report) = (0_u32, 0_u32);
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
            }
        }
        let long = ((text.len() as f32 - LONG as f32) / LONG as f32).clamp(0.0, 3.0);
        let short = if !text.trim().is_empty() && text.len() < 40 { 0.4 } else { 0.0 };
        Self {
            quoted: (first as f32 * 0.5).min(1.6) - (report as f32 * 0.4).min(1.6) - long + short,
            told: (report as f32 * 0.4).min(1.2) - (first as f32 * 0.3).min(1.2),
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
    let mut lean = 0.0;
    let shape = &text[mark.start..mark.end];
    let sound = spaces == Spaces::Sound;
    lean += match shape {
        "“" | "``" => -5.0,
        "”" | "''" => 5.0,
        _ => 0.0,
    };
    let stop = matches!(context.before, '.' | ',' | '?' | '!' | '…');
    lean += match (context.space_before, context.space_after) {
        (true, false) if sound => -8.0,
        (false, true) if sound => 8.0,
        // In text whose tokens are set apart, a space that is missing was missing before: `she said ,"We`, `that , "Mr`.
        (true, false) if stop => 1.5,
        (false, false) if stop => 2.5,
        (true, false) => -2.0,
        (false, true) => 2.0,
        _ => 0.0,
    };
    let next = context.words_after[0];
    let lower = context.after.is_lowercase();
    lean += match context.before {
        '\n' => -6.0,
        ':' => -3.0,
        ',' if context::is_report(context.word_before) => -2.5,
        ',' if lower => 1.8,
        ',' => 0.8,
        '.' | '?' | '!' | '…' if lower => 2.5,
        // `he said . "`: what he said goes on.
        '.' if context::is_report(context.word_before) && !is_nonfinite(context.word_before) => -4.0,
        '.' | '?' | '!' | '…' => 0.3,
        '(' | '[' => -4.0,
        '—' | '–' | '-' => -0.5,
        ';' => -1.0,
        c if c.is_alphanumeric() && context::is_report(context.word_before) => -2.0,
        c if c.is_alphanumeric() && context::is_open_ended(context.word_before) => -1.8,
        _ => 0.0,
    };
    lean += match context.after {
        '\n' => 6.0,
        ',' | ';' | ':' | '?' | '!' => 3.5,
        '.' | '…' if text[mark.end..].trim_start().starts_with("..") || context.after == '…' => -0.5,
        '.' => 3.5,
        ')' | ']' => 3.0,
        '—' | '–' => 0.5,
        '(' => 0.8,
        '[' => -1.0,
        _ if context::is_report(next) => {
            if stop {
                3.5
            } else {
                1.5
            }
        }
        _ if context::is_third_person(next) && context.report_follows => 2.5,
        _ if context.report_follows && stop => 1.5,
        _ if context::is_first_person(next) => {
            if stop {
                -2.5
            } else {
                -1.5
            }
        }
        _ if context.before.is_alphanumeric() && context::goes_on(next) => 1.2,
        c if c.is_uppercase() && context.before.is_lowercase() => -0.8,
        _ => 0.0,
    };
    lean
}

/// Tells whether a reporting word does not report by itself: `what I say .`
fn is_nonfinite(word: &str) -> bool {
    word.ends_with("ing") || matches!(word, "say" | "notes" | "reads" | "charged")
}
