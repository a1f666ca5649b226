//! For tests of the stages: a text becomes a document by rules just good enough for sentences written in a test.

use crate::article::{Article, Block, DateSource};
use crate::document::{Document, Parsed, Sentence};
use crate::grammar::Zone;
use crate::span::Span;

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

/// Makes a document of a text: a line is a block, a sentence ends at a full stop before a space and a capital.
pub fn document(text: &str) -> Owned {
    let mut parsed = Parsed::default();
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.trim_end().len();
        if end > at {
            let block = blocks.len() as u32;
            blocks.push(Block { span: Span::new(at, end), zone: Zone::Body });
            let mut start = at;
            let bytes = text.as_bytes();
            for i in at..end {
                let stop = matches!(bytes[i], b'.' | b'?' | b'!') && bytes.get(i + 1) == Some(&b' ');
                let last = i + 1 == end;
                if last || stop && bytes.get(i + 2).is_some_and(|b| b.is_ascii_uppercase() || *b == b'"') {
                    let span = Span::new(start, i + 1);
                    parsed.sentences.push(Sentence { span, tokens: 0..0, zone: Zone::Body, block });
                    start = i + 2;
                }
            }
        }
        at += line.len();
    }
    parsed.chars.learn(text);
    let article = Article {
        doc_id: "test".to_owned(),
        doc_part: 1,
        source_uri: String::new(),
        bytes: None,
        publisher: None,
        url: None,
        title: None,
        author: None,
        dateline_place: None,
        pub_date: None,
        pub_date_source: DateSource::None,
        lang: None,
        text: text.to_owned(),
        blocks,
    };
    Owned { article, parsed }
}
