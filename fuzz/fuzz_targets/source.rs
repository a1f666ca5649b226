//! Any bytes as a file of every kind: records, quarantine or an error, and the counts add up.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pipeline::source::{Item, SourceOptions, open_stream};
use std::io::Cursor;

/// The first byte says as which file the others are read.
const NAMES: [&str; 14] = [
    "a.txt", "a.jsonl", "a.json", "a.csv", "a.tsv", "a.parquet", "a", "a.txt.gz", "a.jsonl.zst", "a.csv.gz", "a.ndjson",
    "a.json.zst", "a.xz", "-",
];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let name = NAMES[usize::from(*first) % NAMES.len()];
    let options = SourceOptions { record_bytes_max: 4096, line_bytes_max: 8192, ..SourceOptions::default() };
    let mut reader = open_stream(name, Box::new(Cursor::new(rest.to_vec())), options);
    let (mut records, mut rows, mut errors) = (0, 0, 0);
    while let Some(item) = reader.next_item() {
        match item {
            Ok(Item::Record(record)) => {
                records += 1;
                assert!(record.text.len() <= 4096, "a record of {} bytes", record.text.len());
                assert!(record.bytes.is_none_or(|(start, end)| start <= end));
            }
            Ok(Item::Quarantine(row)) => {
                rows += 1;
                assert!(!row.message.is_empty());
            }
            Err(error) => {
                errors += 1;
                assert!(!error.to_string().is_empty());
            }
        }
    }
    let counts = reader.counts();
    assert_eq!((counts.records, counts.quarantined, counts.files_unreadable), (records, rows, errors));
});
