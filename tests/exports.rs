//! Exports read back: every part of every quotation is found again by the offsets that the format counts in.

use crate::fixture::Fixture;
use quick_xml::events::Event;
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::Path;
use whosaid::annotation::Annotations;
use whosaid::annotation::codebook::{Codebook, Tag};
use whosaid::engine::{Cancel, Options, analyze};
use whosaid::export::{Document, Format, beside, folder, write};
use whosaid::runtime::exports;
use whosaid::source::Article;
use whosaid::text::{PointIndex, Raw, Span};

/// Emoji, CJK, markup, carriage returns, a control character, a quotation in parts, one within another, one over lines.
const TEXT: &str = "東京 🙂 — “We can’t wait 😀,” Maria Lopez said on Monday, “not now & <never>.”\r\n\r\n\
    “He said, ‘Go home, all of you,’ and I went.\r\n\r\n“I came\u{1} back,” said Bo Stone, the mayor.\r\n";

/// Hands the article to `check` with two tags and a memo on its first quotation; returns what that does.
fn with<T>(check: impl FnOnce(&Document) -> T) -> T {
    let article = Article {
        id: "a/b “c”".to_owned(),
        path: None,
        title: None,
        date: None,
        text: TEXT.into(),
        kind: whosaid::source::Kind::Text,
        notices: Vec::new(),
    };
    let analysis = analyze(&article.text, &Options::default(), &Cancel::default()).expect("nobody cancels it");
    let index = PointIndex::new(TEXT);
    let raw = whosaid::annotation::RawText { text: TEXT, index: &index };
    let mut notes = Annotations::default();
    for (n, tag) in ["travel ban", "travel_ban"].into_iter().enumerate() {
        let resolved = whosaid::annotation::resolve(&analysis, &notes, raw);
        let stamp = crate::fixture::stamp(n as u64 + 1);
        let desk = whosaid::annotation::Desk { notes: &notes, resolved: &resolved, raw, stamp };
        let edit = desk.add_tag(0, tag).expect("it is a new tag");
        notes.apply(&edit).expect("it fits");
    }
    notes.quotes.values_mut().for_each(|note| note.memo = Some("check it\nagain".to_owned()));
    let resolved = whosaid::annotation::resolve(&analysis, &notes, raw);
    assert!(resolved.quotes.len() >= 3 && resolved.quotes.iter().any(|quote| quote.raw.len() > 1), "{resolved:?}");
    let mut book = Codebook::default();
    book.add(Tag { colour: Some("#ff0000".to_owned()), ..Tag::new("policy") }).expect("a free name");
    book.add(Tag { parent: Some("policy".to_owned()), ..Tag::new("travel ban") }).expect("a free name");
    check(&Document {
        article: &article,
        analysis: &analysis,
        notes: &notes,
        resolved: &resolved,
        book: &book,
        coder: "ana",
    })
}

fn bytes(format: Format, document: &Document) -> Vec<u8> {
    let mut out = Vec::new();
    write(format, &[*document], &mut out).expect("a Vec takes all");
    out
}

fn json(format: Format, document: &Document) -> Value {
    serde_json::from_slice(&bytes(format, document)).expect("it is JSON")
}

/// Returns the words of every part of every quotation, sorted.
fn parts(document: &Document) -> Vec<String> {
    let spans = document.resolved.quotes.iter().flat_map(|quote| &quote.raw);
    let mut out: Vec<String> = spans.map(|span: &Span<Raw>| span.of(TEXT).to_owned()).collect();
    out.sort();
    out
}

fn sorted(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut out: Vec<String> = words.collect();
    out.sort();
    out
}

fn points(start: &Value, end: &Value) -> String {
    let number = |value: &Value| value.as_u64().expect("an offset") as usize;
    TEXT.chars().skip(number(start)).take(number(end) - number(start)).collect()
}

fn utf16(start: &Value, end: &Value) -> String {
    let units: Vec<u16> = TEXT.encode_utf16().collect();
    let number = |value: &Value| value.as_u64().expect("an offset") as usize;
    String::from_utf16(&units[number(start)..number(end)]).expect("no character is cut")
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().expect("a list").iter()
}

