//! The lists of words that cleaning knows, as one table: what a word is, found with one look.

use super::class::Class;
use std::sync::LazyLock;

/// What the lists say of a word, as bits.
pub mod flag {
    /// Reports speech; only forms that rarely do anything else.
    pub const REPORT: u32 = 1;
    /// Reports speech by itself, unlike `what I say .`
    pub const FINITE: u32 = 1 << 1;
    /// A title that is written with a stop, without it.
    pub const TITLE: u32 = 1 << 2;
    /// A title before a name, with its stop where it has one.
    pub const HONORIFIC: u32 = 1 << 3;
    /// A form of be, have, do or a modal.
    pub const AUXILIARY: u32 = 1 << 4;
    /// What the speaker uses of himself or to his hearer.
    pub const FIRST_PERSON: u32 = 1 << 5;
    /// A pronoun of the one who tells about the speaker.
    pub const THIRD_PERSON: u32 = 1 << 6;
    /// Leaves its phrase open, so that a quotation may follow but hardly end behind it.
    pub const OPEN_ENDED: u32 = 1 << 7;
    /// Goes on with a phrase from before it, so that a quotation may end before it.
    pub const GOES_ON: u32 = 1 << 8;
    /// Begins many a sentence, and is no name.
    pub const OPENING: u32 = 1 << 9;
    /// With a capital it may be of a name by its class, and is none.
    pub const NO_NAME: u32 = 1 << 10;
    /// A pronoun for a person.
    pub const PERSON: u32 = 1 << 11;
    /// A pronoun for a thing or a group.
    pub const GROUP: u32 = 1 << 12;
    /// A pronoun for the speaker's own group.
    pub const WE: u32 = 1 << 13;
    /// A verb that several take, and one does not.
    pub const PLURAL_VERB: u32 = 1 << 14;
    /// `the`, `The`.
    pub const THE: u32 = 1 << 15;
    /// A stop or double mark that stands by itself: a reporting word before it is of another clause.
    pub const CLAUSE_END: u32 = 1 << 16;
    /// A mark behind which another sentence or quotation begins, but for the stop, which a title may have.
    pub const BREAK: u32 = 1 << 17;

    /// Where the number of a word's [`super::Counted`] begins.
    pub const COUNTED: u32 = 18;
    /// Where the number of the way in which it begins a paragraph begins; [`super::NO_START`] for any other word.
    pub const START: u32 = 21;
}

/// The words that are counted between two quotation marks, by number; 0 is any other word.
pub mod counted {
    /// Reports speech.
    pub const REPORT: u32 = 1;
    /// A pronoun of the third person.
    pub const THIRD: u32 = 2;
    /// Of the present.
    pub const PRESENT: u32 = 3;
    /// Of the past.
    pub const PAST: u32 = 4;
    /// A clitic's letters, behind an apostrophe.
    pub const CLITIC: u32 = 5;
    /// Of the first person.
    pub const FIRST: u32 = 6;
    /// How many numbers there are.
    pub const KINDS: usize = 8;
}

/// What a word is by the lists.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known {
    /// The bits of [`flag`].
    pub flags: u32,
    /// Its class, where its shape does not tell that.
    pub class: Option<Class>,
}

impl Known {
    /// The number in [`counted`].
    pub fn counted(self) -> u32 {
        counted_of(self.flags)
    }
}

/// The number in [`counted`] of a word with these flags.
pub fn counted_of(flags: u32) -> u32 {
    flags >> flag::COUNTED & 7
}

/// How a paragraph begins, by its first word: all words but these begin it in a way of their own.
pub fn start(flags: u32) -> Option<usize> {
    (flags >> flag::START & 15).checked_sub(1).map(|start| start as usize)
}

/// A word as the table has it: its bytes as two numbers, the first byte lowest, zeros behind the last. Sixteen bytes at most.
pub type Key = [u64; 2];

/// Returns the key of `word`; `None` where it is too long to be on a list.
pub fn key(word: &str) -> Option<Key> {
    let mut bytes = [0; 16];
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    let half = |from: usize| u64::from_le_bytes(std::array::from_fn(|i| bytes[from + i]));
    Some([half(0), half(8)])
}

/// Spreads a key over 64 bits; the highest are the best.
pub fn spread([low, high]: Key) -> u64 {
    low.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ high.wrapping_mul(0xC2B2_AE3D_27D4_EB4F)
}

