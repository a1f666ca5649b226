//! Titles before a name: "Pakistan's Minister of Investment, Privatization and Communications NAME", "health ministry
//! spokesperson NAME", "Prof Dr NAME", "the lawyer, NAME".
//!
//! Read from the words rather than the tree: titles are long, capitalised and coordinated, which is where parsers
//! err and where the order of words is plain.

use super::Role;
use super::phrase::is_former;
use super::reader::{Head, Reader, is_office};
use crate::knowledge::TitleKind;

/// Longest run of titles before a name, in tokens.
const BEFORE_MAX: u32 = 32;

/// A title with its words.
#[derive(Clone, Copy)]
struct Segment {
    start: u32,
    end: u32,
    head: Head,
    former: bool,
    /// Whether it is tied to the one after it without a comma.
    tied: bool,
}

/// The titles before a name.
#[derive(Default)]
pub(super) struct Before {
    /// The titles, the nearest office first, then forms of address.
    pub roles: Vec<Role>,
    /// The person whose office it is: "Ghani's chief of staff".
    pub owner: Option<u32>,
    /// Where the titles begin.
    pub start: u32,
}

impl Reader<'_> {
    /// The titles that end right before the token `name`; none begins before `floor`.
    pub fn before(&self, floor: u32, name: u32) -> Before {
        let mut found = Before { start: name, ..Before::default() };
        let floor = floor.max(name.saturating_sub(BEFORE_MAX));
        let mut pos = name;
        let mut comma = false;
        let mut dash = false;
        if pos > floor {
            comma = self.word(pos - 1) == ",";
            dash = matches!(self.word(pos - 1), "—" | "–" | "--" | ":" | "(");
            pos -= u32::from(comma || dash);
            pos = self.identified(floor, pos);
        }
        let mut segments: Vec<Segment> = Vec::new();
        let mut tied = true;
        let mut apposition = false;
        while pos > floor && segments.len() < 6 {
            let Some(head) = self.reaching(floor, pos) else { break };
            let rank = head.title.kind == TitleKind::Rank && self.capital(head.start);
            let address = rank || matches!(head.title.kind, TitleKind::Honorific | TitleKind::Name);
            if segments.is_empty() && (comma && address || dash && !head.title.plural)
                || !segments.is_empty() && head.title.plural
                || head.title.kind == TitleKind::Relation && !segments.is_empty()
            {
                break;
            }
            let (start, former) = if address { (head.start, false) } else { self.before_head(floor, head) };
            if apposition
                && !(start > floor
                    && matches!(
                        self.word(start - 1),
                        "the" | "a" | "an" | "his" | "her" | "its" | "'s" | "’s"
                    ))
            {
                break;
            }
            segments.push(Segment { start, end: pos, head, former, tied });
            apposition = false;
            pos = start;
            if pos <= floor {
                break;
            }
            let word = self.word(pos - 1);
            tied = true;
            if matches!(word, "and" | "&" | "/") {
                if segments.len() > 1 && !is_office(head.title.kind) {
                    break;
                }
                pos -= 1;
            } else if word == "," && rank && !comma {
                // "the station's chief, Inspector NAME": with an article before it the office is the same man's.
                tied = false;
                apposition = true;
                pos -= 1;
            } else if word == "," && (comma || !is_office(head.title.kind)) {
                tied = false;
                pos -= 1;
            }
        }
        if comma && self.apposed(floor, &segments) {
            return found;
        }
        self.collect(floor, &segments, &mut found);
        found
    }

    /// Where a title may end whose bearer's name the police give: "The slain officer, identified as NAME".
    fn identified(&self, floor: u32, name: u32) -> u32 {
        let said = name >= floor + 3
            && self.word(name - 1) == "as"
            && matches!(self.word(name - 2), "identified" | "named");
        if !said {
            return name;
        }
        let mut at = name - 2;
        while at > floor
            && matches!(
                self.word(at - 1),
                "," | "who" | "was" | "is" | "has" | "been" | "later" | "be" | "only"
            )
        {
            at -= 1;
        }
        let ends = |i: u32| self.head(i, at).is_some_and(|h| h.end == at && is_office(h.title.kind));
        if (at.saturating_sub(4).max(floor)..at).any(ends) { at } else { name }
    }

    /// "NAME, president of X, NAME": the title belongs to the name before it.
    fn apposed(&self, floor: u32, segments: &[Segment]) -> bool {
        let Some(first) = segments.last() else { return false };
        let mut at = first.start;
        while at > floor && matches!(self.word(at - 1), "the" | "a" | "an" | "his" | "her" | "former") {
            at -= 1;
        }
        // "NAME advocate, NAME"
        at == first.start && at > 0 && segments.len() == 1 && self.is_person(at - 1)
            || at >= 2 && self.word(at - 1) == "," && self.is_person(at - 2)
    }

    fn collect(&self, floor: u32, segments: &[Segment], found: &mut Before) {
        let mut at = 0;
        let mut address = Vec::new();
        while let Some(segment) = segments.get(at) {
            let office = is_office(segment.head.title.kind) && segment.head.title.kind != TitleKind::Rank;
            let (mut start, end) = (segment.start, segment.end);
            let (mut head, mut former) = (segment.head, segment.former);
            let mut last = segment;
            // "Deputy Prime Minister and Foreign Minister" is one title, "President and former prime minister" two.
            while let Some(next) = segments.get(at + 1)
                && last.tied_to(next, office)
                && (is_office(next.head.title.kind) && next.head.title.kind != TitleKind::Rank) == office
                && !is_former(self.word(last.start))
            {
                start = next.start;
                former |= next.former;
                head = next.head;
                last = next;
                at += 1;
            }
            at += 1;
            // The possessor may be the person before, whose name ends where the search begins.
            let owner = self.owner(floor.saturating_sub(1), start);
            found.start = owner.start.min(start);
            found.owner = found.owner.or(owner.person);
            let end = self.trimmed(start, end);
            let Some(role) = self.role(start..end, head, owner, former) else { continue };
            if role.office { found.roles.push(role) } else { address.push(role) }
        }
        found.roles.extend(address);
    }

    /// The end of a title without the marks after it.
    fn trimmed(&self, start: u32, end: u32) -> u32 {
        let mut end = end;
        while end > start + 1 && matches!(self.word(end - 1), "," | "-" | "—" | "and" | "the") {
            end -= 1;
        }
        end
    }

    /// The title whose words reach `pos`.
    fn reaching(&self, floor: u32, pos: u32) -> Option<Head> {
        let mut run = pos;
        while run > floor && self.runs(run - 1) {
            run -= 1;
        }
        let ends = |i: u32| self.head(i, pos).filter(|h| self.completes(*h, pos));
        let nearest = (run..pos).rev().find_map(ends)?;
        // A longer title that ends in the same word: "Deputy Prime Minister".
        let longer = (run..nearest.start)
            .find_map(|i| self.head(i, pos).filter(|h| h.end >= nearest.end && h.end <= pos));
        let head = longer.unwrap_or(nearest);
        if head.end == pos {
            return Some(head);
        }
        // "Chairman of the Joint Chiefs of Staff Committee": the outer office has the inner one in its words.
        let outer = (run..head.start).find_map(|i| {
            let h = self.head(i, head.start).filter(|h| is_office(h.title.kind))?;
            (matches!(self.word(h.end), "of" | "for" | "to") && self.completes(h, pos)).then_some(h)
        });
        Some(outer.unwrap_or(head))
    }

    /// Whether a token can stand inside a title.
    fn runs(&self, at: u32) -> bool {
        !self.is_person(at)
            && (self.nominal(at)
                || self.capital(at)
                || matches!(
                    self.word(at),
                    "of" | "for"
                        | "and"
                        | "&"
                        | "the"
                        | "-"
                        | ","
                        | "'s"
                        | "’s"
                        | "’"
                        | "'"
                        | "in"
                        | "to"
                        | "/"
                        | "."
                        | "on"
                        | "at"
                        | "("
                        | ")"
                        | "OF"
                        | "FOR"
                        | "THE"
                        | "AND"
                )
                || self.head(at, u32::MAX).is_some())
    }
}

impl Segment {
    fn tied_to(&self, left: &Self, office: bool) -> bool {
        // Whether nothing but "and" or a slash stands between; a comma keeps two titles apart, and so do two offices
        // side by side, while "Prof Dr" is one address.
        let gap = self.start.checked_sub(left.end);
        left.tied && (gap == Some(1) || !office && gap == Some(0))
    }
}
