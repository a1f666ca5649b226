//! Whom a pronoun or "the group" means: the clause's own subject, whoever spoke or acted last, the band last named.

use super::actors::{ActorContext, ActorFound};
use super::memory::Memory;
use crate::code::Code;
use crate::figures::FigureKind;
use crate::grammar::{Deprel, EntityLabel, Upos, Xpos};
use crate::syntax::{Predicate, Tree};

/// Words for a group that was named before.
pub(super) const GROUPS: [&str; 8] =
    ["group", "organisation", "organization", "outfit", "movement", "faction", "militia", "party"];

impl ActorContext<'_> {
    /// Whether an actor is a person: a figure that is one, or a name that the tagger took for one.
    pub(super) fn person(&self, actor: &ActorFound) -> bool {
        let names = &self.doc.parsed.names;
        let at = names.partition_point(|n| n.span.end <= actor.span.start);
        let tagged =
            names.get(at).is_some_and(|n| n.label == EntityLabel::Person && n.span.overlaps(actor.span));
        tagged
            || actor.figure.is_some_and(|id| {
                self.figures.figures.iter().any(|f| f.id == id && f.kind == FigureKind::Person)
            })
    }

    /// Whom "its" and "their" mean inside a clause: the clause's own subject ("Israel resumed its offensive").
    pub(super) fn bound(&self, tree: &Tree<'_>, pronoun: u32, memory: &Memory) -> Option<ActorFound> {
        if tree.deprel(pronoun) != Some(Deprel::NmodPoss) {
            return None;
        }
        let mut at = tree.head(pronoun)?;
        for _ in 0..6 {
            if tree.is_verb(at) {
                break;
            }
            at = tree.head(at)?;
        }
        // "Ukraine, its allies and Washington": the owner stands first in the list.
        let owned = tree.head(pronoun)?;
        if tree.deprel(owned) == Some(Deprel::Conj)
            && let Some(first) = tree.head(owned).filter(|f| *f < pronoun && tree.is_nominal(*f))
            && let Some(found) = self.one(tree, first, memory).filter(|a| a.country.is_some())
        {
            return Some(found);
        }
        let verb = Predicate::new(tree, at);
        let fits = |noun: u32| {
            let token = tree.get(noun)?;
            if token.upos == Upos::Pron || noun >= pronoun || tree.under(pronoun, noun) {
                return None;
            }
            let person = self.figures.mention_at(noun).and_then(|m| self.figures.figure(m));
            if person.is_some_and(|f| f.kind == FigureKind::Person) {
                return None;
            }
            self.one(tree, noun, memory).filter(|a| a.country.is_some() || a.named)
        };
        // "Praised the forces for their bravery": the object is nearer.
        verb.object().and_then(fits).or_else(|| verb.subject().and_then(fits))
    }

    pub(super) fn pronoun(&self, tree: &Tree<'_>, head: u32, memory: &Memory) -> Option<ActorFound> {
        let word = tree.word(head);
        let lower = word.to_ascii_lowercase();
        if matches!(lower.as_str(), "we" | "our" | "us" | "i" | "my" | "me") && word != "US" {
            let mut found = memory.speakers.first()?.clone();
            found.span = tree.get(head)?.span;
            return Some(found);
        }
        if matches!(lower.as_str(), "he" | "she" | "him" | "her" | "his") {
            // A person of the article whom the figures don't know: whoever spoke or acted last by name.
            let known = memory.speakers.iter().chain(&memory.subjects);
            let mut found = known.into_iter().find(|a| a.named && self.person(a))?.clone();
            found.span = tree.get(head)?.span;
            return Some(found);
        }
        let plural = matches!(lower.as_str(), "they" | "their" | "them" | "who");
        let thing = matches!(lower.as_str(), "it" | "its" | "which");
        if !plural && !thing {
            return None;
        }
        if let Some(mut found) = self.bound(tree, head, memory) {
            found.span = tree.get(head)?.span;
            return Some(found);
        }
        if let Some(found) = self.main_subject(tree, head, memory, plural) {
            return Some(found);
        }
        let mut fitting = memory
            .subjects
            .iter()
            .filter(|a| if plural { true } else { a.named && (a.figure.is_none() || a.sector.is_some()) });
        let mut found = fitting.next()?.clone();
        found.span = tree.get(head)?.span;
        Some(found)
    }

    /// Whom "it" and "they" mean at the head of a clause inside another: that clause's subject ("the convoy was
    /// returning when it came under attack").
    fn main_subject(
        &self,
        tree: &Tree<'_>,
        pronoun: u32,
        memory: &Memory,
        plural: bool,
    ) -> Option<ActorFound> {
        if !matches!(tree.deprel(pronoun), Some(Deprel::Nsubj | Deprel::NsubjPass)) {
            return None;
        }
        let verb = tree.head(pronoun)?;
        if tree.deprel(verb) != Some(Deprel::Advcl) {
            return None;
        }
        let outer = tree.head(verb).filter(|v| tree.is_verb(*v))?;
        let subject = tree
            .children(outer)
            .find(|(_, t)| matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass))
            .map(|(i, _)| i)?;
        let token = tree.get(subject).filter(|t| matches!(t.upos, Upos::Noun | Upos::Propn))?;
        let many = matches!(token.xpos, Xpos::Nns | Xpos::Nnps)
            || tree.children(subject).any(|(_, t)| t.deprel == Deprel::Conj);
        let person = self.figures.mention_at(subject).and_then(|m| self.figures.figure(m));
        if many != plural || person.is_some_and(|f| f.kind == FigureKind::Person) {
            return None;
        }
        let mut found = self.one(tree, subject, memory)?;
        found.span = tree.get(pronoun)?.span;
        Some(found)
    }

    /// The group that "the group" or "the militants" means: the one of that kind last named.
    pub(super) fn known_group<'m>(
        &self,
        tree: &Tree<'_>,
        head: u32,
        sector: Option<Code>,
        memory: &'m Memory,
    ) -> Option<&'m ActorFound> {
        let definite = tree.children(head).any(|(i, t)| {
            t.deprel == Deprel::Det && matches!(tree.lemma(i), "the" | "this" | "that" | "these")
        });
        let group = memory.group.as_ref().filter(|_| definite)?;
        let fits = GROUPS.contains(&tree.lemma(head)) || (sector.is_some() && sector == group.sector);
        fits.then_some(group)
    }
}
