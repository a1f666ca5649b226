//! Ways from a predicate to an argument, as rules write them: `subj`, `obj`, `with`, `obj>between`, `poss`, `amod`.

use super::{Predicate, Tree};
use crate::grammar::Deprel;
use std::fmt;

/// One step or two from a trigger to the head of an argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slot {
    /// Whoever does it (the agent of a passive).
    Subject,
    /// Whatever it is done to (the subject of a passive).
    Object,
    /// The receiver beside an object.
    Receiver,
    /// A nominal tied by a preposition.
    Preposition(Box<str>),
    /// A possessor: "Pakistan's visit".
    Possessor,
    /// An adjective: "Israeli strike".
    Adjective,
    /// A noun before the noun: "police raid".
    Compound,
    /// For nouns: whoever does it by a light verb ("A held talks", "A took part in talks").
    LightSubject,
    /// For nouns: the subject of whatever verb they hang on ("said at a meeting with B").
    AnySubject,
    /// Whoever is reported to say the clause.
    Speaker,
    /// For nouns: whoever does what a participle or relative clause says of it ("the support shown by B").
    Doer,
    /// Whoever does the deed that a preposition ties to the verb: "killed in a police raid".
    Deed,
    /// For nouns: the preposition of the light verb ("A held talks on Monday with B").
    LightPreposition(Box<str>),
    /// The subject or object of the clause that completes the verb.
    Complement(Box<Slot>),
    /// From the object one step further: "visited the capital of B", "signed a deal with B".
    OfObject(Box<Slot>),
    /// From whoever or whatever does it one step further: "Russian shelling of Kherson killed ...".
    OfSubject(Box<Slot>),
    /// From the verb of an adverbial clause: "attacked the village, abducting women".
    OfAdverbial(Box<Slot>),
    /// From the nominal that a preposition ties one step further: "called for sanctions against B".
    OfPreposition(Box<str>, Box<Slot>),
}

/// A slot that can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotError(String);

impl fmt::Display for SlotError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "unknown slot `{}`; slots are subj, obj, iobj, poss, amod, compound, light, any, speaker, deed, doer, light>PREPOSITION, \
             comp>SLOT, obj>SLOT, subj>SLOT, adv>SLOT, PREPOSITION>SLOT, or a preposition",
            self.0
        )
    }
}

impl Slot {
    /// Reads a slot as rules write it.
    pub fn parse(text: &str) -> Result<Self, SlotError> {
        let word = |p: &str| !p.is_empty() && p.chars().all(|c| c.is_ascii_lowercase());
        Ok(match text {
            "subj" => Self::Subject,
            "obj" => Self::Object,
            "iobj" => Self::Receiver,
            "poss" => Self::Possessor,
            "amod" => Self::Adjective,
            "compound" => Self::Compound,
            "light" => Self::LightSubject,
            "any" => Self::AnySubject,
            "speaker" => Self::Speaker,
            "deed" => Self::Deed,
            "doer" => Self::Doer,
            _ => match text.split_once('>') {
                Some(("comp", rest)) => Self::Complement(Box::new(Self::parse(rest)?)),
                Some(("obj", rest)) => Self::OfObject(Box::new(Self::parse(rest)?)),
                Some(("subj", rest)) => Self::OfSubject(Box::new(Self::parse(rest)?)),
                Some(("adv", rest)) => Self::OfAdverbial(Box::new(Self::parse(rest)?)),
                Some(("light", rest)) if word(rest) => Self::LightPreposition(rest.into()),
                Some((first, rest)) if word(first) && first != "light" => {
                    Self::OfPreposition(first.into(), Box::new(Self::parse(rest)?))
                }
                None if word(text) => Self::Preposition(text.into()),
                _ => return Err(SlotError(text.to_owned())),
            },
        })
    }

