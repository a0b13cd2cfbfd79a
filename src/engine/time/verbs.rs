//! The words that tell the tense around a date: verbs, what is appointed or meant, and what stands before a month.

/// Which way the sentence looks at a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    /// It tells what was.
    Past,
    /// It tells what was, but the verb stands far off, or something meant stands between: `threatened to spoil the fair in June`.
    LeansPast,
    /// It does not say.
    Open,
    /// It tells what somebody means to do, or an end: `to win in November`, `by June`.
    LeansFuture,
    /// It tells what will be.
    Future,
}

impl Tense {
    /// Tells whether it looks back, for certain or not.
    pub fn is_past(self) -> bool {
        matches!(self, Self::Past | Self::LeansPast)
    }

    /// Tells whether it looks ahead, for certain or not.
    pub fn is_future(self) -> bool {
        matches!(self, Self::Future | Self::LeansFuture)
    }
}

/// Returns the tense of one word, if it is a verb that shows it; `before` are the two words before it.
pub fn verb(word: &str, before: [Option<&str>; 2], next: Option<&str>) -> Tense {
    if word.starts_with(|c: char| c.is_ascii_uppercase()) {
        return Tense::Open;
    }
    let told = || {
        // `to be paid`, `will be completed`; but `has been` and `was`.
        match before[1] {
            Some("be" | "being") => Tense::Future,
            // `when the case is heard in May`; `expected to hit`, `will cut`: the word before them tells.
            Some(
                "is" | "are" | "to" | "will" | "would" | "could" | "can" | "may" | "might" | "should" | "must" | "'ll"
                | "’ll",
            ) => Tense::Open,
            _ => Tense::Past,
        }
    };
    match word {
        // `had been expected`, `was previously scheduled`
        "expected" | "scheduled" | "due" | "planned" | "slated" | "supposed"
            if matches!(before, [Some("had"), Some("been")]) =>
        {
            Tense::Past
        }
        // `an agreement to sell`, `plans to vote`; `began to sell` is told by its verb.
        // `had been scheduled to expire`: the verb before it tells.
        "expire" | "begin" | "open" | "start" if before[1] == Some("to") => Tense::Open,
        // `struggled to meet demand`; `invited them to meet on Thursday`
        "meet" if before[1] == Some("to") && !matches!(next, Some("with" | "in" | "on" | "at")) => Tense::Open,
        // `could not be reached on Saturday`
        "could" if matches!(next, Some("not" | "n't" | "n’t")) => Tense::Past,
        "reached" | "located" | "contacted" if before[1] == Some("be") => Tense::Past,
        // `the agency proposed a limit`; `the proposed limit` is to come.
        "proposed" if matches!(next, Some("a" | "an" | "the" | "that" | "to" | "in")) => told(),
        // `they have 24 seats` tells no past.
        "have" | "has" if next.is_none_or(|next| !is_participle(next)) => Tense::Open,
        "to" if before[1].is_some_and(is_intent) && next.is_some_and(|next| !next.ends_with("ed") && next != "the") => {
            Tense::Future
        }
        // `his plans in October` are things, `plans to open` looks ahead.
        "plans" if !matches!(next, Some("to" | "on" | "a" | "an")) => Tense::Open,
        "set" => match next {
            Some("to" | "for") => Tense::Future,
            _ => told(),
        },
        "will" | "’ll" | "'ll" | "shall" | "wo" | "won't" | "won’t" | "would" | "may" | "might" | "could"
        | "expected" | "scheduled" | "expects" | "expect" | "plans" | "planned" | "planning" | "due" | "slated"
        | "likely" | "hopes" | "intends" | "aims" | "going" | "payable" | "upcoming" | "expires" | "expire"
        | "must" | "should" | "preparing" | "prepares" | "begins" | "opens" | "starts" | "supposed" | "meet"
        | "meets" | "arrives" | "departs" | "tentatively" | "proposed" | "headed" | "effective" | "can" | "hold"
        | "holds" => Tense::Future,
        "was" | "were" | "had" | "has" | "have" | "been" | "did" | "said" | "told" | "went" | "came" | "made"
        | "took" | "met" | "began" | "fell" | "rose" | "held" | "shot" | "found" | "left" | "gave" | "got"
        | "became" | "won" | "lost" | "broke" | "spoke" | "saw" | "sent" | "led" | "ran" | "put" | "sold"
        | "bought" | "built" | "brought" | "kept" | "paid" | "wrote" | "hit" | "struck" | "stood" | "threw"
        | "flew" | "drew" | "grew" | "cut" | "slain" | "since" | "ago" | "says" | "tells" | "heard" | "taken" => told(),
        _ if word.len() > 4
            && word.ends_with("ed")
            && !word.starts_with("un")
            && !matches!(word, "indeed" | "hundred" | "exceed" | "proceed" | "succeed") =>
        {
            told()
        }
        _ => Tense::Open,
    }
}

