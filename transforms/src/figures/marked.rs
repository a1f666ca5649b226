//! Names that the tagger misses and the text marks as people's: "son of NAME", "Constables A, B and C", lists with
//! initials, the same name told again.

use super::reader::{PersonName, Reader, is_office};
use super::words::{FAITHS, THINGS};
use crate::grammar::{EntityLabel, Upos, Zone};
use crate::knowledge::TitleKind;
use rustc_hash::{FxHashMap, FxHashSet};

/// Names of people found elsewhere in the article, where the tagger missed them: whole names, and family or given names
/// that stand alone.
pub(super) fn namesakes(reader: &Reader<'_>, names: &mut Vec<PersonName>) {
    let doc = reader.doc;
    let mut whole: FxHashMap<&str, Vec<(u32, u32)>> = FxHashMap::default();
    let mut single: FxHashSet<&str> = FxHashSet::default();
    let mut taken: FxHashSet<u32> = FxHashSet::default();
    for name in names.iter() {
        taken.extend(name.first..name.end);
        if name.end - name.first < 2 {
            continue;
        }
        let list = whole.entry(reader.word(name.first)).or_default();
        if list.len() < 16 {
            list.push((name.first, name.end));
        }
        single.extend([reader.word(name.first), reader.word(name.end - 1)]);
    }
    let mut found = Vec::new();
    for (number, sentence) in doc.parsed.sentences.iter().enumerate() {
        if sentence.zone == Zone::Boilerplate {
            continue;
        }
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let word = reader.word(at);
            let free = |range: std::ops::Range<u32>| range.clone().all(|i| !taken.contains(&i));
            let again = whole.get(word).and_then(|list| {
                list.iter()
                    .map(|(first, end)| (at + end - first, reader.words(*first..*end)))
                    .filter(|(stop, _)| *stop <= sentence.tokens.end && free(at..*stop))
                    .find(|(stop, words)| reader.words(at..*stop).eq(words.clone()))
            });
            let alone = || {
                single.contains(word)
                    && free(at..at + 1)
                    && lone(reader, at, sentence.tokens.clone())
                    && reader.place_country(at).is_none()
                    && !THINGS.contains(&reader.word(at + 1))
                    && reader.label(at) != Some(EntityLabel::Person)
            };
            let stop = again.map(|(stop, _)| stop).or_else(|| alone().then_some(at + 1));
            if let Some(stop) = stop {
                found.push(PersonName { first: at, end: stop, sentence: number as u32, confidence: 0.6 });
                at = stop;
            } else {
                at += 1;
            }
        }
    }
    names.extend(found);
}

/// Runs of capitals that the tagger left alone, with a name's words and a title beside them.
pub(super) fn untagged(reader: &Reader<'_>, names: &mut Vec<PersonName>) {
    let persons = reader.context.persons;
    let mut found = Vec::new();
    for (number, sentence) in reader.doc.parsed.sentences.iter().enumerate() {
        if sentence.zone == Zone::Boilerplate {
            continue;
        }
        let (mut at, end) = (sentence.tokens.start, sentence.tokens.end);
        while at < end {
            let free = |i: u32| i < end && reader.capital(i) && reader.name_at(i).is_none();
            if !free(at) {
                at += 1;
                continue;
            }
            let mut stop = at;
            while free(stop) && reader.word(stop).chars().all(char::is_alphabetic) {
                stop += 1;
            }
            // Titles before the name.
            let mut first = at;
            let mut titled = at > sentence.tokens.start
                && (at.saturating_sub(4)..at)
                    .any(|i| reader.head(i, at).is_some_and(|h| h.end == at && !h.title.plural));
            while let Some(head) = reader.head(first, stop)
                && head.end < stop
                && head.title.kind != TitleKind::Name
            {
                first = head.end;
                titled = true;
            }
            let words = stop.saturating_sub(first);
            let known =
                persons.is_given(reader.word(first)) || stop > 0 && persons.is_family(reader.word(stop - 1));
            let apposed = reader.word(stop) == ","
                && matches!(reader.word(stop + 1), "a" | "an" | "the")
                && (stop + 2..(stop + 6).min(end))
                    .any(|i| reader.head(i, end).is_some_and(|h| is_office(h.title.kind)));
            // "Ann Low and Bo Lee": a name beside one that was found.
            let person = |i: u32| reader.label(i) == Some(EntityLabel::Person);
            let joins = |i: u32| matches!(reader.word(i), "and" | ",");
            let beside = joins(stop) && person(stop + 1)
                || at > sentence.tokens.start + 1 && joins(at - 1) && person(at - 2);
            let twice =
                persons.is_given(reader.word(first)) && persons.is_family(reader.word(stop.max(1) - 1));
            let clean = (first..stop).all(|i| {
                reader.word(i).len() > 1
                    && (!persons.is_common(reader.word(i)) || persons.is_given(reader.word(i)))
            });
            if (2..=4).contains(&words)
                && clean
                && (known && (titled || apposed)
                    || twice && beside
                    || apposed && !persons.is_head(reader.word(stop - 1)))
            {
                found.push(PersonName { first, end: stop, sentence: number as u32, confidence: 0.5 });
            }
            at = stop.max(at + 1);
        }
    }
    names.extend(found);
}

