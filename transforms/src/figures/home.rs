//! The country an article speaks from: the one that its places, peoples and bodies most often belong to.

use super::FigureContext;
use crate::code::Code;
use crate::document::Document;
use crate::grammar::{EntityLabel, Zone};
use crate::knowledge::Countries;

/// Sentences that weigh more, because they say where the story is.
const EARLY: u32 = 3;

/// Whom an article speaks for and of.
pub(super) struct Home {
    /// The country that officials without another belong to.
    pub country: Option<Code>,
    /// All countries that its places and peoples belong to.
    pub spoken_of: Vec<Code>,
}

/// The countries of an article.
pub(super) fn of_people(context: FigureContext<'_>) -> Home {
    let (votes, total) = votes(context);
    let country = leading(&votes, total, dateline_country(context.doc, context.countries, context.gazetteer));
    let mut spoken_of: Vec<Code> = Vec::new();
    for (name, place) in context.doc.parsed.names.iter().zip(0..).map(|(n, i)| (n, context.places.get(i))) {
        if let Some(code) = place.and_then(|p| p.iso3)
            && !matches!(name.label, EntityLabel::Org | EntityLabel::Person)
            && !spoken_of.contains(&code)
        {
            spoken_of.push(code);
        }
    }
    Home { country, spoken_of }
}

/// How often the names of an article point to each country, and the sum.
fn votes(context: FigureContext<'_>) -> (Vec<(Code, u32)>, u32) {
    let doc = context.doc;
    let mut votes: Vec<(Code, u32)> = Vec::new();
    let mut add = |code: Code, n: u32| match votes.iter_mut().find(|(c, _)| *c == code) {
        Some((_, votes)) => *votes += n,
        None => votes.push((code, n)),
    };
    let mut total = 0;
    for (index, name) in doc.parsed.names.iter().enumerate() {
        let Some(sentence) = doc.sentence(name.sentence).filter(|s| s.zone != Zone::Boilerplate) else {
            continue;
        };
        // "A Low (Port), B Lee (Quay)": the clubs and seats of people in a list don't say where the story is.
        let bracketed =
            name.tokens.start.checked_sub(1).and_then(|at| doc.token(at)).is_some_and(|t| doc.word(t) == "(");
        let closes = doc.token(name.tokens.end).is_some_and(|t| doc.word(t) == ")");
        if bracketed && closes {
            continue;
        }
        let weight = 1 + u32::from(name.sentence < EARLY) + u32::from(sentence.zone == Zone::Title);
        let country = match name.label {
            EntityLabel::Gpe | EntityLabel::Norp | EntityLabel::Fac | EntityLabel::Loc => {
                context.places.get(index).and_then(|p| p.iso3)
            }
            EntityLabel::Org | EntityLabel::Person => {
                let words = doc.tokens(&name.tokens).iter().map(|t| doc.word(t));
                let whole = words.clone().count();
                let actor = context.actors.named(words, doc.article.pub_date);
                let known = actor.filter(|(n, _)| *n == whole).and_then(|(_, a)| a.country);
                known.or_else(|| {
                    (name.label == EntityLabel::Org).then(|| within(context, &name.tokens)).flatten()
                })
            }
            _ => None,
        };
        if let Some(code) = country {
            add(code, weight);
            total += weight;
        }
    }
    if let Some(code) = dateline_country(doc, context.countries, context.gazetteer) {
        add(code, 3);
        total += 3;
    }
    (votes, total)
}

/// The country that leads clearly.
fn leading(all: &[(Code, u32)], total: u32, dateline: Option<Code>) -> Option<Code> {
    // The desk that files a story speaks of its own officials, unless the story hardly speaks of the country.
    if let Some((code, _)) = all.iter().find(|(c, n)| Some(*c) == dateline && n * 3 >= total) {
        return Some(*code);
    }
    let (best, votes) = all.iter().max_by_key(|(code, n)| (*n, std::cmp::Reverse(*code)))?;
    // Where nobody leads clearly a guess would be wrong half the time.
    let second = all.iter().filter(|(c, _)| c != best).map(|(_, n)| *n).max().unwrap_or(0);
    (votes * 5 >= total * 2 || *votes >= 2 * second && *votes >= 4).then_some(*best)
}

/// The country or large town in the name of a body: "Karachi Basketball Association".
fn within(context: FigureContext<'_>, tokens: &std::ops::Range<u32>) -> Option<Code> {
    tokens.clone().find_map(|at| {
        let rest = || context.doc.tokens(&(at..tokens.end)).iter().map(|t| context.doc.word(t));
        let country = context.countries.phrases.longest(rest()).map(|f| f.value.iso3);
        country.or_else(|| {
            context
                .gazetteer
                .best(rest().take(1), &[])
                .filter(|e| e.population > 500_000)
                .and_then(|e| e.iso3())
        })
    })
}

/// The country of the place that an article is filed from.
pub(crate) fn dateline_country(
    doc: Document<'_>,
    countries: &Countries,
    gazetteer: &crate::knowledge::Gazetteer,
) -> Option<Code> {
    let place = doc.article.dateline_place.as_deref()?;
    // Datelines are shouted; the dictionaries know names in their usual letters.
    let titled: Vec<String> = place
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '/'))
        .filter(|w| !w.is_empty())
        .map(|w| {
            let mut letters = w.chars();
            let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
            first + &letters.as_str().to_lowercase()
        })
        .collect();
    let words = || titled.iter().map(String::as_str);
    let found = countries.phrases.longest(words()).map(|f| f.value.iso3);
    found.or_else(|| gazetteer.best(words(), &[]).and_then(|e| e.iso3()))
}

/// The country an article is about: that of more than half of its country words, where there are at least two, else
/// that of its dateline.
pub(crate) fn home_country(doc: Document<'_>, countries: &Countries) -> Option<Code> {
    let mut counts: Vec<(Code, u32)> = Vec::new();
    let mut total = 0;
    for mention in doc.parsed.names.iter().filter(|m| matches!(m.label, EntityLabel::Gpe | EntityLabel::Norp))
    {
        let words = doc.tokens(&mention.tokens).iter().map(|t| doc.word(t));
        let Some(found) = countries.phrases.longest(words) else { continue };
        total += 1;
        match counts.iter_mut().find(|(code, _)| *code == found.value.iso3) {
            Some((_, n)) => *n += 1,
            None => counts.push((found.value.iso3, 1)),
        }
    }
    let best = counts.iter().max_by_key(|(code, n)| (*n, std::cmp::Reverse(*code)));
    let most = best.filter(|(_, n)| *n >= 2 && n * 2 > total).map(|(code, _)| *code);
    most.or_else(|| {
        let place = doc.article.dateline_place.as_deref()?;
        countries.phrases.longest(place.split_whitespace().map(|w| w.trim_matches(','))).map(|f| f.value.iso3)
    })
}
