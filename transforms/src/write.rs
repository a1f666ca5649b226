//! Articles, sentences and names as rows.

use crate::article::Article;
use crate::code::Id;
use crate::document::Document;
use crate::figures::FigureSet;
use crate::places::PlaceSet;
use crate::tables::{ArticleRow, EntityRow, Rows, SentenceRow};

/// The id of an article: of its document's id, its part, its text and its day, so that the same article read again
/// gets the same id.
pub fn article_id(article: &Article) -> Id {
    let day = article.pub_date.map(|d| d.to_string()).unwrap_or_default();
    let part = article.doc_part.to_le_bytes();
    Id::of(b'a', &[article.doc_id.as_bytes(), &part, day.as_bytes(), article.text.as_bytes()])
}

/// The article's own row.
pub(crate) fn article(doc: &Document<'_>, id: Id, tone: Option<f64>, rows: &mut Rows) {
    let article = doc.article;
    rows.articles.push(ArticleRow {
        article_id: id,
        doc_id: article.doc_id.clone(),
        doc_part: i16::try_from(article.doc_part).unwrap_or(i16::MAX),
        source_uri: article.source_uri.clone(),
        source_byte_start: article.bytes.and_then(|b| i64::try_from(b.0).ok()),
        source_byte_end: article.bytes.and_then(|b| i64::try_from(b.1).ok()),
        publisher: article.publisher.clone(),
        url: article.url.clone(),
        title: article.title.clone(),
        author: article.author.clone(),
        dateline_place: article.dateline_place.clone(),
        pub_date: article.pub_date,
        pub_date_source: article.pub_date_source.as_str(),
        lang: article.lang,
        text: article.text.clone(),
        n_chars: doc.chars(article.text.len() as u32) as i32,
        n_sentences: doc.parsed.sentences.len() as i32,
        dup_group_id: None,
        dup_of: None,
        tone,
    });
}

/// A row for each sentence; `tones` has one value for each.
pub(crate) fn sentences(doc: &Document<'_>, id: Id, tones: &[Option<f64>], rows: &mut Rows) {
    for (number, sentence) in doc.parsed.sentences.iter().enumerate() {
        let text = doc.text(sentence.span);
        rows.sentences.push(SentenceRow {
            article_id: id,
            sentence_no: number as i32,
            start_char: doc.chars(sentence.span.start),
            end_char: doc.chars(sentence.span.end),
            zone: sentence.zone.as_str(),
            is_quote: text.starts_with(['"', '“', '«', '„']),
            n_tokens: sentence.tokens.len() as i32,
            tone: tones.get(number).copied().flatten(),
        });
    }
}

/// A row for each name, tied to its figure and place.
pub(crate) fn entities(doc: &Document<'_>, id: Id, figures: &FigureSet, places: &PlaceSet, rows: &mut Rows) {
    for (index, name) in doc.parsed.names.iter().enumerate() {
        let place = places.get(index);
        let figure = figures.mention_at(name.tokens.start).and_then(|m| figures.figure(m));
        let figure = figure.filter(|_| place.is_none());
        rows.entities.push(EntityRow {
            article_id: id,
            sentence_no: name.sentence as i32,
            start_char: doc.chars(name.span.start),
            end_char: doc.chars(name.span.end),
            text: doc.printed(name.span).to_owned(),
            label: name.label.as_str(),
            figure_id: figure.map(|f| f.id),
            country: place.and_then(|p| p.iso3).or_else(|| figure.and_then(|f| f.country)),
            admin1: place.and_then(|p| p.admin1.clone()),
            lat: place.and_then(|p| p.lat),
            lon: place.and_then(|p| p.lon),
            geonames_id: place.and_then(|p| p.geonames_id),
            confidence: name.confidence.map(f64::from),
        });
    }
}
