//! What the network sees of a word: its own row, if it is known, and six hashed rows.

use super::Network;

/// Characters of a word that are looked at.
const LONGEST: usize = 64;
/// Characters of a shape.
const SHAPE: usize = 12;

/// The letter a model looks at: quotes and hyphens straight.
pub(super) fn fold(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        '‘' | '’' | '‚' | '‛' | '`' | '´' | 'ʼ' | '′' => '\'',
        '‐' | '‑' | '−' => '-',
        '―' => '—',
        '\u{a0}' => ' ',
        c => c,
    }
}

/// Lower case where that is one letter.
pub(super) fn lower(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(l), None) => l,
        _ => c,
    }
}

/// FNV-1a with a final mix.
pub(super) fn hash64(data: &[u8], seed: u64) -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325 ^ seed;
    for byte in data {
        h = (h ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
    }
    h ^= h >> 32;
    h = h.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    h ^ (h >> 29)
}

/// The form that words are looked up by, with its letters' places: folded, lower case, digits as 0.
#[derive(Debug, Default)]
pub(super) struct Key {
    text: String,
    starts: Vec<u16>,
}

impl Key {
    pub(super) fn set(&mut self, word: &str) {
        self.text.clear();
        self.starts.clear();
        for c in word.chars().take(LONGEST) {
            self.starts.push(self.text.len() as u16);
            let c = lower(fold(c));
            self.text.push(if c.is_ascii_digit() { '0' } else { c });
        }
    }

    pub(super) fn all(&self) -> &[u8] {
        self.text.as_bytes()
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// The last `n` letters, or all.
    pub(super) fn tail(&self, n: usize) -> &[u8] {
        let start = self.starts.len().checked_sub(n).and_then(|i| self.starts.get(i)).copied().unwrap_or(0);
        self.all().get(usize::from(start)..).unwrap_or(&[])
    }

    /// The first `n` letters, or all.
    fn head(&self, n: usize) -> &[u8] {
        let end = self.starts.get(n).map_or(self.text.len(), |e| usize::from(*e));
        self.all().get(..end).unwrap_or(&[])
    }
}

/// Buffers for the features of one word.
#[derive(Debug, Default)]
pub(super) struct Features {
    pub(super) key: Key,
    shape: String,
}

impl Features {
    /// The word's rows in the network's table.
    pub(super) fn rows(&mut self, network: &Network, word: &str) -> [usize; 7] {
        self.key.set(word);
        shape(word, &mut self.shape);
        let key = &self.key;
        let parts = [key.tail(2), key.tail(3), key.tail(4), key.head(2), key.head(4), self.shape.as_bytes()];
        let mut out = [0; 7];
        let mut first = network.dims.known + 1;
        let hashed = parts.iter().zip(network.dims.blocks).enumerate();
        let (own, rest) = out.split_at_mut(1);
        own.fill(network.known_row(key.all()));
        for (row, (i, (part, size))) in rest.iter_mut().zip(hashed) {
            // Sizes are powers of two, so the low bits are the remainder.
            *row = first + (hash64(part, i as u64 + 1) as usize & (size - 1));
            first += size;
        }
        out
    }
}

impl Network {
    /// The row of a known word, else row 0.
    fn known_row(&self, key: &[u8]) -> usize {
        let hash = hash64(key, 0);
        let mask = self.known.len() - 1;
        let mut at = hash as usize & mask;
        // The table has an empty slot, so this ends.
        loop {
            match self.known.get(at) {
                None | Some(0) => return 0,
                Some(slot) if u64::from(slot >> 16) == hash >> 48 => {
                    let row = (slot & 0xffff) as usize;
                    return if row <= self.dims.known { row } else { 0 };
                }
                Some(_) => at = (at + 1) & mask,
            }
        }
    }
}

/// Classes of letters, runs cut at two: `Xx`, `XX`, `x`, `dd.dd`.
fn shape(word: &str, out: &mut String) {
    out.clear();
    let (mut last, mut before, mut n) = ('\0', '\0', 0);
    for c in word.chars().take(LONGEST) {
        let c = fold(c);
        let class = if c.is_ascii_digit() {
            'd'
        } else if c.is_uppercase() {
            'X'
        } else if c.is_alphabetic() {
            'x'
        } else if c.is_ascii() {
            c
        } else {
            '?'
        };
        if last == class && before == class {
            continue;
        }
        (before, last) = (last, class);
        n += 1;
        if n > SHAPE {
            return;
        }
        out.push(class);
    }
}
