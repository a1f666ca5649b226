//! Where the reporting clause of a quoted stretch stands: in its sentence, before it, or in a signature below it.

use super::Finder;
use super::clause::Attribution;
use super::marks::Stretch;
use super::view::Range;
use crate::grammar::{EntityLabel, Zone};
use crate::span::Span;

impl<'v> Finder<'v, '_> {
    /// The reporting clause in the stretch's own sentence.
    pub(super) fn own_clause(
        &self,
        text: &str,
        stretch: Stretch,
        block: Span,
        head: Range,
        tail: Range,
    ) -> Option<Attribution<'v>> {
        let view = &self.view;
        let ends = text.chars().next_back().unwrap_or(' ');
        let comma = matches!(ends, ',' | '?' | '!' | '—' | '…')
            || matches!(view.word(tail.0), "," | "-" | "–" | "—" | "―");
        let full = ends == '.' && !text.ends_with("..");
        let opens = stretch.span.start - block.start <= 6;
        let behind = || {
            let end = view.sentence_end(tail.0, tail.1);
            let lower = !full
                || view.word(tail.0).chars().next().is_some_and(char::is_lowercase)
                || view.signature(tail.0, tail.1);
            view.clause_behind(tail.0, end).filter(|_| lower)
        };
        let before = || {
            let start = view.sentence_start(head.1, head.0);
            (start < head.1).then(|| view.clause_before(start, head.1)).flatten()
        };
        if comma || opens { behind().or_else(before) } else { before().or_else(behind) }
    }

    /// The clause of the sentence before, or of the paragraph before where the quotation opens one.
    pub(super) fn clause_nearby(
        &self,
        stretch: Stretch,
        block: Span,
        lo: usize,
        first: usize,
    ) -> Option<Attribution<'v>> {
        let view = &self.view;
        let same = self.last.is_some_and(|l| l.block == stretch.block);
        if stretch.continues {
            return None;
        }
        if same {
            return self.sentence_between(lo, first);
        }
        let start = view.from(block.start).max(lo);
        if first > start {
            let end = if view.stop(first - 1) { first - 1 } else { first };
            let from = view.sentence_start(end, start);
            if let Some(found) = view.clause_led(from, end).or_else(|| view.clause_in(from, end)) {
                return Some(found);
            }
            if let Some(speaker) = view.first_phrase(from, end) {
                return Some(Attribution { speaker: Some(speaker), verb: "", at: from });
            }
        }
        if self.last.is_some_and(|l| l.block + 1 == stretch.block) {
            return None;
        }
        let above = (stretch.block as usize).checked_sub(1)?;
        let above = view.doc.article.blocks.get(above).filter(|b| b.zone == Zone::Body)?;
        let (from, mut end) = (view.from(above.span.start), view.from(above.span.end));
        if end > from && view.stop(end - 1) {
            end -= 1;
        }
        let start = view.sentence_start(end, from);
        let led = view.clause_led(start, end).or_else(|| view.clause_in(start, end));
        led.or_else(|| view.clause_in(from, end))
    }

    /// The clause of a whole sentence between the quotation before and this one: “...” Khan said. Reyes denied it. “...”
    fn sentence_between(&self, lo: usize, first: usize) -> Option<Attribution<'v>> {
        let view = &self.view;
        let last = self.last?;
        let lo = lo.max(view.from(last.end));
        let end = first.checked_sub(1).filter(|e| *e > lo && view.stop(*e))?;
        let from = view.sentence_start(end, lo);
        // Where the words before ended their own sentence, this one is whole.
        let ended = lo > 0 && (view.stop(lo - 1) || lo > 1 && view.stop(lo - 2));
        if from == lo && !(ended && view.capital(lo)) {
            return None;
        }
        view.clause_led(from, end)
    }

    /// A paragraph that only signs the one before: "Omar Latif, The Daily Post".
    pub(super) fn signed(&self, stretch: Stretch, behind: usize) -> Option<Range> {
        let view = &self.view;
        let blocks = &view.doc.article.blocks;
        let own = blocks.get(stretch.block as usize)?;
        let next = blocks.get(stretch.block as usize + 1).filter(|b| b.zone == own.zone)?;
        if view.from(own.span.end) > behind {
            return None;
        }
        let (from, to) = (view.from(next.span.start), view.from(next.span.end));
        let names = &view.doc.parsed.names;
        let at = names.partition_point(|n| (n.tokens.start as usize) < from);
        let name =
            names.get(at).filter(|n| n.label == EntityLabel::Person && n.tokens.start as usize == from)?;
        let end = name.tokens.end as usize;
        let plain = to - from <= 12 && !(from..to).any(|i| view.verbal(i) || view.stop(i) || view.quote(i));
        (plain && (end == to || view.word(end) == ",")).then_some((from, end))
    }
}
