//! Quoted stretches: what stands between quotation marks, paragraph by paragraph.
//!
//! ASCII, curly, low and angled double marks and pairs of backquotes or single ones; single marks where no double ones stand
//! around and apostrophes are told apart. A stretch that a paragraph leaves open goes on in the next one where that
//! one repeats the opening mark, or closes a mark that it didn't open.

use crate::article::Block;
use crate::grammar::Zone;
use crate::span::Span;

/// A quoted stretch of one paragraph, without its marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// What is quoted.
    pub span: Span,
    /// Index of its block.
    pub block: u32,
    /// Whether it goes on from the stretch before it, in the paragraph before.
    pub continues: bool,
    /// Whether it has both marks.
    pub closed: bool,
}

/// Most paragraphs without any mark that an open quotation may run through.
const OPEN_BLOCKS: usize = 6;
/// How far a closing single mark is looked for, in bytes.
const SINGLE: usize = 2500;

/// What a mark can be where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
    Either,
}

/// An open quotation: where its text starts, in which block.
#[derive(Debug, Clone, Copy)]
struct Open {
    start: usize,
    block: usize,
    continues: bool,
    /// Whether a double mark opened it, so that single ones within it are its own.
    double: bool,
}

/// Finds every quoted stretch of an article in text order.
pub fn find(text: &str, blocks: &[Block], out: &mut Vec<Stretch>) {
    out.clear();
    let mut open: Option<Open> = None;
    for (index, block) in blocks.iter().enumerate() {
        if block.zone == Zone::Boilerplate {
            continue;
        }
        if let Some(pending) = open {
            let first = first_side(text, block.span);
            let far = index - pending.block > OPEN_BLOCKS;
            let zone = blocks.get(pending.block).map(|b| b.zone);
            match first {
                _ if far || zone != Some(block.zone) => {
                    leave(text, blocks, pending, out);
                    open = None;
                }
                None => continue,
                Some((Side::Close, _)) => {
                    open = Some(carry(text, blocks, pending, index, out));
                }
                Some((_, at)) if at == block.span.start as usize => {
                    leave(text, blocks, pending, out);
                    open = None;
                    scan(text, block.span, index, &mut open, true, out);
                    continue;
                }
                Some(_) => {
                    leave(text, blocks, pending, out);
                    open = None;
                }
            }
        }
        scan(text, block.span, index, &mut open, false, out);
    }
    if let Some(pending) = open {
        leave(text, blocks, pending, out);
    }
    out.sort_by_key(|s| (s.span.start, s.span.end));
}

/// Writes an open quotation up to its block's end.
fn leave(text: &str, blocks: &[Block], open: Open, out: &mut Vec<Stretch>) {
    if let Some(block) = blocks.get(open.block) {
        push(text, open, block.span.end as usize, false, out);
    }
}

/// Writes an open quotation through the blocks between and goes on at the start of block `to`.
fn carry(text: &str, blocks: &[Block], open: Open, to: usize, out: &mut Vec<Stretch>) -> Open {
    leave(text, blocks, open, out);
    let open = Open { continues: true, ..open };
    for at in open.block + 1..to {
        if let Some(block) = blocks.get(at).filter(|b| b.zone != Zone::Boilerplate) {
            leave(text, blocks, Open { start: block.span.start as usize, block: at, ..open }, out);
        }
    }
    let start = blocks.get(to).map_or(0, |b| b.span.start as usize);
    Open { start, block: to, ..open }
}

/// Writes a stretch without the white space at its ends; nothing where nothing is left.
fn push(text: &str, open: Open, end: usize, closed: bool, out: &mut Vec<Stretch>) {
    let piece = text.get(open.start..end).unwrap_or("");
    let left = piece.len() - piece.trim_start().len();
    let kept = piece.trim();
    if !kept.is_empty() {
        let span = Span::new(open.start + left, open.start + left + kept.len());
        out.push(Stretch { span, block: open.block as u32, continues: open.continues, closed });
    }
}

