//! Words a second of the network on one thread, by instruction set, over a text of one sentence a line.
//!
//! `cargo run --release -p columnist-transforms --example network_speed [FILE] [SECONDS]`. Words are split at spaces.
//! Time is this thread's own on a processor where Linux tells it, so that a busy machine counts less.
//! Every instruction set must give the same analyses; a checksum over them is printed.

use seeds::Seeds;
use std::hint::black_box;
use std::time::Instant;
use transforms::network::{Isa, Network, NetworkScratch};

const TEXT: &str = "The minister told reporters in Karachi on Monday that talks with the rebels had failed .
At least 12 people were killed and 30 wounded when a bomb exploded near a market in Wana .
Officials who had been asked by the committee to find out why the dam had burst refused to answer .";

/// Seconds that this thread has run, else seconds since the first call.
fn clock(origin: Instant) -> f64 {
    let own = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds: Option<f64> = own.and_then(|s| s.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| origin.elapsed().as_secs_f64(), |n| n / 1e9)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let text = arguments.next().map_or_else(|| Ok(TEXT.to_owned()), std::fs::read_to_string)?;
    let seconds: f64 = arguments.next().map_or(Ok(2.0), |s| s.parse())?;
    let sentences: Vec<Vec<&str>> = text.lines().map(|l| l.split_whitespace().collect()).collect();
    let words: usize = sentences.iter().map(Vec::len).sum();
    let seeds = Seeds::embedded();
    let model = seeds.bytes("models/core.bin")?;
    let mut sums = Vec::new();
    let origin = Instant::now();
    for isa in [Isa::Plain, Isa::Avx2, Isa::Vnni] {
        let start = clock(origin);
        let network = Network::read(model)?.with_isa(isa);
        let load = clock(origin) - start;
        if network.isa() != isa {
            continue;
        }
        let (mut scratch, mut out, mut lemma) = (NetworkScratch::default(), Vec::new(), String::new());
        let (mut passes, mut sum, mut parsing) = (0, 0u64, 0.0);
        while passes == 0 || parsing < seconds {
            sum = 0;
            let start = clock(origin);
            for sentence in &sentences {
                network.analyze(black_box(sentence), &mut scratch, &mut out);
                for w in &out {
                    let label = (w.upos as u64) << 16 | (w.xpos as u64) << 8 | w.deprel as u64;
                    sum = sum.rotate_left(5).wrapping_mul(31).wrapping_add(label << 32 | u64::from(w.head));
                }
            }
            parsing += clock(origin) - start;
            passes += 1;
        }
        let start = clock(origin);
        for sentence in &sentences {
            network.analyze(sentence, &mut scratch, &mut out);
            for (word, w) in sentence.iter().zip(&out) {
                lemma.clear();
                network.lemma_into(word, w.xpos, &mut scratch, &mut lemma);
                black_box(&lemma);
            }
        }
        let with_lemmas = clock(origin) - start;
        let rate = (words * passes) as f64 / parsing;
        println!(
            "{isa:?}: {rate:.0} words/s, {:.0} with lemmas; read in {:.1} ms; checksum {sum:016x}",
            words as f64 / with_lemmas,
            1000.0 * load
        );
        sums.push(sum);
    }
    if sums.windows(2).any(|w| w[0] != w[1]) {
        return Err("instruction sets disagree".into());
    }
    Ok(())
}
