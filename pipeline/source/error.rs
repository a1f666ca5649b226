//! What can go wrong with an input as a whole: where, what, and what to do next.

use std::io;
use transforms::tables::QuarantineRow;

/// The stage that a row of `quarantine` made by this module names.
pub const STAGE: &str = "source";

/// Why an input cannot be read, or not be read on.
///
/// One bad record is not an error but a row of `quarantine`, see [`super::Item`].
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant says what it is in its message, the fields are what it names")]
pub enum SourceError {
    #[error(
        "{path}: no such file or folder; check the path, and quote a glob so that the shell leaves it alone"
    )]
    Missing { path: String },
    #[error("{pattern}: the glob matches no file; check it, `**` stands for any depth of folders")]
    NoMatch { pattern: String },
    #[error("{pattern}: not a glob: {why}; write `[` and `*` of a file name as `[[]` and `[*]`")]
    BadGlob { pattern: String, why: String },
    #[error(
        "{path}: no articles in this folder; it needs files named .txt, .jsonl, .json, .csv, .tsv or .parquet, \
         plain, .gz or .zst"
    )]
    NoArticles { path: String },
    #[error("{uri}: addresses are not read; download it and give the file")]
    Address { uri: String },
    #[error("standard input (`-`) is given twice; give it once")]
    StdinTwice,
    #[error("{path}: cannot be opened: {cause}; check the permissions")]
    Open { path: String, cause: io::Error },
    #[error(
        "{path}: reading stopped at byte {byte}: {cause}; what came before it was read, fetch the file again"
    )]
    Read { path: String, byte: u64, cause: io::Error },
    #[error("{path}: {what} is not read; {advice}")]
    Foreign { path: String, what: &'static str, advice: &'static str },
    #[error(
        "{path}: cannot be kept on disk while it is read: {cause}; make room in the folder for temporary files"
    )]
    Spool { path: String, cause: io::Error },
    #[error("--map {given}: {why}; write it as ROLE=FIELD, where ROLE is one of {roles}")]
    Map { given: String, why: &'static str, roles: String },
}

impl SourceError {
    /// The code in `quarantine.error_code`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } | Self::NoMatch { .. } | Self::NoArticles { .. } => "missing",
            Self::BadGlob { .. } | Self::StdinTwice | Self::Map { .. } => "usage",
            Self::Open { .. } => "cannot_open",
            Self::Read { .. } => "broken_file",
            Self::Foreign { .. } | Self::Address { .. } => "unsupported_container",
            Self::Spool { .. } => "no_room",
        }
    }

    /// Whether the same input may succeed another time, unchanged.
    pub fn retryable(&self) -> bool {
        match self {
            Self::Open { .. } | Self::Spool { .. } => true,
            // A damaged compressed file stays damaged; a disk or a network may come back.
            Self::Read { cause, .. } => {
                !matches!(
                    cause.kind(),
                    io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput
                ) && cause.raw_os_error().is_some()
            }
            _ => false,
        }
    }

    /// The file or pattern it is about, as given.
    pub fn path(&self) -> &str {
        match self {
            Self::Missing { path }
            | Self::NoArticles { path }
            | Self::Open { path, .. }
            | Self::Read { path, .. }
            | Self::Foreign { path, .. }
            | Self::Spool { path, .. } => path,
            Self::NoMatch { pattern } | Self::BadGlob { pattern, .. } => pattern,
            Self::Address { uri } => uri,
            Self::StdinTwice => "-",
            Self::Map { given, .. } => given,
        }
    }

    /// The row of `quarantine` that stands for the unread input, or for the unread rest of it.
    pub fn quarantine(&self) -> QuarantineRow {
        let path = self.path().to_owned();
        let base = super::Place::new(&path).base;
        let byte_start = match self {
            Self::Read { byte, .. } => i64::try_from(*byte).ok(),
            _ => None,
        };
        QuarantineRow {
            doc_id: Some(base),
            source_uri: path,
            byte_start,
            byte_end: None,
            stage: STAGE,
            error_code: self.code(),
            message: self.to_string(),
            retryable: self.retryable(),
        }
    }
}
