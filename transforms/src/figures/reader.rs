//! What the readers of titles look at: for each token the title that begins there, whether it is written as a name
//! is, and which person covers it. Made once an article, so that each look is a lookup.

use super::FigureContext;
use crate::code::Code;
use crate::document::{Document, Mention};
use crate::grammar::{EntityLabel, Upos, Xpos};
use crate::knowledge::{CountryWord, Title, TitleKind};
use crate::span::Span;
use std::ops::Range;

/// Longest title of the dictionary, in tokens.
const TITLE_TOKENS_MAX: u32 = 10;

/// A title of the dictionary at its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head {
    pub start: u32,
    pub end: u32,
    pub title: Title,
}

/// A person name at its place.
#[derive(Debug, Clone)]
pub(super) struct PersonName {
    pub first: u32,
    pub end: u32,
    pub sentence: u32,
    pub confidence: f32,
}

/// The article as the readers of titles see it.
pub(super) struct Reader<'a> {
    pub context: FigureContext<'a>,
    pub doc: Document<'a>,
    heads: Vec<Option<Head>>,
    capital: Vec<bool>,
    person: Vec<bool>,
    /// The country the article speaks from, and those whose places and peoples it names.
    pub home: Option<Code>,
    pub spoken_of: Vec<Code>,
}

impl<'a> Reader<'a> {
    /// Looks at an article.
    pub fn new(context: FigureContext<'a>) -> Self {
        let doc = context.doc;
        let count = doc.parsed.tokens.len();
        let mut all = Self {
            context,
            doc,
            heads: vec![None; count],
            capital: vec![false; count],
            person: vec![false; count],
            home: None,
            spoken_of: Vec::new(),
        };
        for sentence in &doc.parsed.sentences {
            let tokens = doc.tokens(&sentence.tokens);
            let (mut words, mut shouted) = (0_usize, 0_usize);
            for token in tokens {
                let word = doc.word(token);
                if word.chars().any(char::is_alphabetic) {
                    words += 1;
                    shouted += usize::from(!word.chars().any(char::is_lowercase));
                }
            }
            // Where everything is in capitals they say nothing; the tagger's word counts.
            let loud = words >= 5 && shouted * 10 > words * 7;
            for (at, token) in sentence.tokens.clone().zip(tokens) {
                let first = doc.word(token).chars().next();
                let up = first.is_some_and(char::is_uppercase);
                if let Some(slot) = all.capital.get_mut(at as usize) {
                    *slot = up && (!loud || token.upos == Upos::Propn);
                }
                if first.is_some_and(char::is_alphabetic) {
                    let head = all.find_head(at, sentence.tokens.end);
                    if let Some(slot) = all.heads.get_mut(at as usize) {
                        *slot = head;
                    }
                }
            }
        }
        all
    }

    fn find_head(&self, at: u32, end: u32) -> Option<Head> {
        let limit = end.min(at + TITLE_TOKENS_MAX);
        let words = self.doc.tokens(&(at..limit)).iter().map(|t| self.doc.word(t));
        let found = self.context.titles.phrases.longest(words)?;
        let word = self.word(at);
        let letters = || word.chars().filter(|c| c.is_alphabetic());
        if found.value.capitals && !letters().all(char::is_uppercase) {
            return None;
        }
        if !word.starts_with(char::is_uppercase) && found.tokens == 1 {
            // "accused", "head", "chairs" are verbs more often than not.
            let token = self.token(at)?;
            if !matches!(token.upos, Upos::Noun | Upos::Propn | Upos::X | Upos::Adj)
                || matches!(token.xpos, Xpos::Vbd | Xpos::Vbn | Xpos::Vbz | Xpos::Vbp | Xpos::Vb)
            {
                return None;
            }
        }
        Some(Head { start: at, end: at + found.tokens as u32, title: found.value })
    }

    /// Notes which tokens the names of people cover.
    pub fn mark(&mut self, people: &[PersonName]) {
        for name in people {
            if let Some(slots) = self.person.get_mut(name.first as usize..name.end as usize) {
                slots.fill(true);
            }
        }
    }

