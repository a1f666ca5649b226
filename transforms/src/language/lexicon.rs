//! The word lists of the tokeniser, read from `seeds/lexicon/`: abbreviations, clitics, affixes, units, domains.

use super::shape::Atom;
use rustc_hash::{FxHashMap, FxHashSet};
use seeds::{SeedError, Seeds, table::Table};

/// How an abbreviation behaves at its full stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Stands before a name: `Dr.`, `Lt.`
    Title,
    /// May well end a sentence: `Inc.`, `etc.`
    Final,
    /// Only before a number: `No.`, `pp.`
    Number,
    /// Months and weekdays.
    Date,
    /// Any other.
    Plain,
}

/// What a listed form is. A form has one meaning; forms are compared in lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    /// An abbreviation, listed without its final full stop; `capital` where only the capitalised form is one.
    Abbreviation { kind: Abbreviation, capital: bool },
    /// A word without apostrophe that is two or three words: the first ends after so many bytes, the second too.
    Clitic { first: u8, second: u8 },
}

/// The lists, ready for look-up.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    entries: FxHashMap<Box<[u8]>, Entry>,
    /// Bit `length` of the last letter's slot: whether some clitic entry has that last letter and length.
    clitic_shapes: [u32; 32],
    /// Words that are written small within a sentence.
    common: FxHashSet<Atom>,
    /// Parts of words, whole forms with signs in them, endings; by kind.
    parts: FxHashMap<Box<[u8]>, u8>,
}

/// The kinds of `parts.tsv`, one bit each.
const PARTS: [(&str, u8); 8] = [
    ("prefix", PREFIX),
    ("suffix", SUFFIX),
    ("unit", UNIT),
    ("currency", CURRENCY),
    ("domain", DOMAIN),
    ("whole", WHOLE),
    ("elided", ELIDED),
    ("emoticon", EMOTICON),
];
/// A prefix that stays with its word across a hyphen: `co-founder`.
pub(super) const PREFIX: u8 = 1;
/// A suffix that stays with its word across a hyphen: `career-wise`.
pub(super) const SUFFIX: u8 = 2;
/// A unit that is parted from the number it is written to: `5km`.
pub(super) const UNIT: u8 = 4;
/// A currency word that is parted from the number written to it: `Rs50`.
pub(super) const CURRENCY: u8 = 8;
/// A last label that makes `word.label` one token: `dawn.com`, `report.pdf`.
pub(super) const DOMAIN: u8 = 16;
/// A form with a sign in it that is one token: `w/o`, `Yahoo!`.
pub(super) const WHOLE: u8 = 32;
/// A form with a leading apostrophe, listed without it: `'em`.
pub(super) const ELIDED: u8 = 64;
/// An emoticon.
pub(super) const EMOTICON: u8 = 128;

/// Longest form that is looked up, in bytes.
const LONGEST: usize = 24;

impl Lexicon {
    /// Reads the lists.
    pub(super) fn load(seeds: &Seeds) -> Result<Self, SeedError> {
        let mut lexicon = Self::default();
        lexicon.abbreviations("lexicon/abbreviations.tsv", seeds.text("lexicon/abbreviations.tsv")?)?;
        lexicon.clitics("lexicon/clitics.tsv", seeds.text("lexicon/clitics.tsv")?)?;
        lexicon.parts("lexicon/word_parts.tsv", seeds.text("lexicon/word_parts.tsv")?)?;
        let file = "lexicon/common_words.tsv";
        let table = Table::parse(file, seeds.text(file)?)?;
        let word = table.column("word")?;
        lexicon.common = table.rows().map(|row| Atom::word(row.cell(word).as_bytes())).collect();
        Ok(lexicon)
    }

    fn abbreviations(&mut self, file: &str, text: &str) -> Result<(), SeedError> {
        let table = Table::parse(file, text)?;
        let (form, kind) = (table.column("form")?, table.column("kind")?);
        for row in table.rows() {
            let kind = match row.cell(kind) {
                "title" => Abbreviation::Title,
                "final" => Abbreviation::Final,
                "number" => Abbreviation::Number,
                "date" => Abbreviation::Date,
                "plain" => Abbreviation::Plain,
                other => {
                    return Err(row.error(format!(
                        "unknown kind `{other}`; known kinds: title, final, number, date, plain"
                    )));
                }
            };
            let form = row.cell(form);
            let Some(bare) = form.strip_suffix('.') else {
                return Err(row.error(format!("`{form}` has no final full stop")));
            };
            let capital = bare.starts_with(|c: char| c.is_uppercase());
            let entry = Entry::Abbreviation { kind, capital };
            if self.entries.insert(bare.to_lowercase().into_bytes().into(), entry).is_some() {
                return Err(row.error(format!("`{form}` is listed twice")));
            }
        }
        Ok(())
    }

