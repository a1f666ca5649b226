//! What the model of attitudes sees of a sentence's words: made once for all targets of the sentence.
//!
//! Names are masked, so the model knows words, not people; verbs, nouns and auxiliaries are seen by their lemma.

use super::model::{Model, NOWHERE};
use super::vader::Vader;
use crate::document::{Document, ROOT, Sentence, Token};
use crate::grammar::Upos;

/// What the model sees of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key<'a> {
    /// Part of a name of this kind.
    Name(u8),
    /// A proper noun outside of names.
    Proper,
    /// A number.
    Number,
    /// A lemma, or the word in lower case.
    Word(&'a str),
}

/// Buffers: a sentence's words as the model sees them.
#[derive(Debug, Default)]
pub struct Words {
    /// The rating's sign, twice where it is strong, turned round behind a negation.
    pub sign: Vec<i8>,
    /// Inside quotation marks.
    pub quoted: Vec<bool>,
    /// Head within the sentence, [`ROOT`] for none.
    pub heads: Vec<u32>,
    /// Row of each word in the model's table.
    rows: Vec<u32>,
    /// [`Model::width`] sums a word, without what depends on the target.
    sums: Vec<i16>,
}

/// What the model sees of a token; `label` is the kind of the name it belongs to, `lower` its text in lower case.
pub fn key<'a>(doc: &Document<'a>, token: &Token, label: Option<u8>, lower: &'a str) -> Key<'a> {
    let lemma = doc.lemma(token);
    match (label, token.upos) {
        (Some(label), _) => Key::Name(label),
        (None, Upos::Propn) => Key::Proper,
        (None, Upos::Num) => Key::Number,
        (None, Upos::Verb | Upos::Noun | Upos::Aux) if !lemma.is_empty() => Key::Word(lemma),
        _ => Key::Word(lower),
    }
}

/// Bytes of a word that are looked at.
pub const LONGEST: usize = 32;

/// A word in lower case, cut where it is long.
pub fn lower<'b>(word: &str, buffer: &'b mut [u8; LONGEST]) -> &'b str {
    let mut len = 0;
    for c in word.chars().flat_map(char::to_lowercase) {
        let Some(place) = buffer.get_mut(len..len + c.len_utf8()) else { break };
        len += c.encode_utf8(place).len();
    }
    buffer.get(..len).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or("")
}

/// Words that turn a rating behind them round.
fn denies(lower: &str) -> bool {
    matches!(
        lower,
        "not"
            | "n't"
            | "n’t"
            | "never"
            | "no"
            | "without"
            | "nor"
            | "neither"
            | "hardly"
            | "refuse"
            | "refused"
            | "deny"
            | "denied"
    )
}

/// Looks at a sentence's words; `see` is told what the model sees of each.
pub fn describe(
    doc: &Document<'_>,
    sentence: &Sentence,
    vader: &Vader,
    words: &mut Words,
    mut see: impl FnMut(Key<'_>),
) {
    let Words { sign, quoted, heads, .. } = words;
    sign.clear();
    quoted.clear();
    heads.clear();
    let base = sentence.tokens.start;
    let tokens = doc.tokens(&sentence.tokens);
    let names = &doc.parsed.names;
    let mut name = names.partition_point(|n| n.tokens.end <= base);
    let (mut inside, mut denied) = (false, 0);
    let mut buffer = [0_u8; LONGEST];
    for (at, token) in tokens.iter().enumerate() {
        let index = base + at as u32;
        while names.get(name).is_some_and(|n| n.tokens.end <= index) {
            name += 1;
        }
        let named = names.get(name).filter(|n| n.tokens.start <= index);
        let lower = lower(doc.word(token), &mut buffer);
        if matches!(lower, "\"" | "“" | "”" | "``" | "''") {
            inside = lower != "”" && (lower == "“" || !inside);
        }
        see(key(doc, token, named.map(|n| n.label as u8), lower));
        let negation = denies(lower);
        let rating = if named.is_some() { None } else { vader.valence(lower) };
        let rated = rating.filter(|v| *v != 0.0 && !negation).map_or(0, |v| if v > 0.0 { 1 } else { -1 });
        let rated = if rating.is_some_and(|v| v.abs() >= 2.0) { rated * 2 } else { rated };
        sign.push(if denied > 0 { -rated } else { rated });
        denied = if negation {
            4
        } else if token.upos == Upos::Punct {
            0
        } else {
            (denied - 1).max(0)
        };
        quoted.push(inside);
        let head =
            token.head.checked_sub(base).filter(|h| token.head != ROOT && (*h as usize) < tokens.len());
        heads.push(head.unwrap_or(ROOT));
    }
}

impl Words {
    /// Describes a sentence and sums the rows of each word: its own, its neighbours', its governor's and its
    /// dependents', and those of its relation, tag, rating and quotation marks.
    pub fn prepare(&mut self, doc: &Document<'_>, sentence: &Sentence, vader: &Vader, model: &Model) {
        let mut rows = std::mem::take(&mut self.rows);
        rows.clear();
        describe(doc, sentence, vader, self, |key| rows.push(model.row(key)));
        self.rows = rows;
        let width = model.width();
        let tokens = doc.tokens(&sentence.tokens);
        self.sums.clear();
        self.sums.resize(tokens.len() * width, 0);
        let row = |at: usize| self.rows.get(at).copied().unwrap_or(NOWHERE);
        for (at, (token, sums)) in tokens.iter().zip(self.sums.chunks_exact_mut(width)).enumerate() {
            let governor = self.heads.get(at).filter(|h| **h != ROOT).map_or(NOWHERE, |h| row(*h as usize));
            let left = at.checked_sub(1).map_or(NOWHERE, row);
            for (slot, word) in [row(at), left, row(at + 1), governor].into_iter().enumerate() {
                add_bytes(sums, model.word(word, slot));
            }
            let sign = self.sign.get(at).copied().unwrap_or(0);
            let quoted = self.quoted.get(at).copied().unwrap_or(false);
            for mark in model.marks(token.deprel, token.upos, sign, quoted) {
                add(sums, mark);
            }
        }
        for (at, head) in self.heads.iter().enumerate() {
            let above = (*head as usize).checked_mul(width).filter(|_| *head != ROOT);
            if let Some(sums) = above.and_then(|h| self.sums.get_mut(h..h + width)) {
                add_bytes(sums, model.word(row(at), 4));
            }
        }
    }

    /// The sums of a word; empty where there is none.
    pub fn sums(&self, at: usize, width: usize) -> &[i16] {
        self.sums.get(at * width..(at + 1) * width).unwrap_or(&[])
    }
}

/// Adds a row; sums stop at the ends of their range.
pub fn add(sums: &mut [i16], row: &[i16]) {
    for (sum, value) in sums.iter_mut().zip(row) {
        *sum = sum.saturating_add(*value);
    }
}

fn add_bytes(sums: &mut [i16], row: &[i8]) {
    for (sum, value) in sums.iter_mut().zip(row) {
        *sum = sum.saturating_add(i16::from(*value));
    }
}
