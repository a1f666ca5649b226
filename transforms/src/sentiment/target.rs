//! The attitude of a sentence towards somebody it names: a linear model over words, their place and their relation to
//! the name, with integer weights (`seeds/models/sentiment.bin`, trained by `training/sentiment` on NewsMTSC).
//!
//! Names are masked, so the model knows words, not people: what is said of one country is said of another.

use super::vader::Vader;
use crate::document::{Document, ROOT, Sentence, Token};
use crate::grammar::{Deprel, Upos};
use seeds::{SeedError, Seeds};
use std::ops::Range;
use xxhash_rust::xxh3::xxh3_64;

/// Classes: negative, neutral, positive.
pub const CLASSES: usize = 3;
/// Binary logarithm of the number of feature slots.
pub const SLOTS_LOG2: u32 = 18;
/// First bytes of the model file.
const MAGIC: &[u8; 8] = b"CNSENT01";
/// Tokens on each side of a target that are looked at.
const REACH: usize = 60;

/// A feature: its slot and the token that it speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feature {
    /// Index into the weights, below `1 << SLOTS_LOG2`.
    pub slot: u32,
    /// Token within the article; `u32::MAX` for features of the whole sentence.
    pub token: u32,
}

/// What is known of a sentence's tokens, made once for all its targets.
#[derive(Debug, Default)]
pub struct Words {
    hash: Vec<u64>,
    /// The rating's sign, turned round behind a negation.
    sign: Vec<i8>,
    quoted: Vec<bool>,
}

/// The weights.
#[derive(Debug)]
pub struct Model {
    /// [`CLASSES`] weights a slot.
    weights: Vec<i8>,
    /// What a weight of one is worth.
    scale: f64,
}

/// A judgement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judgement {
    /// Probability of each class.
    pub shares: [f64; CLASSES],
    /// The likeliest class.
    pub class: usize,
}

impl Model {
    /// Reads `models/sentiment.bin`: the magic bytes, the scale as `f32`, the weights.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let file = "models/sentiment.bin";
        let bytes = seeds.bytes(file)?;
        let wrong = |what: &str| SeedError::line(file, 1, what);
        let rest = bytes.strip_prefix(MAGIC).ok_or_else(|| wrong("not a model of attitudes"))?;
        let (scale, weights) = rest.split_first_chunk::<4>().ok_or_else(|| wrong("the file ends early"))?;
        if weights.len() != CLASSES << SLOTS_LOG2 {
            return Err(wrong("the number of weights is wrong; train it anew"));
        }
        let weights = weights.iter().map(|b| i8::from_ne_bytes([*b])).collect();
        Ok(Self { weights, scale: f64::from(f32::from_le_bytes(*scale)) })
    }

    fn of(&self, slot: u32) -> [i32; CLASSES] {
        let at = slot as usize * CLASSES;
        let mut out = [0; CLASSES];
        for (to, from) in out.iter_mut().zip(self.weights.get(at..at + CLASSES).unwrap_or(&[])) {
            *to = i32::from(*from);
        }
        out
    }

    /// Judges the features of one target.
    pub fn judge(&self, features: &[Feature]) -> Judgement {
        let mut sums = [0_i32; CLASSES];
        for feature in features {
            for (sum, weight) in sums.iter_mut().zip(self.of(feature.slot)) {
                *sum += weight;
            }
        }
        let top = sums.iter().copied().max().unwrap_or(0);
        let mut shares = sums.map(|s| (f64::from(s - top) * self.scale).exp());
        let total: f64 = shares.iter().sum();
        for share in &mut shares {
            *share /= total;
        }
        let class = (0..CLASSES).max_by_key(|c| (sums.get(*c).copied(), *c == 1)).unwrap_or(1);
        Judgement { shares, class }
    }

    /// How far each token speaks for a class against the neutral one: the strongest few, in text order.
    pub fn evidence(&self, features: &[Feature], class: usize, most: usize, out: &mut Vec<(u32, i32)>) {
        out.clear();
        for feature in features.iter().filter(|f| f.token != u32::MAX) {
            let weights = self.of(feature.slot);
            let gain = weights.get(class).copied().unwrap_or(0) - weights.get(1).copied().unwrap_or(0);
            match out.last_mut() {
                Some((token, sum)) if *token == feature.token => *sum += gain,
                _ => out.push((feature.token, gain)),
            }
        }
        out.retain(|(_, gain)| *gain > 0);
        out.sort_by_key(|(token, gain)| (-gain, *token));
        out.truncate(most);
        out.sort_by_key(|(token, _)| *token);
    }
}

