//! Sources: from the inputs of a command line to a stream of records, in order, in bounded memory.
//!
//! A [`Reader`] goes through files one after another. Each is unpacked ([`kind`]), decoded ([`decode`]) and cut into
//! documents by its kind; a document's fields become a [`Record`] by their names ([`fields`]). Every document ends
//! in exactly one [`Item`]. A file that cannot be read, or not be read on, ends in one [`SourceError`], and the next
//! file follows.
//!
//! In reading order:
//!
//! - [`inputs`] files, folders, globs, standard input;
//! - [`window`], [`kind`], [`decode`] bytes, their packing and encoding;
//! - [`text`], [`jsonl`], [`json`], [`csv`], [`parquet`] the kinds;
//! - [`fields`], [`object`] from fields to a record;
//! - [`error`] what can be wrong with an input.

pub mod csv;
pub mod decode;
pub mod error;
pub mod fields;
pub mod inputs;
pub mod json;
pub mod jsonl;
pub mod kind;
pub mod object;
pub mod parquet;
pub mod text;
pub mod window;

pub use error::SourceError;
pub use fields::FieldMap;
pub use inputs::{FileInput, Files, Input, resolve};
use kind::{Kind, Named};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use transforms::article::Record;
use transforms::tables::QuarantineRow;
use window::Window;

/// What became of one document.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// It was read.
    Record(Record),
    /// It could not be read, and why.
    Quarantine(QuarantineRow),
}

/// How sources are read.
#[derive(Debug, Clone)]
pub struct SourceOptions {
    /// Which fields are what.
    pub map: FieldMap,
    /// Longest text of a document, in bytes of UTF-8; a longer one is quarantined.
    pub record_bytes_max: usize,
    /// Longest line, JSON value or CSV row; a longer one is passed over without being held.
    pub line_bytes_max: usize,
}

impl Default for SourceOptions {
    fn default() -> Self {
        Self { map: FieldMap::default(), record_bytes_max: 8 << 20, line_bytes_max: 16 << 20 }
    }
}

/// What was read so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Files opened or tried.
    pub files: u64,
    /// Files that could not be read, or not to their end: one [`SourceError`] each.
    pub files_unreadable: u64,
    /// Files in folders passed over for their names.
    pub files_passed_over: u64,
    /// Files in another encoding than UTF-8.
    pub files_recoded: u64,
    /// Documents read: one [`Item::Record`] each.
    pub records: u64,
    /// Documents quarantined: one [`Item::Quarantine`] each.
    pub quarantined: u64,
    /// Records in which broken bytes or broken JSON had to be mended. A warning.
    pub records_broken: u64,
}

/// What the readers of all kinds are given.
pub struct Context<'a> {
    /// The limits and the names of fields.
    pub options: &'a SourceOptions,
    /// Where to count.
    pub counts: &'a mut Counts,
}

/// The documents of one file.
pub trait Documents: Send {
    /// The next document; `None` at the end, also at the end that an error makes.
    fn next(&mut self, context: &mut Context<'_>) -> Option<Item>;

    /// The text it reads, to ask for the error that ended it.
    fn text(&mut self) -> Option<&mut decode::Text>;
}

/// The name of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// As given, or found in what was given.
    pub uri: String,
    /// The last part of it.
    pub base: String,
}

impl Place {
    /// The place of a file, `-` being standard input.
    pub fn new(uri: &str) -> Self {
        let base = match Path::new(uri).file_name() {
            _ if uri == "-" => "stdin".to_owned(),
            Some(name) => name.to_string_lossy().into_owned(),
            None => uri.to_owned(),
        };
        Self { uri: uri.to_owned(), base }
    }
}

/// Reads the documents of inputs.
pub struct Reader {
    files: Files,
    options: SourceOptions,
    counts: Counts,
    bytes_read: Arc<AtomicU64>,
    current: Option<(Place, Box<dyn Documents>)>,
    /// Why the stream of [`open_stream`] is not read.
    refused: Option<SourceError>,
}

/// A reader of what [`resolve`] found.
pub fn open(inputs: Vec<Input>, options: SourceOptions) -> Reader {
    Reader {
        files: Files::new(inputs),
        options,
        counts: Counts::default(),
        bytes_read: Arc::default(),
        current: None,
        refused: None,
    }
}

/// A reader of one stream; `uri` names it and tells its kind like a file's name.
pub fn open_stream(uri: &str, stream: Box<dyn Read + Send>, options: SourceOptions) -> Reader {
    let mut reader = open(Vec::new(), options);
    reader.counts.files += 1;
    let place = Place::new(uri);
    match reader.documents(&place, stream) {
        Ok(documents) => reader.current = Some((place, documents)),
        Err(error) => reader.refused = Some(error),
    }
    reader
}

impl Reader {
    /// The next document, in input order; an error is one file that cannot be read (on), and the next call goes on
    /// with the next file.
    pub fn next_item(&mut self) -> Option<Result<Item, SourceError>> {
        if let Some(error) = self.refused.take() {
            return Some(Err(self.count_unreadable(error)));
        }
        loop {
            let Some((place, documents)) = &mut self.current else {
                let file = self.files.next();
                self.counts.files_passed_over = self.files.passed_over();
                self.counts.files += u64::from(file.is_some());
                match self.open_file(file?) {
                    Ok(current) => self.current = Some(current),
                    Err(error) => return Some(Err(self.count_unreadable(error))),
                }
                continue;
            };
            let mut context = Context { options: &self.options, counts: &mut self.counts };
            if let Some(item) = documents.next(&mut context) {
                match item {
                    Item::Record(_) => self.counts.records += 1,
                    Item::Quarantine(_) => self.counts.quarantined += 1,
                }
                return Some(Ok(item));
            }
            let mut end = None;
            if let Some(text) = documents.text() {
                self.counts.records_broken += text.take_broken();
                self.counts.files_recoded += u64::from(text.encoding() != encoding_rs::UTF_8);
                end = text.take_error();
            }
            let error = end.map(|(byte, cause)| SourceError::Read { path: place.uri.clone(), byte, cause });
            self.current = None;
            if let Some(error) = error {
                return Some(Err(self.count_unreadable(error)));
            }
        }
    }

