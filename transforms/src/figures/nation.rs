//! The role that a title phrase makes: its country from its words, its place, its body; the body it is held in.

use super::Role;
use super::phrase::{Owner, clitic, is_former};
use super::reader::{Head, Reader, is_office};
use crate::code::Code;
use crate::grammar::EntityLabel;
use crate::knowledge::CountryWord;
use std::ops::Range;

impl Reader<'_> {
    /// The role of a title phrase.
    pub fn role(&self, range: Range<u32>, head: Head, owner: Owner, former: bool) -> Option<Role> {
        let span = self.span(range.clone())?;
        let (inside, international) = self.country_in(range.clone(), head);
        // "US envoy": with nobody else's name before it the country is whose envoy it is.
        let sender = || {
            let posted = head.title.posted && owner.country.is_none();
            posted.then(|| self.country_at(range.start, head.end).map(|(_, c, _)| c)).flatten()
        };
        let organisation = self
            .doc
            .parsed
            .names
            .get(self.doc.parsed.names.partition_point(|m| m.tokens.end <= range.start)..)
            .unwrap_or(&[])
            .iter()
            .take_while(|m| m.tokens.start < range.end)
            .filter(|m| m.label == EntityLabel::Org)
            .map(|m| self.after_title(m.tokens.start.max(range.start), m.tokens.end.min(range.end), head))
            .find(|tokens| !tokens.is_empty() && !super::bodies::is_portfolio(self, tokens))
            .and_then(|tokens| self.span(tokens));
        Some(Role {
            span,
            organisation,
            country: owner.country.or(inside).or_else(sender),
            sector: head.title.sector,
            former,
            office: is_office(head.title.kind),
            plural: head.title.plural,
            posted: head.title.posted,
            international: international && owner.country.is_none(),
            female: head.title.female,
        })
    }

    /// A body's name without the words of the title: "Minister of State for X".
    fn after_title(&self, start: u32, end: u32, head: Head) -> Range<u32> {
        let mut start = start;
        while start < end
            && (start >= head.start && start < head.end || start >= head.end && !self.capital(start))
        {
            start += 1;
        }
        start..end
    }

    /// Whether letters stand for a party of a country that the article doesn't speak of.
    fn is_foreign_letters(&self, at: u32, length: usize, sector: Option<Code>, country: Code) -> bool {
        let word = self.word(at);
        length == 1
            && sector.is_some_and(|s| matches!(s.as_str(), "PTY" | "OPP" | "REB"))
            && word.bytes().all(|b| b.is_ascii_uppercase())
            && self.home.is_some_and(|h| h != country)
            && !self.spoken_of.contains(&country)
    }

    /// The country that a title phrase names, and whether it names a body of many states.
    fn country_in(&self, range: Range<u32>, head: Head) -> (Option<Code>, bool) {
        let posted = head.title.posted;
        let mut international = false;
        let mut place = None;
        let mut inside = range.start;
        for at in range.clone() {
            // The words of a body's name name no country: "Islamic State in Iraq".
            if at < inside {
                continue;
            }
            let of = at.checked_sub(1).is_some_and(|i| {
                matches!(self.word(i), "of" | "OF")
                    || self.word(i) == "the" && i > 0 && self.word(i - 1) == "of"
            });
            if let Some((length, actor)) =
                self.context.actors.named(self.words(at..range.end), self.doc.article.pub_date)
                && (at == 0 || !posted || !matches!(self.word(at - 1), "to" | "the"))
                // "Dawa Party MP" ends in the office; another capital would make a longer name.
                && !(at + (length as u32) < range.end
                    && at + (length as u32) != head.start
                    && self.capital(at + length as u32))
            {
                let whole = self
                    .name_at(at)
                    .filter(|(_, m)| m.label == EntityLabel::Org)
                    .map_or(0, |(_, m)| m.tokens.end);
                inside = whole.max(at + length as u32);
                match actor.country {
                    // The letters of one country's party are a department's in another's news.
                    Some(country)
                        if place.is_none() && !self.is_foreign_letters(at, length, actor.sector, country) =>
                    {
                        place = Some(country);
                    }
                    None if actor.sector.is_some_and(|s| s == "IGO") => international = true,
                    _ => {}
                }
            }
            if let Some((next, iso3, word)) = self.country_at(at, range.end) {
                let belongs =
                    !posted || of || clitic(self.word(next)) || at == range.start && is_former(self.word(at));
                if matches!(word, CountryWord::Name | CountryWord::Demonym) && belongs {
                    return (Some(iso3), false);
                }
                if !posted && place.is_none() {
                    place = Some(iso3);
                }
                continue;
            }
            if !posted && place.is_none() && inside <= at && self.capital(at) {
                place = self.place_country(at);
            }
        }
        (place, international && place.is_none())
    }
}
