//! Numbers in digits and words: `1,250`, `12,34,567`, `3.5m`, `two and a half million`, `half a dozen`, `⅔`.

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

/// Longest run of digits, commas and points that is read as a number.
const LONGEST: usize = 24;

/// The number that starts at a piece.
pub fn parse(lexicon: &Lexicon, pieces: &Pieces<'_>, at: usize) -> Option<Number> {
    let reader = Reader { lexicon, pieces };
    if pieces.is(at, Kind::Digits) { reader.digits(at) } else { reader.words(at) }
}

/// The value of digits with separators: thousands by comma (also Indian groups), one decimal point.
pub fn literal(text: &str) -> Option<f64> {
    if text.len() > LONGEST {
        return None;
    }
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.contains(['.', ',']) {
        return None;
    }
    let mut groups = whole.rsplit(',');
    let last = groups.next()?;
    let mut plain = [0_u8; LONGEST];
    let mut len = 0;
    let mut first = last.len();
    if whole.len() != last.len() {
        if last.len() != 3 {
            return None;
        }
        for group in groups {
            if !(2..=3).contains(&first) || group.is_empty() || group.len() > 3 {
                return None;
            }
            first = group.len();
        }
    }
    for byte in text.bytes().filter(|b| *b != b',') {
        *plain.get_mut(len)? = byte;
        len += 1;
    }
    plain.get(..len).and_then(|b| std::str::from_utf8(b).ok())?.parse().ok()
}

/// The value of a fraction character.
fn vulgar(text: &str) -> Option<f64> {
    Some(match text {
        "½" => 0.5,
        "⅓" => 1.0 / 3.0,
        "⅔" => 2.0 / 3.0,
        "¼" => 0.25,
        "¾" => 0.75,
        "⅕" => 0.2,
        "⅖" => 0.4,
        "⅗" => 0.6,
        "⅘" => 0.8,
        "⅙" => 1.0 / 6.0,
        "⅛" => 0.125,
        "⅜" => 0.375,
        "⅝" => 0.625,
        "⅞" => 0.875,
        _ => return None,
    })
}

struct Reader<'a> {
    lexicon: &'a Lexicon,
    pieces: &'a Pieces<'a>,
}

