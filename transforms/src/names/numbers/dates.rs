//! Dates that begin with a month, and numbers that only look like years.

use super::Reader;
use super::classes::Class;
use crate::grammar::EntityLabel;

impl Reader<'_> {
    /// Whether a number that looks like a year counts what follows: "2000 people".
    pub fn counted(&self, k: usize) -> bool {
        let next = self.text(k + 1);
        let small_plural =
            next.ends_with('s') && next.starts_with(|c: char| c.is_ascii_lowercase()) && next.len() > 4;
        let introduced = matches!(
            self.before(k),
            "in" | "In"
                | "since"
                | "Since"
                | "by"
                | "By"
                | "until"
                | "from"
                | "From"
                | "the"
                | "of"
                | "for"
                | "during"
                | "and"
                | "to"
                | "late"
                | "early"
                | "mid"
                | "("
        );
        (small_plural || next == "people") && !introduced
            || matches!(
                self.before(k),
                "than"
                    | "about"
                    | "nearly"
                    | "over"
                    | "some"
                    | "least"
                    | "around"
                    | "No."
                    | "approximately"
                    | "Section"
                    | "Article"
            )
    }

    /// The date that a month begins.
    pub fn month(&self, k: usize) -> Option<(usize, usize, EntityLabel)> {
        let mut end = k + 1;
        if self.text(end) == "." && self.tight(end) && self.text(k).len() <= 4 {
            end += 1;
        }
        let mut dated = k > self.start && matches!(self.class(k - 1), Class::Day | Class::Ordinal);
        if matches!(self.class(end), Class::Day | Class::Ordinal) && !dated {
            dated = true;
            end += 1;
            // "June 3-5" and "July 4 to 6" hold a second day.
            if matches!(self.text(end), "-" | "–") && self.class(end + 1) == Class::Day {
                end += 2;
            }
        }
        let year = if self.text(end) == "," && dated || self.text(end) == "of" { end + 1 } else { end };
        if self.class(year) == Class::Year && self.text(year).len() == 4 {
            dated = true;
            end = year + 1;
        }
        // "May" and "March" alone are dates after a preposition only.
        let word = self.text(k);
        if !dated
            && matches!(
                word,
                "May" | "March" | "MAY" | "MARCH" | "Mar" | "Jan" | "Jun" | "Dec" | "Sep" | "Nov"
            )
        {
            let lead = self.before(k);
            let ok = matches!(
                lead,
                "in" | "In"
                    | "since"
                    | "Since"
                    | "until"
                    | "till"
                    | "by"
                    | "of"
                    | "last"
                    | "Last"
                    | "next"
                    | "this"
                    | "from"
                    | "and"
                    | "to"
                    | "late"
                    | "early"
                    | "mid"
                    | "mid-"
                    | "-"
                    | "between"
                    | "before"
                    | "after"
                    | "through"
                    | "the"
                    | "for"
                    | "during"
                    | "or"
                    | "On"
                    | "on"
                    | "("
            );
            if !ok {
                return None;
            }
        }
        Some((k, end, EntityLabel::Date))
    }
}
