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
        let (inside, international) = self.country_in(range.clone(), head.title.posted);
        // "US envoy": with nobody else's name before it the country is whose envoy it is.
        let sender = || {
            let posted = head.title.posted && owner.country.is_none();
            posted.then(|| self.country_at(range.start, head.start).map(|(_, c, _)| c)).flatten()
        };
        let organisation = self
            .doc
            .parsed
            .names
            .get(self.doc.parsed.names.partition_point(|m| m.tokens.end <= range.start)..)
            .unwrap_or(&[])
            .iter()
            .take_while(|m| m.tokens.start < range.end)
            .find(|m| m.label == EntityLabel::Org)
            .and_then(|m| self.span(m.tokens.start.max(range.start)..m.tokens.end.min(range.end)));
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

    /// The country that a title phrase names, and whether it names a body of many states.
    fn country_in(&self, range: Range<u32>, posted: bool) -> (Option<Code>, bool) {
        let mut international = false;
        let mut place = None;
        for at in range.clone() {
            let of = at.checked_sub(1).is_some_and(|i| {
                matches!(self.word(i), "of" | "OF")
                    || self.word(i) == "the" && i > 0 && self.word(i - 1) == "of"
            });
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
            if let Some((length, actor)) =
                self.context.actors.named(self.words(at..range.end), self.doc.article.pub_date)
                && (at == 0 || !posted || !matches!(self.word(at - 1), "to" | "the"))
                && !(at + (length as u32) < range.end && self.capital(at + length as u32))
            {
                match actor.country {
                    Some(country) if place.is_none() => place = Some(country),
                    None if actor.sector.is_some_and(|s| s == "IGO") => international = true,
                    _ => {}
                }
            }
            if !posted && place.is_none() && self.capital(at) {
                place = self.place_country(at);
            }
        }
        (place, international && place.is_none())
    }
}
