//! Bytes of the terminal become keys, pastes and mouse moves: a parser without any reading, so that it can be tested alone.
//!
//! After ECMA-48 and xterm's ctlseqs. Replies of the terminal (colours, modes) never turn into keys, however late they come.

use crate::app::{Mouse, MouseKind};
use crate::config::{Code, Key};

/// One thing the terminal sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(Key),
    /// Pasted text, with `\n` line ends; whether it was cut at the limit.
    Paste(String, bool),
    /// The mouse.
    Mouse(Mouse),
    /// The background's colour, 8 bits a part: the answer to a question.
    Background(u8, u8, u8),
}

/// The parser, with what has not come to an end yet.
#[derive(Debug, Default)]
pub struct Parser {
    buffer: Vec<u8>,
    paste: Option<Paste>,
}

#[derive(Debug, Default)]
struct Paste {
    text: Vec<u8>,
    cut: bool,
}

/// Bytes of a paste that are taken: more than any memo needs.
const PASTE_LIMIT: usize = 1 << 20;

/// Bytes of a reply after which it is none.
const REPLY_LIMIT: usize = 1 << 12;

const ESC: u8 = 0x1b;
const PASTE_END: &[u8] = b"\x1b[201~";

/// What the front of the buffer is.
enum Front {
    /// So many bytes, which mean this.
    Whole(usize, Option<Input>),
    /// So many bytes that begin a paste.
    PasteBegins(usize),
    /// More must come.
    Part,
}

impl Parser {
    /// Takes `bytes` in and hands out what has come to an end.
    pub fn feed(&mut self, bytes: &[u8], out: &mut impl FnMut(Input)) {
        self.buffer.extend_from_slice(bytes);
        let mut at = 0;
        while at < self.buffer.len() {
            if self.paste.is_some() {
                let Some(taken) = self.paste_on(at, out) else { break };
                at += taken;
                continue;
            }
            match front(&self.buffer[at..]) {
                Front::Whole(length, input) => {
                    at += length;
                    if let Some(input) = input {
                        out(input);
                    }
                }
                Front::PasteBegins(length) => {
                    at += length;
                    self.paste = Some(Paste::default());
                }
                Front::Part => break,
            }
        }
        self.buffer.drain(..at);
    }

    /// Returns whether an escape byte waits for what decides between the key and the beginning of a sequence.
    pub fn is_undecided(&self) -> bool {
        self.paste.is_none()
            && matches!(self.buffer.as_slice(), [ESC] | [ESC, b'[' | b'O' | b']' | b'P' | b'X' | b'^' | b'_'])
    }

    /// Decides: nothing came behind the escape byte in time, so it was a key.
    pub fn decide(&mut self, out: &mut impl FnMut(Input)) {
        if self.is_undecided() {
            let key = self
                .buffer
                .get(1)
                .map_or(Key::plain(Code::Escape), |&byte| Key { alt: true, ..Key::char(char::from(byte)) });
            self.buffer.clear();
            out(Input::Key(key));
        }
    }

    /// Goes on with a paste from byte `at` of the buffer; returns the bytes taken, or `None` where more must come.
    fn paste_on(&mut self, at: usize, out: &mut impl FnMut(Input)) -> Option<usize> {
        let rest = &self.buffer[at..];
        let end = memchr::memmem::find(rest, PASTE_END);
        // The end mark may have come in part: so many bytes wait for the rest of it.
        let length = end.unwrap_or_else(|| rest.len().saturating_sub(PASTE_END.len() - 1));
        let paste = self.paste.as_mut()?;
        let room = PASTE_LIMIT.saturating_sub(paste.text.len());
        paste.cut |= length > room;
        paste.text.extend_from_slice(&rest[..length.min(room)]);
        if end.is_none() {
            self.buffer.drain(at..at + length);
            return None;
        }
        let Paste { mut text, cut } = self.paste.take()?;
        if cut {
            // A character that was cut through is left out.
            let valid = std::str::from_utf8(&text).map_or_else(|error| error.valid_up_to(), str::len);
            text.truncate(valid.max(text.len().saturating_sub(3)));
        }
        let text = String::from_utf8_lossy(&text).replace("\r\n", "\n").replace('\r', "\n");
        out(Input::Paste(text, cut));
        Some(length + PASTE_END.len())
    }
}

fn front(bytes: &[u8]) -> Front {
    match bytes[0] {
        ESC => escape(bytes),
        byte @ (..0x20 | 0x7f) => Front::Whole(1, Some(Input::Key(control(byte)))),
        _ => character(bytes),
    }
}

