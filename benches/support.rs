//! A small harness: a piece of work is done several times, its answer must be the same each time, and the median of
//! the times is printed. Takes a name, an amount of work in words or bytes, and a closure that gives a checksum.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Runs of each bench, of which the first warms caches and is not counted.
const RUNS: usize = 6;

/// What a run works through.
#[derive(Debug, Clone, Copy)]
#[allow(dead_code, reason = "each bench counts in one of them")]
pub enum Amount {
    /// Words and marks.
    Words(usize),
    /// Bytes.
    Bytes(usize),
    /// Nothing that can be counted.
    Once,
}

/// The benches of a program, of which those run whose names hold the word given on the command line.
pub struct Bench {
    filter: Option<String>,
}

impl Bench {
    /// Reads the command line; what begins with `-` comes from cargo.
    pub fn new() -> Self {
        Self { filter: std::env::args().skip(1).find(|a| !a.starts_with('-')) }
    }

    /// Whether a bench was asked for.
    pub fn wants(&self, name: &str) -> bool {
        self.filter.as_deref().is_none_or(|f| name.contains(f))
    }

    /// Whether benches of a name were asked for by it.
    #[allow(dead_code, reason = "one of the benches leaves some out")]
    pub fn named(&self, word: &str) -> bool {
        self.filter.as_deref().is_some_and(|f| f.contains(word))
    }

    /// Does `work` several times; its answers must be equal; prints the median and gives the answer.
    pub fn run(&self, name: &str, amount: Amount, mut work: impl FnMut() -> u64) -> Option<u64> {
        if !self.wants(name) {
            return None;
        }
        let answer = work();
        let mut seconds = Vec::with_capacity(RUNS);
        for _ in 1..RUNS {
            let start = Instant::now();
            let again = black_box(work());
            seconds.push(start.elapsed().as_secs_f64());
            assert_eq!(again, answer, "{name}: another answer than the first time");
        }
        seconds.sort_by(f64::total_cmp);
        let median = seconds.get(seconds.len() / 2).copied().unwrap_or(0.0);
        let rate = match amount {
            Amount::Words(n) => format!("{:>12.0} words/s", n as f64 / median),
            Amount::Bytes(n) => format!("{:>12.1} MB/s", n as f64 / median / 1e6),
            Amount::Once => String::new(),
        };
        println!("{name:<34} {:>10.2} ms {rate:<22} answer {answer:016x}", median * 1e3);
        Some(answer)
    }
}

/// A checksum that depends on order.
pub fn mix(sum: u64, value: u64) -> u64 {
    sum.rotate_left(5).wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(value)
}

/// The checksum of what a value prints as with `{:?}`: every field of it.
pub fn print_of(value: &impl std::fmt::Debug) -> u64 {
    xxhash_rust::xxh3::xxh3_64(format!("{value:?}").as_bytes())
}

/// Real articles, from `../shared` or where `COLUMNIST_SHARED` points; says so where they are not there.
pub fn dump() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let shared = std::env::var_os("COLUMNIST_SHARED").map_or(beside, Into::into);
    let dump = shared.join("data/dumps/news_30k.jsonl.zst");
    if !dump.is_file() {
        println!("SKIPPED real articles: ../shared/data/dumps/news_30k.jsonl.zst is not there");
        return None;
    }
    Some(dump)
}
