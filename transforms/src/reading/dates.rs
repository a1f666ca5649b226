//! Printed dates: of a field, alone in a header line, at the head of a dateline, in an id or address.
//!
//! A date is taken only where one reading is possible: `03/04/2024` is none.

use crate::reading::knowledge::fold;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rustc_hash::{FxHashMap, FxHashSet};
use seeds::table::Table;
use seeds::{SeedError, Seeds};
use std::ops::Range;

/// Years a publication date may have.
const YEARS: Range<i64> = 1800..2101;
/// Bytes of a line in which dates are sought.
const LINE_BYTES_MAX: usize = 400;

/// Words of dates.
#[derive(Debug)]
pub(crate) struct Calendar {
    months: FxHashMap<String, i8>,
    weekdays: FxHashSet<String>,
    clock: FxHashSet<String>,
    null: FxHashSet<String>,
}

/// A day as printed; the year may have to be guessed from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Printed {
    /// Where it stands in the text it was sought in.
    pub(crate) range: Range<usize>,
    year: Option<i64>,
    month: i8,
    day: i64,
}

impl Printed {
    /// The day, in `year` where none is printed.
    pub(crate) fn date(&self, year: Option<i16>) -> Option<Date> {
        let year = self.year.or(year.map(i64::from))?;
        civil(year, i64::from(self.month), self.day)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind<'a> {
    Number { value: i64, digits: usize },
    Word(&'a str),
    Mark(char),
}

#[derive(Debug, Clone, Copy)]
struct Token<'a> {
    start: usize,
    end: usize,
    kind: Kind<'a>,
}

impl Calendar {
    pub(crate) fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let file = "reading/dates.tsv";
        let table = Table::parse(file, seeds.text(file)?)?;
        let (kind, number, word) = (table.column("kind")?, table.column("number")?, table.column("word")?);
        let mut months = FxHashMap::default();
        let (mut weekdays, mut clock) = (FxHashSet::default(), FxHashSet::default());
        for row in table.rows() {
            let name = row.cell(word).to_owned();
            match row.cell(kind) {
                "month" => {
                    let n = row.cell(number).parse().ok().filter(|n| (1..=12).contains(n));
                    months.insert(name, n.ok_or_else(|| row.error("a month's number is 1 to 12"))?);
                }
                "weekday" => {
                    weekdays.insert(name);
                }
                "clock" => {
                    clock.insert(name);
                }
                _ => return Err(row.error("unknown kind; one of month, weekday, clock")),
            }
        }
        let file = "reading/words.tsv";
        let table = Table::parse(file, seeds.text(file)?)?;
        let (word, usage) = (table.column("word")?, table.column("use")?);
        let null =
            table.rows().filter(|r| r.cell(usage) == "null").map(|r| r.cell(word).to_owned()).collect();
        Ok(Self { months, weekdays, clock, null })
    }

