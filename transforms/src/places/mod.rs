//! Places: the names of an article tied to the gazetteer, with country, province and coordinates.
//!
//! A name that several places bear is settled by the countries the article speaks of, then by population.

use crate::code::Code;
use crate::document::Document;
use crate::grammar::EntityLabel;
use crate::knowledge::{Countries, Gazetteer, PlaceKind};

/// A place that a name means.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// What kind of place.
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-3; `None` for regions of several countries.
    pub iso3: Option<Code>,
    /// Province or state.
    pub admin1: Option<String>,
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
    seen: Vec<(Code, u32)>,
    /// The country the article is about.
    pub home: Option<Code>,
    /// Whether the text is written without capitals.
    pub caseless: bool,
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
    home: Option<Code>,
    out: &mut PlaceSet,
) {
    out.caseless = is_caseless(doc);
    resolve(doc, countries, gazetteer, home, out);
    out.home = self::home(doc, countries, gazetteer, out).or(home);
    if out.home != home {
        resolve(doc, countries, gazetteer, out.home, out);
    }
}

fn resolve(
    doc: Document<'_>,
    countries: &Countries,
    gazetteer: &Gazetteer,
    home: Option<Code>,
    out: &mut PlaceSet,
) {
    out.places.clear();
    out.seen.clear();
    if let Some(home) = home {
        out.seen.push((home, 2));
    }
    let placed =
        |label| matches!(label, EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Fac | EntityLabel::Norp);
    let names = &doc.parsed.names;
    for name in names.iter().filter(|n| placed(n.label)) {
        let words = doc.tokens(&name.tokens).iter().map(|t| doc.word(t));
        if let Some(found) = countries.phrases.longest(words) {
            match out.seen.iter_mut().find(|(code, _)| *code == found.value.iso3) {
                Some((_, n)) => *n += 1,
                None => out.seen.push((found.value.iso3, 1)),
            }
        }
    }
    for name in names {
        let words = || doc.tokens(&name.tokens).iter().map(|t| doc.word(t));
        let place = match name.label {
            EntityLabel::Norp => {
                countries.phrases.longest(words()).map(|f| of_country(countries, f.value.iso3))
            }
            label if placed(label) => {
                let whole = |n: usize| n + 1 >= name.tokens.len();
                countries
                    .phrases
                    .longest(words())
                    .filter(|f| whole(f.tokens) && f.value.word == crate::knowledge::CountryWord::Name)
                    .map(|f| of_country(countries, f.value.iso3))
                    .or_else(|| gazetteer.best(words(), &out.seen).map(|e| town(gazetteer, e)))
                    .or_else(|| {
                        countries
                            .phrases
                            .longest(words())
                            .filter(|f| whole(f.tokens))
                            .map(|f| of_country(countries, f.value.iso3))
                    })
            }
            _ => None,
        };
        out.places.push(place);
    }
}

/// The country an article is about: the one that most of its places, country words and its dateline speak for, those
/// of the headline and the first sentences before others. `None` where two are as strong.
fn home(doc: Document<'_>, countries: &Countries, gazetteer: &Gazetteer, places: &PlaceSet) -> Option<Code> {
    let mut votes: Vec<(Code, u32)> = Vec::new();
    let mut vote = |code: Code, weight: u32| match votes.iter_mut().find(|(c, _)| *c == code) {
        Some((_, n)) => *n += weight,
        None => votes.push((code, weight)),
    };
    for (at, name) in doc.parsed.names.iter().enumerate() {
        let Some(place) = places.get(at) else { continue };
        let early = if name.sentence <= 3 { 2 } else { 1 };
        let scene = if place.detail() >= 2 { 2 } else { 1 };
        if let Some(code) = place.iso3 {
            vote(code, early * scene);
        }
    }
    if let Some(place) = doc.article.dateline_place.as_deref() {
        let words = || place.split_whitespace().map(|w| w.trim_matches(','));
        let seen: Vec<(Code, u32)> = Vec::new();
        let code = countries.phrases.longest(words()).map(|f| f.value.iso3);
        if let Some(code) = code.or_else(|| gazetteer.best(words(), &seen)?.iso3()) {
            vote(code, 4);
        }
    }
    if places.caseless {
        for (at, token) in doc.parsed.tokens.iter().enumerate().take(4_000) {
            if !matches!(
                token.upos,
                crate::grammar::Upos::Propn | crate::grammar::Upos::Adj | crate::grammar::Upos::Noun
            ) {
                continue;
            }
            let range = at as u32..(at as u32 + 4).min(doc.parsed.tokens.len() as u32);
            let words = || doc.tokens(&range).iter().map(|t| doc.word(t));
            if doc.word(token).len() < 5 {
                continue;
            }
            let code = countries.phrases.longest_in(words(), true).map(|f| f.value.iso3);
            if let Some(code) = code.or_else(|| gazetteer.big(words())?.iso3()) {
                vote(code, 1);
            }
        }
    }
    votes.sort_by_key(|(code, n)| (std::cmp::Reverse(*n), *code));
    let total: u32 = votes.iter().map(|(_, n)| n).sum();
    let (first, most) = votes.first().copied()?;
    let second = votes.get(1).map_or(0, |(_, n)| *n);
    (most * 5 >= total * 2 && most > second).then_some(first)
}

/// Whether a text is written without capitals.
fn is_caseless(doc: Document<'_>) -> bool {
    let text = doc.article.text.as_bytes();
    let sample = text.get(..text.len().min(2_000)).unwrap_or(text);
    let upper = sample.iter().filter(|b| b.is_ascii_uppercase()).count();
    let lower = sample.iter().filter(|b| b.is_ascii_lowercase()).count();
    lower > 100 && upper * 500 < lower
}

fn of_country(countries: &Countries, iso3: Code) -> Place {
    let facts = countries.get(iso3);
    Place {
        kind: PlaceKind::Country,
        iso3: Some(iso3),
        admin1: None,
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
        lat: entry.point.map(|p| f64::from(p.0)),
        lon: entry.point.map(|p| f64::from(p.1)),
        geonames_id: entry.geonames_id(),
        issue: entry.issue,
        confidence: 0.7,
    }
}
