//! The best tree over a sentence: every word's best head where that is a tree, else Chu-Liu-Edmonds.
//!
//! The search contracts cycles in place: a cycle's first node stands for it, the others fall asleep, and only the arcs
//! into and out of the cycle are looked at again, so a sentence of n words takes n² steps and no memory of its own.

/// No arc at all; sums of it stay far below every real score.
const NEVER: i64 = -(1 << 60);
/// What an arc from the root costs: more than all scores of a sentence, so that the best tree has one root.
const FEE: i64 = 1 << 46;

/// Buffers of the search.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    heads: Vec<Option<usize>>,
    marks: Vec<u32>,
    graph: Graph,
}

/// A graph on its way to a tree; node 0 is the root.
#[derive(Debug, Default)]
struct Graph {
    nodes: usize,
    /// A row a node: the score of each node as its head.
    scores: Vec<i64>,
    /// The best head of each node that is awake.
    best: Vec<usize>,
    awake: Vec<bool>,
    marks: Vec<u32>,
    cycle: Vec<usize>,
    /// Contracted cycles, in order, with their members and heads one after the other.
    levels: Vec<Level>,
    members: Vec<(usize, usize)>,
    /// For each level and node: the member that an arc from the node enters, and the one an arc to it leaves.
    doors: Vec<(u32, u32)>,
}

#[derive(Debug, Clone, Copy)]
struct Level {
    first_member: usize,
    first_door: usize,
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
            self.graph.fill(n, scores, stride);
            while self.graph.find_cycle() {
                self.graph.contract();
            }
            self.graph.expand();
            for (head, found) in self.heads.iter_mut().zip(self.graph.best.iter().skip(1)) {
                *head = found.checked_sub(1);
            }
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
}

impl Graph {
    fn fill(&mut self, n: usize, scores: &[i32], stride: usize) {
        let m = n + 1;
        self.nodes = m;
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
        self.awake.clear();
        self.awake.resize(m, true);
        self.best.clear();
        self.best.resize(m, 0);
        for node in 1..m {
            self.best[node] = self.best_head(node);
        }
        self.levels.clear();
        self.members.clear();
        self.doors.clear();
    }

    /// The best head of a node among those awake; the first of equals.
    fn best_head(&self, node: usize) -> usize {
        let mut best = (0, i64::MIN);
        let row = self.scores.get(node * self.nodes..).unwrap_or(&[]);
        for (j, (s, awake)) in row.iter().zip(&self.awake).enumerate() {
            if *awake && j != node && *s > best.1 {
                best = (j, *s);
            }
        }
        best.0
    }

    /// Looks for a cycle among best heads; it then stands in `cycle`.
    fn find_cycle(&mut self) -> bool {
        self.marks.clear();
        self.marks.resize(self.nodes, 0);
        for start in 1..self.nodes {
            if !self.awake[start] {
                continue;
            }
            let walk = start as u32;
            let mut at = start;
            while at != 0 && self.marks[at] == 0 {
                self.marks[at] = walk;
                at = self.best[at];
            }
            if at != 0 && self.marks[at] == walk {
                self.cycle.clear();
                let mut member = at;
                loop {
                    self.cycle.push(member);
                    member = self.best[member];
                    if member == at {
                        return true;
                    }
                }
            }
        }
        false
    }

    /// Makes one node of the cycle. An arc into it counts what it gains over the arc it breaks.
    fn contract(&mut self) {
        let m = self.nodes;
        let Some((&whole, others)) = self.cycle.split_first() else { return };
        self.levels.push(Level { first_member: self.members.len(), first_door: self.doors.len() });
        self.members.extend(self.cycle.iter().map(|c| (*c, self.best[*c])));
        for c in others {
            self.awake[*c] = false;
        }
        self.marks.clear();
        self.marks.resize(m, 0);
        for c in &self.cycle {
            self.marks[*c] = 1;
        }
        for node in 0..m {
            let (mut enter, mut leave) = ((0, i64::MIN), (0, i64::MIN));
            if self.awake[node] && self.marks[node] == 0 {
                for c in &self.cycle {
                    let gain = self.scores[c * m + node] - self.scores[c * m + self.best[*c]];
                    if gain > enter.1 {
                        enter = (*c, gain);
                    }
                    let out = self.scores[node * m + c];
                    if out > leave.1 {
                        leave = (*c, out);
                    }
                }
            }
            self.doors.push((enter.0 as u32, leave.0 as u32));
            if enter.1 > i64::MIN {
                // The rows of members are read above for this column only, so they can be written now.
                self.pending(whole, node, enter.1, leave.1);
            }
        }
        self.settle(whole);
    }

    /// Notes a contracted cycle's scores with a node outside it: the first row is not a node's own, and is free.
    fn pending(&mut self, whole: usize, node: usize, enter: i64, leave: i64) {
        let m = self.nodes;
        self.scores[node] = enter;
        if node != 0 {
            self.scores[node * m + whole] = leave;
            if self.marks[self.best[node]] == 1 {
                self.best[node] = whole;
            }
        }
    }

    /// Moves the noted scores to the row of the node that stands for the cycle.
    fn settle(&mut self, whole: usize) {
        let m = self.nodes;
        let (noted, rest) = self.scores.split_at_mut(m);
        if let Some(row) = rest.get_mut((whole - 1) * m..whole * m) {
            row.copy_from_slice(noted);
            row[whole] = NEVER;
        }
        self.best[whole] = self.best_head(whole);
    }

    /// Opens the cycles again, last first, until `best` is the tree of all nodes.
    fn expand(&mut self) {
        let m = self.nodes;
        for (i, level) in self.levels.iter().enumerate().rev() {
            let end = self.levels.get(i + 1).map_or(self.members.len(), |l| l.first_member);
            let members = &self.members[level.first_member..end];
            let doors = &self.doors[level.first_door..level.first_door + m];
            let Some(&(whole, _)) = members.first() else { continue };
            let head = self.best[whole];
            // Nodes outside hang from the member that their arc leaves.
            for (node, (_, leave)) in doors.iter().enumerate().skip(1) {
                if self.awake[node] && node != whole && self.best[node] == whole {
                    self.best[node] = *leave as usize;
                }
            }
            for (member, inside) in members {
                self.awake[*member] = true;
                self.best[*member] = *inside;
            }
            self.best[doors[head].0 as usize] = head;
        }
    }
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
