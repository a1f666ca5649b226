//! Which of the places of one name an article means.
//!
//! Each name starts with what is likely anywhere (people, kind) and is then judged by the others: the countries and
//! provinces they lie in, the places near by, and what is printed beside it ("Paris, Texas", "Budhni village in
//! Kanpur district"). Three rounds, each with what the round before thinks likely; every name means one place
//! throughout an article.

use super::printed::{BETWEEN, behind, called_place, district};
use super::village;
use crate::code::Code;
use crate::document::Document;
use crate::grammar::EntityLabel;
use crate::knowledge::{Actors, Candidate, Countries, CountryWord, Gazetteer, PlaceKind, Sounds, sounds};
use std::hash::{Hash, Hasher};

/// Nothing.
pub(super) const NONE: u32 = u32::MAX;

/// Names of places looked at in an article at most, and meanings of each.
const TOPONYMS_MAX: usize = 160;
const MEANINGS_MAX: usize = 80;

const ROUNDS: usize = 3;

/// Names that others are measured by, at most.
const NEIGHBOURS_MAX: usize = 30;

/// A country's name before anything else is known, in decimal logarithms like the people of a town.
const COUNTRY: f32 = 8.2;

/// What the evidence is worth in the same measure: all votes for one country; a vote for a province (its logarithm);
/// a place near by; lying in what is printed beside the name; holding what is printed before it.
const SAME_COUNTRY: f32 = 2.5;
const SAME_PROVINCE: f32 = 1.0;
const NEAR: f32 = 1.2;
const INSIDE: f32 = 6.0;
const AROUND: f32 = 2.5;
/// Being called a district, and a village of an unknown name near by.
const DISTRICT: f32 = 1.5;
const VILLAGE: f32 = 0.8;

/// What a choice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Country(Code),
    Entry(u32),
}

/// A place that a name may mean.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choice {
    pub(super) meaning: Meaning,
    pub(super) kind: PlaceKind,
    pub(super) point: Option<(f32, f32)>,
    country: u32,
    pub(super) province: u32,
    pub(super) prior: f32,
    score: f32,
    /// How likely it is, 0 to 1.
    pub(super) share: f32,
}

/// A name and what it may mean.
#[derive(Debug, Clone, Copy)]
pub(super) struct Toponym {
    hash: u64,
    /// Its first mention among the article's names.
    pub(super) name: u32,
    from: u32,
    to: u32,
    times: u32,
    /// The name printed behind it that it lies in, by its first token; the toponym, once known.
    outer_token: u32,
    pub(super) outer: u32,
    /// A province or country printed behind it.
    fixed: Option<Choice>,
    /// The likeliest choice.
    pub(super) best: u32,
    /// How it sounds, where no table but that of the villages may have it.
    pub(super) sound: Option<Sounds>,
    /// A village found for it afterwards.
    pub(super) village: Option<village::Found>,
}

/// Buffers, reused from article to article.
#[derive(Debug, Default)]
pub(super) struct Resolver {
    pub(super) toponyms: Vec<Toponym>,
    pub(super) choices: Vec<Choice>,
    /// For each name its toponym.
    pub(super) of_name: Vec<u32>,
    votes: Vec<f32>,
    touched: Vec<u32>,
    total: f32,
}

const LETTERS: u32 = 26;
/// Provinces are counted behind the codes of countries.
const COUNTRIES: u32 = LETTERS * LETTERS * LETTERS;

fn country_slot(code: Code) -> u32 {
    let slot = |b: u8| u32::from(b.wrapping_sub(b'A')).min(LETTERS - 1);
    match code.as_str().as_bytes() {
        [a, b, c] => (slot(*a) * LETTERS + slot(*b)) * LETTERS + slot(*c),
        _ => NONE,
    }
}

/// Kilometres between two points, roughly.
pub(super) fn distance(a: (f32, f32), b: (f32, f32)) -> f32 {
    let (lat, lon) = (a.0 - b.0, a.1 - b.1);
    let shrink = ((a.0 + b.0) / 2.0).to_radians().cos();
    111.0 * lat.hypot(lon * shrink)
}

