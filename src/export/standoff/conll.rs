//! CoNLL-2003 columns with IOB2 tags: one flat layer of what is marked.

use super::super::{Document, LossReport, loss};
use super::tokens::{tokens, within};
use super::{Label, Standoff};
use crate::text::units;
use std::io::{self, Write};

/// Writes four columns a token, `TOKEN -X- _ TAG`, an empty line behind a sentence, and `-DOCSTART-` before an article.
///
/// A token has one tag: where marks overlap, the one that begins first and is longest keeps its tokens, and the others
/// are left out and counted.
pub fn write(documents: &[Document], out: &mut dyn Write) -> io::Result<LossReport> {
    let mut loss = LossReport::default();
    for document in documents {
        let page = Standoff::new(*document);
        let tokens = tokens(&page);
        let mut layer: Vec<Option<(Label, bool)>> = vec![None; tokens.len()];
        let mut parts: Vec<_> =
            page.marks.iter().flat_map(|mark| mark.parts.iter().map(move |&part| (part, mark))).collect();
        parts.sort_by_key(|(part, _)| (part.start, std::cmp::Reverse(part.end)));
        for (part, mark) in parts {
            let Some([first, last]) = within(&tokens, part) else { continue };
            if layer[first..=last].iter().any(Option::is_some) {
                loss.add(
                    ["mark that stands within another is left out", "marks that stand within others are left out"],
                    1,
                );
                continue;
            }
            for (n, tag) in layer[first..=last].iter_mut().enumerate() {
                *tag = Some((mark.label, n == 0));
            }
        }
        writeln!(out, "-DOCSTART- -X- O O\n")?;
        let text = page.text();
        let mut sentence = 0..0;
        let mut begun = false;
        for (token, tag) in tokens.iter().zip(&layer) {
            let word = token.of(text);
            if word.trim().is_empty() {
                // A line break ends a sentence, a wider space nothing.
                if begun && word.contains(['\n', '\r']) {
                    writeln!(out)?;
                    begun = false;
                }
                continue;
            }
            if token.start >= sentence.end {
                sentence = units::sentence(text, token.start);
                if begun {
                    writeln!(out)?;
                    begun = false;
                }
            }
            let plain: String = word.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
            let plain = if plain.is_empty() { "�" } else { plain.as_str() };
            match tag {
                Some((label, false)) if !begun => {
                    loss.add(
                        [
                            "mark over several sentences begins anew with each",
                            "marks over several sentences begin anew with each",
                        ],
                        1,
                    );
                    writeln!(out, "{plain} -X- _ B-{}", label.name())?;
                }
                Some((label, true)) => writeln!(out, "{plain} -X- _ B-{}", label.name())?,
                Some((label, false)) => writeln!(out, "{plain} -X- _ I-{}", label.name())?,
                None => writeln!(out, "{plain} -X- _ O")?,
            }
            begun = true;
        }
        if begun {
            writeln!(out)?;
        }
        loss.add(["link between marks is left out", "links between marks are left out"], page.links.len());
        for mark in &page.marks {
            loss.add(loss::TAGS, mark.tags().len());
            loss.add(loss::MEMOS, usize::from(mark.memo().is_some()));
            loss.add(loss::NAMES, usize::from(mark.quote.is_some() && mark.speaker.is_some()));
        }
        page.losses(&mut loss);
    }
    Ok(loss)
}