    fn clitics(&mut self, file: &str, text: &str) -> Result<(), SeedError> {
        let table = Table::parse(file, text)?;
        let words = table.column("words")?;
        for row in table.rows() {
            let words = row.cell(words);
            let form: String = words.split(' ').collect();
            let mut ends = words.split(' ').scan(0, |at, word| {
                *at += word.len();
                Some(*at as u8)
            });
            let (first, second) = (ends.next().unwrap_or(0), ends.next().unwrap_or(0));
            if ends.nth(1).is_some() || second == 0 || !form.bytes().all(|b| b.is_ascii_lowercase()) {
                return Err(row.error(format!("`{words}` is not two or three words of small letters")));
            }
            let last = form.bytes().last().unwrap_or(0);
            if let Some(slot) = self.clitic_shapes.get_mut((last & 31) as usize) {
                *slot |= 1u32.checked_shl(form.len() as u32).unwrap_or(0);
            }
            self.entries.insert(form.into_bytes().into(), Entry::Clitic { first, second });
        }
        Ok(())
    }

    fn parts(&mut self, file: &str, text: &str) -> Result<(), SeedError> {
        let table = Table::parse(file, text)?;
        let (form, kind) = (table.column("form")?, table.column("kind")?);
        for row in table.rows() {
            let name = row.cell(kind);
            let Some((_, bit)) = PARTS.iter().find(|(known, _)| *known == name) else {
                let known: Vec<_> = PARTS.iter().map(|(known, _)| *known).collect();
                return Err(row.error(format!("unknown kind `{name}`; known kinds: {}", known.join(", "))));
            };
            *self.parts.entry(row.cell(form).to_lowercase().into_bytes().into()).or_default() |= bit;
        }
        Ok(())
    }

    /// The clitic entry of a word of ASCII letters.
    #[inline]
    pub(super) fn clitic(&self, word: &[u8]) -> Option<(usize, usize)> {
        let last = *word.last()?;
        let shapes = self.clitic_shapes.get((last & 31) as usize)?;
        if word.len() > 12 || shapes >> word.len() & 1 == 0 {
            return None;
        }
        match self.entry(word)? {
            Entry::Clitic { first, second } => Some((first as usize, second as usize)),
            Entry::Abbreviation { .. } => None,
        }
    }

    /// The abbreviation kind of a form without its final full stop.
    pub(super) fn abbreviation(&self, word: &[u8]) -> Option<Abbreviation> {
        match self.entry(word)? {
            Entry::Abbreviation { kind, capital } => {
                (!capital || word.first().is_some_and(u8::is_ascii_uppercase)).then_some(kind)
            }
            Entry::Clitic { .. } => None,
        }
    }

    fn entry(&self, word: &[u8]) -> Option<Entry> {
        lowered(word, |form| self.entries.get(form).copied())
    }

    /// Whether a word is usually written small.
    #[inline]
    pub(super) fn common(&self, word: Atom) -> bool {
        self.common.contains(&word)
    }

    /// Whether a form is listed in `word_parts.tsv` under one of the kinds.
    pub(super) fn is(&self, form: &[u8], kinds: u8) -> bool {
        lowered(form, |form| self.parts.get(form).copied()).is_some_and(|bits| bits & kinds != 0)
    }
}

/// Calls `look` with the ASCII-lowered form, without allocation; long forms are in no list.
fn lowered<T>(word: &[u8], look: impl Fn(&[u8]) -> Option<T>) -> Option<T> {
    let mut buffer = [0; LONGEST];
    let form = buffer.get_mut(..word.len())?;
    for (to, from) in form.iter_mut().zip(word) {
        *to = from.to_ascii_lowercase();
    }
    look(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_line_is_named() {
        let check = |file: &str, text: &str| {
            let mut seeds = Seeds::embedded();
            seeds.overlay(format!("lexicon/{file}"), text.as_bytes().to_vec());
            Lexicon::load(&seeds).unwrap_err().to_string()
        };
        assert_eq!(
            check("abbreviations.tsv", "form\tkind\nDr.\tking\n"),
            "seeds/lexicon/abbreviations.tsv:2: unknown kind `king`; known kinds: title, final, number, date, plain"
        );
        assert_eq!(
            check("abbreviations.tsv", "form\tkind\nDr\ttitle\n"),
            "seeds/lexicon/abbreviations.tsv:2: `Dr` has no final full stop"
        );
        assert_eq!(
            check("clitics.tsv", "words\ncannot\n"),
            "seeds/lexicon/clitics.tsv:2: `cannot` is not two or three words of small letters"
        );
        assert!(
            check("word_parts.tsv", "form\tkind\nco\tfix\n").contains("word_parts.tsv:2: unknown kind `fix`")
        );
    }
}
