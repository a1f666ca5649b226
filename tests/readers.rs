//! The programs that analysts use read every table, and Arrow and CSV hold what Parquet holds.

use crate::support::{root, run};
use std::path::PathBuf;
use std::process::Command;

/// A Python with DuckDB, pandas, pyarrow and polars; `None`, with a line that says so, where there is none.
fn python() -> Option<PathBuf> {
    let python = std::env::var_os("COLUMNIST_PYTHON").map_or_else(|| PathBuf::from("python3"), PathBuf::from);
    let modules = Command::new(&python).args(["-c", "import duckdb, pandas, polars, pyarrow"]).output();
    if modules.is_ok_and(|o| o.status.success()) {
        return Some(python);
    }
    println!("SKIPPED readers: {} with duckdb, pandas, polars and pyarrow is not there", python.display());
    None
}

#[test]
fn duckdb_pandas_and_polars_read_every_table() {
    let Some(python) = python() else { return };
    let folder = tempfile::tempdir().unwrap();
    for partition in ["none", "month"] {
        let output = folder.path().join(partition);
        let flags = ["--format", "parquet,arrow,csv", "--partition", partition];
        run(&[&root().join("seeds/articles")], &output, &flags, 0);
        let done = Command::new(&python).arg(root().join("tests/readers.py")).arg(&output).output().unwrap();
        let told =
            format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        assert!(done.status.success(), "{told}");
        assert!(told.contains("15 tables"), "{told}");
    }
}
