//! What kind of speaker a phrase names, and whom a pronoun means: the latest person who spoke or was named.

use super::view::{Range, View, among};
use crate::document::Mention;
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
    "one",
    "insider",
];

/// Who spoke or was named before.
#[derive(Debug, Default)]
pub struct Speakers {
    last: Option<Span>,
    /// Whether the last person is nameless.
    nameless: bool,
    organisation: Option<Span>,
}

impl Speakers {
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
        let kind = self.kind(view, range, span);
        match kind {
            SpeakerKind::Person => {
                let named = (range.0..range.1).any(|i| view.capital(i)) && !among(first, &["the"]);
                if !named {
                    return (Some(span), self.meant(view, span), kind);
                }
                (self.last, self.nameless) = (Some(span), false);
            }
            SpeakerKind::Anonymous if !view.word(range.1 - 1).ends_with('s') => {
                (self.last, self.nameless) = (Some(span), true);
            }
            SpeakerKind::Organisation => self.organisation = Some(span),
            _ => {}
        }
        (Some(span), None, kind)
    }

    /// A pronoun as the speaker: a nameless person or an organisation that it means stands in its place.
    fn pronoun(&self, view: &View<'_>, span: Span, word: &str) -> (Option<Span>, Option<Span>, SpeakerKind) {
        if among(word, &["it"]) {
            return match self.organisation {
                Some(meant) => (Some(meant), None, SpeakerKind::Organisation),
                None => (Some(span), None, SpeakerKind::Unknown),
            };
        }
        if !among(word, &["he", "she", "i", "who", "him", "her"]) {
            return (Some(span), None, SpeakerKind::Unknown);
        }
        let meant = self.meant(view, span);
        if self.nameless && meant == self.last && meant.is_some() {
            return (meant, None, SpeakerKind::Anonymous);
        }
        (Some(span), meant, SpeakerKind::Person)
    }

    /// The last speaker, or a person who has become a subject since then.
    fn meant(&self, view: &View<'_>, before: Span) -> Option<Span> {
        let names = &view.doc.parsed.names;
        let to = names.partition_point(|n| n.span.start < before.start);
        let people = || {
            names.get(..to).unwrap_or(&[]).iter().rev().take(16).filter(|n| n.label == EntityLabel::Person)
        };
        let subject = |n: &&Mention| {
            let tokens = view.doc.tokens(&n.tokens);
            tokens.iter().any(|t| matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass))
        };
        match self.last {
            Some(last) => {
                let since = people().take_while(|n| n.span.start >= last.end).find(subject);
                Some(since.map_or(last, |n| n.span))
            }
            None => people().find(subject).or_else(|| people().next()).map(|n| n.span),
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
