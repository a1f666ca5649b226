//! The gazetteer: towns, provinces, districts and regions by name, with coordinates, from `seeds/gazetteer/`.

use super::Phrases;
use super::villages::{Sounds, Villages, sounds};
use crate::code::Code;
use rustc_hash::FxHashMap;
use seeds::table::{Row, Table};
use seeds::{SeedError, Seeds};

/// What kind of place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    /// A sea, a range, a region that is no province.
    Region,
    /// A state.
    Country,
    /// A first-order division.
    Province,
    /// A second-order division.
    District,
    /// A populated place.
    Town,
}

/// A place of the gazetteer; kept small, since there are 160,000 of them.
#[derive(Debug, Clone)]
pub struct GazetteerEntry {
    /// Its kind.
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-3, zeros where unknown.
    iso3: [u8; 3],
    /// Degrees north and east, where it has a middle.
    pub point: Option<(f32, f32)>,
    /// People who live there, 0 where unknown.
    pub population: u32,
    /// GeoNames id, 0 where unknown.
    geonames_id: u32,
    /// Whether the name is a matter of dispute rather than a scene of events.
    pub issue: bool,
    /// Whether the name is a common word or a person's name too.
    pub ambiguous: bool,
    admin1: u32,
}

/// A place under one of its names; those of one name form a chain.
#[derive(Debug, Clone, Copy)]
struct Link {
    entry: u32,
    next: u32,
    alias: bool,
}

/// A place that a name may mean.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'g> {
    /// The place.
    pub entry: &'g GazetteerEntry,
    /// Its place in the gazetteer.
    pub at: u32,
    /// Whether the name is not its first one.
    pub alias: bool,
    /// Whether the name goes on with words that the place's name has not.
    pub partial: bool,
}

impl GazetteerEntry {
    /// ISO 3166-1 alpha-3.
    pub fn iso3(&self) -> Option<Code> {
        if self.iso3 == [0; 3] { None } else { std::str::from_utf8(&self.iso3).ok().and_then(Code::new) }
    }

    /// GeoNames id.
    pub fn geonames_id(&self) -> Option<i64> {
        (self.geonames_id != 0).then(|| i64::from(self.geonames_id))
    }
}

const NONE: u32 = u32::MAX;

/// Places of one name looked at, at most.
const CHAIN_MAX: usize = 400;

/// Bytes of a table for one word of its names: a bit more than there are, so that the phrases need not grow.
const BYTES_PER_WORD: usize = 20;

/// Words before a place name that don't change it.
const BEFORE: [&str; 17] = [
    "the",
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "northeastern",
    "northwestern",
    "southeastern",
    "southwestern",
    "north",
    "south",
    "east",
    "west",
    "upper",
    "lower",
    "downtown",
];

/// Words after a place name that say what it is or where it lies.
const AFTER: [&str; 24] = [
    "district",
    "province",
    "state",
    "city",
    "town",
    "village",
    "county",
    "region",
    "area",
    "valley",
    "division",
    "tehsil",
    "mandal",
    "block",
    "hills",
    "forest",
    "parish",
    "governorate",
    "oblast",
    "prefecture",
    "municipality",
    "agency",
    "range",
    "near",
];

impl GazetteerEntry {
    /// How likely a name means this place before anything else is known: the decimal logarithm of its people, and
    /// some for its kind.
    pub fn weight(&self) -> f64 {
        let people = |least: u32| f64::from(self.population.max(least)).log10();
        let weight = match self.kind {
            PlaceKind::Region | PlaceKind::Country => 7.0,
            PlaceKind::Province => people(300_000) - 0.3,
            // Those written by hand have no number; they are there because news names them.
            PlaceKind::District if self.population == 0 => 5.5,
            PlaceKind::District => people(1_000),
            PlaceKind::Town => people(300),
        };
        weight - if self.ambiguous { 0.7 } else { 0.0 }
    }

    /// The province it lies in, or is.
    pub fn province(&self) -> Option<u32> {
        (self.admin1 != NONE).then_some(self.admin1)
    }
}

/// All places but countries.
#[derive(Debug, Default)]
pub struct Gazetteer {
    phrases: Phrases<u32>,
    links: Vec<Link>,
    entries: Vec<GazetteerEntry>,
    admin1: Vec<String>,
    /// Provinces and districts by sound, for spellings that no table has.
    sounds: Vec<(Sounds, u32)>,
    villages: Villages,
}

/// Provinces by country and code.
type Divisions = FxHashMap<[u8; 3], FxHashMap<Box<str>, u32>>;

