//! One event, one row: tellings of the same event within an article share an event.

use super::actors::ActorFound;
use super::casualties::Claim;
use super::{EventContext, EventMention};
use crate::dates::Precision;
use crate::grammar::Zone;

/// Tellings of one article compared with each other at most; later ones start events of their own. Each is compared
/// with all before it, so this bounds the time; an article that tells more is none.
const TELLINGS_MAX: usize = 2_000;

/// Numbers the events of an article: each telling joins the first event before it that it fits.
pub(super) fn merge(context: EventContext<'_>, mentions: &mut [EventMention], claims: &mut [Claim]) {
    parts(context, mentions, claims);
    let claims = &*claims;
    // For each event the tellings it has so far.
    let mut events: Vec<Vec<usize>> = Vec::new();
    let mut own: Vec<Vec<&Claim>> = vec![Vec::new(); mentions.len()];
    for claim in claims.iter().filter(|c| c.subset_of.is_none()) {
        if let Some(list) = own.get_mut(claim.mention as usize) {
            list.push(claim);
        }
    }
    let of = |mention: usize| own.get(mention).map_or(&[][..], Vec::as_slice);
    for at in 0..mentions.len() {
        let (before, rest) = mentions.split_at_mut(at);
        let Some(mention) = rest.first_mut() else { break };
        let latest = before.iter().rev().find(|m| m.plover_type == mention.plover_type).map(|m| m.event);
        let fits = |members: &Vec<usize>| {
            let told = || members.iter().filter_map(|i| Some((*i, before.get(*i)?)));
            let same = |(i, other): (usize, &EventMention)| {
                let retold = retold(context, of(i), of(at))
                    && (other.sentence.abs_diff(mention.sentence) <= 6 || headline(context, other));
                // "Another blast" is another than the one told last.
                let another = mention.another && Some(other.event) == latest;
                same(context, other, mention, retold, another)
            };
            let can =
                told().all(|(i, other)| compatible(context, other, mention) && victims_fit(of(i), of(at)));
            // Who was hurt goes on with the last telling; whoever acts must fit them all.
            can && if mention.hurt { told().any(same) } else { told().all(same) }
        };
        let found = if at < TELLINGS_MAX { events.iter().position(fits) } else { None };
        match found {
            Some(event) => {
                mention.event = event as u32;
                if let Some(members) = events.get_mut(event) {
                    let several = mention.aggregate
                        || members.iter().any(|i| before.get(*i).is_some_and(|m| m.aggregate));
                    if several {
                        mention.aggregate = true;
                        for i in members.iter() {
                            if let Some(member) = before.get_mut(*i) {
                                member.aggregate = true;
                            }
                        }
                    }
                    members.push(at);
                }
            }
            None => {
                mention.event = events.len() as u32;
                events.push(vec![at]);
            }
        }
    }
}

/// Words by which some of the wounded are told again: those in hospital, those who are worst.
const AGAIN: [&str; 9] = [
    "hospital",
    "critical",
    "critically",
    "serious",
    "seriously",
    "condition",
    "whom",
    "treatment",
    "surgery",
];

/// Claims looked at before one of the wounded told again.
const CLAIMS_BACK: usize = 8;

/// Marks the wounded who are told again as a part of those counted a sentence or two before: "three of the seriously
/// injured were taken to a hospital".
fn parts(context: EventContext<'_>, mentions: &[EventMention], claims: &mut [Claim]) {
    for at in 1..claims.len() {
        let (before, rest) = claims.split_at_mut(at);
        let Some(part) = rest.first_mut() else { break };
        let hurt = mentions.get(part.mention as usize).is_some_and(|m| m.hurt && !m.another);
        if part.outcome != "injured" || part.subset_of.is_some() || part.further || !hurt {
            continue;
        }
        let told_again = || {
            let tokens = context.doc.sentence(part.sentence).map(|s| s.tokens.clone())?;
            let tokens = context.doc.tokens(&tokens);
            tokens.iter().any(|t| AGAIN.contains(&context.doc.lemma(t))).then_some(())
        };
        let whole = before.iter().enumerate().rev().take(CLAIMS_BACK).find(|(_, c)| {
            c.outcome == "injured"
                && c.subset_of.is_none()
                && c.sentence < part.sentence
                && part.sentence - c.sentence <= 2
                && c.best.zip(part.best).is_some_and(|(n, m)| n > m)
        });
        if let Some((whole, _)) = whole
            && told_again().is_some()
        {
            part.subset_of = Some(whole as u32);
        }
    }
}

