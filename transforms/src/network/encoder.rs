//! From words to what the heads look at: rows summed, the window, the scans.

use super::kernels::Isa;
use super::{LONGEST, Network, NetworkScratch};

/// Most states a direction that a model may have.
pub(super) const STATES: usize = 128;
/// States that are scanned together.
pub(super) const STEP: usize = 16;
/// Signed values of inputs and states are stored this much higher, as bytes from 0 to 127.
const ZERO: i16 = 64;

/// Buffers of the encoder; sizes follow the longest sentence so far.
#[derive(Debug, Default)]
pub(super) struct Buffers {
    words: usize,
    /// Sums of rows of words that the cache doesn't have, and which words they are.
    sums: Vec<u8>,
    missing: Vec<usize>,
    fresh: Vec<i16>,
    /// The window's left, own and right parts for each word, with the edge's before the first and after the last.
    parts: Vec<i16>,
    layer: Vec<u8>,
    gates: Vec<i16>,
    states: Vec<i16>,
    total: Vec<i16>,
    width: usize,
}

impl Buffers {
    pub(super) fn encoded(&self) -> &[u8] {
        self.layer.get(..self.words * self.width).unwrap_or(&[])
    }
}

/// Fills the scratch's encoder with the outputs for at most [`LONGEST`] words.
pub(super) fn encode(network: &Network, words: &[&str], scratch: &mut NetworkScratch) {
    let d = &network.dims;
    let n = words.len().min(LONGEST);
    let b = &mut scratch.encoder;
    (b.words, b.width) = (n, 2 * d.state);
    gather(network, words, &mut scratch.cache, &mut scratch.features, b);

    b.layer.resize(n * d.window, 0);
    run_window(network.isa, d.window, &b.parts, &network.window_bias, &mut b.layer);
    b.gates.resize(n * 4 * d.state, 0);
    b.states.resize(n * b.width, 0);
    for (i, matrix) in network.scans.iter().enumerate() {
        matrix.run(network.isa, &b.layer, &mut b.gates);
        run_scan(network.isa, d.state, &b.gates, &mut b.states);
        b.layer.resize(n * b.width, 0);
        if i + 1 < network.scans.len() {
            b.total.clone_from(&b.states);
            narrow(&b.states, 8, &mut b.layer);
        } else if i == 0 {
            narrow(&b.states, 8, &mut b.layer);
        } else {
            for (t, s) in b.total.iter_mut().zip(&b.states) {
                *t = t.saturating_add(*s);
            }
            narrow(&b.total, 9, &mut b.layer);
        }
    }
}

/// Looks up or computes the window's products of every word.
fn gather(
    network: &Network,
    words: &[&str],
    cache: &mut super::cache::Cache,
    features: &mut super::features::Features,
    b: &mut Buffers,
) {
    let d = &network.dims;
    let width = 3 * d.window;
    cache.prepare(network.hash, width);
    b.missing.clear();
    b.sums.clear();
    b.parts.resize((words.len().min(LONGEST) + 2) * width, 0);
    let (before, rest) = b.parts.split_at_mut(width);
    before.copy_from_slice(&network.edge);
    let (places, after) = rest.split_at_mut(rest.len() - width);
    after.copy_from_slice(&network.edge);
    for (i, (word, place)) in words.iter().zip(places.chunks_exact_mut(width)).enumerate() {
        match cache.get(word) {
            Some(products) if products.len() == place.len() => place.copy_from_slice(products),
            _ => {
                b.missing.push(i);
                sum_rows(network, &features.rows(network, word), &mut b.sums);
            }
        }
    }
    b.fresh.resize(b.missing.len() * width, 0);
    network.window.run(network.isa, &b.sums, &mut b.fresh);
    for (i, products) in b.missing.iter().zip(b.fresh.chunks_exact(width)) {
        if let (Some(word), Some(place)) = (words.get(*i), places.get_mut(i * width..(i + 1) * width)) {
            place.copy_from_slice(products);
            cache.put(word, products);
        }
    }
}

