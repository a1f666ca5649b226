//! Any bytes as a text to annotate: sentences, tokens, trees and names fit it.
#![no_main]

#[path = "../../transforms/tests/support/sound.rs"]
#[allow(dead_code, reason = "rows are checked by another target")]
mod sound;

use libfuzzer_sys::fuzz_target;
use seeds::Seeds;
use std::cell::RefCell;
use std::sync::LazyLock;
use transforms::analyze::{Core, Scratch};

static CORE: LazyLock<Core> = LazyLock::new(|| Core::new(&Seeds::embedded()).unwrap());

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    SCRATCH.with_borrow_mut(|scratch| {
        CORE.parse_raw(&text, scratch);
        if let Err(wrong) = sound::parsed(&text, &scratch.parsed) {
            panic!("{wrong}");
        }
    });
});
