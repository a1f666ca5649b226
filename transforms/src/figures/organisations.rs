//! The organisations of an article: long names, short forms and acronyms of one body are one figure, across
//! articles too as far as its name reaches.

use super::bodies::{self, Body};
use super::people::tidy;
use super::reader::Reader;
use super::{Figure, FigureContext, FigureKind, FigureMention, FigureSet, Form, Here};
use crate::code::{Code, Id};
use crate::document::Document;
use crate::knowledge::{Actor, BodyName, Countries, PlaceKind};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Organisations kept apart in one article at most.
const ORGANISATIONS_MAX: usize = 2_000;
/// Letters of an acronym that many bodies share.
const ACRONYM_SHORT: usize = 3;
/// People of a town whose name bodies bear that have nothing to do with each other.
const TOWN: u32 = 50_000;
/// Sectors whose bodies are organs of a state.
const STATE: &[&str] = &["GOV", "MIL", "COP", "JUD", "LEG", "SPY"];
/// Sectors whose bodies are movements.
const MEN: &[&str] = &["REB", "OPP", "PTY"];

/// Adds the organisations of an article to its figures.
pub(super) fn group(reader: &Reader<'_>, here: Here<'_>, out: &mut FigureSet) {
    let doc = reader.doc;
    let mut known: FxHashMap<String, u32> = FxHashMap::default();
    let start = out.figures.len();
    let bodies = bodies::find(reader, out);
    let spelt_out = bodies::initials(doc, &bodies);
    for body in &bodies {
        let Some(span) = reader.span(body.tokens.clone()) else { continue };
        // "PCA" is the Punjab Council of Arts where the article names that.
        let spelt = spelt_out.get(&key(doc.text(span)).to_uppercase()).and_then(|at| bodies.get(*at));
        let named = spelt.unwrap_or(body);
        let Some(whole) = reader.span(named.tokens.clone()) else { continue };
        let key = key(doc.text(whole));
        if key.is_empty() {
            continue;
        }
        let figure = match known.get(&key) {
            Some(at) => *at,
            None if out.figures.len() - start >= ORGANISATIONS_MAX => continue,
            None => {
                let at = out.figures.len() as u32;
                let figure = new(reader.context, here, named, &key);
                // "Special Investment Facilitation Council (SIFC)": the letters mean the same body from here on.
                known.insert(key, at);
                if let Some(short) = acronym_after(doc, named.tokens.end) {
                    known.insert(short, at);
                }
                out.figures.push(Figure {
                    name: tidy(doc.text(whole)),
                    first_sentence: body.sentence,
                    ..figure
                });
                at
            }
        };
        let full = out.figures.get(figure as usize).is_some_and(|f| f.name.len() <= span.len());
        out.mentions.push(FigureMention {
            figure,
            span,
            first: body.tokens.start,
            end: body.tokens.end,
            sentence: body.sentence,
            form: if full { Form::Full } else { Form::Short },
            role: None,
            confidence: body.confidence.unwrap_or(0.7),
        });
    }
}

