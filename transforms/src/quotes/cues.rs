//! Words that attribute a content to somebody, with their frames, from `seeds/lexicon/attributions.tsv`.

use rustc_hash::{FxHashMap, FxHashSet};
use seeds::table::Table;
use seeds::{SeedError, Seeds};
use std::fmt;

/// Prepositions that a frame can name.
const PREPOSITIONS: &[&str] =
    &["about", "against", "as", "at", "by", "for", "in", "of", "on", "over", "to", "upon", "with"];

/// What can stand behind a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Frames {
    simple: u8,
    prepositions: u16,
    objects: u16,
}

/// A clause, with "that", without it, or a question.
pub const THAT: u8 = 1;
/// A question only.
pub const WH: u8 = 2;
/// An infinitive.
pub const TO: u8 = 4;
/// A gerund.
pub const ING: u8 = 8;
/// A noun phrase.
pub const OBJECT: u8 = 16;
/// An object and what it is called.
pub const CALLED: u8 = 32;
/// An object and an infinitive.
pub const OBJECT_TO: u8 = 64;

impl Frames {
    /// Whether it has one of these simple frames.
    pub fn has(self, simple: u8) -> bool {
        self.simple & simple != 0
    }

    /// Whether its object is who is told.
    pub fn recipient(self) -> bool {
        self.has(OBJECT_TO) || self.objects != 0
    }

    /// The preposition behind which its content stands.
    pub fn behind(self, word: &str) -> Option<&'static str> {
        pick(self.prepositions, word)
    }

    /// The preposition that follows its object.
    pub fn with_object(self, word: &str) -> Option<&'static str> {
        pick(self.objects, word)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut frames = Self::default();
        let place = |word: &str| PREPOSITIONS.iter().position(|p| *p == word).map(|at| 1_u16 << at);
        for word in text.split(' ') {
            match word {
                "that" => frames.simple |= THAT | WH,
                "wh" => frames.simple |= WH,
                "to" => frames.simple |= TO,
                "ing" => frames.simple |= ING,
                "obj" => frames.simple |= OBJECT,
                "comp" => frames.simple |= CALLED,
                "obj-to" => frames.simple |= OBJECT_TO,
                _ => match word.strip_prefix("obj-") {
                    Some(preposition) => frames.objects |= place(preposition)?,
                    None => frames.prepositions |= place(word)?,
                },
            }
        }
        Some(frames)
    }
}

fn pick(set: u16, word: &str) -> Option<&'static str> {
    let at = PREPOSITIONS.iter().position(|p| p.eq_ignore_ascii_case(word))?;
    (set & (1 << at) != 0).then(|| PREPOSITIONS.get(at).copied()).flatten()
}

/// A word that attributes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// As it is written to the tables: "rule out".
    pub lemma: String,
    /// A verb's particle.
    particle: Option<String>,
    /// Its frames.
    pub frames: Frames,
}

/// A cue as the `verb` column names it: "say", "not say", "call for", "be confident".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name<'a> {
    /// The lemma.
    pub word: &'a str,
    /// The preposition before the content; empty for none.
    pub preposition: &'static str,
    /// Whether it is an adjective.
    pub be: bool,
    /// Whether it is said not to be: "did not say".
    pub not: bool,
}

impl<'a> Name<'a> {
    /// The name of a verb or phrase by itself.
    pub fn of(word: &'a str) -> Self {
        Self { word, preposition: "", be: false, not: false }
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let not = if self.not { "not " } else { "" };
        let be = if self.be { "be " } else { "" };
        let gap = if self.preposition.is_empty() { "" } else { " " };
        write!(f, "{not}{be}{}{gap}{}", self.word, self.preposition)
    }
}

/// The cues by part of speech and lemma of their first words.
#[derive(Debug)]
pub struct Cues {
    verbs: FxHashMap<String, Vec<Cue>>,
    adjectives: FxHashMap<String, Cue>,
    nouns: FxHashMap<String, Cue>,
    /// Verbs that carry a noun: "made a promise".
    light: FxHashSet<String>,
}

impl Cues {
    /// Reads the frames, and the verbs of saying for those without a row of their own.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let mut cues = Self {
            verbs: FxHashMap::default(),
            adjectives: FxHashMap::default(),
            nouns: FxHashMap::default(),
            light: FxHashSet::default(),
        };
        let file = "lexicon/attributions.tsv";
        let table = Table::parse(file, seeds.text(file)?)?;
        let (lemma, pos, frames) = (table.column("lemma")?, table.column("pos")?, table.column("frames")?);
        for row in table.rows() {
            if row.cell(pos) == "light" {
                cues.light.insert(row.cell(lemma).to_owned());
                continue;
            }
            let frames = Frames::parse(row.cell(frames))
                .ok_or_else(|| row.error("unknown frame; the first lines of the file list them"))?;
            let cue = new_cue(row.cell(lemma), frames);
            match row.cell(pos) {
                "verb" => cues.add(cue),
                "adjective" => drop(cues.adjectives.insert(cue.lemma.clone(), cue)),
                "noun" => drop(cues.nouns.insert(cue.lemma.clone(), cue)),
                _ => return Err(row.error("`pos` is verb, adjective, noun or light")),
            }
        }
        let file = "lexicon/reporting_verbs.tsv";
        let table = Table::parse(file, seeds.text(file)?)?;
        let (lemma, kind, that) =
            (table.column("lemma")?, table.column("kind")?, table.column("takes_that")?);
        for row in table.rows().filter(|r| r.cell(kind) == "verb" && r.cell(that) == "1") {
            cues.add(new_cue(row.cell(lemma), Frames { simple: THAT | WH, ..Frames::default() }));
        }
        Ok(cues)
    }

    /// Adds a verb; frames of one that is there already are joined.
    fn add(&mut self, cue: Cue) {
        let first = cue.lemma.split(' ').next().unwrap_or("");
        if cue.lemma.split(' ').count() > 2 {
            return;
        }
        let same = self.verbs.entry(first.to_owned()).or_default();
        match same.iter_mut().find(|c| c.particle == cue.particle) {
            Some(known) => known.frames.simple |= cue.frames.simple,
            None => same.push(cue),
        }
    }

    /// A verb with the particle that hangs on it.
    pub fn verb(&self, lemma: &str, particle: Option<&str>) -> Option<&Cue> {
        let same = self.verbs.get(lemma)?;
        let fits = |c: &&Cue| match (&c.particle, particle) {
            (None, None) => true,
            (Some(known), Some(word)) => known.eq_ignore_ascii_case(word),
            _ => false,
        };
        same.iter().find(fits)
    }

    /// Whether some verb has this lemma.
    pub fn is_verb(&self, lemma: &str) -> bool {
        self.verbs.contains_key(lemma)
    }

    /// Whether a verb only carries its noun, so that its subject holds what the noun says.
    pub fn is_light(&self, lemma: &str) -> bool {
        self.light.contains(lemma)
    }

    /// An adjective.
    pub fn adjective(&self, lemma: &str) -> Option<&Cue> {
        self.adjectives.get(lemma)
    }

    /// A noun.
    pub fn noun(&self, lemma: &str) -> Option<&Cue> {
        self.nouns.get(lemma)
    }
}

fn new_cue(lemma: &str, frames: Frames) -> Cue {
    Cue { lemma: lemma.to_owned(), particle: lemma.split_once(' ').map(|(_, p)| p.to_owned()), frames }
}
