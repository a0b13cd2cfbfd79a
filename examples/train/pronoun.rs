//! Learns whom a pronoun means, from the sources that are pronouns and whose name is sure.

use crate::gold::last_name;
use crate::linear::{self, Choice, Learned, Plan};
use crate::page::Seen;
use whosaid::engine::people::{MentionKind, entities, pronouns};

const PLAN: Plan = Plan { bits: 14, epochs: 12, rate: 0.1, decay: 2e-4, orders: 4, rare: 1.0 };

/// Learns a model for each share, and from all articles.
pub fn learn(seen: &[Seen], whole: bool) -> Learned {
    linear::choices("pronoun", &choices(seen), &PLAN, whole)
}

fn choices(seen: &[Seen]) -> Vec<Choice> {
    let mut out = Vec::new();
    let mut missed = 0;
    for Seen { share: fold, article, read } in seen {
        let fold = *fold;
        let whole = read.page(article);
        let found = &read.people.found;
        // The pronouns before one are resolved as the engine did it, unless the gold knows better.
        let mut entities = entities::gather(&whole, found);
        let mut next = 0;
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
            for n in next..mention {
                if found[n].kind == MentionKind::Pronoun && !found[n].quoted {
                    let known = &read.people.entities;
                    pronouns::point(&whole, found, &mut entities, n, known.of[n], known.odds[n]);
                }
            }
            next = mention + 1;
            let list = pronouns::candidates(&whole, found, &entities, mention);
            let mut choice = Choice { fold, damaged: whole.is_damaged(), ..Choice::default() };
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
                pronouns::point(&whole, found, &mut entities, mention, Some(list[right].entity), 1.0);
                out.push(choice);
            } else {
                missed += 1;
                let known = &read.people.entities;
                pronouns::point(&whole, found, &mut entities, mention, known.of[mention], known.odds[mention]);
            }
        }
    }
    println!("pronoun: {} decided, {missed} without the right candidate", out.len());
    out
}
