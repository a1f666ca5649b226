//! VADER (Hutto and Gilbert 2014) as vaderSentiment 3.3.2 computes it, word for word: the method `vader`.
//!
//! Odd turns of the reference are kept, such as looking a value up again by its first occurrence when "but" halves
//! what stands before it. The lexicon, the pictures and the word lists are data: `seeds/lexicon/vader*.tsv`.

use rustc_hash::FxHashMap;
use seeds::table::Table;
use seeds::{SeedError, Seeds};

/// What a word in capitals adds.
const CAPITALS: f64 = 0.733;
/// What a negation multiplies by.
const NEGATION: f64 = -0.74;
/// What bounds the sum between -1 and 1.
const ALPHA: f64 = 15.0;

/// The scores of one text.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Scores {
    /// -1 to 1, four decimals.
    pub compound: f64,
    /// Share that is positive, three decimals.
    pub positive: f64,
    /// Share that is negative.
    pub negative: f64,
    /// Share that is neither.
    pub neutral: f64,
}

/// A word as VADER cuts it.
#[derive(Debug, Clone, Copy)]
struct Word {
    /// Its letters in lower case, in the buffer.
    start: u32,
    end: u32,
    upper: bool,
    valence: Option<f64>,
    boost: f64,
    negates: bool,
}

/// Buffers, reused from one sentence to the next.
#[derive(Debug, Default)]
pub struct Buffers {
    text: String,
    lower: String,
    words: Vec<Word>,
    /// The value of each word after the last call.
    values: Vec<f64>,
    phrase: String,
}

/// The lexicon.
#[derive(Debug)]
pub struct Vader {
    lexicon: FxHashMap<String, f64>,
    pictures: FxHashMap<char, String>,
    boosts: FxHashMap<String, f64>,
    negations: FxHashMap<String, ()>,
    idioms: FxHashMap<String, f64>,
}

/// White space of Python's `str.split`.
fn space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

