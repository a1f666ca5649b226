//! One quantity from a number on: range, currency, unit or counted noun.

use super::context::Context;
use super::lexicon::{Class, Lexicon, MILLION, Outcome};
use super::number::{self, Number};
use super::pieces::{Kind, Pieces};
use super::tree::Tree;
use super::{Quantities, Quantity};
use crate::code::Code;
use crate::span::Span;

/// Reads the quantities of one sentence.
pub struct Reader<'a> {
    /// The stage.
    pub stage: &'a Quantities,
    /// Its words.
    pub lexicon: &'a Lexicon,
    /// The sentence.
    pub pieces: Pieces<'a>,
    /// Its index.
    pub sentence: u32,
    /// Its tree.
    pub tree: Option<Tree<'a>>,
    /// The piece behind the last quantity: nothing before it belongs to the next.
    pub from: usize,
    /// Counts of currency cues in the article, filled when first needed.
    pub cues: &'a mut Vec<u32>,
}

/// The numbers of a quantity before its unit is known.
#[derive(Debug, Clone, Copy)]
pub struct Amount {
    /// The number, or the lower one.
    pub low: Number,
    /// The upper one.
    pub high: Option<f64>,
    /// Where the text of the quantity starts: at the sign before the number, if there is one.
    pub start: usize,
    /// The piece behind.
    pub end: usize,
    /// Whether a minus stands before it.
    pub negative: bool,
}

/// A count that a following one may join.
#[derive(Debug, Clone, Copy)]
pub struct Last {
    /// Its place among those found.
    pub index: usize,
    /// The piece behind it.
    pub end: usize,
    /// What a verb before it says became of the people.
    pub before: Option<Outcome>,
}

