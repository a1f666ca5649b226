//! Dates, times, money, shares, amounts and numbers, found by a small grammar.

use super::rules::Draft;
use super::{NameSpan, NameToken};
use std::ops::Range;

#[derive(Default)]
pub struct NumberScratch {}

pub fn find(
    _sentences: &[Range<usize>],
    _tokens: &[NameToken<'_>],
    _scratch: &mut NumberScratch,
    drafts: &[Draft],
    out: &mut Vec<NameSpan>,
) {
    out.extend(drafts.iter().map(|d| NameSpan { tokens: d.start..d.end, label: d.label, confidence: d.confidence }));
}
