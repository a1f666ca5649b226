//! Countries: their names, adjectives, capitals and metonyms, from `seeds/gazetteer/countries.tsv`.

use super::{Found, Phrases};
use crate::code::Code;
use seeds::table::Table;
use seeds::{SeedError, Seeds};

/// What kind of word pointed to a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountryWord {
    /// The country's name.
    Name,
    /// An adjective or a people: "Pakistani", "Azerbaijanis".
    Demonym,
    /// A place that stands for its government: "Islamabad", "the Kremlin".
    Metonym,
    /// The capital, where it is no metonym.
    Capital,
}

/// A country found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountryFound {
    /// ISO 3166-1 alpha-3.
    pub iso3: Code,
    /// How it was named.
    pub word: CountryWord,
}

/// Facts of one country.
#[derive(Debug, Clone)]
pub struct Country {
    /// ISO 3166-1 alpha-3 (or 3166-3 where the state is gone).
    pub iso3: Code,
    /// Its English short name.
    pub name: String,
    /// Its other names and its adjectives.
    pub forms: Vec<String>,
    /// Its capital.
    pub capital: Option<String>,
    /// Rough middle, degrees.
    pub lat: Option<f64>,
    /// Rough middle, degrees.
    pub lon: Option<f64>,
    /// GeoNames id.
    pub geonames_id: Option<i64>,
}

/// All countries.
#[derive(Debug, Default)]
pub struct Countries {
    /// Every way to name a country.
    pub phrases: Phrases<CountryFound>,
    list: Vec<Country>,
    /// Those of them that name a part of a country.
    parts: Phrases<()>,
}

impl Countries {
    /// Reads `gazetteer/countries.tsv` and `gazetteer/constituents.tsv`.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let mut all = Self::default();
        let file = "gazetteer/countries.tsv";
        let table = Table::parse(file, seeds.text(file)?)?;
        let [iso3, name, aliases, demonyms, metonyms, capital, lat, lon, geonames, valid_to] = [
            table.column("iso3")?,
            table.column("name")?,
            table.column("aliases")?,
            table.column("demonyms")?,
            table.column("metonyms")?,
            table.column("capital")?,
            table.column("lat")?,
            table.column("lon")?,
            table.column("geonames_id")?,
            table.column("valid_to")?,
        ];
        // States that are gone come last, so that a shared name means the one of today.
        for gone in [false, true] {
            for row in table.rows().filter(|r| r.some(valid_to).is_some() == gone) {
                let code = Code::new(row.cell(iso3)).ok_or_else(|| row.error("no iso3 code"))?;
                let found = |word| CountryFound { iso3: code, word };
                all.phrases.insert(row.cell(name), found(CountryWord::Name));
                row.list(aliases).for_each(|p| all.phrases.insert(p, found(CountryWord::Name)));
                row.list(demonyms).for_each(|p| all.phrases.insert(p, found(CountryWord::Demonym)));
                row.list(metonyms).for_each(|p| all.phrases.insert(p, found(CountryWord::Metonym)));
                if let Some(p) = row.some(capital) {
                    all.phrases.insert(p, found(CountryWord::Capital));
                }
                all.list.push(Country {
                    iso3: code,
                    name: row.cell(name).to_owned(),
                    forms: row.list(aliases).chain(row.list(demonyms)).map(str::to_owned).collect(),
                    capital: row.some(capital).map(str::to_owned),
                    lat: row.cell(lat).parse().ok(),
                    lon: row.cell(lon).parse().ok(),
                    geonames_id: row.cell(geonames).parse().ok(),
                });
            }
        }
        let file = "gazetteer/constituents.tsv";
        let table = Table::parse(file, seeds.text(file)?)?;
        let [iso3, name, aliases, demonyms] = [
            table.column("country")?,
            table.column("name")?,
            table.column("aliases")?,
            table.column("demonyms")?,
        ];
        for row in table.rows() {
            let code = Code::new(row.cell(iso3)).ok_or_else(|| row.error("no iso3 code"))?;
            let found = |word| CountryFound { iso3: code, word };
            all.phrases.insert(row.cell(name), found(CountryWord::Name));
            row.list(aliases).for_each(|p| all.phrases.insert(p, found(CountryWord::Name)));
            row.list(demonyms).for_each(|p| all.phrases.insert(p, found(CountryWord::Demonym)));
            let names = row.list(aliases).chain(row.list(demonyms));
            std::iter::once(row.cell(name)).chain(names).for_each(|p| all.parts.insert(p, ()));
        }
        Ok(all)
    }

    /// The country whose own name or adjective begins at the first of `words`, not that of a part of it.
    pub fn whole<'w>(&self, words: impl Iterator<Item = &'w str> + Clone) -> Option<Found<CountryFound>> {
        let part = self.parts.longest(words.clone()).map_or(0, |f| f.tokens);
        self.phrases.longest(words).filter(|f| f.tokens > part)
    }

    /// The facts of a country.
    pub fn get(&self, iso3: Code) -> Option<&Country> {
        self.list.iter().find(|c| c.iso3 == iso3)
    }
}
