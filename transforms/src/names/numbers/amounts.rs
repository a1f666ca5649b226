//! Money, shares and amounts: a number with what follows it.

use super::Reader;
use super::classes::Class;
use crate::grammar::EntityLabel;

impl Reader<'_> {
    /// The token behind the multipliers ("million") that start at one.
    fn magnitudes(&self, mut k: usize) -> usize {
        while self.class(k) == Class::Magnitude && (self.text(k).len() > 1 || self.tight(k)) {
            k += 1;
        }
        k
    }

    /// What may follow a currency sign and a number: "million", "US dollars".
    pub fn money_tail(&self, k: usize) -> usize {
        let mut end = k;
        if matches!(self.text(end), "-" | "–")
            && matches!(self.class(end + 1), Class::Number | Class::Day | Class::Year | Class::CodeAndNumber)
        {
            end += 2;
        } else if matches!(self.text(end), "-" | "–") && self.class(end + 1) == Class::Magnitude {
            end += 1;
        }
        end = self.magnitudes(end);
        if self.class(end) == Class::Currency && self.text(end).len() > 2 {
            end += 1;
        }
        end
    }

    /// A number with what makes it money, a share or an amount.
    pub fn money_or_amount(&self, k: usize) -> Option<(usize, usize, EntityLabel)> {
        if !self.is_number(k) {
            return None;
        }
        let mut end = k + 1;
        while self.is_number(end)
            && self.class(end) == Class::NumberWord
            && self.class(k) == Class::NumberWord
        {
            end += 1;
        }
        if self.text(end) == "-" && self.tight(end) && self.is_number(end + 1) {
            end += 2;
        }
        let after = self.magnitudes(end);
        if self.class(after) == Class::Currency && self.text(after) != "real" {
            return Some((k, after + 1, EntityLabel::Money));
        }
        // "three million Colombian pesos", "40 million U.S. dollars".
        if self.class(after + 1) == Class::Currency
            && self.text(after).starts_with(|c: char| c.is_ascii_uppercase())
        {
            return Some((k, after + 2, EntityLabel::Money));
        }
        if self.class(after) == Class::Percent {
            return Some((k, after + 1, EntityLabel::Percent));
        }
        if self.text(after) == "per" && self.text(after + 1) == "cent" {
            return Some((k, after + 2, EntityLabel::Percent));
        }
        let unit = if self.text(after) == "-" { after + 1 } else { after };
        if self.class(unit) == Class::Unit {
            return Some((k, unit + 1, EntityLabel::Quantity));
        }
        (after > end).then_some((k, after, EntityLabel::Cardinal))
    }

    /// A plain number.
    pub fn cardinal(&self, k: usize) -> Option<(usize, usize, EntityLabel)> {
        let mut end = k + 1;
        while self.class(k) == Class::NumberWord
            && matches!(self.class(end), Class::NumberWord | Class::Magnitude)
        {
            end += 1;
        }
        Some((k, end, EntityLabel::Cardinal))
    }
}
