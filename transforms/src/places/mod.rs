//! Places: the names of an article tied to the gazetteer, with country, province and coordinates.
//!
//! A name that several places bear is settled by the countries the article speaks of, then by population.

use crate::code::Code;
use crate::document::Document;
use crate::grammar::EntityLabel;
use crate::knowledge::{Actors, Countries, Gazetteer, GazetteerEntry, PlaceKind};

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
    actors: &Actors,
    home: Option<Code>,
    out: &mut PlaceSet,
) {
    out.caseless = is_caseless(doc);
    resolve(doc, countries, gazetteer, actors, home, out);
    out.home = self::home(doc, countries, gazetteer, actors, out).or(home);
    if out.home != home {
        resolve(doc, countries, gazetteer, actors, out.home, out);
    }
}

/// What the article says of where it plays, for names that several places bear.
#[derive(Debug, Default)]
struct Hints {
    countries: Vec<(Code, u32)>,
    provinces: Vec<u32>,
    anchors: Vec<(f32, f32)>,
}

/// Points kept to measure from at most.
const ANCHORS_MAX: usize = 24;

impl Hints {
    fn country(&mut self, code: Code, weight: u32) {
        match self.countries.iter_mut().find(|(c, _)| *c == code) {
            Some((_, n)) => *n += weight,
            None => self.countries.push((code, weight)),
        }
    }

    /// How well a place fits: its size, the countries and provinces of the article, the places it stands near to.
    fn score(&self, entry: &GazetteerEntry, within: Option<&Place>) -> f64 {
        let times = entry
            .iso3()
            .and_then(|c| self.countries.iter().find(|(code, _)| *code == c))
            .map_or(0, |(_, n)| *n);
        let mut score = entry.weight();
        if times > 0 {
            let total: u32 = self.countries.iter().map(|(_, n)| n).sum();
            score += 1.0 + 3.0 * f64::from(times) / f64::from(total.max(1));
        }
        if entry.kind != PlaceKind::Province && entry.province().is_some_and(|p| self.provinces.contains(&p))
        {
            score += 2.0;
        }
        if let Some(point) = entry.point {
            let near = self.anchors.iter().filter(|a| distance(**a, point) < 150.0).count();
            score += (near.min(3) as f64) * 0.8;
        }
        if let Some(outer) = within {
            let inside = outer.iso3 == entry.iso3()
                && (outer.province.is_none() || outer.province == entry.province());
            score += if inside { 8.0 } else { 0.0 };
        }
        score
    }
}

/// Kilometres between two points, roughly.
fn distance(a: (f32, f32), b: (f32, f32)) -> f64 {
    let (lat, lon) = (f64::from(a.0 - b.0), f64::from(a.1 - b.1));
    let shrink = f64::from((a.0 + b.0) / 2.0).to_radians().cos();
    111.0 * lat.hypot(lon * shrink)
}

fn resolve(
    doc: Document<'_>,
    countries: &Countries,
    gazetteer: &Gazetteer,
    actors: &Actors,
    home: Option<Code>,
    out: &mut PlaceSet,
) {
    out.places.clear();
    let mut hints = Hints::default();
    if let Some(home) = home {
        hints.country(home, 2);
    }
    let placed =
        |label| matches!(label, EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Fac | EntityLabel::Norp);
    let names = &doc.parsed.names;
    for name in names {
        let words = || doc.tokens(&name.tokens).iter().map(|t| doc.word(t));
        if placed(name.label)
            && let Some(found) = countries.phrases.longest(words())
        {
            hints.country(found.value.iso3, 1);
        } else if matches!(name.label, EntityLabel::Org | EntityLabel::Norp)
            && let Some((_, actor)) = actors.named(words(), doc.article.pub_date)
            && let Some(code) = actor.country
        {
            hints.country(code, 1);
        }
    }
    // First what is sure, then, with that, the rest.
    for last in [false, true] {
        out.places.clear();
        for (at, name) in names.iter().enumerate() {
            let words = || doc.tokens(&name.tokens).iter().map(|t| doc.word(t));
            let whole = |n: usize| n + 1 >= name.tokens.len();
            let country = || countries.phrases.longest(words()).filter(|f| whole(f.tokens));
            let place = match name.label {
                EntityLabel::Norp => {
                    countries.phrases.longest(words()).map(|f| of_country(countries, f.value.iso3))
                }
                label if placed(label) => {
                    let stated = country().filter(|f| f.value.word == crate::knowledge::CountryWord::Name);
                    match stated {
                        Some(found) if !us_state(doc, gazetteer, &hints, name) => {
                            Some(of_country(countries, found.value.iso3))
                        }
                        _ => pick(doc, gazetteer, countries, &mut hints, at, last)
                            .or_else(|| country().map(|f| of_country(countries, f.value.iso3))),
                    }
                }
                _ => None,
            };
            out.places.push(place);
        }
    }
}

