//! Contents before or around their clause, and those headed by their speaker: by the order of words.

use super::cues::{Name, OBJECT_TO};
use super::indirect::{CIRCUMSTANCES, Indirect};
use super::view::{Range, View};
use crate::document::Token;
use crate::grammar::{Deprel, Upos, Xpos};

/// What somebody holds: "in the minister's view".
const VIEWS: &[&str] =
    &["view", "opinion", "words", "eyes", "mind", "telling", "account", "estimation", "judgment"];
/// Words that go on with a content behind a reporting clause in its midst.
const ON: &[&str] = &[
    "but",
    "and",
    "because",
    "though",
    "although",
    "if",
    "so",
    "or",
    "nor",
    "while",
    "not",
    "including",
    "such",
    "even",
    "unless",
];
/// Words that open a clause which sets the scene of the main one.
pub const SCENES: &[&str] =
    &["when", "while", "as", "after", "before", "once", "if", "although", "though", "since", "because"];
/// Verbs of addressing somebody that can stand behind what is said.
const ADDRESSING: &[&str] =
    &["tell", "warn", "ask", "advise", "remind", "estimate", "project", "order", "recommend"];
impl<'a> View<'a> {
    /// "According to X, ...", "..., according to X".
    pub fn according_clause(&self, lo: usize, at: usize, end: usize) -> Option<(Indirect<'a>, usize)> {
        if !self.is(at, &["according"]) || !self.is(at + 1, &["to"]) {
            return None;
        }
        let speaker = self.according(at + 2, end)?;
        let indirect = |content: Range| Indirect {
            content,
            speaker: Some(speaker),
            verb: Name::of("according to"),
            at,
            head: at,
        };
        if at <= lo + 1 {
            let comma = (speaker.1..end).find(|i| self.word(*i) == ",")?;
            return Some((indirect((comma + 1, end)), end));
        }
        let stop = if self.word(at - 1) == "," { at - 1 } else { at };
        let start = (lo..stop).find(|i| !self.mark(*i) || self.quote(*i)).unwrap_or(lo);
        let within = self.word(speaker.1) == ","
            && (speaker.1..end).any(|i| self.finite(i))
            && (!self.told_in(start, stop) || self.is(speaker.1 + 1, ON));
        if within {
            return Some((indirect((start, end)), end));
        }
        Some((indirect((start, stop)), speaker.1))
    }

    /// "..., the minister said on Monday", "..., said X, who ...", "The talks, he said, would go on": what stands
    /// before the reporting clause, or around it. Also where the sentence can go on for the next one.
    pub fn fronted(&self, lo: usize, at: usize, end: usize) -> Option<(Indirect<'a>, usize)> {
        let found = self.reporting(at).filter(|f| f.finite && f.verb.takes_that && f.verb.direct)?;
        let frames = self.cues.verb(&found.verb.lemma, None).map(|c| c.frames).unwrap_or_default();
        if frames.has(OBJECT_TO) && !ADDRESSING.contains(&found.verb.lemma.as_str()) {
            return None;
        }
        let behind = at + found.len;
        let (start, speaker, after) = if at > lo && (self.word(at - 1) == "," || self.quote(at - 1)) {
            let speaker = self.subject_after(behind, end).filter(|_| !frames.recipient())?;
            (at, speaker, speaker.1)
        } else {
            let speaker = self.behind_comma(at, lo).or_else(|| self.subject_before(at, lo));
            let mut speaker = speaker.filter(|s| s.1 <= at)?;
            if self.is(at.wrapping_sub(1), &["who", "which", "that"]) {
                return None;
            }
            // The subject's phrase may hold a comma: the clause starts at the phrase.
            if speaker.0 < lo {
                return None;
            }
            while speaker.0 < at && self.mark(speaker.0) {
                speaker.0 += 1;
            }
            (speaker.0, speaker, behind)
        };
        if self.is(start.checked_sub(1)?, &["as"]) && start <= lo + 2 {
            let comma = (after..end.min(after + 12)).find(|i| self.word(*i) == ",")?;
            let content = (comma + 1, end);
            let whole = (comma + 1..end).any(|i| self.finite(i));
            let one =
                Indirect { content, speaker: Some(speaker), verb: Name::of(&found.verb.lemma), at, head: at };
            return whole.then_some((one, end));
        }
        if start < lo + 2
            || !matches!(self.word(start - 1), "," | "-" | "–" | "—" | "--") && !self.quote(start - 1)
        {
            return None;
        }
        let complement = !self.mark(after)
            && (after..end.min(at + 40)).any(|i| {
                self.tokens.get(i).is_some_and(|t| t.head as usize == at && matches!(t.deprel, Deprel::Ccomp))
            });
        let object = start < at
            && !self.mark(after)
            && !frames.recipient()
            && (after..end.min(at + 12)).any(|i| {
                self.tokens.get(i).is_some_and(|t| t.head as usize == at && t.deprel == Deprel::Obj)
            });
        if complement || object || self.is(after, &["that"]) {
            return None;
        }
        let mut from = (lo..start - 1).find(|i| !self.mark(*i) || self.quote(*i)).unwrap_or(lo);
        if from > lo && self.word(from - 1) == "," && self.is(from, &["while", "and", "but"]) {
            from += 1;
        }
        let one = |content: Range| Indirect {
            content,
            speaker: Some(speaker),
            verb: Name::of(&found.verb.lemma),
            at,
            head: at,
        };
        let told = self.told_in(from, start - 1);
        let next = (after..end.min(after + 14))
            .find(|i| matches!(self.word(*i), "," | ";") || self.finite(*i))
            .unwrap_or(end);
        if next < end && !self.mark(next) {
            // A clause of its own follows: the words before the comma only set its scene.
            return None;
        }
        let stop = self.turn(next + 2, end);
        let rest = next + 1..stop;
        let aside = self.is(next + 1, &["who", "which", "whose", "where", "adding", "speaking"])
            || (self.is(next + 1, CIRCUMSTANCES) || self.is(next + 1, SCENES)) && !self.is(next + 1, ON)
            || self.quote(next + 1)
            || self
                .tokens
                .get(next + 1)
                .is_some_and(|t| t.xpos == Xpos::Vbg && self.cues.is_verb(self.doc.lemma(t)));
        let goes_on = start < at
            && self.word(next) == ","
            && next + 2 < end
            && next < after + 8
            && !aside
            && !rest.clone().any(|i| self.reporting(i).is_some_and(|f| f.verb.direct))
            && (told || rest.clone().any(|i| self.finite(i)));
        if goes_on {
            return Some((one((from, stop)), stop));
        }
        // "When the vote was over, he said ...": a clause that only sets the scene.
        let scene = start < at
            && (self.is(from, SCENES) || self.is(from + 1, SCENES))
            && !(from..start - 1).any(|i| self.word(i) == ",");
        (told && !scene && start > from + 2).then(|| (one((from, start - 1)), next))
    }

