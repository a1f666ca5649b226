//! The stream of documents cut into chunks of bounded size, each with its place in the input.

use crate::source::{Item, Reader, SourceError};

/// Documents in a chunk at most.
const CHUNK_DOCUMENTS_MAX: usize = 512;

/// A piece of the input, numbered from 0 without gaps.
#[derive(Debug)]
pub(super) struct Chunk {
    pub number: u64,
    pub items: Vec<Item>,
    /// Files that could not be read, met before the end of this chunk.
    pub errors: Vec<SourceError>,
}

/// Cuts a stream into chunks.
pub(super) struct Chunks {
    reader: Reader,
    number: u64,
    bytes_max: usize,
    left: u64,
}

impl Chunks {
    pub fn new(reader: Reader, bytes_max: usize, limit: Option<u64>) -> Self {
        Self { reader, number: 0, bytes_max, left: limit.unwrap_or(u64::MAX) }
    }

    /// The next chunk; `None` at the end of the input or of the limit.
    pub fn next(&mut self) -> Option<Chunk> {
        let mut chunk = Chunk { number: self.number, items: Vec::new(), errors: Vec::new() };
        let mut bytes = 0;
        while bytes < self.bytes_max && chunk.items.len() < CHUNK_DOCUMENTS_MAX && self.left > 0 {
            match self.reader.next_item() {
                None => break,
                Some(Ok(item)) => {
                    bytes += match &item {
                        Item::Record(record) => record.text.len() + 256,
                        Item::Quarantine(_) => 256,
                    };
                    chunk.items.push(item);
                    self.left -= 1;
                }
                Some(Err(error)) => {
                    bytes += 256;
                    chunk.errors.push(error);
                }
            }
        }
        if chunk.items.is_empty() && chunk.errors.is_empty() {
            return None;
        }
        self.number += 1;
        Some(chunk)
    }

    /// What the reader counted.
    pub fn counts(&self) -> crate::source::Counts {
        self.reader.counts()
    }
}
