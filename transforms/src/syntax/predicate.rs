//! The predicate view of a verb: its deep subject and object whatever the construction (passive, relative clause,
//! participle, coordination, control), and how its clause is asserted.

use super::Tree;
use crate::grammar::{Deprel, EntityLabel, Upos, Xpos};

/// How a clause is asserted by its own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Force {
    /// As a fact.
    #[default]
    Asserted,
    /// As lying ahead: "will", "is to", "plans to".
    Future,
    /// As possible or wished: "may", "would", "if".
    Hypothetical,
    /// As not so: "not", "never", "refused to".
    Negated,
}

/// A verb with what its construction says.
#[derive(Debug, Clone, Copy)]
pub struct Predicate<'t, 'a> {
    tree: &'t Tree<'a>,
    /// The verb's token.
    pub at: u32,
    /// Whether its grammatical subject undergoes the act.
    pub passive: bool,
}

/// Verbs whose infinitive belongs to their subject even beside an object ("promised them to leave").
const SUBJECT_CONTROL: [&str; 6] = ["promise", "vow", "pledge", "threaten", "agree", "offer"];

impl<'t, 'a> Predicate<'t, 'a> {
    /// Looks at a verb.
    pub fn new(tree: &'t Tree<'a>, at: u32) -> Self {
        let passive = is_passive(tree, at, 0);
        Self { tree, at, passive }
    }

    /// Who does it.
    pub fn subject(&self) -> Option<u32> {
        if self.passive {
            return self.agent();
        }
        surface_subject(self.tree, self.at, 0)
    }

    /// To whom or what it is done.
    pub fn object(&self) -> Option<u32> {
        if !self.passive {
            // "Iran, which they blame": the pronoun stands for the noun.
            let own = self.tree.child(self.at, Deprel::Obj).map(|o| antecedent(self.tree, self.at, o));
            let object = own
                .or_else(|| counted(self.tree, self.at))
                .or_else(|| absolute(self.tree, self.at))
                .or_else(|| shared_object(self.tree, self.at));
            return object.map(|o| self.tree.content(o));
        }
        match self.tree.deprel(self.at) {
            Some(Deprel::Acl) if own_subject(self.tree, self.at).is_none() => self.tree.head(self.at),
            _ => surface_subject(self.tree, self.at, 0),
        }
    }

    /// The receiver beside an object ("gave them arms").
    pub fn receiver(&self) -> Option<u32> {
        self.tree.child(self.at, Deprel::Iobj)
    }

    /// The agent of a passive.
    pub fn agent(&self) -> Option<u32> {
        let agent = self.tree.child(self.at, Deprel::OblAgent);
        agent.or_else(|| self.oblique("by")).or_else(|| {
            // "Shot dead by troops", "sentenced to ten years in prison by a court": the parser hangs it on what is near.
            let by = |at: u32| {
                let mut agents = self.tree.children(at).filter(|(i, t)| {
                    matches!(t.deprel, Deprel::OblAgent | Deprel::Obl | Deprel::Nmod)
                        && self.tree.case(*i) == Some("by")
                });
                agents.next().map(|(i, _)| i)
            };
            // Not behind a place or an occasion: "killed at a concert by a singer".
            let beside = self.tree.children(self.at).filter(|(i, t)| {
                let completes = matches!(t.deprel, Deprel::Xcomp | Deprel::Obj)
                    || t.deprel == Deprel::Obl && self.tree.case(*i) == Some("to");
                *i > self.at && completes
            });
            beside.map(|(i, _)| i).find_map(|i| {
                by(i).or_else(|| {
                    let inner = self.tree.children(i).filter(|(_, t)| t.deprel == Deprel::Nmod);
                    inner.map(|(n, _)| n).find_map(by)
                })
            })
        })
    }

