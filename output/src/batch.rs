//! Rows to Arrow: called in the worker threads, so that the one thread that writes only has to write.

use crate::days;
use crate::error::Error;
use crate::merge;
use crate::run::RunInfo;
use crate::schema::{Table, articles, events, figures, meta, values};
use crate::spill::Records;
use arrow::array::{ArrayRef, RecordBatch};
use rustc_hash::FxHashMap;
use transforms::code::Id;
use transforms::tables::{QuarantineRow, Rows};

/// Rows of one table as Arrow, with the month each belongs to.
#[derive(Debug, Clone)]
pub struct Piece {
    /// The table.
    pub table: Table,
    /// Its rows.
    pub batch: RecordBatch,
    /// The month of each row (see [`days::month`]); empty for tables that aren't cut by month.
    pub months: Vec<i32>,
}

/// The rows of some articles as Arrow, by table; tables without rows are left out. Figures are kept apart: they are
/// merged over all articles before they become rows.
#[derive(Debug, Clone, Default)]
pub struct TableBatches {
    /// The rows.
    pub pieces: Vec<Piece>,
    /// The figures as each article shows them.
    pub figures: Records,
}

impl TableBatches {
    /// The rows of some articles as Arrow.
    pub fn from_rows(rows: &Rows, run: &RunInfo) -> Result<Self, Error> {
        let mut months = FxHashMap::default();
        months.extend(rows.articles.iter().map(|r| (r.article_id, days::month(r.pub_date))));
        months.extend(rows.events.iter().map(|r| (r.event_id, days::month(r.event_date))));
        let mut out = Self { pieces: Vec::new(), figures: merge::records(&rows.figures) };
        macro_rules! add {
            ($($module:ident::$name:ident => $table:ident;)+) => {
                $(out.add(
                    Table::$table,
                    &$module::$name::batch(&rows.$name, run),
                    rows.$name.iter().map($module::$name::id),
                    &months,
                )?;)+
            };
        }
        add! {
            articles::articles => Articles;
            articles::sentences => Sentences;
            articles::entities => Entities;
            events::event_mentions => EventMentions;
            events::events => Events;
            events::event_actors => EventActors;
            events::casualty_claims => CasualtyClaims;
            figures::figure_mentions => FigureMentions;
            figures::figure_roles => FigureRoles;
            values::quantities => Quantities;
            values::quotes => Quotes;
            values::sentiment => Sentiment;
        }
        Ok(out)
    }

    /// Adds one table's columns.
    fn add(
        &mut self,
        table: Table,
        columns: &[ArrayRef],
        ids: impl ExactSizeIterator<Item = Id>,
        months: &FxHashMap<Id, i32>,
    ) -> Result<(), Error> {
        if ids.len() > 0 {
            let months = ids.map(|id| months.get(&id).copied().unwrap_or(days::NO_MONTH)).collect();
            self.pieces.push(Piece { table, batch: record_batch(table, columns)?, months });
        }
        Ok(())
    }
}

/// Columns as a batch of a table.
pub(crate) fn record_batch(table: Table, columns: &[ArrayRef]) -> Result<RecordBatch, Error> {
    RecordBatch::try_new(table.schema(), columns.to_vec()).map_err(|e| Error::rows(table, e))
}

/// Rows of `quarantine` as Arrow.
pub fn quarantine_batch(rows: &[QuarantineRow], run: &RunInfo) -> Result<RecordBatch, Error> {
    record_batch(Table::Quarantine, &values::quarantine::batch(rows, run))
}

/// The rows of `_columns` as Arrow.
pub fn columns_batch(run: &RunInfo) -> Result<RecordBatch, Error> {
    record_batch(Table::Columns, &values::_columns::batch(&meta::column_rows(), run))
}