impl Resolver {
    fn vote(&mut self, slot: u32, weight: f32) {
        if slot == NONE {
            return;
        }
        if self.votes.len() <= slot as usize {
            self.votes.resize(slot as usize + 1, 0.0);
        }
        if let Some(vote) = self.votes.get_mut(slot as usize) {
            if *vote == 0.0 {
                self.touched.push(slot);
            }
            *vote += weight;
        }
    }

    fn votes(&self, slot: u32) -> f32 {
        self.votes.get(slot as usize).copied().unwrap_or(0.0).max(0.0)
    }

    fn clear_votes(&mut self) {
        for slot in self.touched.drain(..) {
            if let Some(vote) = self.votes.get_mut(slot as usize) {
                *vote = 0.0;
            }
        }
        self.total = 0.0;
    }

    fn country_vote(&mut self, code: Code, weight: f32) {
        self.vote(country_slot(code), weight);
        self.total += weight;
    }

    /// How much of what the article says speaks for a country, 0 to 1.
    pub(super) fn share_of(&self, code: Code) -> f32 {
        self.votes(country_slot(code)) / (self.total + 0.5)
    }

    /// What a name of the article means.
    pub(super) fn choice(&self, name: usize) -> Option<(&Toponym, Option<&Choice>)> {
        let toponym = self.toponyms.get(*self.of_name.get(name)? as usize)?;
        Some((toponym, self.choices.get(toponym.best as usize)))
    }

    /// Collects the names and weighs them.
    pub(super) fn run(
        &mut self,
        doc: Document<'_>,
        countries: &Countries,
        gazetteer: &Gazetteer,
        actors: &Actors,
        home: Option<Code>,
    ) {
        self.toponyms.clear();
        self.choices.clear();
        self.of_name.clear();
        for at in 0..doc.parsed.names.len() {
            let toponym = self.collect(doc, countries, gazetteer, at);
            self.of_name.push(toponym);
        }
        self.counties(doc, gazetteer);
        self.tie(doc);
        for _ in 0..ROUNDS {
            self.clear_votes();
            if let Some(home) = home {
                self.country_vote(home, 1.5);
            }
            self.evidence(doc, countries, gazetteer, actors);
            for at in 0..self.toponyms.len() {
                self.cast(at, 1.0);
            }
            for at in 0..self.toponyms.len() {
                self.cast(at, -1.0);
                self.weigh(at, gazetteer);
                self.cast(at, 1.0);
            }
        }
        village::place(self, doc, gazetteer);
    }

    /// The toponym of a name, made where it is new.
    fn collect(&mut self, doc: Document<'_>, countries: &Countries, gazetteer: &Gazetteer, at: usize) -> u32 {
        let Some(name) = doc.parsed.names.get(at) else { return NONE };
        let placed = matches!(name.label, EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Fac);
        if !placed && !called_place(doc, name) {
            return NONE;
        }
        let words = || doc.tokens(&name.tokens).iter().map(|t| doc.word(t));
        let hash = hash_of(words());
        let (outer_token, fixed) = behind(doc, countries, gazetteer, name);
        if let Some(known) = self.toponyms.iter().position(|t| t.hash == hash) {
            if let Some(toponym) = self.toponyms.get_mut(known) {
                toponym.times += 1;
                toponym.fixed = toponym.fixed.or(fixed);
                toponym.outer_token = toponym.outer_token.min(outer_token);
            }
            return known as u32;
        }
        if self.toponyms.len() >= TOPONYMS_MAX {
            return NONE;
        }
        let from = self.choices.len() as u32;
        let country = countries.phrases.longest(words()).filter(|f| f.tokens + 1 >= name.tokens.len());
        let stated = country.filter(|f| f.value.word == CountryWord::Name);
        let called = district(doc, name);
        for candidate in gazetteer.candidates(words()).take(MEANINGS_MAX) {
            let mut choice = choice(&candidate);
            choice.prior += if called && choice.kind == PlaceKind::District { DISTRICT } else { 0.0 };
            self.choices.push(choice);
        }
        // "England" is the part, not the whole.
        let part = |c: &Choice| {
            let whole = stated.is_some_and(|f| c.country == country_slot(f.value.iso3));
            whole && matches!(c.kind, PlaceKind::Province | PlaceKind::Region)
        };
        let parts = self.choices.get(from as usize..).unwrap_or(&[]).iter().any(part);
        let bare = self.choices.len() as u32 == from;
        if let Some(found) = country.filter(|_| stated.is_some() && !parts || bare) {
            self.choices.push(country_choice(countries, found.value.iso3));
        }
        if self.choices.len() as u32 == from && called {
            let sound = sounds(words().filter(|w| !BETWEEN.contains(&w.to_ascii_lowercase().as_str())));
            let alike = gazetteer.sounding(sound).filter(|_| sound.consonants >= 3).take(MEANINGS_MAX);
            for (at, entry) in alike {
                let spelt = Candidate { entry, at, alias: true, partial: true };
                self.choices.push(choice(&spelt));
            }
        }
        let new = self.add(hash, at as u32, from, (outer_token, fixed));
        if self.choices.len() as u32 == from
            && let Some(toponym) = self.toponyms.get_mut(new as usize)
        {
            toponym.sound = Some(village::sound(words())).filter(|s| s.consonants >= 3);
        }
        new
    }

