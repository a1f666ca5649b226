//! The events of a sentence: every trigger with a frame whose conditions hold and whose sides are found.

use super::actors::{ActorContext, ActorFound};
use super::modality::Judged;
use super::rules::{Frame, Is, Needs};
use super::settle::{date_news, news_day, remember_main, remember_pair, remember_subject, settle};
use super::unite::{absorb, unite, unite_hurt};
use super::{EventContext, EventMention, EventScratch, Events};
use crate::dates;
use crate::document::Sentence;
use crate::grammar::{Deprel, EntityLabel, Upos, Zone};
use crate::syntax::{Slot, Tree};

pub(super) fn find(events: &Events, context: EventContext<'_>, scratch: &mut EventScratch) {
    scratch.mentions.clear();
    scratch.claims.clear();
    scratch.memory.clear();
    if events.discards.article(context.doc) {
        return;
    }
    let sport = events.sport.about(context.doc);
    let EventScratch { tree, memory, heads, dates, mentions, claims } = scratch;
    // The last sentence that told of violence or, on the contrary, of an accident.
    let mut violence: Option<u32> = None;
    let body = context.doc.parsed.sentences.iter().position(|s| s.zone == Zone::Body).unwrap_or(0) as u32;
    let lead = body + LEAD;
    remember_main(&context, memory);
    // The day that the lead tells of.
    let mut day: Option<dates::Found> = None;
    for (number, sentence) in context.doc.parsed.sentences.iter().enumerate() {
        if sentence.zone == Zone::Boilerplate || events.discards.sentence(context.doc, sentence) {
            continue;
        }
        let number = number as u32;
        let tree = Tree::new(context.doc, sentence, tree);
        dates::find(context.doc, sentence.tokens.clone(), context.doc.article.pub_date, dates);
        if number <= lead {
            day = day.or_else(|| news_day(&context, &tree, dates));
        }
        let start = mentions.len();
        remember_subject(&context, &tree, events, memory, heads);
        remember_pair(&context, sentence, memory);
        let modality = &events.modality;
        let finder = Finder { context: &context, tree: &tree, sentence, number, lead, dates, modality };
        for (at, token) in tree.iter() {
            let lemma = context.doc.lemma(token);
            let free = || context.doc.name_at(at).is_none_or(|n| n.label == EntityLabel::Event);
            let rules = &events.rules;
            let before = mentions.get(start..).unwrap_or(&[]);
            let told = match token.upos {
                Upos::Verb => finder.first(events, rules.verb(lemma), at, memory, heads, before),
                Upos::Noun | Upos::Propn if free() => {
                    finder.first(events, rules.noun(lemma), at, memory, heads, before)
                }
                Upos::Adj => finder.first(events, rules.adjective(lemma), at, memory, heads, before),
                // "Iran must withdraw": the verb that the auxiliary stands by is the trigger.
                Upos::Aux => tree.head(at).filter(|_| token.deprel == Deprel::Aux).and_then(|verb| {
                    finder.first(events, rules.auxiliary(lemma), verb, memory, heads, before)
                }),
                _ => None,
            };
            mentions.extend(told);
        }
        absorb(events, &tree, start, mentions);
        let mut at = 0;
        mentions.retain(|m| {
            at += 1;
            at <= start || !(m.idle || sport && !events.sport.official(m))
        });
        if sport && mentions.len() == start {
            continue;
        }
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
            memory.note_event(mention.plover_type, &mention.one, &mention.two);
        }
    }
    settle(&context, mentions);
    date_news(day, mentions);
}

/// Nouns for violence whose place is its target: "the war in Ukraine".
const WARS: [&str; 9] = [
    "war",
    "invasion",
    "offensive",
    "campaign",
    "intervention",
    "incursion",
    "operation",
    "warfare",
    "aggression",
];

/// The last sentence of the lead, counted from the first of the body.
const LEAD: u32 = 3;

