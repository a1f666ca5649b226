//! Text to rows: from a record of a dump to the rows of every table.
//!
//! Everything here is pure: no files, threads, clocks or environment; the same record and the same knowledge give
//! the same rows on every machine. In reading order:
//!
//! - [`article`] what goes in: records and articles;
//! - [`reading`] a record becomes articles: split, zoned, dated;
//! - [`language`] text becomes sentences and words;
//! - [`names`] words become names: people, places, organisations, dates, amounts;
//! - [`document`], [`grammar`], [`span`] the analysed article;
//! - [`quantities`] numbers with their units and what they count;
//! - [`quotes`] who says what;
//! - [`sentiment`] the tone of sentences and articles, and the attitude towards those they name;
//! - [`tables`], [`code`] what comes out: rows, codes and ids.

pub mod analyze;
pub mod article;
pub mod code;
pub mod dates;
pub mod document;
pub mod events;
pub mod figures;
pub mod grammar;
pub mod knowledge;
pub mod language;
pub mod names;
pub mod network;
pub mod places;
pub mod quantities;
pub mod quotes;
pub mod reading;
pub mod recase;
pub mod sentiment;
pub mod span;
pub mod syntax;
pub mod tables;
mod write;

#[cfg(test)]
mod testing;