    /// Counties named inside of other names ("Boone County Sheriff") or by no name at all say where an article plays.
    fn counties(&mut self, doc: Document<'_>, gazetteer: &Gazetteer) {
        let mut made = 0;
        for (end, token) in doc.parsed.tokens.iter().enumerate().skip(1).take(6_000) {
            if !matches!(doc.word(token), "County" | "Parish") || made >= 12 {
                continue;
            }
            let placed = doc.name_at(end as u32).is_some_and(|n| {
                matches!(n.label, EntityLabel::Gpe | EntityLabel::Loc) && n.tokens.end as usize == end + 1
            });
            if placed {
                continue;
            }
            for back in [2, 1] {
                let Some(start) = end.checked_sub(back) else { continue };
                let range = start as u32..end as u32 + 1;
                let words = || doc.tokens(&range).iter().map(|t| doc.word(t));
                let hash = hash_of(words());
                let known = self.toponyms.iter_mut().find(|t| t.hash == hash);
                if let Some(known) = known {
                    known.times += 1;
                    break;
                }
                let Some((length, entries)) = gazetteer.starting(words()) else { continue };
                if length != back + 1 {
                    continue;
                }
                let from = self.choices.len() as u32;
                for (at, entry, alias) in entries.take(MEANINGS_MAX) {
                    self.choices.push(choice(&Candidate { entry, at, alias, partial: false }));
                }
                self.add(hash, NONE, from, (NONE, None));
                made += 1;
                break;
            }
        }
    }

    /// Adds a toponym of the choices made last.
    fn add(&mut self, hash: u64, name: u32, from: u32, (outer_token, fixed): (u32, Option<Choice>)) -> u32 {
        self.toponyms.push(Toponym {
            hash,
            name,
            from,
            to: self.choices.len() as u32,
            times: 1,
            outer_token,
            outer: NONE,
            fixed,
            best: NONE,
            sound: None,
            village: None,
        });
        let new = self.toponyms.len() - 1;
        self.share(new, |c| c.prior);
        new as u32
    }

    /// Finds the toponym that each name is printed to lie in.
    fn tie(&mut self, doc: Document<'_>) {
        for at in 0..self.toponyms.len() {
            let token = self.toponyms.get(at).map_or(NONE, |t| t.outer_token);
            if token == NONE {
                continue;
            }
            let names = &doc.parsed.names;
            let name = names.partition_point(|n| n.tokens.end <= token);
            let starts = names.get(name).is_some_and(|n| n.tokens.start <= token);
            let outer = if starts { self.of_name.get(name).copied().unwrap_or(NONE) } else { NONE };
            if let Some(toponym) = self.toponyms.get_mut(at).filter(|_| outer != at as u32) {
                toponym.outer = outer;
            }
        }
    }

