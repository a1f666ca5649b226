//! Tests of the shipped tagger on sentences written for them.

use super::*;
use crate::language::{Language, Scratch};
use crate::network::{Network, NetworkScratch};
use seeds::Seeds;

/// The names of a text as "LABEL text".
fn names(text: &str) -> Vec<String> {
    let seeds = Seeds::embedded();
    let (Ok(language), Ok(model)) = (Language::load(&seeds), NameModel::load(&seeds)) else {
        return vec!["not loaded".to_owned()];
    };
    let Some(network) = seeds.bytes("models/core.bin").ok().and_then(|b| Network::read(b).ok()) else {
        return vec!["no network".to_owned()];
    };
    let (mut raw, mut sentences) = (vec![], vec![]);
    language.split_raw(text, &mut Scratch::default(), &mut raw, &mut sentences);
    let ranges: Vec<_> = sentences.iter().map(|s| s.start as usize..s.end as usize).collect();
    let words: Vec<&str> = raw.iter().map(|t| t.span.of(text)).collect();
    let mut tokens: Vec<NameToken<'_>> = words
        .iter()
        .enumerate()
        .map(|(k, text)| NameToken {
            text,
            space_before: k.checked_sub(1).and_then(|b| raw.get(b)).is_none_or(|b| b.space_after),
            tag: Xpos::Nn,
            relation: Deprel::Dep,
        })
        .collect();
    let (mut scratch, mut analyses) = (NetworkScratch::default(), vec![]);
    for range in &ranges {
        network.analyze(words.get(range.clone()).unwrap_or(&[]), &mut scratch, &mut analyses);
        for (token, word) in tokens.get_mut(range.clone()).unwrap_or(&mut []).iter_mut().zip(&analyses) {
            (token.tag, token.relation) = (word.xpos, word.deprel);
        }
    }
    let mut out = vec![];
    model.tag_document(&ranges, &tokens, &mut NameScratch::default(), &mut out);
    let piece = |s: &NameSpan| -> Option<&str> {
        let (first, last) = (raw.get(s.tokens.start)?, raw.get(s.tokens.end.checked_sub(1)?)?);
        text.get(first.span.start as usize..last.span.end as usize)
    };
    out.iter().map(|s| format!("{} {}", s.label.as_str(), piece(s).unwrap_or("?"))).collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(names(text), expected, "{text}");
}

#[test]
fn people_places_and_peoples_are_told_apart() {
    check(
        "Foreign Minister Jeyhun Bayramov flew from Baku to Islamabad and met Pakistani officials.",
        &["PERSON Jeyhun Bayramov", "GPE Baku", "GPE Islamabad", "NORP Pakistani"],
    );
    check(
        "A blast in Wana and another in Lakki Marwat killed three.",
        &["GPE Wana", "GPE Lakki Marwat", "CARDINAL three"],
    );
}

#[test]
fn a_dateline_in_capitals_is_a_place() {
    check("ISLAMABAD: The court sat on Friday.", &["GPE ISLAMABAD", "DATE Friday"]);
}

#[test]
fn letters_in_brackets_follow_the_name_before_them() {
    check(
        "The Special Investment Facilitation Council (SIFC) met. The SIFC will meet again in March 2026.",
        &["ORG Special Investment Facilitation Council", "ORG SIFC", "ORG SIFC", "DATE March 2026"],
    );
}

#[test]
fn amounts_of_money_keep_their_currency() {
    check(
        "It cost US$5 million, or 1.4 billion rupees.",
        &["MONEY US$5 million", "MONEY 1.4 billion rupees"],
    );
    check("Prices rose 4.5 percent.", &["PERCENT 4.5 percent"]);
}

#[test]
fn calendar_dates_are_dates_and_spans_of_time_are_none() {
    check("On 7 March 2026 it began; it lasted until the 1990s.", &["DATE 7 March 2026", "DATE 1990s"]);
    check("They may march.", &[]);
}

#[test]
fn odd_input_is_no_trouble() {
    for text in [
        "",
        " ",
        "(",
        "$",
        "US$",
        "-",
        "A",
        "\u{feff}",
        "((((((",
        "A-",
        "-A",
        "'",
        "’s",
        "of the of",
        "É",
        "日本 東京",
    ] {
        names(text);
    }
    names(&"A".repeat(100_000));
    names(&"Ministry of ".repeat(3_000));
}

#[test]
fn a_damaged_model_is_refused() {
    let seeds = Seeds::embedded();
    let Ok(bytes) = seeds.bytes("models/names.bin") else { return };
    let read = |b: &[u8]| NameModel::read(b, NameLexicon::default()).err();
    assert_eq!(read(b"no model"), Some(ModelError::NotAModel));
    assert_eq!(read(bytes.get(..bytes.len() / 2).unwrap_or(b"")), Some(ModelError::Corrupt));
}