fn mix(a: u64, b: u64) -> u64 {
    let x = (a ^ b.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    x ^ (x >> 32)
}

/// Looks at a sentence's words.
pub fn describe(doc: &Document<'_>, sentence: &Sentence, vader: &Vader, words: &mut Words) {
    let Words { hash, sign, quoted } = words;
    hash.clear();
    sign.clear();
    quoted.clear();
    let tokens = doc.tokens(&sentence.tokens);
    let names = &doc.parsed.names;
    let mut name = names.partition_point(|n| n.tokens.end <= sentence.tokens.start);
    let (mut inside, mut denied) = (false, 0);
    let mut buffer = [0_u8; 32];
    for (at, token) in tokens.iter().enumerate() {
        let index = sentence.tokens.start + at as u32;
        while names.get(name).is_some_and(|n| n.tokens.end <= index) {
            name += 1;
        }
        let named = names.get(name).filter(|n| n.tokens.start <= index);
        let lower = lower(doc.word(token), &mut buffer);
        if matches!(lower, "\"" | "“" | "”" | "``" | "''") {
            inside = lower != "”" && (lower == "“" || !inside);
        }
        let lemma = doc.lemma(token);
        let value = match (named, token.upos) {
            (Some(n), _) => 0x51ed_0000 + n.label as u64,
            (None, Upos::Propn) => 0x51ee_0000,
            (None, Upos::Num) => 0x51ef_0000,
            (None, Upos::Verb | Upos::Noun | Upos::Aux) if !lemma.is_empty() => xxh3_64(lemma.as_bytes()),
            _ => xxh3_64(lower.as_bytes()),
        };
        let negation = matches!(
            lower,
            "not"
                | "n't"
                | "n’t"
                | "never"
                | "no"
                | "without"
                | "nor"
                | "neither"
                | "hardly"
                | "refuse"
                | "refused"
                | "deny"
                | "denied"
        );
        let rating = if named.is_some() { None } else { vader.valence(lower) };
        let rated = rating.filter(|v| *v != 0.0 && !negation).map_or(0, |v| if v > 0.0 { 1 } else { -1 });
        let rated = if rating.is_some_and(|v| v.abs() >= 2.0) { rated * 2 } else { rated };
        sign.push(if denied > 0 { -rated } else { rated });
        denied = if negation {
            4
        } else if token.upos == Upos::Punct {
            0
        } else {
            (denied - 1).max(0)
        };
        hash.push(value);
        quoted.push(inside);
    }
}

/// A word in lower case, cut where it is long.
fn lower<'b>(word: &str, buffer: &'b mut [u8; 32]) -> &'b str {
    let mut len = 0;
    for c in word.chars().flat_map(char::to_lowercase) {
        let Some(place) = buffer.get_mut(len..len + c.len_utf8()) else { break };
        len += c.encode_utf8(place).len();
    }
    buffer.get(..len).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or("")
}

