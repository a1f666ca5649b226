//! Offices around a name: "Pakistan's Minister of Investment, Privatization and Communications NAME" before it,
//! "NAME, Deputy Superintendent of Police in Bannu," after it.
//!
//! Read from the words rather than the tree: titles are long, capitalised and coordinated, which is where parsers
//! err and where the order of words is plain.

use super::Role;
use crate::document::Document;
use crate::grammar::{EntityLabel, Upos, Xpos};
use crate::knowledge::{Countries, CountryWord, Title, TitleKind, Titles};
use crate::span::Span;
use std::ops::Range;

/// Longest title before a name, in tokens.
const BEFORE_TOKENS_MAX: u32 = 24;
/// Longest title after a name, in tokens.
const AFTER_TOKENS_MAX: u32 = 28;

/// A reader of titles.
#[derive(Debug, Clone, Copy)]
pub(super) struct Offices<'a> {
    pub doc: Document<'a>,
    pub titles: &'a Titles,
    pub countries: &'a Countries,
}

impl<'a> Offices<'a> {
    fn words(&self, range: Range<u32>) -> impl Iterator<Item = &'a str> + use<'a> {
        let doc = self.doc;
        doc.tokens(&range).iter().map(move |t| doc.word(t))
    }

    fn word(&self, at: u32) -> &'a str {
        self.doc.token(at).map_or("", |t| self.doc.word(t))
    }

    /// The title that begins at a token.
    pub fn title_at(&self, at: u32, end: u32) -> Option<(u32, Title)> {
        let found = self.titles.phrases.longest(self.words(at..end))?;
        let word = self.word(at);
        let shouted = word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        (!found.value.capitals || shouted).then_some((at + found.tokens as u32, found.value))
    }

    fn country_at(&self, at: u32, end: u32) -> Option<(u32, crate::code::Code, CountryWord)> {
        let found = self.countries.phrases.longest(self.words(at..end))?;
        Some((at + found.tokens as u32, found.value.iso3, found.value.word))
    }

    fn capital(&self, at: u32) -> bool {
        self.word(at).chars().next().is_some_and(char::is_uppercase)
    }

    /// The title that ends right before `name`, which begins a mention in a sentence that begins at `from`.
    pub fn before(&self, from: u32, name: u32) -> Option<Role> {
        let floor = from.max(name.saturating_sub(BEFORE_TOKENS_MAX));
        // "President of the State Oil Company (SOCAR), NAME": a comma may part a long title from its name.
        let mut end = name;
        let comma = end > floor && self.word(end - 1) == ",";
        if comma {
            end -= 1;
        }
        let mut start = end;
        let mut depth = 0;
        while start > floor {
            let at = start - 1;
            let word = self.word(at);
            if self.in_name(at, EntityLabel::Person) {
                break;
            }
            match word {
                ")" => depth += 1,
                "(" => depth -= 1,
                _ if depth > 0 => {}
                "of" | "for" | "and" | "&" | "the" | "-" | "," | "'s" | "’s" | "in" | "to" | "/" | "."
                | "on" | "at" | "’" | "'" => {}
                _ if self.capital(at) => {}
                _ if self.title_word(at) => {}
                _ => break,
            }
            start = at;
        }
        // The leftmost office that reaches the name through words a title is made of.
        let mut at = start;
        while at < end {
            if let Some(role) = self.title_from(at, end, comma) {
                return Some(role);
            }
            at += 1;
        }
        None
    }

    /// Reads a title from a token up to exactly `end`.
    fn title_from(&self, at: u32, end: u32, comma: bool) -> Option<Role> {
        let (mut next, mut title, head) = self.office_head(at, end)?;
        let mut organisation = None;
        let mut linked = false;
        while next < end {
            match self.word(next) {
                "of" | "for" | "in" | "to" | "on" | "at" => linked = true,
                "and" | "," | "&" | "/" | "-" if linked || self.office_head(next + 1, end).is_some() => {
                    if let Some((after, other, _)) = self.office_head(next + 1, end) {
                        if other.kind == TitleKind::Office {
                            title = other;
                        }
                        next = after;
                        continue;
                    }
                }
                "(" => {
                    let close = (next..end).find(|i| self.word(*i) == ")")?;
                    next = close;
                }
                "the" | "'s" | "’s" | "." => {}
                _ => {
                    if let Some((after, other)) = self.title_at(next, end) {
                        if other.kind == TitleKind::Office && !linked {
                            title = other;
                        }
                        next = after;
                        continue;
                    }
                    if !self.capital(next) {
                        return None;
                    }
                    // After a plain office ("coach Ali Khan") a capital is the name's own; after "of" it is the
                    // office's. "Federal Secretary Petroleum NAME" is a title too: capitals up to the name.
                    if linked && organisation.is_none() {
                        organisation = self.organisation(next, end);
                    }
                }
            }
            next += 1;
        }
        if comma && !linked {
            return None;
        }
        let span = self.span(head..end)?;
        let (country, former) = self.leading(head, at);
        Some(Role {
            span,
            organisation,
            country: country.or_else(|| self.country_within(head..end)),
            sector: title.sector,
            former,
            office: !matches!(title.kind, TitleKind::Honorific),
        })
    }

    /// An office that begins at a token, with the capitalised words before it that belong to it ("Communications
    /// Minister"); gives the token after it, the title and where it starts.
    fn office_head(&self, at: u32, end: u32) -> Option<(u32, Title, u32)> {
        if let Some((next, title)) = self.title_at(at, end) {
            return (title.kind != TitleKind::Relation).then_some((next, title, at));
        }
        // Up to four capitalised words that are no country, then an office.
        let mut head = at;
        while head < end && head < at + 4 && self.capital(head) && self.country_at(head, end).is_none() {
            head += 1;
            if head < end && matches!(self.word(head), "and" | "&" | "-" | ",") && self.capital(head + 1) {
                head += 1;
            }
            if let Some((next, title)) = self.title_at(head, end)
                && title.kind == TitleKind::Office
            {
                return Some((next, title, at));
            }
        }
        None
    }

    /// The country and the word "former" that stand before a title.
    fn leading(&self, head: u32, _from: u32) -> (Option<crate::code::Code>, bool) {
        let mut at = head;
        let mut former = matches!(self.word(head), "former" | "Former" | "ex" | "ex-" | "late");
        let mut country = None;
        for _ in 0..3 {
            let Some(left) = at.checked_sub(1) else { break };
            match self.word(left) {
                "former" | "Former" | "ex" | "then" | "Ex" => former = true,
                "'s" | "’s" | "-" | "’" | "'" | "the" | "new" | "acting" => {}
                _ => {
                    let found = (left.saturating_sub(3)..=left)
                        .find_map(|i| self.country_at(i, left + 1).filter(|(next, ..)| *next == left + 1));
                    if let Some((_, iso3, _)) = found {
                        country = Some(iso3);
                    }
                    break;
                }
            }
            at = left;
        }
        (country, former)
    }

    fn country_within(&self, range: Range<u32>) -> Option<crate::code::Code> {
        range
            .clone()
            .find_map(|i| self.country_at(i, range.end))
            .filter(|(_, _, word)| *word != CountryWord::Capital)
            .map(|(_, iso3, _)| iso3)
    }

    /// The office that follows a name: "NAME, the Foreign Secretary of Pakistan,".
    pub fn after(&self, name_end: u32, sentence_end: u32) -> Option<Role> {
        let mut at = name_end;
        let mut bracket = false;
        match self.word(at) {
            "," => at += 1,
            "(" => {
                at += 1;
                bracket = true;
            }
            _ => return None,
        }
        while matches!(self.word(at), "the" | "a" | "an" | "who" | "is" | "was" | "one") {
            at += 1;
        }
        let limit = sentence_end.min(at + AFTER_TOKENS_MAX);
        // A possessor or adjective may come first: "NAME, Pakistan's foreign minister".
        let mut head = at;
        let mut country = None;
        if let Some((next, iso3, _)) = self.country_at(at, limit) {
            country = Some(iso3);
            head = next;
            while matches!(self.word(head), "'s" | "’s" | "’" | "-") {
                head += 1;
            }
        }
        let mut former = false;
        while matches!(self.word(head), "former" | "ex" | "then" | "acting" | "late" | "-") && head < limit {
            former |= matches!(self.word(head), "former" | "ex");
            head += 1;
        }
        let (mut next, title, _) =
            self.office_head(head, limit).or_else(|| self.lower_office(head, limit))?;
        let start = if former { head - 1 } else { head };
        let mut organisation = None;
        let mut linked = false;
        let mut end = next;
        while next < limit {
            let word = self.word(next);
            match word {
                "of" | "for" | "in" | "at" | "to" | "on" => linked = true,
                "and" | "&" if linked || self.office_head(next + 1, limit).is_some() => {}
                "the" | "'s" | "’s" | "-" | "/" if linked => {}
                "(" => {
                    if let Some(close) = (next..limit).find(|i| self.word(*i) == ")") {
                        next = close;
                    }
                }
                _ if self.capital(next) => {
                    if linked && organisation.is_none() {
                        organisation = self.organisation(next, limit);
                    }
                    end = next + 1;
                }
                _ if linked && self.noun(next) => end = next + 1,
                _ => break,
            }
            if word == "(" {
                end = next + 1;
            }
            next += 1;
        }
        if bracket && self.word(next) != ")" {
            return None;
        }
        Some(Role {
            span: self.span(start..end)?,
            organisation,
            country: country.or_else(|| self.country_within(head..end)),
            sector: title.sector,
            former,
            office: title.kind != TitleKind::Honorific,
        })
    }

    /// "opposition leader", "human rights lawyer": lower-case words before an office.
    fn lower_office(&self, at: u32, end: u32) -> Option<(u32, Title, u32)> {
        for head in at + 1..end.min(at + 4) {
            let before = self.doc.token(head - 1)?;
            if !matches!(before.upos, Upos::Noun | Upos::Adj | Upos::Propn) && self.word(head - 1) != "-" {
                return None;
            }
            if let Some((next, title)) = self.title_at(head, end)
                && title.kind != TitleKind::Honorific
            {
                return Some((next, title, at));
            }
        }
        None
    }

    fn noun(&self, at: u32) -> bool {
        self.doc.token(at).is_some_and(|t| matches!(t.upos, Upos::Noun | Upos::Adj | Upos::Propn))
    }

    fn title_word(&self, at: u32) -> bool {
        self.title_at(at, at + 4).is_some()
            || self.doc.token(at).is_some_and(|t| t.upos == Upos::Noun && t.xpos == Xpos::Nn)
    }

    fn in_name(&self, at: u32, label: EntityLabel) -> bool {
        self.doc.name_at(at).is_some_and(|m| m.label == label)
    }

    /// The organisation that a name mention at `at` gives, else the run of capitals.
    fn organisation(&self, at: u32, end: u32) -> Option<Span> {
        let org = self.doc.name_at(at).filter(|m| m.label == EntityLabel::Org)?;
        let stop = org.tokens.end.min(end);
        self.span(org.tokens.start.max(at)..stop)
    }

    fn span(&self, range: Range<u32>) -> Option<Span> {
        let first = self.doc.token(range.start)?;
        let last = self.doc.token(range.end.checked_sub(1)?)?;
        (range.start < range.end).then(|| first.span.cover(last.span))
    }
}
