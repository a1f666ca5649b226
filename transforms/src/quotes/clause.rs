//! The reporting clause of a quoted stretch: behind it, before it, or in the sentence before.

use super::view::{Range, View};
use crate::document::ROOT;
use crate::grammar::{Deprel, Upos};

/// Who speaks and how the text says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribution<'a> {
    /// The speaker's tokens.
    pub speaker: Option<Range>,
    /// The verb's lemma.
    pub verb: &'a str,
    /// The verb's token, or where a clause without verb starts.
    pub at: usize,
}

/// Words with which a sentence goes on behind a fragment: no reporting clause starts with them.
const GOES_ON: &[&str] = &[
    "and", "but", "in", "to", "for", "of", "on", "at", "that", "which", "with", "or", "from", "by", "when",
    "while", "because", "is", "was", "are", "were", "has", "have", "had", "who", "where", "than", "into",
    "between", "if", "would", "will", "could", "should", "can", "may", "against", "over", "during", "since",
];

impl<'a> View<'a> {
    /// The reporting clause behind a stretch, in `from..hi`.
    pub fn clause_behind(&self, from: usize, hi: usize) -> Option<Attribution<'a>> {
        let mut at = from;
        while at < hi
            && (matches!(self.word(at), "," | "-" | "–" | "—" | "―" | "--")
                || self.quote(at)
                || self.signs(at))
        {
            at += 1;
        }
        // A translation or a remark in brackets, then the clause.
        if matches!(self.word(at), "(" | "[")
            && let Some(close) = (at..hi.min(at + 25)).find(|i| matches!(self.word(*i), ")" | "]"))
            && self.word(close + 1) == ","
        {
            at = close + 2;
        }
        if self.is(at, &["according"]) && self.is(at + 1, &["to"]) {
            return Some(Attribution { speaker: self.according(at + 2, hi), verb: "according to", at });
        }
        if let Some(found) = self.reporting(at).filter(|f| f.finite)
            && let Some(speaker) = self.subject_after(at + found.len, hi)
        {
            return Some(Attribution { speaker: Some(speaker), verb: &found.verb.lemma, at });
        }
        let dashed = at > from && self.word(at - 1).contains(['-', '–', '—', '―']);
        if dashed && self.capital(at) && hi - at <= 8 {
            let end = (at..hi).find(|i| self.mark(*i) || self.stop(*i) || self.verbal(*i)).unwrap_or(hi);
            if end > at && (end == hi || !self.verbal(end)) {
                return Some(Attribution { speaker: Some((at, end)), verb: "", at });
            }
        }
        if self.is(at, GOES_ON) {
            return self.inverted(at, hi);
        }
        let mut relative = false;
        for verb in at + 1..hi.min(at + 45) {
            if self.is(verb, &["who", "which", "whose", "that"]) {
                relative = true;
            } else if self.word(verb) == "," {
                relative = false;
            }
            if relative {
                continue;
            }
            if let Some(found) = self.reporting(verb).filter(|f| f.finite) {
                let speaker = self.before_apposition(self.subject_before(verb, at)?, at);
                return Some(Attribution { speaker: Some(speaker), verb: &found.verb.lemma, at: verb });
            }
            let finite = self.finite(verb) && !self.verbal(verb + 1) && self.reporting(verb + 1).is_none();
            if finite && !self.is(verb, &["has", "have", "had", "was", "is", "'s", "’s", "to"]) {
                return self.inverted(verb, hi);
            }
        }
        None
    }

    /// "X, a member of the board said": the name before the apposition, where the clause starts with it.
    fn before_apposition(&self, speaker: Range, lo: usize) -> Range {
        let comma = speaker.0.wrapping_sub(1);
        let names = speaker.0 > lo + 1
            && self.word(comma) == ","
            && (lo..comma).all(|i| {
                self.tokens.get(i).is_some_and(|t| matches!(t.upos, Upos::Propn | Upos::Noun))
                    && !self.dated(i)
            });
        if names { (lo, comma) } else { speaker }
    }

    /// The same, only where a person's or body's name stands before the comma.
    fn named_before(&self, speaker: Range, lo: usize) -> Range {
        let named = speaker.0.checked_sub(1).is_some_and(|comma| self.name_ends(comma));
        if named { self.before_apposition(speaker, lo) } else { speaker }
    }

    /// Whether a name only signs the quotation before it: "“...” ― Raza Khan".
    pub fn signature(&self, from: usize, hi: usize) -> bool {
        let dash = |at: usize| self.word(at).contains(['-', '–', '—', '―']);
        let at = if dash(from) { from + 1 } else { from };
        dash(from) && self.capital(at) && at < hi && hi - at <= 8 && !(at..hi).any(|i| self.verbal(i))
    }

    /// ", said X" further on in the sentence.
    fn inverted(&self, from: usize, hi: usize) -> Option<Attribution<'a>> {
        (from + 1..hi.min(from + 40)).filter(|i| self.word(i - 1) == ",").find_map(|verb| {
            let found = self.reporting(verb).filter(|f| f.finite && f.verb.direct)?;
            let speaker = self.subject_after(verb + found.len, hi)?;
            Some(Attribution { speaker: Some(speaker), verb: &found.verb.lemma, at: verb })
        })
    }

    /// The reporting clause before a stretch, in `lo..hi`: the last reporting verb there with its subject.
    pub fn clause_before(&self, lo: usize, hi: usize) -> Option<Attribution<'a>> {
        let floor = lo.max(hi.saturating_sub(60));
        for verb in (floor..hi).rev() {
            if self.is(verb, &["according"]) && self.is(verb + 1, &["to"]) {
                return Some(Attribution {
                    speaker: self.according(verb + 2, hi),
                    verb: "according to",
                    at: verb,
                });
            }
            if let Some(one) = self.whose_words(verb, hi) {
                return Some(one);
            }
            let Some(found) = self.reporting(verb) else { continue };
            if let Some(one) = self.quoted_as(verb, lo) {
                return Some(one);
            }
            // "..., saying that": whoever spoke in the clause before.
            let added = !found.finite && verb > lo && self.word(verb - 1) == ",";
            let first = || {
                (lo..verb)
                    .find(|i| self.reporting(*i).is_some_and(|f| f.finite))
                    .and_then(|v| self.subject_before(v, lo))
            };
            let before = added.then(first).flatten().or_else(|| self.subject_before(verb, lo));
            let begins = verb == lo || self.mark(verb - 1);
            let behind = || self.subject_after(verb + found.len, hi).filter(|_| found.finite && begins);
            let speaker = before.or_else(behind);
            let speaker = speaker.or_else(|| self.first_phrase(lo, verb));
            let speaker = speaker.map(|s| self.named_before(s, lo));
            // "wrote that it showed": a thing shows within what somebody says.
            let thing = speaker.is_some_and(|s| s.1 == s.0 + 1 && self.is(s.0, &["it", "this", "that"]));
            if thing && let Some(one) = self.around(verb, lo) {
                return Some(one);
            }
            if speaker.is_some() || found.verb.direct {
                return Some(Attribution { speaker, verb: &found.verb.lemma, at: verb });
            }
        }
        let colon = hi > lo && self.word(hi - 1) == ":";
        let short = colon && hi - 1 - lo <= 12 && hi - 1 > lo;
        short.then(|| Attribution { speaker: Some((lo, hi - 1)), verb: "", at: hi - 1 })
    }

    /// "quoted the man as saying": the one who is quoted.
    fn quoted_as(&self, verb: usize, lo: usize) -> Option<Attribution<'a>> {
        let found = self.reporting(verb).filter(|f| !f.finite)?;
        let at = verb.checked_sub(1).filter(|i| *i > lo && self.is(*i, &["as"]))?;
        let near = (lo.max(at.saturating_sub(15))..at).rev();
        let by =
            near.into_iter().find(|i| self.is(*i, &["quoted", "quotes", "quoting", "cited", "citing"]))?;
        if at <= by + 1 {
            return None;
        }
        let named = (by + 1..at).find(|i| self.mark(*i)).unwrap_or(at);
        Some(Attribution { speaker: Some((by + 1, named)), verb: &found.verb.lemma, at: verb })
    }

    /// "the minister's statement that": right before the quoted words.
    fn whose_words(&self, that: usize, hi: usize) -> Option<Attribution<'a>> {
        let noun = that.checked_sub(1)?;
        let owner = noun.checked_sub(1)?;
        let said = self.is(that, &["that"]) && that + 2 >= hi && !self.verbal(noun) && self.is_paper(noun);
        if !said || !self.is(owner, &["'s", "’s", "'", "’"]) {
            return None;
        }
        let first = (0..owner).rev().take(8).take_while(|i| {
            self.capital(*i) || self.word(*i) == "." && i.checked_sub(1).is_some_and(|b| self.capital(b))
        });
        let first = first.last()?;
        Some(Attribution { speaker: Some((first, owner)), verb: "", at: that })
    }

    /// The clause of saying that a verb's own clause hangs on.
    fn around(&self, verb: usize, lo: usize) -> Option<Attribution<'a>> {
        let mut at = verb;
        for _ in 0..6 {
            let head = self.tokens.get(at).filter(|t| t.head != ROOT)?.head as usize;
            if head < lo || head >= verb {
                return None;
            }
            if let Some(found) = self.reporting(head)
                && let Some(speaker) = self.subject_before(head, lo)
            {
                return Some(Attribution { speaker: Some(speaker), verb: &found.verb.lemma, at: head });
            }
            at = head;
        }
        None
    }

    /// The last reporting verb of a whole sentence, for a quotation in the next.
    pub fn clause_in(&self, lo: usize, hi: usize) -> Option<Attribution<'a>> {
        let floor = lo.max(hi.saturating_sub(80));
        (floor..hi).rev().find_map(|verb| {
            let found = self.reporting(verb)?;
            let speaker = self.subject_before(verb, lo)?;
            Some(Attribution { speaker: Some(speaker), verb: &found.verb.lemma, at: verb })
        })
    }

    /// The reporting verb that leads a sentence, for a quotation in the next.
    pub fn clause_led(&self, lo: usize, hi: usize) -> Option<Attribution<'a>> {
        let leads = |at: usize| {
            let token = self.tokens.get(at);
            token.is_some_and(|t| t.upos == Upos::X || t.head == ROOT || t.deprel == Deprel::Conj)
        };
        (lo..hi).filter(|i| leads(*i)).find_map(|verb| {
            let found = self.reporting(verb).filter(|f| f.finite && f.verb.direct)?;
            let speaker = self.named_before(self.subject_before(verb, lo)?, lo);
            Some(Attribution { speaker: Some(speaker), verb: &found.verb.lemma, at: verb })
        })
    }

    /// Where the sentence that ends before `at` starts, not before `lo`.
    pub fn sentence_start(&self, at: usize, lo: usize) -> usize {
        (lo..at).rev().find(|i| self.stop(*i)).map_or(lo, |i| i + 1)
    }

    /// Whether no sentence ends between a byte and a token.
    pub fn stop_free(&self, from: u32, to: usize) -> bool {
        (self.from(from)..to).all(|i| !self.stop(i))
    }

    /// The mark that ends the sentence that goes on at `at`, not behind `hi`.
    pub fn sentence_end(&self, at: usize, hi: usize) -> usize {
        (at..hi).find(|i| self.stop(*i)).unwrap_or(hi)
    }
}
