//! Dates, times, money, shares, amounts and numbers, found by a small grammar over word classes.
//!
//! DATE means a calendar date (a day, month, year, decade or century by name), not "three years" or "today".
//!
//! - [`classes`] the class of each token;
//! - [`dates`], [`amounts`] what can follow a month and a number.

mod amounts;
mod classes;
mod dates;

use super::features::TokenInfo;
use super::rules::Draft;
use super::{NameSpan, NameToken};
use crate::grammar::EntityLabel;
use classes::{Class, classify};
use std::ops::Range;

/// Buffers, reused from one document to the next.
#[derive(Default)]
pub struct NumberScratch {
    classes: Vec<Class>,
    taken: Vec<bool>,
}
/// Adds the number-like spans to those of `drafts` and writes all to `out`, in order.
pub fn find(
    sentences: &[Range<usize>],
    tokens: &[NameToken<'_>],
    infos: &[TokenInfo],
    scratch: &mut NumberScratch,
    drafts: &[Draft],
    out: &mut Vec<NameSpan>,
) {
    scratch.classes.clear();
    scratch.classes.extend(tokens.iter().zip(infos).map(|(t, i)| classify(t, i)));
    scratch.taken.clear();
    scratch.taken.resize(tokens.len(), false);
    for d in drafts {
        out.push(NameSpan { tokens: d.start..d.end, label: d.label, confidence: d.confidence });
        scratch.taken.iter_mut().take(d.end).skip(d.start).for_each(|t| *t = true);
    }
    for sentence in sentences {
        let mut k = sentence.start;
        while k < sentence.end {
            let reader = Reader {
                classes: &scratch.classes,
                taken: &scratch.taken,
                tokens,
                end: sentence.end,
                start: sentence.start,
            };
            match reader.at(k) {
                Some((from, end, label)) if end > k => {
                    out.push(NameSpan { tokens: from..end, label, confidence: 230 });
                    k = end;
                }
                _ => k += 1,
            }
        }
    }
    // Names do not overlap, whatever the rules and the numbers claimed: the first and then the longer one stays.
    out.sort_unstable_by_key(|s| (s.tokens.start, std::cmp::Reverse(s.tokens.end)));
    out.dedup_by(|next, kept| next.tokens.start < kept.tokens.end);
}

struct Reader<'a> {
    classes: &'a [Class],
    taken: &'a [bool],
    tokens: &'a [NameToken<'a>],
    start: usize,
    end: usize,
}

