//! The pipeline: files in, threads, tables out, and the command line on top.
//!
//! ```text
//! source ──▶ chunks ──▶ rayon workers (read, analyze, batch) ──▶ ordered sink ──▶ data set
//! ```
//!
//! In reading order: [`source`] inputs to records; [`run`] the flow and its summary; [`knowledge`] data files with a
//! user's overlay; [`dict`] dictionaries of one's own; [`annotate`], [`explain`] looks at one text; [`cli`] the
//! commands.

pub mod annotate;
pub mod cli;
pub mod dict;
pub mod explain;
pub mod knowledge;
pub mod run;
pub mod source;
