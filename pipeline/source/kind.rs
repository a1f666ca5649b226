//! What a file is: its compression and its kind, by its name and then by its first bytes.

use super::error::SourceError;
use super::window::Window;
use flate2::read::MultiGzDecoder;
use std::io;
use std::path::Path;

/// Bytes looked at to tell the kind.
pub const HEAD_BYTES: usize = 64 << 10;
/// Largest window of a zstd frame, as a power of two: what `zstd --long=31` makes.
const ZSTD_WINDOW_LOG_MAX: u32 = 31;
/// Compressions inside each other that are followed.
const LAYERS_MAX: usize = 3;

/// How the documents of a file are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One document: the whole file.
    Text,
    /// A JSON object a line.
    Lines,
    /// A JSON array of objects, one object, or objects one after another.
    Json,
    /// Separated values under a header line; the separator is found in it.
    Csv,
    /// Values separated by tabs under a header line.
    Tsv,
    /// Parquet.
    Parquet,
}

/// A format that is known and not read: what it is, and what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Foreign {
    what: &'static str,
    advice: &'static str,
    extensions: &'static [&'static str],
    magic: &'static [u8],
    magic_at: usize,
}

/// Formats that are refused with advice; an empty magic is never found by content.
const FOREIGN: &[Foreign] = &[
    foreign("an xz archive", "unpack it with `xz -d`", &["xz", "lzma", "txz"], b"\xfd7zXZ\0", 0),
    foreign(
        "a zip archive",
        "unpack it with `unzip`",
        &["zip", "docx", "xlsx", "epub", "odt"],
        b"PK\x03\x04",
        0,
    ),
    foreign("a bzip2 archive", "unpack it with `bzip2 -d`", &["bz2", "tbz2"], b"1AY&SY", 4),
    foreign("a 7z archive", "unpack it with `7z x`", &["7z"], b"7z\xbc\xaf\x27\x1c", 0),
    foreign("a rar archive", "unpack it with `unrar x`", &["rar"], b"Rar!\x1a\x07", 0),
    foreign("an lz4 file", "unpack it with `lz4 -d`", &["lz4"], b"\x04\x22\x4d\x18", 0),
    foreign("a brotli file", "unpack it with `brotli -d`", &["br"], b"", 0),
    foreign("a snappy file", "unpack it with `snzip -d`", &["sz", "snappy"], b"\xff\x06\0\0sNaPpY", 0),
    foreign(
        "a tar archive",
        "unpack it with `tar -xf` and give the folder",
        &["tar", "tgz", "tzst"],
        b"ustar",
        257,
    ),
    foreign("WARC input", "it comes in a later version", &["warc", "wet", "wat"], b"WARC/1.", 0),
    foreign(
        "HTML input",
        "it comes in a later version; give the text of the page",
        &["html", "htm", "xhtml"],
        b"",
        0,
    ),
    foreign(
        "XML input",
        "turn it into JSONL, one object with a text field a line",
        &["xml", "rss", "atom"],
        b"<?xml",
        0,
    ),
    foreign("a PDF file", "turn it into text with `pdftotext`", &["pdf"], b"%PDF-", 0),
    foreign("a Word file", "save it as text", &["doc", "rtf"], b"{\\rtf", 0),
    foreign("an Arrow file", "write it as Parquet", &["arrow", "feather", "ipc"], b"ARROW1\0\0", 0),
    foreign("an Avro file", "write it as Parquet", &["avro"], b"Obj\x01", 0),
    foreign("an ORC file", "write it as Parquet", &["orc"], b"", 0),
    foreign(
        "a SQLite database",
        "write its table as CSV",
        &["sqlite", "sqlite3", "db"],
        b"SQLite format 3\0",
        0,
    ),
    foreign("UTF-32 text", "turn it into UTF-8 with `iconv -t utf-8`", &[], b"\xff\xfe\0\0", 0),
    foreign("UTF-32 text", "turn it into UTF-8 with `iconv -t utf-8`", &[], b"\0\0\xfe\xff", 0),
];

/// Names of files that come with a dump and are no articles; passed over in folders.
const COMPANIONS: &[&str] = &[
    "readme",
    "license",
    "licence",
    "copying",
    "notice",
    "changelog",
    "authors",
    "contributing",
    "makefile",
];

