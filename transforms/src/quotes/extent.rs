//! How far a content reaches: where a clause, an infinitive or a noun phrase behind a cue starts and ends.

use super::cues::{Cue, THAT};
use super::frames::{Content, Sight};
use super::view::Range;
use crate::document::Token;
use crate::grammar::{Deprel, Upos, Xpos};

/// Auxiliaries of reported speech: a second predicate with one goes on with what is said.
const BACKSHIFT: &[&str] = &["would", "could", "might", "should"];
/// Words that open a clause of time behind what is said.
const TIMES: &[&str] = &["during", "after", "before", "while", "as", "when", "since"];
/// Words that open a clause before the main one, whose comma ends a content in it.
const OPENERS: &[&str] =
    &["while", "although", "though", "if", "when", "as", "after", "before", "since", "because"];
/// Words that begin a side remark behind a comma.
const ASIDE: &[&str] = &[
    "because", "but", "while", "although", "though", "which", "who", "whose", "where", "even", "despite",
    "whereas", "after", "before", "when", "as", "since", "unless",
];

/// Most words between a verb and a clause behind it that say when, where or to whom.
const SETTING: usize = 7;
/// Prepositions of phrases that set the scene of a noun phrase's verb.
const SCENES: &[&str] = &[
    "during",
    "after",
    "before",
    "while",
    "by",
    "despite",
    "with",
    "until",
    "since",
    "without",
    "amid",
    "as",
    "when",
    "following",
    "because",
    "if",
    "through",
];
/// Prepositions behind a name that say where it was spoken of.
const PLACES: &[&str] = &["in", "at", "on", "during", "after", "before", "since", "following", "by", "with"];

