//! Every layer by itself and all together, over the sample articles of `seeds/` and, where they are there, 1,000
//! articles of a real dump. Answers are checked by what cannot change with the knowledge: the same rows every time,
//! on every instruction set, for one and for two threads; words that add up; spans that fit.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "a bench stops where something is wrong"
)]

#[path = "../transforms/tests/support/sound.rs"]
#[allow(dead_code, reason = "the tests of the same file use the rest")]
mod sound;
mod support;

use output::{Dataset, Options, RunInfo, TableBatches};
use pipeline::run::{Progress, RunOptions, run};
use pipeline::source::{self, Item, SourceOptions};
use seeds::Seeds;
use std::io::Cursor;
use std::path::Path;
use support::{Amount, Bench, dump, mix, print_of};
use transforms::analyze::{Analyzer, Core, Scratch};
use transforms::article::{Article, Record};
use transforms::code::Id;
use transforms::document::{Document, Parsed};
use transforms::events::EventScratch;
use transforms::figures::{FigureContext, FigureSet};
use transforms::knowledge::{Actors, Countries, Gazetteer, Persons, Titles};
use transforms::network::{Isa, Network, NetworkScratch};
use transforms::places::PlaceSet;
use transforms::quantities::Quantities;
use transforms::quotes::Quotes;
use transforms::sentiment::Sentiment;
use transforms::tables::Rows;

/// Times the sample articles are repeated, so that a run is long enough to be timed.
const SAMPLES_REPEATED: usize = 40;
/// Articles of the real dump.
const DUMP_ARTICLES: usize = 1_000;

/// Articles to work on.
struct Corpus {
    name: &'static str,
    records: Vec<Record>,
    /// The same as a file: JSON lines, zstd.
    packed: Vec<u8>,
    /// Bytes of JSON lines.
    bytes: usize,
}

impl Corpus {
    fn new(name: &'static str, records: Vec<Record>) -> Self {
        let mut lines = Vec::new();
        for record in &records {
            let mut object = serde_json::Map::new();
            let fields = [
                ("id", Some(&record.doc_id)),
                ("title", record.title.as_ref()),
                ("text", Some(&record.text)),
                ("date", record.published.as_ref()),
                ("source", record.publisher.as_ref()),
            ];
            for (field, value) in fields {
                if let Some(value) = value {
                    object.insert(field.into(), value.as_str().into());
                }
            }
            serde_json::to_writer(&mut lines, &object).unwrap();
            lines.push(b'\n');
        }
        let packed = zstd::bulk::compress(&lines, 3).unwrap();
        Self { name, records, packed, bytes: lines.len() }
    }
}

/// The records of a stream.
fn records(uri: &str, stream: Box<dyn std::io::Read + Send>, most: usize) -> Vec<Record> {
    let mut reader = source::open_stream(uri, stream, SourceOptions::default());
    let mut found = Vec::new();
    while found.len() < most {
        match reader.next_item() {
            None => break,
            Some(item) => match item.expect("the articles can be read") {
                Item::Record(record) => found.push(record),
                Item::Quarantine(row) => panic!("quarantined: {}", row.message),
            },
        }
    }
    found
}

fn samples(seeds: &Seeds) -> Corpus {
    let once: Vec<Record> = seeds
        .folder("articles/")
        .filter(|file| file.ends_with(".jsonl"))
        .flat_map(|file| {
            records(file, Box::new(Cursor::new(seeds.bytes(file).unwrap().to_vec())), usize::MAX)
        })
        .collect();
    assert!(once.len() >= 10);
    let repeated = (0..SAMPLES_REPEATED)
        .flat_map(|n| once.iter().map(move |r| Record { doc_id: format!("{}-{n}", r.doc_id), ..r.clone() }));
    Corpus::new("samples", repeated.collect())
}

/// The text of a record, in one block or as many as reading finds.
fn articles(analyzer: &Analyzer, corpus: &Corpus) -> Vec<Article> {
    corpus.records.iter().flat_map(|r| analyzer.read(r.clone()).articles).collect()
}

