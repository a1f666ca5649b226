//! Words: clitics, possessives, hyphens, abbreviations, full stops without a space after them.

use super::class::Class;
use super::lexicon::{self, Abbreviation};
use super::scan::Scanner;

/// Most words of one multiword token (`wouldn't've`).
const WORDS: usize = 4;

impl Scanner<'_> {
    /// Adds the word that begins at `start`; the letters and digits from `from` on belong to it.
    pub(super) fn word(&mut self, start: usize, from: usize) -> usize {
        let mut end = self.run_end(from);
        // Almost every word ends here.
        if matches!(self.byte(end), b' ' | b',' | b'\n' | b'\t' | 0) {
            return self.plain(start, end);
        }
        let mut piece = start;
        loop {
            let next = self.byte(end);
            let quote = self.apostrophe(end);
            if quote > 0 || next == b'`' {
                match self.apostrophe_in(start, end, quote.max(1)) {
                    Apostrophe::Done(at) => return at,
                    Apostrophe::Joins(at) => end = at,
                    Apostrophe::Outside => break,
                }
            } else if next == b'-' && self.fragment(start, end) {
                return self.push(start, end + 1);
            } else if next == b'-' && self.word_at(end + 1) && self.hyphen_joins(start, piece, end) {
                piece = end + 1;
                end = self.run_end(piece);
            } else if next == b'.' {
                match self.full_stop(start, piece, end) {
                    Stop::Word(at) => return self.push(start, at),
                    Stop::Joins(at) => {
                        piece = end + 1;
                        end = at;
                    }
                    Stop::Outside => break,
                }
            } else if next == b'&' && self.ampersand_joins(piece, end) {
                piece = end + 1;
                end = self.run_end(piece);
            } else if next == b'/' || next == b'!' {
                let whole = if next == b'/' { self.run_end(end + 1) } else { end + 1 };
                if !self.lexicon.is(self.slice(start, whole), lexicon::WHOLE) {
                    break;
                }
                return self.push(start, whole);
            } else if next == b'*' && self.masked(end) {
                piece = end + self.slice(end, end + 32).iter().take_while(|b| **b == b'*').count();
                end = self.run_end(piece);
            } else if matches!(next, b'$' | 0xc2) && self.currency_sign(start, end) {
                return self.push(start, end + self.char(end).1);
            } else {
                break;
            }
        }
        self.plain(start, end)
    }

    /// Adds a word without signs; some are written in one and are two (`cannot`), some hold a number (`Rs50`).
    #[inline]
    fn plain(&mut self, start: usize, end: usize) -> usize {
        let form = self.slice(start, end);
        if let Some((first, second)) = self.lexicon.clitic(form) {
            return if start + second < end {
                self.push_words(start, &[start + first, start + second, end])
            } else {
                self.push_words(start, &[start + first, end])
            };
        }
        if form.last().is_some_and(u8::is_ascii_digit) && form.len() < 24 {
            let letters = form.iter().take_while(|b| b.is_ascii_alphabetic()).count();
            let digits = form.get(letters..).unwrap_or_default();
            let (Some(word), true) = (form.get(..letters), digits.iter().all(u8::is_ascii_digit)) else {
                return self.push(start, end);
            };
            if self.lexicon.is(word, lexicon::CURRENCY) {
                return self.push(start, start + letters);
            }
        }
        self.push(start, end)
    }

    /// What the apostrophe at `end` makes of the word that began at `start`.
    fn apostrophe_in(&mut self, start: usize, end: usize, quote: usize) -> Apostrophe {
        let mut ends = [0; WORDS];
        let mut count = 0;
        let mut base = end;
        let mut length = quote;
        // Clitics in a row: `'d`, `n't`, `n't've`.
        while length > 0 && count + 1 < WORDS {
            let from = base + length;
            let to = self.run_end(from);
            let tail = self.slice(from, to);
            let n = matches!(self.byte(base.wrapping_sub(1)), b'n' | b'N') && base > start + 1;
            let cut = if n && count == 0 && matches!(tail, b"t" | b"T") {
                base - 1
            } else if clitic(tail) && !(count == 0 && self.decade(start, base, tail)) {
                base
            } else {
                break;
            };
            if let Some(slot) = ends.get_mut(count) {
                *slot = cut;
            }
            count += 1;
            base = to;
            length = self.apostrophe(base);
        }
        if count > 0 {
            if let Some(slot) = ends.get_mut(count) {
                *slot = base;
            }
            return Apostrophe::Done(self.push_words(start, ends.get(..=count).unwrap_or_default()));
        }
        if self.byte(end) == b'`' {
            return Apostrophe::Outside;
        }
        let from = end + quote;
        if self.class(from) == Class::Letter {
            let to = self.run_end(from);
            let form = self.slice(start, end);
            // y'all is two words, O'Connor, d'état, Ba'ath are one.
            if matches!(form, b"y" | b"Y") && self.slice(from, to).eq_ignore_ascii_case(b"all") {
                return Apostrophe::Done(self.push(start, from));
            }
            return Apostrophe::Joins(to);
        }
        if self.class(from) == Class::Digit {
            return Apostrophe::Joins(self.run_end(from));
        }
        let plural = matches!(self.byte(end.wrapping_sub(1)), b's' | b'S') && end > start + 1;
        if plural && !self.single_open {
            return Apostrophe::Done(self.push_words(start, &[end, from]));
        }
        Apostrophe::Outside
    }

    /// `1960's` is a decade, `2008's` a possessive.
    fn decade(&self, start: usize, end: usize, tail: &[u8]) -> bool {
        tail == b"s"
            && self.byte(start).is_ascii_digit()
            && self.byte(end.wrapping_sub(1)) == b'0'
            && end - start <= 4
    }

    /// Whether the hyphen at `end` stays within the word: affixes do (`co-founder`, `career-wise`).
    fn hyphen_joins(&self, start: usize, piece: usize, end: usize) -> bool {
        let to = self.run_end(end + 1);
        let shouted = |form: &[u8]| form.len() > 1 && form.iter().all(u8::is_ascii_uppercase);
        let (left, right) = (self.slice(start, end), self.slice(end + 1, to));
        if piece == start
            && self.touching(start) != b"-"
            && self.lexicon.is(left, lexicon::PREFIX)
            && (!shouted(left) || shouted(right))
        {
            return true;
        }
        self.lexicon.is(self.slice(end + 1, to), lexicon::SUFFIX)
    }

    /// `th-`, `pre-`: the beginning of a word that breaks off at a space.
    fn fragment(&self, start: usize, end: usize) -> bool {
        let form = self.slice(start, end);
        let space = matches!(self.byte(end + 1), b' ' | b',');
        let broken = form.len() <= 2 && form.iter().all(u8::is_ascii_lowercase);
        space && (broken || self.lexicon.is(form, lexicon::PREFIX))
    }

    /// `AT&T`, `R&D`: capitals on both sides.
    fn ampersand_joins(&self, piece: usize, end: usize) -> bool {
        let to = self.run_end(end + 1);
        let capitals = |form: &[u8]| (1..=3).contains(&form.len()) && form.iter().all(u8::is_ascii_uppercase);
        let small = |form: &[u8]| form.len() == 1 && form.iter().all(u8::is_ascii_lowercase);
        let (left, right) = (self.slice(piece, end), self.slice(end + 1, to));
        capitals(left) && capitals(right) || small(left) && small(right)
    }

    /// `f***ing`, `s**t`: asterisks that stand for letters.
    fn masked(&self, end: usize) -> bool {
        let stars = self.slice(end, end + 32).iter().take_while(|b| **b == b'*').count();
        self.class(end + stars) == Class::Letter
    }

    /// `US$`, `A$`, `C£`: a currency sign after one to three capitals and before a number.
    fn currency_sign(&self, start: usize, end: usize) -> bool {
        let form = self.slice(start, end);
        let (sign, length) = self.char(end);
        form.len() <= 3
            && form.iter().all(u8::is_ascii_uppercase)
            && matches!(sign, '$' | '£')
            && (self.class(end + length) == Class::Digit || self.class(end + length) == Class::Space)
    }

    /// What the full stop at `end` is to the word that began at `start` and whose last piece began at `piece`.
    fn full_stop(&self, start: usize, piece: usize, end: usize) -> Stop {
        let after = end + 1;
        let form = self.slice(start, end);
        let dotted = self.dotted(start, end);
        if self.word_at(after) {
            let to = self.run_end(after);
            let right = self.slice(after, to);
            if let Some(at) = self.domain(start, end) {
                return Stop::Word(at);
            }
            // U.S., p.m., a.k.a.: single letters in a row.
            if dotted && end - piece <= 4 && right.len() == 1 && !right.iter().all(u8::is_ascii_digit) {
                return Stop::Joins(to);
            }
            let longer = self.slice(start, to);
            if longer.len() <= 8 && self.lexicon.abbreviation(longer).is_some() {
                return Stop::Joins(to);
            }
            // St.Petersburg, Mr.Khan, No.5
            return match self.abbreviation(start, end, after) {
                true => Stop::Word(after),
                false if dotted && form.len() == 1 && form.iter().all(u8::is_ascii_uppercase) => {
                    Stop::Word(after)
                }
                false => Stop::Outside,
            };
        }
        if self.dots(end) > after {
            // Inc.. at the end of a sentence, but etc...
            let two = self.dots(end) == after + 1 && self.byte(after) == b'.';
            return if two && (self.lexicon.abbreviation(form).is_some() || dotted && form.len() > 1) {
                Stop::Word(after)
            } else {
                Stop::Outside
            };
        }
        let note = dotted && form.len() == 1 && self.touching(start) == b"(";
        if note
            || dotted && form.len() > 1
            || self.initial(start, end)
            || self.abbreviation(start, end, after)
        {
            return Stop::Word(after);
        }
        Stop::Outside
    }

    /// Whether the word so far is single letters with full stops between them, or one letter.
    fn dotted(&self, start: usize, end: usize) -> bool {
        let form = self.slice(start, end);
        form.len() < 16
            && form.len() % 2 == 1
            && form
                .iter()
                .enumerate()
                .all(|(at, b)| if at % 2 == 0 { b.is_ascii_alphabetic() } else { *b == b'.' })
    }

    /// A single capital before a capitalised word is an initial; `I` only beside another sign of a name.
    fn initial(&self, start: usize, end: usize) -> bool {
        if self.touching(start) == b"-" {
            return false;
        }
        let capital = end - start == 1 && self.byte(start).is_ascii_uppercase();
        if !capital {
            return self.char(start).0.is_uppercase()
                && end - start == self.char(start).1
                && self.upper_next(end + 1);
        }
        if self.byte(end + 1) == b',' {
            return true;
        }
        self.upper_next(end + 1) && (self.byte(start) != b'I' || self.name_next(end + 1))
    }

    /// Whether white space and then a capital, digit or opening sign follow.
    fn upper_next(&self, at: usize) -> bool {
        let next = self.next_word(at);
        next > at && (self.char(next).0.is_uppercase() || self.byte(next).is_ascii_digit())
    }

    /// Whether after white space a capitalised word follows that isn't all too common at a sentence's start.
    fn name_next(&self, at: usize) -> bool {
        let next = self.next_word(at);
        let word = self.slice(next, self.run_end(next));
        let common: [&[u8]; 12] =
            [b"I", b"The", b"He", b"She", b"It", b"We", b"They", b"But", b"And", b"In", b"This", b"What"];
        next == at + 1 && !common.contains(&word) && self.fresh(at.wrapping_sub(2))
    }

    /// The next place that is not white space, at most a few characters on.
    pub(super) fn next_word(&self, at: usize) -> usize {
        let mut next = at;
        while next < at + 8 && next < self.bytes.len() && self.class(next) == Class::Space {
            next += self.char(next).1;
        }
        next
    }

    /// Whether a listed abbreviation may take the full stop at `end`, by what follows it.
    fn abbreviation(&self, start: usize, end: usize, after: usize) -> bool {
        let Some(kind) = self.lexicon.abbreviation(self.slice(start, end)) else { return false };
        let next = self.char(self.next_word(after)).0;
        match kind {
            Abbreviation::Number => next.is_ascii_digit(),
            Abbreviation::Date => {
                next.is_ascii_digit() || next.is_uppercase() || matches!(next, ',' | '-' | ')' | '–' | ':')
            }
            Abbreviation::Title => next != '\0',
            Abbreviation::Final | Abbreviation::Plain => true,
        }
    }
}

/// What an apostrophe does.
enum Apostrophe {
    /// The word has been added up to here.
    Done(usize),
    /// The word goes on up to here.
    Joins(usize),
    /// The word ends before it.
    Outside,
}

/// What a full stop does.
enum Stop {
    /// The word ends here, with what lies between.
    Word(usize),
    /// The word goes on up to here.
    Joins(usize),
    /// The word ends before it.
    Outside,
}

/// Whether letters after an apostrophe are a word of their own.
fn clitic(tail: &[u8]) -> bool {
    matches!(
        tail,
        b"s" | b"S" | b"m" | b"M" | b"d" | b"D" | b"re" | b"RE" | b"Re" | b"ve" | b"VE" | b"ll" | b"LL"
    )
}
