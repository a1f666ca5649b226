//! One file, several articles: cut only where a headline comes with headers of its own.

use crate::article::DateSource;
use crate::reading::furniture::{furniture, key, numbered};
use crate::reading::knowledge::{Knowledge, Mark};
use crate::reading::paragraphs::{Para, bullet, closed};
use std::ops::Range;

/// Bytes of running text that an article must have before and behind a cut.
const BODY_BYTES_MIN: usize = 200;
/// Paragraphs behind a headline in which its headers stand.
const HEADERS_MAX: usize = 8;

/// The paragraphs of each article, in order, without gaps.
pub(crate) fn split(knowledge: &Knowledge, paras: &[Para]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut start, mut body) = (0, 0);
    let shape = shape(knowledge, paras);
    for (at, para) in paras.iter().enumerate() {
        if body >= BODY_BYTES_MIN && begins(knowledge, paras, at, shape) {
            found.push(start..at);
            (start, body) = (at, 0);
        }
        if running(&para.text) {
            body += para.text.len();
        }
    }
    found.push(start..paras.len());
    found
}

/// Whether a paragraph is running text.
fn running(text: &str) -> bool {
    text.len() >= 80 && closed(text)
}

/// Whether an article begins at a paragraph.
fn begins(knowledge: &Knowledge, paras: &[Para], at: usize, shape: Shape) -> bool {
    let Some(para) = paras.get(at) else { return false };
    let after = paras.get(at + 1..).unwrap_or(&[]);
    if numbered(&para.text) {
        return length(after) >= BODY_BYTES_MIN;
    }
    let before = at.checked_sub(1).and_then(|b| paras.get(b));
    if !headline(knowledge, &para.text) {
        return false;
    }
    let free = before.is_none_or(|b| running(&b.text) || ruled(&b.text));
    let name = key(&para.text);
    let (mut repeated, mut dated, mut spoken, mut shared) = (false, false, false, false);
    let mut headers = 0;
    for next in after.iter().take(HEADERS_MAX) {
        if key(&next.text) == name {
            repeated = true;
            headers += 1;
            continue;
        }
        match furniture(knowledge, &next.text, true) {
            Some(found) => {
                let header = found.date.is_some_and(|(_, source)| source == DateSource::Header);
                dated |= header;
                spoken |= header && knowledge.mark(&next.text) == Some(Mark::Dated);
                shared |= found.mark == Mark::Share || found.author.is_some();
            }
            // A picture's text may stand between headline and headers; running text ends them.
            None if bullet(&next.text).is_some() => {}
            None if running(&next.text) || headers + 1 >= HEADERS_MAX => break,
            None if next.text.len() > 200 => break,
            None => {}
        }
        headers += 1;
    }
    // Headers in the form that opened the file, or behind a rule or a wide gap.
    let parted = para.blanks >= 2 || before.is_some_and(|b| ruled(&b.text));
    let next =
        after.first().and_then(|n| furniture(knowledge, &n.text, true)).is_some_and(|f| f.date.is_some());
    let alike = spoken && shape.spoken && (free || parted) || next && shape.dated && parted;
    let sure = repeated && (dated || shared) || spoken && shared || alike || key_value(paras, at);
    // A sentence is a headline only where it stands there twice.
    let stopped = para.text.ends_with('.') && !repeated && key_name(&para.text).is_none();
    sure && !stopped && length(after) >= BODY_BYTES_MIN
}

/// Whether a line may be a headline.
fn headline(knowledge: &Knowledge, text: &str) -> bool {
    let words = text.split(' ').count();
    (4..=30).contains(&words)
        && text.len() <= 220
        && !text.ends_with([':', ',', ';'])
        && bullet(text).is_none()
        && text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "“‘\"'".contains(c))
        && furniture(knowledge, text, true).is_none()
        || key_name(text).is_some_and(|k| matches!(k, "title" | "headline"))
}

/// A rule of signs between articles.
fn ruled(text: &str) -> bool {
    text.len() >= 3 && text.bytes().all(|b| b"=-_*#~".contains(&b))
}

/// The headers that the file's first article has.
#[derive(Debug, Clone, Copy, Default)]
struct Shape {
    /// A date.
    dated: bool,
    /// A date with a word: "Published ...".
    spoken: bool,
}

fn shape(knowledge: &Knowledge, paras: &[Para]) -> Shape {
    let mut shape = Shape::default();
    for para in paras.iter().take(HEADERS_MAX).take_while(|p| !running(&p.text)) {
        if furniture(knowledge, &para.text, true).is_some_and(|f| f.date.is_some()) {
            shape.dated = true;
            shape.spoken |= knowledge.mark(&para.text) == Some(Mark::Dated);
        }
    }
    shape
}

/// Running text that follows, up to what matters.
fn length(paras: &[Para]) -> usize {
    paras.iter().take(40).filter(|p| running(&p.text)).map(|p| p.text.len()).sum()
}

/// The name of a `Name: value` header.
pub(crate) fn key_name(text: &str) -> Option<&'static str> {
    const NAMES: [&str; 12] = [
        "title",
        "headline",
        "date",
        "published",
        "author",
        "by",
        "byline",
        "source",
        "url",
        "link",
        "publisher",
        "section",
    ];
    let (name, value) = text.split_once(':')?;
    (!value.trim().is_empty() && text.len() <= 260).then_some(())?;
    NAMES.into_iter().find(|n| n.eq_ignore_ascii_case(name.trim()))
}

/// Whether `Title:` stands with other headers of that form.
pub(crate) fn key_value(paras: &[Para], at: usize) -> bool {
    let name = |i: usize| paras.get(i).and_then(|p| key_name(&p.text));
    matches!(name(at), Some("title" | "headline"))
        && (at + 1..at + 4).any(|i| name(i).is_some_and(|n| !matches!(n, "title" | "headline")))
}