/// The side of a double mark by what stands around it; `None` for other characters.
fn side(before: Option<char>, mark: char, after: Option<char>) -> Option<Side> {
    let gap = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let opens = gap(before) || before.is_some_and(|c| "([{—–-‘'/…".contains(c));
    let starts = after.is_some_and(char::is_alphanumeric);
    Some(match mark {
        '„' | '«' | '‟' => Side::Open,
        '“' => Side::Open,
        '»' => Side::Close,
        '”' if opens && gap(before) && starts => Side::Either,
        '”' => Side::Close,
        '"' | '＂' | '″' => match (opens && !gap(after), !gap(before) && !starts) {
            (true, false) => Side::Open,
            (false, true) => Side::Close,
            _ => Side::Either,
        },
        _ => return None,
    })
}

/// The side of two single marks; between letters ("as''ad") they are a mangled apostrophe.
fn pair_side(before: Option<char>, after: Option<char>) -> Option<Side> {
    side(before, '"', after).filter(|s| *s != Side::Either)
}

/// The first double mark of a block.
fn first_side(text: &str, span: Span) -> Option<(Side, usize)> {
    let piece = span.of(text);
    let mut before = None;
    for (at, c) in piece.char_indices() {
        if !c.is_alphanumeric() && c != ' ' {
            let mut rest = piece.get(at + c.len_utf8()..).unwrap_or("").chars();
            let after = rest.next();
            let found = match c {
                '\'' if after == Some(c) => pair_side(before, rest.next()),
                '‘' if after == Some(c) => Some(Side::Open),
                '’' if after == Some(c) => Some(Side::Close),
                _ => side(before, c, after),
            };
            if let Some(found) = found {
                return Some((found, span.start as usize + at));
            }
        }
        before = Some(c);
    }
    None
}

/// Finds the stretches of one block.
fn scan(
    text: &str,
    span: Span,
    block: usize,
    open: &mut Option<Open>,
    mut continues: bool,
    out: &mut Vec<Stretch>,
) {
    let piece = span.of(text);
    let base = span.start as usize;
    let (mut before, mut skip, mut barren) = (None, 0, 0);
    for (at, c) in piece.char_indices() {
        if at < skip {
            before = Some(c);
            continue;
        }
        let mut width = c.len_utf8();
        let rest = piece.get(at + width..).unwrap_or("");
        let after = rest.chars().next();
        let pair = matches!(c, '`' | '\'' | '‘' | '’') && after == Some(c);
        let found = match c {
            '`' if pair => Some(Side::Open),
            '‘' if pair => Some(Side::Open),
            '’' if pair => Some(Side::Close),
            '\'' if pair => pair_side(before, rest.chars().nth(1)),
            _ if c.is_alphanumeric() || c == ' ' => None,
            _ => side(before, c, after),
        };
        if pair {
            width *= 2;
            skip = at + width;
        }
        let end = base + at;
        let opened = Open {
            start: end + width,
            block,
            continues: std::mem::take(&mut continues) && at == 0,
            double: !pair,
        };
        // Words set off by pairs of single marks within somebody's words that a double mark will close.
        let inner = |o: Open| pair && o.double && rest.contains(['"', '”']);
        match (found, *open) {
            (Some(_), Some(o)) if inner(o) => {}
            (Some(Side::Open | Side::Either), None) => *open = Some(opened),
            (Some(Side::Open), Some(_))
                if c == '“' && before.is_some_and(|b| !b.is_whitespace() && b != '(') =>
            {
                close(text, open, end, out);
            }
            (Some(Side::Open), Some(first)) => {
                // A mark repeated where a paragraph's end was lost: the quotation goes on.
                let said = piece.get(..at).unwrap_or("").trim_end();
                let repeated = first.block == block && said.ends_with(['.', '?', '!']);
                if repeated {
                    push(text, first, end, false, out);
                }
                *open = Some(Open { continues: repeated, ..opened });
            }
            (Some(Side::Close | Side::Either), Some(_)) => close(text, open, end, out),
            (None, None) if (c == '‘' || c == '\'') && at >= barren => match single(piece, at, before) {
                Ok(Some(stop)) if stop < at + 6 => {}
                Ok(Some(stop)) => {
                    push(text, opened, base + stop, true, out);
                    skip = stop + 1;
                }
                Ok(None) => {}
                Err(searched) => barren = searched,
            },
            _ => {}
        }
        before = Some(c);
    }
}

