//! An analyst's own dictionary: actors and agents with codes, from the tables in `actors/` that have a column `code`.
//! Such a phrase is an actor wherever it stands, whatever the tagger takes it for.
//!
//! An actor's code is that of whom it stands for (`ISR`, `ISRMIL`, an invented `VAL`); an agent's is put behind it
//! (`~MIL`) or before it (`NGO~`): "Valdoria's soldiers" are `VALMIL`.

use super::Phrases;
use crate::code::Code;
use jiff::civil::Date;
use seeds::SeedError;
use seeds::table::{Row, Table};

/// Rows that a phrase may have for different times.
const ROWS_MAX: usize = 256;

/// One row of an actor: a code and when it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its codes; several where the phrase stands for several actors; none where it stands for nobody.
    pub codes: Vec<Code>,
    /// Country it acts for, ISO 3166-1 alpha-3.
    pub country: Option<Code>,
    /// PLOVER role.
    pub sector: Option<Code>,
    valid: (Option<Date>, Option<Date>),
    next: Option<u32>,
}

/// An agent: what somebody is, whoever they act for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agent {
    /// Its code.
    pub code: Code,
    /// Whether it goes before the actor's code.
    pub before: bool,
    /// PLOVER role.
    pub sector: Option<Code>,
}

/// The dictionary.
#[derive(Debug, Default)]
pub struct Dictionary {
    actors: Phrases<u32>,
    entries: Vec<Entry>,
    agents: Phrases<u32>,
    agent_list: Vec<Agent>,
}

/// The columns of a table that the dictionary reads beside those of every table.
pub(super) struct Cells {
    pub(super) code: usize,
    pub(super) country: Option<Code>,
    pub(super) sector: Option<Code>,
    pub(super) valid: (Option<Date>, Option<Date>),
}

impl Dictionary {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.agent_list.is_empty()
    }

    /// Whether the analyst brought agents of their own.
    pub fn has_agents(&self) -> bool {
        !self.agent_list.is_empty()
    }

    /// Adds an actor's row.
    pub(super) fn actor(
        &mut self,
        row: &Row<'_, '_>,
        cells: Cells,
        (name, aliases): (usize, usize),
    ) -> Result<(), SeedError> {
        let mut codes = Vec::new();
        for code in row.cell(cells.code).split('/').map(str::trim) {
            if code.is_empty() || code.bytes().all(|b| b == b'-') {
                continue;
            }
            codes.push(Code::new(code).ok_or_else(|| row.error(format!("the code `{code}` is too long")))?);
        }
        if codes.is_empty() && row.some(cells.code).is_none() {
            // A row in our own format without a code: its country and role say who it is.
            let mut whole = String::new();
            cells.country.iter().chain(&cells.sector).for_each(|part| whole.push_str(part.as_str()));
            codes.extend(Code::new(&whole));
        }
        let entry =
            Entry { codes, country: cells.country, sector: cells.sector, valid: cells.valid, next: None };
        for phrase in std::iter::once(row.cell(name)).chain(row.list(aliases)).filter(|p| !p.is_empty()) {
            let at = self.entries.len() as u32;
            self.entries.push(entry.clone());
            if let Some(first) = self.actors.get_or_insert(phrase, at) {
                self.chain(first, at);
            }
        }
        Ok(())
    }

    /// Puts a row behind the others of its phrase.
    fn chain(&mut self, first: u32, at: u32) {
        let mut last = first;
        for _ in 0..ROWS_MAX {
            match self.entries.get(last as usize).and_then(|e| e.next) {
                Some(next) => last = next,
                None => break,
            }
        }
        if let Some(entry) = self.entries.get_mut(last as usize)
            && last != at
        {
            entry.next = Some(at);
        }
    }

    /// Adds an agent's phrases.
    pub(super) fn agent<'a>(
        &mut self,
        row: &Row<'_, '_>,
        cells: &Cells,
        phrases: impl Iterator<Item = &'a str>,
    ) -> Result<(), SeedError> {
        let Some(text) = row.some(cells.code) else { return Ok(()) };
        let code = text.trim_matches('~').trim();
        let code = Code::new(code).ok_or_else(|| {
            row.error(format!(
                "`{text}` is no agent's code; write ~GOV, or NGO~ to put it before the actor's"
            ))
        })?;
        let at = self.agent_list.len() as u32;
        self.agent_list.push(Agent { code, before: text.ends_with('~'), sector: cells.sector });
        phrases.filter(|p| !p.is_empty()).for_each(|p| self.agents.insert(p, at));
        Ok(())
    }

    /// The actor whose phrase begins at the first of `words`, as it was on `day`: the first row that holds, else the
    /// one without dates. `Some(None)` where the phrase is known, but stands for nobody then.
    pub fn find<'w>(
        &self,
        words: impl IntoIterator<Item = &'w str>,
        day: Option<Date>,
    ) -> Option<(usize, Option<&Entry>)> {
        let found = self.actors.longest(words)?;
        Some((found.tokens, self.on(found.value, day).filter(|e| !e.codes.is_empty())))
    }

    /// The agent whose phrase begins at the first of `words`.
    pub fn agent_at<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> Option<(usize, Agent)> {
        let found = self.agents.longest(words)?;
        Some((found.tokens, *self.agent_list.get(found.value as usize)?))
    }

    fn on(&self, first: u32, day: Option<Date>) -> Option<&Entry> {
        let mut at = Some(first);
        let (mut always, mut open) = (None, None);
        for _ in 0..ROWS_MAX {
            let Some(entry) = at.and_then(|a| self.entries.get(a as usize)) else { break };
            match (entry.valid, day) {
                ((None, None), _) => always = always.or(Some(entry)),
                ((from, to), Some(day)) if from.is_none_or(|f| f <= day) && to.is_none_or(|t| day <= t) => {
                    return Some(entry);
                }
                // Without a day what holds to this day is the best guess.
                ((_, None), None) => open = open.or(Some(entry)),
                _ => {}
            }
            at = entry.next;
        }
        always.or(open)
    }
}

/// The day of a cell: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; the last day of the year or month where it ends a time.
pub(super) fn day(row: &Row<'_, '_>, column: usize, last: bool) -> Result<Option<Date>, SeedError> {
    let Some(text) = row.some(column) else { return Ok(None) };
    date(text, last)
        .map(Some)
        .ok_or_else(|| row.error(format!("`{text}` is no date; dates are YYYY, YYYY-MM or YYYY-MM-DD")))
}

/// A date as our tables write it.
pub fn date(text: &str, last: bool) -> Option<Date> {
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let Some(month) = parts.next() else {
        return if last { Date::new(year, 12, 31).ok() } else { Date::new(year, 1, 1).ok() };
    };
    let first = Date::new(year, month.parse().ok()?, 1).ok()?;
    let date = match parts.next() {
        None if last => first.last_of_month(),
        None => first,
        Some(day) => Date::new(year, first.month(), day.parse().ok()?).ok()?,
    };
    parts.next().is_none().then_some(date)
}

/// Whether a table is of a dictionary: it has a column for codes.
pub(super) fn code_column(table: &Table<'_>) -> Option<usize> {
    table.column("code").ok()
}