/// Whether nothing that two tellings say of type, certainty, time and place keeps them apart.
fn compatible(context: EventContext<'_>, a: &EventMention, b: &EventMention) -> bool {
    if b.another && a.sentence == b.sentence {
        return false;
    }
    // A headline doesn't say that it counts several incidents together.
    let counted = a.aggregate == b.aggregate || headline(context, a) || headline(context, b);
    if a.plover_type != b.plover_type || !counted {
        return false;
    }
    let denied = |m: &EventMention| m.modality == "negated";
    let ahead = |m: &EventMention| matches!(m.modality, "future" | "hypothetical");
    if denied(a) != denied(b) || ahead(a) != ahead(b) {
        return false;
    }
    if let (Some(x), Some(y)) = (a.date, b.date) {
        let coarse = x.precision.max(y.precision);
        let together = match coarse {
            Precision::Day => x.date == y.date,
            Precision::Week => (x.date - y.date).get_days().abs() <= 7,
            Precision::Month => x.date.year() == y.date.year() && x.date.month() == y.date.month(),
            Precision::Year => x.date.year() == y.date.year(),
        };
        if !together {
            return false;
        }
    }
    places_fit(context, a, b)
}

/// Whether two tellings that can be of one event are.
fn same(
    context: EventContext<'_>,
    a: &EventMention,
    b: &EventMention,
    told_again: bool,
    another: bool,
) -> bool {
    // "The attack" a few sentences later is the one told before.
    let again = b.definite
        && a.plover_type.as_str() == "ASSAULT"
        && a.sentence.abs_diff(b.sentence) <= 4
        && sides_fit(&a.one, &b.one);
    if again {
        return true;
    }
    // "The meeting was also attended by C" goes on with the one told.
    let talks = a.plover_type.as_str() == "CONSULT";
    let land = |x: &EventMention, y: &EventMention| {
        (x.one.iter().chain(&x.two))
            .any(|p| p.country.is_some() && y.one.iter().chain(&y.two).any(|q| q.country == p.country))
    };
    if talks && b.definite && a.sentence.abs_diff(b.sentence) <= 6 && land(a, b) {
        return true;
    }
    let place = |m: &EventMention| m.place.and_then(|p| context.doc.parsed.names.get(p as usize));
    let scene = |m: &EventMention| place(m).map(|n| context.doc.text(n.span));
    // "Two died and ten were hurt" after an attack goes on with it.
    if b.hurt
        && b.one.iter().all(|x| x.name.is_empty())
        && a.plover_type.as_str() == "ASSAULT"
        && a.sentence != b.sentence
        && a.sentence.abs_diff(b.sentence) <= 2
        && !b.another
        && (scene(a) == scene(b) || (a.place.is_some() && b.place.is_some()))
    {
        return true;
    }
    if a.aggregate != b.aggregate && !told_again {
        return false;
    }
    if told_again && (sides_fit(&a.one, &b.one) || sides_fit(&a.two, &b.two)) {
        return true;
    }
    if one_incident(context, a, b) && !another {
        return true;
    }
    // One who thanks or praises a country in one breath does so once, whomever of it he names.
    let breath = a.plover_type.as_str() == "SUPPORT"
        && a.mode.is_some()
        && a.mode == b.mode
        && a.modality == b.modality
        && a.sentence.abs_diff(b.sentence) <= BREATH
        && a.one.iter().any(|x| x.figure.is_some() && b.one.iter().any(|y| y.figure == x.figure))
        && a.two.iter().any(|x| x.country.is_some() && b.two.iter().any(|y| y.country == x.country))
        && !a.two.iter().chain(&b.two).any(|x| x.figure.is_some());
    if breath {
        return true;
    }
    let scenes = |m: &EventMention| m.two.iter().all(|a| a.scene);
    let straight = sides_fit(&a.one, &b.one) && (sides_fit(&a.two, &b.two) || scenes(a) || scenes(b));
    let crossed =
        ((a.symmetric && b.symmetric) || talks) && sides_fit(&a.one, &b.two) && sides_fit(&a.two, &b.one);
    if !(straight || crossed) {
        return false;
    }
    // A headline or a bullet retells; two sentences of the body do where they share a named actor.
    let zone = |m: &EventMention| context.doc.sentence(m.sentence).map(|s| s.zone);
    let retold = |m: &EventMention| zone(m).is_some_and(|z| z != Zone::Body);
    // Two demands of one side on the other are two acts, unless told in the same words.
    let act = |m: &EventMention| context.doc.token(m.trigger).map(|t| context.doc.lemma(t));
    let several =
        matches!(a.plover_type.as_str(), "REQUEST" | "AGREE" | "COERCE" | "AID" | "SANCTION" | "SUPPORT");
    if several && !retold(a) && !retold(b) && act(a) != act(b) {
        return a.sentence == b.sentence;
    }
    let shared = |x: &[ActorFound], y: &[ActorFound]| x.iter().any(|p| y.iter().any(|q| p.name == q.name));
    retold(a)
        || retold(b)
        || shared(&a.one, &b.one)
        || shared(&a.two, &b.two)
        || shared(&a.one, &b.two)
        || (talks && shared(&a.two, &b.one))
        || (a.one.is_empty() && b.one.is_empty())
        || a.sentence.abs_diff(b.sentence) <= 2
}

