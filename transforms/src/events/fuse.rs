//! The numbers of people hurt in an event: claims of several tellings fused to low, best and high, and which of
//! several incidents told at once count.

use super::casualties::Claim;
use super::{EventContext, EventScratch, retell};
use crate::code::Id;
use crate::grammar::Zone;
use crate::span::Span;

#[derive(Default)]
pub(super) struct Fused {
    pub(super) low: Option<i32>,
    pub(super) best: Option<i32>,
    pub(super) high: Option<i32>,
    pub(super) conflict: bool,
    pub(super) stated: bool,
}

/// How an event stands to others of its article.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Standing {
    /// It tells several of the others at once.
    pub(super) aggregate: bool,
    /// It is told within another that counts for both.
    pub(super) contained: bool,
    /// The one that tells it among others.
    pub(super) parent: Option<Id>,
}

/// Several incidents told as one ("twin blasts"): where the parts tell as many killed as the whole, they count and
/// the whole doesn't; where they tell fewer, the whole counts and they don't.
pub(super) fn standings(
    context: EventContext<'_>,
    scratch: &EventScratch,
    members: &[Vec<usize>],
    ids: &[Id],
) -> Vec<Standing> {
    let mut all = vec![Standing::default(); members.len()];
    let told =
        |event: usize| members.get(event).and_then(|l| l.first()).and_then(|i| scratch.mentions.get(*i));
    let assault = |event: usize| told(event).is_some_and(|m| m.plover_type.as_str() == "ASSAULT");
    let killed = |event: usize| {
        let own: Vec<&Claim> = scratch
            .claims
            .iter()
            .filter(|c| scratch.mentions.get(c.mention as usize).is_some_and(|m| m.event as usize == event))
            .collect();
        let fused = fuse(context, &own, "killed");
        (fused.best.or(fused.low), own.is_empty())
    };
    let whole = (0..members.len())
        .take(200)
        .find(|e| assault(*e) && told(*e).is_some_and(|m| m.aggregate && m.modality == "asserted"));
    let parts: Vec<usize> = whole.map_or(Vec::new(), |whole| {
        let part = |e: &usize| {
            *e != whole
                && assault(*e)
                && told(*e).zip(told(whole)).is_some_and(|(p, w)| {
                    p.modality == "asserted"
                        && !p.aggregate
                        && p.sentence > w.sentence
                        && p.date.zip(w.date).is_none_or(|(x, y)| x.date == y.date)
                })
                && !killed(*e).1
        };
        (0..members.len()).take(200).filter(part).collect()
    });
    let sum: i32 = parts.iter().filter_map(|e| killed(*e).0).fold(0, i32::saturating_add);
    if let Some(whole) = whole
        && let Some(total) = killed(whole).0.filter(|_| sum > 0)
    {
        let full = sum >= total;
        if let Some(standing) = all.get_mut(whole) {
            standing.aggregate = full;
        }
        for part in parts {
            if let Some(standing) = all.get_mut(part) {
                standing.parent = ids.get(whole).copied();
                standing.contained = !full;
            }
        }
    }
    retell::standings(context, scratch, members, ids, &mut all);
    all
}

/// What one word says of so many victims: "a soldier and two policemen were killed" is three.
struct Told {
    low: Option<i32>,
    best: Option<i32>,
    high: Option<i32>,
    first: usize,
    body: bool,
}

