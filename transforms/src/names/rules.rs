//! Rules that mend what the chain found, in the order in which they run.

use super::features::*;
use super::lexicon::Kind;
use super::rule_words::*;
use super::segment::WordSet;
use super::{NameModel, NameScratch, NameToken};
use crate::grammar::{Deprel, EntityLabel, Xpos};
use std::ops::Range;

/// A name as the chain or a rule proposes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draft {
    pub start: usize,
    pub end: usize,
    pub label: EntityLabel,
    /// The chain's catch-all class: its kind is still to be told.
    pub misc: bool,
    pub confidence: u8,
}

pub(super) struct Rules<'a> {
    pub(super) model: &'a NameModel,
    pub(super) tokens: &'a [NameToken<'a>],
    pub(super) infos: &'a [TokenInfo],
}

pub fn apply(
    model: &NameModel,
    sentences: &[Range<usize>],
    tokens: &[NameToken<'_>],
    scratch: &mut NameScratch,
) {
    let rules = Rules { model, tokens, infos: &scratch.infos };
    let drafts = &mut scratch.drafts;
    rules.split_at_marks(drafts, &mut scratch.spare);
    drafts.iter_mut().for_each(|d| rules.cut_edges(d));
    drafts.retain(|d| d.start < d.end && !rules.before_currency(d));
    rules.split_off_people(drafts);
    drafts.retain(|d| !rules.common(d));
    rules.join_of_place(sentences, drafts);
    rules.join_bodies(sentences, drafts);
    rules.extend_offices(sentences, drafts);
    drafts.iter_mut().for_each(|d| rules.relabel(d));
    rules.grow_people(drafts);
    rules.kinds_by_context(drafts, &mut scratch.words);
    rules.people_by_last_name(drafts, &mut scratch.words);
    rules.acronyms(drafts, &mut scratch.words);
    rules.add_missing(&scratch.segments, drafts, &mut scratch.words);
    drafts.iter_mut().for_each(|d| rules.tell_misc(d));
}

/// The end of the sentence that holds a token.
pub(super) fn sentence_end(sentences: &[Range<usize>], token: usize) -> usize {
    let k = sentences.partition_point(|s| s.end <= token);
    sentences.get(k).map_or(token, |s| s.end)
}

pub(super) fn find(words: &[(u32, EntityLabel)], key: u32) -> Option<EntityLabel> {
    let k = words.partition_point(|w| w.0 < key);
    words.get(k).filter(|w| w.0 == key).map(|w| w.1)
}

/// Kinds of lists that speak against a person.
pub(super) const KNOWN: u32 = Kind::Country.bit()
    | Kind::City.bit()
    | Kind::Region.bit()
    | Kind::Demonym.bit()
    | Kind::Organization.bit();

pub(super) fn is_place(label: EntityLabel) -> bool {
    matches!(label, EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Fac)
}

impl Rules<'_> {
    pub(super) fn info(&self, k: usize) -> TokenInfo {
        self.infos.get(k).copied().unwrap_or_default()
    }

    pub(super) fn text(&self, k: usize) -> &str {
        self.tokens.get(k).map_or("", |t| t.text)
    }

    pub(super) fn before(&self, k: usize) -> &str {
        k.checked_sub(1).map_or("", |b| self.text(b))
    }

    pub(super) fn kinds(&self, from: usize, to: usize) -> u32 {
        self.model.lexicon.kinds((from..to).map(|k| self.info(k).lower))
    }

    pub(super) fn is(&self, from: usize, to: usize, kind: Kind) -> bool {
        self.kinds(from, to) & kind.bit() != 0
    }

    pub(super) fn one_of<const SIZE: usize>(&self, k: usize, words: &WordSet<SIZE>) -> bool {
        words.holds(self.info(k).lower)
    }

    /// Brackets, semicolons and quotation marks end a name.
    pub(super) fn split_at_marks(&self, drafts: &mut Vec<Draft>, spare: &mut Vec<Draft>) {
        let mark =
            |k: usize| matches!(self.text(k), "(" | ")" | ";" | ":" | "\"" | "“" | "”" | "[" | "]" | "|");
        if !drafts.iter().any(|d| (d.start..d.end).any(mark)) {
            return;
        }
        spare.clear();
        for d in drafts.iter() {
            let mut start = d.start;
            for k in d.start..=d.end {
                if k == d.end || mark(k) {
                    if start < k {
                        spare.push(Draft { start, end: k, ..*d });
                    }
                    start = k + 1;
                }
            }
        }
        std::mem::swap(drafts, spare);
    }

    /// Takes the article, titles of people, possessives and stray marks off a span.
    pub(super) fn cut_edges(&self, d: &mut Draft) {
        loop {
            let before = *d;
            let last = d.end.saturating_sub(1);
            if d.start < d.end
                && (self.one_of(d.start, &FRONT_TRIM) || self.info(d.start).has(PUNCTUATION))
                && !self.info(d.start).has(ALL_CAPS)
            {
                d.start += 1;
            } else if d.start < last
                && (self.one_of(last, &BACK_TRIM)
                    || self.text(last) == "." && self.text(last - 1).chars().count() > 2)
            {
                d.end -= 1;
            } else if d.label == EntityLabel::Person && d.end - d.start > 1 {
                // The longest title at the front; a name of one word that is also a title stays.
                let most = (d.end - d.start - 1).min(3);
                if let Some(n) = (1..=most).rev().find(|n| self.is(d.start, d.start + n, Kind::Title)) {
                    d.start += n;
                } else if self.info(last).has(NUMBER) {
                    d.end -= 1;
                }
            }
            if *d == before {
                return;
            }
        }
    }

    /// "US$5": the letters belong to the amount.
    pub(super) fn before_currency(&self, d: &Draft) -> bool {
        d.end - d.start == 1 && matches!(self.text(d.end), "$" | "£" | "¥") && !self.info(d.end).has(SPACED)
    }

    /// "Minister of Economy Samad Bashiri": a given name late in an office's field begins its bearer.
    pub(super) fn split_off_people(&self, drafts: &mut Vec<Draft>) {
        let found = drafts.len();
        for k in 0..found {
            let Some(d) = drafts.get(k).copied() else { continue };
            let field = matches!(self.before(d.start), "of" | "for")
                && d.start.checked_sub(2).is_some_and(|t| self.one_of(t, &OFFICERS));
            if !field || d.label != EntityLabel::Org || d.end - d.start < 3 {
                continue;
            }
            let known = |t: usize| self.is(t, t + 1, Kind::GivenName) || self.is(t, t + 1, Kind::FamilyName);
            let split = (d.start + 1..d.end - 1)
                .find(|t| known(*t) && (*t..d.end).all(|x| self.info(x).has(CAPITAL)));
            if let Some(t) = split
                && let Some(slot) = drafts.get_mut(k)
            {
                slot.end = t;
                drafts.push(Draft { start: t, label: EntityLabel::Person, ..d });
            }
        }
        if drafts.len() > found {
            drafts.sort_unstable_by_key(|d| d.start);
        }
    }

    /// "Bank" + "of" + "Japan", "Supreme Court of India": one organisation.
    pub(super) fn join_of_place(&self, sentences: &[Range<usize>], drafts: &mut Vec<Draft>) {
        for k in 1..drafts.len() {
            let (Some(a), Some(b)) = (drafts.get(k - 1).copied(), drafts.get(k).copied()) else { continue };
            let gap = b.start.saturating_sub(a.end);
            let linked = gap == 1 && self.text(a.end) == "of"
                || gap == 2 && self.text(a.end) == "of" && self.text(a.end + 1) == "the";
            let one = b.start < sentence_end(sentences, a.start);
            if linked
                && one
                && a.label == EntityLabel::Org
                && matches!(b.label, EntityLabel::Gpe | EntityLabel::Loc)
                && self.one_of(a.end - 1, &BODIES_OF_PLACES)
            {
                if let Some(slot) = drafts.get_mut(k) {
                    *slot = Draft { start: a.start, label: EntityLabel::Org, misc: false, ..b };
                }
                if let Some(slot) = drafts.get_mut(k - 1) {
                    slot.end = slot.start;
                }
            }
        }
        drafts.retain(|d| d.start < d.end);
    }

    /// A common word with a capital: "the Kingdom", "the State".
    pub(super) fn common(&self, d: &Draft) -> bool {
        d.end - d.start == 1
            && d.label != EntityLabel::Person
            && self.one_of(d.start, &COMMON)
            && !self.info(d.start).has(ALL_CAPS)
    }

    /// "Czech" + "Senate", "BRAC" + "Uganda": one organisation.
    pub(super) fn join_bodies(&self, sentences: &[Range<usize>], drafts: &mut Vec<Draft>) {
        for k in 0..drafts.len() {
            let Some(d) = drafts.get(k).copied().filter(|d| d.start < d.end) else { continue };
            let next = drafts.get(k + 1).copied();
            let end = sentence_end(sentences, d.start);
            let plain = |t: usize| {
                t < end
                    && self.info(t).has(CAPITAL)
                    && !self.info(t).has(TITLE_SENTENCE)
                    && !self.info(t).has(CAPS_SENTENCE)
            };
            let after = next.filter(|n| n.start == d.end && n.end <= end);
            let adjective = d.end - d.start == 1
                && self.is(d.start, d.end, Kind::Demonym)
                && d.label != EntityLabel::Person;
            let mut to = d.end;
            if adjective && plain(d.end) && self.one_of(d.end, &NATIONAL_BODIES) {
                to += 1;
                if plain(to) && matches!(self.text(to), "Forces" | "Force") {
                    to += 1;
                }
                to = after.filter(|n| n.label == EntityLabel::Org).map_or(to, |n| n.end.max(to));
            } else if d.label == EntityLabel::Org
                && let Some(n) = after
                && n.label == EntityLabel::Gpe
                && self.info(n.start).has(SPACED)
                && self.is(n.start, n.end, Kind::Country)
                && plain(n.start)
            {
                to = n.end;
            }
            if to > d.end {
                if let Some(slot) = drafts.get_mut(k) {
                    *slot = Draft { end: to, label: EntityLabel::Org, misc: false, ..d };
                }
                for n in drafts.iter_mut().skip(k + 1).take_while(|n| n.start < to) {
                    n.start = n.end.min(to.max(n.start));
                }
            }
        }
        drafts.retain(|d| d.start < d.end);
    }

    /// "Ministry of Health, Labour and Welfare": a list of capitalised words after such a head belongs to the name.
    pub(super) fn extend_offices(&self, sentences: &[Range<usize>], drafts: &mut Vec<Draft>) {
        let mut k = 0;
        while let Some(d) = drafts.get(k).copied() {
            k += 1;
            let office = d.label == EntityLabel::Org
                && (d.start..d.end)
                    .any(|t| self.one_of(t, &OFFICES) && matches!(self.text(t + 1), "of" | "for"));
            if !office {
                continue;
            }
            let limit = sentence_end(sentences, d.start);
            let word = |t: usize| t < limit && self.info(t).has(CAPITAL) && !self.info(t).has(STOP);
            let run = |mut t: usize| {
                while word(t) {
                    t += 1;
                }
                t
            };
            let (mut end, mut at) = (d.end, d.end);
            // Words after commas count only if an "and" closes the list.
            loop {
                if self.text(at) == "," && word(at + 1) {
                    at = run(at + 1);
                } else if matches!(self.text(at), "and" | "&")
                    && word(at + 1)
                    && (at > d.end || self.text(at) == "&")
                {
                    end = run(at + 1);
                    break;
                } else if self.text(at) == "," && self.text(at + 1) == "and" && word(at + 2) && at > d.end {
                    end = run(at + 2);
                    break;
                } else {
                    break;
                }
            }
            if end > d.end {
                if let Some(slot) = drafts.get_mut(k - 1) {
                    slot.end = end;
                }
                for x in drafts.iter_mut().skip(k).take_while(|x| x.start < end) {
                    x.end = x.start;
                }
            }
        }
        drafts.retain(|d| d.start < d.end);
    }

    /// "Jawed Hanif Khan" with "Hanif Khan" found: the parser ties the second name to the first.
    pub(super) fn grow_people(&self, drafts: &mut [Draft]) {
        let mut end = 0;
        for d in drafts {
            let tied = self.tokens.get(d.start).is_some_and(|t| t.relation == Deprel::Flat && t.space_before);
            if d.label == EntityLabel::Person
                && tied
                && let Some(first) = d.start.checked_sub(1).filter(|k| *k >= end)
                && self.tokens.get(first).is_some_and(|t| t.tag == Xpos::Nnp)
                && self.info(first).flags & (CAPITAL | ALL_CAPS | STOP) == CAPITAL
                && self.text(first).chars().all(char::is_alphabetic)
                && self.kinds(first, first + 1) & KNOWN == 0
                && !self.titled(d.start)
                // "Minister of Economy Samad Bashiri" names the portfolio first.
                && !matches!(self.before(first), "of" | "for" | "and" | "&")
            {
                d.start = first;
            }
            end = d.end;
        }
    }

    pub(super) fn titled(&self, start: usize) -> bool {
        start > 0 && self.is(start - 1, start, Kind::Title)
    }

    /// Names that the chain passed over: demonyms, countries, and the last names of people named in full.
    pub(super) fn add_missing(
        &self,
        segments: &[Range<usize>],
        drafts: &mut Vec<Draft>,
        words: &mut Vec<(u32, EntityLabel)>,
    ) {
        words.clear();
        let full = |d: &&Draft| d.label == EntityLabel::Person && d.end - d.start > 1 && d.confidence > 150;
        words.extend(drafts.iter().filter(full).map(|d| (self.info(d.end - 1).cased, EntityLabel::Person)));
        words.sort_unstable();
        let found = drafts.len();
        let (mut at, mut past) = (0, 0);
        for k in segments.iter().flat_map(Clone::clone) {
            while drafts.get(at).is_some_and(|d| at < found && d.end <= k) {
                at += 1;
            }
            let inside = at < found && drafts.get(at).is_some_and(|d| d.start <= k);
            let info = self.info(k);
            let money = matches!(self.text(k + 1), "$" | "£" | "¥") && !self.info(k + 1).has(SPACED);
            if inside || money || !info.has(CAPITAL) || info.has(STOP) {
                continue;
            }
            if k < past {
                continue;
            }
            let free = drafts.get(at).filter(|_| at < found).is_none_or(|d| d.start > k + 1);
            if free && self.given_and_more(k) {
                past = k + 2;
                drafts.push(Draft {
                    start: k,
                    end: past,
                    label: EntityLabel::Person,
                    misc: false,
                    confidence: 130,
                });
                continue;
            }
            if let Some(end) = self.dateline(k) {
                past = end;
                drafts.push(Draft { start: k, end, label: EntityLabel::Gpe, misc: false, confidence: 200 });
                continue;
            }
            let kinds = self.kinds(k, k + 1);
            let neighbours = k > 0 && self.info(k - 1).has(CAPITAL) && !self.info(k - 1).has(STOP)
                || self.info(k + 1).has(CAPITAL);
            let headline = info.has(TITLE_SENTENCE) || info.has(CAPS_SENTENCE);
            let label = if kinds & Kind::Demonym.bit() != 0
                && kinds & (Kind::FamilyName.bit() | Kind::GivenName.bit()) == 0
                && (!neighbours || headline)
            {
                EntityLabel::Norp
            } else if kinds & Kind::Country.bit() != 0 && self.text(k).len() > 3 && (!neighbours || headline)
            {
                EntityLabel::Gpe
            } else if !neighbours && kinds == 0 && find(words, info.cased).is_some() {
                EntityLabel::Person
            } else {
                continue;
            };
            drafts.push(Draft { start: k, end: k + 1, label, misc: false, confidence: 160 });
        }
        if drafts.len() > found {
            drafts.sort_unstable_by_key(|d| d.start);
        }
    }

    /// A given name of several letters and one more capitalised word that no list claims, at the end of a run.
    pub(super) fn given_and_more(&self, k: usize) -> bool {
        let (a, b) = (self.info(k), self.info(k + 1));
        let plain = |t: &TokenInfo| {
            t.has(CAPITAL) && t.flags & (STOP | ALL_CAPS | TITLE_SENTENCE | CAPS_SENTENCE | NUMBER) == 0
        };
        plain(&a)
            && plain(&b)
            && b.has(SPACED)
            && !self.info(k + 2).has(CAPITAL)
            && !self.info(k + 2).has(HYPHEN)
            && self.kinds(k, k + 1) == Kind::GivenName.bit()
            && self.kinds(k + 1, k + 2) & !(Kind::GivenName.bit() | Kind::FamilyName.bit()) == 0
    }

    /// "LAKKI MARWAT:", "QUETTA (Agencies)": where a place in capitals that stands before such a mark ends.
    pub(super) fn dateline(&self, k: usize) -> Option<usize> {
        let place = Kind::City.bit() | Kind::Region.bit() | Kind::Country.bit();
        (1..=3).rev().map(|n| k + n).find(|&end| {
            (k..end).all(|t| self.info(t).has(ALL_CAPS))
                && matches!(self.text(end), ":" | "(" | "—" | "–" | "--")
                && self.kinds(k, end) & place != 0
        })
    }
}
