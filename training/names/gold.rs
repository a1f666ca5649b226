//! Hand-annotated corpora, each with what its own scheme leaves open.

use crate::corpus::{ANY, Document, Mark, NONE, document};
use std::collections::HashMap;
use transforms::language::Language;

const PLACE: u8 = 1 << 4 | 1 << 5 | 1 << 6;
const NORP_OR_MISC: u16 = 0b110_0000_0001_1001 & 0x7FFF;

/// A sentence of tokens with the classes of their spans (first token, past the last, classes).
struct Sentence {
    tokens: Vec<String>,
    spans: Vec<(usize, usize, u8)>,
    open: Vec<usize>,
}

/// Joins tokens into a text as English is written, near enough.
fn join(sentences: &[Sentence]) -> (String, Vec<Mark>) {
    let (mut text, mut marks) = (String::new(), Vec::new());
    for s in sentences {
        let mut places = Vec::new();
        let mut glue = true;
        for token in &s.tokens {
            let token = match token.as_str() {
                "-LRB-" => "(",
                "-RRB-" => ")",
                "``" | "''" => "\"",
                t => t,
            };
            let tight = matches!(
                token,
                "," | "."
                    | ";"
                    | ":"
                    | ")"
                    | "?"
                    | "!"
                    | "%"
                    | "'s"
                    | "n't"
                    | "'re"
                    | "'ve"
                    | "'ll"
                    | "'"
                    | "'d"
                    | "'m"
            );
            if !glue && !tight {
                text.push(' ');
            }
            glue = matches!(token, "(" | "$" | "£");
            places.push((text.len(), text.len() + token.len()));
            text.push_str(token);
        }
        text.push('\n');
        for &(a, b, classes) in &s.spans {
            marks.push(Mark { start: places[a].0, end: places[b - 1].1, classes });
        }
        for &k in &s.open {
            marks.push(Mark { start: places[k].0, end: places[k].1, classes: 0 });
        }
    }
    (text, marks)
}

fn documents(
    language: &Language,
    sentences: Vec<Sentence>,
    outside: impl Fn(&str) -> u16,
    out: &mut Vec<Document>,
) {
    for group in sentences.chunks(30) {
        let (text, marks) = join(group);
        out.push(document(language, text, &marks, &outside));
    }
}

/// Column files: a token and its tag on each line, an empty line between sentences. `classes` of a tag's name.
fn columns(path: &str, token: usize, tag: usize, classes: impl Fn(&str, &str) -> u8) -> Vec<Sentence> {
    let mut out = Vec::new();
    let mut now = Sentence { tokens: vec![], spans: vec![], open: vec![] };
    let mut last = String::new();
    for line in std::fs::read_to_string(path).unwrap_or_default().lines().chain([""]) {
        if line.starts_with("# ") {
            continue;
        }
        let cells: Vec<&str> = line.split(['\t', ' ']).collect();
        let (Some(word), Some(label)) = (cells.get(token), cells.get(tag)) else {
            if !now.tokens.is_empty() {
                out.push(std::mem::replace(
                    &mut now,
                    Sentence { tokens: vec![], spans: vec![], open: vec![] },
                ));
            }
            last.clear();
            continue;
        };
        let k = now.tokens.len();
        now.tokens.push((*word).to_owned());
        let (mark, kind) = label.split_once('-').unwrap_or(("O", ""));
        if mark == "O" {
            last.clear();
        } else if mark == "I" && last == kind {
            if let Some(s) = now.spans.last_mut() {
                s.1 = k + 1;
            }
        } else {
            now.spans.push((k, k + 1, classes(kind, word)));
            last = kind.to_owned();
        }
    }
    out
}