    /// The noun phrase between the last comma and a verb, which the tree may have taken for a piece of the clause
    /// before it.
    fn behind_comma(&self, at: usize, lo: usize) -> Option<Range> {
        let comma = (lo..at).rev().take(14).find(|i| self.mark(*i)).filter(|c| *c > lo + 1)?;
        let stop = (comma + 1..at).rev().find(|i| {
            let between = self.tokens.get(*i).is_some_and(|t| matches!(t.upos, Upos::Aux | Upos::Adv));
            !between
        })? + 1;
        let first = self.tokens.get(comma + 1)?;
        let opens =
            matches!(first.upos, Upos::Det | Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adj | Upos::Num);
        let plain = !(comma + 1..stop).any(|i| self.verbal(i) || self.is(i, &["who", "which", "that"]));
        (opens && plain && self.can_speak((comma + 1, stop))).then_some((comma + 1, stop))
    }

    /// Where a new main clause begins behind a comma, not before `lo` and not behind `hi`.
    fn turn(&self, lo: usize, hi: usize) -> usize {
        (lo..hi)
            .find(|i| {
                self.word(*i) == ","
                    && self.is(i + 1, &["and", "but", "while"])
                    && self.tokens.get(i + 2).is_some_and(|t| {
                        matches!(t.deprel, Deprel::Nsubj | Deprel::Det | Deprel::NsubjPass | Deprel::NmodPoss)
                            || t.upos == Upos::Propn
                    })
                    && (i + 3..hi.min(i + 12)).any(|k| self.finite(k))
            })
            .unwrap_or(hi)
    }

    /// Whether a range says something: it has a finite verb, or a participle and some length.
    fn told_in(&self, lo: usize, hi: usize) -> bool {
        let main =
            |t: &Token| matches!(t.deprel, Deprel::Root | Deprel::Ccomp | Deprel::Parataxis | Deprel::Conj);
        let participle = |i: usize| self.tokens.get(i).is_some_and(|t| t.xpos == Xpos::Vbn && main(t));
        (lo..hi).any(|i| self.finite(i)) || hi > lo + 5 && (lo..hi).any(participle)
    }

    /// "Minister: Borders stay open", "In the minister's view, ...".
    pub fn headed(&self, lo: usize, end: usize) -> Option<Indirect<'a>> {
        let colon = (lo + 1..end.min(lo + 6)).find(|i| self.word(*i) == ":");
        if let Some(colon) = colon {
            let named = self.name_ends(colon) && !(lo..colon).any(|i| self.verbal(i) || self.mark(i));
            let named = named || colon == lo + 1 && self.is(lo, &["Q", "A"]);
            let said = (colon + 2..end).any(|i| self.finite(i)) && !self.quote(colon + 1);
            let one = Indirect {
                content: (colon + 1, end),
                speaker: Some((lo, colon)),
                verb: Name::of(""),
                at: colon,
                head: colon,
            };
            return (named && said).then_some(one);
        }
        if !self.is(lo, &["in"]) {
            return None;
        }
        let owner = (lo + 2..end.min(lo + 9)).find(|i| self.is(*i, &["'s", "’s"]))?;
        let comma = (owner + 2..end.min(owner + 4)).find(|i| self.word(*i) == ",")?;
        let view = self.is(comma - 1, VIEWS) && comma + 3 < end;
        let one = Indirect {
            content: (comma + 1, end),
            speaker: Some((lo + 1, owner)),
            verb: Name::of(self.word(comma - 1)),
            at: comma - 1,
            head: comma - 1,
        };
        view.then_some(one)
    }
}
