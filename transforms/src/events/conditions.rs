//! What a frame asks beside its two sides: a particle, an object, words near by, a verb above or below.

use super::actors::ActorFound;
use super::find::Finder;
use super::rules::Frame;
use crate::grammar::{Deprel, EntityLabel};
use crate::knowledge::CountryWord;
use crate::syntax::Predicate;

/// Whether a list has a lemma, or a proper noun's in small letters: "Tribunal", "Treaty".
fn listed(list: &rustc_hash::FxHashSet<Box<str>>, lemma: &str) -> bool {
    if list.contains(lemma) {
        return true;
    }
    let mut small = [0; 24];
    let Some(small) =
        small.get_mut(..lemma.len()).filter(|_| lemma.starts_with(|c: char| c.is_ascii_uppercase()))
    else {
        return false;
    };
    small.copy_from_slice(lemma.as_bytes());
    small.make_ascii_lowercase();
    std::str::from_utf8(small).is_ok_and(|small| list.contains(small))
}

/// Steps up a tree that are taken at most.
const DEEP: u32 = 32;

impl Finder<'_, '_> {
    /// Whether what a frame asks beside its sides holds at a trigger.
    pub(super) fn conditions(&self, frame: &Frame, at: u32) -> bool {
        let tree = self.tree;
        let particle = tree.child(at, Deprel::CompoundPrt).or_else(|| {
            // A particle that the parser took for an adverb or a stranded preposition.
            frame.particle.as_deref().and_then(|wanted| {
                let loose = |t: &crate::document::Token| {
                    matches!(t.deprel, Deprel::Advmod | Deprel::Case | Deprel::Obl | Deprel::Mark)
                };
                tree.children(at).find(|(i, t)| loose(t) && tree.lemma(*i) == wanted).map(|(i, _)| i)
            })
        });
        match (&frame.particle, particle) {
            (Some(wanted), Some(found)) if tree.lemma(found) == &**wanted => {}
            (Some(_), _) => return false,
            (None, _) => {}
        }
        if !frame.object.is_empty() {
            let object = Predicate::new(tree, at).object();
            let fits = |o: u32| {
                listed(&frame.object, tree.lemma(o))
                    || tree.children(o).any(|(i, t)| {
                        matches!(t.deprel, Deprel::Conj | Deprel::Nmod | Deprel::Compound)
                            && listed(&frame.object, tree.lemma(i))
                    })
            };
            if !object.is_some_and(fits) {
                return false;
            }
        }
        if frame.negated {
            let mut under = tree.children(at);
            if !under.any(|(i, _)| matches!(tree.lemma(i), "not" | "never" | "n't" | "no")) {
                return false;
            }
        }
        if frame.complement
            && Predicate::new(tree, at).complement().is_none()
            && tree.child(at, Deprel::Advcl).is_none()
        {
            return false;
        }
        if frame.infinitive && !self.infinitive(at) || frame.passive && !Predicate::new(tree, at).passive {
            return false;
        }
        let bare = |relations: &[Deprel]| !tree.children(at).any(|(_, t)| relations.contains(&t.deprel));
        if frame.no_object && !bare(&[Deprel::Obj, Deprel::Iobj])
            || frame.no_complement && !bare(&[Deprel::Xcomp, Deprel::Ccomp])
        {
            return false;
        }
        if !self.arguments(frame, at) {
            return false;
        }
        if !frame.oblique.is_empty() {
            let tied = |t: &crate::document::Token| {
                matches!(
                    t.deprel,
                    Deprel::Obl | Deprel::Nmod | Deprel::Advmod | Deprel::Xcomp | Deprel::Ccomp | Deprel::Obj
                )
            };
            let mut under = tree.children(at).filter(|(_, t)| tied(t)).flat_map(|(i, _)| {
                std::iter::once(i)
                    .chain(tree.children(i).filter(|(_, t)| t.deprel == Deprel::Nmod).map(|(c, _)| c).take(2))
            });
            if !under.any(|i| listed(&frame.oblique, tree.lemma(i))) {
                return false;
            }
        }
        let stands =
            |set: &rustc_hash::FxHashSet<Box<str>>| tree.iter().any(|(i, _)| listed(set, tree.lemma(i)));
        (frame.beside.is_empty() || stands(&frame.beside))
            && (frame.without.is_empty() || !stands(&frame.without))
    }

