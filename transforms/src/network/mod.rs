//! Tags and trees: a small neural network over the words of one sentence, in integers, without a framework.
//!
//! A word is one row of a table for itself (its lower-cased form, if known) and six hashed rows (suffixes, prefixes,
//! shape), summed. A window of three words (ReLU) feeds one or two bidirectional minGRU layers; from their summed
//! states come UPOS, XPOS, arcs (biaffine, with a term for the distance) and relations. Lemmas are edit rules looked
//! up by word and XPOS. Every rounding is defined, so all machines give the same bits: `u7` activations against `i8`
//! weights in `i32` sums, one `f32` product to rescale, `i16` states. `training/integers.py` is the same in numpy.
//!
//! # The file
//!
//! Little-endian. `COLCORE\0`, version `u32`, number of sections `u32`, XXH3-64 of all that follows; then for each
//! section its name (8 bytes), start and length (`u64` each); sections start on multiples of 64.
//!
//! | section | content |
//! |---|---|
//! | `dims` | `u32`s: row width, window width, states a direction, scan layers, arc width, relation width, distance buckets, known words, rows, then the six hashed blocks' sizes |
//! | `labels` | three lines: UPOS, XPOS and relations, by spaces |
//! | `known` | open-addressed `u32` slots: 16 bits of the word's hash, 16 bits of its row |
//! | `rows` | `i8`, in 1/64 |
//! | `edge` | the input beyond a sentence's ends, `u8` |
//! | `NAME.w`, `NAME.b`, `NAME.f` | a matrix: `i8` weights by output, `i32` starts, `f32` factors to the output's step; `win` (left, own and right part), `scan0`, `scan1`, `head`, `arc`, `rel` |
//! | `win.s`, `root`, `dist`, `relroot`, `reldist` | `i16`: the window's bias, the root as a head, distances as heads, the root's and the distances' parts of relations |
//! | `lemmas`, `rules` | hash slots (`u32` prints, then `u16` rule numbers); a rule a line: case (1 lowers), letters cut, letters put |

mod cache;
mod decode;
mod encoder;
mod features;
mod format;
mod kernels;
mod lemma;
mod tree;

#[cfg(target_arch = "x86_64")]
mod x86;

pub use format::ModelError;
pub use kernels::Isa;

use crate::document::ROOT;
use crate::grammar::{Deprel, Upos, Xpos};
pub(crate) use kernels::Dense;
use kernels::Pairs;
use std::ops::Range;

/// Sentences of more words are cut: time stays linear, and no real sentence is so long.
pub const LONGEST: usize = 256;

/// What the network says of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordAnalysis {
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn tag.
    pub xpos: Xpos,
    /// Relation to the head.
    pub deprel: Deprel,
    /// Index of the head in the sentence, [`ROOT`] for the root.
    pub head: u32,
}

/// The network, read from its file; shared by all threads.
#[derive(Debug)]
pub struct Network {
    isa: Isa,
    dims: Dims,
    hash: u64,
    upos: Vec<Upos>,
    xpos: Vec<Xpos>,
    deprel: Vec<Deprel>,
    known: Vec<u32>,
    rows: Vec<i8>,
    window: Dense,
    window_bias: Vec<i16>,
    /// The window's left and right parts of the word beyond an end.
    edge: Vec<i16>,
    scans: Vec<Dense>,
    heads: Dense,
    arc: Dense,
    root: Vec<i16>,
    distance: Pairs,
    rel_root: Vec<i16>,
    rel_distance: Vec<i16>,
    rel: Dense,
    lemmas: lemma::Lemmas,
}

/// Sizes of the layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Dims {
    row: usize,
    window: usize,
    state: usize,
    layers: usize,
    arc: usize,
    rel: usize,
    buckets: usize,
    known: usize,
    rows: usize,
    blocks: [usize; 6],
}

/// One thread's buffers, kept from sentence to sentence.
#[derive(Debug, Default)]
pub struct NetworkScratch {
    cache: cache::Cache,
    features: features::Features,
    encoder: encoder::Buffers,
    decoder: decode::Buffers,
}

impl NetworkScratch {
    /// The encoder's outputs for the words last encoded, [`Network::width`] bytes a word, values above 64.
    pub fn encoded(&self) -> &[u8] {
        self.encoder.encoded()
    }
}

impl Network {
    /// The model's content hash, as its file says it.
    pub fn hash(&self) -> u64 {
        self.hash
    }

    /// Bytes a word in [`NetworkScratch::encoded`].
    pub fn width(&self) -> usize {
        2 * self.dims.state
    }

    /// Adds verb forms, in lower case, whose lemmas go before the model's rules.
    pub fn add_verb_forms<'a>(&mut self, forms: impl IntoIterator<Item = (&'a str, &'a str)>) {
        self.lemmas.add_verbs(forms);
    }

    /// The same network on another instruction set, where this machine has it; the results are the same bits.
    pub fn with_isa(mut self, isa: Isa) -> Self {
        self.isa = isa.or_less();
        self
    }

    /// The instruction set in use.
    pub fn isa(&self) -> Isa {
        self.isa
    }

    /// Tags and parses one sentence, given its words; `out` is cleared and gets one analysis a word.
    ///
    /// More than [`LONGEST`] words are taken in pieces, each later piece's root hanging from the first root as
    /// `parataxis`, so that the sentence still has one root.
    pub fn analyze(&self, words: &[&str], scratch: &mut NetworkScratch, out: &mut Vec<WordAnalysis>) {
        out.clear();
        let mut first_root = None;
        for piece in words.chunks(LONGEST) {
            let at = out.len();
            self.encode(piece, scratch);
            self.decode(piece.len(), &scratch.encoder, &mut scratch.decoder, out);
            for (i, word) in out.iter_mut().enumerate().skip(at) {
                if word.head != ROOT {
                    word.head += at as u32;
                } else if let Some(root) = first_root {
                    word.head = root;
                    word.deprel = Deprel::Parataxis;
                } else {
                    first_root = Some(i as u32);
                }
            }
        }
    }

    /// Encodes the first [`LONGEST`] words of a sentence: for heads of other models over [`NetworkScratch::encoded`].
    pub fn encode(&self, words: &[&str], scratch: &mut NetworkScratch) {
        let words = words.get(..words.len().min(LONGEST)).unwrap_or(words);
        encoder::encode(self, words, scratch);
    }

    /// Appends a word's lemma, given its form and XPOS.
    pub fn lemma_into(&self, form: &str, xpos: Xpos, scratch: &mut NetworkScratch, out: &mut String) {
        self.lemmas.write(form, xpos, &mut scratch.features.key, out);
    }

    /// Where the parts of the head matrix's output stand.
    fn head_ranges(&self) -> HeadRanges {
        let d = &self.dims;
        let mut at = 0;
        let mut next = |n: usize| {
            at += n;
            at - n..at
        };
        HeadRanges {
            arc_dep: next(d.arc),
            arc_head: next(d.arc),
            rel_dep: next(d.rel),
            rel_head: next(d.rel),
            upos: next(self.upos.len()),
            xpos: next(self.xpos.len()),
        }
    }
}

struct HeadRanges {
    arc_dep: Range<usize>,
    arc_head: Range<usize>,
    rel_dep: Range<usize>,
    rel_head: Range<usize>,
    upos: Range<usize>,
    xpos: Range<usize>,
}

#[cfg(test)]
mod tests;