impl Reader<'_> {
    fn word(&self, at: usize) -> Option<NumberWord> {
        self.lexicon.number(self.pieces, at)
    }

    /// The index behind an optional hyphen at `at` that joins two words of a number.
    fn skip_hyphen(&self, at: usize) -> usize {
        if self.pieces.dash(at) && self.pieces.glued(at) && self.pieces.glued(at + 1) { at + 1 } else { at }
    }

    fn digits(&self, at: usize) -> Option<Number> {
        let mut value = literal(self.pieces.word(at))?;
        let mut end = at + 1;
        let mut fraction = false;
        if let Some((grouped, after)) = self.spaced_groups(at) {
            (value, end) = (grouped, after);
        } else if let Some((ratio, after)) = self.ratio(at) {
            (value, end, fraction) = (ratio, after, true);
        } else if let Some((ratio, after)) = self.ratio(end).filter(|_| !self.pieces.glued(end)) {
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

    /// `1 414 021 100`: groups of three parted by one space each, at least two behind the first.
    fn spaced_groups(&self, at: usize) -> Option<(f64, usize)> {
        let pieces = self.pieces;
        let first = pieces.word(at);
        if first.len() > 3 || first.starts_with('0') {
            return None;
        }
        let mut value: f64 = first.parse().ok()?;
        let (mut end, mut groups, mut narrow) = (at + 1, 0, true);
        while groups < 6 && pieces.is(end, Kind::Digits) && pieces.word(end).len() == 3 {
            let (a, b) = (pieces.get(end.checked_sub(1)?)?, pieces.get(end)?);
            let gap = pieces.text.get(a.span.end as usize..b.span.start as usize)?;
            if gap.chars().count() != 1 {
                break;
            }
            narrow &= gap != " ";
            value = value * 1000.0 + pieces.word(end).parse::<f64>().ok()?;
            (end, groups) = (end + 1, groups + 1);
        }
        (groups >= 2 || groups == 1 && narrow).then_some((value, end))
    }

    /// `3/4` with small parts.
    fn ratio(&self, at: usize) -> Option<(f64, usize)> {
        let pieces = self.pieces;
        let joined = pieces.is(at, Kind::Digits)
            && pieces.word(at + 1) == "/"
            && pieces.glued(at + 1)
            && pieces.is(at + 2, Kind::Digits)
            && pieces.glued(at + 2)
            && !(pieces.word(at + 3) == "/" && pieces.glued(at + 3));
        let parts = joined.then(|| (pieces.word(at).parse::<u8>(), pieces.word(at + 2).parse::<u8>()));
        match parts {
            Some((Ok(a), Ok(b))) if a < b && b <= 10 && a > 0 => Some((f64::from(a) / f64::from(b), at + 3)),
            _ => None,
        }
    }

    /// Multipliers behind a number, and "and a half" behind those.
    fn scale(&self, mut number: Number) -> Option<Number> {
        let mut factor = 1.0;
        loop {
            let at = self.skip_hyphen(number.end);
            let glued = self.pieces.glued(at) && at == number.end;
            let by = match self.word(at) {
                Some(NumberWord::Hundred) => 100.0,
                Some(NumberWord::Scale(v) | NumberWord::Dozen(v) | NumberWord::Vague(v @ 12.0)) => v,
                Some(NumberWord::Suffix(v)) if number.digits && !number.scaled => {
                    let single = self.pieces.word(at).len() == 1;
                    if at != number.end
                        || (single && !glued)
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
        if let (Some(value), Some(NumberWord::Scale(by))) = (value, self.word(number.end + 1))
            && by < factor
            && value * by < factor
        {
            (number.value, number.end) = (number.value + value * by, number.end + 2);
        }
    }

    /// "and a half", "and three quarters": the part and the end.
    fn and_fraction(&self, at: usize) -> Option<(f64, usize)> {
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

    fn words(&self, at: usize) -> Option<Number> {
        if let Some(part) = vulgar(self.pieces.word(at)) {
            let number = Number { value: part, fraction: true, ..plain(at + 1) };
            return self.scale(number);
        }
        match self.word(at)? {
            NumberWord::Vague(value) => Some(self.vague(value, at)),
            NumberWord::Half => self.half(at),
            NumberWord::Fraction(4.0) => self.part(0.25, at + 1, false),
            NumberWord::Article => self.article(at),
            NumberWord::Unit(_) | NumberWord::Ten(_) | NumberWord::Hundred => self.cardinal(at),
            NumberWord::Scale(_) => None,
            _ => None,
        }
    }

    /// "tens of thousands": the least it can be.
    fn vague(&self, value: f64, at: usize) -> Number {
        let (mut value, mut end) = (value, at + 1);
        while self.pieces.word(end).eq_ignore_ascii_case("of")
            && let Some(NumberWord::Vague(by)) = self.word(end + 1)
            && end < at + 6
        {
            (value, end) = (value * by, end + 2);
        }
        Number { value, scaled: true, vague: true, ..plain(end) }
    }

    /// "half a million", "half million", "half a dozen", "half".
    fn half(&self, at: usize) -> Option<Number> {
        let article = matches!(self.word(at + 1), Some(NumberWord::Article));
        self.part(0.5, at + 1 + usize::from(article), article)
    }

    /// A fraction, and "of a million" behind it.
    fn part(&self, value: f64, end: usize, article: bool) -> Option<Number> {
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
                    let value = total + group * by;
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

    /// A fraction word behind the unit at `at` ("two thirds", "one-quarter"): its share and the end.
    fn fraction_follows(&self, at: usize, _within: bool) -> Option<(f64, usize)> {
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
    fn part_of(&self, number: Number) -> Option<Number> {
        let part = self.part(number.value, number.end, false)?;
        Some(if part.scaled { part } else { number })
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
fn plain(end: usize) -> Number {
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
