//! The tone of news: `columnist-news-1`.
//!
//! The words of a sentence keep the values VADER gives them in their place (negation, degree, "but"), save those that
//! `seeds/lexicon/news_ratings.tsv` rates anew, since in news they are plain facts ("united", "security", "interest").
//! A sentence whose values sum to `s` has the tone `s / sqrt(s² + 30)`, and none where no word is rated. An article's
//! tone is the mean of its sentences' tones, each weighted by the square root of its rated words (a title twice),
//! over the sum of the weights, plus 0.25 for every sentence without a rated word, plus 2: short texts and texts with
//! little to judge stay near zero, and no text reaches the ends of the scale by its length.

use super::vader;
use crate::grammar::Zone;
use rustc_hash::FxHashMap;
use seeds::table::Table;
use seeds::{SeedError, Seeds};

/// What bounds a sentence's sum.
const BOUND: f64 = 30.0;
/// Weight of a sentence without a rated word.
const PLAIN: f64 = 0.25;
/// Weight of nothing at all.
const DAMPING: f64 = 2.0;

/// The words that are rated anew.
#[derive(Debug)]
pub struct News {
    ratings: FxHashMap<String, f64>,
}

/// The sums over an article's sentences.
#[derive(Debug, Default)]
pub struct Buffers {
    positive: f64,
    negative: f64,
    weights: f64,
    words: i32,
}

impl News {
    /// Reads `lexicon/news_ratings.tsv`.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let file = "lexicon/news_ratings.tsv";
        let table = Table::parse(file, seeds.text(file)?)?;
        let (word, factor) = (table.column("word")?, table.column("factor")?);
        let mut ratings = FxHashMap::default();
        for row in table.rows() {
            let value = row.cell(factor).parse().map_err(|_| row.error("the factor is no number"))?;
            ratings.insert(row.cell(word).to_owned(), value);
        }
        Ok(Self { ratings })
    }

    /// The tone of the sentence that VADER has just scored; it is added to the article's.
    pub fn sentence(&self, scored: &vader::Buffers, zone: Zone, buffers: &mut Buffers) -> Option<f64> {
        let (mut sum, mut words) = (0.0, 0);
        for (word, value) in scored.evidence() {
            let value = value * self.ratings.get(word).copied().unwrap_or(1.0);
            if value != 0.0 {
                sum += value;
                words += 1;
            }
        }
        if words == 0 {
            buffers.weights += PLAIN;
            return None;
        }
        let tone = sum / (sum * sum + BOUND).sqrt();
        let weight = f64::from(words).sqrt() * if zone == Zone::Title { 2.0 } else { 1.0 };
        buffers.weights += weight;
        buffers.words += words;
        if tone > 0.0 {
            buffers.positive += weight * tone;
        } else {
            buffers.negative -= weight * tone;
        }
        Some(round(tone))
    }
}

impl Buffers {
    /// Begins an article.
    pub fn start(&mut self) {
        *self = Self::default();
    }

    /// The article's tone, the positive and the negative part of it, and the number of rated words.
    pub fn article(&self) -> (Option<f64>, Option<f64>, Option<f64>, i32) {
        if self.words == 0 {
            return (None, None, None, 0);
        }
        let share = |v: f64| round(v / (self.weights + DAMPING));
        let score = share(self.positive - self.negative);
        (Some(score), Some(share(self.positive)), Some(share(self.negative)), self.words)
    }
}

fn round(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}
