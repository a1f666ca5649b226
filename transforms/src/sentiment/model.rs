//! The weights of the model of attitudes (`seeds/models/sentiment.bin`, made by `training/sentiment/export.py`) and the
//! arithmetic on them: small integers, every rounding defined, so that all machines give the same bits.
//!
//! # The file
//!
//! Little-endian. `CNSENT03`; `u32`s: words, width, hidden units; `f32`: what one is worth in the classes' sums; then, one
//! after the other:
//!
//! | part | content |
//! |---|---|
//! | hashes | `u32` a word: the low half of its XXH3-64; row 0 is beyond the sentence's ends, row 1 every unknown word |
//! | words | `i8`, [`SLOTS`] × width a word: as itself, left and right neighbour, governor, dependent |
//! | roles, targets, relations, tags, ratings, quotes | `i16` × width: [`ROLES`], 64, 64, 20, 5, 2 rows |
//! | halvings | `u32` a group: how often its sums are halved to fit into 0 to 127 |
//! | hidden | `i8`, [`GROUPS`] × width a unit; `i32` start and `f32` factor a unit; `i16`, units × 20 kinds of target |
//! | classes | `i16`, units × [`CLASSES`]; `i32` a class |

use super::words::Key;
use crate::grammar::{Deprel, EntityLabel, Upos};
use crate::network::{Dense, Isa};
use rustc_hash::FxHashMap;
use seeds::{SeedError, Seeds};
use xxhash_rust::xxh3::xxh3_64;

/// Classes: negative, neutral, positive.
pub const CLASSES: usize = 3;
/// Rows of a word.
pub const SLOTS: usize = 5;
/// Groups of words whose sums the hidden layer sees.
pub const GROUPS: usize = 9;
/// Ways a word can stand to the target.
pub const ROLES: usize = 100;
/// Row of the places beyond a sentence's ends.
pub const NOWHERE: u32 = 0;
/// Row of unknown words.
const REST: u32 = 1;
/// Largest output of the hidden layer.
const MOST: i16 = 2047;
/// Largest weight of the classes: sums of up to 512 products stay below 2^31.
const WEIGHT: u16 = 1023;
/// Kinds of targets.
const LABELS: usize = 20;
/// First bytes of the file.
const MAGIC: &[u8; 8] = b"CNSENT03";

/// The weights.
#[derive(Debug)]
pub struct Model {
    isa: Isa,
    width: usize,
    scale: f64,
    known: FxHashMap<u32, u32>,
    /// Rows of masked words: kinds of names, other proper nouns, numbers.
    masks: [u32; 20],
    words: Vec<i8>,
    roles: Vec<i16>,
    targets: Vec<i16>,
    relations: Vec<i16>,
    tags: Vec<i16>,
    ratings: Vec<i16>,
    quotes: Vec<i16>,
    halvings: [u32; GROUPS],
    hidden: Dense,
    /// The hidden layer's weights as real numbers, for [`Model::pull`].
    hidden_real: Vec<f32>,
    labels: Vec<i16>,
    classes: Vec<i16>,
    class_starts: [i32; CLASSES],
}

/// A judgement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judgement {
    /// Probability of each class.
    pub shares: [f64; CLASSES],
    /// The likeliest class.
    pub class: usize,
}

/// What is left of the file.
struct Rest<'a> {
    bytes: &'a [u8],
}

impl Rest<'_> {
    fn take<const N: usize>(&mut self, n: usize) -> Option<impl Iterator<Item = [u8; N]>> {
        let (head, rest) = self.bytes.split_at_checked(n.checked_mul(N)?)?;
        self.bytes = rest;
        Some(head.chunks_exact(N).filter_map(|c| c.first_chunk::<N>().copied()))
    }

    fn u32(&mut self) -> Option<u32> {
        self.take::<4>(1)?.next().map(u32::from_le_bytes)
    }

    fn bytes(&mut self, n: usize) -> Option<Vec<i8>> {
        Some(self.take::<1>(n)?.map(i8::from_le_bytes).collect())
    }

    fn shorts(&mut self, n: usize) -> Option<Vec<i16>> {
        Some(self.take::<2>(n)?.map(i16::from_le_bytes).collect())
    }

    fn longs(&mut self, n: usize) -> Option<Vec<i32>> {
        Some(self.take::<4>(n)?.map(i32::from_le_bytes).collect())
    }
}

