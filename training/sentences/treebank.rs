//! Reads CoNLL-U treebanks and measures words and sentences against them, as the CoNLL 2018 shared task does: spans
//! over characters without white space. Shared by the training of the sentence model and the treebank test.

#![allow(dead_code, reason = "the test and the training each use a part")]

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::Path;
use transforms::document::Mwt;
use transforms::language::{Language, RawToken, Scratch};

/// A sentence with its words' spans, counted from the sentence's start.
pub struct Gold {
    pub id: String,
    pub text: String,
    pub words: Vec<(usize, usize)>,
    pub new_document: bool,
    pub new_paragraph: bool,
}

/// Reads a treebank; `None` where the file is not there.
pub fn read(path: &Path) -> Option<Vec<Gold>> {
    let text = std::fs::read_to_string(path).ok()?;
    let mut all = Vec::new();
    for block in text.split("\n\n").filter(|b| !b.trim().is_empty()) {
        let mut gold = Gold {
            id: String::new(),
            text: String::new(),
            words: vec![],
            new_document: false,
            new_paragraph: false,
        };
        let (mut at, mut until) = (0, 0);
        for line in block.lines() {
            if let Some(comment) = line.strip_prefix('#') {
                if let Some(text) = comment.strip_prefix(" text = ") {
                    text.clone_into(&mut gold.text);
                } else if let Some(id) = comment.strip_prefix(" sent_id = ") {
                    id.clone_into(&mut gold.id);
                }
                gold.new_document |= comment.starts_with(" newdoc");
                gold.new_paragraph |= comment.starts_with(" newpar");
                continue;
            }
            let cells: Vec<_> = line.split('\t').collect();
            let [id, form, ..] = cells[..] else { continue };
            let length = form.chars().filter(|c| !c.is_whitespace()).count();
            if id.contains('.') {
                continue;
            }
            if let Some((first, last)) = id.split_once('-') {
                let (first, last): (usize, usize) = (first.parse().ok()?, last.parse().ok()?);
                until = last;
                gold.words.extend((first..=last).map(|_| (at, at + length)));
                at += length;
            } else if id.parse::<usize>().ok()? > until {
                gold.words.push((at, at + length));
                at += length;
                until = 0;
            }
            if id.parse() == Ok(until) {
                until = 0;
            }
        }
        all.push(gold);
    }
    Some(all)
}

/// The raw text of a treebank: sentences joined by a space, documents parted by a blank line.
pub fn raw(sentences: &[Gold]) -> String {
    let mut text = String::new();
    for (at, sentence) in sentences.iter().enumerate() {
        if at > 0 && sentence.new_document {
            text.push_str("\n\n");
        }
        text.push_str(&sentence.text);
        text.push(' ');
    }
    text
}

/// Counts of one comparison.
#[derive(Default, Clone, Copy, Debug)]
pub struct Count {
    pub right: usize,
    pub got: usize,
    pub gold: usize,
}

impl Count {
    pub fn f1(self) -> f64 {
        200.0 * self.right as f64 / (self.got + self.gold).max(1) as f64
    }
}

/// For every byte of a text, the number of characters before it that are no white space.
pub fn places(text: &str) -> Vec<usize> {
    let mut places = vec![0; text.len() + 1];
    let mut count = 0;
    for (at, c) in text.char_indices() {
        for slot in &mut places[at..at + c.len_utf8()] {
            *slot = count;
        }
        count += usize::from(!c.is_whitespace());
    }
    places[text.len()] = count;
    places
}

/// The spans of tokens as the scorer counts them: the words of a multiword token all have its whole span.
pub fn spans(tokens: &[RawToken], places: &[usize]) -> Vec<(usize, usize)> {
    let mut spans: Vec<(usize, usize)> =
        tokens.iter().map(|t| (places[t.span.start as usize], places[t.span.end as usize])).collect();
    for (at, token) in tokens.iter().enumerate() {
        if let Mwt::First(n) = token.mwt {
            let last = (at + n as usize).min(spans.len()) - 1;
            let whole = (spans[at].0, spans[last].1);
            spans[at..=last].fill(whole);
        }
    }
    spans
}

