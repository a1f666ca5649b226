//! Quotes: who says what. Direct and mixed quotations with their marks, indirect speech, and the speaker of each.
//!
//! - [`marks`] the quoted stretches of the paragraphs;
//! - [`verbs`] reporting verbs; [`cues`] all words that attribute, with their frames;
//! - [`view`] words and phrases; [`subject`] subjects; [`clause`] the reporting clause of a stretch;
//! - [`indirect`] contents without marks: [`fronted`] by the order of words, [`frames`] by the tree, [`extent`] how far;
//! - [`nearby`] the clause in the sentence, the sentence before, the paragraph before, or the signature below;
//! - [`speaker`] what kind of speaker it is; [`meant`] whom a pronoun or "the minister" means; [`rows`] the table.

mod clause;
mod cues;
mod extent;
mod frames;
mod fronted;
mod indirect;
mod marks;
mod meant;
mod nearby;
mod rows;
mod speaker;
mod subject;
#[cfg(test)]
mod tests;
mod verbs;
mod view;

use crate::article::Block;
use crate::document::Document;
use crate::figures::FigureSet;
use crate::grammar::Zone;
use crate::span::Span;
use crate::syntax::TreeScratch;
use clause::Attribution;
use cues::Cues;
use indirect::Indirect;
use marks::Stretch;
use seeds::{SeedError, Seeds};
pub use speaker::SpeakerKind;
use speaker::Speakers;
use verbs::Verbs;
use view::View;

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
    tree: TreeScratch,
}

/// The stage: what it knows.
#[derive(Debug)]
pub struct Quotes {
    verbs: Verbs,
    cues: Cues,
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
        Ok(Self { verbs: Verbs::new(seeds)?, cues: Cues::new(seeds)? })
    }

    /// The quotations of an article, in text order.
    pub fn find<'s>(
        &self,
        doc: &Document<'_>,
        figures: Option<&FigureSet>,
        scratch: &'s mut Scratch,
    ) -> &'s [Quote] {
        let Scratch { stretches, found, tree } = scratch;
        found.clear();
        marks::find(doc.article.letters(), &doc.article.blocks, stretches);
        let view = View { doc: *doc, tokens: &doc.parsed.tokens, verbs: &self.verbs, cues: &self.cues };
        let mut finder =
            Finder { view, stretches, speakers: Speakers::new(&view, figures, stretches), last: None };
        finder.run(tree, found);
        found
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
    speakers: Speakers<'s>,
    last: Option<Last>,
}