impl Vader {
    /// Reads `lexicon/vader.tsv`, `lexicon/vader_pictures.tsv` and `lexicon/vader_words.tsv`.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let mut vader = Self {
            lexicon: FxHashMap::default(),
            pictures: FxHashMap::default(),
            boosts: FxHashMap::default(),
            negations: FxHashMap::default(),
            idioms: FxHashMap::default(),
        };
        let file = "lexicon/vader.tsv";
        let table = Table::parse(file, seeds.text(file)?)?;
        let (valence, word) = (table.column("valence")?, table.column("word")?);
        for row in table.rows() {
            let value = row.cell(valence).parse().map_err(|_| row.error("the valence is no number"))?;
            vader.lexicon.insert(row.cell(word).to_owned(), value);
        }
        let file = "lexicon/vader_pictures.tsv";
        let table = Table::parse(file, seeds.text(file)?)?;
        let (picture, words) = (table.column("picture")?, table.column("words")?);
        for row in table.rows() {
            let c = row.cell(picture).chars().next().ok_or_else(|| row.error("no picture"))?;
            vader.pictures.insert(c, row.cell(words).to_owned());
        }
        let file = "lexicon/vader_words.tsv";
        let table = Table::parse(file, seeds.text(file)?)?;
        let (class, words, value) = (table.column("class")?, table.column("words")?, table.column("value")?);
        for row in table.rows() {
            let key = row.cell(words).to_owned();
            let number = || row.cell(value).parse::<f64>().map_err(|_| row.error("the value is no number"));
            match row.cell(class) {
                "negate" => drop(vader.negations.insert(key, ())),
                "boost" => drop(vader.boosts.insert(key, number()?)),
                "idiom" => drop(vader.idioms.insert(key, number()?)),
                _ => return Err(row.error("the classes are negate, boost and idiom")),
            }
        }
        Ok(vader)
    }

    /// The rating of a word in lower case.
    pub fn valence(&self, word: &str) -> Option<f64> {
        self.lexicon.get(word).copied()
    }

    /// Scores a text and leaves each word's value in `buffers`.
    pub fn score(&self, text: &str, buffers: &mut Buffers) -> Scores {
        self.describe(text, buffers);
        let capitals = buffers.words.iter().filter(|w| w.upper).count();
        let differ = capitals > 0 && capitals < buffers.words.len();
        buffers.values.clear();
        for at in 0..buffers.words.len() {
            let value = self.word(at, differ, buffers);
            buffers.values.push(value);
        }
        self.but(buffers);
        scores(&buffers.text, &buffers.values)
    }

    /// The text with pictures in words, cut into words.
    fn describe(&self, text: &str, buffers: &mut Buffers) {
        let Buffers { text: out, lower, words, .. } = buffers;
        out.clear();
        let mut spaced = true;
        for c in text.chars() {
            match if c.is_ascii() { None } else { self.pictures.get(&c) } {
                Some(description) => {
                    if !spaced {
                        out.push(' ');
                    }
                    out.push_str(description);
                    spaced = false;
                }
                None => {
                    out.push(c);
                    spaced = c == ' ';
                }
            }
        }
        lower.clear();
        words.clear();
        for piece in out.split(space).filter(|p| !p.is_empty()) {
            let bare = piece.trim_matches(|c: char| c.is_ascii_punctuation());
            let word = if bare.chars().nth(2).is_none() { piece } else { bare };
            let start = lower.len();
            if word.is_ascii() {
                lower.push_str(word);
                if let Some(added) = lower.get_mut(start..) {
                    added.make_ascii_lowercase();
                }
            } else {
                lower.push_str(&word.to_lowercase());
            }
            let key = lower.get(start..).unwrap_or("");
            words.push(Word {
                start: start as u32,
                end: lower.len() as u32,
                upper: word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase),
                valence: self.lexicon.get(key).copied(),
                boost: self.boosts.get(key).copied().unwrap_or(0.0),
                negates: self.negations.contains_key(key) || key.contains("n't"),
            });
        }
    }

    /// The value of one word in its place.
    fn word(&self, at: usize, differ: bool, buffers: &mut Buffers) -> f64 {
        let Some(word) = buffers.words.get(at).copied() else { return 0.0 };
        let of = |at: usize| buffers.of(at);
        if word.boost != 0.0 || of(at) == "kind" && of(at + 1) == "of" {
            return 0.0;
        }
        let Some(rated) = word.valence else { return 0.0 };
        let mut valence = rated;
        let next = buffers.words.get(at + 1).is_some_and(|w| w.valence.is_some());
        if of(at) == "no" && next {
            valence = 0.0;
        }
        let back = |n: usize| at.checked_sub(n).map_or("", of);
        if back(1) == "no" || back(2) == "no" || back(3) == "no" && matches!(back(1), "or" | "nor") {
            valence = rated * NEGATION;
        }
        if word.upper && differ {
            valence += if valence > 0.0 { CAPITALS } else { -CAPITALS };
        }
        for step in 0..3 {
            let Some(before) = at.checked_sub(step + 1).and_then(|i| buffers.words.get(i).copied()) else {
                break;
            };
            if before.valence.is_some() {
                continue;
            }
            let mut change = boost(&before, valence, differ);
            if step == 1 {
                change *= 0.95;
            } else if step == 2 {
                change *= 0.9;
            }
            valence += change;
            valence = negation(
                valence,
                step,
                before.negates,
                [buffers.back(at, 1), buffers.back(at, 2), buffers.back(at, 3)],
            );
            if step == 2 {
                valence = self.idioms(valence, at, buffers);
            }
        }
        let unrated =
            at.checked_sub(1).and_then(|i| buffers.words.get(i)).is_some_and(|w| w.valence.is_none());
        if unrated
            && buffers.back(at, 1) == "least"
            && !(at > 1 && matches!(buffers.back(at, 2), "at" | "very"))
        {
            valence *= NEGATION;
        }
        valence
    }

    /// Phrases around a word that have a value of their own.
    fn idioms(&self, mut valence: f64, at: usize, buffers: &mut Buffers) -> f64 {
        let mut phrase = std::mem::take(&mut buffers.phrase);
        let mut join = |from: usize, to: usize| {
            phrase.clear();
            for i in from..=to {
                if i > from {
                    phrase.push(' ');
                }
                phrase.push_str(buffers.of(i));
            }
            (self.idioms.get(&phrase).copied(), self.boosts.get(&phrase).copied())
        };
        let places = [(at - 1, at), (at - 2, at), (at - 2, at - 1), (at - 3, at - 1), (at - 3, at - 2)];
        if let Some(value) = places.into_iter().find_map(|(from, to)| join(from, to).0) {
            valence = value;
        }
        for ahead in [1, 2] {
            if at + ahead < buffers.words.len()
                && let Some(value) = join(at, at + ahead).0
            {
                valence = value;
            }
        }
        for (from, to) in [(at - 3, at - 1), (at - 3, at - 2), (at - 2, at - 1)] {
            valence += join(from, to).1.unwrap_or(0.0);
        }
        buffers.phrase = phrase;
        valence
    }

    /// "but" halves what stands before it and raises what follows.
    fn but(&self, buffers: &mut Buffers) {
        let Some(but) = (0..buffers.words.len()).find(|i| buffers.of(*i) == "but") else { return };
        let values = &mut buffers.values;
        for at in 0..values.len() {
            let Some(value) = values.get(at).copied() else { break };
            let Some(first) = values.iter().position(|v| *v == value) else { continue };
            if let Some(place) = values.get_mut(first) {
                if first < but {
                    *place = value * 0.5;
                } else if first > but {
                    *place = value * 1.5;
                }
            }
        }
    }
}

