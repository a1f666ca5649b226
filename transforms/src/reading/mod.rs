//! A record becomes articles: several in one file are split, blocks are zoned, title, byline, dateline and date found.
//!
//! In reading order: `clean` (with `mojibake` and `html`) gives lines, `paragraphs` joins them, `language` is the
//! gate, `split` cuts a raw file, `furniture`, `headline`, `byline`, `dates` and `dateline` say what a line is, `inline` what stands
//! inside a paragraph, `zones` puts it
//! together, `assemble` writes text and blocks. What they know stands in `seeds/reading/` (`knowledge`).

mod assemble;
mod byline;
mod clean;
mod dateline;
mod dates;
mod furniture;
mod headline;
mod html;
mod inline;
mod knowledge;
mod language;
mod mojibake;
mod paragraphs;
mod split;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_furniture;
#[cfg(test)]
mod tests_on_data;
mod zones;

use crate::article::{Article, DateSource, Record};
use crate::code::Code;
use crate::reading::knowledge::Knowledge;
use crate::reading::language::Language;
use crate::reading::paragraphs::Para;
use crate::reading::zones::{Hints, Zoned};
use jiff::civil::Date;
use seeds::{SeedError, Seeds};
use std::ops::Range;
use thiserror::Error;

/// Bytes of a record's text up to which it is read as articles.
pub const TEXT_BYTES_MAX: usize = 8 << 20;

/// Something odd that did not stop the reading; counted in the run's summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Warning {
    /// A date field that could not be understood, or that has two readings; it was not used.
    DateNotUnderstood,
}

impl Warning {
    /// The word under which it is counted.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DateNotUnderstood => "date_not_understood",
        }
    }
}

/// Why a record was passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skip {
    /// There is nothing in it.
    Empty,
    /// It is in another language than English: its ISO 639-1 code.
    Language(Code),
    /// There is something in it, but no text: no letters, or boilerplate only.
    NoText,
}

impl Skip {
    /// The word under which it is counted.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Language(_) => "language",
            Self::NoText => "no_text",
        }
    }
}

/// Why a record can't be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReadError {
    /// Longer than an article can be.
    #[error("a text of {bytes} bytes is no article (limit {max}); split the file into articles", max = TEXT_BYTES_MAX)]
    TooLong {
        /// Its length.
        bytes: usize,
    },
}

impl ReadError {
    /// The code in `quarantine.error_code`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "text_too_long",
        }
    }
}

/// What became of a record: articles, or a reason why there are none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// The articles, at least one unless `skipped` or `error` is set.
    pub articles: Vec<Article>,
    /// Passed over, and why.
    pub skipped: Option<Skip>,
    /// Not readable, and why: for the quarantine.
    pub error: Option<ReadError>,
    /// What was odd.
    pub warnings: Vec<Warning>,
}

/// Reads records; compiled once from the data files and shared by all threads.
#[derive(Debug)]
pub struct Reader {
    knowledge: Knowledge,
}

