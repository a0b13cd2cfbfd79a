//! The words dates are made of: one compile-time hash table from a lower-case word to what it is for a date.

use super::calendar::{Season, Unit};
use super::words::{Feast, Lex, Part};
use crate::engine::lexicon::hash;

/// Returns what `word` is; capitals do not count.
pub fn look_up(word: &[u8]) -> Lex {
    if word.len() > 16 || word.is_empty() {
        return Lex::Other;
    }
    let key = pack(word);
    let mut slot = slot_of(key);
    loop {
        match SLOTS[slot] {
            0 => return Lex::Other,
            n => {
                let (known, lex) = KEYS[n as usize - 1];
                if known == key {
                    return lex;
                }
            }
        }
        slot = (slot + 1) % SIZE;
    }
}

/// Tells whether [`look_up`] may know the word with this [`hash`]; most words of a text are no part of any date.
pub fn may_know(hash: u32) -> bool {
    FILTER[hash as usize / 64 % FILTER.len()] >> (hash % 64) & 1 != 0
}

/// A bit for the last twelve bits of the hash of each word.
static FILTER: [u64; 64] = filter();

const fn filter() -> [u64; 64] {
    let mut out = [0; 64];
    let mut i = 0;
    while i < WORDS.len() {
        let hash = hash(WORDS[i].0);
        out[hash as usize / 64 % 64] |= 1 << (hash % 64);
        i += 1;
    }
    out
}

const SIZE: usize = 2048;
static SLOTS: [u16; SIZE] = slots();
static KEYS: [(u128, Lex); WORDS.len()] = keys();

/// Packs up to 16 bytes, lower case, into one number.
const fn pack(word: &[u8]) -> u128 {
    let mut key = 0;
    let mut i = 0;
    while i < word.len() && i < 16 {
        key = key << 8 | word[i].to_ascii_lowercase() as u128;
        i += 1;
    }
    key
}

const fn slot_of(key: u128) -> usize {
    let mixed = (key as u64 ^ (key >> 64) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 53) as usize % SIZE
}

const fn keys() -> [(u128, Lex); WORDS.len()] {
    let mut out = [(0, Lex::Other); WORDS.len()];
    let mut i = 0;
    while i < WORDS.len() {
        out[i] = (pack(WORDS[i].0.as_bytes()), WORDS[i].1);
        i += 1;
    }
    out
}

const fn slots() -> [u16; SIZE] {
    let mut out = [0; SIZE];
    let mut i = 0;
    while i < WORDS.len() {
        let mut slot = slot_of(pack(WORDS[i].0.as_bytes()));
        while out[slot] != 0 {
            slot = (slot + 1) % SIZE;
        }
        out[slot] = i as u16 + 1;
        i += 1;
    }
    out
}

