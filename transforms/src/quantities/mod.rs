//! Quantities: numbers with their units and what they count. Money, percent, people killed and hurt, other counts,
//! distance, area, mass, capacity and duration; names that hold numbers, dates, times, ages and scores are none.
//!
//! - [`pieces`] cuts a sentence into letters, digits and marks;
//! - [`lexicon`] knows the words and their [`class`]es;
//! - [`number`] reads a number, [`digits`] one in digits, [`fraction`] parts in words;
//! - [`tree`] what the sentence's tree says of it, [`context`] what stands around it: modifiers, labels, counted
//!   nouns, what became of the counted people;
//! - [`reading`] one quantity from a number on: [`money`], a [`measure`], a [`share`] of a whole, a [`count`];
//! - [`link`] the event that a quantity belongs to.

mod class;
mod context;
mod count;
mod digits;
mod fraction;
mod lexicon;
mod link;
mod measure;
mod money;
mod number;
mod pieces;
mod reading;
mod share;
mod tree;

#[cfg(test)]
mod conformance;
#[cfg(test)]
mod tests;

use crate::code::{Code, Id};
use crate::document::Document;
use crate::grammar::Zone;
use crate::span::Span;
use crate::tables::{QuantityRow, Rows};
use lexicon::Lexicon;
pub use lexicon::Outcome;
use link::Told;
use pieces::{Piece, Pieces};
use rustc_hash::FxHashMap;
use seeds::{SeedError, Seeds};

/// A quantity that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// Index of its sentence.
    pub sentence: u32,
    /// Number, unit and counted noun.
    pub span: Span,
    /// The contract's kind.
    pub kind: &'static str,
    /// The number, or the lower end of a range.
    pub value: f64,
    /// The upper end of a range.
    pub high: Option<f64>,
    /// ISO 4217 or UCUM-like code.
    pub unit: Option<Code>,
    /// `about`, `at_least`, `more_than`, `up_to` or `nearly`.
    pub modifier: Option<&'static str>,
    /// What is counted, or what the money is for.
    pub about: Option<Span>,
    /// What became of the counted people.
    pub outcome: Option<Outcome>,
}

/// Buffers of this stage, reused from one article to the next.
#[derive(Debug, Default)]
pub struct Scratch {
    pieces: Vec<Piece>,
    found: Vec<Quantity>,
    /// How often each currency's cues stand in the article; empty until asked for.
    cues: Vec<u32>,
}

/// The stage: what it knows.
#[derive(Debug)]
pub struct Quantities {
    lexicon: Lexicon,
    cues: FxHashMap<String, Vec<u16>>,
}

impl Quantities {
    /// Reads `seeds/lexicon/quantities/`.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let lexicon = Lexicon::new(seeds)?;
        let mut cues: FxHashMap<String, Vec<u16>> = FxHashMap::default();
        for (index, currency) in lexicon.currencies.iter().enumerate() {
            for cue in &currency.cues {
                cues.entry(cue.clone()).or_default().push(index as u16);
            }
        }
        Ok(Self { lexicon, cues })
    }

    /// The quantities of an article, in text order.
    pub fn find<'s>(&self, doc: &Document<'_>, scratch: &'s mut Scratch) -> &'s [Quantity] {
        let text = doc.article.letters();
        scratch.found.clear();
        scratch.cues.clear();
        for (at, sentence) in doc.parsed.sentences.iter().enumerate() {
            if sentence.zone == Zone::Boilerplate {
                continue;
            }
            pieces::cut(text, sentence.span, &mut scratch.pieces);
            let pieces = Pieces { text, all: &scratch.pieces };
            let mut reader = reading::Reader {
                stage: self,
                lexicon: &self.lexicon,
                pieces,
                sentence: at as u32,
                from: 0,
                tree: tree::Tree::new(doc, &self.lexicon, at as u32),
                cues: &mut scratch.cues,
            };
            reader.sentence(&mut scratch.found);
        }
        &scratch.found
    }

    /// Writes an article's rows, tied to the events that were written before.
    pub fn extract(&self, doc: &Document<'_>, article_id: Id, scratch: &mut Scratch, rows: &mut Rows) {
        let mut quantities = std::mem::take(&mut rows.quantities);
        let told = Told::of(article_id, rows);
        for found in self.find(doc, scratch) {
            quantities.push(QuantityRow {
                article_id,
                sentence_no: found.sentence as i32,
                start_char: doc.chars(found.span.start),
                end_char: doc.chars(found.span.end),
                text: doc.printed(found.span).to_owned(),
                kind: found.kind,
                value: Some(found.value),
                value_high: found.high,
                unit: found.unit,
                modifier: found.modifier,
                about: found.about.map(|span| doc.text(span).to_owned()),
                event_id: told.event(doc, found),
            });
        }
        rows.quantities = quantities;
    }

    /// Whether the article speaks for one of the currencies: "RM 42" in a text on Malaysia.
    fn cued(&self, shared: &[u16], text: &str) -> bool {
        let currencies = shared.iter().filter_map(|i| self.lexicon.currencies.get(usize::from(*i)));
        currencies.flat_map(|c| &c.cues).any(|cue| text.contains(cue.as_str()))
    }

    /// The currency of "20 cents" in an article that speaks of "HK$2" but not of "$2".
    fn marked(&self, shared: &[u16], text: &str) -> Option<Code> {
        let plain = text.match_indices('$').any(|(at, _)| {
            !text.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_alphabetic()))
        });
        let marks = |i: &u16| {
            let currency = self.lexicon.currencies.get(usize::from(*i)).filter(|c| c.marked)?;
            currency.sign.as_deref().is_some_and(|s| text.contains(s)).then_some(currency.code)
        };
        shared.iter().find_map(marks).filter(|_| !plain)
    }

    /// The currency among those that share a sign: the one whose cues are most frequent in the article, else the
    /// first.
    fn choose(&self, shared: &[u16], text: &str, counts: &mut Vec<u32>) -> Option<Code> {
        let cued = |i: &u16| self.lexicon.currencies.get(usize::from(*i)).is_some_and(|c| !c.cues.is_empty());
        if shared.iter().filter(|i| cued(i)).count() > 1 && counts.is_empty() {
            counts.resize(self.lexicon.currencies.len(), 0);
            for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()) {
                for index in self.cues.get(word).into_iter().flatten() {
                    if let Some(count) = counts.get_mut(usize::from(*index)) {
                        *count += 1;
                    }
                }
            }
        }
        let count = |i: u16| counts.get(usize::from(i)).copied().unwrap_or(0);
        let best = shared.iter().copied().reduce(|a, b| if count(b) > count(a) { b } else { a })?;
        self.lexicon.currencies.get(usize::from(best)).map(|c| c.code)
    }
}
