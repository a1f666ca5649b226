//! Who does the speaking: the phrase before or behind a verb, by the tree and by words.

use super::view::{DETERMINERS, Range, View};
use crate::document::ROOT;
use crate::grammar::{Deprel, EntityLabel, Upos, Xpos};

/// Words that end a subject to their right and begin a clause.
const CLAUSE: &[&str] = &[
    "that", "but", "because", "while", "as", "when", "after", "before", "if", "where", "although", "though",
    "since", "so", "yet", "than", "whether", "until", "whereas",
];
/// Texts and talks that somebody issues or speaks in.
const PAPERS: &[&str] = &[
    "statement",
    "statements",
    "release",
    "letter",
    "tweet",
    "tweets",
    "message",
    "post",
    "note",
    "remarks",
    "comments",
    "interview",
    "speech",
    "video",
    "communique",
    "memo",
    "email",
];
/// Words between a subject and its verb.
const BETWEEN: &[&str] = &[
    "also",
    "later",
    "then",
    "has",
    "have",
    "had",
    "was",
    "is",
    "are",
    "were",
    "further",
    "further",
    "again",
    "even",
    "once",
    "often",
    "still",
    "now",
    "always",
    "never",
    "earlier",
    "just",
    "only",
    "both",
    "all",
    "himself",
    "herself",
    "themselves",
    "itself",
    "been",
    "would",
    "will",
    "did",
    "'s",
    "’s",
    "today",
    "yesterday",
];
const PREPOSITIONS: &[&str] = &[
    "in",
    "on",
    "at",
    "from",
    "by",
    "with",
    "during",
    "after",
    "before",
    "for",
    "under",
    "since",
    "through",
    "into",
    "against",
    "about",
    "to",
    "over",
    "between",
    "among",
    "of",
    "like",
    "despite",
    "amid",
    "following",
    "without",
];
/// Words that end a subject which stands behind its verb.
const BEHIND: &[&str] = &[
    "who",
    "which",
    "in",
    "on",
    "at",
    "during",
    "after",
    "before",
    "as",
    "while",
    "when",
    "to",
    "adding",
    "by",
    "with",
    "that",
    "told",
    "because",
    "last",
    "earlier",
    "later",
    "following",
    "about",
    "from",
    "this",
    "speaking",
    "referring",
    "yesterday",
    "today",
    "via",
    "if",
    "but",
];

impl<'a> View<'a> {
    /// The subject of the verb at `verb`, within `lo..verb`; with a person named in apposition.
    pub fn subject_before(&self, verb: usize, lo: usize) -> Option<Range> {
        let near = (lo.max(verb.saturating_sub(3))..verb).rev().find(|i| !self.is(*i, BETWEEN));
        if let Some(near) = near.filter(|i| self.is(*i, &["he", "she", "they", "we", "i"])) {
            return Some((near, near + 1));
        }
        let found = self.tree_subject(verb, lo).or_else(|| self.shared_subject(verb, lo));
        let found = self.trimmed(found.or_else(|| self.surface_subject(verb, lo))?);
        let found = self.member(found, lo);
        if self.paper(found) {
            let main = (lo..found.0).rev().find(|i| self.finite(*i)).and_then(|v| self.tree_subject(v, lo));
            return Some(self.named(main.unwrap_or(found)));
        }
        Some(self.named(found))
    }

    /// The subject of the main clause for a participle set off by a comma: "cut rates on Monday, saying that".
    fn shared_subject(&self, verb: usize, lo: usize) -> Option<Range> {
        let added = self.tokens.get(verb).is_some_and(|t| t.xpos == Xpos::Vbg);
        if !added || verb <= lo || self.word(verb - 1) != "," {
            return None;
        }
        let mut at = verb;
        for _ in 0..12 {
            let head = self.tokens.get(at).filter(|t| t.head != ROOT)?.head as usize;
            if head < lo {
                return None;
            }
            if self.finite(head)
                && let Some(subject) = self.tree_subject(head, lo)
            {
                return Some(subject);
            }
            at = head;
        }
        None
    }

