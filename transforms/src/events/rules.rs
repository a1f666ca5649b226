//! Event rules as data: the files of `seeds/rules/events/`, read, checked and compiled to one table of triggers.
//!
//! A rule file names a PLOVER type and holds frames: trigger words, the slots of both sides, conditions. Looking up
//! a token costs one hash whatever the number of rules.

use crate::code::Code;
use crate::syntax::Slot;
use rustc_hash::{FxHashMap, FxHashSet};
use seeds::{SeedError, Seeds};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Which sides must be found for a frame to fire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Needs {
    /// Whoever acts and whoever is acted upon.
    #[default]
    Both,
    /// Both; whoever is acted upon may be known only from what was told before.
    Pair,
    /// Whoever acts.
    Actor,
    /// Whoever is acted upon.
    Recipient,
    /// One of the two.
    Either,
    /// Neither: the trigger alone tells the event.
    None,
}

/// What a frame may ask of the actors of a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Is {
    /// Its country is known.
    Country,
    /// Its PLOVER sector is known.
    Sector,
    /// It has a name.
    Named,
    /// It is a figure of the article: a person or a body.
    Figure,
    /// It is no place.
    Actor,
}

/// A compiled frame.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Its rule's path below `rules/events/` without ending, and its place in the file: `consult/meet#2`.
    pub id: String,
    /// PLOVER type.
    pub plover_type: Code,
    /// PLOVER mode.
    pub mode: Option<Code>,
    /// CAMEO code.
    pub cameo: Option<Code>,
    /// Slots of the actor, in order of preference.
    pub actor: Vec<Slot>,
    /// Slots of the recipient, in order of preference.
    pub recipient: Vec<Slot>,
    /// PLOVER role of whoever must have acted where the text names nobody: arrests imply the police.
    pub implied: Option<Code>,
    /// Lemmas one of which a nominal tied by a preposition must have ("take into custody"); empty: none needed.
    pub oblique: FxHashSet<Box<str>>,
    /// Whether the order of the sides says nothing.
    pub symmetric: bool,
    /// Which sides must be found.
    pub needs: Needs,
    /// The particle a verb must have ("call off").
    pub particle: Option<Box<str>>,
    /// Lemmas one of which the object must have; empty: any.
    pub object: FxHashSet<Box<str>>,
    /// Lemmas one of which must stand in the sentence; empty: none needed.
    pub beside: FxHashSet<Box<str>>,
    /// Lemmas none of which may stand in the sentence.
    pub without: FxHashSet<Box<str>>,
    /// Lemmas none of which the object may have ("beat Germany 2-1").
    pub not_object: FxHashSet<Box<str>>,
    /// Whether there must be an object, whatever it is (`object = ["*"]`).
    pub any_object: bool,
    /// Lemmas one of which the subject must have; empty: any.
    pub subject: FxHashSet<Box<str>>,
    /// Lemmas none of which the subject may have.
    pub not_subject: FxHashSet<Box<str>>,
    /// Lemmas one of which must stand in the trigger's own clause; empty: none needed.
    pub near: FxHashSet<Box<str>>,
    /// Lemmas none of which may stand in the trigger's own clause.
    pub not_near: FxHashSet<Box<str>>,
    /// Lemmas one of which the verb that completes the trigger must have ("said it would release"); empty: any.
    pub complement_verbs: FxHashSet<Box<str>>,
    /// Lemmas one of which must govern the trigger ("failed to reach", "cancelled a visit"); empty: none needed.
    pub governed_by: FxHashSet<Box<str>>,
    /// Whether an infinitive with "to" must complete the trigger ("told residents to leave").
    pub infinitive: bool,
    /// Whether the trigger must be a passive ("was urged to").
    pub passive: bool,
    /// Whether the trigger must have no object ("the cabinet met").
    pub no_object: bool,
    /// Whether no clause may complete the trigger.
    pub no_complement: bool,
    /// Whether a second side that isn't named may be taken from what was told before.
    pub guess: bool,
    /// Whether a clause must complete the trigger ("called on them to leave").
    pub complement: bool,
    /// What kind of actor may act; empty: any.
    pub actor_is: Vec<Is>,
    /// What kind of actor may be acted upon; empty: any.
    pub recipient_is: Vec<Is>,
    /// Whether whoever is acted upon may be any noun phrase, known to the dictionary or not ("hit two oilfields").
    pub recipient_any: bool,
    /// Whether whoever acts may be any noun phrase ("thousands marched").
    pub actor_any: bool,
    /// Whether both sides must stand together as one argument ("A and B resolved", "both sides").
    pub joint: bool,
    /// Whether an act that names nobody is between the two countries that the article speaks of.
    pub between_main: bool,
    /// Whether the trigger so used tells no event at all ("declined to comment"): no later frame is tried.
    pub no_event: bool,
    /// Whether the trigger must be negated ("will not sign").
    pub negated: bool,
    /// The modality that the words themselves carry ("pledge": future; asserted: also where the verb is negated).
    pub modality: Option<&'static str>,
    /// Whether what the trigger governs is part of this event ("agreed to build").
    pub absorbs: bool,
    /// Share of its firings that were right when read, where that was measured.
    pub confidence: f64,
}

