//! The events of a sentence: every trigger with a frame whose conditions hold and whose sides are found.

use super::actors::ActorFound;
use super::rules::{Frame, Needs};
use super::{EventContext, EventMention, EventScratch, Events};
use crate::dates;
use crate::document::Sentence;
use crate::grammar::{Deprel, EntityLabel, Upos, Zone};
use crate::syntax::{Predicate, Slot, Tree};

/// Words that say several incidents are told as one.
const SEVERAL: [&str; 9] =
    ["twin", "two", "three", "four", "several", "separate", "series", "string", "multiple"];

/// Nouns for incidents of which several may be told at once.
const INCIDENTS: [&str; 16] = [
    "incident",
    "attack",
    "blast",
    "explosion",
    "operation",
    "encounter",
    "raid",
    "strike",
    "shooting",
    "bombing",
    "clash",
    "ibo",
    "gunfight",
    "ambush",
    "place",
    "village",
];

/// Adverbs that tell an act as background, not as the day's news.
const BACKGROUND: [&str; 14] = [
    "repeatedly",
    "often",
    "always",
    "long",
    "previously",
    "earlier",
    "historically",
    "regularly",
    "frequently",
    "usually",
    "traditionally",
    "once",
    "consistently",
    "routinely",
];

pub(super) fn find(events: &Events, context: EventContext<'_>, scratch: &mut EventScratch) {
    scratch.mentions.clear();
    scratch.claims.clear();
    scratch.memory.clear();
    let EventScratch { tree, memory, heads, dates, mentions, claims } = scratch;
    // The last sentence that told of violence or, on the contrary, of an accident.
    let mut violence: Option<u32> = None;
    for (number, sentence) in context.doc.parsed.sentences.iter().enumerate() {
        if sentence.zone == Zone::Boilerplate {
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

/// Undated tellings of the news take the day that its lead gives, where that is a day or two before publication.
fn news_day(context: &EventContext<'_>, mentions: &mut [EventMention]) {
    let Some(published) = context.doc.article.pub_date else { return };
    let lead = context.doc.parsed.sentences.iter().position(|s| s.zone == Zone::Body).unwrap_or(0) as u32 + 3;
    let day = mentions.iter().filter(|m| m.sentence <= lead && m.modality == "asserted").find_map(|m| {
        let date = m.date.filter(|d| d.precision == dates::Precision::Day)?;
        let back = (published - date.date).get_days();
        (0..=3).contains(&back).then_some(date)
    });
    let Some(day) = day else { return };
    for mention in mentions.iter_mut() {
        let undated = mention.date.is_none() && mention.news;
        if undated && matches!(mention.modality, "asserted" | "disputed") {
            mention.date = Some(day);
        }
    }
}

/// How many sentences a word of violence colours.
const REACH: u32 = 6;

pub(super) struct Finder<'f, 'a> {
    pub(super) context: &'f EventContext<'a>,
    pub(super) tree: &'f Tree<'a>,
    sentence: &'f Sentence,
    pub(super) number: u32,
    dates: &'f [dates::Found],
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

    /// Whether an undated act is of the day's news: told in the past tense or the present, not as background.
    fn news(&self, at: u32) -> bool {
        let tree = self.tree;
        let verb = if tree.is_verb(at) {
            at
        } else {
            let tied = matches!(
                tree.deprel(at),
                Some(Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass | Deprel::Root | Deprel::Obl)
            );
            match tree.head(at) {
                _ if self.sentence.zone != Zone::Body => return true,
                Some(head) if tied && tree.is_verb(head) => head,
                None => return true,
                _ => return false,
            }
        };
        !tree.children(verb).any(|(i, t)| match t.deprel {
            Deprel::Aux => tree.word(i).eq_ignore_ascii_case("had"),
            Deprel::Advmod => BACKGROUND.contains(&tree.lemma(i)),
            Deprel::Obl => matches!(tree.case(i), Some("since")),
            _ => false,
        })
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
                break;
            }
        }
        found
    }

    /// The date of the clause: one that hangs under the trigger or the verb above it, else the sentence's only one.
    fn date(&self, at: u32) -> Option<dates::Found> {
        let under =
            |top: u32| self.dates.iter().copied().find(|d| (d.first..d.end).any(|i| self.tree.under(i, top)));
        let above = self.tree.head(at).filter(|_| !self.tree.is_verb(at));
        let own = under(at).or_else(|| above.and_then(under));
        own.or(match self.dates {
            [only] => Some(*only),
            _ => None,
        })
    }

    fn long_ago(&self, date: Option<dates::Found>) -> bool {
        let published = self.context.doc.article.pub_date;
        date.zip(published).is_some_and(|(d, p)| i32::from(p.year()) - i32::from(d.date.year()) >= 2)
    }

    /// The name of the event's place: a place tied by "in", "at" or "near" under the trigger, else in the sentence.
    fn place(&self, at: u32, plover_type: &str) -> Option<u32> {
        let material = matches!(plover_type, "ASSAULT" | "COERCE" | "PROTEST" | "MOBILIZE" | "CONSULT");
        let names = &self.context.doc.parsed.names;
        let range = &self.sentence.tokens;
        let start = names.partition_point(|m| m.tokens.end <= range.start);
        let mut best: Option<(i32, u32)> = None;
        for (index, name) in
            names.iter().enumerate().skip(start).take_while(|(_, m)| m.tokens.start < range.end)
        {
            if !matches!(name.label, EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Fac) {
                continue;
            }
            if self.context.places.get(index).is_some_and(|p| p.issue) {
                continue;
            }
            let head =
                (name.tokens.clone()).find(|i| self.tree.head(*i).is_none_or(|h| !name.tokens.contains(&h)));
            let Some(head) = head else { continue };
            // The preposition may hang on a common noun that the name modifies: "at Netai village".
            let carrier = match self.tree.head(head) {
                Some(h)
                    if matches!(
                        self.tree.deprel(head),
                        Some(Deprel::Compound | Deprel::Flat | Deprel::NmodPoss)
                    ) =>
                {
                    h
                }
                _ => head,
            };
            let case = self.tree.case(head).or_else(|| self.tree.case(carrier));
            let located = matches!(
                case,
                Some("in" | "at" | "near" | "outside" | "inside" | "around" | "on" | "across" | "under")
            );
            if !located {
                // "the Kabul bombing", "hit Kharkiv", "the visit to Baku": the scene of a deed without "in".
                let head_of = self.tree.head(head);
                let beside = head_of == Some(at) || head == at;
                let owner = matches!(
                    self.tree.deprel(head),
                    Some(Deprel::Compound | Deprel::Obj | Deprel::NmodPoss | Deprel::Nmod | Deprel::Amod)
                );
                let town = self.context.places.get(index).is_some_and(|p| p.detail() >= 2);
                if material && beside && owner && town && best.is_none() {
                    best = Some((1, index as u32));
                }
                continue;
            }
            let tied = self.tree.under(head, at) || self.tree.head(head) == self.tree.head(at);
            let exact = self.context.places.get(index).map_or(-1, |p| p.detail());
            // What happens to a noun is told by its verb: "a blast struck a market in Lakki".
            let verb = self.tree.head(at).filter(|h| {
                self.tree.is_verb(*h)
                    && matches!(self.tree.deprel(at), Some(Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj))
            });
            let around = verb.and_then(|v| self.depth(head, v)).map(|d| d + 1);
            let depth = self.depth(head, at).or(around);
            let tied = tied || around.is_some();
            let score = if tied { 20 - 2 * depth.unwrap_or(4) + exact } else { exact };
            if best.is_none_or(|(s, _)| score > s) {
                best = Some((score, index as u32));
            }
        }
        best.map(|(_, index)| index)
    }

    /// Steps from a token up to another, none where the way leads through a clause beside it.
    fn depth(&self, below: u32, above: u32) -> Option<i32> {
        let mut at = below;
        for steps in 0..8 {
            if at == above {
                return Some(steps);
            }
            if self.tree.deprel(at) == Some(Deprel::Parataxis) {
                return None;
            }
            at = self.tree.head(at)?;
        }
        None
    }

    /// The place that gives an event its coordinates: its own, else the closest that the sentence puts around it
    /// ("at Netai village in West Midnapore district").
    fn spot(&self, place: Option<u32>) -> Option<u32> {
        let place = place?;
        if self.context.places.get(place as usize).is_some_and(|p| p.lat.is_some() && p.detail() >= 3) {
            return Some(place);
        }
        let whole = self.context.places.get(place as usize).filter(|p| p.detail() <= 2).and_then(|p| p.iso3);
        let names = &self.context.doc.parsed.names;
        let range = &self.sentence.tokens;
        let start = names.partition_point(|m| m.tokens.end <= range.start);
        let own = names.get(place as usize)?;
        let mut best: Option<(i32, u32)> = None;
        let here = names.iter().enumerate().skip(start).take_while(|(_, m)| m.tokens.start < range.end);
        for (index, name) in here {
            if !matches!(name.label, EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Fac) {
                continue;
            }
            let Some(found) = self.context.places.get(index).filter(|p| p.lat.is_some() && !p.issue) else {
                continue;
            };
            if whole.is_some() && found.iso3 != whole {
                continue;
            }
            let after = name.tokens.start >= own.tokens.start;
            let near = name.tokens.start.abs_diff(own.tokens.start) <= 14;
            let score = found.detail() * 2 + i32::from(after) + 4 * i32::from(near);
            if best.is_none_or(|(s, _)| score > s) {
                best = Some((score, index as u32));
            }
        }
        best.map(|(_, index)| index)
    }

    fn several(&self, at: u32) -> bool {
        let many = |at: u32| {
            self.tree.children(at).any(|(i, t)| {
                matches!(t.deprel, Deprel::Amod | Deprel::Nummod | Deprel::Compound)
                    && SEVERAL.contains(&self.tree.lemma(i))
            })
        };
        let incidents = |i: u32| INCIDENTS.contains(&self.tree.lemma(i));
        many(at) && !self.tree.is_verb(at)
            || self
                .tree
                .children(at)
                .any(|(i, t)| matches!(t.deprel, Deprel::Obl | Deprel::Nmod) && incidents(i) && many(i))
    }

    /// The tokens of the clause that tells the event.
    fn clause(&self, at: u32, one: &[ActorFound], two: &[ActorFound]) -> (u32, u32) {
        let keep = |i: u32, t: &crate::document::Token| {
            let apart =
                matches!(t.deprel, Deprel::Parataxis | Deprel::Punct | Deprel::Discourse | Deprel::Cc);
            !apart && (t.deprel != Deprel::Conj || !self.tree.is_verb(i))
        };
        let top = if self.tree.is_verb(at) {
            at
        } else {
            self.tree.head(at).filter(|h| self.tree.is_verb(*h)).unwrap_or(at)
        };
        let (mut low, mut high) = self.tree.extent(top, keep);
        for actor in one.iter().chain(two) {
            for (i, token) in self.tree.iter() {
                if actor.span.contains(token.span) {
                    low = low.min(i);
                    high = high.max(i);
                }
            }
        }
        (low, high + 1)
    }
}

/// Drops the events inside what another event of the sentence is about: "agreed to build" is one act, not two.
fn absorb(events: &Events, tree: &Tree<'_>, start: usize, mentions: &mut Vec<EventMention>) {
    let absorbs = |m: &&EventMention| events.rules.frame(m.rule).is_some_and(|f| f.absorbs);
    let outer: Vec<u32> =
        mentions.get(start..).unwrap_or(&[]).iter().filter(absorbs).map(|m| m.trigger).collect();
    let mut at = 0;
    mentions.retain(|m| {
        at += 1;
        at <= start || !outer.iter().any(|o| *o != m.trigger && governed(tree, m.trigger, *o))
    });
}

/// Whether the way up from one trigger to another goes through what the upper one is about.
fn governed(tree: &Tree<'_>, below: u32, above: u32) -> bool {
    let mut at = below;
    for _ in 0..16 {
        let (Some(relation), Some(head)) = (tree.deprel(at), tree.head(at)) else { return false };
        if head == above {
            return !matches!(
                relation,
                Deprel::Conj
                    | Deprel::Parataxis
                    | Deprel::Advcl
                    | Deprel::Nsubj
                    | Deprel::AclRelcl
                    | Deprel::NsubjPass
            ) || (relation == Deprel::Advcl
                && tree.children(at).any(|(i, t)| {
                    t.deprel == Deprel::Mark
                        && matches!(tree.lemma(i), "of" | "for" | "to" | "from" | "against")
                }));
        }
        at = head;
    }
    false
}

/// Two tellings of one act in one sentence become one: "killed in an attack", "carried out strikes that hit".
fn unite(tree: &Tree<'_>, start: usize, mentions: &mut Vec<EventMention>) {
    let mut at = start;
    while at < mentions.len().min(start + 64) {
        let Some(later) = mentions.get(at) else { break };
        let joined = mentions.iter().enumerate().take(at).skip(start).find_map(|(i, m)| {
            let verbs = tree.is_verb(m.trigger) && tree.is_verb(later.trigger);
            let (a, b) = (m.trigger, later.trigger);
            let linked = !verbs && (close(tree, a, b) || close(tree, b, a))
                || verbs && m.plover_type.as_str() == "ASSAULT" && (close(tree, a, b) || close(tree, b, a));
            (m.plover_type == later.plover_type
                && linked
                && super::merge::sides_fit(&m.one, &later.one)
                && (super::merge::sides_fit(&m.two, &later.two)
                    || m.two.iter().all(|a| a.scene)
                    || later.two.iter().all(|a| a.scene)))
            .then_some(i)
        });
        let Some(into) = joined else {
            at += 1;
            continue;
        };
        let gone = mentions.remove(at);
        if let Some(kept) = mentions.get_mut(into) {
            let better =
                gone.one.len().min(1) + gone.two.len().min(1) > kept.one.len().min(1) + kept.two.len().min(1);
            let other = if better { std::mem::replace(kept, gone) } else { gone };
            if kept.one.iter().all(|a| a.name.is_empty()) && !other.one.is_empty() {
                kept.one = other.one;
            }
            if kept.two.iter().all(|a| a.scene) && !other.two.is_empty() {
                kept.two = other.two;
            }
            let EventMention { one, two, .. } = kept;
            two.retain(|b| !one.iter().any(|a| a.name == b.name));
            kept.date = kept.date.or(other.date);
            if kept.place.is_none() {
                kept.place = other.place;
                kept.spot = other.spot;
            }
            kept.country = kept.country.or(other.country);
            kept.aggregate |= other.aggregate;
            kept.first = kept.first.min(other.first);
            kept.end = kept.end.max(other.end);
        }
    }
}

/// "Attacked an office, killing five and wounding ten" is one incident: what only says who was hurt joins the attack
/// told in the same sentence, unless somebody else does it.
fn unite_hurt(start: usize, mentions: &mut Vec<EventMention>) {
    let mut at = start + 1;
    while at < mentions.len().min(start + 32) {
        let Some(later) = mentions.get(at) else { break };
        let joined = mentions.iter().enumerate().take(at).skip(start).find_map(|(i, m)| {
            let deeds = m.plover_type.as_str() == "ASSAULT" && later.plover_type.as_str() == "ASSAULT";
            let alike = m.modality == later.modality && !later.another;
            // Whoever is hurt by the one doesn't attack in the other.
            let turned =
                later.one.iter().any(|a| m.two.iter().any(|b| b.name == a.name && !a.name.is_empty()))
                    || m.one.iter().any(|a| later.two.iter().any(|b| b.name == a.name && !a.name.is_empty()));
            let fits = super::merge::sides_fit(&m.one, &later.one) && !turned;
            (deeds && alike && fits && (m.hurt || later.hurt)).then_some(i)
        });
        let Some(into) = joined else {
            at += 1;
            continue;
        };
        let gone = mentions.remove(at);
        let Some(kept) = mentions.get_mut(into) else { break };
        if kept.one.iter().all(|a| a.name.is_empty()) && !gone.one.is_empty() {
            kept.one = gone.one;
        }
        if kept.two.iter().all(|a| a.scene) && !gone.two.is_empty() {
            kept.two = gone.two;
        } else {
            for actor in gone.two.into_iter().filter(|a| !a.scene) {
                if kept.two.len() < 8 && kept.two.iter().all(|b| b.name != actor.name) {
                    kept.two.push(actor);
                }
            }
        }
        let EventMention { one, two, .. } = kept;
        two.retain(|b| !one.iter().any(|a| a.name == b.name));
        kept.date = kept.date.or(gone.date);
        kept.hurt &= gone.hurt;
        kept.another |= gone.another;
        kept.aggregate |= gone.aggregate;
        if kept.place.is_none() {
            kept.place = gone.place;
            kept.spot = gone.spot;
            kept.country = gone.country;
        }
        kept.first = kept.first.min(gone.first);
        kept.end = kept.end.max(gone.end);
    }
}

/// Whether a token hangs at most a few steps under another, not through coordination or a reported clause.
fn close(tree: &Tree<'_>, below: u32, above: u32) -> bool {
    let mut at = below;
    for _ in 0..3 {
        if matches!(tree.deprel(at), Some(Deprel::Conj | Deprel::Parataxis | Deprel::Ccomp)) {
            return false;
        }
        match tree.head(at) {
            Some(head) if head == above => return true,
            Some(head) => at = head,
            None => return false,
        }
    }
    false
}

/// Gives tellings without a place that of the incident they go on with, and each a country.
fn settle(context: &EventContext<'_>, mentions: &mut [EventMention]) {
    let deed = |m: &EventMention| {
        matches!(
            m.plover_type.as_str(),
            "ASSAULT" | "COERCE" | "PROTEST" | "MOBILIZE" | "CONSULT" | "RETREAT"
        )
    };
    let scene = |m: &EventMention| m.place.and_then(|p| context.places.get(p as usize)).and_then(|p| p.iso3);
    for at in 0..mentions.len() {
        let (before, rest) = mentions.split_at_mut(at);
        let Some(mention) = rest.first_mut() else { break };
        if mention.place.is_none() && deed(mention) {
            let told = before.iter().rev().take(12).find(|m| {
                m.place.is_some()
                    && m.plover_type == mention.plover_type
                    && mention.sentence - m.sentence <= 3
                    && m.modality == mention.modality
            });
            if let Some(told) = told {
                mention.place = told.place;
                mention.spot = told.spot;
                mention.country = told.country.or_else(|| scene(told));
            }
        }
        if mention.country.is_none() {
            let of = |side: &[ActorFound]| side.iter().find_map(|a| a.country);
            let deed = deed(mention);
            let side = if deed { of(&mention.two).or_else(|| of(&mention.one)) } else { of(&mention.one) };
            let visit = mention.mode.is_some_and(|m| m.as_str() == "visit");
            let deadly = matches!(mention.plover_type.as_str(), "ASSAULT" | "COERCE");
            mention.country = if visit || deadly { side.or(context.home) } else { context.home.or(side) };
        }
    }
}

/// Keeps the two countries that a sentence names in mind for "both sides".
fn remember_pair(context: &EventContext<'_>, sentence: &Sentence, memory: &mut super::Memory) {
    let names = &context.doc.parsed.names;
    let start = names.partition_point(|m| m.tokens.end <= sentence.tokens.start);
    let mut pair: Vec<ActorFound> = Vec::new();
    for name in names.iter().skip(start).take_while(|m| m.tokens.start < sentence.tokens.end) {
        if name.label != EntityLabel::Gpe {
            continue;
        }
        let words = context.doc.tokens(&name.tokens).iter().map(|t| context.doc.word(t));
        let Some(found) = context.countries.phrases.longest(words) else { continue };
        let country = Some(found.value.iso3);
        if pair.iter().all(|p| p.country != country) {
            pair.push(ActorFound {
                name: context.doc.text(name.span).split_whitespace().collect::<Vec<_>>().join(" "),
                country,
                sector: crate::code::Code::new("GOV"),
                figure: None,
                span: name.span,
                named: true,
                scene: false,
            });
        }
    }
    if let [a, b, ..] = pair.as_slice() {
        memory.pair = vec![a.clone(), b.clone()];
    }
}

/// Keeps the subject of the sentence's root in mind for pronouns, and whoever is reported to speak.
fn remember_subject(
    context: &EventContext<'_>,
    tree: &Tree<'_>,
    events: &Events,
    memory: &mut super::Memory,
    heads: &mut Vec<u32>,
) {
    let mut found = Vec::new();
    let speech = tree.iter().filter(|(_, t)| t.upos == Upos::Verb).find_map(|(at, _)| {
        if !events.modality.reports(tree.lemma(at)) {
            return None;
        }
        Predicate::new(tree, at).subject().filter(|s| {
            !matches!(tree.word(*s).to_ascii_lowercase().as_str(), "we" | "i" | "it" | "they" | "you" | "who")
        })
    });
    if let Some(speaker) = speech {
        context.actors().resolve(tree, speaker, memory, heads, &mut found);
        if !found.is_empty() {
            memory.speakers.clear();
            memory.speakers.append(&mut found);
        }
    }
    let Some((root, _)) = tree.iter().find(|(_, t)| t.deprel == Deprel::Root) else { return };
    let Some(subject) = Predicate::new(tree, root).subject().or_else(|| Predicate::new(tree, root).object())
    else {
        return;
    };
    if tree.get(subject).is_some_and(|t| t.upos == Upos::Pron) {
        return;
    }
    context.actors().resolve(tree, subject, memory, heads, &mut found);
    if !found.is_empty() {
        memory.subjects = found;
    }
}
