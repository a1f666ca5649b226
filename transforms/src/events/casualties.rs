//! People hurt: every stated number of killed, injured, missing, detained or displaced, tied to the event it is of.
//!
//! Words and patterns are data (`seeds/rules/casualties.toml`); the numbers follow the contract: "at least four" is
//! low 4 without a high, so is "more than four"; "about 10" is 9 to 11, "dozens" low 12.

use super::{EventContext, EventScratch};
use crate::code::Code;
use crate::document::Token;
use crate::grammar::{Deprel, Upos, Zone};
use crate::span::Span;
use crate::syntax::{Predicate, Tree};
use rustc_hash::FxHashMap;
use seeds::{SeedError, Seeds};
use serde::Deserialize;
use std::collections::BTreeMap;

const FILE: &str = "rules/casualties.toml";
const NUMBERS: &str = "lexicon/number_words.tsv";

/// How many sentences back the event of a number may have been told.
const REACH_SENTENCES: u32 = 4;

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
    verbs: Vec<String>,
    #[serde(default)]
    subject_verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Victim {
    Object,
    Subject,
    Own,
}

/// The compiled words.
#[derive(Debug)]
pub struct Casualties {
    verbs: FxHashMap<Box<str>, (&'static str, Victim)>,
    nouns: FxHashMap<Box<str>, &'static str>,
    numbers: FxHashMap<Box<str>, (Option<i32>, bool)>,
}

/// A number with its bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Number {
    low: Option<i32>,
    best: Option<i32>,
    high: Option<i32>,
}

