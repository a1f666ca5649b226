//! Whether what is told has happened: the words above a clause that make it planned, possible, denied or alleged,
//! from `seeds/rules/modality.toml`, and who says so.

use crate::grammar::{Deprel, Xpos};
use crate::syntax::{Force, Predicate, Tree};
use rustc_hash::FxHashMap;
use seeds::{SeedError, Seeds};
use std::collections::BTreeMap;

const FILE: &str = "rules/modality.toml";

/// What a governing word does to what it governs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    Future,
    Hypothetical,
    /// As hypothetical, and nobody has done anything about it yet: wished, tried, needed.
    Idle,
    Negated,
    Disputed,
    Reported,
}

/// What the words around an act say of it.
#[derive(Debug, Clone, Copy)]
pub struct Judged {
    /// The contract's modality.
    pub modality: &'static str,
    /// The head of whoever is reported to say it.
    pub speaker: Option<u32>,
    /// Whether it is only possible, needed or wished, so that nothing has been done: no event.
    pub idle: bool,
}

/// The governing words.
#[derive(Debug)]
pub struct Modality {
    effects: FxHashMap<Box<str>, Effect>,
}

impl Modality {
    /// Reads the list.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let lists: BTreeMap<String, Vec<String>> =
            toml::from_str(seeds.text(FILE)?).map_err(|e| SeedError::line(FILE, 1, e.message()))?;
        let mut effects = FxHashMap::default();
        for (name, words) in lists {
            let effect = match name.as_str() {
                "future" => Effect::Future,
                "hypothetical" => Effect::Hypothetical,
                "idle" => Effect::Idle,
                "negated" => Effect::Negated,
                "disputed" => Effect::Disputed,
                "reported" => Effect::Reported,
                other => {
                    let what = format!(
                        "unknown list `{other}`; lists are future, hypothetical, idle, negated, disputed, reported"
                    );
                    return Err(SeedError::line(FILE, 1, what));
                }
            };
            effects.extend(words.into_iter().map(|w| (w.into_boxed_str(), effect)));
        }
        Ok(Self { effects })
    }

    /// Whether a verb reports speech.
    pub(super) fn reports(&self, lemma: &str) -> bool {
        self.effects.get(lemma) == Some(&Effect::Reported)
    }

    /// The modality of the clause around a trigger, and the head of whoever is reported to say it.
    pub fn judge(&self, tree: &Tree<'_>, trigger: u32) -> Judged {
        let mut force = Force::Asserted;
        let mut idle = false;
        let mut disputed = false;
        let mut speaker = None;
        let mut at = trigger;
        let copula = tree.child(trigger, Deprel::Cop).is_some();
        if tree.is_verb(trigger) || copula {
            force = Predicate::new(tree, trigger).force();
            idle = force == Force::Hypothetical && !would(tree, trigger);
        } else if tree.children(trigger).any(|(i, t)| t.deprel == Deprel::Det && tree.lemma(i) == "no") {
            force = Force::Negated;
        }
        // Whether what stands above still says something of the act: not beyond "after", a relative clause, or the
        // noun that a reported clause hangs on.
        let mut free = false;
        for _ in 0..12 {
            let Some(relation) = tree.deprel(at) else { break };
            let Some(head) = tree.head(at) else { break };
            let noun = !tree.is_verb(at);
            let governed = !free
                && match relation {
                    Deprel::Xcomp | Deprel::Ccomp | Deprel::Csubj | Deprel::Acl => true,
                    Deprel::Advcl => matches!(marker(tree, at), "of" | "for" | "to" | "from" | "against"),
                    Deprel::Obl => noun && !APART.contains(&marker(tree, at)),
                    Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass | Deprel::Nmod => noun,
                    // "..., officials said": the sayer hangs below what is said.
                    _ => false,
                };
            if governed {
                match self.effects.get(tree.lemma(head)) {
                    Some(Effect::Future) if !noun || relation == Deprel::Obj => {
                        force = force.max(Force::Future)
                    }
                    Some(Effect::Hypothetical) if !noun => force = force.max(Force::Hypothetical),
                    Some(Effect::Idle) if !noun || relation == Deprel::Obj => {
                        idle |= force < Force::Hypothetical;
                        force = force.max(Force::Hypothetical);
                    }
                    Some(Effect::Negated) if !noun || matches!(relation, Deprel::Obj | Deprel::NsubjPass) => {
                        force = Force::Negated;
                    }
                    Some(Effect::Disputed) => disputed = true,
                    Some(Effect::Reported) if relation == Deprel::Ccomp && speaker.is_none() => {
                        speaker = Predicate::new(tree, head).subject();
                        // "said he would meet": a plan, told later.
                        if force == Force::Hypothetical && would(tree, at) && past(tree, head) {
                            force = Force::Future;
                        }
                    }
                    _ => {}
                }
                if tree.is_verb(head) {
                    force = match Predicate::new(tree, head).force() {
                        // "did not say that A met B" leaves the meeting open.
                        Force::Negated if relation == Deprel::Ccomp => force.max(Force::Hypothetical),
                        Force::Asserted => force,
                        above if relation != Deprel::Ccomp || above == Force::Negated => {
                            idle |= above == Force::Hypothetical && force < above && !would(tree, head);
                            force.max(above)
                        }
                        _ => force,
                    };
                }
            }
            // "Will visit Tokyo, meeting its mayor": both lie ahead.
            let beside = relation == Deprel::Advcl && marker(tree, at).is_empty();
            if beside && !free && tree.is_verb(head) && Predicate::new(tree, head).force() == Force::Future {
                force = force.max(Force::Future);
            }
            free |= match relation {
                Deprel::Advcl => !governed,
                Deprel::AclRelcl | Deprel::Appos | Deprel::Parataxis => true,
                Deprel::Obl => APART.contains(&marker(tree, at)),
                // "Syria's denials that it was implicated": what a noun reports stands by itself.
                Deprel::Ccomp => !tree.is_verb(head),
                _ => false,
            };
            at = head;
        }
        if speaker.is_none() {
            speaker = tree
                .children(at)
                .filter(|(i, t)| {
                    t.deprel == Deprel::Parataxis
                        && self.effects.get(tree.lemma(*i)) == Some(&Effect::Reported)
                })
                .find_map(|(i, _)| Predicate::new(tree, i).subject());
        }
        let modality = match force {
            Force::Negated => "negated",
            _ if disputed => "disputed",
            Force::Hypothetical => "hypothetical",
            Force::Future => "future",
            Force::Asserted => "asserted",
        };
        Judged { modality, speaker, idle: idle && modality == "hypothetical" }
    }
}

/// Prepositions that put an act beside the clause, not under it: "will travel after the talks".
const APART: [&str; 14] = [
    "after",
    "following",
    "since",
    "amid",
    "despite",
    "before",
    "over",
    "because",
    "due",
    "during",
    "until",
    "by",
    "like",
    "from",
];

/// Whether a verb stands under "would".
fn would(tree: &Tree<'_>, verb: u32) -> bool {
    tree.children(verb).any(|(i, t)| t.deprel == Deprel::Aux && matches!(tree.lemma(i), "would" | "'d"))
}

fn past(tree: &Tree<'_>, verb: u32) -> bool {
    tree.get(verb).is_some_and(|t| matches!(t.xpos, Xpos::Vbd | Xpos::Vbn))
}

fn marker<'a>(tree: &Tree<'a>, at: u32) -> &'a str {
    let mark = tree.children(at).find(|(_, t)| matches!(t.deprel, Deprel::Mark | Deprel::Case));
    mark.map_or("", |(i, _)| tree.lemma(i))
}
