//! Names in a text: spans of the eighteen OntoNotes kinds over given tokens and sentences.
//!
//! A linear-chain CRF with hashed features finds people, groups, organisations and places; it works in whole numbers
//! only, so that every machine gives the same spans. A second look at the whole document, rules and a number grammar
//! follow. The trainer in `training/names` calls this very code, so the two cannot drift apart.

mod crf;
mod document_pass;
pub mod features;
mod kinds;
mod lexicon;
mod model_file;
mod numbers;
mod rule_words;
mod rules;
mod segment;
#[cfg(test)]
mod tests;

pub use crf::LABELS;
pub use features::{FeatureBuffer, TABLE_BITS, TokenInfo};
pub use lexicon::{ClusterTable, Kind, NameLexicon, judged};
pub use model_file::{ModelError, NameModel, NameModelError, Parts};
pub use segment::{describe_sentence, hash_lower, hash_word};

use crate::grammar::{Deprel, EntityLabel, Xpos};
use std::ops::Range;

/// One token as the tokenizer cut it; clitics and the pieces around a hyphen are tokens of their own.
#[derive(Clone, Copy, Debug)]
pub struct NameToken<'a> {
    /// Its letters.
    pub text: &'a str,
    /// Whether white space stands before it.
    pub space_before: bool,
    /// Its Penn tag.
    pub tag: Xpos,
    /// How it hangs on its head.
    pub relation: Deprel,
}

/// A name: a half-open range of tokens, without a leading "the", titles and a final possessive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameSpan {
    /// Its tokens in the document.
    pub tokens: Range<usize>,
    /// Its kind.
    pub label: EntityLabel,
    /// How sure the tagger is, from 0 to 255.
    pub confidence: u8,
}

/// Buffers that one worker keeps from document to document.
#[derive(Default)]
pub struct NameScratch {
    infos: Vec<TokenInfo>,
    segments: Vec<Range<usize>>,
    chain: crf::Chain,
    features: FeatureBuffer,
    document: document_pass::DocumentPass,
    labels: Vec<u8>,
    drafts: Vec<rules::Draft>,
    spare: Vec<rules::Draft>,
    words: Vec<(u32, EntityLabel)>,
    numbers: numbers::NumberScratch,
}

impl NameModel {
    /// Tags one document. `sentences` are ranges of `tokens`, in order and without overlap; what lies outside of every
    /// sentence gets no name. Spans come out in text order and never overlap.
    pub fn tag_document(
        &self,
        sentences: &[Range<usize>],
        tokens: &[NameToken<'_>],
        scratch: &mut NameScratch,
        out: &mut Vec<NameSpan>,
    ) {
        out.clear();
        scratch.infos.clear();
        scratch.infos.resize(tokens.len(), TokenInfo::default());
        scratch.segments.clear();
        for range in sentences {
            let Some(infos) = scratch.infos.get_mut(range.clone()) else { continue };
            let Some(words) = tokens.get(range.clone()) else { continue };
            describe_sentence(
                words,
                &self.lexicon,
                &self.clusters,
                infos,
                range.start,
                &mut scratch.segments,
            );
        }
        document_pass::run(self, sentences, scratch);
        rules::apply(self, sentences, tokens, scratch);
        numbers::find(sentences, tokens, &scratch.infos, &mut scratch.numbers, &scratch.drafts, out);
    }
}
