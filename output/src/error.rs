//! What can go wrong here: where, why, and what to do next.

use crate::schema::Table;
use arrow::error::ArrowError;
use parquet::errors::ParquetError;
use std::io;
use std::path::{Path, PathBuf};

/// An error of this crate.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(#[from] Inner);

#[derive(Debug, thiserror::Error)]
enum Inner {
    #[error("{}: can't {action}{}", .path.display(), advice(.source))]
    File { path: PathBuf, action: &'static str, source: io::Error },
    #[error("{}: another run is writing here; wait for it, or choose another output folder", .0.display())]
    Locked(PathBuf),
    #[error(
        "{}: this is not Columnist's and would be replaced; choose another output folder or move it away",
        .0.display()
    )]
    Foreign(PathBuf),
    #[error("{}: can't {action}; the file may be damaged, run again to write it anew", .path.display())]
    Format { path: PathBuf, action: &'static str, source: Box<dyn std::error::Error + Send + Sync> },
    #[error("rows of table {table} don't fit its schema; this is a bug, please report it")]
    Rows { table: Table, source: ArrowError },
    #[error("{}: {message}", .path.display())]
    Bad { path: PathBuf, message: String },
}

/// What to do about an input/output error, after a colon-less start of the sentence.
fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "; the disk is full: free some space or choose another output folder, then run again"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "; change its permissions or choose another output folder"
        }
        io::ErrorKind::NotFound => "; check that it exists",
        _ => "",
    }
}

impl Error {
    /// Whether another run holds the folder.
    pub fn is_locked(&self) -> bool {
        matches!(self.0, Inner::Locked(_))
    }

    /// Whether it was the caller's choice of folder that was refused.
    pub fn is_usage(&self) -> bool {
        matches!(self.0, Inner::Foreign(_))
    }

    pub(crate) fn file(path: &Path, action: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Inner::File { path: path.to_owned(), action, source }.into()
    }

    pub(crate) fn locked(path: &Path) -> Self {
        Inner::Locked(path.to_owned()).into()
    }

    pub(crate) fn foreign(path: &Path) -> Self {
        Inner::Foreign(path.to_owned()).into()
    }

    pub(crate) fn rows(table: Table, source: ArrowError) -> Self {
        Inner::Rows { table, source }.into()
    }

    pub(crate) fn bad(path: &Path, message: impl Into<String>) -> Self {
        Inner::Bad { path: path.to_owned(), message: message.into() }.into()
    }

    /// An error of an encoder or decoder; an input/output error inside it keeps its own advice.
    pub(crate) fn parquet(path: &Path, action: &'static str) -> impl FnOnce(ParquetError) -> Self {
        move |source| match source {
            ParquetError::External(inner) => Self::boxed(path, action, inner),
            other => Self::boxed(path, action, Box::new(other)),
        }
    }

    /// See [`Self::parquet`].
    pub(crate) fn arrow(path: &Path, action: &'static str) -> impl FnOnce(ArrowError) -> Self {
        move |source| match source {
            ArrowError::IoError(_, source) => Inner::File { path: path.to_owned(), action, source }.into(),
            ArrowError::ExternalError(inner) => Self::boxed(path, action, inner),
            other => Self::boxed(path, action, Box::new(other)),
        }
    }

    fn boxed(path: &Path, action: &'static str, source: Box<dyn std::error::Error + Send + Sync>) -> Self {
        let path = path.to_owned();
        match source.downcast::<io::Error>() {
            Ok(source) => Inner::File { path, action, source: *source }.into(),
            Err(source) => Inner::Format { path, action, source }.into(),
        }
    }
}
