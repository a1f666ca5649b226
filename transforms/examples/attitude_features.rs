//! Marked targets as the model of attitudes sees them, for `training/sentiment`: reads NewsMTSC records (JSON Lines) from
//! standard input, writes a line of JSON for each target.

use serde_json::{Value, json};
use std::io::{BufRead, BufWriter, Write, stdin, stdout};
use transforms::analyze::{Analyzer, Scratch};
use transforms::article::Article;
use transforms::document::{Document, ROOT};
use transforms::grammar::EntityLabel;
use transforms::sentiment::vader::Vader;
use transforms::sentiment::words::{Key, Words, describe};
use transforms::span::Span;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let seeds = seeds::Seeds::embedded();
    let analyzer = Analyzer::new(&seeds)?;
    let vader = Vader::new(&seeds)?;
    let (mut scratch, mut words) = (Scratch::default(), Words::default());
    let mut n = -1_i64;
    let mut out = BufWriter::new(stdout().lock());
    for line in stdin().lock().lines() {
        let record: Value = serde_json::from_str(&line?)?;
        let text = record["sentence_normalized"].as_str().unwrap_or("").to_owned();
        let article = Article::of_text("", &text);
        analyzer.parse(&article, &mut scratch);
        let doc = Document { article: &article, parsed: &scratch.parsed };
        for target in record["targets"].as_array().into_iter().flatten() {
            n += 1;
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
            let class = match target["polarity"].as_f64().unwrap_or(4.0) as i64 {
                2 => 0,
                6 => 2,
                _ => 1,
            };
            let base = sentence.tokens.start;
            let within = doc.tokens(&sentence.tokens);
            let mut keys = Vec::new();
            describe(&doc, sentence, &vader, &mut words, |key| {
                keys.push(match key {
                    Key::Name(label) => format!("<{label}>"),
                    Key::Proper => "<name>".to_owned(),
                    Key::Number => "<number>".to_owned(),
                    Key::Word(word) => word.to_owned(),
                });
            });
            let heads: Vec<i64> =
                words.heads.iter().map(|h| if *h == ROOT { -1 } else { i64::from(*h) }).collect();
            let line = json!({
                "n": n, "c": class, "l": label, "f": range.start - base, "e": range.end.min(sentence.tokens.end) - base, "w": keys, "h": heads,
                "d": within.iter().map(|t| t.deprel as u64).collect::<Vec<_>>(),
                "u": within.iter().map(|t| t.upos as u64).collect::<Vec<_>>(),
                "s": words.sign, "q": words.quoted.iter().map(|q| u8::from(*q)).collect::<Vec<_>>(),
            });
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
