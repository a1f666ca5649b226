//! What is a quantity and what is none.

use super::*;
use crate::analyze::{Analyzer, Scratch as Buffers};
use crate::testing::document;

/// The quantities of a text as `kind value[-high][ unit][ modifier]`.
fn read(text: &str) -> Vec<String> {
    let stage = Quantities::new(&Seeds::embedded()).unwrap();
    let owned = document(text);
    let mut scratch = Scratch::default();
    let found = stage.find(&owned.doc(), &mut scratch);
    let print = |q: &Quantity| {
        let high = q.high.map(|h| format!("-{h}")).unwrap_or_default();
        let unit = q.unit.map(|u| format!(" {u}")).unwrap_or_default();
        let modifier = q.modifier.map(|m| format!(" {m}")).unwrap_or_default();
        format!("{} {}{high}{unit}{modifier}", q.kind, q.value)
    };
    found.iter().map(print).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(read(text), expected, "{text}");
}

#[test]
fn money_in_its_forms() {
    check("Baku offered $2 billion in loans.", &["money 2000000000 USD"]);
    check("It will cost Rs 50 million, the province of Sindh said.", &["money 50000000 PKR"]);
    check("The plant in Kerala needs INR 40 lakh.", &["money 4000000 INR"]);
    check("Berlin paid €1.5bn.", &["money 1500000000 EUR"]);
    check("A grant of 2 crore rupees for Delhi.", &["money 20000000 INR"]);
    check("They saved £6m and A$3.", &["money 6000000 GBP", "money 3 AUD"]);
    check("She won 50,000 Pakistani rupees.", &["money 50000 PKR"]);
    check("US$3.5 million and U.S.$20 were found.", &["money 3500000 USD", "money 20 USD"]);
    check("Shares fell to HK$2.075 on Tuesday.", &["money 2.075 HKD"]);
    check("Between $2-3 billion is missing.", &["money 2000000000-3000000000 USD"]);
    check("Prices of $10 to $15 are fair.", &["money 10-15 USD"]);
    check("Rs2.5 lakh crore went to Mumbai.", &["money 2500000000000 INR"]);
    check("Half a million dollars vanished.", &["money 500000 USD"]);
    check(
        "It paid 300 million yuan and 5,000 Sri Lankan rupees.",
        &["money 300000000 CNY", "money 5000 LKR"],
    );
    check("Some 80 cents were left.", &["money 0.8 USD about"]);
    check("Millions of dollars were lost.", &["money 1000000 USD at_least"]);
}

#[test]
fn percent_and_measures() {
    check("Inflation rose 5.5 per cent.", &["percent 5.5 %"]);
    check("Up 3-4% this year, or two percentage points.", &["percent 3-4 %", "percent 2 pp"]);
    check("The dam is 40 km away.", &["distance 40 km"]);
    check("About 1,200 square kilometres burnt.", &["area 1200 km2 about"]);
    check("A 600MW plant and 3 million barrels per day.", &["capacity 600 MW", "capacity 3000000 bbl/d"]);
    check("They shipped 200 tonnes of rice within two weeks.", &["mass 200 t", "duration 2 wk"]);
    check("A 10-day truce of two and a half hours.", &["duration 10 d", "duration 2.5 h"]);
    check("It took half an hour.", &["duration 0.5 h"]);
    check("It stands 100m tall, and 5m people saw it.", &["distance 100 m", "count 5000000"]);
}

#[test]
fn people_and_what_became_of_them() {
    check(
        "At least four people were killed and about 20 others injured.",
        &["killed 4 at_least", "injured 20 about"],
    );
    check("The blast killed two policemen and three civilians.", &["killed 2", "killed 3"]);
    check("Two soldiers and a child died.", &["count 2"]);
    check("Four soldiers and two guards were wounded.", &["injured 4", "injured 2"]);
    check("Police arrested 12 suspects.", &["count 12"]);
    check("12 killed, 25 injured in twin blasts", &["killed 12", "injured 25"]);
    check("The death toll rose to 41.", &["killed 41"]);
    check("The flood claimed 30 lives.", &["killed 30"]);
    check("Three gunmen killed five villagers.", &["count 3", "killed 5"]);
    check("One person was killed.", &["killed 1"]);
    check("Dozens of people, mostly children, were hurt.", &["injured 12 at_least"]);
    check("More than 1,000 Iraqi troops marched.", &["count 1000 more_than"]);
    check("Nearly two dozen workers went home.", &["count 24 nearly"]);
    check("Between 5 and 10 houses burnt.", &["count 5-10"]);
    check("Up to 50 fighters, or more.", &["count 50 up_to"]);
}

