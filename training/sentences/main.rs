//! Trains the sentence model: logistic regression with few features kept, over the gaps between the words of UD
//! English EWT and GUM whose line ends are lost.
//!
//! `cargo run --release -p columnist-transforms --example train_sentences -- TREEBANKS OUT` reads `ewt-train.conllu`
//! and `gum-train.conllu` below TREEBANKS, writes the weights to OUT and prints the scores on the dev treebanks.
//! The same treebanks give the same weights. `-- TREEBANKS --differences ewt-dev` shows where the shipped model errs.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a trainer reads and writes files")]

mod treebank;

use seeds::Seeds;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;
use transforms::language::{Atom, Breaks, Gaps, Language, SCALE, TEMPLATES, atom_texts, folded};
use treebank::Gold;

/// How often the samples are gone through.
const EPOCHS: usize = 10;
/// From this pass on the weights are averaged.
const AVERAGED: usize = 5;
/// Chance in 65,536 that a feature of a sample is left out, so that none is relied on alone.
const DROP: u64 = 19_661;
/// Strength of the pull to zero, per sample, and the learning rate of FTRL-proximal (McMahan et al. 2013).
const L1: f32 = 2.0;
const L2: f32 = 1.0;
const RATE: f32 = 0.3;
/// Features seen less often are not learnt.
const COUNT_MIN: u32 = 2;

type Feature = (usize, [Atom; 4]);

#[derive(Default)]
struct Samples {
    index: HashMap<Feature, u32>,
    features: Vec<Feature>,
    counts: Vec<u32>,
    /// Features of all gaps, one after the other; a gap ends where the next begins.
    columns: Vec<u32>,
    gaps: Vec<(usize, bool)>,
    texts: HashMap<Atom, String>,
}

impl Samples {
    /// Adds the gaps of one document, as it stands and, with `shout`, in capitals.
    fn add(&mut self, language: &Language, document: &[Gold], shout: bool) {
        let mut text = treebank::raw(document);
        if shout {
            text = text.chars().map(|c| if c.is_ascii() { c.to_ascii_uppercase() } else { c }).collect();
        }
        let mut tokens = Vec::new();
        language.tokenize(&text, 0..text.len() as u32, &mut tokens);
        let places = treebank::places(&text);
        let mut starts = std::collections::HashSet::new();
        let mut at = 0;
        for sentence in document {
            starts.insert(at);
            at += sentence.text.chars().filter(|c| !c.is_whitespace()).count();
        }
        for token in &tokens {
            let form = token.span.of(&text).as_bytes();
            for part in [form, &form[form.len().saturating_sub(3)..]] {
                self.texts.entry(Atom::word(part)).or_insert_with(|| folded(part));
            }
        }
        let (index, features, counts, columns, gaps) =
            (&mut self.index, &mut self.features, &mut self.counts, &mut self.columns, &mut self.gaps);
        let columns = std::cell::RefCell::new(columns);
        Gaps::default().visit(
            language,
            &text,
            &tokens,
            Breaks::Lost,
            |_, template, atoms| {
                let next = features.len() as u32;
                let column = *index.entry((template, atoms)).or_insert_with(|| {
                    features.push((template, atoms));
                    counts.push(0);
                    next
                });
                counts[column as usize] += 1;
                columns.borrow_mut().push(column);
            },
            |gap| {
                let ends = starts.contains(&places[tokens[gap].span.start as usize]);
                gaps.push((columns.borrow().len(), ends));
                ends
            },
        );
    }

