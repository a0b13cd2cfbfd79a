//! Learns the models of `assets/model` from a folder of gold and silver articles: `train GOLD_DIR OUT_DIR`.
//!
//! The same input gives the same bytes, whatever models are built in. The train articles are dealt to four shares; what is
//! learned on top of another model sees what that model finds in articles of shares that it was not learned from. With
//! `shares` behind it no model is written, but `OUT_DIR/shares.jsonl`: every train article as the program reads it with the
//! models of the other shares, for the scorer. With `cache` the taggers of the shares are kept in `OUT_DIR` and used again,
//! to try features of the models above them. `copy=FILE` names damaged copies of the train articles, in the gold's format:
//! from them is learned what is added to the scores in damaged articles. With `shares`, `fresh=FILE` names copies that are
//! read as well and not learned from: `OUT_DIR/shares_NAME.jsonl`.
//!
//! `train DAMAGED_DIR OUT_DIR marks` is apart: its folder holds damaged articles, and it writes the table in
//! `src/engine/clean/marks`.

mod gold;
mod indirect;
mod linear;
mod lost;
mod marks;
mod page;
mod pronoun;
mod shares;
mod silver;
mod source;
mod speech;
mod tagger;

use page::Seen;
use std::path::Path;
use whosaid::engine::page::is_damaged;

/// What a step of the training returns.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [gold, out, how @ ..] = arguments.as_slice() else {
        return Err(
            "usage: train GOLD_DIR OUT_DIR [shares] [cache] [copy=FILE]... [fresh=FILE]... | train DAMAGED_DIR OUT_DIR marks".into()
        );
    };
    let (gold, out) = (Path::new(gold), Path::new(out));
    let asked = |name: &str| how.iter().any(|word| word == name);
    if asked("marks") {
        return marks::train(gold, out);
    }
    let measure = asked("shares");
    if !measure {
        tagger::train(gold, out)?;
    }
    let taggers = tagger::jackknife(gold, asked("cache").then_some(out))?;
    let copies: Vec<&Path> = how.iter().filter_map(|word| word.strip_prefix("copy=")).map(Path::new).collect();
    let mut articles = gold::read(gold, "train", &copies)?;
    // A copy in which cleaning finds nothing lost would be learned from as if it were sound.
    articles.retain(|article| article.copy.is_none() || is_damaged(&article.suspects));
    let whole = !measure;

    let lost = lost::learn(&articles, &taggers, whole);
    // Twice: the first time nobody has resolved the pronouns before the one that is learned.
    let seen = page::all(articles.iter().collect(), &taggers, &lost.parts, None);
    let pronoun = pronoun::learn(&seen, false);
    let seen = page::all(articles.iter().collect(), &taggers, &lost.parts, Some(&pronoun.parts));
    let pronoun = pronoun::learn(&seen, whole);
    let seen = page::all(articles.iter().collect(), &taggers, &lost.parts, Some(&pronoun.parts));
    let indirect = indirect::learn(&seen, whole);
    let source = source::learn(&seen, &indirect.subject, whole);
    let below = speech::below(&source, &indirect);
    let speech = speech::learn(&seen, &below, whole);
    if measure {
        let models = shares::models(below, speech);
        let sound: Vec<&Seen> = seen.iter().filter(|seen| seen.article.copy.is_none()).collect();
        shares::write(&sound, &models, &out.join("shares.jsonl"))?;
        for word in how {
            let Some(file) = word.strip_prefix("fresh=").map(Path::new) else { continue };
            let articles = gold::read(gold, "train", &[file])?;
            let fresh: Vec<_> = articles.iter().filter(|article| article.copy.is_some()).collect();
            let seen = page::all(fresh, &taggers, &lost.parts, Some(&pronoun.parts));
            let name = file.file_stem().unwrap_or_default().to_string_lossy();
            shares::write(&seen.iter().collect::<Vec<_>>(), &models, &out.join(format!("shares_{name}.jsonl")))?;
        }
        return Ok(());
    }
    // Only damaged articles teach it, and it is asked in those alone.
    std::fs::write(out.join("lost.bin"), lost.whole.sound.write())?;
    for (name, model) in [
        ("pronoun", &pronoun),
        ("source", &source),
        ("content_start", &indirect.start),
        ("content_end", &indirect.end),
        ("content_left", &indirect.left),
        ("subject", &indirect.subject),
        ("speech", &speech),
    ] {
        std::fs::write(out.join(format!("{name}.bin")), model.whole.sound.write())?;
        // In damaged articles too, content is found better by what was learned from sound ones.
        if !name.starts_with("content") {
            std::fs::write(out.join(format!("{name}_damaged.bin")), model.whole.damaged.write())?;
        }
    }
    Ok(())
}