/// Appends a word's input: the sum of its rows.
fn sum_rows(network: &Network, rows: &[usize; 7], out: &mut Vec<u8>) {
    let width = network.dims.row;
    let mut sum = [0i16; 512];
    for row in rows {
        let row = network.rows.get(row * width..(row + 1) * width).unwrap_or(&[]);
        for (s, r) in sum.iter_mut().zip(row) {
            *s += i16::from(*r);
        }
    }
    out.extend(sum.iter().take(width).map(|s| (((s + 1) >> 1).clamp(-ZERO, ZERO - 1) + ZERO) as u8));
}

/// States in their full range to bytes.
fn narrow(states: &[i16], shift: u32, out: &mut [u8]) {
    let half = 1i16 << (shift - 1);
    for (o, s) in out.iter_mut().zip(states) {
        *o = ((s.saturating_add(half) >> shift).clamp(-ZERO, ZERO - 1) + ZERO) as u8;
    }
}

fn run_window(isa: Isa, width: usize, parts: &[i16], bias: &[i16], out: &mut [u8]) {
    match isa {
        // SAFETY: `Isa` values above `Plain` come from `best` or `or_less` only, which ask the machine.
        #[cfg(target_arch = "x86_64")]
        Isa::Avx2 | Isa::Vnni => unsafe { super::x86::window_avx2(width, parts, bias, out) },
        _ => window(width, parts, bias, out),
    }
}

/// Left part of the word before, own part, right part of the word after, bias; ReLU. Sums saturate, in this order.
#[inline(always)]
pub(super) fn window(width: usize, parts: &[i16], bias: &[i16], out: &mut [u8]) {
    let three = parts.windows(9 * width).step_by(3 * width);
    for (words, out) in three.zip(out.chunks_exact_mut(width)) {
        let left = words.iter();
        let own = words.iter().skip(4 * width);
        let right = words.iter().skip(8 * width);
        for ((((o, l), c), r), b) in out.iter_mut().zip(left).zip(own).zip(right).zip(bias) {
            *o = relu(l.saturating_add(*c).saturating_add(*r).saturating_add(*b));
        }
    }
}

/// A sum of parts as a byte from 0 to 127.
#[inline(always)]
pub(super) fn relu(sum: i16) -> u8 {
    (sum.saturating_add(8) >> 4).clamp(0, 127) as u8
}

fn run_scan(isa: Isa, state: usize, gates: &[i16], out: &mut [i16]) {
    match isa {
        // SAFETY: `Isa` values above `Plain` come from `best` or `or_less` only, which ask the machine.
        #[cfg(target_arch = "x86_64")]
        Isa::Avx2 | Isa::Vnni => unsafe { super::x86::scan_avx2(state, gates, out) },
        _ => scan(state, gates, out),
    }
}

/// Both directions of a minGRU: gates of a word are forward update and candidate, backward update and candidate.
#[inline(always)]
pub(super) fn scan(state: usize, gates: &[i16], out: &mut [i16]) {
    for lane in (0..state).step_by(STEP) {
        let mut h = [0; STEP];
        for (g, o) in gates.chunks_exact(4 * state).zip(out.chunks_exact_mut(2 * state)) {
            step(&mut h, g, lane, state + lane, o, lane);
        }
        let mut h = [0; STEP];
        for (g, o) in gates.chunks_exact(4 * state).zip(out.chunks_exact_mut(2 * state)).rev() {
            step(&mut h, g, 2 * state + lane, 3 * state + lane, o, state + lane);
        }
    }
}

/// One word's step of sixteen states: h += (c - h) z, with z from 0 to 1 (in 2^-15) and c from -1 to 1 (in 2^-14).
#[inline(always)]
fn step(h: &mut [i16; STEP], gates: &[i16], update: usize, candidate: usize, out: &mut [i16], at: usize) {
    let z = gates.get(update..).and_then(|g| g.first_chunk::<STEP>());
    let c = gates.get(candidate..).and_then(|g| g.first_chunk::<STEP>());
    let o = out.get_mut(at..).and_then(|o| o.first_chunk_mut::<STEP>());
    let (Some(z), Some(c), Some(o)) = (z, c, o) else { return };
    for i in 0..STEP {
        let gap = c[i].clamp(-16383, 16383) - h[i];
        let product = i32::from(gap) * i32::from(z[i].max(0));
        h[i] += (((product >> 14) + 1) >> 1) as i16;
    }
    *o = *h;
}