fn hash(word: &str) -> u32 {
    xxh3_64(word.as_bytes()) as u32
}

impl Model {
    /// Reads `models/sentiment.bin`.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let file = "models/sentiment.bin";
        let bytes = seeds.bytes(file)?;
        let wrong = |what: &str| SeedError::line(file, 1, what);
        let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| wrong("not a model of attitudes"))?;
        Self::read(Rest { bytes: rest })
            .ok_or_else(|| wrong("the file is cut short or its sizes don't fit; make it anew"))
    }

    fn read(mut rest: Rest<'_>) -> Option<Self> {
        let (count, width, units) = (rest.u32()? as usize, rest.u32()? as usize, rest.u32()? as usize);
        let scale = f64::from(f32::from_bits(rest.u32()?));
        let sane = (2..1 << 20).contains(&count) && (1..=56).contains(&width) && (1..=512).contains(&units);
        if !sane || !scale.is_finite() {
            return None;
        }
        let hashes = rest.longs(count)?;
        let mut known = FxHashMap::default();
        for (row, hash) in hashes.iter().enumerate().skip(2) {
            known.entry(*hash as u32).or_insert(row as u32);
        }
        let mut masks = [REST; 20];
        for (kind, mask) in masks.iter_mut().enumerate() {
            let name = match kind.checked_sub(EntityLabel::ALL.len()) {
                None => format!("<{kind}>"),
                Some(0) => "<name>".to_owned(),
                Some(_) => "<number>".to_owned(),
            };
            *mask = known.get(&hash(&name)).copied().unwrap_or(REST);
        }
        let words = rest.bytes(count * SLOTS * width)?;
        let [roles, targets, relations, tags, ratings, quotes] =
            [ROLES, 64, 64, 20, 5, 2].map(|rows| rest.shorts(rows * width));
        let halvings = rest.longs(GROUPS)?.first_chunk().copied()?.map(|n: i32| n.clamp(0, 14) as u32);
        let weights = rest.bytes(units * GROUPS * width)?;
        let starts = rest.longs(units)?;
        let factors: Vec<f32> = rest.take::<4>(units)?.map(f32::from_le_bytes).collect();
        let rows = weights.chunks_exact(GROUPS * width).zip(&factors);
        let hidden_real = rows.flat_map(|(row, by)| row.iter().map(move |w| f32::from(*w) * by)).collect();
        let bytes: Vec<u8> = weights.iter().map(|w| w.cast_unsigned()).collect();
        let model = Self {
            isa: Isa::best(),
            width,
            scale,
            known,
            masks,
            words,
            roles: roles?,
            targets: targets?,
            relations: relations?,
            tags: tags?,
            ratings: ratings?,
            quotes: quotes?,
            halvings,
            hidden: Dense::new(GROUPS * width, &bytes, starts, factors)?,
            hidden_real,
            labels: rest.shorts(LABELS * units)?,
            classes: rest.shorts(CLASSES * units)?,
            class_starts: rest.longs(CLASSES)?.first_chunk().copied()?,
        };
        let small = model.classes.iter().all(|w| w.unsigned_abs() <= WEIGHT);
        (rest.bytes.is_empty() && small).then_some(model)
    }

    /// The same model on another instruction set, where this machine has it; its answers are the same bits.
    pub fn with_isa(self, isa: Isa) -> Self {
        Self { isa: isa.or_less(), ..self }
    }

    /// Values a word.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The row of what is seen of a word.
    pub fn row(&self, key: Key<'_>) -> u32 {
        let mask = |kind: usize| self.masks.get(kind).copied().unwrap_or(REST);
        match key {
            Key::Name(kind) => mask(usize::from(kind)),
            Key::Proper => mask(EntityLabel::ALL.len()),
            Key::Number => mask(EntityLabel::ALL.len() + 1),
            Key::Word(word) => self.known.get(&hash(word)).copied().unwrap_or(REST),
        }
    }

    /// One of a word's rows: 0 as itself, 1 as left, 2 as right neighbour, 3 as governor, 4 as dependent.
    pub fn word(&self, row: u32, slot: usize) -> &[i8] {
        let at = (row as usize * SLOTS + slot) * self.width;
        self.words.get(at..at + self.width).unwrap_or(&[])
    }

    fn at<'a>(&self, table: &'a [i16], row: usize) -> &'a [i16] {
        table.get(row * self.width..(row + 1) * self.width).unwrap_or(&[])
    }

    /// Rows of what a word is in its sentence: relation, tag, rating, inside quotation marks.
    pub fn marks(&self, relation: Deprel, tag: Upos, rating: i8, quoted: bool) -> [&[i16]; 4] {
        [
            self.at(&self.relations, relation as usize),
            self.at(&self.tags, tag as usize),
            self.at(&self.ratings, usize::try_from(rating + 2).unwrap_or(2)),
            self.at(&self.quotes, usize::from(quoted)),
        ]
    }

    /// Row of a word that stands so to the target.
    pub fn role(&self, role: usize) -> &[i16] {
        self.at(&self.roles, role)
    }

    /// Row of all words of a target with this relation to its governor.
    pub fn target(&self, relation: Deprel) -> &[i16] {
        self.at(&self.targets, relation as usize)
    }

    /// By how many halvings each group's sums are made small.
    pub fn halvings(&self) -> &[u32; GROUPS] {
        &self.halvings
    }

    /// Judges a target by its groups' halved sums, [`GROUPS`] × width from 0 to 127; `units` becomes the hidden layer.
    pub fn judge(&self, groups: &[u8], label: usize, units: &mut Vec<i16>) -> Judgement {
        let count = self.classes.len() / CLASSES;
        units.clear();
        units.resize(count, 0);
        self.hidden.run(self.isa, groups, units);
        let label = label.min(LABELS - 1) * count;
        for (unit, label) in units.iter_mut().zip(self.labels.get(label..).unwrap_or(&[])) {
            *unit = unit.saturating_add(*label).clamp(0, MOST);
        }
        let mut sums = self.class_starts;
        for (sum, weights) in sums.iter_mut().zip(self.classes.chunks_exact(count.max(1))) {
            *sum = sum.saturating_add(product(weights, units));
        }
        let top = sums.iter().copied().max().unwrap_or(0);
        let mut shares = sums.map(|s| (f64::from(s.saturating_sub(top)) * self.scale).exp());
        let total: f64 = shares.iter().sum();
        for share in &mut shares {
            *share /= total;
        }
        let class = (0..CLASSES).max_by_key(|c| (sums.get(*c).copied(), *c == 1)).unwrap_or(1);
        Judgement { shares, class }
    }

    /// What each value of the `wanted` groups adds to a class against the neutral one, by the hidden units that
    /// matter; nothing for the other groups.
    pub fn pull(
        &self,
        units: &[i16],
        class: usize,
        wanted: &[usize],
        real: &mut Vec<f32>,
        out: &mut Vec<i16>,
    ) {
        real.clear();
        real.resize(GROUPS * self.width, 0.0);
        let of = |class: usize| self.classes.get(class * units.len()..).unwrap_or(&[]);
        let pulls = || {
            let units = units.iter().zip(of(class)).zip(of(1));
            units.map(|((unit, to), neutral)| (i32::from(*unit), i32::from(*to) - i32::from(*neutral)))
        };
        let most = pulls().map(|(unit, by)| unit * by.abs()).max().unwrap_or(0);
        for ((unit, by), weights) in pulls().zip(self.hidden_real.chunks_exact(GROUPS * self.width)) {
            // Units that weigh little change no order of the evidence and cost as much as the others.
            if unit * by.abs() * 16 <= most {
                continue;
            }
            let by = by as f32;
            for group in wanted {
                let range = group * self.width..(group + 1) * self.width;
                let (Some(sums), Some(weights)) = (real.get_mut(range.clone()), weights.get(range)) else {
                    continue;
                };
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += by * weight;
                }
            }
        }
        out.clear();
        let most = real.iter().fold(1e-6_f32, |most, sum| most.max(sum.abs()));
        out.extend(real.iter().map(|sum| (sum * (8191.0 / most)) as i16));
    }
}

/// A group's sum, which is not negative, halved so often that it fits; the rest is cut.
pub fn halved(sum: i16, times: u32) -> u8 {
    let half = (1 << times) >> 1;
    (sum.saturating_add(half) >> times).clamp(0, 127) as u8
}

/// The sum of products; both sides are small enough for `i32`.
pub fn product(weights: &[i16], values: &[i16]) -> i32 {
    weights.iter().zip(values).fold(0_i32, |sum, (w, v)| sum.wrapping_add(i32::from(*w) * i32::from(*v)))
}