/// What a comparison finds.
pub struct Report {
    pub words: Count,
    pub sentences: Count,
    /// Stretches of text whose words or sentence ends differ: gold and got.
    pub differences: Vec<(String, String)>,
}

/// Splits the raw text of a treebank and compares.
pub fn measure(language: &Language, gold: &[Gold]) -> Report {
    let text = raw(gold);
    let (mut scratch, mut tokens, mut sentences) = (Scratch::default(), vec![], vec![]);
    language.split_raw(&text, &mut scratch, &mut tokens, &mut sentences);
    compare(&text, &tokens, &sentences, gold)
}

/// Compares tokens and sentences of a text with gold.
pub fn compare(text: &str, tokens: &[RawToken], sentences: &[Range<u32>], gold: &[Gold]) -> Report {
    let places = places(text);
    let got = spans(tokens, &places);
    let mut words = Vec::new();
    let mut gold_sentences = Vec::new();
    let mut at = 0;
    for sentence in gold {
        words.extend(sentence.words.iter().map(|(s, e)| (at + s, at + e)));
        let end = at + sentence.text.chars().filter(|c| !c.is_whitespace()).count();
        gold_sentences.push((at, end));
        at = end;
    }
    let mut index: HashMap<(usize, usize), usize> = HashMap::new();
    for span in &got {
        *index.entry(*span).or_default() += 1;
    }
    let mut right = 0;
    for span in &words {
        if let Some(n) = index.get_mut(span).filter(|n| **n > 0) {
            *n -= 1;
            right += 1;
        }
    }
    let word_count = Count { right, got: got.len(), gold: words.len() };
    let ends: Vec<(usize, usize)> =
        sentences.iter().map(|r| (got[r.start as usize].0, got[r.end as usize - 1].1)).collect();
    let set: HashSet<_> = gold_sentences.iter().collect();
    let right = ends.iter().filter(|e| set.contains(e)).count();
    let sentence_count = Count { right, got: ends.len(), gold: gold_sentences.len() };
    let differences = differences(text, &places, &words, &got, &gold_sentences, &ends);
    Report { words: word_count, sentences: sentence_count, differences }
}

/// The white-space separated stretches on which gold and got differ, sentence ends shown as `‖`.
fn differences(
    text: &str,
    places: &[usize],
    gold: &[(usize, usize)],
    got: &[(usize, usize)],
    gold_ends: &[(usize, usize)],
    got_ends: &[(usize, usize)],
) -> Vec<(String, String)> {
    let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut space: HashSet<usize> = HashSet::new();
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            space.insert(places[at]);
        }
    }
    let show = |words: &[(usize, usize)], ends: &[(usize, usize)]| {
        let ends: HashSet<usize> = ends.iter().map(|e| e.1).collect();
        let mut out: Vec<(usize, String)> = Vec::new();
        let mut last = (usize::MAX, 0);
        for &(start, end) in words {
            let repeated = (start, end) == last;
            let form: String = if repeated {
                "+".into()
            } else {
                chars[start.min(chars.len())..end.min(chars.len())].iter().collect()
            };
            last = (start, end);
            let mark = if ends.contains(&end) { " ‖" } else { "" };
            if !repeated && space.contains(&start) || out.is_empty() {
                out.push((start, format!("{form}{mark}")));
            } else if let Some(text) = out.last_mut() {
                text.1 += &format!(" {form}{mark}");
            }
        }
        out
    };
    let (gold, got) = (show(gold, gold_ends), show(got, got_ends));
    let got_at: HashMap<usize, &String> = got.iter().map(|(at, t)| (*at, t)).collect();
    let mut found = Vec::new();
    for (n, (at, text)) in gold.iter().enumerate() {
        let other = got_at.get(at).map_or("", |t| t.as_str());
        if other != text {
            let around = |i: usize| gold.get(i).map_or("", |g| g.1.as_str());
            let before = format!("{} {}", around(n.wrapping_sub(2)), around(n.wrapping_sub(1)));
            found.push((format!("{before} [{text}] {} {}", around(n + 1), around(n + 2)), other.to_owned()));
        }
    }
    found
}
