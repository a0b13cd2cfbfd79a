//! The article as attribution sees it: a row of units, each a whole quotation, a mention, or one token between them.

use crate::engine::lexicon::flag;
use crate::engine::model::Tag;
use crate::engine::page::Page;
use crate::engine::people::MentionKind;
use crate::engine::people::mentions::Found;
use crate::engine::quotes::Marked;
use crate::engine::{Suspect, SuspectClass};
use std::cell::OnceCell;
use std::ops::Range;

/// What a unit is; the letter stands for it in patterns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Class {
    /// A stretch in quotation marks.
    Quotation = b'Q',
    /// A person's name.
    Person = b'P',
    /// Another name.
    Name = b'N',
    /// A pronoun.
    Pronoun = b'H',
    /// A description.
    Description = b'D',
    /// A verb of saying.
    Said = b'S',
    /// A verb that names an utterance.
    Claim = b'C',
    /// Another verb with a tense.
    Verb = b'V',
    /// Another verb form.
    Form = b'F',
    /// A comma.
    Comma = b',',
    /// A colon, semicolon or dash.
    Colon = b':',
    /// The end of a sentence.
    Stop = b'.',
    /// A preposition or `to`.
    Preposition = b'I',
    /// An adverb.
    Adverb = b'R',
    /// `who`, `which`.
    Relative = b'W',
    /// `and`.
    And = b'&',
    /// A bracket.
    Bracket = b'(',
    /// Words that were written over others: what stood there is not known.
    Overwritten = b'X',
    /// Anything else.
    Other = b'o',
}

/// One unit of the row.
#[derive(Debug, Clone, Copy)]
pub struct Unit {
    /// What it is.
    pub class: Class,
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub last: u32,
    /// The number of the stretch or mention; else the token.
    pub item: u32,
    /// The paragraph.
    pub paragraph: u32,
    /// How many sentences ended before it in the article.
    pub sentence: u32,
}

/// The row of units with what it is made from.
pub struct Scene<'a> {
    /// The clean text, tokens and words.
    pub page: &'a Page<'a>,
    /// The stretches in marks.
    pub marked: &'a Marked,
    /// The mentions.
    pub found: &'a [Found],
    /// All units in order.
    pub units: Vec<Unit>,
    /// For each outermost stretch its unit.
    pub of_stretch: Vec<usize>,
    /// For each mention outside marks its unit.
    pub of_mention: Vec<usize>,
    /// For each token its unit.
    pub of_token: Vec<u32>,
    /// For each paragraph its units.
    pub paragraphs: Vec<Range<usize>>,
    /// [`Page::is_damaged`].
    pub damaged: bool,
    /// [`Page::density`].
    pub density: u32,
    /// What stands before each unit, and in all.
    counts: Vec<Counts>,
    /// For each unit the verb beside it, once somebody has asked for it: rankers do many times.
    pub(super) besides: Vec<OnceCell<Beside>>,
    /// For each mention what rankers ask of it alone, in the same way.
    pub(super) traits: Vec<OnceCell<Traits>>,
}

/// How many units of some kinds there are.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// Quotations.
    pub quotations: u32,
    /// Names of persons and pronouns.
    pub persons: u32,
    /// Verbs of saying.
    pub said: u32,
    /// Mentions.
    pub mentions: u32,
    /// Verbs with a tense, those of saying among them.
    pub finite: u32,
    /// Commas.
    pub commas: u32,
    /// Brackets.
    pub brackets: u32,
}

/// How a mention stands to the verb beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beside {
    /// 0 none; 1 the verb follows; 2 the verb stands before (`said Khan`); 3 `according to`; 4 a colon follows the mention.
    pub relation: u32,
    /// The verb's unit.
    pub unit: usize,
    /// The verb's base form, hashed.
    pub verb: u32,
    /// The class of the verb.
    pub class: Class,
}

/// What the features of a mention as a source have from the mention alone: it is a candidate of several quotations.
#[derive(Debug, Clone, Copy)]
pub struct Traits {
    /// How it names whom.
    pub kind: u32,
    /// The class of its unit.
    pub class: u32,
    /// What stands before it.
    pub ahead: u32,
    /// Whether no other mention stands before it in its sentence.
    pub first: bool,
    /// [`Found::modifier`].
    pub modifier: bool,
}

