//! The rows of an article's quotations, and the figures that their speakers are.

use super::{Quote, Quotes, Scratch, SpeakerKind};
use crate::code::Id;
use crate::document::Document;
use crate::figures::{FigureKind, FigureSet};
use crate::span::Span;
use crate::tables::QuoteRow;

impl Quotes {
    /// Writes an article's rows; a speaker is the figure that is mentioned there.
    pub fn extract(
        &self,
        doc: &Document<'_>,
        article_id: Id,
        figures: &FigureSet,
        scratch: &mut Scratch,
        rows: &mut Vec<QuoteRow>,
    ) {
        let text = doc.article.letters();
        let figure = |span: Span| figure_at(text, figures, span).or_else(|| figure_of(text, figures, span));
        let id = |q: &Quote| {
            let place = [q.span.start.to_le_bytes(), q.span.end.to_le_bytes()];
            Id::of(b'q', &[&article_id.text(), &place.concat(), q.kind.as_bytes()])
        };
        let found = self.find(doc, Some(figures), scratch);
        for quote in found {
            let named = quote.speaker.and_then(figure);
            let group = quote.speaker_kind == SpeakerKind::Organisation;
            let pronoun = quote.speaker.is_some_and(|s| s.len() <= 4);
            let whole = |span: Span| group_at(text, figures, span);
            let meant = quote.antecedent.and_then(|s| if group { whole(s) } else { figure(s) });
            // For a pronoun or "the company" that stands for no figure: the phrase it stands for says more.
            let stands = pronoun || quote.speaker_kind != SpeakerKind::Person;
            let speaker = quote.antecedent.filter(|_| stands && meant.is_none()).or(quote.speaker);
            rows.push(QuoteRow {
                quote_id: id(quote),
                article_id,
                start_char: doc.chars(quote.span.start),
                end_char: doc.chars(quote.span.end),
                text: doc.printed(quote.span).to_owned(),
                kind: quote.kind,
                speaker_text: speaker.map(|s| doc.printed(s).to_owned()),
                speaker_start: speaker.map(|s| doc.chars(s.start)),
                speaker_end: speaker.map(|s| doc.chars(s.end)),
                speaker_figure_id: match (pronoun, quote.antecedent) {
                    (true, Some(_)) => meant,
                    (false, Some(_)) => meant.or(named),
                    (_, None) => named,
                },
                speaker_kind: quote.speaker_kind.as_str(),
                verb: quote.verb.clone(),
                n_words: quote.words as i32,
                continues_quote_id: quote.continues.and_then(|at| found.get(at as usize)).map(id),
            });
        }
    }
}

/// The figure that a speaker's phrase names: a person before an organisation, the first before a later one.
fn figure_at(text: &str, figures: &FigureSet, span: Span) -> Option<Id> {
    let from = figures.mentions.partition_point(|m| m.span.start < span.start.saturating_sub(200));
    let inside = figures.mentions.get(from..)?.iter().take_while(|m| m.span.start < span.end);
    let mut best: Option<(u8, Id)> = None;
    for mention in inside.filter(|m| m.span.overlaps(span)) {
        let Some(figure) = figures.figure(mention) else { continue };
        let after = text.get(mention.span.end as usize..).unwrap_or("");
        let owner = after.starts_with("'s") || after.starts_with("’s");
        let rank = u8::from(figure.kind == FigureKind::Person) + 2 * u8::from(!owner);
        if best.is_none_or(|(b, _)| rank > b) {
            best = Some((rank, figure.id));
        }
    }
    best.map(|(_, id)| id)
}

/// The organisation that "it" means: never a person named in its name ("Khan's office").
fn group_at(text: &str, figures: &FigureSet, span: Span) -> Option<Id> {
    let id = figure_at(text, figures, span)?;
    figures.figures.iter().find(|f| f.id == id && f.kind != FigureKind::Person).map(|f| f.id)
}

/// The figure whose name ends as a name does that is no mention of one: "Ham" for "Carter Ham", if only one does.
fn figure_of(text: &str, figures: &FigureSet, span: Span) -> Option<Id> {
    let phrase = span.of(text);
    let surname = phrase.rsplit(' ').next().filter(|w| w.len() > 2 && w.starts_with(char::is_uppercase))?;
    let same = |name: &str| name.rsplit(' ').next() == Some(surname);
    let mut like = figures.figures.iter().filter(|f| f.kind == FigureKind::Person && same(&f.name));
    let first = like.next()?;
    like.next().is_none().then_some(first.id)
}
