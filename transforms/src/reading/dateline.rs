//! The dateline at the head of a first paragraph: "ISLAMABAD:", "FLINT, Mich., Oct. 4 (UPI) —", "BAKU, Azerbaijan,
//! May 15."

use crate::reading::dates::Printed;
use crate::reading::knowledge::{Knowledge, fold};
use std::ops::Range;

/// Bytes within which a dateline ends.
const BYTES_MAX: usize = 160;
/// Words of a place.
const PLACE_WORDS_MAX: usize = 4;

/// A dateline in a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dateline {
    /// The place, the first of several.
    pub(crate) place: Option<Range<usize>>,
    /// The date, where one is printed.
    pub(crate) date: Option<Printed>,
    /// Where it ends, behind its closing mark.
    pub(crate) end: usize,
    /// Whether it closes with a full stop, so that it looks like a sentence.
    pub(crate) stopped: bool,
}

/// What is known of the text around.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Around {
    /// Speakers' names stand before colons all over the text.
    pub(crate) transcript: bool,
    /// The whole text is in small letters.
    pub(crate) small: bool,
}

/// Finds the dateline at a paragraph's head.
pub(crate) fn find(knowledge: &Knowledge, text: &str, around: Around) -> Option<Dateline> {
    let bound = (0..=text.len().min(BYTES_MAX)).rev().find(|at| text.is_char_boundary(*at))?;
    let head = text.get(..bound)?;
    let found = Parser { knowledge, head, at: 0 }.parse(around)?;
    // What follows is the sentence itself.
    let rest = text.get(found.end..)?.trim_start();
    (rest.split_whitespace().take(3).count() == 3).then_some(found)
}

struct Parser<'a> {
    knowledge: &'a Knowledge,
    head: &'a str,
    at: usize,
}

/// What stands where a part of the dateline ends.
enum Mark {
    Comma,
    Paren,
    /// Colon, dash or bar.
    Close,
    Stop,
    Slash,
}

impl<'a> Parser<'a> {
    fn parse(mut self, around: Around) -> Option<Dateline> {
        let knowledge = self.knowledge;
        let (mut place, mut mark) = self.part()?;
        let mut agency = false;
        // "London CNN —", "CNN —", "(Reuters) -"
        let words = self.head.get(place.clone())?.trim();
        if knowledge.agencies.contains(&fold(words)) {
            agency = true;
            place.end = place.start;
        } else if let Some((before, last)) = words.rsplit_once(' ')
            && knowledge.agencies.contains(&fold(last))
            && last.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
            && knowledge.places.contains(&fold(before))
        {
            agency = true;
            place.end = place.start + before.len();
        }
        if let Some(words) = self.head.get(place.clone()).filter(|w| !w.is_empty())
            && !named(words, around.small)
        {
            return None;
        }
        let mut date = None;
        let mut known = self.known(&place);
        loop {
            match mark {
                Mark::Slash => {
                    let (second, next) = self.part()?;
                    mark = next;
                    // "Ulaanbaatar /MONTSAME/. ..."
                    let name = self.head.get(second)?.trim();
                    let rest = self.rest();
                    let closes = rest.trim_start().starts_with(['.', '-', ':', '–', '—']);
                    if closes
                        && matches!(mark, Mark::Slash)
                        && name.len() >= 2
                        && name.chars().all(char::is_uppercase)
                    {
                        agency = true;
                        let end =
                            rest.find(|c: char| !matches!(c, '.' | ' ' | '-' | ':' | '–' | '—')).unwrap_or(0);
                        self.at += rest.get(..end).map_or(0, |m| m.trim_end().len());
                        break;
                    }
                }
                Mark::Comma => {
                    self.spaces();
                    if let Some(printed) = knowledge.calendar.leading(self.rest()) {
                        self.at += printed.range.end;
                        date = Some(printed);
                        mark = self.after()?;
                        continue;
                    }
                    let (region, next) = self.part()?;
                    let words = self.head.get(region.clone())?.trim();
                    let year = words.len() == 4 && words.bytes().all(|b| b.is_ascii_digit());
                    let abbreviated = region_like(words);
                    if !(year || words.is_empty() || knowledge.calendar.weekday(words) || abbreviated) {
                        return None;
                    }
                    known |= self.known(&region);
                    mark = next;
                }
                Mark::Paren => {
                    let close = self.rest().find(')').filter(|at| *at <= 48)?;
                    let inside = fold(self.rest().get(..close)?);
                    let listed = inside.split(['/', ',']).any(|a| knowledge.agencies.contains(a.trim()));
                    self.at += close + 1;
                    // "Jane's Party (JP) - ..." spells out a name.
                    let words = self.head.get(place.clone())?;
                    let initials: String = words.split([' ', '-']).filter_map(|w| w.chars().next()).collect();
                    let spelt =
                        inside.len() >= 2 && fold(&initials).starts_with(&inside) && date.is_none() && !known;
                    if spelt {
                        return None;
                    }
                    agency |= listed;
                    match self.after() {
                        Some(Mark::Close) => {
                            agency = true;
                            break;
                        }
                        Some(Mark::Comma) => mark = Mark::Comma,
                        _ if (agency || date.is_some()) && self.upper_next() => break,
                        _ => return None,
                    }
                }
                Mark::Close => break,
                Mark::Stop => {
                    if date.is_some() && self.upper_next() {
                        break;
                    }
                    return None;
                }
            }
        }
        let stopped = matches!(mark, Mark::Stop);
        // "CAIRO - 27 June 2022: ..."
        let dash = self.at;
        if date.is_none()
            && matches!(mark, Mark::Close)
            && let Some(printed) = knowledge.calendar.leading(self.rest().trim_start())
        {
            self.spaces();
            self.at += printed.range.end;
            match self.after() {
                Some(Mark::Close) => date = Some(printed),
                _ => self.at = dash,
            }
        }
        self.brackets();
        let words = self.head.get(place.clone())?.to_owned();
        let sure = agency || date.is_some();
        (sure || known || self.bare(&words, around)).then_some(())?;
        let label = knowledge.labels.contains(&fold(&words));
        if label && !sure {
            return None;
        }
        let place = Some(place).filter(|p| !p.is_empty() && !label);
        if place.is_none() && !agency && date.is_none() {
            return None;
        }
        Some(Dateline { place, date, end: self.at, stopped })
    }