    /// Learns a weight for every feature.
    fn train(&self) -> (f32, Vec<f32>) {
        let size = self.features.len() + 1;
        let bias = size - 1;
        let (mut z, mut n) = (vec![0.0_f32; size], vec![0.0_f32; size]);
        let weight = |z: f32, n: f32, l1: f32| {
            if z.abs() <= l1 { 0.0 } else { (z.signum() * l1 - z) / ((1.0 + n.sqrt()) / RATE + L2) }
        };
        let mut sums = vec![0.0_f32; size];
        let mut active: Vec<usize> = Vec::new();
        let mut order: Vec<usize> = (0..self.gaps.len()).collect();
        let mut random = 0x2545_f491_4f6c_dd1d_u64;
        for epoch in 0..EPOCHS {
            for at in (1..order.len()).rev() {
                random ^= random << 13;
                random ^= random >> 7;
                random ^= random << 17;
                order.swap(at, (random % (at as u64 + 1)) as usize);
            }
            let mut loss = 0.0;
            for &sample in &order {
                let start = if sample == 0 { 0 } else { self.gaps[sample - 1].0 };
                let (end, ends) = self.gaps[sample];
                let mut sum = weight(z[bias], n[bias], 0.0);
                active.clear();
                for &column in &self.columns[start..end] {
                    let column = column as usize;
                    random ^= random << 13;
                    random ^= random >> 7;
                    random ^= random << 17;
                    if self.counts[column] >= COUNT_MIN && (random >> 20 & 0xffff) >= DROP {
                        active.push(column);
                        sum += weight(z[column], n[column], L1);
                    }
                }
                let chance = 1.0 / (1.0 + (-sum).exp());
                let gradient = chance - f32::from(u8::from(ends));
                loss -= (if ends { chance } else { 1.0 - chance }).max(1e-7).ln();
                if gradient.abs() < 1e-4 {
                    continue;
                }
                let mut update = |column: usize, l1: f32| {
                    let w = weight(z[column], n[column], l1);
                    let more = n[column] + gradient * gradient;
                    z[column] += gradient - (more.sqrt() - n[column].sqrt()) / RATE * w;
                    n[column] = more;
                };
                update(bias, 0.0);
                for &column in &active {
                    update(column, L1);
                }
            }
            if epoch >= AVERAGED {
                for (column, sum) in sums.iter_mut().enumerate() {
                    *sum += weight(z[column], n[column], if column == bias { 0.0 } else { L1 });
                }
            }
            println!("epoch {epoch}: loss {:.5} a gap", loss / self.gaps.len() as f32);
        }
        let times = (EPOCHS - AVERAGED) as f32;
        let keep = 1.0 - DROP as f32 / 65_536.0;
        (sums[bias] / times, sums[..bias].iter().map(|sum| keep * sum / times).collect())
    }

    /// The file of weights.
    fn write(&self, bias: f32, weights: &[f32]) -> String {
        let mut texts: HashMap<Atom, String> = atom_texts().collect();
        texts.extend(self.texts.iter().map(|(a, t)| (*a, t.clone())));
        texts.extend(atom_texts());
        let mut rows = Vec::new();
        for ((template, atoms), weight) in self.features.iter().zip(weights) {
            let value = (weight * SCALE).round().clamp(-30_000.0, 30_000.0) as i32;
            if value.abs() < 4 {
                continue;
            }
            let used = atoms.iter().rposition(|a| *a != Atom::default()).map_or(0, |n| n + 1);
            let names: Vec<&str> =
                atoms[..used].iter().map(|a| texts.get(a).map_or("", String::as_str)).collect();
            // What a table of words parted by spaces can't hold is left out; it is rare.
            if names
                .iter()
                .any(|n| n.is_empty() || n.contains(|c: char| c.is_whitespace() || c == '\u{fffd}'))
            {
                continue;
            }
            rows.push(format!("{} {}\t{value}", TEMPLATES[*template], names.join(" ")));
        }
        rows.sort();
        let mut out = String::from(
            "# Weights of the sentence model: features of a gap between two tokens, weights in 64ths of log odds.\n\
             # Generated by training/sentences from the train parts of UD English EWT (CC BY-SA 4.0) and UD English\n\
             # GUM (CC BY 4.0 and CC BY-SA 4.0 by genre); this file is CC BY-SA 4.0. Don't edit by hand.\n\
             feature\tweight\n",
        );
        let _ = writeln!(out, "bias\t{}", (bias * SCALE).round() as i32);
        for row in rows {
            out.push_str(&row);
            out.push('\n');
        }
        out
    }
}

