//! The tokens of an article as the quote stage looks at them: words, phrases, subjects of reporting verbs.

use super::cues::Cues;
use super::verbs::{Found, Verbs};
use crate::document::{Document, Token};
use crate::grammar::{EntityLabel, Upos, Xpos};
use crate::span::Span;

/// Token indices, half open.
pub type Range = (usize, usize);

const AUX: &[&str] = &[
    "is", "are", "was", "were", "be", "been", "has", "have", "had", "will", "would", "can", "could", "may",
    "might", "should", "must", "do", "does", "did", "'s", "’s", "'ve", "'d", "to",
];
pub const DETERMINERS: &[&str] = &[
    "the", "a", "an", "his", "her", "its", "their", "one", "another", "some", "several", "many", "most",
    "two", "three", "both", "other", "this", "our", "my", "no", "every", "each",
];

/// An article's tokens.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The article.
    pub doc: Document<'a>,
    /// Its tokens.
    pub tokens: &'a [Token],
    /// The reporting verbs.
    pub verbs: &'a Verbs,
    /// The words that attribute.
    pub cues: &'a Cues,
}

/// Whether a word is one of a list, in any case.
pub fn among(word: &str, list: &[&str]) -> bool {
    list.iter().any(|w| w.eq_ignore_ascii_case(word))
}

impl<'a> View<'a> {
    /// A token's text; empty past the end.
    pub fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |t| self.doc.word(t))
    }

    /// Whether a token is one of the words.
    pub fn is(&self, at: usize, list: &[&str]) -> bool {
        among(self.word(at), list)
    }

    /// The place of a range of tokens.
    pub fn span(&self, range: Range) -> Span {
        match (self.tokens.get(range.0), range.1.checked_sub(1).and_then(|i| self.tokens.get(i))) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::default(),
        }
    }

    /// The sentence that holds a byte, by its number.
    pub fn sentence_of(&self, byte: u32) -> Option<u32> {
        let sentences = &self.doc.parsed.sentences;
        let at = sentences.partition_point(|s| s.span.end <= byte);
        sentences.get(at).filter(|s| s.span.start <= byte).map(|_| at as u32)
    }

    /// The label of the name that covers a token.
    fn label(&self, at: usize) -> Option<EntityLabel> {
        self.doc.name_at(at as u32).map(|n| n.label)
    }

    /// Whether a token belongs to the name of a people: "Palestinian".
    pub fn people(&self, at: usize) -> bool {
        self.label(at) == Some(EntityLabel::Norp)
    }

    /// Whether a token belongs to the name of a body.
    pub fn names_org(&self, at: usize) -> bool {
        self.label(at) == Some(EntityLabel::Org)
    }

    /// The first token that starts at or behind a byte.
    pub fn from(&self, byte: u32) -> usize {
        self.tokens.partition_point(|t| t.span.start < byte)
    }

    /// Whether a token starts with a capital.
    pub fn capital(&self, at: usize) -> bool {
        self.word(at).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether a token is a mark that ends a sentence.
    pub fn stop(&self, at: usize) -> bool {
        matches!(self.word(at), "." | "?" | "!" | "...")
    }

    /// Whether a token is a comma or another mark that parts phrases.
    pub fn mark(&self, at: usize) -> bool {
        !self.hyphen(at)
            && matches!(self.word(at), "," | ";" | ":" | "(" | ")" | "-" | "--" | "–" | "—" | "―" | "[" | "]")
            || self.quote(at)
    }

    /// Whether a token is the hyphen of a word: "a 36-year-old".
    fn hyphen(&self, at: usize) -> bool {
        let joined = |i: usize| self.tokens.get(i).is_some_and(|t| !t.space_after);
        matches!(self.word(at), "-" | "–") && joined(at) && at.checked_sub(1).is_some_and(joined)
    }

    /// Whether a token is a quotation mark.
    pub fn quote(&self, at: usize) -> bool {
        matches!(self.word(at), "\"" | "“" | "”" | "«" | "»" | "''" | "``" | "‘" | "„" | "’" | "'")
    }

    /// Whether a token is a closing mark run together with a dash.
    pub fn signs(&self, at: usize) -> bool {
        let word = self.word(at);
        word.starts_with(['”', '"', '»', '’', '\'']) && !word.contains(char::is_alphanumeric)
    }

    /// Whether the tagger has spoken about a token's sentence.
    fn tagged(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|t| t.upos != Upos::X)
    }

    /// Whether a token is a verb, as far as can be told.
    pub fn verbal(&self, at: usize) -> bool {
        match self.tokens.get(at) {
            Some(t) if t.upos != Upos::X => matches!(t.upos, Upos::Verb | Upos::Aux),
            Some(_) => self.is(at, AUX) || self.is(at, &["said", "says", "told", "saying"]),
            None => false,
        }
    }

    /// Whether a token is a finite verb or a modal, as far as can be told.
    pub fn finite(&self, at: usize) -> bool {
        match self.tokens.get(at) {
            Some(t) if t.upos != Upos::X => matches!(t.xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md),
            _ => self.verbal(at),
        }
    }

    /// The reporting verb at a token; where it is tagged, only as a verb.
    pub fn reporting(&self, at: usize) -> Option<Found<'a>> {
        let found = self.verbs.at(&self.doc, self.tokens, at)?;
        let noun = self.tagged(at) && !matches!(self.tokens.get(at)?.upos, Upos::Verb | Upos::Aux);
        if at > 0 && matches!(self.word(at - 1), "-" | "–") && !self.tokens.get(at - 1)?.space_after {
            return None;
        }
        let determined = at > 0 && (self.is(at - 1, DETERMINERS) || self.is(at - 1, &["to", "of"]));
        let fits = if self.tagged(at) { !noun } else { !determined };
        fits.then_some(found)
    }
}
