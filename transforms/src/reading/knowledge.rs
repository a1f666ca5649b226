//! What reading knows, compiled once from `seeds/reading/*.tsv`: the lines of news pages that are not text, dates'
//! words, agencies, towns, HTML, languages.

use crate::code::Code;
use crate::reading::dates::Calendar;
use aho_corasick::automaton::Automaton;
use aho_corasick::dfa::DFA;
use aho_corasick::{Anchored, Input, MatchKind, StartKind};
use rustc_hash::{FxHashMap, FxHashSet};
use seeds::table::Table;
use seeds::{SeedError, Seeds};

/// Letters of a line up to which it may be page furniture; longer ones are text whatever they begin with.
const LINE_CHARS_MAX: usize = 300;
/// The same of a picture's text.
const CAPTION_CHARS_MAX: usize = 700;

/// What a line of a page is, where it isn't text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A button: "Follow", "Short Url".
    Share,
    /// Other furniture.
    Boilerplate,
    /// Opens a list of other stories: "Related:".
    Teaser,
    /// The text below a picture.
    Caption,
    /// The points of the article in short.
    Summary,
    /// A header with a date, if a date is in it.
    Dated,
    /// A footer with a date, if a date is in it.
    Imprint,
}

impl Mark {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "share" => Some(Self::Share),
            "boilerplate" => Some(Self::Boilerplate),
            "teaser" => Some(Self::Teaser),
            "caption" => Some(Self::Caption),
            "summary" => Some(Self::Summary),
            "dated" => Some(Self::Dated),
            "imprint" => Some(Self::Imprint),
            _ => None,
        }
    }
}

/// What takes an HTML tag's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tag {
    /// A line break.
    Break,
    /// Nothing.
    Inline,
    /// Nothing, with all up to the closing tag.
    Drop,
}

/// A phrase of `lines.tsv` that is sought inside lines.
#[derive(Debug)]
struct Phrase {
    mark: Mark,
    needs: Vec<String>,
}

/// The compiled data files.
#[derive(Debug)]
pub(crate) struct Knowledge {
    whole: FxHashMap<String, Mark>,
    starts: DFA,
    start_phrases: Vec<Phrase>,
    ends: Vec<(String, Mark)>,
    /// What the last sentences of a paragraph begin with where they are a page's foot.
    feet: Vec<(String, Phrase)>,
    parts: DFA,
    part_phrases: Vec<Phrase>,
    pub(crate) calendar: Calendar,
    pub(crate) agencies: FxHashSet<String>,
    pub(crate) places: FxHashSet<String>,
    pub(crate) labels: FxHashSet<String>,
    pub(crate) entities: FxHashMap<String, String>,
    pub(crate) tags: FxHashMap<String, Tag>,
    pub(crate) english: FxHashSet<String>,
    pub(crate) open: FxHashSet<String>,
    pub(crate) roles: FxHashSet<String>,
    pub(crate) desks: FxHashSet<String>,
    /// What stands before the headline of another story inside a paragraph.
    pub(crate) teasers: Vec<String>,
    /// What a sentence says that only promises more elsewhere.
    pub(crate) promises: Vec<String>,
    /// What stands right before the words of a picture: "Image caption".
    pub(crate) frames: Vec<String>,
    /// What stands before whose picture it is: "Image copyright".
    pub(crate) credits: Vec<String>,
    /// Words that open sentences and are no names, lower case.
    pub(crate) openers: FxHashSet<String>,
    /// Any way to name a language, lower case, to its two-letter code.
    pub(crate) languages: FxHashMap<String, Code>,
}

