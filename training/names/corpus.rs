//! Training documents: a text, its tokens, and for each token the labels it may bear.

use std::collections::HashMap;
use std::ops::Range;
use transforms::language::{Language, Scratch};

/// Every label is possible.
pub const ANY: u16 = 0x7FFF;
/// No name.
pub const NONE: u16 = 1;

/// Tokens (bytes, and whether white space stands before) and sentences (ranges of tokens) of a text.
#[derive(Clone, Default)]
pub struct Cut {
    pub tokens: Vec<Range<usize>>,
    pub spaced: Vec<bool>,
    pub sentences: Vec<Range<usize>>,
}

pub fn cut(language: &Language, text: &str) -> Cut {
    let (mut scratch, mut tokens, mut sentences) = (Scratch::default(), vec![], vec![]);
    language.split_raw(text, &mut scratch, &mut tokens, &mut sentences);
    let spaced = (0..tokens.len()).map(|k| k == 0 || tokens[k - 1].space_after).collect();
    Cut {
        tokens: tokens.iter().map(|t| t.span.start as usize..t.span.end as usize).collect(),
        spaced,
        sentences: sentences.iter().map(|s| s.start as usize..s.end as usize).collect(),
    }
}

/// A marked stretch of a text: bytes, and the classes (1 person ... 7 other, bit by bit) it may be; 0: unknown.
#[derive(Clone, Debug)]
pub struct Mark {
    pub start: usize,
    pub end: usize,
    pub classes: u8,
}

#[derive(Clone, Default)]
pub struct Document {
    pub text: String,
    pub cut: Cut,
    pub allowed: Vec<u16>,
}

pub fn class_of(label: &str) -> Option<u8> {
    Some(match label {
        "PERSON" => 1,
        "NORP" => 2,
        "ORG" => 3,
        "GPE" => 4,
        "LOC" => 5,
        "FAC" => 6,
        "PRODUCT" | "EVENT" | "WORK_OF_ART" | "LAW" | "LANGUAGE" => 7,
        _ => return None,
    })
}

const LEADS: &[&str] = &[
    "the ",
    "a ",
    "an ",
    "mr. ",
    "mr ",
    "mrs. ",
    "mrs ",
    "ms. ",
    "ms ",
    "dr. ",
    "dr ",
    "sir ",
    "prof. ",
    "prof ",
    "professor ",
    "president ",
    "prime minister ",
    "gen. ",
    "lt. ",
    "col. ",
    "capt. ",
    "maj. ",
    "sen. ",
    "rep. ",
    "general ",
    "chairman ",
    "minister ",
    "king ",
    "queen ",
    "prince ",
    "senator ",
    "gov. ",
    "governor ",
    "justice ",
    "sheikh ",
    "brig. ",
    "colonel ",
    "captain ",
    "major ",
    "advocate ",
    "adv. ",
    "rev. ",
    "pastor ",
    "judge ",
    "lord ",
];

/// Cuts a leading article or (for people) title and a final possessive or mark off a span.
pub fn trim(text: &str, mut start: usize, mut end: usize, class: u8) -> (usize, usize) {
    loop {
        let piece = &text[start..end];
        let lower = piece.to_lowercase();
        let cut = LEADS
            .iter()
            .enumerate()
            .find(|(k, l)| (*k < 3 || class == 1) && lower.starts_with(**l) && lower.len() > l.len());
        let Some((_, lead)) = cut else { break };
        if !piece.is_char_boundary(lead.len()) || lower.len() != piece.len() {
            break;
        }
        start += lead.len();
    }
    loop {
        let piece = &text[start..end];
        let shorter = piece
            .strip_suffix("'s")
            .or_else(|| piece.strip_suffix("’s"))
            .or_else(|| piece.strip_suffix(['\'', '’', ',', ';', ':', ' ', '\n', '"', '”']));
        match shorter {
            Some(s) if !s.is_empty() => end = start + s.len(),
            _ => break,
        }
    }
    (start, end)
}

/// Byte offsets of every code point, and the end.
pub fn code_points(text: &str) -> Vec<usize> {
    text.char_indices().map(|c| c.0).chain([text.len()]).collect()
}

pub fn document(
    language: &Language,
    text: String,
    marks: &[Mark],
    outside: impl Fn(&str) -> u16,
) -> Document {
    let cut = cut(language, &text);
    let mut allowed: Vec<u16> = cut.tokens.iter().map(|t| outside(&text[t.clone()])).collect();
    for mark in marks {
        let mut first = true;
        for (t, a) in cut.tokens.iter().zip(allowed.iter_mut()) {
            if t.start < mark.end && t.end > mark.start {
                *a = 0;
                if mark.classes == 0 {
                    *a = ANY;
                }
                for class in (1..8).filter(|c| mark.classes & 1 << c != 0) {
                    *a |= 1 << if first { class * 2 - 1 } else { class * 2 };
                }
                first = false;
            }
        }
    }
    Document { text, cut, allowed }
}

/// The articles on which two teachers were run: what they agree on counts, the rest is left open.
pub fn teachers(language: &Language, work: &str, max_words: usize) -> Vec<Document> {
    let labels: HashMap<String, serde_json::Value> = std::fs::read_to_string(format!("{work}/labels.jsonl"))
        .unwrap_or_default()
        .lines()
        .filter_map(|l| serde_json::from_str::<serde_json::Value>(l).ok())
        .map(|v| (v["id"].as_str().unwrap_or("").to_owned(), v))
        .collect();
    let mut out = Vec::new();
    let mut words = 0;
    for line in std::fs::read_to_string(format!("{work}/raw.jsonl")).unwrap_or_default().lines() {
        let Ok(raw) = serde_json::from_str::<serde_json::Value>(line) else { continue };
        let (id, text) = (raw["id"].as_str().unwrap_or(""), raw["text"].as_str().unwrap_or(""));
        let Some(row) = labels.get(id) else { continue };
        let at = code_points(text);
        let read = |key: &str| -> Vec<(usize, usize, u8)> {
            let mut spans = Vec::new();
            for e in row[key].as_array().into_iter().flatten() {
                let Some(class) = class_of(e[2].as_str().unwrap_or("")) else { continue };
                let (s, t) = (e[0].as_u64().unwrap_or(0) as usize, e[1].as_u64().unwrap_or(0) as usize);
                if let (Some(s), Some(t)) = (at.get(s), at.get(t)) {
                    let (s, t) = trim(text, *s, *t, class);
                    spans.push((s, t, class));
                }
            }
            spans
        };
        let (sm, md) = (read("sm"), read("md"));
        let mut marks = Vec::new();
        for a in sm.iter().chain(&md) {
            let same = |b: &&(usize, usize, u8)| b.0 == a.0 && b.1 == a.1;
            if let (Some(x), Some(y)) = (sm.iter().find(same), md.iter().find(same)) {
                let places = |c: u8| c == 4 || c == 5 || c == 6;
                let agreed = x.2 == y.2 || (places(x.2) && places(y.2));
                let classes = if agreed { 1 << x.2 | 1 << y.2 } else { 0 };
                marks.push(Mark { start: a.0, end: a.1, classes });
            } else {
                marks.push(Mark { start: a.0, end: a.1, classes: 0 });
            }
        }
        // What is open is marked last, so that it wins over what overlaps.
        marks.sort_by_key(|m| m.classes == 0);
        let doc = document(language, text.to_owned(), &marks, |_| NONE);
        words += doc.cut.tokens.len();
        out.push(doc);
        if words > max_words {
            break;
        }
    }
    out
}
