//! Villages that only stand in the table of villages: looked for by sound, near the district or town that the text
//! puts around them.

use super::resolve::{Meaning, NONE, Resolver, Toponym, distance};
use crate::code::Code;
use crate::document::Document;
use crate::knowledge::{Gazetteer, PlaceKind, Sounds, Village, sounds};

/// A village found for a name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    pub(super) point: (f32, f32),
    pub(super) province: Option<u32>,
}

/// How far from the middle of a district and from a town a village may lie.
const DISTRICT_KM: f32 = 110.0;
const TOWN_KM: f32 = 60.0;

/// The same for a name whose consonants fit and whose vowels don't: such a one must be long and near.
const ALIKE_KM: f32 = 35.0;
const ALIKE_CONSONANTS: u8 = 5;

/// A town of so many people may be spoken of far from where an article plays.
const WELL_KNOWN: u32 = 100_000;

/// Words that are no part of a village's name.
const KINDS: [&str; 20] = [
    "village",
    "Village",
    "villages",
    "area",
    "forest",
    "Forest",
    "forests",
    "town",
    "hills",
    "Hills",
    "block",
    "Block",
    "mandal",
    "Mandal",
    "Police",
    "police",
    "Station",
    "station",
    "Panchayat",
    "Tehsil",
];

/// Where a place is stated that a village may lie near.
#[derive(Debug, Clone, Copy)]
struct Anchor {
    point: (f32, f32),
    km: f32,
    sentence: u32,
    name: u32,
}

/// How the words of a name sound without those that say what it is.
pub(super) fn sound<'w>(words: impl Iterator<Item = &'w str>) -> Sounds {
    sounds(words.filter(|w| !KINDS.contains(w)))
}

/// Names of villages compared in an article with nothing else to go by, and villages of one name.
const PAIRED_MAX: usize = 8;
const ALIKE_MAX: usize = 80;

/// How close together two such villages lie.
const PAIR_KM: f32 = 40.0;

/// With no district around them, names that have villages close together mean those.
fn pair(resolver: &mut Resolver, gazetteer: &Gazetteer) {
    let named: Vec<(usize, Sounds)> = resolver
        .toponyms
        .iter()
        .enumerate()
        .filter(|(_, t)| t.village.is_none())
        .filter_map(|(at, t)| Some((at, t.sound?)))
        .take(PAIRED_MAX)
        .collect();
    let of = |sound: Sounds| {
        gazetteer.villages().sounding(sound).iter().filter(move |v| v.fits(sound)).take(ALIKE_MAX)
    };
    for (i, (first, sound)) in named.iter().enumerate() {
        let mut best: Option<(f32, usize, Found, Found)> = None;
        for (second, other) in named.iter().skip(i + 1) {
            for a in of(*sound) {
                for b in of(*other) {
                    let km = distance(a.point(), b.point());
                    if km <= PAIR_KM && best.is_none_or(|(k, ..)| km < k) {
                        let found = |v: &Village| Found { point: v.point(), province: v.province() };
                        best = Some((km, *second, found(a), found(b)));
                    }
                }
            }
        }
        let Some((_, second, a, b)) = best else { continue };
        for (at, found) in [(*first, a), (second, b)] {
            if let Some(toponym) = resolver.toponyms.get_mut(at) {
                toponym.village = toponym.village.or(Some(found));
            }
        }
    }
}

