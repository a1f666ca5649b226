//! Counts of people and things, and what became of the people.

use super::Quantity;
use super::context::Noun;
use super::lexicon::{Class, Outcome};
use super::number::Number;
use super::pieces::Kind;
use super::reading::{Amount, Last, Reader};
use crate::span::Span;

/// Pieces of a remark in brackets between two counts, at most.
const BRACKET: usize = 12;

impl Reader<'_> {
    /// A count of people or things.
    pub fn count(&self, amount: &Amount, found: &mut Vec<Quantity>, last: &mut Option<Last>) -> usize {
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
        // "two- and three-storey houses"
        if pieces.dash(amount.end)
            && pieces.glued(amount.end)
            && matches!(pieces.word(amount.end + 1), "and" | "or" | "to")
        {
            return amount.end;
        }
        if pieces.dash(amount.end)
            && pieces.glued(amount.end)
            && pieces.glued(amount.end + 1)
            && !self.odd(amount)
        {
            return self.joined_noun(amount, found).unwrap_or(amount.end);
        }
        let noun = if one { self.singular(from) } else { self.noun(amount, from) };
        let bare = Number { end: amount.end, ..*number };
        let named = self.tree.is_some_and(|t| t.named(self.pieces.span(amount.start, amount.end)));
        if number.fraction || named || context.bare_is_name(amount.start, &bare, noun) || amount.negative {
            return amount.end;
        }
        let end = noun.map_or(from, |n| n.end);
        let start = self.modifier_start(amount.start);
        let before = context.outcome_before(start).filter(|_| self.lives(start, noun));
        let behind = context.outcome_behind(end).or_else(|| {
            // "Around 160 soldiers and civilians died."
            let other = matches!(pieces.word(end), "and" | "or").then(|| context.noun(end + 1))?;
            noun.and(other).filter(|_| before.is_none()).and_then(|n| context.outcome_behind(n.end))
        });
        let joined = last.filter(|l| self.joins(l.end, start));
        let toll = context.death_toll(start) && noun.is_none_or(|n| n.strong);
        let told = self.tree.and_then(|t| t.outcome(pieces.span(amount.start, amount.end)));
        let outcome = behind
            .map(|(o, _)| o)
            .or(told.filter(|_| before.is_none()))
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
        let about = noun.map(|n| self.pieces.span(n.start, n.end));
        let carried = before.or(joined.and_then(|l| l.before).filter(|_| behind.is_none()));
        *last = Some(Last { index: found.len(), end, before: carried });
        self.push(amount, (amount.start, end), (kind(outcome), None), about, found);
        if let Some(row) = found.last_mut() {
            row.outcome = outcome;
        }
        // "82 of the 85 attacks": the second number is a count of its own.
        let second =
            (from..end).any(|i| pieces.is(i, Kind::Digits) || self.lexicon.number(pieces, i).is_some());
        if second { amount.end } else { end }
    }

    /// The counted noun: by the tree where it has one, else the words up to the first plural.
    pub fn noun(&self, amount: &Amount, from: usize) -> Option<Noun> {
        let context = self.context();
        let plain = || context.noun(from).filter(|n| !self.tree.is_some_and(|t| t.verb(self.last(n))));
        let Some(tree) = self.tree else { return plain() };
        let Some(counted) = tree.counted(self.pieces.span(amount.start, amount.end)) else { return plain() };
        let (start, end) = (self.pieces.at(counted.span.start), self.pieces.at(counted.span.end));
        if start < amount.end || end <= start || !(counted.people || context.plural(end - 1)) {
            return plain();
        }
        Some(Noun { start, end, strong: counted.people || context.people(end - 1) })
    }

    /// The place of a noun's last word.
    pub fn last(&self, noun: &Noun) -> Span {
        self.pieces.span(noun.end.saturating_sub(1), noun.end)
    }

    /// A count that is joined to a noun: "three-member crew", "1,000-page bill".
    pub fn joined_noun(&self, amount: &Amount, found: &mut Vec<Quantity>) -> Option<usize> {
        let pieces = &self.pieces;
        let at = amount.end + 1;
        let joined = matches!(pieces.word(amount.end), "-" | "‑") && amount.low.value != 1.0;
        if !joined || amount.low.vague || amount.low.fraction || amount.negative {
            return None;
        }
        let word = pieces.word(at);
        let small =
            pieces.is(at, Kind::Word) && word.starts_with(|c: char| c.is_lowercase()) && word.len() > 2;
        let class = self.lexicon.word_class(word);
        let counts = small
            && !word.ends_with("ed")
            && !class.has(Class::NO_COUNT)
            && !class.has(Class::NEVER)
            && self.lexicon.number(pieces, at).is_none()
            && !pieces.dash(at + 1)
            && !self.context().age(at + 1)
            && pieces.is(at + 1, Kind::Word);
        if !counts {
            return None;
        }
        let about = Some(pieces.span(at, at + 1));
        self.push(amount, (amount.start, at + 1), ("count", None), about, found);
        Some(at + 1)
    }

    /// The noun behind "one": up to two words without a stop.
    pub fn singular(&self, from: usize) -> Option<Noun> {
        let is = |at: usize| {
            self.pieces.is(at, Kind::Word)
                && self.context().noun(at).is_none_or(|n| n.end > at)
                && self.context().outcome_behind(at).is_none()
        };
        let end = (from..from + 3).take_while(|i| is(*i)).count() + from;
        (end > from).then_some(Noun { start: from, end, strong: false })
    }

    /// Whether a verb before the number speaks of it: "claimed 12 lives", not "claimed two attacks"; "eliminated four
    /// gunmen", not "eliminated 900 posts".
    pub fn lives(&self, start: usize, noun: Option<Noun>) -> bool {
        let claimed = matches!(self.pieces.before(start, 1), "claimed" | "claiming");
        let verb =
            start.checked_sub(1).map(|b| self.lexicon.class(&self.pieces, b, start)).unwrap_or_default();
        let people = verb.has(Class::OF_PEOPLE);
        (!claimed || noun.is_some_and(|n| self.pieces.word(n.end.saturating_sub(1)) == "lives"))
            && (!people || noun.is_none_or(|n| n.strong))
    }

    /// Whether only "and", a comma, "as well as" and a bracket stand between two counts.
    pub fn joins(&self, end: usize, start: usize) -> bool {
        let pieces = &self.pieces;
        let mut at = end;
        if pieces.word(at) == "(" {
            let close = (at..at + BRACKET).find(|i| pieces.word(*i) == ")");
            at = close.map_or(at, |c| c + 1);
        }
        let first = at;
        while at < start && at - first < 4 {
            let three = matches!(pieces.word(at), "as")
                && pieces.word(at + 1) == "well"
                && pieces.word(at + 2) == "as";
            match pieces.word(at) {
                "and" | "," | "plus" => at += 1,
                _ if three => at += 3,
                _ => return false,
            }
        }
        at == start && at > first
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
