//! Dates in a text, resolved against the day of publication: "on Saturday", "last month", "in Dec. 2024",
//! "July last year", "13 April 2023", each with its precision and what kind of words gave it.
//!
//! Nothing is guessed: without a day of publication a relative date is no date.

mod words;

use crate::document::Document;
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// How exactly a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// The day.
    Day,
    /// The week.
    Week,
    /// The month.
    Month,
    /// The year.
    Year,
}

impl Precision {
    /// The contract's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// A date found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// First token.
    pub first: u32,
    /// Token after the last.
    pub end: u32,
    /// The day; the first of the month or year where only that is known.
    pub date: Date,
    /// How exactly.
    pub precision: Precision,
    /// `explicit`, `weekday` or `relative`.
    pub source: &'static str,
}

/// Finds the dates of a range of tokens, in text order.
pub fn find(doc: Document<'_>, range: std::ops::Range<u32>, published: Option<Date>, out: &mut Vec<Found>) {
    out.clear();
    let mut at = range.start;
    while at < range.end {
        let next = match date_at(doc, at, range.end, published) {
            Some(found) => {
                let end = found.end;
                out.push(found);
                end
            }
            None => at + 1,
        };
        at = next.max(at + 1);
    }
}

fn date_at(doc: Document<'_>, at: u32, end: u32, published: Option<Date>) -> Option<Found> {
    let word = |i: u32| if i < end { doc.token(i).map_or("", |t| doc.word(t)) } else { "" };
    let first = word(at);
    let found = |stop: u32, date: Date, precision, source| {
        Some(Found { first: at, end: stop, date, precision, source })
    };

    // "2025-02-01"
    if let Some(date) = iso(first) {
        return found(at + 1, date, Precision::Day, "explicit");
    }
    // "13 April 2023", "13 April"
    if let (Some(day), Some(month)) = (number(first, 31), words::month(word(at + 1))) {
        let (year, stop) = year_after(&word, at + 2);
        if let Some(date) = year.and_then(|y| Date::new(y, month, day as i8).ok()) {
            return found(stop, date, Precision::Day, "explicit");
        }
        if let Some(date) = nearest(published, month, day as i8) {
            return found(at + 2, date, Precision::Day, "explicit");
        }
        return None;
    }
    if let Some(month) = words::month(first) {
        // "April 13, 2023", "April 13"
        if let Some(day) = number(word(at + 1), 31) {
            let (year, stop) = year_after(&word, at + 2);
            if let Some(date) = year.and_then(|y| Date::new(y, month, day as i8).ok()) {
                return found(stop, date, Precision::Day, "explicit");
            }
            let date = nearest(published, month, day as i8)?;
            return found(at + 2, date, Precision::Day, "explicit");
        }
        // "Dec. 2024", "July last year", "February"
        let (year, stop) = year_after(&word, at + 1);
        if let Some(year) = year {
            return found(stop, Date::new(year, month, 1).ok()?, Precision::Month, "explicit");
        }
        let published = published?;
        match (word(at + 1), word(at + 2)) {
            ("last", "year") => {
                return found(
                    at + 3,
                    Date::new(published.year() - 1, month, 1).ok()?,
                    Precision::Month,
                    "relative",
                );
            }
            ("this", "year") => {
                return found(
                    at + 3,
                    Date::new(published.year(), month, 1).ok()?,
                    Precision::Month,
                    "relative",
                );
            }
            ("next", "year") => {
                return found(
                    at + 3,
                    Date::new(published.year() + 1, month, 1).ok()?,
                    Precision::Month,
                    "relative",
                );
            }
            _ => {}
        }
        if first.eq_ignore_ascii_case("may") && !words::dated_before(word(at.wrapping_sub(1))) {
            return None;
        }
        if first.eq_ignore_ascii_case("march") && !words::dated_before(word(at.wrapping_sub(1))) {
            return None;
        }
        let next_named = at.checked_sub(1).map_or("", word) == "next";
        let year = match (month > published.month(), next_named) {
            (_, true) if month <= published.month() => published.year() + 1,
            (true, false) => published.year() - 1,
            _ => published.year(),
        };
        return found(at + 1, Date::new(year, month, 1).ok()?, Precision::Month, "relative");
    }
    if let Some(weekday) = words::weekday(first) {
        let published = published?;
        let before = at.checked_sub(1).map_or("", |i| doc.token(i).map_or("", |t| doc.word(t)));
        let date = match before {
            "next" | "coming" => on_or_after(published.checked_add(1.day()).ok()?, weekday)?,
            "last" => on_or_before(published.checked_sub(1.day()).ok()?, weekday)?,
            _ => on_or_before(published, weekday)?,
        };
        return found(at + 1, date, Precision::Day, "weekday");
    }
    // The year of an occasion: "the 2010 summit", "Japan's 2011 earthquake".
    if let Some(year) = year(first) {
        let before = at.checked_sub(1).map_or("", |i| doc.token(i).map_or("", |t| doc.word(t)));
        let noun = doc.token(at + 1).is_some_and(|t| at + 1 < end && t.upos == crate::grammar::Upos::Noun);
        if noun && matches!(before, "the" | "The" | "'s" | "’s" | "their" | "its" | "his" | "her") {
            return found(at + 1, Date::new(year, 1, 1).ok()?, Precision::Year, "explicit");
        }
    }
    // A bare year: "in 2014".
    if let Some(year) = year(first).filter(|_| {
        words::dated_before(at.checked_sub(1).map_or("", |i| doc.token(i).map_or("", |t| doc.word(t))))
    }) {
        return found(at + 1, Date::new(year, 1, 1).ok()?, Precision::Year, "explicit");
    }
    let published = published?;
    let lower = first.to_ascii_lowercase();
    match lower.as_str() {
        "today" | "tonight" => found(at + 1, published, Precision::Day, "relative"),
        "yesterday" => found(at + 1, published.checked_sub(1.day()).ok()?, Precision::Day, "relative"),
        "tomorrow" => found(at + 1, published.checked_add(1.day()).ok()?, Precision::Day, "relative"),
        "last" | "past" | "previous" | "next" | "this" | "earlier" | "later" => {
            let mut unit = at + 1;
            if matches!(lower.as_str(), "earlier" | "later") && word(unit) == "this" {
                unit += 1;
            } else if matches!(lower.as_str(), "earlier" | "later") {
                return None;
            }
            let sign = match lower.as_str() {
                "last" | "past" | "previous" => -1,
                "next" => 1,
                _ => 0,
            };
            let (date, precision) = shifted(published, word(unit), sign)?;
            found(unit + 1, date, precision, "relative")
        }
        "a" | "an" | "one" | "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine"
        | "ten" => ago(&word, at, words::small(&lower)?, published),
        _ => ago(&word, at, i64::from(number(first, 400)?), published),
    }
    .filter(|f| f.end <= end)
}

