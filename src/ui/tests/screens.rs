//! Every size, every window, any keys: what is drawn holds together.

use super::{Session, TEXT};
use crate::app::{Event, Mouse, MouseKind, Pane};
use crate::config::{Code, Key, Role};
use proptest::prelude::*;
use ratatui::style::Modifier;

const SIZES: [(u16, u16); 12] =
    [(1, 1), (2, 3), (5, 2), (10, 4), (20, 5), (40, 12), (79, 24), (80, 17), (80, 24), (100, 18), (120, 40), (200, 60)];

#[test]
fn every_window_is_drawn_at_every_size() {
    for (width, height) in SIZES {
        for keys in
            ["j", "s", "t", "m", "d", "w", "?", ":", "o", "E", "/", "g", "v v w", "e w", "3 l j", "4", "z", "1 z"]
        {
            let mut session = Session::open(&[TEXT], width, height);
            session.keys(keys);
            let page = session.page();
            assert!(page.chars().all(|c| c == '\n' || !c.is_control()), "{width}x{height} {keys}");
        }
    }
}

#[test]
fn the_four_panes_stand_where_they_should() {
    let session = Session::open(&[TEXT], 120, 40);
    let rows = session.rows();
    assert!(rows[1].starts_with("┌─ Raw ") && rows[1].contains("┬─ Clean ") && rows[1].ends_with('┐'), "{}", rows[1]);
    let divide = rows.iter().find(|row| row.starts_with("├─ Speakers ")).expect("they stand below");
    assert!(divide.contains("┬─ Timeline ") && divide.contains('┴') && divide.ends_with('┤'), "{divide}");
    assert!(
        rows[0].contains("Article 1 · 6 June 2017 (inferred)") && rows[0].contains("quote 1/4 · 0 decided · saved")
    );
    assert!(rows[38].contains("“We will not pay,”  Ann Bell · 3 June 2017 · 0.90 · the cue stands beside the name"));
    assert!(rows[39].contains("a accept") && rows[39].contains("? keys"));
    let medium = Session::open(&[TEXT], 80, 24);
    assert!(medium.rows()[1].starts_with("┌─ Clean ") && medium.shows("├─ Speakers "), "{}", medium.page());
    let narrow = Session::open(&[TEXT], 40, 12);
    assert!(narrow.rows()[1].starts_with(" 1 Raw  2 Clean  3 Speakers  4 Timeline"), "{}", narrow.page());
}

#[test]
fn raw_is_shown_where_there_is_room_for_one_text() {
    let mut session = Session::open(&[TEXT], 80, 24);
    assert!(session.shows("said Ann Bell"));
    session.keys("1");
    assert!(session.shows("said  Ann Bell") && session.shows("┌─ Raw "), "{}", session.page());
    session.keys("<tab> z");
    assert!(session.shows("said Ann Bell") && !session.shows("┌"), "{}", session.page());
}

#[test]
fn signs_tell_what_colours_tell() {
    let mut session = Session::with(&[TEXT], 120, 40, |config| config.no_color = true);
    session.keys("a x");
    let buffer = session.buffer();
    assert!(buffer.content.iter().all(|cell| {
        matches!(cell.fg, ratatui::style::Color::Reset) && matches!(cell.bg, ratatui::style::Color::Reset)
    }));
    assert!(session.shows("▌✓ “We will") && session.shows("█"), "{}", session.page());
    assert!(session.style(Pane::Clean, "it is late").add_modifier.contains(Modifier::REVERSED));
    assert!(session.style(Pane::Clean, "reporters").add_modifier.contains(Modifier::UNDERLINED));
    assert!(session.style(Pane::Clean, "told").add_modifier.contains(Modifier::UNDERLINED));
    assert!(session.style(Pane::Clean, "Not one").add_modifier.contains(Modifier::CROSSED_OUT));
}

#[test]
fn quotations_have_their_speakers_colours_everywhere() {
    let session = Session::open(&[TEXT], 120, 40);
    let theme = &session.state.config.theme;
    let colour = |n: usize| crate::ui::ink::style(theme.speaker(n)).fg;
    for pane in [Pane::Raw, Pane::Clean] {
        assert_eq!(session.style(pane, "“Not one").fg, colour(0), "{pane:?}");
        assert_eq!(session.style(pane, "it is late").fg, colour(1), "{pane:?}");
    }
    for pane in [Pane::Speakers, Pane::Timeline] {
        assert_eq!(session.style(pane, "Bo Stone").fg, colour(1), "{pane:?}");
    }
    assert_eq!(session.style(Pane::Clean, "reporters").fg, crate::ui::ink::style(theme.paint(Role::Suspect)).fg);
}

#[test]
fn ascii_draws_nothing_else_around_the_text() {
    let session = Session::with(&["Plain words, no more.\n"], 100, 30, |config| config.settings.ascii = true);
    let drawn = session.page().replace(['·', '–'], "");
    assert!(drawn.is_ascii(), "{drawn}");
}

