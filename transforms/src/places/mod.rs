//! Places: the names of an article tied to the gazetteer, with country, province and coordinates.
//!
//! [`resolve`] settles names that several places bear with what is [`printed`] around them, [`village`] finds small places near what is stated around
//! them.

mod printed;
mod resolve;
mod village;

use crate::code::Code;
use crate::document::Document;
use crate::grammar::EntityLabel;
use crate::knowledge::{Actors, Countries, Gazetteer, PlaceKind};
use resolve::{Meaning, Resolver};

/// A place that a name means.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// What kind of place.
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-3; `None` for regions of several countries.
    pub iso3: Option<Code>,
    /// Province or state.
    pub admin1: Option<String>,
    /// The same by its place in the gazetteer.
    pub province: Option<u32>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// GeoNames id.
    pub geonames_id: Option<i64>,
    /// Whether the name is a matter of dispute rather than a scene of events.
    pub issue: bool,
    /// 0 to 1.
    pub confidence: f64,
}

impl Place {
    /// The more, the closer: 1 country, 2 province, 3 district, 4 town.
    pub fn detail(&self) -> i32 {
        match self.kind {
            PlaceKind::Region => 0,
            PlaceKind::Country => 1,
            PlaceKind::Province => 2,
            PlaceKind::District => 3,
            PlaceKind::Town => 4,
        }
    }

    /// The contract's `geo_precision`.
    pub fn precision(&self) -> i8 {
        match self.kind {
            PlaceKind::Town => 1,
            PlaceKind::District => 3,
            PlaceKind::Province => 4,
            PlaceKind::Region => 5,
            PlaceKind::Country => 6,
        }
    }
}

/// For each name of an article the place it means.
#[derive(Debug, Default)]
pub struct PlaceSet {
    places: Vec<Option<Place>>,
    resolver: Resolver,
    /// The country the article is about.
    pub home: Option<Code>,
}

impl PlaceSet {
    /// The place of a name by its index in the article's names.
    pub fn get(&self, name: usize) -> Option<&Place> {
        self.places.get(name)?.as_ref()
    }
}

/// Ties the place names of an article to the gazetteer, and says which country it is about; `home` is a first guess.
pub fn find(
    doc: Document<'_>,
    countries: &Countries,
    gazetteer: &Gazetteer,
    actors: &Actors,
    home: Option<Code>,
    out: &mut PlaceSet,
) {
    resolve(doc, countries, gazetteer, actors, home, out);
    out.home = self::home(doc, countries, gazetteer, actors, out).or(home);
}

fn resolve(
    doc: Document<'_>,
    countries: &Countries,
    gazetteer: &Gazetteer,
    actors: &Actors,
    home: Option<Code>,
    out: &mut PlaceSet,
) {
    let PlaceSet { places, resolver, .. } = out;
    resolver.run(doc, countries, gazetteer, actors, home);
    places.clear();
    for (at, name) in doc.parsed.names.iter().enumerate() {
        let words = || doc.tokens(&name.tokens).iter().map(|t| doc.word(t));
        let place = if name.label == EntityLabel::Norp {
            countries.phrases.longest(words()).map(|f| of_country(countries, f.value.iso3))
        } else {
            resolver.choice(at).and_then(|(toponym, choice)| {
                if let Some(village) = toponym.village {
                    return Some(of_village(gazetteer, village));
                }
                let choice = choice?;
                match choice.meaning {
                    Meaning::Country(iso3) => Some(of_country(countries, iso3)),
                    Meaning::Entry(at) => {
                        let confidence = 0.5 + 0.45 * f64::from(choice.share);
                        gazetteer.entry(at).map(|e| Place { confidence, ..town(gazetteer, e) })
                    }
                }
            })
        };
        places.push(place);
    }
}

/// The country an article is about: the one that most of its places, country words and its dateline speak for, those
/// of the headline and the first sentences before others. `None` where two are as strong.
fn home(
    doc: Document<'_>,
    countries: &Countries,
    gazetteer: &Gazetteer,
    actors: &Actors,
    places: &PlaceSet,
) -> Option<Code> {
    let mut votes: Vec<(Code, u32)> = Vec::new();
    let mut vote = |code: Code, weight: u32| match votes.iter_mut().find(|(c, _)| *c == code) {
        Some((_, n)) => *n += weight,
        None => votes.push((code, weight)),
    };
    for (at, name) in doc.parsed.names.iter().enumerate() {
        let early = if name.sentence <= 3 { 2 } else { 1 };
        let Some(place) = places.get(at) else {
            // Parties, forces and ministries speak for their country too.
            let words = doc.tokens(&name.tokens).iter().map(|t| doc.word(t));
            let known = matches!(name.label, EntityLabel::Org | EntityLabel::Norp | EntityLabel::Person);
            let actor = if known { actors.named(words, doc.article.pub_date) } else { None };
            if let Some(code) = actor.and_then(|(_, a)| a.country) {
                vote(code, early);
            }
            continue;
        };
        let scene = if place.detail() >= 2 { 2 } else { 1 };
        if let Some(code) = place.iso3 {
            let scene = if name.label == EntityLabel::Norp { 1 } else { 2 * scene };
            vote(code, early * scene);
        }
    }
    if let Some(place) = doc.article.dateline_place.as_deref() {
        let words = || place.split_whitespace().map(|w| w.trim_matches(','));
        let seen: Vec<(Code, u32)> = Vec::new();
        let code = countries.phrases.longest(words()).map(|f| f.value.iso3);
        if let Some(code) = code.or_else(|| gazetteer.best(words(), &seen)?.iso3()) {
            vote(code, 10);
        }
    }
    votes.sort_by_key(|(code, n)| (std::cmp::Reverse(*n), *code));
    let total: u32 = votes.iter().map(|(_, n)| n).sum();
    let (first, most) = votes.first().copied()?;
    let second = votes.get(1).map_or(0, |(_, n)| *n);
    (most * 5 >= total * 2 && most > second).then_some(first)
}

fn of_country(countries: &Countries, iso3: Code) -> Place {
    let facts = countries.get(iso3);
    Place {
        kind: PlaceKind::Country,
        iso3: Some(iso3),
        admin1: None,
        province: None,
        lat: facts.and_then(|c| c.lat),
        lon: facts.and_then(|c| c.lon),
        geonames_id: facts.and_then(|c| c.geonames_id),
        issue: false,
        confidence: 0.95,
    }
}

fn town(gazetteer: &Gazetteer, entry: &crate::knowledge::GazetteerEntry) -> Place {
    Place {
        kind: entry.kind,
        iso3: entry.iso3(),
        admin1: gazetteer.admin1(entry).map(str::to_owned),
        province: entry.province(),
        lat: entry.point.map(|p| f64::from(p.0)),
        lon: entry.point.map(|p| f64::from(p.1)),
        geonames_id: entry.geonames_id(),
        issue: entry.issue,
        confidence: 0.7,
    }
}

fn of_village(gazetteer: &Gazetteer, village: village::Found) -> Place {
    Place {
        kind: PlaceKind::Town,
        iso3: Code::new("IND"),
        admin1: village.province.and_then(|p| gazetteer.province(p)).map(str::to_owned),
        province: village.province,
        lat: Some(f64::from(village.point.0)),
        lon: Some(f64::from(village.point.1)),
        geonames_id: None,
        issue: false,
        confidence: 0.5,
    }
}
