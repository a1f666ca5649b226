//! Raw text to clean lines: line ends, control characters, white space, HTML remnants, mojibake; each line keeps its
//! place in the raw text.

use crate::reading::html::{self, Html};
use crate::reading::knowledge::Knowledge;
use crate::reading::mojibake;
use std::borrow::Cow;
use std::ops::Range;

/// A line without white space around it and with single spaces inside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line<'a> {
    pub(crate) text: Cow<'a, str>,
    /// Columns of white space before it.
    pub(crate) indent: usize,
    /// The raw line in bytes, without its line end.
    pub(crate) raw: Range<usize>,
}

/// Cuts a text into clean lines, blank ones included.
pub(crate) fn lines<'a>(knowledge: &Knowledge, raw: &'a str) -> Vec<Line<'a>> {
    let mut found = Vec::new();
    let markup = html::evidence(raw);
    let mut html = Html::new(knowledge, markup);
    let garbled = mojibake::evidence(raw);
    let mut start = 0;
    while start <= raw.len() {
        let rest = raw.get(start..).unwrap_or("");
        let end = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        let line = rest.get(..end).unwrap_or("");
        let range = start..start + end;
        clean(line, range, &mut html, garbled, &mut found);
        let pair = rest.get(end..end + 2) == Some("\r\n");
        start += end + if pair { 2 } else { 1 };
    }
    found
}

/// Cleans one raw line; it may hold line breaks of HTML or Unicode and become several.
fn clean<'a>(
    line: &'a str,
    raw: Range<usize>,
    html: &mut Html<'_>,
    garbled: bool,
    found: &mut Vec<Line<'a>>,
) {
    let special = !html.idle() || line.bytes().any(|b| matches!(b, 0..=31 | 127..=255 | b'&' | b'<'));
    if !special {
        let text = line.trim_matches(' ');
        let indent = line.len() - line.trim_start_matches(' ').len();
        let text = if text.contains("  ") { Cow::Owned(squeeze(text)) } else { Cow::Borrowed(text) };
        found.push(Line { text, indent, raw });
        return;
    }
    let mut text = Cow::Borrowed(line);
    if garbled {
        // Twice: text that went through the mill twice is not rare.
        for _ in 0..2 {
            match mojibake::repair(&text) {
                Some(better) => text = Cow::Owned(better),
                None => break,
            }
        }
    }
    if let Some(plain) = html.strip(&text) {
        text = Cow::Owned(plain);
    }
    let text: String = text.chars().filter_map(character).collect();
    for piece in text.split('\n') {
        let indent = piece.chars().take_while(|c| *c == ' ').count();
        let text = Cow::Owned(squeeze(piece.trim_matches(' ')));
        found.push(Line { text, indent, raw: raw.clone() });
    }
}

/// What a character becomes: every white space a space, every line or page break `\n`, invisible ones nothing.
fn character(c: char) -> Option<char> {
    match c {
        ' '..='~' => Some(c),
        '\t' => Some(' '),
        '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\n' => Some('\n'),
        '\u{80}'..='\u{9f}' => mojibake::cp1252(c as u8),
        '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}' => None,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fff9}'..='\u{fffb}' => None,
        c if c.is_control() => None,
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    }
}

/// Runs of spaces as one.
fn squeeze(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        if c != ' ' || !space {
            out.push(c);
        }
        space = c == ' ';
    }
    out
}
