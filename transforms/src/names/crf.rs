//! The linear chain in whole numbers: best path and, for each token and label, the best path through it.

/// Labels of the chain: none, then beginning and inside of each of seven kinds. The last column tells whose weights they are.
pub const LABELS: [&str; 15] = [
    "O", "B-PERSON", "I-PERSON", "B-NORP", "I-NORP", "B-ORG", "I-ORG", "B-GPE", "I-GPE", "B-LOC", "I-LOC",
    "B-FAC", "I-FAC", "B-MISC", "I-MISC",
];

/// Columns of a row of weights: the labels and the check byte.
pub const WIDTH: usize = 16;
/// Far below every sum of weights, far above overflow.
pub const NEVER: i32 = -1_000_000;

pub type Row = [i32; WIDTH];

/// Emissions of one stretch of tokens and what the chain makes of them.
#[derive(Default)]
pub struct Chain {
    pub emissions: Vec<Row>,
    forward: Vec<Row>,
    backward: Vec<Row>,
    back: Vec<[u8; WIDTH]>,
}

/// Weights of going from one label (first index) to the next.
pub type Transitions = [Row; WIDTH];

impl Chain {
    /// The best labels for the emissions. Before and after the stretch stands label 0.
    pub fn best_path(&mut self, transitions: &Transitions, labels: &mut Vec<u8>) {
        let n = self.emissions.len();
        self.back.clear();
        let mut scores = [NEVER; WIDTH];
        if let Some(s) = scores.first_mut() {
            *s = 0;
        }
        for emission in &self.emissions {
            let mut best = [NEVER * 4; WIDTH];
            let mut from = [0u8; WIDTH];
            for ((previous, row), score) in (0u8..).zip(transitions).zip(scores) {
                for (((b, f), w), _) in best.iter_mut().zip(from.iter_mut()).zip(row).zip(0..WIDTH) {
                    let sum = score + w;
                    if sum > *b {
                        *b = sum;
                        *f = previous;
                    }
                }
            }
            for ((s, b), e) in scores.iter_mut().zip(best).zip(emission) {
                *s = b + e;
            }
            self.back.push(from);
        }
        for (s, row) in scores.iter_mut().zip(transitions) {
            *s += row.first().copied().unwrap_or(0);
        }
        let mut label = scores.iter().enumerate().rev().max_by_key(|(_, s)| **s).map_or(0, |(k, _)| k as u8);
        let start = labels.len();
        labels.resize(start + n, 0);
        for (slot, from) in labels.iter_mut().skip(start).rev().zip(self.back.iter().rev()) {
            *slot = label;
            label = from.get(usize::from(label)).copied().unwrap_or(0);
        }
    }

    /// For each token and label the score of the best path through it.
    pub fn through(&mut self, transitions: &Transitions, out: &mut Vec<Row>) {
        self.forward.clear();
        self.backward.clear();
        let mut scores = [NEVER; WIDTH];
        if let Some(s) = scores.first_mut() {
            *s = 0;
        }
        for emission in &self.emissions {
            let mut best = [NEVER * 4; WIDTH];
            for (row, score) in transitions.iter().zip(scores) {
                for (b, w) in best.iter_mut().zip(row) {
                    *b = (*b).max(score + w);
                }
            }
            for ((s, b), e) in scores.iter_mut().zip(best).zip(emission) {
                *s = b + e;
            }
            self.forward.push(scores);
        }
        let mut after: Row = [NEVER; WIDTH];
        for (a, row) in after.iter_mut().zip(transitions) {
            *a = row.first().copied().unwrap_or(0);
        }
        for emission in self.emissions.iter().rev() {
            self.backward.push(after);
            let mut next = after;
            for (x, e) in next.iter_mut().zip(emission) {
                *x += e;
            }
            for (a, row) in after.iter_mut().zip(transitions) {
                *a = row.iter().zip(next).map(|(w, x)| w + x).max().unwrap_or(NEVER);
            }
        }
        for (f, b) in self.forward.iter().zip(self.backward.iter().rev()) {
            let mut row = *f;
            for (x, y) in row.iter_mut().zip(b) {
                *x += y;
            }
            out.push(row);
        }
    }
}
