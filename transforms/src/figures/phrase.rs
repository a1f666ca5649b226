//! The parts of a title around its head: words before it ("health ministry" spokesperson), words after it (Minister
//! "of Investment, Privatization and Communications"), whose it is ("Pakistan's", "Ghani's").

use super::reader::{Head, Reader, is_office};
use crate::code::Code;
use crate::grammar::{EntityLabel, Upos, Xpos};
use crate::knowledge::CountryWord;

/// Words before a head that belong to it, at most.
const BEFORE_MAX: u32 = 12;
/// Words after a head that belong to it, at most.
const AFTER_MAX: u32 = 26;

/// Adjectives that tell of the bearer, not of the office.
const TELLING: &[&str] = &[
    "new",
    "newly",
    "current",
    "incarcerated",
    "jailed",
    "imprisoned",
    "slain",
    "ousted",
    "visiting",
    "powerful",
    "influential",
    "radical",
    "veteran",
    "renowned",
    "famous",
    "prominent",
    "longtime",
    "young",
    "old",
    "elderly",
    "late",
    "outspoken",
    "embattled",
    "exiled",
    "fugitive",
    "alleged",
    "controversial",
    "hardline",
    "pro",
    "anti",
    "first",
    "second",
    "third",
    "last",
    "next",
    "own",
    "other",
    "same",
    "fellow",
    "many",
    "several",
    "few",
    "two",
    "three",
    "four",
    "five",
    "year",
    "day",
    "week",
    "month",
    "today",
    "time",
    "retired",
];
/// Plural nouns that stand before an office.
const PLURALS: &[&str] = &[
    "rights",
    "affairs",
    "sports",
    "operations",
    "relations",
    "communications",
    "services",
    "forces",
    "arms",
    "news",
    "studies",
    "works",
    "sales",
    "systems",
    "resources",
    "elections",
    "economics",
    "politics",
    "women",
];

/// Whose office it is.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Owner {
    /// The country that is named before it.
    pub country: Option<Code>,
    /// The token of the person or body before its possessive mark.
    pub person: Option<u32>,
    /// Where the phrase with the possessor begins.
    pub start: u32,
}

/// Whether a word says that an office was held before.
pub(super) fn is_former(word: &str) -> bool {
    matches!(word, "former" | "Former" | "FORMER" | "ex" | "Ex" | "erstwhile" | "onetime")
}

fn timed(word: &str) -> bool {
    is_former(word)
        || matches!(word, "then" | "Then" | "acting" | "Acting" | "late" | "Late" | "interim" | "Interim")
}

fn link(word: &str) -> bool {
    matches!(
        word,
        "of" | "for" | "to" | "in" | "at" | "on" | "OF" | "FOR" | "TO" | "IN" | "AT" | "Of" | "For"
    )
}

pub(super) fn clitic(word: &str) -> bool {
    // A lone "s" is what remains where a character was lost.
    // Some typewriters' accents stand for an apostrophe.
    matches!(word, "'s" | "’s" | "'" | "’" | "s" | "'S" | "’S" | "´" | "´s")
}

fn is_and(word: &str) -> bool {
    matches!(word, "and" | "&" | "AND")
}

