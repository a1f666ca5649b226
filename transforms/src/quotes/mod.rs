//! Quotes: who says what. Direct and mixed quotations with their marks, indirect speech, and the speaker of each.
//!
//! - [`marks`] the quoted stretches of the paragraphs;
//! - [`verbs`] reporting verbs; [`view`] words, phrases and subjects; [`clause`] the reporting clause of a stretch;
//! - [`indirect`] reported clauses without marks;
//! - [`speaker`] what kind of speaker it is, and whom a pronoun means.

mod clause;
mod indirect;
mod marks;
mod speaker;
#[cfg(test)]
mod tests;
mod verbs;
mod view;

use crate::code::Id;
use crate::document::Document;
use crate::figures::{FigureKind, FigureSet};
use crate::grammar::Zone;
use crate::span::Span;
use crate::tables::QuoteRow;
use clause::Attribution;
use marks::Stretch;
use seeds::{SeedError, Seeds};
pub use speaker::SpeakerKind;
use speaker::Speakers;
use verbs::Verbs;
use view::{Range, View};

/// A quotation that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// What is said, without the marks.
    pub span: Span,
    /// `direct`, `mixed` or `indirect`.
    pub kind: &'static str,
    /// The speaker as the reporting clause names them.
    pub speaker: Option<Span>,
    /// Whom a pronoun or "the minister" means, where an earlier mention tells.
    pub antecedent: Option<Span>,
    /// What kind of speaker.
    pub speaker_kind: SpeakerKind,
    /// The reporting verb's lemma.
    pub verb: Option<String>,
    /// Number of words.
    pub words: u32,
    /// Index of the quotation that this one goes on.
    pub continues: Option<u32>,
}

/// Buffers of this stage, reused from one article to the next.
#[derive(Debug, Default)]
pub struct Scratch {
    stretches: Vec<Stretch>,
    found: Vec<Quote>,
}

/// The stage: what it knows.
#[derive(Debug)]
pub struct Quotes {
    verbs: Verbs,
}

/// Fewest words of a quotation that stands without a reporting clause.
const WORDS: u32 = 4;
/// Words before the mark of a name or title, which is no quotation.
const NAMES: &[&str] = &[
    "called",
    "titled",
    "entitled",
    "dubbed",
    "named",
    "nicknamed",
    "film",
    "movie",
    "book",
    "song",
    "album",
    "novel",
    "series",
    "show",
    "codenamed",
    "operation",
    "hit",
    "single",
    "track",
    "drama",
    "documentary",
    "programme",
    "program",
    "magazine",
    "play",
    "article",
    "column",
    "episode",
    "known",
    "headlined",
    "hashtag",
    "poem",
];

impl Quotes {
    /// Reads the reporting verbs.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        Ok(Self { verbs: Verbs::new(seeds)? })
    }

    /// The quotations of an article, in text order.
    pub fn find<'s>(&self, doc: &Document<'_>, scratch: &'s mut Scratch) -> &'s [Quote] {
        let Scratch { stretches, found } = scratch;
        found.clear();
        marks::find(doc.article.letters(), &doc.article.blocks, stretches);
        let view = View { doc: *doc, tokens: &doc.parsed.tokens, verbs: &self.verbs };
        let mut finder = Finder { view, stretches, speakers: Speakers::default(), last: None };
        finder.run(found);
        found
    }

    /// Writes an article's rows; a speaker is the figure that is mentioned there.
    pub fn extract(
        &self,
        doc: &Document<'_>,
        article_id: Id,
        figures: &FigureSet,
        scratch: &mut Scratch,
        rows: &mut Vec<QuoteRow>,
    ) {
        let figure = |span: Span| figure_at(doc.article.letters(), figures, span);
        let id = |q: &Quote| {
            let place = [q.span.start.to_le_bytes(), q.span.end.to_le_bytes()];
            Id::of(b'q', &[&article_id.text(), &place.concat(), q.kind.as_bytes()])
        };
        let found = self.find(doc, scratch);
        for quote in found {
            let named = quote.speaker.and_then(figure);
            let meant = quote.antecedent.and_then(figure);
            let pronoun = quote.speaker.is_some_and(|s| s.len() <= 4);
            // A pronoun for somebody who is no figure: the phrase it stands for says more.
            let speaker = quote.antecedent.filter(|_| pronoun && meant.is_none()).or(quote.speaker);
            rows.push(QuoteRow {
                quote_id: id(quote),
                article_id,
                start_char: doc.chars(quote.span.start),
                end_char: doc.chars(quote.span.end),
                text: doc.printed(quote.span).to_owned(),
                kind: quote.kind,
                speaker_text: speaker.map(|s| doc.printed(s).to_owned()),
                speaker_start: speaker.map(|s| doc.chars(s.start)),
                speaker_end: speaker.map(|s| doc.chars(s.end)),
                speaker_figure_id: if pronoun { meant.or(named) } else { named.or(meant) },
                speaker_kind: quote.speaker_kind.as_str(),
                verb: quote.verb.clone(),
                n_words: quote.words as i32,
                continues_quote_id: quote.continues.and_then(|at| found.get(at as usize)).map(id),
            });
        }
    }
}

