//! What can be wrong with a data file: always with the file, the line and what to do.

use thiserror::Error;

/// An error in a data file.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum SeedError {
    /// A file that a stage needs is not there.
    #[error(
        "seeds/{file}: no such data file; it is needed by the program, put it back or drop it from the overlay"
    )]
    Missing {
        /// Path below `seeds/`.
        file: String,
    },
    /// A file is not UTF-8 text.
    #[error("seeds/{file}: not UTF-8 at byte {at}; save the file as UTF-8")]
    NotText {
        /// Path below `seeds/`.
        file: String,
        /// First bad byte.
        at: usize,
    },
    /// A line doesn't say what it should.
    #[error("seeds/{file}:{line}: {what}")]
    Line {
        /// Path below `seeds/`.
        file: String,
        /// 1-based line.
        line: usize,
        /// What is wrong and what is expected.
        what: String,
    },
}

impl SeedError {
    /// An error at a 1-based line of a file.
    pub fn line(file: &str, line: usize, what: impl Into<String>) -> Self {
        Self::Line { file: file.to_owned(), line, what: what.into() }
    }
}
