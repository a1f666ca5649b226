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
    check("Rates of 10%-15%, plus or minus two percent.", &["percent 10-15 %", "percent 2 %"]);
    check("He got 2 years and 6 months, then an hour and a half.", &["duration 2.5 a", "duration 1.5 h"]);
    check("They wait three more days, some ~40 km away.", &["duration 3 d", "distance 40 km about"]);
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
    check(
        "TWO MEN WERE KILLED AND 6 WOUNDED, DOZENS MORE WERE HURT.",
        &["killed 2", "injured 6", "injured 12 at_least"],
    );
    check("Two soldiers and a child died.", &["count 2"]);
    check("THE RAID KILLED TWO SOVIET CITIZENS ON A 4- YEAR TOUR.", &["killed 2", "duration 4 a"]);
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
        "A Long March 2C rocket, a 401(k) and two- or more-storey flats.",
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

/// What the whole chain reads in a text, as `text: kind value[ unit][ modifier] of ABOUT`.
fn parsed(text: &str) -> Vec<String> {
    let owned = document(text);
    let analyzer = Analyzer::new(&Seeds::embedded()).unwrap();
    let (mut scratch, mut rows) = (Buffers::default(), Rows::default());
    analyzer.analyze(&owned.article, &mut scratch, &mut rows);
    let print = |q: &QuantityRow| {
        let unit = q.unit.map(|u| format!(" {u}")).unwrap_or_default();
        let modifier = q.modifier.map(|m| format!(" {m}")).unwrap_or_default();
        let about = q.about.as_deref().map(|a| format!(" of {a}")).unwrap_or_default();
        format!("{} {}{unit}{modifier}{about}", q.kind, q.value.unwrap_or_default())
    };
    rows.quantities.iter().map(print).collect()
}

#[test]
fn the_tree_says_what_an_amount_is_of() {
    for (text, expected) in [
        (
            "The province raised 40 percent of the old harbour's income.",
            "percent 40 % of old harbour’s income",
        ),
        ("Exports to Norway saw a 12 percent rise in value.", "percent 12 % of rise in value"),
        (
            "The ministry spent Rs50 billion on flood relief in Sindh.",
            "money 50000000000 PKR of flood relief",
        ),
        ("The new bridge cost $20 million last year.", "money 20000000 USD of new bridge"),
        ("Inflation rose to 5.5 percent in May.", "percent 5.5 % of Inflation"),
        ("He took out a $5-million loan in spring.", "money 5000000 USD of loan"),
        ("The firm lost $3 million on Tuesday.", "money 3000000 USD"),
        ("The two sides agreed on a 10-day truce.", "duration 10 d of truce"),
        ("They shipped 300 tonnes of wheat.", "mass 300 t of wheat"),
        ("The village lies 90 miles from the border.", "distance 90 mi"),
        ("She earns $400 a month.", "money 400 USD"),
    ] {
        let found = parsed(text);
        let last = found.last().map(|f| f.replace('\'', "’")).unwrap_or_default();
        assert_eq!(last, expected, "{text} {found:?}");
    }
}

#[test]
fn the_tree_says_what_a_number_counts() {
    for (text, expected) in [
        ("Ministers from 23 European and Arab countries met.", "count 23 of European and Arab countries"),
        ("Some 4,400 Lebanese were injured.", "injured 4400 about of Lebanese"),
        ("They killed 36 innocent Pakistanis.", "killed 36 of innocent Pakistanis"),
        ("Two more soldiers were killed in the raid.", "killed 2 of soldiers"),
        ("The police said that seven people who hid the driver were arrested.", "count 7 of people"),
        ("Around 160 soldiers and civilians died in the fire.", "killed 160 about of soldiers"),
        ("The three-member crew rested in the hut.", "count 3 of member"),
        ("The board has eliminated 900 teaching posts.", "count 900 of teaching posts"),
        ("She won the race over two weaker rivals.", "count 2 of weaker rivals"),
    ] {
        assert_eq!(parsed(text), [expected], "{text}");
    }
    assert_eq!(parsed("Guests stayed at the Four Seasons Hotel in Doha."), Vec::<String>::new());
}

#[test]
fn shares_are_parts_of_one() {
    check("Two thirds of the seats are empty.", &["other 0.6666666666666666 1"]);
    check("Nearly half of voters stayed away.", &["other 0.5 1 nearly"]);
    check("One in five children starved.", &["other 0.2 1"]);
    check("Nine out of ten schools closed.", &["other 0.9 1"]);
    check("The first half of the season and the third quarter of 2024 were bad.", &[]);
    check("Gunmen killed one in two raids.", &["killed 1", "count 2"]);
}

#[test]
fn local_and_hard_forms() {
    check(
        "Rs 5 arab and Rs1,20,000 went to Lahore, Rs. 500/- to Karachi.",
        &["money 5000000000 PKR", "money 120000 PKR", "money 500 PKR"],
    );
    check("Leaders of 23 Arab states met.", &["count 23"]);
    check("Revenue was 30 MUSD, or $5 m more.", &["money 30000000 USD", "money 5000000 USD"]);
    check("It earned 4.2 mln dlrs.", &["money 4200000 USD"]);
    check("The bond fell to HK$2.05, down 20 cents.", &["money 2.05 HKD", "money 0.2 HKD"]);
    check("It retailed at 200 pounds (£190 online).", &["money 200 GBP", "money 190 GBP"]);
    check("It costs 15 dollars 50.", &["money 15.5 USD"]);
    check("We gave away 3 US$50 cards.", &["money 50 USD"]);
    check("In 2040 won't be different, nor is the P5 group.", &[]);
    check("He sold 12 kanals and 5 marlas.", &["area 12 kanal", "area 5 marla"]);
    check("A 5.8-magnitude tremor followed one of magnitude 6.1.", &["other 5.8 mag", "other 6.1 mag"]);
    check("It pumps 2.5m barrels a day.", &["capacity 2500000 bbl/d"]);
    check("It was minus 5 degrees Celsius, then 45C.", &["other -5 Cel", "other 45 Cel"]);
    check("Several dozen men and a few hundred women came.", &["count 36 at_least", "count 200 at_least"]);
    check("It lasts between just 10 and 15 minutes.", &["duration 10-15 min"]);
    check("Some 100-odd workers left for 20-plus years.", &["count 100 about", "duration 20 a at_least"]);
    check("A seven-figure cheque, a two-way road, the nineteen-eighties, the twenty-first century.", &[]);
    check("See https://example.org/2024/15-days?x=20%25 for more.", &[]);
    check("The weight is 20 (kg), its price 40 000 yen.", &["mass 20 kg", "money 40000 JPY"]);
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