/// Wikinews: mentions that are names by their capitals, with the class of the thing they refer to.
fn meantime(path: &std::path::Path) -> Vec<Sentence> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let attribute = |line: &str, name: &str| -> String {
        let key = format!(" {name}=\"");
        line.find(&key)
            .map_or(String::new(), |k| line[k + key.len()..].split('"').next().unwrap_or("").to_owned())
    };
    let mut sentences: Vec<Sentence> = Vec::new();
    let mut place: HashMap<String, (usize, usize)> = HashMap::new();
    let mut mentions: Vec<(String, Vec<String>)> = Vec::new();
    let mut kinds: HashMap<String, String> = HashMap::new();
    let mut refers: HashMap<String, String> = HashMap::new();
    let (mut sources, mut inside) = (Vec::new(), "");
    for line in text.lines().map(str::trim) {
        if line.starts_with("<token ") {
            let n: usize = attribute(line, "sentence").parse().unwrap_or(0);
            while sentences.len() <= n {
                sentences.push(Sentence { tokens: vec![], spans: vec![], open: vec![] });
            }
            let word = line.split_once('>').and_then(|(_, r)| r.split_once('<')).map_or("", |x| x.0);
            place.insert(attribute(line, "t_id"), (n, sentences[n].tokens.len()));
            sentences[n].tokens.push(word.replace("&amp;", "&").replace("&quot;", "\""));
        } else if line.starts_with("<ENTITY_MENTION ") {
            inside = "mention";
            mentions.push((attribute(line, "m_id"), vec![]));
        } else if line.starts_with("<token_anchor ") && inside == "mention" {
            if let Some(m) = mentions.last_mut() {
                m.1.push(attribute(line, "t_id"));
            }
        } else if line.starts_with("<ENTITY ") {
            kinds.insert(attribute(line, "m_id"), attribute(line, "ent_type"));
        } else if line.starts_with("<REFERS_TO ") {
            inside = "refers";
            sources.clear();
        } else if line.starts_with("<source ") && inside == "refers" {
            sources.push(attribute(line, "m_id"));
        } else if line.starts_with("<target ") && inside == "refers" {
            let target = attribute(line, "m_id");
            sources.drain(..).for_each(|s| drop(refers.insert(s, target.clone())));
        } else if line.starts_with("</") {
            inside = "";
        }
    }
    let mut spans: Vec<(usize, usize, usize, u8)> = Vec::new();
    for (id, anchors) in &mentions {
        let mut at: Vec<(usize, usize)> = anchors.iter().filter_map(|a| place.get(a).copied()).collect();
        at.sort_unstable();
        let (Some(&(n, mut a)), Some(&(_, last))) = (at.first(), at.last()) else { continue };
        let words = &sentences[n].tokens;
        if matches!(words[a].as_str(), "the" | "The") && a < last {
            a += 1;
        }
        let capital = |w: &str| w.starts_with(|c: char| c.is_uppercase());
        let name = capital(&words[a])
            && capital(&words[last])
            && words[a..=last]
                .iter()
                .all(|w| capital(w) || matches!(w.as_str(), "of" | "and" | "the" | "for" | "&" | "de"));
        let stop = matches!(
            words[a].as_str(),
            "He" | "It" | "She" | "They" | "This" | "We" | "I" | "His" | "Its" | "That" | "Their" | "These"
        );
        let classes = match refers.get(id).and_then(|t| kinds.get(t)).map_or("", String::as_str) {
            "PER" => 1 << 1,
            "ORG" => 1 << 3,
            "LOC" => PLACE,
            "PRO" => 1 << 7,
            _ => 0,
        };
        if name && !stop && classes != 0 {
            spans.push((n, a, last + 1, classes));
        }
    }
    // The longest mention wins where several overlap.
    spans.sort_by_key(|s| std::cmp::Reverse(s.2 - s.1));
    for (n, a, b, classes) in spans {
        if sentences[n].spans.iter().all(|s| s.1 <= a || b <= s.0) {
            sentences[n].spans.push((a, b, classes));
        }
    }
    sentences.retain(|s| !s.tokens.is_empty());
    sentences
}

