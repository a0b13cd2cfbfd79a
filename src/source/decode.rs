//! Bytes become text: the encoding is found, and what was no text is said.

use super::SourceError;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A text and what a reader should know of how its bytes were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// A line each.
    pub notices: Vec<String>,
}

/// First bytes of files that are no text, and what they are.
const KINDS: [(&[u8], &str); 14] = [
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b", "compressed (gzip)"),
    (b"PK\x03\x04", "a zip archive (or a document packed in one)"),
    (b"PK\x05\x06", "a zip archive"),
    (b"\x28\xb5\x2f\xfd", "compressed (zstd)"),
    (b"\xfd7zXZ", "compressed (xz)"),
    (b"BZh", "compressed (bzip2)"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf0", "an RTF document"),
];

/// Reads `bytes` as text. A byte order mark decides; else it is UTF-8 where most of it is; else the encoding is guessed
/// as a browser would (chardetng), and said.
pub fn decode(bytes: &[u8]) -> Result<Decoded, SourceError> {
    if let Some((_, kind)) = KINDS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(SourceError::Binary(format!("not text: it is {kind}")));
    }
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Err(SourceError::Binary("the encoding UTF-32 is not supported".to_owned()));
    }
    match Encoding::for_bom(bytes) {
        Some((encoding, length)) if encoding == UTF_16LE || encoding == UTF_16BE => {
            let (text, bad) = encoding.decode_without_bom_handling(&bytes[length..]);
            let mut notices = vec![format!("read as {}", encoding.name())];
            if bad {
                notices.push(format!("invalid {} was replaced by U+FFFD", encoding.name()));
            }
            Ok(Decoded { text: text.into_owned(), notices })
        }
        Some((_, length)) => plain(&bytes[length..]),
        None => plain(bytes),
    }
}

/// Reads the bytes of a web page as text, in the encoding that it says it is in (`<meta charset>`) where they are not UTF-8.
pub fn page(bytes: &[u8]) -> Result<Decoded, SourceError> {
    let says = || {
        // As the standard has it, what the first 1,024 bytes say (https://html.spec.whatwg.org/#prescan-a-byte-stream-to-determine-its-encoding).
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
        let (_, label) = head.split_once("charset=")?;
        let label = label.trim_start_matches(['"', '\'', ' ']);
        let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:".contains(c))).unwrap_or(label.len());
        Encoding::for_label(&label.as_bytes()[..end]).filter(|&encoding| encoding != UTF_8)
    };
    if Encoding::for_bom(bytes).is_none()
        && std::str::from_utf8(bytes).is_err()
        && let Some(encoding) = says()
    {
        let (text, bad) = encoding.decode_without_bom_handling(bytes);
        let notices =
            if bad { vec![format!("invalid {} was replaced by U+FFFD", encoding.name())] } else { Vec::new() };
        return Ok(Decoded { text: text.into_owned(), notices });
    }
    decode(bytes)
}

fn plain(bytes: &[u8]) -> Result<Decoded, SourceError> {
    let mut notices = Vec::new();
    // NULs at the end are what a crashed disk leaves behind; NULs at the start or all over are no text.
    let kept = bytes.iter().rposition(|&byte| byte != 0).map_or(0, |at| at + 1);
    let nuls = memchr::memchr_iter(0, &bytes[..kept]).count();
    if bytes.first() == Some(&0) || nuls > kept / 20 {
        return Err(SourceError::Binary("not text: it holds NUL bytes, as binary files do".to_owned()));
    }
    if nuls > 0 || kept < bytes.len() {
        notices.push(format!("it holds {} NUL bytes", nuls + bytes.len() - kept));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: text.to_owned(), notices });
    }
    let controls =
        bytes[..kept].iter().filter(|&&b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b)).count();
    if controls > kept / 14 {
        return Err(SourceError::Binary("not text: it is full of control bytes, as binary files are".to_owned()));
    }
    let (sound, broken) = sequences(bytes);
    let encoding = if sound >= broken {
        UTF_8
    } else {
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        detector.guess(None, chardetng::Utf8Detection::Allow)
    };
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    notices.push(match (encoding == UTF_8, bad) {
        (true, _) => format!("invalid UTF-8 in {broken} places was replaced by U+FFFD"),
        (false, false) => format!("not UTF-8: read as {}", encoding.name()),
        (false, true) => format!("not UTF-8: read as {}, and what was invalid replaced by U+FFFD", encoding.name()),
    });
    Ok(Decoded { text: text.into_owned(), notices })
}

/// Counts the characters beyond ASCII that are sound UTF-8, and the places that are not.
fn sequences(bytes: &[u8]) -> (usize, usize) {
    let (mut sound, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    (sound, broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, String) {
        let read = decode(bytes).expect("it is text");
        (read.text, read.notices.join("; "))
    }

    #[test]
    fn says_how_it_was_read() {
        assert_eq!(read("\u{feff}« Non »".as_bytes()), ("« Non »".to_owned(), String::new()));
        let (text, notice) = read(b"Il a dit : \xab Nous ne c\xe9derons pas. \xbb \x97 Jos\xe9\n");
        assert!(text.contains("« Nous ne céderons pas. » — José"), "{text}");
        assert!(notice.contains("windows-1252"), "{notice}");
        let (text, notice) = read(b"\xff\xfea\0\xac\x20\0\xd8");
        assert_eq!((text.as_str(), notice.contains("UTF-16LE")), ("a€\u{fffd}", true));
        let (text, notice) = read("“We will not,” a\u{80}".as_bytes().strip_suffix(b"\x80").unwrap_or_default());
        assert!(text.ends_with("a\u{fffd}") && notice.contains("1 places"), "{text} {notice}");
    }

    #[test]
    fn refuses_what_is_no_text() {
        for bytes in
            [&b"\0"[..], b"%PDF-1.7", b"\x1f\x8b\x08", b"a\0b\0c\0", b"\xff\xfe\0\0a\0\0\0", b"\x01\x02\xfe\x03"]
        {
            assert!(matches!(decode(bytes), Err(SourceError::Binary(_))), "{bytes:?}");
        }
        assert!(read(b"sound text, long enough to be one\0\0\0").1.contains("3 NUL"));
    }
}
