//! The timeline at three widths, for one day, twenty years, one speaker, thirty speakers and no date at all.

use super::Session;
use crate::app::Pane;
use std::fmt::Write as _;

const WIDTHS: [(u16, u16); 3] = [(40, 24), (80, 30), (140, 50)];

/// Returns the lines of the timeline, without the air beside it.
fn lines(session: &Session) -> Vec<String> {
    let area = session.state.screen.panes[Pane::Timeline.index()];
    let rows = session.rows();
    let cut = |row: &String| row.chars().skip(usize::from(area.x)).take(usize::from(area.width)).collect::<String>();
    rows[usize::from(area.y)..usize::from(area.bottom())].iter().map(cut).collect()
}

/// Opens a text in the timeline, over the whole screen, at each of the widths.
fn each(text: &str, check: impl Fn(&mut Session, &[String])) {
    for (width, height) in WIDTHS {
        let mut session = Session::of_engine(&[text], width, height);
        session.keys("4 z");
        let lines = lines(&session);
        check(&mut session, &lines);
    }
}

fn selected(session: &Session) -> Option<usize> {
    session.state.document.as_ref()?.selected
}

const TWENTY_YEARS: &str = "LONDON, June 6, 2017 — A meeting.\n\n\
    On May 3, 1997, Ann Bell said: “We begin and that is what I want to say.”\n\n\
    On July 12, 2001, Bo Stone said: “We go on and that is what I want to say.”\n\n\
    In March 2008, Carla Diaz said: “Nobody pays and that is what I want to say.”\n\n\
    On Monday, Ann Bell said: “It is over and that is what I want to say.”\n";

#[test]
fn one_day() {
    let text = "LONDON, June 6, 2017 — A meeting.\n\n\
        “We will not pay a cent,” Ann Bell said on Tuesday.\n\n“That is what they say,” Bo Stone said on Tuesday.\n";
    each(text, |session, lines| {
        let page = lines.join("\n");
        assert_eq!(lines[0].trim(), "2017", "{page}");
        assert_eq!(lines[1].trim(), "Jun 6", "{page}");
        assert!(lines[2].contains("Ann Bell ├") && lines[2].contains('1') && lines[2].contains("6 Jun 2017"), "{page}");
        assert!(lines[3].contains("Bo Stone ├") && !page.contains("undated") && !page.contains('⋯'), "{page}");
        session.keys("l");
        assert_eq!(selected(session), Some(1));
    });
}

#[test]
fn twenty_years() {
    each(TWENTY_YEARS, |session, lines| {
        let page = lines.join("\n");
        assert!(lines[0].contains("1997") && lines[0].contains("2017"), "{page}");
        assert!(lines[1].contains('⋯'), "compressed stretches are marked: {page}");
        for name in ["Ann Bell", "Bo Stone", "Carla Diaz"] {
            assert!(page.contains(&format!("{name} ")), "{page}");
        }
        // Nearer, the selected one stays in sight, and only a part of the days is.
        session.keys("g g l + + + +");
        let near = self::lines(session);
        assert!(near[2..5].iter().any(|line| line.contains('2')) && near[1].contains('›'), "{}", near.join("\n"));
        assert!(near[0].contains("2001") && !near[0].contains("2017"), "{}", near.join("\n"));
        session.keys("G");
        assert!(self::lines(session)[0].contains("2017"), "it goes where the selection goes");
        session.keys("H H H H H H H H H H H H H H H H H H H H H H H H");
        assert!(self::lines(session)[0].contains("1997"), "{}", self::lines(session).join("\n"));
        session.keys("0");
        assert_eq!(self::lines(session)[..2], lines[..2], "all days again");
        session.keys("-");
        assert!(session.said().contains("all days are in sight"));
    });
}

#[test]
fn one_speaker_with_a_long_name() {
    let text = "LONDON, June 6, 2017 — A meeting.\n\n\
        “We will not pay a cent today,” Bartholomew Featherstone said on Monday.\n\n\
        “We will not pay a cent either,” Featherstone said on Friday.\n";
    each(text, |session, lines| {
        let page = lines.join("\n");
        let whole = ["Bartholomew Featherstone ", "B. Featherstone ", "Featherstone "];
        assert!(whole.iter().any(|name| lines[2].trim_start().starts_with(name)), "{page}");
        assert!(lines[1].contains("Jun 2") && lines[1].contains('5'), "{page}");
        let places = |session: &Session| {
            let lines = self::lines(session);
            let at = |n: &str| lines[3..].iter().position(|line| line.trim_start().starts_with(n)).unwrap_or(99);
            (at("1  "), at("2  "))
        };
        let by_time = places(session);
        assert!(by_time.1 < by_time.0, "the older is listed first: {page}");
        session.keys("O");
        let by_place = places(session);
        assert!(by_place.0 < by_place.1, "{}", session.page());
    });
}

#[test]
fn thirty_speakers() {
    let mut text = "LONDON, June 6, 2017 — A meeting.\n\n".to_owned();
    let names = "Bell Stone Diaz Evans Fischer Grant Hughes Ito Jansen Kowalski Lopez Murphy Nguyen Olsen Petrov Quist \
        Rossi Schmidt Taylor Urban Vance Weber Xu Young Zimmer Abbott Baker Castellanos Dupont Eriksson";
    let days = ["Monday", "Saturday", "Friday", "Thursday"];
    for (n, name) in names.split_whitespace().enumerate() {
        let _ = writeln!(text, "“Nobody pays a cent for number {n},” Robin {name} said on {}.\n", days[n % 4]);
    }
    each(&text, |session, _| {
        for _ in 0..30 {
            let lines = lines(session);
            let n = selected(session).expect("one is selected");
            let marked = lines[2..].iter().filter(|line| line.contains(&(n + 1).to_string())).count();
            assert!(marked >= 1, "the selected one is in sight: {}", lines.join("\n"));
            session.keys("l");
        }
    });
}

#[test]
fn no_date_at_all() {
    let text = "“We will not pay a cent,” Ann Bell said.\n\n“That is what they say,” Bo Stone said.\n";
    each(text, |session, lines| {
        let page = lines.join("\n");
        assert!(lines[0].contains("no dates in this article"), "{page}");
        assert!(lines[1].contains("Ann Bell 1") && lines[2].contains("Bo Stone 2"), "{page}");
        session.keys("+");
        assert!(session.said().contains("no quotation has a date"), "{}", session.said());
    });
}

#[test]
fn a_decision_keeps_what_is_shown() {
    let mut session = Session::of_engine(&[TWENTY_YEARS], 100, 24);
    session.keys("4 z g g l + + + +");
    let head = lines(&session)[..2].to_vec();
    session.keys("t").types("tag").keys("<enter>");
    assert_eq!(lines(&session)[..2], head[..]);
    let count = lines(&session).iter().filter(|line| line.contains("Bo Stone")).count();
    session.keys("x");
    assert!(lines(&session).iter().filter(|line| line.contains("Bo Stone")).count() < count, "{}", session.page());
}

#[test]
fn ascii_draws_nothing_else_around_the_words() {
    let mut session = Session::with(&[super::TEXT], 100, 24, |config| config.settings.ascii = true);
    session.keys("4 z + +");
    let lines = lines(&session);
    let picture = lines.iter().take_while(|line| !line.contains("as they were said"));
    assert!(picture.clone().count() > 3 && picture.clone().all(|line| line.is_ascii()), "{}", lines.join("\n"));
}
