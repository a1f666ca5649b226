//! Measures a model on texts with marked spans, in the manner of the project's scorer.

use crate::corpus::{Cut, Tagger, code_points, cut};
use seeds::Seeds;
use std::collections::BTreeMap;
use transforms::language::Language;
use transforms::names::{NameLexicon, NameModel, NameScratch, NameSpan, NameToken};

type Outcome = Result<(), Box<dyn std::error::Error>>;

#[derive(Default, Clone, Copy)]
struct Count {
    right: usize,
    got: usize,
    gold: usize,
}

impl Count {
    fn show(self) -> String {
        let p = self.right as f64 / self.got.max(1) as f64;
        let r = self.right as f64 / self.gold.max(1) as f64;
        format!("{:.1} ({:.0}/{:.0})", 200.0 * p * r / (p + r).max(1e-9), p * 100.0, r * 100.0)
    }
}

pub fn class_of(label: &str) -> Option<&'static str> {
    Some(match label.to_uppercase().as_str() {
        "PERSON" | "PER" => "PER",
        "ORGANIZATION" | "ORG" => "ORG",
        "LOCATION" | "LOC" | "GPE" | "FACILITY" | "FAC" => "LOC",
        "NORP" => "NORP",
        "DATE" => "DATE",
        "MONEY" => "MONEY",
        _ => return None,
    })
}

const LEADS: &[&str] = &[
    "the",
    "mr",
    "mrs",
    "ms",
    "dr",
    "sir",
    "prof",
    "president",
    "prime minister",
    "gen",
    "lt",
    "col",
    "capt",
    "maj",
    "sen",
    "rep",
];

fn trim(text: &str, mut start: usize, mut end: usize) -> (usize, usize) {
    'again: loop {
        let piece = &text[start..end];
        for lead in LEADS {
            if piece.len() > lead.len()
                && piece.is_char_boundary(lead.len())
                && piece[..lead.len()].eq_ignore_ascii_case(lead)
            {
                let rest = &piece[lead.len()..];
                let rest = rest.strip_prefix('.').unwrap_or(rest);
                let tail = rest.trim_start();
                if tail.len() < rest.len() && !tail.is_empty() {
                    start = end - tail.len();
                    continue 'again;
                }
            }
        }
        break;
    }
    let piece = &text[start..end];
    let keep = piece.len() >= 2 && piece.ends_with('.') && {
        let body = &piece[..piece.len() - 1];
        let last = body.chars().next_back().unwrap_or(' ');
        let before = body.chars().rev().nth(1);
        (last.is_ascii_uppercase() && before.is_none_or(|c| !c.is_alphanumeric()))
            || ["Inc", "Corp", "Ltd", "Co", "Jr", "Sr"].iter().any(|s| body.ends_with(s))
    };
    if !keep {
        let mut body = piece.trim_end_matches([' ', '\n', ',', '.', ';', ':']);
        if body.len() == piece.len() {
            body = piece
                .strip_suffix("'s")
                .or_else(|| piece.strip_suffix("’s"))
                .or_else(|| piece.strip_suffix(['\'', '’']))
                .unwrap_or(piece);
        }
        if !body.is_empty() {
            end = start + body.len();
        }
    }
    (start, end)
}

fn model(path: &str, seeds: &Seeds) -> Result<NameModel, Box<dyn std::error::Error>> {
    Ok(NameModel::read(&std::fs::read(path)?, NameLexicon::load(seeds)?)?)
}

fn words<'a>(text: &'a str, cut: &Cut, tagger: &mut Tagger) -> Vec<NameToken<'a>> {
    let mut out = Vec::new();
    for range in &cut.sentences {
        let words: Vec<&str> = cut.tokens[range.clone()].iter().map(|t| &text[t.clone()]).collect();
        tagger.sentence(&words, &cut.spaced[range.clone()], &mut out);
    }
    out
}