/// Returns what the lists say of `word`.
pub fn known(word: &str) -> Known {
    key(word).map_or_else(Known::default, |key| Table::get().known(key, spread(key)))
}

/// Tells whether one of `flags` is said of `word`.
pub fn is(word: &str, flags: u32) -> bool {
    known(word).flags & flags != 0
}

/// The table: open addressing over places in a list that holds no gaps, so that all of it stays near the processor.
pub struct Table {
    /// Places in `entries`, by the highest bits of the spread key; 0 is free.
    slots: [u16; SLOTS],
    /// The first is no word's.
    entries: Vec<(Key, Known)>,
}

const SLOT_BITS: u32 = 11;
const SLOTS: usize = 1 << SLOT_BITS;

impl Table {
    /// Returns the one table, made when it is first asked for.
    pub fn get() -> &'static Self {
        static TABLE: LazyLock<Table> = LazyLock::new(Table::new);
        &TABLE
    }

    /// Returns what the lists say of the word with this key and its [`spread`].
    #[inline]
    pub fn known(&self, key: Key, spread: u64) -> Known {
        let mut at = (spread >> (64 - SLOT_BITS)) as usize;
        while self.slots[at] != 0 {
            let (other, known) = &self.entries[usize::from(self.slots[at])];
            if *other == key {
                return *known;
            }
            at = (at + 1) % SLOTS;
        }
        Known::default()
    }

    fn new() -> Self {
        let mut table = Self { slots: [0; SLOTS], entries: vec![([0; 2], Known::default())] };
        for (words, flags) in LISTS {
            words.split(' ').for_each(|word| table.entry(word).flags |= flags);
        }
        for (number, words) in (1..).zip(COUNTED) {
            words.split(' ').for_each(|word| table.entry(word).flags |= number << flag::COUNTED);
        }
        for (number, words) in (1..).zip(STARTS) {
            words.split(' ').for_each(|word| table.entry(word).flags |= number << flag::START);
        }
        for title in TITLES.split(' ') {
            table.entry(title).flags |= flag::TITLE;
            let with_stop = table.entry(&format!("{title}."));
            *with_stop = Known { flags: with_stop.flags | flag::HONORIFIC, class: Some(Class::Title) };
        }
        for word in REPORT.split(' ') {
            let finite = !(word.ends_with("ing") || matches!(word, "say" | "notes" | "reads" | "charged"));
            let known = table.entry(word);
            known.flags |= flag::REPORT | if finite { flag::FINITE } else { 0 };
            known.class = Some(Class::Report);
        }
        for (words, class) in FUNCTION {
            for word in words.split(' ') {
                table.entry(word).class = Some(class);
                let (first, rest) = word.split_at(1);
                table.entry(&(first.to_ascii_uppercase() + rest)).class = Some(class);
            }
        }
        // A month, a prime minister, a first name: rarely the verb, but at the start of a question.
        for word in ["May", "Will"] {
            table.entry(word).class = Some(Class::Capital);
        }
        table
    }

    fn entry(&mut self, word: &str) -> &mut Known {
        let key = key(word).unwrap_or_default();
        let mut at = (spread(key) >> (64 - SLOT_BITS)) as usize;
        while self.slots[at] != 0 && self.entries[usize::from(self.slots[at])].0 != key {
            at = (at + 1) % SLOTS;
        }
        if self.slots[at] == 0 {
            self.slots[at] = self.entries.len() as u16;
            self.entries.push((key, Known::default()));
        }
        &mut self.entries[usize::from(self.slots[at])].1
    }
}

const REPORT: &str = "say adds asks said says told added asked joked noted notes reads tells warns wrote adding argued argues \
    asking noting saying stated tweets warned writes yelled boasted charged claimed insists quipped recalls replied replies \
    shouted telling tweeted warning admitted declared declares explains insisted observed recalled remarked responds stressed \
    tweeting announced cautioned commented concluded continued countered explained predicted responded suggested whispered \
    complained emphasized";

const TITLES: &str = "Mr Mrs Ms Dr Sen Rep Gov Gen Lt Col Sgt Capt St Prof Rev Hon Jr Sr Messrs Sens Reps Cmdr Adm Maj";

