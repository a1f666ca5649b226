//! Numbers in digits and words: `1,250`, `12,34,567`, `3.5m`, `two and a half million`, `half a dozen`, `⅔`.

use super::digits::{literal, ratio, spaced_groups, vulgar};
use super::lexicon::{Lexicon, NumberWord};
use super::pieces::{Kind, Pieces};

/// A number and where it ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// Its value; of a vague one ("dozens") the least.
    pub value: f64,
    /// Index of the piece behind it.
    pub end: usize,
    /// Whether a word or letter multiplied it.
    pub scaled: bool,
    /// What the words behind it multiplied it by.
    pub factor: f64,
    /// The index of a multiplier that is a letter and may be a unit instead (`m`, `t`).
    pub letter: Option<usize>,
    /// Whether it is written in digits.
    pub digits: bool,
    /// Whether it is a word for an unknown many.
    pub vague: bool,
    /// Whether it is only an article or a fraction: "a", "half", "two thirds".
    pub fraction: bool,
}

/// The number that starts at a piece.
pub fn parse(lexicon: &Lexicon, pieces: &Pieces<'_>, at: usize) -> Option<Number> {
    let reader = Reader { lexicon, pieces };
    if pieces.is(at, Kind::Digits) { reader.digits(at) } else { reader.words(at) }
}

/// A minus before a number, as a dash or a word, and where it stands.
pub fn minus(pieces: &Pieces<'_>, start: usize) -> Option<usize> {
    let before = start.checked_sub(1)?;
    let dash = pieces.dash(before)
        && pieces.glued(start)
        && !pieces.glued(before)
        && before.checked_sub(1).is_none_or(|b| !pieces.is(b, Kind::Digits));
    // "plus or minus three points" is no negative.
    let word =
        matches!(pieces.word(before), "minus" | "negative" | "Minus") && pieces.before(before, 1) != "or";
    (dash || word).then_some(before)
}

/// Reads a number in the pieces of a sentence.
pub struct Reader<'a> {
    /// The words.
    pub lexicon: &'a Lexicon,
    /// The sentence.
    pub pieces: &'a Pieces<'a>,
}

