//! Standard output: bytes as they are for a pipe or a file, and in their visible form for a terminal.

use crate::text::visible;
use std::io::{self, BufWriter, IsTerminal, Write};

/// Returns the writer for a command's output.
///
/// On a terminal no character of an article acts on it: controls and hidden characters are shown (`^[`, `<U+202E>`).
/// Into a pipe or a file everything goes as it is.
pub fn stdout() -> Box<dyn Write> {
    let out = io::stdout();
    if out.is_terminal() {
        Box::new(Shown { out: BufWriter::new(out), line: Vec::new() })
    } else {
        Box::new(BufWriter::new(out.lock()))
    }
}

/// Shows text line by line.
struct Shown<W: Write> {
    out: W,
    /// The line so far.
    line: Vec<u8>,
}

impl<W: Write> Shown<W> {
    fn show(&mut self) -> io::Result<()> {
        let mut shown = String::with_capacity(self.line.len());
        for c in String::from_utf8_lossy(&self.line).chars() {
            match c {
                '\n' | '\t' => shown.push(c),
                c => visible::push(&mut shown, c),
            }
        }
        self.line.clear();
        self.out.write_all(shown.as_bytes())
    }
}

impl<W: Write> Write for Shown<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for line in bytes.split_inclusive(|&byte| byte == b'\n') {
            self.line.extend_from_slice(line);
            if line.ends_with(b"\n") {
                self.show()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.show()?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_acts_on_the_terminal() {
        let mut out = Shown { out: Vec::new(), line: Vec::new() };
        for piece in ["a\u{1b}]0;x\u{7}\n“é", "”\t\u{202e}"] {
            let (one, two) = piece.as_bytes().split_at(4);
            out.write_all(one).and_then(|()| out.write_all(two)).expect("a Vec takes all");
        }
        out.flush().expect("a Vec takes all");
        assert_eq!(String::from_utf8_lossy(&out.out), "a^[]0;x^G\n“é”\t<U+202E>");
    }
}
