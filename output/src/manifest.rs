//! The manifest: what a data set holds, written last. A folder without one is not finished.

use crate::error::Error;
use crate::run::RunInfo;
use crate::schema::Table;
use crate::sink::FileEntry;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Its name in the data set.
pub const MANIFEST: &str = "_manifest.json";

/// What a data set holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the schema.
    pub schema_version: String,
    /// Version of the program that wrote it.
    pub tool_version: String,
    /// The run that wrote it.
    pub run_id: String,
    /// Hash of the knowledge the run used.
    pub knowledge: String,
    /// `month` where the tables are cut into folders by month, else `none`.
    pub partition: String,
    /// The tables by name.
    pub tables: BTreeMap<String, TableEntry>,
}

/// What a data set holds of one table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableEntry {
    /// Rows, the same in every format.
    pub rows: u64,
    /// Bytes of all files.
    pub bytes: u64,
    /// The files.
    pub files: Vec<FileEntry>,
}

impl TableEntry {
    /// The entry of some files.
    pub(crate) fn of(files: Vec<FileEntry>) -> Self {
        let first = files.first().map(|f| f.format);
        let rows = files.iter().filter(|f| Some(f.format) == first).map(|f| f.rows).sum();
        Self { rows, bytes: files.iter().map(|f| f.bytes).sum(), files }
    }
}

impl Manifest {
    pub(crate) fn new(run: &RunInfo, by_month: bool) -> Self {
        let RunInfo { run_id, knowledge, tool_version, schema_version } = run.clone();
        let partition = if by_month { "month" } else { "none" }.to_owned();
        Self { schema_version, tool_version, run_id, knowledge, partition, tables: BTreeMap::new() }
    }

    /// Rows of a table.
    pub fn rows(&self, table: Table) -> u64 {
        self.tables.get(table.name()).map_or(0, |t| t.rows)
    }

    /// Bytes of all files.
    pub fn bytes(&self) -> u64 {
        self.tables.values().map(|t| t.bytes).sum()
    }

    /// Reads the manifest of a data set.
    pub fn read(dir: &Path) -> Result<Self, Error> {
        let path = dir.join(MANIFEST);
        let text = match fs::read_to_string(&path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                let message =
                    "there is no finished data set here; run `columnist run` with this output folder";
                return Err(Error::bad(dir, message));
            }
            text => text.map_err(Error::file(&path, "read this file"))?,
        };
        serde_json::from_str(&text).map_err(|e| {
            Error::bad(&path, format!("this is no manifest of Columnist ({e}); run again to write it anew"))
        })
    }

    pub(crate) fn write(&self, path: &Path) -> Result<(), Error> {
        let mut text = serde_json::to_vec_pretty(self)
            .map_err(|e| Error::bad(path, format!("can't print the manifest ({e})")))?;
        text.push(b'\n');
        write_durably(path, &text)
    }
}

/// Writes a small file and waits until it is on the disk.
pub(crate) fn write_durably(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let put = || {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    put().map_err(Error::file(path, "write this file"))
}
