//! An analyst's own dictionary: PETRARCH's files become an overlay for `--seeds`, and what is wrong in any of them is
//! found.
//!
//! [`petrarch`] reads actor, agent and discard files, [`codes`] knows what the letters of a code mean, [`write`] makes
//! the overlay, [`overlay`] reads one back, [`lint`] compares entries.

mod codes;
mod lint;
mod overlay;
mod petrarch;
mod write;

pub use lint::lint;
pub use write::{Imported, import};

use jiff::civil::Date;
use std::fmt;
use std::path::{Path, PathBuf};

/// Bytes of one dictionary file at most.
const FILE_BYTES_MAX: u64 = 256 << 20;

/// Something wrong in a dictionary, with where it stands and what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file as it was named.
    pub file: PathBuf,
    /// 1-based line.
    pub line: usize,
    /// What is wrong and what to do.
    pub what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file.display(), self.line, self.what)
    }
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Kind {
    Actor,
    Agent,
    /// No events of the sentence, or (`true`) of the article.
    Discard(bool),
}

/// A code and when it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Dated {
    code: String,
    from: Option<Date>,
    to: Option<Date>,
    line: usize,
}

impl Dated {
    fn always(&self) -> bool {
        self.from.is_none() && self.to.is_none()
    }

    /// Whether two times share more than the day on which one ends and the other begins.
    fn overlaps(&self, other: &Self) -> bool {
        let before = |a: &Self, b: &Self| matches!((a.to, b.from), (Some(to), Some(from)) if to <= from);
        !before(self, other) && !before(other, self)
    }
}

/// A phrase as it goes into the program, and its line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Phrase {
    text: String,
    line: usize,
}

/// An entry of a dictionary: phrases for one actor or agent, with its codes over time.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    kind: Kind,
    phrases: Vec<Phrase>,
    codes: Vec<Dated>,
}

/// What a file holds.
#[derive(Debug, Default)]
struct Contents {
    entries: Vec<Entry>,
    findings: Vec<(usize, String)>,
}

/// The text of a dictionary file; what is no UTF-8 is read as Windows-1252, in which the old ones are written.
fn text(path: &Path) -> anyhow::Result<String> {
    use anyhow::{Context, bail};
    let length = std::fs::metadata(path).with_context(|| format!("{}: can't be read", path.display()))?.len();
    if length > FILE_BYTES_MAX {
        bail!("{}: {length} bytes; a dictionary file has at most {FILE_BYTES_MAX}", path.display());
    }
    let bytes = std::fs::read(path).with_context(|| format!("{}: can't be read", path.display()))?;
    Ok(match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => encoding_rs::WINDOWS_1252.decode(error.as_bytes()).0.into_owned(),
    })
}

#[cfg(test)]
mod tests;