/// The features of a target, the tokens `target` of the article, in the order of the tokens they speak of.
pub fn features(
    doc: &Document<'_>,
    sentence: &Sentence,
    words: &Words,
    target: &Range<u32>,
    label: u64,
    out: &mut Vec<Feature>,
) {
    out.clear();
    let base = sentence.tokens.start;
    let tokens = doc.tokens(&sentence.tokens);
    let (first, end) = (target.start.saturating_sub(base) as usize, target.end.saturating_sub(base) as usize);
    if end > tokens.len() || first >= end {
        return;
    }
    let head_of = |at: usize| {
        tokens
            .get(at)
            .filter(|t| t.head != ROOT)
            .and_then(|t| t.head.checked_sub(base))
            .map(|h| h as usize)
            .filter(|h| *h < tokens.len())
    };
    let outside = |at: &usize| head_of(*at).is_none_or(|h| h < first || h >= end);
    let head = (first..end).rev().find(outside).unwrap_or(end - 1);
    let role = tokens.get(head).map_or(Deprel::Dep, |t| t.deprel) as u64;
    let parent = head_of(head);
    let grand = parent.and_then(head_of);
    let great = grand.and_then(head_of);
    let parent_role = parent.and_then(|p| tokens.get(p)).map_or(Deprel::Dep, |t| t.deprel) as u64;
    let hash = |at: usize| words.hash.get(at).copied().unwrap_or(0);
    let sign = |at: usize| words.sign.get(at).copied().unwrap_or(0);
    let quoted = words.quoted.get(head).copied().unwrap_or(false);
    let denied = parent.is_some_and(|p| {
        (p.saturating_sub(4)..p).any(|i| {
            head_of(i) == Some(p)
                && tokens
                    .get(i)
                    .is_some_and(|t| matches!(doc.word(t), "not" | "n't" | "n’t" | "never" | "no"))
        })
    });
    let mut push = |token: usize, value: u64| {
        let token = if token == usize::MAX { u32::MAX } else { base + token as u32 };
        out.push(Feature { slot: (value >> (64 - SLOTS_LOG2)) as u32, token });
    };
    let whole = usize::MAX;
    for value in [1, mix(2, label), mix(3, role), mix(4, u64::from(quoted)), mix(5, role << 8 | parent_role)]
    {
        push(whole, spread(value));
    }
    let (mut total, mut near, mut inside_total) = (0_i32, 0_i32, 0_i32);
    let from = first.saturating_sub(REACH);
    for (at, token) in tokens.iter().enumerate().take(end + REACH).skip(from) {
        if (first..end).contains(&at) {
            continue;
        }
        let gap = if at < first { first - at } else { at + 1 - end };
        let side = u64::from(at > first) << 4 | bucket(gap);
        let rated = sign(at);
        total += i32::from(rated);
        if gap <= 6 {
            near += i32::from(rated);
        }
        if words.quoted.get(at).copied().unwrap_or(false) {
            inside_total += i32::from(rated);
        }
        let content =
            matches!(token.upos, Upos::Noun | Upos::Verb | Upos::Adj | Upos::Adv | Upos::Intj | Upos::X);
        let word = hash(at);
        if gap <= 2 && token.upos != Upos::Punct {
            push(at, spread(mix(mix(10, (gap as u64) << 1 | u64::from(at > first)), word)));
        }
        if content {
            push(at, spread(mix(11, word)));
            push(at, spread(mix(mix(12, u64::from(at > first)), word)));
            push(at, spread(mix(mix(13, side), word)));
            push(at, spread(mix(mix(16, hash(at + 1)), word)));
        }
        let polarity = rated as u8 as u64;
        if rated != 0 {
            push(at, spread(mix(mix(14, side), polarity)));
            push(at, spread(mix(mix(15, role), polarity)));
        }
        let link = link(at, head, parent, grand, great, head_of(at), token);
        if let Some((kind, relation)) = link {
            let kind = kind << 8 | u64::from(denied);
            if token.upos != Upos::Punct {
                push(at, spread(mix(mix(20, kind << 16 | relation << 8 | role), word)));
                push(at, spread(mix(mix(21, kind), word)));
            }
            if rated != 0 {
                push(at, spread(mix(mix(22, kind << 16 | relation << 8 | role), polarity)));
                push(at, spread(mix(mix(23, kind), polarity)));
            }
            if let (Some(p), true) = (parent, kind >> 8 == 5 && content) {
                push(at, spread(mix(mix(mix(24, role << 8 | relation), word), hash(p))));
            }
        }
    }
    let level = |v: i32| v.clamp(-4, 4) as i8 as u8 as u64;
    for value in [
        mix(30, level(total)),
        mix(31, level(near)),
        mix(32, level(inside_total) << 1 | u64::from(quoted)),
        mix(33, level(total) << 8 | role),
        mix(34, level(near) << 8 | role),
    ] {
        push(whole, spread(value));
    }
}

/// How a token stands to the target's head: its governor, that one's, a dependent, a fellow dependent.
fn link(
    at: usize,
    head: usize,
    parent: Option<usize>,
    grand: Option<usize>,
    great: Option<usize>,
    governor: Option<usize>,
    token: &Token,
) -> Option<(u64, u64)> {
    let here = Some(at);
    let relation = token.deprel as u64;
    Some(match () {
        () if here == parent => (1, 0),
        () if here == grand => (2, 0),
        () if here == great => (3, 0),
        () if governor == Some(head) => (4, relation),
        () if governor.is_some() && governor == parent => (5, relation),
        () if governor.is_some() && governor == grand => (6, relation),
        () => return None,
    })
}

fn spread(value: u64) -> u64 {
    mix(value.wrapping_mul(0xd6e8_feb8_6659_fd93), value >> 7)
}

fn bucket(gap: usize) -> u64 {
    match gap {
        0..=1 => 0,
        2..=3 => 1,
        4..=6 => 2,
        7..=12 => 3,
        _ => 4,
    }
}