/// The claims of one outcome as low, best and high. Claims of one word are added, parts of another claim are not
/// counted; victims told as others ("also", another name, another role) are added to those before. The body's
/// figures come before those of headlines; among several the most frequent is the best, the first of two as frequent.
pub(super) fn fuse(context: EventContext<'_>, claims: &[&Claim], outcome: &str) -> Fused {
    let whole: Vec<&Claim> =
        claims.iter().copied().filter(|c| c.outcome == outcome && c.subset_of.is_none()).collect();
    let mut tellings: Vec<Told> = Vec::new();
    let mut last = None;
    let add = |a: Option<i32>, b: Option<i32>| Some(a?.saturating_add(b?));
    for (at, claim) in whole.iter().enumerate() {
        let body = context.doc.sentence(claim.sentence).is_some_and(|s| s.zone == Zone::Body);
        match tellings.last_mut().filter(|_| last == Some(claim.trigger)) {
            Some(told) => {
                told.low = add(told.low, claim.low);
                told.best = add(told.best, claim.best.or(claim.low));
                told.high = add(told.high, claim.high);
            }
            None => {
                tellings.push(Told { low: claim.low, best: claim.best, high: claim.high, first: at, body });
            }
        }
        last = Some(claim.trigger);
    }
    if tellings.iter().any(|t| t.body) {
        tellings.retain(|t| t.body);
    }
    if tellings.is_empty() {
        return Fused::default();
    }
    // Groups of tellings of the same victims.
    let mut groups: Vec<Vec<&Told>> = Vec::new();
    for told in tellings.iter().take(64) {
        let claim = whole.get(told.first).copied();
        let known = groups.iter_mut().find(|g| {
            g.iter().all(|t| {
                let other = whole.get(t.first).copied();
                claim.zip(other).is_none_or(|(a, b)| !others(context, a, b))
            })
        });
        match known {
            Some(group) => group.push(told),
            None => groups.push(vec![told]),
        }
    }
    let mut all = Fused { low: Some(0), best: Some(0), high: Some(0), conflict: false, stated: true };
    for group in &groups {
        let mut counts: Vec<(i32, usize)> = Vec::new();
        for best in group.iter().filter_map(|t| t.best) {
            match counts.iter_mut().find(|(n, _)| *n == best) {
                Some((_, times)) => *times += 1,
                None => counts.push((best, 1)),
            }
        }
        let most = counts.iter().map(|(_, times)| *times).max();
        let best = counts.iter().find(|(_, times)| Some(*times) == most).map(|(n, _)| *n);
        let open = group.iter().any(|t| t.high.is_none());
        let high = if open { None } else { group.iter().filter_map(|t| t.high).max() };
        let low = group.iter().filter_map(|t| t.low).min();
        all.low = add(all.low, low.or(best));
        all.best = add(all.best, best.or(if groups.len() > 1 { low } else { None }));
        all.high = add(all.high, high);
        all.conflict |= counts.len() > 1;
    }
    all
}

/// Words between two tolls that say that somebody else gives the second.
const GIVEN: [&str; 7] = ["said", "says", "put", "puts", "according", "reported", "told"];

/// "One source put the toll at 47, another said 52 had died": numbers much alike, each with who gives it.
fn two_tolls(context: EventContext<'_>, early: &Claim, late: &Claim) -> bool {
    let (Some(x), Some(y)) = (early.best.or(early.low), late.best.or(late.low)) else { return false };
    let alike = x.min(y) >= 5 && x.max(y).saturating_mul(2) <= x.min(y).saturating_mul(3);
    let between = Span { start: early.span.end, end: late.span.start.max(early.span.end) };
    let mut words = context.doc.text(between).split(|c: char| !c.is_alphabetic());
    alike && words.any(|w| GIVEN.contains(&w))
}

/// Whether two claims are of other people.
fn others(context: EventContext<'_>, a: &Claim, b: &Claim) -> bool {
    let (early, late) = if a.span.start <= b.span.start { (a, b) } else { (b, a) };
    if late.further {
        return true;
    }
    // Their bodies, or "he": those told before.
    if late.known || early.known {
        return false;
    }
    if let (Some(x), Some(y)) = (a.name, b.name) {
        let (x, y) = (context.doc.text(x), context.doc.text(y));
        return !x.split_whitespace().any(|w| w.len() > 2 && y.split_whitespace().any(|v| v == w));
    }
    if a.sentence == b.sentence && a.trigger != b.trigger {
        return !two_tolls(context, early, late);
    }
    let same = a.best.is_some() && a.best == b.best;
    !same && a.victims.is_some() && b.victims.is_some() && a.victims != b.victims
}
