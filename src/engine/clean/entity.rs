//! HTML entities: `&rsquo;`, `&#8217;`, `&#x2019;` become their characters.

use super::RepairClass;
use super::edit::{Edits, With};

/// Finds the entities of `text`. One that was escaped twice (`&amp;rsquo;`) takes two rounds.
pub fn find(text: &str) -> Edits {
    let mut edits = Edits::default();
    for start in memchr::memchr_iter(b'&', text.as_bytes()) {
        if let Some((len, c)) = entity(&text[start..]) {
            edits.add(start, start + len, With::char(c), RepairClass::Entity);
        }
    }
    edits
}

/// Reads the entity that `text` begins with: its length in bytes and its character.
fn entity(text: &str) -> Option<(usize, char)> {
    // The longest name here has eight letters, the longest number seven digits.
    let end = text.bytes().take(12).position(|b| b == b';')?;
    let body = text.get(1..end)?;
    let c = match body.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            // Browsers read the controls 128 to 159 as windows-1252 (HTML standard, "numeric character reference end state").
            if (128..160).contains(&code) { super::mojibake::char_of_byte(code as u8) } else { char::from_u32(code)? }
        }
        None => named(body)?,
    };
    let sane = !c.is_control() || matches!(c, '\n' | '\t');
    sane.then_some((end + 1, c))
}

/// The names of U+00A0 to U+00FF in order (HTML 4, "Latin-1 entities").
const LATIN: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute \
    micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil \
    Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute \
    Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute \
    icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

fn named(name: &str) -> Option<char> {
    Some(match name {
        "amp" | "AMP" => '&',
        "quot" | "QUOT" => '"',
        "apos" => '\'',
        "lt" | "LT" => '<',
        "gt" | "GT" => '>',
        "rsquo" => '’',
        "lsquo" => '‘',
        "ldquo" => '“',
        "rdquo" => '”',
        "sbquo" => '‚',
        "bdquo" => '„',
        "mdash" => '—',
        "ndash" => '–',
        "horbar" => '―',
        "hellip" => '…',
        "bull" => '•',
        "prime" => '′',
        "Prime" => '″',
        "lsaquo" => '‹',
        "rsaquo" => '›',
        "trade" => '™',
        "euro" => '€',
        "dagger" => '†',
        "Dagger" => '‡',
        "permil" => '‰',
        "minus" => '−',
        "fnof" => 'ƒ',
        "circ" => 'ˆ',
        "tilde" => '˜',
        "OElig" => 'Œ',
        "oelig" => 'œ',
        "Scaron" => 'Š',
        "scaron" => 'š',
        "Zcaron" => 'Ž',
        "zcaron" => 'ž',
        "Yuml" => 'Ÿ',
        "ensp" => '\u{2002}',
        "emsp" => '\u{2003}',
        "thinsp" => '\u{2009}',
        "zwnj" => '\u{200c}',
        "zwj" => '\u{200d}',
        "lrm" => '\u{200e}',
        "rlm" => '\u{200f}',
        "lsqb" | "lbrack" => '[',
        "rsqb" | "rbrack" => ']',
        "lpar" => '(',
        "rpar" => ')',
        "vert" | "verbar" => '|',
        "num" => '#',
        "dollar" => '$',
        "percnt" => '%',
        "commat" => '@',
        "colon" => ':',
        "semi" => ';',
        "comma" => ',',
        "period" => '.',
        "excl" => '!',
        "quest" => '?',
        "sol" => '/',
        "lowbar" => '_',
        "hyphen" | "dash" => '‐',
        "larr" => '←',
        "rarr" => '→',
        _ => return LATIN.split_whitespace().position(|n| n == name).and_then(|at| char::from_u32(0xA0 + at as u32)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Clean, Raw};

    fn repaired(text: &str) -> String {
        find(text).apply::<Raw, Clean>(text).0
    }

    #[test]
    fn decodes_names_and_numbers() {
        assert_eq!(
            repaired("&ldquo;It&rsquo;s&#32;ours&#x201D; &#146; &yuml;&Agrave;&szlig;&divide;"),
            "“It’s ours” ’ ÿÀß÷"
        );
        assert_eq!(repaired("&amp;rsquo;"), "&rsquo;");
    }

    #[test]
    fn leaves_what_is_none() {
        for text in ["AT&T;", "Q&A; R&D", "&#0;", "&#xD800;", "&#27;", "&;", "&é;", "&longnamelongname;", "&#99999999;"]
        {
            assert!(find(text).is_empty(), "{text}");
        }
    }
}
