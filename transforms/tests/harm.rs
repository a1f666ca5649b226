//! Victims and places of reports: who counts once, what is no victim, and where an attack was.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use seeds::Seeds;
use std::sync::LazyLock;
use transforms::analyze::{Analyzer, Scratch};
use transforms::article::Record;
use transforms::tables::Rows;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new(&Seeds::embedded()).unwrap());

fn rows(text: &str) -> Rows {
    let (mut scratch, mut rows) = (Scratch::default(), Rows::default());
    let record = Record { doc_id: "one".into(), text: text.to_owned(), ..Record::default() };
    for article in &ANALYZER.read(record).articles {
        ANALYZER.analyze(article, &mut scratch, &mut rows);
    }
    rows
}

/// Killed and injured over the events that count.
fn check(text: &str, killed: i32, injured: i32) {
    let rows = rows(text);
    let counts = rows.events.iter().filter(|e| e.counts_in_totals);
    let (mut dead, mut hurt) = (0, 0);
    for event in counts {
        dead += event.fatalities_best.or(event.fatalities_low).unwrap_or(0);
        hurt += event.injured_best.or(event.injured_low).unwrap_or(0);
    }
    assert_eq!((dead, hurt), (killed, injured), "{text}");
}

#[test]
fn lists_of_victims_are_added() {
    check("Rebels attacked the post and four troopers of the border guard and a captain were killed.", 5, 0);
    check("A bomb killed at least 10 civilians, a Dutch soldier and a policeman in Kabul.", 12, 0);
    check("Gunmen killed a teacher, his wife and two sons in Quetta.", 4, 0);
    check("Four policemen were killed and five others sustained injuries in an encounter with rebels.", 4, 5);
}

#[test]
fn one_victim_told_in_two_ways_is_one() {
    check("Rebels shot dead Mohan Das (40), a shopkeeper, near Ranchi.", 1, 0);
    check("Anil Sinha, a timber merchant and a worker of the party, was shot dead by rebels.", 1, 0);
    check("A girl, Asha Kumari, was shot at and wounded by the rebels.", 0, 1);
    check(
        "Two rebels were killed in an encounter. The bodies of two rebels were recovered from the spot.",
        2,
        0,
    );
}

#[test]
fn what_is_no_victim() {
    check("Soldiers neutralised a camp of the rebels in the forest.", 0, 0);
    check("The rebels opened fire on the patrol but no one was injured.", 0, 0);
    check("Two weeks ago, seven soldiers were killed when rebels ambushed their vehicle.", 7, 0);
}

#[test]
fn numbers_without_their_noun_count() {
    check(
        "The suicide bombing in Herat killed at least 16 people and wounded more than 100, most of them guards.",
        16,
        100,
    );
}

#[test]
fn the_wounded_told_again_are_a_part() {
    check(
        "A bomb killed two guards in Quetta and wounded 25 people. Rescuers took three seriously injured people to a \
         hospital in Quetta.",
        2,
        25,
    );
}

#[test]
fn verbs_that_are_read_as_other_words() {
    check("Cadres of the rebel front kill a villager at Manpur.", 1, 0);
    check("A youth, identified as Ravi Oraon (27), was axed to death by rebels in Ranchi.", 1, 0);
    check("Militants threw a grenade into a market, leaving three people dead and 12 hurt.", 3, 12);
}

/// The province of the place named in a text.
fn province(text: &str, name: &str) -> Option<String> {
    let rows = rows(text);
    rows.entities.iter().find(|e| e.text == name).and_then(|e| e.admin1.clone())
}

#[test]
fn places_settle_each_other() {
    let paris =
        "The City of Paris and Lamar County share a jail. Officials from Paris met in Texas on Monday.";
    assert_eq!(province(paris, "Paris").as_deref(), Some("Texas"));
    assert_ne!(province("He flew from London to Paris and Berlin.", "Paris").as_deref(), Some("Texas"));
}

#[test]
fn two_sources_of_one_toll_are_not_added() {
    let text = "An air strike hit a market in Nyala on Sunday. A medical group put the toll at 47 dead; a local official \
                said 52 people had died.";
    let rows = rows(text);
    let event = rows.events.iter().find(|e| e.fatalities_low.is_some()).unwrap();
    assert_eq!((event.fatalities_low, event.fatalities_high), (Some(47), Some(52)));
    assert_eq!(event.casualty_conflict, Some(true));
    check("A bomb killed 12 people in Wana, police said, and gunmen shot dead three more in Tank.", 15, 0);
}
