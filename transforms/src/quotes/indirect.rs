//! Indirect attributions: what a verb, adjective or noun gives as said, thought, wanted or asked, without quotation marks.

use super::cues::{CALLED, Name};
use super::frames::Sight;
use super::fronted::SCENES;
use super::view::{Range, View};
use crate::document::{Sentence, Token};
use crate::grammar::{Deprel, Upos, Xpos};
use crate::syntax::{Tree, TreeScratch};

/// An indirect attribution that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Indirect<'a> {
    /// The tokens of the content.
    pub content: Range,
    /// Whose it is; `None` where the text doesn't say.
    pub speaker: Option<Range>,
    /// The cue.
    pub verb: Name<'a>,
    /// The cue's token.
    pub at: usize,
    /// The head of the content, or the cue where the tree has none.
    pub head: usize,
}

/// Verbs behind which what is said follows without "that", for sentences whose tree doesn't show it.
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
    "contend",
    "explain",
    "tell",
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
pub const CIRCUMSTANCES: &[&str] = &[
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
/// Longest sentence whose tree is looked at.
const TOKENS: usize = 300;
/// Most attributions of a sentence.
const MOST: usize = 8;
/// Verbs that deny what they govern: an attribution within what they say is no second one.
const TURNED: &[&str] = &["decline", "refuse"];

impl<'a> View<'a> {
    /// Finds the indirect attributions of a sentence.
    pub fn indirect(&self, sentence: &Sentence, scratch: &mut TreeScratch, out: &mut Vec<Indirect<'a>>) {
        let (lo, hi) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
        let first = out.len();
        let end = (lo..hi).rev().find(|i| !self.stop(*i) && !self.quote(*i)).map_or(lo, |i| i + 1);
        let mut from = lo;
        let mut words = 0;
        if let Some(found) = self.headed(lo, end) {
            out.push(found);
        }
        for at in lo..end {
            if let Some((found, behind)) =
                self.according_clause(from, at, end).or_else(|| self.fronted(from, at, end))
                && found.content.1 > found.content.0 + 2
                && out.len() < first + MOST
            {
                out.push(found);
                from = behind;
            }
            words += usize::from(
                self.tokens.get(at).is_some_and(|t| matches!(t.upos, Upos::Verb | Upos::Adj | Upos::Noun)),
            );
        }
        // Without tags, or in a sentence beyond all measure, there is no tree to look at.
        let sight = (words > 0 && end - lo <= TOKENS).then(|| Sight {
            view: *self,
            tree: Tree::new(self.doc, sentence, scratch),
            lo,
            end,
        });
        for at in lo..end {
            if out.len() >= first + MOST {
                break;
            }
            if out.iter().skip(first).any(|o| o.at == at) {
                continue;
            }
            let tree = sight.and_then(|s| s.at(at)).filter(|f| self.told(f, lo));
            let Some(mut found) = tree.or_else(|| self.reported(lo, at, end)).filter(|f| self.told(f, lo))
            else {
                continue;
            };
            if out.iter().skip(first).any(|o| o.content == found.content) {
                continue;
            }
            if let Some(speaker) = self.added(at, out.get(first..).unwrap_or(&[])) {
                found.speaker = speaker;
            }
            out.push(found);
        }
        self.unnest(first, out);
    }

    /// What is thought or said within a content is part of it; "declined to say" is told by what is not said.
    fn unnest(&self, first: usize, out: &mut Vec<Indirect<'a>>) {
        for i in (first..out.len()).rev() {
            let Some(one) = out.get(i).copied() else { continue };
            let mut others = out.iter().skip(first).filter(|o| o.at != one.at);
            let turned = |o: &Indirect<'_>| TURNED.contains(&o.verb.word) && o.head == one.at;
            let inside = |o: &Indirect<'_>| o.content.0 <= one.content.0 && o.content.1 >= one.content.1;
            let turns = TURNED.contains(&one.verb.word) && others.clone().any(|o| o.at == one.head);
            if turns || others.any(|o| inside(o) && !turned(o)) {
                out.remove(i);
            }
        }
    }

    /// Who goes on to speak in a participle behind a comma ("..., adding that"): the speaker of the clause before.
    fn added(&self, at: usize, before: &[Indirect<'a>]) -> Option<Option<Range>> {
        let participle = self.tokens.get(at).is_some_and(|t| t.xpos == Xpos::Vbg && t.deprel != Deprel::Acl);
        let comma = at > 0 && self.word(at - 1) == ",";
        let last = before.iter().filter(|b| b.at < at && self.reporting(b.at).is_some()).max_by_key(|b| b.at);
        last.filter(|_| participle && comma).map(|l| l.speaker)
    }

    /// Whether what was found can be a content: no phrase of time behind the verb, not the speaker himself.
    fn told(&self, found: &Indirect<'_>, lo: usize) -> bool {
        let (start, end) = found.content;
        let himself = found.speaker.is_some_and(|(a, b)| a >= start && b <= end && start > found.at);
        let circumstance = self.mark(start) && !self.quote(start) || self.is(start, CIRCUMSTANCES);
        // Behind quoted words the verb's content is those words: "..., said Raza, who was there".
        let subject = found.speaker.map_or(found.at, |(a, _)| a.min(found.at));
        let quoted =
            start > found.at && subject > lo && self.quote(subject - 1) && !self.is(start, &["that"]);
        let added = start > 0
            && self.word(start - 1) == ","
            && self
                .tokens
                .get(start)
                .is_some_and(|t| t.xpos == Xpos::Vbg && self.cues.is_verb(self.doc.lemma(t)));
        end > start && !circumstance && !himself && !quoted && !added
    }

    /// Whether a verb gives a name to a thing: "called it", "described as".
    pub fn names_thing(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let cue = self.cues.verb(self.doc.lemma(token), None);
        cue.is_some_and(|c| c.frames.has(CALLED) || c.frames.with_object("as").is_some())
    }

    /// By words alone, where the tree shows no complement: "that" or a clause at once behind a verb of saying.
    fn reported(&self, lo: usize, at: usize, end: usize) -> Option<Indirect<'a>> {
        let found = self.reporting(at)?;
        let verb = Name::of(found.verb.lemma.as_str());
        let behind = at + found.len;
        let speaker = self.subject_before(at, lo).filter(|_| at > lo)?;
        let opened = self.is(lo, SCENES) && !(lo..at).any(|i| self.word(i) == ",");
        let end = (behind + 2..end)
            .find(|i| {
                let next = self.tokens.get(i + 1);
                let main = |t: &Token| matches!(t.upos, Upos::Pron | Upos::Det | Upos::Propn);
                self.word(*i) == ";"
                    || opened && self.word(*i) == "," && next.is_some_and(main)
                    || self.word(*i) == ","
                        && next.is_some_and(|t| t.xpos == Xpos::Vbg && self.cues.is_verb(self.doc.lemma(t)))
            })
            .unwrap_or(end);
        let one = |content: Range| Some(Indirect { content, speaker: Some(speaker), verb, at, head: at });
        if let Some(content) = self.that_clause(behind, end).filter(|_| found.verb.takes_that) {
            return one(content);
        }
        let starts = self.is(behind, BEGINS) || self.capital(behind) || self.nominal(behind);
        let clause = (behind + 1..end).any(|i| self.finite(i));
        let bare = BARE.contains(&verb.word) && starts && clause && found.finite && end > behind + 3;
        let bare = bare && !matches!(self.tokens.get(behind)?.upos, Upos::Adp | Upos::Sconj | Upos::Adv);
        if bare && !self.mark(behind) {
            return one((behind, end));
        }
        // "said after the vote he would go"
        let pronoun =
            (behind + 1..end.min(behind + 9)).take_while(|i| !self.mark(*i) && !self.verbal(*i)).find(|i| {
                self.is(*i, &["he", "she", "it", "they", "we", "i", "there"]) && self.finite_soon(*i + 1)
            });
        let start = pronoun.filter(|_| BARE.contains(&verb.word) && found.finite)?;
        one((start, end))
    }

    /// Whether a finite verb stands at a token or behind an adverb there.
    fn finite_soon(&self, at: usize) -> bool {
        self.finite(at) || self.finite(at + 1)
    }

    /// A clause that "that" opens within a few words, up to the sentence's end.
    fn that_clause(&self, from: usize, end: usize) -> Option<Range> {
        let that = (from..end.min(from + 9))
            .take_while(|i| *i == from || !self.mark(*i))
            .find(|i| self.is(*i, &["that"]))?;
        let verb = (from..that).any(|i| self.reporting(i).is_some() || self.verbal(i));
        let relative = self.tokens.get(that).is_some_and(|t| t.xpos == Xpos::Wdt);
        (!verb && !relative && that + 2 < end).then_some((that, end))
    }

    /// Whether a token can begin a noun phrase.
    fn nominal(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| {
            matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adj | Upos::Num | Upos::Det)
        })
    }
}
