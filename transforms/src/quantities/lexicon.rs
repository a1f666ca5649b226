//! What the words around numbers mean, read from `seeds/lexicon/quantities/`.

pub use super::class::{Class, Outcome};
use super::pieces::{Kind, Pieces};
use crate::code::Code;
use rustc_hash::FxHashMap;
use seeds::table::Table;
use seeds::{SeedError, Seeds};

/// How a number word takes part in a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NumberWord {
    /// "a", "an".
    Article,
    /// Zero to nineteen.
    Unit(f64),
    /// Twenty to ninety.
    Ten(f64),
    /// "hundred".
    Hundred,
    /// "million".
    Scale(f64),
    /// "m" in "$3m".
    Suffix(f64),
    /// "dozen".
    Dozen(f64),
    /// "half".
    Half,
    /// "third": the denominator.
    Fraction(f64),
    /// "dozens": the lower bound.
    Vague(f64),
    /// "several" before "dozen" or "hundred": the least it can be.
    Few(f64),
    /// "point".
    Point,
}

/// A unit of measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// UCUM-like code.
    pub code: Code,
    /// The contract's kind.
    pub kind: &'static str,
    /// How many of the kind's smallest unit it holds, 0 where it isn't told in two units ("7 feet 2 inches").
    pub size: f64,
}

/// A currency.
#[derive(Debug, Clone, PartialEq)]
pub struct Currency {
    /// ISO 4217 code.
    pub code: Code,
    /// Adjectives before the word ("Pakistani"), lower case.
    nations: Vec<String>,
    /// Its first sign that is no code: proof that the article speaks of it.
    pub sign: Option<String>,
    /// Whether that sign is its own: "HK$", not "$".
    pub marked: bool,
    /// Words of the article that speak for it.
    pub cues: Vec<String>,
}

/// Currencies that share a sign or word, by index, the default first.
pub type Shared = Vec<u16>;

/// A currency sign or word that was found.
#[derive(Debug, Clone, Copy)]
pub struct Money<'a> {
    /// The currencies that have it.
    pub shared: &'a Shared,
    /// The one that an adjective chose.
    pub chosen: Option<u16>,
    /// Whether hundredths are meant.
    pub minor: bool,
    /// Whether the word often means something else ("won", "marks").
    pub doubtful: bool,
    /// What the code multiplies by: a million in "MUSD".
    pub factor: f64,
    /// The piece behind it.
    pub end: usize,
}

/// All the words.
#[derive(Debug)]
pub struct Lexicon {
    numbers: FxHashMap<String, NumberWord>,
    /// For each first letter the lengths of number words, as bits: most words are none at a glance.
    shapes: [u16; 26],
    classes: FxHashMap<String, Class>,
    units: FxHashMap<String, Unit>,
    unit_signs: FxHashMap<String, Unit>,
    units_before: FxHashMap<String, Unit>,
    /// Every currency in file order.
    pub currencies: Vec<Currency>,
    signs: FxHashMap<String, Shared>,
    words: FxHashMap<String, (Shared, bool)>,
    minor: FxHashMap<String, Shared>,
}

/// What M before a code multiplies by.
pub const MILLION: f64 = 1e6;
/// Longest phrase in bytes that is looked up.
const LONGEST: usize = 48;
/// Most pieces of a phrase.
const PHRASE: usize = 5;

/// A phrase put together on the stack: pieces joined by spaces.
struct Phrase {
    bytes: [u8; LONGEST],
    len: usize,
}

impl Phrase {
    fn push(&mut self, text: &str) -> Option<()> {
        let to = self.bytes.get_mut(self.len..self.len + text.len())?;
        to.copy_from_slice(text.as_bytes());
        self.len += text.len();
        Some(())
    }

    fn lower(&mut self) {
        if let Some(bytes) = self.bytes.get_mut(..self.len) {
            bytes.make_ascii_lowercase();
        }
    }

    fn as_str(&self) -> &str {
        self.bytes.get(..self.len).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or("")
    }
}

