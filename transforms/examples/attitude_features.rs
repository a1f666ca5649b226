//! Features of marked targets for `training/sentiment/train.py`: reads NewsMTSC records (JSON Lines) from standard
//! input, writes a line for each target: its class (0 negative, 1 neutral, 2 positive) and the slots of its features.

use serde_json::Value;
use std::io::{BufRead, BufWriter, Write, stdin, stdout};
use transforms::analyze::{Analyzer, Scratch};
use transforms::article::Article;
use transforms::document::Document;
use transforms::grammar::EntityLabel;
use transforms::sentiment::target::{Words, describe, features};
use transforms::sentiment::vader::Vader;
use transforms::span::Span;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let seeds = seeds::Seeds::embedded();
    let analyzer = Analyzer::new(&seeds)?;
    let vader = Vader::new(&seeds)?;
    let (mut scratch, mut words, mut found) = (Scratch::default(), Words::default(), Vec::new());
    let mut out = BufWriter::new(stdout().lock());
    for line in stdin().lock().lines() {
        let record: Value = serde_json::from_str(&line?)?;
        let text = record["sentence_normalized"].as_str().unwrap_or("").to_owned();
        let article = Article::of_text("", &text);
        analyzer.parse(&article, &mut scratch);
        let doc = Document { article: &article, parsed: &scratch.parsed };
        for target in record["targets"].as_array().into_iter().flatten() {
            let byte = |key: &str| {
                let chars = target[key].as_u64().unwrap_or(0) as usize;
                article.text.char_indices().nth(chars).map_or(article.text.len(), |(at, _)| at)
            };
            let span = Span::new(byte("from"), byte("to"));
            let tokens = &scratch.parsed.tokens;
            let first = tokens.partition_point(|t| t.span.end <= span.start) as u32;
            let end = tokens.partition_point(|t| t.span.start < span.end) as u32;
            let Some(sentence) = scratch.parsed.sentences.iter().find(|s| s.tokens.contains(&first)) else {
                continue;
            };
            let name = scratch.parsed.names.iter().find(|n| {
                use EntityLabel::{Gpe, Norp, Org, Person};
                n.span.overlaps(span) && matches!(n.label, Person | Org | Gpe | Norp)
            });
            let range = name.map_or(first..end.min(sentence.tokens.end), |n| n.tokens.clone());
            let label = name.map_or(99, |n| n.label as u64);
            describe(&doc, sentence, &vader, &mut words);
            features(&doc, sentence, &words, &range, label, &mut found);
            let class = match target["polarity"].as_f64().unwrap_or(4.0) as i64 {
                2 => 0,
                6 => 2,
                _ => 1,
            };
            write!(out, "{class}")?;
            for feature in &found {
                write!(out, " {}", feature.slot)?;
            }
            writeln!(out)?;
        }
    }
    Ok(())
}
