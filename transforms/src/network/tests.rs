//! The network against the exporter's integer replica, and against bad input.

use super::*;
use seeds::Seeds;

/// Sentences of our own with what `training/integers.py` makes of them: word, rows, UPOS, XPOS, head, relation, lemma.
/// A line `# hash` with the hash of the encoder's outputs stands before each sentence.
const VECTORS: &str = include_str!("vectors.tsv");

fn model() -> Vec<u8> {
    Seeds::embedded().bytes("models/core.bin").unwrap().to_vec()
}

fn sentences() -> Vec<(u64, Vec<Vec<&'static str>>)> {
    let mut out: Vec<(u64, Vec<Vec<&str>>)> = Vec::new();
    for line in VECTORS.lines() {
        match line.strip_prefix("# ") {
            Some(hash) => out.push((u64::from_str_radix(hash, 16).unwrap(), Vec::new())),
            None => out.last_mut().unwrap().1.push(line.split('\t').collect()),
        }
    }
    out
}

fn check(isa: Isa) {
    let network = Network::read(&model()).unwrap().with_isa(isa);
    let (mut scratch, mut out, mut lemma) = (NetworkScratch::default(), Vec::new(), String::new());
    // Twice, so that the second time finds the cache filled.
    for (hash, rows) in sentences().into_iter().chain(sentences()) {
        let words: Vec<&str> = rows.iter().map(|r| r[0]).collect();
        for row in &rows {
            let got = features::Features::default().rows(&network, row[0]);
            assert_eq!(got.map(|n| n.to_string()).join(","), row[1], "rows of `{}`", row[0]);
        }
        network.analyze(&words, &mut scratch, &mut out);
        assert_eq!(xxhash_rust::xxh3::xxh3_64(scratch.encoded()), hash, "{words:?} on {isa:?}");
        assert_eq!(out.len(), rows.len());
        for (got, row) in out.iter().zip(&rows) {
            lemma.clear();
            network.lemma_into(row[0], got.xpos, &mut scratch, &mut lemma);
            let head = if got.head == ROOT { -1 } else { i64::from(got.head) };
            let got = [got.upos.as_str(), got.xpos.as_str(), &head.to_string(), got.deprel.as_str(), &lemma];
            assert_eq!(got, row[2..], "`{}` in {words:?} on {:?}", row[0], network.isa());
        }
    }
}

#[test]
fn plain_code_agrees_with_the_exporter() {
    check(Isa::Plain);
}

#[test]
fn avx2_agrees_with_the_exporter() {
    check(Isa::Avx2);
}

#[test]
fn the_best_instructions_agree_with_the_exporter() {
    check(Isa::best());
}

#[test]
fn all_kernels_give_the_same_bits_at_the_limits() {
    // Largest weights and inputs of either sign of sum: nothing may saturate on the way.
    for (weight, input) in [(127i8, 127u8), (-127, 127), (127, 1), (-127, 0)] {
        let m =
            kernels::Dense::new(512, &[weight as u8; 512 * 16], vec![1 << 20; 16], vec![0.001; 16]).unwrap();
        let inputs = vec![input; 512 * 7];
        let mut plain = vec![0; 16 * 7];
        m.run(Isa::Plain, &inputs, &mut plain);
        for isa in [Isa::Avx2, Isa::Vnni] {
            let mut got = vec![0; 16 * 7];
            m.run(isa.or_less(), &inputs, &mut got);
            assert_eq!(got, plain);
        }
    }
}

#[test]
fn rescaling_rounds_to_even_and_saturates() {
    let cases = [
        (1, 0.5, 0),
        (3, 0.5, 2),
        (5, 0.5, 2),
        (-1, 0.5, 0),
        (-3, 0.5, -2),
        (1 << 23, 1.0, i16::MAX),
        (-(1 << 23), 1.0, i16::MIN),
    ];
    for (sum, factor, want) in cases {
        assert_eq!(kernels::rescale(sum, factor), want, "{sum} x {factor}");
    }
}

#[test]
fn any_words_have_one_root_and_no_cycle() {
    let network = Network::read(&model()).unwrap();
    let (mut scratch, mut out, mut lemma) = (NetworkScratch::default(), Vec::new(), String::new());
    let long = "ab".repeat(1 << 19);
    let odd = ["", " ", "\0", "😀", "\u{301}", "İ", "ß", "x'", &long, "....", "٣", "\u{10ffff}"];
    for n in [0, 1, 2, 12, LONGEST, LONGEST + 1, 3 * LONGEST + 7] {
        let words: Vec<&str> = odd.iter().copied().cycle().take(n).collect();
        network.analyze(&words, &mut scratch, &mut out);
        assert_eq!(out.len(), n);
        assert_eq!(out.iter().filter(|w| w.head == ROOT).count(), usize::from(n > 0));
        for (i, word) in out.iter().enumerate() {
            let (mut at, mut steps) = (i, 0);
            while out[at].head != ROOT {
                at = out[at].head as usize;
                steps += 1;
                assert!(steps <= n, "a cycle at word {i} of {n}");
            }
            assert_eq!(word.deprel == Deprel::Root, word.head == ROOT);
            network.lemma_into(words[i], word.xpos, &mut scratch, &mut lemma);
        }
    }
}

#[test]
fn damaged_models_are_refused() {
    let whole = model();
    assert!(matches!(Network::read(b"text"), Err(ModelError::NotAModel(_))));
    assert!(matches!(Network::read(&whole[..20]), Err(ModelError::NotAModel(_))));
    assert_eq!(Network::read(&whole[..whole.len() - 1]).err(), Some(ModelError::Hash));
    let mut other = whole.clone();
    other[8] = 77;
    assert_eq!(Network::read(&other).err(), Some(ModelError::Version(77)));
    // With a hash that fits, a wrong table of sections still is an error, not a panic.
    for at in (24..900).step_by(3) {
        let mut bent = whole.clone();
        bent[at] ^= 0x41;
        let hash = xxhash_rust::xxh3::xxh3_64(&bent[24..]);
        bent[16..24].copy_from_slice(&hash.to_le_bytes());
        let _ = Network::read(&bent);
    }
}

#[test]
fn the_model_knows_plain_grammar() {
    let network = Network::read(&model()).unwrap();
    let (mut scratch, mut out) = (NetworkScratch::default(), Vec::new());
    let words = ["The", "police", "arrested", "three", "men", "on", "Friday", "."];
    network.analyze(&words, &mut scratch, &mut out);
    let got: Vec<_> = out.iter().map(|w| (w.deprel, w.head)).collect();
    let want = [
        (Deprel::Det, 1),
        (Deprel::Nsubj, 2),
        (Deprel::Root, ROOT),
        (Deprel::Nummod, 4),
        (Deprel::Obj, 2),
        (Deprel::Case, 6),
        (Deprel::Obl, 2),
        (Deprel::Punct, 2),
    ];
    assert_eq!(got, want);
}
