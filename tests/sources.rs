//! Sources: every form of the same articles gives the same records; every fault ends in a row or an error, never a panic.

use arrow::array::{ArrayRef, DictionaryArray, LargeStringArray, RecordBatch, StringArray, StringViewArray};
use arrow::datatypes::Int32Type;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, GzipLevel, ZstdLevel};
use parquet::file::properties::WriterProperties;
use pipeline::source::{self, Item, Reader, SourceOptions};
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use transforms::article::Record;
use transforms::tables::QuarantineRow;

/// Everything one reader gives, by sort.
#[derive(Debug, Default)]
pub struct Found {
    pub records: Vec<Record>,
    pub rows: Vec<QuarantineRow>,
    pub errors: Vec<String>,
}

/// Reads to the end and checks that the counts add up.
pub fn drain(mut reader: Reader) -> Found {
    let mut found = Found::default();
    while let Some(item) = reader.next_item() {
        match item {
            Ok(Item::Record(record)) => found.records.push(record),
            Ok(Item::Quarantine(row)) => found.rows.push(row),
            Err(error) => found.errors.push(error.to_string()),
        }
    }
    let counts = reader.counts();
    assert_eq!(counts.records, found.records.len() as u64);
    assert_eq!(counts.quarantined, found.rows.len() as u64);
    assert_eq!(counts.files_unreadable, found.errors.len() as u64);
    found
}

pub fn stream(name: &str, bytes: &[u8]) -> Found {
    let bytes = Cursor::new(bytes.to_vec());
    drain(source::open_stream(name, Box::new(bytes), SourceOptions::default()))
}

pub fn paths(given: &[&Path]) -> Found {
    let given: Vec<_> = given.iter().map(|path| path.as_os_str().to_owned()).collect();
    drain(source::open(source::resolve(&given).unwrap(), SourceOptions::default()))
}

/// The records without what depends on the form: where they stood.
pub fn bare(records: &[Record]) -> Vec<Record> {
    let strip = |r: &Record| Record { source_uri: String::new(), bytes: None, ..r.clone() };
    records.iter().map(strip).collect()
}

fn record(id: &str, title: &str, text: &str) -> Record {
    Record {
        doc_id: id.to_owned(),
        title: Some(title.to_owned()).filter(|t| !t.is_empty()),
        text: text.to_owned(),
        published: Some("2024-03-01".to_owned()),
        publisher: Some("The Outlet".to_owned()),
        url: Some(format!("https://example.org/{id}?a=1&b=\"2\"")),
        author: Some("A. Writer, B. Other".to_owned()),
        language: Some("en".to_owned()),
        ..Record::default()
    }
}

pub fn small() -> Vec<Record> {
    vec![
        record("1", "Talks in Baku", "BAKU: They met.\n\nThen they left; \"well\", he said, 'good'."),
        record("2", "", "One line, with commas, and a tab\tinside."),
        record(
            "3",
            "Caf\u{e9} \u{201c}Zo\u{eb}\u{201d}",
            "It\u{2019}s d\u{e9}j\u{e0} vu \u{2014} again.\r\nSecond line.",
        ),
        record("4", "Quote \"at\" start", "\"Quoted from the start,\" she said.\n"),
    ]
}

// The forms.

fn objects(records: &[Record]) -> Vec<String> {
    let text = |s: &Option<String>| s.clone().map_or(serde_json::Value::Null, serde_json::Value::String);
    let object = |r: &Record| {
        serde_json::json!({
            "id": r.doc_id, "headline": text(&r.title), "content": r.text, "published_at": text(&r.published),
            "outlet": text(&r.publisher), "link": text(&r.url), "byline": text(&r.author), "lang": text(&r.language),
            "unused": {"deep": [1, 2, {"x": "]}"}]},
        })
        .to_string()
    };
    records.iter().map(object).collect()
}

fn jsonl(records: &[Record]) -> Vec<u8> {
    objects(records).iter().flat_map(|o| format!("{o}\n").into_bytes()).collect()
}

fn json_array(records: &[Record]) -> Vec<u8> {
    format!("[\n  {}\n]\n", objects(records).join(",\n  ")).into_bytes()
}

fn columns(records: &[Record]) -> Vec<(&'static str, Vec<Option<String>>)> {
    let column = |get: fn(&Record) -> Option<String>| records.iter().map(get).collect::<Vec<_>>();
    vec![
        ("doc_id", column(|r| Some(r.doc_id.clone()))),
        ("Title", column(|r| r.title.clone())),
        ("maintext", column(|r| Some(r.text.clone()))),
        ("date_publish", column(|r| r.published.clone())),
        ("source_domain", column(|r| r.publisher.clone())),
        ("URL", column(|r| r.url.clone())),
        ("authors", column(|r| r.author.clone())),
        ("language", column(|r| r.language.clone())),
    ]
}

fn table(records: &[Record], separator: u8) -> Vec<u8> {
    let columns = columns(records);
    let mut out = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
    out.write_record(columns.iter().map(|(name, _)| name)).unwrap();
    for row in 0..records.len() {
        out.write_record(columns.iter().map(|(_, c)| c[row].as_deref().unwrap_or_default())).unwrap();
    }
    out.into_inner().unwrap()
}