impl Casualties {
    /// Reads the words.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let files: BTreeMap<String, OutcomeFile> =
            toml::from_str(seeds.text(FILE)?).map_err(|e| SeedError::line(FILE, 1, e.message()))?;
        let mut all =
            Self { verbs: FxHashMap::default(), nouns: FxHashMap::default(), numbers: FxHashMap::default() };
        for (name, file) in files {
            let outcome = match name.as_str() {
                "killed" => "killed",
                "injured" => "injured",
                "missing" => "missing",
                "detained" => "detained",
                "displaced" => "displaced",
                other => return Err(SeedError::line(FILE, 1, format!("unknown outcome `{other}`"))),
            };
            all.verbs.extend(file.verbs.into_iter().map(|v| (v.into(), (outcome, Victim::Object))));
            all.verbs.extend(file.subject_verbs.into_iter().map(|v| (v.into(), (outcome, Victim::Subject))));
            all.nouns.extend(file.nouns.into_iter().map(|n| (n.into(), outcome)));
        }
        let table = seeds::table::Table::parse(NUMBERS, seeds.text(NUMBERS)?)?;
        let [word, value, kind, low] =
            [table.column("word")?, table.column("value")?, table.column("kind")?, table.column("low")?];
        for row in table.rows() {
            let vague = row.cell(kind) == "vague";
            let number = if vague { row.cell(low) } else { row.cell(value) };
            all.numbers.insert(row.cell(word).into(), (number.parse().ok(), vague));
        }
        Ok(all)
    }

    /// Finds the claims of an article and ties each to an event; those of no event are left to the quantities.
    pub(super) fn find(&self, context: EventContext<'_>, scratch: &mut EventScratch) {
        scratch.claims.clear();
        let EventScratch { tree, mentions, claims, heads, .. } = scratch;
        for (number, sentence) in context.doc.parsed.sentences.iter().enumerate() {
            if sentence.zone == Zone::Boilerplate {
                continue;
            }
            let tree = Tree::new(context.doc, sentence, tree);
            for (at, token) in tree.iter() {
                let Some((outcome, kind)) = self.outcome(&tree, at, token) else { continue };
                let victims = match kind {
                    Victim::Object => {
                        Predicate::new(&tree, at).object().or_else(|| headline_victims(&tree, at))
                    }
                    Victim::Subject => Predicate::new(&tree, at).subject(),
                    Victim::Own => Some(at),
                };
                let Some(victims) = victims else { continue };
                let Some(mention) = event_of(mentions, number as u32, at, &tree) else { continue };
                tree.conjuncts(victims, heads);
                for head in heads.iter() {
                    let Some(claim) = self.claim(&context, &tree, *head, number as u32, outcome, kind) else {
                        continue;
                    };
                    let whole = claims.len() as u32;
                    claims.push(Claim { mention, ..claim });
                    if let Some(part) = including(&tree, *head)
                        && let Some(claim) = self.claim(&context, &tree, part, number as u32, outcome, kind)
                    {
                        claims.push(Claim { mention, subset_of: Some(whole), ..claim });
                    }
                }
            }
        }
    }

    fn outcome(&self, tree: &Tree<'_>, at: u32, token: &Token) -> Option<(&'static str, Victim)> {
        match token.upos {
            Upos::Verb => self.verbs.get(tree.lemma(at)).copied(),
            Upos::Adj if tree.lemma(at) == "dead" => Some(("killed", Victim::Subject)),
            Upos::Noun => self.nouns.get(tree.lemma(at)).map(|o| (*o, Victim::Own)),
            _ => None,
        }
    }

    fn claim(
        &self,
        context: &EventContext<'_>,
        tree: &Tree<'_>,
        head: u32,
        sentence: u32,
        outcome: &'static str,
        kind: Victim,
    ) -> Option<Claim> {
        let (number, first) = self.number(tree, head, kind)?;
        let span = tree.get(first)?.span.cover(tree.get(head)?.span);
        let words = std::iter::once(tree.word(head));
        let victims = if kind == Victim::Own {
            None
        } else {
            context.actors.generic(words).and_then(|(_, a)| a.sector)
        };
        Some(Claim {
            outcome,
            low: number.low,
            best: number.best,
            high: number.high,
            span,
            sentence,
            victims,
            subset_of: None,
            mention: 0,
            claimed_by: None,
        })
    }

    /// The number of a noun phrase and the first token that belongs to it.
    fn number(&self, tree: &Tree<'_>, head: u32, kind: Victim) -> Option<(Number, u32)> {
        let token = tree.get(head)?;
        if token.upos == Upos::Num {
            let (low, _) = tree.extent(head, |i, _| i < head);
            return Some((self.bounded(tree, head, self.value(tree, head)?, head), low));
        }
        let numeral = tree.children(head).find(|(i, t)| t.deprel == Deprel::Nummod && *i < head);
        if let Some((at, _)) = numeral {
            let (low, _) = tree.extent(at, |_, _| true);
            return Some((self.bounded(tree, at, self.value(tree, at)?, head), low.min(at)));
        }
        if let Some((Some(low), true)) =
            self.numbers.get(tree.lemma(head)).or_else(|| self.numbers.get(tree.word(head)))
        {
            return Some((Number { low: Some(*low), best: None, high: None }, head));
        }
        // "a trader was shot dead": one.
        let single = tree
            .children(head)
            .find(|(i, t)| t.deprel == Deprel::Det && matches!(tree.lemma(*i), "a" | "an" | "another"));
        if let Some((at, _)) = single
            && kind != Victim::Own
            && matches!(token.xpos, crate::grammar::Xpos::Nn)
        {
            return Some((Number { low: Some(1), best: Some(1), high: Some(1) }, at));
        }
        None
    }

    /// The value of a numeral: digits, a word, or words multiplied ("two hundred").
    fn value(&self, tree: &Tree<'_>, at: u32) -> Option<i32> {
        let one = |i: u32| {
            let word = tree.word(i);
            let digits: String = word.chars().filter(|c| *c != ',').collect();
            digits
                .parse::<i32>()
                .ok()
                .or_else(|| self.numbers.get(&*word.to_lowercase()).and_then(|(v, _)| *v))
        };
        let own = one(at)?;
        let mut total = own;
        for (i, t) in tree.children(at) {
            if matches!(t.deprel, Deprel::Compound | Deprel::Flat | Deprel::Nummod)
                && let Some(other) = one(i)
            {
                total = if own >= 100 && other < own {
                    total.checked_mul(other)?
                } else {
                    total.checked_add(other)?
                };
            }
        }
        (0..10_000_000).contains(&total).then_some(total)
    }

    fn bounded(&self, tree: &Tree<'_>, numeral: u32, n: i32, head: u32) -> Number {
        let mut before = [""; 3];
        for (slot, back) in before.iter_mut().zip(1..=3) {
            *slot = numeral.checked_sub(back).filter(|i| tree.get(*i).is_some()).map_or("", |i| tree.word(i));
        }
        let [last, second, _] = before.map(|w| w.to_ascii_lowercase());
        let _ = head;
        let exact = Number { low: Some(n), best: Some(n), high: Some(n) };
        match (second.as_str(), last.as_str()) {
            ("at", "least") => Number { low: Some(n), best: Some(n), high: None },
            ("more" | "less" | "fewer", "than") if second == "more" => {
                Number { low: Some(n), best: Some(n), high: None }
            }
            ("less" | "fewer", "than") => Number { low: None, best: None, high: Some(n - 1) },
            ("as", "many") | ("up", "to") => Number { low: None, best: Some(n), high: Some(n) },
            (_, "over") => Number { low: Some(n), best: Some(n), high: None },
            (
                _,
                "about" | "around" | "some" | "nearly" | "almost" | "roughly" | "approximately" | "estimated",
            ) => {
                let margin = (n / 10).max(1);
                Number { low: Some(n - margin), best: Some(n), high: Some(n + margin) }
            }
            _ => exact,
        }
    }
}

