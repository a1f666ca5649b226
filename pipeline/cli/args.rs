//! The commands and their flags, from which help, completions and the man page come.

use clap::{Args, Parser, Subcommand, ValueEnum};
use serde::Deserialize;
use std::path::PathBuf;

/// News articles in, columns out.
///
/// Reads dumps of English news and writes tables: events (who did what to whom, where, when, how many were hurt),
/// people and organisations, quotes, quantities and sentiment, as Parquet, Arrow and CSV.
#[derive(Debug, Parser)]
#[command(name = "columnist", version, about, long_about, after_help = EXIT_CODES)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "Exit codes: 0 done, 1 something was found (dict lint), 2 usage, 3 more quarantined than --max-bad, 4 contract broken \
    (validate), 74 input or output failed, 75 the output folder is locked by another run.";

/// A command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read articles and write all tables.
    Run(Box<Run>),
    /// Print words, tags, trees and names of a text.
    Annotate(Annotate),
    /// Show why a text or an event was coded as it is.
    Explain(Explain),
    /// Check a data set against its contract.
    Validate(Validate),
    /// Print the tables' schema.
    Schema(SchemaArgs),
    /// List the event rules, or check the examples they carry.
    Rules(Rules),
    /// Bring in and check dictionaries of your own.
    #[command(subcommand)]
    Dict(Dict),
    /// Print completions for a shell.
    Completions(Completions),
    /// Print the manual page.
    Man,
}

/// The flags of `run`; each can stand in the file of `--config` under the same name with `_` for `-`.
#[derive(Debug, Default, Args, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Run {
    /// Files, folders, globs, or `-` for standard input: .txt, .jsonl, .json, .csv, .tsv, .parquet, plain, .gz, .zst
    #[arg(value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// Folder for the tables; what a former run wrote there is replaced when this one is finished
    #[arg(short, long, value_name = "DIR", env = "COLUMNIST_OUTPUT")]
    pub output: Option<PathBuf>,
    /// Forms to write, with commas between
    #[arg(long, value_name = "FORMATS", value_delimiter = ',', env = "COLUMNIST_FORMAT")]
    pub format: Option<Vec<String>>,
    /// Cut the tables into folders by month of publication (`month`) or not (`none`)
    #[arg(long, value_name = "BY", env = "COLUMNIST_PARTITION")]
    pub partition: Option<Partition>,
    /// Which field is what, where the names are not the usual ones: `text=FIELD`, `date=doc.when`; may be repeated
    #[arg(long, value_name = "ROLE=FIELD")]
    pub map: Vec<String>,
    /// Folder of data files to put over or beside those in the program
    #[arg(long, value_name = "DIR", env = "COLUMNIST_SEEDS")]
    pub seeds: Option<PathBuf>,
    /// Worker threads; as many as there are cores where not given
    #[arg(long, value_name = "N", env = "COLUMNIST_THREADS")]
    pub threads: Option<usize>,
    /// Text a worker takes at a time, in KiB
    #[arg(long, value_name = "KIB", hide = true)]
    pub chunk_kib: Option<usize>,
    /// Stop after so many documents
    #[arg(long, value_name = "N")]
    pub limit: Option<u64>,
    /// Share of documents that may be quarantined before the run ends with code 3
    #[arg(long, value_name = "SHARE", env = "COLUMNIST_MAX_BAD")]
    pub max_bad: Option<f64>,
    /// Read and analyse everything, write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Print the summary as one line of JSON on standard output
    #[arg(long)]
    pub json: bool,
    /// No progress and no summary on standard error
    #[arg(short, long)]
    pub quiet: bool,
    /// Flags in a TOML file; what stands on the command line goes first
    #[arg(long, value_name = "FILE.toml", env = "COLUMNIST_CONFIG")]
    #[serde(skip)]
    pub config: Option<PathBuf>,
}

/// How tables are cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Partition {
    /// Not.
    None,
    /// By month of publication.
    Month,
}

/// The flags of `annotate`.
#[derive(Debug, Args)]
pub struct Annotate {
    /// Form of the output
    #[arg(long, value_enum, default_value = "conllu")]
    pub format: AnnotateFormat,
    /// Folder of data files to put over or beside those in the program
    #[arg(long, value_name = "DIR", env = "COLUMNIST_SEEDS")]
    pub seeds: Option<PathBuf>,
    /// A text file, or `-` for standard input
    pub file: PathBuf,
}

/// Forms of annotated text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AnnotateFormat {
    /// CoNLL-U, names in MISC.
    Conllu,
    /// One JSON object a sentence.
    Json,
}

impl From<AnnotateFormat> for crate::annotate::Format {
    fn from(format: AnnotateFormat) -> Self {
        match format {
            AnnotateFormat::Conllu => Self::Conllu,
            AnnotateFormat::Json => Self::Json,
        }
    }
}

/// The flags of `explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// A text file; or, with an event id, the folder of a data set
    pub what: PathBuf,
    /// An event's id, `e_` and 16 hex digits
    pub event: Option<String>,
    /// Folder of data files to put over or beside those in the program
    #[arg(long, value_name = "DIR", env = "COLUMNIST_SEEDS")]
    pub seeds: Option<PathBuf>,
}

/// The flags of `validate`.
#[derive(Debug, Args)]
pub struct Validate {
    /// The folder of a data set
    pub dir: PathBuf,
}

/// The flags of `schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Form of the output
    #[arg(long, value_enum, default_value = "sql")]
    pub format: SchemaFormat,
}

/// Forms of the schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaFormat {
    /// DuckDB DDL.
    Sql,
    /// JSON.
    Json,
    /// Markdown.
    Md,
}

/// The flags of `rules`.
#[derive(Debug, Args)]
pub struct Rules {
    /// Try every example, counterexample and known gap; those that fail are printed and end in code 4
    #[arg(long)]
    pub check: bool,
    /// Folder of data files to put over or beside those in the program
    #[arg(long, value_name = "DIR", env = "COLUMNIST_SEEDS")]
    pub seeds: Option<PathBuf>,
}

/// What to do with a dictionary.
#[derive(Debug, Subcommand)]
pub enum Dict {
    /// Turn PETRARCH's actor, agent and discard files into a folder for --seeds.
    Import(DictImport),
    /// Find duplicates, conflicts, entries that ended, lines that can't be read and unknown codes; exit code 1 if any.
    Lint(DictLint),
}

/// The flags of `dict import`.
#[derive(Debug, Args)]
pub struct DictImport {
    /// PETRARCH's files: *.actors.txt, *.agents.txt, *.discards.txt
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,
    /// Folder to write; what it holds under other names stays
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    /// Folder of data files, where your own codes are in codebook/
    #[arg(long, value_name = "DIR", env = "COLUMNIST_SEEDS")]
    pub seeds: Option<PathBuf>,
}

/// The flags of `dict lint`.
#[derive(Debug, Args)]
pub struct DictLint {
    /// PETRARCH's files, tables of actors, or folders of either
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// The day by which an entry has ended, YYYY-MM-DD; today where not given
    #[arg(long, value_name = "DAY")]
    pub on: Option<String>,
    /// Folder of data files, where your own codes are in codebook/
    #[arg(long, value_name = "DIR", env = "COLUMNIST_SEEDS")]
    pub seeds: Option<PathBuf>,
}

/// The flags of `completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
}
