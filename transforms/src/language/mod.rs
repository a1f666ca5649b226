//! Sentences and words of English news after UD English (EWT, GUM): clitics and hyphens parted as the treebanks do,
//! abbreviations with their full stop, every token with its place in the text.
//!
//! In reading order:
//!
//! - `lexicon`, `class`, `shape` what is known of words and characters: `seeds/lexicon/`;
//! - `scan`, `word`, `number`, `web` a paragraph becomes tokens;
//! - `boundary`, `weights` the gaps between tokens where a sentence ends: rules where they are certain, otherwise a
//!   linear model (`seeds/models/sentences.tsv`, trained by `training/sentences`);
//! - `raw` text without marked paragraphs.
//!
//! Splitting can't fail, takes time linear in the text and allocates nothing per token.

mod boundary;
mod class;
mod lexicon;
mod number;
mod raw;
mod scan;
mod shape;
#[cfg(test)]
mod tests;
mod web;
mod weights;
mod word;

pub use boundary::{Gaps, SCALE, SENTENCE_TOKENS_MAX, TEMPLATES, atom_texts};
pub use shape::{Atom, folded};

use crate::document::Mwt;
use crate::span::Span;
use boundary::Boundaries;
use lexicon::Lexicon;
use scan::Scanner;
use seeds::{SeedError, Seeds};
use std::ops::Range;
use weights::Weights;

/// A word of UD English before it is tagged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawToken {
    /// Where it stands; the words of a multiword token part its span among them.
    pub span: Span,
    /// Its place in a multiword token.
    pub mwt: Mwt,
    /// Whether white space or the paragraph's end follows.
    pub space_after: bool,
}

/// What is known of a text's paragraphs, which decides how readily a sentence ends without a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Breaks {
    /// The text is one paragraph of an article: a sentence without a final mark ends with it, hardly within it.
    Kept,
    /// Line ends may have been lost, as in e-mail joined to one line: sentences end wherever the model says so.
    Lost,
}

/// Buffers that a worker keeps from one paragraph to the next.
#[derive(Debug, Default)]
pub struct Scratch {
    boundaries: Boundaries,
}

/// The splitter with its lists and weights; shared by all workers.
#[derive(Debug)]
pub struct Language {
    lexicon: Lexicon,
    weights: Weights,
}

impl Language {
    /// Reads `lexicon/abbreviations.tsv`, `lexicon/clitics.tsv`, `lexicon/word_parts.tsv`,
    /// `lexicon/common_words.tsv` and `models/sentences.tsv`.
    pub fn load(seeds: &Seeds) -> Result<Self, SeedError> {
        Ok(Self { lexicon: Lexicon::load(seeds)?, weights: Weights::load(seeds)? })
    }

    /// Splits one paragraph, the bytes `paragraph` of `text`, and appends its tokens and the token ranges of its
    /// sentences. Nothing is appended for white space. A range that isn't at character boundaries is widened over
    /// nothing: the odd bytes become tokens of their own.
    pub fn split(
        &self,
        text: &str,
        paragraph: Range<u32>,
        breaks: Breaks,
        scratch: &mut Scratch,
        tokens: &mut Vec<RawToken>,
        sentences: &mut Vec<Range<u32>>,
    ) {
        let first = tokens.len();
        self.tokenize(text, paragraph, tokens);
        scratch.boundaries.find(&self.weights, &self.lexicon, text, tokens, first, breaks, sentences);
    }

    /// Splits a text as it comes, such as a file given to `columnist annotate`: blank lines part paragraphs, a
    /// single line end parts two where a sentence doesn't clearly go on across it.
    pub fn split_raw(
        &self,
        text: &str,
        scratch: &mut Scratch,
        tokens: &mut Vec<RawToken>,
        sentences: &mut Vec<Range<u32>>,
    ) {
        raw::paragraphs(text, |paragraph| {
            self.split(text, paragraph, Breaks::Lost, scratch, tokens, sentences);
        });
    }

    /// Appends the tokens of one paragraph.
    pub fn tokenize(&self, text: &str, paragraph: Range<u32>, tokens: &mut Vec<RawToken>) {
        Scanner::run(&self.lexicon, text, paragraph.start as usize, paragraph.end as usize, tokens);
    }
}
