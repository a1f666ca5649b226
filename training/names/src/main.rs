//! Trains the name tagger and measures it; run without arguments for the commands.

mod cluster;
mod corpus;
mod evaluate;
mod gold;
mod learn;
#[path = "../../../transforms/src/names/mod.rs"]
mod names;
mod plain_tokens;

use std::path::Path;

fn lexicon(seeds: &str) -> names::NameLexicon {
    let mut lexicon = names::NameLexicon::default();
    for folder in ["gazetteer", "names"] {
        let Ok(entries) = std::fs::read_dir(Path::new(seeds).join(folder)) else { continue };
        let mut paths: Vec<_> = entries.flatten().map(|e| e.path()).collect();
        paths.sort();
        for path in paths {
            if let (Some(name), Ok(text)) = (path.file_name().and_then(|n| n.to_str()), std::fs::read_to_string(&path)) {
                lexicon.add_file(name, &text);
            }
        }
    }
    lexicon
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let arg = |k: usize| args.get(k).map(String::as_str).unwrap_or("");
    match arg(0) {
        "clusters" => cluster::run(arg(1), arg(2), arg(3).parse().unwrap_or(256)),
        "train" => learn::run(&learn::Options::parse(&args[1..]), lexicon),
        "eval" => evaluate::run(arg(1), arg(2), arg(3), lexicon, args.iter().any(|a| a == "--show")),
        "tag" => evaluate::tag(arg(1), arg(2), arg(3), lexicon),
        _ => eprintln!(
            "train-names clusters RAW.jsonl OUT.tsv CLASSES\n\
             train-names train key=value... (data, work, seeds, out, epochs, gold, words, rate)\n\
             train-names eval MODEL.bin SEEDS_DIR worldwide_dev.jsonl [--show]\n\
             train-names tag MODEL.bin SEEDS_DIR TEXT..."
        ),
    }
}
