//! The tests that event rules carry: each example must give its event by that rule, a counter-example none, and a
//! known gap must still be one.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test stops where something is wrong, and may read files"
)]

use jiff::civil::date;
use seeds::Seeds;
use std::path::Path;
use transforms::analyze::{Analyzer, Scratch};
use transforms::article::{Article, Block, DateSource};
use transforms::code::Code;
use transforms::events::rules::{Example, RuleTests};
use transforms::grammar::Zone;
use transforms::span::Span;
use transforms::tables::{EventMentionRow, Rows};

/// Cases that are wrong today. A rule's author adds none here: a gap is a [[known_gap]] of the rule. One that has begun to
/// hold is told when the tests run, and taken off.
const WRONG_TODAY: [&str; 4] = [
    "agree/agree::counterexample_1",
    "concede/ease::example_1",
    "consult/meet::example_1",
    "cooperate/work::counterexample_1",
];

/// A sentence as the body of an article of Wednesday, 12 June 2024.
fn article(text: &str) -> Article {
    Article {
        doc_id: "example".to_owned(),
        doc_part: 1,
        source_uri: String::new(),
        bytes: None,
        publisher: None,
        url: None,
        title: None,
        author: None,
        dateline_place: None,
        dateline: None,
        pub_date: Some(date(2024, 6, 12)),
        pub_date_source: DateSource::Metadata,
        lang: Code::new("en"),
        text: text.to_owned(),
        blocks: vec![Block { span: Span::new(0, text.len()), zone: Zone::Body }],
    }
}

/// Reads sentences, one after another.
struct Coder {
    analyzer: Analyzer,
    scratch: Scratch,
    rows: Rows,
}

impl Coder {
    fn new() -> Self {
        let analyzer = Analyzer::new(&Seeds::embedded()).unwrap();
        Self { analyzer, scratch: Scratch::default(), rows: Rows::default() }
    }

    /// What a rule makes of a sentence.
    fn by_rule(&mut self, rule: &str, text: &str) -> Vec<EventMentionRow> {
        self.rows.clear();
        self.analyzer.analyze(&article(text), &mut self.scratch, &mut self.rows);
        let of_rule = |id: &str| id.split('#').next() == Some(rule);
        self.rows.event_mentions.iter().filter(|row| of_rule(&row.rule_id)).cloned().collect()
    }
}

/// Whether a row is the event that an example says; a side is named by the words that matter, "activists" of "three
/// activists".
fn is_expected(row: &EventMentionRow, tests: &RuleTests, example: &Example) -> bool {
    let sides = (row.actor1.name.as_deref(), row.actor2.name.as_deref());
    let wanted = (example.actor.as_deref(), example.recipient.as_deref());
    let same =
        |side: Option<&str>, wanted: Option<&str>| wanted.is_none_or(|w| side.is_some_and(|s| s.contains(w)));
    let straight = same(sides.0, wanted.0) && same(sides.1, wanted.1);
    let turned = row.actors_symmetric && same(sides.1, wanted.0) && same(sides.0, wanted.1);
    row.plover_type == *tests.plover_type.as_str()
        && (straight || turned)
        && row.modality == example.modality.as_deref().unwrap_or("asserted")
}

/// What came out, for a person.
fn told(rows: &[EventMentionRow]) -> String {
    if rows.is_empty() {
        return "no event by this rule".to_owned();
    }
    let one = |row: &EventMentionRow| {
        let side = |name: &Option<String>| name.clone().unwrap_or_else(|| "nobody".to_owned());
        format!("{} to {}, {}", side(&row.actor1.name), side(&row.actor2.name), row.modality)
    };
    rows.iter().map(one).collect::<Vec<_>>().join("; ")
}

#[test]
fn rule_examples_hold() {
    let mut coder = Coder::new();
    let all: Vec<RuleTests> = coder.analyzer.events().rules.tests().to_vec();
    assert!(!all.is_empty(), "no rule files");
    let mut wrong: Vec<(String, String)> = Vec::new();
    for tests in &all {
        let place = |what: &str, at: usize| format!("{}::{what}_{}", tests.rule, at + 1);
        for (at, example) in tests.examples.iter().enumerate() {
            let rows = coder.by_rule(&tests.rule, &example.text);
            if !rows.iter().any(|row| is_expected(row, tests, example)) {
                wrong.push((place("example", at), format!("{} gives {}", example.text, told(&rows))));
            }
        }
        for (at, example) in tests.counterexamples.iter().enumerate() {
            let rows = coder.by_rule(&tests.rule, &example.text);
            if !rows.is_empty() {
                wrong.push((place("counterexample", at), format!("{} gives {}", example.text, told(&rows))));
            }
        }
        for (at, example) in tests.known_gaps.iter().enumerate() {
            let rows = coder.by_rule(&tests.rule, &example.text);
            if rows.iter().any(|row| is_expected(row, tests, example)) {
                wrong.push((place("known_gap", at), "now works: move it to [[example]]".to_owned()));
            }
            if example.why.is_none() {
                wrong.push((place("known_gap", at), "a gap says why".to_owned()));
            }
        }
    }
    for known in WRONG_TODAY.iter().filter(|known| !wrong.iter().any(|(place, _)| place == *known)) {
        println!("{known} holds now: take it off WRONG_TODAY");
    }
    let new: Vec<String> = wrong
        .into_iter()
        .filter(|(place, _)| !WRONG_TODAY.contains(&place.as_str()))
        .map(|(place, what)| format!("{place}: {what}"))
        .collect();
    assert!(new.is_empty(), "{} of the rules' own tests fail:\n  {}", new.len(), new.join("\n  "));
}

/// An example that is also a sentence of the evaluation sets would make their scores worthless.
#[test]
fn rule_examples_are_not_gold() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let gold = std::env::var_os("COLUMNIST_SHARED").map_or(beside, Into::into).join("gold");
    let mut sets = Vec::new();
    for name in ["seeds.jsonl", "dev.jsonl"] {
        if let Ok(text) = std::fs::read_to_string(gold.join(name)) {
            sets.push(text.replace("\\\"", "\""));
        }
    }
    if sets.is_empty() {
        println!("SKIPPED rule_examples_are_not_gold: {} is not there", gold.display());
        return;
    }
    let coder = Coder::new();
    let mut leaked = Vec::new();
    for tests in coder.analyzer.events().rules.tests() {
        for example in tests.examples.iter().chain(&tests.counterexamples).chain(&tests.known_gaps) {
            if sets.iter().any(|set| set.contains(example.text.trim())) {
                leaked.push(format!("{}: {}", tests.rule, example.text));
            }
        }
    }
    assert!(leaked.is_empty(), "sentences of the gold in rule files:\n  {}", leaked.join("\n  "));
}
