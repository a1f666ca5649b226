//! The organisations of an article: long names, short forms and acronyms of one body are one figure, across
//! articles too as far as its name reaches.

use super::people::tidy;
use super::{Figure, FigureContext, FigureKind, FigureMention, FigureSet, Form, Here};
use crate::code::{Code, Id};
use crate::document::{Document, Mention};
use crate::grammar::{EntityLabel, Zone};
use crate::knowledge::{BodyName, Countries};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Organisations kept apart in one article at most.
const ORGANISATIONS_MAX: usize = 2_000;
/// Letters of an acronym that many bodies share.
const ACRONYM_SHORT: usize = 3;
/// Sectors whose bodies are organs of a state.
const STATE: &[&str] = &["GOV", "MIL", "COP", "JUD", "LEG", "SPY"];

/// Adds the organisations of an article to its figures.
pub(super) fn group(context: FigureContext<'_>, here: Here<'_>, out: &mut FigureSet) {
    let doc = context.doc;
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
        if key.is_empty() || context.persons.body_name(&key) == Some(BodyName::None) {
            continue;
        }
        let figure = match known.get(&key) {
            Some(at) => *at,
            None if out.figures.len() - start >= ORGANISATIONS_MAX => continue,
            None => {
                let at = out.figures.len() as u32;
                let figure = new(context, here, mention, &key);
                // "Special Investment Facilitation Council (SIFC)": the letters mean the same body from here on.
                known.insert(key, at);
                if let Some(short) = acronym_after(doc, mention.tokens.end) {
                    known.insert(short, at);
                }
                out.figures.push(figure);
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

/// The figure of a body that is named for the first time.
fn new(context: FigureContext<'_>, here: Here<'_>, mention: &Mention, key: &str) -> Figure {
    let FigureContext { doc, countries, actors, .. } = context;
    let mut tokens = mention.tokens.clone();
    let word = |at: u32| doc.token(at).map_or("", |t| doc.word(t));
    while tokens.len() > 1 && matches!(word(tokens.start), "the" | "The" | "THE") {
        tokens.start += 1;
    }
    let day = doc.article.pub_date;
    let known_in = |tokens: &Range<u32>| {
        let words = doc.tokens(tokens).iter().map(|t| doc.word(t));
        actors.named(words, day).filter(|(n, _)| *n == tokens.len()).map(|(_, a)| a)
    };
    let mut known = known_in(&tokens);
    // "Microsoft Corp." is Microsoft.
    while known.is_none()
        && tokens.len() > 1
        && context.persons.is_company_form(&word(tokens.end - 1).to_lowercase())
    {
        tokens.end -= 1;
        known = known_in(&tokens);
    }
    let words = |from: u32| doc.tokens(&(from..tokens.end)).iter().map(|t| doc.word(t));
    let whole = tokens.len();
    let named = tokens.clone().find_map(|at| countries.phrases.longest(words(at))).map(|f| f.value.iso3);
    let owner = || possessor(doc, mention.tokens.start, countries);
    let country = match known {
        Some(actor) => actor.country,
        None => named.or_else(owner),
    };
    // "US Senate" is the Senate of the United States.
    let bare = countries.whole(words(tokens.start)).map(|f| f.tokens).filter(|n| *n < whole).unwrap_or(0);
    let own = tokens.start + bare as u32..tokens.end;
    let short = key_of(words(own.start));
    let listed = context.persons.body_name(&short);
    let state =
        known.is_none() && (listed == Some(BodyName::Organ) || listed.is_none() && is_state(context, &own));
    let country = country.or_else(|| here.home.filter(|_| state));
    let joins = |w: &str| !w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let generic = words(own.start).all(|w| joins(w) || context.persons.is_common(w));
    let shared =
        own.len() == 1 && (generic || context.persons.is_given(&short) || context.persons.is_family(&short));
    let reach = match known {
        // A party known by one word may be another's elsewhere.
        Some(actor)
            if whole == 1 && actor.sector.is_some_and(|s| s == "PTY") && !here.speaks_of(actor.country) =>
        {
            Reach::Article
        }
        Some(actor) => {
            let bare = countries.whole(actor.name.split_whitespace()).map_or(0, |f| f.tokens);
            let name = key_of(actor.name.split_whitespace().skip(bare));
            if bare > 0 && !name.is_empty() {
                Reach::of_country(name, actor.country)
            } else {
                Reach::World(actor.name.to_lowercase(), actor.country)
            }
        }
        None if listed == Some(BodyName::Short) || shared => Reach::Article,
        None if state || is_acronym(word(own.start)) && own.len() == 1 => {
            Reach::of_country(short, country.or(here.home))
        }
        None if generic => Reach::of_country(short, country.or(here.home)),
        None => Reach::World(key_of(words(tokens.start)), None),
    };
    let id = match &reach {
        Reach::World(key, country) => {
            let country = country.as_ref().map_or("", Code::as_str);
            Id::of(b'f', &[b"organisation", key.as_bytes(), country.as_bytes()])
        }
        Reach::Article => {
            Id::of(b'f', &[b"organisation", key.as_bytes(), b"", &here.article.hash.to_le_bytes()])
        }
    };
    Figure {
        id,
        kind: FigureKind::Organisation,
        name: tidy(doc.text(mention.span)),
        known_as: None,
        country: country.filter(|_| known.is_none() || !matches!(reach, Reach::Article)),
        sector: known.and_then(|a| a.sector),
        female: None,
        first_sentence: mention.sentence,
    }
}

/// How far the name of a body reaches.
enum Reach {
    /// The same everywhere, or everywhere in a country.
    World(String, Option<Code>),
    /// Good for one article: "the Board", "Wells".
    Article,
}

impl Reach {
    /// What every country has one of: "Supreme Court", "Interior Ministry".
    fn of_country(key: String, country: Option<Code>) -> Self {
        country.map_or(Self::Article, |c| Self::World(key, Some(c)))
    }
}

/// Whether a name without its country is that of a state's organ: a court, a ministry, an army.
fn is_state(context: FigureContext<'_>, tokens: &Range<u32>) -> bool {
    tokens.clone().any(|at| {
        let words = context.doc.tokens(&(at..tokens.end)).iter().map(|t| context.doc.word(t));
        context.actors.generic(words).is_some_and(|(n, actor)| {
            n as u32 == tokens.end - at
                && actor.kind == "group"
                && actor.sector.is_some_and(|s| STATE.contains(&s.as_str()))
        })
    })
}

/// A name without case, dots and article.
fn key(text: &str) -> String {
    let lower = tidy(text).to_lowercase().replace('.', "");
    lower.strip_prefix("the ").map_or(lower.clone(), str::to_owned)
}

/// The key of a name's words.
fn key_of<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let mut out = String::new();
    for word in words {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().filter(|c| *c != '.').flat_map(char::to_lowercase));
    }
    out
}

/// Letters that several bodies may share.
fn is_acronym(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters <= ACRONYM_SHORT && word.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '&'))
}

/// The letters in brackets right after a name.
fn acronym_after(doc: Document<'_>, end: u32) -> Option<String> {
    let word = |at: u32| doc.token(at).map_or("", |t| doc.word(t));
    let letters = word(end + 1);
    let shouted = letters.len() >= 2 && letters.chars().all(|c| c.is_uppercase() || c == '.' || c == '&');
    (word(end) == "(" && word(end + 2) == ")" && shouted).then(|| key(letters))
}

/// "Pakistan's Ministry of Railways": the country before the name.
fn possessor(doc: Document<'_>, start: u32, countries: &Countries) -> Option<Code> {
    let clitic = start.checked_sub(1)?;
    let before = match doc.token(clitic).map(|t| doc.word(t))? {
        "'s" | "’s" | "’" | "'" => clitic.checked_sub(1)?,
        _ => clitic,
    };
    let name = doc.name_at(before)?;
    let words = doc.tokens(&name.tokens).iter().map(|t| doc.word(t));
    countries.phrases.longest(words).map(|f| f.value.iso3)
}