/// GUM: proper nouns inside the smallest entity span around them.
fn gum(path: &str) -> Vec<Sentence> {
    let mut out = Vec::new();
    let mut now = Sentence { tokens: vec![], spans: vec![], open: vec![] };
    let mut proper: Vec<bool> = vec![];
    let mut stack: Vec<(String, usize, String, bool)> = vec![];
    let mut found: Vec<(usize, usize, String, bool)> = vec![];
    for line in std::fs::read_to_string(path).unwrap_or_default().lines().chain([""]) {
        if line.starts_with('#') {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() < 10 {
            if !now.tokens.is_empty() {
                found.sort_by_key(|f| f.1 - f.0);
                let mut covered = vec![false; proper.len()];
                for (a, b, kind, linked) in found.drain(..) {
                    let (mut a, b) = (a, b);
                    if matches!(now.tokens[a].as_str(), "the" | "The") {
                        a += 1;
                    }
                    let capital = |k: usize| now.tokens[k].starts_with(|c: char| c.is_uppercase());
                    let all = a < b
                        && proper[a]
                        && proper[b - 1]
                        && (a..b).all(|k| {
                            proper[k]
                                || matches!(now.tokens[k].as_str(), "of" | "and" | "the" | "for" | "&" | "-")
                        });
                    let title = all && a < b && (a..b).any(|k| !capital(k) && proper[k]);
                    let classes = match kind.as_str() {
                        "person" => 1 << 1,
                        "place" => PLACE,
                        "organization" => 1 << 3,
                        "time" => 0,
                        _ => 1 << 7,
                    };
                    if all
                        && !title
                        && classes != 0
                        && !covered[a..b].iter().any(|c| *c)
                        && (linked || b - a > 1 || kind == "person" || kind == "place")
                    {
                        covered[a..b].fill(true);
                        now.spans.push((a, b, classes));
                    }
                }
                for k in 0..proper.len() {
                    if !covered[k]
                        && now.tokens[k].starts_with(|c: char| c.is_uppercase())
                        && (proper[k] || k > 0)
                    {
                        now.open.push(k);
                    }
                }
                out.push(std::mem::replace(
                    &mut now,
                    Sentence { tokens: vec![], spans: vec![], open: vec![] },
                ));
                proper.clear();
                stack.clear();
            }
            continue;
        }
        if cells[0].contains(['-', '.']) {
            continue;
        }
        let k = now.tokens.len();
        now.tokens.push(cells[1].to_owned());
        proper.push(cells[3] == "PROPN");
        let Some(entity) = cells[9].split('|').find_map(|f| f.strip_prefix("Entity=")) else { continue };
        let mut rest = entity;
        while !rest.is_empty() {
            if let Some(tail) = rest.strip_prefix('(') {
                let stop = tail.find(['(', ')']).unwrap_or(tail.len());
                let fields: Vec<&str> = tail[..stop].splitn(7, '-').collect();
                let id = fields.first().copied().unwrap_or("").to_owned();
                let kind = fields.get(1).copied().unwrap_or("").to_owned();
                let linked = fields.get(6).is_some();
                if tail[stop..].starts_with(')') {
                    found.push((k, k + 1, kind, linked));
                    rest = &tail[stop + 1..];
                } else {
                    stack.push((id, k, kind, linked));
                    rest = &tail[stop..];
                }
            } else {
                let stop = rest.find(')').unwrap_or(rest.len());
                let id = rest[..stop].trim_start_matches(')');
                if let Some(p) = stack.iter().rposition(|s| s.0 == id) {
                    let (_, a, kind, linked) = stack.remove(p);
                    found.push((a, k + 1, kind, linked));
                }
                rest = rest.get(stop + 1..).unwrap_or("");
            }
        }
    }
    out
}

/// Texts written for this project: one paragraph a line, names as `[KIND words]`.
fn own(language: &Language, folder: &str, out: &mut Vec<Document>) {
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    paths.sort();
    for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "txt")) {
        for line in std::fs::read_to_string(path)
            .unwrap_or_default()
            .lines()
            .filter(|l| !l.starts_with('#') && !l.is_empty())
        {
            let (mut text, mut marks) = (String::new(), Vec::new());
            let mut rest = line;
            while let Some((before, tail)) = rest.split_once('[') {
                text.push_str(before);
                let Some((inside, after)) = tail.split_once(']') else { break };
                rest = after;
                let (kind, name) = inside.split_once(' ').unwrap_or(("", inside));
                let classes = match kind {
                    "PER" => 1 << 1,
                    "NORP" => 1 << 2,
                    "ORG" => 1 << 3,
                    "GPE" => 1 << 4,
                    "LOC" => 1 << 5,
                    "FAC" => 1 << 6,
                    "MISC" => 1 << 7,
                    _ => panic!("{}: {inside}", path.display()),
                };
                marks.push(Mark { start: text.len(), end: text.len() + name.len(), classes });
                text.push_str(name);
            }
            text.push_str(rest);
            out.push(document(language, text, &marks, |_| NONE));
        }
    }
}

