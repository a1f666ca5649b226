//! What is printed around a name: that it is a village or a district, and what it lies in.

use super::resolve::{Choice, NONE, choice, country_choice};
use crate::document::{Document, Mention};
use crate::grammar::EntityLabel;
use crate::knowledge::{Candidate, Countries, CountryWord, Gazetteer, PlaceKind};

/// Words between a name and what it lies in: "Budhni village under Kanpur police station in ...".
pub(super) const BETWEEN: [&str; 34] = [
    "village",
    "villages",
    "town",
    "city",
    "area",
    "areas",
    "region",
    "forest",
    "forests",
    "jungle",
    "hill",
    "hills",
    "block",
    "mandal",
    "taluk",
    "taluka",
    "tehsil",
    "panchayat",
    "gram",
    "police",
    "station",
    "limits",
    "the",
    "district",
    "county",
    "division",
    "sub",
    "-",
    "locality",
    "neighborhood",
    "neighbourhood",
    "suburb",
    "reserve",
    "Police",
];

/// Whether a short name is called a village or the like, whatever the tagger takes it for: "in the Bandhu block".
pub(super) fn called_place(doc: Document<'_>, name: &Mention) -> bool {
    let short = name.tokens.len() <= 3 && matches!(name.label, EntityLabel::Org | EntityLabel::Person);
    let word = |at: u32| doc.token(at).map_or("", |t| doc.word(t));
    let kind = matches!(
        word(name.tokens.end),
        "village"
            | "villages"
            | "block"
            | "mandal"
            | "tehsil"
            | "area"
            | "Area"
            | "Block"
            | "Mandal"
            | "forest"
            | "forests"
            | "panchayat"
            | "taluka"
    );
    // "under Karra Police station".
    let post = matches!(word(name.tokens.end), "Police" | "police")
        || matches!(word(name.tokens.end), "station" | "Station")
            && name.tokens.end.checked_sub(1).is_some_and(|at| word(at) == "Police");
    let tied = |at: u32| matches!(word(at), "in" | "at" | "near" | "under" | "of" | "from");
    let start = name.tokens.start;
    let before = start
        .checked_sub(1)
        .is_some_and(|at| tied(at) || word(at) == "the" && at.checked_sub(1).is_some_and(tied));
    short && (kind || post) && before
}

/// Whether a name is called a district where it stands.
pub(super) fn district(doc: Document<'_>, name: &Mention) -> bool {
    let is = |at: u32| {
        let word = doc.token(at).map_or("", |t| doc.word(t));
        matches!(
            word,
            "district" | "District" | "districts" | "Districts" | "province" | "Province" | "state"
        )
    };
    is(name.tokens.end) || name.tokens.end.checked_sub(1).is_some_and(is)
}

/// What is printed behind a name that it lies in: the token where that begins, and the province or country it is,
/// where there can be no doubt.
pub(super) fn behind(
    doc: Document<'_>,
    countries: &Countries,
    gazetteer: &Gazetteer,
    name: &Mention,
) -> (u32, Option<Choice>) {
    let end = doc.parsed.sentences.get(name.sentence as usize).map_or(0, |s| s.tokens.end);
    let mut at = name.tokens.end;
    let mut tied = false;
    let mut comma = false;
    for _ in 0..7 {
        let Some(token) = doc.token(at).filter(|_| at < end) else { return (NONE, None) };
        match doc.word(token) {
            "," | "(" if !tied => comma = true,
            "in" | "of" | "under" | "within" | "near" | "along" | "on" | "at" if !comma => {}
            word if BETWEEN.contains(&word) && !comma => {
                at += 1;
                continue;
            }
            word => {
                let capital = word.chars().next().is_some_and(char::is_uppercase);
                if !tied || !capital {
                    return (NONE, None);
                }
                break;
            }
        }
        tied = true;
        at += 1;
    }
    let words = || doc.tokens(&(at..(at + 5).min(end))).iter().map(|t| doc.word(t));
    let country = countries.phrases.longest(words()).filter(|f| f.value.word == CountryWord::Name);
    let own = doc.tokens(&name.tokens).iter().map(|t| doc.word(t));
    let province = gazetteer.starting(words()).and_then(|(_, entries)| {
        let mut found: Option<Choice> = None;
        for (at, entry, alias) in entries {
            // "Virginia, Georgia and Florida" is a list.
            if entry.kind == PlaceKind::Province {
                let this = choice(&Candidate { entry, at, alias, partial: false });
                if found.is_none_or(|f| f.prior < this.prior) {
                    found = Some(this);
                }
            }
        }
        found
    });
    let is_province =
        comma && gazetteer.candidates(own).any(|c| c.entry.kind == PlaceKind::Province && !c.partial);
    match (province, country) {
        _ if is_province && province.is_some() => (NONE, None),
        (Some(province), None) => (at, Some(province)),
        (None, Some(found)) => (at, Some(country_choice(countries, found.value.iso3))),
        // "Georgia": left to the rounds.
        (Some(_), Some(_)) => (at, None),
        (None, None) if comma => {
            // "Dublin, Laurens County": only what says what it is.
            let county =
                words().nth(1).is_some_and(|w| matches!(w, "County" | "Parish" | "district" | "District"));
            (if county { at } else { NONE }, None)
        }
        (None, None) => (at, None),
    }
}
