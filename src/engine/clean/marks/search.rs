//! The search for the best reading of all double marks together.
//!
//! A reading is a path of depths: how many quotations are open before each mark, and behind the last. Its score is the
//! sum of the weights of its facts. A mark's side is the one that the readings make likelier, all of them weighed together
//! (forward and backward sums); the roles are those of the best reading with these sides (Viterbi). The best reading alone
//! gets a mark in four hundred more wrong.
//!
//! Words that were overwritten may have been a mark: a reading may open or close a quotation there, at a price. One mark in
//! twenty is lost so in an article with that damage, and without this its partner is taken for its own counterpart.

use super::facts::{Edge, FACTS, MarkFacts, Move, Place, StretchFacts};
use super::{Mark, Role, Side};
use crate::engine::clean::words::Word;

/// How deep a reading may nest: a quotation, and one inside it.
pub const DEPTHS: usize = 3;
/// How many steps there are over one stretch and its mark where no paragraph ends in it.
const STEPS: usize = 8;

/// The double marks of a text, and the overwritten words that may have hidden one, with the facts about each, and about the
/// text before each and behind the last.
#[derive(Debug)]
pub struct Lattice {
    /// Which of the text's marks they are; `None` for overwritten words.
    pub nodes: Vec<Option<usize>>,
    /// The facts of each.
    pub marks: Vec<MarkFacts>,
    /// The facts of the text before each, and behind the last.
    pub stretches: Vec<StretchFacts>,
}

/// One step of a reading: over the text before a mark, and the mark.
#[derive(Debug, Clone, Copy)]
pub struct Arc {
    /// The depth behind the mark before.
    pub from: usize,
    /// The depth behind this mark.
    pub to: usize,
    /// What an end of a paragraph between them does.
    pub edge: Option<Edge>,
    /// What the mark does.
    pub made: Move,
    /// The sum of the weights.
    pub score: f32,
}

impl Lattice {
    /// Reads the facts about the double ones among `marks`; `words` are the words of `text`.
    pub fn new(text: &str, words: &[Word], marks: &[Mark], overwritten: &[(usize, usize)]) -> Self {
        let treebank = memchr::memmem::find(text.as_bytes(), b"``").is_some();
        let (mut nodes, mut facts, mut spans) = (Vec::new(), Vec::new(), Vec::new());
        let mut rest = overwritten;
        for (i, mark) in marks.iter().enumerate().filter(|(_, mark)| mark.double) {
            let next = rest.partition_point(|words| words.0 < mark.start);
            for &(start, end) in rest[..next].iter().filter(|words| words.1 <= mark.start) {
                nodes.push(None);
                facts.push(MarkFacts::of_overwritten(text, words, &Mark { start, end, ..*mark }, overwritten));
                spans.push((start, end));
            }
            rest = &rest[next..];
            nodes.push(Some(i));
            facts.push(MarkFacts::of(text, words, mark, overwritten, treebank));
            spans.push((mark.start, mark.end));
        }
        let (mut from, mut words) = (0, words);
        let stretches = (0..=nodes.len())
            .map(|i| {
                let (start, end) = spans.get(i).copied().unwrap_or((text.len(), text.len()));
                let stretch = (from.min(start), start);
                let behind = words.iter().take_while(|word| word.end as usize <= stretch.0).count();
                words = &words[behind..];
                from = end;
                StretchFacts::of(text, words, stretch, i.checked_sub(1).map(|before| &facts[before]), facts.get(i))
            })
            .collect();
        Self { nodes, marks: facts, stretches }
    }

    /// Adds the steps that can be made over stretch `i` and mark `i` to `arcs`.
    pub fn arcs(&self, i: usize, weights: &[f32; FACTS], arcs: &mut Vec<Arc>) {
        let mark = &self.marks[i];
        let closing = mark.shape + mark.facts.iter().filter_map(|&fact| weights.get(fact)).sum::<f32>();
        let moves = if mark.overwritten { Move::OVER } else { Move::AT };
        for (from, quoted) in self.quoted(i, weights).into_iter().enumerate() {
            let crosses = from > 0 && self.stretches[i].paragraphs;
            let stays = (from, crosses.then_some(Edge::RunsOn));
            for (depth, edge) in std::iter::once(stays).chain(crosses.then_some((0, Some(Edge::Closes(from))))) {
                let edged = quoted + edge.map_or(0.0, |edge| weights[edge.fact()]);
                for &(made, to) in moves[depth] {
                    let score = edged
                        + match made.side() {
                            Some(Side::Open) => weights[made.fact(mark.place)] - closing,
                            Some(_) => weights[made.fact(mark.place)] + closing,
                            None => made
                                .lost_facts(mark.end, mark.start)
                                .map_or(0.0, |facts| facts.into_iter().map(|fact| weights[fact]).sum()),
                        };
                    arcs.push(Arc { from, to, edge, made, score });
                }
            }
        }
    }

