//! Readings of marks that alternation gets wrong.

use super::*;
use crate::engine::clean::words;

/// Writes each double mark of `text` as `<`, `>`, with `{` for nested opens, `^` for re-opens, `%` for a close of two.
fn apart(text: &str) -> String {
    read(text, &words::read(text), &[])
        .iter()
        .filter(|mark| mark.double)
        .map(|mark| match (mark.side, mark.role) {
            (_, Role::Nested) => '{',
            (_, Role::Reopen) => '^',
            (_, Role::ClosesTwo) => '%',
            (_, Role::Unpaired) => '?',
            (Side::Open, _) => '<',
            _ => '>',
        })
        .collect()
}

#[test]
fn reads_plain_pairs() {
    assert_eq!(apart("\" We will rebuild the pier , \" said Ada Quill . \" It is ours . \""), "<><>");
    assert_eq!(apart("There is \" no reason to wait \" following the storm ."), "<>");
    assert_eq!(apart("She called it \" a mess \" and left . \" Never again , \" she said ."), "<><>");
}

#[test]
fn reads_nested_and_shared_marks() {
    assert_eq!(
        apart("The clerk wrote : \" The mayor says there is \" no cause for fear ! \" He added : \" We must act . \""),
        "<{%<>"
    );
    assert_eq!(apart("\" We are like \" salt and pepper , \" \" he explained with a smile ."), "<{>>");
}

#[test]
fn reads_a_quotation_that_goes_on_in_a_new_paragraph() {
    assert_eq!(apart("\" We came late . \n\" We stayed long , \" said Quill ."), "<^>");
}

#[test]
fn reads_a_mark_that_overwritten_words_hid() {
    let text = "Dell told them : \" We will rebuild the pier Ada Quill he wrote to the council . \" It is ours , \" he said . \" We stay . \"";
    let name = text.find("Ada").unwrap();
    let marks = read(text, &words::read(text), &[(name, name + "Ada Quill".len())]);
    let sides: Vec<_> = marks.iter().map(|mark| (mark.side, mark.role)).collect();
    let plain = [(Side::Open, Role::Plain), (Side::Close, Role::Plain)];
    assert_eq!(sides, [&[(Side::Open, Role::Unpaired)], &plain[..], &plain[..]].concat());
}

#[test]
fn reads_glued_marks() {
    assert_eq!(apart("\" I did not hear a word of that,\"Mr . Dell said ."), "<>");
    assert_eq!(apart("\" We did not expect you here , \"Dell said with a laugh ."), "<>");
}

#[test]
fn reads_two_single_marks_that_open_and_close() {
    assert_eq!(apart("The clerk said , ''We will rebuild the pier .'' Nobody came , ''as ever , '' he said ."), "<><>");
    assert_eq!(apart("`` We will rebuild the pier , '' the clerk said . `` It is ours . ''"), "<><>");
}

#[test]
fn tells_apostrophes_from_single_marks() {
    let of = |text: &str| read(text, &words::read(text), &[]).iter().map(|mark| mark.side).collect::<Vec<_>>();
    assert_eq!(of("the voters ’ mood"), [Side::Apostrophe(Lean::Before)]);
    assert_eq!(of("Quill ’s plan"), [Side::Apostrophe(Lean::Both)]);
    assert_eq!(of("Dell says ' no ' to it"), [Side::Open, Side::Close]);
    assert_eq!(of("since the ’90s"), [Side::Apostrophe(Lean::After)]);
    assert_eq!(of("‘ doom and despair’ on the quay"), [Side::Open, Side::Close]);
    assert_eq!(of("don’t o’clock"), []);
}