    /// The head of the argument, from a verbal or nominal trigger.
    pub fn find(&self, tree: &Tree<'_>, trigger: u32) -> Option<u32> {
        let predicate = Predicate::new(tree, trigger);
        match self {
            Self::Subject => predicate.subject(),
            Self::Object => predicate.object(),
            Self::Receiver => predicate.receiver(),
            Self::Preposition(word) => tied(tree, trigger, word),
            Self::Possessor => tree.child(trigger, Deprel::NmodPoss).map(|p| whose(tree, p)),
            Self::Adjective => named_child(tree, trigger, Deprel::Amod),
            Self::Compound => named_chain(tree, trigger),
            Self::LightSubject => {
                let verb = light_verb(tree, trigger)
                    .filter(|v| LIGHT.contains(&tree.lemma(*v)) || tree.child(*v, Deprel::Cop).is_some())?;
                let light = Predicate::new(tree, verb);
                light.subject().filter(|s| *s != trigger)
            }
            Self::AnySubject => {
                let verb = light_verb(tree, trigger)?;
                Predicate::new(tree, verb).subject().filter(|s| *s != trigger)
            }
            Self::Speaker => speaker(tree, trigger),
            Self::Doer => tree
                .children(trigger)
                .filter(|(i, t)| matches!(t.deprel, Deprel::Acl | Deprel::AclRelcl) && tree.is_verb(*i))
                .find_map(|(i, _)| Predicate::new(tree, i).subject())
                .filter(|s| *s != trigger),
            Self::Deed => {
                let tied = ["in", "during", "after", "when"];
                let deed = tied.iter().find_map(|p| {
                    let found = predicate.oblique(p)?;
                    (tree.doc.name_at(found).is_none() && !PLACES.contains(&tree.lemma(found)))
                        .then_some(found)
                })?;
                modifier(tree, deed, "by")
                    .or_else(|| tree.child(deed, Deprel::NmodPoss))
                    .or_else(|| {
                        let named = |d| named_child(tree, deed, d).filter(|i| tree.doc.name_at(*i).is_some());
                        named(Deprel::Amod).or_else(|| named(Deprel::Compound))
                    })
                    .or_else(|| modifier(tree, deed, "with"))
                    .or_else(|| tree.child(deed, Deprel::Compound))
            }
            Self::LightPreposition(word) => {
                let verb = light_verb(tree, trigger)?;
                Predicate::new(tree, verb).oblique(word).filter(|s| *s != trigger)
            }
            Self::Complement(slot) => slot.find(tree, predicate.complement()?),
            Self::OfObject(slot) => slot.find(tree, predicate.object()?),
            Self::OfSubject(slot) => slot.find(tree, predicate.subject()?),
            Self::OfAdverbial(slot) => tree
                .children(trigger)
                .filter(|(i, t)| t.deprel == Deprel::Advcl && tree.is_verb(*i))
                .take(2)
                .find_map(|(i, _)| slot.find(tree, i)),
            Self::OfPreposition(word, slot) => slot.find(tree, tied(tree, trigger, word)?),
        }
    }
}

/// "The mayor, whose arrest ...": the noun that the relative clause is about.
fn whose(tree: &Tree<'_>, possessor: u32) -> u32 {
    if tree.lemma(possessor) != "whose" {
        return possessor;
    }
    let mut at = possessor;
    for _ in 0..8 {
        let Some(head) = tree.head(at) else { break };
        if tree.deprel(at) == Some(Deprel::AclRelcl) {
            return head;
        }
        at = head;
    }
    possessor
}

/// The nominal that a preposition ties to a verb or a noun.
fn tied(tree: &Tree<'_>, trigger: u32, word: &str) -> Option<u32> {
    if tree.is_verb(trigger) {
        return Predicate::new(tree, trigger).oblique(word).or_else(|| deeper(tree, trigger, word));
    }
    let across = || {
        // "The meeting in the Oval Office between A and B": whatever the parser hangs it on.
        let near = (trigger + 1..trigger + 13).take_while(|i| tree.get(*i).is_some() && tree.word(*i) != ",");
        // On a verb, or on the name of the place or the day; a noun of its own has its own parties.
        let loose = |i: u32| {
            tree.head(i).is_some_and(|h| {
                let noun = tree.get(h).is_some_and(|t| t.upos == crate::grammar::Upos::Noun);
                h == trigger || !noun || tree.doc.name_at(h).is_some()
            })
        };
        near.into_iter().find(|i| {
            tree.case(*i) == Some("between")
                && loose(*i)
                && tree.children(*i).any(|(_, t)| t.deprel == Deprel::Conj)
        })
    };
    modifier(tree, trigger, word).or_else(|| (word == "between").then(across).flatten()).or_else(|| {
        // "launched an attack on Monday on B": the parser may hang it on the verb.
        let tied = matches!(tree.deprel(trigger)?, Deprel::Obj | Deprel::NsubjPass);
        let verb = tree.head(trigger).filter(|v| tied && tree.is_verb(*v))?;
        Predicate::new(tree, verb).oblique(word).filter(|s| *s != trigger)
    })
}

/// Verbs that say little more than that the act of their object is done.
const LIGHT: [&str; 52] = [
    "hold",
    "have",
    "carry",
    "conduct",
    "launch",
    "make",
    "take",
    "stage",
    "mount",
    "give",
    "begin",
    "start",
    "open",
    "resume",
    "continue",
    "engage",
    "participate",
    "attend",
    "join",
    "lead",
    "wage",
    "undertake",
    "perform",
    "execute",
    "unleash",
    "commit",
    "perpetrate",
    "do",
    "pay",
    "issue",
    "deliver",
    "send",
    "offer",
    "express",
    "voice",
    "extend",
    "intensify",
    "step",
    "escalate",
    "co-chair",
    "chair",
    "host",
    "conclude",
    "plan",
    "announce",
    "order",
    "file",
    "lodge",
    "claim",
    "pass",
    "reach",
    "orchestrate",
];

