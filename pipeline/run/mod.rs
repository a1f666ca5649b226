//! A run: records to tables, on all cores, in input order and in bounded memory.
//!
//! One thread reads and cuts the stream into chunks of bounded size; rayon workers make batches of rows of each; the
//! calling thread writes them in the order of the input. No more than a fixed number of chunks is on its way at any
//! time, so memory does not depend on the size of the dump.

mod chunks;
mod flow;
mod progress;
mod summary;

pub use flow::{RunError, run};
pub use progress::Progress;
pub use summary::Summary;

use crate::source::{Input, SourceOptions};
use std::path::PathBuf;

/// What a run is told.
#[derive(Debug)]
pub struct RunOptions {
    /// The inputs, resolved.
    pub inputs: Vec<Input>,
    /// How they are read.
    pub source: SourceOptions,
    /// Where the tables go.
    pub output: PathBuf,
    /// In what form.
    pub dataset: output::Options,
    /// Worker threads.
    pub threads: usize,
    /// Bytes of text in a chunk, roughly.
    pub chunk_bytes: usize,
    /// Stop after so many documents.
    pub limit: Option<u64>,
    /// Read and analyse, but write nothing.
    pub dry_run: bool,
    /// Share of the documents that may be quarantined, 0 to 1.
    pub max_bad: f64,
    /// Digest of the data files.
    pub knowledge: String,
    /// What names the run besides the knowledge: inputs and options as given.
    pub identity: Vec<String>,
}
