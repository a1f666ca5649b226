//! Whether an article is about sport, where "beat", "met" and "rejected" tell no event. By the words of
//! `seeds/rules/sport.toml`.

use super::EventMention;
use crate::document::Document;
use crate::grammar::{Upos, Zone};
use rustc_hash::FxHashMap;
use seeds::{SeedError, Seeds};
use serde::Deserialize;

const FILE: &str = "rules/sport.toml";

/// What a word of sport alone counts, beside one that sport shares.
const SURE: u32 = 3;
/// The longest word of the lists, in bytes.
const WORD_MAX: usize = 24;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    officials: Vec<String>,
    sure: Vec<String>,
    also: Vec<String>,
}

/// The words, and whose acts count nevertheless.
#[derive(Debug)]
pub(super) struct Sport {
    /// A word's number, the sure ones first.
    words: FxHashMap<Box<str>, u16>,
    sure: usize,
    officials: Vec<String>,
}

impl Sport {
    /// Reads the lists.
    pub(super) fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let lists: Lists =
            toml::from_str(seeds.text(FILE)?).map_err(|e| SeedError::line(FILE, 1, e.message()))?;
        let mut words = FxHashMap::default();
        let sure = lists.sure.len();
        for word in lists.sure.into_iter().chain(lists.also) {
            let number = words.len() as u16;
            words.entry(word.into_boxed_str()).or_insert(number);
        }
        Ok(Self { words, sure, officials: lists.officials })
    }

    /// Whether an article is about sport: its words are dense in it, and several different ones are.
    pub(super) fn about(&self, doc: Document<'_>) -> bool {
        let mut seen = vec![false; self.words.len()];
        let (mut words, mut score, mut sure, mut also) = (0_u32, 0_u32, 0_u32, 0_u32);
        for sentence in doc.parsed.sentences.iter().filter(|s| s.zone != Zone::Boilerplate) {
            for token in doc.tokens(&sentence.tokens) {
                if matches!(token.upos, Upos::Punct | Upos::Sym) {
                    continue;
                }
                words += 1;
                let Some(number) = self.number(doc.lemma(token)) else { continue };
                let alone = usize::from(number) < self.sure;
                score += if alone { SURE } else { 1 };
                if let Some(seen) = seen.get_mut(usize::from(number))
                    && !std::mem::replace(seen, true)
                {
                    *(if alone { &mut sure } else { &mut also }) += 1;
                }
            }
        }
        // Per hundred words. Reports of matches have 6 to 25, other news below 3.
        let dense = |least: u32| score * 100 >= words * least;
        (dense(5) && sure >= 1 && also >= 4) || (dense(7) && also >= 7)
    }

    fn number(&self, lemma: &str) -> Option<u16> {
        let mut small = [0; WORD_MAX];
        let small = small.get_mut(..lemma.len())?;
        small.copy_from_slice(lemma.as_bytes());
        small.make_ascii_lowercase();
        self.words.get(std::str::from_utf8(small).ok()?).copied()
    }

    /// Whether a state, its forces, a court or an armed group has a part in an act.
    pub(super) fn official(&self, mention: &EventMention) -> bool {
        mention.one.iter().chain(&mention.two).any(|actor| {
            // A country may be its team: "England beat Wales".
            let team =
                actor.figure.is_none() && actor.named && actor.sector.is_some_and(|s| s.as_str() == "GOV");
            !team && actor.sector.is_some_and(|s| self.officials.iter().any(|o| o == s.as_str()))
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::analyze::{Analyzer, Scratch};
    use crate::article::Article;
    use crate::tables::Rows;
    use seeds::Seeds;

    fn types(analyzer: &Analyzer, text: &str) -> Vec<String> {
        let mut rows = Rows::default();
        analyzer.analyze(&Article::of_text("a", text), &mut Scratch::default(), &mut rows);
        rows.events.iter().map(|e| e.plover_type.to_string()).collect()
    }

    const MATCH: &str = "Northam beat Southby 3-1 in the second semi-final of the cup. The striker Tom Reed scored two \
                         goals before half-time, and his team defended the lead until the referee ended the match. \
                         Coach Ann Low rejected claims that her players had attacked the referee. Southby will meet \
                         Westing in their last game of the season.";

    #[test]
    fn a_match_is_no_event_and_an_arrest_at_it_is_one() {
        let analyzer = Analyzer::new(&Seeds::embedded()).unwrap();
        assert_eq!(types(&analyzer, MATCH), Vec::<String>::new());
        let arrested = format!("{MATCH} Police arrested four fans outside the stadium.");
        assert_eq!(types(&analyzer, &arrested), ["COERCE"]);
        let minister = "The foreign minister of Kenya met his Ugandan counterpart in Nairobi on Monday. He rejected the \
                        accusations of the opposition, and he said that both would watch the football match in the \
                        evening. Rebels attacked a village near the border on Sunday and killed six people.";
        assert!(types(&analyzer, minister).contains(&"CONSULT".to_owned()));
    }
}