/// "Georgia" in an article about the United States is the state.
fn us_state(
    doc: Document<'_>,
    gazetteer: &Gazetteer,
    hints: &Hints,
    name: &crate::document::Mention,
) -> bool {
    let words = doc.tokens(&name.tokens).iter().map(|t| doc.word(t));
    let most = hints.countries.iter().max_by_key(|(_, n)| *n).map(|(c, _)| *c);
    let Some(most) = most else { return false };
    let mut candidates = gazetteer.candidates(words);
    candidates.any(|(_, e)| e.kind == PlaceKind::Province && e.iso3() == Some(most))
}

/// The place of a name among those that bear it.
fn pick(
    doc: Document<'_>,
    gazetteer: &Gazetteer,
    countries: &Countries,
    hints: &mut Hints,
    at: usize,
    last: bool,
) -> Option<Place> {
    let names = &doc.parsed.names;
    let name = names.get(at)?;
    let words = || doc.tokens(&name.tokens).iter().map(|t| doc.word(t));
    // "Paris, Texas", "Wana in South Waziristan": what the next name says of this one.
    let outer = names.get(at + 1).filter(|n| n.sentence == name.sentence).and_then(|next| {
        let gap = next.tokens.start.checked_sub(name.tokens.end)?;
        let tied = gap == 1
            && doc.token(name.tokens.end).is_some_and(|t| matches!(doc.word(t), "," | "in" | "of" | "("));
        tied.then_some(())?;
        let words = || doc.tokens(&next.tokens).iter().map(|t| doc.word(t));
        let province = gazetteer
            .candidates(words())
            .find(|(_, e)| e.kind == PlaceKind::Province)
            .map(|(_, e)| town(gazetteer, e));
        let country = countries.phrases.longest(words()).map(|f| of_country(countries, f.value.iso3));
        province.or(country)
    });
    let (mut best, mut second) = (None::<(f64, &GazetteerEntry)>, f64::MIN);
    for (_, entry) in gazetteer.candidates(words()) {
        let score = hints.score(entry, outer.as_ref());
        match best {
            Some((s, _)) if score <= s => second = second.max(score),
            _ => {
                second = best.map_or(second, |(s, _)| second.max(s));
                best = Some((score, entry));
            }
        }
    }
    let (score, entry) = best?;
    if !last && (score - second > 1.5 || outer.is_some()) {
        if let Some(point) = entry.point.filter(|_| {
            hints.anchors.len() < ANCHORS_MAX && matches!(entry.kind, PlaceKind::Town | PlaceKind::District)
        }) {
            hints.anchors.push(point);
        }
        if let Some(province) = entry.province().filter(|p| !hints.provinces.contains(p)) {
            hints.provinces.push(province);
        }
        if let Some(code) = entry.iso3() {
            hints.country(code, 1);
        }
    }
    Some(town(gazetteer, entry))
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
    lower > 100 && upper * 80 < lower
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
