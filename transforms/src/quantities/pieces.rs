//! The letters, digits and marks of a sentence, as numbers need them: `US$3.5m` is `US`, `$`, `3.5`, `m`.

use crate::span::Span;

/// What a piece is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Letters.
    Word,
    /// Digits, with commas and points between them.
    Digits,
    /// One other character.
    Mark,
}

/// A piece of text without white space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub kind: Kind,
    /// Whether it touches the piece before it.
    pub glued: bool,
}

/// The pieces of one sentence with the text they cut; every look-up past an end is empty.
#[derive(Debug, Clone, Copy)]
pub struct Pieces<'a> {
    /// The article's text.
    pub text: &'a str,
    /// The sentence's pieces.
    pub all: &'a [Piece],
}

impl<'a> Pieces<'a> {
    /// The piece at an index.
    pub fn get(&self, at: usize) -> Option<Piece> {
        self.all.get(at).copied()
    }

    /// Its text, empty past the end.
    pub fn word(&self, at: usize) -> &'a str {
        self.all.get(at).map_or("", |p| p.span.of(self.text))
    }

    /// The text of the piece before `at`, empty at the start.
    pub fn before(&self, at: usize, back: usize) -> &'a str {
        at.checked_sub(back).map_or("", |i| self.word(i))
    }

    /// Whether the piece at an index is of a kind.
    pub fn is(&self, at: usize, kind: Kind) -> bool {
        self.all.get(at).is_some_and(|p| p.kind == kind)
    }

    /// Whether the piece at an index touches the one before.
    pub fn glued(&self, at: usize) -> bool {
        self.all.get(at).is_some_and(|p| p.glued)
    }

    /// Whether the piece at an index is a dash.
    pub fn dash(&self, at: usize) -> bool {
        matches!(self.word(at), "-" | "–" | "—" | "‑" | "−")
    }

    /// The first piece that starts at a place or behind it.
    pub fn at(&self, place: u32) -> usize {
        self.all.partition_point(|p| p.span.start < place)
    }

    /// The place of the pieces from `from` up to `to`.
    pub fn span(&self, from: usize, to: usize) -> Span {
        let start = self.all.get(from).map_or(0, |p| p.span.start);
        let end = to.checked_sub(1).and_then(|i| self.all.get(i)).map_or(start, |p| p.span.end);
        Span { start, end: end.max(start) }
    }
}

/// Cuts `span` of `text` into pieces.
pub fn cut(text: &str, span: Span, out: &mut Vec<Piece>) {
    out.clear();
    let base = span.start as usize;
    let text = span.of(text);
    let bytes = text.as_bytes();
    let mut glued = false;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let before = at.checked_sub(1).and_then(|b| bytes.get(b));
        let free = !glued || before.is_some_and(|b| matches!(b, b'=' | b'(' | b'$'));
        let point = byte == b'.' && free && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        let (kind, end) = if byte.is_ascii_digit() || point {
            (Kind::Digits, digits(bytes, at))
        } else if byte.is_ascii_alphabetic() {
            (Kind::Word, letters(text, at))
        } else if byte.is_ascii() {
            if byte.is_ascii_whitespace() || byte.is_ascii_control() {
                glued = false;
                at += 1;
                continue;
            }
            (Kind::Mark, at + 1)
        } else {
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            let end = at + c.len_utf8();
            if c.is_whitespace() {
                glued = false;
                at = end;
                continue;
            }
            if c.is_alphabetic() { (Kind::Word, letters(text, at)) } else { (Kind::Mark, end) }
        };
        out.push(Piece { span: Span::new(base + at, base + end), kind, glued });
        glued = true;
        at = end;
    }
}

/// The end of the digits at `at`; a comma or point belongs to them where a digit follows.
fn digits(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        let inner = matches!(byte, b',' | b'.') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        if !byte.is_ascii_digit() && !inner {
            break;
        }
        at += 1;
    }
    at
}

/// The end of the letters at `at`.
fn letters(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = at;
    while let Some(byte) = bytes.get(end) {
        if byte.is_ascii_alphabetic() {
            end += 1;
        } else if byte.is_ascii() {
            break;
        } else {
            match text.get(end..).and_then(|rest| rest.chars().next()) {
                Some(c) if c.is_alphabetic() => end += c.len_utf8(),
                _ => break,
            }
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_letters_digits_and_marks() {
        let text = "US$3.5m, 1,250 (2L) öre.";
        let mut all = Vec::new();
        cut(text, Span::new(0, text.len()), &mut all);
        let words: Vec<_> = all.iter().map(|p| p.span.of(text)).collect();
        assert_eq!(words, ["US", "$", "3.5", "m", ",", "1,250", "(", "2", "L", ")", "öre", "."]);
        assert!(all[1].glued && !all[5].glued);
    }
}