impl Reader<'_> {
    /// Where the words before a head that belong to it begin, and whether the text calls it former.
    pub fn before_head(&self, floor: u32, head: Head) -> (u32, bool) {
        let posted = head.title.posted;
        let head = head.start;
        let mut at = head;
        let mut former = false;
        let mut lower = 0;
        while at > floor && head - at < BEFORE_MAX {
            let left = at - 1;
            let word = self.word(left);
            if self.is_person(left) {
                break;
            }
            if word == "-" && left > floor {
                if timed(self.word(left - 1)) {
                    at = left - 1;
                    former |= is_former(self.word(at));
                    break;
                }
                // A hyphen inside a compound; what stands before it decides.
                if self.nominal(left - 1) && !TELLING.contains(&self.word(left - 1).to_lowercase().as_str()) {
                    at = left - 1;
                    continue;
                }
                break;
            }
            if timed(word) {
                former |= is_former(word);
                at = left;
                // "Khyber Pakhtunkhwa former governor": the place before it is part of the office.
                if let Some((_, name)) = left.checked_sub(1).and_then(|i| self.name_at(i))
                    && matches!(name.label, EntityLabel::Gpe | EntityLabel::Org | EntityLabel::Loc)
                    && name.tokens.start >= floor
                    && name.tokens.end == left
                    && self.country_before(floor, left).is_none()
                {
                    at = name.tokens.start;
                }
                break;
            }
            // Another office ends here: it is a title of its own.
            if (floor.max(left.saturating_sub(4))..=left).any(|i| {
                self.head(i, at).is_some_and(|h| h.end == at && is_office(h.title.kind)) && self.capital(i)
            }) {
                break;
            }
            if let Some((_, name)) = self.name_at(left) {
                let start = name.tokens.start;
                match name.label {
                    EntityLabel::Org if start >= floor && name.tokens.end <= head => {
                        at = start;
                        continue;
                    }
                    EntityLabel::Date
                    | EntityLabel::Time
                    | EntityLabel::Money
                    | EntityLabel::Percent
                    | EntityLabel::Quantity
                    | EntityLabel::WorkOfArt => break,
                    _ => {}
                }
            }
            if let Some((start, _)) = self.country_before(floor, at) {
                // The "Syria envoy" is sent to Syria; the "Syrian envoy" isn't.
                if posted && self.country_at(start, at).is_some_and(|(.., w)| w == CountryWord::Name) {
                    at = start;
                    break;
                }
                // "then-US president", "former Pakistani minister": the phrase is one.
                let mut outer = start;
                while outer > floor && self.word(outer - 1) == "-" {
                    outer -= 1;
                }
                if outer > floor && timed(self.word(outer - 1)) {
                    former |= is_former(self.word(outer - 1));
                    at = outer - 1;
                }
                break;
            }
            if word == ")" {
                let open = (floor.max(left.saturating_sub(6))..left).rev().find(|i| self.word(*i) == "(");
                match open {
                    Some(open) if open > floor && self.capital(open - 1) => {
                        at = open;
                        continue;
                    }
                    _ => break,
                }
            }
            if self.capital(left) && self.nominal(left) {
                at = left;
                continue;
            }
            if is_and(word)
                && left > floor
                && self.capital(left - 1)
                && self.capital(at)
                && self.nominal(left - 1)
            {
                at = left - 1;
                continue;
            }
            // "Investment, Privatization and Communications Minister".
            if word == ","
                && left > floor
                && self.capital(left - 1)
                && (at..head).any(|i| is_and(self.word(i)))
                && !matches!(
                    self.label(left - 1),
                    Some(EntityLabel::Gpe | EntityLabel::Date | EntityLabel::Person)
                )
            {
                at = left - 1;
                continue;
            }
            if lower < 4 && self.lower_before(left) {
                lower += 1;
                at = left;
                continue;
            }
            break;
        }
        (at, former)
    }

    fn lower_before(&self, at: u32) -> bool {
        let Some(token) = self.token(at) else { return false };
        let word = self.doc.word(token);
        if self.capital(at) || TELLING.contains(&word.to_lowercase().as_str()) {
            return false;
        }
        match token.xpos {
            Xpos::Nn | Xpos::Jj | Xpos::Nnp => true,
            Xpos::Nns => PLURALS.contains(&word),
            Xpos::Fw => true,
            _ => false,
        }
    }

    /// Whose office begins at `start`.
    pub fn owner(&self, floor: u32, start: u32) -> Owner {
        let mut at = start;
        let mut possessive = false;
        for _ in 0..6 {
            let Some(left) = at.checked_sub(1).filter(|l| *l >= floor) else { break };
            let word = self.word(left);
            if clitic(word) {
                possessive = true;
            } else if !(matches!(word, "-" | "the" | "The")
                || TELLING.contains(&word.to_lowercase().as_str())
                || timed(word))
            {
                break;
            }
            at = left;
        }
        let mut owner = Owner { start: at, ..Owner::default() };
        let Some(last) = at.checked_sub(1).filter(|l| *l >= floor) else { return owner };
        if let Some((from, country)) = self.country_before(floor, at) {
            owner.country = Some(country);
            owner.start = from;
        } else if possessive && self.is_person(last) {
            owner.person = Some(last);
        } else if possessive || matches!(self.label(last), Some(EntityLabel::Norp)) {
            owner.country =
                self.place_country(last).or_else(|| self.body_country(last).filter(|_| possessive));
        }
        owner
    }

    /// The country of a body of the dictionary whose name covers a token: "NPR's Ann Low".
    fn body_country(&self, at: u32) -> Option<Code> {
        let (_, name) = self.name_at(at).filter(|(_, m)| m.label == EntityLabel::Org)?;
        let found = self.context.actors.named(self.words(name.tokens.clone()), self.doc.article.pub_date);
        found.filter(|(n, _)| *n == name.tokens.len()).and_then(|(_, a)| a.country)
    }

    /// Whether the words after a head, up to exactly `to`, complete it.
    pub fn completes(&self, head: Head, to: u32) -> bool {
        let from = head.end;
        if from >= to {
            return from == to;
        }
        if self.open(head) && matches!(self.word(from), "," | "and" | "&" | "for") {
            return self.completed(head, to) == to;
        }
        self.completes_from(from, to)
    }

    /// Whether a title ends inside a list that may go on: "Minister of Investment".
    fn open(&self, head: Head) -> bool {
        (head.start..head.end).any(|i| link(self.word(i)))
    }

    fn completes_from(&self, from: u32, to: u32) -> bool {
        if from >= to {
            return from == to;
        }
        let word = self.word(from);
        if word == "(" {
            return self.closing(from, to).is_some_and(|close| self.completes_from(close + 1, to));
        }
        if link(word) {
            return self.completed_from(from, to, false) == to;
        }
        to - from <= 4
            && self.capital(from)
            && (from..to).all(|i| {
                (self.capital(i) || matches!(self.word(i), "-" | "/" | "&") || self.upos(i) == Upos::Num)
                    && !self.is_person(i)
                    && self.head(i, to).is_none_or(|h| !is_office(h.title.kind) || i > from)
            })
    }

    /// The token after the words that complete a head that ends at `from`.
    pub fn completed(&self, head: Head, limit: u32) -> u32 {
        self.completed_from(head.end, limit, self.open(head))
    }

    fn completed_from(&self, from: u32, limit: u32, open: bool) -> u32 {
        let limit = limit.min(from + AFTER_MAX);
        let mut at = from;
        let mut end = from;
        let mut linked = open;
        while at < limit {
            let word = self.word(at);
            if word == "(" {
                let Some(close) = self.closing(at, limit).filter(|c| (at..*c).all(|i| !self.is_person(i)))
                else {
                    break;
                };
                at = close + 1;
                end = at;
                continue;
            }
            if link(word) {
                if !linked && end < at {
                    break;
                }
                // "in Bannu", "of Azerbaijan"; but "minister on Monday" and "president in a statement" are no offices.
                let next = at + 1 + u32::from(matches!(self.word(at + 1), "the" | "The" | "THE"));
                if matches!(self.label(next), Some(EntityLabel::Date | EntityLabel::Time))
                    || !self.nominal(next)
                    || matches!(self.word(at + 1), "a" | "an")
                    || matches!(word, "to" | "in" | "on" | "at") && !self.place_or_body(next)
                {
                    break;
                }
                linked = true;
                at = next;
                continue;
            }
            if self.is_person(at) {
                break;
            }
            if matches!(word, "-" | "/" | "the" | ".") || clitic(word) {
                if word == "the" && !linked || word == "." && !self.abbreviated(at) {
                    break;
                }
                at += 1;
                continue;
            }
            if is_and(word) || word == "," {
                if !linked || !self.listed(at, limit) {
                    break;
                }
                at += 1;
                continue;
            }
            if !self.nominal(at) {
                break;
            }
            if !linked {
                // Capitals right after the head: "Director Sports", "IGP AJK".
                if !self.capital(at) || at - from >= 4 || self.head(at, limit).is_some() {
                    break;
                }
            } else if matches!(self.label(at), Some(EntityLabel::Date | EntityLabel::Time)) {
                break;
            }
            at += 1;
            end = at;
        }
        end
    }

    /// "Lt." keeps its dot.
    fn abbreviated(&self, dot: u32) -> bool {
        dot.checked_sub(1).and_then(|i| self.token(i)).is_some_and(|t| !t.space_after && t.span.len() <= 3)
            && self.capital(dot + 1)
    }

    fn place_or_body(&self, at: u32) -> bool {
        self.capital(at)
            || self.context.doc.name_at(at).is_some_and(|m| {
                matches!(m.label, EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Org | EntityLabel::Fac)
            })
    }

    /// Whether the office goes on after a comma or "and" at `at`.
    fn listed(&self, at: u32, limit: u32) -> bool {
        let next = at + 1;
        if self.is_person(next) || self.head(next, limit).is_some() || is_former(self.word(next)) {
            return false;
        }
        if is_and(self.word(at)) {
            let last_small = at.checked_sub(1).is_some_and(|i| !self.capital(i));
            return self.nominal(next) && (self.capital(next) || last_small) && self.quiet(next, limit);
        }
        // A comma counts in a list of capitals that ends with "and": "Planning, Development and Reforms".
        if !self.capital(next) || self.label(next) == Some(EntityLabel::Gpe) {
            return false;
        }
        let mut i = next;
        while i < limit && i < next + 8 && (self.capital(i) || matches!(self.word(i), "," | "of" | "the")) {
            if self.is_person(i) || self.head(i, limit).is_some() {
                return false;
            }
            i += 1;
        }
        is_and(self.word(i)) && self.capital(i + 1) && !self.is_person(i + 1) && self.quiet(i + 1, limit)
    }

    /// Whether the words from here on don't run into a title or a person of their own: "... of Pakistan and Turkish
    /// President X".
    fn quiet(&self, from: u32, limit: u32) -> bool {
        let mut i = from;
        while i < limit && i < from + 5 && self.nominal(i) {
            if i > from && self.head(i, limit).is_some_and(|h| is_office(h.title.kind)) {
                return false;
            }
            i += 1;
        }
        i >= limit || !self.is_person(i)
    }
}
