//! Word clusters by context: exchange moves of words between classes that keep most of what the neighbours say.

use crate::corpus::cut;
use std::collections::HashMap;
use std::fmt::Write as _;
use transforms::language::Language;

const WORDS: usize = 48_000;
const CONTEXTS: usize = 6_000;
const ROUNDS: usize = 8;

/// Clusters the most frequent words of `raw` (JSON lines with `text`), cased, and writes `word TAB class`.
pub fn run(language: &Language, raw: &str, out: &str, classes: usize) {
    let mut counts: HashMap<String, u32> = HashMap::new();
    let text = std::fs::read_to_string(raw).unwrap_or_default();
    let each = |visit: &mut dyn FnMut(&[&str])| {
        for line in text.lines() {
            let Ok(doc) = serde_json::from_str::<serde_json::Value>(line) else { continue };
            let body = doc["text"].as_str().unwrap_or("");
            let cut = cut(language, body);
            for s in &cut.sentences {
                let words: Vec<&str> = cut.tokens[s.clone()].iter().map(|t| &body[t.clone()]).collect();
                visit(&words);
            }
        }
    };
    each(&mut |words| {
        words.iter().for_each(|w| match counts.get_mut(*w) {
            Some(n) => *n += 1,
            None => drop(counts.insert((*w).to_owned(), 1)),
        })
    });
    let mut order: Vec<(&String, u32)> = counts.iter().map(|(w, n)| (w, *n)).filter(|x| x.1 >= 4).collect();
    order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    order.truncate(WORDS);
    let id: HashMap<&str, u32> = order.iter().zip(0..).map(|(x, k)| (x.0.as_str(), k)).collect();
    eprintln!("{} words of {} forms", order.len(), counts.len());
    // Context features: the word before and the word after; the edge of the sentence counts as one.
    let mut seen: HashMap<u64, u32> = HashMap::new();
    each(&mut |words| {
        let context = |k: usize| {
            words.get(k).map_or(Some(0), |w| id.get(w).filter(|c| (**c as usize) < CONTEXTS).map(|c| c + 1))
        };
        for (k, w) in words.iter().enumerate() {
            let Some(&w) = id.get(w) else { continue };
            if let Some(c) = context(k.wrapping_sub(1)) {
                *seen.entry(u64::from(w) << 32 | u64::from(c * 2)).or_default() += 1;
            }
            if let Some(c) = context(k + 1) {
                *seen.entry(u64::from(w) << 32 | u64::from(c * 2 + 1)).or_default() += 1;
            }
        }
    });
    let mut features: Vec<Vec<(u32, u32)>> = vec![vec![]; order.len()];
    for (key, n) in seen {
        features[(key >> 32) as usize].push((key as u32, n));
    }
    features.iter_mut().for_each(|f| f.sort_unstable());
    let logs: Vec<f32> =
        (0..1 << 20).map(|n| if n == 0 { 0.0 } else { n as f32 * (n as f32).ln() }).collect();
    let x = |n: u32| logs.get(n as usize).copied().unwrap_or_else(|| n as f32 * (n as f32).ln());
    let mut class: Vec<usize> = (0..order.len()).map(|k| k % classes).collect();
    let mut table = vec![0u32; (CONTEXTS + 1) * 2 * classes];
    let mut mass = vec![0u32; classes];
    for (w, f) in features.iter().enumerate() {
        for (c, n) in f {
            table[*c as usize * classes + class[w]] += n;
            mass[class[w]] += n;
        }
    }
    let mut gain = vec![0.0f32; classes];
    for round in 0..ROUNDS {
        let mut moved = 0;
        for w in 0..order.len() {
            let total: u32 = features[w].iter().map(|f| f.1).sum();
            if total == 0 {
                continue;
            }
            for (c, n) in &features[w] {
                table[*c as usize * classes + class[w]] -= n;
            }
            mass[class[w]] -= total;
            for (g, m) in gain.iter_mut().zip(&mass) {
                *g = x(*m) - x(*m + total);
            }
            for (c, n) in &features[w] {
                let row = &table[*c as usize * classes..][..classes];
                for (g, m) in gain.iter_mut().zip(row) {
                    *g += if *m == 0 { x(*n) } else { x(*m + n) - x(*m) };
                }
            }
            let best = (0..classes).fold(class[w], |b, k| if gain[k] > gain[b] + 1e-3 { k } else { b });
            moved += usize::from(best != class[w]);
            class[w] = best;
            for (c, n) in &features[w] {
                table[*c as usize * classes + best] += n;
            }
            mass[best] += total;
        }
        eprintln!("round {} moved {moved}", round + 1);
        let lines = order.iter().zip(&class).fold(String::new(), |mut s, (o, c)| {
            let _ = writeln!(s, "{}\t{}", o.0, c + 1);
            s
        });
        std::fs::write(out, lines).unwrap_or_else(|e| eprintln!("{out}: {e}"));
    }
}
