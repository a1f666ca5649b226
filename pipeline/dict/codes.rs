//! What the letters of an actor's code mean: countries after ISO 3166, and the three-letter parts that CAMEO knows.

use seeds::table::Table;
use seeds::{SeedError, Seeds};
use std::collections::{BTreeMap, BTreeSet};

/// The codes.
#[derive(Debug)]
pub(super) struct Codes {
    /// With the PLOVER role of those that give one; countries with none.
    parts: BTreeMap<String, Option<String>>,
    countries: BTreeSet<String>,
    sectors: BTreeSet<String>,
}

impl Codes {
    /// From `gazetteer/countries.tsv` and every `codebook/*actor_codes.tsv`, so that an analyst adds their own beside.
    pub(super) fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let mut all = Self { parts: BTreeMap::new(), countries: BTreeSet::new(), sectors: BTreeSet::new() };
        let file = "gazetteer/countries.tsv";
        let table = Table::parse(file, seeds.text(file)?)?;
        let iso = table.column("iso3")?;
        for row in table.rows() {
            all.countries.insert(row.cell(iso).to_owned());
        }
        for file in seeds.folder("codebook/").filter(|f| f.ends_with("actor_codes.tsv")) {
            let table = Table::parse(file, seeds.text(file)?)?;
            let [code, sector] = [table.column("code")?, table.column("sector")?];
            for row in table.rows() {
                let role = row.some(sector).map(str::to_owned);
                all.sectors.extend(role.iter().cloned());
                all.parts.insert(row.cell(code).to_owned(), role);
            }
        }
        Ok(all)
    }

    /// The country of a code: its first three letters, where they are ISO's.
    pub(super) fn country<'c>(&self, code: &'c str) -> Option<&'c str> {
        code.get(..3).filter(|c| self.countries.contains(*c))
    }

    /// The PLOVER role of a code: that of the first part that has one.
    pub(super) fn sector(&self, code: &str) -> Option<&str> {
        let skip = usize::from(self.country(code).is_some());
        parts(code).skip(skip).find_map(|p| self.parts.get(p)?.as_deref())
    }

    /// Whether three letters are a country or a known part.
    pub(super) fn knows(&self, part: &str) -> bool {
        self.countries.contains(part) || self.parts.contains_key(part)
    }

    /// Whether there is such a country.
    pub(super) fn is_country(&self, code: &str) -> bool {
        self.countries.contains(code)
    }

    /// Whether there is such a PLOVER role.
    pub(super) fn is_sector(&self, code: &str) -> bool {
        self.sectors.contains(code)
    }
}

/// The three-letter parts of a code; what is left over is one too.
pub(super) fn parts(code: &str) -> impl Iterator<Item = &str> {
    let mut rest = code;
    std::iter::from_fn(move || {
        let (part, next) = rest.split_at_checked(3).unwrap_or((rest, ""));
        rest = next;
        (!part.is_empty()).then_some(part)
    })
}
