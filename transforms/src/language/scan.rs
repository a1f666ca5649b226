//! From a paragraph to tokens: the main loop, signs and runs of signs. Words, numbers and addresses have their own
//! files. Every step moves forward and looks ahead a bounded stretch, so that the time is linear in the text.

use super::RawToken;
use super::class::{self, Class};
use super::lexicon::{self, Lexicon};
use crate::document::Mwt;
use crate::span::Span;

/// How far a token may look ahead for the shape of an address or number, in bytes.
pub(super) const AHEAD: usize = 256;

/// The tokeniser of one paragraph.
pub(super) struct Scanner<'a> {
    pub(super) lexicon: &'a Lexicon,
    text: &'a str,
    pub(super) bytes: &'a [u8],
    /// End of the paragraph.
    end: usize,
    tokens: &'a mut Vec<RawToken>,
    /// Index of the paragraph's first token.
    first: usize,
    /// Whether a single quotation mark stands open: then `s'` is no possessive.
    pub(super) single_open: bool,
}

impl<'a> Scanner<'a> {
    /// Appends the tokens of `text[start..end]` to `tokens`.
    pub(super) fn run(
        lexicon: &'a Lexicon,
        text: &'a str,
        start: usize,
        end: usize,
        tokens: &'a mut Vec<RawToken>,
    ) {
        let end = end.min(text.len());
        let first = tokens.len();
        let bytes = text.as_bytes().get(..end).unwrap_or_default();
        let mut scanner = Self { lexicon, text, bytes, end, tokens, first, single_open: false };
        let mut at = start;
        while at < end {
            at = scanner.token(at);
        }
    }

