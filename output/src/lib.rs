//! Rows to files.
//!
//! The way of the rows, in reading order:
//!
//! 1. [`schema`]: what every table and column is, said once;
//! 2. [`batch`]: rows become Arrow batches, in the worker threads ([`TableBatches::from_rows`]);
//! 3. [`dataset`]: one thread writes them in the order of the input ([`Dataset`]); [`sink`] makes the files,
//!    [`merge`] the rows that go over articles, through [`spill`];
//! 4. [`commit`]: the finished tables become visible, the [`manifest`] last;
//! 5. [`read`] and [`validate`]: what was written is read back and checked.
//!
//! ```no_run
//! # fn main() -> Result<(), output::Error> {
//! # let (rows, quarantined) = (transforms::tables::Rows::default(), vec![]);
//! use output::{Dataset, Options, RunInfo, TableBatches};
//!
//! let run = RunInfo::new("r_0000000000000001", "knowledge hash", "0.1.0");
//! let mut dataset = Dataset::create("out".as_ref(), &Options::default(), &run)?;
//! dataset.write(TableBatches::from_rows(&rows, &run)?)?; // any number of times, in the order of the input
//! dataset.quarantine(&quarantined)?;
//! let manifest = dataset.finish()?;
//! # Ok(())
//! # }
//! ```

pub mod batch;
mod cell;
pub mod commit;
pub mod dataset;
pub mod days;
pub mod error;
pub mod manifest;
pub mod merge;
mod pack;
pub mod read;
pub mod run;
pub mod schema;
pub mod sink;
pub mod spill;
pub mod validate;

pub use batch::TableBatches;
pub use dataset::{Dataset, Options};
pub use error::Error;
pub use manifest::Manifest;
pub use read::rows_where;
pub use run::RunInfo;
pub use schema::render::{schema_json, schema_md, schema_sql};
pub use schema::{SCHEMA_VERSION, Table};
pub use sink::Format;
pub use validate::{Report, validate};

#[cfg(test)]
pub(crate) mod dataset_tests;
#[cfg(test)]
mod sample;