/// Stands for "no unit".
pub const NONE: usize = usize::MAX;

impl<'a> Scene<'a> {
    /// Lays the row out.
    pub fn new(page: &'a Page<'a>, marked: &'a Marked, found: &'a [Found]) -> Self {
        let mut out = Self {
            page,
            marked,
            found,
            units: Vec::with_capacity(page.words.len()),
            of_stretch: vec![NONE; marked.stretches.len()],
            of_mention: vec![NONE; found.len()],
            of_token: vec![0; page.words.len()],
            paragraphs: Vec::with_capacity(page.tokens.paragraphs.len()),
            damaged: page.is_damaged(),
            density: page.density(),
            counts: Vec::new(),
            besides: Vec::new(),
            traits: vec![OnceCell::new(); found.len()],
        };
        let outer: Vec<usize> =
            (0..marked.stretches.len()).filter(|&n| marked.stretches[n].nested_in.is_none()).collect();
        let overwritten: Vec<(&Suspect, Range<usize>)> = page
            .suspects
            .iter()
            .filter(|suspect| suspect.class == SuspectClass::Coref)
            .map(|suspect| (suspect, page.tokens.within(suspect.clean)))
            .collect();
        let (mut next_stretch, mut next_mention, mut next_overwritten) = (0, 0, 0);
        let mut sentence = 0;
        for (paragraph, tokens) in page.tokens.paragraphs.iter().enumerate() {
            let begin = out.units.len();
            let mut at = tokens.start;
            while at < tokens.end {
                let byte = page.tokens.all[at].start as usize;
                while next_stretch < outer.len() && marked.stretches[outer[next_stretch]].outer.end <= byte {
                    next_stretch += 1;
                }
                while next_mention < found.len()
                    && (found[next_mention].tokens.start < at || found[next_mention].quoted)
                {
                    next_mention += 1;
                }
                while overwritten.get(next_overwritten).is_some_and(|(_, range)| range.end <= at) {
                    next_overwritten += 1;
                }
                let over = overwritten.get(next_overwritten).filter(|(_, range)| range.start <= at);
                let inside = outer.get(next_stretch).filter(|&&n| marked.stretches[n].outer.start <= byte);
                let (class, end, item) = if let Some(&stretch) = inside {
                    let end = page.tokens.at_or_after(marked.stretches[stretch].outer.end).clamp(at + 1, tokens.end);
                    out.of_stretch[stretch] = out.units.len();
                    (Class::Quotation, end, stretch)
                } else if found.get(next_mention).is_some_and(|mention| mention.tokens.start == at) {
                    let mention = &found[next_mention];
                    out.of_mention[next_mention] = out.units.len();
                    let class = match mention.kind {
                        MentionKind::Pronoun if page.words[at].tag == Tag::Relative => Class::Relative,
                        MentionKind::Pronoun => Class::Pronoun,
                        MentionKind::Nominal => Class::Description,
                        MentionKind::Name if mention.class != Tag::Person => Class::Name,
                        MentionKind::Name | MentionKind::Handle => Class::Person,
                    };
                    (class, mention.tokens.end.clamp(at + 1, tokens.end), next_mention)
                } else if let Some((suspect, range)) = over {
                    let end = range.end.clamp(at + 1, tokens.end);
                    if suspect.reconstruction.as_deref() == Some("") {
                        // Nothing stood there: the words before and behind are neighbours.
                        out.of_token[at..end].fill(out.units.len().saturating_sub(1) as u32);
                        at = end;
                        continue;
                    }
                    (Class::Overwritten, end, at)
                } else {
                    (class(page, at), at + 1, at)
                };
                for token in at..end {
                    out.of_token[token] = out.units.len() as u32;
                }
                out.units.push(Unit {
                    class,
                    first: at as u32,
                    last: end as u32,
                    item: item as u32,
                    paragraph: paragraph as u32,
                    sentence,
                });
                let over = match class {
                    Class::Quotation => ends_sentence(page, marked, item, end),
                    Class::Stop => true,
                    _ => page
                        .tokens
                        .sentences
                        .get(page.tokens.sentence_of(end - 1))
                        .is_some_and(|range| range.end == end),
                };
                if over {
                    sentence += 1;
                }
                at = end;
            }
            sentence += 1;
            out.paragraphs.push(begin..out.units.len());
        }
        out.count();
        out.besides = vec![OnceCell::new(); out.units.len()];
        out
    }

