//! Pieces to an article: the text is written once, and every block's place in it.

use crate::article::{Article, Block, DateSource, Record};
use crate::code::Code;
use crate::reading::zones::Zoned;
use crate::span::Span;
use jiff::civil::Date;

/// Writes an article's text and blocks.
pub(crate) fn article(
    record: &Record,
    zoned: Zoned,
    doc_part: u16,
    bytes: Option<(u64, u64)>,
    lang: Option<Code>,
    (pub_date, pub_date_source): (Option<Date>, DateSource),
) -> Article {
    let mut text = String::with_capacity(zoned.pieces.iter().map(|p| p.text.len() + 2).sum());
    let mut blocks = Vec::with_capacity(zoned.pieces.len());
    let (mut dateline, mut place) = (None, None);
    for (at, piece) in zoned.pieces.iter().enumerate() {
        if !text.is_empty() {
            text.push_str(piece.gap);
        }
        let start = text.len();
        text.push_str(&piece.text);
        blocks.push(Block { span: Span::new(start, text.len()), zone: piece.zone });
        if let Some((_, found)) = zoned.dateline.as_ref().filter(|(piece, _)| *piece == at) {
            dateline = Some(Span::new(start, start + found.end.min(piece.text.len())));
            place = found.place.clone().and_then(|p| piece.text.get(p)).map(str::to_owned);
        }
    }
    Article {
        doc_id: record.doc_id.clone(),
        doc_part,
        source_uri: record.source_uri.clone(),
        bytes,
        publisher: record.publisher.clone(),
        url: record.url.clone(),
        title: zoned.title,
        author: record.author.clone().filter(|a| !a.trim().is_empty()).or(zoned.author),
        dateline_place: place,
        dateline,
        pub_date,
        pub_date_source,
        lang,
        text,
        cased: None,
        blocks,
    }
}
