//! The people of an article: person names that mean the same man or woman are one figure.

use super::offices::Offices;
use super::{Figure, FigureKind, FigureMention, FigureSet, Form, Role};
use crate::code::{Code, Id};
use crate::document::Document;
use crate::grammar::{EntityLabel, Zone};
use crate::knowledge::{Countries, TitleKind, Titles};
use crate::span::Span;
use rustc_hash::FxHashMap;

/// People kept apart in one article at most; further new names start no figure.
const PEOPLE_MAX: usize = 2_000;

/// A person while the article is read.
struct Person<'a> {
    words: Vec<&'a str>,
    name: &'a str,
    countries: FxHashMap<Code, u32>,
    sector: Option<Code>,
}

/// Groups the person names of an article into figures.
pub(super) fn group(doc: Document<'_>, titles: &Titles, countries: &Countries, out: &mut FigureSet) {
    let offices = Offices { doc, titles, countries };
    let mut people: Vec<Person<'_>> = Vec::new();
    // For each word of a name the people who bear it, the latest last.
    let mut bearers: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    let mut previous: Option<(u32, Role)> = None;
    for mention in doc.parsed.names.iter().filter(|m| m.label == EntityLabel::Person) {
        let Some(sentence) = doc.sentence(mention.sentence) else { continue };
        if sentence.zone == Zone::Boilerplate {
            continue;
        }
        // A title that the tagger took into the name is cut off.
        let (mut first, end) = (mention.tokens.start, mention.tokens.end);
        while first + 1 < end {
            match offices.title_at(first, end) {
                Some((next, title)) if next < end && title.kind != TitleKind::Relation => first = next,
                _ => break,
            }
        }
        let tokens = doc.tokens(&(first..end));
        let (Some(head), Some(last)) = (tokens.first(), tokens.last()) else { continue };
        let span = head.span.cover(last.span);
        let words: Vec<&str> =
            tokens.iter().map(|t| doc.word(t)).filter(|w| w.chars().any(char::is_alphanumeric)).collect();
        if words.is_empty() {
            continue;
        }
        let mut role = offices.before(sentence.tokens.start, first);
        if role.is_none_or(|r| !r.office) {
            role = offices.after(end, sentence.tokens.end).or(role);
        }
        // "ministers A, B and C": a title before a list holds for its first name only, unless it is in the plural.
        let known = find(&people, &bearers, &words);
        let at = match known {
            Some(at) => at,
            None if people.len() >= PEOPLE_MAX => continue,
            None => {
                people.push(Person {
                    words: words.clone(),
                    name: span.of(&doc.article.text),
                    countries: FxHashMap::default(),
                    sector: None,
                });
                out.figures.push(Figure {
                    id: Id { kind: b'f', hash: 0 },
                    kind: FigureKind::Person,
                    name: String::new(),
                    country: None,
                    sector: None,
                    first_sentence: mention.sentence,
                });
                people.len() - 1
            }
        };
        let Some(person) = people.get_mut(at) else { continue };
        if words.len() > person.words.len() {
            person.words = words.clone();
            person.name = span.of(&doc.article.text);
        }
        for word in &words {
            let list = bearers.entry(word.to_lowercase()).or_default();
            if list.last() != Some(&at) {
                list.push(at);
            }
        }
        if let Some(role) = role.filter(|r| r.office) {
            if let Some(country) = role.country {
                *person.countries.entry(country).or_default() += 1;
            }
            person.sector = person.sector.or(role.sector);
        }
        previous = role.map(|r| (mention.sentence, r)).or(previous);
        out.mentions.push(FigureMention {
            figure: at as u32,
            span,
            first,
            end,
            sentence: mention.sentence,
            form: Form::Short,
            role,
            confidence: mention.confidence.unwrap_or(0.8)
                * if known.is_some() && words.len() == 1 { 0.9 } else { 1.0 },
        });
    }
    finish(doc, countries, people, out);
}

/// The person a name means: one whose words hold all of it, or are all held by it; the latest where several do.
fn find(people: &[Person<'_>], bearers: &FxHashMap<String, Vec<usize>>, words: &[&str]) -> Option<usize> {
    let last = words.last()?.to_lowercase();
    let candidates = bearers.get(&last)?;
    candidates.iter().rev().copied().find(|at| {
        let Some(person) = people.get(*at) else { return false };
        let (small, large) = if words.len() <= person.words.len() {
            (words, &person.words[..])
        } else {
            (&person.words[..], words)
        };
        if small.len() == 1 {
            // A single word means the person by a given or a family name.
            return large.iter().any(|w| same_word(w, small.first().unwrap_or(&"")));
        }
        small.iter().all(|s| large.iter().any(|w| same_word(w, s)))
    })
}

/// Equal without case, or an initial of the other.
fn same_word(a: &str, b: &str) -> bool {
    let initial = |x: &str, y: &str| {
        let x = x.trim_end_matches('.');
        x.chars().count() == 1 && y.chars().next().zip(x.chars().next()).is_some_and(|(p, q)| p == q)
    };
    a.to_lowercase() == b.to_lowercase() || initial(a, b) || initial(b, a)
}

fn finish(doc: Document<'_>, countries: &Countries, people: Vec<Person<'_>>, out: &mut FigureSet) {
    let home = home_country(doc, countries);
    for (figure, person) in out.figures.iter_mut().zip(&people) {
        figure.name = tidy(person.name);
        figure.id = Id::of(b'f', &[b"person", figure.name.to_lowercase().as_bytes()]);
        let best = person.countries.iter().max_by_key(|(code, n)| (**n, std::cmp::Reverse(**code)));
        figure.country = best.map(|(code, _)| *code);
        figure.sector = person.sector;
        if figure.country.is_none() && person.sector.is_some() {
            // An official without a stated country acts for the one the article is about.
            figure.country = home;
        }
    }
    for mention in &mut out.mentions {
        if let Some(person) = people.get(mention.figure as usize) {
            let n = mention.span.of(&doc.article.text).split_whitespace().count();
            mention.form = if n >= person.name.split_whitespace().count() { Form::Full } else { Form::Short };
        }
    }
}

/// A name on one line.
pub(super) fn tidy(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
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

/// The text of a span on one line.
pub(super) fn line(doc: Document<'_>, span: Span) -> String {
    tidy(doc.text(span))
}