/// The speaker of the stretch before, for those that go on without a clause of their own.
#[derive(Debug, Clone, Copy)]
struct Last {
    speaker: Option<Span>,
    antecedent: Option<Span>,
    kind: SpeakerKind,
    block: u32,
    /// Index among the found quotations.
    at: u32,
    end: u32,
}

/// Works through one article.
struct Finder<'v, 's> {
    view: View<'v>,
    stretches: &'s [Stretch],
    speakers: Speakers,
    last: Option<Last>,
}

impl<'v> Finder<'v, '_> {
    fn run(&mut self, found: &mut Vec<Quote>) {
        let doc = self.view.doc;
        let mut indirect = Vec::new();
        let mut next = 0;
        for sentence in &doc.parsed.sentences {
            if sentence.zone == Zone::Boilerplate {
                continue;
            }
            while let Some(stretch) = self.stretches.get(next).filter(|s| s.span.start < sentence.span.end) {
                let stretch = *stretch;
                self.stretch(next, stretch, found);
                next += 1;
            }
            indirect.clear();
            let (lo, hi) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
            self.view.indirect(lo, hi, &mut indirect);
            for one in &indirect {
                self.reported(one, found);
            }
        }
        let order = |q: &Quote| (q.span.start, q.span.end, q.kind);
        let mut places: Vec<usize> = (0..found.len()).collect();
        places.sort_by_key(|i| found.get(*i).map(order));
        let mut moved = vec![0_u32; found.len()];
        for (to, from) in places.iter().enumerate() {
            if let Some(place) = moved.get_mut(*from) {
                *place = to as u32;
            }
        }
        for quote in found.iter_mut() {
            quote.continues = quote.continues.and_then(|c| moved.get(c as usize).copied());
        }
        found.sort_by_key(order);
    }

    /// Judges one quoted stretch.
    fn stretch(&mut self, index: usize, stretch: Stretch, found: &mut Vec<Quote>) {
        let view = self.view;
        let text = view.doc.text(stretch.span);
        let words = count_words(text);
        if words == 0 {
            return;
        }
        let block = view.doc.article.blocks.get(stretch.block as usize).map_or(stretch.span, |b| b.span);
        let previous =
            index.checked_sub(1).and_then(|i| self.stretches.get(i)).filter(|s| s.block == stretch.block);
        let following = self.stretches.get(index + 1).filter(|s| s.block == stretch.block);
        let lo = view.from(previous.map_or(block.start, |p| p.span.end));
        let lo = lo + usize::from(previous.is_some() && view.quote(lo));
        let hi = view.from(following.map_or(block.end, |f| f.span.start));
        let (mut first, mut behind) = (view.from(stretch.span.start), view.from(stretch.span.end));
        while first > lo && view.quote(first - 1) {
            first -= 1;
        }
        while behind < hi && view.quote(behind) {
            behind += 1;
        }
        let own = self.own_clause(text, stretch, block, (lo, first), (behind, hi));
        let lead = first.checked_sub(1).filter(|b| *b >= lo);
        let before = lead.map_or("", |b| view.word(b));
        let name = words < 12
            && lead.is_some_and(|b| view.is(b, NAMES) || b > lo && view.is(b - 1, NAMES))
            && capitals(text);
        let small = words < WORDS && (own.is_none() || capitals(text));
        if !stretch.continues && (name || small) {
            return;
        }
        let spoken = matches!(before, "" | "," | ":" | "." | "?" | "!") || view.quote(first.wrapping_sub(1));
        let upper = text.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_alphabetic());
        let direct = stretch.continues || words >= WORDS && (upper || spoken || text.ends_with(','));
        let attribution = own.or_else(|| self.clause_nearby(stretch, block, lo, first));
        let last = self.last.filter(|l| stretch.block - l.block.min(stretch.block) <= 3);
        let (speaker, antecedent, kind) = match attribution.and_then(|a| a.speaker) {
            Some(range) => self.speakers.of(&view, range),
            None => last.map_or((None, None, SpeakerKind::Unknown), |l| (l.speaker, l.antecedent, l.kind)),
        };
        let split = last.filter(|l| {
            let near = l.block == stretch.block && stretch.span.start.saturating_sub(l.end) < 160;
            near && !upper && before == "," && view.stop_free(l.end, first)
        });
        let continues = if stretch.continues { self.last.map(|l| l.at) } else { split.map(|l| l.at) };
        self.last = Some(Last {
            speaker,
            antecedent,
            kind,
            block: stretch.block,
            at: found.len() as u32,
            end: stretch.span.end,
        });
        found.push(Quote {
            span: stretch.span,
            kind: if direct { "direct" } else { "mixed" },
            speaker,
            antecedent,
            speaker_kind: kind,
            verb: attribution.map(|a| a.verb).filter(|v| !v.is_empty()).map(str::to_owned),
            words,
            continues,
        });
        if stretch.continues {
            self.pass_back(continues, found);
        }
    }

    /// The clause that ends a quotation over several paragraphs names the speaker of all of them.
    fn pass_back(&self, mut at: Option<u32>, found: &mut [Quote]) {
        let Some(last) = found.last().cloned() else { return };
        for _ in 0..20 {
            let Some(quote) = at.and_then(|i| found.get_mut(i as usize)) else { return };
            if quote.verb.is_some() || last.verb.is_none() {
                return;
            }
            (quote.speaker, quote.antecedent, quote.speaker_kind) =
                (last.speaker, last.antecedent, last.speaker_kind);
            quote.verb.clone_from(&last.verb);
            at = quote.continues;
        }
    }

    /// The reporting clause in the stretch's own sentence.
    fn own_clause(
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
            let lower = !full || view.word(tail.0).chars().next().is_some_and(char::is_lowercase);
            view.clause_behind(tail.0, end).filter(|_| lower)
        };
        let before = || {
            let start = view.sentence_start(head.1, head.0);
            (start < head.1).then(|| view.clause_before(start, head.1)).flatten()
        };
        if comma || opens { behind().or_else(before) } else { before().or_else(behind) }
    }

    /// The clause of the sentence before, or of the paragraph before where the quotation opens one.
    fn clause_nearby(
        &self,
        stretch: Stretch,
        block: Span,
        lo: usize,
        first: usize,
    ) -> Option<Attribution<'v>> {
        let view = &self.view;
        let same = self.last.is_some_and(|l| l.block == stretch.block);
        if stretch.continues || same {
            return None;
        }
        let start = view.from(block.start).max(lo);
        if first > start {
            let end = if view.stop(first - 1) { first - 1 } else { first };
            let from = view.sentence_start(end, start);
            if let Some(found) = view.clause_in(from, end) {
                return Some(found);
            }
            if let Some(speaker) = view.first_phrase(from, end) {
                return Some(Attribution { speaker: Some(speaker), verb: "" });
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
        view.clause_in(view.sentence_start(end, from), end).or_else(|| view.clause_in(from, end))
    }

    /// Writes indirect speech that no quoted stretch covers.
    fn reported(&mut self, one: &indirect::Indirect<'v>, found: &mut Vec<Quote>) {
        let span = self.view.span(one.content);
        let from = self.stretches.partition_point(|s| s.span.end <= span.start);
        let quoted: usize = self
            .stretches
            .iter()
            .skip(from)
            .take_while(|s| s.span.start < span.end)
            .map(|s| s.span.end.min(span.end).saturating_sub(s.span.start.max(span.start)) as usize)
            .sum();
        // What is said within somebody's words is part of them.
        let verb = self.view.tokens.get(one.at).map_or(span.start, |t| t.span.start);
        let around = self.stretches.partition_point(|s| s.span.end <= verb);
        let within = self.stretches.get(around).is_some_and(|s| s.span.start <= verb);
        if within || quoted * 2 >= span.len() {
            return;
        }
        let (speaker, antecedent, kind) = self.speakers.of(&self.view, one.speaker);
        found.push(Quote {
            span,
            kind: "indirect",
            speaker,
            antecedent,
            speaker_kind: kind,
            verb: Some(one.verb.to_owned()),
            words: count_words(self.view.doc.text(span)),
            continues: None,
        });
    }
}

