//! The whole stage: on damage of our own, on anything at all, and on the real article where it lies beside the repository.

use super::*;
use proptest::prelude::*;

fn cleaned(raw: &str) -> String {
    clean(raw, &CleanOptions::default()).text.to_string()
}

/// Articles of our own, as they were written.
const WRITTEN: [&str; 3] = [
    "Mayor Ada Quill — who has led the harbour town of Wellmouth since May 2016 — wants the old pier rebuilt by Mr. Dell’s firm.\n\n\
     “I don’t think we’ll let it fall,” she said on Tuesday. “It’s a well-known pier, and 10% of the town’s income, or $45.5 million, \
     comes from it.”\n\nThe U.S. firm (founded in 1998) has said there is “no reason to wait”, and the clerk, J. B. Marsh, agreed: \
     “She told me ‘go ahead’ twice.”\n",
    "\"We came late,\" said Ben Dell.\n\n\"We stayed long.\n\n\"And nobody asked why.\"\n\nHis sister, 41, did not call it 'a mess' - but \
     she might have. It was the voters' choice, back in the '90s, at 5:30 p.m. ...\n",
    "Die Brücke fällt nicht, sagte sie. Il a dit : « Oui, 10\u{a0}000 ! » 東京\u{3000}大阪 שלום\u{200f} naïve café São Ünal É’ 👩\u{200d}🚀\n",
];

#[test]
fn leaves_undamaged_text_alone() {
    for text in WRITTEN {
        let result = clean(text, &CleanOptions::default());
        assert_eq!(&*result.text, text);
        assert!(result.map.is_identity() && result.repairs.is_empty());
        assert_eq!(result.suspects, []);
    }
}

#[test]
fn repairs_every_convention_of_tokens() {
    for damaged in [
        "\" We wo n’t wait , \" said Ada Quill ( D - Wellmouth ) of the U. S. council . \" It ’s ours   —    all of it . \"",
        "`` We wo n't wait , '' said Ada Quill -LRB- D-Wellmouth -RRB- of the U.S. council . `` It 's ours -- all of it . ''",
        "&quot; We won &apos;t wait , &quot; said Ada Quill ( D @-@ Wellmouth ) of the U.S. council . &quot; It &apos;s ours — all of it . &quot;",
    ] {
        let text = cleaned(damaged).replace('\'', "’").replace("--", "—");
        assert_eq!(
            text, "“We won’t wait,” said Ada Quill (D-Wellmouth) of the U.S. council. “It’s ours — all of it.”",
            "{damaged}"
        );
    }
}

#[test]
fn repairs_a_pasted_paragraph_and_nothing_else() {
    let pasted =
        "Ines Marsh , the clerk , did n’t wait   —    nobody does . \" It ’s over , \" she said . \" Go     home . \"";
    for sound in WRITTEN.iter().take(2) {
        let raw = format!("{sound}\n{sound}\n{pasted}\n\n{sound}");
        let result = clean(&raw, &CleanOptions::default());
        let repaired = "Ines Marsh, the clerk, didn’t wait — nobody does. “It’s over,” she said. “Go home.”";
        assert_eq!(*result.text, format!("{sound}\n{sound}\n{repaired}\n\n{sound}"));
        let marked: Vec<_> = result.suspects.iter().map(|s| (s.raw.of(&raw), s.class)).collect();
        assert_eq!(marked, [("     ", SuspectClass::DroppedWord)]);
        assert!(result.repairs.iter().all(|r| pasted.contains(r.raw.of(&raw))));
    }
}

#[test]
fn repairs_what_was_misread_or_escaped_twice() {
    assert_eq!(cleaned("Itâ€™s â€œoursâ€\u{9d}, she said."), "It’s “ours”, she said.");
    assert_eq!(cleaned("Itâ\u{20ac}\u{2122}s Ã¢â‚¬Å“oursÃ¢â‚¬Â\u{9d}, she said."), "It’s “ours”, she said.");
    assert_eq!(cleaned("It&amp;rsquo;s ours&amp;nbsp;now &amp;amp; then."), "It’s ours now & then.");
}

#[test]
fn marks_what_it_does_not_repair() {
    let raw = "The council of     Bay met on Monday , the clerk said . Story continues below advertisement Nobody came ( but him .";
    let result = clean(raw, &CleanOptions::default());
    let marked: Vec<_> = result.suspects.iter().map(|s| (s.raw.of(raw), s.class)).collect();
    assert_eq!(
        marked,
        [
            ("     ", SuspectClass::DroppedWord),
            ("Story continues below advertisement", SuspectClass::Boilerplate),
            ("(", SuspectClass::Bracket)
        ]
    );
    assert!(result.text.contains("Story continues below advertisement"));
}

#[test]
fn honours_its_options() {
    let raw = "\" No , \" he said . \" It ’s late . \"";
    let off = CleanOptions { off: vec![RepairClass::QuoteSide], ..CleanOptions::default() };
    assert_eq!(&*clean(raw, &off).text, "\" No, \" he said. \" It’s late. \"");
    let comma =
        clean(raw, &CleanOptions::default()).repairs.iter().find(|r| r.class == RepairClass::Spacing).unwrap().raw;
    let keep = CleanOptions { keep: vec![comma], ..CleanOptions::default() };
    assert_eq!(&*clean(raw, &keep).text, "“No ,” he said. “It’s late.”");
}