impl Buffers {
    /// A word in lower case; empty past an end.
    fn of(&self, at: usize) -> &str {
        self.words.get(at).and_then(|w| self.lower.get(w.start as usize..w.end as usize)).unwrap_or("")
    }

    fn back(&self, at: usize, n: usize) -> &str {
        at.checked_sub(n).map_or("", |i| self.of(i))
    }

    /// The rated words of the last text, with their values.
    pub fn evidence(&self) -> impl Iterator<Item = (&str, f64)> {
        let valued = self.values.iter().enumerate().filter(|(_, v)| **v != 0.0);
        valued.map(|(at, v)| (self.of(at), *v))
    }
}

/// What a degree word adds.
fn boost(word: &Word, valence: f64, differ: bool) -> f64 {
    if word.boost == 0.0 {
        return 0.0;
    }
    let mut change = if valence < 0.0 { -word.boost } else { word.boost };
    if word.upper && differ {
        change += if valence > 0.0 { CAPITALS } else { -CAPITALS };
    }
    change
}

/// What a negation `step + 1` words before does; `back` are the three words before, the nearest first.
fn negation(valence: f64, step: usize, negates: bool, back: [&str; 3]) -> f64 {
    let [one, two, three] = back;
    let lifts = |w: &str| w == "so" || w == "this";
    match step {
        1 if two == "never" && lifts(one) => valence * 1.25,
        1 if two == "without" && one == "doubt" => valence,
        2 if three == "never" && lifts(two) || step == 2 && lifts(one) => valence * 1.25,
        2 if three == "without" && (two == "doubt" || one == "doubt") => valence,
        _ if negates => valence * NEGATION,
        _ => valence,
    }
}

/// The scores of a sequence of values.
fn scores(text: &str, values: &[f64]) -> Scores {
    if values.is_empty() {
        return Scores::default();
    }
    let count = |mark: char| text.chars().filter(|c| *c == mark).count();
    let questions = match count('?') {
        0 | 1 => 0.0,
        n @ 2..=3 => n as f64 * 0.18,
        _ => 0.96,
    };
    let emphasis = count('!').min(4) as f64 * 0.292 + questions;
    let mut sum: f64 = values.iter().sum();
    if sum > 0.0 {
        sum += emphasis;
    } else if sum < 0.0 {
        sum -= emphasis;
    }
    let compound = (sum / (sum * sum + ALPHA).sqrt()).clamp(-1.0, 1.0);
    let mut positive: f64 = values.iter().filter(|v| **v > 0.0).map(|v| v + 1.0).sum();
    let mut negative: f64 = values.iter().filter(|v| **v < 0.0).map(|v| v - 1.0).sum();
    let neutral = values.iter().filter(|v| **v == 0.0).count() as f64;
    if positive > negative.abs() {
        positive += emphasis;
    } else if positive < negative.abs() {
        negative -= emphasis;
    }
    let total = positive + negative.abs() + neutral;
    let share = |v: f64| round((v / total).abs(), 1e3);
    Scores {
        compound: round(compound, 1e4),
        positive: share(positive),
        negative: share(negative),
        neutral: share(neutral),
    }
}

/// Rounds as Python does, by the exact decimal value: where the product is too near a half to tell, by printing it.
fn round(value: f64, by: f64) -> f64 {
    let scaled = value * by;
    if (scaled.fract().abs() - 0.5).abs() < 1e-6 {
        let digits = if by > 1e3 { 4 } else { 3 };
        return format!("{value:.digits$}").parse().unwrap_or(value);
    }
    scaled.round() / by
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_to_the_reference() {
        let vader = Vader::new(&Seeds::embedded()).unwrap();
        let mut buffers = Buffers::default();
        for line in include_str!("vader_vectors.tsv").lines().filter(|l| !l.starts_with('#')) {
            let mut cells = line.splitn(5, '\t');
            let mut number = || cells.next().unwrap().parse::<f64>().unwrap();
            let expected =
                Scores { compound: number(), positive: number(), negative: number(), neutral: number() };
            let text: String = serde_json::from_str(cells.next().unwrap()).unwrap();
            assert_eq!(vader.score(&text, &mut buffers), expected, "{text}");
        }
    }
}
