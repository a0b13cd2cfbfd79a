//! Learns the models of `assets/model` from a folder of gold and silver articles: `train GOLD_DIR OUT_DIR [WHAT]`.
//!
//! The same input gives the same bytes. `WHAT` names one model (`tagger`, ...); without it all are learned in order.

mod gold;
mod indirect;
mod linear;
mod page;
mod pronoun;
mod silver;
mod source;
mod speech;
mod tagger;

use std::path::Path;

/// What a step of the training returns.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [gold, out, what @ ..] = arguments.as_slice() else {
        return Err("usage: train GOLD_DIR OUT_DIR [tagger|pronoun|source|indirect]... [aside]".into());
    };
    let (gold, out) = (Path::new(gold), Path::new(out));
    let aside = what.iter().any(|asked| asked == "aside");
    let what: Vec<&String> = what.iter().filter(|asked| *asked != "aside").collect();
    let wanted = |name: &str| what.is_empty() || what.iter().any(|asked| *asked == name);
    if wanted("tagger") {
        tagger::train(gold, out, aside)?;
    }
    if what.len() == 1 && what[0] == "tagger" {
        return Ok(());
    }
    let taggers = tagger::jackknife(gold)?;
    let set = gold::Set { train: gold::read(gold, "train")?, dev: gold::read(gold, "dev")?, taggers, aside };
    // Each of the next is learned with the ones before it built in: build again between them.
    if wanted("pronoun") {
        pronoun::train(&set, out)?;
    }
    if wanted("source") {
        source::train(&set, out)?;
    }
    if wanted("indirect") {
        indirect::train(&set, out)?;
    }
    if wanted("speech") {
        let below = speech::below(&set);
        speech::train(&set, &below, out)?;
    }
    Ok(())
}