/// How many sentences a word of violence colours.
const REACH: u32 = 6;

pub(super) struct Finder<'f, 'a> {
    pub(super) context: &'f EventContext<'a>,
    pub(super) tree: &'f Tree<'a>,
    pub(super) sentence: &'f Sentence,
    pub(super) number: u32,
    /// The last sentence of the article's lead.
    pub(super) lead: u32,
    pub(super) dates: &'f [dates::Found],
    /// The words that report.
    pub(super) modality: &'f super::modality::Modality,
}

impl Finder<'_, '_> {
    /// The event of the first frame that tells one; none where a frame says that the words tell none.
    fn first<'r>(
        &self,
        events: &Events,
        frames: impl Iterator<Item = (u32, &'r Frame)>,
        at: u32,
        memory: &super::Memory,
        heads: &mut Vec<u32>,
        told: &[EventMention],
    ) -> Option<EventMention> {
        for (id, frame) in frames {
            if !self.conditions(frame, at) {
                continue;
            }
            if frame.no_event {
                return None;
            }
            let found = self.fire(events, (id, frame), at, (memory, heads), told);
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// The event that a frame whose conditions hold tells at a trigger, where its sides are found.
    fn fire(
        &self,
        events: &Events,
        (id, frame): (u32, &Frame),
        at: u32,
        (memory, heads): (&super::Memory, &mut Vec<u32>),
        told: &[EventMention],
    ) -> Option<EventMention> {
        let kind = frame.plover_type.as_str();
        let mut one =
            self.side((&frame.actor, &frame.actor_is), kind, kind == "ASSAULT", at, (memory, heads), &[]);
        if matches!(frame.plover_type.as_str(), "ASSAULT" | "PROTEST") && !self.tree.is_verb(at) {
            one.retain(|a| !self.scenery(a, at));
        }
        if one.is_empty() && frame.actor_any {
            one.extend(self.anybody(&frame.actor, at, &[]));
        }
        let accused = kind == "ACCUSE";
        let mut two =
            self.side((&frame.recipient, &frame.recipient_is), kind, accused, at, (memory, heads), &one);
        if frame.joint && (one.len() < 2 || !two.is_empty()) {
            return None;
        }
        if frame.between_main && one.is_empty() && two.is_empty() {
            one.extend(memory.main.first().cloned());
            two.extend(memory.main.get(1).cloned());
        }
        if two.is_empty() && frame.recipient_any {
            two.extend(self.anybody(&frame.recipient, at, &one));
        }
        if kind == "PROTEST" {
            // A protest is in a town, not against it.
            two.retain(|b| !b.scene);
        }
        if frame.symmetric && two.is_empty() && !self.tree.is_verb(at) {
            two = self.partner(at, memory, heads, &one);
        }
        if frame.symmetric && two.is_empty() && one.len() >= 2 {
            // "A and B met": the first is one side, the others are the other.
            two = one.split_off(1);
        } else if frame.symmetric && one.is_empty() && two.len() >= 2 {
            one = two;
            two = one.split_off(1);
        }
        two.retain(|b| !one.iter().any(|a| a.name == b.name));
        if frame.symmetric
            && !self.tree.is_verb(at)
            && let ([a], [b]) = (one.as_slice(), two.as_slice())
            && b.span.start < a.span.start
        {
            // "The Iran-Iraq war": the side named first is the first.
            std::mem::swap(&mut one, &mut two);
        }
        if frame.needs == Needs::Pair && two.is_empty() && !one.is_empty() {
            two.extend(super::party::other_party(&one, frame, memory, told));
        }
        let enough = match frame.needs {
            Needs::Both | Needs::Pair => !one.is_empty() && !two.is_empty(),
            Needs::Actor => !one.is_empty(),
            Needs::Recipient => !two.is_empty(),
            Needs::Either => !one.is_empty() || !two.is_empty(),
            Needs::None => true,
        };
        if !enough {
            return None;
        }
        let open = !frame.recipient.is_empty() || kind == "MOBILIZE";
        if two.is_empty() && !one.is_empty() && open && frame.guess && !frame.absorbs_party() {
            two.extend(super::party::other_party(&one, frame, memory, told));
        }
        Some(self.telling(events, id, frame, at, one, two))
    }

    /// The index of the place's name at a span.
    fn name_index(&self, span: crate::span::Span) -> Option<u32> {
        let names = &self.context.doc.parsed.names;
        let at = names.partition_point(|n| n.span.end <= span.start);
        let name = names.get(at).filter(|n| n.span.overlaps(span))?;
        matches!(name.label, EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Fac).then_some(at as u32)
    }

    /// Whether a token belongs to the name of a place.
    fn place_name(&self, at: u32) -> bool {
        self.context
            .doc
            .name_at(at)
            .is_some_and(|n| matches!(n.label, EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Fac))
    }

    /// Whether a condition or a doubt leaves a clause open.
    fn open(&self, at: u32) -> bool {
        self.tree.children(at).any(|(i, t)| match t.deprel {
            Deprel::Mark => matches!(self.tree.lemma(i), "if" | "unless" | "whether" | "lest"),
            Deprel::Aux => matches!(self.tree.lemma(i), "may" | "might" | "could"),
            _ => false,
        })
    }

    /// Whoever or whatever a noun phrase means that no dictionary knows: "a 40-year-old service manager", "two oilfields".
    fn anybody(&self, slots: &[Slot], at: u32, one: &[ActorFound]) -> Option<ActorFound> {
        slots.iter().find_map(|slot| {
            let head = slot.find(self.tree, at).filter(|h| *h != at)?;
            let token = self.tree.get(head)?;
            let thing = matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Num);
            let timed = self.context.doc.name_at(head).is_some_and(|n| {
                matches!(
                    n.label,
                    EntityLabel::Date
                        | EntityLabel::Time
                        | EntityLabel::Money
                        | EntityLabel::Percent
                        | EntityLabel::Quantity
                )
            });
            if !thing || timed || one.iter().any(|a| a.span.contains(token.span)) {
                return None;
            }
            Some(self.context.actors().unlisted(self.tree, head))
        })
    }

    /// The second side of an act between two that the parser hangs elsewhere: "a clash between the army and the
    /// rebels" with the rebels beside the clash, "the Iran-Iraq war" with both before the noun.
    fn partner(
        &self,
        at: u32,
        memory: &super::Memory,
        heads: &mut Vec<u32>,
        one: &[ActorFound],
    ) -> Vec<ActorFound> {
        let Some(first) = one.first() else { return Vec::new() };
        let mut found = Vec::new();
        let beside = self.tree.children(at).filter(|(i, t)| match t.deprel {
            Deprel::Conj => *i > at && t.span.start >= first.span.end && t.span.start <= first.span.end + 40,
            Deprel::Compound | Deprel::Amod => self.context.doc.name_at(*i).is_some(),
            _ => false,
        });
        // "The Iran-Iraq war": the one before the noun, the other before or beside that.
        let chain =
            self.tree.children(at).filter(|(_, t)| matches!(t.deprel, Deprel::Compound | Deprel::Amod));
        let inner = chain.flat_map(|(i, _)| self.tree.children(i)).filter(|(i, t)| {
            matches!(t.deprel, Deprel::Compound | Deprel::Flat | Deprel::Conj | Deprel::Amod)
                && self.context.doc.name_at(*i).is_some()
        });
        for (head, _) in beside.take(4).chain(inner.take(3)) {
            self.context.actors().resolve(self.tree, head, memory, heads, &mut found);
            found.retain(|f| !f.scene && !one.iter().any(|o| o.name == f.name || o.span == f.span));
            if !found.is_empty() {
                break;
            }
        }
        found
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
        let Judged { modality: judged, speaker, idle } = events.modality.judge(self.tree, at);
        let kind = frame.plover_type.as_str();
        let speech = matches!(kind, "AGREE" | "REQUEST" | "REJECT" | "ACCUSE" | "THREATEN" | "SUPPORT");
        let date = self.date(at, speech, kind == "ASSAULT");
        let modality = match (judged, frame.modality) {
            // "Will not sign" refuses now; "if they do not sign" and "may not sign" leave it open.
            (_, Some("asserted")) if self.open(at) => "hypothetical",
            (_, Some("asserted")) => "asserted",
            ("asserted", Some(own)) => own,
            ("asserted", None) if self.long_ago(date) => "historical",
            (judged, _) => judged,
        };
        let date = match modality {
            // A promise is made now.
            "future" | "hypothetical" if kind != "AGREE" => date.map(|d| self.to_come(d)),
            _ => date,
        };
        let (first, end) = self.clause(at, &one, &two);
        let attributed_to = speaker.and_then(|s| {
            let (low, high) = self
                .tree
                .extent(s, |_, t| !matches!(t.deprel, Deprel::AclRelcl | Deprel::Appos | Deprel::Punct));
            let span = self.tree.get(low)?.span.cover(self.tree.get(high)?.span);
            Some(self.context.doc.text(span).split_whitespace().collect::<Vec<_>>().join(" "))
        });
        let place = self.place(at, kind, speech).or_else(|| {
            let visit = frame.mode.is_some_and(|m| m.as_str() == "visit");
            two.first().filter(|_| visit).and_then(|a| self.name_index(a.span))
        });
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
            news: self.news(at, kind),
            attributed_to,
            aggregate: self.several(at),
            another: !self.several(at)
                && self.tree.children(at).any(|(i, _)| {
                    matches!(self.tree.lemma(i), "another" | "second" | "separate" | "other" | "third")
                }),
            idle: idle && modality == "hypothetical",
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

    /// The actors of one side: those of the first slot that names any, apart from the other side's.
    fn side(
        &self,
        (slots, kinds): (&[Slot], &[Is]),
        kind: &str,
        owner: bool,
        at: u32,
        (memory, heads): (&super::Memory, &mut Vec<u32>),
        other: &[ActorFound],
    ) -> Vec<ActorFound> {
        let violent = kind == "ASSAULT";
        let mut found = Vec::new();
        for slot in slots {
            let Some(head) = slot.find(self.tree, at).filter(|h| *h != at) else { continue };
            let actors = ActorContext { owner, ..self.context.actors() };
            actors.resolve(self.tree, head, memory, heads, &mut found);
            // A blast in Pakistan is not against Pakistan.
            let scenery = matches!(slot, Slot::Preposition(word) if matches!(&**word, "in" | "at" | "near"));
            let war = WARS.contains(&self.tree.lemma(at));
            if violent && scenery && !war && self.place_name(head) {
                found.clear();
            }
            found.retain(|f| kinds.iter().all(|kind| f.is(*kind)));
            found.retain(|f| !other.iter().any(|o| o.span == f.span || o.name == f.name || speaks_for(o, f)));
            if !found.is_empty() {
                return found;
            }
        }
        self.context.actors().listed_after(self.tree, slots, at, memory, &mut found);
        found.retain(|f| !other.iter().any(|o| o.span == f.span || o.name == f.name));
        found
    }
}

/// Whether an official acts for the bare state that is named: "Asadov assured Azerbaijan's support" is not towards
/// Azerbaijan.
fn speaks_for(official: &ActorFound, state: &ActorFound) -> bool {
    official.figure.is_some()
        && state.figure.is_none()
        && state.named
        && official.country.is_some()
        && official.country == state.country
        && official.sector.is_some_and(|s| s.as_str() == "GOV")
        && state.sector.is_some_and(|s| s.as_str() == "GOV")
}
