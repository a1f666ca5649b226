//! Indirect speech: what a reporting verb says in a clause without quotation marks.

use super::view::{Range, View};
use crate::grammar::{Deprel, Upos, Xpos};

/// Indirect speech that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Indirect<'a> {
    /// The tokens of what is said.
    pub content: Range,
    /// The speaker's tokens.
    pub speaker: Range,
    /// The verb's lemma.
    pub verb: &'a str,
    /// The verb's token.
    pub at: usize,
}

/// Verbs behind which what is said follows without "that".
const BARE: &[&str] = &[
    "say",
    "claim",
    "believe",
    "think",
    "insist",
    "argue",
    "add",
    "note",
    "hope",
    "fear",
    "suggest",
    "warn",
    "announce",
    "confirm",
    "allege",
    "predict",
    "estimate",
    "admit",
    "acknowledge",
    "assert",
    "maintain",
    "contend",
    "explain",
    "expect",
    "tell",
    "know",
    "declare",
    "feel",
    "deny",
    "tweet",
    "state",
    "report",
    "conclude",
];
/// Words that begin a clause behind such a verb.
const BEGINS: &[&str] = &[
    "he", "she", "they", "it", "we", "i", "you", "the", "a", "an", "his", "her", "their", "its", "this",
    "these", "those", "there", "no", "some", "many", "most", "such", "nobody", "everyone", "people", "one",
    "two", "all", "at", "both", "if", "more", "our", "my",
];

/// Words that say when or despite what somebody spoke, rather than what he said.
const CIRCUMSTANCES: &[&str] = &[
    "after",
    "before",
    "during",
    "while",
    "until",
    "although",
    "though",
    "but",
    "amid",
    "despite",
    "upon",
    "following",
];

impl<'a> View<'a> {
    /// Finds the indirect speech of the sentence `lo..hi`.
    pub fn indirect(&self, lo: usize, hi: usize, out: &mut Vec<Indirect<'a>>) {
        let first = out.len();
        let end = (lo..hi).rev().find(|i| !self.stop(*i) && !self.quote(*i)).map_or(lo, |i| i + 1);
        let mut at = lo;
        while at < end {
            let next = at + 1;
            if let Some(found) = self.according_clause(lo, at, end).or_else(|| self.reported(lo, at, end))
                && self.told(&found)
                && out.len() < first + 4
                && !out.iter().skip(first).any(|o| o.content == found.content)
            {
                out.push(found);
            }
            at = next;
        }
    }

    /// Whether what was found can be what somebody says: no phrase of time behind the verb, not the speaker himself.
    fn told(&self, found: &Indirect<'_>) -> bool {
        let (start, end) = found.content;
        let inside = found.speaker.0 >= start && found.speaker.1 <= end;
        let circumstance = self.mark(start) || self.is(start, CIRCUMSTANCES);
        let himself = inside && start > found.at;
        end > start + 2 && !circumstance && !himself
    }