pub fn parquet(records: &[Record], codec: Compression, text: fn(Vec<Option<String>>) -> ArrayRef) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter_with_nullable(
        columns(records).into_iter().map(|(name, column)| (name, text(column), true)),
    )
    .unwrap();
    let properties =
        WriterProperties::builder().set_compression(codec).set_max_row_group_row_count(Some(100)).build();
    let mut out = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut out, batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    out
}

pub fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

pub fn zst(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).unwrap()
}

/// Packs pieces separately and puts them one after another, cut where no line ends.
fn in_pieces(bytes: &[u8], pack: fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    bytes.chunks(bytes.len() / 7 + 1).flat_map(pack).collect()
}

fn utf16(text: &[u8], big: bool, mark: bool) -> Vec<u8> {
    let text = std::str::from_utf8(text).unwrap();
    let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
    units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

fn cp1252(text: &[u8]) -> Vec<u8> {
    let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(std::str::from_utf8(text).unwrap());
    assert!(!lost);
    bytes.into_owned()
}

/// Every form of the records; those that fit Windows-1252 also in it.
fn forms(records: &[Record], western: bool) -> Vec<(String, Vec<u8>)> {
    let lines = jsonl(records);
    let array = json_array(records);
    let comma = table(records, b',');
    let bom = |bytes: &[u8]| [b"\xef\xbb\xbf", bytes].concat();
    let plain: fn(Vec<Option<String>>) -> ArrayRef = |c| Arc::new(StringArray::from(c));
    let large: fn(Vec<Option<String>>) -> ArrayRef = |c| Arc::new(LargeStringArray::from(c));
    let view: fn(Vec<Option<String>>) -> ArrayRef = |c| Arc::new(StringViewArray::from(c));
    let dictionary: fn(Vec<Option<String>>) -> ArrayRef =
        |c| Arc::new(c.iter().map(Option::as_deref).collect::<DictionaryArray<Int32Type>>());
    let mut forms = vec![
        ("a.jsonl", lines.clone()),
        ("a.ndjson", bom(&lines)),
        ("bare", lines.clone()),
        ("a.json", lines.clone()),
        ("a.jsonl", array.clone()),
        ("a.jsonl.gz", gz(&lines)),
        ("a.jsonl.gz", in_pieces(&lines, gz)),
        ("a.jsonl.zst", zst(&lines)),
        ("a.jsonl.zst", in_pieces(&lines, zst)),
        ("a.jsonl.gz", lines.clone()),
        ("a.jsonl.gz.zst", zst(&gz(&lines))),
        ("a.jsonl", utf16(&lines, false, true)),
        ("a.jsonl", utf16(&lines, true, true)),
        ("a.jsonl", utf16(&lines, false, false)),
        ("a.jsonl", utf16(&lines, true, false)),
        ("a.json", array.clone()),
        ("bare", array.clone()),
        ("a.json.zst", zst(&array)),
        ("a.json", utf16(&array, false, true)),
        ("a.json", objects(records).concat().into_bytes()),
        ("a.csv", comma.clone()),
        ("a.csv", bom(&comma)),
        ("bare", comma.clone()),
        ("a.csv.gz", gz(&comma)),
        ("a.csv", table(records, b';')),
        ("a.csv", table(records, b'|')),
        ("a.csv", table(records, b'\t')),
        ("a.tsv", table(records, b'\t')),
        ("a.tsv", utf16(&table(records, b'\t'), false, true)),
        ("a.csv", utf16(&comma, true, false)),
        ("a.parquet", parquet(records, Compression::UNCOMPRESSED, plain)),
        ("a.parquet", parquet(records, Compression::SNAPPY, large)),
        ("a.parquet", parquet(records, Compression::ZSTD(ZstdLevel::default()), view)),
        ("a.parquet", parquet(records, Compression::GZIP(GzipLevel::default()), dictionary)),
        ("bare", parquet(records, Compression::LZ4_RAW, plain)),
        ("a.parquet.zst", zst(&parquet(records, Compression::UNCOMPRESSED, dictionary))),
    ];
    if western {
        forms.extend([
            ("a.jsonl", cp1252(&lines)),
            ("a.json.gz", gz(&cp1252(&array))),
            ("a.csv", cp1252(&comma)),
            ("a.tsv", cp1252(&table(records, b'\t'))),
        ]);
    }
    forms.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect()
}

/// Reads every form as a stream and as a file.
fn check_forms(records: &[Record], western: bool) {
    let dir = tempfile::tempdir().unwrap();
    for (i, (name, bytes)) in forms(records, western).into_iter().enumerate() {
        let found = stream(&name, &bytes);
        let path = dir.path().join(format!("{i}")).join(&name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &bytes).unwrap();
        for found in [found, paths(&[&path])] {
            assert_eq!(found.rows, [], "form {i} {name}");
            assert_eq!(found.errors, [] as [String; 0], "form {i} {name}");
            for (one, other) in bare(&found.records).iter().zip(records) {
                assert_eq!(one, other, "form {i} {name}");
            }
            assert_eq!(found.records.len(), records.len(), "form {i} {name}");
        }
    }
}

#[test]
fn every_form_gives_the_same_records() {
    check_forms(&small(), true);
}

/// Shared data that may not be there.
pub fn shared(part: &str) -> Option<PathBuf> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().skip(1).map(|p| p.join("shared/data").join(part));
    let found = path.into_iter().find(|p| p.exists());
    if found.is_none() {
        eprintln!("skipped: ../shared/data/{part} is not here");
    }
    found
}

