//! The events of a sentence: every trigger with a frame whose conditions hold and whose sides are found.

use super::actors::ActorFound;
use super::rules::{Frame, Needs};
use super::settle::{news_day, remember_pair, remember_subject, settle};
use super::unite::{absorb, unite, unite_hurt};
use super::{EventContext, EventMention, EventScratch, Events};
use crate::dates;
use crate::document::Sentence;
use crate::grammar::{Deprel, EntityLabel, Upos, Zone};
use crate::syntax::{Predicate, Slot, Tree};

pub(super) fn find(events: &Events, context: EventContext<'_>, scratch: &mut EventScratch) {
    scratch.mentions.clear();
    scratch.claims.clear();
    scratch.memory.clear();
    if events.discards.article(context.doc) {
        return;
    }
    let EventScratch { tree, memory, heads, dates, mentions, claims } = scratch;
    // The last sentence that told of violence or, on the contrary, of an accident.
    let mut violence: Option<u32> = None;
    for (number, sentence) in context.doc.parsed.sentences.iter().enumerate() {
        if sentence.zone == Zone::Boilerplate || events.discards.sentence(context.doc, sentence) {
            continue;
        }
        let number = number as u32;
        let tree = Tree::new(context.doc, sentence, tree);
        dates::find(context.doc, sentence.tokens.clone(), context.doc.article.pub_date, dates);
        let start = mentions.len();
        remember_subject(&context, &tree, events, memory, heads);
        remember_pair(&context, sentence, memory);
        let finder = Finder { context: &context, tree: &tree, sentence, number, dates };
        for (at, token) in tree.iter() {
            let lemma = context.doc.lemma(token);
            let free = || context.doc.name_at(at).is_none_or(|n| n.label == EntityLabel::Event);
            let told = match token.upos {
                Upos::Verb => {
                    events.rules.verb(lemma).find_map(|(id, f)| finder.fire(events, id, f, at, memory, heads))
                }
                Upos::Noun | Upos::Propn if free() => {
                    events.rules.noun(lemma).find_map(|(id, f)| finder.fire(events, id, f, at, memory, heads))
                }
                Upos::Adj => events
                    .rules
                    .adjective(lemma)
                    .find_map(|(id, f)| finder.fire(events, id, f, at, memory, heads)),
                // "Iran must withdraw": the verb that the auxiliary stands by is the trigger.
                Upos::Aux => tree.head(at).filter(|_| token.deprel == Deprel::Aux).and_then(|verb| {
                    events
                        .rules
                        .auxiliary(lemma)
                        .find_map(|(id, f)| finder.fire(events, id, f, verb, memory, heads))
                }),
                _ => None,
            };
            mentions.extend(told);
        }
        absorb(events, &tree, start, mentions);
        unite(&tree, start, mentions);
        unite_hurt(start, mentions);
        let (violent, accident) = events.casualties.mood(&tree);
        if violent && !accident {
            violence = Some(number);
        } else if accident {
            violence = None;
        }
        let near = violence.is_some_and(|v| number - v <= REACH);
        events.casualties.sentence(events, &finder, near, (memory, heads), mentions, claims);
        for mention in mentions.get(start..).unwrap_or(&[]) {
            if mention.plover_type.as_str() == "ASSAULT" && mention.one.iter().any(|a| !a.name.is_empty()) {
                memory.attackers.clone_from(&mention.one);
            }
            memory.note(&mention.one, &mention.two);
        }
    }
    settle(&context, mentions);
    news_day(&context, mentions);
}

/// How many sentences a word of violence colours.
const REACH: u32 = 6;

pub(super) struct Finder<'f, 'a> {
    pub(super) context: &'f EventContext<'a>,
    pub(super) tree: &'f Tree<'a>,
    pub(super) sentence: &'f Sentence,
    pub(super) number: u32,
    pub(super) dates: &'f [dates::Found],
}

impl Finder<'_, '_> {
    /// The event that a frame tells at a trigger, where it does.
    fn fire(
        &self,
        events: &Events,
        id: u32,
        frame: &Frame,
        at: u32,
        memory: &super::Memory,
        heads: &mut Vec<u32>,
    ) -> Option<EventMention> {
        if !self.conditions(frame, at) {
            return None;
        }
        let mut one = self.side(&frame.actor, at, memory, heads, &[]);
        let mut two = self.side(&frame.recipient, at, memory, heads, &one);
        if frame.symmetric && two.is_empty() && one.len() >= 2 {
            // "A and B met": the first is one side, the others are the other.
            two = one.split_off(1);
        } else if frame.symmetric && one.is_empty() && two.len() >= 2 {
            one = two;
            two = one.split_off(1);
        }
        two.retain(|b| !one.iter().any(|a| a.name == b.name));
        let enough = match frame.needs {
            Needs::Both => !one.is_empty() && !two.is_empty(),
            Needs::Actor => !one.is_empty(),
            Needs::Recipient => !two.is_empty(),
            Needs::Either => !one.is_empty() || !two.is_empty(),
            Needs::None => true,
        };
        if !enough {
            return None;
        }
        if two.is_empty() && !one.is_empty() && !frame.recipient.is_empty() && !frame.absorbs_party() {
            two.extend(self.other_party(&one, frame, memory));
        }
        Some(self.telling(events, id, frame, at, one, two))
    }

