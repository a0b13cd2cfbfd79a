//! The codebook as REFI-QDA `.qdc`, the format in which programs for qualitative work exchange codes.

use super::book::Codebook;
use super::paper::id_or_named;
use super::tag::{Tag, colour, same};
use crate::config::Diagnostic;
use crate::text::LineIndex;
use crate::text::counted;
use quick_xml::XmlVersion;
use quick_xml::escape::{escape, resolve_predefined_entity};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::fmt::Write as _;

/// Returns the codebook as XML, and in words what the format could not hold; an error where there is no tag, since the
/// format asks for one.
///
/// Source: REFI-QDA standard 1.5, codebook exchange (`urn:QDA-XML:codebook:1.0`).
pub fn write(book: &Codebook) -> Result<(String, Vec<String>), String> {
    if book.tags().is_empty() {
        return Err("there is no tag, and a .qdc must have one".to_owned());
    }
    let codes = codes(book);
    let out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\" origin=\"whosaid\">\n  <Codes>\n{codes}  </Codes>\n</CodeBook>\n",
    );
    let mut lost = Vec::new();
    for (count, what) in [
        (book.tags().iter().filter(|tag| tag.key.is_some()).count(), "key"),
        (book.tags().iter().filter(|tag| !tag.roles.is_empty()).count(), "roles"),
        (book.tags().iter().filter(|tag| tag.memo.is_some()).count(), "memo"),
    ] {
        if count > 0 {
            lost.push(format!("{what} of {}: a .qdc has no place for it", counted(count, "tag", "tags")));
        }
    }
    Ok((out, lost))
}

/// Returns the tags as `Code` elements of REFI-QDA, each within the one above it.
pub fn codes(book: &Codebook) -> String {
    let tree = book.tree();
    let mut out = String::new();
    let mut open: Vec<usize> = Vec::new();
    for (n, (depth, tag)) in tree.iter().enumerate() {
        while open.last().is_some_and(|last| last >= depth) {
            let depth = open.pop().unwrap_or(0);
            let _ = writeln!(out, "{}</Code>", indent(depth));
        }
        let pad = indent(*depth);
        let _ = write!(out, "{pad}<Code guid=\"{}\" name=\"{}\" isCodable=\"true\"", tag.id, text(&tag.name));
        if let Some(colour) = &tag.colour {
            let _ = write!(out, " color=\"{colour}\"");
        }
        let leaf = tree.get(n + 1).is_none_or(|(next, _)| next <= depth);
        match &tag.description {
            None if leaf => out.push_str("/>\n"),
            description => {
                out.push_str(">\n");
                if let Some(description) = description {
                    let _ = writeln!(out, "{pad}  <Description>{}</Description>", text(description));
                }
                open.push(*depth);
            }
        }
    }
    while let Some(depth) = open.pop() {
        let _ = writeln!(out, "{}</Code>", indent(depth));
    }
    out
}

