//! Knowledge as data: the readable files under `seeds/`, embedded in the program and overlaid by a user's own.
//!
//! This crate knows files, not English: it hands out contents by path. What a file means is read by the stage of
//! `transforms` that uses it, so that a wrong line is an error with file and line, not a silent gap.

mod error;
mod files;
pub mod table;

pub use error::SeedError;
pub use files::Seeds;