type Found = Vec<(usize, usize, &'static str)>;

fn tag_text(
    model: &NameModel,
    language: &Language,
    tagger: &mut Tagger,
    text: &str,
    scratch: &mut NameScratch,
    spans: &mut Vec<NameSpan>,
) -> (Found, usize) {
    let cut = cut(language, text);
    let tokens = words(text, &cut, tagger);
    model.tag_document(&cut.sentences, &tokens, scratch, spans);
    let found = spans
        .iter()
        .map(|s| (cut.tokens[s.tokens.start].start, cut.tokens[s.tokens.end - 1].end, s.label.as_str()))
        .collect();
    (found, tokens.len())
}

pub fn run(path: &str, data: &str, language: &Language, seeds: &Seeds, show: bool) -> Outcome {
    let model = model(path, seeds)?;
    let mut tagger = Tagger::new(seeds)?;
    let (mut scratch, mut spans) = (NameScratch::default(), Vec::new());
    let mut parts: [BTreeMap<&str, Count>; 3] = Default::default();
    let (mut tokens, mut time) = (0usize, 0.0f64);
    for (k, line) in std::fs::read_to_string(data).unwrap_or_default().lines().enumerate() {
        let Ok(doc) = serde_json::from_str::<serde_json::Value>(line) else { continue };
        let text = doc["text"].as_str().unwrap_or("");
        let at = code_points(text);
        let mut gold = BTreeMap::new();
        for e in doc["entities"].as_array().into_iter().flatten() {
            let Some(class) = class_of(e["label"].as_str().unwrap_or("")) else { continue };
            let (s, t) = (e["start"].as_u64().unwrap_or(0) as usize, e["end"].as_u64().unwrap_or(0) as usize);
            if let (Some(s), Some(t)) = (at.get(s), at.get(t)) {
                gold.insert(trim(text, *s, *t), class);
            }
        }
        let started = std::time::Instant::now();
        let (found, n) = tag_text(&model, language, &mut tagger, text, &mut scratch, &mut spans);
        time += started.elapsed().as_secs_f64();
        tokens += n;
        let got: BTreeMap<_, _> =
            found.iter().filter_map(|(s, t, l)| Some((trim(text, *s, *t), class_of(l)?))).collect();
        let part = usize::from(k % 4 != 0);
        for set in [part, 2] {
            for (span, class) in &gold {
                let c = parts[set].entry(class).or_default();
                c.gold += 1;
                c.right += usize::from(got.get(span) == Some(class));
            }
            for class in got.values() {
                parts[set].entry(class).or_default().got += 1;
            }
        }
        if show && part == 0 {
            let quote = |s: usize, t: usize| {
                let from = text[..s].char_indices().rev().nth(40).map_or(0, |c| c.0);
                let to = text[t..].char_indices().nth(30).map_or(text.len(), |c| t + c.0);
                format!("{} [[{}]] {}", &text[from..s], &text[s..t], &text[t..to]).replace('\n', " ")
            };
            for (span, class) in &gold {
                if got.get(span) != Some(class) {
                    println!("MISS {class}\t{}\t{}", got.get(span).unwrap_or(&"-"), quote(span.0, span.1));
                }
            }
            for (span, class) in &got {
                if gold.get(span) != Some(class) {
                    println!("FALSE {class}\t{}\t{}", gold.get(span).unwrap_or(&"-"), quote(span.0, span.1));
                }
            }
        }
    }
    for (name, set) in ["210", "631", "all"].iter().zip(&parts) {
        let sum = |keys: &[&str]| {
            keys.iter().filter_map(|k| set.get(k)).fold(Count::default(), |a, c| Count {
                right: a.right + c.right,
                got: a.got + c.got,
                gold: a.gold + c.gold,
            })
        };
        let mut line = format!("{name}: four {}", sum(&["PER", "ORG", "LOC", "NORP"]).show());
        for key in ["PER", "ORG", "LOC", "NORP", "DATE", "MONEY"] {
            line += &format!("  {key} {}", sum(&[key]).show());
        }
        eprintln!("{line}  all {}", sum(&["PER", "ORG", "LOC", "NORP", "DATE", "MONEY"]).show());
    }
    eprintln!(
        "{tokens} tokens, {:.2} us a token with sentences, words and trees",
        time * 1e6 / tokens.max(1) as f64
    );
    // The tagger alone, over the same texts five times.
    let texts: Vec<String> = std::fs::read_to_string(data)
        .unwrap_or_default()
        .lines()
        .filter_map(|l| {
            serde_json::from_str::<serde_json::Value>(l).ok()?["text"].as_str().map(str::to_owned)
        })
        .collect();
    let cuts: Vec<_> = texts.iter().map(|t| cut(language, t)).collect();
    let docs: Vec<Vec<NameToken<'_>>> =
        texts.iter().zip(&cuts).map(|(text, cut)| words(text, cut, &mut tagger)).collect();
    let started = std::time::Instant::now();
    for _ in 0..3 {
        for (tokens, cut) in docs.iter().zip(&cuts) {
            model.tag_document(&cut.sentences, tokens, &mut scratch, &mut spans);
        }
    }
    eprintln!(
        "names alone: {:.3} us a token",
        started.elapsed().as_secs_f64() * 1e6 / (3 * tokens).max(1) as f64
    );
    Ok(())
}

/// Prints the names of texts: of files, or of the arguments themselves.
pub fn tag(path: &str, what: &str, language: &Language, seeds: &Seeds) -> Outcome {
    let model = model(path, seeds)?;
    let text = std::fs::read_to_string(what).unwrap_or_else(|_| what.to_owned());
    let mut tagger = Tagger::new(seeds)?;
    let (mut scratch, mut spans) = (NameScratch::default(), Vec::new());
    let (found, _) = tag_text(&model, language, &mut tagger, &text, &mut scratch, &mut spans);
    for ((s, t, label), span) in found.iter().zip(&spans) {
        println!("{label}\t{}\t{}", span.confidence, &text[*s..*t]);
    }
    Ok(())
}
