//! Faults of the input: each ends in a row of quarantine or an error that says what to do; never a panic, in flat memory.

use crate::sources::{Found, bare, gz, parquet, paths, shared, small, stream, zst};
use ::parquet::basic::Compression;
use arrow::array::{
    ArrayRef, BinaryArray, Date32Array, Int64Array, ListArray, RecordBatch, StringArray, StructArray,
};
use arrow::array::{TimestampMicrosecondArray, TimestampMillisecondArray};
use arrow::datatypes::Int32Type;
use pipeline::source::{self, FieldMap, Item, SourceOptions};
use std::fs;
use std::io::{Cursor, Read};
use std::sync::Arc;

/// Codes of the rows, in order.
fn codes(found: &Found) -> Vec<&'static str> {
    found.rows.iter().map(|row| row.error_code).collect()
}

fn texts(found: &Found) -> Vec<&str> {
    found.records.iter().map(|record| record.text.as_str()).collect()
}

/// Reads a file of this name and checks the texts of its records, the codes of its rows, and its errors.
#[track_caller]
fn check(name: &str, bytes: &[u8], records: &[&str], rows: &[&str], errors: &[&str]) -> Found {
    let found = stream(name, bytes);
    assert_eq!(texts(&found), records, "{name}: {:?}", found.rows);
    assert_eq!(codes(&found), rows, "{name}: {:?}", found.rows);
    assert_eq!(found.errors.len(), errors.len(), "{name}: {:?}", found.errors);
    for (error, wanted) in found.errors.iter().zip(errors) {
        assert!(error.contains(wanted), "{error}");
    }
    found
}

#[test]
fn json_lines_go_on_after_a_bad_one() {
    let lines = b"{\"text\": \"a\"}\nnot json\n\n{\"text\": \"b\"\n[]\n{\"title\": \"t\"}\n{\"text\": \"\"}\n{\"text\": \"c\xff\xc3\xa9\"}";
    let rows = ["bad_json", "bad_json", "not_an_object", "no_text", "empty_text"];
    let found = check("a.jsonl", lines, &["a", "c\u{fffd}\u{e9}"], &rows, &[]);
    let row = &found.rows[1];
    assert_eq!(
        (row.byte_start, row.byte_end, row.doc_id.as_deref()),
        (Some(24), Some(36), Some("a.jsonl:3"))
    );
    assert!(row.message.starts_with("line 4: not JSON: EOF"), "{}", row.message);
}