#[test]
fn every_form_of_real_articles_gives_the_same_records() {
    let Some(path) = shared("dumps/samples/news_5k.jsonl.zst") else { return };
    let found = paths(&[&path]);
    assert_eq!((found.rows.len(), found.errors.len()), (0, 0));
    assert!(found.records.len() > 4_000);
    let records = bare(&found.records);
    // Half a thousand from all over the sample; a field that is there and blank does not survive every form.
    let some: Vec<Record> = records.iter().step_by(10).cloned().collect();
    check_forms(&some, false);
    let fits = |r: &&Record| !encoding_rs::WINDOWS_1252.encode(&jsonl_text(r)).2;
    let western: Vec<Record> = some.iter().filter(fits).cloned().collect();
    assert!(western.len() > 100);
    check_forms(&western, true);
    // One file each: what few accents a text has must do to find its encoding.
    for one in western {
        let bytes = cp1252(&jsonl(std::slice::from_ref(&one)));
        // Text that was mangled once before it was written (\u{e2}\u{20ac}\u{2122}) reads as the UTF-8 it once was.
        if bytes.is_ascii() || std::str::from_utf8(&bytes).is_err() {
            assert_eq!(bare(&stream("a.jsonl", &bytes).records), [one]);
        }
    }
}

fn jsonl_text(record: &Record) -> String {
    String::from_utf8(jsonl(std::slice::from_ref(record))).unwrap()
}

#[test]
fn ids_and_byte_ranges_say_where_a_record_stood() {
    let objects = [r#"{"text": "one"}"#, r#"{"text": "two", "id": "x"}"#, "{\"text\": \"thr\u{e9}e\"}"];
    let lines = format!("{}\r\n\n{}\n{}", objects[0], objects[1], objects[2]);
    let forms: [(Vec<u8>, &encoding_rs::Encoding); 4] = [
        (lines.clone().into_bytes(), encoding_rs::UTF_8),
        ([b"\xef\xbb\xbf", lines.as_bytes()].concat(), encoding_rs::UTF_8),
        (utf16(lines.as_bytes(), false, true), encoding_rs::UTF_16LE),
        (cp1252(lines.as_bytes()), encoding_rs::WINDOWS_1252),
    ];
    for (bytes, encoding) in forms {
        let found = stream("d/a.jsonl", &bytes);
        let ids: Vec<&str> = found.records.iter().map(|r| r.doc_id.as_str()).collect();
        assert_eq!(ids, ["a.jsonl:1", "x", "a.jsonl:3"]);
        for (record, object) in found.records.iter().zip(objects) {
            let (start, end) = record.bytes.unwrap();
            let cut = &bytes[start as usize..end as usize];
            assert_eq!(encoding.decode_without_bom_handling(cut).0, object, "{}", encoding.name());
        }
    }
    let cut = |name: &str, file: &[u8], wanted: &[(&str, &str)]| {
        let found = stream(name, file);
        assert_eq!(found.records.len(), wanted.len(), "{name}");
        for (record, (id, part)) in found.records.iter().zip(wanted) {
            let (start, end) = record.bytes.unwrap();
            assert_eq!(record.doc_id, *id);
            assert_eq!(std::str::from_utf8(&file[start as usize..end as usize]).unwrap(), *part);
        }
    };
    let [one, two, _] = objects;
    cut("a.json", format!("  {one} ").as_bytes(), &[("a.json", one)]);
    cut("a.json", format!("[{one} ,\n {two}]").as_bytes(), &[("a.json:1", one), ("x", two)]);
    cut("a.json", format!("{one}{two}").as_bytes(), &[("a.json:1", one), ("x", two)]);
    let rows = [("a.csv:1", "\"o\nne\","), ("2", "two,2"), ("a.csv:3", "three,")];
    cut("a.csv", b"text,id\r\n\"o\nne\",\r\n\r\ntwo,2\r\nthree,", &rows);
    cut("a.tsv", b"text\tid\none\t1\n", &[("1", "one\t1")]);

    let found = stream("d/story.txt.gz", &gz(b"\xef\xbb\xbfA story.\r\n"));
    let story = &found.records[0];
    assert!(story.raw);
    let (id, text) = (story.doc_id.as_str(), story.text.as_str());
    assert_eq!((id, text, story.bytes), ("story.txt.gz", "A story.\r\n", Some((3, 13))));
}