/// The pieces `from..to` as they stand in the text, with one space where there is white space.
fn phrase(pieces: &Pieces<'_>, from: usize, to: usize) -> Option<Phrase> {
    let mut out = Phrase { bytes: [0; LONGEST], len: 0 };
    for at in from..to {
        if at > from && !pieces.glued(at) {
            out.push(" ")?;
        }
        out.push(pieces.word(at))?;
    }
    Some(out)
}

/// The place of a word's first letter in the alphabet, in small letters or capitals.
fn first_letter(word: &str) -> Option<usize> {
    let first = word.bytes().next()?.to_ascii_lowercase();
    first.is_ascii_lowercase().then(|| usize::from(first - b'a'))
}

/// The bit of a word's length; long words have one in common.
fn shape(word: &str) -> u16 {
    1 << word.len().min(15)
}

impl Lexicon {
    /// Reads the four files.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let mut lexicon = Self {
            numbers: FxHashMap::default(),
            shapes: [0; 26],
            classes: FxHashMap::default(),
            units: FxHashMap::default(),
            unit_signs: FxHashMap::default(),
            units_before: FxHashMap::default(),
            currencies: Vec::new(),
            signs: FxHashMap::default(),
            words: FxHashMap::default(),
            minor: FxHashMap::default(),
        };
        lexicon.read_numbers(seeds)?;
        lexicon.read_units(seeds)?;
        lexicon.read_currencies(seeds)?;
        lexicon.read_words(seeds)?;
        Ok(lexicon)
    }

    fn read_numbers(&mut self, seeds: &Seeds) -> Result<(), SeedError> {
        let file = "lexicon/quantities/numbers.tsv";
        let table = Table::parse(file, seeds.text(file)?)?;
        let (word, class, value) = (table.column("word")?, table.column("class")?, table.column("value")?);
        for row in table.rows() {
            let number: f64 = row.cell(value).parse().map_err(|_| row.error("the value is no number"))?;
            let meaning = match row.cell(class) {
                "article" => NumberWord::Article,
                "unit" => NumberWord::Unit(number),
                "ten" => NumberWord::Ten(number),
                "hundred" => NumberWord::Hundred,
                "scale" => NumberWord::Scale(number),
                "suffix" => NumberWord::Suffix(number),
                "dozen" => NumberWord::Dozen(number),
                "half" => NumberWord::Half,
                "fraction" => NumberWord::Fraction(number),
                "vague" => NumberWord::Vague(number),
                "few" => NumberWord::Few(number),
                "point" => NumberWord::Point,
                other => return Err(row.error(format!("no class `{other}` of number words"))),
            };
            let text = row.cell(word);
            let slot = first_letter(text).and_then(|at| self.shapes.get_mut(at));
            *slot.ok_or_else(|| row.error("a number word begins with a letter from a to z"))? |= shape(text);
            self.numbers.insert(text.to_owned(), meaning);
        }
        Ok(())
    }

    fn read_units(&mut self, seeds: &Seeds) -> Result<(), SeedError> {
        const KINDS: [&str; 7] = ["percent", "distance", "duration", "area", "mass", "capacity", "other"];
        let file = "lexicon/quantities/units.tsv";
        let table = Table::parse(file, seeds.text(file)?)?;
        let (code, kind) = (table.column("code")?, table.column("kind")?);
        let (names, signs) = (table.column("names")?, table.column("signs")?);
        let (before, size) = (table.column("before")?, table.column("size")?);
        for row in table.rows() {
            let unit = Unit {
                code: Code::new(row.cell(code)).ok_or_else(|| row.error("no code, or one too long"))?,
                size: match row.cell(size) {
                    "" => 0.0,
                    text => text.parse().map_err(|_| row.error("the size is no number"))?,
                },
                kind: KINDS
                    .into_iter()
                    .find(|k| *k == row.cell(kind))
                    .ok_or_else(|| row.error(format!("the kinds of units are {}", KINDS.join(", "))))?,
            };
            for name in row.list(names) {
                self.units.entry(name.to_lowercase()).or_insert(unit);
            }
            for sign in row.list(signs) {
                self.unit_signs.entry(sign.to_owned()).or_insert(unit);
            }
            for word in row.list(before) {
                self.units_before.entry(word.to_owned()).or_insert(unit);
            }
        }
        Ok(())
    }

    fn read_currencies(&mut self, seeds: &Seeds) -> Result<(), SeedError> {
        let file = "lexicon/quantities/currencies.tsv";
        let table = Table::parse(file, seeds.text(file)?)?;
        let (code, signs, words) = (table.column("code")?, table.column("signs")?, table.column("words")?);
        let (nations, cues, minor) =
            (table.column("nations")?, table.column("cues")?, table.column("minor")?);
        for row in table.rows() {
            let index = self.currencies.len() as u16;
            for sign in row.list(signs) {
                self.signs.entry(sign.to_owned()).or_default().push(index);
            }
            for word in row.list(words) {
                let plain = word.trim_end_matches('~');
                let entry = self.words.entry(plain.to_lowercase()).or_default();
                entry.0.push(index);
                entry.1 |= plain.len() < word.len();
            }
            for word in row.list(minor) {
                self.minor.entry(word.to_lowercase()).or_default().push(index);
            }
            self.currencies.push(Currency {
                code: Code::new(row.cell(code)).ok_or_else(|| row.error("no code, or one too long"))?,
                nations: row.list(nations).map(str::to_lowercase).collect(),
                sign: row
                    .list(signs)
                    .find(|s| !s.bytes().all(|b| b.is_ascii_alphabetic()))
                    .map(str::to_owned),
                marked: row.list(signs).next().is_some_and(|s| s != "$"),
                cues: row.list(cues).map(str::to_owned).collect(),
            });
        }
        Ok(())
    }

    fn read_words(&mut self, seeds: &Seeds) -> Result<(), SeedError> {
        let file = "lexicon/quantities/words.tsv";
        let table = Table::parse(file, seeds.text(file)?)?;
        let (word, class) = (table.column("word")?, table.column("class")?);
        for row in table.rows() {
            let found = Class::named(row.cell(class))
                .ok_or_else(|| row.error(format!("the classes are {}", Class::NAMES.join(", "))))?;
            self.classes.entry(row.cell(word).to_lowercase()).or_default().add(found);
        }
        Ok(())
    }

    /// The number word at a piece.
    pub fn number(&self, pieces: &Pieces<'_>, at: usize) -> Option<NumberWord> {
        let text = pieces.word(at);
        let shapes = first_letter(text).and_then(|letter| self.shapes.get(letter))?;
        if shapes & shape(text) == 0 || !pieces.is(at, Kind::Word) {
            return None;
        }
        let mut word = phrase(pieces, at, at + 1)?;
        word.lower();
        let found = self.numbers.get(word.as_str()).copied();
        // "23 Arab states" are no 23 billion.
        let name = || pieces.word(at).starts_with(|c: char| c.is_uppercase()) && pieces.word(at).len() > 3;
        found.filter(|n| !matches!(n, NumberWord::Suffix(_)) || !name())
    }

    /// The classes of the phrase `from..to`.
    pub fn class(&self, pieces: &Pieces<'_>, from: usize, to: usize) -> Class {
        let Some(mut words) = phrase(pieces, from, to) else { return Class::default() };
        words.lower();
        self.classes.get(words.as_str()).copied().unwrap_or_default()
    }

    /// The classes of a word in lower case.
    pub fn word_class(&self, word: &str) -> Class {
        self.classes.get(word).copied().unwrap_or_default()
    }

    /// Whether a word in lower case is a span of time.
    pub fn lasting(&self, word: &str) -> bool {
        self.units.get(word).is_some_and(|u| u.kind == "duration") || self.word_class(word).has(Class::MONTH)
    }

    /// Whether a word is a unit or a currency.
    pub fn measures(&self, word: &str) -> bool {
        self.units.contains_key(word) || self.words.contains_key(word) || self.unit_signs.contains_key(word)
    }

    /// The longest phrase that starts at a piece and of which `want` makes something: that and its end.
    pub fn longest<T>(
        &self,
        pieces: &Pieces<'_>,
        at: usize,
        want: impl Fn(Class) -> Option<T>,
    ) -> Option<(T, usize)> {
        (1..=PHRASE).rev().find_map(|n| {
            let end = at + n;
            (end <= pieces.all.len()).then_some(())?;
            want(self.class(pieces, at, end)).map(|found| (found, end))
        })
    }

    /// The longest phrase that ends before a piece and of which `want` makes something: that and its start.
    pub fn longest_before<T>(
        &self,
        pieces: &Pieces<'_>,
        at: usize,
        want: impl Fn(Class) -> Option<T>,
    ) -> Option<(T, usize)> {
        (1..=PHRASE).rev().find_map(|n| {
            let start = at.checked_sub(n)?;
            want(self.class(pieces, start, at)).map(|found| (found, start))
        })
    }

    /// The unit whose name or sign starts at a piece, the longest, and its end.
    pub fn unit(&self, pieces: &Pieces<'_>, at: usize) -> Option<(Unit, usize)> {
        (1..=4).rev().find_map(|n| {
            let end = at + n;
            (end <= pieces.all.len()).then_some(())?;
            let mut words = phrase(pieces, at, end)?;
            let unit = self.unit_signs.get(words.as_str()).copied().or_else(|| {
                words.lower();
                self.units.get(words.as_str()).copied()
            });
            unit.map(|unit| (unit, end))
        })
    }

    /// The unit that stands before its number, by its word.
    pub fn unit_before(&self, word: &str) -> Option<Unit> {
        self.units_before.get(word).copied()
    }

    /// The currencies whose sign or code ends before a piece, and where it starts.
    pub fn sign_before(&self, pieces: &Pieces<'_>, at: usize) -> Option<(&Shared, usize)> {
        (1..=PHRASE).rev().find_map(|n| {
            let start = at.checked_sub(n)?;
            (!pieces.glued(start) || !pieces.is(start, Kind::Word)).then_some(())?;
            let sign = phrase(pieces, start, at)?;
            self.signs.get(sign.as_str()).map(|shared| (shared, start))
        })
    }

    /// Whether a currency sign or code stands at a piece.
    pub fn ends_sign(&self, pieces: &Pieces<'_>, at: usize) -> bool {
        phrase(pieces, at, at + 1).is_some_and(|p| self.signs.contains_key(p.as_str()))
    }

    /// The currency of a code with an M for millions: "MUSD", "MSEK".
    pub fn millions(&self, word: &str) -> Option<&Shared> {
        let code =
            word.strip_prefix('M').filter(|c| c.len() == 3 && c.bytes().all(|b| b.is_ascii_uppercase()))?;
        self.signs.get(code)
    }

    /// The currency whose sign, code or word starts at a piece.
    fn currency_word(&self, pieces: &Pieces<'_>, at: usize) -> Option<Money<'_>> {
        (1..=3).rev().find_map(|n| {
            let end = at + n;
            (end <= pieces.all.len()).then_some(())?;
            let mut words = phrase(pieces, at, end)?;
            let long = words.len > 2 || !pieces.is(at, Kind::Word) || pieces.glued(at) && words.len == 2;
            let found =
                |shared, minor, doubtful| Money { shared, chosen: None, minor, doubtful, factor: 1.0, end };
            if let Some(shared) = self.signs.get(words.as_str()).filter(|_| long) {
                return Some(found(shared, false, false));
            }
            if let Some(shared) = self.millions(words.as_str()) {
                return Some(Money { factor: MILLION, ..found(shared, false, false) });
            }
            words.lower();
            let words = words.as_str();
            let major = self.words.get(words).map(|(shared, doubtful)| found(shared, false, *doubtful));
            major.or_else(|| self.minor.get(words).map(|shared| found(shared, true, false)))
        })
    }

    /// The currency that is named from a piece on, with or without a nation ("Sri Lankan rupees").
    pub fn currency(&self, pieces: &Pieces<'_>, at: usize) -> Option<Money<'_>> {
        let national = (1..=3).rev().find_map(|n| {
            let found = self.currency_word(pieces, at + n)?;
            let mut words = phrase(pieces, at, at + n)?;
            words.lower();
            let chosen = found.shared.iter().copied().find(|i| {
                self.currencies
                    .get(usize::from(*i))
                    .is_some_and(|c| c.nations.iter().any(|n| n == words.as_str()))
            })?;
            Some(Money { chosen: Some(chosen), doubtful: false, ..found })
        });
        national.or_else(|| self.currency_word(pieces, at))
    }
}