/// All gold documents. `demonym` tells whether a word is one.
pub fn load(language: &Language, data: &str, demonym: &dyn Fn(&str) -> bool) -> Vec<Document> {
    let mut out = Vec::new();
    own(language, "training/names/gold", &mut out);
    let capital = |w: &str| w.starts_with(|c: char| c.is_uppercase());
    // Schemes without groups of people: a demonym counts as one, other unmarked capitals are no person, place or firm.
    let loose = |w: &str| match (capital(w), demonym(w)) {
        (true, true) => 1 << 3,
        (true, false) => NORP_OR_MISC,
        _ => NONE,
    };
    let strict = |w: &str| if capital(w) && demonym(w) { 1 << 3 } else { NONE };
    let wiki = columns(
        &format!("{data}/names/wikigold/data/wikigold/CONLL-format/data/wikigold.conll.txt"),
        0,
        1,
        |kind, word| match kind {
            "PER" => 1 << 1,
            "ORG" => 1 << 3,
            "LOC" => PLACE,
            _ if demonym(word) => 1 << 2,
            _ => 1 << 2 | 1 << 7,
        },
    );
    documents(language, wiki, strict, &mut out);
    let wnut = |kind: &str, _: &str| match kind {
        "person" => 1 << 1,
        "location" => PLACE,
        "corporation" | "group" => 1 << 3,
        _ => 1 << 7,
    };
    for file in ["train/wnut17train.conll", "dev/emerging.dev.conll", "test/emerging.test.annotated"] {
        let path = format!("{data}/names/wnut17/data/WNUT17/CONLL-format/data/{file}");
        documents(language, columns(&path, 0, 1, wnut), loose, &mut out);
    }
    for file in ["dev", "test"] {
        let path = format!("{data}/names/uner_ewt/en_ewt-ud-{file}.iob2");
        let uner = columns(&path, 1, 2, |kind, _| match kind {
            "PER" => 1 << 1,
            "ORG" => 1 << 3,
            _ => PLACE,
        });
        documents(language, uner, loose, &mut out);
    }
    for folder in ["corpus_airbus", "corpus_apple", "corpus_gm", "corpus_stock"] {
        let Ok(entries) =
            std::fs::read_dir(format!("{data}/names/meantime/intra_cross-doc_annotation/{folder}"))
        else {
            continue;
        };
        let mut paths: Vec<_> = entries.flatten().map(|e| e.path()).collect();
        paths.sort();
        for path in paths {
            documents(
                language,
                meantime(&path),
                |w| {
                    if capital(w) && demonym(w) {
                        1 << 3
                    } else if capital(w) {
                        ANY
                    } else {
                        NONE
                    }
                },
                &mut out,
            );
        }
    }
    documents(language, gum(&format!("{data}/treebanks/gum-train.conllu")), strict, &mut out);
    out
}