    /// Returns what the text behind the last mark counts at each depth.
    pub fn end(&self, weights: &[f32; FACTS]) -> [f32; DEPTHS] {
        let quoted = self.quoted(self.marks.len(), weights);
        std::array::from_fn(|depth| quoted[depth] + weights[Edge::Ends(depth).fact()])
    }

    /// What stretch `i` counts at each depth.
    fn quoted(&self, i: usize, weights: &[f32; FACTS]) -> [f32; DEPTHS] {
        let stretch = &self.stretches[i];
        let quoted = stretch.facts.iter().map(|&fact| weights[fact]).sum::<f32>();
        [-quoted, quoted, quoted + weights[stretch.nested]]
    }
}

/// Decides the side and role of every double mark.
pub fn decide(text: &str, words: &[Word], marks: &mut [Mark], overwritten: &[(usize, usize)], weights: &[f32; FACTS]) {
    let lattice = Lattice::new(text, words, marks, overwritten);
    if lattice.nodes.is_empty() {
        return;
    }
    let mut arcs = Vec::with_capacity(lattice.nodes.len() * STEPS);
    let mut steps = Vec::with_capacity(lattice.nodes.len());
    for i in 0..lattice.nodes.len() {
        let from = arcs.len();
        lattice.arcs(i, weights, &mut arcs);
        steps.push(from..arcs.len());
    }
    let steps: Vec<&[Arc]> = steps.into_iter().map(|range| &arcs[range]).collect();
    let end = lattice.end(weights);
    let sides = sides(&steps, end);
    let (path, left_open) = best(&steps, end, &sides);
    for (i, (&index, &(edge, made))) in lattice.nodes.iter().zip(&path).enumerate() {
        let Some(index) = index else { continue };
        marks[index].side = made.side().unwrap_or(Side::Open);
        marks[index].role = role(edge, made, lattice.marks[i].place);
        let before = |back: usize| i.checked_sub(back).and_then(|at| Some((lattice.nodes[at]?, path[at].1)));
        // What opened amid a sentence is nested: the next close closes both, or the close behind it the other.
        if made == Move::Close
            && before(1).is_some_and(|(mark, made)| made == Move::Again && marks[mark].role == Role::Nested)
        {
            let other = path.get(i + 1).is_some_and(|next| next.1 == Move::OrphanClose);
            marks[index].role = if other { Role::Plain } else { Role::ClosesTwo };
        }
        if let (Move::OrphanClose, Some((mark, Move::Again)), Some((_, Move::Close))) = (made, before(2), before(1)) {
            let nested = marks[mark].role == Role::Nested;
            marks[index].role = if nested { Role::Plain } else { Role::Unpaired };
        }
        let hidden = |step: &&(Option<Edge>, Move)| step.1.side().is_none();
        let partner_overwritten = match made {
            Move::Close => path[..i].iter().rev().take_while(hidden).any(|step| step.1 == Move::LostOpen),
            Move::Open => path[i + 1..].iter().take_while(hidden).any(|step| step.1 == Move::LostClose),
            _ => false,
        };
        if partner_overwritten {
            marks[index].role = Role::Unpaired;
        }
    }
    if left_open {
        // The quotation that is open at the end was opened last.
        if let Some(&last) = lattice.nodes.iter().rev().flatten().find(|&&index| marks[index].side == Side::Open) {
            marks[last].role = Role::Unpaired;
        }
    }
}

