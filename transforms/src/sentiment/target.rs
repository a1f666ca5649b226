//! The attitude of a sentence towards somebody it names: a small network over its words and how they stand to the name.
//!
//! Each word is a sum of rows ([`super::words`]) and of one row for how it stands to the target (governor, dependent,
//! fellow dependent, ...; side, distance), cut below zero. Sums over groups of words, and the largest of all, go through
//! one hidden layer to three classes ([`super::model`]). Trained by `training/sentiment`.

use super::model::{GROUPS, Judgement, Model, ROLES, halved, product};
use super::words::{Words, add};
use crate::document::{Document, ROOT, Sentence};
use crate::grammar::{Deprel, Upos};
use std::ops::Range;

/// Tokens on each side of a target that are looked at.
const REACH: usize = 60;
/// Steps of the distance to the target.
const BUCKETS: usize = 5;
/// Groups are: all words, those next to the target, the target, its governor, those above that, its dependents with
/// theirs, its fellow dependents with theirs, the governor's, and of all words the largest values.
const NEAR: usize = 1;
const LARGEST: usize = GROUPS - 1;

/// The groups that evidence is taken from.
const TELLING: [usize; 6] = [0, 3, 4, 5, 6, 7];

/// Buffers of one target, and the last one's words.
#[derive(Debug, Default)]
pub struct Buffers {
    /// Words within reach: what they come to, one after the other.
    words: Vec<i16>,
    /// Their first index in the sentence, and how each stands to the target.
    from: usize,
    kinds: Vec<Kind>,
    sums: Vec<i16>,
    groups: Vec<u8>,
    units: Vec<i16>,
    pull_real: Vec<f32>,
    pull: Vec<i16>,
}

/// How a word stands to the target's head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Elsewhere,
    Governor,
    Second,
    Third,
    Dependent,
    Fellow,
    Uncle,
    Inside,
    BelowDependent,
    BelowFellow,
}

impl Kind {
    /// The group it is summed in, besides that of all words.
    fn group(self) -> Option<usize> {
        Some(match self {
            Self::Elsewhere => return None,
            Self::Inside => 2,
            Self::Governor => 3,
            Self::Second | Self::Third => 4,
            Self::Dependent | Self::BelowDependent => 5,
            Self::Fellow | Self::BelowFellow => 6,
            Self::Uncle => 7,
        })
    }
}

/// Where the target stands in its tree.
struct Place {
    inside: Range<usize>,
    head: usize,
    governors: [Option<usize>; 3],
}

impl Place {
    fn new(words: &Words, inside: Range<usize>) -> Self {
        let outside = |at: &usize| up(words, Some(*at)).is_none_or(|h| !inside.contains(&h));
        let head = inside.clone().rev().find(outside).unwrap_or(inside.end.saturating_sub(1));
        let first = up(words, Some(head));
        let second = up(words, first);
        Self { inside, head, governors: [first, second, up(words, second)] }
    }

    fn kind(&self, words: &Words, at: usize) -> Kind {
        let [first, second, third] = self.governors;
        let (here, above) = (Some(at), up(words, Some(at)));
        let top = up(words, above);
        let is = |found: Option<usize>, wanted: Option<usize>| found.is_some() && found == wanted;
        match () {
            () if self.inside.contains(&at) => Kind::Inside,
            () if here == first => Kind::Governor,
            () if here == second => Kind::Second,
            () if here == third => Kind::Third,
            () if is(above, Some(self.head)) => Kind::Dependent,
            () if is(above, first) => Kind::Fellow,
            () if is(above, second) => Kind::Uncle,
            () if is(top, Some(self.head)) => Kind::BelowDependent,
            () if is(top, first) => Kind::BelowFellow,
            () => Kind::Elsewhere,
        }
    }

    /// Words between a word and the target, in steps.
    fn distance(&self, at: usize) -> usize {
        let gap = if at < self.inside.start {
            self.inside.start - at
        } else if at >= self.inside.end {
            at + 1 - self.inside.end
        } else {
            0
        };
        match gap {
            0..=1 => 0,
            2..=3 => 1,
            4..=6 => 2,
            7..=12 => 3,
            _ => 4,
        }
    }
}

