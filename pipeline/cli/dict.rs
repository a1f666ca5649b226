//! `columnist dict`: dictionaries of one's own.

use super::args::{Dict, DictImport, DictLint};
use super::exit::Exit;
use crate::{dict, knowledge};
use anyhow::Context;
use jiff::civil::Date;
use std::io::{self, Write};
use std::time::{SystemTime, UNIX_EPOCH};

pub(super) fn main(arguments: &Dict) -> anyhow::Result<Exit> {
    match arguments {
        Dict::Import(import) => import_main(import),
        Dict::Lint(lint) => lint_main(lint),
    }
}

fn import_main(arguments: &DictImport) -> anyhow::Result<Exit> {
    let seeds = knowledge::load(arguments.seeds.as_deref())?;
    let done = dict::import(&arguments.files, &arguments.output, &seeds)?;
    for finding in &done.findings {
        eprintln!("columnist: passed over {finding}");
    }
    let mut out = io::stdout().lock();
    for (file, rows) in &done.files {
        writeln!(out, "{}: {rows} rows", file.display())?;
    }
    writeln!(
        out,
        "{} lines passed over; use it with `columnist run --seeds {}`",
        done.findings.len(),
        arguments.output.display()
    )?;
    Ok(Exit::Done)
}

fn lint_main(arguments: &DictLint) -> anyhow::Result<Exit> {
    let on = match &arguments.on {
        Some(day) => {
            Some(day.parse::<Date>().with_context(|| format!("--on {day}: no day; write YYYY-MM-DD"))?)
        }
        None => today(),
    };
    let seeds = knowledge::load(arguments.seeds.as_deref())?;
    let (entries, findings) = dict::lint(&arguments.paths, &seeds, on)?;
    let mut out = io::stdout().lock();
    for finding in &findings {
        writeln!(out, "{finding}")?;
    }
    writeln!(out, "{entries} entries checked, {} findings", findings.len())?;
    Ok(if findings.is_empty() { Exit::Done } else { Exit::Found })
}

/// The day by the machine's clock, in UTC.
fn today() -> Option<Date> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    let days = i64::try_from(seconds / 86_400).ok()?;
    Date::constant(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}
