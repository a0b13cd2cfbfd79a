//! The timeline as text: the picture of the screen, and the list below it.

use super::{Document, title};
use crate::annotation::timeline::{Frame, Picture};
use crate::text::{cells, visible};
use std::io::{self, Write};

/// Cells of a line where nobody says how wide.
pub const WIDTH: usize = 100;

/// Writes the pictures and lists of the documents as text, lines of `width` cells, one below the other.
pub fn text(documents: &[Document], width: usize, ascii: bool, out: &mut dyn Write) -> io::Result<()> {
    for (n, document) in documents.iter().enumerate() {
        if n > 0 {
            writeln!(out)?;
        }
        if documents.len() > 1 {
            writeln!(out, "{}", visible::one_line(title(document)))?;
        }
        out.write_all(page(document, width, ascii).as_bytes())?;
    }
    Ok(())
}

fn page(document: &Document, width: usize, ascii: bool) -> String {
    let frame = Frame { width, ascii, ..Frame::default() };
    let Some(picture) = Picture::new(document.resolved, frame) else { return "no quotations\n".to_owned() };
    let height = picture.rows.len() + picture.order.len() + 3;
    let mut lines: Vec<Vec<String>> = vec![vec![" ".to_owned(); width]; height];
    for piece in picture.pieces(document.resolved, &document.analysis.clean.text, height, None) {
        let Some(line) = lines.get_mut(piece.line) else { continue };
        let mut column = piece.column;
        for cluster in cells::clusters(&piece.text, 0..piece.text.len()) {
            if column + cluster.width > width {
                break;
            }
            let shown = visible::one_line(&piece.text[cluster.start..cluster.end]).into_owned();
            for cell in &mut line[column..column + cluster.width] {
                cell.clear();
            }
            if let Some(cell) = line.get_mut(column) {
                *cell = shown;
            }
            column += cluster.width;
        }
    }
    lines.iter().fold(String::new(), |out, line| out + line.concat().trim_end() + "\n").trim_end().to_owned() + "\n"
}

#[cfg(test)]
mod tests {
    use super::super::sample::{TEXT, with};
    use super::*;

    #[test]
    fn a_page_holds_its_width_and_every_quotation() {
        for width in [20, 40, 100] {
            let mut out = Vec::new();
            with(TEXT, |document| text(std::slice::from_ref(document), width, false, &mut out)).expect("it takes all");
            let page = String::from_utf8(out).expect("it is text");
            assert!(page.lines().all(|line| cells::width(line) <= width), "{page}");
            assert!(page.contains("2017") && !page.contains('\u{1}'), "{page}");
            let list: Vec<&str> = page.lines().skip_while(|line| !line.contains("as they")).skip(1).collect();
            assert_eq!(list.len(), with(TEXT, |document| document.resolved.quotes.len()), "{page}");
        }
    }
}
