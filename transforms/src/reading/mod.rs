//! A record becomes articles: several in one file are split, blocks are zoned, title, byline, dateline and date found.

use crate::article::{Article, Record};

/// Something odd that did not stop the reading; counted in the run's summary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Warning {
    /// A date field that could not be understood; the date is unknown.
    DateNotUnderstood,
}

/// What became of a record.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// One or more articles.
    Articles(Vec<Article>),
    /// Nothing to read: passed over, for this reason (`empty`, `language`).
    Skipped(&'static str),
}
#[expect(unused, reason = "filled by the reading stage")]
fn unused(_: Record) {}
