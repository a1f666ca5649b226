//! Every example, counterexample and known gap of every event rule as a test of its own, and what holds for all rules.

#![allow(clippy::disallowed_methods, reason = "a test may read files and the environment")]

use libtest_mimic::{Arguments, Failed, Trial};
use seeds::Seeds;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex};
use transforms::analyze::{Analyzer, Scratch};
use transforms::events::proof;
use transforms::events::rules::RuleTests;

/// The analyzer and one set of buffers.
struct Bench {
    analyzer: Analyzer,
    scratch: Mutex<Scratch>,
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
        for (at, (kind, example)) in proof::examples(&rule).enumerate() {
            let (bench, rule, example) = (Arc::clone(&bench), rule.clone(), example.clone());
            let name = format!("{}::{kind:?}_{}", rule.rule, at + 1);
            trials.push(Trial::test(name, move || {
                let mut scratch = bench.scratch.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                proof::check(&bench.analyzer, &mut scratch, &rule, kind, &example).map_err(Failed::from)
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
            for (_, example) in proof::examples(rule) {
                if gold.contains(&squeezed(&example.text)) {
                    return Err(format!("{}: {:?} stands in {file}", rule.rule, example.text).into());
                }
            }
        }
    }
    Ok(())
}