const fn foreign(
    what: &'static str,
    advice: &'static str,
    extensions: &'static [&'static str],
    magic: &'static [u8],
    magic_at: usize,
) -> Foreign {
    Foreign { what, advice, extensions, magic, magic_at }
}

/// What a file's name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// A kind, under whatever compression.
    Kind(Kind),
    /// A format that is not read.
    Foreign(Foreign),
    /// It has no extension, or only one of a compression.
    Bare,
    /// Some other extension.
    Other,
}

impl Foreign {
    /// The error that refuses `path`.
    pub fn refuse(self, path: &str) -> SourceError {
        SourceError::Foreign { path: path.to_owned(), what: self.what, advice: self.advice }
    }

    /// The format whose first bytes these are.
    pub fn of_content(head: &[u8]) -> Option<Self> {
        let found = FOREIGN.iter().find(|f| {
            !f.magic.is_empty() && head.get(f.magic_at..).is_some_and(|rest| rest.starts_with(f.magic))
        });
        if found.is_some() {
            return found.copied();
        }
        let text = head.trim_ascii_start();
        let begins = |tag: &[u8]| text.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
        let html = begins(b"<!doctype html") || begins(b"<html") || begins(b"<head");
        FOREIGN.iter().find(|f| html && f.extensions.contains(&"html")).copied()
    }
}

/// What the name of a file says, compression extensions put aside.
pub fn named(path: &Path) -> Named {
    let name = path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let mut rest = name.as_str();
    loop {
        let Some((stem, extension)) = rest.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()) else {
            return Named::Bare;
        };
        let kind = match extension {
            "gz" | "gzip" | "zst" | "zstd" => {
                rest = stem;
                continue;
            }
            "txt" | "text" | "md" => Kind::Text,
            "jsonl" | "ndjson" | "jsonlines" => Kind::Lines,
            "json" => Kind::Json,
            "csv" => Kind::Csv,
            "tsv" | "tab" => Kind::Tsv,
            "parquet" | "pq" | "parq" => Kind::Parquet,
            _ => {
                return match FOREIGN.iter().find(|f| f.extensions.contains(&extension)) {
                    Some(foreign) => Named::Foreign(*foreign),
                    // "a.b" and "2024-01-01" under a compression: what is left is a name, not a kind.
                    None if extension.bytes().all(|b| b.is_ascii_digit()) => Named::Bare,
                    None => Named::Other,
                };
            }
        };
        return Named::Kind(kind);
    }
}

