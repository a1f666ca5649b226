//! When a telling plays: the date that its clause ties to the trigger, and whether an undated act is of the day's news.

use super::find::Finder;
use crate::dates;
use crate::grammar::{Deprel, Upos, Xpos, Zone};
use jiff::ToSpan;

/// Adverbs that tell an act as background, not as the day's news.
const BACKGROUND: [&str; 14] = [
    "repeatedly",
    "often",
    "always",
    "long",
    "previously",
    "earlier",
    "historically",
    "regularly",
    "frequently",
    "usually",
    "traditionally",
    "once",
    "consistently",
    "routinely",
];

impl Finder<'_, '_> {
    /// Whether an undated act is of the day's news: told in the past tense or the present, not as background.
    pub(super) fn news(&self, at: u32, plover_type: &str) -> bool {
        let tree = self.tree;
        let verb = if tree.is_verb(at) || tree.child(at, Deprel::Cop).is_some() {
            at
        } else {
            let tied = matches!(
                tree.deprel(at),
                Some(Deprel::Obj | Deprel::Nsubj | Deprel::NsubjPass | Deprel::Root | Deprel::Obl)
            );
            match tree.head(at) {
                _ if self.sentence.zone != Zone::Body => return true,
                Some(head) if tied && tree.is_verb(head) => head,
                None => return true,
                _ => return false,
            }
        };
        // "Has supported" beyond the lead sums up; in the lead it is how news is told.
        // What somebody is reported to have done is told of the day, whatever its tense.
        let late = self.number > self.lead;
        let said = self.reported(verb) && !matches!(plover_type, "SUPPORT" | "COOPERATE" | "AID");
        let now = |i: u32| tree.get(i).is_some_and(|t| matches!(t.xpos, Xpos::Vbz | Xpos::Vbp));
        // "We are grateful", "among the first to recognise": a state or a background, not an act of the day.
        let state = tree.child(verb, Deprel::Cop).is_some_and(now);
        let aside = matches!(tree.deprel(verb), Some(Deprel::Acl | Deprel::Csubj));
        if late && (state || aside) && plover_type == "SUPPORT" {
            return false;
        }
        let present = now(verb);
        let finite = tree.children(verb).all(|(_, t)| t.deprel != Deprel::Aux);
        if late && present && finite && !said && self.sentence.zone == Zone::Body && !self.speaks(verb) {
            return false;
        }
        !tree.children(verb).any(|(i, t)| match t.deprel {
            Deprel::Aux => {
                let word = tree.word(i);
                (word.eq_ignore_ascii_case("had") && !said)
                    || (late && !said && ["has", "have", "'ve"].iter().any(|w| word.eq_ignore_ascii_case(w)))
            }
            Deprel::Advmod => BACKGROUND.contains(&tree.lemma(i)),
            Deprel::Obl => matches!(tree.case(i), Some("since" | "during")) && self.past(i),
            _ => false,
        })
    }

    /// Whether a clause is what somebody is reported to say, in a sentence that names who.
    fn reported(&self, verb: u32) -> bool {
        let named = |v: u32| {
            crate::syntax::Predicate::new(self.tree, v)
                .subject()
                .is_some_and(|s| self.tree.get(s).is_some_and(|t| t.upos != Upos::Pron))
        };
        let above = self.tree.deprel(verb) == Some(Deprel::Ccomp)
            && self.tree.head(verb).is_some_and(|h| self.speaks(h) && named(h));
        let first = self
            .tree
            .children(verb)
            .any(|(i, t)| t.deprel == Deprel::Nsubj && matches!(self.tree.lemma(i), "we" | "I" | "i"));
        let beside = self
            .tree
            .children(verb)
            .any(|(i, t)| t.deprel == Deprel::Parataxis && self.speaks(i) && named(i));
        (above || beside) && !first
    }

    /// Whether a verb reports speech.
    fn speaks(&self, verb: u32) -> bool {
        self.modality.reports(self.tree.lemma(verb))
    }

    /// Whether an oblique names another time than that of the news: "since March", "during the crisis".
    fn past(&self, at: u32) -> bool {
        let deed = |i: u32| {
            matches!(self.tree.lemma(i), "meeting" | "talk" | "visit" | "call" | "session" | "conference")
        };
        self.tree.case(at) == Some("since") || (!deed(at) && self.tree.children(at).all(|(i, _)| !deed(i)))
    }

