//! Prints the screen of an article after some keys: `screens FILE WIDTHxHEIGHT KEYS... [--colour]`.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::{Color, Modifier};
use std::fmt::Write as _;
use std::sync::Arc;
use whosaid::annotation::{Annotations, History, Stamp};
use whosaid::app::{Config, Effect, Entry, Event, Opened, State, update};
use whosaid::config::{Keymap, Settings, Theme, key::parse_sequence};
use whosaid::engine::{Cancel, analyze};

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let colour = arguments.iter().position(|a| a == "--colour").map(|n| arguments.remove(n)).is_some();
    let ascii = arguments.iter().position(|a| a == "--ascii").map(|n| arguments.remove(n)).is_some();
    let path = std::path::PathBuf::from(&arguments[0]);
    let (width, height) = arguments[1].split_once('x').expect("WIDTHxHEIGHT");
    let (width, height) = (width.parse().unwrap(), height.parse().unwrap());
    let text = std::fs::read_to_string(&path).expect("a readable file");
    let article = Arc::new(whosaid::source::text::parse(&text, Some(&path)));
    let config = Config {
        depth: None,
        keymap: Keymap::shipped(),
        theme: Theme::shipped("dark").expect("it is shipped"),
        settings: Settings { ascii, ..Settings::default() },
        no_color: false,
        ..Config::default()
    };
    let mut state = State::new(config);
    let mut ids = 0;
    let mut feed = |state: &mut State, event: Event| {
        let mut queue = vec![event];
        while let Some(event) = queue.pop() {
            ids += 1;
            let stamp = Stamp { now: jiff::Timestamp::UNIX_EPOCH, id: uuid::Uuid::from_u128(ids << 64) };
            for effect in update(state, event, stamp) {
                match effect {
                    Effect::Open(entry) => queue.push(Event::Opened {
                        entry,
                        result: Ok(Box::new(Opened {
                            article: article.clone(),
                            notes: Annotations::default(),
                            history: History::default(),
                            read_only: None,
                            given_date: None,
                            place: None,
                        })),
                    }),
                    Effect::Analyse { generation, article, options } => {
                        let analysis = Arc::new(analyze(&article.text, &options, &Cancel::default()).unwrap());
                        queue.push(Event::Analysed { generation, analysis });
                    }
                    Effect::Save { entry, revision, .. } => {
                        queue.push(Event::Saved { entry, revision, result: Ok(()) });
                    }
                    _ => {}
                }
            }
        }
        whosaid::ui::prepare(state, width, height);
    };
    let title = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let entry = Entry { id: title.clone(), title, ..Entry::default() };
    feed(&mut state, Event::Listed(vec![entry]));
    for keys in &arguments[2..] {
        if let Some(text) = keys.strip_prefix("type:") {
            for c in text.chars() {
                feed(&mut state, Event::Key(whosaid::config::Key::char(c)));
            }
        } else {
            let sequence = parse_sequence(keys).expect("keys");
            let began = std::time::Instant::now();
            let count = sequence.len();
            for key in sequence {
                feed(&mut state, Event::Key(key));
            }
            if std::env::var_os("TIMES").is_some() {
                eprintln!("{keys}: {:?} a key", began.elapsed() / count as u32);
            }
        }
    }
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    for _ in 0..3 {
        let began = std::time::Instant::now();
        terminal.draw(|frame| whosaid::ui::draw(&state, frame)).unwrap();
        if std::env::var_os("TIMES").is_some() {
            eprintln!("draw: {:?}", began.elapsed());
        }
    }
    print!("{}", page(terminal.backend().buffer(), colour));
}

fn page(buffer: &ratatui::buffer::Buffer, colour: bool) -> String {
    let mut out = String::new();
    for row in buffer.content.chunks(usize::from(buffer.area.width)) {
        let mut skip = 0;
        for cell in row {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            skip = unicode_width::UnicodeWidthStr::width(cell.symbol()).saturating_sub(1);
            if colour {
                out.push_str("\x1b[0");
                for (base, colour) in [(38, cell.fg), (48, cell.bg)] {
                    let _ = match colour {
                        Color::Rgb(r, g, b) => write!(out, ";{base};2;{r};{g};{b}"),
                        Color::Indexed(n) => write!(out, ";{base};5;{n}"),
                        _ => Ok(()),
                    };
                }
                for (modifier, code) in [
                    (Modifier::BOLD, 1),
                    (Modifier::ITALIC, 3),
                    (Modifier::UNDERLINED, 4),
                    (Modifier::REVERSED, 7),
                    (Modifier::CROSSED_OUT, 9),
                ] {
                    if cell.modifier.contains(modifier) {
                        let _ = write!(out, ";{code}");
                    }
                }
                out.push('m');
            }
            out.push_str(cell.symbol());
        }
        if colour {
            out.push_str("\x1b[0m");
        }
        out.push('\n');
    }
    out
}
