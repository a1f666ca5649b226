//! Which names are those of bodies: the tagger's, without the titles and the letters around them, and without what is no
//! body: laws, roads, families, offices, what a minister is minister of.

use super::FigureSet;
use super::reader::{Reader, is_office};
use crate::document::{Document, Mention};
use crate::grammar::{EntityLabel, Zone};
use crate::knowledge::{BodyName, CountryWord};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// Letters from which on initials are looked for among the names of an article.
const INITIALS_LEAST: usize = 3;

/// People of a town that a name of several words means before it means a body.
const TOWN: u32 = 100_000;

/// A body named at its place.
pub(super) struct Body {
    pub tokens: Range<u32>,
    pub sentence: u32,
    pub confidence: Option<f32>,
}

/// The names of bodies in an article whose people are known.
pub(super) fn find(reader: &Reader<'_>, out: &FigureSet) -> Vec<Body> {
    let mut people = out.mentions.iter().map(|m| m.span).collect::<Vec<_>>();
    people.sort_unstable();
    let families: FxHashSet<&str> = out.figures.iter().filter_map(|f| f.name.rsplit(' ').next()).collect();
    let mut found = Vec::new();
    for mention in reader.doc.parsed.names.iter().filter(|m| m.label == EntityLabel::Org) {
        // A name that turned out to be a person's is no body.
        let at = people.partition_point(|p| p.end <= mention.span.start);
        if people.get(at).is_some_and(|p| p.overlaps(mention.span)) {
            continue;
        }
        if reader.doc.sentence(mention.sentence).is_none_or(|s| s.zone == Zone::Boilerplate) {
            continue;
        }
        let tokens = trimmed(reader, mention);
        if !tokens.is_empty() && !is_none(reader, &tokens, &families) {
            found.push(Body { tokens, sentence: mention.sentence, confidence: mention.confidence });
        }
    }
    found
}

/// The names that letters stand for in an article: of each run of initials the first body that has them.
pub(super) fn initials(doc: Document<'_>, bodies: &[Body]) -> FxHashMap<String, usize> {
    let mut all: FxHashMap<String, usize> = FxHashMap::default();
    for (at, body) in bodies.iter().enumerate() {
        let letters = letters_of(doc, body.tokens.clone());
        if letters.len() >= INITIALS_LEAST {
            all.entry(letters).or_insert(at);
        }
    }
    all
}

/// The first letters of the capitalised words of a name.
fn letters_of(doc: Document<'_>, tokens: Range<u32>) -> String {
    if tokens.len() < 2 {
        return String::new();
    }
    let firsts = doc.tokens(&tokens).iter().filter_map(|t| doc.word(t).chars().next());
    firsts.filter(|c| c.is_uppercase()).collect()
}

/// The tokens of a name without a title that reaches into it ("Minister of State for X") and without its own letters
/// at the end ("Committee of the Red Cross CRC").
fn trimmed(reader: &Reader<'_>, mention: &Mention) -> Range<u32> {
    let Range { mut start, mut end } = mention.tokens;
    let reaching = (start.saturating_sub(3)..start)
        .filter_map(|at| reader.head(at, end))
        .find(|h| h.end > start && is_office(h.title.kind));
    if let Some(head) = reaching {
        start = head.end;
        while start < end && !reader.capital(start) {
            start += 1;
        }
    }
    // "Rector of X University"
    if let Some(head) = reader.head(start, end).filter(|h| is_office(h.title.kind))
        && matches!(reader.word(head.end), "of" | "for")
    {
        start = (head.end..end).find(|at| reader.capital(*at)).unwrap_or(end);
    }
    if end > start + 2 && reader.word(end - 1).len() >= INITIALS_LEAST {
        let letters = reader.word(end - 1);
        if letters_of(reader.doc, start..end - 1) == letters {
            end -= 1;
        }
    }
    // "the Congress party" is another body than "the Congress".
    let longer = reader.context.actors.named(reader.words(start..end + 1), reader.doc.article.pub_date);
    end += u32::from(start < end && longer.is_some_and(|(n, _)| n as u32 == end + 1 - start));
    start..end
}

