//! Any bytes as a data file laid over the embedded ones: the knowledge compiles, or an error names the file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use seeds::Seeds;
use std::sync::LazyLock;
use transforms::events::Events;
use transforms::knowledge::{Actors, Countries, Titles};
use transforms::quantities::Quantities;

static SEEDS: LazyLock<Seeds> = LazyLock::new(Seeds::embedded);

/// The first byte says as which file the others are read; the large tables are left out, for their time.
const FILES: [&str; 8] = [
    "rules/events/protest/mine.toml",
    "rules/sets.toml",
    "rules/modality.toml",
    "rules/casualties.toml",
    "actors/mine.tsv",
    "titles/mine.tsv",
    "lexicon/quantities/units.tsv",
    "gazetteer/countries.tsv",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let file = FILES[usize::from(*first) % FILES.len()];
    let mut seeds = SEEDS.clone();
    seeds.overlay(file, rest.to_vec());
    let result = match file.split('/').next() {
        Some("rules") => Events::new(&seeds).map(drop),
        Some("actors") => Actors::new(&seeds).map(drop),
        Some("titles") => Titles::new(&seeds).map(drop),
        Some("lexicon") => Quantities::new(&seeds).map(drop),
        _ => Countries::new(&seeds).map(drop),
    };
    if let Err(error) = result {
        assert!(!error.to_string().is_empty());
    }
});