    /// What a frame asks of the trigger's subject, object, clause, and of the verbs above and below.
    fn arguments(&self, frame: &Frame, at: u32) -> bool {
        let tree = self.tree;
        let predicate = Predicate::new(tree, at);
        if frame.any_object || !frame.not_object.is_empty() {
            let object = predicate.object();
            if frame.any_object && object.is_none() {
                return false;
            }
            if object.is_some_and(|o| listed(&frame.not_object, tree.lemma(o))) {
                return false;
            }
        }
        if !frame.subject.is_empty() || !frame.not_subject.is_empty() {
            let subject = predicate.subject().map(|s| tree.lemma(s));
            if !frame.subject.is_empty() && !subject.is_some_and(|s| listed(&frame.subject, s)) {
                return false;
            }
            if subject.is_some_and(|s| listed(&frame.not_subject, s)) {
                return false;
            }
        }
        if !frame.complement_verbs.is_empty() {
            let far = predicate.complement().into_iter();
            let mut completing = tree
                .children(at)
                .filter(|(_, t)| matches!(t.deprel, Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl))
                .map(|(i, _)| i)
                .chain(far);
            if !completing.any(|i| listed(&frame.complement_verbs, tree.lemma(i))) {
                return false;
            }
        }
        if !frame.governed_by.is_empty() && !self.governed(frame, at) {
            return false;
        }
        if !frame.near.is_empty() || !frame.not_near.is_empty() {
            let apart = |d| {
                matches!(
                    d,
                    Deprel::Parataxis | Deprel::Advcl | Deprel::AclRelcl | Deprel::Conj | Deprel::Ccomp
                )
            };
            let (low, high) = tree.extent(at, |_, t| !apart(t.deprel));
            // What lies between may still belong to a clause of its own.
            let inside = |i: u32| {
                let mut i = i;
                for _ in 0..DEEP {
                    if i == at {
                        return true;
                    }
                    match (tree.deprel(i), tree.head(i)) {
                        (Some(relation), Some(head)) if !apart(relation) => i = head,
                        _ => return false,
                    }
                }
                false
            };
            let stands = |set: &rustc_hash::FxHashSet<Box<str>>| {
                (low..=high).any(|i| listed(set, tree.lemma(i)) && inside(i))
            };
            if !frame.near.is_empty() && !stands(&frame.near) {
                return false;
            }
            if !frame.not_near.is_empty() && stands(&frame.not_near) {
                return false;
            }
        }
        true
    }

    /// Whether an infinitive with "to" completes a trigger: "told residents to leave".
    fn infinitive(&self, at: u32) -> bool {
        let tree = self.tree;
        let to = |i: u32| tree.children(i).any(|(c, t)| t.deprel == Deprel::Mark && tree.lemma(c) == "to");
        let own = tree.children(at).any(|(i, t)| t.deprel == Deprel::Xcomp && to(i));
        own || Predicate::new(tree, at).complement().is_some_and(to)
    }

    /// Whether one of a frame's words governs the trigger: "failed to reach", "cancelled a planned visit".
    fn governed(&self, frame: &Frame, at: u32) -> bool {
        let mut at = at;
        for _ in 0..4 {
            let (Some(relation), Some(head)) = (self.tree.deprel(at), self.tree.head(at)) else {
                return false;
            };
            let below = matches!(
                relation,
                Deprel::Xcomp
                    | Deprel::Ccomp
                    | Deprel::Obj
                    | Deprel::Obl
                    | Deprel::NsubjPass
                    | Deprel::Nsubj
                    | Deprel::Nmod
                    | Deprel::Acl
                    | Deprel::Advcl
            );
            if !below {
                return false;
            }
            if listed(&frame.governed_by, self.tree.lemma(head)) {
                return true;
            }
            at = head;
        }
        false
    }

    /// Whether an actor is only the place before a noun: "the Kabul bombing", "Kashmir grenade attacks".
    pub(super) fn scenery(&self, actor: &ActorFound, at: u32) -> bool {
        let Some((head, _)) = self.tree.children(at).find(|(i, t)| {
            matches!(t.deprel, Deprel::Compound | Deprel::Amod | Deprel::NmodPoss)
                && self.tree.get(*i).is_some_and(|t| actor.span.contains(t.span))
        }) else {
            return actor.scene;
        };
        let Some(name) = self.context.doc.name_at(head) else { return actor.scene };
        if !matches!(name.label, EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Fac) {
            return actor.scene;
        }
        let words = self.context.doc.tokens(&name.tokens).iter().map(|t| self.context.doc.word(t));
        let country = self.context.countries.phrases.longest(words).map(|f| f.value.word);
        let owner = self.tree.deprel(head) == Some(Deprel::NmodPoss);
        match country {
            Some(CountryWord::Name | CountryWord::Demonym) => false,
            // "Moscow's attack" is its government's, "the Moscow attack" is not.
            Some(CountryWord::Metonym | CountryWord::Capital) => !owner,
            None => true,
        }
    }
}
