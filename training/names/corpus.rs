//! Training documents: a text, its tokens, and for each token the labels it may bear.

use std::collections::HashMap;
use std::ops::Range;
use transforms::grammar::{Deprel, Xpos};
use transforms::language::{Language, Scratch};
use transforms::names::{NameToken, judged};
use transforms::network::{Network, NetworkScratch, WordAnalysis};

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

/// Tags sentences with the network, as the program does before it looks for names.
pub struct Tagger {
    network: Network,
    scratch: NetworkScratch,
    analyses: Vec<WordAnalysis>,
}

impl Tagger {
    pub fn new(seeds: &seeds::Seeds) -> Result<Self, Box<dyn std::error::Error>> {
        let network = Network::read(seeds.bytes("models/core.bin")?).map_err(|e| e.to_string())?;
        Ok(Tagger { network, scratch: NetworkScratch::default(), analyses: vec![] })
    }

    /// Appends the tokens of one sentence.
    pub fn sentence<'a>(&mut self, words: &[&'a str], spaced: &[bool], out: &mut Vec<NameToken<'a>>) {
        self.network.analyze(words, &mut self.scratch, &mut self.analyses);
        for (k, text) in words.iter().enumerate() {
            let (tag, relation) =
                self.analyses.get(k).map_or((Xpos::Nn, Deprel::Dep), |a| (a.xpos, a.deprel));
            out.push(NameToken { text, space_before: spaced[k], tag, relation });
        }
    }
}

/// A marked stretch of a text: bytes, and the classes (0 none, 1 person ... 7 other, bit by bit) it may be; no bit: unknown.
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
                if mark.classes & 1 != 0 {
                    *a |= NONE;
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

/// What is known of a name whatever the teachers say: the list of judged names, then the vote of both over all texts.
pub struct Known {
    judged: HashMap<String, u8>,
    votes: HashMap<String, [u32; 8]>,
}

const PLACES: u8 = 1 << 4 | 1 << 5 | 1 << 6;

impl Known {
    fn new(tsv: &str) -> Self {
        let class = |label: &str| match label {
            "PERSON" => 1 << 1,
            "NORP" => 1 << 2,
            "ORG" => 1 << 3,
            "GPE" => PLACES,
            _ => 1 << 7 | 1,
        };
        Known { judged: judged(tsv).map(|(n, l)| (n.to_owned(), class(l))).collect(), votes: HashMap::new() }
    }

    fn vote(&mut self, text: &str, class: u8) {
        let group = if PLACES & 1 << class != 0 { 4 } else { class };
        match self.votes.get_mut(text) {
            Some(v) => v[usize::from(group)] += 1,
            None => {
                let mut v = [0; 8];
                v[usize::from(group)] = 1;
                self.votes.insert(text.to_owned(), v);
            }
        }
    }

    /// The classes a mark may have, given what the teachers agree on (0: they don't).
    fn correct(&self, text: &str, classes: u8, share: f32) -> u8 {
        if let Some(c) = self.judged.get(text) {
            return *c;
        }
        let Some(v) = self.votes.get(text) else { return classes };
        let total: u32 = v.iter().sum();
        let (top, most) = v.iter().enumerate().max_by_key(|x| x.1).map_or((0, 0), |x| (x.0, *x.1));
        if total < 8 || (most as f32) < share * total as f32 || top == 7 {
            return classes;
        }
        let majority = if top == 4 { PLACES } else { 1 << top };
        if classes & majority != 0 {
            classes
        } else if text.contains(' ') || classes == 0 {
            majority
        } else {
            0
        }
    }
}

type Span = (usize, usize, u8);

/// The articles on which two teachers were run: what they agree on counts, the rest is left open. The list of judged
/// names and, for names of which nearly all mentions have one class (at least `share`), that class mend both.
pub fn teachers(language: &Language, work: &str, max_words: usize, tsv: &str, share: f32) -> Vec<Document> {
    let labels: HashMap<String, serde_json::Value> = std::fs::read_to_string(format!("{work}/labels.jsonl"))
        .unwrap_or_default()
        .lines()
        .filter_map(|l| serde_json::from_str::<serde_json::Value>(l).ok())
        .map(|v| (v["id"].as_str().unwrap_or("").to_owned(), v))
        .collect();
    let mut known = Known::new(tsv);
    let mut texts: Vec<(String, Vec<Span>, Vec<Span>)> = Vec::new();
    let mut words = 0;
    for line in std::fs::read_to_string(format!("{work}/raw.jsonl")).unwrap_or_default().lines() {
        let Ok(raw) = serde_json::from_str::<serde_json::Value>(line) else { continue };
        let (id, text) = (raw["id"].as_str().unwrap_or(""), raw["text"].as_str().unwrap_or(""));
        let Some(row) = labels.get(id) else { continue };
        let at = code_points(text);
        let mut read = |key: &str| -> Vec<Span> {
            let mut spans = Vec::new();
            for e in row[key].as_array().into_iter().flatten() {
                let Some(class) = class_of(e[2].as_str().unwrap_or("")) else { continue };
                let (s, t) = (e[0].as_u64().unwrap_or(0) as usize, e[1].as_u64().unwrap_or(0) as usize);
                if let (Some(s), Some(t)) = (at.get(s), at.get(t)) {
                    let (s, t) = trim(text, *s, *t, class);
                    known.vote(&text[s..t], class);
                    spans.push((s, t, class));
                }
            }
            spans
        };
        let (sm, md) = (read("sm"), read("md"));
        words += text.split_whitespace().count();
        if words <= max_words {
            texts.push((text.to_owned(), sm, md));
        }
    }
    let (mut mended, mut total) = (0, 0);
    let mut out = Vec::new();
    for (text, sm, md) in texts {
        let mut marks = Vec::new();
        for a in sm.iter().chain(&md) {
            let same = |b: &&Span| b.0 == a.0 && b.1 == a.1;
            let overlaps = |b: &&Span| b.0 < a.1 && a.0 < b.1;
            let (x, y) = (sm.iter().find(same), md.iter().find(same));
            let agreed = match (x, y) {
                (Some(x), Some(y)) => {
                    let places = |c: u8| PLACES & 1 << c != 0;
                    if x.2 == y.2 || (places(x.2) && places(y.2)) { 1 << x.2 | 1 << y.2 } else { 0 }
                }
                _ => 0,
            };
            // Where the other teacher cuts the name in another way, nothing is known.
            let cut = x.is_none() && sm.iter().any(|b| overlaps(&b))
                || y.is_none() && md.iter().any(|b| overlaps(&b));
            let classes =
                if cut || share > 1.0 { agreed } else { known.correct(&text[a.0..a.1], agreed, share) };
            total += 1;
            mended += usize::from(classes != agreed);
            marks.push(Mark { start: a.0, end: a.1, classes });
        }
        // What is open is marked last, so that it wins over what overlaps.
        marks.sort_by_key(|m| m.classes == 0);
        out.push(document(language, text, &marks, |_| NONE));
    }
    eprintln!("teachers' marks: {total}, mended {mended}");
    out
}
