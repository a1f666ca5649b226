//! The weights of the sentence model: a table from hashed features to small integers.

use super::boundary::TEMPLATES;
use super::shape::{Atom, key};
use seeds::{SeedError, Seeds, table::Table};

/// Where the weights are.
const FILE: &str = "models/sentences.tsv";

/// Features with their weights, in one array that is probed from the feature's key on.
#[derive(Debug)]
pub(super) struct Weights {
    /// Key in the upper 32 bits, weight in the lower 16; 0 where free.
    slots: Vec<u64>,
    mask: u32,
    /// Added to every gap's sum.
    bias: i32,
}

impl Weights {
    /// Reads `models/sentences.tsv`.
    pub(super) fn load(seeds: &Seeds) -> Result<Self, SeedError> {
        Self::parse(seeds.text(FILE)?)
    }

    fn parse(text: &str) -> Result<Self, SeedError> {
        let table = Table::parse(FILE, text)?;
        let (feature, weight) = (table.column("feature")?, table.column("weight")?);
        let size = (table.len() * 2 + 2).next_power_of_two();
        let mut weights = Self { slots: vec![0; size], mask: size as u32 - 1, bias: 0 };
        for row in table.rows() {
            let value: i16 = row
                .cell(weight)
                .parse()
                .map_err(|_| row.error(format!("`{}` is not a weight of 16 bits", row.cell(weight))))?;
            let mut parts = row.cell(feature).split(' ');
            let name = parts.next().unwrap_or("");
            if name == "bias" {
                weights.bias = i32::from(value);
                continue;
            }
            let Some(template) = TEMPLATES.iter().position(|t| *t == name) else {
                return Err(row.error(format!("unknown template `{name}`; known: {}", TEMPLATES.join(", "))));
            };
            let mut atoms = [Atom::default(); 4];
            for (to, from) in atoms.iter_mut().zip(parts) {
                *to = Atom::of(from);
            }
            weights.insert(key(template, atoms), value);
        }
        Ok(weights)
    }

    fn insert(&mut self, key: u32, weight: i16) {
        let mut at = key;
        while let Some(slot) = self.slots.get_mut((at & self.mask) as usize) {
            if *slot == 0 {
                *slot = u64::from(key) << 32 | 1 << 16 | u64::from(weight as u16);
                return;
            }
            at = at.wrapping_add(1);
        }
    }

    /// The weight of a feature, 0 for unknown ones.
    #[inline]
    pub(super) fn get(&self, key: u32) -> i32 {
        let mut at = key;
        loop {
            match self.slots.get((at & self.mask) as usize) {
                None | Some(0) => return 0,
                Some(slot) if (slot >> 32) as u32 == key => return i32::from(*slot as u16 as i16),
                Some(_) => at = at.wrapping_add(1),
            }
        }
    }

    /// The weight that every gap has.
    pub(super) fn bias(&self) -> i32 {
        self.bias
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_found_by_their_feature() {
        let weights = Weights::parse("feature\tweight\nbias\t-7\np1n1 . Aa\t90\np1n1 , Aa\t-80\n").unwrap();
        let get = |a, b| weights.get(key(0, [Atom::of(a), Atom::of(b), Atom::default(), Atom::default()]));
        assert_eq!((weights.bias(), get(".", "Aa"), get(",", "Aa"), get("?", "Aa")), (-7, 90, -80, 0));
        let error = Weights::parse("feature\tweight\np1n1 . Aa\tbig\n").unwrap_err();
        assert_eq!(error.to_string(), "seeds/models/sentences.tsv:2: `big` is not a weight of 16 bits");
    }
}