/// An article with what was found in it.
struct Kept<'a> {
    article: &'a Article,
    parsed: Parsed,
    figures: FigureSet,
    places: PlaceSet,
    events: EventScratch,
}

impl Kept<'_> {
    fn swap(&mut self, scratch: &mut Scratch) {
        std::mem::swap(&mut self.parsed, &mut scratch.parsed);
        std::mem::swap(&mut self.figures, &mut scratch.figures);
        std::mem::swap(&mut self.places, &mut scratch.places);
        std::mem::swap(&mut self.events, &mut scratch.events);
    }
}

fn layers(bench: &Bench, analyzer: &Analyzer, seeds: &Seeds, corpus: &Corpus) {
    let name = |layer: &str| format!("{}/{layer}", corpus.name);
    bench.run(&name("source"), Amount::Bytes(corpus.bytes), || {
        let read = records("a.jsonl.zst", Box::new(Cursor::new(corpus.packed.clone())), usize::MAX);
        assert_eq!(read.len(), corpus.records.len());
        read.iter().zip(&corpus.records).fold(0, |sum, (read, given)| {
            assert!(read.text == given.text);
            mix(sum, read.text.len() as u64)
        })
    });
    let text_bytes = corpus.records.iter().map(|r| r.text.len()).sum();
    bench.run(&name("reading"), Amount::Bytes(text_bytes), || {
        articles(analyzer, corpus)
            .iter()
            .fold(0, |sum, a| mix(mix(sum, a.text.len() as u64), a.blocks.len() as u64))
    });

    let articles = articles(analyzer, corpus);
    let mut scratch = Scratch::default();
    let mut words = 0;
    // The words of each sentence, for the network alone, and what must come of each article.
    let mut sentences: Vec<Vec<&str>> = Vec::new();
    for article in &articles {
        let mut rows = Rows::default();
        analyzer.analyze(article, &mut scratch, &mut rows);
        sound::parsed(&article.text, &scratch.parsed).unwrap();
        sound::rows(&rows).unwrap();
        words += scratch.parsed.tokens.len();
        let of_sentences: i32 = rows.sentences.iter().map(|s| s.n_tokens).sum();
        assert_eq!(of_sentences as usize, scratch.parsed.tokens.len(), "words do not add up");
        for sentence in &scratch.parsed.sentences {
            let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
            sentences.push(scratch.parsed.tokens[range].iter().map(|t| t.span.of(&article.text)).collect());
        }
    }
    let words_amount = Amount::Words(words);

    let language = transforms::language::Language::load(seeds).unwrap();
    let (mut split, mut tokens, mut ranges) =
        (transforms::language::Scratch::default(), Vec::new(), Vec::new());
    bench.run(&name("language"), words_amount, || {
        let mut n = 0;
        for article in &articles {
            for block in &article.blocks {
                tokens.clear();
                ranges.clear();
                let kept = transforms::language::Breaks::Kept;
                let span = block.span.start..block.span.end;
                language.split(&article.text, span, kept, &mut split, &mut tokens, &mut ranges);
                let of_sentences: u32 = ranges.iter().map(|r| r.end - r.start).sum();
                assert_eq!(of_sentences as usize, tokens.len());
                n += tokens.len() as u64;
            }
        }
        n
    });

    let mut answers = Vec::new();
    for isa in [Isa::Plain, Isa::Avx2, Isa::Vnni] {
        // Without vector instructions the network takes minutes on the dump; the samples compare the answers.
        if isa == Isa::Plain && corpus.name == "news" && !bench.named("Plain") {
            continue;
        }
        let network = Network::read(seeds.bytes("models/core.bin").unwrap()).unwrap().with_isa(isa);
        if network.isa() != isa {
            println!("SKIPPED {isa:?}: this machine has no such instructions");
            continue;
        }
        let (mut scratch, mut out) = (NetworkScratch::default(), Vec::new());
        answers.extend(bench.run(&name(&format!("network {isa:?}")), words_amount, || {
            let mut sum = 0;
            for sentence in &sentences {
                network.analyze(sentence, &mut scratch, &mut out);
                assert_eq!(out.len(), sentence.len());
                for w in &out {
                    let label = (w.upos as u64) << 16 | (w.xpos as u64) << 8 | w.deprel as u64;
                    sum = mix(sum, label << 32 | u64::from(w.head));
                }
            }
            sum
        }));
    }
    assert!(answers.windows(2).all(|a| a[0] == a[1]), "instruction sets disagree");

    // Names need tags and trees: what they cost is the difference to the network.
    bench.run(&name("parse (words to names)"), words_amount, || {
        articles.iter().fold(0, |sum, article| {
            analyzer.parse(article, &mut scratch);
            mix(mix(sum, scratch.parsed.tokens.len() as u64), scratch.parsed.names.len() as u64)
        })
    });
    // Extraction works on what is parsed: each article's analysis is kept, and swapped in when its turn comes.
    let mut kept: Vec<Kept<'_>> = articles
        .iter()
        .map(|article| {
            analyzer.parse(article, &mut scratch);
            let parsed = std::mem::take(&mut scratch.parsed);
            Kept {
                article,
                parsed,
                figures: Default::default(),
                places: Default::default(),
                events: Default::default(),
            }
        })
        .collect();
    bench.run(&name("figures, places, events"), words_amount, || {
        kept.iter_mut().fold(0, |sum, kept| {
            kept.swap(&mut scratch);
            analyzer.extract(kept.article, &mut scratch);
            let found = scratch.events.mentions.len() as u64;
            kept.swap(&mut scratch);
            mix(sum, found)
        })
    });
    people(bench, seeds, corpus.name, &mut kept, words_amount);
    let mut rows = Rows::default();
    bench.run(&name("quantities, quotes, tone, rows"), words_amount, || {
        rows.clear();
        for kept in &mut kept {
            kept.swap(&mut scratch);
            analyzer.write(kept.article, &mut scratch, &mut rows);
            kept.swap(&mut scratch);
        }
        rows.lengths().iter().fold(0, |sum, n| mix(sum, *n as u64))
    });
    drop(kept);
    rows.clear();
    for article in &articles {
        analyzer.analyze(article, &mut scratch, &mut rows);
    }

    let info = RunInfo::new("r_bench", "bench", "bench");
    let folder = tempfile::tempdir().unwrap();
    bench.run(&name("output (rows to Parquet)"), Amount::Bytes(text_bytes), || {
        let batches = TableBatches::from_rows(&rows, &info).unwrap();
        let mut dataset = Dataset::create(folder.path(), &Options::default(), &info).unwrap();
        dataset.write(batches).unwrap();
        let manifest = dataset.finish().unwrap();
        assert_eq!(manifest.tables["sentences"].rows, rows.sentences.len() as u64);
        mix(manifest.bytes(), rows.sentences.len() as u64)
    });

    bench.run(&name("analyze (article to rows)"), words_amount, || {
        let mut sum = 0;
        for article in &articles {
            rows.clear();
            analyzer.analyze(article, &mut scratch, &mut rows);
            sum = rows.lengths().iter().fold(sum, |sum, n| mix(sum, *n as u64));
        }
        sum
    });
    let input = folder.path().join("bench.jsonl.zst");
    std::fs::write(&input, &corpus.packed).unwrap();
    let mut answers = Vec::new();
    for threads in [1, 2] {
        answers.extend(bench.run(&name(&format!("end to end, {threads} thread(s)")), words_amount, || {
            end_to_end(analyzer, &input, &folder.path().join("out"), threads, words as u64)
        }));
    }
    assert!(answers.windows(2).all(|a| a[0] == a[1]), "one and two threads disagree");
}