/// The columns that the tables share; those a table lacks are empty.
struct Columns {
    name: usize,
    aliases: Option<usize>,
    iso3: Option<usize>,
    admin1: Option<usize>,
    lat: usize,
    lon: usize,
    population: Option<usize>,
    id: Option<usize>,
    issue: Option<usize>,
    ambiguous: Option<usize>,
}

impl Gazetteer {
    /// Reads the tables; provinces come first, so that towns can name theirs.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let mut all = Self::default();
        let mut divisions = Divisions::default();
        let files = [
            ("gazetteer/admin1.tsv", PlaceKind::Province),
            ("gazetteer/districts.tsv", PlaceKind::District),
            ("gazetteer/divisions.tsv", PlaceKind::District),
            ("gazetteer/regions.tsv", PlaceKind::Region),
            ("gazetteer/cities.tsv", PlaceKind::Town),
        ];
        let mut bytes = 0;
        for (file, _) in files {
            bytes += seeds.bytes(file)?.len();
        }
        all.phrases.reserve(bytes / BYTES_PER_WORD);
        for (file, kind) in files {
            let table = Table::parse(file, seeds.text(file)?)?;
            let optional = |names: &[&str]| names.iter().find_map(|n| table.column(n).ok());
            let columns = Columns {
                name: table.column("name")?,
                aliases: optional(&["aliases", "alternates"]),
                iso3: optional(&["iso3", "country"]),
                admin1: optional(&["admin1", "admin1_code"]),
                lat: table.column("lat")?,
                lon: table.column("lon")?,
                population: optional(&["population"]),
                id: optional(&["geonames_id"]),
                issue: optional(&["issue"]),
                ambiguous: optional(&["ambiguous"]),
            };
            all.entries.reserve_exact(table.len());
            for row in table.rows() {
                all.add(&row, &columns, kind, &mut divisions)?;
            }
        }
        all.sounds.sort_unstable();
        all.links.shrink_to_fit();
        let india = divisions.get(b"IND");
        all.villages = Villages::new(seeds, |code| india?.get(code).copied())?;
        Ok(all)
    }

    fn add(
        &mut self,
        row: &Row<'_, '_>,
        columns: &Columns,
        kind: PlaceKind,
        divisions: &mut Divisions,
    ) -> Result<(), SeedError> {
        let cell = |column: Option<usize>| column.map_or("", |c| row.cell(c));
        let degrees = |column: usize, most: f32| {
            let Some(text) = row.some(column) else { return Ok(None) };
            let value: Option<f32> = text.parse().ok().filter(|v: &f32| v.abs() <= most);
            value.map(Some).ok_or_else(|| row.error(format!("`{text}` is no angle")))
        };
        let point = degrees(columns.lat, 90.0)?.zip(degrees(columns.lon, 180.0)?);
        let iso3: Option<[u8; 3]> = cell(columns.iso3).as_bytes().try_into().ok();
        let division = cell(columns.admin1);
        let iso3_of_division = iso3.filter(|_| !division.is_empty());
        let admin1 = match (kind, iso3_of_division) {
            (PlaceKind::Province, iso3) => {
                let at = self.admin1.len() as u32;
                self.admin1.push(row.cell(columns.name).to_owned());
                if let Some(iso3) = iso3 {
                    divisions.entry(iso3).or_default().insert(division.into(), at);
                }
                at
            }
            (_, Some(iso3)) => divisions.get(&iso3).and_then(|d| d.get(division)).copied().unwrap_or(NONE),
            (_, None) => NONE,
        };
        let at = self.entries.len() as u32;
        self.entries.push(GazetteerEntry {
            kind,
            iso3: iso3.unwrap_or_default(),
            point,
            population: cell(columns.population).parse().unwrap_or(0),
            geonames_id: cell(columns.id).parse().unwrap_or(0),
            issue: matches!(cell(columns.issue), "1" | "true" | "yes"),
            ambiguous: cell(columns.ambiguous) == "1",
            admin1,
        });
        let name = row.cell(columns.name);
        self.link(name, at, false);
        for alias in cell(columns.aliases).split(';').map(str::trim).filter(|a| a.len() > 2) {
            self.link(alias, at, true);
        }
        if matches!(kind, PlaceKind::Province | PlaceKind::District) {
            let sound = sounds([name]);
            if sound.consonants >= 3 {
                self.sounds.push((sound, at));
            }
            // "Boone and Clay counties", "in Boone": counties without the word.
            let bare = name.strip_suffix(" County").or_else(|| name.strip_suffix(" Parish"));
            if let Some(bare) = bare {
                self.link(bare, at, true);
            }
        }
        Ok(())
    }

    /// Places of one name form a chain from the first.
    fn link(&mut self, name: &str, entry: u32, alias: bool) {
        let at = self.links.len() as u32;
        match self.phrases.get_or_insert(name, at) {
            Some(first) if first != at => {
                let Some(link) = self.links.get_mut(first as usize) else { return };
                let next = std::mem::replace(&mut link.next, at);
                self.links.push(Link { entry, next, alias });
            }
            _ => self.links.push(Link { entry, next: NONE, alias }),
        }
    }

    /// An entry by its place in the gazetteer.
    pub fn entry(&self, at: u32) -> Option<&GazetteerEntry> {
        self.entries.get(at as usize)
    }

    /// Villages that sound like a name.
    pub fn villages(&self) -> &Villages {
        &self.villages
    }

    /// Provinces and districts whose name sounds so.
    pub fn sounding(&self, name: Sounds) -> impl Iterator<Item = (u32, &GazetteerEntry)> {
        let from = self.sounds.partition_point(|(s, _)| s.order() < name.order());
        let rest = self.sounds.get(from..).unwrap_or(&[]).iter();
        rest.take_while(move |(s, _)| s.order() == name.order())
            .filter_map(|(_, at)| Some((*at, self.entry(*at)?)))
    }

    fn chain(&self, first: Option<u32>) -> impl Iterator<Item = (u32, &GazetteerEntry, bool)> {
        let mut at = first;
        let mut left = CHAIN_MAX;
        std::iter::from_fn(move || {
            let link = self.links.get(at? as usize)?;
            left -= 1;
            at = (left > 0 && link.next != NONE).then_some(link.next);
            Some((link.entry, self.entries.get(link.entry as usize)?, link.alias))
        })
    }

    /// The places of the longest name that begins at the first of some words, and its length.
    pub fn starting<'w>(
        &self,
        words: impl Iterator<Item = &'w str>,
    ) -> Option<(usize, impl Iterator<Item = (u32, &GazetteerEntry, bool)>)> {
        let found = self.phrases.longest(words)?;
        Some((found.tokens, self.chain(Some(found.value))))
    }

    /// The places that a whole name may mean, and how many of its words name them: "Wana", "northern Gaza",
    /// "Koraput District of Odisha", "Bijapur district".
    pub fn candidates<'w>(
        &self,
        words: impl Iterator<Item = &'w str> + Clone,
    ) -> impl Iterator<Item = Candidate<'_>> {
        let count = words.clone().count();
        let whole = |skip: usize, full: bool| {
            let rest = words.clone().skip(skip);
            let found = self.phrases.longest(rest.clone())?;
            let next = rest.clone().nth(found.tokens).unwrap_or("").to_ascii_lowercase();
            let all = found.tokens + skip >= count || AFTER.contains(&next.as_str());
            let part = found.tokens + skip + 1 >= count && next != "of";
            (all || part && !full).then_some((found.value, !all))
        };
        let first = words.clone().next().unwrap_or("").to_ascii_lowercase();
        let skip = usize::from(BEFORE.contains(&first.as_str()));
        // "West Texas" is a part of Texas, not the town of West.
        let found = whole(0, true).or_else(|| whole(skip, true)).or_else(|| whole(skip, false));
        let partial = found.is_some_and(|(_, partial)| partial);
        self.chain(found.map(|(first, _)| first)).map(move |(at, entry, alias)| Candidate {
            entry,
            at,
            alias,
            partial,
        })
    }

    /// The place that a whole name most likely means where nothing else is known: one in a country that the article
    /// speaks of, the larger one.
    pub fn best<'w>(
        &self,
        words: impl Iterator<Item = &'w str> + Clone,
        seen: &[(Code, u32)],
    ) -> Option<&GazetteerEntry> {
        let mut best: Option<(f64, &GazetteerEntry)> = None;
        for Candidate { entry, .. } in self.candidates(words) {
            let times =
                entry.iso3().and_then(|c| seen.iter().find(|(code, _)| *code == c)).map_or(0, |(_, n)| *n);
            let near = if times > 0 { 3.0 + f64::from(times.min(10)) * 0.2 } else { 0.0 };
            let score = entry.weight() + near;
            if best.is_none_or(|(s, _)| score > s) {
                best = Some((score, entry));
            }
        }
        best.map(|(_, e)| e)
    }

    /// The name of a province.
    pub fn province(&self, at: u32) -> Option<&str> {
        self.admin1.get(at as usize).map(String::as_str)
    }

    /// The name of an entry's province.
    pub fn admin1(&self, entry: &GazetteerEntry) -> Option<&str> {
        self.admin1.get(entry.admin1 as usize).map(String::as_str)
    }
}