fn up(words: &Words, at: Option<usize>) -> Option<usize> {
    words.heads.get(at?).filter(|h| **h != ROOT).map(|h| *h as usize)
}

/// Judges the target that stands on these tokens of the article, of this kind; `None` where they are not in the sentence.
pub fn judge(
    model: &Model,
    doc: &Document<'_>,
    sentence: &Sentence,
    words: &Words,
    (target, label): (&Range<u32>, u64),
    buffers: &mut Buffers,
) -> Option<Judgement> {
    let tokens = doc.tokens(&sentence.tokens);
    let local = |at: u32| at.checked_sub(sentence.tokens.start).map(|at| at as usize);
    let inside = local(target.start)?..local(target.end)?.min(tokens.len());
    if inside.is_empty() {
        return None;
    }
    let place = Place::new(words, inside);
    let width = model.width();
    let common = model.target(tokens.get(place.head).map_or(Deprel::Dep, |t| t.deprel));
    let Buffers { words: kept, from, kinds, sums, groups, units, .. } = buffers;
    kept.clear();
    kinds.clear();
    sums.clear();
    sums.resize(GROUPS * width, 0);
    *from = place.inside.start.saturating_sub(REACH);
    let end = (place.inside.end + REACH).min(tokens.len());
    for at in *from..end {
        let (kind, distance) = (place.kind(words, at), place.distance(at));
        let role = (kind as usize * 2 + usize::from(at > place.head)) * BUCKETS + distance;
        debug_assert!(role < ROLES);
        let first = kept.len();
        let whole = words.sums(at, width).iter().zip(model.role(role)).zip(common);
        kept.extend(whole.map(|((sum, role), all)| sum.saturating_add(*role).saturating_add(*all).max(0)));
        let Some(word) = kept.get(first..) else { break };
        kinds.push(kind);
        let near = (distance == 0 && kind != Kind::Inside).then_some(NEAR);
        for group in [Some(0), near, kind.group()].into_iter().flatten() {
            if let Some(sums) = sums.get_mut(group * width..(group + 1) * width) {
                add(sums, word);
            }
        }
        for (largest, value) in sums.iter_mut().skip(LARGEST * width).zip(word.iter()) {
            *largest = (*largest).max(*value);
        }
    }
    groups.clear();
    for (sums, times) in sums.chunks_exact(width).zip(model.halvings()) {
        groups.extend(sums.iter().map(|sum| halved(*sum, *times)));
    }
    Some(model.judge(groups, label as usize, units))
}

/// The words that speak most for a class, against the neutral one, of the target last judged: token and strength, the
/// strongest few in text order.
pub fn evidence(
    model: &Model,
    doc: &Document<'_>,
    sentence: &Sentence,
    class: usize,
    most: usize,
    buffers: &mut Buffers,
    out: &mut Vec<(u32, i32)>,
) {
    out.clear();
    let Buffers { words, from, kinds, units, pull_real, pull, .. } = buffers;
    model.pull(units, class, &TELLING, pull_real, pull);
    let width = model.width();
    let tokens = doc.tokens(&sentence.tokens).iter().enumerate().skip(*from);
    for (((at, token), word), kind) in tokens.zip(words.chunks_exact(width)).zip(kinds.iter()) {
        let content = matches!(token.upos, Upos::Noun | Upos::Verb | Upos::Adj | Upos::Adv | Upos::Intj);
        let index = sentence.tokens.start + at as u32;
        if !content || *kind == Kind::Inside || doc.name_at(index).is_some() {
            continue;
        }
        let mut gain = 0_i32;
        for group in [Some(0), kind.group()].into_iter().flatten() {
            let pulls = pull.get(group * width..(group + 1) * width).unwrap_or(&[]);
            let halvings = model.halvings().get(group).copied().unwrap_or(0);
            gain = gain.saturating_add(product(pulls, word) >> halvings);
        }
        if gain > 0 {
            out.push((index, gain));
        }
    }
    out.sort_by_key(|(token, gain)| (-gain, *token));
    out.truncate(most);
    out.sort_by_key(|(token, _)| *token);
}
