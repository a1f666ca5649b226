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

pub(super) fn find(events: &Events, context: EventContext<'_>, scratch: &mut EventScratch) {
    scratch.mentions.clear();
    scratch.memory.clear();
    let EventScratch { tree, memory, heads, dates, mentions, .. } = scratch;
    for (number, sentence) in context.doc.parsed.sentences.iter().enumerate() {
        if sentence.zone == Zone::Boilerplate {
            continue;
        }
        let tree = Tree::new(context.doc, sentence, tree);
        dates::find(context.doc, sentence.tokens.clone(), context.doc.article.pub_date, dates);
        let start = mentions.len();
        for (at, token) in tree.iter() {
            let mut frames: &mut dyn Iterator<Item = (u32, &Frame)> = match token.upos {
                Upos::Verb => &mut events.rules.verb(context.doc.lemma(token)),
                Upos::Noun | Upos::Propn
                    if context.doc.name_at(at).is_none_or(|n| n.label == EntityLabel::Event) =>
                {
                    &mut events.rules.noun(context.doc.lemma(token))
                }
                _ => continue,
            };
            let finder = Finder { context: &context, tree: &tree, sentence, number: number as u32, dates };
            if let Some(mention) =
                (&mut frames).find_map(|(id, f)| finder.fire(events, id, f, at, memory, heads))
            {
                mentions.push(mention);
            }
        }
        absorb(events, &tree, start, mentions);
        for mention in mentions.get(start..).unwrap_or(&[]) {
            memory.note(&mention.one, &mention.two);
        }
        remember_subject(&context, &tree, memory, heads);
    }
}

struct Finder<'f, 'a> {
    context: &'f EventContext<'a>,
    tree: &'f Tree<'a>,
    sentence: &'f Sentence,
    number: u32,
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
        let enough = match frame.needs {
            Needs::Both => !one.is_empty() && !two.is_empty(),
            Needs::Actor => !one.is_empty(),
            Needs::Recipient => !two.is_empty(),
            Needs::Either => !one.is_empty() || !two.is_empty(),
            Needs::None => true,
        };
        if !enough || one.iter().any(|a| two.iter().any(|b| a.name == b.name)) {
            return None;
        }
        let (judged, speaker) = events.modality.judge(self.tree, at);
        let date = self.date(at);
        let modality = match (judged, frame.modality) {
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
        let named = one.iter().chain(&two).filter(|a| a.named).count().min(2) as f64;
        let verbal = if self.tree.is_verb(at) { 0.05 } else { 0.0 };
        Some(EventMention {
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
            place: self.place(at),
            attributed_to,
            aggregate: self.several(at),
            confidence: (frame.confidence + 0.1 * named + verbal - 0.1).clamp(0.05, 0.95),
            one,
            two,
            event: 0,
        })
    }

    fn conditions(&self, frame: &Frame, at: u32) -> bool {
        let tree = self.tree;
        let particle = tree.child(at, Deprel::CompoundPrt);
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
        own.or_else(|| match self.dates {
            [only] => Some(*only),
            _ => None,
        })
    }

    fn long_ago(&self, date: Option<dates::Found>) -> bool {
        let published = self.context.doc.article.pub_date;
        date.zip(published).is_some_and(|(d, p)| i32::from(p.year()) - i32::from(d.date.year()) >= 2)
    }

    /// The name of the event's place: a place tied by "in", "at" or "near" under the trigger, else in the sentence.
    fn place(&self, at: u32) -> Option<u32> {
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
            let located = matches!(
                self.tree.case(head),
                Some("in" | "at" | "near" | "outside" | "inside" | "around" | "on" | "across")
            );
            if !located {
                continue;
            }
            let tied = self.tree.under(head, at) || self.tree.head(head) == self.tree.head(at);
            let exact = self.context.places.get(index).map_or(0, |p| p.detail());
            let score = i32::from(tied) * 10 + exact;
            if best.is_none_or(|(s, _)| score > s) {
                best = Some((score, index as u32));
            }
        }
        best.map(|(_, index)| index)
    }

    fn several(&self, at: u32) -> bool {
        self.tree.children(at).any(|(i, t)| {
            matches!(t.deprel, Deprel::Amod | Deprel::Nummod | Deprel::Compound)
                && SEVERAL.contains(&self.tree.lemma(i))
        })
    }

    /// The tokens of the clause that tells the event.
    fn clause(&self, at: u32, one: &[ActorFound], two: &[ActorFound]) -> (u32, u32) {
        let keep = |i: u32, t: &crate::document::Token| {
            !matches!(t.deprel, Deprel::Parataxis | Deprel::Punct | Deprel::Discourse | Deprel::Cc)
                && !(t.deprel == Deprel::Conj && self.tree.is_verb(i))
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

/// Keeps the subject of the sentence's root in mind for the next sentence's pronouns.
fn remember_subject(
    context: &EventContext<'_>,
    tree: &Tree<'_>,
    memory: &mut super::Memory,
    heads: &mut Vec<u32>,
) {
    let Some((root, _)) = tree.iter().find(|(_, t)| t.deprel == Deprel::Root) else { return };
    let Some(subject) = Predicate::new(tree, root).subject().or_else(|| Predicate::new(tree, root).object())
    else {
        return;
    };
    let mut found = Vec::new();
    context.actors().resolve(tree, subject, memory, heads, &mut found);
    if !found.is_empty() {
        memory.subjects = found;
    }
}