fn control(byte: u8) -> Key {
    let ctrl = |c: u8| Key { ctrl: true, ..Key::char(char::from(c)) };
    match byte {
        0 => ctrl(b' '),
        b'\t' => Key::plain(Code::Tab),
        b'\r' => Key::plain(Code::Enter),
        0x08 | 0x7f => Key::plain(Code::Backspace),
        1..=26 => ctrl(byte - 1 + b'a'),
        _ => ctrl(byte - 0x1c + b'\\'),
    }
}

fn character(bytes: &[u8]) -> Front {
    let length = match bytes[0] {
        ..0x80 => 1,
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Front::Whole(1, None),
    };
    let head = &bytes[..length.min(bytes.len())];
    match std::str::from_utf8(head) {
        Ok(text) => {
            Front::Whole(length, text.chars().next().filter(|c| !c.is_control()).map(|c| Input::Key(Key::char(c))))
        }
        Err(error) if error.error_len().is_none() && head.len() < length => Front::Part,
        Err(_) => Front::Whole(1, None),
    }
}

fn escape(bytes: &[u8]) -> Front {
    match bytes.get(1) {
        None => Front::Part,
        Some(b'[') => csi(bytes),
        Some(b'O') => match bytes.get(2) {
            None => Front::Part,
            Some(&last) => Front::Whole(3, function(last).map(|code| Input::Key(Key::plain(code)))),
        },
        Some(b']' | b'P' | b'X' | b'^' | b'_') => reply(bytes),
        Some(&ESC) => Front::Whole(1, Some(Input::Key(Key::plain(Code::Escape)))),
        Some(_) => match front(&bytes[1..]) {
            Front::Whole(length, Some(Input::Key(key))) => {
                Front::Whole(1 + length, Some(Input::Key(Key { alt: true, ..key })))
            }
            Front::Whole(length, other) => Front::Whole(1 + length, other),
            Front::PasteBegins(_) | Front::Part => Front::Part,
        },
    }
}

/// A string sequence: ends with BEL or ESC \.
fn reply(bytes: &[u8]) -> Front {
    let end = bytes.windows(2).skip(2).position(|pair| pair == b"\x1b\\").map(|at| (at + 2, 2));
    let bell = bytes.iter().position(|&byte| byte == 0x07).map(|at| (at, 1));
    let Some((at, mark)) = [end, bell].into_iter().flatten().min() else {
        return if bytes.len() > REPLY_LIMIT { Front::Whole(bytes.len(), None) } else { Front::Part };
    };
    let body = std::str::from_utf8(&bytes[2..at]).unwrap_or_default();
    let background = (bytes[1] == b']').then(|| body.strip_prefix("11;")).flatten().and_then(colour);
    Front::Whole(at + mark, background.map(|(r, g, b)| Input::Background(r, g, b)))
}

/// Reads `rgb:r/g/b` with one to four hexadecimal digits a part (`XParseColor`).
fn colour(text: &str) -> Option<(u8, u8, u8)> {
    let mut parts = text.strip_prefix("rgb:")?.split('/').map(|part| {
        let most = (1u32 << (4 * part.len().clamp(1, 4))) - 1;
        Some((u32::from(u16::from_str_radix(part, 16).ok()?) * 255 / most) as u8)
    });
    Some((parts.next()??, parts.next()??, parts.next()??))
}

fn csi(bytes: &[u8]) -> Front {
    if bytes.get(2) == Some(&b'[') {
        // The Linux console's F1 to F5.
        return match bytes.get(3) {
            None => Front::Part,
            Some(&letter @ b'A'..=b'E') => Front::Whole(4, Some(Input::Key(Key::plain(Code::F(letter - b'A' + 1))))),
            Some(_) => Front::Whole(4, None),
        };
    }
    let Some(length) = bytes[2..].iter().position(|byte| !(0x20..0x40).contains(byte)) else {
        return if bytes.len() > REPLY_LIMIT { Front::Whole(bytes.len(), None) } else { Front::Part };
    };
    let (body, last) = (&bytes[2..2 + length], bytes[2 + length]);
    let whole = 3 + length;
    if !(0x40..0x7f).contains(&last) {
        // Something else begins here; what stood before it means nothing.
        return Front::Whole(2 + length, None);
    }
    if last == b'M' && body.is_empty() {
        // The mouse as terminals before SGR report it; three bytes follow. It is not asked for.
        return if bytes.len() < whole + 3 { Front::Part } else { Front::Whole(whole + 3, None) };
    }
    if let Some(report) = body.strip_prefix(b"<") {
        return Front::Whole(whole, mouse(report, last == b'm').map(Input::Mouse));
    }
    if matches!(body.first(), Some(b'?' | b'=' | b'>')) {
        return Front::Whole(whole, None);
    }
    let numbers = numbers(body);
    let first = numbers.first().copied().unwrap_or(0);
    let held = numbers.get(1).copied().unwrap_or(1).saturating_sub(1);
    let key = |code| Key { code, ctrl: held & 4 != 0, alt: held & 2 != 0, shift: held & 1 != 0 };
    let found = match last {
        b'~' => match first {
            200 => return Front::PasteBegins(whole),
            27 => numbers.get(2).and_then(|&code| by_number(code, held)),
            first => numbered(first).map(key),
        },
        b'u' => by_number(first, held),
        b'Z' => Some(Key { shift: true, ..key(Code::Tab) }),
        // Focus came or went; a place of the cursor (its row is 1 only for F3 with a modifier).
        b'I' | b'O' => None,
        b'R' if first > 1 => None,
        _ => function(last).map(key),
    };
    Front::Whole(whole, found.map(Input::Key))
}

