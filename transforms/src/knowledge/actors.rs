//! Actors: named bodies (organisations, parties, armed groups, agencies, companies, leaders) and common nouns for
//! people and groups, from every table in `seeds/actors/`. A table added there by an analyst is read like the others;
//! one with a column `code` makes up the [`Dictionary`].

use super::Phrases;
use super::dictionary::{Cells, Dictionary, code_column, day};
use crate::code::Code;
use jiff::civil::Date;
use seeds::table::Table;
use seeds::{SeedError, Seeds};

/// An actor of the dictionary.
#[derive(Debug, Clone, PartialEq)]
pub struct Actor {
    /// Its main name.
    pub name: String,
    /// Country it acts for, ISO 3166-1 alpha-3.
    pub country: Option<Code>,
    /// PLOVER role.
    pub sector: Option<Code>,
    /// What kind of thing: `person`, `group`, `object`, `party`, ...
    pub kind: Code,
    /// Whether it is a common noun.
    pub generic: bool,
    /// First and last day on which the row holds.
    pub valid: (Option<Date>, Option<Date>),
}

/// All actors.
#[derive(Debug, Default)]
pub struct Actors {
    named: Phrases<u32>,
    generic: Phrases<u32>,
    /// Rows that share a name, by the index of the first: the next one.
    next: Vec<Option<u32>>,
    list: Vec<Actor>,
    /// The analyst's own.
    pub own: Dictionary,
}

impl Actors {
    /// Reads `actors/*.tsv`.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let mut all = Self::default();
        for file in seeds.folder("actors/").filter(|f| f.ends_with(".tsv")) {
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
            let generic = table.column("is_group").is_ok();
            let plural = table.column("plural").ok();
            let code = code_column(&table);
            for row in table.rows() {
                let actor = Actor {
                    name: row.cell(name).to_owned(),
                    country: row.some(country).and_then(Code::new),
                    sector: row.some(sector).and_then(Code::new),
                    kind: Code::new(row.cell(kind)).ok_or_else(|| row.error("no kind"))?,
                    generic,
                    valid: (day(&row, from, false)?, day(&row, to, true)?),
                };
                if let Some(code) = code {
                    let cells =
                        Cells { code, country: actor.country, sector: actor.sector, valid: actor.valid };
                    if !generic {
                        all.own.actor(&row, cells, (name, aliases))?;
                        continue;
                    }
                    let plurals = plural.into_iter().flat_map(|p| row.list(p));
                    let phrases = std::iter::once(row.cell(name)).chain(row.list(aliases)).chain(plurals);
                    all.own.agent(&row, &cells, phrases)?;
                }
                let at = all.list.len() as u32;
                all.list.push(actor);
                all.next.push(None);
                all.add(row.cell(name), at, generic);
                row.list(aliases).for_each(|a| all.add(a, at, generic));
                if let Some(plural) = plural {
                    row.list(plural).for_each(|a| all.add(a, at, generic));
                }
            }
        }
        Ok(all)
    }

    fn add(&mut self, phrase: &str, at: u32, generic: bool) {
        if phrase.is_empty() {
            return;
        }
        let phrases = if generic { &mut self.generic } else { &mut self.named };
        match phrases.get(phrase) {
            None => phrases.insert(phrase, at),
            Some(first) => {
                // Rows of one name hold at different times: they are chained.
                let mut last = first;
                for _ in 0..64 {
                    match self.next.get(last as usize).copied().flatten() {
                        Some(next) => last = next,
                        None => break,
                    }
                }
                if last != at
                    && let Some(slot) = self.next.get_mut(last as usize)
                {
                    *slot = Some(at);
                }
            }
        }
    }

    /// The named actor whose name begins at the first of `words`, as it was on `day`.
    pub fn named<'w>(
        &self,
        words: impl IntoIterator<Item = &'w str>,
        day: Option<Date>,
    ) -> Option<(usize, &Actor)> {
        let found = self.named.longest(words)?;
        Some((found.tokens, self.on(found.value, day)?))
    }

    /// The common noun for an actor that begins at the first of `words`.
    pub fn generic<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> Option<(usize, &Actor)> {
        let found = self.generic.longest(words)?;
        Some((found.tokens, self.list.get(found.value as usize)?))
    }

    /// Of the rows that share a name the one that holds on a day; the first where none does or the day is unknown.
    fn on(&self, first: u32, day: Option<Date>) -> Option<&Actor> {
        let mut at = Some(first);
        let mut open = None;
        for _ in 0..64 {
            let Some(actor) = at.and_then(|a| self.list.get(a as usize)) else { break };
            let (from, to) = actor.valid;
            match day {
                Some(day) if from.is_none_or(|f| f <= day) && to.is_none_or(|t| day <= t) => {
                    return Some(actor);
                }
                None if to.is_none() && open.is_none() => open = Some(actor),
                _ => {}
            }
            at = at.and_then(|a| self.next.get(a as usize).copied().flatten());
        }
        open.or_else(|| self.list.get(first as usize))
    }
}
