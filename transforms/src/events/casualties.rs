//! People hurt: every stated number of killed, injured, missing, detained or displaced, tied to the event it is of.
//! Where violence is told only by whom it hurt, the number makes the event.
//!
//! Words and patterns are data (`seeds/rules/casualties.toml`).

use super::actors::ActorFound;
use super::counts::{Count, Counts};
use super::find::Finder;
use super::surface;
use super::victims::{event_of, further, including};
use super::{EventMention, Events};
use crate::code::Code;
use crate::grammar::{Deprel, Upos};
use crate::span::Span;
use crate::syntax::{Predicate, Tree};
use rustc_hash::{FxHashMap, FxHashSet};
use seeds::{SeedError, Seeds};
use serde::Deserialize;
use std::collections::BTreeMap;

const FILE: &str = "rules/casualties.toml";
const SETS: &str = "rules/sets.toml";

/// A stated number of people hurt.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// `killed`, `injured`, `missing`, `detained` or `displaced`.
    pub outcome: &'static str,
    /// At least so many.
    pub low: Option<i32>,
    /// The number meant.
    pub best: Option<i32>,
    /// At most so many.
    pub high: Option<i32>,
    /// The words.
    pub span: Span,
    /// Sentence.
    pub sentence: u32,
    /// The word that says what happened to them; claims of one word are added.
    pub trigger: u32,
    /// Whether they are told as further victims: "another", "also".
    pub further: bool,
    /// Whether they are told as known: their bodies, "he", "the victim".
    pub known: bool,
    /// The victim's name, where a single one is named.
    pub name: Option<Span>,
    /// PLOVER role of the victims.
    pub victims: Option<Code>,
    /// Index of the claim that it is a part of.
    pub subset_of: Option<u32>,
    /// Index of the event's first telling.
    pub mention: u32,
    /// Who says so.
    pub claimed_by: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OutcomeFile {
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    subject_verbs: Vec<String>,
    #[serde(default)]
    deadly_verbs: Vec<String>,
    #[serde(default)]
    loose_verbs: Vec<String>,
    #[serde(default)]
    objects: Vec<String>,
    #[serde(default)]
    object_verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    bodies: Vec<String>,
    #[serde(default)]
    found: Vec<String>,
    #[serde(default)]
    things: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Victim {
    Object,
    Subject,
    Own,
}

type Words = FxHashSet<Box<str>>;

/// The compiled words.
#[derive(Debug)]
pub struct Casualties {
    pub(super) verbs: FxHashMap<Box<str>, (&'static str, Victim)>,
    pub(super) deadly: FxHashMap<Box<str>, &'static str>,
    /// Of those the ones that tell no violence unless a death completes them: "beat his rival".
    loose: Words,
    /// For "lost his life", "sustained injuries": the object and what it means.
    pub(super) objects: FxHashMap<Box<str>, &'static str>,
    pub(super) object_verbs: Words,
    pub(super) nouns: FxHashMap<Box<str>, &'static str>,
    pub(super) bodies: Words,
    pub(super) found: Words,
    /// What is no person: "neutralised a camp".
    things: Words,
    violence: Words,
    accident: Words,
    pub(super) counts: Counts,
}

impl Casualties {
    /// Reads the words.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let files: BTreeMap<String, OutcomeFile> =
            toml::from_str(seeds.text(FILE)?).map_err(|e| SeedError::line(FILE, 1, e.message()))?;
        let mut sets: BTreeMap<String, Vec<String>> =
            toml::from_str(seeds.text(SETS)?).map_err(|e| SeedError::line(SETS, 1, e.message()))?;
        let mut set = |name: &str| -> Words {
            sets.remove(name).unwrap_or_default().into_iter().map(String::into_boxed_str).collect()
        };
        let mut all = Self {
            verbs: FxHashMap::default(),
            deadly: FxHashMap::default(),
            loose: Words::default(),
            objects: FxHashMap::default(),
            object_verbs: Words::default(),
            nouns: FxHashMap::default(),
            bodies: Words::default(),
            found: Words::default(),
            things: Words::default(),
            violence: set("violence"),
            accident: set("accident"),
            counts: Counts::new(seeds)?,
        };
        for (name, file) in files {
            let outcome = match name.as_str() {
                "killed" => "killed",
                "injured" => "injured",
                "missing" => "missing",
                "detained" => "detained",
                "displaced" => "displaced",
                other => return Err(SeedError::line(FILE, 1, format!("unknown outcome `{other}`"))),
            };
            let boxed = |words: Vec<String>| words.into_iter().map(String::into_boxed_str);
            all.verbs.extend(boxed(file.verbs).map(|v| (v, (outcome, Victim::Object))));
            all.verbs.extend(boxed(file.subject_verbs).map(|v| (v, (outcome, Victim::Subject))));
            if outcome == "killed" {
                all.deadly.extend(boxed(file.deadly_verbs).map(|v| (v, outcome)));
            }
            all.loose.extend(boxed(file.loose_verbs));
            all.objects.extend(boxed(file.objects).map(|v| (v, outcome)));
            all.object_verbs.extend(boxed(file.object_verbs));
            all.nouns.extend(boxed(file.nouns).map(|n| (n, outcome)));
            all.bodies.extend(boxed(file.bodies));
            all.found.extend(boxed(file.found));
            all.things.extend(boxed(file.things));
        }
        Ok(all)
    }

    /// Whether a word only says that somebody was hurt.
    pub(super) fn is_hurt(&self, lemma: &str) -> bool {
        self.verbs.get(lemma).is_some_and(|(o, _)| matches!(*o, "killed" | "injured"))
            || self.deadly.contains_key(lemma)
            || self.nouns.contains_key(lemma)
    }

    /// Whether a sentence speaks of violence, and whether of an accident.
    pub(super) fn mood(&self, tree: &Tree<'_>) -> (bool, bool) {
        let (mut violent, mut accident) = (false, false);
        for (at, token) in tree.iter() {
            if !matches!(token.upos, Upos::Noun | Upos::Verb | Upos::Adj | Upos::Propn) {
                continue;
            }
            let lemma = tree.lemma(at);
            violent |= self.violence.contains(lemma) || token.upos == Upos::Propn && self.group(lemma);
            accident |= self.accident.contains(lemma);
        }
        (violent, accident)
    }

    /// Whether a proper noun is a word for violence or for those who do it: "Maoists", "Militants".
    fn group(&self, lemma: &str) -> bool {
        let mut lower = [0u8; 16];
        let Some(buffer) = lower.get_mut(..lemma.len()) else { return false };
        buffer.copy_from_slice(lemma.as_bytes());
        buffer.make_ascii_lowercase();
        let Ok(lower) = std::str::from_utf8(buffer) else { return false };
        self.violence.contains(lower) || lower.strip_suffix('s').is_some_and(|l| self.violence.contains(l))
    }

    /// Finds the claims of a sentence and ties each to an event, one of its own where no attack is told.
    pub(super) fn sentence(
        &self,
        events: &Events,
        finder: &Finder<'_, '_>,
        violent: bool,
        scratch: (&super::Memory, &mut Vec<u32>),
        mentions: &mut Vec<EventMention>,
        claims: &mut Vec<Claim>,
    ) {
        let (memory, heads) = scratch;
        let tree = finder.tree;
        let mut phrases: Vec<surface::Phrase> = Vec::new();
        for (at, token) in tree.iter() {
            let told = self.hurt(tree, at, token);
            let beside = self.beside(tree, at, &mut phrases);
            let Some((outcome, kind)) = beside.or(told.map(|(o, k, _)| (o, k))) else { continue };
            let Some(victims) = phrases.last().map(|p| p.1).or(told.map(|(_, _, v)| v)) else { continue };
            // "opened fire as he tried to escape, killing an officer" happened, whatever the tree hangs it on.
            let result = tree.word(at).ends_with("ing")
                && at.checked_sub(1).is_some_and(|i| matches!(tree.word(i), "," | "and"));
            let happened = result
                && mentions.iter().rev().any(|m| m.sentence == finder.number && m.modality == "asserted");
            if !happened && !matches!(events.modality.judge(tree, at).modality, "asserted" | "disputed") {
                continue;
            }
            let first = claims.len();
            let further = further(tree, at);
            if beside.is_some() {
                for phrase in &phrases {
                    let Some(count) = self.counts.surface(tree, *phrase) else { continue };
                    let whole = claims.len() as u32;
                    claims.extend(self.claim(finder, phrase.1, count, outcome, kind, at, further));
                    if claims.len() as u32 > whole
                        && let Some(part) = including(tree, phrase.1)
                        && let Some(count) = self.counts.of(tree, part, true)
                        && let Some(claim) = self.claim(finder, part, count, outcome, kind, at, false)
                    {
                        claims.push(Claim { subset_of: Some(whole), ..claim });
                    }
                }
            }
            if claims.len() == first
                && let Some((outcome, kind, victims)) = told
            {
                tree.conjuncts(victims, heads);
                for head in heads.iter() {
                    // Whoever kills himself is nobody's victim.
                    if matches!(tree.lemma(*head), "himself" | "herself" | "themselves" | "itself") {
                        continue;
                    }
                    let Some(count) = self.counts.of(tree, *head, kind != Victim::Own) else { continue };
                    let Some(claim) = self.claim(finder, *head, count, outcome, kind, at, further) else {
                        continue;
                    };
                    let whole = claims.len() as u32;
                    claims.push(claim);
                    if let Some(part) = including(tree, *head)
                        && let Some(count) = self.counts.of(tree, part, kind != Victim::Own)
                        && let Some(claim) = self.claim(finder, part, count, outcome, kind, at, false)
                    {
                        claims.push(Claim { subset_of: Some(whole), ..claim });
                    }
                }
            }
            self.once(claims, first);
            if claims.len() == first {
                continue;
            }
            let mention = event_of(mentions, finder.number, at, outcome, tree).or_else(|| {
                let (here, accident) = self.mood(tree);
                let deadly = matches!(outcome, "killed" | "injured") && !accident;
                let completed = outcome == "killed" || !self.loose.contains(tree.lemma(at));
                let strong = self.violence.contains(tree.lemma(at))
                    || matches!(tree.lemma(at), "murder" | "throat")
                    || self.deadly.contains_key(tree.lemma(at))
                        && completed
                        && !matches!(tree.lemma(at), "find" | "leave" | "put");
                // "The late senator died in June": a life's end, not a deed, unless its own sentence tells of one.
                let life = kind == Victim::Subject && claims.iter().skip(first).all(|c| c.name.is_some());
                // "The row hurt the president" is a figure of speech.
                let figurative = tree.lemma(at) == "hurt" && !Predicate::new(tree, at).passive;
                if !deadly || !strong && !(if life || figurative { here } else { violent }) {
                    return None;
                }
                let (rule, frame) = events.rules.hurt()?;
                let mut hurt: Vec<ActorFound> = Vec::new();
                finder.context.actors().resolve(tree, victims, memory, heads, &mut hurt);
                let mut one = Vec::new();
                if kind == Victim::Object
                    && let Some(subject) = Predicate::new(tree, at).subject().filter(|s| *s != victims)
                {
                    finder.context.actors().resolve(tree, subject, memory, heads, &mut one);
                }
                one.retain(|a| !hurt.iter().any(|b| b.name == a.name));
                mentions.push(finder.telling(events, rule, frame, at, one, hurt));
                Some(mentions.len() as u32 - 1)
            });
            match mention {
                Some(mention) => {
                    for claim in claims.iter_mut().skip(first) {
                        claim.mention = mention;
                    }
                    // Whoever is hurt is the other side of an attack that names none.
                    if let Some(told) = mentions.get_mut(mention as usize)
                        && told.two.is_empty()
                        && told.plover_type.as_str() == "ASSAULT"
                    {
                        finder.context.actors().resolve(tree, victims, memory, heads, &mut told.two);
                        let EventMention { one, two, .. } = told;
                        two.retain(|a| !one.iter().any(|b| b.name == a.name));
                    }
                }
                None => claims.truncate(first),
            }
        }
    }

    /// Drops claims on people whom another word of the sentence has told of: "shot at and wounded" is one man hurt,
    /// "shot at and killed" one man killed.
    fn once(&self, claims: &mut Vec<Claim>, first: usize) {
        let harm = |c: &Claim| matches!(c.outcome, "killed" | "injured");
        let mut at = first;
        while let Some(claim) = claims.get(at).filter(|_| at < first + 16) {
            let (sentence, span, outcome) = (claim.sentence, claim.span, claim.outcome);
            let alike = |c: &&mut Claim| {
                let both = c.span.start < span.end && span.start < c.span.end;
                c.sentence == sentence && both && harm(c) && c.subset_of.is_none()
            };
            let whole = harm(claim) && claim.subset_of.is_none() && claims.len() == at + 1;
            let known =
                claims.get_mut(..first).and_then(|before| before.iter_mut().rev().take(12).find(alike));
            match known.filter(|_| whole) {
                Some(known) => {
                    if outcome == "killed" {
                        known.outcome = "killed";
                    }
                    claims.remove(at);
                }
                None => at += 1,
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "a claim has so many parts")]
    fn claim(
        &self,
        finder: &Finder<'_, '_>,
        head: u32,
        count: Count,
        outcome: &'static str,
        kind: Victim,
        trigger: u32,
        further: bool,
    ) -> Option<Claim> {
        let (tree, context) = (finder.tree, finder.context);
        if self.things.contains(tree.lemma(head)) {
            return None;
        }
        let span = tree.get(count.first)?.span.cover(tree.get(head)?.span);
        let words = std::iter::once(tree.word(head));
        let victims = if kind == Victim::Own {
            None
        } else {
            context.actors.generic(words).and_then(|(_, a)| a.sector)
        };
        let word = |i: u32| matches!(tree.lemma(i), "another" | "other" | "more");
        let more = tree.children(head).any(|(i, _)| word(i)) || (count.first..=head).any(word);
        let alone = count.best == Some(1) && kind != Victim::Own;
        let name = context.figures.mention_at(head).map(|m| m.span).filter(|_| alone).or_else(|| {
            let apposed =
                tree.children(head).filter(|(i, t)| alone && *i > head && t.deprel == Deprel::Appos);
            apposed.filter_map(|(i, _)| context.figures.mention_at(i).map(|m| m.span)).next()
        });
        let body = |i: u32| self.bodies.contains(tree.lemma(i)) || tree.lemma(i) == "throat";
        let known = body(trigger)
            || body(head)
            || tree.get(head).is_some_and(|t| t.upos == Upos::Pron)
            || matches!(tree.lemma(head), "victim" | "deceased" | "slain")
                && tree.children(head).any(|(i, _)| matches!(tree.word(i), "the" | "The"));
        Some(Claim {
            outcome,
            low: count.low,
            best: count.best,
            high: count.high,
            span,
            sentence: finder.number,
            trigger,
            further: further || more || matches!(tree.lemma(head), "another" | "other"),
            known,
            name,
            victims,
            subset_of: None,
            mention: 0,
            claimed_by: None,
        })
    }
}