impl Frame {
    /// Whether the act has no second side of its own ("resigned").
    pub(super) fn absorbs_party(&self) -> bool {
        self.needs == Needs::Recipient
    }

    /// How much a frame asks for beside its trigger.
    fn demands(&self) -> u32 {
        8 * u32::from(self.particle.is_some())
            + 4 * u32::from(!self.object.is_empty())
            + 2 * u32::from(self.any_object)
            + 4 * u32::from(!self.subject.is_empty())
            + 4 * u32::from(!self.complement_verbs.is_empty())
            + 6 * u32::from(!self.governed_by.is_empty())
            + 2 * u32::from(!self.near.is_empty())
            + 8 * u32::from(self.joint)
            + 16 * u32::from(self.no_event)
            + 4 * u32::from(!self.oblique.is_empty())
            + 4 * u32::from(self.negated)
            + 4 * u32::from(self.complement)
            + u32::from(!self.beside.is_empty())
    }
}

/// An example of a rule, with what must come of it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// Name of the actor in the expected event.
    #[serde(default)]
    pub actor: Option<String>,
    /// Name of the recipient.
    #[serde(default)]
    pub recipient: Option<String>,
    /// Modality of the event; `asserted` where not given.
    #[serde(default)]
    pub modality: Option<String>,
    /// Why the program can't do this yet (known gaps).
    #[serde(default)]
    pub why: Option<String>,
}

/// The tests a rule file carries.
#[derive(Debug, Clone)]
pub struct RuleTests {
    /// Path below `rules/events/` without ending.
    pub rule: String,
    /// PLOVER type that the rule gives.
    pub plover_type: String,
    /// Must fire as said.
    pub examples: Vec<Example>,
    /// Must not fire.
    pub counterexamples: Vec<Example>,
    /// Should, but doesn't today.
    pub known_gaps: Vec<Example>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    r#type: String,
    mode: Option<String>,
    cameo: Option<String>,
    #[expect(dead_code, reason = "read by people")]
    doc: String,
    #[expect(dead_code, reason = "read by people")]
    source: String,
    #[serde(default)]
    frame: Vec<FrameFile>,
    #[serde(default)]
    example: Vec<Example>,
    #[serde(default)]
    counterexample: Vec<Example>,
    #[serde(default)]
    known_gap: Vec<Example>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameFile {
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    #[serde(default)]
    auxiliaries: Vec<String>,
    #[serde(default)]
    complement: bool,
    #[serde(default)]
    negated: bool,
    mode: Option<String>,
    cameo: Option<String>,
    #[serde(default)]
    actor: Vec<String>,
    #[serde(default)]
    recipient: Vec<String>,
    implied: Option<String>,
    #[serde(default)]
    oblique: Vec<String>,
    #[serde(default)]
    symmetric: bool,
    #[serde(default)]
    needs: Needs,
    particle: Option<String>,
    #[serde(default)]
    object: Vec<String>,
    #[serde(default)]
    not_object: Vec<String>,
    #[serde(default)]
    subject: Vec<String>,
    #[serde(default)]
    not_subject: Vec<String>,
    #[serde(default)]
    near: Vec<String>,
    #[serde(default)]
    not_near: Vec<String>,
    #[serde(default)]
    complement_verbs: Vec<String>,
    #[serde(default)]
    governed_by: Vec<String>,
    #[serde(default)]
    actor_is: Vec<Is>,
    #[serde(default)]
    recipient_is: Vec<Is>,
    #[serde(default)]
    joint: bool,
    #[serde(default)]
    between_main: bool,
    #[serde(default)]
    recipient_any: bool,
    #[serde(default)]
    actor_any: bool,
    #[serde(default)]
    infinitive: bool,
    #[serde(default)]
    passive: bool,
    #[serde(default)]
    no_object: bool,
    #[serde(default)]
    no_complement: bool,
    guess: Option<bool>,
    #[serde(default)]
    no_event: bool,
    #[serde(default)]
    beside: Vec<String>,
    #[serde(default)]
    without: Vec<String>,
    modality: Option<String>,
    #[serde(default)]
    absorbs: bool,
    confidence: Option<f64>,
}

/// All rules, by trigger.
#[derive(Debug, Default)]
pub struct Rules {
    frames: Vec<Frame>,
    verbs: FxHashMap<Box<str>, Vec<u32>>,
    nouns: FxHashMap<Box<str>, Vec<u32>>,
    adjectives: FxHashMap<Box<str>, Vec<u32>>,
    auxiliaries: FxHashMap<Box<str>, Vec<u32>>,
    /// The frame of an attack that is only told by whom it hurt.
    hurt: Option<u32>,
    tests: Vec<RuleTests>,
}

const FOLDER: &str = "rules/events/";
const SETS: &str = "rules/sets.toml";

/// The frame that events told only by their victims are filed under.
const HURT: &str = "assault/hurt";

impl Rules {
    /// Reads and compiles every rule file.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let sets: BTreeMap<String, Vec<String>> = toml::from_str(seeds.text(SETS)?)
            .map_err(|e| toml_error(SETS, seeds.text(SETS).unwrap_or(""), &e))?;
        let mut rules = Self::default();
        for file in seeds.folder(FOLDER).filter(|f| f.ends_with(".toml")) {
            let text = seeds.text(file)?;
            let parsed: RuleFile = toml::from_str(text).map_err(|e| toml_error(file, text, &e))?;
            let name = file.strip_prefix(FOLDER).unwrap_or(file).trim_end_matches(".toml");
            for (at, frame) in parsed.frame.iter().enumerate() {
                rules.add(file, name, at, &parsed, frame, &sets)?;
            }
            rules.tests.push(RuleTests {
                rule: name.to_owned(),
                plover_type: parsed.r#type,
                examples: parsed.example,
                counterexamples: parsed.counterexample,
                known_gaps: parsed.known_gap,
            });
        }
        // The frame that asks for more comes first: "call off" before "call".
        let Self { frames, verbs, nouns, adjectives, auxiliaries, .. } = &mut rules;
        for list in [verbs, nouns, adjectives, auxiliaries].into_iter().flat_map(FxHashMap::values_mut) {
            list.sort_by_key(|i| (std::cmp::Reverse(frames.get(*i as usize).map_or(0, Frame::demands)), *i));
            list.dedup();
        }
        rules.hurt = rules.frames.iter().position(|f| f.id == HURT).map(|i| i as u32);
        Ok(rules)
    }