/// A phrase as it stands at the head of a line.
fn capital(phrase: &str) -> String {
    let mut letters = phrase.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// Words in an order that doesn't change from run to run.
fn sorted(words: FxHashSet<String>) -> Vec<String> {
    let mut all: Vec<String> = words.into_iter().collect();
    all.sort_unstable();
    all
}

impl Knowledge {
    /// Compiles the data files; an error names file and line.
    pub(crate) fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let mut whole = FxHashMap::default();
        let (mut start_texts, mut start_phrases) = (Vec::new(), Vec::new());
        let (mut part_texts, mut part_phrases) = (Vec::new(), Vec::new());
        let (mut ends, mut feet) = (Vec::new(), Vec::new());
        let file = "reading/lines.tsv";
        let table = Table::parse(file, seeds.text(file)?)?;
        let (zone, how, text, needs) =
            (table.column("zone")?, table.column("match")?, table.column("text")?, table.column("needs")?);
        for row in table.rows() {
            let mark = Mark::parse(row.cell(zone)).ok_or_else(|| {
                row.error("unknown zone; one of share, boilerplate, teaser, caption, summary, dated, imprint")
            })?;
            let phrase = Phrase { mark, needs: row.list(needs).map(str::to_owned).collect() };
            let words = fold(row.cell(text));
            match row.cell(how) {
                "whole" => {
                    whole.insert(words, mark);
                }
                "start" => {
                    start_texts.push(words);
                    start_phrases.push(phrase);
                }
                "end" => ends.push((words, mark)),
                "foot" => feet.push((words, phrase)),
                "part" => {
                    part_texts.push(words);
                    part_phrases.push(phrase);
                }
                _ => return Err(row.error("unknown match; one of whole, start, end, foot, part")),
            }
        }
        let starts = automaton(file, &start_texts, StartKind::Anchored)?;
        let parts = automaton(file, &part_texts, StartKind::Unanchored)?;
        let words = |use_: &'static str| listed(seeds, "reading/words.tsv", "word", Some(("use", use_)));
        Ok(Self {
            whole,
            starts,
            start_phrases,
            ends,
            feet,
            parts,
            part_phrases,
            calendar: Calendar::new(seeds)?,
            agencies: listed(seeds, "reading/agencies.tsv", "name", None)?,
            places: listed(seeds, "reading/places.tsv", "name", None)?,
            labels: listed(seeds, "reading/labels.tsv", "label", None)?,
            entities: entities(seeds)?,
            tags: tags(seeds)?,
            english: words("english")?,
            open: words("open")?,
            roles: words("role")?,
            desks: words("desk")?,
            teasers: sorted(words("teaser")?).iter().map(|t| capital(t)).collect(),
            promises: sorted(words("promise")?),
            frames: sorted(words("frame")?).iter().map(|t| capital(t)).collect(),
            credits: sorted(words("credit")?).iter().map(|t| capital(t)).collect(),
            openers: words("opener")?,
            languages: languages(seeds)?,
        })
    }

    /// Whether a sentence, with all that follows it in its paragraph, is a page's foot: "Follow X on Facebook."
    pub(crate) fn foot(&self, rest: &str) -> bool {
        let small = fold(rest);
        // What must stand near stands in the same sentence.
        let near = small.split_inclusive(". ").next().unwrap_or("");
        self.feet.iter().any(|(start, phrase)| {
            small.starts_with(start.as_str())
                && (phrase.needs.is_empty() || phrase.needs.iter().any(|n| near.contains(n.as_str())))
        })
    }

    /// What a line is, where it isn't text.
    pub(crate) fn mark(&self, line: &str) -> Option<Mark> {
        if line.len() > CAPTION_CHARS_MAX && line.chars().nth(CAPTION_CHARS_MAX).is_some() {
            return None;
        }
        let small = fold(line);
        let small = small.trim_start_matches(['•', '*', '>', '»', '▪', ' ']);
        if let Some(mark) = self.whole.get(small) {
            return Some(*mark);
        }
        if small.len() < 40 && self.agencies.contains(small) {
            return Some(Mark::Boilerplate);
        }
        let long = small.len() > LINE_CHARS_MAX && small.chars().nth(LINE_CHARS_MAX).is_some();
        let near: &str =
            small.char_indices().nth(160).map_or(small, |(at, _)| small.get(..at).unwrap_or(small));
        let fits = |p: &&Phrase| {
            (!long || p.mark == Mark::Caption)
                && (p.needs.is_empty() || p.needs.iter().any(|n| near.contains(n.as_str())))
        };
        let start = self.starts.try_find(&Input::new(small).anchored(Anchored::Yes)).ok().flatten();
        if let Some(hit) = start {
            let phrase = self.start_phrases.get(hit.pattern().as_usize()).filter(fits);
            // "ad" must not match "adverse": a phrase that ends in a letter ends at a word's end.
            let whole_word = !small.get(..hit.end()).is_some_and(|s| s.ends_with(char::is_alphanumeric))
                || !small.get(hit.end()..).is_some_and(|s| s.starts_with(char::is_alphanumeric));
            if let Some(phrase) = phrase.filter(|_| whole_word) {
                return Some(phrase.mark);
            }
        }
        if !long && let Some((_, mark)) = self.ends.iter().find(|(end, _)| small.ends_with(end.as_str())) {
            return Some(*mark);
        }
        let part = self.parts.try_find(&Input::new(small)).ok().flatten()?;
        self.part_phrases.get(part.pattern().as_usize()).filter(fits).map(|p| p.mark)
    }
}

