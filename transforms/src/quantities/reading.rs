//! One quantity from a number on: range, currency, unit or counted noun.

use super::context::{Context, Noun};
use super::lexicon::{Lexicon, Money, Outcome};
use super::number::{self, Number};
use super::pieces::{Kind, Pieces};
use super::{Quantities, Quantity};
use crate::code::Code;

/// Smallest value for which a doubtful currency word ("won") is believed.
const BELIEVED: f64 = 1000.0;

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
    /// Counts of currency cues in the article, filled when first needed.
    pub cues: &'a mut Vec<u32>,
}

/// The numbers of a quantity before its unit is known.
#[derive(Debug, Clone, Copy)]
struct Amount {
    low: Number,
    high: Option<f64>,
    /// Where the text of the quantity starts: at the sign before the number, if there is one.
    start: usize,
    end: usize,
    negative: bool,
}

/// A count that a following one may join.
#[derive(Debug, Clone, Copy)]
struct Last {
    index: usize,
    end: usize,
    before: Option<Outcome>,
}

impl Reader<'_> {
    fn context(&self) -> Context<'_> {
        Context { lexicon: self.lexicon, pieces: self.pieces }
    }

    /// Finds every quantity of the sentence.
    pub fn sentence(&mut self, found: &mut Vec<Quantity>) {
        let mut at = 0;
        let mut last = None;
        while at < self.pieces.all.len() {
            let Some(number) = number::parse(self.lexicon, &self.pieces, at) else {
                at += 1;
                continue;
            };
            at = self.quantity(at, number, found, &mut last).max(number.end).max(at + 1);
        }
    }

    /// Reads the quantity of a number; the piece behind what was read.
    fn quantity(
        &mut self,
        at: usize,
        number: Number,
        found: &mut Vec<Quantity>,
        last: &mut Option<Last>,
    ) -> usize {
        let sign = self.sign(at, &number);
        if self.context().part_of_a_name(at, &number, sign.is_some()) {
            return self.run(at);
        }
        let mut amount = self.range(at, number, sign.map(|(_, start)| start));
        if let Some((shared, start)) = sign {
            let shared = shared.to_vec();
            let unit = self.stage.choose(&shared, self.pieces.text, self.cues);
            let again = self
                .lexicon
                .currency(&self.pieces, amount.end)
                .filter(|m| m.shared.iter().any(|i| shared.contains(i)));
            let end = again.map_or(amount.end, |m| m.end);
            amount.start = start;
            return self.money(&amount, end, unit, found);
        }
        if let Some(end) = self.named_money(&amount, found) {
            return end;
        }
        if let Some(end) = self.measure(&amount, found) {
            return end;
        }
        self.count(&amount, found, last)
    }

    /// The end of a run of glued digits and marks: a telephone number or a date is passed as one.
    fn run(&self, at: usize) -> usize {
        let mut end = at + 1;
        while self.pieces.glued(end)
            && (self.pieces.is(end, Kind::Digits)
                || matches!(self.pieces.word(end), "-" | "–" | "/" | ":" | "."))
        {
            end += 1;
        }
        end
    }

    /// A currency sign before the number, and where it starts.
    fn sign(&self, at: usize, number: &Number) -> Option<(&'_ [u16], usize)> {
        let (shared, start) = self.lexicon.sign_before(&self.pieces, at)?;
        let text = self.pieces.span(start, at).of(self.pieces.text);
        let letters = text.len() <= 2 && text.bytes().all(|b| b.is_ascii_uppercase());
        let sure = !letters
            || self.pieces.glued(at) && number.digits
            || text.len() == 2 && (number.scaled || number.value >= BELIEVED);
        (sure && (number.digits || number.scaled)).then_some((shared.as_slice(), start))
    }

    /// A range where a second number follows: `2-3 million`, "5 to 10", "between 5 and 10".
    fn range(&self, at: usize, low: Number, sign: Option<usize>) -> Amount {
        let pieces = &self.pieces;
        let minus = sign
            .unwrap_or(at)
            .checked_sub(1)
            .filter(|b| pieces.dash(*b) && pieces.glued(b + 1) && !pieces.glued(*b));
        let start = minus.unwrap_or(sign.unwrap_or(at));
        let amount = Amount { low, high: None, start, end: low.end, negative: minus.is_some() };
        let between = pieces.before(start, 1).eq_ignore_ascii_case("between");
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

    fn money(&self, amount: &Amount, end: usize, unit: Option<Code>, found: &mut Vec<Quantity>) -> usize {
        let (start, about) = (amount.start, self.context().purpose(amount.start, end));
        self.push(amount, (start, end), ("money", unit), about, found);
        end
    }

    /// Money by a word behind the number: "50,000 Pakistani rupees", "10 cents".
    fn named_money(&mut self, amount: &Amount, found: &mut Vec<Quantity>) -> Option<usize> {
        let at = self.behind(amount);
        let money: Money<'_> = self.lexicon.currency(&self.pieces, at)?;
        let big = amount.low.scaled || amount.low.value >= BELIEVED;
        if money.doubtful && !big {
            return None;
        }
        let unit = match money.chosen {
            Some(index) => self.lexicon.currencies.get(usize::from(index)).map(|c| c.code),
            None => {
                let shared: &[u16] = money.shared;
                self.stage.choose(shared, self.pieces.text, self.cues)
            }
        };
        let (mut amount, mut end) = (*amount, money.end);
        if let Some(super::lexicon::NumberWord::Scale(by)) =
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

    /// "and 50 cents" behind a sum.
    fn hundredths(&self, end: usize) -> Option<(f64, usize)> {
        let at = end + usize::from(self.pieces.word(end) == "and");
        let number = number::parse(self.lexicon, &self.pieces, at)?;
        let minor = self.lexicon.currency(&self.pieces, number.end).filter(|m| m.minor)?;
        (number.value < 100.0).then_some((number.value / 100.0, minor.end))
    }

    /// Where a unit can start: behind a hyphen, "of" ("tens of kilometres"), "a" ("half an hour").
    fn behind(&self, amount: &Amount) -> usize {
        let pieces = &self.pieces;
        let end = amount.end;
        let hyphen = pieces.dash(end) && pieces.glued(end) && pieces.glued(end + 1);
        let of = amount.low.vague && pieces.word(end) == "of";
        let article = amount.low.fraction && matches!(pieces.word(end), "a" | "an");
        end + usize::from(hyphen || of || article)
    }

    /// A quantity with a unit of measure.
    fn measure(&self, amount: &Amount, found: &mut Vec<Quantity>) -> Option<usize> {
        let mut amount = *amount;
        let at = self.behind(&amount);
        let letter = amount.low.letter.filter(|l| l + 1 == amount.end);
        let (unit, end) = match letter.and_then(|l| self.lexicon.unit(&self.pieces, l)) {
            Some(found) if self.context().noun(amount.end).is_none() => {
                amount.low.value /= amount.low.factor;
                amount.high = amount.high.map(|v| v / amount.low.factor);
                found
            }
            _ => self.lexicon.unit(&self.pieces, at)?,
        };
        if self.context().age(end) {
            return Some(end + 1);
        }
        let word = self.pieces.word(at);
        let short = word.len() == 1 && self.pieces.is(at, Kind::Word) && letter.is_none();
        if short && !amount.low.digits || amount.low.value == 1.0 && !amount.low.digits && word == "day" {
            return None;
        }
        let (inches, end) = if unit.code == "ft" { self.inches(end) } else { (0.0, end) };
        amount.low.value += inches;
        let year_before = self.context().year(amount.start, &amount.low)
            && !self.pieces.glued(at)
            && unit.kind != "duration";
        if year_before && unit.kind == "distance" && short {
            return None;
        }
        let about = (unit.kind != "duration").then(|| self.context().purpose(amount.start, end)).flatten();
        self.push(&amount, (amount.start, end), (unit.kind, Some(unit.code)), about, found);
        Some(end)
    }

    /// "and 2 inches" behind feet, in feet.
    fn inches(&self, end: usize) -> (f64, usize) {
        let at = end + usize::from(self.pieces.word(end) == "and");
        let number = number::parse(self.lexicon, &self.pieces, at).filter(|n| n.value < 12.0 && !n.vague);
        let Some(number) = number else { return (0.0, end) };
        match self.lexicon.unit(&self.pieces, number.end) {
            Some((unit, after)) if unit.code == "in" => (number.value / 12.0, after),
            _ => (0.0, end),
        }
    }

    /// A count of people or things.
    fn count(&self, amount: &Amount, found: &mut Vec<Quantity>, last: &mut Option<Last>) -> usize {
        let context = self.context();
        let pieces = &self.pieces;
        let number = &amount.low;
        let at = self.behind(amount);
        let partitive = pieces.word(at) == "of"
            && matches!(
                pieces.word(at + 1),
                "the" | "its" | "their" | "his" | "them" | "those" | "these" | "whom"
            );
        let from = if partitive { at + 2 } else { at };
        let one = number.value == 1.0 && amount.high.is_none();
        let noun = if one { self.singular(from) } else { context.noun(from) };
        let bare = Number { end: amount.end, ..*number };
        if number.fraction || context.bare_is_name(amount.start, &bare, noun) || amount.negative {
            return amount.end;
        }
        let end = noun.map_or(from, |n| n.end);
        let start = self.modifier_start(amount.start);
        let before = context.outcome_before(start).filter(|_| self.lives(start, noun));
        let behind = context.outcome_behind(end);
        let joined = last.filter(|l| self.joins(l.end, start));
        let toll = context.death_toll(start) && noun.is_none_or(|n| n.strong);
        let outcome = behind
            .map(|(o, _)| o)
            .or(before)
            .or(toll.then_some(Outcome::Killed))
            .or(joined.and_then(|l| l.before).filter(|_| noun.is_some()));
        if outcome.is_none() && (noun.is_none() || one) {
            return amount.end;
        }
        if let (Some((outcome, _)), Some(l)) = (behind, joined)
            && let Some(previous) = found.get_mut(l.index)
            && previous.outcome.is_none()
            && noun.is_some()
        {
            (previous.outcome, previous.kind) = (Some(outcome), kind(Some(outcome)));
        }
        let about = noun.map(|n| (n.start, n.end));
        let carried = before.or(joined.and_then(|l| l.before).filter(|_| behind.is_none()));
        *last = Some(Last { index: found.len(), end, before: carried });
        self.push(amount, (amount.start, end), (kind(outcome), None), about, found);
        if let Some(row) = found.last_mut() {
            row.outcome = outcome;
        }
        end
    }

    /// The noun behind "one": up to two words without a stop.
    fn singular(&self, from: usize) -> Option<Noun> {
        let is = |at: usize| {
            self.pieces.is(at, Kind::Word)
                && self.context().noun(at).is_none_or(|n| n.end > at)
                && self.context().outcome_behind(at).is_none()
        };
        let end = (from..from + 3).take_while(|i| is(*i)).count() + from;
        (end > from).then_some(Noun { start: from, end, strong: false })
    }

    /// Whether a verb before the number speaks of it: "claimed 12 lives", not "claimed two attacks".
    fn lives(&self, start: usize, noun: Option<Noun>) -> bool {
        let claimed = matches!(self.pieces.before(start, 1), "claimed" | "claiming");
        !claimed || noun.is_some_and(|n| self.pieces.word(n.end.saturating_sub(1)) == "lives")
    }

    /// Whether only "and", commas and "as well as" stand between two counts.
    fn joins(&self, end: usize, start: usize) -> bool {
        start >= end
            && start - end <= 3
            && (end..start).all(|i| matches!(self.pieces.word(i), "and" | "," | "as" | "well" | "plus"))
            && start > end
    }

    fn modifier_start(&self, start: usize) -> usize {
        let before = self.lexicon.longest_before(&self.pieces, start, super::lexicon::Class::modifier);
        before.map_or(start, |(_, at)| at)
    }

    fn modifier(&self, amount: &Amount, end: usize) -> Option<&'static str> {
        let class = super::lexicon::Class::modifier;
        let before = self.lexicon.longest_before(&self.pieces, amount.start, class).map(|(m, _)| m);
        let plus = self.pieces.word(amount.end) == "+" && self.pieces.glued(amount.end);
        let behind = || {
            [amount.end, end].into_iter().find_map(|at| {
                let at = at + usize::from(self.pieces.dash(at));
                self.lexicon.longest(&self.pieces, at, super::lexicon::Class::modifier_behind).map(|(m, _)| m)
            })
        };
        before.or(plus.then_some("at_least")).or_else(behind).or(amount.low.vague.then_some("at_least"))
    }

    fn push(
        &self,
        amount: &Amount,
        (start, end): (usize, usize),
        (kind, unit): (&'static str, Option<Code>),
        about: Option<(usize, usize)>,
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
            modifier: self.modifier(amount, end),
            about: about.map(|(from, to)| self.pieces.span(from, to)),
            outcome: None,
        });
    }
}

/// The contract's kind of a count.
fn kind(outcome: Option<Outcome>) -> &'static str {
    match outcome {
        Some(Outcome::Killed) => "killed",
        Some(Outcome::Injured) => "injured",
        _ => "count",
    }
}
