//! What the tree of a sentence says of a number: the noun that it counts, what an amount is of, whether a name holds it.
//!
//! A sentence without tags (a text that no tagger has seen) has no answers; then [`super::context`] looks at the words.

use super::lexicon::{Class, Lexicon, Outcome};
use crate::document::{Document, ROOT, Token};
use crate::grammar::{Deprel, EntityLabel, Upos};
use crate::span::Span;
use std::ops::Range;

/// Tokens between a number and the noun that it counts, at most.
const REACH: u32 = 8;
/// Tokens of a clause in which a subject or a second verb is looked for, at most: a run of words may be one sentence.
const CLAUSE: u32 = 40;
/// Steps up a tree at most.
const STEPS: u32 = 8;
/// Bytes of what is counted, at most: a longer one is a misread sentence.
const LONGEST: usize = 90;

/// The tree of one sentence.
#[derive(Clone, Copy)]
pub struct Tree<'a> {
    doc: &'a Document<'a>,
    lexicon: &'a Lexicon,
    start: u32,
    end: u32,
}

/// A counted noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// The noun with its modifiers.
    pub span: Span,
    /// Whether it is the name of a people: "Lebanese", "Iraqis".
    pub people: bool,
}

impl<'a> Tree<'a> {
    /// The tree of a sentence by its index.
    pub fn new(doc: &'a Document<'a>, lexicon: &'a Lexicon, sentence: u32) -> Option<Self> {
        let tokens = doc.sentence(sentence)?.tokens.clone();
        Some(Self { doc, lexicon, start: tokens.start, end: tokens.end })
    }

