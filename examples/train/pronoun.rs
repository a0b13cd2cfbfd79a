//! Learns whom a pronoun means, from the sources that are pronouns and whose name is sure.

use crate::Outcome;
use crate::gold::{Article, Set, last_name};
use crate::linear::{self, Choice, Plan};
use crate::page::Read;
use std::path::Path;
use whosaid::engine::people::{MentionKind, pronouns};

const PLAN: Plan = Plan { bits: 14, epochs: 12, rate: 0.1, decay: 2e-4 };

/// Learns from the train articles, writes `pronoun.bin` and prints the accuracy on the dev articles.
pub fn train(set: &Set, out: &Path) -> Outcome {
    let (train, dev) = (choices(set.train()), choices(set.dev()));
    let model = linear::report("pronoun", &train, &dev, &PLAN, set.aside);
    std::fs::write(out.join("pronoun.bin"), model.write())?;
    Ok(())
}

fn choices<'a>(articles: impl Iterator<Item = (usize, &'a Article, Read)>) -> Vec<Choice> {
    let mut out = Vec::new();
    let mut missed = 0;
    for (fold, article, read) in articles {
        let whole = read.page(article);
        let found = &read.people.found;
        // Names link by themselves; pronouns are decided anew, each given the right answer for those before it.
        let mut entities = read.people.entities.clone();
        for (n, mention) in found.iter().enumerate() {
            if mention.kind == MentionKind::Pronoun {
                entities.of[n] = None;
            }
        }
        let mut truths: Vec<(usize, Vec<String>)> = article
            .quotes
            .iter()
            .filter(|quote| matches!(quote.conf.as_deref(), Some("high" | "antecedent" | "hand" | "low")))
            .filter_map(|quote| {
                // Where two resolvers differ either may be right.
                let alt = quote.alt.as_deref().filter(|_| quote.conf.as_deref() == Some("low"));
                let name: Vec<String> = quote.resolved_name.as_deref().into_iter().chain(alt).map(last_name).collect();
                let mention = read
                    .sources(quote.source_head, &quote.source)
                    .into_iter()
                    .find(|&n| found[n].kind == MentionKind::Pronoun)?;
                Some((mention, name))
            })
            .collect();
        truths.sort();
        truths.dedup_by_key(|(mention, _)| *mention);
        for (mention, names) in truths {
            let list = pronouns::candidates(&whole, found, &entities, mention);
            let mut choice = Choice { fold, ..Choice::default() };
            for candidate in &list {
                let entity = &entities.all[candidate.entity];
                let text = read.tokens.span(found[entity.fullest].name.clone()).of(&article.text);
                if names.contains(&last_name(text)) {
                    choice.right.push(choice.candidates.len());
                }
                let mut features = Vec::new();
                pronouns::features(&whole, found, &entities, mention, candidate, &mut features);
                choice.candidates.push(features);
            }
            if let Some(&right) = choice.right.first() {
                entities.of[mention] = Some(list[right].entity);
                out.push(choice);
            } else {
                missed += 1;
            }
        }
    }
    println!("pronoun: {} decided, {missed} without the right candidate", out.len());
    out
}