    /// The day of a date field: `Ok(None)` where the field says nothing, `Err` where it can't be understood.
    pub(crate) fn field(&self, text: &str) -> Result<Option<Date>, ()> {
        let text = text.trim().trim_matches(['"', '\'']).trim();
        if text.is_empty() || self.null.contains(&fold(text)) {
            return Ok(None);
        }
        let text = head(text);
        if let Some(date) = number(text) {
            return Ok(Some(date));
        }
        if text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-') && !text.contains(['.', '-']) {
            return Err(());
        }
        self.find(text).or_else(|| numeric(text)).map(Some).ok_or(())
    }

    /// The first full date of a line.
    pub(crate) fn find(&self, text: &str) -> Option<Date> {
        let text = head(text);
        let tokens = tokens(text);
        (0..tokens.len()).find_map(|at| self.at(&tokens, at)).and_then(|p| p.date(None))
    }

    /// The date of a line that holds nothing else but what goes with a date: weekday, time, zone.
    pub(crate) fn alone(&self, text: &str) -> Option<Date> {
        if text.len() > 120 {
            return None;
        }
        let tokens = tokens(text);
        let printed = (0..tokens.len()).find_map(|at| self.at(&tokens, at).filter(|p| p.year.is_some()))?;
        let odd = tokens.iter().any(|t| {
            let inside = printed.range.start <= t.start && t.end <= printed.range.end;
            !inside
                && match t.kind {
                    Kind::Number { value, digits } => value > 59 || digits > 3,
                    Kind::Word(w) => {
                        let small = fold(w);
                        !(self.clock.contains(&small) || self.weekdays.contains(&small))
                    }
                    Kind::Mark(m) => !matches!(
                        m,
                        ',' | ':' | '|' | '-' | '.' | '(' | ')' | '+' | '–' | '—' | '/' | '•' | '·'
                    ),
                }
        });
        if odd { None } else { printed.date(None) }
    }

    /// The date that stands right at the start of a text, with or without a year.
    pub(crate) fn leading(&self, text: &str) -> Option<Printed> {
        let text = text.char_indices().nth(60).map_or(text, |(at, _)| text.get(..at).unwrap_or(text));
        let tokens = tokens(text);
        let skip = match tokens.first()?.kind {
            Kind::Word(w) if self.weekdays.contains(&fold(w)) => {
                1 + tokens.get(1..)?.iter().take_while(|t| matches!(t.kind, Kind::Mark(',' | '.'))).count()
            }
            _ => 0,
        };
        let mut found = self.at(&tokens, skip)?;
        found.range.start = 0;
        Some(found)
    }

    /// Whether a word is a day of the week.
    pub(crate) fn weekday(&self, word: &str) -> bool {
        self.weekdays.contains(&fold(word))
    }

    /// The date whose first token is at an index.
    fn at(&self, tokens: &[Token<'_>], at: usize) -> Option<Printed> {
        let first = tokens.get(at)?;
        let kind = |i: usize| tokens.get(at + i).map(|t| t.kind);
        let end = |i: usize| tokens.get(at + i).map_or(first.end, |t| t.end);
        let printed = |last: usize, year, month, day| {
            let range = first.start..end(last);
            Some(Printed { range, year, month, day }).filter(|p| (1..=31).contains(&p.day))
        };
        match first.kind {
            Kind::Number { value: year, digits: 4 } => {
                let (Some(Kind::Mark(a)), Some(Kind::Number { value: month, digits: m })) =
                    (kind(1), kind(2))
                else {
                    return None;
                };
                let (Some(Kind::Mark(b)), Some(Kind::Number { value: day, digits: d })) = (kind(3), kind(4))
                else {
                    return None;
                };
                let fits =
                    a == b && matches!(a, '-' | '/' | '.') && m <= 2 && d <= 2 && YEARS.contains(&year);
                let month = i8::try_from(month).ok().filter(|m| (1..=12).contains(m))?;
                if fits { printed(4, Some(year), month, day) } else { None }
            }
            Kind::Number { value: day, digits: 1 | 2 } => {
                // 5 March 2024, 5th of March, 2024, 05-Mar-24
                let mut i = 1;
                while matches!(kind(i), Some(Kind::Word("st" | "nd" | "rd" | "th" | "of")))
                    || matches!(kind(i), Some(Kind::Mark('-' | '/' | ','))) && i == 1
                {
                    i += 1;
                }
                let month = self.month(kind(i))?;
                let (year, last) = self.year(tokens, at, i + 1, false);
                printed(if year.is_some() { last } else { i }, year, month, day)
            }
            Kind::Word(_) => {
                let month = self.month(Some(first.kind))?;
                let mut i = 1;
                while matches!(kind(i), Some(Kind::Mark('.' | '-' | '/'))) {
                    i += 1;
                }
                let Some(Kind::Number { value: day, digits: 1 | 2 }) = kind(i) else { return None };
                // "Jan 10:30" is a time.
                if matches!(kind(i + 1), Some(Kind::Mark(':')))
                    && matches!(kind(i + 2), Some(Kind::Number { .. }))
                {
                    return None;
                }
                if matches!(kind(i + 1), Some(Kind::Word("st" | "nd" | "rd" | "th"))) {
                    i += 1;
                }
                let (year, last) = self.year(tokens, at, i + 1, true);
                printed(if year.is_some() { last } else { i }, year, month, day)
            }
            _ => None,
        }
    }

    fn month(&self, kind: Option<Kind<'_>>) -> Option<i8> {
        let Some(Kind::Word(word)) = kind else { return None };
        self.months.get(&fold(word)).copied()
    }

    /// The year behind a day and month, and the index of its token: right there, behind a comma, or (`far`) behind a
    /// time ("Mar 05 10:22:00 GMT 2024").
    fn year(&self, tokens: &[Token<'_>], at: usize, from: usize, far: bool) -> (Option<i64>, usize) {
        let mut clocked = false;
        for i in from..from + 10 {
            match tokens.get(at + i).map(|t| t.kind) {
                Some(Kind::Number { value, digits: 4 }) if YEARS.contains(&value) => return (Some(value), i),
                // 4 FEB 90, 05-Mar-24
                Some(Kind::Number { value, digits: 2 }) if i <= from + 1 && !far => {
                    return (Some(if value < 50 { 2000 + value } else { 1900 + value }), i);
                }
                Some(Kind::Mark(',' | '.' | '-' | '/' | '\'' | '’')) if i <= from + 1 => {}
                Some(Kind::Mark(':')) if clocked => {}
                Some(Kind::Number { digits: 1 | 2, .. }) if far => clocked = true,
                Some(Kind::Word(w)) if clocked && self.clock.contains(&fold(w)) => {}
                _ => return (None, from),
            }
        }
        (None, from)
    }
}

/// The date in a file's name or an address: digits `YYYY-MM-DD`, `YYYY/MM/DD`, `YYYY_MM_DD` or `YYYYMMDD` that stand
/// apart from other letters and digits.
pub(crate) fn in_name(name: &str) -> Option<Date> {
    let bytes = name.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let value = |from: usize, to: usize| name.get(from..to).and_then(|t| t.parse::<i64>().ok());
    let mut at = 0;
    while at < bytes.len() {
        if !digit(at) {
            at += 1;
            continue;
        }
        let run = bytes.iter().skip(at).take_while(|b| b.is_ascii_digit()).count();
        let free = at == 0 || !bytes.get(at - 1).is_some_and(u8::is_ascii_alphanumeric);
        let closed = |end: usize| !bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
        if free && run == 8 && closed(at + 8) && (at > 0 || at + 8 < bytes.len()) {
            let (y, m, d) = (value(at, at + 4), value(at + 4, at + 6), value(at + 6, at + 8));
            if let (Some(y @ 1900..2100), Some(m), Some(d)) = (y, m, d)
                && let Some(date) = civil(y, m, d)
            {
                return Some(date);
            }
        }
        let sep = bytes.get(at + 4).copied().unwrap_or(0);
        if free && run == 4 && matches!(sep, b'-' | b'/' | b'_' | b'.') {
            let month_digits = bytes.iter().skip(at + 5).take_while(|b| b.is_ascii_digit()).count();
            let day_at = at + 6 + month_digits;
            let day_digits = bytes.iter().skip(day_at).take_while(|b| b.is_ascii_digit()).count();
            let shaped = (1..=2).contains(&month_digits)
                && (1..=2).contains(&day_digits)
                && bytes.get(day_at - 1) == Some(&sep)
                && bytes.get(day_at + day_digits).is_none_or(|b| !b.is_ascii_alphanumeric() || *b == b'T');
            if shaped
                && let (Some(y @ 1900..2100), Some(m), Some(d)) = (
                    value(at, at + 4),
                    value(at + 5, at + 5 + month_digits),
                    value(day_at, day_at + day_digits),
                )
                && let Some(date) = civil(y, m, d)
            {
                return Some(date);
            }
        }
        at += run;
    }
    None
}

/// A day that exists.
fn civil(year: i64, month: i64, day: i64) -> Option<Date> {
    let year = Some(year).filter(|y| YEARS.contains(y))?;
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// A field that is one number: a day as eight digits, or seconds, milli- or microseconds since 1970.
fn number(text: &str) -> Option<Date> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) {
        return None;
    }
    let value: i64 = whole.parse().ok()?;
    if matches!(whole.len(), 8 | 12 | 14) && (part.is_empty() || part.bytes().all(|b| b == b'0')) {
        let day = whole.get(..8)?.parse::<i64>().ok()?;
        if let Some(date) = civil(day / 10_000, day / 100 % 100, day % 100) {
            return Some(date);
        }
    }
    let seconds = match whole.len() {
        9 | 10 => value,
        12 | 13 => value / 1_000,
        15 | 16 => value / 1_000_000,
        18 | 19 => value / 1_000_000_000,
        _ => return None,
    };
    let date = Timestamp::from_second(seconds).ok()?.to_zoned(TimeZone::UTC).date();
    YEARS.contains(&i64::from(date.year())).then_some(date)
}

