//! What is known of people: holders of high office with their times, given and family names, and the words that end
//! the names of places, buildings and bodies, which no person's name does.

use super::sounds::sound;
use crate::code::Code;
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use seeds::table::Table;
use seeds::{SeedError, Seeds};

/// A holder of an office for some time.
#[derive(Debug, Clone, PartialEq)]
pub struct Leader {
    /// The name as most write it.
    pub name: String,
    /// Country, ISO 3166-1 alpha-3.
    pub country: Option<Code>,
    /// PLOVER role.
    pub sector: Option<Code>,
    /// The office in short.
    pub office: String,
    /// First and last day.
    pub valid: (Option<Date>, Option<Date>),
}

/// People and the words of their names.
#[derive(Debug, Default)]
pub struct Persons {
    list: Vec<Leader>,
    by_name: FxHashMap<String, Vec<u32>>,
    by_family: FxHashMap<String, Vec<u32>>,
    given: FxHashSet<String>,
    family: FxHashSet<String>,
    heads: FxHashSet<String>,
    common: FxHashSet<String>,
}

impl Persons {
    /// Reads `actors/leaders.tsv`, the name lists and the lists of head words.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let mut all = Self::default();
        let file = "actors/leaders.tsv";
        let table = Table::parse(file, seeds.text(file)?)?;
        let [name, aliases, country, sector, kind, from, to] = [
            table.column("name")?,
            table.column("aliases")?,
            table.column("country")?,
            table.column("sector")?,
            table.column("kind")?,
            table.column("valid_from")?,
            table.column("valid_to")?,
        ];
        for row in table.rows() {
            let at = all.list.len() as u32;
            all.list.push(Leader {
                name: row.cell(name).to_owned(),
                country: row.some(country).and_then(Code::new),
                sector: row.some(sector).and_then(Code::new),
                office: row.cell(kind).to_owned(),
                valid: (row.cell(from).parse().ok(), row.cell(to).parse().ok()),
            });
            for name in std::iter::once(row.cell(name)).chain(row.list(aliases)) {
                let words: Vec<String> = keys(name).collect();
                all.by_name.entry(words.join(" ")).or_default().push(at);
                if let Some(last) = words.last() {
                    let list = all.by_family.entry(last.clone()).or_default();
                    if list.last() != Some(&at) {
                        list.push(at);
                    }
                }
            }
        }
        all.given = set(seeds, &["names/given_names.tsv"], "name")?;
        all.family = set(seeds, &["names/family_names.tsv"], "name")?;
        all.common = set(seeds, &["lexicon/common_words.tsv"], "word")?;
        all.heads = set(
            seeds,
            &["names/facility_heads.tsv", "names/organization_heads.tsv", "names/event_heads.tsv"],
            "name",
        )?;
        all.heads.extend(set(seeds, &["names/place_heads.tsv"], "name")?);
        Ok(all)
    }

    /// The leader of a full name (two words or more), on a day where one is known.
    pub fn leader(&self, name: &str, day: Option<Date>) -> Option<&Leader> {
        let words: Vec<String> = keys(name).collect();
        if words.len() < 2 {
            return None;
        }
        self.on(self.by_name.get(&words.join(" "))?, day)
    }

    /// The leader of a family name, where it is the only one in the office that `role` names.
    pub fn leader_by_family(&self, family: &str, role: &str, day: Option<Date>) -> Option<&Leader> {
        let role = role.to_lowercase();
        let holds = |l: &&Leader| {
            role.contains(&l.office)
                && day.is_none_or(|d| l.valid.0.is_none_or(|f| f <= d) && l.valid.1.is_none_or(|t| d <= t))
        };
        let mut found = self
            .by_family
            .get(&sound(family))?
            .iter()
            .filter_map(|at| self.list.get(*at as usize))
            .filter(holds);
        let first = found.next()?;
        found.all(|l| l.name == first.name).then_some(first)
    }

    /// The only leader of a family name at that time, whatever the office.
    pub fn sole_leader(&self, family: &str, day: Option<Date>) -> Option<&Leader> {
        if self.is_family(family) && self.is_given(family) {
            return None;
        }
        let rows = self.by_family.get(&sound(family))?;
        let mut leaders = rows.iter().filter_map(|at| self.list.get(*at as usize));
        let first = leaders.next()?;
        let sole = leaders.all(|l| l.name == first.name);
        // Somebody of the past may be named, somebody of the future not.
        let begun = |l: &&Leader| day.is_none_or(|d| l.valid.0.is_none_or(|from| from <= d));
        let mut held = rows.iter().filter_map(|at| self.list.get(*at as usize)).filter(begun);
        if sole && family.len() > 3 { held.next() } else { None }
    }

    /// Whether a leader bears a family name.
    pub fn is_leaders_family(&self, word: &str) -> bool {
        self.by_family.contains_key(&sound(word))
    }

    /// Whether somebody held an office that a text names.
    pub fn held(&self, name: &str, office: &str) -> bool {
        let words: Vec<String> = keys(name).collect();
        let rows = self.by_name.get(&words.join(" ")).map_or(&[][..], Vec::as_slice);
        rows.iter().filter_map(|at| self.list.get(*at as usize)).any(|l| office.contains(&l.office))
    }

    fn on(&self, rows: &[u32], day: Option<Date>) -> Option<&Leader> {
        let mut leaders = rows.iter().filter_map(|at| self.list.get(*at as usize));
        let holds = |l: &&Leader| {
            day.is_some_and(|d| l.valid.0.is_none_or(|f| f <= d) && l.valid.1.is_none_or(|t| d <= t))
        };
        leaders.clone().find(holds).or_else(|| leaders.next())
    }

    /// Whether a word is a given name.
    pub fn is_given(&self, word: &str) -> bool {
        self.given.contains(&word.to_lowercase())
    }

    /// Whether a word is a family name.
    pub fn is_family(&self, word: &str) -> bool {
        self.family.contains(&word.to_lowercase())
    }

    /// Whether news writes a word small.
    pub fn is_common(&self, word: &str) -> bool {
        self.common.contains(&word.to_lowercase())
    }

    /// Whether a name that ends in this word belongs to a place, a building, a body or an event.
    pub fn is_head(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        self.heads.contains(&lower) && !self.family.contains(&lower) && !self.given.contains(&lower)
    }
}

/// The sounds of a name's words, without initials and marks.
fn keys(name: &str) -> impl Iterator<Item = String> {
    name.split(|c: char| c.is_whitespace() || c == '-').map(sound).filter(|k| k.len() > 1)
}

fn set(seeds: &Seeds, files: &[&str], column: &str) -> Result<FxHashSet<String>, SeedError> {
    let mut all = FxHashSet::default();
    for file in files {
        let table = Table::parse(file, seeds.text(file)?)?;
        let column = table.column(column)?;
        all.extend(table.rows().map(|r| r.cell(column).to_lowercase()));
    }
    Ok(all)
}
