//! Helpers of the tests: running the program, reading what it wrote, finding the shared data.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The program under test.
pub fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_columnist"))
}

/// The folder of this workspace.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A path in the material that lies beside the repository; `None`, with a line that says so, where it is absent.
pub fn shared(path: &str, test: &str) -> Option<PathBuf> {
    let base = std::env::var_os("COLUMNIST_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let full = base.join(path);
    if full.exists() {
        return Some(full);
    }
    println!("SKIPPED {test}: {} is not there", full.display());
    None
}

/// Runs `columnist run` with inputs and flags; panics with its messages where it ends with another code.
pub fn run(inputs: &[&Path], output: &Path, flags: &[&str], code: i32) -> Summary {
    let mut command = program();
    command.arg("run").args(inputs).arg("--output").arg(output).arg("--json").args(flags);
    let done = command.output().unwrap();
    assert_eq!(done.status.code(), Some(code), "{command:?}\n{}", text(&done));
    Summary(serde_json::from_slice(&done.stdout).unwrap_or(serde_json::Value::Null))
}

/// What a process printed.
pub fn text(done: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr))
}

/// The JSON summary of a run.
pub struct Summary(pub serde_json::Value);

impl Summary {
    /// A count of the summary.
    pub fn count(&self, key: &str) -> u64 {
        self.0[key].as_u64().unwrap_or_else(|| panic!("no count {key} in {}", self.0))
    }

    /// Whether every document ended in one place.
    pub fn adds_up(&self) -> bool {
        let skipped: u64 =
            self.0["skipped"].as_object().map_or(0, |o| o.values().filter_map(|v| v.as_u64()).sum());
        self.count("documents") == self.count("documents_read") + self.count("quarantined") + skipped
    }
}

/// Every file below a folder with its bytes, by its path; the lock is left out.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut stack = vec![folder.to_owned()];
    while let Some(next) = stack.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                stack.push(path);
            } else if path.file_name().is_some_and(|n| n != ".lock") {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// The rows of a table written as CSV, each a map from column to cell.
pub fn table(output: &Path, name: &str) -> Vec<BTreeMap<String, String>> {
    let folder = output.join(name);
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "csv"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "no CSV of table {name}");
    let mut rows = Vec::new();
    for path in paths {
        let mut reader = csv::Reader::from_path(&path).unwrap();
        let header = reader.headers().unwrap().clone();
        for record in reader.records() {
            let record = record.unwrap();
            rows.push(header.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect());
        }
    }
    rows
}

/// The first records of a shared JSONL.zst, as text lines.
pub fn lines(path: &Path, n: usize) -> Vec<String> {
    use std::io::{BufRead, BufReader};
    let file = fs::File::open(path).unwrap();
    let reader = BufReader::new(zstd::Decoder::new(file).unwrap());
    reader.lines().take(n).map(Result::unwrap).collect()
}