#[test]
fn json_files_go_on_after_a_bad_value() {
    check(
        "a.json",
        b"[{\"text\": \"a\"}, 1, {\"text\": \"b\", }, {\"text\": \"c\"}]",
        &["a", "c"],
        &["not_an_object", "bad_json"],
        &[],
    );
    check("a.json", b"[{\"text\": \"a\"}, {\"text\": \"b", &["a"], &["bad_json"], &[]);
    check("a.json", b"[{\"text\": \"a\"},", &["a"], &["bad_json"], &[]);
    check("a.json", b"[]", &[], &[], &[]);
    check("a.json", b" \n ", &[], &["empty_file"], &[]);
    check("a.json", b"}{\n{\"text\": \"a\"}", &["a"], &["bad_json"], &[]);
    check("a.json", b"{\"text\": \"a\"}\n{\"text\": \n{\"text\": \"c\"}\n", &["a", "c"], &["bad_json"], &[]);
    let deep = "[".repeat(100_000);
    check("a.json", deep.as_bytes(), &[], &["bad_json"], &[]);
    let closed = format!("{deep}{}", "]".repeat(100_000));
    check("a.json", closed.as_bytes(), &[], &["not_an_object"], &[]);
    let objects =
        format!("{{\"text\": \"a\", \"x\": {}1{}}}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    check("a.json", objects.as_bytes(), &["a"], &[], &[]);
    let inside = format!("{{\"text\": {}1{}}}", "{\"name\":".repeat(100_000), "}".repeat(100_000));
    check("a.jsonl", inside.as_bytes(), &[], &["empty_text"], &[]);
}

#[test]
fn json_arrays_in_an_object_around_them() {
    let ok = b"{\"status\": \"ok\", \"n\": {\"a\": [1]}, \"articles\": [{\"text\": \"a]\"}, {\"text\": \"b\"}], \"next\": [\"}\"]}\n";
    let found = check("a.json", ok, &["a]", "b"], &[], &[]);
    assert_eq!(found.records[1].doc_id, "a.json:2");
    check("a.json", b"{\"data\": []}", &[], &[], &[]);
    check("a.json", b"{\"data\": [{\"text\": \"a\"}, {\"te", &["a"], &["bad_json"], &[]);
    check("a.json", b"{\"text\": \"a\", \"items\": [{\"text\": \"b\"}]}", &["a"], &[], &[]);
    check("a.json", b"{\"images\": [{\"url\": \"b\"}], \"text\": \"a\"}", &["a"], &[], &[]);
}

#[test]
fn csv_rows_go_on_after_a_bad_one() {
    let header = "id,title,text\n";
    let check = |rows: &str, records: &[&str], codes: &[&str]| {
        check("a.csv", format!("{header}{rows}").as_bytes(), records, codes, &[])
    };
    check("", &[], &[]);
    check("1,t,a\n2,b\n3,t,c,d\n4,t,e,,\n", &["a", "e"], &["ragged_row", "ragged_row"]);
    let found =
        check("1,t,\"a\nb\"\n2,\"t,b\n3,t,c\n4,t,d\n5,t,e\n", &["a\nb", "c", "d", "e"], &["unclosed_quote"]);
    assert_eq!(found.rows[0].message.split(':').next(), Some("line 4"));
    check("1,t,a\n2,t,\"b is cut", &["a"], &["unclosed_quote"]);
    check("1,t,a\n2,t,\n", &["a"], &["empty_text"]);
    crate::source_faults::check("a.csv", b"sep=;\r\nid;text\r\n1;a, b\r\n", &["a, b"], &[], &[]);
    crate::source_faults::check("a.csv", b"story,day\nx,1\ny,2\n", &[], &["no_text", "no_text"], &[]);
    // One column: a separator in it cannot be one.
    crate::source_faults::check("a.csv", b"text\na b\n\"c, d\"\n", &["a b", "c, d"], &[], &[]);
}

#[test]
fn packed_files_that_break_off_give_what_came_before() {
    let line = |i: usize| format!("{{\"id\": \"{i}\", \"text\": \"{}\"}}\n", "w".repeat(i % 700 + 1));
    let lines: String = (0..2_000).map(line).collect();
    for (name, packed) in [("a.jsonl.gz", gz(lines.as_bytes())), ("a.jsonl.zst", zst(lines.as_bytes()))] {
        let found = stream(name, &packed[..packed.len() - 20]);
        assert_eq!((codes(&found), found.errors.len()), (vec![], 1), "{name}");
        assert!(found.errors[0].contains("reading stopped at byte"), "{}", found.errors[0]);
        for (i, record) in found.records.iter().enumerate() {
            assert_eq!((record.doc_id.clone(), record.text.len()), (i.to_string(), i % 700 + 1));
        }
        let mut broken = packed.clone();
        let middle = broken.len() / 2;
        broken[middle..middle + 64].fill(0x5a);
        let found = stream(name, &broken);
        assert!(found.errors.len() == 1 || !found.rows.is_empty(), "{name}");
    }
    check("a.txt.gz", &gz(b"a text that is cut short")[..20], &[], &[], &["reading stopped"]);
    check("a.gz", &gz(b""), &[], &["empty_file"], &[]);
}

#[test]
fn what_is_not_read_is_refused_with_advice() {
    check(
        "a.jsonl.xz",
        b"\xfd7zXZ\0\0\x04",
        &[],
        &[],
        &["a.jsonl.xz: an xz archive is not read; unpack it with `xz -d`"],
    );
    check("a.txt", b"PK\x03\x04....", &[], &[], &["`unzip`"]);
    check("a.tar.gz", &gz(b"x"), &[], &[], &["`tar -xf`"]);
    check("a.warc.gz", &gz(b"WARC/1.0\r\n"), &[], &[], &["comes in a later version"]);
    check("page", b"<!DOCTYPE html>\n<html>", &[], &[], &["HTML input"]);
    check("a.txt", b"\xff\xfe\0\0a\0\0\0", &[], &[], &["iconv"]);
    check("a.txt", b"", &[], &["empty_file"], &[]);
    check("a.parquet", b"no", &[], &["bad_parquet"], &[]);
    check("a.parquet", b"PAR1PAR1", &[], &["bad_parquet"], &[]);
}

#[test]
fn bytes_that_are_no_text() {
    let mut state = 7u64;
    let mut random = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u8
    };
    for name in ["random", "a.txt", "a.jsonl", "a.csv", "a.json"] {
        let bytes: Vec<u8> = (0..1 << 20).map(|_| random()).collect();
        let found = stream(name, &bytes);
        assert_eq!((found.records.len(), codes(&found)), (0, vec!["binary"]), "{name}");
    }
    check(
        "a.txt",
        b"A text with one \0 in it, as it happens.",
        &["A text with one \u{fffd} in it, as it happens."],
        &[],
        &[],
    );
    check(
        "a.txt",
        b"Broken \xe2\x80 here, fine \xe2\x80\x94 there and \xc3\xa9.",
        &["Broken \u{fffd} here, fine \u{2014} there and \u{e9}."],
        &[],
        &[],
    );
    // An endless device is looked at, not read to its end.
    if std::path::Path::new("/dev/urandom").exists() {
        let found = paths(&[std::path::Path::new("/dev/urandom")]);
        assert_eq!(found.records.len() + found.rows.len() + found.errors.len(), 1);
    }
}