/// Tells whether `to` behind the word looks ahead: `a plan to`, `ready to`.
fn is_intent(word: &str) -> bool {
    matches!(
        word,
        "agreement"
            | "plan"
            | "plans"
            | "proposal"
            | "offer"
            | "program"
            | "bid"
            | "effort"
            | "deal"
            | "right"
            | "option"
            | "pledge"
            | "promise"
            | "decision"
            | "invitation"
            | "order"
            | "deadline"
            | "chance"
            | "ready"
            | "about"
            | "hoping"
            | "able"
    )
}

/// Tells whether a word can stand behind `have` or `has` to make a perfect: a participle, or an adverb before one.
fn is_participle(word: &str) -> bool {
    word.len() > 3 && (word.ends_with("ed") || word.ends_with("en") || word.ends_with("ly") || word.ends_with("wn"))
        || matches!(
            word,
            "been"
                | "had"
                | "not"
                | "n't"
                | "n’t"
                | "also"
                | "since"
                | "already"
                | "long"
                | "just"
                | "never"
                | "now"
                | "yet"
                | "ever"
                | "done"
                | "gone"
                | "made"
                | "come"
                | "become"
                | "said"
                | "told"
                | "held"
                | "won"
                | "lost"
                | "met"
                | "sold"
                | "bought"
                | "built"
                | "brought"
                | "kept"
                | "paid"
                | "hit"
                | "struck"
                | "stood"
                | "led"
                | "run"
                | "put"
                | "cut"
                | "begun"
                | "found"
                | "left"
                | "got"
                | "spent"
                | "sent"
                | "heard"
                | "drawn"
                | "set"
                | "seen"
                | "sought"
                | "taught"
                | "thought"
                | "shot"
                | "read"
                | "let"
                | "risen"
                | "shut"
                | "grown"
                | "all"
                | "both"
                | "again"
                | "once"
                | "recently"
                | "so"
                | "too"
                | "still"
        )
}

/// Tells whether a word behind `to` is a verb, as far as its looks tell: `to win`, not `to the court`, `to Paris`, `to voters`.
pub fn is_infinitive(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && !word.ends_with("ed")
        && !word.ends_with("ing")
        && (word.ends_with("ss") || !word.ends_with('s'))
        && !matches!(
            word,
            "the"
                | "a"
                | "an"
                | "that"
                | "it"
                | "him"
                | "her"
                | "them"
                | "me"
                | "my"
                | "their"
                | "our"
                | "your"
                | "one"
                | "date"
        )
}

/// Tells whether a word at the head of a sentence tells that what follows is over: `After`, `Asked`, `Speaking`.
pub fn is_done(word: &str) -> bool {
    matches!(
        word,
        "After"
            | "Following"
            | "Since"
            | "Speaking"
            | "Appearing"
            | "Talking"
            | "Addressing"
            | "Writing"
            | "Testifying"
    ) || word.len() > 4 && word.ends_with("ed") && word.starts_with(|c: char| c.is_ascii_uppercase())
}

/// Tells whether a word names what is held on an appointed day.
pub fn is_appointed(word: &str) -> bool {
    matches!(
        word,
        "election"
            | "elections"
            | "vote"
            | "meeting"
            | "hearing"
            | "debate"
            | "deadline"
            | "summit"
            | "game"
            | "match"
            | "primary"
            | "caucuses"
            | "race"
            | "contest"
            | "contests"
            | "primaries"
            | "convention"
            | "conventions"
            | "ballot"
            | "matchup"
            | "showdown"
            | "ceremony"
            | "referendum"
            | "runoff"
            | "talks"
            | "trial"
            | "auction"
            | "launch"
    )
}

/// Tells whether a word behind a month may be, or belong to, the thing that the month describes: `general election`, `’s report`.
pub fn is_thing(word: &str) -> bool {
    matches!(word, "'s" | "’s" | "s")
        || word.len() > 3
            && word.starts_with(|c: char| c.is_ascii_lowercase())
            && !is_before_a_month(word)
            && !matches!(
                word,
                "when"
                    | "that"
                    | "with"
                    | "while"
                    | "which"
                    | "where"
                    | "because"
                    | "amid"
                    | "against"
                    | "under"
                    | "over"
                    | "following"
                    | "upon"
            )
            && verb(word, [None, None], None) == Tense::Open
}

/// Tells whether a word may stand between a verb and a date that it governs: `in June`, `of last June`.
pub fn is_before_a_month(word: &str) -> bool {
    matches!(
        word,
        "in" | "In"
            | "on"
            | "On"
            | "by"
            | "By"
            | "of"
            | "for"
            | "from"
            | "From"
            | "since"
            | "Since"
            | "until"
            | "Until"
            | "till"
            | "before"
            | "Before"
            | "after"
            | "After"
            | "during"
            | "During"
            | "through"
            | "throughout"
            | "between"
            | "and"
            | "or"
            | "to"
            | "this"
            | "that"
            | "last"
            | "next"
            | "early"
            | "late"
            | "mid"
            | "than"
            | "as"
            | "around"
            | "about"
            | "toward"
            | "towards"
            | "into"
            | ","
            | "-"
            | "–"
            | "—"
            | "starting"
            | "beginning"
            | "Starting"
            | "Beginning"
            | "come"
    )
}