impl Reader {
    /// Compiles `reading/*.tsv` of the data files.
    ///
    /// # Errors
    /// A file that is missing or a line that doesn't say what it should, with file and line.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        Ok(Self { knowledge: Knowledge::new(seeds)? })
    }

    /// Makes articles of a record. Never fails on any text; takes time in proportion to its length.
    pub fn read(&self, record: Record) -> Outcome {
        let skip = |skip| Outcome { skipped: Some(skip), ..Outcome::default() };
        if record.text.len() > TEXT_BYTES_MAX {
            let error = ReadError::TooLong { bytes: record.text.len() };
            return Outcome { error: Some(error), ..Outcome::default() };
        }
        let lines = clean::lines(&self.knowledge, &record.text);
        let paras = paragraphs::paragraphs(&self.knowledge, &lines);
        drop(lines);
        if paras.is_empty() {
            return skip(Skip::Empty);
        }
        if !paras.iter().any(|p| p.text.chars().any(char::is_alphabetic)) {
            return skip(Skip::NoText);
        }
        let lang = match language::language(&self.knowledge, &paras, record.language.as_deref()) {
            Language::Other(code) => return skip(Skip::Language(code)),
            Language::English(code) => Some(code),
            Language::Unknown => None,
        };
        let mut outcome = Outcome::default();
        let metadata = match record.published.as_deref().map(|p| self.knowledge.calendar.field(p)) {
            Some(Ok(date)) => date,
            Some(Err(())) => {
                outcome.warnings.push(Warning::DateNotUnderstood);
                None
            }
            None => None,
        };
        let title = record.title.as_deref().and_then(|t| self.title(t));
        let whole = std::iter::once(0..paras.len()).collect();
        let parts: Vec<Range<usize>> = if record.raw { split::split(&self.knowledge, &paras) } else { whole };
        let several = parts.len() > 1;
        for part in parts {
            let Some(paras) = paras.get(part.clone()) else { continue };
            let hints = Hints {
                title: title.as_deref().filter(|_| part.start == 0),
                publisher: record.publisher.as_deref(),
            };
            let zoned = zones::zone(&self.knowledge, paras, hints);
            if !zoned.pieces.iter().any(|p| p.zone.is_text()) {
                continue;
            }
            let bytes = if several { narrowed(&record, paras) } else { record.bytes };
            let number = u16::try_from(outcome.articles.len() + 1).unwrap_or(u16::MAX);
            let (pub_date, pub_date_source) = published(metadata, &zoned, &record);
            outcome.articles.push(assemble::article(
                &record,
                zoned,
                number,
                bytes,
                lang,
                (pub_date, pub_date_source),
            ));
        }
        if outcome.articles.is_empty() {
            outcome.skipped = Some(Skip::NoText);
        }
        outcome
    }

    /// A title field on one clean line; `None` where it is an address or says nothing.
    fn title(&self, field: &str) -> Option<String> {
        let lines = clean::lines(&self.knowledge, field.get(..field.len().min(2_000)).unwrap_or(field));
        let words: Vec<&str> = lines.iter().map(|l| &*l.text).filter(|t| !t.is_empty()).collect();
        let title = words.join(" ");
        let says = title.chars().any(char::is_alphabetic) && !title.contains("://");
        let null =
            matches!(title.as_str(), "null" | "None" | "nan" | "NaN" | "N/A" | "Untitled" | "untitled");
        (says && !null).then_some(title)
    }
}

/// The day of publication: from the record's fields, the headers, the dateline, the imprint, the file's name.
fn published(metadata: Option<Date>, zoned: &Zoned, record: &Record) -> (Option<Date>, DateSource) {
    let address = record.url.as_deref().and_then(dates::in_name);
    let name = dates::in_name(&record.doc_id);
    let near = [zoned.header, address, zoned.imprint, name].into_iter().flatten().next();
    let dateline = zoned.dateline.as_ref().and_then(|(_, d)| d.date.as_ref());
    let dateline = dateline.and_then(|d| d.date(near.map(Date::year)));
    let candidates = [
        (metadata, DateSource::Metadata),
        (zoned.header, DateSource::Header),
        (dateline, DateSource::Dateline),
        (address, DateSource::Metadata),
        (zoned.imprint, DateSource::Body),
        (name, DateSource::Filename),
    ];
    candidates
        .into_iter()
        .find_map(|(date, source)| date.map(|d| (Some(d), source)))
        .unwrap_or((None, DateSource::None))
}

/// The bytes of the file that some paragraphs were made of. Positions in the text are turned into positions in the
/// file by the encoding that explains the record's length: UTF-8, one byte a character, or UTF-16; where none does,
/// the whole record's range is given.
fn narrowed(record: &Record, paras: &[Para]) -> Option<(u64, u64)> {
    let (from, to) = record.bytes?;
    let (start, end) = (paras.first()?.raw.start, paras.last()?.raw.end);
    let (before, inside) = (record.text.get(..start)?, record.text.get(start..end)?);
    let length = to.saturating_sub(from);
    let measures: [fn(&str) -> usize; 3] =
        [str::len, |t| t.chars().count(), |t| 2 * t.encode_utf16().count()];
    for measure in measures {
        let all = measure(&record.text) as u64;
        // A byte order mark that the decoder took away.
        if let Some(mark) = length.checked_sub(all).filter(|m| *m <= 3) {
            let start = from + mark + measure(before) as u64;
            return Some((start, start + measure(inside) as u64));
        }
    }
    Some((from, to))
}