impl Reader<'_> {
    pub fn word(&self, at: usize) -> Option<NumberWord> {
        self.lexicon.number(self.pieces, at)
    }

    /// The index behind an optional hyphen at `at` that joins two words of a number.
    pub fn skip_hyphen(&self, at: usize) -> usize {
        let pieces = self.pieces;
        // Some wires part the hyphen: "fifty - two", "five - eighths".
        let apart = || {
            let pair = (at.checked_sub(1).and_then(|b| self.word(b)), self.word(at + 1));
            matches!(
                pair,
                (Some(NumberWord::Ten(_)), Some(NumberWord::Unit(_)))
                    | (Some(NumberWord::Unit(_)), Some(NumberWord::Fraction(_)))
            )
        };
        let tight = pieces.glued(at) && pieces.glued(at + 1);
        let joins = pieces.dash(at) && (tight || !pieces.glued(at) && !pieces.glued(at + 1) && apart());
        if joins { at + 1 } else { at }
    }

    fn digits(&self, at: usize) -> Option<Number> {
        let mut value = literal(self.pieces.word(at))?;
        let mut end = at + 1;
        let mut fraction = false;
        if let Some((grouped, after)) = spaced_groups(self.pieces, at) {
            (value, end) = (grouped, after);
        } else if let Some((ratio, after)) = ratio(self.pieces, at) {
            (value, end, fraction) = (ratio, after, true);
        } else if let Some((ratio, after)) = ratio(self.pieces, end).filter(|_| !self.pieces.glued(end)) {
            (value, end) = (value + ratio, after);
        } else if let Some(part) = vulgar(self.pieces.word(end)) {
            (value, end) = (value + part, end + 1);
        }
        self.scale(Number {
            value,
            end,
            scaled: false,
            factor: 1.0,
            letter: None,
            digits: true,
            vague: false,
            fraction,
        })
    }

    /// Multipliers behind a number, and "and a half" behind those.
    pub fn scale(&self, mut number: Number) -> Option<Number> {
        let mut factor = 1.0;
        loop {
            let at = self.skip_hyphen(number.end);
            let glued = self.pieces.glued(at) && at == number.end;
            let by = match self.word(at) {
                Some(NumberWord::Hundred) => 100.0,
                Some(NumberWord::Scale(v) | NumberWord::Dozen(v) | NumberWord::Vague(v @ 12.0)) => v,
                Some(NumberWord::Suffix(v)) if number.digits && !number.scaled => {
                    let single = self.pieces.word(at).len() == 1;
                    // "2.5 k" and "3 M" may stand apart, "5 m" may not: that is a metre.
                    let apart = matches!(self.pieces.word(at), "k" | "K" | "M");
                    if at != number.end
                        || (single && !glued && !apart)
                        || (self.pieces.glued(at + 1) && !self.ends(at + 1))
                    {
                        break;
                    }
                    number.letter = Some(at);
                    v
                }
                _ => break,
            };
            number.value = tidy(number.value * by);
            factor *= by;
            (number.scaled, number.end, number.fraction) = (true, at + 1, false);
            if number.letter.is_some() {
                break;
            }
        }
        number.factor *= factor;
        if number.letter.is_some() {
            return Some(number);
        }
        if number.scaled {
            if let Some((part, end)) = self.and_fraction(number.end) {
                (number.value, number.end) = (number.value + part * factor, end);
            } else if number.digits && factor == 100.0 {
                self.rest(&mut number);
            } else if number.digits {
                self.smaller(&mut number, factor);
                self.words_behind(&mut number, factor);
            }
        }
        Some(number)
    }

    /// Whether the piece at an index can stand right behind a number's last letter.
    fn ends(&self, at: usize) -> bool {
        self.pieces.is(at, Kind::Mark) && self.pieces.word(at) != "/"
    }

    /// `3 hundred and 21`: the rest below a hundred.
    fn rest(&self, number: &mut Number) {
        let at = number.end + 1;
        if self.pieces.word(number.end) != "and" {
            return;
        }
        let digits = literal(self.pieces.word(at)).map(|value| Number { value, ..plain(at + 1) });
        let words = || {
            matches!(self.word(at)?, NumberWord::Unit(_) | NumberWord::Ten(_)).then(|| self.cardinal(at))?
        };
        let rest = digits.or_else(words).filter(|n| n.value < 100.0 && !n.scaled && n.value.fract() == 0.0);
        let more = |n: &Number| matches!(self.word(n.end), Some(NumberWord::Hundred | NumberWord::Scale(_)));
        if let Some(rest) = rest.filter(|n| !more(n)) {
            (number.value, number.end) = (number.value + rest.value, rest.end);
        }
    }

    /// `2 crore 50 lakh`: a second, smaller scaled number is added.
    fn smaller(&self, number: &mut Number, factor: f64) {
        if !self.pieces.is(number.end, Kind::Digits) {
            return;
        }
        let value = literal(self.pieces.word(number.end));
        let by = match self.word(number.end + 1) {
            Some(NumberWord::Scale(by)) => by,
            Some(NumberWord::Hundred) => 100.0,
            _ => return,
        };
        if let Some(value) = value.filter(|v| by < factor && v * by < factor) {
            (number.value, number.end) = (number.value + value * by, number.end + 2);
            if by == 100.0 {
                self.rest(number);
            }
        }
    }

    /// `6 crore and two hundred`: the rest in words.
    fn words_behind(&self, number: &mut Number, factor: f64) {
        let at = number.end + 1;
        let words = matches!(self.word(at), Some(NumberWord::Unit(_) | NumberWord::Ten(_)));
        if !words || self.pieces.word(number.end) != "and" {
            return;
        }
        if let Some(rest) =
            self.cardinal(at).filter(|n| n.scaled && n.value < factor && n.value.fract() == 0.0)
        {
            (number.value, number.end) = (number.value + rest.value, rest.end);
        }
    }

    /// Whether "one" stands for something named before: "which one do you", "the one that".
    fn pronoun(&self, at: usize) -> bool {
        let pieces = self.pieces;
        let determined = matches!(
            pieces.before(at, 1),
            "the"
                | "The"
                | "this"
                | "This"
                | "that"
                | "That"
                | "which"
                | "Which"
                | "each"
                | "every"
                | "another"
        );
        let open = !pieces.is(at + 1, Kind::Word)
            || matches!(
                pieces.word(at + 1),
                "you"
                    | "I"
                    | "he"
                    | "she"
                    | "it"
                    | "we"
                    | "they"
                    | "is"
                    | "was"
                    | "are"
                    | "were"
                    | "do"
                    | "does"
                    | "did"
                    | "can"
                    | "could"
                    | "will"
                    | "would"
                    | "has"
                    | "had"
                    | "that"
                    | "who"
                    | "which"
            );
        determined && open && !pieces.dash(at + 1)
    }

    fn words(&self, at: usize) -> Option<Number> {
        if let Some(part) = vulgar(self.pieces.word(at)) {
            let number = Number { value: part, fraction: true, ..plain(at + 1) };
            return self.scale(number);
        }
        match self.word(at)? {
            NumberWord::Vague(value) => Some(self.vague(value, at)),
            NumberWord::Few(value) => self.few(value, at),
            NumberWord::Half => self.half(at),
            NumberWord::Fraction(4.0) => self.part(0.25, at + 1, false),
            NumberWord::Article => self.article(at),
            NumberWord::Unit(1.0) if self.pronoun(at) => None,
            NumberWord::Unit(_) | NumberWord::Ten(_) | NumberWord::Hundred => self.cardinal(at),
            NumberWord::Scale(_) => None,
            _ => None,
        }
    }

    /// "a hundred", "a million", "a dozen", "a third", "a half".
    fn article(&self, at: usize) -> Option<Number> {
        let one = Number { value: 1.0, ..plain(at + 1) };
        match self.word(at + 1)? {
            NumberWord::Hundred => self.cardinal(at + 1),
            NumberWord::Scale(_) | NumberWord::Dozen(_) => self.scale(one),
            NumberWord::Half => self.half(at + 1),
            NumberWord::Fraction(d) => self.part(1.0 / d, at + 2, false),
            _ => None,
        }
    }

    /// "two hundred and five thousand and twelve", "one and a half", "five point two", "two thirds".
    fn cardinal(&self, at: usize) -> Option<Number> {
        let (mut total, mut group, mut end) = (0.0, 0.0, at);
        let (mut last, mut scaled, mut open) = (f64::INFINITY, false, true);
        loop {
            let mut next = self.skip_hyphen(end);
            let and = self.pieces.word(next).eq_ignore_ascii_case("and") && scaled && end > at;
            if and {
                next += 1;
            }
            match self.word(next) {
                Some(NumberWord::Unit(n))
                    if open
                        && (group == 0.0
                            || group % 100.0 == 0.0
                            || group % 10.0 == 0.0 && group % 100.0 >= 20.0 && n < 10.0 && n > 0.0) =>
                {
                    if self.fraction_follows(next, end > at).is_some() && end > at {
                        break;
                    }
                    group += n;
                    open = false;
                }
                Some(NumberWord::Ten(n)) if open && group % 100.0 == 0.0 => group += n,
                Some(NumberWord::Hundred) if !and && (group > 0.0 || end == at) && group < 100.0 => {
                    group = group.max(1.0) * 100.0;
                    (open, scaled) = (true, true);
                }
                Some(NumberWord::Scale(by)) if !and && group > 0.0 && by < last => {
                    total += group * by;
                    (group, last, open, scaled) = (0.0, by, true, true);
                }
                Some(NumberWord::Scale(by)) if !and && group == 0.0 && total > 0.0 => {
                    (total, last) = (total * by, last * by);
                }
                Some(NumberWord::Dozen(by)) if !and && group > 0.0 => {
                    // "three hundred and two dozen" are 324.
                    let last = if group > 100.0 { group % 100.0 } else { group };
                    let value = total + (group - last) + last * by;
                    return Some(Number { value, scaled: true, ..plain(next + 1) });
                }
                _ => break,
            }
            end = next + 1;
        }
        if end == at {
            return None;
        }
        let factor = if group == 0.0 && last.is_finite() { last } else { 1.0 };
        let mut number = Number { value: total + group, scaled, factor, ..plain(end) };
        if let Some((part, after)) = self.fraction_follows(end.saturating_sub(1), false) {
            let before = number.value;
            let count = group % 100.0;
            number =
                Number { value: before - count + part * count, fraction: before == count, ..plain(after) };
            return self.part_of(number);
        }
        if let Some((part, after)) = self.and_fraction(number.end) {
            if let Some(NumberWord::Scale(by)) = self.word(after)
                && by < factor
            {
                return Some(Number { value: number.value + part * by, end: after + 1, ..number });
            }
            number = Number { value: number.value + part * factor, end: after, ..number };
            return self.scale(number);
        }
        self.point(&mut number);
        self.scale(number)
    }

    /// "five point two".
    fn point(&self, number: &mut Number) {
        if !matches!(self.word(number.end), Some(NumberWord::Point)) {
            return;
        }
        if let Some(NumberWord::Ten(_)) = self.word(number.end + 1) {
            if let Some(part) = self.cardinal(number.end + 1).filter(|n| n.value < 100.0) {
                (number.value, number.end) = (number.value + part.value / 100.0, part.end);
            }
            return;
        }
        if let Some(NumberWord::Unit(n)) =
            self.word(number.end + 1).filter(|w| !matches!(w, NumberWord::Unit(n) if *n < 10.0))
        {
            (number.value, number.end) = (number.value + n / 100.0, number.end + 2);
            return;
        }
        let (mut place, mut at, mut value) = (0.1, number.end + 1, number.value);
        while let Some(NumberWord::Unit(n)) = self.word(at)
            && n < 10.0
            && place > 1e-9
        {
            (value, place, at) = (value + n * place, place / 10.0, at + 1);
        }
        if at > number.end + 1 {
            (number.value, number.end) = (value, at);
        }
    }
}

/// A product without the dust of binary fractions: 16.4 million is 16,400,000.
fn tidy(value: f64) -> f64 {
    let whole = value.round();
    if (value - whole).abs() < 1e-4 { whole } else { value }
}

/// A number without anything special, up to `end`.
pub fn plain(end: usize) -> Number {
    Number {
        value: 0.0,
        end,
        scaled: false,
        factor: 1.0,
        letter: None,
        digits: false,
        vague: false,
        fraction: false,
    }
}
