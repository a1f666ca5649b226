//! Quantities with a unit of measure, and what an amount is of.

use super::Quantity;
use super::lexicon::{Class, NumberWord, Unit};
use super::number::{self, Number};
use super::pieces::Kind;
use super::reading::{Amount, Reader};
use crate::span::Span;

impl Reader<'_> {
    /// Where a unit can start: behind a hyphen, "of" ("tens of kilometres"), "a" ("half an hour").
    pub fn behind(&self, amount: &Amount) -> usize {
        let pieces = &self.pieces;
        let end = amount.end;
        let hyphen = pieces.dash(end) && pieces.glued(end) && pieces.glued(end + 1);
        if hyphen && self.odd(amount) {
            return end + 2;
        }
        // "4- year term": some wires set a blank behind the hyphen.
        if pieces.dash(end)
            && pieces.glued(end)
            && !pieces.glued(end + 1)
            && self.lexicon.unit(pieces, end + 1).is_some()
        {
            return end + 1;
        }
        let of = amount.low.vague && pieces.word(end) == "of";
        let article = |at: usize| amount.low.fraction && matches!(pieces.word(at), "a" | "an");
        if pieces.word(end) == "of" && article(end + 1) {
            return end + 2;
        }
        let at = end + usize::from(hyphen || of || article(end));
        // "three more days"
        let again = at == end
            && self.lexicon.class(pieces, at, at + 1).has(Class::AGAIN)
            && self.lexicon.unit(pieces, at + 1).is_some();
        at + usize::from(again)
    }

    /// A quantity with a unit of measure.
    pub fn measure(&self, amount: &Amount, found: &mut Vec<Quantity>) -> Option<usize> {
        let mut amount = *amount;
        let at = self.behind(&amount);
        let letter = amount.low.letter.filter(|l| l + 1 == amount.end);
        // "2.5m barrels" are no metres, "a 7.62mm barrel" is measured in millimetres.
        let unit = || self.lexicon.unit(&self.pieces, amount.end).is_some();
        let many = self.pieces.word(amount.end).ends_with('s') || self.pieces.word(amount.end).len() <= 3;
        let letter = letter.filter(|_| !(many && unit()));
        let bracketed = self.bracketed_unit(&amount);
        let (unit, end) = match letter.and_then(|l| self.lexicon.unit(&self.pieces, l)) {
            Some(found) if self.context().noun(amount.end).is_none() => {
                amount.low.value /= amount.low.factor;
                amount.high = amount.high.map(|v| v / amount.low.factor);
                found
            }
            _ => self.lexicon.unit(&self.pieces, at).or(bracketed)?,
        };
        if self.context().age(end) {
            return Some(end + 1);
        }
        // "on the set of 60 Minutes"
        let span = self.pieces.span(amount.start, amount.end);
        if unit.kind == "duration" && self.tree.is_some_and(|t| t.named(span)) {
            return Some(end);
        }
        let word = self.pieces.word(at);
        let short = word.len() == 1 && self.pieces.is(at, Kind::Word) && letter.is_none();
        if short && !amount.low.digits || amount.low.value == 1.0 && !amount.low.digits && word == "day" {
            return None;
        }
        // "the 1986 year end"
        if self.context().year(amount.start, &amount.low) && unit.kind == "duration" && !word.ends_with('s') {
            return None;
        }
        let between = self.pieces.before(amount.start, 1).eq_ignore_ascii_case("between");
        let (part, mut end) =
            if between || amount.high.is_some() { (0.0, end) } else { self.added(unit, end) };
        amount.low.value += part;
        if let Some((high, after)) = self.again(&amount, unit, end) {
            (amount.high, end) = (Some(high), after);
        }
        // "45C" is a temperature, "Section 45C" and "747C" are none.
        if word == "C"
            && (!self.pieces.glued(at)
                || amount.low.value > 70.0
                || self.context().labelled(amount.start)
                || self.pieces.before(amount.start, 1).starts_with(|c: char| c.is_uppercase()))
        {
            return None;
        }
        let year_before = self.context().year(amount.start, &amount.low)
            && !self.pieces.glued(at)
            && unit.kind != "duration";
        if year_before && unit.kind == "distance" && short {
            return None;
        }
        let about = self.about(unit.kind, amount.start, end);
        self.push(&amount, (amount.start, end), (unit.kind, Some(unit.code)), about, found);
        Some(end)
    }

    /// What an amount is of: by the tree, or by the words around it where there is none.
    pub fn about(&self, kind: &'static str, start: usize, end: usize) -> Option<Span> {
        let span = self.pieces.span(start, end);
        if let Some(tree) = self.tree.filter(|t| t.sees(span)) {
            return tree.about(span, kind);
        }
        let words = || self.context().purpose(start, end).map(|(from, to)| self.pieces.span(from, to));
        if kind == "duration" { None } else { words() }
    }

    /// "magnitude 6.1", "a magnitude of 7": a unit before its number.
    pub fn measured_before(&self, amount: &Amount, found: &mut Vec<Quantity>) -> Option<usize> {
        let pieces = &self.pieces;
        let start = self.modifier_start(amount.start);
        let back = 1 + usize::from(matches!(pieces.before(start, 1), "of" | "-"));
        let first = start.checked_sub(back)?;
        let unit = self.lexicon.unit_before(pieces.word(first)).filter(|_| amount.low.digits)?;
        let unit = (unit.kind, Some(unit.code));
        self.push(amount, (amount.start, amount.end), unit, None, found);
        Some(amount.end)
    }

    /// "20 (kg)": a unit in brackets.
    pub fn bracketed_unit(&self, amount: &Amount) -> Option<(Unit, usize)> {
        let close = match self.pieces.word(amount.end) {
            "(" => ")",
            "[" => "]",
            "{" => "}",
            "<" => ">",
            _ => return None,
        };
        let (unit, end) = self.lexicon.unit(&self.pieces, amount.end + 1).filter(|_| amount.low.digits)?;
        (self.pieces.word(end) == close).then_some((unit, end + 1))
    }

    /// "and 2 inches" behind feet, "and 3 months" behind years, "and a half": what it adds in the first unit, and the
    /// end.
    pub fn added(&self, unit: Unit, end: usize) -> (f64, usize) {
        let pieces = &self.pieces;
        let reader = number::Reader { lexicon: self.lexicon, pieces };
        if let Some(part) = reader.and_fraction(end) {
            return part;
        }
        let at = end + usize::from(pieces.word(end) == "and");
        let whole = |n: &Number| !n.vague && !n.fraction && n.value > 0.0;
        let Some(number) = number::parse(self.lexicon, pieces, at).filter(whole) else { return (0.0, end) };
        let inches =
            unit.code == "ft" && pieces.word(number.end) == "in" && self.ends_measure(number.end + 1);
        if inches && number.value < 12.0 {
            return (number.value / 12.0, number.end + 1);
        }
        let smaller = |u: &Unit| u.kind == unit.kind && u.size > 0.0 && number.value * u.size < unit.size;
        match self.lexicon.unit(pieces, number.end) {
            Some((small, after)) if smaller(&small) => (number.value * small.size / unit.size, after),
            _ => (0.0, end),
        }
    }

    /// "3km-5km", "10%-15%": the upper end of a range whose unit stands twice, and the piece behind.
    fn again(&self, amount: &Amount, unit: Unit, end: usize) -> Option<(f64, usize)> {
        let pieces = &self.pieces;
        let joined = pieces.dash(end) && pieces.glued(end) && pieces.glued(end + 1) && amount.high.is_none();
        let high = self.number_at(end + 1).filter(|n| joined && n.value > amount.low.value && !n.fraction)?;
        let (same, after) = self.lexicon.unit(pieces, high.end).filter(|(u, _)| u.code == unit.code)?;
        (same.kind == unit.kind).then_some((high.value, after))
    }

    /// "an hour and a half": a unit with an article and what is added to it; the piece behind.
    pub fn one_and_more(&self, at: usize, found: &mut Vec<Quantity>) -> Option<usize> {
        let short = self.pieces.word(at).len() <= 2;
        let article = short && matches!(self.lexicon.number(&self.pieces, at), Some(NumberWord::Article));
        let (unit, end) = article.then(|| self.lexicon.unit(&self.pieces, at + 1))??;
        let (part, after) = self.added(unit, end);
        if part == 0.0 || unit.kind != "duration" {
            return None;
        }
        let one = Number { value: 1.0 + part, ..number::plain(after) };
        let amount = Amount { low: one, high: None, start: at, end: after, negative: false };
        self.push(&amount, (at, after), (unit.kind, Some(unit.code)), None, found);
        Some(after)
    }

    /// Whether "in" before this piece is the unit: nothing follows that it could introduce.
    pub fn ends_measure(&self, at: usize) -> bool {
        !self.pieces.is(at, Kind::Word) && !self.pieces.is(at, Kind::Digits)
            || matches!(self.pieces.word(at), "tall" | "high" | "long" | "wide" | "more")
    }

    /// "100-odd workers", "20-plus years": a modifier is joined to the number.
    pub fn odd(&self, amount: &Amount) -> bool {
        self.lexicon.class(&self.pieces, amount.end + 1, amount.end + 2).modifier_behind().is_some()
    }
}