    fn add(
        &mut self,
        file: &str,
        name: &str,
        at: usize,
        rule: &RuleFile,
        frame: &FrameFile,
        sets: &BTreeMap<String, Vec<String>>,
    ) -> Result<(), SeedError> {
        let error = |what: String| SeedError::line(file, 1, format!("frame {}: {what}", at + 1));
        let expand = |words: &[String]| -> Result<Vec<Box<str>>, SeedError> {
            let mut out = Vec::new();
            for word in words {
                match word.strip_prefix('@') {
                    None => out.push(word.as_str().into()),
                    Some(set) => {
                        let words =
                            sets.get(set).ok_or_else(|| error(format!("no set `{set}` in seeds/{SETS}")))?;
                        out.extend(words.iter().map(|w| w.as_str().into()));
                    }
                }
            }
            Ok(out)
        };
        let slots = |slots: &[String]| -> Result<Vec<Slot>, SeedError> {
            slots.iter().map(|s| Slot::parse(s).map_err(|e| error(e.to_string()))).collect()
        };
        let code = |text: &Option<String>| text.as_deref().and_then(Code::new);
        let index = self.frames.len() as u32;
        self.frames.push(Frame {
            id: if at == 0 { name.to_owned() } else { format!("{name}#{}", at + 1) },
            plover_type: Code::new(&rule.r#type).ok_or_else(|| error("no type".into()))?,
            mode: code(&frame.mode).or(code(&rule.mode)),
            cameo: code(&frame.cameo).or(code(&rule.cameo)),
            actor: slots(&frame.actor)?,
            recipient: slots(&frame.recipient)?,
            implied: code(&frame.implied),
            oblique: expand(&frame.oblique)?.into_iter().collect(),
            symmetric: frame.symmetric,
            needs: frame.needs,
            particle: frame.particle.as_deref().map(Into::into),
            object: expand(&frame.object)?.into_iter().filter(|w| &**w != "*").collect(),
            any_object: frame.object.iter().any(|w| w == "*"),
            not_object: expand(&frame.not_object)?.into_iter().collect(),
            subject: expand(&frame.subject)?.into_iter().collect(),
            not_subject: expand(&frame.not_subject)?.into_iter().collect(),
            near: expand(&frame.near)?.into_iter().collect(),
            not_near: expand(&frame.not_near)?.into_iter().collect(),
            complement_verbs: expand(&frame.complement_verbs)?.into_iter().collect(),
            governed_by: expand(&frame.governed_by)?.into_iter().collect(),
            actor_is: frame.actor_is.clone(),
            recipient_is: frame.recipient_is.clone(),
            joint: frame.joint,
            between_main: frame.between_main,
            recipient_any: frame.recipient_any,
            actor_any: frame.actor_any,
            infinitive: frame.infinitive,
            passive: frame.passive,
            no_object: frame.no_object,
            no_complement: frame.no_complement,
            guess: frame.guess.unwrap_or(true),
            no_event: frame.no_event,
            beside: expand(&frame.beside)?.into_iter().collect(),
            without: expand(&frame.without)?.into_iter().collect(),
            modality: match frame.modality.as_deref() {
                None => None,
                Some("asserted") => Some("asserted"),
                Some("future") => Some("future"),
                Some("hypothetical") => Some("hypothetical"),
                Some("negated") => Some("negated"),
                Some(other) => {
                    return Err(error(format!(
                        "unknown modality `{other}`; use asserted, future, hypothetical or negated"
                    )));
                }
            },
            absorbs: frame.absorbs,
            negated: frame.negated,
            complement: frame.complement,
            confidence: frame.confidence.unwrap_or(0.6),
        });
        let verbs = expand(&frame.verbs)?;
        let nouns = expand(&frame.nouns)?;
        let adjectives = expand(&frame.adjectives)?;
        let auxiliaries = expand(&frame.auxiliaries)?;
        if verbs.is_empty() && nouns.is_empty() && adjectives.is_empty() && auxiliaries.is_empty() {
            return Err(error("no verbs, nouns, adjectives or auxiliaries: nothing can trigger it".into()));
        }
        for auxiliary in auxiliaries {
            self.auxiliaries.entry(auxiliary).or_default().push(index);
        }
        for adjective in adjectives {
            self.adjectives.entry(adjective).or_default().push(index);
        }
        for verb in verbs {
            self.verbs.entry(verb).or_default().push(index);
        }
        for noun in nouns {
            self.nouns.entry(noun).or_default().push(index);
        }
        Ok(())
    }

    /// The frames that a verb's lemma may fire, the more particular first.
    pub fn verb(&self, lemma: &str) -> impl Iterator<Item = (u32, &Frame)> {
        self.of(self.verbs.get(lemma))
    }

    /// The frames that a noun's lemma may fire, the more particular first.
    pub fn noun(&self, lemma: &str) -> impl Iterator<Item = (u32, &Frame)> {
        self.of(self.nouns.get(lemma))
    }

    /// The frames that an adjective's lemma may fire, the more particular first.
    pub fn adjective(&self, lemma: &str) -> impl Iterator<Item = (u32, &Frame)> {
        self.of(self.adjectives.get(lemma))
    }

    /// The frames that a verb under an auxiliary ("must", "will") may fire, the more particular first.
    pub fn auxiliary(&self, lemma: &str) -> impl Iterator<Item = (u32, &Frame)> {
        self.of(self.auxiliaries.get(lemma))
    }

    fn of<'r>(&'r self, list: Option<&'r Vec<u32>>) -> impl Iterator<Item = (u32, &'r Frame)> {
        list.into_iter().flatten().filter_map(|i| Some((*i, self.frames.get(*i as usize)?)))
    }

    /// The frame of an attack that is only told by whom it hurt.
    pub fn hurt(&self) -> Option<(u32, &Frame)> {
        let at = self.hurt?;
        Some((at, self.frames.get(at as usize)?))
    }

    /// The tests of all rule files, in file order.
    pub fn tests(&self) -> &[RuleTests] {
        &self.tests
    }

    /// Every frame, in rule order.
    pub fn all(&self) -> &[Frame] {
        &self.frames
    }

    /// A frame by its place in rule order.
    pub fn frame(&self, at: u32) -> Option<&Frame> {
        self.frames.get(at as usize)
    }
}

/// A TOML error with its line.
fn toml_error(file: &str, text: &str, error: &toml::de::Error) -> SeedError {
    let at = error.span().map_or(0, |s| s.start);
    let line = text.get(..at).map_or(1, |t| t.matches('\n').count() + 1);
    SeedError::line(file, line, error.message())
}
