//! Words that tell on which side of a quotation mark the quoted words stand.

/// A list of words that tells nearly every other word by its first letter and its length.
pub struct Words<const N: usize> {
    /// In order of their lengths.
    list: [&'static str; N],
    /// For each first letter (the low five bits) the lengths of the words that begin with it, as bits.
    lengths: [u16; 32],
    /// Where the words of each length begin.
    from: [u8; 17],
}

impl<const N: usize> Words<N> {
    /// Makes the list of words in order of their lengths; no word is longer than fifteen bytes.
    pub const fn new(words: [&'static str; N]) -> Self {
        let (mut lengths, mut from) = ([0; 32], [N as u8; 17]);
        let (mut at, mut length) = (0, 0);
        while at < N {
            let bytes = words[at].as_bytes();
            assert!(bytes.len() + 1 >= length, "the words are not in order of their lengths");
            while length <= bytes.len() {
                from[length] = at as u8;
                length += 1;
            }
            lengths[(bytes[0] & 31) as usize] |= 1 << bytes.len();
            at += 1;
        }
        Self { list: words, lengths, from }
    }

    /// Tells whether one of them has the first letter and the length of `word`.
    #[inline]
    pub fn may_have(&self, word: &str) -> bool {
        let first = word.as_bytes().first().map_or(0, |first| usize::from(first & 31));
        word.len() < 16 && self.lengths[first] >> word.len() & 1 == 1
    }

    /// Tells whether `word` is one of them.
    #[inline]
    pub fn has(&self, word: &str) -> bool {
        self.may_have(word) && {
            let [from, to] = [self.from[word.len()], self.from[word.len() + 1]].map(usize::from);
            self.list[from..to].iter().any(|other| other.as_bytes()[0] == word.as_bytes()[0] && *other == word)
        }
    }
}

/// Tells whether `word` is a title that is written with a stop.
pub fn is_title(word: &str) -> bool {
    matches!(
        word,
        "Mr" | "Mrs"
            | "Ms"
            | "Dr"
            | "Sen"
            | "Rep"
            | "Gov"
            | "Gen"
            | "Lt"
            | "Col"
            | "Sgt"
            | "Capt"
            | "St"
            | "Prof"
            | "Rev"
            | "Hon"
            | "Jr"
            | "Sr"
            | "Messrs"
            | "Sens"
            | "Reps"
            | "Cmdr"
            | "Adm"
            | "Maj"
    )
}

/// Tells whether `word` reports speech; only forms that rarely do anything else.
pub fn is_report(word: &str) -> bool {
    REPORT.has(word)
}

const REPORT: Words<62> = Words::new([
    "say",
    "adds",
    "asks",
    "said",
    "says",
    "told",
    "added",
    "asked",
    "joked",
    "noted",
    "notes",
    "reads",
    "tells",
    "warns",
    "wrote",
    "adding",
    "argued",
    "argues",
    "asking",
    "noting",
    "saying",
    "stated",
    "tweets",
    "warned",
    "writes",
    "yelled",
    "boasted",
    "charged",
    "claimed",
    "insists",
    "quipped",
    "recalls",
    "replied",
    "replies",
    "shouted",
    "telling",
    "tweeted",
    "warning",
    "admitted",
    "declared",
    "declares",
    "explains",
    "insisted",
    "observed",
    "recalled",
    "remarked",
    "responds",
    "stressed",
    "tweeting",
    "announced",
    "cautioned",
    "commented",
    "concluded",
    "continued",
    "countered",
    "explained",
    "predicted",
    "responded",
    "suggested",
    "whispered",
    "complained",
    "emphasized",
]);

/// Tells whether `word` leaves its phrase open, so that a quotation may follow but hardly end behind it.
pub fn is_open_ended(word: &str) -> bool {
    OPEN_ENDED.has(word)
}

const OPEN_ENDED: Words<60> = Words::new([
    "a", "an", "as", "at", "be", "by", "if", "in", "is", "my", "no", "of", "on", "or", "so", "to", "and", "are", "but",
    "for", "had", "has", "her", "his", "how", "its", "not", "our", "the", "was", "who", "why", "been", "from", "have",
    "into", "like", "such", "than", "that", "this", "very", "were", "what", "will", "with", "about", "being", "calls",
    "could", "their", "these", "those", "would", "became", "become", "called", "should", "because", "calling",
]);

/// Tells whether `word` goes on with a phrase from before it, so that a quotation may end before it.
pub fn goes_on(word: &str) -> bool {
    GOES_ON.has(word)
}

const GOES_ON: Words<47> = Words::new([
    "as",
    "at",
    "by",
    "if",
    "in",
    "is",
    "of",
    "on",
    "or",
    "to",
    "and",
    "are",
    "but",
    "for",
    "had",
    "has",
    "was",
    "who",
    "from",
    "have",
    "into",
    "over",
    "than",
    "that",
    "were",
    "when",
    "will",
    "with",
    "about",
    "after",
    "among",
    "could",
    "since",
    "under",
    "where",
    "which",
    "while",
    "would",
    "before",
    "during",
    "should",
    "against",
    "because",
    "between",
    "through",
    "without",
    "following",
]);

/// Tells whether `word` is a form of be, have, do or a modal.
pub fn is_auxiliary(word: &str) -> bool {
    AUXILIARY.has(word)
}

const AUXILIARY: Words<19> = Words::new([
    "be", "do", "is", "are", "can", "did", "had", "has", "may", "was", "does", "have", "must", "were", "will", "could",
    "might", "would", "should",
]);

/// Tells whether `word` is a pronoun of the one who tells about the speaker.
pub fn is_third_person(word: &str) -> bool {
    matches!(word, "he" | "she" | "they" | "it" | "He" | "She" | "They")
}

/// Tells whether `word` is one that the speaker uses of himself or to his hearer.
pub fn is_first_person(word: &str) -> bool {
    FIRST_PERSON.has(word)
}

/// Those words.
pub const FIRST_PERSON: Words<15> = Words::new([
    "I",
    "My",
    "We",
    "me",
    "my",
    "us",
    "we",
    "Our",
    "You",
    "our",
    "you",
    "Your",
    "your",
    "myself",
    "ourselves",
]);
