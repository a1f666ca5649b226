//! The best tree over a sentence: every word's best head where that is a tree, else Chu-Liu-Edmonds.

/// No arc at all; sums of it stay far below every real score.
const NEVER: i64 = -(1 << 60);
/// What an arc from the root costs: more than all scores of a sentence, so that the best tree has one root.
const FEE: i64 = 1 << 46;

/// Buffers of the search.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    heads: Vec<Option<usize>>,
    marks: Vec<u32>,
    scores: Vec<i64>,
    found: Vec<usize>,
}

impl Buffers {
    /// Each word's head, `None` for the root. `scores` has a row a word: the root first, then the words.
    pub(super) fn best(&mut self, n: usize, scores: &[i32], stride: usize) -> &[Option<usize>] {
        self.heads.clear();
        let mut roots = 0;
        for (i, row) in scores.chunks_exact(stride).take(n).enumerate() {
            let mut best = (0, i32::MIN);
            for (j, s) in row.iter().take(n + 1).enumerate() {
                if *s > best.1 && j != i + 1 {
                    best = (j, *s);
                }
            }
            roots += usize::from(best.0 == 0);
            self.heads.push(best.0.checked_sub(1));
        }
        if roots != 1 || self.has_cycle() {
            self.search(n, scores, stride);
        }
        &self.heads
    }

    fn has_cycle(&mut self) -> bool {
        self.marks.clear();
        self.marks.resize(self.heads.len(), 0);
        for i in 0..self.heads.len() {
            // Each walk marks its words with its own number; meeting it again closes a cycle.
            let walk = i as u32 + 1;
            let mut at = Some(i);
            while let Some(word) = at {
                let Some(mark) = self.marks.get_mut(word) else { break };
                if *mark == walk {
                    return true;
                }
                if *mark != 0 {
                    break;
                }
                *mark = walk;
                at = self.heads.get(word).copied().flatten();
            }
        }
        false
    }

    fn search(&mut self, n: usize, scores: &[i32], stride: usize) {
        let m = n + 1;
        self.scores.clear();
        self.scores.resize(m * m, NEVER);
        for (i, (row, full)) in
            scores.chunks_exact(stride).zip(self.scores.chunks_exact_mut(m).skip(1)).enumerate()
        {
            for (j, (s, f)) in row.iter().zip(full).enumerate() {
                if j != i + 1 {
                    *f = i64::from(*s) - if j == 0 { FEE } else { 0 };
                }
            }
        }
        self.found.clear();
        self.found.resize(m, 0);
        edmonds(&self.scores, m, &mut self.found);
        for (head, found) in self.heads.iter_mut().zip(self.found.iter().skip(1)) {
            *head = found.checked_sub(1);
        }
    }
}

/// The best heads of nodes 1 to n - 1 of a graph; `scores[i * n + j]` is the score of node j as the head of node i.
/// Few sentences come here, so it allocates as it goes.
fn edmonds(scores: &[i64], n: usize, heads: &mut [usize]) {
    for (i, (head, row)) in heads.iter_mut().zip(scores.chunks_exact(n)).enumerate().skip(1) {
        *head = best_of(row.iter().copied().enumerate().filter(|(j, _)| *j != i)).0;
    }
    let Some(cycle) = cycle(heads) else { return };
    let at = |i: usize, j: usize| scores.get(i * n + j).copied().unwrap_or(NEVER);
    let mut inside = vec![false; n];
    cycle.iter().for_each(|c| inside[*c] = true);
    let rest: Vec<usize> = (0..n).filter(|i| !inside[*i]).collect();
    // The cycle becomes the last node of a smaller graph; arcs into it count what they gain over the arc they break.
    let m = rest.len() + 1;
    let mut small = vec![NEVER; m * m];
    let (mut enter, mut leave) = (vec![0; m], vec![0; m]);
    for (i, a) in rest.iter().enumerate() {
        for (j, b) in rest.iter().enumerate() {
            if i != j && i > 0 {
                small[i * m + j] = at(*a, *b);
            }
        }
        let gains = cycle.iter().map(|c| at(*c, *a) - at(*c, heads[*c]));
        let (node, gain) = best_of(gains.enumerate());
        (enter[i], small[(m - 1) * m + i]) = (cycle[node], gain);
        if i > 0 {
            let (node, score) = best_of(cycle.iter().map(|c| at(*a, *c)).enumerate());
            (leave[i], small[i * m + m - 1]) = (cycle[node], score);
        }
    }
    let mut found = vec![0; m];
    edmonds(&small, m, &mut found);
    for (i, a) in rest.iter().enumerate().skip(1) {
        heads[*a] = if found[i] == m - 1 { leave[i] } else { rest[found[i]] };
    }
    let into = found[m - 1];
    heads[enter[into]] = rest[into];
}

/// The greatest score and its place; the first of equals.
fn best_of(scores: impl Iterator<Item = (usize, i64)>) -> (usize, i64) {
    let mut best = None;
    for (i, s) in scores {
        if best.is_none_or(|(_, b)| s > b) {
            best = Some((i, s));
        }
    }
    best.unwrap_or((0, NEVER))
}

/// A cycle among the heads of nodes 1 and up, if there is one.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut marks = vec![0; heads.len()];
    for i in 1..heads.len() {
        let (mut path, mut at) = (Vec::new(), i);
        while at != 0 && marks[at] == 0 {
            marks[at] = i;
            path.push(at);
            at = heads[at];
        }
        if at != 0 && marks[at] == i {
            let start = path.iter().position(|p| *p == at)?;
            return Some(path.split_off(start));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The best tree with one root, by trying all.
    fn by_force(n: usize, scores: &[i32], stride: usize) -> (Vec<Option<usize>>, i64) {
        let mut best = (Vec::new(), i64::MIN);
        for code in 0..(n + 1).pow(n as u32) {
            let mut rest = code;
            let heads: Vec<usize> = (0..n)
                .map(|_| {
                    let h = rest % (n + 1);
                    rest /= n + 1;
                    h
                })
                .collect();
            let rooted = |mut i: usize| {
                for _ in 0..=n {
                    match heads[i] {
                        0 => return true,
                        h => i = h - 1,
                    }
                }
                false
            };
            if heads.iter().filter(|h| **h == 0).count() == 1 && (0..n).all(rooted) {
                let total = heads.iter().enumerate().map(|(i, h)| i64::from(scores[i * stride + h])).sum();
                if total > best.1 {
                    best = (heads.iter().map(|h| h.checked_sub(1)).collect(), total);
                }
            }
        }
        best
    }

    #[test]
    fn finds_the_best_tree_with_one_root() {
        let mut seed = 7u64;
        let mut buffers = Buffers::default();
        for n in 1..=5 {
            for _ in 0..60 {
                let stride = n + 3;
                let scores: Vec<i32> = (0..n * stride)
                    .map(|_| {
                        seed = seed
                            .wrapping_mul(6_364_136_223_846_793_005)
                            .wrapping_add(1_442_695_040_888_963_407);
                        (seed >> 40) as i32 - (1 << 23)
                    })
                    .collect();
                let got = buffers.best(n, &scores, stride).to_vec();
                let (want, total) = by_force(n, &scores, stride);
                let sum: i64 = got
                    .iter()
                    .enumerate()
                    .map(|(i, h)| i64::from(scores[i * stride + h.map_or(0, |h| h + 1)]))
                    .sum();
                assert_eq!((got, sum), (want, total));
            }
        }
    }
}
