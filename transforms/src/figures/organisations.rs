//! The organisations of an article: long names, short forms and acronyms of one body are one figure.

use super::people::tidy;
use super::{Figure, FigureContext, FigureKind, FigureMention, FigureSet, Form};
use crate::code::Id;
use crate::document::Document;
use crate::grammar::{EntityLabel, Zone};
use crate::knowledge::Countries;
use rustc_hash::FxHashMap;

/// Organisations kept apart in one article at most.
const ORGANISATIONS_MAX: usize = 2_000;

/// Adds the organisations of an article to its figures.
pub(super) fn group(context: FigureContext<'_>, out: &mut FigureSet) {
    let FigureContext { doc, countries, actors, .. } = context;
    let mut known: FxHashMap<String, u32> = FxHashMap::default();
    let start = out.figures.len();
    let mut people = out.mentions.iter().map(|m| m.span).collect::<Vec<_>>();
    people.sort_unstable();
    for mention in doc.parsed.names.iter().filter(|m| m.label == EntityLabel::Org) {
        // A name that turned out to be a person's is no body.
        let at = people.partition_point(|p| p.end <= mention.span.start);
        if people.get(at).is_some_and(|p| p.overlaps(mention.span)) {
            continue;
        }
        if doc.sentence(mention.sentence).is_none_or(|s| s.zone == Zone::Boilerplate) {
            continue;
        }
        let text = doc.text(mention.span);
        let key = key(text);
        let figure = match known.get(&key) {
            Some(at) => *at,
            None if out.figures.len() - start >= ORGANISATIONS_MAX => continue,
            None => {
                let at = out.figures.len() as u32;
                let words = doc.tokens(&mention.tokens).iter().map(|t| doc.word(t));
                let named = words.clone().next().and_then(|_| {
                    (mention.tokens.clone()).find_map(|i| {
                        let rest = doc.tokens(&(i..mention.tokens.end)).iter().map(|t| doc.word(t));
                        countries.phrases.longest(rest)
                    })
                });
                // "Special Investment Facilitation Council (SIFC)": the letters mean the same body from here on.
                known.insert(key, at);
                if let Some(short) = acronym_after(doc, mention.tokens.end) {
                    known.insert(short, at);
                }
                let name = tidy(text);
                let whole = mention.tokens.len();
                let known =
                    actors.named(words, doc.article.pub_date).filter(|(n, _)| n + 1 >= whole).map(|(_, a)| a);
                out.figures.push(Figure {
                    id: Id::of(b'f', &[b"organisation", name.to_lowercase().as_bytes()]),
                    kind: FigureKind::Organisation,
                    name,
                    country: known.map_or_else(|| named.map(|f| f.value.iso3), |a| a.country).or_else(|| {
                        possessor(doc, mention.tokens.start, countries).filter(|_| known.is_none())
                    }),
                    sector: known.and_then(|a| a.sector),
                    female: None,
                    first_sentence: mention.sentence,
                });
                at
            }
        };
        let full = out.figures.get(figure as usize).is_some_and(|f| f.name.len() <= text.len());
        out.mentions.push(FigureMention {
            figure,
            span: mention.span,
            first: mention.tokens.start,
            end: mention.tokens.end,
            sentence: mention.sentence,
            form: if full { Form::Full } else { Form::Short },
            role: None,
            confidence: mention.confidence.unwrap_or(0.7),
        });
    }
}

/// A name without case, dots and article.
fn key(text: &str) -> String {
    let lower = tidy(text).to_lowercase().replace('.', "");
    lower.strip_prefix("the ").map_or(lower.clone(), str::to_owned)
}

/// The letters in brackets right after a name.
fn acronym_after(doc: Document<'_>, end: u32) -> Option<String> {
    let word = |at: u32| doc.token(at).map_or("", |t| doc.word(t));
    let letters = word(end + 1);
    let shouted = letters.len() >= 2 && letters.chars().all(|c| c.is_uppercase() || c == '.' || c == '&');
    (word(end) == "(" && word(end + 2) == ")" && shouted).then(|| key(letters))
}

/// "Pakistan's Ministry of Railways": the country before the name.
fn possessor(doc: Document<'_>, start: u32, countries: &Countries) -> Option<crate::code::Code> {
    let clitic = start.checked_sub(1)?;
    let before = match doc.token(clitic).map(|t| doc.word(t))? {
        "'s" | "’s" | "’" | "'" => clitic.checked_sub(1)?,
        _ => clitic,
    };
    let name = doc.name_at(before)?;
    let words = doc.tokens(&name.tokens).iter().map(|t| doc.word(t));
    countries.phrases.longest(words).map(|f| f.value.iso3)
}