    /// The nominal that a preposition ties to the verb, or to a verb it is coordinated with.
    pub fn oblique(&self, preposition: &str) -> Option<u32> {
        let found = |(i, t): &(u32, &crate::document::Token)| {
            matches!(t.deprel, Deprel::Obl | Deprel::OblAgent | Deprel::Nmod | Deprel::OblUnmarked)
                && self.tree.case(*i) == Some(preposition)
        };
        self.tree.children(self.at).find(found).map(|(i, _)| i)
    }

    /// The clause that completes the verb: "said that ...", "vowed to ...".
    pub fn complement(&self) -> Option<u32> {
        // "A declaration to invest": a noun is completed by an infinitive.
        let noun = !self.tree.is_verb(self.at);
        let wanted = |d| matches!(d, Deprel::Xcomp | Deprel::Ccomp) || (noun && d == Deprel::Acl);
        let own = self.tree.children(self.at).find(|(_, t)| wanted(t.deprel)).map(|(i, _)| i);
        // "Residents were told by the mayor to leave": the parser may hang it on who tells.
        let own = own.or_else(|| {
            let agent = self.agent().filter(|_| self.passive)?;
            let infinitive = |(i, t): &(u32, &crate::document::Token)| {
                t.deprel == Deprel::Acl
                    && self
                        .tree
                        .children(*i)
                        .any(|(c, t)| t.deprel == Deprel::Mark && self.tree.lemma(c) == "to")
            };
            self.tree.children(agent).find(infinitive).map(|(i, _)| i)
        });
        // The parser may hang the noun's infinitive on what the noun hangs on: "grateful for the offer to help".
        own.or_else(|| {
            let head = self.tree.head(self.at).filter(|_| noun)?;
            let infinitive = |i: u32| {
                self.tree.children(i).any(|(c, t)| t.deprel == Deprel::Mark && self.tree.lemma(c) == "to")
            };
            self.tree
                .children(head)
                .find(|(i, t)| *i > self.at && t.deprel == Deprel::Advcl && infinitive(*i))
                .map(|(i, _)| i)
        })
    }

    /// How the clause's own words assert it.
    pub fn force(&self) -> Force {
        force(self.tree, self.at)
    }
}

/// "With both sides engaged in a war": what "with" sets beside the clause undergoes the act.
fn absolute(tree: &Tree<'_>, verb: u32) -> Option<u32> {
    let with = tree.children(verb).any(|(i, t)| t.deprel == Deprel::Mark && tree.lemma(i) == "with");
    if !with {
        return None;
    }
    let beside = |d| matches!(d, Deprel::Obl | Deprel::Nsubj | Deprel::OblUnmarked);
    tree.children(verb)
        .find(|(i, t)| *i < verb && beside(t.deprel) && tree.case(*i).is_none())
        .map(|(i, _)| i)
}

/// "Killed at least 200 people": the parser takes the object for an adverbial where words of measure stand before it.
fn counted(tree: &Tree<'_>, verb: u32) -> Option<u32> {
    let measured = |i: u32| {
        let mut bare = true;
        let mut number = false;
        for (c, t) in tree.children(i) {
            number |= t.deprel == Deprel::Nummod;
            bare &=
                t.deprel != Deprel::Case || matches!(tree.lemma(c), "at" | "than" | "to" | "about" | "over");
        }
        number && bare
    };
    tree.children(verb)
        .find(|(i, t)| {
            *i > verb
                && matches!(t.deprel, Deprel::Obl | Deprel::OblUnmarked)
                && matches!(t.upos, Upos::Noun | Upos::Propn)
                && tree.doc.name_at(*i).is_none_or(|n| n.label == EntityLabel::Norp)
                && measured(*i)
                && !TIMES.contains(&tree.lemma(*i))
        })
        .map(|(i, _)| i)
}

/// Nouns that a number makes a measure of time, distance or money.
const TIMES: [&str; 24] = [
    "year",
    "month",
    "week",
    "day",
    "hour",
    "minute",
    "second",
    "time",
    "percent",
    "point",
    "mile",
    "kilometer",
    "kilometre",
    "km",
    "metre",
    "meter",
    "dollar",
    "rupee",
    "euro",
    "pound",
    "degree",
    "foot",
    "age",
    "place",
];

