//! Learns linear models: a softmax over candidates, or a yes-or-no decision; stochastic gradient with a step that shrinks
//! with what a weight has moved (Adagrad), averaged over all steps of the last epochs.

use crate::tagger::FOLDS;
use whosaid::engine::model::linear::{Adapted, Linear, logistic};

/// One choice: the features of each candidate, and which ones are right.
#[derive(Default, Clone)]
pub struct Choice {
    pub candidates: Vec<Vec<u32>>,
    pub right: Vec<usize>,
    /// The share of the train articles it is from.
    pub fold: usize,
    /// Whether its article is damaged.
    pub damaged: bool,
}

/// One decision: its features, and whether it holds.
#[derive(Clone)]
pub struct Case {
    pub features: Vec<u32>,
    pub truth: bool,
    pub fold: usize,
    pub damaged: bool,
}

/// How a model is learned.
pub struct Plan {
    pub bits: u32,
    pub epochs: usize,
    pub rate: f32,
    pub decay: f32,
    /// Over how many orders of the examples the weights are averaged.
    pub orders: u64,
    /// For decisions: how much more a case counts that does not hold; they are rare.
    pub rare: f32,
}

struct Learner {
    weights: Vec<f32>,
    squares: Vec<f32>,
    sums: Vec<f32>,
    mask: u32,
    rate: f32,
    decay: f32,
}

impl Learner {
    fn new(plan: &Plan) -> Self {
        let size = 1 << plan.bits;
        Self {
            weights: vec![0.0; size],
            squares: vec![1e-4; size],
            sums: vec![0.0; size],
            mask: size as u32 - 1,
            rate: plan.rate,
            decay: plan.decay,
        }
    }

    fn score(&self, features: &[u32]) -> f32 {
        features.iter().map(|&feature| self.weights[(feature & self.mask) as usize]).sum()
    }

    /// Adds the weights as they are to the average.
    fn keep(&mut self) {
        for (sum, weight) in self.sums.iter_mut().zip(&self.weights) {
            *sum += weight;
        }
    }

    fn average(&mut self, epochs: usize) {
        let count = epochs.saturating_sub(1).max(1) as f32;
        self.sums.iter_mut().for_each(|sum| *sum /= count);
    }

    fn step(&mut self, features: &[u32], gradient: f32) {
        for &feature in features {
            let at = (feature & self.mask) as usize;
            let slope = gradient + self.decay * self.weights[at];
            self.squares[at] += slope * slope;
            self.weights[at] -= self.rate * slope / self.squares[at].sqrt();
        }
    }
}

fn shuffled(n: usize, random: &mut u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    for n in (1..order.len()).rev() {
        *random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(n, (*random >> 33) as usize % (n + 1));
    }
    order
}

/// Learns a model from the choices in sound articles, and from those in damaged ones what is to be added to it there.
fn choose(choices: &[&Choice], plan: &Plan) -> Adapted {
    let (damaged, sound): (Vec<&Choice>, Vec<&Choice>) = choices.iter().partition(|choice| choice.damaged);
    let sound = choose_on(&Linear::default(), &sound, plan);
    Adapted { damaged: choose_on(&sound, &damaged, plan), sound }
}

/// Learns to choose among candidates that `base` has scored: the mean over some orders of the choices.
fn choose_on(base: &Linear, choices: &[&Choice], plan: &Plan) -> Linear {
    mean(plan, choices.len(), |learner, n| {
        let choice = choices[n];
        let score = |features: &Vec<u32>| base.score(features) + learner.score(features);
        let scores: Vec<f32> = choice.candidates.iter().map(score).collect();
        let most = scores.iter().copied().fold(f32::MIN, f32::max);
        let odds: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
        let all: f32 = odds.iter().sum();
        let right: f32 = choice.right.iter().map(|&n| odds[n]).sum();
        for (n, features) in choice.candidates.iter().enumerate() {
            // The mass of the right ones is shared as the model shares it now.
            let target = if choice.right.contains(&n) { odds[n] / right } else { 0.0 };
            let gradient = odds[n] / all - target;
            if gradient.abs() > 1e-3 {
                learner.step(features, gradient);
            }
        }
    })
}

