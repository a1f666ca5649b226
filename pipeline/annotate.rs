//! Words, tags, trees and names of a text, printed: CoNLL-U for tools of the field, JSON lines for the others.

use crate::source::decode;
use anyhow::Context;
use serde_json::{Map, Value, json};
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;
use transforms::analyze::{Core, Scratch};
use transforms::document::{Mwt, ROOT, Sentence, Token};

/// Form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// CoNLL-U (<https://universaldependencies.org/format.html>), names as `Name=B-GPE` in MISC.
    Conllu,
    /// One object a sentence.
    Json,
}

/// Text analysed at a time; a text is cut at the first blank line after it.
const PIECE_BYTES: usize = 1 << 20;

/// Annotates a file, or standard input (`-`).
pub fn annotate(core: &Core, file: &Path, format: Format, out: impl Write) -> anyhow::Result<()> {
    let mut bytes = Vec::new();
    if file.as_os_str() == "-" {
        io::stdin().lock().read_to_end(&mut bytes).context("standard input can't be read")?;
    } else {
        let mut open = File::open(file).with_context(|| format!("{}: can't be opened", file.display()))?;
        open.read_to_end(&mut bytes).with_context(|| format!("{}: can't be read", file.display()))?;
    }
    let (text, _) = decode::lossy(&bytes);
    let mut out = BufWriter::new(out);
    let mut scratch = Scratch::default();
    let mut number = 0;
    for piece in pieces(&text) {
        core.parse_raw(piece, &mut scratch);
        for sentence in &scratch.parsed.sentences {
            number += 1;
            match format {
                Format::Conllu => conllu(piece, &scratch, sentence, number, &mut out)?,
                Format::Json => json_line(piece, &scratch, sentence, number, &mut out)?,
            }
        }
    }
    out.flush()?;
    Ok(())
}

/// The text in pieces of about [`PIECE_BYTES`], cut at blank lines.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut from = PIECE_BYTES.min(rest.len());
        while !rest.is_char_boundary(from) {
            from += 1;
        }
        let cut = rest.get(from..).and_then(|r| r.find("\n\n")).map_or(rest.len(), |at| from + at + 2);
        let (piece, left) = rest.split_at(cut);
        rest = left;
        Some(piece)
    })
}

/// The name of a token, as B-, I- and kind.
fn name_of(scratch: &Scratch, at: u32) -> Option<(bool, &'static str)> {
    let names = &scratch.parsed.names;
    let found = names.get(names.partition_point(|m| m.tokens.end <= at))?;
    found.tokens.contains(&at).then(|| (found.tokens.start == at, found.label.as_str()))
}

fn conllu(
    text: &str,
    scratch: &Scratch,
    sentence: &Sentence,
    number: u64,
    out: &mut impl Write,
) -> io::Result<()> {
    let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
    let tokens = scratch.parsed.tokens.get(range).unwrap_or(&[]);
    writeln!(out, "# sent_id = {number}")?;
    writeln!(out, "# text = {}", sentence.span.of(text).split_whitespace().collect::<Vec<_>>().join(" "))?;
    for (i, token) in tokens.iter().enumerate() {
        if let Mwt::First(n) = token.mwt {
            let last = tokens.get(i + usize::from(n).saturating_sub(1)).unwrap_or(token);
            let form = token.span.cover(last.span).of(text);
            let space = if last.space_after { "_" } else { "SpaceAfter=No" };
            writeln!(out, "{}-{}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{space}", i + 1, i + usize::from(n))?;
        }
        let head = if token.head == ROOT { 0 } else { token.head.saturating_sub(sentence.tokens.start) + 1 };
        let (form, lemma) = (token.span.of(text), token.lemma.of(&scratch.parsed.lemmas));
        let lemma = if lemma.is_empty() { "_" } else { lemma };
        write!(
            out,
            "{}\t{form}\t{lemma}\t{}\t{}\t_\t{head}\t{}\t_\t",
            i + 1,
            token.upos.as_str(),
            token.xpos.as_str(),
            token.deprel.as_str()
        )?;
        let name = name_of(scratch, sentence.tokens.start + i as u32);
        let glued = !token.space_after && token.mwt == Mwt::None;
        match (name, glued) {
            (None, false) => writeln!(out, "_")?,
            (None, true) => writeln!(out, "SpaceAfter=No")?,
            (Some((first, label)), glued) => {
                let place = if first { 'B' } else { 'I' };
                let glued = if glued { "|SpaceAfter=No" } else { "" };
                writeln!(out, "Name={place}-{label}{glued}")?;
            }
        }
    }
    writeln!(out)
}

fn json_line(
    text: &str,
    scratch: &Scratch,
    sentence: &Sentence,
    number: u64,
    out: &mut impl Write,
) -> io::Result<()> {
    let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
    let tokens = scratch.parsed.tokens.get(range).unwrap_or(&[]);
    let token = |(i, token): (usize, &Token)| {
        let mut cells = Map::new();
        let head = if token.head == ROOT { 0 } else { token.head.saturating_sub(sentence.tokens.start) + 1 };
        cells.insert("id".into(), json!(i + 1));
        cells.insert("form".into(), json!(token.span.of(text)));
        cells.insert("lemma".into(), json!(token.lemma.of(&scratch.parsed.lemmas)));
        cells.insert("upos".into(), json!(token.upos.as_str()));
        cells.insert("xpos".into(), json!(token.xpos.as_str()));
        cells.insert("head".into(), json!(head));
        cells.insert("deprel".into(), json!(token.deprel.as_str()));
        cells.insert("space_after".into(), json!(token.space_after));
        Value::Object(cells)
    };
    let inside = |m: &&transforms::document::Mention| sentence.tokens.contains(&m.tokens.start);
    let names: Vec<Value> = scratch
        .parsed
        .names
        .iter()
        .filter(inside)
        .map(|m| {
            let first = m.tokens.start - sentence.tokens.start + 1;
            let last = m.tokens.end.saturating_sub(sentence.tokens.start);
            json!({ "text": m.span.of(text), "label": m.label.as_str(), "first": first, "last": last })
        })
        .collect();
    let tokens: Vec<Value> = tokens.iter().enumerate().map(token).collect();
    let line = json!({
        "sentence": number,
        "text": sentence.span.of(text),
        "tokens": tokens,
        "names": names,
    });
    writeln!(out, "{line}")
}