fn is_passive(tree: &Tree<'_>, at: u32, depth: usize) -> bool {
    let Some(token) = tree.get(at) else { return false };
    for (_, child) in tree.children(at) {
        match child.deprel {
            Deprel::AuxPass | Deprel::NsubjPass | Deprel::CsubjPass | Deprel::OblAgent => return true,
            _ => {}
        }
    }
    if token.xpos != Xpos::Vbn || tree.child(at, Deprel::Aux).is_some() {
        return false;
    }
    match token.deprel {
        Deprel::Acl | Deprel::Advcl | Deprel::Amod => tree.child(at, Deprel::Obj).is_none(),
        Deprel::Conj if depth < 8 => {
            own_subject(tree, at).is_none()
                && tree.child(at, Deprel::Obj).is_none()
                && tree.head(at).is_some_and(|h| is_passive(tree, h, depth + 1))
        }
        _ => false,
    }
}

fn own_subject(tree: &Tree<'_>, at: u32) -> Option<u32> {
    let is = |d| matches!(d, Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter);
    tree.children(at).find(|(_, t)| is(t.deprel)).map(|(i, _)| i)
}

/// A relative pronoun stands for the noun that its clause modifies.
fn antecedent(tree: &Tree<'_>, verb: u32, subject: u32) -> u32 {
    let relative = tree.get(subject).is_some_and(|t| matches!(t.xpos, Xpos::Wp | Xpos::Wdt))
        || matches!(tree.lemma(subject), "that" | "which" | "who");
    match tree.deprel(verb) {
        Some(Deprel::AclRelcl) if relative => tree.head(verb).unwrap_or(subject),
        Some(Deprel::Conj) if relative => {
            let first = tree.head(verb);
            first
                .filter(|h| tree.deprel(*h) == Some(Deprel::AclRelcl))
                .and_then(|h| tree.head(h))
                .unwrap_or(subject)
        }
        _ => subject,
    }
}

fn surface_subject(tree: &Tree<'_>, at: u32, depth: usize) -> Option<u32> {
    if let Some(own) = own_subject(tree, at) {
        return Some(antecedent(tree, at, own));
    }
    if depth > 12 {
        return None;
    }
    let head = tree.head(at)?;
    match tree.deprel(at)? {
        Deprel::Conj if tree.is_verb(head) || own_subject(tree, head).is_some() => {
            surface_subject(tree, head, depth + 1)
        }
        Deprel::Xcomp => {
            let controller = tree.child(head, Deprel::Obj).or_else(|| tree.child(head, Deprel::Iobj));
            match controller {
                Some(object) if !SUBJECT_CONTROL.contains(&tree.lemma(head)) => Some(object),
                _ if is_passive(tree, head, 0) => surface_subject(tree, head, depth + 1),
                _ => surface_subject(tree, head, depth + 1),
            }
        }
        // "A, while offering B to invest, said that C ...": what stands before a reported clause is the reporter's.
        Deprel::Advcl
            if tree.deprel(head) == Some(Deprel::Ccomp)
                && own_subject(tree, head).is_some_and(|s| s > at)
                && tree.head(head).is_some_and(|v| v > at) =>
        {
            surface_subject(tree, tree.head(head)?, depth + 1)
        }
        Deprel::Advcl | Deprel::Ccomp | Deprel::Parataxis => surface_subject(tree, head, depth + 1),
        Deprel::Acl => {
            let token = tree.get(at)?;
            // "In the process of signing", "the first to sign": whoever the noun is said of.
            let said_of = own_subject(tree, head);
            let gerund = tree.children(at).any(|(i, t)| {
                matches!(t.deprel, Deprel::Mark | Deprel::Case)
                    && matches!(tree.lemma(i), "of" | "for" | "in")
            });
            // "Released a statement thanking the police": whoever releases it thanks.
            let paper = PAPERS.contains(&tree.lemma(head));
            if token.xpos == Xpos::Vbg && !gerund && !paper {
                return Some(head);
            }
            // "a decision to withdraw": whoever takes the decision.
            let by = || {
                tree.children(head)
                    .find(|(i, t)| t.deprel == Deprel::Nmod && *i < at && tree.case(*i) == Some("by"))
                    .map(|(i, _)| i)
            };
            let owner = tree.child(head, Deprel::NmodPoss).or_else(by).or(said_of);
            owner.or_else(|| {
                let verb = tree.head(head)?;
                if tree.is_verb(verb) { surface_subject(tree, verb, depth + 1) } else { None }
            })
        }
        // "Among the first to acknowledge it"
        Deprel::Csubj => own_subject(tree, head),
        _ => None,
    }
}