#[test]
fn nothing_of_the_article_acts_on_the_terminal() {
    let evil = "A\u{1b}[2Jb \u{202e}c\u{200b}d\u{9b}e\u{7}.\n";
    let mut session = Session::open(&[evil], 100, 30);
    for keys in ["2", "/", "<esc> v s", "<esc> o", "<esc> ?"] {
        session.keys(keys);
        let page = session.page();
        assert!(!page.contains(['\u{1b}', '\u{202e}', '\u{200b}', '\u{9b}', '\u{7}']), "{keys}");
    }
    let mut session = Session::open(&[evil], 100, 30);
    session.feed(Event::Notice("bad \u{1b}]0;title\u{7}".to_owned()));
    assert!(session.shows("^[[2J") && session.shows("<U+202E>") && session.shows("^[]0;title^G"), "{}", session.page());
}

#[test]
fn the_place_is_kept_when_the_size_changes() {
    let long = paragraphs("Paragraph # says a few words and then some more.\n");
    let mut session = Session::open(&[&long], 120, 40);
    session.keys("<space> <space> <space> <space>");
    let top = session.state.document.as_ref().map(|document| document.clean.top).expect("it is open");
    session.resize(60, 20).resize(1, 1).resize(200, 50).resize(120, 40);
    assert_eq!(session.state.document.as_ref().map(|document| document.clean.top), Some(top));
    session.keys("G");
    assert!(session.shows("Paragraph 399"), "{}", session.page());
    session.keys("ctrl-u g g");
    assert!(session.shows("Paragraph 0 "), "{}", session.page());
}

#[test]
fn both_texts_scroll_together() {
    let long = paragraphs("Paragraph  # says  a few words.\n");
    let mut session = Session::open(&[&long], 120, 40);
    for keys in ["ctrl-d", "<space>", "ctrl-e ctrl-e", "1 <space>", "G", "ctrl-u"] {
        session.keys(keys);
        let document = session.state.document.as_ref().expect("it is open");
        let (raw, clean) = (document.raw.rows[0].start, document.clean.rows[0].start);
        assert!(document.carry(Pane::Raw, raw).abs_diff(clean) <= 1, "{keys}: {raw} and {clean}");
    }
}

/// Returns 400 paragraphs with their numbers for `#`.
fn paragraphs(text: &str) -> String {
    (0..400).map(|n: usize| text.replace('#', &n.to_string())).collect()
}

fn any_event() -> impl Strategy<Value = Event> {
    let codes = prop_oneof![
        8 => prop::sample::select("axrstTmdewyvuUJK.,jkhlnNzoDfgGEqRMXib()p?:/1234 ]['\"".chars().collect::<Vec<_>>())
            .prop_map(Key::char),
        2 => prop::sample::select(vec![
            Code::Enter, Code::Escape, Code::Tab, Code::Up, Code::Down, Code::Left, Code::Right, Code::Backspace,
            Code::Delete, Code::Home, Code::End, Code::PageDown, Code::PageUp,
        ])
        .prop_map(Key::plain),
        1 => prop::sample::select("cdurefb".chars().collect::<Vec<_>>())
            .prop_map(|c| Key { ctrl: true, ..Key::char(c) }),
    ];
    let kinds = [MouseKind::Down, MouseKind::Drag, MouseKind::Up, MouseKind::WheelUp, MouseKind::WheelDown];
    prop_oneof![
        20 => codes.prop_map(Event::Key),
        3 => (prop::sample::select(kinds.to_vec()), 0..130_u16, 0..45_u16)
            .prop_map(|(kind, column, row)| Event::Mouse(Mouse { kind, column, row })),
        1 => prop::sample::select(SIZES.to_vec()).prop_map(|(width, height)| Event::Resize { width, height }),
        1 => "[a-z\n\u{1b}é]{0,9}".prop_map(Event::Paste),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn no_keys_at_no_size_break_it(events in prop::collection::vec(any_event(), 1..60)) {
        let mut session = Session::open(&[TEXT, "", "x\u{301}\u{1b} 漢字🙂 \n\n“a"], 120, 40);
        for event in events {
            if let Event::Resize { width, height } = event {
                (session.width, session.height) = (width, height);
            }
            session.feed(event);
            session.buffer();
        }
        // Whatever was decided can be undone to nothing.
        session.keys("<esc> <esc> <esc> <esc>");
        for _ in 0..100 {
            if session.state.document.as_ref().is_some_and(|document| !document.history.done.is_empty()) {
                session.keys("u");
            }
        }
        if let Some(document) = &session.state.document {
            prop_assert!(document.notes == crate::annotation::Annotations::default(), "{:?}", document.notes);
        }
    }
}
