//! The window's products of words seen before: most words of a text are among a few thousand, and theirs needn't be
//! multiplied again. Only whole words match, so results never depend on what came before.

use super::features::hash64;

/// Slots; a power of two.
const SLOTS: usize = 8192;
/// Bytes of a slot's word; longer words aren't kept.
const LONGEST: usize = 23;

/// A direct-mapped cache from words to their `width` products.
#[derive(Debug, Default)]
pub(super) struct Cache {
    model: u64,
    keys: Vec<[u8; LONGEST + 1]>,
    products: Vec<i16>,
    width: usize,
}

impl Cache {
    /// Makes room for a model's products, forgetting another model's.
    pub(super) fn prepare(&mut self, model: u64, width: usize) {
        if self.model != model || self.width != width || self.keys.is_empty() {
            (self.model, self.width) = (model, width);
            self.keys.clear();
            self.keys.resize(SLOTS, [0; LONGEST + 1]);
            self.products.clear();
            self.products.resize(SLOTS * width, 0);
        }
    }

    fn slot(word: &str) -> Option<(usize, [u8; LONGEST + 1])> {
        let bytes = word.as_bytes();
        let mut key = [0; LONGEST + 1];
        let (length, text) = key.split_first_mut()?;
        text.get_mut(..bytes.len())?.copy_from_slice(bytes);
        // One more than the length, so that an empty slot is no word, not even the empty one.
        *length = bytes.len() as u8 + 1;
        Some((hash64(bytes, 0) as usize & (SLOTS - 1), key))
    }

    /// The word's products, if they are kept.
    pub(super) fn get(&self, word: &str) -> Option<&[i16]> {
        let (slot, key) = Self::slot(word)?;
        if *self.keys.get(slot)? != key {
            return None;
        }
        self.products.get(slot * self.width..(slot + 1) * self.width)
    }

    /// Keeps a word's products in place of its slot's last word.
    pub(super) fn put(&mut self, word: &str, products: &[i16]) {
        if let Some((slot, key)) = Self::slot(word)
            && let Some(kept) = self.keys.get_mut(slot)
            && let Some(place) = self.products.get_mut(slot * self.width..(slot + 1) * self.width)
            && place.len() == products.len()
        {
            *kept = key;
            place.copy_from_slice(products);
        }
    }
}
