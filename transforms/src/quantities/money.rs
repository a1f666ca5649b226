//! Sums of money: a sign or code before the number, or a currency's name behind it.

use super::Quantity;
use super::lexicon::{Money, NumberWord};
use super::number::{self, Number};
use super::pieces::Kind;
use super::reading::{Amount, Reader};
use crate::code::Code;

/// Smallest value for which a doubtful currency word ("won") is believed.
const BELIEVED: f64 = 1000.0;

impl Reader<'_> {
    /// A currency sign before the number, and where it starts.
    pub fn sign(&self, at: usize, number: &Number) -> Option<(&'_ [u16], usize)> {
        let (shared, start) = self.lexicon.sign_before(&self.pieces, at).filter(|(_, s)| *s >= self.from)?;
        let text = self.pieces.span(start, at).of(self.pieces.text);
        let letters = text.len() <= 2 && text.bytes().all(|b| b.is_ascii_uppercase());
        // A single letter is a currency before larger sums only: "P500" is money, "P5" a name.
        let large =
            text.len() > 1 || number.scaled || number.value >= 100.0 || self.pieces.word(at).contains('.');
        let sure = !letters
            || self.pieces.glued(at) && number.digits && large
            || text.len() == 2
                && (number.scaled || number.value >= BELIEVED || self.stage.cued(shared, self.pieces.text));
        (sure && (number.digits || number.scaled)).then_some((shared.as_slice(), start))
    }

    /// "$5 m": behind a sign a letter apart multiplies too.
    pub fn letter_apart(&self, amount: &mut Amount) {
        let at = amount.end;
        let letter = matches!(self.pieces.word(at), "m" | "b" | "M" | "B") && !self.pieces.glued(at + 1);
        let free = !self.pieces.glued(at + 1) || self.pieces.is(at + 1, Kind::Mark);
        if let Some(NumberWord::Suffix(by)) = self.lexicon.number(&self.pieces, at)
            && (letter || matches!(self.pieces.word(at), "m" | "b") && free)
            && !amount.low.scaled
            && amount.high.is_none()
        {
            amount.low.value *= by;
            (amount.low.scaled, amount.end, amount.low.end) = (true, at + 1, at + 1);
        }
    }

    pub fn money(&self, amount: &Amount, end: usize, unit: Option<Code>, found: &mut Vec<Quantity>) -> usize {
        let about = self.about("money", amount.start, end);
        self.push(amount, (amount.start, end), ("money", unit), about, found);
        end
    }

    /// Money by a word behind the number: "50,000 Pakistani rupees", "10 cents".
    pub fn named_money(&mut self, amount: &Amount, found: &mut Vec<Quantity>) -> Option<usize> {
        let at = self.behind(amount);
        let money: Money<'_> = self.lexicon.currency(&self.pieces, at)?;
        let big = amount.low.scaled || amount.low.value >= BELIEVED;
        let code = |i: &u16| self.lexicon.currencies.get(usize::from(*i)).and_then(|c| c.sign.as_deref());
        let signed = || money.shared.first().and_then(code).is_some_and(|s| self.pieces.text.contains(s));
        let pieces = &self.pieces;
        let clipped = matches!(pieces.word(money.end), "'" | "’") && pieces.word(money.end + 1) == "t";
        if money.doubtful && !big && !signed() || clipped || self.belongs_to_next(&money) {
            return None;
        }
        let unit = match money.chosen {
            Some(index) => self.lexicon.currencies.get(usize::from(index)).map(|c| c.code),
            None => {
                let shared: &[u16] = money.shared;
                let marked = if money.minor { self.stage.marked(shared, self.pieces.text) } else { None };
                marked.or_else(|| self.stage.choose(shared, self.pieces.text, self.cues))
            }
        };
        let (mut amount, mut end) = (*amount, money.end);
        amount.low.value *= money.factor;
        if let Some(NumberWord::Scale(by)) =
            self.lexicon.number(&self.pieces, end).filter(|_| !amount.low.scaled)
        {
            amount.low.value *= by;
            end += 1;
        }
        if money.minor {
            amount.low.value /= 100.0;
            amount.high = amount.high.map(|v| v / 100.0);
        } else if let Some((part, after)) = self.hundredths(end) {
            amount.low.value += part;
            end = after;
        }
        Some(self.money(&amount, end, unit, found))
    }

    /// Whether a sign between two numbers is the second's: "3 US$50 cards".
    pub fn belongs_to_next(&self, money: &Money<'_>) -> bool {
        let pieces = &self.pieces;
        let second = self.number_at(money.end).filter(|_| pieces.is(money.end, Kind::Digits));
        let own = second.is_some_and(|n| !self.lexicon.ends_sign(pieces, n.end));
        own && self.lexicon.sign_before(pieces, money.end).is_some()
            && (pieces.glued(money.end) || self.hundredths(money.end).is_none())
    }

    /// "and 50 cents" behind a sum, or "15 dollars 50" where nothing follows that the number could count.
    pub fn hundredths(&self, end: usize) -> Option<(f64, usize)> {
        let pieces = &self.pieces;
        let and = usize::from(pieces.word(end) == "and");
        let at = end + and;
        let number = number::parse(self.lexicon, pieces, at).filter(|n| n.value < 100.0 && !n.scaled)?;
        let minor = self.lexicon.currency(pieces, number.end).filter(|m| m.minor).map(|m| m.end);
        let last = || {
            let two = !number.digits
                || pieces.word(at).len() == 2 && pieces.word(at).bytes().all(|b| b.is_ascii_digit());
            let alone = pieces.all.get(number.end).is_none()
                || pieces.word(number.end) == "more"
                || matches!(pieces.word(number.end), "." | "," | ";" | "?" | "!" | ")") && !number.fraction;
            let free =
                end.checked_sub(8).map_or(0..end, |from| from..end).all(|i| pieces.word(i) != "between");
            (two && alone && free && number.value >= 10.0).then_some(number.end)
        };
        minor.or_else(last).map(|after| (number.value / 100.0, after))
    }
}