/// Names with an initial that stand in a list the tagger left alone: "A Low (Port), B O'Lee (Quay) and C Dow".
pub(super) fn initialled(reader: &Reader<'_>, names: &mut Vec<PersonName>) {
    let mut found = Vec::new();
    let initial = |at: u32| {
        let mut letters = reader.word(at).chars().filter(|c| *c != '.');
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
    };
    let family = |at: u32| {
        let word = reader.word(at);
        let plain = word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’'));
        word.len() > 2
            && plain
            && reader.capital(at)
            && word.chars().any(char::is_lowercase)
            && reader.head(at, at + 1).is_none()
    };
    for (number, sentence) in reader.doc.parsed.sentences.iter().enumerate() {
        if sentence.zone == Zone::Boilerplate || sentence.tokens.len() < 5 {
            continue;
        }
        let pairs = || {
            sentence.tokens.clone().filter(|at| {
                let at = *at;
                let left =
                    at == sentence.tokens.start || matches!(reader.word(at - 1), "," | "and" | ":" | ";");
                let right = matches!(reader.word(at + 2), "," | "and" | "(" | ";" | ".");
                left && right && at + 2 < sentence.tokens.end && initial(at) && family(at + 1)
            })
        };
        // One alone may be anything; three are a list of people.
        if pairs().nth(2).is_none() {
            continue;
        }
        let free = pairs().filter(|at| [*at, *at + 1].iter().all(|i| reader.name_at(*i).is_none()));
        found.extend(free.map(|at| PersonName {
            first: at,
            end: at + 2,
            sentence: number as u32,
            confidence: 0.5,
        }));
    }
    names.extend(found);
}

/// Names that stand among names: "Fazli Rehman, Shakir, Torsam, and Muhammad Hassan"; "Laiq, son of Maqsood".
pub(super) fn siblings(reader: &mut Reader<'_>, names: &mut Vec<PersonName>) {
    let mut added: Vec<PersonName> = Vec::new();
    let new = |at: u32, sentence: u32| PersonName { first: at, end: at + 1, sentence, confidence: 0.5 };
    let doc = reader.doc;
    for (number, sentence) in doc.parsed.sentences.iter().enumerate() {
        if sentence.zone == Zone::Boilerplate {
            continue;
        }
        let number = number as u32;
        for at in sentence.tokens.clone() {
            if reader.is_person(at) || !lone(reader, at, sentence.tokens.clone()) {
                continue;
            }
            let word = |i: u32| if i < sentence.tokens.end { reader.word(i) } else { "" };
            let left = at.checked_sub(1).filter(|l| *l >= sentence.tokens.start);
            let before = left.map_or("", |l| reader.word(l));
            let kin_after = word(at + 1) == ","
                && reader.head(at + 2, sentence.tokens.end).is_some_and(kin)
                && word(at + 3) == "of";
            let kin_before = before == "of"
                && left.and_then(|l| l.checked_sub(1)).is_some_and(|i| reader.head(i, at).is_some_and(kin));
            let person_left = matches!(before, "," | "and")
                && left.is_some_and(|l| {
                    l > sentence.tokens.start
                        && (reader.is_person(l - 1)
                            || reader.word(l - 1) == "," && l >= 2 && reader.is_person(l - 2))
                });
            let sons = matches!(before, "—" | "–" | "--")
                && left
                    .and_then(|l| l.checked_sub(1))
                    .is_some_and(|i| reader.head(i, at).is_some_and(|h| h.title.plural));
            let person_right = match word(at + 1) {
                "," => reader.is_person(at + 2) || word(at + 2) == "and" && reader.is_person(at + 3),
                "and" => reader.is_person(at + 2),
                _ => false,
            };
            if kin_after || kin_before || (person_left || sons) && person_right {
                added.push(new(at, number));
            }
        }
    }
    if !added.is_empty() {
        reader.mark(&added);
        names.append(&mut added);
        names.sort_by_key(|n| n.first);
    }
}

pub(super) fn kin(head: super::reader::Head) -> bool {
    head.title.kind == TitleKind::Relation && !head.title.plural
}

/// A capitalised word of its own that could be a name.
pub(super) fn lone(reader: &Reader<'_>, at: u32, sentence: std::ops::Range<u32>) -> bool {
    let word = reader.word(at);
    let alone = |i: u32| i < sentence.start || i >= sentence.end || !reader.capital(i) || reader.is_person(i);
    reader.capital(at)
        && !FAITHS.contains(&word)
        && word.len() > 2
        && word.chars().all(char::is_alphabetic)
        && word.chars().any(char::is_lowercase)
        && !reader.context.persons.is_common(word)
        && matches!(reader.upos(at), Upos::Propn | Upos::Noun | Upos::X | Upos::Adj)
        && reader.head(at, at + 1).is_none()
        && reader.country_at(at, at + 1).is_none()
        && alone(at + 1)
        && at.checked_sub(1).is_none_or(alone)
        && !matches!(reader.label(at), Some(EntityLabel::Date | EntityLabel::Norp | EntityLabel::Language))
}
