//! The command line: what each command takes, what it calls, how it ends.

mod args;
mod config;
mod dict;
mod exit;
mod run;

pub use args::Command;
pub use exit::Exit;

use crate::{annotate, explain, knowledge};
use args::{Annotate, Completions, Explain, Rules, SchemaArgs, SchemaFormat, Validate};
use clap::{CommandFactory, Parser};
use std::io::{self, Write};
use std::process::ExitCode;
use transforms::analyze::{Analyzer, Core, Scratch};
use transforms::events::proof;

/// Reads the command line, does what it says and gives the exit code.
pub fn main() -> ExitCode {
    quiet_guarded_panics();
    let arguments = args::Arguments::parse();
    let done = match arguments.command {
        Command::Run(run) => run::main(*run),
        Command::Annotate(annotate) => annotate_main(&annotate),
        Command::Explain(explain) => explain_main(&explain),
        Command::Validate(validate) => validate_main(&validate),
        Command::Schema(schema) => schema_main(&schema),
        Command::Rules(rules) => rules_main(&rules),
        Command::Dict(dict) => dict::main(&dict),
        Command::Completions(shell) => completions_main(&shell),
        Command::Man => man_main(),
    };
    match done {
        Ok(exit) => exit.code(),
        Err(error) => {
            let exit = Exit::of(&error);
            if exit != Exit::Done {
                eprintln!("columnist: {error:#}");
            }
            exit.code()
        }
    }
}

/// A damaged Parquet file may make its reader panic, which is caught and becomes a row of quarantine: nothing is
/// printed of it.
fn quiet_guarded_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !crate::source::parquet::is_guarded() {
            usual(info);
        }
    }));
}

fn annotate_main(arguments: &Annotate) -> anyhow::Result<Exit> {
    let core = Core::new(&knowledge::load(arguments.seeds.as_deref())?)?;
    let out = io::stdout().lock();
    annotate::annotate(&core, &arguments.file, arguments.format.into(), out)?;
    Ok(Exit::Done)
}

fn explain_main(arguments: &Explain) -> anyhow::Result<Exit> {
    let mut out = io::stdout().lock();
    match &arguments.event {
        Some(event) => {
            let analyzer = Analyzer::new(&knowledge::load(arguments.seeds.as_deref())?)?;
            explain::event(&analyzer, &arguments.what, event, &mut out)?;
        }
        None if arguments.what.is_dir() => {
            anyhow::bail!(
                "{}: a folder; give the id of an event of it too, or a text file",
                arguments.what.display()
            );
        }
        None => {
            let analyzer = Analyzer::new(&knowledge::load(arguments.seeds.as_deref())?)?;
            explain::article(&analyzer, &arguments.what, &mut out)?;
        }
    }
    Ok(Exit::Done)
}

fn validate_main(arguments: &Validate) -> anyhow::Result<Exit> {
    let report = output::validate(&arguments.dir)?;
    let mut out = io::stdout().lock();
    for problem in &report.problems {
        writeln!(out, "{problem}")?;
    }
    writeln!(out, "{} rows checked, {} problems", report.rows_checked(), report.found)?;
    Ok(if report.is_clean() { Exit::Done } else { Exit::Contract })
}

fn schema_main(arguments: &SchemaArgs) -> anyhow::Result<Exit> {
    let text = match arguments.format {
        SchemaFormat::Sql => output::schema_sql(),
        SchemaFormat::Json => output::schema_json(),
        SchemaFormat::Md => output::schema_md(),
    };
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(Exit::Done)
}

fn rules_main(arguments: &Rules) -> anyhow::Result<Exit> {
    let analyzer = Analyzer::new(&knowledge::load(arguments.seeds.as_deref())?)?;
    let mut out = io::stdout().lock();
    if arguments.check {
        return check_rules(&analyzer, &mut out);
    }
    for frame in analyzer.events().rules.all() {
        let mode = frame.mode.map(|m| m.to_string()).unwrap_or_default();
        writeln!(out, "{}\t{}\t{mode}", frame.id, frame.plover_type)?;
    }
    Ok(Exit::Done)
}

fn check_rules(analyzer: &Analyzer, out: &mut impl Write) -> anyhow::Result<Exit> {
    let (mut scratch, mut tried, mut failed) = (Scratch::default(), 0, 0);
    for rule in analyzer.events().rules.tests() {
        for (kind, example) in proof::examples(rule) {
            tried += 1;
            if let Err(what) = proof::check(analyzer, &mut scratch, rule, kind, example) {
                failed += 1;
                writeln!(out, "{}: {kind:?}: {what}", rule.rule)?;
            }
        }
    }
    writeln!(out, "{tried} examples tried, {failed} failed")?;
    Ok(if failed == 0 { Exit::Done } else { Exit::Contract })
}

fn completions_main(arguments: &Completions) -> anyhow::Result<Exit> {
    let mut command = args::Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "columnist", &mut io::stdout().lock());
    Ok(Exit::Done)
}

fn man_main() -> anyhow::Result<Exit> {
    clap_mangen::Man::new(args::Arguments::command()).render(&mut io::stdout().lock())?;
    Ok(Exit::Done)
}
