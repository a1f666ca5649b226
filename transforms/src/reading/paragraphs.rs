//! Lines to paragraphs: text wrapped at a column, and sentences broken by a stray line end, are joined.

use crate::reading::clean::Line;
use crate::reading::knowledge::{Knowledge, fold};
use std::ops::Range;

/// Columns that wrapped text may be wide.
const WIDTH: Range<usize> = 35..121;
/// Characters that a line must have for its open end to mean a broken sentence.
const BROKEN_CHARS_MIN: usize = 40;

/// A paragraph, headline or bullet, on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Para {
    pub(crate) text: String,
    /// Its lines in the raw text.
    pub(crate) raw: Range<usize>,
    /// Blank lines before it.
    pub(crate) blanks: usize,
}

/// Joins lines.
pub(crate) fn paragraphs(knowledge: &Knowledge, lines: &[Line<'_>]) -> Vec<Para> {
    let width = wrapped(lines);
    let small = small_letters(lines);
    let runs = !small && runs_on(lines);
    let mut found: Vec<Para> = Vec::new();
    let mut last: Option<&Line<'_>> = None;
    let mut blanks = 0;
    for line in lines {
        if line.text.is_empty() {
            blanks += 1;
            continue;
        }
        let first = found.len() == 1;
        let joins = match (last, found.last()) {
            (Some(last), Some(para)) if bullet(&line.text).is_none() => {
                let flows = blanks == 0 && width.is_some_and(|w| flows(last, line, w));
                let mid = runs && blanks == 0 && (!first || para.text.contains(". ")) && goes_on(last, line);
                flows
                    || mid && knowledge.mark(&line.text).is_none()
                    || broken(knowledge, para, line, blanks, first, small)
            }
            _ => false,
        };
        match found.last_mut().filter(|_| joins) {
            Some(para) => {
                let hyphen = para.text.ends_with('-')
                    && !para.text.ends_with("--")
                    && !para.text.ends_with(" -")
                    && line.text.starts_with(char::is_alphanumeric);
                if !hyphen {
                    para.text.push(' ');
                }
                para.text.push_str(&line.text);
                para.raw.end = line.raw.end;
            }
            None => found.push(Para { text: line.text.clone().into_owned(), raw: line.raw.clone(), blanks }),
        }
        last = Some(line);
        blanks = 0;
    }
    found
}

/// The bullet that a line begins with, and what follows it.
pub(crate) fn bullet(text: &str) -> Option<&str> {
    let rest =
        text.strip_prefix(['•', '●', '▪', '■', '◦', '‣', '·', '*', '►', '▶', '➤', '✓']).or_else(|| {
            text.strip_prefix("- ").or_else(|| text.strip_prefix("– ")).or_else(|| text.strip_prefix("o "))
        })?;
    Some(rest.trim_start()).filter(|r| r.starts_with(|c: char| c.is_alphanumeric() || "\"“‘'$".contains(c)))
}

/// Whether a sentence is over at the end of a text.
pub(crate) fn closed(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', ' ']);
    bare.ends_with(['.', '!', '?', ':', ';', '…', '。']) || bare.is_empty()
}

/// The column at which a text is wrapped: its lines stop near one width, in the middle of sentences.
fn wrapped(lines: &[Line<'_>]) -> Option<usize> {
    let mut lengths: Vec<usize> = lines.iter().map(|l| columns(l)).filter(|l| *l > 0).collect();
    if lengths.len() < 4 {
        return None;
    }
    let at = (lengths.len() - 1) * 9 / 10;
    let width = *lengths.select_nth_unstable(at).1;
    if !WIDTH.contains(&width) || lengths.iter().any(|l| *l > width + width / 2) && overlong(&lengths, width)
    {
        return None;
    }
    let (mut pairs, mut open, mut full) = (0, 0, 0);
    for pair in lines.windows(2) {
        let [a, b] = pair else { continue };
        if a.text.is_empty() || b.text.is_empty() || b.indent > a.indent + 1 {
            continue;
        }
        pairs += 1;
        open += usize::from(!closed(&a.text));
        full += usize::from(columns(a) + 1 + first_word(&b.text) + width / 10 >= width);
    }
    (pairs >= 3 && open * 10 >= pairs * 6 && full * 10 >= pairs * 6).then_some(width)
}

/// Whether too many lines are longer than the width: then there is no wrapping.
fn overlong(lengths: &[usize], width: usize) -> bool {
    lengths.iter().filter(|l| **l > width + width / 2).count() * 50 > lengths.len()
}

fn columns(line: &Line<'_>) -> usize {
    line.text.chars().count()
}

fn first_word(text: &str) -> usize {
    text.chars().take_while(|c| *c != ' ').count()
}

/// Whether wrapped text flows from one line into the next: no deeper indent, and the next word didn't fit any more.
fn flows(last: &Line<'_>, line: &Line<'_>, width: usize) -> bool {
    if line.indent >= last.indent + 2 {
        return false;
    }
    let full = columns(last) + last.indent.min(8) + 1 + first_word(&line.text) + width / 8 >= width;
    full || !closed(&last.text) && line.text.starts_with(char::is_lowercase)
}

/// Whether a line that could have been broken in the middle of a sentence ends openly.
fn goes_on(last: &Line<'_>, line: &Line<'_>) -> bool {
    let open = last.text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-' | '\'' | '’'));
    open && last.text.len() >= WIDTH.start
        && line.indent <= last.indent + 1
        && line.text.starts_with(|c: char| c.is_alphanumeric() || "\"“‘'$(".contains(c))
}