/// Reads the codes of a `.qdc` (or of a project's `.qde`) in the order of the file, parents first. Names that are there
/// twice are made different, and said. Where the XML is broken the mistake is named with its place in `file`.
pub fn read(xml: &str, file: &str) -> Result<(Vec<Tag>, Vec<String>), Diagnostic> {
    let xml = xml.strip_prefix('\u{feff}').unwrap_or(xml);
    let fail = |at: u64, reason: String| {
        let at = usize::try_from(at).unwrap_or(usize::MAX).min(xml.len());
        let (line, column) = LineIndex::new(xml).line_column(xml, at);
        Diagnostic { file: file.to_owned(), line, column, reason, unreadable: false }
    };
    let mut reader = Reader::from_str(xml);
    let mut tags: Vec<Tag> = Vec::new();
    let mut notices = Vec::new();
    // The codes that are open, as places in `tags`; whether their description is open; and the depth of all elements.
    let (mut open, mut describing): (Vec<usize>, Option<String>) = (Vec::new(), None);
    let (mut codebook, mut depth) = (false, 0_usize);
    loop {
        let before = reader.buffer_position();
        let event = reader.read_event().map_err(|error| fail(reader.error_position(), error.to_string()))?;
        match event {
            Event::Start(start) => {
                depth += 1;
                match start.local_name().as_ref() {
                    "CodeBook" => codebook = true,
                    "Code" if codebook => {
                        let code = code(&start, &tags, open.last().copied(), &mut notices);
                        open.push(tags.len());
                        tags.push(code.map_err(|reason| fail(before, reason))?);
                    }
                    "Description" if !open.is_empty() => describing = Some(String::new()),
                    _ => {}
                }
            }
            Event::Empty(start) if codebook && start.local_name().as_ref() == "Code" => {
                let code = code(&start, &tags, open.last().copied(), &mut notices);
                tags.push(code.map_err(|reason| fail(before, reason))?);
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                match end.local_name().as_ref() {
                    "Code" => {
                        open.pop();
                    }
                    "CodeBook" => codebook = false,
                    "Description" => {
                        if let (Some(text), Some(&at)) = (describing.take(), open.last()) {
                            tags[at].description = Some(text).filter(|text| !text.trim().is_empty());
                        }
                    }
                    _ => {}
                }
            }
            Event::Text(piece) => {
                if let Some(text) = &mut describing {
                    text.push_str(&piece.xml10_content());
                }
            }
            Event::CData(piece) => {
                if let Some(text) = &mut describing {
                    text.push_str(&piece.xml10_content());
                }
            }
            Event::GeneralRef(entity) => {
                if let Some(text) = &mut describing {
                    match entity.resolve_char_ref() {
                        Ok(Some(c)) => text.push(c),
                        _ => text.push_str(resolve_predefined_entity(&entity).unwrap_or("\u{fffd}")),
                    }
                }
            }
            Event::Eof if depth > 0 => return Err(fail(before, "the file ends too early".to_owned())),
            Event::Eof => break,
            _ => {}
        }
    }
    if tags.is_empty() {
        return Err(fail(0, "there is no code in this file: is it a .qdc?".to_owned()));
    }
    Ok((tags, notices))
}

fn code(start: &BytesStart, known: &[Tag], above: Option<usize>, notices: &mut Vec<String>) -> Result<Tag, String> {
    let attribute = |name: &str| -> Result<Option<String>, String> {
        let found = start.try_get_attribute(name).map_err(|error| error.to_string())?;
        let value = found.map(|found| found.normalized_value(XmlVersion::Explicit1_0));
        value.transpose().map(|value| value.map(std::borrow::Cow::into_owned)).map_err(|error| error.to_string())
    };
    let name = attribute("name")?.ok_or("a Code without a name")?;
    let name = name.replace(char::is_control, " ");
    let parent = above.and_then(|at| known.get(at)).map(|tag| tag.name.clone());
    let taken = |name: &str| known.iter().any(|tag| same(&tag.name, name));
    let plain = if name.trim().is_empty() { "unnamed" } else { name.trim() };
    let mut unique = plain.to_owned();
    if taken(&unique) {
        let within = parent.as_ref().map(|parent| format!("{plain} ({parent})"));
        let numbered = (2..).map(|n| format!("{plain} ({n})"));
        unique = within.into_iter().chain(numbered).find(|name| !taken(name)).unwrap_or_default();
        notices.push(format!("there are two codes “{plain}”; this one is called “{unique}”"));
    }
    let tag = Tag {
        id: id_or_named(attribute("guid")?.as_deref(), &unique),
        colour: attribute("color")?.as_deref().and_then(colour),
        parent,
        ..Tag::new(&unique)
    };
    Ok(tag)
}

fn indent(depth: usize) -> String {
    "  ".repeat(depth + 2)
}

/// Returns the text escaped, with one kind of line end and without characters that XML 1.0 forbids.
fn text(text: &str) -> String {
    let allowed = |c: &char| matches!(c, '\t' | '\n' | ' '..) && !matches!(c, '\u{fffe}' | '\u{ffff}');
    let plain: String = text.replace("\r\n", "\n").replace('\r', "\n").chars().filter(allowed).collect();
    escape(plain.as_str()).into_owned()
}