    /// A member of parliament for his party and seat: "Rep. Dana Reyes, D-Ohio".
    fn member(&self, range: Range, lo: usize) -> Range {
        let seat = self.word(range.0);
        let party = matches!(seat, "D" | "R" | "I")
            || seat.starts_with(['D', 'R', 'I']) && seat.get(1..2) == Some("-");
        let comma = range.0.wrapping_sub(1);
        if !party || range.0 <= lo + 1 || self.word(comma) != "," || !self.name_ends(comma) {
            return range;
        }
        let first = (lo..comma).rev().take_while(|i| self.capital(*i) || self.word(*i) == ".").last();
        first.map_or(range, |f| (f, comma))
    }

    /// A phrase without the marks before it.
    fn trimmed(&self, range: Range) -> Range {
        let start = (range.0..range.1).find(|i| !self.mark(*i)).unwrap_or(range.0);
        (start, range.1)
    }

    /// Whether a range can name somebody: it has a noun or pronoun, and is no piece of an infinitive.
    pub fn can_speak(&self, range: Range) -> bool {
        let nominal = |i: usize| {
            self.tokens.get(i).is_some_and(|t| {
                matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::X)
                    || t.upos == Upos::Det
            })
        };
        let last = range.1.saturating_sub(1);
        (range.0..range.1).any(nominal)
            && !self.is(last, &["to", "n't", "n’t", "not"])
            && !self.is(range.0, &["to"])
    }

    /// Whether a phrase is a text that somebody issued: "a statement".
    fn paper(&self, range: Range) -> bool {
        let head = range.1.saturating_sub(1);
        range.1 - range.0 <= 4 && self.is(range.0, &["a", "an", "in"]) && self.is_paper(head)
    }

    /// Whether a noun names a text or talk that somebody speaks in.
    pub fn is_paper(&self, at: usize) -> bool {
        self.is(at, PAPERS)
    }

    /// A phrase without a name, with the person named in apposition behind it: "their lawyer, Majeed Memon".
    pub fn named(&self, range: Range) -> Range {
        let names = &self.doc.parsed.names;
        let last = names.partition_point(|n| (n.tokens.end as usize) < range.1);
        let around = names.get(last).filter(|n| n.label == EntityLabel::Person);
        if let Some(name) = around.filter(|n| (n.tokens.start as usize) < range.1) {
            // The phrase must not break off within a name.
            return (range.0, range.1.max(name.tokens.end as usize));
        }
        if (range.0..range.1).any(|i| self.person(i)) {
            return range;
        }
        let at = names.partition_point(|n| (n.tokens.start as usize) < range.1);
        let next =
            names.get(at).filter(|n| n.label == EntityLabel::Person && n.tokens.start as usize == range.1);
        if let Some(name) = next {
            return (range.0, name.tokens.end as usize);
        }
        // A title cut off before the name that it goes with: "attorney general Omar Latif".
        let title = |i: usize| {
            self.tokens.get(i).is_some_and(|t| matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Adj))
        };
        let title_of = |n: &&crate::document::Mention| {
            let first = n.tokens.start as usize;
            n.label == EntityLabel::Person && first > range.1 && first <= range.1 + 3
        };
        if let Some(name) = names.get(at).filter(title_of)
            && (range.1..name.tokens.start as usize).all(title)
        {
            return (range.0, name.tokens.end as usize);
        }
        if let Some(end) = self.given_name(range.1) {
            return (range.0, end);
        }
        if self.word(range.1) != "," {
            return range;
        }
        match names.get(at).filter(|n| n.label == EntityLabel::Person) {
            Some(n) if n.tokens.start as usize == range.1 + 1 && self.mark(n.tokens.end as usize) => {
                (range.0, n.tokens.end as usize)
            }
            _ => range,
        }
    }

    /// The end of the name that somebody goes by: "who gave her name as Lena", "identified only as Omar".
    fn given_name(&self, at: usize) -> Option<usize> {
        let near = at..at + 8;
        let told = near.clone().find(|i| self.is(*i, &["gave", "giving", "identified", "named"]))?;
        if !(at..told).all(|i| self.is(i, &["who", ",", "was", "is", "only"])) {
            return None;
        }
        let first = near.filter(|i| *i > told).find(|i| self.capital(*i))?;
        let between = |i: usize| {
            self.is(i, &["his", "her", "their", "name", "as", "only", "himself", "herself", "first"])
        };
        if !(told + 1..first).all(between) {
            return None;
        }
        (first..first + 4).take_while(|i| self.capital(*i)).last().map(|i| i + 1)
    }

    /// Whether a token belongs to a date.
    pub fn dated(&self, at: usize) -> bool {
        let name = self.doc.name_at(at as u32);
        name.is_some_and(|n| matches!(n.label, EntityLabel::Date | EntityLabel::Time))
    }

    /// Whether the name of a person or an organisation ends right before a token.
    pub fn name_ends(&self, at: usize) -> bool {
        let names = &self.doc.parsed.names;
        let before = names.partition_point(|n| (n.tokens.end as usize) < at);
        names.get(before).is_some_and(|n| {
            n.tokens.end as usize == at && matches!(n.label, EntityLabel::Person | EntityLabel::Org)
        })
    }

    /// Whether a person's name covers a token, without a possessive behind it.
    fn person(&self, at: usize) -> bool {
        let names = &self.doc.parsed.names;
        let next = names.partition_point(|n| n.tokens.end as usize <= at);
        names.get(next).is_some_and(|n| {
            let possessive = self.is(n.tokens.end as usize, &["'s", "’s", "'", "’"]);
            n.label == EntityLabel::Person && n.tokens.start as usize <= at && !possessive
        })
    }

    /// The subject that the tree gives: up to the first mark or relative clause behind its head.
    fn tree_subject(&self, verb: usize, lo: usize) -> Option<Range> {
        let mut governor = verb;
        for _ in 0..4 {
            let near = governor.saturating_sub(60).max(lo)..(governor + 40).min(self.tokens.len());
            let subject = near.clone().find(|i| {
                self.tokens.get(*i).is_some_and(|t| {
                    t.head as usize == governor
                        && matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::NsubjOuter)
                })
            });
            if let Some(subject) = subject {
                return self.extent(subject, near.start);
            }
            let token = self.tokens.get(governor)?;
            let shares = matches!(
                token.deprel,
                Deprel::Conj | Deprel::Xcomp | Deprel::Advcl | Deprel::Cop | Deprel::Aux | Deprel::Parataxis
            );
            if !shares || token.head == ROOT {
                return None;
            }
            governor = token.head as usize;
        }
        None
    }

    /// The noun phrase of a head: from its leftmost word to the first mark or relative clause behind it.
    fn extent(&self, head: usize, lo: usize) -> Option<Range> {
        let under = |mut at: usize| {
            for _ in 0..12 {
                if at == head {
                    return true;
                }
                match self.tokens.get(at) {
                    Some(t) if t.head != ROOT => at = t.head as usize,
                    _ => return false,
                }
            }
            false
        };
        let start = (lo..=head).rev().take_while(|i| under(*i)).last()?;
        let end = (head + 1..self.tokens.len().min(head + 20))
            .take_while(|i| {
                under(*i)
                    && !self.mark(*i)
                    && !self.is(*i, &["who", "which", "whose"])
                    && !self.clause_start(*i)
            })
            .last()
            .map_or(head + 1, |i| i + 1);
        if self.is(head, &["who", "which", "that"]) {
            return self.surface_subject(head + 1, lo);
        }
        Some((start, end))
    }

    fn clause_start(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| matches!(t.deprel, Deprel::Acl | Deprel::AclRelcl))
    }

    /// The subject before a verb by words and marks alone.
    fn surface_subject(&self, verb: usize, lo: usize) -> Option<Range> {
        let mut end = verb;
        let adverb = |at: usize| self.is(at, BETWEEN) || self.word(at).ends_with("ly") && !self.capital(at);
        while end > lo && adverb(end - 1) {
            end -= 1;
        }
        if end > lo && self.is(end - 1, &["who", "which"]) {
            end -= 1;
            if end > lo && self.word(end - 1) == "," {
                end -= 1;
            }
        } else if end > lo && matches!(self.word(end - 1), "," | ")" | "–" | "—" | "―" | "--") {
            let before =
                (lo..end - 1).rev().find(|i| matches!(self.word(*i), "," | "(" | "–" | "—" | "―" | "--"));
            end = before.filter(|b| *b > lo).unwrap_or(end - 1);
        }
        let floor = lo.max(end.saturating_sub(25));
        let mut start = end;
        while start > floor {
            let at = start - 1;
            let joined =
                self.is(at, &["and", "or"]) && (end - start > 6 || (floor..at).any(|i| self.verbal(i)));
            if self.mark(at) || self.stop(at) || self.is(at, CLAUSE) || joined || self.verbal(at) {
                break;
            }
            start = at;
        }
        if self.is(start, PREPOSITIONS) {
            start =
                (start + 2..end).find(|i| self.is(*i, DETERMINERS) || self.is(*i, &["he", "she", "they"]))?;
        }
        while start < end
            && (self
                .is(start, &["and", "but", "or", "however", "meanwhile", "also", "earlier", "later", "then"])
                || adverb(start))
        {
            start += 1;
        }
        (start < end).then_some((start, end))
    }

    /// The subject behind an inverted verb ("said Raza Khan, ..."), within `from..hi`.
    pub fn subject_after(&self, from: usize, hi: usize) -> Option<Range> {
        let hi = hi.min(from + 25);
        let word = self.word(from);
        let plural = word.ends_with('s') && word.len() > 4 && !self.is(from, BEHIND);
        let noun =
            self.tokens.get(from).is_some_and(|t| matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Adj));
        let opens = noun
            || self.capital(from)
            || self.is(from, DETERMINERS)
            || self.is(from, &["he", "she", "they", "i", "we"]);
        if from >= hi || !(opens || plural) || self.is(from, BEHIND) {
            return None;
        }
        let mut end = from + 1;
        while end < hi && !self.mark(end) && !self.stop(end) && !self.is(end, BEHIND) && !self.verbal(end) {
            if self.is(end, &["and"]) && !self.capital(end + 1) {
                break;
            }
            end += 1;
        }
        // A noun set off by marks of its own: "said the 'elders'".
        if end == from + 1 && self.is(from, DETERMINERS) && self.quote(end) {
            let close = (end + 1..hi.min(end + 6)).find(|i| self.quote(*i));
            end = close.map_or(end, |c| c + 1);
        }
        Some(self.named((from, end)))
    }

    /// The phrase behind "according to".
    pub fn according(&self, from: usize, hi: usize) -> Option<Range> {
        let hi = hi.min(from + 25);
        let mut end = from;
        while end < hi
            && !self.mark(end)
            && !self.stop(end)
            && (end == from || !self.verbal(end))
            && !self.is(end, &["who", "which", "that"])
        {
            end += 1;
        }
        (end > from).then_some((from, end))
    }

    /// The first noun phrase of a stretch, for sentences whose verb shares an earlier subject.
    pub fn first_phrase(&self, lo: usize, hi: usize) -> Option<Range> {
        let verb = (lo + 1..hi).find(|i| self.verbal(*i) || self.reporting(*i).is_some())?;
        self.surface_subject(verb, lo)
    }
}
