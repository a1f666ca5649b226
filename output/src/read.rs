//! Reads a data set back: the Parquet files of a table in order, batch by batch; and rows by a value, for people.

use crate::error::Error;
use crate::schema::{Kind, Table};
use crate::sink::cell;
use arrow::array::{ArrayRef, AsArray, BooleanArray, RecordBatch};
use arrow::datatypes::SchemaRef;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowPredicateFn, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder, RowFilter,
};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// Rows read at a time.
const BATCH_ROWS: usize = 8_192;
/// The same for tables whose rows hold whole texts.
const BATCH_TEXTS: usize = 256;

/// The files of a format under a folder, its folders too, in the order of their rows; none where it isn't there.
pub fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => continue,
            entries => entries.map_err(Error::file(&folder, "list this folder"))?,
        };
        for entry in entries {
            let path = entry.map_err(Error::file(&folder, "list this folder"))?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == ending) {
                found.push(path);
            }
        }
    }
    found.sort_unstable();
    Ok(found)
}

fn open(path: &Path) -> Result<ParquetRecordBatchReaderBuilder<File>, Error> {
    let file = File::open(path).map_err(Error::file(path, "read this file"))?;
    ParquetRecordBatchReaderBuilder::try_new(file).map_err(Error::parquet(path, "read this file"))
}

/// One Parquet file being read.
pub struct Reader {
    path: PathBuf,
    schema: SchemaRef,
    rows: u64,
    reader: ParquetRecordBatchReader,
}

impl Reader {
    /// Opens a file of a table.
    pub fn open(path: &Path, table: Table) -> Result<Self, Error> {
        let builder = open(path)?;
        let (schema, rows) = (builder.schema().clone(), builder.metadata().file_metadata().num_rows());
        let at_once = if table == Table::Articles { BATCH_TEXTS } else { BATCH_ROWS };
        let reader =
            builder.with_batch_size(at_once).build().map_err(Error::parquet(path, "read this file"))?;
        Ok(Self { path: path.to_owned(), schema, rows: rows.max(0) as u64, reader })
    }

    /// Its schema as it stands in the file.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// Its rows, as its footer says.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The next rows, `None` at the end.
    pub fn next_batch(&mut self) -> Result<Option<RecordBatch>, Error> {
        self.reader.next().transpose().map_err(Error::arrow(&self.path, "read this file"))
    }
}

/// A row as text, in the order of its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Column and value; `None` is NULL.
    pub cells: Vec<(&'static str, Option<String>)>,
}

impl Record {
    /// The value of a column; `None` where it is NULL or isn't there.
    pub fn get(&self, column: &str) -> Option<&str> {
        self.cells.iter().find(|(name, _)| *name == column).and_then(|(_, value)| value.as_deref())
    }
}

impl IntoIterator for Record {
    type Item = (&'static str, Option<String>);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.cells.into_iter()
    }
}

/// The rows of a table whose text column has a value, in order. Few rows are meant: they are all kept.
pub fn rows_where(dir: &Path, table: &str, column: &str, value: &str) -> Result<Vec<Record>, Error> {
    let folder = dir.join(table);
    let Some(table) = Table::parse(table) else {
        return Err(Error::bad(&folder, format!("there is no table `{table}`; see docs/schema.md")));
    };
    if table.def().column(column).is_none_or(|c| c.kind != Kind::Varchar) {
        return Err(Error::bad(
            &folder,
            format!("the table has no text column `{column}`; see docs/schema.md"),
        ));
    }
    let mut found = Vec::new();
    for path in files(&folder, "parquet")? {
        let builder = open(&path)?;
        let mask = ProjectionMask::columns(builder.parquet_schema(), [column]);
        let wanted = value.to_owned();
        let filter = ArrowPredicateFn::new(mask, move |batch| {
            let texts = batch.columns().first().and_then(|c| c.as_string_opt::<i32>());
            let hits = texts.map(|c| c.iter().map(|v| Some(v == Some(wanted.as_str()))).collect());
            Ok(hits.unwrap_or_else(|| BooleanArray::new_null(batch.num_rows())))
        });
        let reader = builder.with_row_filter(RowFilter::new(vec![Box::new(filter)])).build();
        for batch in reader.map_err(Error::parquet(&path, "read this file"))? {
            let batch = batch.map_err(Error::arrow(&path, "read this file"))?;
            found.extend((0..batch.num_rows()).map(|row| record(table, &batch, row)));
        }
    }
    Ok(found)
}

/// A row of a batch as text.
pub fn record(table: Table, batch: &RecordBatch, row: usize) -> Record {
    let text = |column: &ArrayRef, kind| {
        let mut out = String::new();
        cell(&mut out, column, kind, row).then_some(out)
    };
    let columns = table.def().columns.iter();
    let cells = columns.map(|c| (c.name, batch.column_by_name(c.name).and_then(|a| text(a, c.kind))));
    Record { cells: cells.collect() }
}