/// Whether lines break in the middle of sentences though at no one column: of those that end openly most go on in small
/// letters, which the lines of lists and headlines don't.
fn runs_on(lines: &[Line<'_>]) -> bool {
    let (mut open, mut small) = (0, 0);
    for pair in lines.windows(2) {
        let [a, b] = pair else { continue };
        if !b.text.is_empty() && goes_on(a, b) {
            open += 1;
            small += usize::from(b.text.starts_with(char::is_lowercase));
        }
    }
    small >= 6 && small * 10 >= open * 6
}

/// Whether most of a text's lines begin in small letters: then such a beginning tells nothing.
fn small_letters(lines: &[Line<'_>]) -> bool {
    let mut full = lines.iter().filter(|l| l.text.len() >= BROKEN_CHARS_MIN).peekable();
    if full.peek().is_some_and(|l| l.text.contains(char::is_uppercase)) {
        return false;
    }
    let (mut small, mut all) = (0, 0);
    for line in full {
        all += 1;
        small += usize::from(!line.text.contains(char::is_uppercase));
    }
    small * 3 >= all.max(1)
}

/// Whether a line end, or a gap, stands in the middle of a sentence: a long line that doesn't end one, and a next
/// line that goes on in small letters or after a word that can't be the last.
fn broken(
    knowledge: &Knowledge,
    para: &Para,
    line: &Line<'_>,
    blanks: usize,
    first: bool,
    small: bool,
) -> bool {
    let text = para.text.as_str();
    if small || blanks > 1 || text.len() < BROKEN_CHARS_MIN || closed(text) || knowledge.mark(text).is_some()
    {
        return false;
    }
    let Some(end) = text.chars().next_back() else { return false };
    if !(end.is_alphanumeric() || matches!(end, ',' | '&' | '-' | '–' | '—' | '(' | '’' | '\'')) {
        return false;
    }
    let word = text.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
    let open = end.is_alphabetic() && knowledge.open.contains(&fold(word)) || matches!(end, ',' | '&' | '(');
    let lower = {
        let mut chars = line.text.chars();
        // "iPhone" and "eBay" begin sentences; "by", "via" and addresses are lines of their own.
        let begins =
            chars.next().is_some_and(char::is_lowercase) && !chars.next().is_some_and(char::is_uppercase);
        begins && !["http", "www.", "via ", "by "].iter().any(|p| line.text.starts_with(p))
    };
    // The first line is often a headline, which ends openly by nature.
    let sentence = !first || text.len() > 120 || text.contains(". ");
    let next = line.text.starts_with(|c: char| c.is_alphanumeric() || "\"“‘'$(".contains(c));
    sentence
        && (lower || open && end != ',' && word.chars().all(char::is_lowercase) && next && text.len() > 80)
        || lower && open
        || sentence && open && word == "The" && next
}