impl Reader<'_> {
    pub fn context(&self) -> Context<'_> {
        Context { lexicon: self.lexicon, pieces: self.pieces }
    }

    /// Finds every quantity of the sentence.
    pub fn sentence(&mut self, found: &mut Vec<Quantity>) {
        let mut at = 0;
        let mut last = None;
        while let Some(piece) = self.pieces.get(at) {
            // A common mark begins nothing; the fractions ("½") are longer.
            if piece.kind == Kind::Mark && piece.span.len() == 1 {
                at += 1;
                continue;
            }
            if let Some(end) = self.address(at) {
                at = end;
                continue;
            }
            let Some(number) = number::parse(self.lexicon, &self.pieces, at) else {
                at = self.one_and_more(at, found).unwrap_or(at + 1);
                continue;
            };
            let before = found.len();
            at = self.quantity(at, number, found, &mut last).max(number.end).max(at + 1);
            if found.len() > before {
                self.from = at;
            }
        }
    }

    /// The end of an address of the web that starts at a piece: its digits are no quantities.
    pub fn address(&self, at: usize) -> Option<usize> {
        let pieces = &self.pieces;
        let starts = pieces.glued(at + 1)
            && matches!(pieces.word(at), "http" | "https" | "www" | "pic")
            && matches!(pieces.word(at + 1), ":" | ".");
        starts.then(|| (at + 1..pieces.all.len()).find(|i| !pieces.glued(*i)).unwrap_or(pieces.all.len()))
    }

    /// Reads the quantity of a number; the piece behind what was read.
    pub fn quantity(
        &mut self,
        at: usize,
        number: Number,
        found: &mut Vec<Quantity>,
        last: &mut Option<Last>,
    ) -> usize {
        let mut number = number;
        let code = at.checked_sub(1).and_then(|b| self.lexicon.millions(self.pieces.word(b)));
        let sign = match code {
            Some(shared) => {
                number.value *= MILLION;
                Some((shared.as_slice(), at - 1))
            }
            None => self.sign(at, &number),
        };
        if self.context().part_of_a_name(at, &number, sign.is_some()) {
            return self.run(at);
        }
        let mut amount = self.range(at, number, sign.map(|(_, start)| start));
        if let Some((shared, start)) = sign {
            let shared = shared.to_vec();
            self.letter_apart(&mut amount);
            let unit = self.stage.choose(&shared, self.pieces.text, self.cues);
            let again = self.lexicon.currency(&self.pieces, amount.end).filter(|m| {
                m.shared.iter().any(|i| shared.contains(i)) && !self.pieces.is(m.end, Kind::Digits)
            });
            let mut end = again.map_or(amount.end, |m| m.end);
            amount.start = start;
            if let Some((part, after)) =
                self.hundredths(end).filter(|_| self.pieces.word(end) == "and" && !amount.low.scaled)
            {
                amount.low.value += part;
                end = after;
            }
            return self.money(&amount, end, unit, found);
        }
        if let Some(end) = self.named_money(&amount, found) {
            return end;
        }
        if let Some(end) = self.measure(&amount, found) {
            return end;
        }
        if let Some(end) = self.measured_before(&amount, found) {
            return end;
        }
        if let Some(end) = self.share(&amount, found) {
            return end;
        }
        self.count(&amount, found, last)
    }

    /// The end of a run of glued digits and marks: a telephone number or a date is passed as one.
    pub fn run(&self, at: usize) -> usize {
        let mut end = at + 1;
        while self.pieces.glued(end)
            && (self.pieces.is(end, Kind::Digits)
                || matches!(self.pieces.word(end), "-" | "–" | "/" | ":" | "."))
        {
            end += 1;
        }
        end
    }

    /// A range where a second number follows: `2-3 million`, "5 to 10", "between 5 and 10".
    pub fn range(&self, at: usize, low: Number, sign: Option<usize>) -> Amount {
        let pieces = &self.pieces;
        let minus = number::minus(pieces, sign.unwrap_or(at));
        let start = minus.unwrap_or(sign.unwrap_or(at));
        let amount = Amount { low, high: None, start, end: low.end, negative: minus.is_some() };
        let before = self.modifier_start(start);
        let just = usize::from(matches!(pieces.before(before, 1), "just" | "only"));
        let between = pieces.before(before, 1 + just).eq_ignore_ascii_case("between");
        let join = pieces.word(low.end);
        let second = low.end + 1;
        let joined = pieces.dash(low.end) && pieces.glued(low.end) == pieces.glued(second)
            || join == "to"
            || join == "or" && low.value < 100.0
            || join == "and" && between;
        if !joined || low.fraction || low.vague {
            return amount;
        }
        let mut second = second;
        if let Some(first) = sign {
            let width = at - first;
            if pieces.span(first, at).of(pieces.text) == pieces.span(second, second + width).of(pieces.text) {
                second += width;
            }
        }
        let Some(high) = number::parse(self.lexicon, pieces, second).filter(|n| !n.vague && !n.fraction)
        else {
            return amount;
        };
        let mut low = low;
        if high.scaled && !low.scaled && low.value < 1000.0 && low.value * high.factor <= high.value {
            low.value *= high.factor;
            (low.scaled, low.letter, low.factor) = (true, high.letter, high.factor);
        }
        let year = self.context().year(at, &low) && high.value < 2100.0;
        if high.value <= low.value || year || self.context().part_of_a_name(second, &high, true) {
            return amount;
        }
        Amount { low, high: Some(high.value), end: high.end, ..amount }
    }

    pub fn number_at(&self, at: usize) -> Option<Number> {
        number::parse(self.lexicon, &self.pieces, at)
    }

    pub fn modifier_start(&self, start: usize) -> usize {
        self.modifier_before(start).map_or(start, |(_, at)| at)
    }

    /// The modifier before a number; a preposition of the noun is none: "won over two rivals".
    pub fn modifier_before(&self, start: usize) -> Option<(&'static str, usize)> {
        let found = self.lexicon.longest_before(&self.pieces, start, Class::modifier)?;
        let span = self.pieces.span(found.1, start);
        let small = self.number_at(start).is_some_and(|n| n.value <= 20.0 && !n.scaled);
        (start - found.1 > 1 || !small || !self.tree.is_some_and(|t| t.governs(span))).then_some(found)
    }

    pub fn modifier(&self, amount: &Amount, end: usize, kind: &'static str) -> Option<&'static str> {
        let before = match kind {
            "count" | "killed" | "injured" => self.modifier_before(amount.start),
            _ => self.lexicon.longest_before(&self.pieces, amount.start, Class::modifier),
        };
        let before = before.map(|(m, _)| m);
        let plus = self.pieces.word(amount.end) == "+" && self.pieces.glued(amount.end);
        let behind = || {
            [amount.end, end].into_iter().find_map(|from| {
                // "29 states plus the capital" are no more than 29 states.
                if from > amount.end && self.pieces.word(from) == "plus" {
                    return None;
                }
                let at = from + usize::from(self.pieces.dash(from));
                self.lexicon.longest(&self.pieces, at, Class::modifier_behind).map(|(m, _)| m)
            })
        };
        before.or(plus.then_some("at_least")).or_else(behind).or(amount.low.vague.then_some("at_least"))
    }

    pub fn push(
        &self,
        amount: &Amount,
        (start, end): (usize, usize),
        (kind, unit): (&'static str, Option<Code>),
        about: Option<Span>,
        found: &mut Vec<Quantity>,
    ) {
        let sign = if amount.negative { -1.0 } else { 1.0 };
        found.push(Quantity {
            sentence: self.sentence,
            span: self.pieces.span(start, end),
            kind,
            value: sign * amount.low.value,
            high: amount.high.map(|v| sign * v),
            unit,
            modifier: self.modifier(amount, end, kind),
            about,
            outcome: None,
        });
    }
}
