//! For tests of the stages: a text becomes a document, untagged.

use crate::article::{Article, Block};
use crate::document::{Document, Parsed, ROOT, Sentence, Token};
use crate::grammar::{Deprel, Upos, Xpos, Zone};
use crate::language::{Breaks, Language, RawToken, Scratch};
use crate::span::Span;
use seeds::Seeds;

/// A document that owns its article.
pub struct Owned {
    /// The article: one block a line.
    pub article: Article,
    /// Its sentences, without tags and names.
    pub parsed: Parsed,
}

impl Owned {
    /// The view that the stages take.
    pub fn doc(&self) -> Document<'_> {
        Document { article: &self.article, parsed: &self.parsed }
    }
}

/// A token that no tagger has seen.
fn token(raw: &RawToken) -> Token {
    Token {
        span: raw.span,
        lemma: Span::default(),
        head: ROOT,
        upos: Upos::X,
        xpos: Xpos::Nn,
        deprel: Deprel::Dep,
        mwt: raw.mwt,
        space_after: raw.space_after,
    }
}

/// Makes a document of a text: a line is a block.
pub fn document(text: &str) -> Owned {
    let mut parsed = Parsed::default();
    let mut blocks = Vec::new();
    let language = Language::load(&Seeds::embedded()).unwrap();
    let (mut scratch, mut raw, mut ranges) = (Scratch::default(), Vec::new(), Vec::new());
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.trim_end().len();
        if end > at {
            let block = blocks.len() as u32;
            blocks.push(Block { span: Span::new(at, end), zone: Zone::Body });
            let first = raw.len();
            language.split(text, at as u32..end as u32, Breaks::Kept, &mut scratch, &mut raw, &mut ranges);
            for range in ranges.drain(..) {
                let of = |i: u32| raw.get(i as usize).map(|t| t.span);
                let span = of(range.start).unwrap_or_default().cover(of(range.end - 1).unwrap_or_default());
                parsed.sentences.push(Sentence { span, tokens: range, zone: Zone::Body, block });
            }
            parsed.tokens.extend(raw.iter().skip(first).map(token));
        }
        at += line.len();
    }
    parsed.chars.learn(text);
    let article = Article { blocks, ..Article::of_text("test", text) };
    Owned { article, parsed }
}
