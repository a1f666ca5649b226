//! What kind of speaker a phrase names, and who has spoken.

use super::marks::Stretch;
use super::meant::head;
use super::view::{Range, View, among};
use crate::figures::{FigureKind, FigureSet};
use crate::grammar::EntityLabel;
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
pub(super) const ORGANISATIONS: &[&str] = &[
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
/// Bodies that a name said before is meant by: "the company".
pub(super) const GROUPS: &[&str] = &[
    "company",
    "firm",
    "group",
    "organisation",
    "organization",
    "charity",
    "bank",
    "club",
    "airline",
    "agency",
    "newspaper",
    "network",
    "party",
    "union",
    "university",
    "hospital",
    "association",
    "federation",
    "institute",
    "foundation",
    "studio",
    "retailer",
    "carmaker",
    "manufacturer",
    "broadcaster",
    "publisher",
    "operator",
    "ministry",
    "department",
    "commission",
    "committee",
    "council",
    "militia",
    "movement",
    "corporation",
    "trust",
    "embassy",
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
pub(super) struct Person {
    pub span: Span,
    pub nameless: bool,
    /// Where they were last spoken of, in bytes.
    pub seen: u32,
}

/// Who spoke or was named before.
#[derive(Debug)]
pub struct Speakers<'f> {
    /// What is known of the people named; their sex tells whom a pronoun can't mean.
    pub(super) figures: Option<&'f FigureSet>,
    /// The quoted stretches: who is named in them is spoken of, and doesn't speak.
    pub(super) stretches: &'f [Stretch],
    /// The latest speakers, the last one first.
    pub(super) recent: [Option<Person>; 4],
    pub(super) organisation: Option<Span>,
    /// Nameless people who spoke together: "diplomats".
    several: Option<Span>,
    /// Phrases without a name that spoke: their nouns and themselves.
    pub(super) phrases: Vec<(Span, Span)>,
    /// For each figure, whether it is a woman, where a title or the article's own pronouns tell.
    pub(super) women: Vec<Option<bool>>,
}

/// Most phrases that are remembered.
const PHRASES: usize = 24;

impl<'f> Speakers<'f> {
    /// Nobody has spoken yet.
    pub fn new(view: &View<'_>, figures: Option<&'f FigureSet>, stretches: &'f [Stretch]) -> Self {
        let mut new = Self {
            figures,
            stretches,
            recent: [None; 4],
            organisation: None,
            several: None,
            phrases: Vec::new(),
            women: Vec::new(),
        };
        new.women = new.pronouns_of(view);
        new
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
        let unnamed = !self.names_somebody(view, span);
        let definite = among(first, &["the", "its", "this", "that"]);
        let head = head(view, range);
        let paper = unnamed && view.is_paper(head);
        if paper && (definite || among(first, &["a", "in"])) && kind == SpeakerKind::Organisation {
            return (Some(span), self.group(view, span), SpeakerKind::Organisation);
        }
        // "the company", "the Palestinian group"; "the Finance Ministry" is a name.
        let bare = (range.0 + 1..range.1).all(|i| !view.capital(i) || view.people(i));
        if unnamed && definite && bare && view.is(head, GROUPS) {
            let group = self.group_called(view, span, head);
            if group.is_some() {
                self.organisation = group;
            }
            return (Some(span), group, SpeakerKind::Organisation);
        }
        if unnamed && definite && kind != SpeakerKind::Organisation {
            return self.definite(view, range, span, kind);
        }
        let nameless = kind == SpeakerKind::Anonymous;
        match kind {
            SpeakerKind::Person => {
                let named =
                    self.names_person(view, span) || (range.0..range.1).any(|i| view.capital(i)) && !definite;
                if !named && !among(first, &["a", "an", "another", "one"]) {
                    let known = self.figures_in(span).any(|f| f.kind == FigureKind::Person);
                    return (Some(span), self.meant(view, span, None).filter(|_| !known), kind);
                }
                if unnamed {
                    self.remember(view, head, span);
                }
                self.spoke(Person { span, nameless, seen: span.end });
            }
            SpeakerKind::Anonymous if view.word(range.1 - 1).ends_with('s') => self.several = Some(span),
            SpeakerKind::Anonymous => {
                self.remember(view, head, span);
                self.spoke(Person { span, nameless, seen: span.end });
            }
            SpeakerKind::Organisation => {
                self.organisation = Some(span);
                if !definite && self.maybe_person(view, range) {
                    self.spoke(Person { span, nameless, seen: span.end });
                }
            }
            SpeakerKind::Unknown => {}
        }
        (Some(span), None, kind)
    }

    fn remember(&mut self, view: &View<'_>, head: usize, span: Span) {
        if self.phrases.len() < PHRASES {
            self.phrases.push((view.span((head, head + 1)), span));
        }
    }

    /// Whether a short name without a noun for a body in it may be a person's, whatever it was taken for.
    fn maybe_person(&self, view: &View<'_>, range: Range) -> bool {
        let word = |i: usize| {
            let text = view.word(i);
            text.chars().any(char::is_lowercase) && !among(text, ORGANISATIONS) && !text.contains(['-', '.'])
        };
        let last = range.1.saturating_sub(1);
        let known = self.figures_in(view.span(range)).any(|f| f.known_as.is_some());
        !known
            && range.1 - range.0 <= 4
            && view.names_org(last)
            && word(last)
            && (range.0..range.1).all(|i| view.capital(i))
    }

    /// Puts somebody first among those who spoke.
    pub(super) fn spoke(&mut self, person: Person) {
        let known = self.recent.iter().position(|r| r.is_some_and(|r| r.span == person.span));
        let last = known.unwrap_or(self.recent.len() - 1);
        if let Some(upto) = self.recent.get_mut(..=last) {
            upto.rotate_right(1);
        }
        if let Some(first) = self.recent.first_mut() {
            *first = Some(person);
        }
    }

    /// A pronoun as the speaker, and the person or organisation that it means.
    fn pronoun(
        &mut self,
        view: &View<'_>,
        span: Span,
        word: &str,
    ) -> (Option<Span>, Option<Span>, SpeakerKind) {
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
        if let Some(meant) = meant {
            self.spoke(Person { span: meant, nameless, seen: span.end });
        }
        (Some(span), meant, if nameless { SpeakerKind::Anonymous } else { SpeakerKind::Person })
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