    /// Whom an act is towards that names nobody: the other of the two countries spoken of; for a condemnation or a
    /// search whoever attacked before.
    fn other_party(&self, one: &[ActorFound], frame: &Frame, memory: &super::Memory) -> Option<ActorFound> {
        let kind = frame.plover_type.as_str();
        let mine = one.first()?.country;
        if matches!(kind, "ACCUSE" | "MOBILIZE" | "THREATEN")
            && let Some(attacker) = memory.attackers.first()
            && one.iter().all(|a| a.name != attacker.name)
        {
            return Some(attacker.clone());
        }
        if matches!(kind, "ASSAULT" | "COERCE" | "PROTEST" | "MOBILIZE" | "RETREAT" | "CONCEDE") {
            return None;
        }
        let [a, b] = memory.pair.as_slice() else { return None };
        let mine = mine?;
        let other = if a.country == Some(mine) {
            b
        } else if b.country == Some(mine) {
            a
        } else {
            return None;
        };
        Some(other.clone())
    }

    /// A telling by a trigger, with what the clause around it says of time, place and certainty.
    pub(super) fn telling(
        &self,
        events: &Events,
        id: u32,
        frame: &Frame,
        at: u32,
        mut one: Vec<ActorFound>,
        mut two: Vec<ActorFound>,
    ) -> EventMention {
        let (judged, speaker) = events.modality.judge(self.tree, at);
        let date = self.date(at);
        let modality = match (judged, frame.modality) {
            (_, Some("asserted")) => "asserted",
            ("asserted", Some(own)) => own,
            ("asserted", None) if self.long_ago(date) => "historical",
            (judged, _) => judged,
        };
        let (first, end) = self.clause(at, &one, &two);
        let attributed_to = speaker.and_then(|s| {
            let (low, high) = self
                .tree
                .extent(s, |_, t| !matches!(t.deprel, Deprel::AclRelcl | Deprel::Appos | Deprel::Punct));
            let span = self.tree.get(low)?.span.cover(self.tree.get(high)?.span);
            Some(self.context.doc.text(span).split_whitespace().collect::<Vec<_>>().join(" "))
        });
        let place = self.place(at, frame.plover_type.as_str());
        let spot = self.spot(place);
        let scene = spot.or(place).and_then(|p| self.context.places.get(p as usize)).and_then(|p| p.iso3);
        let country = scene.or(self.context.home);
        for actor in one.iter_mut().chain(&mut two).filter(|a| a.country.is_none() && !a.named) {
            actor.country = country;
        }
        if one.is_empty()
            && let Some(sector) = frame.implied
        {
            one.push(ActorFound::implied(sector, country));
        }
        let named = one.iter().chain(&two).filter(|a| a.named).count().min(2) as f64;
        let verbal = if self.tree.is_verb(at) { 0.05 } else { 0.0 };
        EventMention {
            rule: id,
            plover_type: frame.plover_type,
            mode: frame.mode,
            cameo: frame.cameo,
            trigger: at,
            sentence: self.number,
            first,
            end,
            symmetric: frame.symmetric,
            modality,
            date,
            place,
            spot,
            country: scene,
            news: self.news(at),
            attributed_to,
            aggregate: self.several(at),
            another: !self.several(at)
                && self.tree.children(at).any(|(i, _)| {
                    matches!(self.tree.lemma(i), "another" | "second" | "separate" | "other" | "third")
                }),
            hurt: events.casualties.is_hurt(self.tree.lemma(at)),
            definite: !self.tree.is_verb(at)
                && self.tree.children(at).any(|(i, t)| {
                    t.deprel == Deprel::Det && matches!(self.tree.lemma(i), "the" | "this" | "that" | "these")
                }),
            confidence: (frame.confidence + 0.1 * named + verbal - 0.1).clamp(0.05, 0.95),
            one,
            two,
            event: 0,
        }
    }

    fn conditions(&self, frame: &Frame, at: u32) -> bool {
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
                frame.object.contains(tree.lemma(o))
                    || tree.children(o).any(|(i, t)| {
                        matches!(t.deprel, Deprel::Conj | Deprel::Nmod | Deprel::Compound)
                            && frame.object.contains(tree.lemma(i))
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
            && !tree
                .children(at)
                .any(|(_, t)| matches!(t.deprel, Deprel::Xcomp | Deprel::Ccomp | Deprel::Advcl))
        {
            return false;
        }
        if !frame.oblique.is_empty() {
            let tied = |t: &crate::document::Token| {
                matches!(t.deprel, Deprel::Obl | Deprel::Nmod | Deprel::Advmod | Deprel::Xcomp | Deprel::Obj)
            };
            let mut under = tree.children(at).filter(|(_, t)| tied(t)).flat_map(|(i, _)| {
                std::iter::once(i)
                    .chain(tree.children(i).filter(|(_, t)| t.deprel == Deprel::Nmod).map(|(c, _)| c).take(2))
            });
            if !under.any(|i| frame.oblique.contains(tree.lemma(i))) {
                return false;
            }
        }
        let stands =
            |set: &rustc_hash::FxHashSet<Box<str>>| tree.iter().any(|(i, _)| set.contains(tree.lemma(i)));
        (frame.beside.is_empty() || stands(&frame.beside))
            && (frame.without.is_empty() || !stands(&frame.without))
    }

    /// The actors of one side: those of the first slot that names any, apart from the other side's.
    fn side(
        &self,
        slots: &[Slot],
        at: u32,
        memory: &super::Memory,
        heads: &mut Vec<u32>,
        other: &[ActorFound],
    ) -> Vec<ActorFound> {
        let mut found = Vec::new();
        for slot in slots {
            let Some(head) = slot.find(self.tree, at).filter(|h| *h != at) else { continue };
            self.context.actors().resolve(self.tree, head, memory, heads, &mut found);
            found.retain(|f| !other.iter().any(|o| o.span == f.span || o.name == f.name));
            if !found.is_empty() {
                return found;
            }
        }
        self.context.actors().listed_after(self.tree, slots, at, memory, &mut found);
        found.retain(|f| !other.iter().any(|o| o.span == f.span || o.name == f.name));
        found
    }
}