/// Whether two tellings of violence on one day, in one place and by whoever may be the same go on with one incident:
/// who was killed, what was damaged, what officials call it.
fn one_incident(context: EventContext<'_>, a: &EventMention, b: &EventMention) -> bool {
    let (Some(x), Some(y)) = (a.place, b.place) else { return false };
    let spot = |i: u32| context.places.get(i as usize);
    let name = |i: u32| context.doc.parsed.names.get(i as usize).map(|n| context.doc.text(n.span));
    let precise = spot(x).is_none_or(|p| p.detail() >= 2) && spot(y).is_none_or(|p| p.detail() >= 2);
    let apart = a
        .two
        .iter()
        .any(|p| p.figure.is_some() && b.two.iter().any(|q| q.figure.is_some() && q.figure != p.figure));
    a.plover_type.as_str() == "ASSAULT"
        && name(x) == name(y)
        && precise
        && a.date == b.date
        && !apart
        && a.modality == b.modality
        && a.sentence.abs_diff(b.sentence) <= INCIDENT
        && sides_fit(&a.one, &b.one)
}

/// Sentences over which thanks are said.
const BREATH: u32 = 3;

/// Sentences over which one incident is told.
const INCIDENT: u32 = 8;

/// Whether a telling stands in the headline or a bullet.
fn headline(context: EventContext<'_>, m: &EventMention) -> bool {
    context.doc.sentence(m.sentence).is_some_and(|s| s.zone != Zone::Body)
}

/// Whether two tellings give the same number of killed, of people who can be the same.
fn retold(context: EventContext<'_>, a: &[&Claim], b: &[&Claim]) -> bool {
    fn killed<'a>(of: &[&'a Claim]) -> impl Iterator<Item = &'a Claim> {
        of.iter().copied().filter(|c| c.outcome == "killed")
    }
    let total = |of: &[&Claim]| killed(of).try_fold(0i32, |n, c| Some(n.saturating_add(c.best?)));
    let names = |of: &[&Claim]| killed(of).find_map(|c| c.name).map(|n| context.doc.text(n));
    let same_name = match (names(a), names(b)) {
        (Some(x), Some(y)) => {
            x.split_whitespace().any(|w| w.len() > 2 && y.split_whitespace().any(|v| v == w))
        }
        _ => true,
    };
    killed(a).next().is_some()
        && killed(b).next().is_some()
        && total(a) == total(b)
        && same_name
        && !killed(b).any(|c| c.further)
}