/// A date of three numbers with the year last, where only one reading is possible: one number above 12, both the
/// same, or full stops between them (day first, by every convention that uses them).
fn numeric(text: &str) -> Option<Date> {
    let tokens = tokens(text);
    let mut parts = tokens.iter();
    let mut number = || match parts.next().map(|t| t.kind) {
        Some(Kind::Number { value, digits }) => Some((value, digits)),
        _ => None,
    };
    let (a, a_digits) = number()?;
    let Some(Kind::Mark(sep)) = tokens.get(1).map(|t| t.kind) else { return None };
    let Some(Kind::Number { value: b, digits: b_digits }) = tokens.get(2).map(|t| t.kind) else {
        return None;
    };
    let Some(Kind::Mark(second)) = tokens.get(3).map(|t| t.kind) else { return None };
    let Some(Kind::Number { value: year, digits: 4 }) = tokens.get(4).map(|t| t.kind) else { return None };
    if a_digits > 2 || b_digits > 2 || sep != second || !matches!(sep, '/' | '-' | '.') {
        return None;
    }
    match (a > 12, b > 12) {
        (true, false) => civil(year, b, a),
        (false, true) => civil(year, a, b),
        (false, false) if sep == '.' || a == b => civil(year, b, a),
        _ => None,
    }
}

/// The part of a line in which dates are sought.
fn head(text: &str) -> &str {
    if text.len() <= LINE_BYTES_MAX {
        return text;
    }
    let end = (0..=LINE_BYTES_MAX).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.get(..end).unwrap_or("")
}

/// Numbers, words and marks; white space only parts them.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let mut end = start + c.len_utf8();
        let mut run = |same: fn(char) -> bool| {
            while let Some(&(at, c)) = chars.peek() {
                if !same(c) {
                    break;
                }
                end = at + c.len_utf8();
                chars.next();
            }
            text.get(start..end).unwrap_or("")
        };
        let kind = if c.is_ascii_digit() {
            let digits = run(|c| c.is_ascii_digit());
            // Too long for a number: no date has it.
            Kind::Number { value: digits.parse().unwrap_or(i64::MAX), digits: digits.len() }
        } else if c.is_alphabetic() {
            Kind::Word(run(char::is_alphabetic))
        } else if c.is_whitespace() {
            continue;
        } else {
            Kind::Mark(c)
        };
        found.push(Token { start, end, kind });
    }
    found
}