/// The numbers of a sequence, without sub-parameters.
fn numbers(body: &[u8]) -> Vec<u32> {
    let text = std::str::from_utf8(body).unwrap_or_default();
    text.split(';').map(|part| part.split(':').next().and_then(|number| number.parse().ok()).unwrap_or(0)).collect()
}

/// The last letter of `ESC [ 1 ; held X` and `ESC O X`.
fn function(last: u8) -> Option<Code> {
    Some(match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        b'P'..=b'S' => Code::F(last - b'P' + 1),
        b'M' => Code::Enter,
        b'I' => Code::Tab,
        // The keypad in application mode.
        b'j'..=b'o' => Code::Char(char::from(last - b'j' + b'*')),
        b'p'..=b'y' => Code::Char(char::from(last - b'p' + b'0')),
        _ => return None,
    })
}

/// The number of `ESC [ number ~`.
fn numbered(number: u32) -> Option<Code> {
    Some(match number {
        1 | 7 => Code::Home,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        11..=15 => Code::F(number as u8 - 10),
        17..=21 => Code::F(number as u8 - 11),
        23..=26 => Code::F(number as u8 - 12),
        28 | 29 => Code::F(number as u8 - 13),
        31..=34 => Code::F(number as u8 - 14),
        _ => return None,
    })
}

/// A key told by its code point, as `modifyOtherKeys` and the kitty protocol do.
fn by_number(number: u32, held: u32) -> Option<Key> {
    let (shift, alt, ctrl) = (held & 1 != 0, held & 2 != 0, held & 4 != 0);
    let code = match number {
        9 => Code::Tab,
        13 => Code::Enter,
        27 => Code::Escape,
        8 | 127 => Code::Backspace,
        _ => {
            let c = char::from_u32(number).filter(|c| !c.is_control())?;
            let c = if shift && !ctrl { c.to_uppercase().next().unwrap_or(c) } else { c };
            let c = if ctrl { c.to_ascii_lowercase() } else { c };
            return Some(Key { ctrl, alt, ..Key::char(c) });
        }
    };
    Some(Key { code, ctrl, alt, shift })
}