    /// The date of the clause: one that hangs under the trigger or the verb above it, else the sentence's only one.
    /// A date of what is said, asked or promised is none of the saying, and what goes on "since" a day begins then
    /// only where it is a war.
    pub(super) fn date(&self, at: u32, speech: bool, war: bool) -> Option<dates::Found> {
        let since = |d: &dates::Found| {
            (d.first..d.end).any(|i| matches!(self.tree.case(i), Some("since" | "until" | "till")))
        };
        let held = |d: &dates::Found, top: u32| {
            (d.first..d.end).any(|i| self.tree.under(i, top)) && (war || !since(d))
        };
        let told = |d: &dates::Found, top: u32| speech && self.inside_speech(d.first, top);
        let under = |top: u32| self.dates.iter().copied().find(|d| held(d, top) && !told(d, top));
        let above = self.tree.head(at).filter(|_| !self.tree.is_verb(at));
        let own = under(at).or_else(|| above.and_then(under));
        own.or(match self.dates {
            [only] if self.reaches(only, at) && !told(only, at) && (war || !since(only)) => Some(*only),
            _ => None,
        })
    }

    /// Whether a date stands in what a speech act is about: in a clause that completes its verb or another one, or
    /// inside its object ("condemned Saturday's attack").
    pub(super) fn inside_speech(&self, below: u32, verb: u32) -> bool {
        let mut at = below;
        for _ in 0..16 {
            let (Some(relation), Some(head)) = (self.tree.deprel(at), self.tree.head(at)) else {
                return false;
            };
            if matches!(relation, Deprel::Ccomp | Deprel::Xcomp) && !self.tree.under(verb, at) && verb != at {
                return true;
            }
            if head == verb {
                return relation == Deprel::Obj && !self.tree.is_verb(at) && at != below;
            }
            at = head;
        }
        false
    }

    /// A date of what lies ahead: "on Sunday" is the next one, "in June" the next June, where no year is printed.
    pub(super) fn to_come(&self, date: dates::Found) -> dates::Found {
        let Some(published) = self.context.doc.article.pub_date else { return date };
        let year = (date.first..date.end)
            .any(|i| self.tree.word(i).len() == 4 && self.tree.word(i).bytes().all(|b| b.is_ascii_digit()));
        if year || date.date >= published {
            return date;
        }
        let moved = match (date.source, date.precision) {
            ("weekday", dates::Precision::Day) => date.date.checked_add(7.days()),
            ("explicit", dates::Precision::Day | dates::Precision::Month)
                if date.date.month() != published.month() =>
            {
                date.date.checked_add(1.year())
            }
            _ => return date,
        };
        moved.map_or(date, |day| dates::Found { date: day, ..date })
    }

    /// Whether a sentence's only date speaks of a trigger that it doesn't hang under: a year or month must stand in
    /// the same clause or one coordinated with it; a day of the news may stand at the verb that reports.
    fn reaches(&self, date: &dates::Found, at: u32) -> bool {
        let clause = |from: u32| {
            let mut i = from;
            for _ in 0..12 {
                if self.tree.is_verb(i) {
                    break;
                }
                match self.tree.head(i) {
                    Some(head) => i = head,
                    None => break,
                }
            }
            i
        };
        let (there, here) = (clause(date.first), clause(at));
        if there == here {
            return true;
        }
        let published = self.context.doc.article.pub_date;
        let fresh = date.precision == dates::Precision::Day
            && published.is_none_or(|p| (p - date.date).get_days().abs() <= 7);
        if fresh {
            let perfect = self
                .tree
                .children(here)
                .any(|(i, t)| t.deprel == Deprel::Aux && matches!(self.tree.lemma(i), "have"));
            // "To end the three-year war", "the tariff imposed by B": what is only mentioned is not of that day.
            let mentioned = !self.tree.is_verb(at)
                && self.tree.children(at).any(|(i, t)| {
                    t.deprel == Deprel::NmodPoss
                        || (t.deprel == Deprel::Det && matches!(self.tree.lemma(i), "the" | "this" | "that"))
                });
            let participle = self.tree.deprel(here) == Some(Deprel::Acl);
            let late = self.number > self.lead;
            let sums_up = perfect && late && self.tree.under(here, there);
            return !(sums_up || mentioned || participle);
        }
        let mut i = here;
        for _ in 0..6 {
            match (self.tree.deprel(i), self.tree.head(i)) {
                (Some(Deprel::Conj | Deprel::Xcomp | Deprel::Advcl | Deprel::Ccomp), Some(head))
                    if head == there =>
                {
                    return true;
                }
                (Some(Deprel::Conj | Deprel::Xcomp | Deprel::Ccomp), Some(head)) => i = head,
                _ => return false,
            }
        }
        false
    }

    pub(super) fn long_ago(&self, date: Option<dates::Found>) -> bool {
        let published = self.context.doc.article.pub_date;
        date.zip(published).is_some_and(|(d, p)| i32::from(p.year()) - i32::from(d.date.year()) >= 2)
    }
}
