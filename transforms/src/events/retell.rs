//! Victims told again as an event of their own: "Two leaders were killed. ... The bodies of the two were found." The
//! later telling stays an event, within the first, and doesn't count again.

use super::casualties::Claim;
use super::fuse::{Standing, fuse};
use super::{EventContext, EventMention, EventScratch};
use crate::code::Id;
use crate::dates::Precision;

/// Events compared at most.
const EVENTS_MAX: usize = 60;

/// Claims of one event looked at, at most.
const CLAIMS_MAX: usize = 32;

/// How many sentences on victims are told again.
const REACH_SENTENCES: u32 = 8;
/// The same for a part of them, and for a single one.
const REACH_PART: u32 = 3;

/// How far two places of one incident may lie apart.
const APART_KM: f64 = 40.0;

/// Words that begin the telling of another incident.
const ANOTHER: [&str; 9] = [
    "another",
    "separate",
    "separately",
    "elsewhere",
    "meanwhile",
    "similarly",
    "different",
    "second",
    "other",
];

struct Told<'a> {
    first: &'a EventMention,
    claims: Vec<&'a Claim>,
}

/// Marks the events that tell again whom an earlier one has counted.
pub(super) fn standings(
    context: EventContext<'_>,
    scratch: &EventScratch,
    members: &[Vec<usize>],
    ids: &[Id],
    all: &mut [Standing],
) {
    let mut told: Vec<Option<Told<'_>>> = Vec::new();
    for list in members.iter().take(EVENTS_MAX) {
        let first = list.first().and_then(|i| scratch.mentions.get(*i));
        told.push(
            first
                .filter(|m| m.plover_type.as_str() == "ASSAULT")
                .map(|first| Told { first, claims: Vec::new() }),
        );
    }
    for claim in scratch.claims.iter().filter(|c| matches!(c.outcome, "killed" | "injured")) {
        let event = scratch.mentions.get(claim.mention as usize).map_or(usize::MAX, |m| m.event as usize);
        if let Some(Some(told)) = told.get_mut(event)
            && told.claims.len() < CLAIMS_MAX
        {
            told.claims.push(claim);
        }
    }
    for later in 1..told.len() {
        let Some(b) = told.get(later).and_then(Option::as_ref) else { continue };
        let counts = all.get(later).is_some_and(|s| !s.aggregate && !s.contained);
        if b.claims.is_empty() || !counts || b.first.another || anew(context, b) {
            continue;
        }
        let earlier = (0..later).rev().find(|e| {
            let counts = all.get(*e).is_some_and(|s| !s.aggregate && !s.contained);
            told.get(*e).and_then(Option::as_ref).is_some_and(|a| counts && covers(context, a, b))
        });
        if let (Some(earlier), Some(standing)) = (earlier, all.get_mut(later)) {
            standing.contained = true;
            standing.parent = ids.get(earlier).copied();
        }
    }
}

/// Whether the sentence of a telling begins another incident.
fn anew(context: EventContext<'_>, told: &Told<'_>) -> bool {
    let sentence = told.claims.first().map_or(told.first.sentence, |c| c.sentence);
    let Some(sentence) = context.doc.sentence(sentence) else { return false };
    let begins = sentence.tokens.start..sentence.tokens.end.min(sentence.tokens.start + 6);
    context.doc.tokens(&begins).iter().any(|t| ANOTHER.contains(&context.doc.lemma(t)))
        || told.claims.iter().any(|c| c.further)
}

/// Whether one telling has counted all that a later one tells of.
fn covers(context: EventContext<'_>, a: &Told<'_>, b: &Told<'_>) -> bool {
    let (Some(x), Some(y)) = (a.claims.first(), b.claims.first()) else { return false };
    let gap = y.sentence.saturating_sub(x.sentence);
    if y.sentence < x.sentence || gap > REACH_SENTENCES || a.first.modality != b.first.modality {
        return false;
    }
    if let (Some(d), Some(e)) = (a.first.date, b.first.date)
        && d.precision == Precision::Day
        && e.precision == Precision::Day
        && (d.date - e.date).get_days().abs() > 1
    {
        return false;
    }
    if apart(context, a.first, b.first) {
        return false;
    }
    ["killed", "injured"].into_iter().all(|outcome| {
        let own = |t: &Told<'_>| -> (Option<i32>, bool) {
            let fused = fuse(context, &t.claims, outcome);
            (fused.best.or(fused.low), fused.stated)
        };
        let ((n, _), (m, stated)) = (own(a), own(b));
        if !stated {
            return true;
        }
        let (Some(n), Some(m)) = (n, m) else { return false };
        let of = |t: &Told<'_>| t.claims.iter().copied().find(|c| c.outcome == outcome).cloned();
        let (Some(x), Some(y)) = (of(a), of(b)) else { return false };
        if m > n {
            return false;
        }
        if y.known {
            return true;
        }
        if x.victims.is_some() && y.victims.is_some() && x.victims != y.victims {
            return false;
        }
        if let (Some(p), Some(q)) = (x.name, y.name) {
            let (p, q) = (context.doc.text(p), context.doc.text(q));
            return p.split_whitespace().any(|w| w.len() > 2 && q.split_whitespace().any(|v| v == w));
        }
        m == n && m > 1 || gap <= REACH_PART
    })
}

/// Whether two tellings play at different places.
fn apart(context: EventContext<'_>, a: &EventMention, b: &EventMention) -> bool {
    let (Some(p), Some(q)) = (a.place, b.place) else { return false };
    if p == q {
        return false;
    }
    let name = |i: u32| context.doc.parsed.names.get(i as usize).map(|n| context.doc.text(n.span));
    if name(p) == name(q) {
        return false;
    }
    let spot = |m: &EventMention| {
        let place = m.spot.or(m.place).and_then(|i| context.places.get(i as usize))?;
        (place.detail() >= 3).then_some(())?;
        place.lat.zip(place.lon)
    };
    match (spot(a), spot(b)) {
        (Some(x), Some(y)) => {
            let shrink = ((x.0 + y.0) / 2.0).to_radians().cos();
            111.0 * (x.0 - y.0).hypot((x.1 - y.1) * shrink) > APART_KM
        }
        _ => false,
    }
}
