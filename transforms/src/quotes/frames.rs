//! Contents by the tree: what hangs on a verb, adjective or noun that attributes, by the frames of that word.

use super::cues::{CALLED, Cue, ING, Name, OBJECT, OBJECT_TO, THAT, TO, WH};
use super::indirect::Indirect;
use super::view::{Range, View};
use crate::document::Token;
use crate::grammar::{Deprel, Upos, Xpos};
use crate::syntax::Tree;

/// Verbs that turn what their infinitive says into its contrary.
const CONTRARY: &[&str] = &["decline", "refuse", "fail", "neglect"];
/// The complement that was found.
#[derive(Debug, Clone, Copy)]
pub struct Content {
    /// Its first token.
    pub start: usize,
    /// The complement's head.
    pub head: usize,
    /// Whether it goes on as far as the cue's clause.
    pub clause: bool,
    /// Whether nothing behind the head's own words belongs to it.
    pub bounded: bool,
    /// The preposition before it; empty for none.
    pub preposition: &'static str,
}

/// One tagged sentence.
#[derive(Clone, Copy)]
pub struct Sight<'a, 't> {
    /// The article's words.
    pub view: View<'a>,
    /// The sentence's tree.
    pub tree: Tree<'t>,
    /// First token.
    pub lo: usize,
    /// The token behind the last that is no stop.
    pub end: usize,
}

