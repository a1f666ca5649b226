//! People hurt: every stated number of killed, injured, missing, detained or displaced, tied to the event it is of.
//! Where violence is told only by whom it hurt, the number makes the event.
//!
//! Words and patterns are data (`seeds/rules/casualties.toml`).

use super::actors::ActorFound;
use super::counts::{Count, Counts};
use super::find::Finder;
use super::surface;
use super::victims::{event_of, further, headline_victims, including, participle_victims};
use super::{EventMention, Events};
use crate::code::Code;
use crate::document::Token;
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
enum Victim {
    Object,
    Subject,
    Own,
}

type Words = FxHashSet<Box<str>>;

/// The compiled words.
#[derive(Debug)]
pub struct Casualties {
    verbs: FxHashMap<Box<str>, (&'static str, Victim)>,
    deadly: FxHashMap<Box<str>, &'static str>,
    /// For "lost his life", "sustained injuries": the object and what it means.
    objects: FxHashMap<Box<str>, &'static str>,
    object_verbs: Words,
    nouns: FxHashMap<Box<str>, &'static str>,
    bodies: Words,
    found: Words,
    /// What is no person: "neutralised a camp".
    things: Words,
    violence: Words,
    accident: Words,
    counts: Counts,
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
            let result =
                tree.word(at).ends_with("ing") && at.checked_sub(1).is_some_and(|i| tree.word(i) == ",");
            let happened = result
                && mentions.iter().rev().any(|m| m.sentence == finder.number && m.modality == "asserted");
            if !happened && !matches!(events.modality.judge(tree, at).0, "asserted" | "disputed") {
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
                let (_, accident) = self.mood(tree);
                let deadly = matches!(outcome, "killed" | "injured") && !accident;
                let strong = self.violence.contains(tree.lemma(at))
                    || matches!(tree.lemma(at), "murder" | "throat")
                    || self.deadly.contains_key(tree.lemma(at))
                        && !matches!(tree.lemma(at), "find" | "leave" | "put");
                if !(deadly && (violent || strong)) {
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

    /// Whom the words beside a verb say it happened to.
    fn beside(
        &self,
        tree: &Tree<'_>,
        at: u32,
        out: &mut Vec<surface::Phrase>,
    ) -> Option<(&'static str, Victim)> {
        out.clear();
        let token = tree.get(at)?;
        let lemma = tree.lemma(at);
        let next = tree.word(at + 1);
        // "shot dead" whatever the tagger takes it for.
        let shot =
            matches!(tree.word(at), "shot" | "Shot" | "gunned" | "hacked" | "beaten" | "stabbed" | "burnt")
                || self.deadly.contains_key(lemma) && token.upos == Upos::Verb;
        let dead = next == "dead"
            || (next == "to" && tree.word(at + 2) == "death")
            || (next == "down" && matches!(lemma, "gun" | "mow" | "gunned"));
        let fatally = at.checked_sub(1).is_some_and(|i| matches!(tree.word(i), "fatally" | "Fatally"));
        if lemma == "leave" && token.upos == Upos::Verb {
            // "leaving three people dead".
            surface::list_after(tree, at + 1, out);
            let end = out.last().map_or(at, |p| p.1 + 1);
            let told = (end..end + 10).find_map(|i| match tree.word(i) {
                "dead" => Some("killed"),
                "injured" | "wounded" | "hurt" => Some("injured"),
                _ => None,
            });
            if let Some(outcome) = told.filter(|_| out.first().is_some_and(|p| surface::counted(tree, *p))) {
                return Some((outcome, Victim::Object));
            }
            out.clear();
            return None;
        }
        if shot && (dead || fatally) {
            surface::victims(tree, at, true, out);
            return (!out.is_empty()).then_some(("killed", Victim::Object));
        }
        if self.deadly.contains_key(lemma) && token.upos == Upos::Verb {
            // "hacked a trader to death".
            surface::list_after(tree, at + 1, out);
            let end = out.last().map_or(at, |p| p.1 + 1);
            let dead = !out.is_empty()
                && (end..end + 8)
                    .any(|i| tree.word(i) == "dead" || tree.word(i) == "to" && tree.word(i + 1) == "death");
            if dead {
                return Some(("killed", Victim::Object));
            }
            out.clear();
        }
        if token.upos == Upos::Noun && self.bodies.contains(lemma) {
            let found = surface::bodies(tree, at, |lemma| self.found.contains(lemma), out);
            return (found && !out.is_empty()).then_some(("killed", Victim::Object));
        }
        if !matches!(token.upos, Upos::Verb | Upos::Adj) {
            return None;
        }
        if let Some((outcome, Victim::Object)) = self.verbs.get(lemma).copied()
            && matches!(outcome, "killed" | "injured")
            && token.deprel != Deprel::Amod
        {
            surface::victims(tree, at, false, out);
            return (!out.is_empty()).then_some((outcome, Victim::Object));
        }
        if self.object_verbs.contains(lemma) && !matches!(lemma, "claim" | "take" | "cost" | "get") {
            // "three others sustained serious injuries".
            let thing = (at + 1..at + 6).find(|i| self.objects.contains_key(tree.lemma(*i)))?;
            let outcome = *self.objects.get(tree.lemma(thing))?;
            surface::list_before(tree, at, out);
            out.first().is_some_and(|p| surface::counted(tree, *p)).then_some(())?;
            return Some((outcome, Victim::Object));
        }
        None
    }

    /// What happened to whom by the word at a token.
    fn hurt(&self, tree: &Tree<'_>, at: u32, token: &Token) -> Option<(&'static str, Victim, u32)> {
        let lemma = tree.lemma(at);
        let object = |at| {
            let found = Predicate::new(tree, at).object();
            found.or_else(|| headline_victims(tree, at)).or_else(|| participle_victims(tree, at))
        };
        match token.upos {
            Upos::Noun if self.bodies.contains(lemma) => {
                let verb = tree.head(at).filter(|h| tree.is_verb(*h))?;
                self.found.contains(tree.lemma(verb)).then_some(())?;
                let of = tree.children(at).find(|(i, t)| {
                    (t.deprel == Deprel::Nmod && tree.case(*i) == Some("of")) || t.deprel == Deprel::NmodPoss
                });
                match of {
                    Some((whose, _)) if self.counts.of(tree, at, false).is_none() => {
                        Some(("killed", Victim::Object, whose))
                    }
                    _ => Some(("killed", Victim::Own, at)),
                }
            }
            Upos::Noun if lemma == "throat" => {
                let whose = tree.children(at).find(|(i, t)| {
                    (t.deprel == Deprel::Nmod && tree.case(*i) == Some("of")) || t.deprel == Deprel::NmodPoss
                });
                let verb = tree.head(at).filter(|h| matches!(tree.lemma(*h), "slit" | "cut" | "slash"))?;
                let _ = verb;
                whose.map(|(i, _)| ("killed", Victim::Object, i))
            }
            Upos::Noun if lemma == "toll" => {
                let verb = tree.head(at).filter(|h| tree.is_verb(*h))?;
                let to =
                    Predicate::new(tree, verb).oblique("to").or_else(|| Predicate::new(tree, verb).object());
                to.map(|i| ("killed", Victim::Own, i))
            }
            Upos::Noun => self.nouns.get(lemma).map(|o| (*o, Victim::Own, at)),
            Upos::Adj | Upos::Verb | Upos::Adv if lemma == "dead" => {
                let subject = Predicate::new(tree, at).subject();
                let numeral = tree.children(at).any(|(_, t)| t.deprel == Deprel::Nummod);
                let head = tree.head(at);
                if numeral {
                    return Some(("killed", Victim::Own, at));
                }
                // "shot dead" is told by its verb.
                if head.is_some_and(|h| self.deadly.contains_key(tree.lemma(h))) {
                    return None;
                }
                subject
                    .or_else(|| {
                        let noun =
                            head.filter(|h| tree.is_nominal(*h) && tree.deprel(at) != Some(Deprel::Amod));
                        noun.or_else(|| head.filter(|h| tree.get(*h).is_some_and(|t| t.upos == Upos::Num)))
                    })
                    .map(|i| ("killed", Victim::Subject, i))
            }
            Upos::Verb | Upos::Adj => {
                if let Some((outcome, kind)) = self.verbs.get(lemma).copied() {
                    let victims = match kind {
                        Victim::Object => object(at),
                        _ => Predicate::new(tree, at).subject(),
                    };
                    return victims.map(|v| (outcome, kind, v));
                }
                if self.deadly.contains_key(lemma) {
                    return self.deadly(tree, at, lemma).map(|(o, v)| (o, Victim::Object, v));
                }
                if token.upos == Upos::Verb && self.object_verbs.contains(lemma) {
                    let thing = Predicate::new(tree, at).object()?;
                    let outcome = *self.objects.get(tree.lemma(thing))?;
                    if self.counts.of(tree, thing, false).is_some() && outcome == "killed" {
                        return Some((outcome, Victim::Own, thing));
                    }
                    let victims = if matches!(lemma, "claim" | "take" | "cost") {
                        tree.child(thing, Deprel::NmodPoss).or_else(|| {
                            tree.children(thing).find(|(i, _)| tree.case(*i) == Some("of")).map(|(i, _)| i)
                        })
                    } else {
                        Predicate::new(tree, at).subject()
                    };
                    return victims.map(|v| (outcome, Victim::Subject, v));
                }
                None
            }
            _ => None,
        }
    }

    /// "shot dead", "hacked to death", "left three dead", "gunned down"; without death a shot or stab injures.
    fn deadly(&self, tree: &Tree<'_>, at: u32, lemma: &str) -> Option<(&'static str, u32)> {
        let completed = tree.children(at).find(|(i, t)| {
            let word = tree.lemma(*i);
            (word == "dead" && !matches!(t.deprel, Deprel::Amod))
                || (word == "death" && tree.case(*i) == Some("to"))
                || word == "alive"
                || (lemma == "gun" && word == "down")
        });
        let hurt = |i: u32| matches!(tree.lemma(i), "injure" | "injured" | "wound" | "wounded" | "hurt");
        let predicate = Predicate::new(tree, at);
        let victims = || {
            predicate.object().or_else(|| headline_victims(tree, at)).or_else(|| participle_victims(tree, at))
        };
        match completed {
            Some((dead, _)) => {
                let own = Predicate::new(tree, dead).subject().filter(|s| *s != at && *s > at);
                victims().or(own).map(|v| ("killed", v))
            }
            None if matches!(lemma, "leave" | "find" | "put" | "blow") => {
                let (_, _) = tree.children(at).find(|(i, _)| hurt(*i))?;
                victims().map(|v| ("injured", v))
            }
            None if matches!(
                lemma,
                "shoot" | "stab" | "beat" | "thrash" | "hack" | "slash" | "axe" | "knife" | "assault"
            ) =>
            {
                victims().map(|v| ("injured", v))
            }
            None => None,
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
