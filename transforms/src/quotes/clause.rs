//! The reporting clause of a quoted stretch: behind it, before it, or in the sentence before.

use super::view::{Range, View};

/// Who speaks and how the text says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribution<'a> {
    /// The speaker's tokens.
    pub speaker: Option<Range>,
    /// The verb's lemma.
    pub verb: &'a str,
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
        if self.is(at, &["according"]) && self.is(at + 1, &["to"]) {
            return Some(Attribution { speaker: self.according(at + 2, hi), verb: "according to" });
        }
        if let Some(found) = self.reporting(at).filter(|f| f.finite)
            && let Some(speaker) = self.subject_after(at + found.len, hi)
        {
            return Some(Attribution { speaker: Some(speaker), verb: &found.verb.lemma });
        }
        let dashed = at > from && self.word(at - 1).contains(['-', '–', '—', '―']);
        if dashed && self.capital(at) && hi - at <= 8 {
            let end = (at..hi).find(|i| self.mark(*i) || self.stop(*i) || self.verbal(*i)).unwrap_or(hi);
            if end > at && (end == hi || !self.verbal(end)) {
                return Some(Attribution { speaker: Some((at, end)), verb: "" });
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
                let speaker = self.subject_before(verb, at)?;
                return Some(Attribution { speaker: Some(speaker), verb: &found.verb.lemma });
            }
            let finite = self.finite(verb) && !self.verbal(verb + 1) && self.reporting(verb + 1).is_none();
            if finite && !self.is(verb, &["has", "have", "had", "was", "is", "'s", "’s", "to"]) {
                return self.inverted(verb, hi);
            }
        }
        None
    }

    /// ", said X" further on in the sentence.
    fn inverted(&self, from: usize, hi: usize) -> Option<Attribution<'a>> {
        (from + 1..hi.min(from + 40)).filter(|i| self.word(i - 1) == ",").find_map(|verb| {
            let found = self.reporting(verb).filter(|f| f.finite && f.verb.direct)?;
            let speaker = self.subject_after(verb + found.len, hi)?;
            Some(Attribution { speaker: Some(speaker), verb: &found.verb.lemma })
        })
    }

    /// The reporting clause before a stretch, in `lo..hi`: the last reporting verb there with its subject.
    pub fn clause_before(&self, lo: usize, hi: usize) -> Option<Attribution<'a>> {
        let floor = lo.max(hi.saturating_sub(60));
        for verb in (floor..hi).rev() {
            if self.is(verb, &["according"]) && self.is(verb + 1, &["to"]) {
                return Some(Attribution { speaker: self.according(verb + 2, hi), verb: "according to" });
            }
            let Some(found) = self.reporting(verb) else { continue };
            let before = self.subject_before(verb, lo);
            let begins = verb == lo || self.mark(verb - 1);
            let behind = || self.subject_after(verb + found.len, hi).filter(|_| found.finite && begins);
            let speaker = before.or_else(behind);
            let speaker = speaker.or_else(|| self.first_phrase(lo, verb));
            if speaker.is_some() || found.verb.direct {
                return Some(Attribution { speaker, verb: &found.verb.lemma });
            }
        }
        let colon = hi > lo && self.word(hi - 1) == ":";
        let short = colon && hi - 1 - lo <= 12 && hi - 1 > lo;
        short.then(|| Attribution { speaker: Some((lo, hi - 1)), verb: "" })
    }

    /// The last reporting verb of a whole sentence, for a quotation in the next.
    pub fn clause_in(&self, lo: usize, hi: usize) -> Option<Attribution<'a>> {
        let floor = lo.max(hi.saturating_sub(80));
        (floor..hi).rev().find_map(|verb| {
            let found = self.reporting(verb)?;
            let speaker = self.subject_before(verb, lo)?;
            Some(Attribution { speaker: Some(speaker), verb: &found.verb.lemma })
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