impl<'a> Sight<'a, '_> {
    /// Whether a verb is an infinitive with "to".
    pub fn infinitive(&self, at: usize) -> bool {
        self.kids(at).any(|(k, t)| k < at && t.xpos == Xpos::To)
    }

    /// Where the infinitive of a verb behind a cue starts.
    pub fn to(&self, cue: usize, verb: usize) -> usize {
        let to = self.kids(verb).find(|(k, t)| *k > cue && *k < verb && t.xpos == Xpos::To);
        to.map_or_else(|| self.reach(verb).0, |(k, _)| k)
    }

    /// Whether a clause behind a cue asks something.
    pub fn question(&self, cue: usize, clause: usize) -> bool {
        (cue + 1..=clause).any(|i| self.asks(i))
    }

    /// Whether a complement says something: it has a subject, or doesn't begin as a phrase of place or time.
    pub fn says(&self, cue: usize, clause: usize) -> bool {
        let subject = |t: &Token| {
            matches!(
                t.deprel,
                Deprel::Nsubj | Deprel::NsubjPass | Deprel::Expl | Deprel::Csubj | Deprel::NsubjOuter
            )
        };
        let first = self.view.tokens.get(self.reach(clause).0.max(cue + 1));
        let phrase = first.is_some_and(|t| matches!(t.upos, Upos::Adp | Upos::Adv));
        !phrase || self.kids(clause).any(|(k, t)| k > cue && (subject(t) || self.view.is(k, &["that"])))
    }

    pub fn asks(&self, at: usize) -> bool {
        self.view.is(at, &["whether", "if", "what", "who", "how", "why", "when", "where", "which", "whom"])
    }

    /// Whether a main clause can begin at a token.
    pub fn begins(&self, at: usize) -> bool {
        let token = self.view.tokens.get(at);
        token.is_some_and(|t| matches!(t.upos, Upos::Pron | Upos::Det | Upos::Propn) && !self.asks(at))
    }

    /// The preposition or conjunction that ties a phrase.
    pub fn preposition(&self, at: usize) -> Option<&'a str> {
        let (k, _) =
            self.kids(at).find(|(k, t)| *k < at && matches!(t.deprel, Deprel::Case | Deprel::Mark))?;
        Some(self.view.word(k))
    }

    /// Where a clause behind a cue starts: behind whatever else hangs on the cue before it, at "that" if it has one.
    pub fn clause_start(&self, cue: usize, clause: usize, object: Option<usize>) -> usize {
        let mut start = cue + 1;
        let told =
            self.view.is(start, &["me", "him", "her", "us", "them", "you", "reporters", "journalists"]);
        start += usize::from(told && start < clause);
        for (k, t) in self.kids(cue).filter(|(k, _)| *k > cue && *k < clause) {
            let (_, stop) = self.reach(k);
            let side = Some(k) == object
                || matches!(
                    t.deprel,
                    Deprel::Obl | Deprel::OblUnmarked | Deprel::CompoundPrt | Deprel::Advmod
                );
            let subject = self.kids(clause).any(|(s, t)| {
                s >= stop
                    && s <= clause
                    && matches!(
                        t.deprel,
                        Deprel::Nsubj | Deprel::NsubjPass | Deprel::Expl | Deprel::Mark | Deprel::Csubj
                    )
            });
            if side && subject && stop <= clause && !self.view.is(k, &["how", "when", "why", "where", "what"])
            {
                start = start.max(stop);
            }
        }
        if start > cue + SETTING && object.is_none() {
            start = cue + 1;
        }
        while start < clause && self.view.mark(start) && !self.view.quote(start) {
            start += 1;
        }
        let that = (start..clause).take_while(|i| *i < start + 8).find(|i| self.view.is(*i, &["that"]));
        match that {
            Some(that) if self.tree.head(that as u32) == Some(clause as u32) && self.marks(that) => that,
            _ => start,
        }
    }

    fn marks(&self, at: usize) -> bool {
        self.view.tokens.get(at).is_some_and(|t| t.deprel == Deprel::Mark)
    }

    /// A noun phrase from `start` to its first mark or clause.
    pub fn short(&self, start: usize, head: usize) -> Option<Range> {
        let stop = self.noun_stop(head);
        let clause = self
            .kids(head)
            .find(|(k, t)| *k > head && matches!(t.deprel, Deprel::AclRelcl | Deprel::Acl))
            .map_or(stop, |(k, _)| self.reach(k).0);
        let mark = (head + 1..stop).find(|i| self.view.mark(*i)).unwrap_or(stop);
        let stop = stop.min(clause).min(mark);
        (start < stop).then_some((start, stop))
    }

    /// Whether a phrase says when or where a noun phrase's verb was spoken.
    fn scene(&self, at: usize, preposition: &str) -> bool {
        let scene = SCENES.iter().any(|s| s.eq_ignore_ascii_case(preposition));
        scene || self.view.dated(at) || self.view.is_paper(at)
    }

    /// Where a noun phrase ends: before a relative clause or apposition behind a comma.
    pub fn noun_stop(&self, noun: usize) -> usize {
        let mut stop = self.reach(noun).1;
        let listed = self.kids(noun).any(|(k, t)| k > noun && t.deprel == Deprel::Conj);
        for (k, t) in self.kids(noun).filter(|(k, _)| *k > noun) {
            let from = self.reach(k).0;
            let aside = from > noun
                && self.view.mark(from - 1)
                && !self.view.is(from, &["including"])
                && !matches!(t.deprel, Deprel::Conj | Deprel::Punct);
            if aside {
                stop = stop.min(from - 1);
            }
            let name = self.view.tokens.get(noun).is_some_and(|t| t.upos == Upos::Propn);
            let scene = matches!(t.deprel, Deprel::Nmod | Deprel::Obl | Deprel::Advcl)
                && self.preposition(k).is_some_and(|p| PLACES.contains(&p));
            if name && scene && from > noun {
                stop = stop.min(from);
            }
        }
        if !listed
            && let Some(comma) =
                (noun + 1..stop).find(|i| self.view.word(*i) == "," && !self.view.is(*i + 1, &["including"]))
        {
            stop = comma;
        }
        stop
    }

    /// Where the content ends.
    pub fn stop(&self, cue: usize, word: &Cue, content: Content) -> usize {
        let Content { start, head, clause, bounded, .. } = content;
        let own = self.reach(head).1;
        let mut stop = match (clause, bounded) {
            (true, false) => self.reach(cue).1.max(own),
            (true, true) => own,
            (false, _) => self.noun_stop(head),
        };
        if bounded {
            for (k, t) in self.kids(cue).filter(|(k, _)| *k > head) {
                let (from, to) = self.reach(k);
                let more = t.deprel == Deprel::Obl && self.preposition(k).is_some_and(|p| !self.scene(k, p));
                if from == stop && more {
                    stop = to;
                }
            }
        }
        let reports = word.frames.has(THAT) && !self.infinitive(head);
        if clause {
            for (k, t) in self.kids(cue).filter(|(k, _)| *k > head) {
                let from = self.reach(k).0;
                if from <= start || from > stop {
                    continue;
                }
                let cut = match t.deprel {
                    Deprel::Conj => !(word.frames.has(THAT) && self.goes_on(k)),
                    Deprel::Advcl => {
                        self.said(from) || self.view.is(from, TIMES) || !reports && self.view.mark(from - 1)
                    }
                    Deprel::Parataxis => self.view.mark(from - 1),
                    _ => false,
                };
                if cut {
                    stop = from;
                }
            }
            for (k, t) in self.kids(head).filter(|(k, _)| *k > head && reports) {
                if t.deprel == Deprel::Conj && self.speaks_on(k, head, cue) {
                    stop = stop.min(self.reach(k).0);
                }
            }
            let opened = self.lo < cue
                && self.view.is(self.lo, OPENERS)
                && !(self.lo..cue).any(|i| self.view.word(i) == ",");
            let aside = |i: usize| {
                self.said(i + 1)
                    || !reports && (self.view.is(i + 1, ASIDE) || self.participle(i + 1))
                    || reports && self.view.is(i + 1, &["while", "whereas"])
                    || opened && self.begins(i + 1)
            };
            let dash = |i: usize| {
                self.view.is(i, &["-", "--", "–", "—"])
                    && self.begins(i + 1)
                    && (i + 2..stop).any(|k| self.view.finite(k))
                    && !(start..stop).any(|k| k != i && self.view.is(k, &["-", "--", "–", "—"]))
            };
            let side = (start.max(cue) + 2..stop).find(|i| {
                self.view.word(*i) == "," && aside(*i)
                    || self.view.word(*i) == ";"
                    || dash(*i)
                    || self.view.is(*i, &["before", "after", "while"]) && self.said(*i + 1)
            });
            stop = side.unwrap_or(stop);
        } else {
            for (k, t) in self.kids(cue).filter(|(k, _)| *k > head) {
                let (from, to) = self.reach(k);
                let fits = matches!(t.deprel, Deprel::Obl | Deprel::Advcl | Deprel::Xcomp)
                    && self
                        .preposition(k)
                        .is_none_or(|p| word.frames.with_object(p).is_some() || !self.scene(k, p));
                if !fits || from > stop || self.view.mark(from.saturating_sub(1)) {
                    break;
                }
                stop = stop.max(to);
            }
        }
        stop = stop.min(self.end);
        while stop > start
            && (self.view.mark(stop - 1) && !self.view.quote(stop - 1)
                || self.view.is(stop - 1, &["and", "but", "or"]))
        {
            stop -= 1;
        }
        stop
    }

    fn participle(&self, at: usize) -> bool {
        self.view.tokens.get(at).is_some_and(|t| t.xpos == Xpos::Vbg)
    }

    /// Whether a participle of a cue stands there: "adding".
    fn said(&self, at: usize) -> bool {
        let participle = self.view.tokens.get(at).filter(|t| t.xpos == Xpos::Vbg);
        participle.is_some_and(|t| self.view.cues.is_verb(self.view.doc.lemma(t)))
    }

    /// Whether a second predicate goes on with what is said: with "that", with an auxiliary of reported speech, or,
    /// where it has no subject, because nobody speaks or thinks in it.
    fn goes_on(&self, at: usize) -> bool {
        let subject = self.subject(at);
        let token = self.view.tokens.get(at);
        let silent =
            token.is_some_and(|t| !self.view.cues.is_verb(self.view.doc.lemma(t)) || t.upos != Upos::Verb);
        !subject && silent
            || self.kids(at).any(|(k, t)| {
                k < at
                    && (t.deprel == Deprel::Mark && self.view.is(k, &["that"])
                        || !subject && t.deprel == Deprel::Aux && self.view.is(k, BACKSHIFT))
            })
    }

    fn subject(&self, at: usize) -> bool {
        self.kids(at).any(|(k, t)| k < at && matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass))
    }

    /// Whether a predicate beside what is said is the speaker's: another word of saying in the tense of the first.
    fn speaks_on(&self, at: usize, head: usize, cue: usize) -> bool {
        let tense = |i: usize| self.view.tokens.get(i).map(|t| t.xpos);
        let verb = self.view.tokens.get(at).is_some_and(|t| self.view.cues.is_verb(self.view.doc.lemma(t)));
        verb && !self.subject(at)
            && tense(at) == tense(cue)
            && tense(at) != tense(head)
            && self.view.finite(at)
    }
}
