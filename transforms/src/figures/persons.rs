//! Which spans are names of people: the tagger's names joined, widened and freed of titles, names that the text
//! marks as people's ("son of NAME", "Constables A, B and C"), lists with initials; what is none is left out.

use super::reader::{PersonName, Reader, is_office};
use super::words::{DIRECTIONS, FAITHS, OF_PLACES, STREETS, THINGS, VESSELS};
use crate::grammar::{EntityLabel, Upos, Xpos, Zone};
use crate::knowledge::{BodyName, CountryWord, TitleKind};
use rustc_hash::{FxHashMap, FxHashSet};

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
fn unpeopled(reader: &Reader<'_>, first: u32, end: u32) -> u32 {
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

/// A name of another kind that is a person's: a given name and one more word after a title or a possessor.
fn misread(reader: &Reader<'_>, first: u32, end: u32, label: EntityLabel) -> Option<(u32, u32)> {
    if !matches!(
        label,
        EntityLabel::Org | EntityLabel::Gpe | EntityLabel::Fac | EntityLabel::Loc | EntityLabel::WorkOfArt
    ) {
        return None;
    }
    let persons = reader.context.persons;
    let whole = reader.words(first..end).collect::<Vec<_>>().join(" ");
    if end - first >= 2 && persons.leader(&whole, None).is_some() {
        return Some((first, end));
    }
    let people = first;
    let first = unpeopled(reader, first, end);
    let words = end - first;
    let given = persons.is_given(reader.word(first));
    let family = first > people || persons.is_family(reader.word(end - 1));
    let headed = persons.is_head(reader.word(end - 1));
    let plain = (first..end)
        .all(|i| reader.capital(i) && reader.word(i).chars().all(|c| c.is_alphabetic() || c == '.'));
    let clear = (2..=4).contains(&words)
        && plain
        && !headed
        && given
        && (family || !persons.is_common(reader.word(end - 1)));
    let known =
        reader.context.actors.named(reader.words(first..end), None).is_some_and(|(n, _)| n as u32 == words);
    let placed = reader.place_country(first).is_some() && label == EntityLabel::Gpe;
    (clear && family && !known && !placed && label != EntityLabel::Fac).then_some((first, end))
}

/// Names of people found elsewhere in the article, where the tagger missed them: whole names, and family or given names
/// that stand alone.
fn namesakes(reader: &Reader<'_>, names: &mut Vec<PersonName>) {
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
fn untagged(reader: &Reader<'_>, names: &mut Vec<PersonName>) {
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
fn initialled(reader: &Reader<'_>, names: &mut Vec<PersonName>) {
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

/// Whether a name can be a person's.
fn is_name(reader: &Reader<'_>, name: &PersonName, families: &FxHashSet<&str>) -> bool {
    let persons = reader.context.persons;
    let last = reader.word(name.end - 1);
    let next = reader.word(name.end);
    let digits = (name.first..name.end).any(|i| reader.word(i).bytes().any(|b| b.is_ascii_digit()));
    if digits || THINGS.contains(&next) && !matches!(reader.word(name.end - 1), "'s" | "’s") {
        return false;
    }
    let before = name.first.checked_sub(1).map_or("", |i| reader.word(i));
    if VESSELS.contains(&before.to_lowercase().as_str()) || matches!(before, "Prophet") {
        return false;
    }
    if reader.head(name.first, name.end).is_some_and(|h| h.end == name.end && is_office(h.title.kind)) {
        return false;
    }
    let words = name.end - name.first;
    // "the Climate Bill 2025"
    let numbered = next.len() == 4 && next.bytes().all(|b| b.is_ascii_digit());
    if words == 1 && (numbered || before == ")") && persons.is_common(last) {
        return false;
    }
    // "Ipsos Pakistan": a body and where it is.
    let branch = reader.context.actors.named(reader.words(name.first..name.end), reader.doc.article.pub_date);
    if let Some((count, _)) = branch.filter(|(n, _)| (*n as u32) < words)
        && reader.country_at(name.first + count as u32, name.end).is_some_and(|(stop, ..)| stop == name.end)
    {
        return false;
    }
    // "Thomas Lee Partners": a firm of that name.
    let firm = next.to_lowercase();
    if words > 1 && reader.capital(name.end) && (persons.is_company_form(&firm) || persons.is_firm_end(&firm))
    {
        return false;
    }
    if words == 1 && persons.is_head(last) && !families.contains(last) {
        return false;
    }
    // "North Hykeham"
    if words == 2 && DIRECTIONS.contains(&reader.word(name.first)) && !persons.is_family(last) {
        return false;
    }
    if words > 1 && (persons.is_head(last) || STREETS.contains(&last)) {
        return false;
    }
    let first = reader.word(name.first);
    let everyday =
        |word: &str| persons.is_common(word) && !persons.is_given(word) && !persons.is_family(word);
    let repeated = words == 1 && families.contains(first);
    let addressed = name.first.checked_sub(1).is_some_and(|i| {
        reader.head(i, name.first).is_some_and(|h| h.title.kind == TitleKind::Honorific)
            || reader.word(i) == "." && i > 0 && reader.head(i - 1, name.first).is_some()
    });
    // "Director Sports", "Vibrant Gujarat": everyday words and places are no names, unless somebody is called so.
    let place = |at: u32| reader.context.gazetteer.best(reader.words(at..at + 1), &[]).is_some();
    if everyday(first)
        && reader.capital(name.first)
        && (words == 1 && !repeated && !addressed
            || words > 1 && (everyday(last) || !persons.is_family(last) && place(name.end - 1)))
    {
        return false;
    }
    // "Director Sports": a plural is no name.
    let many = reader.token(name.first).is_some_and(|t| matches!(t.xpos, Xpos::Nns | Xpos::Nnps));
    if words == 1 && many && !repeated && !persons.is_given(first) && !persons.is_family(first) {
        return false;
    }
    // "the Bill": with an article a given name is a thing.
    if words == 1
        && matches!(before, "the" | "The" | "a" | "this" | "our")
        && persons.is_given(first)
        && !repeated
        && !persons.is_leaders_family(first)
    {
        return false;
    }
    // Two headlines run into one: "Trump Donald John TrumpGOP".
    let run_on = words > 2
        && (name.first..name.end - 1).any(|i| {
            last.len() > reader.word(i).len() + 1
                && last.starts_with(reader.word(i))
                && reader.word(i).len() > 3
        });
    if run_on
        || (name.first..name.end).any(|i| matches!(reader.word(i), "Images" | "Image" | "Photo" | "Photos"))
    {
        return false;
    }
    if words == 1 && FAITHS.contains(&first) || acronym_of(reader, name) {
        return false;
    }
    // "Putin-Zelensky meeting", "Putin-Ukraine talks": two actors, and no mention of either that counts.
    let pair = words == 3
        && reader.word(name.first + 1) == "-"
        && persons.is_leaders_family(first)
        && (persons.is_leaders_family(last) || reader.country_at(name.end - 1, name.end).is_some());
    if pair {
        return false;
    }
    let given = (name.first..name.end).any(|i| persons.is_given(reader.word(i)));
    let whole = reader.words(name.first..name.end).collect::<Vec<_>>().join(" ");
    if persons.leader(&whole, None).is_some() {
        return true;
    }
    if persons.body_name(&whole.to_lowercase().replace('.', "")) == Some(BodyName::None) {
        return false;
    }
    let town = |least: u32| {
        let words = reader.words(name.first..name.end);
        reader
            .context
            .gazetteer
            .best(words, &[])
            .is_some_and(|e| e.population >= least || e.population == 0 && least < 10_000)
    };
    if words == 1 && !given && !repeated && !persons.is_family(first) && town(200_000) {
        return false;
    }
    let titled = name.first.checked_sub(1).is_some_and(|i| {
        (i.saturating_sub(3)..=i)
            .any(|j| reader.head(j, name.first).is_some_and(|h| h.end == name.first && !h.title.plural))
    });
    if titled {
        return true;
    }
    let body = reader.context.actors.named(reader.words(name.first..name.end), reader.doc.article.pub_date);
    if body.is_some_and(|(n, _)| n as u32 == words) {
        return false;
    }
    let country = reader.country_at(name.first, name.end).is_some_and(|(n, ..)| n == name.end);
    if country {
        return false;
    }
    // "in Shangla", "KHAR:": a place of the gazetteer where a place stands.
    let of_place = before == "of"
        && name
            .first
            .checked_sub(2)
            .is_some_and(|i| OF_PLACES.contains(&reader.word(i).to_lowercase().as_str()));
    // "areas of Aitaroun, Maroun El Ras and Yaroun": among places it is one.
    let place_left = matches!(before, "," | "and")
        && name
            .first
            .checked_sub(2)
            .is_some_and(|i| reader.label(i) == Some(EntityLabel::Gpe) && !reader.is_person(i));
    let place_right = matches!(next, "," | "and")
        && (name.end + 1..name.end + 3).any(|i| reader.label(i) == Some(EntityLabel::Gpe));
    if of_place || !given && place_left && place_right {
        return false;
    }
    let placed = matches!(
        before,
        "in" | "at" | "near" | "of" | "from" | "to" | "around" | "between" | "outside" | "and" | ","
    ) || next == ":"
        || next == ",";
    if placed && !given && (matches!(before, "in" | "at" | "near" | "toward" | "towards") || town(5_000)) {
        return false;
    }
    true
}

/// "Jamaah Ansharut Daulah (JAD)": letters in brackets that a longer name's words begin with are a body's.
fn acronym_of(reader: &Reader<'_>, name: &PersonName) -> bool {
    if reader.word(name.end) != "(" || reader.word(name.end + 2) != ")" {
        return false;
    }
    let letters = reader.word(name.end + 1).to_lowercase();
    let mut start = name.first;
    while start > 0 && name.first - start < 3 && reader.capital(start - 1) {
        start -= 1;
    }
    (start..=name.first).any(|from| {
        let initials: String = reader
            .words(from..name.end)
            .filter_map(|w| w.chars().next())
            .flat_map(char::to_lowercase)
            .collect();
        letters.len() >= 2 && initials == letters
    })
}

/// Names that stand among names: "Fazli Rehman, Shakir, Torsam, and Muhammad Hassan"; "Laiq, son of Maqsood".
fn siblings(reader: &mut Reader<'_>, names: &mut Vec<PersonName>) {
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

fn kin(head: super::reader::Head) -> bool {
    head.title.kind == TitleKind::Relation && !head.title.plural
}

/// A capitalised word of its own that could be a name.
fn lone(reader: &Reader<'_>, at: u32, sentence: std::ops::Range<u32>) -> bool {
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
