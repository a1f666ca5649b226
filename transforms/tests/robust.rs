//! Odd texts: nothing panics, every span fits, time stays in proportion to the text, and every instruction set gives
//! the same rows.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test reads files and takes the time, and stops where something is wrong"
)]

#[path = "support/sound.rs"]
mod sound;

use seeds::Seeds;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};
use transforms::analyze::{Analyzer, Scratch};
use transforms::article::Record;
use transforms::network::Isa;
use transforms::tables::Rows;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new(&Seeds::embedded()).unwrap());

/// What a megabyte may take. A machine that does other things besides needs up to 3 s for the worst of these texts;
/// what is not linear needs minutes.
const MEGABYTE_TIME_MAX: Duration = Duration::from_secs(20);

/// All ways a text can go: annotated as it is, as one article, as a file of articles.
fn check(name: &str, text: &str) {
    let mut scratch = Scratch::default();
    let start = Instant::now();
    ANALYZER.parse_raw(text, &mut scratch);
    sound::parsed(text, &scratch.parsed).unwrap_or_else(|wrong| panic!("{name}, annotated: {wrong}"));
    for raw in [false, true] {
        sound::whole(&ANALYZER, text, raw, &mut scratch)
            .unwrap_or_else(|wrong| panic!("{name}, raw {raw}: {wrong}"));
    }
    let taken = start.elapsed();
    let most = MEGABYTE_TIME_MAX.mul_f64((text.len() as f64 / 1e6).max(0.5));
    println!("{name}: {} bytes in {:.2} s", text.len(), taken.as_secs_f64());
    assert!(taken < most, "{name}: {} bytes took {taken:?}", text.len());
}

/// Numbers that are the same in every run (xorshift).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
}

const NEWS: &str = "ISLAMABAD: Gunmen killed at least 12 police officers in Quetta on Monday, officials said. \
    “We will not bow,” Interior Minister Mohsin Naqvi told reporters, adding that Rs2.5 billion would be paid. \
    The Taliban denied involvement; India's foreign ministry condemned the attack. ";

#[test]
fn a_megabyte_without_a_space() {
    check("letters", &"abcdefghij".repeat(100_000));
    check("capitals", &"QWERTZ".repeat(170_000));
    check("capitals and spaces", &"THE ARMY KILLED TEN MEN ".repeat(42_000));
    check("marks", &"?!.,;:".repeat(170_000));
    check("hyphens", &"word-".repeat(200_000));
    check("one address", &format!("https://a.example/{}", "x/".repeat(500_000)));
}

#[test]
fn a_hundred_thousand_of_one_mark() {
    for mark in [
        "\"", "“", "”", "'", "’", "(", ")", "[", ".", "-", "—", "$", "%", "@", "&", "\u{a0}", "\u{200b}", "•",
    ] {
        check(mark, &mark.repeat(100_000));
    }
    check("quote and space", &"\" ".repeat(100_000));
    check("opened and closed", &"“a” ".repeat(50_000));
    check("said", &"“a,” he said. ".repeat(20_000));
    check("brackets", &format!("{}x{}", "(".repeat(50_000), ")".repeat(50_000)));
    check("digits", &"7".repeat(100_000));
    check("digits and commas", &"1,".repeat(50_000));
    check("digits and stops", &"1.".repeat(50_000));
    check("numbers", &"12 million ".repeat(10_000));
    check("number words", &"twenty-one hundred thousand ".repeat(4_000));
    check("newlines", &"\n".repeat(1_000_000));
    check("returns and tabs", &"\r\n\t".repeat(100_000));
    check("zeros", &"\0".repeat(100_000));
    check("nothing", "");
}

#[test]
fn scripts_and_marks_of_all_kinds() {
    let pieces = [
        "😀",
        "👩‍👩‍👧‍👦",
        "🇵🇰",
        "é",
        "e\u{301}",
        "\u{301}\u{301}\u{301}",
        "שלום",
        "مرحبا",
        "\u{202e}",
        "\u{202c}",
        "漢字",
        "ﬁ",
        "ẞ",
        "İ",
        "ı",
        "Å",
        "\u{feff}",
        "\u{fffd}",
        "\u{ad}",
        "٣٤",
        "½",
        "²",
        "Ⅻ",
        "№",
        "…",
        "''",
        "``",
        "n't",
        "'s",
        "’ve",
        "U.S.",
        "Lt. Gen.",
        "\u{2028}",
        "\u{85}",
        "\u{1f}",
        "<p>",
        "&amp;",
        "&#x27;",
        "{{",
        "$5bn",
        "Rs1,00,000",
        "2026-02-30",
        "25:61",
        "killed",
        "Karachi",
        "said",
        "\n",
        "\n\n",
        " ",
        " ",
        " ",
        ".",
        ",",
        "“",
        "”",
        "\"",
        "(",
        ")",
        "-",
        "—",
    ];
    let mut random = Random(0x5eed_0001);
    for round in 0..300 {
        let n = 1 + random.below(200);
        let text: String = (0..n).map(|_| pieces[random.below(pieces.len())]).collect();
        check(&format!("mixture {round}"), &text);
    }
    for piece in pieces {
        check(piece, &piece.repeat(20_000 / piece.len()));
    }
}

#[test]
fn random_bytes() {
    let mut random = Random(0x5eed_0002);
    for round in 0..60 {
        let n = 1 << random.below(15);
        let bytes: Vec<u8> = (0..n).map(|_| random.next() as u8).collect();
        check(&format!("random {round}"), &String::from_utf8_lossy(&bytes));
        let ascii: String = bytes.iter().map(|b| char::from(b & 127)).collect();
        check(&format!("random ASCII {round}"), &ascii);
    }
}

