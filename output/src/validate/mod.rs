//! Checks a data set against the schema: files against the manifest ([`files`]), columns and values ([`values`]),
//! keys and references ([`keys`]), and that every span cuts its text ([`spans`]). Everything streams: memory does not
//! grow with the data set.

mod files;
mod keys;
mod spans;
#[cfg(test)]
mod tests;
mod values;

use crate::error::Error;
use crate::manifest::Manifest;
use crate::schema::{Folders, Table};
use keys::Keys;
use spans::Cursor;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

/// Problems of one kind in one column that are kept; the rest is counted.
const KEPT: u64 = 5;

/// What a check looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Check {
    /// The manifest says what is there.
    Manifest,
    /// Tables, columns and types.
    Schema,
    /// Enumerations, ranges, dates.
    Value,
    /// Primary keys are ids and unique.
    Key,
    /// What is referred to exists.
    Reference,
    /// Spans lie in their article and cut its text.
    Span,
}

/// Something that breaks the contract.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// Which check found it.
    pub check: Check,
    /// The table.
    pub table: &'static str,
    /// The column, where it is one.
    pub column: Option<&'static str>,
    /// The row in its table (or in its table's folder of a month), from 0, where it is one.
    pub row: Option<u64>,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.table)?;
        if let Some(column) = self.column {
            write!(f, ".{column}")?;
        }
        if let Some(row) = self.row {
            write!(f, " row {row}")?;
        }
        write!(f, ": {}", self.message)
    }
}

/// What the checks found.
#[derive(Debug, Default, serde::Serialize)]
pub struct Report {
    /// Rows read, by table.
    pub rows: BTreeMap<&'static str, u64>,
    /// Problems found; of many alike only the first few are listed.
    pub found: u64,
    /// The listed problems.
    pub problems: Vec<Problem>,
    #[serde(skip)]
    counts: BTreeMap<(Check, &'static str, Option<&'static str>), u64>,
}

impl Report {
    /// Whether nothing was found.
    pub fn is_clean(&self) -> bool {
        self.found == 0
    }

    /// Rows read.
    pub fn rows_checked(&self) -> u64 {
        self.rows.values().sum()
    }

    fn add(
        &mut self,
        check: Check,
        table: Table,
        column: Option<&'static str>,
        row: Option<u64>,
        message: impl FnOnce() -> String,
    ) {
        self.found += 1;
        let count = self.counts.entry((check, table.name(), column)).or_default();
        *count += 1;
        if *count <= KEPT {
            self.problems.push(Problem { check, table: table.name(), column, row, message: message() });
        }
    }
}

impl fmt::Display for Report {
    /// The listed problems, one a line, and a line that sums up.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.problems {
            writeln!(f, "{problem}")?;
        }
        let unlisted = self.found - self.problems.len() as u64;
        if unlisted > 0 {
            writeln!(f, "and {unlisted} more like these")?;
        }
        let problems = match self.found {
            0 => "no problems".to_owned(),
            1 => "1 problem".to_owned(),
            n => format!("{n} problems"),
        };
        write!(f, "{} rows in {} tables: {problems}", self.rows_checked(), self.rows.len())
    }
}

/// Checks the data set in a folder. An error means that it could not be read; what is wrong with it is in the report.
pub fn validate(dir: &Path) -> Result<Report, Error> {
    let manifest = Manifest::read(dir)?;
    let mut report = Report::default();
    files::check(dir, &manifest, &mut report)?;
    let spill =
        tempfile::tempdir().map_err(Error::file(&std::env::temp_dir(), "make a folder in this folder"))?;
    let mut keys = Keys::new(spill.path());
    // Folders of months where there are any, else the table's own.
    let mut months = BTreeSet::new();
    for table in tables_of_articles() {
        months.extend(files::months(&dir.join(table.name()))?);
    }
    for month in &months {
        let folder = |table: Table| dir.join(table.name()).join(month);
        let mut children = Vec::new();
        for table in tables_of_articles().filter(|t| *t != Table::Articles) {
            children.push(Cursor::open(&folder(table), table)?);
        }
        let articles = Cursor::open(&folder(Table::Articles), Table::Articles)?;
        spans::check(articles, children, &mut keys, &mut report)?;
    }
    for table in Table::ALL.into_iter().filter(|t| t.def().folders != Folders::PubMonth) {
        Cursor::open(&dir.join(table.name()), table)?.drain(&mut keys, &mut report)?;
    }
    keys.check(&mut report)?;
    report.problems.sort_by_key(|p| (p.table, p.check, p.row));
    Ok(report)
}

/// The tables whose rows belong to an article, that of articles first.
fn tables_of_articles() -> impl Iterator<Item = Table> {
    Table::ALL.into_iter().filter(|t| t.def().folders == Folders::PubMonth)
}