    /// What organisations, peoples and parties say of where the article plays.
    fn evidence(&mut self, doc: Document<'_>, countries: &Countries, gazetteer: &Gazetteer, actors: &Actors) {
        for name in doc.parsed.names.iter().take(400) {
            let words = || doc.tokens(&name.tokens).iter().map(|t| doc.word(t));
            if name.label == EntityLabel::Norp
                && let Some(found) = countries.phrases.longest(words())
            {
                self.country_vote(found.value.iso3, 0.6);
            } else if matches!(name.label, EntityLabel::Org | EntityLabel::Norp)
                && let Some((_, actor)) = actors.named(words(), doc.article.pub_date)
                && let Some(code) = actor.country
            {
                self.country_vote(code, 0.5);
            }
            if matches!(name.label, EntityLabel::Org | EntityLabel::Fac) {
                // "University of Kentucky", "Ohio State Highway Patrol".
                for skip in 0..name.tokens.len().min(6) {
                    let Some((_, mut entries)) = gazetteer.starting(words().skip(skip)) else { continue };
                    let found =
                        entries.find(|(_, e, alias)| e.kind == PlaceKind::Province && !alias && !e.ambiguous);
                    if let Some((_, entry, _)) = found {
                        self.vote(COUNTRIES + entry.province().unwrap_or(0), 0.5);
                        if let Some(code) = entry.iso3() {
                            self.country_vote(code, 0.4);
                        }
                    }
                }
            }
        }
    }

    /// Adds what a toponym may mean to the votes, or takes it away.
    fn cast(&mut self, at: usize, sign: f32) {
        let Some(toponym) = self.toponyms.get(at).copied() else { return };
        let weight = sign * (1.0 + 0.25 * (toponym.times.min(7) as f32 - 1.0));
        for i in toponym.from..toponym.to {
            let Some(choice) = self.choices.get(i as usize).copied() else { continue };
            if choice.share < 0.001 {
                continue;
            }
            self.vote(choice.country, weight * choice.share);
            self.total += if choice.country == NONE { 0.0 } else { weight * choice.share };
            if choice.province != NONE {
                self.vote(COUNTRIES + choice.province, weight * choice.share);
            }
        }
    }

    /// Judges what a toponym may mean by the others.
    fn weigh(&mut self, at: usize, gazetteer: &Gazetteer) {
        let Some(toponym) = self.toponyms.get(at).copied() else { return };
        let india = Code::new("IND").map_or(NONE, country_slot);
        let several = self.range(&toponym).iter().filter(|c| c.country == india && small(c)).count() > 1;
        for i in toponym.from..toponym.to {
            let Some(choice) = self.choices.get(i as usize).copied() else { continue };
            let mut score = choice.prior + SAME_COUNTRY * self.votes(choice.country) / (self.total + 1.0);
            if choice.province != NONE {
                score += SAME_PROVINCE * (1.0 + self.votes(COUNTRIES + choice.province)).ln();
            }
            if small(&choice) {
                score += NEAR * self.near(at, &choice);
                if several {
                    score += VILLAGE * self.villages(&choice, gazetteer);
                }
            }
            let held = toponym.fixed.map_or(0.0, |f| f32::from(inside(&choice, &f)));
            let around = |t: &Toponym| {
                self.range(t).iter().map(|o| o.share * f32::from(inside(&choice, o))).sum::<f32>()
            };
            let outer = self.toponyms.get(toponym.outer as usize).map_or(0.0, around);
            score += INSIDE * held.max(outer);
            // Whatever lies in this one speaks for it.
            let holds =
                self.toponyms.iter().filter(|t| t.outer == at as u32).any(|t| {
                    self.range(t).iter().any(|c| inside(c, &choice) && c.kind != PlaceKind::Country)
                });
            score += if holds { AROUND } else { 0.0 };
            if let Some(choice) = self.choices.get_mut(i as usize) {
                choice.score = score;
            }
        }
        self.share(at, |c| c.score);
    }

    fn range(&self, toponym: &Toponym) -> &[Choice] {
        self.choices.get(toponym.from as usize..toponym.to as usize).unwrap_or(&[])
    }