#[test]
fn news_with_pieces_torn_out() {
    let mut random = Random(0x5eed_0003);
    let seed: Vec<char> = NEWS.chars().collect();
    for round in 0..400 {
        let mut text = seed.clone();
        for _ in 0..random.below(40) {
            let at = random.below(text.len());
            match random.below(4) {
                0 => drop(text.remove(at)),
                1 => text.insert(at, seed[random.below(seed.len())]),
                2 => text.swap(at, random.below(seed.len()) % at.max(1)),
                _ => text[at] = ['\n', '“', '"', '.', '-', '0', '\u{301}', ' '][random.below(8)],
            }
        }
        check(&format!("torn {round}"), &text.into_iter().collect::<String>());
    }
}

#[test]
fn long_sentences_and_long_articles() {
    check("5,000 words", &format!("{}said.", "the minister and the army of Pakistan ".repeat(700)));
    check("5,000 names", &"Mohsin Naqvi Karachi Taliban ".repeat(1_250));
    check("5,000 commas", &"attack, killed, ".repeat(1_250));
    check("one line", &NEWS.repeat(2_000));
    check("many paragraphs", &NEWS.replace(". ", ".\n\n").repeat(2_000));
    check("many headlines", &"PM Arrives In Baku\nUpdated 07 March 2026\n".repeat(5_000));
    check("deep JSON", &format!("{}{}", "[{\"a\":".repeat(20_000), "}]".repeat(20_000)));
    check("deep HTML", &format!("{}x{}", "<div>".repeat(20_000), "</div>".repeat(20_000)));
}

/// Twice the text may take twice the time, and some more; the square would be four times.
#[test]
fn time_is_linear() {
    for (name, piece) in
        [("news", NEWS), ("letters", "a"), ("quotes", "“a” "), ("names", "Ali Khan "), ("digits", "7 ")]
    {
        let mut scratch = Scratch::default();
        let mut seconds = |bytes: usize| {
            let text = piece.repeat(bytes / piece.len());
            let once = |scratch: &mut Scratch| {
                let start = Instant::now();
                sound::whole(&ANALYZER, &text, false, scratch).unwrap();
                start.elapsed().as_secs_f64()
            };
            once(&mut scratch).min(once(&mut scratch))
        };
        let (small, large) = (seconds(1 << 17), seconds(1 << 20));
        println!("{name}: {small:.3} s for 128 KiB, {large:.3} s for 1 MiB");
        assert!(
            large < 8.0 * 3.0 * small.max(0.02),
            "{name}: {small:.3} s, eight times as much {large:.3} s"
        );
    }
}

/// The folder of odd files, from `../shared` or where `COLUMNIST_SHARED` points.
fn robust() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let folder = std::env::var_os("COLUMNIST_SHARED").map_or(beside, Into::into).join("data/dumps/robust");
    folder.is_dir().then_some(folder)
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            walk(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// Bytes of a file that is read; larger ones are cut there.
const FILE_BYTES_MAX: usize = 64 << 10;

#[test]
fn every_odd_file_as_text() {
    let Some(folder) = robust() else {
        println!("SKIPPED every_odd_file_as_text: ../shared/data/dumps/robust is not there");
        return;
    };
    let mut files = Vec::new();
    walk(&folder, &mut files);
    for path in &files {
        let mut bytes = std::fs::read(path).unwrap();
        if bytes.len() > 2 << 20 {
            continue;
        }
        bytes.truncate(FILE_BYTES_MAX);
        check(&path.display().to_string(), &String::from_utf8_lossy(&bytes));
    }
    assert!(files.len() > 100, "only {} files", files.len());
}

/// The rows of a text.
fn rows(analyzer: &Analyzer, text: &str) -> Rows {
    let (mut scratch, mut rows) = (Scratch::default(), Rows::default());
    let record = Record { doc_id: "one".into(), raw: true, text: text.to_owned(), ..Record::default() };
    for article in &analyzer.read(record).articles {
        analyzer.analyze(article, &mut scratch, &mut rows);
    }
    rows
}

#[test]
fn every_instruction_set_gives_the_same_rows() {
    let seeds = Seeds::embedded();
    let mut texts = vec![NEWS.repeat(3), "a ".repeat(5_000), "QWERTZ’ “1” ".repeat(300)];
    for file in seeds.folder("articles/") {
        texts.extend(seeds.text(file).unwrap().lines().map(str::to_owned));
        texts.push(seeds.text(file).unwrap().to_owned());
    }
    let mut random = Random(0x5eed_0004);
    for _ in 0..20 {
        let bytes: Vec<u8> = (0..2_000).map(|_| random.next() as u8).collect();
        texts.push(String::from_utf8_lossy(&bytes).into_owned());
    }
    let best: Vec<Rows> = texts.iter().map(|t| rows(&ANALYZER, t)).collect();
    assert!(best.iter().any(|r| !r.events.is_empty()));
    for isa in [Isa::Plain, Isa::Avx2, Isa::Vnni] {
        let analyzer = Analyzer::new(&seeds).unwrap().with_isa(isa);
        if analyzer.core().isa() != isa {
            println!("SKIPPED {isa:?}: this machine has no such instructions");
            continue;
        }
        for (text, best) in texts.iter().zip(&best) {
            assert!(rows(&analyzer, text) == *best, "{isa:?} gives other rows of {text:?}");
        }
    }
}