fn close(text: &str, open: &mut Option<Open>, end: usize, out: &mut Vec<Stretch>) {
    if let Some(open) = open.take() {
        push(text, open, end, true, out);
    }
}

/// The closing single mark that belongs to the one at `at`: `Ok(None)` where that one opens nothing, `Err` with how
/// far none was found.
fn single(piece: &str, at: usize, before: Option<char>) -> Result<Option<usize>, usize> {
    let rest = piece.get(at..).unwrap_or("");
    let mut chars = rest.chars();
    let mark = chars.next().unwrap_or(' ');
    let opens = before.is_none_or(|c| c.is_whitespace() || "([—–:“\"".contains(c));
    let first = chars.next();
    if !opens || !first.is_some_and(|c| c.is_alphabetic()) {
        return Ok(None);
    }
    let mut previous = mark;
    let mut doubtful = None;
    for (offset, c) in rest.char_indices().skip(1) {
        if offset > SINGLE {
            break;
        }
        if matches!(c, '\'' | '’') {
            let after = rest.get(offset + c.len_utf8()..).unwrap_or("");
            let next = after.chars().next();
            let inner = next.is_some_and(char::is_alphanumeric);
            if !inner && !previous.is_whitespace() {
                let possessive = previous == 's'
                    && next == Some(' ')
                    && after.trim_start().chars().next().is_some_and(char::is_lowercase);
                if !possessive {
                    return Ok(Some(at + offset));
                }
                doubtful = doubtful.or(Some(at + offset));
            }
        }
        if matches!(c, '“' | '"' | '‘') {
            break;
        }
        previous = c;
    }
    match doubtful {
        Some(stop) => Ok(Some(stop)),
        None => Err(at + rest.len().min(SINGLE)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::document;

    fn quoted(text: &str) -> Vec<(String, bool)> {
        let owned = document(text);
        let mut out = Vec::new();
        find(text, &owned.article.blocks, &mut out);
        out.iter().map(|s| (s.span.of(text).to_owned(), s.continues)).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = quoted(text).into_iter().map(|(t, _)| t).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn every_kind_of_mark() {
        check("\"We go,\" he said. \"We stay.\"", &["We go,", "We stay."]);
        check("“We go,” he said (“no”).", &["We go,", "no"]);
        check("She said: «We go».", &["We go"]);
        check("He wrote ``we go'' twice.", &["we go"]);
        check("''We go,'' he said. ''We stay.''", &["We go,", "We stay."]);
        check("The as''ad of madani''s.", &[]);
        check("‘‘We go,’’ he said. ‘‘We stay.’’", &["We go,", "We stay."]);
        check("\"They call it ''peace'' now,\" he said.", &["They call it ''peace'' now,"]);
        check("„We go“, she said.", &["We go"]);
        check("‘We don’t go,’ he said, and the boys’ team left.", &["We don’t go,"]);
        check("It's the workers' 'fair deal' that we're after.", &["fair deal"]);
        check("Rock 'n' roll isn't dead; 'tis the '90s.", &[]);
        check("He said “they call it ‘peace’ now”.", &["they call it ‘peace’ now"]);
    }

    #[test]
    fn quotations_run_through_paragraphs() {
        let repeated = "“One here.\n“Two here.\n“Three here,” she said.";
        assert_eq!(
            quoted(repeated),
            [("One here.".to_owned(), false), ("Two here.".into(), true), ("Three here,".into(), true)]
        );
        let bare = "\"One here.\nTwo here.\nThree here,\" she said. \"Four.\"";
        let expected = [("One here.", false), ("Two here.", true), ("Three here,", true), ("Four.", false)];
        assert_eq!(quoted(bare), expected.map(|(t, c)| (t.to_owned(), c)));
        let stray = "\"One here.\nNo more.\nHe said \"two\" today.";
        assert_eq!(quoted(stray), [("One here.".to_owned(), false), ("two".into(), false)]);
    }

    #[test]
    fn a_megabyte_of_marks_is_read_in_time() {
        for piece in ["\"", "'a ", " 'a", "“", "”", "'", "\"a\n", "‘a’ s "] {
            quoted(&piece.repeat(1_000_000 / piece.len()));
        }
    }
}
