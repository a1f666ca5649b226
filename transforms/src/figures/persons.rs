//! Which spans are names of people: the tagger's names joined, widened and freed of titles, and those that the text
//! marks as people's; what is none is left out.

use super::marked::{initialled, namesakes, siblings, untagged};
use super::nobody::{is_name, misread};
use super::reader::{PersonName, Reader};
use crate::grammar::{EntityLabel, Zone};
use crate::knowledge::{CountryWord, TitleKind};
use rustc_hash::FxHashSet;

/// The names of people of an article, in text order.
pub(super) fn find(reader: &mut Reader<'_>) -> Vec<PersonName> {
    let mut names = tagged(reader);
    names.sort_by_key(|n| n.first);
    names.dedup_by(|b, a| b.first < a.end);
    reader.mark(&names);
    siblings(reader, &mut names);
    names
}

fn tagged(reader: &Reader<'_>) -> Vec<PersonName> {
    let doc = reader.doc;
    let mut names: Vec<PersonName> = Vec::new();
    for mention in &doc.parsed.names {
        if doc.sentence(mention.sentence).is_none_or(|s| s.zone == Zone::Boilerplate) {
            continue;
        }
        let (mut first, mut end) = (mention.tokens.start, mention.tokens.end);
        if mention.label != EntityLabel::Person {
            match misread(reader, first, end, mention.label) {
                Some(range) => (first, end) = range,
                None => continue,
            }
        }
        let floor = doc.sentence(mention.sentence).map_or(first, |s| s.tokens.start);
        let limit = doc.sentence(mention.sentence).map_or(end, |s| s.tokens.end);
        if end < limit && reader.word(end) == "-" && glued(reader, end) && reader.capital(end + 1) {
            end += 2;
        }
        if let Some(last) = names.last_mut()
            && last.sentence == mention.sentence
            && last.end == first
            && mention.label == EntityLabel::Person
            && reader.head(first, end).is_none_or(|h| h.title.kind == TitleKind::Name)
        {
            // Two halves of one name.
            last.end = end;
            continue;
        }
        // "Adbul-Jabbar": the half before the hyphen; "Khawaja Asif": the form of address that is part of the name.
        let floor = names.last().map_or(floor, |l| l.end.max(floor));
        while first >= floor + 2
            && reader.word(first - 1) == "-"
            && glued(reader, first - 1)
            && reader.capital(first - 2)
        {
            first -= 2;
        }
        let first = trimmed(reader, first, end);
        let first = widened(reader, floor, first);
        let end = completed(reader, first, once(reader, first, end), limit);
        names.push(PersonName {
            first,
            end,
            sentence: mention.sentence,
            confidence: mention.confidence.unwrap_or(0.8)
                * if mention.label == EntityLabel::Person { 1.0 } else { 0.7 },
        });
    }
    let families: FxHashSet<&str> =
        names.iter().filter(|n| n.end > n.first + 1).map(|n| reader.word(n.end - 1)).collect();
    names.retain(|n| n.first < n.end && is_name(reader, n, &families));
    let sure = names.len();
    namesakes(reader, &mut names);
    initialled(reader, &mut names);
    untagged(reader, &mut names);
    let mut at = 0;
    names.retain(|n| {
        at += 1;
        at <= sure || is_name(reader, n, &families)
    });
    names
}

fn glued(reader: &Reader<'_>, hyphen: u32) -> bool {
    let tight = |at: u32| reader.token(at).is_some_and(|t| !t.space_after);
    tight(hyphen) && hyphen > 0 && tight(hyphen - 1)
}

/// The first token of a name without the titles before it.
fn trimmed(reader: &Reader<'_>, first: u32, end: u32) -> u32 {
    let mut first = first;
    while first + 1 < end {
        match reader.head(first, end) {
            Some(head)
                if head.end < end && !matches!(head.title.kind, TitleKind::Relation | TitleKind::Name) =>
            {
                first = head.end;
            }
            _ => break,
        }
    }
    // "Bulgarian Ann Low", "Danes Ann Low and Bo Lee"
    first = unpeopled(reader, first, end);
    // "DSP President Circle Rana Jamil": the title's words end where a form of address that is a name begins.
    first
}

/// The first token of a name of several words without the people that its bearer belongs to.
pub(super) fn unpeopled(reader: &Reader<'_>, first: u32, end: u32) -> u32 {
    let persons = reader.context.persons;
    let people = reader
        .country_at(first, end)
        .filter(|(next, _, word)| *word == CountryWord::Demonym && *next + 2 <= end && reader.capital(first));
    // Some peoples' names are given names too.
    people.filter(|_| !persons.is_given(reader.word(first))).map_or(first, |(next, ..)| next)
}

/// Where a name ends that is followed by itself: "Ann Low Ann Mary Low", "Ann Low Mary (Ann) Low", as the cards of
/// linked people leave them in a text.
fn once(reader: &Reader<'_>, first: u32, end: u32) -> u32 {
    let own = reader.word(first);
    let again = (first + 2..end).find(|i| reader.word(*i) == own);
    let card = (end > first + 2 && reader.word(end) == "(" && reader.word(end + 1) == own).then(|| end - 1);
    again.or(card).unwrap_or(end)
}

/// The end of a name that the words after it make a leader's: the "May" of "Theresa May" is no month.
fn completed(reader: &Reader<'_>, first: u32, end: u32, limit: u32) -> u32 {
    let persons = reader.context.persons;
    let whole = |stop: u32| reader.words(first..stop).collect::<Vec<_>>().join(" ");
    if end > first + 1 || end >= limit || !reader.capital(end) || !persons.is_leaders_family(reader.word(end))
    {
        return end;
    }
    let longer = persons.leader(&whole(end + 1), reader.doc.article.pub_date).is_some();
    end + u32::from(longer)
}

/// Takes in the words before a name that belong to it.
fn widened(reader: &Reader<'_>, floor: u32, first: u32) -> u32 {
    let mut first = first;
    while first > floor
        && let Some(head) = reader.head(first - 1, first)
        && head.title.kind == TitleKind::Name
        && reader.capital(first - 1)
    {
        first -= 1;
    }
    first
}
