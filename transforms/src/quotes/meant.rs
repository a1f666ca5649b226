//! Whom a pronoun or a phrase without a name means: who spoke last, who is the subject since then, who was called so.

use super::speaker::{GROUPS, ORGANISATIONS, Person, SpeakerKind, Speakers};
use super::view::{Range, View, among};
use crate::document::{Mention, ROOT};
use crate::figures::{Figure, FigureKind, FigureMention};
use crate::grammar::{Deprel, EntityLabel};
use crate::span::Span;

/// How many names before a pronoun are looked at.
const NAMES: usize = 24;

/// The noun of a phrase: the last word before what tells it apart.
pub fn head(view: &View<'_>, range: Range) -> usize {
    let ends = |i: usize| {
        view.mark(i)
            || view.verbal(i) && i > range.0 + 1
            || view
                .is(i, &["of", "for", "in", "at", "from", "with", "who", "which", "on", "by", "near", "to"])
    };
    let end = (range.0 + 1..range.1).find(|i| ends(*i)).unwrap_or(range.1);
    end.saturating_sub(1).max(range.0)
}

/// Whether a name is the subject of its sentence's main clause.
fn leads(view: &View<'_>, name: &Mention) -> bool {
    let tokens = view.doc.tokens(&name.tokens);
    let subject = tokens.iter().find(|t| matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass));
    let Some(mut at) = subject.map(|t| t.head) else { return false };
    for _ in 0..6 {
        let Some(verb) = view.doc.token(at) else { return false };
        if verb.head == ROOT {
            return true;
        }
        if !matches!(verb.deprel, Deprel::Conj | Deprel::Parataxis) {
            return false;
        }
        at = verb.head;
    }
    false
}

