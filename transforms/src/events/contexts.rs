//! The PLOVER contexts of an event, by the words of the sentences that tell it, from `seeds/rules/contexts.toml`.

use super::EventMention;
use crate::code::Code;
use crate::document::Document;
use rustc_hash::FxHashMap;
use seeds::{SeedError, Seeds};
use std::collections::BTreeMap;

const FILE: &str = "rules/contexts.toml";

/// Contexts that an event takes at most.
const CONTEXTS_MAX: usize = 3;

/// The words of each context.
#[derive(Debug)]
pub(super) struct Contexts {
    names: Vec<Code>,
    /// A word's contexts, by their place among the names.
    words: FxHashMap<Box<str>, Vec<u8>>,
}

impl Contexts {
    /// Reads the list.
    pub(super) fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let lists: BTreeMap<String, Vec<String>> =
            toml::from_str(seeds.text(FILE)?).map_err(|e| SeedError::line(FILE, 1, e.message()))?;
        let mut all = Self { names: Vec::new(), words: FxHashMap::default() };
        for (name, words) in lists {
            let code = Code::new(&name).filter(|_| all.names.len() < usize::from(u8::MAX));
            let code = code.ok_or_else(|| SeedError::line(FILE, 1, format!("`{name}` is no context")))?;
            let at = all.names.len() as u8;
            all.names.push(code);
            for word in words {
                all.words.entry(word.into_boxed_str()).or_default().push(at);
            }
        }
        Ok(all)
    }

    /// The contexts of an event: those with the most words in its sentences, three at most, of equals the first by name.
    pub(super) fn of(&self, doc: Document<'_>, tellings: &[&EventMention]) -> Vec<Code> {
        let mut counts = [0u16; 256];
        let mut last = None;
        for telling in tellings.iter().take(8) {
            if last == Some(telling.sentence) {
                continue;
            }
            last = Some(telling.sentence);
            let Some(sentence) = doc.sentence(telling.sentence) else { continue };
            for token in doc.tokens(&sentence.tokens) {
                let lemma = doc.lemma(token);
                // Names keep their capitals in the lemma: "Taliban", "Senate".
                let found = self.words.get(lemma).or_else(|| {
                    let capital = lemma.starts_with(char::is_uppercase);
                    capital.then(|| self.words.get(lemma.to_lowercase().as_str())).flatten()
                });
                for at in found.into_iter().flatten() {
                    if let Some(n) = counts.get_mut(usize::from(*at)) {
                        *n = n.saturating_add(1);
                    }
                }
            }
        }
        let mut found: Vec<(u16, usize)> =
            counts.iter().enumerate().filter(|(_, n)| **n > 0).map(|(at, n)| (*n, at)).collect();
        found.sort_by_key(|(n, at)| (std::cmp::Reverse(*n), *at));
        found.iter().take(CONTEXTS_MAX).filter_map(|(_, at)| self.names.get(*at).copied()).collect()
    }
}
