//! Reader, rayon workers, one ordered sink, and no more chunks between them than tickets.

use super::chunks::{Chunk, Chunks};
use super::{Progress, RunOptions, Summary};
use crate::source::{self, Item};
use crossbeam_channel::{Receiver, Sender, bounded};
use output::{Dataset, Manifest, RunInfo, TableBatches};
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use thiserror::Error;
use transforms::analyze::{Analyzer, Scratch};
use transforms::article::Record;
use transforms::code::Id;
use transforms::tables::{QuarantineRow, Rows};

/// Why a run ended without its tables.
#[derive(Debug, Error)]
pub enum RunError {
    /// The tables could not be written.
    #[error(transparent)]
    Output(#[from] output::Error),
    /// The threads could not be started.
    #[error("can't start {threads} worker threads: {cause}; try --threads 1")]
    Threads {
        /// How many were asked for.
        threads: usize,
        /// Why not.
        cause: String,
    },
}

/// What a worker made of a chunk.
struct Done {
    number: u64,
    batches: Result<TableBatches, output::Error>,
    quarantine: Vec<QuarantineRow>,
    summary: Summary,
}

/// Reads every input and writes every table.
pub fn run(analyzer: &Analyzer, options: RunOptions, progress: &mut Progress) -> Result<Summary, RunError> {
    let info = RunInfo::new(&run_id(&options).to_string(), &options.knowledge, env!("CARGO_PKG_VERSION"));
    let threads = options.threads.max(1);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|i| format!("worker-{i}"))
        .build()
        .map_err(|e| RunError::Threads { threads, cause: e.to_string() })?;
    let mut sink = Sink {
        dataset: if options.dry_run {
            None
        } else {
            Some(Dataset::create(&options.output, &options.dataset, &info)?)
        },
        summary: Summary::default(),
    };
    sink.summary.run_id = info.run_id.clone();
    let reader = source::open(options.inputs, options.source);
    let total = reader.bytes_read();
    let mut chunks = Chunks::new(reader, options.chunk_bytes.max(1), options.limit);
    // Every chunk on its way holds a ticket, from before it is read until after it is written.
    let tickets_max = threads * 3 + 1;
    let (ticket_back, tickets) = bounded::<()>(tickets_max);
    for _ in 0..tickets_max {
        let _ = ticket_back.try_send(());
    }
    let (to_workers, work) = bounded::<Chunk>(tickets_max);
    let (to_sink, results) = bounded::<Done>(tickets_max);
    let stop = AtomicBool::new(false);
    let mut failed = None;
    let mut counts = source::Counts::default();
    std::thread::scope(|threads_scope| {
        let stop = &stop;
        let reading = threads_scope.spawn(move || {
            while tickets.recv().is_ok() && !stop.load(Ordering::Relaxed) {
                let Some(chunk) = chunks.next() else { break };
                if to_workers.send(chunk).is_err() {
                    break;
                }
            }
            chunks.counts()
        });
        pool.in_place_scope(|scope| {
            for _ in 0..threads {
                let (work, to_sink, info) = (work.clone(), to_sink.clone(), &info);
                scope.spawn(move |_| worker(analyzer, info, &work, &to_sink));
            }
            drop((work, to_sink));
            let mut waiting: BTreeMap<u64, Done> = BTreeMap::new();
            let mut next = 0;
            for done in results {
                waiting.insert(done.number, done);
                while let Some(done) = waiting.remove(&next) {
                    next += 1;
                    if failed.is_none()
                        && let Err(error) = sink.take(done)
                    {
                        // The rest is drained without being written, so that every thread comes to its end.
                        failed = Some(error);
                        stop.store(true, Ordering::Relaxed);
                    }
                    progress.tick(&sink.summary, total.load(Ordering::Relaxed));
                    let _ = ticket_back.try_send(());
                }
            }
        });
        drop(ticket_back);
        counts = reading.join().unwrap_or_default();
    });
    if let Some(error) = failed {
        return Err(error.into());
    }
    let mut summary = sink.finish()?;
    summary.files = counts.files;
    summary.files_unreadable = counts.files_unreadable;
    summary.files_recoded = counts.files_recoded;
    summary.warn("record_mended", counts.records_broken);
    Ok(summary)
}