impl Speakers<'_> {
    /// Whether a byte stands within quoted words.
    fn quoted(&self, byte: u32) -> bool {
        let at = self.stretches.partition_point(|s| s.span.end <= byte);
        self.stretches.get(at).is_some_and(|s| s.span.start <= byte)
    }

    /// Whether a phrase holds a person's or a body's name.
    pub(super) fn names_somebody(&self, view: &View<'_>, span: Span) -> bool {
        let names = &view.doc.parsed.names;
        let from = names.partition_point(|n| n.span.end <= span.start);
        let mut inside = names.iter().skip(from).take_while(|n| n.span.start < span.end);
        inside.any(|n| matches!(n.label, EntityLabel::Person | EntityLabel::Org))
    }

    /// Whether a phrase holds a person's name.
    pub(super) fn names_person(&self, view: &View<'_>, span: Span) -> bool {
        let names = &view.doc.parsed.names;
        let from = names.partition_point(|n| n.span.end <= span.start);
        let mut inside = names.iter().skip(from).take_while(|n| n.span.start < span.end);
        inside.any(|n| n.label == EntityLabel::Person)
    }

    /// Names before a place that nobody says, the last one first.
    fn names_before<'a>(&'a self, view: &View<'a>, before: Span) -> impl Iterator<Item = &'a Mention> {
        let names = &view.doc.parsed.names;
        let to = names.partition_point(|n| n.span.start < before.start);
        names.get(..to).unwrap_or(&[]).iter().rev().take(NAMES).filter(|n| !self.quoted(n.span.start))
    }

    /// Whether somebody is known to be of the other sex.
    fn unlike(&self, span: Span, woman: Option<bool>) -> bool {
        let (Some(figures), Some(woman)) = (self.figures, woman) else { return false };
        let from = figures.mentions.partition_point(|m| m.span.end <= span.start);
        let mut inside = figures.mentions.iter().skip(from).take_while(|m| m.span.start < span.end);
        inside.any(|m| self.women.get(m.figure as usize).copied().flatten() == Some(!woman))
    }

    /// The figures that a phrase mentions.
    pub(super) fn figures_in(&self, span: Span) -> impl Iterator<Item = &Figure> {
        let figures = self.figures.iter();
        figures.flat_map(move |f| {
            let from = f.mentions.partition_point(|m| m.span.end <= span.start);
            let inside = f.mentions.get(from..).unwrap_or(&[]).iter();
            inside.take_while(move |m| m.span.start < span.end).filter_map(|m| f.figure(m))
        })
    }

    /// What titles and the article's own pronouns say of people's sex: a pronoun that follows the only person named
    /// in a sentence means that person nearly always.
    pub(super) fn pronouns_of(&self, view: &View<'_>) -> Vec<Option<bool>> {
        let Some(figures) = self.figures else { return Vec::new() };
        let mut counts = vec![(0_u32, 0_u32); figures.figures.len()];
        for sentence in figures.mentions.chunk_by(|a, b| a.sentence == b.sentence) {
            let is_person =
                |m: &&FigureMention| figures.figure(m).is_some_and(|f| f.kind == FigureKind::Person);
            let mut people = sentence.iter().filter(is_person);
            let Some(first) = people.next() else { continue };
            if people.any(|m| m.figure != first.figure) || self.quoted(first.span.start) {
                continue;
            }
            let Some(whole) = view.doc.parsed.sentences.get(first.sentence as usize) else { continue };
            // A second name that is no figure may be meant as well.
            let named = view.doc.parsed.names.iter();
            let from = view.doc.parsed.names.partition_point(|n| n.span.start < whole.span.start);
            let inside = named.skip(from).take_while(|n| n.span.start < whole.span.end);
            if inside.filter(|n| n.label == EntityLabel::Person).count() > 1 {
                continue;
            }
            let Some((he, she)) = counts.get_mut(first.figure as usize) else { continue };
            for at in first.end as usize..whole.tokens.end as usize {
                let Some(token) = view.tokens.get(at).filter(|t| t.span.len() <= 3) else { continue };
                if self.quoted(token.span.start) {
                    continue;
                }
                *he += u32::from(view.is(at, &["he", "his", "him"]));
                *she += u32::from(view.is(at, &["she", "her"]));
            }
        }
        let told = |(figure, (he, she)): (&Figure, (u32, u32))| {
            figure.female.or(match () {
                () if she >= 2 && she > 4 * he => Some(true),
                () if he >= 2 && he > 4 * she => Some(false),
                () => None,
            })
        };
        figures.figures.iter().zip(counts).map(told).collect()
    }

    /// The last speaker, or a person who has become the subject since then.
    pub(super) fn meant(&self, view: &View<'_>, before: Span, woman: Option<bool>) -> Option<Span> {
        let people = || {
            self.names_before(view, before)
                .filter(|n| n.label == EntityLabel::Person && !self.unlike(n.span, woman))
        };
        let subject = |n: &&Mention| {
            let tokens = view.doc.tokens(&n.tokens);
            tokens.iter().any(|t| matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass))
        };
        match self.recent.iter().flatten().find(|r| !self.unlike(r.span, woman)) {
            Some(last) => {
                let since = || people().take_while(|n| n.span.start >= last.seen);
                // In the speaker's own sentence others are spoken of.
                let own = view.sentence_of(last.seen.saturating_sub(1));
                let found = since()
                    .find(|n| leads(view, n))
                    .or_else(|| since().find(|n| subject(n) && Some(n.sentence) != own));
                Some(found.map_or(last.span, |n| n.span))
            }
            None => people().find(subject).or_else(|| people().next()).map(|n| n.span),
        }
    }

    /// The organisation that spoke last, or one that has become a subject since then.
    pub(super) fn group(&self, view: &View<'_>, before: Span) -> Option<Span> {
        let from = self.organisation.map_or(0, |o| o.end);
        let subject = |n: &&Mention| {
            n.label == EntityLabel::Org
                && view.doc.tokens(&n.tokens).iter().any(|t| t.deprel == Deprel::Nsubj)
        };
        let mut since = self.names_before(view, before).take(8).take_while(|n| n.span.start >= from);
        since.find(subject).map(|n| n.span).or(self.organisation)
    }

    /// The body that "the company" means: one with this noun in its name, or the one told of.
    pub(super) fn group_called(&self, view: &View<'_>, before: Span, head: usize) -> Option<Span> {
        let noun = view.word(head);
        let has = |span: Span| {
            let text = view.doc.text(span);
            text.len() > noun.len() && text.split(' ').any(|w| w.eq_ignore_ascii_case(noun))
        };
        if let Some(same) = self.organisation.filter(|o| has(*o)) {
            return Some(same);
        }
        let bodies = || self.names_before(view, before).filter(|n| n.label == EntityLabel::Org);
        if let Some(same) = bodies().find(|n| has(n.span)) {
            return Some(same.span);
        }
        // A ministry or commission is called by its noun; other bodies are not.
        if view.is(head, &["ministry", "department", "commission", "committee", "council", "embassy"]) {
            return self
                .organisation
                .filter(|o| o.end <= before.start && view.doc.text(*o).starts_with("The "));
        }
        let firm = |span: Span| {
            !view.doc.text(span).split(' ').any(|w| among(w, ORGANISATIONS) && !among(w, GROUPS))
        };
        if let Some(spoke) = self.group(view, before).filter(|s| firm(*s)) {
            return Some(spoke);
        }
        // The one that is told of most.
        let names = &view.doc.parsed.names;
        let to = names.partition_point(|n| n.span.start < before.start);
        let told = || {
            let before = names.get(..to).unwrap_or(&[]).iter().rev().take(4 * NAMES);
            before.filter(|n| n.label == EntityLabel::Org && firm(n.span))
        };
        let often = |n: &&Mention| {
            let text = view.doc.text(n.span);
            told().filter(|m| view.doc.text(m.span) == text).count()
        };
        told().max_by_key(often).map(|n| n.span)
    }

    /// "the source", "the Han trader", "the minister": who was called so before.
    pub(super) fn definite(
        &mut self,
        view: &View<'_>,
        range: Range,
        span: Span,
        kind: SpeakerKind,
    ) -> (Option<Span>, Option<Span>, SpeakerKind) {
        let head = head(view, range);
        let noun = view.word(head);
        let modifiers = || (range.0 + 1..head).map(|i| view.word(i));
        let known = |phrase: Span| {
            let text = view.doc.text(phrase);
            modifiers().all(|m| text.split([' ', '-']).any(|w| w.eq_ignore_ascii_case(m)))
        };
        let same = || {
            self.phrases
                .iter()
                .rev()
                .filter(|(h, p)| p.end <= span.start && view.doc.text(*h).eq_ignore_ascii_case(noun))
                .filter(|(_, p)| !view.doc.text(*p).contains(" and "))
        };
        if let Some((_, phrase)) = same().find(|(_, p)| known(*p)).copied() {
            self.spoke(Person { span: phrase, nameless: true, seen: span.end });
            return (Some(span), Some(phrase), SpeakerKind::Anonymous);
        }
        let person = self.figures_in(span).any(|f| f.kind == FigureKind::Person);
        if let Some(office) = self.holder(view, noun, span).filter(|_| !person) {
            self.spoke(Person { span: office, nameless: false, seen: span.end });
            return (Some(span), Some(office), SpeakerKind::Person);
        }
        // Who is known by the phrase itself stands for himself; else it is whoever is told of.
        let meant = self.meant(view, span, None).filter(|_| !person);
        if kind != SpeakerKind::Person {
            return (Some(span), None, kind);
        }
        (Some(span), meant, kind)
    }

    /// The last person before a place whose office is this noun: by the noun alone before a longer title.
    fn holder(&self, view: &View<'_>, noun: &str, before: Span) -> Option<Span> {
        let figures = self.figures?;
        let to = figures.mentions.partition_point(|m| m.span.end <= before.start);
        let mut longer = None;
        for mention in figures.mentions.get(..to)?.iter().rev() {
            let Some(role) = mention.role.as_ref() else { continue };
            if role.former || role.plural || self.quoted(mention.span.start) || mention.span.is_empty() {
                continue;
            }
            let office = view.doc.text(role.span);
            let main = office.split(" of ").next().unwrap_or(office).split(" for ").next().unwrap_or(office);
            if main.eq_ignore_ascii_case(noun) && role.organisation.is_none() {
                return Some(mention.span);
            }
            let ends = main.rsplit([' ', '-']).next().is_some_and(|w| w.eq_ignore_ascii_case(noun));
            if ends && longer.is_none() {
                longer = Some(mention.span);
            }
        }
        longer
    }
}