    pub fn token(&self, at: u32) -> Option<&'a crate::document::Token> {
        self.doc.token(at)
    }

    pub fn word(&self, at: u32) -> &'a str {
        self.doc.token(at).map_or("", |t| self.doc.word(t))
    }

    pub fn words(&self, range: Range<u32>) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        let doc = self.doc;
        doc.tokens(&range).iter().map(move |t| doc.word(t))
    }

    /// The title that begins at a token and ends by `limit`.
    pub fn head(&self, at: u32, limit: u32) -> Option<Head> {
        self.heads.get(at as usize).copied().flatten().filter(|h| h.end <= limit)
    }

    pub fn capital(&self, at: u32) -> bool {
        self.capital.get(at as usize).copied().unwrap_or(false)
    }

    pub fn is_person(&self, at: u32) -> bool {
        self.person.get(at as usize).copied().unwrap_or(false)
    }

    pub fn upos(&self, at: u32) -> Upos {
        self.token(at).map_or(Upos::X, |t| t.upos)
    }

    /// Whether a noun, an adjective or a capital could be part of an office.
    pub fn nominal(&self, at: u32) -> bool {
        if self.is_person(at) {
            return false;
        }
        let Some(token) = self.token(at) else { return false };
        let word = self.doc.word(token);
        match token.upos {
            Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::X => {
                word.starts_with(char::is_alphanumeric)
            }
            Upos::Verb => {
                self.capital(at)
                    || matches!(token.xpos, Xpos::Vbg | Xpos::Vbn) && self.head(at, at + 1).is_some()
            }
            Upos::Adp | Upos::Det | Upos::Pron | Upos::Adv | Upos::Sconj | Upos::Cconj | Upos::Aux => false,
            _ => self.capital(at),
        }
    }

    /// A country that is named at a token.
    pub fn country_at(&self, at: u32, end: u32) -> Option<(u32, Code, CountryWord)> {
        let found = self.context.countries.phrases.longest(self.words(at..end))?;
        Some((at + found.tokens as u32, found.value.iso3, found.value.word))
    }

    /// The country whose name or adjective ends right before a token, and where it begins.
    pub fn country_before(&self, floor: u32, end: u32) -> Option<(u32, Code)> {
        (end.saturating_sub(4).max(floor)..end).find_map(|at| {
            self.country_at(at, end).filter(|(next, ..)| *next == end).map(|(_, c, _)| (at, c))
        })
    }

    /// The name of any kind that covers a token, with its index.
    pub fn name_at(&self, at: u32) -> Option<(usize, &'a Mention)> {
        let names = &self.doc.parsed.names;
        let index = names.partition_point(|m| m.tokens.end <= at);
        names.get(index).filter(|m| m.tokens.contains(&at)).map(|m| (index, m))
    }

    /// The country of the place name that covers a token.
    pub fn place_country(&self, at: u32) -> Option<Code> {
        let (index, _) = self.name_at(at)?;
        self.context.places.get(index)?.iso3
    }

    pub fn label(&self, at: u32) -> Option<EntityLabel> {
        self.name_at(at).map(|(_, m)| m.label)
    }

    pub fn span(&self, range: Range<u32>) -> Option<Span> {
        let first = self.doc.token(range.start)?;
        let last = self.doc.token(range.end.checked_sub(1)?)?;
        (range.start < range.end).then(|| first.span.cover(last.span))
    }

    /// What the first short title in a phrase stands for ("Sen."); empty where none is short.
    pub fn spelt_out(&self, phrase: Span) -> &'a str {
        let tokens = &self.doc.parsed.tokens;
        let from = tokens.partition_point(|t| t.span.start < phrase.start);
        let inside =
            tokens.get(from..).unwrap_or(&[]).iter().take_while(|t| t.span.end <= phrase.end).count();
        let heads = self.heads.get(from..from + inside).unwrap_or(&[]);
        let mut long = heads.iter().flatten().map(|h| self.context.titles.expansion(h.title));
        long.find(|long| !long.is_empty()).unwrap_or("")
    }

    /// The bracket that closes the one at `open`, within a few tokens.
    pub fn closing(&self, open: u32, limit: u32) -> Option<u32> {
        (open..limit.min(open + 9)).find(|i| self.word(*i) == ")")
    }
}

/// Whether a title says what somebody does or is, rather than how he is addressed.
pub(super) fn is_office(kind: TitleKind) -> bool {
    !matches!(kind, TitleKind::Honorific | TitleKind::Name | TitleKind::Relation)
}