    /// How many of the other names may lie near a place; what is unlikely by itself counts for something, since two
    /// unlikely places that lie together are likely ("Paris" and "Henry County").
    fn near(&self, at: usize, choice: &Choice) -> f32 {
        let Some(point) = choice.point else { return 0.0 };
        let mut near = 0.0;
        for (i, other) in self.toponyms.iter().enumerate().take(NEIGHBOURS_MAX) {
            if i == at {
                continue;
            }
            let mut most: f32 = 0.0;
            for other in self.range(other) {
                let Some(there) = other.point.filter(|p| (p.0 - point.0).abs() < 0.8 && small(other)) else {
                    continue;
                };
                if other.share < 0.001 || distance(there, point) > 80.0 {
                    continue;
                }
                // A county and its seat.
                let seat = other.kind != choice.kind && distance(there, point) < 45.0;
                most = most.max((1.0 + 0.33 * other.share.log10()) * if seat { 2.0 } else { 1.0 });
            }
            near += most;
        }
        near.min(4.0)
    }

    /// How many of the names that no other table has may be villages near a place.
    fn villages(&self, choice: &Choice, gazetteer: &Gazetteer) -> f32 {
        let Some(point) = choice.point else { return 0.0 };
        let unknown = self.toponyms.iter().filter_map(|t| t.sound).take(6);
        let near = unknown.filter(|sound| {
            let mut villages = gazetteer.villages().sounding(*sound).iter().filter(|v| v.fits(*sound));
            villages.any(|v| distance(v.point(), point) < 80.0)
        });
        near.count() as f32
    }

    /// Turns scores into shares; ten times the people is one more.
    fn share(&mut self, at: usize, score: impl Fn(&Choice) -> f32) {
        let Some(toponym) = self.toponyms.get_mut(at) else { return };
        let range = self.choices.get_mut(toponym.from as usize..toponym.to as usize).unwrap_or(&mut []);
        let most = range.iter().map(&score).fold(f32::MIN, f32::max);
        let mut sum = 0.0;
        for choice in range.iter_mut() {
            choice.share = ((score(choice) - most) * std::f32::consts::LN_10).exp();
            sum += choice.share;
        }
        toponym.best = NONE;
        let mut top = 0.0;
        for (i, choice) in range.iter_mut().enumerate() {
            choice.share /= sum;
            if choice.share > top {
                top = choice.share;
                toponym.best = toponym.from + i as u32;
            }
        }
    }
}

/// What mentions of one name share.
fn hash_of<'w>(words: impl Iterator<Item = &'w str>) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    for byte in words.flat_map(|w| w.bytes().chain([b' '])) {
        byte.to_ascii_lowercase().hash(&mut hasher);
    }
    hasher.finish()
}

fn small(choice: &Choice) -> bool {
    matches!(choice.kind, PlaceKind::Town | PlaceKind::District)
}

/// Whether a place lies in another.
fn inside(choice: &Choice, outer: &Choice) -> bool {
    if outer.country != NONE && choice.country != outer.country {
        return false;
    }
    let near = |km: f32| choice.point.zip(outer.point).is_some_and(|(a, b)| distance(a, b) < km);
    let smaller = choice.kind != PlaceKind::Country;
    smaller
        && match outer.kind {
            PlaceKind::Country => true,
            PlaceKind::Province => choice.province == outer.province && choice.kind != PlaceKind::Province,
            PlaceKind::District => choice.kind == PlaceKind::Town && near(90.0),
            PlaceKind::Town => choice.kind == PlaceKind::Town && near(60.0),
            PlaceKind::Region => false,
        }
}

pub(super) fn choice(candidate: &Candidate<'_>) -> Choice {
    let entry = candidate.entry;
    let doubt = if candidate.partial { 1.5 } else { 0.0 } + if candidate.alias { 0.3 } else { 0.0 };
    Choice {
        meaning: Meaning::Entry(candidate.at),
        kind: entry.kind,
        point: entry.point,
        country: entry.iso3().map_or(NONE, country_slot),
        province: entry.province().unwrap_or(NONE),
        prior: entry.weight() as f32 - doubt,
        score: 0.0,
        share: 0.0,
    }
}

pub(super) fn country_choice(countries: &Countries, iso3: Code) -> Choice {
    let facts = countries.get(iso3);
    Choice {
        meaning: Meaning::Country(iso3),
        kind: PlaceKind::Country,
        point: facts.and_then(|c| Some((c.lat? as f32, c.lon? as f32))),
        country: country_slot(iso3),
        province: NONE,
        prior: COUNTRY,
        score: 0.0,
        share: 0.0,
    }
}