/// The likelier side of each mark.
fn sides(steps: &[&[Arc]], end: [f32; DEPTHS]) -> Vec<Option<Side>> {
    // What is left out as a factor common to all readings cannot change which side is likelier.
    let mut odds = Vec::with_capacity(steps.len() * STEPS);
    for step in steps {
        let top = step.iter().map(|arc| arc.score).fold(f32::MIN, f32::max);
        odds.extend(step.iter().map(|arc| (arc.score - top).exp()));
    }
    let mut ahead = vec![[0.0; DEPTHS]; steps.len()];
    let top = end.into_iter().fold(f32::MIN, f32::max);
    let mut after = end.map(|score| (score - top).exp());
    let mut left = odds.as_slice();
    for (step, ahead) in steps.iter().zip(&mut ahead).rev() {
        *ahead = after;
        let (rest, odds) = left.split_at(left.len() - step.len());
        left = rest;
        let mut before = [0.0; DEPTHS];
        for (arc, odds) in step.iter().zip(odds) {
            before[arc.from] += odds * after[arc.to];
        }
        after = shares(before);
    }
    let mut before = [1.0, 0.0, 0.0];
    let mut sides = Vec::with_capacity(steps.len());
    let mut left = odds.as_slice();
    for (step, ahead) in steps.iter().zip(&ahead) {
        let (odds, rest) = left.split_at(step.len());
        left = rest;
        let mut next = [0.0; DEPTHS];
        let (mut open, mut close) = (0.0, 0.0);
        for (arc, odds) in step.iter().zip(odds) {
            let reached = before[arc.from] * odds;
            next[arc.to] += reached;
            match arc.made.side() {
                Some(Side::Open) => open += reached * ahead[arc.to],
                Some(_) => close += reached * ahead[arc.to],
                None => {}
            }
        }
        let mark = step.first().is_some_and(|arc| arc.made.side().is_some());
        sides.push(mark.then_some(if close > open { Side::Close } else { Side::Open }));
        before = shares(next);
    }
    sides
}

fn shares(odds: [f32; DEPTHS]) -> [f32; DEPTHS] {
    let sum: f32 = odds.iter().sum();
    odds.map(|part| part / sum)
}

/// The best reading that has these sides, and whether it leaves a quotation open.
fn best(steps: &[&[Arc]], end: [f32; DEPTHS], sides: &[Option<Side>]) -> (Vec<(Option<Edge>, Move)>, bool) {
    let mut score = [0.0, f32::NEG_INFINITY, f32::NEG_INFINITY];
    let mut came = Vec::with_capacity(steps.len());
    for (step, &side) in steps.iter().zip(sides) {
        let mut next = [f32::NEG_INFINITY; DEPTHS];
        let mut from = [(0, None, Move::Open); DEPTHS];
        for arc in step.iter().filter(|arc| arc.made.side() == side) {
            let total = score[arc.from] + arc.score;
            if total > next[arc.to] {
                next[arc.to] = total;
                from[arc.to] = (arc.from, arc.edge, arc.made);
            }
        }
        score = next;
        came.push(from);
    }
    let total = |depth: usize| score[depth] + end[depth];
    let mut depth = (0..DEPTHS).max_by(|&a, &b| total(a).total_cmp(&total(b))).unwrap_or(0);
    let left_open = depth > 0;
    let mut path: Vec<_> = came
        .iter()
        .rev()
        .map(|from| {
            let (before, edge, made) = from[depth];
            depth = before;
            (edge, made)
        })
        .collect();
    path.reverse();
    (path, left_open)
}

/// The role of a mark by which the reading made such a move, over such an edge.
fn role(edge: Option<Edge>, made: Move, place: Place) -> Role {
    match made {
        // What the end of a paragraph closed was not closed by a mark: it goes on.
        Move::Open if matches!(edge, Some(Edge::Closes(_))) => Role::Reopen,
        Move::Open | Move::Close | Move::CloseInner => Role::Plain,
        Move::Nest => Role::Nested,
        Move::CloseBoth => Role::ClosesTwo,
        Move::Again | Move::AgainInner if place.seam <= 1 => Role::Reopen,
        // Amid a sentence, where nothing was lost: a quotation in the quotation, and one mark will close both.
        Move::Again if place.seam == 3 && !place.lost => Role::Nested,
        Move::OrphanClose | Move::Again | Move::AgainInner => Role::Unpaired,
        Move::Stay | Move::LostOpen | Move::LostClose | Move::LostInner => Role::Plain,
    }
}
