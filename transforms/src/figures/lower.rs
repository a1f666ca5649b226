//! Names of people in text without capitals: after a title or a form of address, from a given name on, and again
//! where a name was found before.

use super::reader::{PersonName, Reader};
use crate::grammar::{Upos, Zone};
use rustc_hash::FxHashSet;

/// Words of a name at most.
const WORDS_MAX: u32 = 4;

/// Adds the names that a lower-case article holds.
pub(super) fn find(reader: &Reader<'_>, names: &mut Vec<PersonName>) {
    let doc = reader.doc;
    let mut known: FxHashSet<&str> = FxHashSet::default();
    let mut loose: Vec<PersonName> = Vec::new();
    let mut titled: Vec<PersonName> = Vec::new();
    for (number, sentence) in doc.parsed.sentences.iter().enumerate() {
        if sentence.zone == Zone::Boilerplate {
            continue;
        }
        let mut at = sentence.tokens.start;
        let end = sentence.tokens.end;
        let push = |list: &mut Vec<PersonName>, range: (u32, u32), confidence: f32| {
            list.push(PersonName { first: range.0, end: range.1, sentence: number as u32, confidence });
        };
        while at < end {
            if let Some(head) = reader.head(at, end) {
                let stop = run(reader, head.end, end);
                // A family name that news also has as a word: "president bush".
                let leader = stop == head.end
                    && end > head.end
                    && reader.context.persons.is_leaders_family(reader.word(stop));
                let stop = stop + u32::from(leader && reader.word(stop).len() > 3);
                // One word after a title must be a name for sure: "prime minister vajpayee", not "minister meeting".
                let sure = stop > head.end + 1 && strange(reader, head.end, stop)
                    || leader && stop > head.end
                    || named(reader, head.end, stop);
                if sure {
                    push(&mut titled, (head.end, stop), 0.7);
                    known.extend(reader.words(head.end..stop).filter(|w| w.len() > 3));
                    at = stop;
                } else {
                    at = head.end;
                }
                continue;
            }
            let stop = run(reader, at, end);
            let after = |list: &[PersonName]| {
                list.last().is_some_and(|n| n.sentence == number as u32 && n.end + 1 == at)
            };
            // In a list of names each of two strange words or more is one: "a b, c d and e f".
            let listed = at > sentence.tokens.start
                && matches!(reader.word(at - 1), "," | "and")
                && (after(&titled) || after(&loose))
                && stop >= at + 2
                && strange(reader, at, stop);
            if stop >= at + 2 && stop <= at + WORDS_MAX && (listed || full(reader, at, stop)) {
                push(&mut loose, (at, stop), 0.6);
                known.extend(reader.words(at..stop).filter(|w| w.len() > 3));
                at = stop;
            } else {
                at = stop.max(at + 1);
            }
        }
    }
    loose.retain(|n| !reader.context.persons.is_head(reader.word(n.end - 1)));
    names.extend(titled);
    names.extend(loose);
    names.sort_by_key(|n| n.first);
    again(reader, names, &known);
}

/// The end of the run of words that could make a name.
fn run(reader: &Reader<'_>, from: u32, end: u32) -> u32 {
    let mut at = from;
    while at < end && at < from + WORDS_MAX + 1 && part(reader, at) {
        at += 1;
    }
    at
}

/// Whether a word could be part of a name: no word of the language, no place, or a name of the lists.
fn part(reader: &Reader<'_>, at: u32) -> bool {
    let word = reader.word(at);
    let persons = reader.context.persons;
    if !word.chars().all(|c| c.is_alphabetic() || c == '\'' || c == '’' || c == '.') {
        return false;
    }
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    if letters == 1 {
        // Initials: "l k advani", but not the article.
        return !matches!(word, "a" | "i" | "s") || reader.word(at + 1).chars().count() == 1;
    }
    if persons.is_given(word) || persons.is_family(word) {
        return !persons.is_common(word)
            || letters > 3 && !matches!(reader.upos(at), Upos::Verb | Upos::Adp | Upos::Aux);
    }
    letters > 2
        && !persons.is_common(word)
        && reader.head(at, at + 1).is_none()
        && matches!(reader.upos(at), Upos::Propn | Upos::Noun | Upos::X | Upos::Adj | Upos::Verb)
        && !word.ends_with("ing")
        && !word.ends_with("ed")
        && !word.ends_with("ly")
        && !word.ends_with("tion")
        && !place(reader, at)
}

fn place(reader: &Reader<'_>, at: u32) -> bool {
    let word = reader.word(at);
    let mut titled = String::with_capacity(word.len());
    let mut letters = word.chars();
    titled.extend(letters.next().into_iter().flat_map(char::to_uppercase));
    titled.push_str(letters.as_str());
    let named = || std::iter::once(titled.as_str());
    reader.context.countries.phrases.longest(named()).is_some()
        || reader
            .context
            .gazetteer
            .best(named(), &[])
            .is_some_and(|e| e.population > 100_000 || e.population == 0)
}

/// A given name or an initial, then something that is no common word.
fn full(reader: &Reader<'_>, from: u32, to: u32) -> bool {
    let persons = reader.context.persons;
    let given =
        (from..to - 1).any(|i| persons.is_given(reader.word(i)) && !persons.is_common(reader.word(i)));
    let initials = (from..to - 1).any(|i| reader.word(i).chars().count() == 1);
    let last = reader.word(to - 1);
    last.chars().count() > 2 && !persons.is_common(last) && (given || initials && persons.is_family(last))
}

/// Whether words after a title look like a name: the last one is long and no common word.
fn strange(reader: &Reader<'_>, from: u32, to: u32) -> bool {
    let last = reader.word(to - 1);
    last.chars().count() > 2
        && to - from <= WORDS_MAX
        && (from..to).all(|i| !reader.context.persons.is_common(reader.word(i)))
}

fn named(reader: &Reader<'_>, from: u32, to: u32) -> bool {
    let persons = reader.context.persons;
    to == from + 1 && {
        let word = reader.word(from);
        !persons.is_common(word)
            && word.len() > 3
            && (persons.is_given(word)
                || persons.is_family(word)
                || persons.is_leaders_family(word)
                || reader.upos(from) == Upos::Propn)
    }
}

/// Words of names found before, where they stand alone.
fn again(reader: &Reader<'_>, names: &mut Vec<PersonName>, known: &FxHashSet<&str>) {
    let mut added = Vec::new();
    let mut next = 0;
    for (number, sentence) in reader.doc.parsed.sentences.iter().enumerate() {
        if sentence.zone == Zone::Boilerplate {
            continue;
        }
        for at in sentence.tokens.clone() {
            while names.get(next).is_some_and(|n| n.end <= at) {
                next += 1;
            }
            let inside = names.get(next).is_some_and(|n| n.first <= at);
            let word = reader.word(at);
            let leader = || {
                word.len() > 3
                    && reader.context.persons.sole_leader(word, reader.doc.article.pub_date).is_some()
            };
            if !inside && !reader.context.persons.is_common(word) && (known.contains(word) || leader()) {
                added.push(PersonName { first: at, end: at + 1, sentence: number as u32, confidence: 0.5 });
            }
        }
    }
    names.extend(added);
}
