//! Keys and references: every id of every table goes, sorted on disk, past its definition.

use super::{Check, Report};
use crate::error::Error;
use crate::schema::{Column, Table};
use crate::spill::{RUN_BYTES, Records, Sorter};
use arrow::array::{Array, AsArray, RecordBatch, StringArray};
use std::path::Path;

/// A definition; sorted before the references to it.
const DEFINED: u8 = 0;
/// A reference.
const REFERRED: u8 = 1;

/// Collects ids.
pub struct Keys {
    sorter: Sorter,
    records: Records,
}

impl Keys {
    /// Ids are sorted in a folder.
    pub fn new(spill: &Path) -> Self {
        Self { sorter: Sorter::new(&spill.join("keys"), RUN_BYTES), records: Records::default() }
    }

    /// Takes the ids of a batch; `first` is the number of its first row.
    pub fn take(
        &mut self,
        table: Table,
        batch: &RecordBatch,
        first: u64,
        report: &mut Report,
    ) -> Result<(), Error> {
        for (at, column) in table.def().columns.iter().enumerate() {
            let kind = if column.key { DEFINED } else { REFERRED };
            if !column.key && column.references.is_none() {
                continue;
            }
            let Some(ids) = batch.column_by_name(column.name).and_then(|c| c.as_string_opt::<i32>()) else {
                continue;
            };
            self.records = Records::default();
            self.take_column(table, (at, column, kind), ids, first, report);
            self.sorter.push(&self.records)?;
        }
        Ok(())
    }

    fn take_column(
        &mut self,
        table: Table,
        (at, column, kind): (usize, &'static Column, u8),
        ids: &StringArray,
        first: u64,
        report: &mut Report,
    ) {
        let mut last = "";
        for row in (0..ids.len()).filter(|row| ids.is_valid(*row)) {
            let id = ids.value(row);
            // Rows of the same article stand together.
            if kind == REFERRED && id == last {
                continue;
            }
            last = id;
            let number = first + row as u64;
            let Some(key) = packed(id) else {
                report.add(Check::Key, table, Some(column.name), Some(number), || format!("`{id}` is no id"));
                continue;
            };
            self.records.push(&key, |out| {
                out.extend_from_slice(&[kind, table as u8, at as u8]);
                out.extend_from_slice(&number.to_le_bytes());
            });
        }
    }

    /// Every id is defined once, and every reference has its definition.
    pub fn check(self, report: &mut Report) -> Result<(), Error> {
        let mut sorted = self.sorter.finish()?;
        let mut key = [0; 9];
        let mut defined: Vec<u8> = Vec::new();
        while let Some((found, value)) = sorted.next_record()? {
            if found != key {
                key.copy_from_slice(found.get(..9).unwrap_or(&[0; 9]));
                defined.clear();
            }
            let Some((&[kind, table, at], rest)) = value.split_first_chunk::<3>() else { continue };
            let row = rest.first_chunk::<8>().map(|n| u64::from_le_bytes(*n));
            let Some(of) = Table::ALL.get(usize::from(table)).copied() else { continue };
            let Some(column) = of.def().columns.get(usize::from(at)) else { continue };
            let name = Some(column.name);
            if kind == DEFINED {
                if defined.contains(&table) {
                    report.add(Check::Key, of, name, row, || format!("{} is there twice", printed(&key)));
                }
                defined.push(table);
            } else {
                let target = column.references.and_then(Table::parse);
                if !target.is_some_and(|t| defined.contains(&(t as u8))) {
                    report.add(Check::Reference, of, name, row, || {
                        format!("{} isn't in {}", printed(&key), column.references.unwrap_or(""))
                    });
                }
            }
        }
        Ok(())
    }
}

/// An id in 9 bytes, `None` where it isn't one.
fn packed(id: &str) -> Option<[u8; 9]> {
    let (kind, hash) = id.split_once('_')?;
    let is_id =
        kind.len() == 1 && hash.len() == 16 && hash.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let mut key = [*kind.as_bytes().first()?; 9];
    *key.last_chunk_mut::<8>()? = u64::from_str_radix(hash, 16).ok()?.to_be_bytes();
    is_id.then_some(key)
}

/// The id of 9 bytes.
fn printed(key: &[u8; 9]) -> String {
    let hash = key.last_chunk::<8>().map_or(0, |b| u64::from_be_bytes(*b));
    format!("{}_{hash:016x}", char::from(key[0]))
}