/// An SGR report: button, column and row from 1; `up` where the button was let go.
fn mouse(report: &[u8], up: bool) -> Option<Mouse> {
    let [button, column, row] = numbers(report)[..] else { return None };
    let kind = match (button & !0b1_1100, up) {
        (0, false) => MouseKind::Down,
        (32, _) => MouseKind::Drag,
        (0, true) => MouseKind::Up,
        (64, false) => MouseKind::WheelUp,
        (65, false) => MouseKind::WheelDown,
        _ => return None,
    };
    let cell = |from_one: u32| u16::try_from(from_one.saturating_sub(1)).unwrap_or(u16::MAX);
    Some(Mouse { kind, column: cell(column), row: cell(row) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::key::{parse_sequence, write_sequence};
    use proptest::prelude::*;

    fn all(pieces: &[&[u8]]) -> Vec<Input> {
        let (mut parser, mut found) = (Parser::default(), Vec::new());
        for piece in pieces {
            parser.feed(piece, &mut |input| found.push(input));
        }
        parser.decide(&mut |input| found.push(input));
        found
    }

    fn keys(bytes: &[u8]) -> String {
        let keys: Vec<Key> = all(&[bytes])
            .into_iter()
            .map(|input| match input {
                Input::Key(key) => key,
                other => panic!("{other:?}"),
            })
            .collect();
        write_sequence(&keys)
    }

    #[test]
    fn every_key_is_what_a_keymap_calls_it() {
        for (bytes, written) in [
            (&b"jG"[..], "j G"),
            (b"\x12", "ctrl-r"),
            (b"\x00", "ctrl-<space>"),
            (b" ", "<space>"),
            (b"\r\t", "<enter> <tab>"),
            (b"\x7f\x08", "<backspace> <backspace>"),
            (b"\x1f\x1d", "ctrl-_ ctrl-]"),
            (b"\x1b", "<esc>"),
            (b"\x1b\x1b", "<esc> <esc>"),
            (b"\x1bx\x1b\r", "alt-x alt-<enter>"),
            (b"\x1b[", "alt-["),
            (b"\x1b[A\x1bOB", "<up> <down>"),
            (b"\x1b[1;5C\x1b[1;2D\x1b[1;8H", "ctrl-<right> shift-<left> ctrl-alt-shift-<home>"),
            (b"\x1b[3~\x1b[5~\x1b[6;5~", "<del> <pageup> ctrl-<pagedown>"),
            (b"\x1bOP\x1b[15~\x1b[24~\x1b[[B\x1b[34~", "<f1> <f5> <f12> <f2> <f20>"),
            (b"\x1b[Z", "shift-<tab>"),
            (b"\x1b[97;5u\x1b[27;6;9~", "ctrl-a ctrl-shift-<tab>"),
            ("ü€🙂".as_bytes(), "ü € 🙂"),
            (b"a\xffb\xc3", "a b"),
        ] {
            assert_eq!(keys(bytes), written, "{bytes:?}");
            assert!(written.split(' ').all(|key| parse_sequence(key).is_ok()), "{written}");
        }
    }

    #[test]
    fn a_paste_is_one_text_whatever_it_holds() {
        let paste = b"q\x1b[A\x03:wq\r\nx\ry";
        let mut bytes = b"a\x1b[200~".to_vec();
        bytes.extend_from_slice(paste);
        bytes.extend_from_slice(b"\x1b[201~b");
        let whole = all(&[&bytes]);
        assert_eq!(whole[1], Input::Paste("q\x1b[A\x03:wq\nx\ny".to_owned(), false));
        assert_eq!(whole.len(), 3);
        let one_by_one: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(all(&one_by_one), whole, "in pieces too");
    }

    #[test]
    fn a_long_paste_is_cut_and_not_read_as_keys() {
        let mut bytes = b"\x1b[200~".to_vec();
        bytes.extend(std::iter::repeat_n("ü".as_bytes(), PASTE_LIMIT).flatten());
        bytes.extend_from_slice(b"\x1b[201~j");
        let pieces: Vec<&[u8]> = bytes.chunks(4095).collect();
        let found = all(&pieces);
        assert_eq!(found.len(), 2);
        let Input::Paste(text, true) = &found[0] else { panic!() };
        assert!(text.len() <= PASTE_LIMIT && text.chars().all(|c| c == 'ü'));
        assert_eq!(found[1], Input::Key(Key::char('j')));
    }

    #[test]
    fn replies_are_no_keys() {
        let reply = b"\x1b]11;rgb:1111/8080/ffff\x1b\\";
        assert_eq!(all(&[reply]), [Input::Background(0x11, 0x80, 0xff)]);
        assert_eq!(all(&[b"\x1b]11;rgb:f/0/8\x07"]), [Input::Background(255, 0, 136)]);
        for other in [
            &b"\x1b[?62;4;22c"[..],
            b"\x1b[?2026;2$y",
            b"\x1b]10;rgb:dddd/dddd/dddd\x07",
            b"\x1b]11;nonsense\x07",
            b"\x1bP>|term(1)\x1b\\",
            b"\x1b[12;34R",
            b"\x1b[I\x1b[O",
            b"\x1b[M !!",
        ] {
            assert_eq!(all(&[other]), [], "{other:?}");
        }
    }

    #[test]
    fn the_mouse_is_read_from_zero() {
        let at = |kind| Input::Mouse(Mouse { kind, column: 4, row: 9 });
        assert_eq!(
            all(&[b"\x1b[<0;5;10M\x1b[<32;5;10M\x1b[<0;5;10m\x1b[<64;5;10M\x1b[<65;5;10M\x1b[<2;5;10M\x1b[<35;5;10M"]),
            [MouseKind::Down, MouseKind::Drag, MouseKind::Up, MouseKind::WheelUp, MouseKind::WheelDown].map(at)
        );
    }

    proptest! {
        #[test]
        fn any_bytes_in_any_pieces_give_the_same(bytes in prop::collection::vec(prop_oneof![any::<u8>(), Just(ESC), Just(b'[')], 0..60), cut in 0usize..60) {
            let cut = cut.min(bytes.len());
            prop_assert_eq!(all(&[&bytes]), all(&[&bytes[..cut], &bytes[cut..]]));
        }
    }
}
