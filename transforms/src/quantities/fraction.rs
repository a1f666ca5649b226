//! Fractions and unknown many in words: "half a million", "two thirds", "and a half", "tens of thousands".

use super::lexicon::NumberWord;
use super::number::{Number, Reader, plain};

impl Reader<'_> {
    /// "and a half", "and three quarters": the part and the end.
    pub fn and_fraction(&self, at: usize) -> Option<(f64, usize)> {
        if !self.pieces.word(at).eq_ignore_ascii_case("and") {
            return None;
        }
        let over = |at: usize| match self.word(at) {
            Some(NumberWord::Half) => Some(2.0),
            Some(NumberWord::Fraction(d)) => Some(d),
            _ => None,
        };
        let (count, at) = match self.word(at + 1)? {
            NumberWord::Article => (1.0, at + 2),
            NumberWord::Unit(n) => (n, self.skip_hyphen(at + 2)),
            _ => return None,
        };
        over(at).map(|d| (count / d, at + 1))
    }

    /// "half a million", "half million", "half a dozen", "half".
    pub fn half(&self, at: usize) -> Option<Number> {
        let article = matches!(self.word(at + 1), Some(NumberWord::Article));
        self.part(0.5, at + 1 + usize::from(article), article)
    }

    /// A fraction, and "of a million" behind it.
    pub fn part(&self, value: f64, end: usize, article: bool) -> Option<Number> {
        let number = Number { value, fraction: true, ..plain(end) };
        let of = self.pieces.word(end).eq_ignore_ascii_case("of")
            && matches!(self.word(end + 1), Some(NumberWord::Article))
            && matches!(self.word(end + 2), Some(NumberWord::Scale(_)));
        let scaled = self.scale(Number { end: if of { end + 2 } else { end }, ..number })?;
        if scaled.scaled {
            return Some(scaled);
        }
        Some(Number { end: end - usize::from(article), ..number })
    }

    /// A fraction word behind the unit at `at` ("two thirds", "one-quarter"): its share and the end.
    pub fn fraction_follows(&self, at: usize, _within: bool) -> Option<(f64, usize)> {
        if !matches!(self.word(at), Some(NumberWord::Unit(_))) {
            return None;
        }
        let next = self.skip_hyphen(at + 1);
        match self.word(next) {
            Some(NumberWord::Fraction(d)) => Some((1.0 / d, next + 1)),
            Some(NumberWord::Half) => Some((0.5, next + 1)),
            _ => None,
        }
    }

    /// "two thirds of a million".
    pub fn part_of(&self, number: Number) -> Option<Number> {
        let part = self.part(number.value, number.end, false)?;
        Some(if part.scaled { part } else { number })
    }

    /// "several dozen", "a few hundred", "a couple of thousand": the least it can be.
    pub fn few(&self, value: f64, at: usize) -> Option<Number> {
        let of = usize::from(self.pieces.word(at + 1) == "of");
        let number = Number { value, ..plain(at + 1 + of) };
        self.scale(number).filter(|n| n.scaled).map(|n| Number { vague: true, ..n })
    }

    /// "tens of thousands": the least it can be.
    pub fn vague(&self, value: f64, at: usize) -> Number {
        let (mut value, mut end) = (value, at + 1);
        while self.pieces.word(end).eq_ignore_ascii_case("of")
            && let Some(NumberWord::Vague(by)) = self.word(end + 1)
            && end < at + 6
        {
            (value, end) = (value * by, end + 2);
        }
        Number { value, scaled: true, vague: true, ..plain(end) }
    }
}