/// The figure of a body that is named for the first time.
fn new(context: FigureContext<'_>, here: Here<'_>, mention: &Body, key: &str) -> Figure {
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
        // "EMC Corp." is a company, whatever else those letters may mean.
        known = known_in(&tokens)
            .filter(|a| a.sector.is_none_or(|s| !STATE.contains(&s.as_str()) && !MEN.contains(&s.as_str())));
    }
    // Letters that mean fighters or a party of one country mean others where nothing is told of it.
    if let Some(actor) = known
        && tokens.len() == 1
        && is_acronym(word(tokens.start))
        && actor.sector.is_some_and(|s| MEN.contains(&s.as_str()))
        && actor.country.is_some_and(|c| !here.spoken_of.contains(&c))
    {
        known = None;
    }
    let words = |from: u32| doc.tokens(&(from..tokens.end)).iter().map(|t| doc.word(t));
    let whole = tokens.len();
    let named = tokens.clone().find_map(|at| {
        let code = countries.phrases.longest(words(at)).map(|f| f.value.iso3)?;
        // "University of Georgia" in an article from the United States: their state.
        let province =
            |e: &crate::knowledge::GazetteerEntry| e.kind == PlaceKind::Province && e.iso3() == here.home;
        let near = here.home.map(|home| [(home, 10)]).filter(|_| here.home != Some(code));
        let state =
            near.and_then(|near| context.gazetteer.best(words(at).take(1), &near)).is_some_and(province);
        here.home.filter(|_| state).or(Some(code))
    });
    let owner = || possessor(doc, mention.tokens.start, countries);
    let mut country = match known {
        Some(actor) => actor.country,
        None => named.or_else(owner),
    };
    // "US Senate" is the Senate of the United States.
    let bare = countries.whole(words(tokens.start)).map(|f| f.tokens).filter(|n| *n < whole).unwrap_or(0);
    let own = tokens.start + bare as u32..tokens.end;
    let short = key_of(words(own.start));
    let listed = context.persons.body_name(&short);
    // "the Foreign Office" of an article from Pakistan that doesn't speak of Britain is Pakistan's.
    let elsewhere = |a: &&Actor| named.is_none() && here.home.is_some() && !here.speaks_of(a.country);
    if listed == Some(BodyName::Organ) && known.as_ref().is_some_and(elsewhere) {
        known = None;
        country = owner();
    }
    let state =
        known.is_none() && (listed == Some(BodyName::Organ) || listed.is_none() && is_state(context, &own));
    let mut country = country.or_else(|| here.home.filter(|_| state));
    // "the House" is the House of Representatives.
    if let Some(actor) = country.filter(|_| state).and_then(|code| organ(context, &short, code)) {
        known = Some(actor);
        country = actor.country;
    }
    let joins = |w: &str| !w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let persons = context.persons;
    let everyday = words(own.start).all(|w| joins(w) || persons.is_everyday(w));
    let ends = [word(own.start), word(own.end - 1)].map(str::to_lowercase);
    // "Natural Resources Committee", "National Party": many states have one; "Education Department", "Dream Center": many
    // provinces and towns.
    let headed = own.len() > 1 && ends.iter().any(|w| persons.is_shared_head(w));
    let local = own.len() > 1 && everyday && ends.iter().any(|w| persons.is_local_head(w));
    let generic = everyday && headed || words(own.start).all(|w| joins(w) || persons.is_common(w));
    let shared = own.len() == 1 && (everyday || is_shared_word(context, word(own.start)));
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
        None if local && listed.is_none() => Reach::of_country(short, named.or_else(owner)),
        None if state => Reach::of_country(short, country.or(here.home)),
        None if is_acronym(word(own.start)) && own.len() == 1 => Reach::Article,
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
        name: String::new(),
        known_as: known.filter(|_| matches!(reach, Reach::World(..))).map(|a| a.name.clone()),
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

/// The organ of a state that the dictionary has under its country's name: "House" for "US House".
fn organ<'a>(context: FigureContext<'a>, short: &str, country: Code) -> Option<&'a Actor> {
    let known = |form: &String| {
        // Forms are kept in small letters; names begin with a capital.
        let mut letters = form.chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        let name = format!("{first}{} {short}", letters.as_str());
        let count = name.split(' ').count();
        let found = context.actors.named(name.split(' '), context.doc.article.pub_date)?;
        (found.0 == count && found.1.country == Some(country)).then_some(found.1)
    };
    let facts = context.countries.get(country)?;
    std::iter::once(&facts.name).chain(&facts.forms).find_map(known)
}

/// Whether a word that is a whole name is other things' name too: a person's, a town's.
fn is_shared_word(context: FigureContext<'_>, word: &str) -> bool {
    let persons = context.persons;
    persons.is_borne(word)
        || context
            .gazetteer
            .best(std::iter::once(word), &[])
            .is_some_and(|e| e.population >= TOWN || e.population == 0)
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