/// Whether the numbers of people hurt that two tellings give can be of one incident.
fn victims_fit(a: &[&Claim], b: &[&Claim]) -> bool {
    for outcome in ["killed", "injured"] {
        let total = |of: &[&Claim]| {
            let mut known = of.iter().filter(|c| c.outcome == outcome);
            known.try_fold((0i32, 0), |(n, k), c| Some((n.saturating_add(c.best?), k + 1)))
        };
        if let (Some((x, 1..)), Some((y, 1..))) = (total(a), total(b))
            && x.abs_diff(y) > 1.max(x.max(y).unsigned_abs() / 2)
        {
            return false;
        }
    }
    true
}

fn places_fit(context: EventContext<'_>, a: &EventMention, b: &EventMention) -> bool {
    let (Some(x), Some(y)) = (a.place, b.place) else { return true };
    if x == y {
        return true;
    }
    let name = |i: u32| context.doc.parsed.names.get(i as usize).map(|n| context.doc.text(n.span));
    if name(x) == name(y) {
        return true;
    }
    match (context.places.get(x as usize), context.places.get(y as usize)) {
        // A country or province holds the town named elsewhere.
        (Some(p), Some(q)) => {
            let near = match ((p.lat, p.lon), (q.lat, q.lon)) {
                ((Some(a), Some(b)), (Some(c), Some(d))) => (a - c).hypot(b - d) < 0.7,
                _ => false,
            };
            let same = p.lat.is_some() && p.lat == q.lat && p.lon == q.lon;
            let coarse = p.detail().min(q.detail());
            p.iso3 == q.iso3 && (coarse <= 2 || same || (coarse == 3 && near))
        }
        // A place of no gazetteer is compared by its words: "Wana Bazaar" is in Wana.
        _ => match (name(x), name(y)) {
            (Some(p), Some(q)) => {
                p.split_whitespace().any(|w| w.len() > 3 && q.split_whitespace().any(|v| v == w))
                    || a.sentence.abs_diff(b.sentence) <= 1
            }
            _ => true,
        },
    }
}

/// Whether two sides can be the same: one is unknown, they share a name, or a country with no sector against it.
pub(super) fn sides_fit(a: &[ActorFound], b: &[ActorFound]) -> bool {
    if a.is_empty() || b.is_empty() {
        return true;
    }
    a.iter().any(|x| {
        b.iter().any(|y| {
            x.name == y.name
                || (x.country.is_some()
                    && x.country == y.country
                    && (x.sector == y.sector || x.sector.is_none() || y.sector.is_none())
                    && (x.named || y.named || alike(x, y))
                    && !(x.figure.is_some() && y.figure.is_some() && x.figure != y.figure))
                || x.name.is_empty()
                || y.name.is_empty()
                || (!x.named && !y.named && x.sector.is_some() && x.sector == y.sector && alike(x, y))
        })
    })
}

/// Words for people of no kind in particular, which any other may be.
const VAGUE: [&str; 18] = [
    "people",
    "person",
    "persons",
    "victim",
    "victims",
    "civilian",
    "civilians",
    "resident",
    "residents",
    "others",
    "citizens",
    "casualties",
    "individuals",
    "suspect",
    "suspects",
    "locals",
    "villagers",
    "men",
];

/// Words before a noun that say whose it is.
const GUARDS: [&str; 8] =
    ["police", "army", "military", "paramilitary", "security", "government", "levies", "rangers"];

/// Whether two common nouns can mean the same people: one word, or one of them says little.
fn alike(x: &ActorFound, y: &ActorFound) -> bool {
    let last = |a: &ActorFound| a.name.rsplit(' ').next().unwrap_or("").trim_end_matches('s').to_lowercase();
    let vague = |a: &ActorFound| {
        let word = a.name.rsplit(' ').next().unwrap_or("");
        VAGUE.iter().any(|v| word.eq_ignore_ascii_case(v))
    };
    // "A police van" and "a police patrol".
    let first = |a: &ActorFound| a.name.split(' ').next().unwrap_or("").to_lowercase();
    let kind = first(x) == first(y) && GUARDS.contains(&first(x).as_str());
    vague(x) || vague(y) || last(x) == last(y) || kind
}
