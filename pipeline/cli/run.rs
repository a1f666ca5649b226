//! `columnist run`: checks the flags, runs, and says what was done.

use super::args::{Partition, Run};
use super::{Exit, config};
use crate::knowledge;
use crate::run::{self, Progress, RunOptions, Summary};
use crate::source::{self, FieldMap, SourceOptions};
use anyhow::bail;
use output::Format;
use std::io::Write;
use transforms::analyze::Analyzer;

/// Text a worker takes at a time.
const CHUNK_KIB: usize = 256;
/// Share of documents that may be quarantined.
const MAX_BAD: f64 = 0.01;

pub(super) fn main(given: Run) -> anyhow::Result<Exit> {
    let flags = config::complete(given)?;
    let Some(folder) = flags.output.clone() else {
        bail!("no output folder; give one with --output DIR");
    };
    if flags.inputs.is_empty() {
        bail!("no input; give files, folders or globs, or - for standard input");
    }
    let formats = formats(flags.format.as_deref())?;
    let max_bad = flags.max_bad.unwrap_or(MAX_BAD);
    if !(0.0..=1.0).contains(&max_bad) {
        bail!("--max-bad {max_bad}: a share lies between 0 and 1");
    }
    let by_month = flags.partition == Some(Partition::Month);
    let given: Vec<_> = flags.inputs.iter().map(|i| i.as_os_str().to_owned()).collect();
    let inputs = source::resolve(&given)?;
    let map = FieldMap::new(&flags.map)?;
    let seeds = knowledge::load(flags.seeds.as_deref())?;
    let analyzer = Analyzer::new(&seeds)?;
    let mut identity: Vec<String> = flags.inputs.iter().map(|i| i.to_string_lossy().into_owned()).collect();
    identity.extend(flags.map.iter().cloned());
    identity.push(format!("{:?} {by_month} {formats:?}", flags.limit));
    let options = RunOptions {
        inputs,
        source: SourceOptions { map, ..SourceOptions::default() },
        output: folder.clone(),
        dataset: output::Options { formats, by_month },
        threads: flags.threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from)),
        chunk_bytes: flags.chunk_kib.unwrap_or(CHUNK_KIB).clamp(1, 1 << 16) << 10,
        limit: flags.limit,
        dry_run: flags.dry_run,
        max_bad,
        knowledge: knowledge::digest(&seeds),
        identity,
    };
    drop(seeds);
    let mut progress = Progress::new(flags.quiet);
    let done = run::run(&analyzer, options, &mut progress);
    progress.finish();
    let mut summary = done?;
    summary.seconds = (progress.seconds() * 1000.0).round() / 1000.0;
    summary.words_per_second = (summary.words as f64 / summary.seconds.max(1e-3)).round();
    if flags.json {
        let mut out = std::io::stdout().lock();
        serde_json::to_writer(&mut out, &summary)?;
        writeln!(out)?;
    }
    if !flags.quiet {
        eprint!("{}", told(&summary, &folder.display().to_string(), flags.dry_run));
    }
    Ok(if summary.bad() > max_bad { Exit::TooMuchQuarantined } else { Exit::Done })
}

fn formats(given: Option<&[String]>) -> anyhow::Result<Vec<Format>> {
    let Some(given) = given else { return Ok(vec![Format::Parquet]) };
    let formats = given.iter().map(|name| match Format::parse(name.trim()) {
        Some(format) => Ok(format),
        None => bail!("--format {name}: unknown; formats are parquet, arrow and csv"),
    });
    formats.collect()
}

/// The summary in words.
fn told(summary: &Summary, folder: &str, dry_run: bool) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    let skipped: u64 = summary.skipped.values().sum();
    let _ = writeln!(
        text,
        "columnist: {} documents: {} read as {} articles, {} quarantined, {skipped} passed over",
        summary.documents, summary.documents_read, summary.articles, summary.quarantined
    );
    for (what, n) in summary.skipped.iter().chain(&summary.warnings) {
        let _ = writeln!(text, "columnist:   {what}: {n}");
    }
    for message in &summary.messages {
        let _ = writeln!(text, "columnist:   {message}");
    }
    let _ = writeln!(
        text,
        "columnist: {} words in {:.1} s, {} words a second",
        summary.words, summary.seconds, summary.words_per_second as u64
    );
    if !dry_run {
        let events = summary.tables.get("events").copied().unwrap_or(0);
        let figures = summary.tables.get("figures").copied().unwrap_or(0);
        let quotes = summary.tables.get("quotes").copied().unwrap_or(0);
        let _ = writeln!(text, "columnist: {events} events, {figures} figures, {quotes} quotes in {folder}");
    }
    text
}
