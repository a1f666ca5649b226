//! Every form of input gives the same tables.

use crate::support::{lines, run, shared, table};
use arrow::array::{ArrayRef, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, GzipLevel, ZstdLevel};
use parquet::file::properties::WriterProperties;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const FIELDS: [&str; 4] = ["id", "title", "date", "text"];

type Table = Vec<BTreeMap<String, String>>;

/// All tables without the columns that name the input.
fn tables(input: &Path, folder: &Path) -> BTreeMap<&'static str, Table> {
    let output = folder.join("out");
    run(&[input], &output, &["--format", "csv"], 0);
    let names = [
        "articles",
        "sentences",
        "entities",
        "event_mentions",
        "events",
        "event_actors",
        "casualty_claims",
        "figures",
        "figure_mentions",
        "figure_roles",
        "quantities",
        "quotes",
        "sentiment",
    ];
    let strip = |mut row: BTreeMap<String, String>| {
        for column in ["source_uri", "source_byte_start", "source_byte_end", "run_id"] {
            row.remove(column);
        }
        row
    };
    names.into_iter().map(|n| (n, table(&output, n).into_iter().map(strip).collect())).collect()
}

#[test]
fn every_form_gives_the_same_tables() {
    let Some(samples) = shared("data/dumps/samples/news_5k.jsonl.zst", "forms") else { return };
    let folder = tempfile::tempdir().unwrap();
    let records: Vec<[String; 4]> = lines(&samples, 60)
        .iter()
        .map(|line| {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            FIELDS.map(|f| value[f].as_str().unwrap_or_default().to_owned())
        })
        .collect();
    let json: Vec<String> = records
        .iter()
        .map(|r| {
            let object: serde_json::Map<_, _> =
                FIELDS.iter().zip(r).map(|(f, v)| ((*f).to_owned(), serde_json::json!(v))).collect();
            serde_json::Value::Object(object).to_string()
        })
        .collect();
    let path = |name: &str| folder.path().join(name);
    let jsonl = json.join("\n");
    fs::write(path("plain.jsonl"), &jsonl).unwrap();
    let expected = tables(&path("plain.jsonl"), folder.path());
    assert!(
        !expected["events"].is_empty() && !expected["sentiment"].is_empty() && !expected["quotes"].is_empty()
    );

    let mut forms: Vec<PathBuf> = Vec::new();
    let mut put = |name: &str, bytes: Vec<u8>| {
        fs::write(path(name), bytes).unwrap();
        forms.push(path(name));
    };
    put("array.json", format!("[{}]", json.join(",\n")).into_bytes());
    put("marked.jsonl", [&b"\xef\xbb\xbf"[..], jsonl.as_bytes()].concat());
    put(
        "wide.jsonl",
        [&b"\xff\xfe"[..], &jsonl.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()].concat(),
    );
    put("table.csv", separated(&records, b','));
    put("table.tsv", separated(&records, b'\t'));
    put("members.jsonl.gz", members(&json));
    put("frames.jsonl.zst", frames(&json));
    for (name, codec) in [
        ("plain.parquet", Compression::UNCOMPRESSED),
        ("snappy.parquet", Compression::SNAPPY),
        ("gzip.parquet", Compression::GZIP(GzipLevel::default())),
        ("zstd.parquet", Compression::ZSTD(ZstdLevel::default())),
        ("lz4.parquet", Compression::LZ4_RAW),
    ] {
        put(name, parquet_file(&records, codec));
    }
    for form in forms {
        let got = tables(&form, folder.path());
        for (name, rows) in &expected {
            assert_eq!(rows.len(), got[name].len(), "{name} of {}", form.display());
            for (a, b) in rows.iter().zip(&got[name]) {
                assert_eq!(a, b, "{name} of {}", form.display());
            }
        }
    }
}

#[test]
fn windows_1252_is_found_and_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.txt");
    // "The café owner’s brother said: “No.”" with the marks of Windows-1252.
    let words = b"LYON: The caf\xe9 owner\x92s brother said: \x93We will not sell the house to the company.\x94 \
        The town council of Saint-\xc9tienne rejected the plan on Monday, and the mayor said \x93no\x94 again.\n";
    fs::write(&path, words.repeat(3)).unwrap();
    let output = folder.path().join("out");
    let summary = run(&[&path], &output, &["--format", "csv"], 0);
    assert_eq!(summary.count("files_recoded"), 1);
    let text = &table(&output, "articles")[0]["text"];
    assert!(text.contains("café owner’s brother said: “We will"), "{text}");
}

fn separated(records: &[[String; 4]], delimiter: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    writer.write_record(FIELDS).unwrap();
    for record in records {
        writer.write_record(record).unwrap();
    }
    writer.into_inner().unwrap()
}

/// Two gzip members, one after the other.
fn members(lines: &[String]) -> Vec<u8> {
    let (a, b) = lines.split_at(lines.len() / 2);
    let mut out = Vec::new();
    for part in [a, b] {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(part.join("\n").as_bytes()).unwrap();
        encoder.write_all(b"\n").unwrap();
        out.extend(encoder.finish().unwrap());
    }
    out
}

/// Two zstd frames, one after the other.
fn frames(lines: &[String]) -> Vec<u8> {
    let (a, b) = lines.split_at(lines.len() / 2);
    [a, b].iter().flat_map(|p| zstd::encode_all((p.join("\n") + "\n").as_bytes(), 3).unwrap()).collect()
}

fn parquet_file(records: &[[String; 4]], codec: Compression) -> Vec<u8> {
    let column =
        |i: usize| Arc::new(StringArray::from_iter_values(records.iter().map(|r| &r[i]))) as ArrayRef;
    let batch = RecordBatch::try_from_iter(FIELDS.iter().enumerate().map(|(i, f)| (*f, column(i)))).unwrap();
    let properties = WriterProperties::builder().set_compression(codec).build();
    let mut writer = ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.into_inner().unwrap()
}