    /// The byte at a place; 0 past the end.
    #[inline]
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// The bytes of a stretch; empty where it doesn't fit.
    #[inline]
    pub(super) fn slice(&self, start: usize, end: usize) -> &'a [u8] {
        self.bytes.get(start..end.min(self.bytes.len())).unwrap_or_default()
    }

    /// The character at a place and its length; a zero byte past the end or amid a character.
    #[inline]
    pub(super) fn char(&self, at: usize) -> (char, usize) {
        let byte = self.byte(at);
        if byte < 0x80 {
            return (byte as char, 1);
        }
        match self.text.get(at..self.end).and_then(|t| t.chars().next()) {
            Some(c) => (c, c.len_utf8()),
            None => ('\0', 1),
        }
    }

    /// The class of the character at a place; white space past the end.
    #[inline]
    pub(super) fn class(&self, at: usize) -> Class {
        let byte = self.byte(at);
        if byte < 0x80 { class::of_byte(byte) } else { class::of(self.char(at).0) }
    }

    /// Whether a letter or digit stands at a place.
    #[inline]
    pub(super) fn word_at(&self, at: usize) -> bool {
        matches!(self.class(at), Class::Letter | Class::Digit)
    }

    /// The end of the letters, digits and underscores from a place on.
    #[inline]
    pub(super) fn run_end(&self, mut at: usize) -> usize {
        loop {
            let byte = self.byte(at);
            if byte.is_ascii_alphanumeric() {
                at += 1;
            } else if byte < 0x80 {
                if byte == b'_' && self.word_at(at + 1) {
                    at += 1;
                } else {
                    return at;
                }
            } else {
                let (c, length) = self.char(at);
                if class::of(c) != Class::Letter {
                    return at;
                }
                at += length;
            }
        }
    }

    /// Length of the apostrophe at a place, 0 where none is.
    #[inline]
    pub(super) fn apostrophe(&self, at: usize) -> usize {
        match self.byte(at) {
            b'\'' => 1,
            0xe2 if self.slice(at, at + 3) == "’".as_bytes() => 3,
            _ => 0,
        }
    }

    /// Whether the paragraph's text at a place begins a stretch: nothing, white space or an opening sign before it.
    pub(super) fn fresh(&self, at: usize) -> bool {
        match self.tokens.get(self.first..).and_then(|t| t.last()) {
            None => true,
            Some(last) => {
                (last.span.end as usize) < at || matches!(self.byte(at.wrapping_sub(1)), b'(' | b'[' | b'"')
            }
        }
    }

    /// The text of the token before, where it touches `at`.
    pub(super) fn touching(&self, at: usize) -> &'a [u8] {
        match self.tokens.get(self.first..).and_then(|t| t.last()) {
            Some(last) if last.span.end as usize == at => self.slice(last.span.start as usize, at),
            _ => &[],
        }
    }

    /// Adds one word.
    #[inline]
    pub(super) fn push(&mut self, start: usize, end: usize) -> usize {
        self.add(start, end, Mwt::None);
        end
    }

    /// Adds a multiword token whose words end at `ends`.
    pub(super) fn push_words(&mut self, start: usize, ends: &[usize]) -> usize {
        let mut from = start;
        for (at, &end) in ends.iter().enumerate() {
            self.add(from, end, if at == 0 { Mwt::First(ends.len() as u8) } else { Mwt::Inside });
            from = end;
        }
        from
    }

    #[inline]
    fn add(&mut self, start: usize, end: usize, mwt: Mwt) {
        let space_after = end >= self.end || self.class(end) == Class::Space;
        self.tokens.push(RawToken { span: Span::new(start, end), mwt, space_after });
    }

    /// Skips white space or adds the token at a place; returns where to go on, always further on.
    #[inline]
    fn token(&mut self, at: usize) -> usize {
        let byte = self.byte(at);
        if byte < 0x80 {
            return match class::of_byte(byte) {
                Class::Space => at + 1,
                Class::Letter => self.address(at).unwrap_or_else(|| self.word(at, at)),
                Class::Digit => self.address(at).unwrap_or_else(|| self.number(at)),
                Class::Sign => self.sign(at),
            };
        }
        let (c, length) = self.char(at);
        match class::of(c) {
            Class::Space => at + length,
            Class::Letter | Class::Digit => self.word(at, at),
            Class::Sign => self.wide_sign(at, c, length),
        }
    }

    /// The end of a run of one byte.
    fn same(&self, at: usize) -> usize {
        let byte = self.byte(at);
        at + self.slice(at, self.end).iter().take_while(|b| **b == byte).count()
    }

    /// The end of a run of full stops and ellipses.
    pub(super) fn dots(&self, mut at: usize) -> usize {
        loop {
            match self.byte(at) {
                b'.' => at += 1,
                0xe2 if self.slice(at, at + 3) == "…".as_bytes() => at += 3,
                _ => return at,
            }
        }
    }

    /// A token that begins with an ASCII sign.
    fn sign(&mut self, at: usize) -> usize {
        let next = self.byte(at + 1);
        match self.byte(at) {
            b'.' if next.is_ascii_digit() && self.fresh(at) => self.number(at),
            b'.' if self.class(at + 1) == Class::Letter && self.spaced(at) => {
                let end = self.run_end(at + 1);
                self.push(at, end)
            }
            b'.' => self.push(at, self.dots(at)),
            b'!' | b'?' => {
                let run = self.slice(at, self.end).iter().take_while(|b| matches!(b, b'!' | b'?')).count();
                self.push(at, at + run)
            }
            b'+' if next.is_ascii_digit() && self.spaced(at) => self.number(at),
            b'\'' => self.single_quote(at, 1),
            b'`' if next == b'`' => self.push(at, at + 2),
            b':' | b';' | b'=' | b'^' | b'<' | b'>' | b'(' | b')'
                if self.fresh(at) && self.emoticon(at).is_some() =>
            {
                self.push(at, self.emoticon(at).unwrap_or(at + 1))
            }
            b'#' | b'@' if self.class(at + 1) == Class::Letter => {
                let run = self.run_end(at + 1);
                let host = if self.byte(run) == b'.' { self.domain(at + 1, run) } else { None };
                self.push(at, host.unwrap_or(run))
            }
            b'$' | b'-' | b'=' | b'_' | b'*' | b'~' | b'+' | b'#' | b'<' | b'>' | b'|' | b'^' | b'\\' => {
                self.push(at, self.same(at))
            }
            _ => self.push(at, at + 1),
        }
    }

    /// Whether white space or nothing stands before a place.
    fn spaced(&self, at: usize) -> bool {
        match self.tokens.get(self.first..).and_then(|t| t.last()) {
            None => true,
            Some(last) => (last.span.end as usize) < at,
        }
    }

    /// The end of the emoticon at a place.
    fn emoticon(&self, at: usize) -> Option<usize> {
        let stretch = self.slice(at, at + 4).iter().take_while(|b| **b > b' ' && **b < 0x80).count();
        (2..=stretch).rev().map(|length| at + length).find(|&end| {
            self.lexicon.is(self.slice(at, end), lexicon::EMOTICON)
                && !(self.word_at(end) || self.byte(end) == b'/' && self.byte(end.wrapping_sub(1)) == b'/')
        })
    }

    /// An apostrophe or single quotation mark of `length` bytes that no word has taken.
    fn single_quote(&mut self, at: usize, length: usize) -> usize {
        let next = at + length;
        if self.apostrophe(next) > 0 {
            return self.push(at, next + self.apostrophe(next));
        }
        if self.fresh(at) {
            // '72, ’90s, 'em
            let run = self.run_end(next);
            let form = self.slice(next, run);
            let year = form.get(..2).is_some_and(|d| d.iter().all(u8::is_ascii_digit))
                && matches!(form.get(2..), Some(b"" | b"s"));
            if year || self.lexicon.is(form, lexicon::ELIDED) {
                return self.push(at, run);
            }
            self.single_open = true;
        } else {
            self.single_open = false;
        }
        self.push(at, next)
    }

    /// A token that begins with a sign beyond ASCII.
    fn wide_sign(&mut self, at: usize, c: char, length: usize) -> usize {
        let next = at + length;
        match c {
            '…' => self.push(at, self.dots(at)),
            '’' => self.single_quote(at, length),
            '‘' => {
                if matches!(self.char(next).0, '’' | '‘') {
                    return self.push(at, next + 3);
                }
                self.single_open = true;
                self.push(at, next)
            }
            '—' | '–' | '―' => {
                let mut end = next;
                while self.char(end).0 == c {
                    end += length;
                }
                self.push(at, end)
            }
            _ => {
                let mut end = next;
                let mut last = c;
                loop {
                    let (more, size) = self.char(end);
                    let flag = |c| matches!(c, '\u{1f1e6}'..='\u{1f1ff}');
                    let pair = end == next && flag(last) && flag(more);
                    if !(pair || class::emoji_modifier(more) || last == '\u{200d}' && !more.is_ascii()) {
                        break;
                    }
                    end += size;
                    last = more;
                }
                self.push(at, end)
            }
        }
    }
}