/// Takes a step for each of `count` examples, in some orders one after the other, and returns the mean of what each of the
/// orders taught: one order alone leans on what came last.
fn mean(plan: &Plan, count: usize, mut step: impl FnMut(&mut Learner, usize)) -> Linear {
    let mut mean = vec![0.0_f32; 1 << plan.bits];
    for order in 0..plan.orders {
        let mut learner = Learner::new(plan);
        let mut random = 7 + order;
        for epoch in 0..plan.epochs {
            for n in shuffled(count, &mut random) {
                step(&mut learner, n);
            }
            if epoch > 0 || plan.epochs == 1 {
                learner.keep();
            }
        }
        learner.average(plan.epochs);
        for (mean, weight) in mean.iter_mut().zip(&learner.sums) {
            *mean += weight / plan.orders as f32;
        }
    }
    Linear::from_weights(&mean)
}

/// Does for decisions what [`choose`] does for choices.
fn decide(cases: &[&Case], plan: &Plan) -> Adapted {
    let (damaged, sound): (Vec<&Case>, Vec<&Case>) = cases.iter().partition(|case| case.damaged);
    let sound = decide_on(&Linear::default(), &sound, plan);
    Adapted { damaged: decide_on(&sound, &damaged, plan), sound }
}

/// Learns a decision from features and whether it holds, on top of what `base` says: the mean over some orders of the cases.
fn decide_on(base: &Linear, cases: &[&Case], plan: &Plan) -> Linear {
    mean(plan, cases.len(), |learner, n| {
        let Case { features, truth, .. } = cases[n];
        let likely = logistic(base.score(features) + learner.score(features));
        let gradient = if *truth { likely - 1.0 } else { likely * plan.rare };
        if gradient.abs() > 1e-3 {
            learner.step(features, gradient);
        }
    })
}

/// What is learned from all articles, and for each share from the others.
pub struct Learned {
    pub parts: Vec<Adapted>,
    /// Empty where nobody asked for it.
    pub whole: Adapted,
}

/// Learns to choose, and prints how often the models choose right in the shares that they have not seen.
pub fn choices(name: &str, all: &[Choice], plan: &Plan, whole: bool) -> Learned {
    let mut parts = Vec::new();
    let mut right = [0; 2];
    for share in 0..FOLDS {
        let (kept, others): (Vec<&Choice>, Vec<&Choice>) = all.iter().partition(|choice| choice.fold == share);
        let model = choose(&others, plan);
        for choice in kept {
            right[usize::from(choice.damaged)] += usize::from(choice.right.contains(&best(&model, choice)));
        }
        parts.push(model);
    }
    let damaged = all.iter().filter(|choice| choice.damaged).count();
    let percent = |right: usize, of: usize| 100.0 * right as f64 / of.max(1) as f64;
    let sound = all.len() - damaged;
    println!(
        "{name}: {:.2} % of {sound}, damaged {:.2} % of {damaged}",
        percent(right[0], sound),
        percent(right[1], damaged)
    );
    let whole = if whole { choose(&all.iter().collect::<Vec<_>>(), plan) } else { Adapted::default() };
    Learned { parts, whole }
}

fn best(model: &Adapted, choice: &Choice) -> usize {
    let scores: Vec<f32> = choice.candidates.iter().map(|features| model.score(features, choice.damaged)).collect();
    (0..scores.len()).fold(0, |best, n| if scores[n] > scores[best] { n } else { best })
}

/// Learns to decide, and prints how well the cases that do not hold are told in the shares not seen, at some thresholds.
pub fn cases(name: &str, all: &[Case], plan: &Plan, whole: bool) -> Learned {
    const ODDS: [f32; 5] = [0.4, 0.5, 0.6, 0.65, 0.7];
    let mut parts = Vec::new();
    let mut counts = [[(0_u32, 0_u32, 0_u32); ODDS.len()]; 2];
    for share in 0..FOLDS {
        let (kept, others): (Vec<&Case>, Vec<&Case>) = all.iter().partition(|case| case.fold == share);
        let model = decide(&others, plan);
        for case in kept {
            let likely = logistic(model.score(&case.features, case.damaged));
            for (odds, (both, ours, theirs)) in ODDS.iter().zip(&mut counts[usize::from(case.damaged)]) {
                let no = likely < *odds;
                *both += u32::from(no && !case.truth);
                *ours += u32::from(no);
                *theirs += u32::from(!case.truth);
            }
        }
        parts.push(model);
    }
    let f1 = |(both, ours, theirs): (u32, u32, u32)| 200.0 * f64::from(both) / f64::from(ours + theirs).max(1.0);
    for (n, odds) in ODDS.iter().enumerate() {
        let [sound, damaged] = counts.map(|counts| f1(counts[n]));
        println!("{name}: F1 of \"no\" below {odds}: {sound:.1}, damaged {damaged:.1}");
    }
    let whole = if whole { decide(&all.iter().collect::<Vec<_>>(), plan) } else { Adapted::default() };
    Learned { parts, whole }
}
