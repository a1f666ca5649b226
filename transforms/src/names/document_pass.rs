//! Two looks at a document: what the first makes of a word anywhere in it helps the second to decide everywhere.

use super::crf::{Chain, Row, WIDTH};
use super::features::{CAPITAL, CAPS_SENTENCE, STOP, TokenInfo, extract};
use super::rules::Draft;
use super::{NameModel, NameScratch};
use crate::grammar::EntityLabel;
use std::ops::Range;

/// No name, then the seven kinds of the chain.
pub const CLASSES: usize = 8;

/// The share of each class, in 1/256.
pub type Shares = [u32; CLASSES];

#[derive(Clone, Copy, Default)]
struct Slot {
    key: u32,
    count: u32,
    sum: Shares,
}

#[derive(Default)]
pub struct DocumentPass {
    emissions: Vec<Row>,
    through: Vec<Row>,
    shares: Vec<Shares>,
    slots: Vec<Slot>,
    used: usize,
}

pub fn class_of(label: usize) -> usize {
    label.div_ceil(2)
}

/// The kind that the chain means by its classes 1 to 7; the last is told apart by rules.
pub fn label_of(class: usize) -> EntityLabel {
    match class {
        1 => EntityLabel::Person,
        2 => EntityLabel::Norp,
        3 => EntityLabel::Org,
        4 => EntityLabel::Gpe,
        5 => EntityLabel::Loc,
        6 => EntityLabel::Fac,
        _ => EntityLabel::Product,
    }
}

/// Turns the scores of the best paths through a token's labels into shares of the classes.
fn shares_of(row: &Row, decay: &[u32]) -> Shares {
    let best = row.iter().take(15).copied().max().unwrap_or(0);
    let mut shares = [0; CLASSES];
    let mut sum = 0;
    for (label, score) in row.iter().take(15).enumerate() {
        let value = usize::try_from(best - score).ok().and_then(|d| decay.get(d)).copied().unwrap_or(0);
        sum += value;
        if let Some(s) = shares.get_mut(class_of(label)) {
            *s += value;
        }
    }
    shares.map(|s| s * 256 / sum.max(1))
}

impl DocumentPass {
    fn clear(&mut self) {
        self.emissions.clear();
        self.through.clear();
        self.shares.clear();
        self.slots.clear();
        self.slots.resize(256, Slot::default());
        self.used = 0;
    }

    fn slot(&mut self, key: u32) -> &mut Slot {
        let key = key.max(1);
        if self.used * 2 > self.slots.len() {
            let size = self.slots.len() * 2;
            let old = std::mem::replace(&mut self.slots, vec![Slot::default(); size]);
            for s in old.into_iter().filter(|s| s.key != 0) {
                let k = self.find(s.key);
                if let Some(slot) = self.slots.get_mut(k) {
                    *slot = s;
                }
            }
        }
        let k = self.find(key);
        let k = k.min(self.slots.len() - 1);
        #[allow(
            clippy::indexing_slicing,
            reason = "k was found in or clamped to the table, which is never empty"
        )]
        let slot = &mut self.slots[k];
        if slot.key == 0 {
            slot.key = key;
            self.used += 1;
        }
        slot
    }

    fn find(&self, key: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut k = (key.wrapping_mul(0x9E37_79B1) >> 12) as usize & mask;
        while self.slots.get(k).is_some_and(|s| s.key != 0 && s.key != key) {
            k = (k + 1) & mask;
        }
        k
    }

    /// The mean shares of a word over its places in the document.
    fn mean(&self, key: u32) -> Option<(u32, Shares)> {
        let key = key.max(1);
        let slot = self.slots.get(self.find(key)).filter(|s| s.key == key)?;
        Some((slot.count, slot.sum.map(|s| s / slot.count.max(1))))
    }
}

/// The words whose places in a document are looked at together.
fn is_key(info: &TokenInfo) -> bool {
    (info.has(CAPITAL) || info.has(CAPS_SENTENCE)) && !info.has(STOP)
}