impl<'v> Finder<'v, '_> {
    fn run(&mut self, tree: &mut TreeScratch, found: &mut Vec<Quote>) {
        let doc = self.view.doc;
        let mut indirect = Vec::new();
        let mut next = 0;
        for sentence in &doc.parsed.sentences {
            if sentence.zone == Zone::Boilerplate {
                continue;
            }
            indirect.clear();
            self.view.indirect(sentence, tree, &mut indirect);
            while let Some(stretch) = self.stretches.get(next).filter(|s| s.span.start < sentence.span.end) {
                let stretch = *stretch;
                self.stretch(next, stretch, &indirect, found);
                next += 1;
            }
            for one in &indirect {
                self.reported(one, found);
            }
        }
        sort(found);
    }

    /// Judges one quoted stretch.
    fn stretch(&mut self, index: usize, stretch: Stretch, indirect: &[Indirect<'v>], found: &mut Vec<Quote>) {
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
        let told = self.told(own, first, behind, spoken, indirect);
        let attribution = match told {
            Some(one) => Some(Attribution { speaker: one.speaker, verb: one.verb.word, at: one.at }),
            None => own.or_else(|| self.clause_nearby(stretch, block, lo, first)),
        };
        let signed = self.signed(stretch, behind).filter(|_| direct);
        let attribution = match signed {
            Some(by) => Some(Attribution { speaker: Some(by), verb: "", at: behind }),
            None => attribution,
        };
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
            verb: told
                .map(|one| one.verb.to_string())
                .or_else(|| attribution.map(|a| a.verb.to_owned()))
                .filter(|v| !v.is_empty()),
            words,
            continues,
        });
        if stretch.continues {
            self.pass_back(continues, signed.is_some(), found);
        }
    }

    /// The indirect content that quoted words are a piece of: whoever says it says them, unless a verb within it
    /// brings them in, as in "said that Khan called it “a crime”".
    fn told(
        &self,
        own: Option<Attribution<'v>>,
        first: usize,
        behind: usize,
        spoken: bool,
        indirect: &[Indirect<'v>],
    ) -> Option<Indirect<'v>> {
        let holds = |o: &&Indirect<'v>| {
            let (start, end) = o.content;
            o.speaker.is_some() && start <= first && end > first && !(first..behind).contains(&o.at)
        };
        let one = indirect.iter().find(holds)?;
        let Some(own) = own else { return Some(*one) };
        let behind_it = own.at >= behind;
        // What an agency reports of somebody's saying: "Khan said that “...”, Reuters reported".
        if behind_it && one.at < first && own.verb == "report" {
            return Some(*one);
        }
        let inner = own.at > one.at || one.at > first;
        let names = self.view.names_thing(own.at);
        let brings = !behind_it && (spoken && own.at + 4 >= first || names);
        (inner && !behind_it && !brings).then_some(*one)
    }

    /// The clause that ends a quotation over several paragraphs names the speaker of all of them.
    fn pass_back(&self, mut at: Option<u32>, signed: bool, found: &mut [Quote]) {
        let Some(last) = found.last().cloned() else { return };
        for _ in 0..20 {
            let Some(quote) = at.and_then(|i| found.get_mut(i as usize)) else { return };
            if !signed && (quote.verb.is_some() || last.verb.is_none()) {
                return;
            }
            (quote.speaker, quote.antecedent, quote.speaker_kind) =
                (last.speaker, last.antecedent, last.speaker_kind);
            quote.verb.clone_from(&last.verb);
            at = quote.continues;
        }
    }

    /// Writes indirect speech that no quoted stretch covers.
    fn reported(&mut self, one: &Indirect<'v>, found: &mut Vec<Quote>) {
        let mut span = self.whole(self.view.span(one.content));
        // A transcript: the speaker's words go on to the paragraph's end.
        let colon = one.verb.word.is_empty();
        if colon && let Some(block) = self.block_at(span.start).filter(|b| b.zone == Zone::Body) {
            span.end = span.end.max(block.span.end);
        }
        let from = self.stretches.partition_point(|s| s.span.end <= span.start);
        let quoted = self
            .stretches
            .iter()
            .skip(from)
            .take_while(|s| s.span.start < span.end)
            .map(|s| s.span.end.min(span.end).saturating_sub(s.span.start.max(span.start)) as usize);
        let (longest, all) = quoted.fold((0, 0), |(longest, all), n| (n.max(longest), all + n));
        // What is said within somebody's words is part of them.
        let verb = self.view.tokens.get(one.at).map_or(span.start, |t| t.span.start);
        let around = self.stretches.partition_point(|s| s.span.end <= verb);
        let within = self.stretches.get(around).is_some_and(|s| s.span.start <= verb);
        if within || longest * 2 >= span.len() || all * 5 >= span.len() * 4 {
            return;
        }
        let (speaker, antecedent, kind) = match one.speaker {
            Some(range) => self.speakers.of(&self.view, range),
            None => (None, None, SpeakerKind::Unknown),
        };
        found.push(Quote {
            span,
            kind: "indirect",
            speaker,
            antecedent,
            speaker_kind: kind,
            verb: Some(one.verb.to_string()).filter(|v| !v.is_empty()),
            words: count_words(self.view.doc.text(span)),
            continues: None,
        });
    }

    fn block_at(&self, byte: u32) -> Option<&Block> {
        let blocks = &self.view.doc.article.blocks;
        let after = blocks.partition_point(|b| b.span.end <= byte);
        blocks.get(after).filter(|b| b.span.start <= byte)
    }

    /// A content whose end falls into quoted words goes on to their end.
    fn whole(&self, span: Span) -> Span {
        let at = self.stretches.partition_point(|s| s.span.end < span.end);
        match self.stretches.get(at) {
            Some(s) if s.span.start < span.end && s.span.start > span.start && s.span.end > span.end => {
                Span { start: span.start, end: s.span.end }
            }
            _ => span,
        }
    }
}

/// Sorts the quotations, without fragments of a few words that stand within an indirect content.
fn sort(found: &mut Vec<Quote>) {
    let order = |q: &Quote| (q.span.start, q.span.end, q.kind);
    let small = |q: &Quote| q.kind == "mixed" && q.words < WORDS;
    let mut reported: Vec<Span> = found.iter().filter(|q| q.kind == "indirect").map(|q| q.span).collect();
    reported.sort_unstable();
    let told = |span: Span| {
        let behind = reported.partition_point(|r| r.start <= span.start);
        reported.get(behind.saturating_sub(8)..behind).unwrap_or(&[]).iter().any(|r| r.contains(span))
    };
    let kept: Vec<bool> = found.iter().map(|q| !small(q) || !told(q.span)).collect();
    let mut places: Vec<usize> = (0..found.len()).filter(|i| kept.get(*i) == Some(&true)).collect();
    places.sort_by_key(|i| found.get(*i).map(order));
    let mut moved = vec![None; found.len()];
    for (to, from) in places.iter().enumerate() {
        if let Some(place) = moved.get_mut(*from) {
            *place = Some(to as u32);
        }
    }
    for quote in found.iter_mut() {
        quote.continues = quote.continues.and_then(|c| moved.get(c as usize).copied().flatten());
    }
    let mut at = 0;
    found.retain(|_| {
        at += 1;
        kept.get(at - 1) == Some(&true)
    });
    found.sort_by_key(order);
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