#[test]
fn json_formats_lead_back_to_every_part() {
    with(|document| {
        let wanted = parts(document);
        let page = json(Format::Doccano, document);
        let found = list(&page["entities"]).filter(|entity| entity["label"] == "Quote");
        assert_eq!(sorted(found.map(|entity| points(&entity["start_offset"], &entity["end_offset"]))), wanted);

        let page = json(Format::Prodigy, document);
        let found = list(&page["spans"]).filter(|span| span["label"] == "QUOTE");
        assert_eq!(sorted(found.map(|span| points(&span["start"], &span["end"]))), wanted);
        let mut tokens = String::new();
        for token in list(&page["tokens"]) {
            tokens.push_str(token["text"].as_str().expect("a word"));
            tokens.push_str(if token["ws"] == true { " " } else { "" });
        }
        assert_eq!(tokens, TEXT);
        for span in list(&page["spans"]) {
            let token = |key: &str| &page["tokens"][span[key].as_u64().expect("a number") as usize];
            assert_eq!(
                (&token("token_start")["start"], &token("token_end")["end"]),
                (&span["start"], &span["end"]),
                "a span has the edges of its tokens"
            );
        }

        let page = json(Format::Stam, document);
        let text = bytes(Format::Stam, document);
        let at = |word: &str| String::from_utf8_lossy(&text).find(word);
        assert!(at("\"resources\"") < at("\"annotations\""), "what is pointed at comes first");
        let data = &page["annotationsets"][0]["data"];
        let quote = list(data).find(|data| data["value"]["value"] == "Quote").expect("there is one");
        let annotations = list(&page["annotations"])
            .filter(|annotation| list(&annotation["data"]).any(|data| data["@id"] == quote["@id"]));
        let selectors = annotations.flat_map(|annotation| {
            let target = &annotation["target"];
            target["selectors"].as_array().cloned().unwrap_or_else(|| vec![target.clone()])
        });
        let offsets = selectors
            .map(|selector| points(&selector["offset"]["begin"]["value"], &selector["offset"]["end"]["value"]));
        assert_eq!(sorted(offsets), wanted);

        let page = json(Format::CasJson, document);
        let found = list(&page["%FEATURE_STRUCTURES"]).filter(|found| found["%TYPE"] == "webanno.custom.Quote");
        assert_eq!(sorted(found.map(|found| utf16(&found["begin"], &found["end"]))), wanted);

        let page = json(Format::LabelStudio, document);
        let results = ["annotations", "predictions"].into_iter().flat_map(|kind| list(&page[0][kind]));
        let regions = results.flat_map(|result| list(&result["result"]));
        let quotes = regions.filter(|region| region["value"]["labels"][0] == "Quote");
        let found = sorted(quotes.map(|region| {
            let words = utf16(&region["value"]["start"], &region["value"]["end"]);
            assert_eq!(region["value"]["text"], words);
            words
        }));
        assert_eq!(found, wanted);

        let page = json(Format::W3c, document);
        let items = list(&page["first"]["items"]);
        let found = sorted(items.flat_map(|item| list(&item["target"])).map(|target| {
            let [quote, place] = [0, 1].map(|n| &target["selector"][n]);
            assert_eq!(quote["exact"], points(&place["start"], &place["end"]));
            quote["exact"].as_str().expect("words").to_owned()
        }));
        assert_eq!(found, wanted);
    });
}

#[test]
fn brat_has_one_line_fragments_and_declares_every_name() {
    with(|document| {
        let text = String::from_utf8(bytes(Format::Brat, document)).expect("it is text");
        let [source, declared] = beside(Format::Brat, &[*document]).try_into().expect("two files");
        assert_eq!((source.name("x"), source.bytes.as_slice()), ("x.txt".to_owned(), TEXT.as_bytes()));
        let declared = String::from_utf8(declared.bytes).expect("it is text");
        let names: BTreeSet<&str> = declared.lines().filter_map(|line| line.split('\t').next()).collect();
        for line in text.lines() {
            let [_, told, words] = line.splitn(3, '\t').collect::<Vec<_>>()[..] else {
                let told = line.split('\t').nth(1).expect("what it says");
                assert!(names.contains(told.split(' ').next().expect("a name")), "{line}");
                continue;
            };
            if !line.starts_with('T') {
                continue;
            }
            let (label, places) = told.split_once(' ').expect("a label and places");
            assert!(names.contains(label), "{line}");
            let parts: Vec<String> = places
                .split(';')
                .map(|place| {
                    let (start, end) = place.split_once(' ').expect("two offsets");
                    let number = |text: &str| Value::from(text.parse::<u64>().expect("a number"));
                    points(&number(start), &number(end))
                })
                .collect();
            assert_eq!(parts.join(" "), words);
            assert!(parts.iter().all(|part| part.trim() == part && !part.is_empty()));
        }
        // Two tags whose plain names are the same.
        assert!(text.contains("\tTag_travel_ban T1\n") && text.contains("\tTag_travel_ban-2 T1\n"), "{text}");
        assert!(text.contains("\tAnnotatorNotes T1\tcheck it again\n"), "{text}");
    });
}

#[test]
fn a_project_for_qualitative_work_has_plain_line_ends_and_the_codes() {
    with(|document| {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes(Format::Qdpx, document))).expect("a zip");
        let mut project = String::new();
        zip.by_name("project.qde").expect("it is there").read_to_string(&mut project).expect("it is text");
        let mut names = zip.file_names().filter_map(|name| Some(name.ok()?.into_owned()));
        let name = names.find(|name| name.starts_with("sources/")).expect("it is there");
        drop(names);
        let mut text = String::new();
        zip.by_name(&name).expect("it is there").read_to_string(&mut text).expect("it is text");
        assert_eq!(text, TEXT.replace("\r\n", "\n"));
        let place = |line: &str, key: &str| -> usize {
            let at = line.find(key).expect("the attribute") + key.len();
            line[at..].split('"').next().and_then(|number| number.parse().ok()).expect("a number")
        };
        let selections: BTreeSet<String> = project
            .lines()
            .filter(|line| line.starts_with("<PlainTextSelection"))
            .map(|line| (place(line, "startPosition=\""), place(line, "endPosition=\"")))
            .map(|(start, end)| text.chars().skip(start).take(end - start).collect())
            .collect();
        for part in parts(document) {
            assert!(selections.contains(&part.replace("\r\n", "\n")), "{part}: {selections:?}");
        }
        let tags = ["name=\"policy\"", "name=\"travel ban\"", "color=\"#ff0000\"", "name=\"Maria Lopez\""];
        assert!(tags.iter().all(|tag| project.contains(tag)), "{project}");
        let mut reader = quick_xml::Reader::from_str(&project);
        while !matches!(reader.read_event().expect("it is XML"), Event::Eof) {}
    });
}