/// The run's id: a hash of what it was told and what it knows, so that the same run gives the same bytes.
fn run_id(options: &RunOptions) -> Id {
    let mut parts: Vec<&[u8]> = vec![env!("CARGO_PKG_VERSION").as_bytes(), options.knowledge.as_bytes()];
    parts.extend(options.identity.iter().map(String::as_bytes));
    Id::of(b'r', &parts)
}

fn worker(analyzer: &Analyzer, info: &RunInfo, work: &Receiver<Chunk>, to_sink: &Sender<Done>) {
    let mut scratch = Scratch::default();
    let mut rows = Rows::default();
    for chunk in work {
        rows.clear();
        let mut summary = Summary::default();
        let mut quarantine: Vec<QuarantineRow> =
            chunk.errors.iter().map(source::SourceError::quarantine).collect();
        summary.documents += chunk.errors.len() as u64;
        summary.quarantined += chunk.errors.len() as u64;
        summary.messages.extend(chunk.errors.iter().map(ToString::to_string));
        for item in chunk.items {
            summary.documents += 1;
            match item {
                Item::Quarantine(row) => quarantine.push(row),
                Item::Record(record) => {
                    if let Err(row) = record_rows(analyzer, record, &mut scratch, &mut rows, &mut summary) {
                        // What a panic left behind is not trusted.
                        scratch = Scratch::default();
                        quarantine.push(*row);
                    }
                    continue;
                }
            }
            summary.quarantined += 1;
        }
        summary.count(&rows);
        let done =
            Done { number: chunk.number, batches: TableBatches::from_rows(&rows, info), quarantine, summary };
        if to_sink.send(done).is_err() {
            return;
        }
    }
}

/// Adds a record's rows; a record that can't be read, or that makes the program panic, becomes a row of quarantine
/// and leaves nothing else behind.
fn record_rows(
    analyzer: &Analyzer,
    record: Record,
    scratch: &mut Scratch,
    rows: &mut Rows,
    summary: &mut Summary,
) -> Result<(), Box<QuarantineRow>> {
    let place = (record.doc_id.clone(), record.source_uri.clone(), record.bytes);
    let row = |stage, code, message: String| {
        Box::new(QuarantineRow {
            doc_id: Some(place.0.clone()),
            source_uri: place.1.clone(),
            byte_start: place.2.and_then(|b| i64::try_from(b.0).ok()),
            byte_end: place.2.and_then(|b| i64::try_from(b.1).ok()),
            stage,
            error_code: code,
            message,
            retryable: false,
        })
    };
    let before = rows.lengths();
    let done = catch_unwind(AssertUnwindSafe(|| {
        let outcome = analyzer.read(record);
        for article in &outcome.articles {
            analyzer.analyze(article, scratch, rows);
            summary.words += scratch.parsed.tokens.len() as u64;
            summary.characters += article.text.len() as u64;
        }
        outcome
    }));
    let outcome = match done {
        Ok(outcome) => outcome,
        Err(panic) => {
            rows.truncate(before);
            summary.quarantined += 1;
            let what = panic.downcast_ref::<String>().map(String::as_str);
            let what = what.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
            return Err(row(
                "analyze",
                "panic",
                format!("the program failed on this text ({what}); please report it"),
            ));
        }
    };
    for warning in &outcome.warnings {
        summary.warn(warning.as_str(), 1);
    }
    if let Some(error) = outcome.error {
        summary.quarantined += 1;
        return Err(row("read", error.code(), error.to_string()));
    }
    match outcome.skipped {
        Some(skip) => summary.skip(skip.as_str()),
        None => summary.documents_read += 1,
    }
    Ok(())
}

/// The end of the flow.
struct Sink {
    dataset: Option<Dataset>,
    summary: Summary,
}

impl Sink {
    fn take(&mut self, done: Done) -> Result<(), output::Error> {
        let batches = done.batches?;
        self.summary.add(&done.summary);
        if let Some(dataset) = &mut self.dataset {
            dataset.write(batches)?;
            if !done.quarantine.is_empty() {
                dataset.quarantine(&done.quarantine)?;
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<Summary, output::Error> {
        let Self { dataset, mut summary } = self;
        if let Some(dataset) = dataset {
            let manifest: Manifest = dataset.finish()?;
            summary.bytes_written = manifest.bytes();
            for (name, table) in &manifest.tables {
                summary.tables.insert(name.clone(), table.rows);
            }
        }
        Ok(summary)
    }
}