/// "three days ago", "a year earlier".
fn ago<'w>(word: &impl Fn(u32) -> &'w str, at: u32, count: i64, published: Date) -> Option<Found> {
    if !matches!(word(at + 2), "ago") {
        return None;
    }
    let (date, precision) = match word(at + 1) {
        "day" | "days" => (published.checked_sub(count.days()).ok()?, Precision::Day),
        "week" | "weeks" => (published.checked_sub(count.weeks()).ok()?, Precision::Week),
        "month" | "months" => {
            (published.checked_sub(count.months()).ok()?.first_of_month(), Precision::Month)
        }
        "year" | "years" => (published.checked_sub(count.years()).ok()?.first_of_year(), Precision::Year),
        _ => return None,
    };
    Some(Found { first: at, end: at + 3, date, precision, source: "relative" })
}

fn shifted(published: Date, unit: &str, sign: i64) -> Option<(Date, Precision)> {
    Some(match unit {
        "week" => (published.checked_add((sign * 7).days()).ok()?, Precision::Week),
        "month" => (published.checked_add(sign.months()).ok()?.first_of_month(), Precision::Month),
        "year" => (published.checked_add(sign.years()).ok()?.first_of_year(), Precision::Year),
        "night" | "evening" if sign < 0 => (published.checked_sub(1.day()).ok()?, Precision::Day),
        "morning" | "afternoon" | "evening" if sign == 0 => (published, Precision::Day),
        _ => {
            if let Some(weekday) = words::weekday(unit) {
                let date = match sign {
                    1 => on_or_after(published.checked_add(1.day()).ok()?, weekday)?,
                    -1 => on_or_before(published.checked_sub(1.day()).ok()?, weekday)?,
                    _ => on_or_before(published, weekday)?,
                };
                (date, Precision::Day)
            } else {
                let month = words::month(unit)?;
                let year = match sign {
                    -1 if month >= published.month() => published.year() - 1,
                    1 if month <= published.month() => published.year() + 1,
                    _ => published.year(),
                };
                (Date::new(year, month, 1).ok()?, Precision::Month)
            }
        }
    })
}

fn on_or_before(date: Date, weekday: Weekday) -> Option<Date> {
    let back = i64::from(date.weekday().since(weekday));
    date.checked_sub(back.days()).ok()
}

fn on_or_after(date: Date, weekday: Weekday) -> Option<Date> {
    let ahead = i64::from(date.weekday().until(weekday));
    date.checked_add(ahead.days()).ok()
}

/// A day and month without a year: the one nearest to the day of publication, the past one where both are far.
fn nearest(published: Option<Date>, month: i8, day: i8) -> Option<Date> {
    let published = published?;
    let this = Date::new(published.year(), month, day).ok()?;
    let days = (this - published).get_days();
    if days > 120 {
        return Date::new(published.year() - 1, month, day).ok();
    }
    if days < -300 {
        return Date::new(published.year() + 1, month, day).ok();
    }
    Some(this)
}

fn year_after<'w>(word: &impl Fn(u32) -> &'w str, at: u32) -> (Option<i16>, u32) {
    let skip = u32::from(matches!(word(at), "," | "of"));
    match year(word(at + skip)) {
        Some(year) => (Some(year), at + skip + 1),
        None => (None, at),
    }
}

fn year(word: &str) -> Option<i16> {
    let year: i16 = (word.len() == 4).then(|| word.parse().ok()).flatten()?;
    (1900..2100).contains(&year).then_some(year)
}

/// A number up to a limit, ordinals too ("13th").
fn number(word: &str, limit: u32) -> Option<u32> {
    let digits = word.trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']);
    let number: u32 = (!digits.is_empty() && digits.len() <= 4).then(|| digits.parse().ok()).flatten()?;
    (1..=limit).contains(&number).then_some(number)
}

fn iso(word: &str) -> Option<Date> {
    (word.len() == 10 && word.as_bytes().get(4) == Some(&b'-')).then(|| word.parse().ok()).flatten()
}
