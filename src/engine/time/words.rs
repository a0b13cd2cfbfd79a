//! The kinds of words that dates are made of.

use super::calendar::{Season, Unit};

/// What a word or mark can be in a date expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lex {
    /// No part of any date expression.
    Other,
    /// A blank line: no expression goes across it.
    Break,
    /// `,`
    Comma,
    /// A dash that joins nothing.
    Dash,
    /// `/`
    Slash,
    /// `’s`
    Possessive,
    /// A single mark that may be an apostrophe: `’90s`.
    Apostrophe,
    /// `$`, `#`, `£`, `€`, `%`: the number beside it is no date.
    Amount,
    /// A whole number in figures, with the number of its figures.
    Number(u32, u8),
    /// A number in figures that is no whole number.
    Decimal,
    /// `21st`
    Nth(u8),
    /// `10:35`
    Clock(u8, u8),
    /// `10pm`, `10:35am`: the hour of 24, and the minute.
    Hours(u8, u8),
    /// `1990s`, `90s`
    Decades(u16),
    /// `one` to `nineteen`
    Small(u8),
    /// `twenty` to `ninety`
    Tens(u8),
    /// `twenties` to `nineties`
    TensPlural(u8),
    /// `hundred`
    Hundred,
    /// `thousand`
    Thousand,
    /// `first` to `twelfth`; `last` is its own.
    Ordinal(u8),
    /// A month in full, 1 to 12.
    Month(u8),
    /// A month cut short, 1 to 12.
    MonthShort(u8),
    /// A weekday, Monday is 0.
    Weekday(u8),
    /// `Mondays`
    Weekdays(u8),
    /// A weekday cut short.
    WeekdayShort(u8),
    /// One of a unit.
    Unit(Unit),
    /// Several of a unit.
    Units(Unit),
    /// A season.
    Season(Season),
    /// `summers`
    Seasons(Season),
    /// `Q3`
    Quarter(u8),
    /// A part of the day, as TIMEX3 writes it.
    Part(Part),
    /// `nights`
    Parts(Part),
    /// `daily`, and how often.
    Often(Unit),
    /// A feast.
    Feast(Feast),
    /// `GMT`
    Zone,
    /// `a.m.`
    Am,
    /// `p.m.`
    Pm,
    /// `about`, `nearly`, `over`: before an amount.
    Roughly,
    /// `the`
    The,
    /// `a`, `an`
    A,
    /// `this`
    This,
    /// `that`
    That,
    /// `these`, `those`
    These,
    /// `its`, `their`, `his`, `our`
    Its,
    /// `last`
    Last,
    /// `next`
    Next,
    /// `past`
    Past,
    /// `previous`, `prior`, `preceding`
    Previous,
    /// `following`
    Following,
    /// `coming`, `upcoming`
    Coming,
    /// `recent`
    Recent,
    /// `current`
    Current,
    /// `same`
    Same,
    /// `latest`
    Latest,
    /// `each`, `every`
    Each,
    /// `per`
    Per,
    /// `ago`
    Ago,
    /// `earlier`
    Earlier,
    /// `later`
    Later,
    /// `before`
    Before,
    /// `after`
    After,
    /// `hence`
    Hence,
    /// `from`
    From,
    /// `to`
    To,
    /// `of`
    Of,
    /// `in`
    In,
    /// `on`
    On,
    /// `at`
    At,
    /// `by`
    By,
    /// `since`, `until`, `till`, `through`, `during`, `throughout`, `for`
    Since,
    /// `and`
    And,
    /// `or`
    Or,
    /// `so`
    So,
    /// `few`, `several`, `many`, `some`
    Few,
    /// `couple`
    Couple,
    /// `half`
    Half,
    /// `another`, `additional`, `extra`
    Another,
    /// `more`
    More,
    /// `less`
    Less,
    /// `than`
    Than,
    /// `least`, `most`
    Least,
    /// `up`
    Up,
    /// `full`, `whole`, `entire`
    Full,
    /// `consecutive`, `straight`, `trading`, `business`
    Running,
    /// `early`
    Early,
    /// `late`
    Late,
    /// `mid`
    Mid,
    /// `middle`
    Middle,
    /// `beginning`, `start`
    Start,
    /// `end`
    End,
    /// `now`
    Now,
    /// `currently`, `presently`, `nowadays`
    Currently,
    /// `right`
    Right,
    /// `today`
    Today,
    /// `yesterday`
    Yesterday,
    /// `tomorrow`
    Tomorrow,
    /// `tonight`
    Tonight,
    /// `overnight`
    Overnight,
    /// `recently`, `lately`
    Recently,
    /// `soon`, `shortly`
    Soon,
    /// `future`
    Future,
    /// `near`
    Near,
    /// `distant`
    Distant,
    /// `present`
    Present,
    /// `moment`
    Moment,
    /// `time`
    Time,
    /// `term`
    Term,
    /// `short`
    Short,
    /// `long`
    Long,
    /// `old`
    Old,
    /// `period`
    Period,
    /// `fiscal`
    Fiscal,
    /// `comparable`, `corresponding`
    Comparable,
    /// `ended`, `ending`
    Ended,
    /// `ahead`
    Ahead,
    /// `Eve`
    Eve,
    /// `while`
    While,
    /// `new`
    New,
    /// `as`
    As,
    /// `o’clock`
    OClock,
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// `TMO`
    Morning,
    /// `TMI`, twelve o’clock.
    Noon,
    /// `TAF`
    Afternoon,
    /// `TEV`
    Evening,
    /// `TNI`
    Night,
    /// `T24:00`
    Midnight,
    /// `TDT`
    Daytime,
}

impl Part {
    /// Returns the TIMEX3 suffix.
    pub fn code(self) -> &'static str {
        match self {
            Self::Morning => "TMO",
            Self::Noon => "T12:00",
            Self::Afternoon => "TAF",
            Self::Evening => "TEV",
            Self::Night => "TNI",
            Self::Midnight => "T24:00",
            Self::Daytime => "TDT",
        }
    }
}

/// A feast that has a day in each year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feast {
    /// 25 December.
    Christmas,
    /// The fourth Thursday of November (United States).
    Thanksgiving,
    /// Easter Sunday.
    Easter,
    /// The Tuesday after the first Monday of November (United States).
    Election,
    /// The first Monday of September (United States).
    Labor,
    /// The last Monday of May (United States).
    Memorial,
    /// 4 July (United States).
    Independence,
    /// 31 October.
    Halloween,
    /// 14 February.
    Valentine,
    /// 1 January.
    NewYear,
    /// 11 November.
    Veterans,
    /// The second Monday of October (United States).
    Columbus,
    /// 26 December.
    Boxing,
    /// The Friday before Easter.
    GoodFriday,
    /// 20 January, every fourth year (United States).
    Inauguration,
}
