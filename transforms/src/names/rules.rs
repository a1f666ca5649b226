//! Rules that mend what the chain found.

use super::{NameLabel, NameModel, NameScratch, NameToken};
use std::ops::Range;

/// A name as the chain or a rule proposes it.
#[derive(Clone, Copy, Debug)]
pub struct Draft {
    pub start: usize,
    pub end: usize,
    pub label: NameLabel,
    /// The chain's catch-all class: its kind is still to be told.
    pub misc: bool,
    pub confidence: u8,
}

pub fn apply(_model: &NameModel, _sentences: &[Range<usize>], _tokens: &[NameToken<'_>], _scratch: &mut NameScratch) {}