/// Finds villages for the names that mean nothing yet, or something far from what is printed around them.
pub(super) fn place(resolver: &mut Resolver, doc: Document<'_>, gazetteer: &Gazetteer) {
    let Some(india) = Code::new("IND").filter(|c| resolver.share_of(*c) >= 0.3) else { return };
    let here = |at: u32| gazetteer.entry(at).filter(|e| e.iso3() == Some(india));
    let mut anchors: Vec<Anchor> = Vec::new();
    let mut province = NONE;
    for (name, mention) in doc.parsed.names.iter().enumerate() {
        let Some((_, Some(choice))) = resolver.choice(name) else { continue };
        let Meaning::Entry(at) = choice.meaning else { continue };
        let Some((entry, point)) = here(at).and_then(|e| Some((e, e.point?))) else { continue };
        let km = match entry.kind {
            PlaceKind::District => DISTRICT_KM,
            PlaceKind::Town if choice.share > 0.4 && entry.population >= 10_000 => TOWN_KM,
            PlaceKind::Province => {
                province = choice.province;
                continue;
            }
            _ => continue,
        };
        if anchors.len() < 16 {
            anchors.push(Anchor { point, km, sentence: mention.sentence, name: name as u32 });
        }
    }
    let is_outer: Vec<u32> = resolver.toponyms.iter().map(|t| t.outer).filter(|o| *o != NONE).collect();
    for at in 0..resolver.toponyms.len() {
        let Some(toponym) = resolver.toponyms.get(at).copied() else { continue };
        let Some(mention) = doc.parsed.names.get(toponym.name as usize) else { continue };
        let best = resolver.choices.get(toponym.best as usize);
        let outer = anchor_of(resolver, &toponym, &anchors);
        let near = |point: (f32, f32), a: &Anchor| distance(point, a.point) <= a.km;
        let mut lost = false;
        if let Some(best) = best {
            // What is found stays, unless it lies outside of what the text puts around it.
            let small = match best.kind {
                PlaceKind::Town => true,
                // "Sultanpur village in Warangal district" is not the district of Sultanpur elsewhere.
                PlaceKind::District | PlaceKind::Region => {
                    let far = |o: &Anchor| best.point.is_some_and(|p| distance(p, o.point) > 300.0);
                    outer.is_some_and(|o| far(o) || !is_outer.contains(&(at as u32)))
                }
                PlaceKind::Province | PlaceKind::Country => false,
            };
            let Some(point) = best.point.filter(|_| small) else { continue };
            let stays = match outer {
                Some(outer) => near(point, outer),
                None => anchors.is_empty() || anchors.iter().any(|a| distance(point, a.point) < 200.0),
            };
            if stays {
                continue;
            }
            let known = match best.meaning {
                Meaning::Entry(at) => gazetteer.entry(at).map_or(0, |e| e.population),
                Meaning::Country(_) => WELL_KNOWN,
            };
            lost = outer.is_some() || known < WELL_KNOWN;
        }
        let sound = sound(doc.tokens(&mention.tokens).iter().map(|t| doc.word(t)));
        if sound.consonants < 2 {
            continue;
        }
        let mut found: Option<(f32, Found)> = None;
        let mut states = 0;
        // With nothing around it, a name that one village of the country bears.
        let fitting = || gazetteer.villages().sounding(sound).iter().filter(|v| v.fits(sound));
        if anchors.is_empty() && province == NONE && sound.consonants >= 4 && fitting().count() == 1 {
            let only = fitting().next().map(|v| (0.0, Found { point: v.point(), province: v.province() }));
            found = only.filter(|_| best.is_none());
        }
        for village in gazetteer.villages().sounding(sound) {
            let point = village.point();
            let fits = village.fits(sound);
            let miss = if fits { 0.0 } else { 60.0 };
            let alike = |km: f32| km <= ALIKE_KM && sound.consonants >= ALIKE_CONSONANTS;
            let there = |a: &Anchor| {
                let km = distance(point, a.point);
                let far = 25.0 * (mention.sentence.abs_diff(a.sentence).min(4) as f32);
                // Two consonants are borne by many villages.
                let fits = fits && (sound.consonants >= 3 || km <= ALIKE_KM);
                (km <= a.km && (fits || alike(km))).then_some(km + miss + far)
            };
            let cost = match outer {
                Some(outer) => there(outer),
                None => anchors.iter().filter(|a| a.name != toponym.name).filter_map(there).reduce(f32::min),
            };
            let whole = village.province().unwrap_or(NONE);
            let state = anchors.is_empty() && province != NONE && whole == province && fits;
            states += u32::from(state);
            let Some(cost) = cost.or((state && sound.consonants >= 3).then_some(500.0)) else { continue };
            if found.is_none_or(|(c, _)| cost < c) {
                found = Some((cost, Found { point, province: village.province() }));
            }
        }
        // A state is large: a name that many of its villages bear says nothing.
        let found = found.filter(|(cost, _)| *cost < 500.0 || states <= 2);
        if let Some(toponym) = resolver.toponyms.get_mut(at) {
            toponym.village = found.map(|(_, village)| village);
            // What lies far from where the text puts it is another place of the name.
            if lost && found.is_none() {
                toponym.best = NONE;
            }
        }
    }
    if anchors.is_empty() {
        pair(resolver, gazetteer);
    }
}

/// The stated place that a name is printed to lie in, followed outwards.
fn anchor_of<'a>(resolver: &Resolver, toponym: &Toponym, anchors: &'a [Anchor]) -> Option<&'a Anchor> {
    let mut outer = toponym.outer;
    for _ in 0..3 {
        let here = anchors.iter().find(|a| resolver.of_name.get(a.name as usize) == Some(&outer));
        if here.is_some() {
            return here;
        }
        outer = resolver.toponyms.get(outer as usize)?.outer;
    }
    None
}