const LISTS: [(&str, u32); 15] = [
    ("be do is are can did had has may was does have must were will could might would should", flag::AUXILIARY),
    ("I My We me my us we Our You our you Your your myself ourselves", flag::FIRST_PERSON),
    ("he she they it He She They", flag::THIRD_PERSON),
    (
        "a an as at be by if in is my no of on or so to and are but for had has her his how its not our the was who why \
         been from have into like such than that this very were what will with about being calls could their these those \
         would became become called should because calling",
        flag::OPEN_ENDED,
    ),
    (
        "as at by if in is of on or to and are but for had has was who from have into over than that were when will with \
         about after among could since under where which while would before during should against because between through \
         without following",
        flag::GOES_ON,
    ),
    (
        "The This That These Those There What When How Why And But So If In On At For A An No Not Yes As To With Is Do Let",
        flag::OPENING,
    ),
    (
        "Yes Here There Then Now Also New Last Many Most Not Yet Even Just Republican Democratic However Still Monday \
         Tuesday Wednesday Thursday Friday Saturday Sunday Meanwhile Well Instead Later Earlier",
        flag::NO_NAME,
    ),
    ("he He his His him himself she She her Her herself", flag::PERSON),
    ("they They their Their them it It its Its", flag::GROUP),
    ("we We us our Our", flag::WE),
    ("have do are am ’m ’re ’ve", flag::PLURAL_VERB),
    (
        "President Secretary Senator Mayor Speaker Governor Minister Prime Chairman Chief General Judge Justice \
         Representative Congressman Congresswoman Vice Former Lord Sir Dame King Queen Prince Princess Pope Chancellor",
        flag::HONORIFIC,
    ),
    ("the The", flag::THE),
    ("\" . ” “ ? !", flag::CLAUSE_END),
    ("\" ” “ ? ! ; :", flag::BREAK),
];

/// In the order of [`counted`]; those of the first person are not among the others.
const COUNTED: [&str; 6] = [
    "said says told added asked wrote tweeted",
    "he He his she She her",
    "is are has do will can going want know think",
    "was were had did would",
    "re ve ll m t",
    "I My We me my us we Our You our you Your your myself ourselves",
];

/// The ways in which a paragraph may begin.
const STARTS: [&str; 9] = [
    "The",
    "A An",
    "But Yet Still",
    "And So Or",
    "He She",
    "It They His Her Their Its",
    "I We You My Our",
    "In On At After When As For While If With By From",
    "This That These Those There",
];

/// Function words in lower case; with a capital they are of the same class.
const FUNCTION: [(&str, Class); 8] = [
    (
        "a an the this these those his her its their our my your no every each any some another both all",
        Class::Determiner,
    ),
    ("is was are were be been being has have had do does did having", Class::Auxiliary),
    ("would could should will can may might must n’t n't not cannot never shall", Class::Modal),
    ("to", Class::To),
    (
        "of in on at by for with from into about against among between over under after before during through without \
         toward towards like near behind within upon across since until around including despite via",
        Class::Preposition,
    ),
    ("and or but nor plus", Class::And),
    (
        "that if when who which while because as than where what how whether though although why whose so once unless",
        Class::Clause,
    ),
    ("he she they it we i you them him us me", Class::Subject),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_words_as_they_are_written() {
        assert!(is("said", flag::REPORT) && !is("Said", flag::REPORT) && !is("saidx", flag::REPORT));
        assert!(is("say", flag::REPORT) && !is("say", flag::FINITE) && is("says", flag::FINITE));
        assert!(is("Mr", flag::TITLE) && is("Mr.", flag::HONORIFIC) && !is("Mr.", flag::TITLE));
        assert_eq!((known("You").class, known("will").class), (Some(Class::Subject), Some(Class::Modal)));
        assert_eq!(known("Will").class, Some(Class::Capital));
        assert_eq!((known("said").counted(), known("our").counted()), (counted::REPORT, counted::FIRST));
        assert_eq!((start(known("There").flags), start(known("there").flags)), (Some(8), None));
        assert_eq!(known("a word of more than sixteen bytes").flags, known("").flags);
    }

    #[test]
    fn has_room() {
        assert!(Table::get().entries.len() * 4 < SLOTS * 2, "{}", Table::get().entries.len());
    }
}
