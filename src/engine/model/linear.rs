//! A linear model over hashed features: a score for one decision, or for each candidate of a choice.

/// Weights addressed by hashed features.
#[derive(Debug, Clone, Default)]
pub struct Linear {
    weights: Vec<i16>,
    scale: f32,
    mask: u32,
}

impl Linear {
    /// Makes a model of a power of two of weights, rounded to 16 bits.
    pub fn from_weights(weights: &[f32]) -> Self {
        let most = weights.iter().fold(0.0_f32, |most, weight| most.max(weight.abs()));
        let scale = if most > 0.0 { most / 32767.0 } else { 1.0 };
        Self {
            weights: weights.iter().map(|weight| (weight / scale).round() as i16).collect(),
            scale,
            mask: (weights.len() as u32).wrapping_sub(1),
        }
    }

    /// Reads what [`Linear::write`] wrote; an empty model where the bytes are not that.
    pub fn read(bytes: &[u8]) -> Self {
        let Some((head, rest)) = bytes.split_first_chunk::<4>() else { return Self::default() };
        let weights: Vec<i16> = rest.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect();
        if !weights.len().is_power_of_two() {
            return Self::default();
        }
        let mask = weights.len() as u32 - 1;
        Self { weights, scale: f32::from_le_bytes(*head), mask }
    }

    /// Writes the scale, then the weights, little endian.
    pub fn write(&self) -> Vec<u8> {
        let mut out = self.scale.to_le_bytes().to_vec();
        out.extend(self.weights.iter().flat_map(|weight| weight.to_le_bytes()));
        out
    }

    /// Returns the sum of the weights of `features`; 0 for an empty model.
    pub fn score(&self, features: &[u32]) -> f32 {
        if self.weights.is_empty() {
            return 0.0;
        }
        let sum: i32 = features.iter().map(|&feature| i32::from(self.weights[(feature & self.mask) as usize])).sum();
        sum as f32 * self.scale
    }

    /// Tells whether no weights are there.
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }
}

/// A model for sound text, and what is added to its scores where the text lost or exchanged words.
#[derive(Debug, Clone, Default)]
pub struct Adapted {
    /// Learned from sound text, and all that counts there.
    pub sound: Linear,
    /// Learned from damaged text, on top of the other.
    pub damaged: Linear,
}

impl From<Linear> for Adapted {
    fn from(sound: Linear) -> Self {
        Self { sound, damaged: Linear::default() }
    }
}

impl Adapted {
    /// Reads both from the bytes that [`Linear::write`] wrote.
    pub fn read(sound: &[u8], damaged: &[u8]) -> Self {
        Self { sound: Linear::read(sound), damaged: Linear::read(damaged) }
    }

    /// Returns the score of `features` in a sound or a damaged text; 0 for an empty model.
    pub fn score(&self, features: &[u32], damaged: bool) -> f32 {
        let score = self.sound.score(features);
        if damaged { score + self.damaged.score(features) } else { score }
    }
}

/// The candidates of one choice, kept from choice to choice so that nothing is allocated anew.
///
/// A weight lies wherever its hash falls in tables that together are larger than the caches, so that nearly all the time of a
/// choice goes into waiting for weights. Therefore the features of all candidates are made first and their weights fetched
/// in one plain loop: there none waits for another.
#[derive(Debug, Clone, Default)]
pub struct Ranking {
    features: Vec<u32>,
    /// For each candidate the end of its features.
    ends: Vec<usize>,
    weights: Vec<i32>,
    odds: Vec<f32>,
}

impl Ranking {
    /// Begins a choice without candidates.
    pub fn begin(&mut self) {
        self.features.clear();
        self.ends.clear();
    }

    /// Adds a candidate, whose features `features` appends to the row.
    pub fn add(&mut self, features: impl FnOnce(&mut Vec<u32>)) {
        features(&mut self.features);
        self.ends.push(self.features.len());
    }

    /// Returns the number of the best candidate, the first of equals, and the probability of each; 0 and nothing where there
    /// are none.
    pub fn best(&mut self, model: &Adapted, damaged: bool) -> (usize, &[f32]) {
        self.odds.clear();
        self.odds.resize(self.ends.len(), 0.0);
        self.weigh(&model.sound);
        if damaged {
            self.weigh(&model.damaged);
        }
        softmax(&mut self.odds);
        let odds = &self.odds;
        ((0..odds.len()).fold(0, |best, n| if odds[n] > odds[best] { n } else { best }), odds)
    }

    /// Adds what `model` says of each candidate.
    fn weigh(&mut self, model: &Linear) {
        if model.is_empty() {
            return;
        }
        let Self { features, ends, weights, odds } = self;
        weights.clear();
        weights.extend(features.iter().map(|&feature| i32::from(model.weights[(feature & model.mask) as usize])));
        let mut start = 0;
        for (score, &end) in odds.iter_mut().zip(&*ends) {
            *score += weights[start..end].iter().sum::<i32>() as f32 * model.scale;
            start = end;
        }
    }
}

/// Returns the probability that belongs to a log-odds score.
pub fn logistic(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

/// Turns scores into probabilities that sum to one.
pub fn softmax(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - most).exp();
        sum += *score;
    }
    for score in scores {
        *score /= sum;
    }
}
