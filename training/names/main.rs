//! Trains the name tagger and measures it.
//!
//! `cargo run --release -p columnist-transforms --example train_names -- COMMAND`; without a command it says which
//! there are. `training/names/LOG.md` tells the order of steps.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::panic,
    reason = "a trainer reads and writes files, and stops where its data is wrong"
)]
#![allow(
    clippy::needless_range_loop,
    clippy::neg_cmp_op_on_partial_ord,
    clippy::iter_over_hash_type,
    clippy::precedence,
    reason = "matrices are read by index as in the formulas; sums over a map do not depend on its order"
)]

mod cluster;
mod corpus;
mod evaluate;
mod gold;
mod learn;

use seeds::Seeds;
use transforms::language::Language;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let arg = |k: usize| args.get(k).map(String::as_str).unwrap_or("");
    let seeds = Seeds::embedded();
    let language = Language::load(&seeds)?;
    match arg(0) {
        "clusters" => cluster::run(&language, arg(1), arg(2), arg(3).parse().unwrap_or(256)),
        "train" => learn::run(&learn::Options::parse(&args[1..]), &language, &seeds)?,
        "eval" => evaluate::run(arg(1), arg(2), &language, &seeds, args.iter().any(|a| a == "--show"))?,
        "tag" => evaluate::tag(arg(1), arg(2), &language, &seeds)?,
        _ => eprintln!(
            "train_names clusters RAW.jsonl OUT.tsv CLASSES\n\
             train_names train key=value... (data, work, out, epochs, gold, words, rate, unit, document)\n\
             train_names eval MODEL.bin TEXTS.jsonl [--show]\n\
             train_names tag MODEL.bin FILE-OR-TEXT"
        ),
    }
    Ok(())
}
