//! The seed articles and a real dump, read in place where they lie beside the repository; skipped where they don't.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test may read files")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use super::tests::{day, reader, whole, zone};
use super::*;
use crate::grammar::Zone;
use std::path::PathBuf;

/// A folder of the material beside the repository; `None`, with a line that says so, where it is absent.
fn shared(path: &str) -> Option<PathBuf> {
    let found = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .skip(1)
        .map(|a| a.join("shared").join(path))
        .find(|p| p.exists());
    if found.is_none() {
        println!("skipped: no shared/{path} beside the repository");
    }
    found
}

/// The text of a string field, or of the strings of a list field, of a flat line of JSON.
fn strings(line: &str, name: &str) -> Vec<String> {
    let Some((_, rest)) = line.split_once(&format!("\"{name}\": ")) else { return Vec::new() };
    let (mut out, mut current) = (Vec::new(), None::<String>);
    let list = rest.starts_with('[');
    let mut chars = rest.chars();
    while let Some(c) = chars.next() {
        match (&mut current, c) {
            (None, '"') => current = Some(String::new()),
            (None, ']' | '}') => break,
            (None, ',') if !list => break,
            (None, _) => {}
            (Some(_), '"') => {
                out.extend(current.take());
                if !list {
                    break;
                }
            }
            (Some(text), '\\') => match chars.next() {
                Some('n') => text.push('\n'),
                Some('u') => {
                    let hex: String = chars.by_ref().take(4).collect();
                    text.extend(u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32));
                }
                Some(c) => text.push(c),
                None => break,
            },
            (Some(text), c) => text.push(c),
        }
    }
    out
}

#[test]
fn the_six_seed_articles() {
    let (Some(gold), Some(folder)) = (shared("gold/seeds.jsonl"), shared("seeds")) else { return };
    let reader = reader();
    let mut seen = 0;
    for line in std::fs::read_to_string(gold).unwrap().lines() {
        let id = strings(line, "id").remove(0);
        let (file, part) = id.split_once('#').unwrap();
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        let bytes = Some((0, text.len() as u64));
        let outcome =
            reader.read(Record { doc_id: file.into(), raw: true, bytes, text, ..Record::default() });
        outcome.articles.iter().for_each(whole);
        let article = &outcome.articles[part.parse::<usize>().unwrap() - 1];
        let first = |name: &str| strings(line, name).into_iter().next();
        assert_eq!(article.title, first("title"), "{id}");
        assert_eq!(day(article), first("published"), "{id}");
        assert_eq!(article.dateline_place, first("dateline"), "{id}");
        let source = match file.get(..3) {
            Some("000" | "002" | "003") => DateSource::Header,
            Some("004") => DateSource::Dateline,
            _ => DateSource::None,
        };
        assert_eq!(article.pub_date_source, source, "{id}");
        for piece in strings(line, "boilerplate") {
            let piece = piece.replace('\u{a0}', " ");
            assert!(zone(article, Zone::Boilerplate).contains(&piece.as_str()), "{id}: {piece}");
        }
        seen += 1;
    }
    assert_eq!(seen, 6);
}

#[test]
fn real_articles_are_cut_in_order() {
    let Some(file) = shared("data/dumps/pakistan_world.dev.jsonl") else { return };
    let reader = reader();
    for line in std::fs::read_to_string(file).unwrap().lines() {
        let text = strings(line, "text").pop().unwrap_or_default();
        for raw in [false, true] {
            let title = strings(line, "title").pop().filter(|_| !raw);
            let record = Record { raw, title, text: text.clone(), ..Record::default() };
            let outcome = reader.read(record);
            assert_eq!(outcome.articles.len(), 1, "{line}");
            outcome.articles.iter().for_each(whole);
        }
    }
}