    fn token(&self, at: u32) -> Option<&'a Token> {
        if at < self.start || at >= self.end { None } else { self.doc.token(at) }
    }

    fn is(&self, at: u32, deprel: Deprel) -> bool {
        self.token(at).is_some_and(|t| t.deprel == deprel)
    }

    fn word(&self, at: u32) -> &'a str {
        self.token(at).map_or("", |t| self.doc.word(t))
    }

    fn class(&self, at: u32) -> Class {
        self.token(at).map_or_else(Class::default, |t| self.lexicon.word_class(self.doc.lemma(t)))
    }

    /// The tokens that a span touches.
    fn over(&self, span: Span) -> Option<Range<u32>> {
        let tokens = self.doc.tokens(&(self.start..self.end));
        let first = tokens.partition_point(|t| t.span.end <= span.start);
        let count = tokens.get(first..)?.iter().take_while(|t| t.span.start < span.end).count();
        let start = self.start + first as u32;
        (count > 0).then_some(start..start + count as u32)
    }

    /// The token of a span whose head is outside of it, where a tagger has seen it.
    fn top(&self, own: &Range<u32>) -> Option<u32> {
        own.clone().find(|at| self.token(*at).is_some_and(|t| t.upos != Upos::X && !own.contains(&t.head)))
    }

    fn noun(&self, at: u32) -> bool {
        self.token(at).is_some_and(|t| matches!(t.upos, Upos::Noun | Upos::Propn))
    }

    /// Whether a tagger read the word at a span's start as a verb.
    pub fn verb(&self, span: Span) -> bool {
        let at = self.over(span).map_or(self.end, |o| o.start);
        self.token(at).is_some_and(|t| matches!(t.upos, Upos::Verb | Upos::Aux) && t.deprel != Deprel::Amod)
    }

    /// Whether the word at a span is a preposition that governs a noun: "won over two rivals", "held under two laws".
    pub fn governs(&self, span: Span) -> bool {
        self.over(span).is_some_and(|o| self.is(o.start, Deprel::Case) && o.len() == 1)
    }

    /// Whether a name holds the number: "Four Seasons", "Apollo 11".
    pub fn named(&self, number: Span) -> bool {
        let Some(own) = self.over(number) else { return false };
        self.doc.name_at(own.start).is_some_and(|name| {
            let kind = matches!(
                name.label,
                EntityLabel::Org
                    | EntityLabel::Fac
                    | EntityLabel::Event
                    | EntityLabel::WorkOfArt
                    | EntityLabel::Law
                    | EntityLabel::Product
                    | EntityLabel::Loc
                    | EntityLabel::Gpe
                    | EntityLabel::Person
            );
            kind && name.tokens.end - name.tokens.start > own.end - own.start
        })
    }

    /// The noun that a number counts.
    pub fn counted(&self, number: Span) -> Option<Counted> {
        let own = self.over(number)?;
        let top = self.top(&own)?;
        let token = self.token(top)?;
        let noun = match token.deprel {
            Deprel::Nummod if token.head >= own.end => token.head,
            // "dozens of people", "hundreds of thousands of families"
            _ if self.word(own.end) == "of" && self.is(own.end, Deprel::Case) => {
                let noun = self.token(own.end)?.head;
                self.token(noun).filter(|t| t.deprel == Deprel::Nmod && own.contains(&t.head))?;
                noun
            }
            _ => return None,
        };
        // "50 off 23 balls" are not 50 balls.
        let parted = (own.end..noun)
            .any(|at| self.is(at, Deprel::Case) && self.word(at) != "of" && self.word(at) != "'s");
        if self.is(own.end, Deprel::Cc) || parted {
            return None;
        }
        if noun < own.end || noun - own.end >= REACH {
            return None;
        }
        let people = self.doc.name_at(noun).is_some_and(|n| n.label == EntityLabel::Norp)
            && self.token(noun).is_some_and(|t| t.upos != Upos::Adj || t.deprel != Deprel::Amod);
        // A plural that the tagger took for a verb is still what the number hangs on: "four shows a year".
        let plural = token.deprel == Deprel::Nummod && noun == own.end && self.word(noun).ends_with('s');
        if !self.noun(noun) && !people && !plural {
            return None;
        }
        let mut first = own.end;
        if self.word(first) == "of" {
            first += 1;
        }
        self.cut(first, noun).map(|span| Counted { span, people })
    }

    /// What became of the people that a number counts, by the verb that they are the subject of: "seven men who hid
    /// there were arrested", "fifty children are among the wounded".
    pub fn outcome(&self, number: Span) -> Option<Outcome> {
        let own = self.over(number)?;
        let top = self.top(&own)?;
        let mut noun = match self.token(top)? {
            token if token.deprel == Deprel::Nummod => token.head,
            _ => top,
        };
        while let Some(token) = self.token(noun).filter(|t| t.deprel == Deprel::Conj && t.head < noun) {
            noun = token.head;
        }
        let token = self.token(noun)?;
        let fate = |at: u32| {
            let negated = (at.saturating_sub(REACH).max(self.start)..at).any(|c| {
                self.token(c).is_some_and(|t| t.head == at)
                    && matches!(self.word(c), "not" | "n't" | "n’t" | "never")
            });
            let word = self.word(at).to_ascii_lowercase();
            self.lexicon.word_class(&word).outcome_behind().filter(|_| !negated)
        };
        // "seven people who hid him have been arrested": a second clause may hang on the noun.
        let clause = (noun + 1..self.end.min(noun + CLAUSE)).filter(|at| {
            let hangs = self.token(*at).is_some_and(|t| t.head == noun && t.deprel == Deprel::AclRelcl);
            let suffers = |c: u32| {
                self.token(c)
                    .is_some_and(|t| t.head == *at && matches!(t.deprel, Deprel::AuxPass | Deprel::Cop))
            };
            hangs && (noun..*at).any(suffers)
        });
        if let Some(outcome) = clause.filter_map(fate).next() {
            return Some(outcome);
        }
        let verb = self.token(token.head)?;
        match token.deprel {
            Deprel::NsubjPass => fate(token.head).or_else(|| {
                let told = (token.head + 1..self.end.min(token.head + CLAUSE)).find(|at| {
                    self.token(*at).is_some_and(|t| t.head == token.head && t.deprel == Deprel::Xcomp)
                })?;
                fate(told)
            }),
            Deprel::Nsubj if verb.upos != Upos::Verb || self.class(token.head).has(Class::DIES) => {
                fate(token.head)
            }
            _ => None,
        }
    }

    /// What an amount of a kind is of.
    pub fn about(&self, span: Span, kind: &str) -> Option<Span> {
        let own = self.over(span)?;
        let top = self.top(&own)?;
        let token = self.token(top)?;
        self.modified(&own, top)
            .or_else(|| self.behind(&own, kind))
            .or_else(|| self.before(token, &own))
            .or_else(|| self.bracketed(token, &own))
            .or_else(|| self.subject(top, token, kind))
    }

    /// Whether what an amount is of can be known: a tagger has seen it.
    pub fn sees(&self, span: Span) -> bool {
        self.over(span).and_then(|own| self.top(&own)).is_some()
    }

    /// "a 5 percent rise", "$1.5 billion loan programme": the noun that the amount stands before.
    fn modified(&self, own: &Range<u32>, top: u32) -> Option<Span> {
        let token = self.token(top)?;
        // "a $5-million loan": the hyphen may turn the tree around.
        let turned = (own.end..own.end + 3).find(|at| {
            self.noun(*at)
                && self.token(*at).is_some_and(|t| own.contains(&t.head))
                && own.clone().any(|o| self.word(o) == "-")
                && !self.is(own.end, Deprel::Case)
        });
        if let Some(noun) = turned {
            return self.cut(own.end, noun);
        }
        let fits = matches!(
            token.deprel,
            Deprel::Nummod | Deprel::Compound | Deprel::Amod | Deprel::NmodUnmarked | Deprel::NmodDesc
        ) || token.deprel == Deprel::Nmod && !self.is(own.end, Deprel::Case);
        let mut noun = token.head;
        // "a two-month aid blockade": the head of the whole, not the first noun.
        while let Some(over) = self
            .token(noun)
            .filter(|t| t.deprel == Deprel::Compound && t.head > noun && t.head != ROOT && t.head - noun < 4)
        {
            noun = over.head;
        }
        let dated =
            self.doc.name_at(noun).is_some_and(|n| matches!(n.label, EntityLabel::Date | EntityLabel::Time));
        if !fits || dated || noun < own.end || noun - own.end >= REACH || !self.noun(noun) {
            return None;
        }
        let clear =
            |at: u32| !self.is(at, Deprel::Case) && !matches!(self.word(at), "," | ";" | ":" | "a" | "per");
        if !(own.end..noun).all(clear) {
            return None;
        }
        let first =
            (own.end..noun).rev().find(|at| self.word(*at).starts_with([')', '"', '”'])).map(|at| at + 1);
        let span = self.cut(first.unwrap_or(own.end), noun)?;
        Some(if self.class(noun).has(Class::CHANGE) {
            self.with_complement(span, noun, &["in", "of"])
        } else {
            span
        })
    }

    /// "40 percent of voters", "$2 million in aid", "Rs50 billion for flood relief".
    fn behind(&self, own: &Range<u32>, kind: &str) -> Option<Span> {
        let mut at = own.end;
        if self.word(at) == "worth" {
            at += 1;
        }
        let word = self.word(at);
        let fits = match kind {
            "money" => matches!(word, "of" | "in" | "for" | "on"),
            _ => word == "of",
        };
        if !fits || !self.is(at, Deprel::Case) {
            return None;
        }
        let noun = self.token(at)?.head;
        let near = noun > at && noun - at <= REACH && self.noun(noun);
        if !near || (word != "of" || kind == "duration") && self.time_or_place(at, noun, word) {
            return None;
        }
        self.phrase(noun).map(|span| self.with_complement(span, noun, &["of"]))
    }

    /// Whether a phrase tells when or where rather than what for.
    fn time_or_place(&self, case: u32, noun: u32, word: &str) -> bool {
        let named = self.doc.name_at(noun).is_some_and(|n| {
            matches!(n.label, EntityLabel::Date | EntityLabel::Time)
                || word == "in"
                    && matches!(
                        n.label,
                        EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Fac | EntityLabel::Org
                    )
        });
        let definite = word == "in"
            && self.token(case + 1).is_some_and(|t| matches!(t.deprel, Deprel::Det | Deprel::NmodPoss));
        let lasting = self.token(noun).is_some_and(|t| self.lexicon.lasting(self.doc.lemma(t)));
        let year = word == "in" && self.word(noun).bytes().any(|b| b.is_ascii_digit());
        named || definite || lasting || year
    }

    /// "a fine of 300 euros", "a population of 4 million": the noun before "of".
    fn before(&self, token: &Token, own: &Range<u32>) -> Option<Span> {
        if token.deprel != Deprel::Nmod || token.head >= own.start || !self.noun(token.head) {
            return None;
        }
        let of = (own.start.saturating_sub(CLAUSE).max(token.head + 1)..own.start)
            .rev()
            .find(|at| self.is(*at, Deprel::Case))?;
        let amount = self.lexicon.measures(self.word(token.head));
        if self.word(of) != "of" || amount || self.class(token.head).has(Class::EMPTY) {
            return None;
        }
        self.phrase(token.head)
    }

    /// "payroll costs ($2.6 million)": the noun before the bracket.
    fn bracketed(&self, token: &Token, own: &Range<u32>) -> Option<Span> {
        let open = own.start.checked_sub(1).filter(|at| self.word(*at) == "(")?;
        let noun = open.checked_sub(1).filter(|at| self.noun(*at))?;
        let hangs = token.head <= noun && self.token(token.head).is_some();
        let counted = (noun.saturating_sub(3).max(self.start)..noun).any(|at| self.is(at, Deprel::Nummod));
        let word = self.token(noun).map_or("", |t| self.doc.lemma(t));
        let amount =
            counted || self.lexicon.measures(word) || self.word(noun).bytes().any(|b| b.is_ascii_digit());
        (hangs && !amount).then(|| self.phrase(noun))?
    }

    /// "Inflation rose to 5 percent", "the plant cost $2 billion", "the rate is 8 percent".
    fn subject(&self, top: u32, token: &Token, kind: &str) -> Option<Span> {
        if kind == "duration" {
            return None;
        }
        let copula = |at: u32| {
            (at.saturating_sub(REACH).max(self.start)..at)
                .any(|c| self.token(c).is_some_and(|t| t.head == at && t.deprel == Deprel::Cop))
        };
        let mut verb = if copula(top) && kind != "distance" {
            top
        } else {
            let governed = matches!(
                token.deprel,
                Deprel::Obl
                    | Deprel::Obj
                    | Deprel::OblUnmarked
                    | Deprel::Xcomp
                    | Deprel::Advmod
                    | Deprel::Ccomp
            );
            let verb = token.head;
            let case = (token.head.saturating_add(1).max(top.saturating_sub(CLAUSE))..top)
                .rev()
                .find(|at| self.is(*at, Deprel::Case));
            let fits = case.is_none_or(|c| matches!(self.word(c), "to" | "by" | "at" | "from"));
            // "shares lost 5 percent" measures the shares, "the firm lost $5 million" does not measure the firm.
            let moves = self.class(verb).has(Class::MOVE) && (kind != "money" || case.is_some());
            if !(governed && fits && (moves || self.class(verb).has(Class::MEASURE))) {
                return None;
            }
            verb
        };
        for _ in 0..STEPS {
            let near = verb.saturating_sub(CLAUSE).max(self.start)..self.end.min(verb.saturating_add(CLAUSE));
            let mut near = near;
            let subject = near.find(|at| {
                self.token(*at)
                    .is_some_and(|t| t.head == verb && matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass))
            });
            if let Some(subject) = subject {
                return if self.noun(subject) {
                    self.phrase(subject).map(|s| self.with_complement(s, subject, &["of"]))
                } else {
                    None
                };
            }
            let token = self.token(verb)?;
            // "deals totalling $5 million"
            if token.deprel == Deprel::Acl && token.head < verb && self.noun(token.head) {
                return self.phrase(token.head);
            }
            if !matches!(token.deprel, Deprel::Conj | Deprel::Xcomp) {
                return None;
            }
            if token.head == ROOT {
                return None;
            }
            verb = token.head;
        }
        None
    }

    /// Whether a token hangs on `noun`, itself or by others.
    fn below(&self, mut at: u32, noun: u32) -> bool {
        for _ in 0..STEPS {
            if at == noun {
                return true;
            }
            match self.token(at) {
                Some(token) if token.head != ROOT => at = token.head,
                _ => return false,
            }
        }
        false
    }

    /// A noun with the modifiers before it, without article and preposition.
    fn phrase(&self, noun: u32) -> Option<Span> {
        let mut first = noun;
        while first > self.start && noun - first < REACH {
            let at = first - 1;
            let token = self.token(at)?;
            let ends = token.head == noun
                && (matches!(
                    token.deprel,
                    Deprel::Case | Deprel::Det | Deprel::Mark | Deprel::Cc | Deprel::DetPredet | Deprel::Acl
                ) || token.deprel == Deprel::NmodPoss && token.upos == Upos::Pron
                    || token.deprel == Deprel::Punct && matches!(self.word(at), "," | "(" | "—" | ";" | ":"));
            if ends || !self.below(at, noun) {
                break;
            }
            first = at;
        }
        self.cut(first, noun)
    }

    /// The words from `first` to a noun and the rest of its name, without what says no more than "again".
    fn cut(&self, mut first: u32, noun: u32) -> Option<Span> {
        while first < noun
            && self.token(first).is_some_and(|t| {
                matches!(t.upos, Upos::Punct | Upos::Adv | Upos::Adp | Upos::Det | Upos::Sym | Upos::Num)
                    || t.upos == Upos::Pron
                    || self.class(first).has(Class::AGAIN)
                    || self.class(first).modifier_behind().is_some()
                    || self.lexicon.measures(self.word(first))
            })
        {
            first += 1;
        }
        let mut last = noun;
        while self.token(last + 1).is_some_and(|t| t.head == noun && t.deprel == Deprel::Flat) {
            last += 1;
        }
        let span = self.token(first)?.span.cover(self.token(last)?.span);
        (span.len() <= LONGEST).then_some(span)
    }

    /// A phrase with the next one behind one of the prepositions: "rise in exports", "head of state".
    fn with_complement(&self, span: Span, noun: u32, cases: &[&str]) -> Span {
        let case = noun + 1;
        let next = self.token(case).filter(|t| t.deprel == Deprel::Case && cases.contains(&self.word(case)));
        let next = next.map(|t| t.head).filter(|n| *n > case && *n - case <= 4 && self.noun(*n));
        let Some(next) = next.filter(|n| self.token(*n).is_some_and(|t| t.head == noun)) else { return span };
        let whole = self.token(next).map_or(span, |t| span.cover(t.span));
        if whole.len() <= LONGEST { whole } else { span }
    }
}