#[test]
fn parquet_columns_of_many_types() {
    let texts: ArrayRef = Arc::new(BinaryArray::from(vec![&b"one"[..], b"tw\xffo", b"three"]));
    let authors = vec![Some(vec![Some("A"), Some("B")]), None, Some(vec![])];
    let mut lists = arrow::array::ListBuilder::new(arrow::array::StringBuilder::new());
    for list in authors {
        lists.append_option(list);
    }
    let lists: ListArray = lists.finish();
    let inner: ArrayRef = Arc::new(StringArray::from(vec!["x", "y", "z"]));
    let site = StructArray::try_from(vec![("name", inner)]).unwrap();
    let millis = TimestampMillisecondArray::from(vec![Some(1_709_251_200_000), None, Some(-1)]);
    let micros = TimestampMicrosecondArray::from(vec![1, 2, 3]).with_timezone("Europe/Baku");
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("id", Arc::new(Int64Array::from(vec![10, 11, 12]))),
        ("body", texts),
        ("published", Arc::new(millis)),
        ("pub_date", Arc::new(micros)),
        ("day", Arc::new(Date32Array::from(vec![19_783, 0, 1]))),
        ("authors", Arc::new(lists)),
        ("source", Arc::new(site)),
        ("lang", Arc::new(arrow::array::DictionaryArray::<Int32Type>::from_iter(["en", "fr", "en"]))),
    ];
    let batch =
        RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(n, c)| (n, c, true))).unwrap();
    let mut bytes = Vec::new();
    let mut writer = ::parquet::arrow::ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    let found = stream("a.parquet", &bytes);
    assert_eq!(texts_of(&found), ["one", "tw\u{fffd}o", "three"]);
    let r = &found.records[0];
    assert_eq!((r.doc_id.as_str(), r.published.as_deref()), ("10", Some("2024-03-01T00:00:00")));
    assert_eq!(
        (r.author.as_deref(), r.publisher.as_deref(), r.language.as_deref()),
        (Some("A, B"), Some("x"), Some("en"))
    );
    assert_eq!(found.records[1].author, None);
    let map = FieldMap::new(&["date=day", "source=source.name"]).unwrap();
    let options = SourceOptions { map, ..SourceOptions::default() };
    let mut reader = source::open_stream("a.parquet", Box::new(Cursor::new(bytes.clone())), options);
    let Some(Ok(Item::Record(r))) = reader.next_item() else { panic!() };
    assert_eq!((r.published.as_deref(), r.publisher.as_deref()), (Some("2024-03-01"), Some("x")));
    let map = FieldMap::new(&["date=pub_date"]).unwrap();
    let options = SourceOptions { map, ..SourceOptions::default() };
    let mut reader = source::open_stream("a.parquet", Box::new(Cursor::new(bytes)), options);
    let Some(Ok(Item::Record(r))) = reader.next_item() else { panic!() };
    assert_eq!(r.published.as_deref(), Some("1970-01-01T00:00:00.000001Z"));
}

fn texts_of(found: &Found) -> Vec<&str> {
    texts(found)
}

#[test]
fn parquet_with_any_byte_changed() {
    let records = small();
    let whole = parquet(&records, Compression::SNAPPY, |c| Arc::new(StringArray::from(c)));
    for cut in [whole.len() / 3, whole.len() - 1, 8, 5] {
        assert_eq!(codes(&stream("a.parquet", &whole[..cut])), ["bad_parquet"], "{cut}");
    }
    for at in (4..whole.len()).step_by(7) {
        for value in [0x00, 0x7f, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] = value;
            let found = stream("a.parquet", &bytes);
            assert!(found.rows.len() <= records.len().max(1), "{at}: {:?}", found.rows);
        }
    }
}

