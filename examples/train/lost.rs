//! Learns where the other mark of a stretch stood that has only one of them, from damaged copies.

use crate::gold::{Article, Stretch};
use crate::linear::{self, Choice, Learned, Plan};
use crate::page;
use crate::tagger::FOLDS;
use whosaid::engine::model::linear::Linear;
use whosaid::engine::model::tagger::Loaded;
use whosaid::engine::page::Page;
use whosaid::engine::quotes::lost::{Half, Lost};

const PLAN: Plan = Plan { bits: 14, epochs: 6, rate: 0.05, decay: 1e-4, orders: 4, rare: 1.0 };

/// How many tokens the place nearest to the true one may be away from it.
const NEAR: usize = 3;

/// Learns a model for each share, and from all copies.
pub fn learn(articles: &[Article], taggers: &[Loaded], whole: bool) -> Learned {
    let mut out = Vec::new();
    let mut missed = 0;
    let empty = Linear::default();
    for article in articles.iter().filter(|article| article.copy.is_some()) {
        let fold = article.number % FOLDS;
        let (tokens, words) = page::words(article, &taggers[fold]);
        let page = Page { text: &article.text, tokens: &tokens, words: &words.all, suspects: &article.suspects };
        let Some(lost) = Lost::new(&page, &empty) else { continue };
        for stretch in &article.marked {
            let Some((half, range, truth)) = half(&article.text, stretch) else { continue };
            let places = lost.places(half, range);
            let away = |at: usize| page.tokens.at_or_after(at).abs_diff(page.tokens.at_or_after(truth));
            let least = places.iter().map(|place| away(place.at)).min().unwrap_or(usize::MAX);
            if least > NEAR {
                missed += 1;
                continue;
            }
            let mut choice = Choice { fold, ..Choice::default() };
            for place in places {
                if away(place.at) == least {
                    choice.right.push(choice.candidates.len());
                }
                let mut features = Vec::new();
                lost.features(half, place, &mut features);
                choice.candidates.push(features);
            }
            out.push(choice);
        }
    }
    println!("lost marks: {} decided, {missed} without the right place", out.len());
    linear::choices("lost marks", &out, &PLAN, whole)
}

/// Returns which mark of a stretch is left, the bytes where the other may have stood, and where it did; `None` where both are
/// left, or none.
fn half(text: &str, stretch: &Stretch) -> Option<(Half, std::ops::Range<usize>, usize)> {
    const MARKS: [char; 3] = ['“', '”', '"'];
    let (before, behind) = (text.get(..stretch.start)?, text.get(stretch.end..)?);
    let opened = before.trim_end().ends_with(MARKS);
    let behind_stops = behind.trim_start_matches([' ', ',', '.', '!', '?', '…', '’']);
    let closed = behind_stops.starts_with(MARKS);
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line_end = stretch.end + behind.find('\n').unwrap_or(behind.len());
    if opened && !closed {
        let high = behind.find(MARKS).map_or(line_end, |at| line_end.min(stretch.end + at));
        Some((Half::Opened(before.trim_end().len()), before.trim_end().len()..high, stretch.end))
    } else if closed && !opened {
        let low = before.rfind(MARKS).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let close = text.len() - behind_stops.len();
        Some((Half::Closed(close), low.max(line_start)..close, stretch.start))
    } else {
        None
    }
}