/// Whether a folder's file is worth reading, by its name: every kind that is read, those that are refused with
/// advice, and files without extension; not what usually lies beside a dump.
pub fn is_article_name(path: &Path) -> bool {
    match named(path) {
        Named::Kind(Kind::Text) | Named::Bare => {
            let name = path.file_name().map(|n| n.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
            let stem = name.split('.').next().unwrap_or_default();
            !COMPANIONS.contains(&stem)
        }
        Named::Kind(_) | Named::Foreign(_) => true,
        Named::Other => false,
    }
}

/// Takes off the compressions, told by their first bytes: names lie, servers unpack in passing.
pub fn decompress(file: Window) -> io::Result<Window> {
    let mut window = file;
    for _ in 0..LAYERS_MAX {
        match *window.fill(4) {
            [0x1f, 0x8b, ..] => window = Window::new(Box::new(MultiGzDecoder::new(window))),
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => {
                let mut decoder = zstd::stream::read::Decoder::new(window)?;
                decoder.window_log_max(ZSTD_WINDOW_LOG_MAX)?;
                window = Window::new(Box::new(decoder));
            }
            _ => break,
        }
    }
    Ok(window)
}

/// The kind of a file that has text in it: what the name says, corrected where the content plainly says otherwise.
pub fn of_text(named: Named, head: &[u8]) -> Kind {
    let text = head.trim_ascii_start();
    let json = matches!(text.first(), Some(b'{' | b'['));
    match named {
        Named::Kind(Kind::Json) if is_lines(text) => Kind::Lines,
        Named::Kind(Kind::Lines) if is_spread(text) || json && is_array_of_objects(text) => Kind::Json,
        // Only reached with content that is no Parquet: told as JSON, CSV or text like a file without a name.
        Named::Kind(kind) if kind != Kind::Parquet => kind,
        _ if json && is_lines(text) => Kind::Lines,
        _ if json && (text.first() == Some(&b'{') || is_array_of_objects(text)) => Kind::Json,
        _ => super::csv::sniff(head).unwrap_or(Kind::Text),
    }
}

/// Whether the first line is an object by itself and the second begins another.
fn is_lines(text: &[u8]) -> bool {
    let Some(end) = memchr::memchr(b'\n', text) else { return false };
    let (line, rest) = text.split_at(end);
    rest.trim_ascii_start().first() == Some(&b'{') && is_object(line)
}

/// Whether the first line opens an object or array that later lines close.
fn is_spread(text: &[u8]) -> bool {
    let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    line.len() < text.len() && matches!(line.trim_ascii(), b"{" | b"[" | b"[{")
}

/// Whether the text begins an array of objects, as the "[" of a sentence does not.
pub fn is_array_of_objects(text: &[u8]) -> bool {
    let inside = text.strip_prefix(b"[").unwrap_or_default().trim_ascii_start();
    matches!(inside.first(), Some(b'{' | b']'))
}

fn is_object(line: &[u8]) -> bool {
    line.first() == Some(&b'{') && serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_kind_under_any_compression() {
        let kind = |name: &str| named(Path::new(name));
        assert_eq!(kind("a.txt"), Named::Kind(Kind::Text));
        assert_eq!(kind("d/A.JSONL.zst"), Named::Kind(Kind::Lines));
        assert_eq!(kind("a.ndjson.gz"), Named::Kind(Kind::Lines));
        assert_eq!(kind("a.csv.gz.zst"), Named::Kind(Kind::Csv));
        assert_eq!(kind("a.parquet"), Named::Kind(Kind::Parquet));
        assert_eq!(kind("a.gz"), Named::Bare);
        assert_eq!(kind("12345"), Named::Bare);
        assert_eq!(kind("reuters.1987"), Named::Bare);
        assert_eq!(kind("a.png"), Named::Other);
        assert!(matches!(kind("a.tar.gz"), Named::Foreign(_)));
        assert!(matches!(kind("a.txt.xz"), Named::Foreign(_)));
        assert!(!is_article_name(Path::new("x/README.md")));
        assert!(!is_article_name(Path::new("LICENSE")));
        assert!(is_article_name(Path::new("x/story.md")));
    }

    #[test]
    fn content_tells_the_kind() {
        let kind = |head: &str| of_text(Named::Bare, head.as_bytes());
        assert_eq!(kind("{\"a\": 1}\n{\"a\": 2}\n"), Kind::Lines);
        assert_eq!(kind("{\"a\": 1}"), Kind::Json);
        assert_eq!(kind("[\n  {\"a\": 1}]"), Kind::Json);
        assert_eq!(kind("[Reuters] KABUL, 1 May. The army said"), Kind::Text);
        assert_eq!(kind("id,title,text\n1,a,b\n"), Kind::Csv);
        assert_eq!(kind("id\ttitle\ttext\n1\ta\tb\n"), Kind::Tsv);
        assert_eq!(kind("Talks held in Baku, again\nBAKU: They met."), Kind::Text);
        assert_eq!(of_text(Named::Kind(Kind::Json), b"{\"a\":1}\n{\"a\":2}\n"), Kind::Lines);
        assert_eq!(of_text(Named::Kind(Kind::Lines), b"[{\"a\":1}, {\"a\":2}]"), Kind::Json);
        assert_eq!(of_text(Named::Kind(Kind::Lines), b"[\n{\"a\":1},\n{\"a\":2}]\n"), Kind::Json);
    }

    #[test]
    fn refused_content_is_named() {
        let what = |head: &[u8]| Foreign::of_content(head).map(|f| f.what);
        assert_eq!(what(b"PK\x03\x04rest"), Some("a zip archive"));
        assert_eq!(what(b"  <!DOCTYPE html><html>"), Some("HTML input"));
        assert_eq!(what(b"WARC/1.0\r\n"), Some("WARC input"));
        assert_eq!(what(b"The WARC/1.0 format"), None);
    }
}
