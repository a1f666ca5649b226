//! What kind of thing a name is of, by its own words, by the words around it, and by the same word elsewhere in the
//! document.

use super::features::*;
use super::lexicon::Kind;
use super::rule_words::*;
use super::rules::{Draft, KNOWN, Rules, find, is_place};
use crate::grammar::EntityLabel;

impl Rules<'_> {
    /// What stands in "in X" once, and in no place that speaks for a person, is a place in the whole text; what stands
    /// in "X people" is a people.
    pub(super) fn kinds_by_context(&self, drafts: &mut [Draft], words: &mut Vec<(u32, EntityLabel)>) {
        words.clear();
        let key = |d: &Draft| (d.start..d.end).map(|t| self.info(t).lower).reduce(pair).unwrap_or(0);
        let listed =
            Kind::Organization.bit() | Kind::GivenName.bit() | Kind::FamilyName.bit() | Kind::Person.bit();
        let towns = Kind::City.bit() | Kind::Region.bit();
        for d in drafts.iter().filter(|d| !d.misc && d.end - d.start <= 3) {
            let kinds = self.kinds(d.start, d.end);
            let single = d.end - d.start == 1;
            let caps = (d.start..d.end).all(|t| self.info(t).has(ALL_CAPS));
            let within = matches!(self.before(d.start), "in" | "In" | "near" | "Near")
                && !matches!(self.text(d.end), "'s" | "’s" | "'");
            if d.label == EntityLabel::Person {
                if self.titled(d.start) {
                    words.push((key(d), EntityLabel::Person));
                }
                if !single {
                    words.push((self.info(d.start).lower, EntityLabel::Person));
                    words.push((self.info(d.end - 1).lower, EntityLabel::Person));
                }
            }
            let free = kinds & (listed | KNOWN) == 0 && !caps;
            if single
                && free
                && self.one_of(d.end, &PEOPLE_NOUNS)
                && matches!(d.label, EntityLabel::Person | EntityLabel::Org)
            {
                words.push((key(d), EntityLabel::Norp));
                continue;
            }
            let place = match d.label {
                EntityLabel::Person => within && self.place_like(d),
                EntityLabel::Org => kinds & towns != 0 && (within || self.dated(d.end)),
                _ => false,
            };
            if place && kinds & listed == 0 {
                words.push((key(d), EntityLabel::Gpe));
            }
        }
        words.sort_unstable();
        for d in
            drafts.iter_mut().filter(|d| matches!(d.label, EntityLabel::Person | EntityLabel::Org) && !d.misc)
        {
            let key = key(d);
            let from = words.partition_point(|w| w.0 < key);
            let votes = words.get(from..).unwrap_or(&[]).iter().take_while(|w| w.0 == key);
            let (mut people, mut place, mut group) = (false, false, false);
            for (_, label) in votes {
                match label {
                    EntityLabel::Person => people = true,
                    EntityLabel::Gpe => place = true,
                    _ => group = true,
                }
            }
            if group {
                d.label = EntityLabel::Norp;
            } else if place && !people {
                d.label = EntityLabel::Gpe;
            }
        }
    }

    /// No name of a person by the lists: none of its words is a given name.
    pub(super) fn place_like(&self, d: &Draft) -> bool {
        !(d.start..d.end).any(|t| self.is(t, t + 1, Kind::GivenName))
    }

    /// ", May 16": a date follows, as in datelines.
    pub(super) fn dated(&self, end: usize) -> bool {
        self.text(end) == "," && self.is(end + 1, end + 2, Kind::Calendar)
    }

    pub(super) fn relabel(&self, d: &mut Draft) {
        let last = d.end - 1;
        let several = d.end - d.start > 1;
        let kinds = self.kinds(d.start, d.end);
        let has = |kind: Kind| kinds & kind.bit() != 0;
        let before = *d;
        if has(Kind::Demonym) && !has(Kind::Country) && !has(Kind::Organization) && !d.misc {
            if !(has(Kind::FamilyName) || has(Kind::GivenName)) || d.label != EntityLabel::Person {
                d.label = EntityLabel::Norp;
            }
        } else if has(Kind::Country) && !has(Kind::GivenName) && !has(Kind::FamilyName) {
            if matches!(d.label, EntityLabel::Person | EntityLabel::Norp | EntityLabel::Loc) {
                d.label = EntityLabel::Gpe;
            }
        } else if d.label == EntityLabel::Person
            && kinds & (Kind::City.bit() | Kind::Region.bit()) != 0
            && kinds & (Kind::GivenName.bit() | Kind::FamilyName.bit()) == 0
            && !self.titled(d.start)
            && (several || has(Kind::Region) || self.place_context(d))
        {
            d.label = EntityLabel::Gpe;
        } else if several && !d.misc && matches!(d.label, EntityLabel::Org | EntityLabel::Person) {
            if self.one_of(last, &SITES) {
                d.label = EntityLabel::Fac;
            } else if self.one_of(last, &LANDS) {
                d.label = EntityLabel::Loc;
            }
        }
        if several
            && d.label != EntityLabel::Org
            && !d.misc
            && (self.one_of(last, &BODIES) || self.one_of(d.start, &OPENING_BODIES))
        {
            d.label = EntityLabel::Org;
        }
        // Datelines: "ISLAMABAD: ...", "LAHORE (Reuters) - ...".
        let opens = d.start == 0
            || matches!(self.text(d.start - 1), "." | "\"" | "”")
            || self.info(d.start).has(ALL_CAPS);
        if opens
            && !is_place(d.label)
            && (d.start..d.end).all(|k| self.info(k).has(ALL_CAPS))
            && matches!(self.text(d.end), ":" | "—" | "–" | "(")
            && kinds & (Kind::City.bit() | Kind::Region.bit() | Kind::Country.bit()) != 0
        {
            d.label = EntityLabel::Gpe;
        }
        if *d != before {
            d.misc = false;
        }
        if several && d.label == EntityLabel::Org && self.one_of(last, &OCCASIONS) {
            d.misc = true;
        }
    }

    /// Words around a name that speak for a place.
    pub(super) fn place_context(&self, d: &Draft) -> bool {
        matches!(
            self.before(d.start),
            "in" | "In" | "near" | "at" | "from" | "to" | "across" | "outside" | "around"
        ) || self.one_of(d.end, &PLACE_NOUNS)
    }

    /// The last (or, in Chinese and Korean names, first) word of a person's full name is that person elsewhere.
    pub(super) fn people_by_last_name(&self, drafts: &mut [Draft], words: &mut Vec<(u32, EntityLabel)>) {
        words.clear();
        for p in drafts
            .iter()
            .filter(|d| d.label == EntityLabel::Person && d.end - d.start > 1 && d.confidence > 120)
        {
            words.push((self.info(p.end - 1).lower, EntityLabel::Person));
            if self.is(p.start, p.start + 1, Kind::FamilyName) {
                words.push((self.info(p.start).lower, EntityLabel::Person));
            }
        }
        words.sort_unstable();
        for d in
            drafts.iter_mut().filter(|d| d.label != EntityLabel::Person && d.end - d.start == 1 && !d.misc)
        {
            let known = self.kinds(d.start, d.end) & KNOWN != 0 || self.info(d.start).has(ALL_CAPS);
            if !known && find(words, self.info(d.start).lower).is_some() {
                d.label = EntityLabel::Person;
            }
        }
    }

    /// "Full Name (ACR)": the letters in brackets are what the name is, here and in the rest of the text.
    pub(super) fn acronyms(&self, drafts: &mut [Draft], words: &mut Vec<(u32, EntityLabel)>) {
        words.clear();
        for pair in drafts.windows(2) {
            let [a, b] = pair else { continue };
            let bracket = self.text(a.end) == "(" && b.start == a.end + 1 && self.text(b.end) == ")";
            if !bracket
                || b.end - b.start != 1
                || !self.info(b.start).has(ALL_CAPS)
                || a.end - a.start < 2
                || a.misc
            {
                continue;
            }
            let letters = self.text(b.start).chars();
            let initials =
                (a.start..a.end).filter_map(|t| self.text(t).chars().next()).filter(|c| c.is_uppercase());
            let same = letters.zip(initials).take_while(|(x, y)| x == y).count();
            if same >= 2 && matches!(a.label, EntityLabel::Org | EntityLabel::Gpe | EntityLabel::Fac) {
                words.push((self.info(b.start).cased, a.label));
            }
        }
        words.sort_unstable();
        for d in drafts.iter_mut().filter(|d| d.end - d.start == 1) {
            if let Some(label) = find(words, self.info(d.start).cased) {
                d.label = label;
                d.misc = false;
            }
        }
    }

    /// The kind of what the chain calls "other", by its head word and its surroundings.
    pub(super) fn tell_misc(&self, d: &mut Draft) {
        if !d.misc {
            return;
        }
        let last = d.end - 1;
        let heads = |kind: Kind| {
            self.is(last, d.end, kind) || self.is(last.saturating_sub(1).max(d.start), d.end, kind)
        };
        let quoted = matches!(self.before(d.start), "\"" | "“" | "'" | "‘");
        d.label = if self.one_of(last, &LAWS) {
            EntityLabel::Law
        } else if heads(Kind::EventHead) || self.one_of(d.start, &OPENING_EVENTS) {
            EntityLabel::Event
        } else if self.is(d.start, d.end, Kind::Demonym)
            && (self.one_of(d.end, &LANGUAGE_NOUNS) || self.one_of(d.start.saturating_sub(1), &SPEAKING))
        {
            EntityLabel::Language
        } else if quoted {
            EntityLabel::WorkOfArt
        } else {
            EntityLabel::Product
        };
    }
}
