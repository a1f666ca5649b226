//! Words and sentences against the dev treebanks of UD English, from raw text, with floors that may only rise.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test stops where something is wrong, and may read files"
)]

#[path = "../../training/sentences/treebank.rs"]
mod treebank;

use seeds::Seeds;
use std::path::Path;
use transforms::language::{Breaks, Language, Scratch};

/// The treebank of a name, from `../shared` or where `COLUMNIST_SHARED` points; says so where it is not there.
fn gold(name: &str) -> Option<Vec<treebank::Gold>> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let shared = std::env::var_os("COLUMNIST_SHARED").map_or(beside, Into::into);
    let gold = treebank::read(&shared.join("data/treebanks").join(name));
    if gold.is_none() {
        println!("skipped: ../shared/data/treebanks/{name} is not there");
    }
    gold
}

fn check(name: &str, words_min: f64, sentences_min: f64) {
    let Some(gold) = gold(name) else { return };
    let got = treebank::measure(&Language::load(&Seeds::embedded()).unwrap(), &gold);
    let (words, sentences) = (got.words.f1(), got.sentences.f1());
    println!("{name}: words {words:.2}, sentences {sentences:.2}");
    assert!(words >= words_min, "{name}: words {words:.2} below {words_min}");
    assert!(sentences >= sentences_min, "{name}: sentences {sentences:.2} below {sentences_min}");
}

#[test]
fn ewt_dev() {
    check("ewt-dev.conllu", 99.3, 82.0);
}

#[test]
fn gum_dev() {
    check("gum-dev.conllu", 99.8, 93.0);
}

/// Edited text with its paragraphs, as the reading stage gives it.
#[test]
fn gum_dev_by_paragraph() {
    let Some(gold) = gold("gum-dev.conllu") else { return };
    let language = Language::load(&Seeds::embedded()).unwrap();
    let (mut text, mut starts) = (String::new(), vec![0]);
    for (at, sentence) in gold.iter().enumerate() {
        if at > 0 && (sentence.new_paragraph || sentence.new_document) {
            starts.push(text.len() as u32);
        }
        text.push_str(&sentence.text);
        text.push(' ');
    }
    starts.push(text.len() as u32);
    let (mut scratch, mut tokens, mut sentences) = (Scratch::default(), vec![], vec![]);
    for pair in starts.windows(2) {
        language.split(&text, pair[0]..pair[1], Breaks::Kept, &mut scratch, &mut tokens, &mut sentences);
    }
    let got = treebank::compare(&text, &tokens, &sentences, &gold);
    println!("gum-dev by paragraph: words {:.2}, sentences {:.2}", got.words.f1(), got.sentences.f1());
    for (gold, got) in got.differences.iter().filter(|d| d.0.contains('‖') || d.1.contains('‖')).take(60)
    {
        println!("  {gold} / {got}");
    }
    assert!(got.sentences.f1() >= 95.0);
}