/// Whether a name that the tagger takes for a body's is that of a law, a road, a family, a country or an office.
fn is_none(reader: &Reader<'_>, tokens: &Range<u32>, families: &FxHashSet<&str>) -> bool {
    let persons = reader.context.persons;
    let words = || reader.words(tokens.clone());
    let name = words().collect::<Vec<_>>().join(" ").to_lowercase().replace('.', "");
    let name = name.strip_prefix("the ").unwrap_or(&name);
    if persons.body_name(name) == Some(BodyName::None) {
        return true;
    }
    let count = tokens.len();
    // "a comprehensive background check (CBC)": letters that stand for common words are no body's.
    // "they hand them to an AP": one of several, and no body's name.
    let before = tokens.start.checked_sub(1).map_or("", |b| reader.word(b));
    let one = matches!(before, "a" | "an" | "A" | "An")
        && !reader.nominal(tokens.end)
        && reader.word(tokens.end) != "-";
    if count == 1 && (one || stands_for_words(reader, tokens.start)) {
        return true;
    }
    let listed =
        reader.context.actors.named(words(), reader.doc.article.pub_date).is_some_and(|(n, _)| n == count);
    if listed {
        return false;
    }
    let last = reader.word(tokens.end - 1);
    if count == 1 {
        // "the Bidens"
        let family = last.strip_suffix('s').is_some_and(|stem| families.contains(stem));
        let country = reader.country_at(tokens.start, tokens.end);
        return family || country.is_some_and(|(.., word)| word == CountryWord::Name);
    }
    // "U.S.-Mexico", "San Pedro": countries and towns.
    let joined = |at: u32| {
        reader.word(at) == "-"
            || reader.country_at(at, tokens.end).is_some_and(|(_, _, w)| w == CountryWord::Name)
    };
    let town = || {
        let found = reader.context.gazetteer.starting(words());
        found.is_some_and(|(n, mut all)| n == count && all.any(|(_, e, _)| e.population >= TOWN))
    };
    if tokens.clone().all(joined) || town() {
        return true;
    }
    // "Advocate General", "IGP Punjab"
    let office = reader.head(tokens.start, tokens.end).filter(|h| is_office(h.title.kind));
    if office.is_some_and(|h| {
        h.end == tokens.end || h.title.capitals && !persons.is_shared_head(&last.to_lowercase())
    }) {
        return true;
    }
    // "the Georgia Bureau of Investigation": what a body is for says nothing of what it is.
    let purpose = !reader.capital(tokens.end - 2);
    !purpose && persons.is_no_body_ending(&last.to_lowercase()) || is_portfolio(reader, tokens)
}

/// Whether letters in brackets are the first ones of the small words before them.
fn stands_for_words(reader: &Reader<'_>, at: u32) -> bool {
    let letters = reader.word(at);
    let Some(open) = at.checked_sub(1).filter(|o| reader.word(*o) == "(") else { return false };
    let count = letters.len() as u32;
    let Some(start) = open.checked_sub(count).filter(|_| count >= 2 && letters.is_ascii()) else {
        return false;
    };
    let initial = |i: u32, c: char| reader.word(i).starts_with(c.to_ascii_lowercase());
    letters.chars().zip(start..open).all(|(c, i)| initial(i, c))
}

/// Whether a name is what a holder of office looks after: "Adviser on Information and Public Relations".
pub(super) fn is_portfolio(reader: &Reader<'_>, tokens: &Range<u32>) -> bool {
    let persons = reader.context.persons;
    let Some(link) = tokens.start.checked_sub(1).filter(|l| matches!(reader.word(*l), "of" | "for" | "on"))
    else {
        return false;
    };
    let ends = |at: u32| {
        reader.head(at, link).is_some_and(|h| h.end == link && h.title.sector.is_some_and(|s| s == "GOV"))
    };
    let headed = [tokens.start, tokens.end - 1]
        .into_iter()
        .any(|at| persons.is_shared_head(&reader.word(at).to_lowercase()));
    let small = |w: &str| !w.starts_with(char::is_alphabetic) || persons.is_everyday(w);
    (link.saturating_sub(4)..link).any(ends) && !headed && reader.words(tokens.clone()).all(small)
}