impl Reader<'_> {
    fn class(&self, k: usize) -> Class {
        if k >= self.end || self.taken.get(k).copied().unwrap_or(true) {
            return Class::Other;
        }
        self.classes.get(k).copied().unwrap_or_default()
    }

    fn text(&self, k: usize) -> &str {
        if k < self.end && k >= self.start { self.tokens.get(k).map_or("", |t| t.text) } else { "" }
    }

    fn tight(&self, k: usize) -> bool {
        k < self.end && self.tokens.get(k).is_some_and(|t| !t.space_before)
    }

    fn is_number(&self, k: usize) -> bool {
        matches!(self.class(k), Class::Number | Class::Day | Class::Year | Class::NumberWord)
    }

    fn before(&self, k: usize) -> &str {
        k.checked_sub(1).map_or("", |b| self.text(b))
    }

    /// The expression that begins at a token, if any: its first token, the one past its end, its kind.
    fn at(&self, k: usize) -> Option<(usize, usize, EntityLabel)> {
        let class = self.class(k);
        match class {
            Class::Other
            | Class::Magnitude
            | Class::Percent
            | Class::Unit
            | Class::ClockMark
            | Class::Currency
            | Class::Century => match class {
                Class::Magnitude if self.text(k).len() > 4 && self.text(k).ends_with('s') => {
                    let mut end = k + 1;
                    while self.text(end) == "of" && self.class(end + 1) == Class::Magnitude {
                        end += 2;
                    }
                    if self.text(end) == "of" && self.class(end + 1) == Class::Currency {
                        return Some((k, end + 2, EntityLabel::Money));
                    }
                    if self.class(end) == Class::Currency {
                        return Some((k, end + 1, EntityLabel::Money));
                    }
                    Some((k, end, EntityLabel::Cardinal))
                }
                Class::Unit | Class::Percent if self.text(k).starts_with(|c: char| c.is_ascii_digit()) => {
                    Some((
                        k,
                        k + 1,
                        if class == Class::Unit { EntityLabel::Quantity } else { EntityLabel::Percent },
                    ))
                }
                _ => None,
            },
            Class::IsoDate => Some((k, k + 1, EntityLabel::Date)),
            Class::Clock => {
                let end = if self.class(k + 1) == Class::ClockMark { k + 2 } else { k + 1 };
                Some((k, end, EntityLabel::Time))
            }
            Class::Month => self.month(k),
            Class::Weekday => {
                // "Saturday June 25", "Sunday, March 3": one date.
                let next = if self.text(k + 1) == "," { k + 2 } else { k + 1 };
                match self.class(next) {
                    Class::Month => self.month(next).map(|m| (k, m.1, m.2)),
                    Class::Day if self.class(next + 1) == Class::Month => {
                        self.at(next).map(|m| (k, m.1, m.2))
                    }
                    _ => Some((k, k + 1, EntityLabel::Date)),
                }
            }
            Class::Decade => Some((k, k + 1, EntityLabel::Date)),
            Class::Symbol => {
                let mut number = k + 1;
                // "US" and "$" may be two tokens, as may a code and a sign.
                if self.class(number) == Class::Symbol && self.tight(number) {
                    number += 1;
                }
                if !matches!(self.class(number), Class::Number | Class::Day | Class::Year) {
                    return None;
                }
                let lone = self.text(k).len() == 1 && self.text(k).is_ascii() && self.text(k) != "$";
                if lone && !self.tight(number) {
                    return None;
                }
                let start = if matches!(
                    self.before(k),
                    "US" | "A"
                        | "NT"
                        | "HK"
                        | "S"
                        | "C"
                        | "NZ"
                        | "AU"
                        | "R"
                        | "N"
                        | "J"
                        | "CA"
                        | "U.S."
                        | "GH"
                        | "TT"
                ) && self.tight(k)
                    && !self.taken.get(k - 1).copied().unwrap_or(true)
                {
                    k - 1
                } else {
                    k
                };
                Some((start, self.money_tail(number + 1), EntityLabel::Money))
            }
            Class::CodeAndNumber => Some((k, self.money_tail(k + 1), EntityLabel::Money)),
            Class::Ordinal | Class::OrdinalWord => {
                if self.class(k + 1) == Class::Century {
                    return Some((k, k + 2, EntityLabel::Date));
                }
                if self.class(k + 1) == Class::Month && class == Class::Ordinal {
                    return self.month(k + 1).map(|m| (k, m.1, m.2));
                }
                if self.text(k + 1) == "of" && self.class(k + 2) == Class::Month {
                    return self.month(k + 2).map(|m| (k, m.1, m.2));
                }
                Some((k, k + 1, EntityLabel::Ordinal))
            }
            Class::Day if self.class(k + 1) == Class::Month && self.text(k + 1).len() > 2 => {
                self.month(k + 1).map(|m| (k, m.1, m.2))
            }
            Class::Day if self.class(k + 1) == Class::ClockMark => Some((k, k + 2, EntityLabel::Time)),
            Class::Year if self.money_or_amount(k).is_none() => {
                let mut end = k + 1;
                if matches!(self.text(end), "-" | "–" | "/")
                    && self.tight(end)
                    && self.tight(end + 1)
                    && matches!(self.class(end + 1), Class::Year | Class::Day)
                {
                    end += 2;
                }
                if end == k + 1 && !self.text(k).contains(['-', '/']) && self.counted(k) {
                    return Some((k, end, EntityLabel::Cardinal));
                }
                Some((k, end, EntityLabel::Date))
            }
            _ => self.money_or_amount(k).or_else(|| self.cardinal(k)),
        }
    }
}