#[test]
fn names_dates_and_scores_are_none() {
    for text in [
        "Under sub-clause (2L) and Article 370 of the law.",
        "Delegates met at COP 29 and at the G20 on the M6.",
        "On 7 March 2024 and May 12, at 10:30 and at 6 pm.",
        "In 2019 she left; since 1998 nothing has changed.",
        "The 25-year-old and her son, 12 years old, waited.",
        "Call 0300-555-0199 or see No. 5 on page 12.",
        "They won 3-1 on the 21st, a 2-0 victory.",
        "Covid-19, F-16 and Boeing 737 are names, as is 192.168.1.2.",
        "The 1990s and 9/11 and 24/7.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn what_is_counted_is_named() {
    let stage = Quantities::new(&Seeds::embedded()).unwrap();
    let owned = document("Nine police officers got $5 million in aid. A fine of 300 euros followed.");
    let mut rows = Rows::default();
    stage.extract(&owned.doc(), Id { kind: b'a', hash: 1 }, &mut Scratch::default(), &mut rows);
    let about: Vec<_> =
        rows.quantities.iter().map(|r| (r.text.as_str(), r.about.as_deref(), r.sentence_no)).collect();
    assert_eq!(
        about,
        [
            ("Nine police officers", Some("police officers"), 0),
            ("$5 million", Some("aid"), 0),
            ("300 euros", Some("fine"), 1),
        ]
    );
}

/// The quantities of a text that belong to an event of each type.
fn tied(text: &str) -> Vec<(String, String)> {
    let owned = document(text);
    let analyzer = Analyzer::new(&Seeds::embedded()).unwrap();
    let (mut scratch, mut rows) = (Buffers::default(), Rows::default());
    analyzer.analyze(&owned.article, &mut scratch, &mut rows);
    let kind = |id: Id| rows.events.iter().find(|e| e.event_id == id).map(|e| e.plover_type.to_string());
    let tied = rows.quantities.iter().filter_map(|q| Some((q.text.clone(), kind(q.event_id?)?)));
    tied.collect()
}

#[test]
fn quantities_know_their_event() {
    let pair = |text: &str, kind: &str| (text.to_owned(), kind.to_owned());
    let text = "Gunmen killed seven soldiers in Quetta on Monday. Prices rose by 5 percent.";
    assert_eq!(tied(text), [pair("seven soldiers", "ASSAULT")]);
    let text = "A court in Lagos sentenced the former governor to nine years in prison. He had ruled for four years.";
    assert_eq!(tied(text), [pair("nine years", "COERCE")]);
    assert_eq!(tied("Police arrested 40 protesters in Nairobi."), [pair("40 protesters", "COERCE")]);
}

#[test]
fn offsets_count_code_points() {
    let stage = Quantities::new(&Seeds::embedded()).unwrap();
    let owned = document("“Türkiye” paid €20.");
    let mut rows = Rows::default();
    stage.extract(&owned.doc(), Id { kind: b'a', hash: 1 }, &mut Scratch::default(), &mut rows);
    let row = &rows.quantities[0];
    assert_eq!((row.start_char, row.end_char), (15, 18));
}

#[test]
fn a_megabyte_of_anything_is_read_in_time() {
    for piece in ["1", "1,", "1 ", "a ", "one ", "hundred ", "$", "1-", "half of a ", "dozens of ", "Rs. "] {
        read(&piece.repeat(1_000_000 / piece.len()));
    }
}