/// Lower case with straight quotes: how lines and phrases are compared.
pub(crate) fn fold(text: &str) -> String {
    let mut small = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '’' | '‘' | '´' | '`' => small.push('\''),
            '“' | '”' => small.push('"'),
            c if c.is_ascii() => small.push(c.to_ascii_lowercase()),
            c => small.extend(c.to_lowercase()),
        }
    }
    small
}

/// An automaton over phrases; the longest match wins, so that an order of lines doesn't matter.
fn automaton(file: &str, texts: &[String], start: StartKind) -> Result<DFA, SeedError> {
    DFA::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .start_kind(start)
        .build(texts)
        .map_err(|e| SeedError::line(file, 1, format!("phrases can't be compiled: {e}")))
}

/// One column of a file as a set, of the rows where another column has a value.
fn listed(
    seeds: &Seeds,
    file: &str,
    name: &str,
    only: Option<(&str, &str)>,
) -> Result<FxHashSet<String>, SeedError> {
    let table = Table::parse(file, seeds.text(file)?)?;
    let column = table.column(name)?;
    let filter = only.map(|(c, value)| table.column(c).map(|c| (c, value))).transpose()?;
    let rows = table.rows().filter(|row| filter.is_none_or(|(c, value)| row.cell(c) == value));
    Ok(rows.map(|row| fold(row.cell(column))).collect())
}

fn entities(seeds: &Seeds) -> Result<FxHashMap<String, String>, SeedError> {
    let file = "reading/entities.tsv";
    let table = Table::parse(file, seeds.text(file)?)?;
    let (name, text) = (table.column("name")?, table.column("text")?);
    let mut found = FxHashMap::default();
    for row in table.rows() {
        let cell = row.cell(text);
        let value = match cell.strip_prefix("U+") {
            Some(hex) => u32::from_str_radix(hex, 16)
                .ok()
                .and_then(char::from_u32)
                .map(String::from)
                .ok_or_else(|| row.error("no such code point; write U+ and hex digits"))?,
            None => cell.to_owned(),
        };
        found.insert(row.cell(name).to_owned(), value);
    }
    Ok(found)
}

fn tags(seeds: &Seeds) -> Result<FxHashMap<String, Tag>, SeedError> {
    let file = "reading/tags.tsv";
    let table = Table::parse(file, seeds.text(file)?)?;
    let (tag, kind) = (table.column("tag")?, table.column("kind")?);
    let mut found = FxHashMap::default();
    for row in table.rows() {
        let what = match row.cell(kind) {
            "break" => Tag::Break,
            "inline" => Tag::Inline,
            "drop" => Tag::Drop,
            _ => return Err(row.error("unknown kind; one of break, inline, drop")),
        };
        found.insert(row.cell(tag).to_owned(), what);
    }
    Ok(found)
}

fn languages(seeds: &Seeds) -> Result<FxHashMap<String, Code>, SeedError> {
    let file = "reading/languages.tsv";
    let table = Table::parse(file, seeds.text(file)?)?;
    let columns = [table.column("code3")?, table.column("code")?, table.column("name")?];
    let mut found = FxHashMap::default();
    for row in table.rows() {
        let code = Code::new(row.cell(columns[1])).ok_or_else(|| row.error("no two-letter code"))?;
        for name in columns.iter().filter_map(|c| row.some(*c)) {
            found.insert(fold(name), code);
        }
    }
    Ok(found)
}
