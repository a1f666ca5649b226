//! Peak memory of the merge over articles: made-up mentions go through the sort on disk and the merge, and the process says
//! how much memory it had at most (Linux).
//!
//! `cargo run --release -p columnist-output --example merge_memory -- ROWS FIGURES`
//!
//! One mention in ten belongs to a single figure with a new spelling each time, as the worst figure of a large dump does.

use output::merge::{Figures, records};
use output::spill::{RUN_BYTES, Sorter};
use std::error::Error;
use std::time::Instant;
use transforms::code::{Code, Id};
use transforms::tables::FigureRow;

/// Mentions that one article brings.
const BATCH: u64 = 40;

fn main() -> Result<(), Box<dyn Error>> {
    let mut numbers = std::env::args().skip(1).map(|a| a.parse::<u64>());
    let rows = numbers.next().transpose()?.unwrap_or(5_000_000);
    let figures = numbers.next().transpose()?.unwrap_or(1_000_000).max(1);
    let folder = tempfile::tempdir()?;
    let mut sorter = Sorter::new(&folder.path().join("figures"), RUN_BYTES);
    let start = peak_kib();
    let clock = Instant::now();
    let mut batch = Vec::new();
    for n in 0..rows {
        batch.push(mention(n, figures));
        if batch.len() as u64 == BATCH || n + 1 == rows {
            sorter.push(&records(&batch))?;
            batch.clear();
        }
    }
    let sorted = peak_kib();
    let on_disk: u64 = std::fs::read_dir(folder.path().join("figures"))?
        .filter_map(|f| f.ok()?.metadata().ok())
        .map(|m| m.len())
        .sum();
    let mut merged = Figures::new(sorter.finish()?, folder.path());
    let (mut count, mut articles) = (0_u64, 0_u64);
    while let Some(figure) = merged.next_figure()? {
        count += 1;
        articles += u64::try_from(figure.n_articles)?;
    }
    if articles != rows {
        return Err(format!("{rows} mentions went in, {articles} came out").into());
    }
    println!(
        "{rows} mentions, {count} figures, {} MiB on disk, {:.1} s; peak {} MiB at the start, {} after the runs were written, {} \
         after the merge",
        on_disk >> 20,
        clock.elapsed().as_secs_f64(),
        start >> 10,
        sorted >> 10,
        peak_kib() >> 10,
    );
    Ok(())
}

/// A mention that depends on its number only.
fn mention(n: u64, figures: u64) -> FigureRow {
    let mixed = n.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (n >> 7);
    let (figure, name) = if n.is_multiple_of(10) {
        (0, format!("Ann Mary Low of the {mixed:x} Committee"))
    } else {
        (mixed % figures, format!("Bo Lee {:x}", mixed % figures))
    };
    FigureRow {
        figure_id: Id { kind: b'f', hash: figure.wrapping_mul(0xD6E8_FEB8_6659_FD93) },
        kind: "person",
        aliases: vec![format!("Lee {:x}", mixed % 7), format!("Mr {:x}", mixed % 1000)],
        name,
        country: Code::new(if mixed.is_multiple_of(3) { "GBR" } else { "PAK" }),
        sector: Code::new("GOV"),
        wikidata_id: None,
        seen: None,
    }
}

/// The most memory that this process had so far, in KiB; 0 where the system doesn't tell.
fn peak_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.trim().trim_end_matches(" kB").trim().parse().ok()).unwrap_or(0)
}