    fn count(&mut self) {
        let mut counts = Counts::default();
        self.counts = Vec::with_capacity(self.units.len() + 1);
        self.counts.push(counts);
        for (at, unit) in self.units.iter().enumerate() {
            counts.quotations += u32::from(unit.class == Class::Quotation);
            counts.persons += u32::from(matches!(unit.class, Class::Person | Class::Pronoun));
            counts.said += u32::from(unit.class == Class::Said);
            counts.mentions += u32::from(self.mention(at).is_some());
            counts.finite += u32::from(matches!(unit.class, Class::Verb | Class::Said | Class::Claim));
            counts.commas += u32::from(unit.class == Class::Comma);
            counts.brackets += u32::from(unit.class == Class::Bracket);
            self.counts.push(counts);
        }
    }

    /// Returns how many units of some kinds are in `range`, however long that is, in one step.
    pub fn between(&self, range: Range<usize>) -> Counts {
        let (before, all) = (self.counts[range.start], self.counts[range.end]);
        Counts {
            quotations: all.quotations - before.quotations,
            persons: all.persons - before.persons,
            said: all.said - before.said,
            mentions: all.mentions - before.mentions,
            finite: all.finite - before.finite,
            commas: all.commas - before.commas,
            brackets: all.brackets - before.brackets,
        }
    }

    /// Returns the unit's classes from `range` as a pattern of letters, at most `most` from each end, hashed.
    pub fn pattern(&self, range: Range<usize>, most: usize) -> u32 {
        let mut hash = 0x811c_9dc5_u32;
        let mut add = |byte: u8| hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        let units = &self.units[range];
        if units.len() <= 2 * most {
            units.iter().map(|unit| unit.class as u8).for_each(&mut add);
        } else {
            units[..most].iter().map(|unit| unit.class as u8).for_each(&mut add);
            add(b'~');
            units[units.len() - most..].iter().map(|unit| unit.class as u8).for_each(&mut add);
        }
        hash
    }

    /// Returns the mention that a unit is, where it is one.
    pub fn mention(&self, unit: usize) -> Option<usize> {
        matches!(
            self.units.get(unit)?.class,
            Class::Person | Class::Name | Class::Pronoun | Class::Description | Class::Relative
        )
        .then_some(self.units[unit].item as usize)
        .filter(|&n| self.of_mention.get(n) == Some(&unit))
    }
}

/// Tells whether a sentence ends with the quotation: its words end with a stop and none goes on behind it.
fn ends_sentence(page: &Page, marked: &Marked, stretch: usize, end: usize) -> bool {
    let inner = marked.stretches[stretch].inner.clone();
    let stops = page.text[inner].ends_with(['.', '!', '?', '…']);
    stops && page.words.get(end).is_some_and(|next| next.shape != crate::engine::words::Shape::Lower)
}

fn class(page: &Page, at: usize) -> Class {
    let word = &page.words[at];
    match word.tag {
        tag if tag.is_verb() && word.is(flag::SAID) => Class::Said,
        tag if tag.is_verb() && word.is(flag::CLAIM) => Class::Claim,
        Tag::Past | Tag::Present | Tag::Plain | Tag::Modal => Class::Verb,
        Tag::Base | Tag::Gerund | Tag::Participle => Class::Form,
        Tag::Comma => Class::Comma,
        Tag::Colon => Class::Colon,
        Tag::Stop => {
            // The dot of `Mr.` ends nothing.
            let ends = page.tokens.sentences.get(page.tokens.sentence_of(at)).is_none_or(|range| {
                range.end == at + 1
                    || page.words[at + 1..range.end].iter().all(|word| matches!(word.tag, Tag::Stop | Tag::Mark))
            });
            if ends { Class::Stop } else { Class::Other }
        }
        Tag::Preposition | Tag::To => Class::Preposition,
        Tag::Adverb | Tag::Particle => Class::Adverb,
        Tag::Relative | Tag::RelativeAdverb => Class::Relative,
        Tag::And => Class::And,
        Tag::Mark => Class::Bracket,
        _ => Class::Other,
    }
}
