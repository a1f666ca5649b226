//! Sentiment: the tone of sentences and articles, and the attitude towards those they name.

pub mod vader;

use crate::code::Id;
use crate::document::Document;
use crate::figures::FigureSet;
use crate::tables::SentimentRow;
use seeds::{SeedError, Seeds};

/// The tones that other tables carry.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tone {
    /// The article's.
    pub article: Option<f64>,
    /// Each sentence's.
    pub sentences: Vec<Option<f64>>,
}

/// Buffers of this stage, reused from one article to the next.
#[derive(Debug, Default)]
pub struct Scratch {}

/// The stage: what it knows.
#[derive(Debug)]
pub struct Sentiment {}

impl Sentiment {
    /// Reads the lexicons.
    pub fn new(_seeds: &Seeds) -> Result<Self, SeedError> {
        Ok(Self {})
    }

    /// Writes an article's rows and gives the tones.
    pub fn extract(
        &self,
        _doc: &Document<'_>,
        _article_id: Id,
        _figures: &FigureSet,
        _scratch: &mut Scratch,
        _rows: &mut Vec<SentimentRow>,
    ) -> Tone {
        Tone::default()
    }
}
