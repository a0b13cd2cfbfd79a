//! The learned parts: hashed features, weights from `assets/model`, and how they are read.

pub mod linear;
pub mod tagger;

/// The part of speech of a token, or for proper nouns what they name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Tag {
    /// Anything else: interjections, symbols, foreign words.
    Other,
    /// A common noun.
    Noun,
    /// A plural common noun.
    Nouns,
    /// A proper noun of a person.
    Person,
    /// A proper noun of an organisation.
    Organisation,
    /// A proper noun of a place.
    Place,
    /// Any other proper noun: titles, works, events.
    Proper,
    /// `he`
    Pronoun,
    /// `his`
    Possessive,
    /// `the`
    Determiner,
    /// `late`
    Adjective,
    /// `lately`
    Adverb,
    /// `said`
    Past,
    /// `says`
    Present,
    /// `say` in the present
    Plain,
    /// `say` after `to` or `will`
    Base,
    /// `saying`
    Gerund,
    /// `said` after `has`
    Participle,
    /// `will`
    Modal,
    /// `of`, `that`
    Preposition,
    /// `to`
    To,
    /// `and`
    And,
    /// `who`, `which`, `what`
    Relative,
    /// `when`, `where`, `how`
    RelativeAdverb,
    /// `seven`
    Number,
    /// `’s` of the genitive
    Genitive,
    /// `there`
    There,
    /// `up` of `give up`
    Particle,
    /// A comma.
    Comma,
    /// `.`, `!`, `?`
    Stop,
    /// A colon, semicolon or dash.
    Colon,
    /// A quotation mark or bracket.
    Mark,
}

impl Tag {
    /// How many there are.
    pub const COUNT: usize = 32;

    /// All tags by their number.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Other,
        Self::Noun,
        Self::Nouns,
        Self::Person,
        Self::Organisation,
        Self::Place,
        Self::Proper,
        Self::Pronoun,
        Self::Possessive,
        Self::Determiner,
        Self::Adjective,
        Self::Adverb,
        Self::Past,
        Self::Present,
        Self::Plain,
        Self::Base,
        Self::Gerund,
        Self::Participle,
        Self::Modal,
        Self::Preposition,
        Self::To,
        Self::And,
        Self::Relative,
        Self::RelativeAdverb,
        Self::Number,
        Self::Genitive,
        Self::There,
        Self::Particle,
        Self::Comma,
        Self::Stop,
        Self::Colon,
        Self::Mark,
    ];

    /// Tells whether it is a proper noun.
    pub fn is_name(self) -> bool {
        matches!(self, Self::Person | Self::Organisation | Self::Place | Self::Proper)
    }

    /// Tells whether it is a noun of any kind.
    pub fn is_noun(self) -> bool {
        self.is_name() || matches!(self, Self::Noun | Self::Nouns)
    }

    /// Tells whether it is a verb with a tense.
    pub fn is_finite(self) -> bool {
        matches!(self, Self::Past | Self::Present | Self::Plain | Self::Modal)
    }

    /// Tells whether it is a verb of any form.
    pub fn is_verb(self) -> bool {
        self.is_finite() || matches!(self, Self::Base | Self::Gerund | Self::Participle)
    }
}

/// Mixes the number of a feature template and two values to a 32-bit key.
pub fn key(template: u32, a: u32, b: u32) -> u32 {
    let mut h =
        template.wrapping_mul(0x9e37_79b1) ^ a.rotate_left(5).wrapping_mul(0x85eb_ca6b) ^ b.wrapping_mul(0xc2b2_ae35);
    h ^= h >> 15;
    h = h.wrapping_mul(0x2c1b_3c6d);
    h ^= h >> 12;
    h = h.wrapping_mul(0x297a_2d39);
    h ^ (h >> 15)
}
