//! Reading trees: who is the subject of a verb, what is passive, denied, planned; the ways from a predicate to its
//! arguments that the rules of the extracting stages are written in.

mod predicate;
pub(crate) mod repair;
mod slot;
mod tree;

pub use predicate::{Force, Predicate};
pub use slot::{Slot, SlotError};
pub use tree::{Tree, TreeScratch};
