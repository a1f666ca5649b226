//! Every example, counterexample and known gap of every event rule as a test of its own, and what holds for all rules.

#![allow(clippy::disallowed_methods, reason = "a test may read files and the environment")]

use jiff::civil::Date;
use libtest_mimic::{Arguments, Failed, Trial};
use seeds::Seeds;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex};
use transforms::analyze::{Analyzer, Scratch};
use transforms::article::{Article, Block, DateSource};
use transforms::events::rules::{Example, RuleTests};
use transforms::grammar::Zone;
use transforms::span::Span;
use transforms::tables::Rows;

/// The analyzer and one set of buffers.
struct Bench {
    analyzer: Analyzer,
    scratch: Mutex<Scratch>,
}

impl Bench {
    /// The events of a sentence: type, actor, recipient, modality.
    fn events(&self, text: &str) -> Vec<(String, String, String, String)> {
        let article = article(text);
        let mut rows = Rows::default();
        let mut scratch = self.scratch.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        self.analyzer.analyze(&article, &mut scratch, &mut rows);
        let name = |n: &Option<String>| n.clone().unwrap_or_default();
        rows.event_mentions
            .iter()
            .map(|m| {
                let (one, two) = (name(&m.actor1.name), name(&m.actor2.name));
                (m.plover_type.as_str().to_owned(), one, two, m.modality.to_owned())
            })
            .collect()
    }
}

fn article(text: &str) -> Article {
    Article {
        doc_id: "rule".to_owned(),
        doc_part: 1,
        source_uri: String::new(),
        bytes: None,
        publisher: None,
        url: None,
        title: None,
        author: None,
        dateline_place: None,
        dateline: None,
        pub_date: Date::new(2025, 6, 10).ok(),
        pub_date_source: DateSource::Metadata,
        lang: None,
        text: text.to_owned(),
        blocks: vec![Block { span: Span::new(0, text.len()), zone: Zone::Body }],
    }
}

fn fires(bench: &Bench, rule: &RuleTests, example: &Example) -> Result<(), Failed> {
    let found = bench.events(&example.text);
    let modality = example.modality.as_deref().unwrap_or("asserted");
    let fits = found.iter().any(|(kind, one, two, told)| {
        *kind == rule.plover_type
            && example.actor.as_ref().is_none_or(|a| a == one)
            && example.recipient.as_ref().is_none_or(|r| r == two)
            && told == modality
    });
    if fits {
        return Ok(());
    }
    Err(format!("wanted {} {:?}, {modality}; found {found:?}", rule.plover_type, example).into())
}

fn main() {
    let arguments = Arguments::from_args();
    let analyzer = match Analyzer::new(&Seeds::embedded()) {
        Ok(analyzer) => analyzer,
        Err(error) => {
            eprintln!("{error}");
            std::process::exit(1);
        }
    };
    let rules: Vec<RuleTests> = analyzer.events().rules.tests().to_vec();
    let ids: Vec<String> = analyzer.events().rules.all().iter().map(|f| f.id.clone()).collect();
    let bench = Arc::new(Bench { analyzer, scratch: Mutex::default() });
    let mut trials = vec![
        Trial::test("ids_are_unique", move || {
            let unique: BTreeSet<&String> = ids.iter().collect();
            if unique.len() == ids.len() { Ok(()) } else { Err("two frames share an id".into()) }
        }),
        Trial::test("no_example_stands_in_the_gold", {
            let rules = rules.clone();
            move || not_in_gold(&rules)
        }),
    ];
    for rule in rules {
        let counted = rule.clone();
        trials.push(Trial::test(format!("{}::is_tested", rule.rule), move || {
            if counted.examples.is_empty() || counted.counterexamples.is_empty() {
                return Err("a rule has at least one example and one counterexample".into());
            }
            Ok(())
        }));
        for (at, example) in rule.examples.iter().cloned().enumerate() {
            let (bench, rule) = (Arc::clone(&bench), rule.clone());
            let name = format!("{}::example_{}", rule.rule, at + 1);
            trials.push(Trial::test(name, move || fires(&bench, &rule, &example)));
        }
        for (at, example) in rule.counterexamples.iter().cloned().enumerate() {
            let (bench, rule) = (Arc::clone(&bench), rule.clone());
            let name = format!("{}::counterexample_{}", rule.rule, at + 1);
            trials.push(Trial::test(name, move || {
                let found = bench.events(&example.text);
                match found.iter().find(|(kind, ..)| *kind == rule.plover_type) {
                    None => Ok(()),
                    Some(event) => Err(format!("{:?} must not give {event:?}", example.text).into()),
                }
            }));
        }
        for (at, example) in rule.known_gaps.iter().cloned().enumerate() {
            let (bench, rule) = (Arc::clone(&bench), rule.clone());
            let name = format!("{}::known_gap_{}", rule.rule, at + 1);
            trials.push(Trial::test(name, move || match fires(&bench, &rule, &example) {
                Err(_) => Ok(()),
                Ok(()) => Err("now works: move it to [[example]]".into()),
            }));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// The words of a text without case and marks.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn not_in_gold(rules: &[RuleTests]) -> Result<(), Failed> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let shared = std::env::var_os("COLUMNIST_SHARED").map_or(beside, Into::into);
    for file in ["gold/seeds.jsonl", "gold/dev.jsonl"] {
        let Ok(text) = std::fs::read_to_string(shared.join(file)) else {
            println!("skipped: ../shared/{file} is not there");
            continue;
        };
        let gold = squeezed(&text);
        for rule in rules {
            for example in rule.examples.iter().chain(&rule.counterexamples).chain(&rule.known_gaps) {
                if gold.contains(&squeezed(&example.text)) {
                    return Err(format!("{}: {:?} stands in {file}", rule.rule, example.text).into());
                }
            }
        }
    }
    Ok(())
}
