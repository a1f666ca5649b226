//! Which names that the tagger takes for people's are none: bodies, places, ships, laws, words of other things.

use super::persons::unpeopled;
use super::reader::{PersonName, Reader, is_office};
use super::words::{DIRECTIONS, FAITHS, OF_PLACES, STREETS, THINGS, VESSELS};
use crate::grammar::{EntityLabel, Xpos};
use crate::knowledge::{BodyName, TitleKind};
use rustc_hash::FxHashSet;

/// A name of another kind that is a person's: a given name and one more word after a title or a possessor.
pub(super) fn misread(reader: &Reader<'_>, first: u32, end: u32, label: EntityLabel) -> Option<(u32, u32)> {
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

/// Whether a name can be a person's.
pub(super) fn is_name(reader: &Reader<'_>, name: &PersonName, families: &FxHashSet<&str>) -> bool {
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
pub(super) fn acronym_of(reader: &Reader<'_>, name: &PersonName) -> bool {
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
