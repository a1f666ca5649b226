//! Who "he" and "the minister" are: pronouns and offices alone, resolved to the nearest fitting person.

use super::{FigureKind, FigureMention, FigureSet, Form};
use crate::document::Document;
use crate::grammar::{Deprel, Upos, Zone};
use crate::knowledge::{TitleKind, Titles};

/// How many sentences back a pronoun may reach.
const REACH_SENTENCES: u32 = 3;

/// Adds mentions for pronouns in the third person singular and for definite offices.
pub(super) fn resolve(doc: Document<'_>, titles: &Titles, set: &mut FigureSet) {
    let mut added = Vec::new();
    // The latest person named as a subject, and the latest named at all.
    let mut subject: Option<(u32, u32)> = None;
    let mut named: Option<(u32, u32)> = None;
    for (number, sentence) in doc.parsed.sentences.iter().enumerate() {
        let number = number as u32;
        if sentence.zone == Zone::Boilerplate {
            continue;
        }
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let Some(token) = doc.token(at) else { break };
            if let Some(mention) = set.mention_at(at)
                && let Some(figure) = set.figure(mention)
            {
                if figure.kind == FigureKind::Person {
                    named = Some((mention.figure, number));
                    if is_subject(doc, mention.first, mention.end) {
                        subject = named;
                    }
                }
                at = mention.end.max(at + 1);
                continue;
            }
            let word = doc.word(token);
            let pronoun = token.upos == Upos::Pron
                && matches!(doc.lemma(token).len().min(4).max(word.len().min(4)), 2..=4)
                && matches!(word, "he" | "He" | "she" | "She" | "his" | "His" | "her" | "Her" | "him");
            let near = |who: Option<(u32, u32)>| who.filter(|(_, s)| number - s <= REACH_SENTENCES);
            if pronoun && let Some((figure, _)) = near(subject).or(near(named)) {
                added.push(mention(figure, token.span, at, at + 1, number, Form::Pronoun, 0.6));
                if token.deprel == Deprel::Nsubj {
                    subject = Some((figure, number));
                }
            } else if matches!(word, "the" | "The")
                && let Some((end, figure)) = office(doc, titles, set, at + 1, sentence.tokens.end, number)
                && let Some(last) = doc.token(end - 1)
            {
                let span = token.span.cover(last.span);
                added.push(mention(figure, span, at, end, number, Form::TitleOnly, 0.6));
                if is_subject(doc, at, end) {
                    subject = Some((figure, number));
                }
                at = end;
                continue;
            }
            at += 1;
        }
    }
    set.mentions.extend(added);
}

fn mention(
    figure: u32,
    span: crate::span::Span,
    first: u32,
    end: u32,
    sentence: u32,
    form: Form,
    confidence: f32,
) -> FigureMention {
    FigureMention { figure, span, first, end, sentence, form, role: None, confidence }
}

fn is_subject(doc: Document<'_>, first: u32, end: u32) -> bool {
    doc.tokens(&(first..end)).iter().any(|t| matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass))
}

/// A definite office ("the foreign secretary") of somebody who was given that office before, the latest first.
fn office(
    doc: Document<'_>,
    titles: &Titles,
    set: &FigureSet,
    at: u32,
    end: u32,
    number: u32,
) -> Option<(u32, u32)> {
    let words = doc.tokens(&(at..end)).iter().map(|t| doc.word(t));
    let found = titles.phrases.longest(words)?;
    if found.value.kind != TitleKind::Office {
        return None;
    }
    let stop = at + found.tokens as u32;
    // "the minister of X" names its own office; "the Prime Minister's Delivery Unit" is no person.
    let next = doc.token(stop).map_or("", |t| doc.word(t));
    if matches!(next, "of" | "for" | "'s" | "’s" | "-") || set.mention_at(stop).is_some() {
        return None;
    }
    let last = doc.token(stop - 1).map(|t| doc.word(t).to_lowercase())?;
    let bearer = set.mentions.iter().rev().find(|m| {
        m.sentence <= number
            && m.first < at
            && m.role.is_some_and(|r| r.office && doc.text(r.span).to_lowercase().contains(&last))
    })?;
    Some((stop, bearer.figure))
}