    /// Whether a place in capitals with nothing but a closing mark behind is a dateline: in a text of mixed case.
    fn bare(&self, words: &str, around: Around) -> bool {
        let letters = words.chars().filter(|c| c.is_alphabetic());
        let rest = self.rest();
        let shouted = !rest.chars().any(char::is_lowercase);
        letters.clone().count() >= 4
            && letters.clone().all(char::is_uppercase)
            && !shouted
            && !around.transcript
    }

    fn known(&self, place: &Range<usize>) -> bool {
        self.head
            .get(place.clone())
            .is_some_and(|w| self.knowledge.places.contains(&fold(w.trim_end_matches('.'))))
    }

    fn rest(&self) -> &'a str {
        self.head.get(self.at..).unwrap_or("")
    }

    fn spaces(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn upper_next(&self) -> bool {
        let rest = self.rest();
        rest.starts_with([' ', '“', '"'])
            && rest.trim_start().starts_with(|c: char| c.is_uppercase() || "“\"‘".contains(c))
    }

    /// The words up to the next mark, and that mark, which is consumed.
    fn part(&mut self) -> Option<(Range<usize>, Mark)> {
        let start = self.at;
        let rest = self.rest();
        let bytes = rest.as_bytes();
        for (at, c) in rest.char_indices() {
            let space = at > 0 && bytes.get(at - 1) == Some(&b' ');
            let next = rest.get(at + c.len_utf8()..).unwrap_or("");
            let (mark, used) = match c {
                ',' => (Mark::Comma, 1),
                '(' => (Mark::Paren, 1),
                ':' | '|' => (Mark::Close, 1),
                '–' | '—' => (Mark::Close, c.len_utf8()),
                '-' if next.starts_with('-') => (Mark::Close, 2),
                '-' if space && next.starts_with(' ') => (Mark::Close, 1),
                // "LAHORE -Police", "Srinagar- The"
                '-' if space || next.starts_with(' ') => (Mark::Close, 1),
                '/' => (Mark::Slash, 1),
                '.' if next.starts_with(" -") || next.starts_with(',') || next.starts_with(" (") => continue,
                c if c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’') => continue,
                c if c.is_ascii_digit() && at < 5 && start > 0 => continue,
                _ => return None,
            };
            let words = rest.get(..at)?;
            let bare = words.trim();
            let from = start + (words.len() - words.trim_start().len());
            self.at = start + at + used;
            return Some((from..from + bare.len(), mark));
        }
        None
    }

    /// The mark right behind a date or a closing parenthesis.
    fn after(&mut self) -> Option<Mark> {
        let rest = self.rest();
        let bare = rest.trim_start();
        let gap = rest.len() - bare.len();
        let (mark, used) = if let Some(next) = bare.strip_prefix('.') {
            let closes = next.trim_start();
            if closes.starts_with(['-', '–', '—', '(', ':', ',']) {
                self.at += gap + 1;
                return self.after();
            }
            (Mark::Stop, 1)
        } else if bare.starts_with("--") {
            (Mark::Close, 2)
        } else {
            let first = bare.chars().next()?;
            let mark = match first {
                ',' | ';' => Mark::Comma,
                '(' => Mark::Paren,
                ':' | '-' | '–' | '—' | '|' => Mark::Close,
                '/' => Mark::Slash,
                _ => return None,
            };
            (mark, first.len_utf8())
        };
        self.at += gap + used;
        Some(mark)
    }

    /// Skips "-- [TEXT] [By Jane Doe]" of wire monitors.
    fn brackets(&mut self) {
        loop {
            let bare = self.rest().trim_start_matches([' ', '-', '–', '—']);
            let Some(inner) = bare.strip_prefix('[') else { return };
            let Some(close) = inner.find(']').filter(|at| *at <= 80) else { return };
            self.at = self.head.len() - inner.len() + close + 1;
        }
    }
}

/// Whether words look like a place: up to four, each with a capital (or any, in a text of small letters).
fn named(words: &str, small: bool) -> bool {
    let mut count = 0;
    for word in words.split([' ', '-']).filter(|w| !w.is_empty()) {
        count += 1;
        let first = word.chars().next().is_some_and(|c| c.is_uppercase() || small && c.is_alphabetic());
        let joins = count > 1
            && matches!(
                word,
                "de" | "al"
                    | "el"
                    | "la"
                    | "las"
                    | "los"
                    | "of"
                    | "es"
                    | "i"
                    | "e"
                    | "au"
                    | "sur"
                    | "del"
                    | "do"
                    | "dos"
                    | "the"
            );
        if !first && !joins {
            return false;
        }
    }
    (1..=PLACE_WORDS_MAX).contains(&count) && words.chars().filter(|c| c.is_alphabetic()).count() >= 3
}

/// Whether words look like the state or country behind a town: "Mich.", "D.C.", "Saudi Arabia", "N.Y.".
fn region_like(words: &str) -> bool {
    let mut count = 0;
    let all = words.split(' ').all(|w| {
        count += 1;
        w.starts_with(char::is_uppercase) || matches!(w, "of" | "and" | "the")
    });
    all && (1..=PLACE_WORDS_MAX).contains(&count)
}
