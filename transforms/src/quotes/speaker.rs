//! What kind of speaker a phrase names, and whom a pronoun means: the latest person who spoke or was named.

use super::view::{Range, View, among};
use crate::document::Mention;
use crate::figures::FigureSet;
use crate::grammar::{Deprel, EntityLabel};
use crate::span::Span;

/// What kind of speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SpeakerKind {
    /// A person who is named or pointed at.
    Person,
    /// An organisation, a state, a document of one.
    Organisation,
    /// Somebody who isn't named.
    Anonymous,
    /// Nobody was found.
    #[default]
    Unknown,
}

impl SpeakerKind {
    /// The contract's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Anonymous => "anonymous",
            Self::Unknown => "unknown",
        }
    }
}

const PRONOUNS: &[&str] = &["he", "she", "they", "i", "we", "who", "it", "him", "her", "them"];
const ORGANISATIONS: &[&str] = &[
    "ministry",
    "department",
    "police",
    "army",
    "military",
    "government",
    "court",
    "group",
    "party",
    "commission",
    "agency",
    "union",
    "office",
    "company",
    "statement",
    "report",
    "association",
    "committee",
    "council",
    "bank",
    "organisation",
    "organization",
    "embassy",
    "navy",
    "force",
    "forces",
    "administration",
    "parliament",
    "senate",
    "house",
    "movement",
    "network",
    "newspaper",
    "daily",
    "channel",
    "authority",
    "authorities",
    "foundation",
    "institute",
    "university",
    "study",
    "survey",
    "poll",
    "campaign",
    "firm",
    "corporation",
    "team",
    "board",
    "alliance",
    "coalition",
    "federation",
    "club",
    "hospital",
    "release",
    "communique",
    "fund",
    "times",
    "post",
    "pentagon",
    "kremlin",
    "fbi",
    "cia",
    "un",
    "directorate",
    "bureau",
    "service",
    "services",
    "militia",
    "taliban",
];
const NAMELESS: &[&str] = &[
    "source",
    "sources",
    "official",
    "officials",
    "witness",
    "witnesses",
    "resident",
    "residents",
    "critic",
    "critics",
    "analyst",
    "analysts",
    "diplomat",
    "diplomats",
    "expert",
    "experts",
    "observer",
    "observers",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "officer",
    "protester",
    "protesters",
    "reporter",
    "reporters",
    "villagers",
    "locals",
    "activists",
    "lawyers",
    "doctors",
    "supporters",
    "opponents",
    "people",
    "insider",
];

/// Somebody who spoke.
#[derive(Debug, Clone, Copy)]
struct Person {
    span: Span,
    nameless: bool,
}

/// Who spoke or was named before.
#[derive(Debug)]
pub struct Speakers<'f> {
    /// What is known of the people named; their sex tells whom a pronoun can't mean.
    figures: Option<&'f FigureSet>,
    /// The latest speakers, the last one first.
    recent: [Option<Person>; 4],
    organisation: Option<Span>,
    /// Nameless people who spoke together: "diplomats".
    several: Option<Span>,
}

impl<'f> Speakers<'f> {
    /// Nobody has spoken yet.
    pub fn new(figures: Option<&'f FigureSet>) -> Self {
        Self { figures, recent: [None; 4], organisation: None, several: None }
    }

    /// The speaker's place, whom it stands for, and its kind.
    pub fn of(&mut self, view: &View<'_>, range: Range) -> (Option<Span>, Option<Span>, SpeakerKind) {
        let span = view.span(range);
        if span.is_empty() {
            return (None, None, SpeakerKind::Unknown);
        }
        let first = view.word(range.0);
        if range.1 == range.0 + 1 && among(first, PRONOUNS) {
            return self.pronoun(view, span, first);
        }
        if range.1 == range.0 + 1 && among(first, &["one"]) {
            return (Some(span), self.several, SpeakerKind::Anonymous);
        }
        let kind = self.kind(view, range, span);
        if kind == SpeakerKind::Organisation
            && among(first, &["the", "its"])
            && view.is_paper(range.1 - 1)
            && range.1 - range.0 <= 3
        {
            return (Some(span), self.organisation, kind);
        }
        match kind {
            SpeakerKind::Person => {
                let named = (range.0..range.1).any(|i| view.capital(i)) && !among(first, &["the"]);
                if !named {
                    return (Some(span), self.meant(view, span, None), kind);
                }
                self.spoke(Person { span, nameless: false });
            }
            SpeakerKind::Anonymous if view.word(range.1 - 1).ends_with('s') => self.several = Some(span),
            SpeakerKind::Anonymous => self.spoke(Person { span, nameless: true }),
            SpeakerKind::Organisation => self.organisation = Some(span),
            SpeakerKind::Unknown => {}
        }
        (Some(span), None, kind)
    }

    fn spoke(&mut self, person: Person) {
        if self.recent.first().is_some_and(|r| r.is_some_and(|r| r.span == person.span)) {
            return;
        }
        self.recent.rotate_right(1);
        if let Some(first) = self.recent.first_mut() {
            *first = Some(person);
        }
    }

