//! Tests of whole data sets: the same bytes however rows are cut, the same values in every format, kills.

use crate::sample;
use crate::{Dataset, Format, Manifest, Options, RunInfo, TableBatches};
use std::fs;
use std::path::Path;
use transforms::tables::Rows;

/// Every format.
fn every(by_month: bool) -> Options {
    Options { formats: Format::ALL.to_vec(), by_month }
}

/// Writes articles, so many at a time.
fn write(dir: &Path, articles: &[Rows], at_once: usize, options: &Options) -> Manifest {
    let run = sample::run();
    let mut dataset = Dataset::create(dir, options, &run).unwrap();
    for chunk in articles.chunks(at_once) {
        let mut rows = Rows::default();
        chunk.iter().for_each(|one| sample::append(&mut rows, one));
        dataset.write(TableBatches::from_rows(&rows, &run).unwrap()).unwrap();
    }
    dataset.quarantine(&[sample::quarantined()]).unwrap();
    dataset.finish().unwrap()
}

#[test]
fn bytes_do_not_depend_on_batches() {
    let articles = sample::articles(9_000);
    for by_month in [false, true] {
        let manifests: Vec<Manifest> = [1, 7, 10_000]
            .iter()
            .map(|at_once| {
                let dir = tempfile::tempdir().unwrap();
                write(dir.path(), &articles, *at_once, &every(by_month))
            })
            .collect();
        assert_eq!(manifests[0], manifests[1]);
        assert_eq!(manifests[0], manifests[2]);
    }
}

#[test]
fn nothing_is_left_beside_the_tables() {
    let dir = tempfile::tempdir().unwrap();
    let manifest = write(dir.path(), &sample::articles(3), 2, &every(false));
    let mut names: Vec<String> =
        fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let tables: Vec<&str> =
        names.iter().map(String::as_str).filter(|n| manifest.tables.contains_key(*n)).collect();
    assert_eq!(tables.len(), 15);
    let rest: Vec<&str> =
        names.iter().map(String::as_str).filter(|n| !manifest.tables.contains_key(*n)).collect();
    assert_eq!(rest, [".lock", "_manifest.json", "dtypes.json", "views.sql"]);
    assert_eq!(Manifest::read(dir.path()).unwrap(), manifest);
}

#[test]
fn a_dropped_run_changes_nothing_and_the_lock_holds() {
    let dir = tempfile::tempdir().unwrap();
    let run = RunInfo::new("r_other", "", "0");
    let manifest = write(dir.path(), &sample::articles(3), 2, &every(true));
    let open = Dataset::create(dir.path(), &Options::default(), &run).unwrap();
    assert!(Dataset::create(dir.path(), &Options::default(), &run).err().unwrap().is_locked());
    drop(open);
    assert_eq!(Manifest::read(dir.path()).unwrap(), manifest);
    assert!(!dir.path().join("_tmp-r_other").exists());
    // Another layout replaces the first one, with everything that belonged to it.
    let manifest = write(dir.path(), &sample::articles(2), 2, &Options::default());
    assert_eq!(Manifest::read(dir.path()).unwrap(), manifest);
    assert!(!dir.path().join("dtypes.json").exists());
    assert!(!dir.path().join("articles/pub_month=2025-02").exists());
}

#[test]
fn a_folder_of_somebody_else_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("events")).unwrap();
    fs::write(dir.path().join("events/party.txt"), "cake").unwrap();
    let refused = Dataset::create(dir.path(), &Options::default(), &sample::run()).err().unwrap();
    assert!(refused.is_usage(), "{refused}");
    assert!(dir.path().join("events/party.txt").exists());
}
