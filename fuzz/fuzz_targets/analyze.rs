//! Any bytes as a text file and as an article: rows come of it, and every span of theirs fits.
#![no_main]

#[path = "../../transforms/tests/support/sound.rs"]
mod sound;

use libfuzzer_sys::fuzz_target;
use seeds::Seeds;
use std::cell::RefCell;
use std::sync::LazyLock;
use transforms::analyze::{Analyzer, Scratch};

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new(&Seeds::embedded()).unwrap());

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    SCRATCH.with_borrow_mut(|scratch| {
        for raw in [true, false] {
            if let Err(wrong) = sound::whole(&ANALYZER, &text, raw, scratch) {
                panic!("raw {raw}: {wrong}");
            }
        }
    });
});
