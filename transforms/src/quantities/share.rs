//! Shares in words: "two thirds of the seats", "half the population", "one in five", "nine out of ten".
//!
//! They are written as parts of one, with the unit `1`.

use super::Quantity;
use super::lexicon::{Class, NumberWord};
use super::number::Number;
use super::pieces::Kind;
use super::reading::{Amount, Reader};
use crate::code::Code;
use crate::span::Span;

/// Largest number that something is "one in".
const MOST: f64 = 1_000_000.0;

impl Reader<'_> {
    /// Reads the share that starts with an amount; the piece behind it.
    pub fn share(&self, amount: &Amount, found: &mut Vec<Quantity>) -> Option<usize> {
        let (value, end) = if amount.low.fraction {
            (amount.low.value, self.part(amount)?)
        } else {
            self.proportion(amount)?
        };
        let mut amount = *amount;
        (amount.low.value, amount.end) = (value, end);
        let about = self.shared(amount.start, end);
        self.push(&amount, (amount.start, end), ("other", Code::new("1")), about, found);
        Some(end)
    }

    /// The end of a fraction that is a share of something: "half of them", "two thirds of the seats", "nearly half".
    fn part(&self, amount: &Amount) -> Option<usize> {
        let pieces = &self.pieces;
        let (start, end) = (amount.start, amount.end);
        let counted = matches!(
            pieces.before(start, 1),
            "first"
                | "second"
                | "third"
                | "fourth"
                | "last"
                | "final"
                | "other"
                | "latter"
                | "former"
                | "next"
                | "this"
                | "that"
                | "each"
                | "opening"
                | "bottom"
                | "top"
                | "fiscal"
                | "previous"
        );
        let named = matches!(self.lexicon.number(pieces, start), Some(NumberWord::Fraction(_)));
        if counted || named || amount.high.is_some() || amount.negative || amount.low.digits {
            return None;
        }
        let half = matches!(self.lexicon.number(pieces, start), Some(NumberWord::Half));
        let next = pieces.word(end);
        let of = next == "of" && !pieces.is(end + 1, Kind::Digits);
        let whole = half && matches!(next, "the" | "its" | "their" | "his" | "her" | "our" | "all");
        let loose = self.modifier_before(start).is_some()
            && !pieces.dash(end)
            && !matches!(next, "a" | "an" | "past" | "way" | "time" | "price" | "century" | "hour");
        (of || whole || loose).then_some(end)
    }

    /// "one in five", "nine out of ten": the share and its end.
    fn proportion(&self, amount: &Amount) -> Option<(f64, usize)> {
        let pieces = &self.pieces;
        let whole = |n: &Number| n.value.fract() == 0.0 && n.value >= 1.0 && !n.vague && !n.fraction;
        if !whole(&amount.low) || amount.high.is_some() || amount.negative {
            return None;
        }
        let says = |at: usize, word: &str| pieces.word(at).eq_ignore_ascii_case(word);
        let out = says(amount.end, "out") && says(amount.end + 1, "of");
        let at = amount.end + if out { 2 } else { 1 };
        if !out && !says(amount.end, "in") {
            return None;
        }
        // "every" and the like: "one in every five"
        let at = at + usize::from(matches!(pieces.word(at), "every" | "each"));
        let of = self.number_at(at).filter(|n| whole(n) && n.value > amount.low.value && n.value <= MOST)?;
        let context = self.context();
        let measured = self.lexicon.unit(pieces, of.end).is_some()
            || self.lexicon.currency(pieces, of.end).is_some()
            || self.lexicon.class(pieces, of.end, of.end + 1).has(Class::MONTH)
            || context.year(at, &of)
            || context.part_of_a_name(at, &of, false);
        let round = of.value <= 10.0 || of.value % 10.0 == 0.0 || of.value == 25.0;
        let common = amount.low.value <= 9.0 && round && (amount.low.value == 1.0 || of.value <= 100.0);
        let free = context.outcome_before(self.modifier_start(amount.start)).is_none();
        (!measured && (out || common && free)).then_some((amount.low.value / of.value, of.end))
    }

    /// What a share is of.
    fn shared(&self, start: usize, end: usize) -> Option<Span> {
        let span = self.pieces.span(start, end);
        let of = self.tree.filter(|t| t.sees(span)).and_then(|t| t.about(span, "share"));
        of.or_else(|| {
            let skip = usize::from(self.pieces.word(end) == "of");
            let skip = skip
                + usize::from(matches!(
                    self.pieces.word(end + skip),
                    "the" | "its" | "their" | "his" | "her" | "our" | "all"
                ));
            let noun = self.context().noun(end + skip)?;
            Some(self.pieces.span(noun.start, noun.end))
        })
    }
}