    /// What was read so far.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Bytes read from files as they are on disk, for a progress bar.
    pub fn bytes_read(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.bytes_read)
    }

    fn count_unreadable(&mut self, error: SourceError) -> SourceError {
        self.counts.files_unreadable += 1;
        error
    }

    fn open_file(&self, file: FileInput) -> Result<(Place, Box<dyn Documents>), SourceError> {
        let path = match file {
            FileInput::Stdin => {
                let place = Place::new("-");
                let documents = self.documents(&place, Box::new(std::io::stdin()))?;
                return Ok((place, documents));
            }
            FileInput::Path(path) => path,
        };
        let place = Place::new(&path.to_string_lossy());
        let file = File::open(&path).map_err(|cause| SourceError::Open { path: place.uri.clone(), cause })?;
        let documents = match self.plain_parquet(&path, &file, &place) {
            Some(documents) => documents,
            None => self.documents(&place, Box::new(file))?,
        };
        Ok((place, documents))
    }

    /// A Parquet file that can be read where it is.
    fn plain_parquet(&self, path: &PathBuf, file: &File, place: &Place) -> Option<Box<dyn Documents>> {
        let found = file.metadata().ok()?;
        if !found.is_file() || !parquet::is_parquet(&mut File::open(path).ok()?) {
            return None;
        }
        self.bytes_read.fetch_add(found.len(), Ordering::Relaxed);
        Some(Box::new(parquet::Rows::new(file.try_clone().ok()?, place.clone())))
    }

    /// The documents of a stream, by its name and its content.
    fn documents(
        &self,
        place: &Place,
        stream: Box<dyn Read + Send>,
    ) -> Result<Box<dyn Documents>, SourceError> {
        let counted = Counted { inner: stream, bytes: Arc::clone(&self.bytes_read) };
        let cannot_read = |cause| SourceError::Read { path: place.uri.clone(), byte: 0, cause };
        let mut raw = kind::decompress(Window::new(Box::new(counted))).map_err(cannot_read)?;
        let named = kind::named(Path::new(&place.base));
        let head = raw.fill(kind::HEAD_BYTES);
        if let Some(foreign) = kind::Foreign::of_content(head) {
            return Err(foreign.refuse(&place.uri));
        }
        if let Named::Foreign(foreign) = named {
            return Err(foreign.refuse(&place.uri));
        }
        if head.is_empty() {
            if let Some(cause) = raw.take_error() {
                return Err(cannot_read(cause));
            }
            return Ok(Box::new(Refused::new(place, "empty_file", "the file is empty")));
        }
        if head.starts_with(parquet::MAGIC) {
            return Ok(Box::new(parquet::Rows::spool(raw, place.clone())?));
        }
        if named == Named::Kind(Kind::Parquet) {
            return Ok(Box::new(Refused::new(
                place,
                "bad_parquet",
                "not a Parquet file: it does not begin with PAR1; name it by its kind",
            )));
        }
        let mut text = decode::Text::new(raw);
        let head = text.fill(kind::HEAD_BYTES);
        if head.trim_ascii().is_empty() && head.len() < kind::HEAD_BYTES {
            return Ok(Box::new(Refused::new(
                place,
                "empty_file",
                "the file has nothing but white space in it",
            )));
        }
        if decode::is_binary(head) {
            return Ok(Box::new(Refused::new(
                place,
                "binary",
                "not text: the file has control characters all over; leave it out",
            )));
        }
        let place = place.clone();
        Ok(match kind::of_text(named, head) {
            Kind::Lines => Box::new(jsonl::Lines::new(text, place)),
            Kind::Json => Box::new(json::Values::new(text, place)),
            Kind::Csv => Box::new(csv::Table::new(text, place, None)),
            Kind::Tsv => Box::new(csv::Table::new(text, place, Some(b'\t'))),
            Kind::Text | Kind::Parquet => Box::new(text::WholeText::new(text, place)),
        })
    }
}

impl Iterator for Reader {
    type Item = Result<Item, SourceError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_item()
    }
}

/// Counts the bytes that come through.
struct Counted {
    inner: Box<dyn Read + Send>,
    bytes: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(out)?;
        self.bytes.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// A file that is one row of `quarantine`.
struct Refused {
    row: Option<(Place, &'static str, &'static str)>,
}

impl Refused {
    fn new(place: &Place, error_code: &'static str, message: &'static str) -> Self {
        Self { row: Some((place.clone(), error_code, message)) }
    }
}

impl Documents for Refused {
    fn next(&mut self, context: &mut Context<'_>) -> Option<Item> {
        let (place, error_code, message) = self.row.take()?;
        let at =
            fields::At { place: &place, number: None, line: None, bytes: None, options: context.options };
        Some(at.quarantine(None, error_code, message.to_owned()))
    }

    fn text(&mut self) -> Option<&mut decode::Text> {
        None
    }
}