    /// A pronoun as the speaker, and the person or organisation that it means.
    fn pronoun(&self, view: &View<'_>, span: Span, word: &str) -> (Option<Span>, Option<Span>, SpeakerKind) {
        if among(word, &["it"]) {
            let group = self.group(view, span);
            let kind = group.map_or(SpeakerKind::Unknown, |_| SpeakerKind::Organisation);
            return (Some(span), group, kind);
        }
        let woman = match () {
            () if among(word, &["he", "him"]) => Some(false),
            () if among(word, &["she", "her"]) => Some(true),
            () if among(word, &["i", "who"]) => None,
            () => return (Some(span), None, SpeakerKind::Unknown),
        };
        let meant = self.meant(view, span, woman);
        let nameless = self.recent.iter().flatten().any(|r| r.nameless && Some(r.span) == meant);
        (Some(span), meant, if nameless { SpeakerKind::Anonymous } else { SpeakerKind::Person })
    }

    /// The organisation that spoke last, or one that has become a subject since then.
    fn group(&self, view: &View<'_>, before: Span) -> Option<Span> {
        let names = &view.doc.parsed.names;
        let to = names.partition_point(|n| n.span.start < before.start);
        let from = self.organisation.map_or(0, |o| o.end);
        let subject = |n: &&Mention| {
            n.label == EntityLabel::Org
                && view.doc.tokens(&n.tokens).iter().any(|t| t.deprel == Deprel::Nsubj)
        };
        let since = names.get(..to)?.iter().rev().take(8).take_while(|n| n.span.start >= from).find(subject);
        since.map(|n| n.span).or(self.organisation)
    }

    /// Whether somebody is known to be of the other sex.
    fn unlike(&self, span: Span, woman: Option<bool>) -> bool {
        let (Some(figures), Some(woman)) = (self.figures, woman) else { return false };
        let from = figures.mentions.partition_point(|m| m.span.end <= span.start);
        let inside = figures.mentions.iter().skip(from).take_while(|m| m.span.start < span.end);
        inside.filter_map(|m| figures.figure(m)).any(|f| f.female == Some(!woman))
    }

    /// The last speaker, or a person who has become a subject since then.
    fn meant(&self, view: &View<'_>, before: Span, woman: Option<bool>) -> Option<Span> {
        let names = &view.doc.parsed.names;
        let to = names.partition_point(|n| n.span.start < before.start);
        let people = || {
            names.get(..to).unwrap_or(&[]).iter().rev().take(16).filter(|n| n.label == EntityLabel::Person)
        };
        let like = |n: &&Mention| !self.unlike(n.span, woman);
        let subject = |n: &&Mention| {
            let tokens = view.doc.tokens(&n.tokens);
            like(n) && tokens.iter().any(|t| matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass))
        };
        match self.recent.iter().flatten().find(|r| !self.unlike(r.span, woman)) {
            Some(last) => {
                let since = people().take_while(|n| n.span.start >= last.span.end).find(subject);
                Some(since.map_or(last.span, |n| n.span))
            }
            None => people().find(subject).or_else(|| people().find(like)).map(|n| n.span),
        }
    }

    fn kind(&self, view: &View<'_>, range: Range, span: Span) -> SpeakerKind {
        let names = &view.doc.parsed.names;
        let from = names.partition_point(|n| n.span.end <= span.start);
        let inside = || names.iter().skip(from).take_while(|n| n.span.start < span.end);
        if inside().any(|n| n.label == EntityLabel::Person) {
            return SpeakerKind::Person;
        }
        let has = |list: &[&str]| (range.0..range.1).any(|i| view.is(i, list));
        let first = view.word(range.0);
        let head = (range.0..range.1)
            .take_while(|i| !view.is(*i, &["of", "for", "in", "at", "from", "with"]))
            .last();
        let head_is = |list: &[&str]| head.is_some_and(|h| view.is(h, list));
        let vague = among(
            first,
            &["a", "an", "one", "another", "some", "several", "many", "two", "three", "other", "most"],
        );
        let proper = (range.0 + usize::from(among(first, &["the"]))..range.1)
            .any(|i| view.capital(i) && !(i == range.0 && vague));
        if head_is(NAMELESS)
            && (vague || first.ends_with('s') || !among(first, &["the", "his", "her", "its"]) && !proper)
        {
            return SpeakerKind::Anonymous;
        }
        if inside().any(|n| matches!(n.label, EntityLabel::Org)) && !head_is(NAMELESS) {
            return SpeakerKind::Organisation;
        }
        if head_is(ORGANISATIONS) {
            return SpeakerKind::Organisation;
        }
        if vague && !proper {
            return SpeakerKind::Anonymous;
        }
        let lone = inside()
            .any(|n| matches!(n.label, EntityLabel::Gpe | EntityLabel::Norp) && n.span.contains(span));
        if lone || proper && has(ORGANISATIONS) {
            return SpeakerKind::Organisation;
        }
        if head_is(NAMELESS) && first.ends_with('s') {
            return SpeakerKind::Anonymous;
        }
        SpeakerKind::Person
    }
}
