//! An analysed article: sentences, tokens with their trees, names. Plain vectors that are reused from one article
//! to the next; text is never copied out of the article.

use crate::article::Article;
use crate::grammar::{Deprel, EntityLabel, Upos, Xpos, Zone};
use crate::span::{CharMap, Span};
use std::ops::Range;

/// How a token belongs to a multiword token ("don't" is `do` + `n't`), as CoNLL-U has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mwt {
    /// A word of its own.
    #[default]
    None,
    /// First word of a multiword token of so many words.
    First(u8),
    /// A later word of one.
    Inside,
}

/// The head of a sentence's root.
pub const ROOT: u32 = u32::MAX;

/// A syntactic word of UD English.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Token {
    /// Where it stands in the article.
    pub span: Span,
    /// Its lemma, in [`Parsed::lemmas`].
    pub lemma: Span,
    /// Index of its head in [`Parsed::tokens`], [`ROOT`] for a root.
    pub head: u32,
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn tag.
    pub xpos: Xpos,
    /// Relation to the head.
    pub deprel: Deprel,
    /// Place in a multiword token.
    pub mwt: Mwt,
    /// Whether white space follows.
    pub space_after: bool,
}

/// A sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
    /// Its tokens in [`Parsed::tokens`].
    pub tokens: Range<u32>,
    /// The part of the article it stands in.
    pub zone: Zone,
    /// Index of its block in [`Article::blocks`].
    pub block: u32,
}

/// A named entity.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Its tokens in [`Parsed::tokens`].
    pub tokens: Range<u32>,
    /// Where it stands.
    pub span: Span,
    /// Its kind.
    pub label: EntityLabel,
    /// Index of its sentence.
    pub sentence: u32,
    /// How sure the tagger is, 0 to 1; `None` where it doesn't say.
    pub confidence: Option<f32>,
}

/// What the linguistic core finds in one article; cleared and refilled for the next.
#[derive(Debug, Default)]
pub struct Parsed {
    /// Sentences in text order.
    pub sentences: Vec<Sentence>,
    /// Tokens in text order.
    pub tokens: Vec<Token>,
    /// The lemmas' letters, one after the other.
    pub lemmas: String,
    /// Names in text order, not overlapping.
    pub names: Vec<Mention>,
    /// From bytes to code points.
    pub chars: CharMap,
}

impl Parsed {
    /// Forgets the last article and keeps the buffers.
    pub fn clear(&mut self) {
        self.sentences.clear();
        self.tokens.clear();
        self.lemmas.clear();
        self.names.clear();
    }
}

/// An article with its analysis: what the extracting stages look at.
#[derive(Debug, Clone, Copy)]
pub struct Document<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its analysis.
    pub parsed: &'a Parsed,
}

impl<'a> Document<'a> {
    /// A token's text.
    pub fn word(&self, token: &Token) -> &'a str {
        token.span.of(self.article.letters())
    }

    /// A token's lemma.
    pub fn lemma(&self, token: &Token) -> &'a str {
        token.lemma.of(&self.parsed.lemmas)
    }

    /// The tokens of a range; empty where it doesn't fit.
    pub fn tokens(&self, range: &Range<u32>) -> &'a [Token] {
        self.parsed.tokens.get(range.start as usize..range.end as usize).unwrap_or(&[])
    }

    /// The token at an index.
    pub fn token(&self, at: u32) -> Option<&'a Token> {
        self.parsed.tokens.get(at as usize)
    }

    /// The text of a span, to be read.
    pub fn text(&self, span: Span) -> &'a str {
        span.of(self.article.letters())
    }

    /// The text of a span as it was printed, for the tables.
    pub fn printed(&self, span: Span) -> &'a str {
        span.of(&self.article.text)
    }

    /// The code points before a byte offset: what the tables count in.
    pub fn chars(&self, at: u32) -> u32 {
        self.parsed.chars.chars(&self.article.text, at)
    }

    /// The name that covers a token.
    pub fn name_at(&self, token: u32) -> Option<&'a Mention> {
        let names = &self.parsed.names;
        let after = names.partition_point(|m| m.tokens.end <= token);
        names.get(after).filter(|m| m.tokens.contains(&token))
    }

    /// The sentence of an index.
    pub fn sentence(&self, at: u32) -> Option<&'a Sentence> {
        self.parsed.sentences.get(at as usize)
    }

    /// The indices of the tokens whose head is `at`, within one sentence, in text order.
    pub fn children(&self, sentence: &Sentence, at: u32) -> impl Iterator<Item = u32> + use<'a> {
        let range = sentence.tokens.clone();
        let tokens = self.tokens(&range);
        let first = range.start;
        tokens.iter().enumerate().filter(move |(_, t)| t.head == at).map(move |(i, _)| first + i as u32)
    }
}