/// The figure that a speaker's phrase names: a person before an organisation, the first before a later one.
fn figure_at(text: &str, figures: &FigureSet, span: Span) -> Option<Id> {
    let from = figures.mentions.partition_point(|m| m.span.start < span.start.saturating_sub(200));
    let inside = figures.mentions.get(from..)?.iter().take_while(|m| m.span.start < span.end);
    let mut best: Option<(u8, Id)> = None;
    for mention in inside.filter(|m| m.span.overlaps(span)) {
        let Some(figure) = figures.figure(mention) else { continue };
        let after = text.get(mention.span.end as usize..).unwrap_or("");
        let owner = after.starts_with("'s") || after.starts_with("’s");
        let rank = u8::from(figure.kind == FigureKind::Person) + 2 * u8::from(!owner);
        if best.is_none_or(|(b, _)| rank > b) {
            best = Some((rank, figure.id));
        }
    }
    best.map(|(_, id)| id)
}

/// The number of words: runs without white space that hold a letter or digit.
fn count_words(text: &str) -> u32 {
    text.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count() as u32
}

/// Whether every longer word starts with a capital.
fn capitals(text: &str) -> bool {
    let mut words = text.split_whitespace().filter(|w| w.len() > 3).peekable();
    words.peek().is_some()
        && words.all(|w| w.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase()))
}
