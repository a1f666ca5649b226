//! The same input gives the same bytes, whatever the threads and the chunks.

use crate::support::{files, lines, root, run, shared};
use std::fs;
use std::path::{Path, PathBuf};

/// Demo articles and, where they are there, some hundred real ones.
fn inputs(folder: &Path) -> Vec<PathBuf> {
    let mut inputs = vec![root().join("seeds/articles")];
    if let Some(samples) = shared("data/dumps/samples/news_5k.jsonl.zst", "determinism on real articles") {
        let file = folder.join("real.jsonl");
        fs::write(&file, lines(&samples, 400).join("\n")).unwrap();
        inputs.push(file);
    }
    inputs
}

#[test]
fn threads_and_chunks_do_not_change_a_byte() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = inputs(folder.path());
    let inputs: Vec<&Path> = inputs.iter().map(PathBuf::as_path).collect();
    let mut first = None;
    let ways = [
        ["--threads", "1", "--chunk-kib", "256"],
        ["--threads", "2", "--chunk-kib", "256"],
        ["--threads", "2", "--chunk-kib", "1"],
        ["--threads", "3", "--chunk-kib", "65536"],
    ];
    for way in ways {
        let output = folder.path().join(way.join("_"));
        run(&inputs, &output, &[&way[..], &["--format", "parquet,arrow,csv"]].concat(), 0);
        let got = files(&output);
        let first = first.get_or_insert_with(|| got.clone());
        assert_eq!(first.keys().collect::<Vec<_>>(), got.keys().collect::<Vec<_>>());
        for (name, bytes) in &got {
            assert!(first[name] == *bytes, "{name} differs with {way:?}");
        }
    }
}

#[test]
fn a_second_run_over_the_first_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let input = root().join("seeds/articles");
    let output = folder.path().join("out");
    run(&[&input], &output, &["--partition", "month"], 0);
    let before = files(&output);
    run(&[&input], &output, &["--partition", "month"], 0);
    assert!(before == files(&output));
    assert!(before.keys().any(|k| k.contains("pub_month=")), "{:?}", before.keys());
}
