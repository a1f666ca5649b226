//! From encoded words to tags, a tree and relations.

use super::kernels::Pairs;
use super::{HeadRanges, LONGEST, Network, WordAnalysis, encoder, tree};
use crate::document::ROOT;
use crate::grammar::{Deprel, Upos, Xpos};

/// Rows of the distance tables: the root, then distances (head - word) from far before to far after.
pub(super) const BUCKETS: usize = 24;

/// The row of a distance: -8 to 8 one by one, then to 12, to 20, beyond.
fn bucket(distance: isize) -> usize {
    let far = match distance.unsigned_abs() {
        n @ 0..=8 => n,
        9..=12 => 9,
        13..=20 => 10,
        _ => 11,
    };
    if distance < 0 { 12 - far } else { 11 + far }
}

/// Buffers of the decoder.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    outputs: Vec<i16>,
    bytes: Vec<u8>,
    arcs: Vec<i16>,
    heads: Vec<i16>,
    packed: Pairs,
    scores: Vec<i32>,
    far: Vec<i32>,
    labels: Vec<i16>,
    tree: tree::Buffers,
}

/// The place of the greatest value; the first of equals.
fn argmax(values: &[i16]) -> usize {
    let mut best = (0, i16::MIN);
    for (i, v) in values.iter().enumerate() {
        if *v > best.1 {
            best = (i, *v);
        }
    }
    best.0
}

impl Network {
    /// Appends the analyses of the `n` words that were encoded; heads count from the first of them.
    pub(super) fn decode(
        &self,
        n: usize,
        encoder: &encoder::Buffers,
        b: &mut Buffers,
        out: &mut Vec<WordAnalysis>,
    ) {
        let ranges = self.head_ranges();
        let width = self.heads.outs;
        b.outputs.resize(n * width, 0);
        self.heads.run(self.isa, encoder.encoded(), &mut b.outputs);
        self.score_arcs(n, &ranges, b);
        let heads = b.tree.best(n, &b.scores, self.stride(n));

        b.bytes.clear();
        for (i, (word, head)) in b.outputs.chunks_exact(width).zip(heads).enumerate() {
            let (bucket, part) = match head {
                None => (0, self.rel_root.as_slice()),
                Some(h) => (
                    bucket(*h as isize - i as isize),
                    b.outputs.get(h * width..).and_then(|w| w.get(ranges.rel_head.clone())).unwrap_or(&[]),
                ),
            };
            let r = self.dims.rel;
            let near = self.rel_distance.get(bucket * r..(bucket + 1) * r).unwrap_or(&[]);
            let own = word.get(ranges.rel_dep.clone()).unwrap_or(&[]);
            let sums = own.iter().zip(part).zip(near);
            b.bytes.extend(sums.map(|((a, h), d)| encoder::relu(a.saturating_add(*h).saturating_add(*d))));
        }
        b.labels.resize(n * self.rel.outs, 0);
        self.rel.run(self.isa, &b.bytes, &mut b.labels);

        let words = b.outputs.chunks_exact(width).zip(b.labels.chunks_exact(self.rel.outs));
        for ((word, labels), head) in words.zip(heads) {
            let upos = argmax(word.get(ranges.upos.clone()).unwrap_or(&[]));
            let xpos = argmax(word.get(ranges.xpos.clone()).unwrap_or(&[]));
            out.push(WordAnalysis {
                upos: self.upos.get(upos).copied().unwrap_or(Upos::X),
                xpos: self.xpos.get(xpos).copied().unwrap_or(Xpos::Fw),
                deprel: if head.is_none() { Deprel::Root } else { self.relation(labels) },
                head: head.map_or(ROOT, |h| h as u32),
            });
        }
    }

    /// The best relation of a word that isn't the root.
    fn relation(&self, labels: &[i16]) -> Deprel {
        let mut best = (Deprel::Dep, i32::MIN);
        for (label, score) in self.deprel.iter().zip(labels) {
            if *label != Deprel::Root && i32::from(*score) > best.1 {
                best = (*label, i32::from(*score));
            }
        }
        best.0
    }

    /// Columns of a row of scores: the root, the words, and what fills up the last eight.
    fn stride(&self, n: usize) -> usize {
        (n + 1).next_multiple_of(super::kernels::LANES)
    }

    /// Fills `scores`, a row a word: how good the root and each word is as its head.
    fn score_arcs(&self, n: usize, ranges: &HeadRanges, b: &mut Buffers) {
        let (width, arc) = (self.heads.outs, self.dims.arc);
        b.bytes.clear();
        b.heads.clear();
        b.heads.extend_from_slice(&self.root);
        for word in b.outputs.chunks_exact(width) {
            b.bytes.extend(
                word.get(ranges.arc_dep.clone()).unwrap_or(&[]).iter().map(|v| (*v).clamp(0, 127) as u8),
            );
            b.heads
                .extend(word.get(ranges.arc_head.clone()).unwrap_or(&[]).iter().map(|v| (*v).clamp(0, 127)));
        }
        b.arcs.resize(n * arc, 0);
        self.arc.run(self.isa, &b.bytes, &mut b.arcs);
        b.packed.set(arc, &b.heads);
        let stride = self.stride(n);
        b.scores.resize(n * stride, 0);
        b.packed.run(self.isa, &b.arcs, &mut b.scores);
        b.far.resize(n * BUCKETS, 0);
        self.distance.run(self.isa, &b.arcs, &mut b.far);
        for (i, (row, far)) in b.scores.chunks_exact_mut(stride).zip(b.far.chunks_exact(BUCKETS)).enumerate()
        {
            let Some(far) = far.first_chunk::<BUCKETS>() else { return };
            let Some((root, words)) = row.split_first_mut() else { return };
            *root += far[0];
            // Far heads share a bucket; only the near ones need looking up.
            let (start, end) = (i.saturating_sub(20), (i + 21).min(n));
            let (before, rest) = words.split_at_mut(start);
            let (near, after) = rest.split_at_mut((end - start).min(rest.len()));
            before.iter_mut().for_each(|s| *s += far[1]);
            after.iter_mut().for_each(|s| *s += far[22]);
            for (j, s) in near.iter_mut().enumerate() {
                *s += far[NEAR[20 + start + j - i]];
            }
        }
        debug_assert!(n <= LONGEST);
    }
}

/// [`bucket`] of the distances from -20 to 20.
const NEAR: [usize; 41] = {
    let mut out = [0; 41];
    let mut i = 0;
    while i < 41 {
        let far = usize::abs_diff(i, 20);
        let far = if far <= 8 {
            far
        } else if far <= 12 {
            9
        } else {
            10
        };
        out[i] = if i < 20 { 12 - far } else { 11 + far };
        i += 1;
    }
    out
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_distances_have_their_buckets() {
        for d in -20isize..=20 {
            assert_eq!(NEAR[(d + 20) as usize], bucket(d), "distance {d}");
        }
        assert_eq!((bucket(-21), bucket(21), bucket(-1), bucket(1)), (1, 22, 11, 12));
    }
}
