//! A data set being written: batches in, tables and a manifest out. Used by one thread; the rows come in the order of
//! the input, and in that order they stand in the files.

use crate::batch::{self, Piece, TableBatches};
use crate::commit::{EXTRAS, Stage};
use crate::error::Error;
use crate::manifest::{MANIFEST, Manifest, TableEntry, write_durably};
use crate::merge::Figures;
use crate::run::RunInfo;
use crate::schema::{Folders, Table, figures, render, views};
use crate::sink::months::Months;
use crate::sink::{FileEntry, Folder, Format};
use crate::spill::{RUN_BYTES, Sorter};
use arrow::array::RecordBatch;
use std::path::Path;
use transforms::tables::QuarantineRow;

/// Figures merged into one batch.
const FIGURES_AT_ONCE: usize = 4_096;

/// How a data set is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The formats; every table is written in each.
    pub formats: Vec<Format>,
    /// Whether to cut the tables into folders by month.
    pub by_month: bool,
}

impl Default for Options {
    /// Parquet, not cut.
    fn default() -> Self {
        Self { formats: vec![Format::Parquet], by_month: false }
    }
}

/// A data set being written. Dropped before [`Dataset::finish`], it leaves the folder as it was.
pub struct Dataset {
    tables: Vec<(Table, Writer)>,
    figures: Sorter,
    options: Options,
    run: RunInfo,
    stage: Stage,
}

/// The files of a table.
enum Writer {
    Whole(Box<Folder>),
    Months(Months),
}

impl Writer {
    fn write(&mut self, piece: Piece) -> Result<(), Error> {
        match self {
            Self::Whole(folder) => folder.write(&piece.batch),
            Self::Months(months) => months.write(piece.batch, &piece.months),
        }
    }
}

impl Dataset {
    /// Begins a data set in `dir`, which is made and locked. What stands there is replaced when the new one is
    /// finished, and not before.
    pub fn create(dir: &Path, options: &Options, run: &RunInfo) -> Result<Self, Error> {
        let stage = Stage::open(dir, &run.run_id)?;
        let mut options = options.clone();
        options.formats.sort_unstable();
        options.formats.dedup();
        let mut tables = Vec::new();
        for table in Table::ALL {
            let writer = if options.by_month && table.def().folders != Folders::Whole {
                Writer::Months(Months::new(table, &stage.spill_dir().join(table.name())))
            } else {
                let root = stage.new_dir();
                Writer::Whole(Box::new(Folder::create(&root, table.name(), table, &options.formats, run)?))
            };
            tables.push((table, writer));
        }
        let figures = Sorter::new(&stage.spill_dir().join("figures"), RUN_BYTES);
        Ok(Self { tables, figures, options, run: run.clone(), stage })
    }

    /// Writes the rows of the next articles.
    pub fn write(&mut self, batches: TableBatches) -> Result<(), Error> {
        self.figures.push(&batches.figures)?;
        batches.pieces.into_iter().try_for_each(|piece| self.write_piece(piece))
    }

    /// Writes rows of `quarantine`.
    pub fn quarantine(&mut self, rows: &[QuarantineRow]) -> Result<(), Error> {
        let batch = batch::quarantine_batch(rows, &self.run)?;
        self.write_batch(Table::Quarantine, batch)
    }

    fn write_piece(&mut self, piece: Piece) -> Result<(), Error> {
        match self.tables.iter_mut().find(|(table, _)| *table == piece.table) {
            Some((_, writer)) => writer.write(piece),
            None => Ok(()),
        }
    }

    /// Writes rows of a table that isn't cut by month.
    fn write_batch(&mut self, table: Table, batch: RecordBatch) -> Result<(), Error> {
        self.write_piece(Piece { table, batch, months: Vec::new() })
    }

    /// Merges what goes over articles, writes the rest, and makes the data set visible.
    pub fn finish(mut self) -> Result<Manifest, Error> {
        let spill = self.stage.spill_dir();
        let sorter = std::mem::replace(&mut self.figures, Sorter::new(&spill, RUN_BYTES));
        let mut merged = Figures::new(sorter.finish()?, &spill);
        let mut rows = Vec::with_capacity(FIGURES_AT_ONCE);
        loop {
            let figure = merged.next_figure()?;
            let last = figure.is_none();
            rows.extend(figure);
            if last || rows.len() == FIGURES_AT_ONCE {
                let columns = figures::figures::batch(&rows, &self.run);
                self.write_batch(Table::Figures, batch::record_batch(Table::Figures, &columns)?)?;
                rows.clear();
            }
            if last {
                break;
            }
        }
        let columns = batch::columns_batch(&self.run)?;
        self.write_batch(Table::Columns, columns)?;
        self.publish()
    }

    /// Closes every table, then the extras and the manifest, then the switch.
    fn publish(self) -> Result<Manifest, Error> {
        let Self { tables, options, run, stage, .. } = self;
        let root = stage.new_dir();
        let mut manifest = Manifest::new(&run, options.by_month);
        for (table, writer) in tables {
            let files: Vec<FileEntry> = match writer {
                Writer::Whole(folder) => folder.finish()?,
                Writer::Months(months) => months.finish(&root, &options.formats, &run)?,
            };
            manifest.tables.insert(table.name().to_owned(), TableEntry::of(files));
        }
        let [views, dtypes] = EXTRAS;
        if options.formats.contains(&Format::Parquet) {
            write_durably(&root.join(views), views::views_sql().as_bytes())?;
        }
        if options.formats.contains(&Format::Csv) {
            write_durably(&root.join(dtypes), render::dtypes_json().as_bytes())?;
        }
        manifest.write(&root.join(MANIFEST))?;
        stage.commit()?;
        Ok(manifest)
    }
}
