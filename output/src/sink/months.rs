//! A table cut into folders by month. Rows come in the order of the input, months mixed; each month's rows are kept in
//! a file of their own until the end, so that one folder at a time is written, with full row groups, however many
//! months there are.

use super::{FileEntry, Folder, Format};
use crate::days::month_text;
use crate::error::Error;
use crate::run::RunInfo;
use crate::schema::Table;
use crate::sink::slicer::joined;
use arrow::array::{RecordBatch, UInt32Array};
use arrow::compute::take_record_batch;
use arrow::ipc::reader::StreamReader;
use arrow::ipc::writer::{IpcWriteOptions, StreamWriter};
use arrow::ipc::{CompressionType, MetadataVersion};
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Rows kept in memory before they go to the files of their months.
const KEEP_ROWS: usize = 32_768;
/// Bytes of batches kept in memory.
const KEEP_BYTES: usize = 8 << 20;

/// The rows of a table by month.
pub struct Months {
    table: Table,
    spool: PathBuf,
    pending: Vec<RecordBatch>,
    months: Vec<i32>,
    bytes: usize,
    files: BTreeMap<i32, PathBuf>,
}

impl Months {
    /// Rows of a table, kept in the folder `spool`.
    pub fn new(table: Table, spool: &Path) -> Self {
        let (pending, months, files) = (Vec::new(), Vec::new(), BTreeMap::new());
        Self { table, spool: spool.to_owned(), pending, months, bytes: 0, files }
    }

    /// Takes rows and the month of each.
    pub fn write(&mut self, batch: RecordBatch, months: &[i32]) -> Result<(), Error> {
        self.bytes += batch.get_array_memory_size();
        self.pending.push(batch);
        self.months.extend_from_slice(months);
        if self.months.len() >= KEEP_ROWS || self.bytes >= KEEP_BYTES { self.spill() } else { Ok(()) }
    }

    /// Appends the rows in memory to the files of their months.
    fn spill(&mut self) -> Result<(), Error> {
        let mut by_month: BTreeMap<i32, Vec<u32>> = BTreeMap::new();
        for (row, month) in self.months.iter().enumerate() {
            by_month.entry(*month).or_default().push(row as u32);
        }
        let rows = joined(self.table, &self.pending, self.months.len())?;
        fs::create_dir_all(&self.spool).map_err(Error::file(&self.spool, "make this folder"))?;
        for (month, indices) in by_month {
            let batch = take_record_batch(&rows, &UInt32Array::from(indices));
            let batch = batch.map_err(|e| Error::rows(self.table, e))?;
            let spool = &self.spool;
            let path = self.files.entry(month).or_insert_with(|| spool.join(format!("{month}.arrows")));
            append(path, &batch)?;
        }
        self.pending.clear();
        self.months.clear();
        self.bytes = 0;
        Ok(())
    }

    /// Writes one folder for each month under `root`.
    pub fn finish(mut self, root: &Path, formats: &[Format], run: &RunInfo) -> Result<Vec<FileEntry>, Error> {
        if !self.months.is_empty() {
            self.spill()?;
        }
        let key = self.table.def().folders.key().unwrap_or("month");
        let folder = |month| {
            let name = format!("{}/{key}={}", self.table.name(), month_text(month));
            Folder::create(root, &name, self.table, formats, run)
        };
        if self.files.is_empty() {
            return folder(crate::days::NO_MONTH)?.finish();
        }
        let mut done = Vec::new();
        for (month, path) in &self.files {
            let mut folder = folder(*month)?;
            read(path, &mut folder)?;
            done.extend(folder.finish()?);
            fs::remove_file(path).map_err(Error::file(path, "remove this file"))?;
        }
        Ok(done)
    }
}

/// Appends a batch to a file as an Arrow stream of its own.
fn append(path: &Path, batch: &RecordBatch) -> Result<(), Error> {
    let file = OpenOptions::new().create(true).append(true).open(path);
    let out = BufWriter::new(file.map_err(Error::file(path, "write this file"))?);
    let put = || {
        let options = IpcWriteOptions::try_new(64, false, MetadataVersion::V5)?
            .try_with_compression(Some(CompressionType::LZ4_FRAME))?;
        let mut stream = StreamWriter::try_new_with_options(out, &batch.schema(), options)?;
        stream.write(batch)?;
        stream.finish()?;
        Ok(stream.into_inner()?.flush()?)
    };
    put().map_err(Error::arrow(path, "write this file"))
}

/// Reads the streams of a file into a folder.
fn read(path: &Path, folder: &mut Folder) -> Result<(), Error> {
    let file = File::open(path).map_err(Error::file(path, "read back this file"))?;
    let mut input = BufReader::with_capacity(1 << 16, file);
    while !input.fill_buf().map_err(Error::file(path, "read back this file"))?.is_empty() {
        let stream = StreamReader::try_new(&mut input, None);
        for batch in stream.map_err(Error::arrow(path, "read back this file"))? {
            folder.write(&batch.map_err(Error::arrow(path, "read back this file"))?)?;
        }
    }
    Ok(())
}