#[test]
fn pages_hold_the_text_and_nothing_that_acts() {
    with(|document| {
        let page = String::from_utf8(bytes(Format::Tei, document)).expect("it is text");
        let mut reader = quick_xml::Reader::from_str(&page);
        let (mut words, mut body, mut said) = (String::new(), false, 0);
        loop {
            match reader.read_event().expect("it is XML") {
                Event::Start(tag) => {
                    body |= tag.name().as_ref() == "body";
                    said += usize::from(tag.name().as_ref() == "said");
                }
                Event::Text(text) if body => words += &text,
                Event::GeneralRef(name) if body => {
                    words += match name.as_ref() {
                        "amp" => "&",
                        "lt" => "<",
                        "gt" => ">",
                        "quot" => "\"",
                        other => panic!("{other:?}"),
                    }
                }
                Event::Eof => break,
                _ => {}
            }
        }
        let plain = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(plain(&words), plain(&TEXT.replace('\u{1}', "�")));
        assert!(said >= document.resolved.quotes.len());

        let page = String::from_utf8(bytes(Format::Html, document)).expect("it is text");
        assert!(page.contains("&lt;never&gt;") && page.contains("^A") && !page.contains('\u{1}'), "{page}");
        assert!(page.contains("Maria Lopez") && page.contains("travel ban") && !page.contains("<script"));
    });
}

#[test]
fn columns_have_one_tag_a_token() {
    with(|document| {
        let page = String::from_utf8(bytes(Format::Conll, document)).expect("it is text");
        let mut before = "O";
        for line in page.lines() {
            let tag = line.split(' ').nth(3).unwrap_or("O");
            assert!(line.is_empty() || line.split(' ').count() == 4, "{line:?}");
            if let Some(label) = tag.strip_prefix("I-") {
                assert_eq!(before.get(2..), Some(label), "{line}");
            }
            before = tag;
        }
        assert!(page.contains("Lopez -X- _ I-Speaker") && page.contains("said -X- _ B-Cue"), "{page}");
    });
}

#[test]
fn a_folder_has_a_file_an_article_and_spares_what_is_not_ours() {
    let read = |path: &Path| std::fs::read_to_string(path).expect("it is there");
    with(|document| {
        let (sets, _) = folder(Format::Brat, &[*document, *document]).expect("they are made");
        assert_eq!(sets.iter().map(|set| set.stem.as_str()).collect::<Vec<_>>(), ["a-b--c-", "a-b--c--2"]);
        let dir = tempfile::tempdir().expect("a folder");
        let out = dir.path().join("brat");
        for _ in 0..2 {
            exports::write(Format::Brat, &[*document], &out).expect("it is written, and written again");
        }
        assert_eq!(read(&out.join("a-b--c-.txt")), TEXT);
        // The article itself, or somebody else's settings, are never written over.
        for (taken, left) in [("x.txt", "x.ann"), ("annotation.conf", "y.ann")] {
            std::fs::write(dir.path().join(taken), "theirs").expect("written");
            let failed = exports::write(Format::Brat, &[*document], &dir.path().join(left)).expect_err("it is taken");
            assert_eq!(failed.path, dir.path().join(taken));
            assert_eq!(read(&dir.path().join(taken)), "theirs");
            assert!(!dir.path().join(left).exists(), "nothing is half-written");
        }
    });
}

#[test]
fn every_format_takes_an_article_without_quotations() {
    let fixture = Fixture::new();
    let (notes, view, book) = (Annotations::default(), whosaid::annotation::Resolved::default(), Codebook::default());
    let document = Document {
        article: &fixture.article,
        analysis: &fixture.analysis,
        notes: &notes,
        resolved: &view,
        book: &book,
        coder: "me",
    };
    for format in Format::ALL {
        for documents in [&[][..], &[document], &[document, document]] {
            let mut out = Vec::new();
            write(format, documents, &mut out).unwrap_or_else(|error| panic!("{}: {error}", format.name()));
        }
    }
}

#[test]
fn the_screen_offers_every_format() {
    let offered: BTreeSet<&str> = whosaid::app::decide::review::FORMATS.iter().map(|(name, _)| *name).collect();
    assert_eq!(offered, Format::ALL.map(Format::name).into_iter().collect());
}