const WORDS: &[(&str, Lex)] = &[
    ("january", Lex::Month(1)),
    ("february", Lex::Month(2)),
    ("march", Lex::Month(3)),
    ("april", Lex::Month(4)),
    ("may", Lex::Month(5)),
    ("june", Lex::Month(6)),
    ("july", Lex::Month(7)),
    ("august", Lex::Month(8)),
    ("september", Lex::Month(9)),
    ("october", Lex::Month(10)),
    ("november", Lex::Month(11)),
    ("december", Lex::Month(12)),
    ("jan", Lex::MonthShort(1)),
    ("feb", Lex::MonthShort(2)),
    ("mar", Lex::MonthShort(3)),
    ("apr", Lex::MonthShort(4)),
    ("jun", Lex::MonthShort(6)),
    ("jul", Lex::MonthShort(7)),
    ("aug", Lex::MonthShort(8)),
    ("sep", Lex::MonthShort(9)),
    ("sept", Lex::MonthShort(9)),
    ("oct", Lex::MonthShort(10)),
    ("nov", Lex::MonthShort(11)),
    ("dec", Lex::MonthShort(12)),
    ("monday", Lex::Weekday(0)),
    ("tuesday", Lex::Weekday(1)),
    ("wednesday", Lex::Weekday(2)),
    ("thursday", Lex::Weekday(3)),
    ("friday", Lex::Weekday(4)),
    ("saturday", Lex::Weekday(5)),
    ("sunday", Lex::Weekday(6)),
    ("mondays", Lex::Weekdays(0)),
    ("tuesdays", Lex::Weekdays(1)),
    ("wednesdays", Lex::Weekdays(2)),
    ("thursdays", Lex::Weekdays(3)),
    ("fridays", Lex::Weekdays(4)),
    ("saturdays", Lex::Weekdays(5)),
    ("sundays", Lex::Weekdays(6)),
    ("mon", Lex::WeekdayShort(0)),
    ("tue", Lex::WeekdayShort(1)),
    ("tues", Lex::WeekdayShort(1)),
    ("wed", Lex::WeekdayShort(2)),
    ("weds", Lex::WeekdayShort(2)),
    ("thu", Lex::WeekdayShort(3)),
    ("thur", Lex::WeekdayShort(3)),
    ("thurs", Lex::WeekdayShort(3)),
    ("fri", Lex::WeekdayShort(4)),
    ("sat", Lex::WeekdayShort(5)),
    ("sun", Lex::WeekdayShort(6)),
    ("seconds", Lex::Units(Unit::Second)),
    ("minute", Lex::Unit(Unit::Minute)),
    ("minutes", Lex::Units(Unit::Minute)),
    ("mins", Lex::Units(Unit::Minute)),
    ("hour", Lex::Unit(Unit::Hour)),
    ("hours", Lex::Units(Unit::Hour)),
    ("hrs", Lex::Units(Unit::Hour)),
    ("day", Lex::Unit(Unit::Day)),
    ("days", Lex::Units(Unit::Day)),
    ("weekend", Lex::Unit(Unit::Weekend)),
    ("weekends", Lex::Units(Unit::Weekend)),
    ("week", Lex::Unit(Unit::Week)),
    ("weeks", Lex::Units(Unit::Week)),
    ("month", Lex::Unit(Unit::Month)),
    ("months", Lex::Units(Unit::Month)),
    ("quarter", Lex::Unit(Unit::Quarter)),
    ("quarters", Lex::Units(Unit::Quarter)),
    ("year", Lex::Unit(Unit::Year)),
    ("years", Lex::Units(Unit::Year)),
    ("decade", Lex::Unit(Unit::Decade)),
    ("decades", Lex::Units(Unit::Decade)),
    ("century", Lex::Unit(Unit::Century)),
    ("centuries", Lex::Units(Unit::Century)),
    ("spring", Lex::Season(Season::Spring)),
    ("summer", Lex::Season(Season::Summer)),
    ("autumn", Lex::Season(Season::Autumn)),
    ("fall", Lex::Season(Season::Autumn)),
    ("winter", Lex::Season(Season::Winter)),
    ("springs", Lex::Seasons(Season::Spring)),
    ("summers", Lex::Seasons(Season::Summer)),
    ("autumns", Lex::Seasons(Season::Autumn)),
    ("winters", Lex::Seasons(Season::Winter)),
    ("q1", Lex::Quarter(1)),
    ("q2", Lex::Quarter(2)),
    ("q3", Lex::Quarter(3)),
    ("q4", Lex::Quarter(4)),
    ("morning", Lex::Part(Part::Morning)),
    ("mornings", Lex::Parts(Part::Morning)),
    ("noon", Lex::Part(Part::Noon)),
    ("midday", Lex::Part(Part::Noon)),
    ("afternoon", Lex::Part(Part::Afternoon)),
    ("afternoons", Lex::Parts(Part::Afternoon)),
    ("evening", Lex::Part(Part::Evening)),
    ("evenings", Lex::Parts(Part::Evening)),
    ("night", Lex::Part(Part::Night)),
    ("nights", Lex::Parts(Part::Night)),
    ("midnight", Lex::Part(Part::Midnight)),
    ("hourly", Lex::Often(Unit::Hour)),
    ("daily", Lex::Often(Unit::Day)),
    ("weekly", Lex::Often(Unit::Week)),
    ("monthly", Lex::Often(Unit::Month)),
    ("annually", Lex::Often(Unit::Year)),
    ("yearly", Lex::Often(Unit::Year)),
    ("christmas", Lex::Feast(Feast::Christmas)),
    ("thanksgiving", Lex::Feast(Feast::Thanksgiving)),
    ("easter", Lex::Feast(Feast::Easter)),
    ("election", Lex::Feast(Feast::Election)),
    ("labor", Lex::Feast(Feast::Labor)),
    ("memorial", Lex::Feast(Feast::Memorial)),
    ("independence", Lex::Feast(Feast::Independence)),
    ("halloween", Lex::Feast(Feast::Halloween)),
    ("valentine", Lex::Feast(Feast::Valentine)),
    ("veterans", Lex::Feast(Feast::Veterans)),
    ("columbus", Lex::Feast(Feast::Columbus)),
    ("boxing", Lex::Feast(Feast::Boxing)),
    ("good", Lex::Feast(Feast::GoodFriday)),
    ("inauguration", Lex::Feast(Feast::Inauguration)),
    ("gmt", Lex::Zone),
    ("utc", Lex::Zone),
    ("bst", Lex::Zone),
    ("est", Lex::Zone),
    ("edt", Lex::Zone),
    ("et", Lex::Zone),
    ("cst", Lex::Zone),
    ("cdt", Lex::Zone),
    ("mst", Lex::Zone),
    ("mdt", Lex::Zone),
    ("pst", Lex::Zone),
    ("pdt", Lex::Zone),
    ("pt", Lex::Zone),
    ("cet", Lex::Zone),
    ("a.m.", Lex::Am),
    ("a.m", Lex::Am),
    ("am", Lex::Am),
    ("p.m.", Lex::Pm),
    ("p.m", Lex::Pm),
    ("pm", Lex::Pm),
    ("o'clock", Lex::OClock),
    ("o’clock", Lex::OClock),
    ("about", Lex::Roughly),
    ("almost", Lex::Roughly),
    ("nearly", Lex::Roughly),
    ("approximately", Lex::Roughly),
    ("roughly", Lex::Roughly),
    ("around", Lex::Roughly),
    ("over", Lex::Roughly),
    ("under", Lex::Roughly),
    ("some", Lex::Few),
    ("few", Lex::Few),
    ("several", Lex::Few),
    ("many", Lex::Few),
    ("one", Lex::Small(1)),
    ("two", Lex::Small(2)),
    ("three", Lex::Small(3)),
    ("four", Lex::Small(4)),
    ("five", Lex::Small(5)),
    ("six", Lex::Small(6)),
    ("seven", Lex::Small(7)),
    ("eight", Lex::Small(8)),
    ("nine", Lex::Small(9)),
    ("ten", Lex::Small(10)),
    ("eleven", Lex::Small(11)),
    ("twelve", Lex::Small(12)),
    ("thirteen", Lex::Small(13)),
    ("fourteen", Lex::Small(14)),
    ("fifteen", Lex::Small(15)),
    ("sixteen", Lex::Small(16)),
    ("seventeen", Lex::Small(17)),
    ("eighteen", Lex::Small(18)),
    ("nineteen", Lex::Small(19)),
    ("twenty", Lex::Tens(20)),
    ("thirty", Lex::Tens(30)),
    ("forty", Lex::Tens(40)),
    ("fifty", Lex::Tens(50)),
    ("sixty", Lex::Tens(60)),
    ("seventy", Lex::Tens(70)),
    ("eighty", Lex::Tens(80)),
    ("ninety", Lex::Tens(90)),
    ("twenties", Lex::TensPlural(20)),
    ("thirties", Lex::TensPlural(30)),
    ("forties", Lex::TensPlural(40)),
    ("fifties", Lex::TensPlural(50)),
    ("sixties", Lex::TensPlural(60)),
    ("seventies", Lex::TensPlural(70)),
    ("eighties", Lex::TensPlural(80)),
    ("nineties", Lex::TensPlural(90)),
    ("hundred", Lex::Hundred),
    ("thousand", Lex::Thousand),
    ("first", Lex::Ordinal(1)),
    ("second", Lex::Ordinal(2)),
    ("third", Lex::Ordinal(3)),
    ("fourth", Lex::Ordinal(4)),
    ("fifth", Lex::Ordinal(5)),
    ("sixth", Lex::Ordinal(6)),
    ("seventh", Lex::Ordinal(7)),
    ("eighth", Lex::Ordinal(8)),
    ("ninth", Lex::Ordinal(9)),
    ("tenth", Lex::Ordinal(10)),
    ("eleventh", Lex::Ordinal(11)),
    ("twelfth", Lex::Ordinal(12)),
    ("sixteenth", Lex::Ordinal(16)),
    ("seventeenth", Lex::Ordinal(17)),
    ("eighteenth", Lex::Ordinal(18)),
    ("nineteenth", Lex::Ordinal(19)),
    ("twentieth", Lex::Ordinal(20)),
    ("the", Lex::The),
    ("a", Lex::A),
    ("an", Lex::A),
    ("this", Lex::This),
    ("that", Lex::That),
    ("these", Lex::These),
    ("those", Lex::These),
    ("its", Lex::Its),
    ("their", Lex::Its),
    ("his", Lex::Its),
    ("her", Lex::Its),
    ("our", Lex::Its),
    ("last", Lex::Last),
    ("next", Lex::Next),
    ("past", Lex::Past),
    ("previous", Lex::Previous),
    ("prior", Lex::Previous),
    ("preceding", Lex::Previous),
    ("following", Lex::Following),
    ("coming", Lex::Coming),
    ("upcoming", Lex::Coming),
    ("recent", Lex::Recent),
    ("current", Lex::Current),
    ("same", Lex::Same),
    ("latest", Lex::Latest),
    ("each", Lex::Each),
    ("every", Lex::Each),
    ("per", Lex::Per),
    ("ago", Lex::Ago),
    ("earlier", Lex::Earlier),
    ("later", Lex::Later),
    ("before", Lex::Before),
    ("after", Lex::After),
    ("hence", Lex::Hence),
    ("from", Lex::From),
    ("to", Lex::To),
    ("of", Lex::Of),
    ("in", Lex::In),
    ("on", Lex::On),
    ("at", Lex::At),
    ("by", Lex::By),
    ("since", Lex::Since),
    ("until", Lex::Since),
    ("till", Lex::Since),
    ("through", Lex::Since),
    ("during", Lex::Since),
    ("throughout", Lex::Since),
    ("for", Lex::Since),
    ("and", Lex::And),
    ("or", Lex::Or),
    ("so", Lex::So),
    ("couple", Lex::Couple),
    ("half", Lex::Half),
    ("another", Lex::Another),
    ("additional", Lex::Another),
    ("extra", Lex::Another),
    ("more", Lex::More),
    ("less", Lex::Less),
    ("than", Lex::Than),
    ("least", Lex::Least),
    ("most", Lex::Least),
    ("up", Lex::Up),
    ("full", Lex::Full),
    ("whole", Lex::Full),
    ("entire", Lex::Full),
    ("consecutive", Lex::Running),
    ("straight", Lex::Running),
    ("trading", Lex::Running),
    ("business", Lex::Running),
    ("working", Lex::Running),
    ("calendar", Lex::Running),
    ("early", Lex::Early),
    ("late", Lex::Late),
    ("mid", Lex::Mid),
    ("middle", Lex::Middle),
    ("beginning", Lex::Start),
    ("start", Lex::Start),
    ("end", Lex::End),
    ("close", Lex::End),
    ("now", Lex::Now),
    ("currently", Lex::Currently),
    ("presently", Lex::Currently),
    ("nowadays", Lex::Currently),
    ("right", Lex::Right),
    ("today", Lex::Today),
    ("yesterday", Lex::Yesterday),
    ("tomorrow", Lex::Tomorrow),
    ("tonight", Lex::Tonight),
    ("overnight", Lex::Overnight),
    ("recently", Lex::Recently),
    ("lately", Lex::Recently),
    ("soon", Lex::Soon),
    ("future", Lex::Future),
    ("near", Lex::Near),
    ("foreseeable", Lex::Near),
    ("distant", Lex::Distant),
    ("present", Lex::Present),
    ("moment", Lex::Moment),
    ("time", Lex::Time),
    ("term", Lex::Term),
    ("short", Lex::Short),
    ("long", Lex::Long),
    ("old", Lex::Old),
    ("period", Lex::Period),
    ("fiscal", Lex::Fiscal),
    ("comparable", Lex::Comparable),
    ("corresponding", Lex::Comparable),
    ("ended", Lex::Ended),
    ("ending", Lex::Ended),
    ("ahead", Lex::Ahead),
    ("eve", Lex::Eve),
    ("while", Lex::While),
    ("new", Lex::New),
    ("as", Lex::As),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_word_and_no_other() {
        for (word, lex) in WORDS {
            assert_eq!(look_up(word.as_bytes()), *lex, "{word}");
            assert!(may_know(hash(word)), "{word}");
            assert_eq!(look_up(word.to_uppercase().as_bytes()), *lex, "{word}");
            assert_eq!(look_up(format!("{word}zz").as_bytes()), Lex::Other);
        }
        assert_eq!(look_up(b""), Lex::Other);
    }
}
