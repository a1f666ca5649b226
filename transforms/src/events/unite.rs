//! Tellings of one act in one sentence become one: what another act is about, an attack and whom it hurt.

use super::{EventMention, Events};
use crate::grammar::{Deprel, Upos};
use crate::syntax::Tree;

/// Drops the events inside what another event of the sentence is about: "agreed to build" is one act, not two.
pub(super) fn absorb(events: &Events, tree: &Tree<'_>, start: usize, mentions: &mut Vec<EventMention>) {
    let absorbs = |m: &&EventMention| events.rules.frame(m.rule).is_some_and(|f| f.absorbs);
    let outer: Vec<u32> =
        mentions.get(start..).unwrap_or(&[]).iter().filter(absorbs).map(|m| m.trigger).collect();
    // "Grateful for the declaration by B to invest in A": what B promised is told too.
    let promised = |m: &EventMention| {
        m.plover_type.as_str() == "AGREE"
            && m.modality == "future"
            && !tree.is_verb(m.trigger)
            && m.one.iter().chain(&m.two).filter(|a| a.named || a.country.is_some()).count() >= 2
    };
    let mut at = 0;
    mentions.retain(|m| {
        at += 1;
        at <= start || promised(m) || !outer.iter().any(|o| *o != m.trigger && governed(tree, m.trigger, *o))
    });
}

/// Prepositions of the occasion on which something is done.
const OCCASIONS: [&str; 10] =
    ["during", "at", "after", "following", "before", "amid", "since", "despite", "in", "upon"];

/// Whether the way up from one trigger to another goes through what the upper one is about.
fn governed(tree: &Tree<'_>, below: u32, above: u32) -> bool {
    let mut at = below;
    for _ in 0..16 {
        let (Some(relation), Some(head)) = (tree.deprel(at), tree.head(at)) else { return false };
        // What a relative clause or an apposition adds is told for itself: "of arming rebels, a charge B denies".
        let own = || {
            tree.children(at)
                .any(|(i, t)| t.deprel == Deprel::Nsubj && !matches!(tree.lemma(i), "who" | "which" | "that"))
        };
        let added = match relation {
            Deprel::AclRelcl => own(),
            Deprel::Appos | Deprel::Parataxis => true,
            _ => false,
        };
        if head != above && added {
            return false;
        }
        if head == above {
            // "Agreed at talks with B", "slammed it during a visit": where it was said is an act of its own.
            if relation == Deprel::Obl && tree.case(at).is_some_and(|c| OCCASIONS.contains(&c)) {
                return false;
            }
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
pub(super) fn unite(tree: &Tree<'_>, start: usize, mentions: &mut Vec<EventMention>) {
    let mut at = start;
    while at < mentions.len().min(start + 64) {
        let Some(later) = mentions.get(at) else { break };
        let joined = mentions.iter().enumerate().take(at).skip(start).find_map(|(i, m)| {
            let verbs = tree.is_verb(m.trigger) && tree.is_verb(later.trigger);
            let (a, b) = (m.trigger, later.trigger);
            let linked = !verbs && (close(tree, a, b) || close(tree, b, a))
                || verbs && m.plover_type.as_str() == "ASSAULT" && (close(tree, a, b) || close(tree, b, a));
            // "Met X and discussed it with him" is one meeting.
            let pronoun = later
                .two
                .first()
                .is_some_and(|a| tree.iter().any(|(_, t)| t.upos == Upos::Pron && t.span == a.span));
            let met = m.plover_type.as_str() == "CONSULT"
                && pronoun
                && m.one.first().map(|a| a.span) == later.one.first().map(|a| a.span)
                && !m.two.is_empty();
            if met && m.plover_type == later.plover_type {
                return Some(i);
            }
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
pub(super) fn unite_hurt(start: usize, mentions: &mut Vec<EventMention>) {
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