/// Nouns for places, which do nothing.
const PLACES: [&str; 22] = [
    "forest", "village", "area", "district", "town", "station", "city", "province", "region", "state",
    "house", "market", "block", "hill", "road", "camp", "jungle", "home", "country", "valley", "street",
    "part",
];

/// The subject of the verb that reports a clause: above it ("X said that ..."), or beside it ("..., X said").
fn speaker(tree: &Tree<'_>, trigger: u32) -> Option<u32> {
    let mut at = trigger;
    for _ in 0..6 {
        let beside = tree.children(at).filter(|(i, t)| t.deprel == Deprel::Parataxis && tree.is_verb(*i));
        let mut subjects = beside.filter_map(|(i, _)| Predicate::new(tree, i).subject());
        if let Some(found) = subjects.next() {
            return Some(found);
        }
        let source = |i: u32| matches!(tree.case(i), Some("according" | "per"));
        let mut sources = tree.children(at).filter(|(i, t)| t.deprel == Deprel::Obl && source(*i));
        if let Some((found, _)) = sources.next() {
            return Some(found);
        }
        let head = tree.head(at)?;
        match tree.deprel(at)? {
            Deprel::Ccomp | Deprel::Parataxis if tree.is_verb(head) => {
                return Predicate::new(tree, head).subject();
            }
            Deprel::Xcomp
            | Deprel::Conj
            | Deprel::Advcl
            | Deprel::AclRelcl
            | Deprel::Acl
            | Deprel::Obj
            | Deprel::Obl
            | Deprel::Nmod
            | Deprel::Nsubj => at = head,
            _ => return None,
        }
    }
    None
}

/// The child with a relation that is part of a name, else the last one: "a deadly Israeli strike".
fn named_child(tree: &Tree<'_>, at: u32, deprel: Deprel) -> Option<u32> {
    let mut last = None;
    for (i, _) in tree.children(at).filter(|(_, t)| t.deprel == deprel) {
        if tree.doc.name_at(i).is_some() {
            return Some(i);
        }
        last = Some(i);
    }
    last
}

/// The noun before a noun: a named one anywhere in the chain ("a Taliban suicide car bombing"), else the last.
fn named_chain(tree: &Tree<'_>, at: u32) -> Option<u32> {
    let direct = named_child(tree, at, Deprel::Compound)?;
    let mut inner = direct;
    for _ in 0..3 {
        if tree.doc.name_at(inner).is_some() {
            return Some(inner);
        }
        let Some(next) = named_child(tree, inner, Deprel::Compound) else { break };
        inner = next;
    }
    Some(direct)
}

/// The verb that a noun is the object, subject or oblique of.
fn light_verb(tree: &Tree<'_>, noun: u32) -> Option<u32> {
    let mut noun = tree.counted_by(noun);
    // "Reaffirmed the partnership during a call": the parser may hang the occasion on the object.
    if tree.deprel(noun) == Some(Deprel::Nmod) && matches!(tree.case(noun), Some("during" | "at" | "after")) {
        noun = tree.head(noun)?;
    }
    let head = tree.head(noun)?;
    let relation = tree.deprel(noun)?;
    let tied =
        matches!(relation, Deprel::Obj | Deprel::Obl | Deprel::NsubjPass | Deprel::Nsubj | Deprel::Conj)
            || relation == Deprel::Nmod && tree.child(head, Deprel::Cop).is_some();
    if !tied {
        return None;
    }
    // "A delegation is in Cairo for talks": the place is what is said of it.
    let said = matches!(relation, Deprel::Obl | Deprel::Nmod) && tree.child(head, Deprel::Cop).is_some();
    if said || tree.is_verb(head) { Some(head) } else { light_verb_of_conjunct(tree, head) }
}

fn light_verb_of_conjunct(tree: &Tree<'_>, noun: u32) -> Option<u32> {
    let head = tree.head(noun)?;
    let tied = matches!(tree.deprel(noun)?, Deprel::Obj | Deprel::Obl | Deprel::NsubjPass);
    (tied && tree.is_verb(head)).then_some(head)
}

fn modifier(tree: &Tree<'_>, noun: u32, word: &str) -> Option<u32> {
    tree.children(noun)
        .find(|(i, t)| matches!(t.deprel, Deprel::Nmod | Deprel::Obl) && tree.case(*i) == Some(word))
        .map(|(i, _)| i)
}

/// A preposition that the parser hung on the object instead of the verb: "signed a deal with Baku".
fn deeper(tree: &Tree<'_>, verb: u32, word: &str) -> Option<u32> {
    let object = tree.child(verb, Deprel::Obj)?;
    modifier(tree, object, word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_read() {
        assert_eq!(Slot::parse("subj"), Ok(Slot::Subject));
        assert_eq!(Slot::parse("with"), Ok(Slot::Preposition("with".into())));
        assert_eq!(Slot::parse("obj>with"), Ok(Slot::OfObject(Box::new(Slot::Preposition("with".into())))));
        assert!(Slot::parse("nsubj:pass").unwrap_err().to_string().contains("slots are"));
    }
}