/// "Four people killed in blasts": headlines leave out the auxiliary, and the victims look like a subject.
fn headline_victims(tree: &Tree<'_>, at: u32) -> Option<u32> {
    let token = tree.get(at)?;
    let bare = token.xpos == crate::grammar::Xpos::Vbn || token.xpos == crate::grammar::Xpos::Vbd;
    (bare && tree.child(at, Deprel::Obj).is_none()).then(|| tree.child(at, Deprel::Nsubj)).flatten()
}

/// The part named by "including": "four people, including two policemen".
fn including(tree: &Tree<'_>, head: u32) -> Option<u32> {
    tree.children(head).find(|(i, _)| *i > head && tree.case(*i) == Some("include")).map(|(i, _)| i).or_else(
        || {
            tree.children(head)
                .filter(|(i, _)| *i > head)
                .find(|(i, _)| tree.children(*i).any(|(c, _)| matches!(tree.word(c), "including" | "among")))
                .map(|(i, _)| i)
        },
    )
}

/// The telling that a number belongs to: the violence told nearest above or beside it, else shortly before.
fn event_of(mentions: &[super::EventMention], sentence: u32, at: u32, tree: &Tree<'_>) -> Option<u32> {
    let violent =
        |m: &super::EventMention| matches!(m.plover_type.as_str(), "ASSAULT" | "COERCE" | "PROTEST");
    let mut best: Option<(u32, u32)> = None;
    for (i, mention) in mentions.iter().enumerate().filter(|(_, m)| violent(m)) {
        let distance = if mention.sentence == sentence {
            if mention.trigger == at {
                0
            } else if tree.under(mention.trigger, at) || tree.under(at, mention.trigger) {
                1
            } else {
                2 + mention.trigger.abs_diff(at).min(90)
            }
        } else if mention.sentence < sentence && sentence - mention.sentence <= REACH_SENTENCES {
            100 * (sentence - mention.sentence)
        } else {
            continue;
        };
        if best.is_none_or(|(d, _)| distance <= d) {
            best = Some((distance, i as u32));
        }
    }
    best.map(|(_, i)| i)
}
