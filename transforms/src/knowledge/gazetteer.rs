//! The gazetteer: towns, provinces, districts and regions by name, with coordinates, from `seeds/gazetteer/`.

use super::Phrases;
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
    admin1: u32,
    next: u32,
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

/// Bytes of a table for one word of its names: a bit more than there are, so that the phrases need not grow.
const BYTES_PER_WORD: usize = 20;

/// All places but countries.
#[derive(Debug, Default)]
pub struct Gazetteer {
    phrases: Phrases<u32>,
    entries: Vec<GazetteerEntry>,
    admin1: Vec<String>,
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
}

impl Gazetteer {
    /// Reads the tables; provinces come first, so that towns can name theirs.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let mut all = Self::default();
        let mut divisions = Divisions::default();
        let files = [
            ("gazetteer/admin1.tsv", PlaceKind::Province),
            ("gazetteer/districts.tsv", PlaceKind::District),
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
            };
            all.entries.reserve_exact(table.len());
            for row in table.rows() {
                all.add(&row, &columns, kind, &mut divisions)?;
            }
        }
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
            admin1,
            next: NONE,
        });
        self.link(row.cell(columns.name), at);
        for alias in cell(columns.aliases).split(';').map(str::trim).filter(|a| a.len() > 2) {
            // Places are chained by one name only; an alias that others bear already is left to them.
            self.phrases.get_or_insert(alias, at);
        }
        Ok(())
    }

    /// Places of one name form a chain from the first.
    fn link(&mut self, name: &str, at: u32) {
        let Some(first) = self.phrases.get_or_insert(name, at).filter(|first| *first != at) else { return };
        let next = self.entries.get(first as usize).map_or(NONE, |e| e.next);
        if let Some(entry) = self.entries.get_mut(at as usize) {
            entry.next = next;
        }
        if let Some(entry) = self.entries.get_mut(first as usize) {
            entry.next = at;
        }
    }

    /// The place that a whole name most likely means: one in a country that the article speaks of, the larger one.
    pub fn best<'w>(
        &self,
        words: impl Iterator<Item = &'w str> + Clone,
        seen: &[(Code, u32)],
    ) -> Option<&GazetteerEntry> {
        let count = words.clone().count();
        let found = self.phrases.longest(words)?;
        if found.tokens + 1 < count {
            return None;
        }
        let mut at = found.value;
        let mut best: Option<(f64, &GazetteerEntry)> = None;
        for _ in 0..400 {
            let Some(entry) = self.entries.get(at as usize) else { break };
            let times =
                entry.iso3().and_then(|c| seen.iter().find(|(code, _)| *code == c)).map_or(0, |(_, n)| *n);
            let kind = match entry.kind {
                PlaceKind::Region | PlaceKind::Country => 3.0,
                PlaceKind::Province => 2.5,
                PlaceKind::District => 1.0,
                PlaceKind::Town => 0.0,
            };
            let size = f64::from(entry.population.max(100)).log10();
            let score = size + kind + if times > 0 { 4.0 + f64::from(times.min(10)) * 0.2 } else { 0.0 };
            if best.is_none_or(|(s, _)| score > s) {
                best = Some((score, entry));
            }
            at = entry.next;
        }
        best.map(|(_, e)| e)
    }

    /// The largest place of a name in a text without capitals, where it is a big one.
    pub fn big<'w>(&self, words: impl Iterator<Item = &'w str>) -> Option<&GazetteerEntry> {
        let mut at = self.phrases.longest_in(words, true)?.value;
        let mut best: Option<&GazetteerEntry> = None;
        for _ in 0..400 {
            let Some(entry) = self.entries.get(at as usize) else { break };
            let large = entry.population >= 500_000 || entry.kind == PlaceKind::Province;
            if large && best.is_none_or(|b| entry.population > b.population) {
                best = Some(entry);
            }
            at = entry.next;
        }
        best
    }

    /// The name of an entry's province.
    pub fn admin1(&self, entry: &GazetteerEntry) -> Option<&str> {
        self.admin1.get(entry.admin1 as usize).map(String::as_str)
    }
}
