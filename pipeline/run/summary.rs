//! What a run did: counts that add up, and nothing that depends on the clock until the end.

use serde::Serialize;
use std::collections::BTreeMap;
use transforms::tables::Rows;

/// File errors kept word for word; the others are only counted.
const MESSAGES_MAX: usize = 20;

/// A run's counts. `documents = documents_read + quarantined + the sum of skipped`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Summary {
    /// The run's id.
    pub run_id: String,
    /// Files opened or tried.
    pub files: u64,
    /// Files that could not be read (to their end).
    pub files_unreadable: u64,
    /// Files in another encoding than UTF-8.
    pub files_recoded: u64,
    /// Documents met; a file that can't be read counts as one.
    pub documents: u64,
    /// Documents that gave articles.
    pub documents_read: u64,
    /// Documents in `quarantine`.
    pub quarantined: u64,
    /// Documents passed over, by reason.
    pub skipped: BTreeMap<String, u64>,
    /// What was odd but did not stop anything, by kind.
    pub warnings: BTreeMap<String, u64>,
    /// Articles.
    pub articles: u64,
    /// Words and marks.
    pub words: u64,
    /// Bytes of the articles' texts.
    pub characters: u64,
    /// Rows by table, as written.
    pub tables: BTreeMap<String, u64>,
    /// Bytes of all files written.
    pub bytes_written: u64,
    /// Wall-clock seconds.
    pub seconds: f64,
    /// Words a second.
    pub words_per_second: f64,
    /// The first file errors.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<String>,
}

impl Summary {
    /// Adds another part of the run.
    pub fn add(&mut self, other: &Self) {
        self.documents += other.documents;
        self.documents_read += other.documents_read;
        self.quarantined += other.quarantined;
        self.articles += other.articles;
        self.words += other.words;
        self.characters += other.characters;
        for (key, n) in &other.skipped {
            *self.skipped.entry(key.clone()).or_default() += n;
        }
        for (key, n) in &other.warnings {
            *self.warnings.entry(key.clone()).or_default() += n;
        }
        let room = MESSAGES_MAX.saturating_sub(self.messages.len());
        self.messages.extend(other.messages.iter().take(room).cloned());
    }

    /// Counts a document that was passed over.
    pub fn skip(&mut self, reason: &str) {
        *self.skipped.entry(reason.to_owned()).or_default() += 1;
    }

    /// Counts something odd.
    pub fn warn(&mut self, kind: &str, times: u64) {
        if times > 0 {
            *self.warnings.entry(kind.to_owned()).or_default() += times;
        }
    }

    /// Counts the articles of a chunk.
    pub fn count(&mut self, rows: &Rows) {
        self.articles += rows.articles.len() as u64;
    }

    /// Share of the documents that were quarantined.
    pub fn bad(&self) -> f64 {
        if self.documents == 0 { 0.0 } else { self.quarantined as f64 / self.documents as f64 }
    }

    /// Whether every document ended in exactly one place.
    pub fn adds_up(&self) -> bool {
        self.documents == self.documents_read + self.quarantined + self.skipped.values().sum::<u64>()
    }
}