impl<'a> Sight<'a, '_> {
    /// The attribution of a token, if it is a cue with a content.
    pub fn at(&self, at: usize) -> Option<Indirect<'a>> {
        let token = self.view.tokens.get(at)?;
        let lemma = self.view.doc.lemma(token);
        // Where the two tags differ the finer one is more often right: "plans" as VBZ, though NOUN.
        match (token.upos, token.xpos) {
            (Upos::Verb, _) | (Upos::Noun | Upos::Propn, Xpos::Vbz | Xpos::Vbd | Xpos::Vbp) => {
                self.verb(at, token, lemma)
            }
            (Upos::Adj, _) => self.adjective(at, lemma),
            (Upos::Noun, _) => self.noun(at, lemma),
            _ => None,
        }
    }

    pub fn kids(&self, at: usize) -> impl Iterator<Item = (usize, &Token)> {
        self.tree.children(at as u32).map(|(k, t)| (k as usize, t))
    }

    /// First token of a subtree and the token behind its last.
    pub fn reach(&self, at: usize) -> Range {
        let (first, last) = self.tree.extent(at as u32, |_, _| true);
        (first as usize, (last as usize + 1).min(self.end))
    }

    fn verb(&self, at: usize, token: &Token, lemma: &str) -> Option<Indirect<'a>> {
        if !self.view.cues.is_verb(lemma) {
            return None;
        }
        let particle = self
            .kids(at)
            .find(|(k, t)| *k > at && t.deprel == Deprel::CompoundPrt)
            .map(|(k, _)| self.view.word(k));
        let cue = self.view.cues.verb(lemma, particle)?;
        let joined =
            at > 0 && self.view.tokens.get(at - 1).is_some_and(|t| !t.space_after && t.upos == Upos::Punct);
        if joined && self.view.is(at - 1, &["-", "–"]) {
            return None;
        }
        let attached = matches!(token.deprel, Deprel::Acl | Deprel::Advcl | Deprel::Amod);
        let has = |rel: Deprel| self.kids(at).any(|(_, t)| t.deprel == rel);
        let bare = token.xpos == Xpos::Vbn && attached && !has(Deprel::Aux);
        let passive = bare || has(Deprel::AuxPass) || has(Deprel::NsubjPass);
        let name = Name { not: self.negated(at), ..Name::of(&cue.lemma) };
        if passive {
            return self.passive(at, cue, name, bare);
        }
        if token.xpos == Xpos::Vbg && token.deprel == Deprel::Amod {
            return None;
        }
        let content = self.active(at, cue).filter(|c| c.start > at)?;
        let speaker = self.speaker(at, token).filter(|s| self.view.can_speak(*s))?;
        Some(self.done(at, cue, name, content, Some(speaker)))
    }

    fn done(
        &self,
        at: usize,
        cue: &Cue,
        name: Name<'a>,
        content: Content,
        speaker: Option<Range>,
    ) -> Indirect<'a> {
        let stop = self.stop(at, cue, content);
        let name = Name { preposition: content.preposition, ..name };
        Indirect { content: (content.start, stop), speaker, verb: name, at, head: content.head }
    }

    /// What stands behind an active verb.
    fn active(&self, at: usize, cue: &Cue) -> Option<Content> {
        let frames = cue.frames;
        let object = self
            .kids(at)
            .find(|(k, t)| *k > at && matches!(t.deprel, Deprel::Obj | Deprel::Iobj))
            .map(|(k, _)| k);
        let content = |start: usize, head: usize, clause: bool| Content {
            start,
            head,
            clause,
            bounded: false,
            preposition: "",
        };
        let mut best = None;
        for (k, token) in self.kids(at).filter(|(k, _)| *k > at) {
            let infinitive = self.infinitive(k);
            match token.deprel {
                Deprel::Ccomp | Deprel::Xcomp | Deprel::Advcl | Deprel::Acl if infinitive => {
                    let from = object.filter(|o| *o < k);
                    if from.is_none() && frames.has(TO) && token.deprel != Deprel::Advcl {
                        return Some(content(self.to(at, k), k, true));
                    }
                    if let Some(from) = from.filter(|_| frames.has(OBJECT_TO)) {
                        return Some(content(self.reach(from).0, k, true));
                    }
                    if from.is_none() && frames.has(OBJECT_TO) && token.deprel == Deprel::Ccomp {
                        return Some(content(self.clause_start(at, k, None), k, true));
                    }
                }
                Deprel::Ccomp
                    if frames.has(THAT) && self.says(at, k) || frames.has(WH) && self.question(at, k) =>
                {
                    let told = object.filter(|o| *o < k && frames.recipient());
                    return Some(content(self.clause_start(at, k, told), k, true));
                }
                // "did not say when": a question that the tree takes for a clause of time.
                Deprel::Advcl
                    if frames.has(WH)
                        && self.reach(k).0 == at + 1
                        && self.question(at, at + 1)
                        && (self.negated(at) || !frames.has(THAT)) =>
                {
                    return Some(content(at + 1, k, true));
                }
                Deprel::Ccomp if token.xpos == Xpos::Vbg && frames.has(ING) => {
                    return Some(content(self.reach(k).0, k, true));
                }
                Deprel::Ccomp if frames.has(CALLED) => return Some(content(self.reach(k).0, k, false)),
                Deprel::Xcomp if token.xpos == Xpos::Vbg && frames.has(ING) && object.is_none() => {
                    return Some(content(self.reach(k).0, k, true));
                }
                Deprel::Xcomp | Deprel::Obl | Deprel::Advcl | Deprel::Obj => {
                    let preposition = self.preposition(k);
                    let from = object.filter(|o| *o < k);
                    if let Some(from) = from {
                        let called = token.deprel == Deprel::Xcomp && frames.has(CALLED);
                        let told = preposition.and_then(|p| frames.with_object(p));
                        if (called || told.is_some()) && best.is_none() {
                            best = Some(Content { bounded: true, ..content(self.reach(from).0, k, true) });
                        }
                    }
                    if let Some(preposition) = preposition.and_then(|p| frames.behind(p))
                        && best.is_none()
                        && (object.is_none() || object == Some(k))
                    {
                        let start = self.reach(k).0 + 1;
                        best = Some(Content { preposition, ..content(start, k, true) });
                    }
                }
                _ => {}
            }
        }
        best.or_else(|| self.object(at, object?, cue))
    }

    /// A noun phrase as content, or an object with the preposition that the tree hung on the object.
    fn object(&self, at: usize, object: usize, cue: &Cue) -> Option<Content> {
        let frames = cue.frames;
        let content = |clause: bool| Content {
            start: self.reach(object).0,
            head: object,
            clause,
            bounded: false,
            preposition: "",
        };
        // What follows a name behind a preposition tells where or when, unless the verb takes that preposition.
        let told = self.kids(object).any(|(k, t)| {
            k > object
                && matches!(t.deprel, Deprel::Nmod | Deprel::Acl | Deprel::Advcl)
                && self.preposition(k).is_some_and(|p| frames.with_object(p).is_some())
        });
        if told {
            return Some(content(false));
        }
        // "called the change a hoax", which the tree may take for one phrase.
        let (first, stop) = self.reach(object);
        if frames.has(CALLED)
            && (first + 1..object).any(|i| self.view.is(i, &["a", "an"]))
            && stop > first + 2
        {
            return Some(content(false));
        }
        if frames.has(OBJECT_TO)
            && self.kids(object).any(|(k, t)| k > object && t.deprel == Deprel::Acl && self.infinitive(k))
        {
            return Some(content(false));
        }
        let token = self.view.tokens.get(object)?;
        let next = self.reach(object).1;
        let finite = |i: usize| {
            self.view.tokens.get(i).is_some_and(|t| matches!(t.xpos, Xpos::Md | Xpos::Vbz | Xpos::Vbd))
        };
        if frames.has(THAT)
            && next < self.end
            && (finite(next) || self.view.word(next).ends_with("ly") && finite(next + 1))
        {
            return Some(content(true));
        }
        let plain = matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Adj) && object > at;
        (frames.has(OBJECT) && plain).then(|| content(false))
    }

    /// "X is expected to win", "X was accused of fraud by Y": the subject belongs to the content.
    fn passive(&self, at: usize, cue: &'a Cue, name: Name<'a>, bare: bool) -> Option<Indirect<'a>> {
        let frames = cue.frames;
        let agent = self
            .kids(at)
            .find(|(k, t)| {
                *k > at
                    && matches!(t.deprel, Deprel::OblAgent | Deprel::Obl)
                    && self.preposition(*k) == Some("by")
            })
            .and_then(|(k, _)| self.short(self.reach(k).0 + 1, k));
        let subject = self
            .kids(at)
            .find(|(k, t)| *k < at && matches!(t.deprel, Deprel::NsubjPass | Deprel::Nsubj))
            .map(|(k, _)| self.reach(k).0)
            .filter(|s| !self.view.is(*s, &["it", "who", "which", "that"]));
        for (k, token) in self.kids(at).filter(|(k, _)| *k > at) {
            let preposition = self.preposition(k);
            let content =
                |start: usize| Content { start, head: k, clause: true, bounded: false, preposition: "" };
            let found = match token.deprel {
                Deprel::Ccomp | Deprel::Xcomp if self.infinitive(k) => {
                    if !frames.has(OBJECT_TO | THAT) {
                        continue;
                    }
                    content(subject.unwrap_or_else(|| self.reach(k).0))
                }
                Deprel::Ccomp if frames.has(THAT | WH) => content(self.clause_start(at, k, None)),
                Deprel::Obl | Deprel::Advcl | Deprel::Xcomp
                    if preposition.is_some_and(|p| frames.with_object(p).is_some())
                        || token.deprel == Deprel::Xcomp && frames.has(CALLED) =>
                {
                    if bare {
                        continue;
                    }
                    content(subject.unwrap_or_else(|| self.reach(k).0))
                }
                _ => continue,
            };
            return Some(self.done(at, cue, name, found, agent));
        }
        if bare
            && frames.has(WH)
            && let Some(start) = (at + 1..self.end.min(at + 7)).find(|i| self.asks(*i))
        {
            let comma = |i: &usize| self.view.word(*i) == "," && self.begins(*i + 1);
            let stop = (start + 2..self.end).find(comma).unwrap_or(self.end);
            return Some(Indirect { content: (start, stop), speaker: agent, verb: name, at, head: start });
        }
        if frames.has(OBJECT)
            && !bare
            && let (Some(agent), Some(subject)) = (agent, subject)
        {
            let head = self.kids(at).find(|(k, _)| self.reach(*k).0 == subject)?.0;
            let content = (subject, self.noun_stop(head).min(at));
            return Some(Indirect { content, speaker: Some(agent), verb: name, at, head });
        }
        None
    }

    fn adjective(&self, at: usize, lemma: &str) -> Option<Indirect<'a>> {
        let cue = self.view.cues.adjective(lemma)?;
        let frames = cue.frames;
        let copula = self.kids(at).any(|(_, t)| t.deprel == Deprel::Cop);
        let token = self.view.tokens.get(at)?;
        if !copula && !matches!(token.deprel, Deprel::Xcomp | Deprel::Conj | Deprel::Advcl | Deprel::Root) {
            return None;
        }
        let found = self.kids(at).filter(|(k, _)| *k > at).find_map(|(k, t)| {
            let preposition = self.preposition(k);
            let content =
                |start: usize| Content { start, head: k, clause: true, bounded: false, preposition: "" };
            match t.deprel {
                Deprel::Ccomp | Deprel::Xcomp | Deprel::Advcl if self.infinitive(k) => {
                    frames.has(TO).then(|| content(self.reach(k).0))
                }
                Deprel::Ccomp if frames.has(THAT | WH) => Some(content(self.clause_start(at, k, None))),
                Deprel::Advcl if frames.has(THAT) && self.view.is(self.reach(k).0, &["that"]) => {
                    Some(content(self.reach(k).0))
                }
                Deprel::Obl | Deprel::Advcl => {
                    let preposition = preposition.and_then(|p| frames.behind(p))?;
                    Some(Content { preposition, ..content(self.reach(k).0 + 1) })
                }
                _ => None,
            }
        })?;
        let subject = self
            .kids(at)
            .find(|(k, t)| *k < at && matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjOuter))
            .map(|(k, _)| self.reach(k).0);
        let speaker = self.view.subject_before(at, self.lo).filter(|s| self.view.can_speak(*s))?;
        if subject.is_some_and(|s| self.view.is(s, &["it", "there", "that", "this", "what"])) {
            return None;
        }
        let name = Name { be: true, not: self.negated(at), ..Name::of(&cue.lemma) };
        Some(self.done(at, cue, name, found, Some(speaker)))
    }

    fn noun(&self, at: usize, lemma: &str) -> Option<Indirect<'a>> {
        let cue = self.view.cues.noun(lemma)?;
        let frames = cue.frames;
        let found = self.kids(at).filter(|(k, _)| *k > at).find_map(|(k, t)| {
            let start = self.reach(k).0;
            let content =
                |start: usize| Content { start, head: k, clause: true, bounded: false, preposition: "" };
            let first = self.view.tokens.get(start)?;
            match t.deprel {
                Deprel::Acl | Deprel::AclRelcl | Deprel::Ccomp | Deprel::Advcl => {
                    if self.infinitive(k) {
                        return frames.has(TO).then(|| content(start));
                    }
                    let that = self.view.is(start, &["that"]) && first.deprel == Deprel::Mark;
                    let whether = self.view.is(start, &["whether", "if", "how"]);
                    if frames.has(THAT) && that || frames.has(WH) && whether {
                        return Some(content(start));
                    }
                    let preposition = frames.behind(self.preposition(k)?)?;
                    Some(Content { preposition, ..content(start + 1) })
                }
                Deprel::Nmod => {
                    let preposition = frames.behind(self.preposition(k)?)?;
                    Some(Content { preposition, ..content(start + 1) })
                }
                _ => None,
            }
        })?;
        let speaker = self.owner(at);
        if speaker.is_none() && !self.view.is(found.start, &["that"]) {
            return None;
        }
        Some(self.done(at, cue, Name::of(&cue.lemma), found, speaker))
    }

    /// Whose claim, promise or plan a noun is.
    fn owner(&self, noun: usize) -> Option<Range> {
        let owner = self.kids(noun).find(|(k, t)| *k < noun && t.deprel == Deprel::NmodPoss);
        if let Some((owner, _)) = owner {
            let (start, mut stop) = self.reach(owner);
            while stop > start + 1 && self.view.is(stop - 1, &["'s", "’s", "'", "’"]) {
                stop -= 1;
            }
            return Some((start, stop));
        }
        let by = self
            .kids(noun)
            .find(|(k, t)| *k > noun && t.deprel == Deprel::Nmod && self.preposition(*k) == Some("by"));
        if let Some((by, _)) = by {
            return self.short(self.reach(by).0 + 1, by);
        }
        let token = self.view.tokens.get(noun)?;
        let verb = self.tree.head(noun as u32)? as usize;
        let governor = self.view.tokens.get(verb)?;
        let light = self.view.cues.is_light(self.view.doc.lemma(governor));
        if token.deprel == Deprel::Obj && light {
            return self.speaker(verb, governor);
        }
        None
    }

    /// Who speaks: the subject, the noun that a participle hangs on, or the subject that the tree shares.
    fn speaker(&self, at: usize, token: &Token) -> Option<Range> {
        if token.deprel == Deprel::Acl && matches!(token.xpos, Xpos::Vbg | Xpos::Vb) {
            let noun = self.tree.head(at as u32)? as usize;
            if token.xpos == Xpos::Vbg && noun < at {
                let start = self.reach(noun).0;
                return Some(self.view.named((start, noun + 1)));
            }
        }
        self.view.subject_before(at, self.lo)
    }

    fn negated(&self, at: usize) -> bool {
        let not =
            |i: usize| self.kids(i).any(|(_, t)| matches!(self.view.doc.lemma(t), "not" | "never" | "n't"));
        let contrary = self.view.tokens.get(at).is_some_and(|t| {
            t.deprel == Deprel::Xcomp
                && self
                    .tree
                    .head(at as u32)
                    .and_then(|h| self.view.tokens.get(h as usize))
                    .is_some_and(|h| CONTRARY.contains(&self.view.doc.lemma(h)))
        });
        not(at) || contrary
    }
}