#[test]
fn reads_the_real_article() {
    let name = "shared/articles/000_b409df1169c5fab3.txt";
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let Some(raw) = here.ancestors().find_map(|folder| std::fs::read_to_string(folder.join(name)).ok()) else {
        println!("skipped: the real article is not here");
        return;
    };
    let result = clean(&raw, &CleanOptions::default());
    let sides: String = result
        .text
        .char_indices()
        .filter(|&(_, c)| matches!(c, '“' | '”'))
        .map(|(_, c)| if c == '“' { '<' } else { '>' })
        .collect();
    // Twenty-two double marks; the sixteenth closes two, the last pair re-opens.
    assert_eq!(sides, "<><><><><><><<><><><<>");
    assert_eq!(result.suspects.iter().filter(|s| s.class == SuspectClass::DroppedWord).count(), 2);
    assert!(result.suspects.iter().filter(|s| s.class == SuspectClass::Coref).count() >= 26);
}

/// The properties that hold for any input.
fn holds(raw: &str) -> Result<(), TestCaseError> {
    holds_with(raw, &CleanOptions::default())
}

fn holds_with(raw: &str, options: &CleanOptions) -> Result<(), TestCaseError> {
    let result = clean(raw, options);
    let (text, map) = (&*result.text, &result.map);
    prop_assert_eq!((map.from_len(), map.to_len()), (raw.len(), text.len()));
    let mut last = (0, 0);
    for piece in map.pieces() {
        prop_assert_eq!((piece.from.start, piece.to.start), last);
        last = (piece.from.end, piece.to.end);
        prop_assert!(raw.is_char_boundary(piece.from.end) && text.is_char_boundary(piece.to.end));
        if piece.copied {
            prop_assert_eq!(piece.from.of(raw), piece.to.of(text));
        }
    }
    prop_assert_eq!(last, (raw.len(), text.len()));
    // Every clean character that was copied leads back to raw characters that hold it.
    for (at, c) in text.char_indices() {
        let back = map.back(Span::new(at, at + c.len_utf8()));
        prop_assert!(back.end <= raw.len() && !back.is_empty() || c.is_whitespace() || matches!(c, '“' | '”'));
    }
    prop_assert_eq!(cleaned(text), text, "not the same when cleaned again");
    for suspect in &result.suspects {
        prop_assert!(suspect.raw.end <= raw.len() && raw.get(suspect.raw.range()).is_some());
        prop_assert!(text.get(suspect.clean.range()).is_some());
    }
    for repair in &result.repairs {
        prop_assert!(raw.get(repair.raw.range()).is_some() && text.get(repair.clean.range()).is_some());
    }
    Ok(())
}

/// Pieces that damage is made of.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "word",
        "Ada Quill",
        "said",
        "he",
        "I",
        "We",
        "the",
        "U.",
        "S.",
        "Mr",
        "n’t",
        "’s",
        "'",
        "’",
        "‘",
        "\"",
        "``",
        "''",
        "“",
        "”",
        ",",
        ".",
        "?",
        "...",
        ":",
        "(",
        ")",
        "[",
        "]",
        "—",
        "--",
        "-",
        "$",
        "%",
        "@",
        "#",
        "5",
        " ",
        "  ",
        "     ",
        "\n",
        "\n\n",
        " \n",
        "-\n",
        "&",
        "&amp;",
        "&rsquo;",
        "&#39;",
        "&#160;",
        "\u{ad}",
        "\u{200b}",
        "\u{a0}",
        "â€™",
        "â€",
        "Ã",
        "Ã¢â‚¬â„¢",
        "Å“",
        "ﬁ",
        "-LRB-",
        "@-@",
        "\\/",
        "é",
        "東",
        "👩\u{200d}🚀",
        "Advertisement",
        "Photo: ",
        "/Reuters",
        "`",
        "gon",
        "na",
        "\r\n",
        "\t",
        "\u{2028}",
    ]);
    let gap = prop::sample::select(vec!["", " ", " ", " "]);
    prop::collection::vec((piece, gap), 0..60)
        .prop_map(|parts| parts.into_iter().map(|(piece, gap)| piece.to_owned() + gap).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn holds_for_anything(raw in any::<String>()) {
        holds(&raw)?;
    }

    #[test]
    fn holds_for_damage(raw in pieces()) {
        holds(&raw)?;
    }

    #[test]
    fn holds_for_mutations(which in 0..3_usize, cuts in prop::collection::vec((any::<prop::sample::Index>(), pieces()), 0..6)) {
        let mut text = WRITTEN[which].replace(',', " ,").replace(". ", " . ");
        for (index, piece) in cuts {
            let mut at = index.index(text.len() + 1);
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            text.insert_str(at, &piece);
        }
        holds(&text)?;
    }

    #[test]
    fn holds_for_markdown(parts in prop::collection::vec((any::<prop::sample::Index>(), pieces()), 0..12)) {
        const SIGNS: [&str; 28] = [
            "*", "**", "_", "`", "```\n", "[", "](a)", "![", "\\", "\n", "\n\n", "  \n", "> ", "- ", "1. ", "# ", "\n===\n", "---\n", "| ",
            "|---|\n", "<b>", "<br>", "<tweet>", "&amp;", "~~", "    ", "<!--", "é\u{0}",
        ];
        let raw: String = parts.iter().flat_map(|(sign, piece)| [*sign.get(&SIGNS), piece]).collect();
        holds_with(&raw, &CleanOptions { markdown: true, ..CleanOptions::default() })?;
    }

    #[test]
    fn holds_for_patches(which in 0..2_usize, patch in pieces(), more in pieces()) {
        let text = WRITTEN[which];
        holds(&format!("{text}\n{text}\n{text}\n, and , so , {patch} .\n\n{more} , then , too .\n{text}"))?;
    }
}