    fn according_clause(&self, lo: usize, at: usize, end: usize) -> Option<Indirect<'a>> {
        if !self.is(at, &["according"]) || !self.is(at + 1, &["to"]) {
            return None;
        }
        let speaker = self.according(at + 2, end)?;
        let verb = "according to";
        if at <= lo + 1 {
            let comma = (speaker.1..end).find(|i| self.word(*i) == ",")?;
            return Some(Indirect { content: (comma + 1, end), speaker, verb, at });
        }
        let stop = if self.word(at - 1) == "," { at - 1 } else { at };
        Some(Indirect { content: (lo, stop), speaker, verb, at })
    }

    fn reported(&self, lo: usize, at: usize, end: usize) -> Option<Indirect<'a>> {
        let found = self.reporting(at)?;
        let verb = found.verb.lemma.as_str();
        let behind = at + found.len;
        let subject = self.subject_before(at, lo).filter(|_| at > lo);
        if let Some(speaker) = subject {
            let that = || self.that_clause(behind, end).or_else(|| self.complement(at, end));
            if let Some(content) = that().filter(|_| found.verb.takes_that) {
                return Some(Indirect { content, speaker, verb, at });
            }
            let starts = self.is(behind, BEGINS) || self.capital(behind) || self.nominal(behind);
            let clause = (behind + 1..end).any(|i| self.finite(i));
            if BARE.contains(&verb)
                && starts
                && clause
                && found.finite
                && end > behind + 3
                && !self.mark(behind)
            {
                return Some(Indirect { content: (behind, end), speaker, verb, at });
            }
            if let Some(content) = self.infinitive(behind, end).filter(|_| found.finite) {
                return Some(Indirect { content, speaker, verb, at });
            }
            if let Some(content) =
                self.object(at, behind, end).filter(|_| found.finite && found.verb.takes_object)
            {
                return Some(Indirect { content, speaker, verb, at });
            }
        }
        // "..., the minister said on Monday."
        if !found.verb.takes_that {
            return None;
        }
        let near = end.saturating_sub(at) <= 20;
        let (start, speaker) = match subject {
            Some(s) => (s.0, Some(s)),
            None => (at, None),
        };
        if !near || !found.finite || start <= lo + 4 || self.word(start - 1) != "," {
            return None;
        }
        let speaker = speaker.filter(|s| s.0 > lo).or_else(|| self.subject_after(behind, end))?;
        let from = (lo..start - 1).find(|i| !self.mark(*i)).unwrap_or(lo);
        Some(Indirect { content: (from, start - 1), speaker, verb, at })
    }

    /// A clause that "that" opens within a few words, up to the sentence's end.
    fn that_clause(&self, from: usize, end: usize) -> Option<Range> {
        let that = (from..end.min(from + 9))
            .take_while(|i| *i == from || !self.mark(*i))
            .find(|i| self.is(*i, &["that"]))?;
        let verb = (from..that).any(|i| self.reporting(i).is_some() || self.verbal(i));
        (!verb && that + 2 < end).then_some((that, end))
    }

    /// What somebody is asked to do or promises: "to" at once or behind a short object, up to the sentence's end.
    fn infinitive(&self, from: usize, end: usize) -> Option<Range> {
        let to = (from..end.min(from + 8))
            .take_while(|i| !self.mark(*i) && !self.finite(*i))
            .find(|i| self.is(*i, &["to"]))?;
        let verb = self.tokens.get(to + 1).is_some_and(|t| t.xpos == Xpos::Vb);
        (verb && to + 2 < end).then_some((from, end))
    }

    /// Whether a token can begin a noun phrase.
    fn nominal(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| {
            matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adj | Upos::Num | Upos::Det)
        })
    }

    /// The clausal complement that the tree gives behind the verb.
    fn complement(&self, verb: usize, end: usize) -> Option<Range> {
        let head = (verb + 1..end.min(verb + 60)).find(|i| {
            self.tokens.get(*i).is_some_and(|t| t.head as usize == verb && t.deprel == Deprel::Ccomp)
        })?;
        self.beneath(verb, head, end)
    }

    /// The object of a verb, or what a preposition that belongs to the verb governs ("called for").
    fn object(&self, verb: usize, behind: usize, end: usize) -> Option<Range> {
        let phrasal = behind > verb + 1;
        let head = (behind..end.min(verb + 30)).find(|i| {
            self.tokens.get(*i).is_some_and(|t| {
                t.head as usize == verb
                    && (t.deprel == Deprel::Obj || phrasal && matches!(t.deprel, Deprel::Obl | Deprel::Advcl))
            })
        })?;
        let (start, stop) = self.beneath(verb, head, end)?;
        Some((start.max(behind), stop)).filter(|(a, b)| a < b)
    }

    /// The words behind a verb that hang on one of its children.
    fn beneath(&self, verb: usize, head: usize, end: usize) -> Option<Range> {
        let under = |mut at: usize| {
            for _ in 0..20 {
                if at == head {
                    return true;
                }
                match self.tokens.get(at) {
                    Some(t) if (t.head as usize) < self.tokens.len() => at = t.head as usize,
                    _ => return false,
                }
            }
            false
        };
        let start = (verb + 1..=head).find(|i| under(*i))?;
        let stop = (head..end).rev().find(|i| under(*i)).map_or(head + 1, |i| i + 1);
        Some((start, stop))
    }
}