#[test]
fn nothing_in_the_robust_folder_breaks_the_reader() {
    let Some(folder) = shared("dumps/robust") else { return };
    let mut files = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    assert!(files.len() > 700);
    for path in &files {
        let name = path.file_name().unwrap().to_str().unwrap();
        let bytes = fs::read(path).unwrap();
        let found = paths(&[path]);
        assert_eq!(bare(&found.records), bare(&stream(name, &bytes).records), "{name}");
        let empty_array =
            bytes.trim_ascii().strip_prefix(b"[").is_some_and(|rest| rest.trim_ascii_end().ends_with(b"]"));
        let items = found.records.len() + found.rows.len() + found.errors.len();
        assert!(items > 0 || empty_array || name.ends_with(".parquet"), "{name}: nothing came of it");
        if name.starts_with("y_") || name.starts_with("n_") {
            for row in &found.rows {
                assert!(row.message.len() < 600 && row.doc_id.is_some(), "{name}: {}", row.message);
            }
        }
    }
}

// Memory.

/// Set in the process that measures itself.
const MEASURED: &str = "COLUMNIST_TEST_MEASURED";

/// So many bytes: a head, a filling repeated, a tail.
fn long(head: &'static str, filling: &'static str, bytes: u64, tail: &'static str) -> Box<dyn Read + Send> {
    struct Repeat(Vec<u8>, usize);
    impl Read for Repeat {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            let n = out.len().min(self.0.len() - self.1);
            out[..n].copy_from_slice(&self.0[self.1..self.1 + n]);
            self.1 = (self.1 + n) % self.0.len();
            Ok(n)
        }
    }
    let filling = Repeat(filling.repeat(1 << 12).into_bytes(), 0).take(bytes);
    Box::new(head.as_bytes().chain(filling).chain(tail.as_bytes()))
}

/// Peak memory of this process, in MiB.
fn peak_mib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

/// A process of its own, for the peak of one is that of all its tests.
#[test]
#[cfg(target_os = "linux")]
fn memory_is_flat_whatever_comes() {
    if std::env::var_os(MEASURED).is_none() {
        let this = std::env::current_exe().unwrap();
        let out = std::process::Command::new(this)
            .args(["--exact", "source_faults::memory_is_flat_whatever_comes", "--nocapture"])
            .env(MEASURED, "1")
            .output()
            .unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        return;
    }
    const MB: u64 = 1 << 20;
    type Case = (&'static str, Box<dyn Read + Send>, usize, &'static [&'static str]);
    let cases: [Case; 9] = [
        (
            "a.jsonl",
            long("{\"text\": \"a\"}\n{\"text\": \"", "word ", 200 * MB, "\"}\n{\"text\": \"b\"}"),
            2,
            &["too_large"],
        ),
        ("a.jsonl", long("{\"text\": \"", "word ", 40 * MB, "\"}"), 0, &["too_large"]),
        ("a.jsonl", long("{\"text\": \"", "word ", 10 * MB, "\"}"), 0, &["too_large"]),
        (
            "a.json",
            long("[{\"text\": \"a\"}, {\"text\": \"", "word ", 200 * MB, "\"}, {\"text\": \"b\"}]"),
            2,
            &["too_large"],
        ),
        ("a.json", long("[{\"text\": \"a\", \"x\": ", "[", 100 * MB, ""), 0, &["too_large"]),
        ("a.csv", long("id,text\n1,a\n2,\"", "word, word\n", 200 * MB, "\"\n3,b\n"), 2, &["too_large"]),
        ("a.txt", long("", "word\n", 40 * MB, ""), 0, &["too_large"]),
        (
            "a.jsonl",
            long("", "{\"title\": \"t\", \"text\": \"A text of some words.\"}\n", 48 * 4_000_000, ""),
            4_000_000,
            &[],
        ),
        ("a.csv", long("id,text\n", ",A text of some words.\n", 23 * 4_000_000, ""), 4_000_000, &[]),
    ];
    for (name, bytes, records, rows) in cases {
        let mut reader = source::open_stream(name, bytes, SourceOptions::default());
        let (mut read, mut codes) = (0, Vec::new());
        while let Some(item) = reader.next_item() {
            match item.unwrap() {
                Item::Record(_) => read += 1,
                Item::Quarantine(row) => codes.push(row.error_code),
            }
        }
        assert_eq!((read, codes.as_slice()), (records, rows), "{name}");
        assert!(peak_mib() < 96, "{name}: {} MiB", peak_mib());
    }
    eprintln!("peak {} MiB", peak_mib());
}
