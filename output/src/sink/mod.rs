//! From batches to the files of a table: cut into slices that don't depend on the batches ([`slicer`]), written in
//! every format ([`parquet`], [`ipc`], [`csv`]) to hashed files ([`file`]), one folder or one a month ([`months`]).

mod csv;
mod file;
mod ipc;
pub mod months;
mod parquet;
mod slicer;

pub use csv::cell;
pub use file::FileEntry;

use crate::error::Error;
use crate::run::RunInfo;
use crate::schema::Table;
use ::arrow::array::RecordBatch;
use file::HashedFile;
use serde::{Deserialize, Serialize};
use slicer::Slicer;
use std::fs;
use std::path::{Path, PathBuf};

/// A part is closed at the end of the row group in which it reaches this size.
const PART_BYTES: u64 = 256 << 20;

/// A file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Apache Parquet, zstd.
    Parquet,
    /// Apache Arrow IPC file (also known as Feather version 2), zstd.
    Arrow,
    /// Comma-separated values as RFC 4180 has them, with a header line; see [`csv`].
    Csv,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Parquet, Self::Arrow, Self::Csv];

    /// The format's name, also the ending of its files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Parquet => "parquet",
            Self::Arrow => "arrow",
            Self::Csv => "csv",
        }
    }

    /// The format of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.name() == name)
    }
}

/// One file being written.
trait Part {
    /// Writes rows.
    fn write(&mut self, batch: &RecordBatch) -> Result<(), Error>;
    /// Ends a row group, for formats that have them.
    fn end_group(&mut self) -> Result<(), Error>;
    /// Bytes written so far.
    fn size(&self) -> u64;
    /// Writes the rest and makes it durable.
    fn finish(self: Box<Self>) -> Result<HashedFile, Error>;
}

/// The parts of one folder in one format.
struct Series {
    table: Table,
    format: Format,
    root: PathBuf,
    folder: String,
    run: RunInfo,
    open: Option<(Box<dyn Part>, u64)>,
    done: Vec<FileEntry>,
}

impl Series {
    fn name(&self) -> String {
        format!("{}/part-{:05}.{}", self.folder, self.done.len(), self.format.name())
    }

    /// The open part, and the rows in it; a new one where there is none.
    fn part(&mut self) -> Result<&mut (Box<dyn Part>, u64), Error> {
        let path = self.root.join(self.name());
        match &mut self.open {
            Some(open) => Ok(open),
            slot => {
                let file = HashedFile::create(&path)?;
                let part: Box<dyn Part> = match self.format {
                    Format::Parquet => Box::new(parquet::ParquetPart::new(file, self.table, &self.run)?),
                    Format::Arrow => Box::new(ipc::IpcPart::new(file, self.table, &self.run)?),
                    Format::Csv => Box::new(csv::CsvPart::new(file, self.table)?),
                };
                Ok(slot.insert((part, 0)))
            }
        }
    }

    fn write(&mut self, batch: &RecordBatch, ends_group: bool) -> Result<(), Error> {
        let (part, rows) = self.part()?;
        part.write(batch)?;
        *rows += batch.num_rows() as u64;
        if ends_group {
            part.end_group()?;
            if part.size() >= PART_BYTES {
                self.close()?;
            }
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), Error> {
        if let Some((part, rows)) = self.open.take() {
            let name = self.name();
            let file = part.finish()?;
            self.done.push(file.finish(name, self.format, rows)?);
        }
        Ok(())
    }

    /// Closes the last part; a folder without rows gets a file without rows, so that every table has its columns.
    fn finish(mut self) -> Result<Vec<FileEntry>, Error> {
        if self.done.is_empty() {
            self.part()?;
        }
        self.close()?;
        Ok(self.done)
    }
}

/// The files of one folder, in every format.
pub struct Folder {
    slicer: Slicer,
    series: Vec<Series>,
}

impl Folder {
    /// Files in `root/folder`, which is made.
    pub fn create(
        root: &Path,
        folder: &str,
        table: Table,
        formats: &[Format],
        run: &RunInfo,
    ) -> Result<Self, Error> {
        let path = root.join(folder);
        fs::create_dir_all(&path).map_err(Error::file(&path, "make this folder"))?;
        let series = formats.iter().map(|format| Series {
            table,
            format: *format,
            root: root.to_owned(),
            folder: folder.to_owned(),
            run: run.clone(),
            open: None,
            done: Vec::new(),
        });
        Ok(Self { slicer: Slicer::new(table), series: series.collect() })
    }

    /// Writes rows; how they are cut into batches leaves no trace.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let Self { slicer, series } = self;
        slicer.push(batch, |slice, ends_group| series.iter_mut().try_for_each(|s| s.write(slice, ends_group)))
    }

    /// Writes the rest.
    pub fn finish(self) -> Result<Vec<FileEntry>, Error> {
        let Self { slicer, mut series } = self;
        slicer.finish(|slice, ends_group| series.iter_mut().try_for_each(|s| s.write(slice, ends_group)))?;
        let mut done = Vec::new();
        for one in series {
            done.extend(one.finish()?);
        }
        Ok(done)
    }
}
