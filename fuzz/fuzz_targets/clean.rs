//! Cleans whatever the fuzzer thinks of, in all and in part, and checks what must hold for any input.
//!
//! The first byte chooses what is switched off: the classes of repairs whose bits are set, and one repair of its own.
#![no_main]

use libfuzzer_sys::fuzz_target;
use whosaid::engine::clean::{CleanOptions, CleanText, RepairClass, clean};
use whosaid::text::Span;

fuzz_target!(|data: &[u8]| {
    let Some((&chosen, text)) = data.split_first() else { return };
    let raw = String::from_utf8_lossy(text);
    let whole = clean(&raw, &CleanOptions::default());
    check(&raw, &whole);
    // What comes out is sound: nothing is left to repair.
    let again = clean(&whole.text, &CleanOptions::default());
    assert_eq!(again.text, whole.text, "not the same when cleaned again");
    assert!(again.repairs.is_empty());

    let off: Vec<RepairClass> =
        RepairClass::ALL.into_iter().enumerate().filter(|&(n, _)| chosen >> (n % 8) & 1 == 1).map(|(_, c)| c).collect();
    let keep = whole.repairs.get(usize::from(chosen) % 16).map(|repair| repair.raw).into_iter().collect();
    let part = clean(&raw, &CleanOptions { markdown: chosen & 1 == 1, off: off.clone(), keep });
    check(&raw, &part);
    assert!(part.repairs.iter().all(|repair| !off.contains(&repair.class)), "a class that is off was repaired");
});

/// Checks that the map leads from end to end in order, back to what was copied, and that all spans lie in their texts.
fn check(raw: &str, cleaned: &CleanText) {
    let text = &*cleaned.text;
    let mut last = (0, 0);
    for piece in cleaned.map.pieces() {
        assert_eq!((piece.from.start, piece.to.start), last, "the map has a hole or goes back");
        last = (piece.from.end, piece.to.end);
        assert!(raw.is_char_boundary(last.0) && text.is_char_boundary(last.1));
        if piece.copied {
            assert_eq!(piece.from.of(raw), piece.to.of(text), "what was copied is not the same");
        }
    }
    assert_eq!(last, (raw.len(), text.len()));
    for (at, c) in text.char_indices() {
        let span = Span::new(at, at + c.len_utf8());
        let back = cleaned.map.back(span);
        assert!(raw.get(back.range()).is_some(), "a span leads out of the text");
        let there = cleaned.map.forward(back);
        assert!(there.start <= span.start && span.end <= there.end, "what a span leads back to does not hold it");
    }
    for repair in &cleaned.repairs {
        assert!(raw.get(repair.raw.range()).is_some() && text.get(repair.clean.range()).is_some());
    }
    for suspect in &cleaned.suspects {
        assert!(raw.get(suspect.raw.range()).is_some() && text.get(suspect.clean.range()).is_some());
    }
}