/// Labels every candidate token and turns the labels into drafts of names.
pub fn run(model: &NameModel, sentences: &[Range<usize>], scratch: &mut NameScratch) {
    let NameScratch { infos, segments, chain, features, document, labels, drafts, .. } = scratch;
    document.clear();
    labels.clear();
    drafts.clear();
    let mut sentence = sentences.iter();
    let mut current = sentence.next();
    for segment in segments.iter() {
        while current.is_some_and(|s| s.end <= segment.start) {
            current = sentence.next();
        }
        let Some(range) = current else { break };
        let Some(words) = infos.get(range.clone()) else { continue };
        chain.emissions.clear();
        for k in segment.clone() {
            extract(words, k - range.start, features);
            chain.emissions.push(model.emission(features.keys()));
        }
        document.emissions.extend(&chain.emissions);
        chain.through(&model.transitions, &mut document.through);
    }
    for k in 0..document.through.len() {
        let shares = document.through.get(k).map_or([0; CLASSES], |row| shares_of(row, &model.decay));
        document.shares.push(shares);
    }
    count_words(infos, segments, document);
    second_look(model, infos, segments, chain, document, labels);
    collect(segments, document, labels, drafts);
}

fn count_words(infos: &[TokenInfo], segments: &[Range<usize>], document: &mut DocumentPass) {
    for (n, k) in segments.iter().flat_map(Clone::clone).enumerate() {
        let (Some(info), Some(shares)) = (infos.get(k), document.shares.get(n).copied()) else { continue };
        if is_key(info) {
            let slot = document.slot(info.lower);
            slot.count += 1;
            for (sum, share) in slot.sum.iter_mut().zip(shares) {
                *sum += share;
            }
        }
    }
}

fn second_look(
    model: &NameModel,
    infos: &[TokenInfo],
    segments: &[Range<usize>],
    chain: &mut Chain,
    document: &DocumentPass,
    labels: &mut Vec<u8>,
) {
    let mut n = 0;
    for segment in segments {
        chain.emissions.clear();
        for info in infos.get(segment.clone()).unwrap_or(&[]) {
            let mut emission = document.emissions.get(n).copied().unwrap_or([0; WIDTH]);
            n += 1;
            if is_key(info)
                && let Some((count, mean)) = document.mean(info.lower)
                && count > 1
            {
                for (label, e) in emission.iter_mut().enumerate().take(15) {
                    let share = mean.get(class_of(label)).copied().unwrap_or(0);
                    *e += model.document_weight * share as i32 / 256;
                }
            }
            chain.emissions.push(emission);
        }
        chain.best_path(&model.transitions, labels);
    }
}

/// Spans from labels; a break between segments ends a name.
fn collect(segments: &[Range<usize>], document: &DocumentPass, labels: &[u8], drafts: &mut Vec<Draft>) {
    let mut n = 0;
    for segment in segments {
        let mut open: Option<(usize, usize, u32, u32)> = None;
        for k in segment.clone() {
            let label = labels.get(n).copied().unwrap_or(0);
            let class = class_of(usize::from(label));
            let share = document.shares.get(n).and_then(|s| s.get(class)).copied().unwrap_or(0);
            n += 1;
            let continues = label != 0 && label % 2 == 0 && open.is_some_and(|o| o.1 == class);
            if !continues {
                close(open.take(), k, drafts);
                open = (label != 0).then_some((k, class, 0, 0));
            }
            if let Some(o) = &mut open {
                o.2 += share;
                o.3 += 1;
            }
        }
        close(open.take(), segment.end, drafts);
    }
}

fn close(open: Option<(usize, usize, u32, u32)>, end: usize, drafts: &mut Vec<Draft>) {
    if let Some((start, class, sum, count)) = open {
        let confidence = (sum / count.max(1)).min(255) as u8;
        drafts.push(Draft { start, end, label: label_of(class), misc: class == 7, confidence });
    }
}
