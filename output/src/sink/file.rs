//! A file that is hashed while it is written, and is on the disk when it is finished.

use super::Format;
use crate::error::Error;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A finished file, as the manifest lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Its place in the data set, with `/`.
    pub path: String,
    /// Its format.
    pub format: Format,
    /// Rows in it.
    pub rows: u64,
    /// Its size.
    pub bytes: u64,
    /// BLAKE3 of its bytes, in hex.
    pub blake3: String,
}

/// A new file; what is written goes through a buffer and a hash.
pub struct HashedFile {
    path: PathBuf,
    out: BufWriter<File>,
    hash: blake3::Hasher,
    bytes: u64,
}

impl HashedFile {
    /// Makes the file.
    pub fn create(path: &Path) -> Result<Self, Error> {
        let file = File::create(path).map_err(Error::file(path, "make this file"))?;
        let out = BufWriter::with_capacity(1 << 16, file);
        Ok(Self { path: path.to_owned(), out, hash: blake3::Hasher::new(), bytes: 0 })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Bytes written.
    pub fn size(&self) -> u64 {
        self.bytes
    }

    /// Makes the file durable and describes it.
    pub fn finish(self, name: String, format: Format, rows: u64) -> Result<FileEntry, Error> {
        let Self { path, out, hash, bytes } = self;
        let done = out.into_inner().map_err(io::IntoInnerError::into_error).and_then(|f| f.sync_all());
        done.map_err(Error::file(&path, "write this file"))?;
        Ok(FileEntry { path: name, format, rows, bytes, blake3: hash.finalize().to_hex().to_string() })
    }
}

impl Write for HashedFile {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        let written = self.out.write(buf)?;
        self.hash.update(buf.get(..written).unwrap_or(buf));
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
