//! A plain tokenizer in the manner of UD English, for training before the program's own one is at hand.

use std::ops::Range;

/// Tokens (byte ranges) and sentences (ranges of tokens) of a text.
#[derive(Default, Clone)]
pub struct Cut {
    pub tokens: Vec<Range<usize>>,
    pub sentences: Vec<Range<usize>>,
}

const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "lt", "col", "capt", "maj", "sgt", "cmdr", "adm", "sen", "rep", "gov",
    "rev", "hon", "st", "jr", "sr", "inc", "corp", "ltd", "co", "bros", "vs", "etc", "no", "jan", "feb", "mar", "apr",
    "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "al", "fig", "dept", "est", "brig", "pvt", "rs", "mt", "ft",
    "a.m", "p.m", "i.e", "e.g", "md", "ph.d",
];

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

pub fn cut(text: &str) -> Cut {
    let mut out = Cut::default();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let first = out.tokens.len();
        for (start, end) in chunks(line) {
            chunk(text, offset + start, offset + end, &mut out.tokens);
        }
        split_sentences(text, first, &mut out);
        offset += line.len();
    }
    out
}

fn chunks(line: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = None;
    for (k, c) in line.char_indices() {
        if c.is_whitespace() {
            if let Some(s) = start.take() {
                found.push((s, k));
            }
        } else if start.is_none() {
            start = Some(k);
        }
    }
    if let Some(s) = start {
        found.push((s, line.len()));
    }
    found
}

fn chunk(text: &str, start: usize, end: usize, tokens: &mut Vec<Range<usize>>) {
    let piece = &text[start..end];
    if piece.contains("://") || piece.starts_with("www.") || (piece.contains('@') && piece.contains('.')) {
        tokens.push(start..end);
        return;
    }
    let chars: Vec<(usize, char)> = piece.char_indices().collect();
    let at = |k: usize| chars.get(k).map(|c| c.1);
    let pos = |k: usize| chars.get(k).map_or(end, |c| start + c.0);
    let mut k = 0;
    while k < chars.len() {
        let c = chars[k].1;
        let from = k;
        if c.is_ascii_digit() {
            k += 1;
            while at(k).is_some_and(|c| is_word(c))
                || (matches!(at(k), Some('.' | ',' | ':')) && at(k + 1).is_some_and(|c| c.is_ascii_digit()))
            {
                // "120m" stays, "5pm" is cut by few; a digit run followed by letters is kept whole.
                k += 1;
            }
        } else if is_word(c) {
            k += 1;
            loop {
                match at(k) {
                    Some(c) if is_word(c) => k += 1,
                    Some('.') if at(k + 1).is_some_and(char::is_alphabetic) && k - from <= 3 && at(k + 2) != None => k += 1,
                    Some('\'' | '’') if at(k + 1).is_some_and(is_word) && !clitic(&piece[chars[k].0..]) => k += 1,
                    Some('&') if k - from <= 2 && at(k + 1).is_some_and(char::is_uppercase) => k += 1,
                    _ => break,
                }
            }
            let word = piece[chars[from].0..pos(k) - start].to_lowercase();
            // "n't" belongs to the clitic.
            if matches!(at(k), Some('\'' | '’')) && word.len() > 1 && word.ends_with('n') && matches!(at(k + 1), Some('t' | 'T')) && at(k + 2).is_none_or(|c| !is_word(c)) {
                tokens.push(pos(from)..pos(k - 1));
                tokens.push(pos(k - 1)..pos(k + 2));
                k += 2;
                continue;
            }
            if at(k) == Some('.') {
                let initial = k - from == 1 && c.is_uppercase();
                let dotted = word.contains('.') && word.len() <= 7;
                if initial || dotted || ABBREVIATIONS.contains(&word.as_str()) {
                    let last = at(k + 1).is_none();
                    if !(last && matches!(word.as_str(), "no" | "mar" | "al")) || last && word != "no" {
                        k += 1;
                    }
                }
            }
        } else if matches!(c, '\'' | '’') && clitic(&piece[chars[k].0..]) && from > 0 {
            k += 1;
            while at(k).is_some_and(is_word) {
                k += 1;
            }
        } else {
            k += 1;
            while at(k) == Some(c) && matches!(c, '.' | '-' | '\'' | '!' | '?' | '*' | '=') {
                k += 1;
            }
        }
        tokens.push(pos(from)..pos(k));
    }
}

fn clitic(rest: &str) -> bool {
    let tail: String = rest.chars().skip(1).take_while(|c| is_word(*c)).collect::<String>().to_lowercase();
    matches!(tail.as_str(), "s" | "re" | "ve" | "ll" | "d" | "m")
}

fn split_sentences(text: &str, first: usize, out: &mut Cut) {
    let mut start = first;
    let mut k = first;
    while k < out.tokens.len() {
        let word = &text[out.tokens[k].clone()];
        let ends = matches!(word, "." | "!" | "?" | "..." | "…")
            || (word.ends_with('.') && word.len() > 1 && !abbreviates(word));
        if ends {
            let mut after = k + 1;
            while out.tokens.get(after).is_some_and(|t| {
                matches!(&text[t.clone()], "\"" | "”" | "'" | "’" | ")" | "]") && t.start == out.tokens[after - 1].end
            }) {
                after += 1;
            }
            let next = out.tokens.get(after).map(|t| &text[t.clone()]);
            if next.is_none_or(|w| w.starts_with(|c: char| !c.is_lowercase())) {
                out.sentences.push(start..after);
                start = after;
                k = after;
                continue;
            }
        }
        k += 1;
    }
    if start < out.tokens.len() {
        out.sentences.push(start..out.tokens.len());
    }
}

fn abbreviates(word: &str) -> bool {
    let lower = word.trim_end_matches('.').to_lowercase();
    lower.chars().count() == 1 || lower.contains('.') || ABBREVIATIONS.contains(&lower.as_str())
}