/// Prints scores on the dev treebanks.
fn report(folder: &Path, language: &Language) {
    for name in ["ewt-dev", "gum-dev"] {
        let Some(gold) = treebank::read(&folder.join(format!("{name}.conllu"))) else { continue };
        let got = treebank::measure(language, &gold);
        let (words, sentences) = (got.words, got.sentences);
        println!(
            "{name}: words {:.2}  sentences {:.2} ({} right of {} got, {} gold)",
            words.f1(),
            sentences.f1(),
            sentences.right,
            sentences.got,
            sentences.gold
        );
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, folder, out, rest @ ..] = &arguments[..] else {
        return Err("usage: train_sentences TREEBANKS OUT | TREEBANKS --differences NAME".into());
    };
    let folder = Path::new(folder);
    let mut seeds = Seeds::embedded();
    let language = Language::load(&seeds)?;
    if out == "--show" {
        // One paragraph a line, shown with `|` between sentences and `_` between tokens without a space.
        let text = std::fs::read_to_string(folder)?;
        let (mut scratch, mut tokens, mut sentences) = (Default::default(), vec![], vec![]);
        for line in text.lines() {
            tokens.clear();
            sentences.clear();
            language.split(
                line,
                0..line.len() as u32,
                Breaks::Kept,
                &mut scratch,
                &mut tokens,
                &mut sentences,
            );
            let mut shown = String::new();
            for range in &sentences {
                for token in &tokens[range.start as usize..range.end as usize] {
                    shown.push_str(token.span.of(line));
                    shown.push(if token.space_after { ' ' } else { '_' });
                }
                shown.push_str("| ");
            }
            println!("{}", shown.trim_end_matches("| "));
        }
        return Ok(());
    }
    if out == "--speed" {
        let text = std::fs::read_to_string(folder)?;
        let (mut scratch, mut tokens, mut sentences) = (Default::default(), vec![], vec![]);
        for breaks in [Breaks::Kept, Breaks::Lost] {
            let (mut count, clock) = (0, std::time::Instant::now());
            for line in text.lines() {
                tokens.clear();
                sentences.clear();
                language.split(line, 0..line.len() as u32, breaks, &mut scratch, &mut tokens, &mut sentences);
                count += tokens.len();
            }
            let seconds = clock.elapsed().as_secs_f64();
            println!("{breaks:?}: {count} tokens, {:.2} million a second", count as f64 / seconds / 1e6);
        }
        return Ok(());
    }
    if out == "--differences" {
        let name = rest.first().map_or("ewt-dev", String::as_str);
        let gold = treebank::read(&folder.join(format!("{name}.conllu"))).ok_or("no such treebank")?;
        let got = treebank::measure(&language, &gold);
        for (gold, got) in &got.differences {
            println!("{gold}\t{got}");
        }
        println!("words {:.2} sentences {:.2}", got.words.f1(), got.sentences.f1());
        return Ok(());
    }
    let mut samples = Samples::default();
    for name in ["ewt-train", "gum-train"] {
        let gold = treebank::read(&folder.join(format!("{name}.conllu"))).ok_or("no training treebank")?;
        let mut start = 0;
        let mut number = 0;
        for end in 1..=gold.len() {
            if end == gold.len() || gold[end].new_document {
                samples.add(&language, &gold[start..end], false);
                // Telegrams and headlines in capitals: a copy of every fourth edited text.
                let edited = ["weblog", "newsgroup", "GUM_news", "GUM_bio", "GUM_voyage"];
                if number % 4 == 0 && edited.iter().any(|g| gold[start].id.starts_with(g)) {
                    samples.add(&language, &gold[start..end], true);
                }
                start = end;
                number += 1;
            }
        }
    }
    println!("{} gaps, {} features", samples.gaps.len(), samples.features.len());
    let (bias, weights) = samples.train();
    let file = samples.write(bias, &weights);
    println!("{} weights, {} bytes", file.lines().count(), file.len());
    std::fs::write(out, &file)?;
    seeds.overlay("models/sentences.tsv", file.into_bytes());
    report(folder, &Language::load(&seeds)?);
    Ok(())
}