/// Nouns for what somebody says in writing.
const PAPERS: [&str; 12] = [
    "statement",
    "letter",
    "message",
    "note",
    "tweet",
    "post",
    "communique",
    "email",
    "memo",
    "article",
    "editorial",
    "video",
];

/// "met and praised the minister": the object at the last verb belongs to both where the first has none.
fn shared_object(tree: &Tree<'_>, at: u32) -> Option<u32> {
    let token = tree.get(at)?;
    if token.deprel == Deprel::AclRelcl {
        // "the man whom they arrested": the object is the noun itself, where the clause has a subject of its own.
        let subject = own_subject(tree, at)?;
        return (antecedent(tree, at, subject) == subject).then(|| tree.head(at)).flatten();
    }
    let intransitive =
        tree.children(at).any(|(_, t)| matches!(t.deprel, Deprel::Obl | Deprel::Xcomp | Deprel::Ccomp));
    if intransitive {
        return None;
    }
    tree.children(at)
        .filter(|(i, t)| t.deprel == Deprel::Conj && tree.is_verb(*i) && own_subject(tree, *i).is_none())
        .find_map(|(i, _)| tree.child(i, Deprel::Obj))
}

fn force(tree: &Tree<'_>, at: u32) -> Force {
    let mut force = Force::Asserted;
    for (i, child) in tree.children(at) {
        match (child.deprel, tree.lemma(i)) {
            (Deprel::Advmod, "not" | "never" | "n't" | "hardly" | "nt") => return Force::Negated,
            (Deprel::Aux, "will" | "shall" | "'ll" | "wo" | "gonna") => force = force.max(Force::Future),
            (Deprel::Aux, "may" | "might" | "could" | "would" | "can" | "should" | "must" | "'d") => {
                force = force.max(Force::Hypothetical);
            }
            (Deprel::Mark, "if" | "unless" | "whether" | "lest") => force = force.max(Force::Hypothetical),
            (Deprel::Advmod, "possibly" | "perhaps" | "potentially") => {
                force = force.max(Force::Hypothetical)
            }
            _ => {}
        }
    }
    // "is to meet", "is set to meet", "is due to meet": the copula construction hangs above.
    let infinitive = tree.children(at).any(|(i, t)| t.deprel == Deprel::Mark && tree.lemma(i) == "to");
    if infinitive && tree.deprel(at) == Some(Deprel::Root) {
        // "Pakistan to host talks": headline English for what lies ahead.
        force = force.max(Force::Future);
    }
    if force == Force::Asserted && tree.deprel(at) == Some(Deprel::Conj) {
        // "will visit Baku and meet Aliyev": the first verb's auxiliary serves both.
        let own =
            tree.children(at).any(|(_, t)| matches!(t.deprel, Deprel::Aux | Deprel::Nsubj | Deprel::AuxPass));
        let finite = tree.get(at).is_some_and(|t| matches!(t.xpos, Xpos::Vbd | Xpos::Vbz));
        if let Some(head) =
            tree.head(at).filter(|h| !own && !finite && tree.get(*h).is_some_and(|t| t.upos == Upos::Verb))
        {
            return self::force(tree, head).min(Force::Hypothetical);
        }
    }
    force
}
