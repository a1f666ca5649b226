//! Who says, thinks, wants or asks what: contents without marks by their frames, and the speakers of quoted words.

#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use seeds::Seeds;
use std::sync::LazyLock;
use transforms::analyze::{Analyzer, Scratch};
use transforms::article::Record;
use transforms::tables::Rows;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new(&Seeds::embedded()).unwrap());

/// The quotes of a text as `kind|speaker|verb|text`.
fn read(text: &str) -> Vec<String> {
    let (mut scratch, mut rows) = (Scratch::default(), Rows::default());
    let record = Record { doc_id: "one".into(), text: text.to_owned(), ..Record::default() };
    for article in &ANALYZER.read(record).articles {
        ANALYZER.analyze(article, &mut scratch, &mut rows);
    }
    let or = |cell: &Option<String>| cell.clone().unwrap_or_else(|| "-".into());
    let print = |q: &transforms::tables::QuoteRow| {
        format!("{}|{}|{}|{}", q.kind, or(&q.speaker_text), or(&q.verb), q.text)
    };
    rows.quotes.iter().map(print).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(read(text), expected, "{text}");
}

/// One indirect content.
#[track_caller]
fn one(text: &str, speaker: &str, verb: &str, content: &str) {
    check(text, &[&format!("indirect|{speaker}|{verb}|{content}")]);
}

#[test]
fn clauses() {
    one(
        "Researchers believe the river will rise again.",
        "Researchers",
        "believe",
        "the river will rise again",
    );
    one("Reporters asked whether the bridge was safe.", "Reporters", "ask", "whether the bridge was safe");
    one(
        "The spokesman said the ban on spending prevented the ministry from hiring, adding nothing else.",
        "The spokesman",
        "say",
        "the ban on spending prevented the ministry from hiring",
    );
}

#[test]
fn infinitives_and_objects_with_them() {
    let bill = "to fight the bill in court";
    one("The senator promised to fight the bill in court.", "The senator", "promise", bill);
    one("He wants the minister to resign.", "He", "want", "the minister to resign");
    one("He has called on the village to sell the mill.", "He", "call on", "the village to sell the mill");
    one(
        "Mr. Shah told his advisers to find a way around the council.",
        "Mr. Shah",
        "tell",
        "his advisers to find a way around the council",
    );
}

#[test]
fn objects_with_what_is_said_of_them() {
    one(
        "The government accused the rebels of burning the village.",
        "The government",
        "accuse",
        "the rebels of burning the village",
    );
    one(
        "They see the plan as a threat to the village.",
        "They",
        "see",
        "the plan as a threat to the village",
    );
    one("Mr. Adams denied the charges.", "Mr. Adams", "deny", "the charges");
}

#[test]
fn adjectives_and_nouns() {
    one("The party is worried about losing the seats.", "The party", "be worried about", "losing the seats");
    one(
        "The union's demand that the plant stay open was rejected.",
        "The union",
        "demand",
        "that the plant stay open was rejected",
    );
}

#[test]
fn what_is_not_said_is_told_as_such() {
    one(
        "The company did not say when the mine would open.",
        "The company",
        "not say",
        "when the mine would open",
    );
    one("She declined to say who paid the bill.", "She", "not say", "who paid the bill");
}

#[test]
fn a_passive_has_no_speaker_but_its_agent() {
    let strike = "The strike is expected to last for a week";
    one("The strike is expected to last for a week.", "-", "expect", strike);
}

#[test]
fn the_clause_stands_before_its_verb_or_around_it() {
    one(
        "The talks collapsed after the vote in May, analysts say; in June, they began again.",
        "analysts",
        "say",
        "The talks collapsed after the vote in May",
    );
    one(
        "The obsession with the wall is an insult to all voters, top lawmakers said Friday, as they left.",
        "top lawmakers",
        "say",
        "The obsession with the wall is an insult to all voters",
    );
    one(
        "Many of the closures, he said, have hit public schools.",
        "he",
        "say",
        "Many of the closures, he said, have hit public schools",
    );
    one("In the minister's view, the law is dead.", "the minister", "view", "the law is dead");
}

#[test]
fn clauses_that_set_the_scene_are_no_contents() {
    check("When the hall was full, he noted the time.", &["indirect|he|note|the time"]);
    check(
        "“The road is open,” said Omar Latif, who lives in the valley.",
        &["direct|Omar Latif|say|The road is open,"],
    );
}

#[test]
fn what_is_said_within_a_content_is_part_of_it() {
    one(
        "He said he wants to build a school and would ask the state for help.",
        "He",
        "say",
        "he wants to build a school and would ask the state for help",
    );
}

#[test]
fn a_participle_of_saying_goes_on_for_the_speaker_before() {
    check(
        "The mayor said the work would begin in May, adding that the money was there.",
        &[
            "indirect|The mayor|say|the work would begin in May",
            "indirect|The mayor|add|that the money was there",
        ],
    );
}

#[test]
fn quoted_words_in_a_clause_belong_to_whoever_says_the_clause() {
    let quotes = read("The governor said the press is to blame for focusing on “a few small words in May”.");
    assert!(quotes.iter().any(|q| q == "mixed|The governor|say|a few small words in May"), "{quotes:?}");
    let quotes = read("The governor said his rival called the plan “a gift to the very rich”.");
    assert!(quotes.iter().any(|q| q == "mixed|his rival|call|a gift to the very rich"), "{quotes:?}");
}

#[test]
fn fragments_of_a_few_words_go_with_their_content() {
    one(
        "He said the “old model” of private clubs is in decline across the region.",
        "He",
        "say",
        "the “old model” of private clubs is in decline across the region",
    );
}

#[test]
fn a_name_behind_a_dash_signs_the_words_before_it() {
    check(
        "“We were afraid for our children all night.” ― Lena Brandt",
        &["direct|Lena Brandt|-|We were afraid for our children all night."],
    );
}

#[test]
fn a_statement_is_its_makers() {
    let quotes = read(
        "The Ministry of Health said the wards were full.\n\n“No patient will be turned away this winter,” the statement said.",
    );
    assert!(quotes.iter().any(|q| q.starts_with("direct|the statement|say|No patient")), "{quotes:?}");
}