/// The parts of the layer of people and what is said of them, each by itself: figures, quantities, quotes, sentiment.
fn people(bench: &Bench, seeds: &Seeds, corpus: &str, kept: &mut [Kept<'_>], words: Amount) {
    let name = |part: &str| format!("{corpus}/{part}");
    let id = |article: &Article| Id::of(b'a', &[article.doc_id.as_bytes()]);
    let (titles, actors) = (Titles::new(seeds).unwrap(), Actors::new(seeds).unwrap());
    let (countries, gazetteer) = (Countries::new(seeds).unwrap(), Gazetteer::new(seeds).unwrap());
    let persons = Persons::new(seeds).unwrap();
    let mut figures = FigureSet::default();
    bench.run(&name("people: figures"), words, || {
        kept.iter().fold(0, |sum, kept| {
            let context = FigureContext {
                doc: Document { article: kept.article, parsed: &kept.parsed },
                places: &kept.places,
                titles: &titles,
                countries: &countries,
                actors: &actors,
                persons: &persons,
                gazetteer: &gazetteer,
            };
            transforms::figures::find(context, &mut figures);
            mix(sum, figures.mentions.len() as u64)
        })
    });
    let stage = Quantities::new(seeds).unwrap();
    let mut scratch = transforms::quantities::Scratch::default();
    let mut rows = Rows::default();
    bench.run(&name("people: quantities"), words, || {
        rows.clear();
        for kept in kept.iter() {
            let doc = Document { article: kept.article, parsed: &kept.parsed };
            stage.extract(&doc, id(kept.article), &mut scratch, &mut rows);
        }
        rows.quantities.len() as u64
    });
    let stage = Quotes::new(seeds).unwrap();
    let mut scratch = transforms::quotes::Scratch::default();
    bench.run(&name("people: quotes"), words, || {
        rows.clear();
        for kept in kept.iter() {
            let doc = Document { article: kept.article, parsed: &kept.parsed };
            stage.extract(&doc, id(kept.article), &kept.figures, &mut scratch, &mut rows.quotes);
        }
        rows.quotes.len() as u64
    });
    let stage = Sentiment::new(seeds).unwrap();
    let mut scratch = transforms::sentiment::Scratch::default();
    bench.run(&name("people: sentiment"), words, || {
        rows.clear();
        for kept in kept.iter() {
            let doc = Document { article: kept.article, parsed: &kept.parsed };
            stage.extract(&doc, id(kept.article), &kept.figures, &mut scratch, &mut rows.sentiment);
        }
        rows.sentiment.len() as u64
    });
}

/// A run; gives a checksum over all files of tables.
fn end_to_end(analyzer: &Analyzer, input: &Path, output: &Path, threads: usize, words: u64) -> u64 {
    let options = RunOptions {
        inputs: source::resolve(&[input.as_os_str().to_owned()]).unwrap(),
        source: SourceOptions::default(),
        output: output.to_owned(),
        dataset: Options::default(),
        threads,
        chunk_bytes: 256 << 10,
        limit: None,
        dry_run: false,
        max_bad: 0.0,
        knowledge: "bench".to_owned(),
        identity: vec!["bench".to_owned()],
    };
    let summary = run(analyzer, options, &mut Progress::new(true)).unwrap();
    assert_eq!((summary.words, summary.quarantined), (words, 0));
    print_of(&(summary.tables, summary.bytes_written))
}

fn main() {
    let bench = Bench::new();
    let seeds = Seeds::embedded();
    bench.run("start/core", Amount::Once, || Core::new(&seeds).unwrap().isa() as u64);
    bench.run("start/analyzer", Amount::Once, || Analyzer::new(&seeds).unwrap().core().isa() as u64);
    let analyzer = Analyzer::new(&seeds).unwrap();
    layers(&bench, &analyzer, &seeds, &samples(&seeds));
    if let Some(path) = dump() {
        let file = std::fs::File::open(&path).unwrap();
        let corpus = Corpus::new("news", records("news.jsonl.zst", Box::new(file), DUMP_ARTICLES));
        layers(&bench, &analyzer, &seeds, &corpus);
    }
}
