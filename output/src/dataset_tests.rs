//! Tests of whole data sets: the same bytes however rows are cut, the same values in every format, kills.

use crate::read::{self, Record};
use crate::sample;
use crate::schema::Kind;
use crate::{Dataset, Format, Manifest, Options, RunInfo, Table, TableBatches};
use arrow::ipc::reader::FileReader;
use std::fs::{self, File};
use std::path::Path;
use transforms::tables::Rows;

/// Every format.
fn every(by_month: bool) -> Options {
    Options { formats: Format::ALL.to_vec(), by_month }
}

/// Writes articles, so many at a time.
pub fn write(dir: &Path, articles: &[Rows], at_once: usize, options: &Options) -> Manifest {
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
    let articles = sample::articles(4_200);
    for (by_month, smallest) in [(false, 1), (true, 3)] {
        let manifests: Vec<Manifest> = [smallest, 7, 10_000]
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

/// Every row of a table, of its Parquet or its Arrow files.
fn records(dir: &Path, table: Table, format: Format) -> Vec<Record> {
    let mut found = Vec::new();
    for path in read::files(&dir.join(table.name()), format.name()).unwrap() {
        let mut batches = Vec::new();
        if format == Format::Parquet {
            let mut reader = read::Reader::open(&path, table).unwrap();
            assert_eq!(reader.schema().fields(), table.schema().fields());
            batches.extend(std::iter::from_fn(|| reader.next_batch().unwrap()));
        } else {
            let reader = FileReader::try_new(File::open(&path).unwrap(), None).unwrap();
            assert_eq!(reader.schema(), table.schema());
            batches.extend(reader.map(Result::unwrap));
        }
        for batch in &batches {
            found.extend((0..batch.num_rows()).map(|row| read::record(table, batch, row)));
        }
    }
    found
}

#[test]
fn every_format_holds_the_same_values() {
    let dir = tempfile::tempdir().unwrap();
    let manifest = write(dir.path(), &sample::articles(40), 9, &every(true));
    for table in Table::ALL {
        let parquet = records(dir.path(), table, Format::Parquet);
        assert_eq!(parquet.len() as u64, manifest.rows(table), "{table}");
        assert_eq!(records(dir.path(), table, Format::Arrow), parquet, "{table}");
        let mut csv = Vec::new();
        for path in read::files(&dir.path().join(table.name()), "csv").unwrap() {
            let mut reader = csv::Reader::from_path(path).unwrap();
            let names: Vec<&str> = table.def().columns.iter().map(|c| c.name).collect();
            assert_eq!(reader.headers().unwrap(), names);
            csv.extend(reader.records().map(Result::unwrap));
        }
        assert_eq!(csv.len(), parquet.len(), "{table}");
        for (csv, parquet) in csv.iter().zip(&parquet) {
            let parquet: Vec<&str> = parquet.cells.iter().map(|(_, v)| v.as_deref().unwrap_or("")).collect();
            assert_eq!(csv.iter().collect::<Vec<_>>(), parquet, "{table}");
        }
    }
}

#[test]
fn rows_arrive_as_they_were() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &sample::articles(20), 7, &Options::default());
    let rows = read::rows_where(dir.path(), "articles", "doc_id", "doc-13").unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].get("text"), Some("“Ömer” met Ann in Łódź.\nAt least 3 died, “truly” 13."));
    assert_eq!(rows[0].get("pub_date"), Some("2025-02-14"));
    assert_eq!(rows[0].get("run_id"), Some("r_00000000000000aa"));
    assert_eq!(rows[0].get("url"), None);
    let id = rows[0].get("article_id").unwrap();
    let event = read::rows_where(dir.path(), "events", "first_article_id", id);
    let event = &event.unwrap()[0];
    assert_eq!((event.get("cameo_code"), event.get("plover_contexts")), (Some("040"), Some("military")));
    assert_eq!((event.get("actor1_name"), event.get("actor2_name")), (Some("Ömer"), None));
    let all = read::rows_where(dir.path(), "articles", "source_uri", "news.jsonl").unwrap();
    assert_eq!(all.len(), 20);
    assert!(read::rows_where(dir.path(), "articles", "n_chars", "1").is_err());
    assert!(read::rows_where(dir.path(), "article", "doc_id", "1").is_err());
    let figures = records(dir.path(), Table::Figures, Format::Parquet);
    assert_eq!(figures.len(), 17);
    assert!(figures.is_sorted_by_key(|f| f.get("figure_id").unwrap().to_owned()));
    let quarantine = records(dir.path(), Table::Quarantine, Format::Parquet);
    assert_eq!(quarantine[0].get("message"), Some("a \"quoted\", comma\nand line"));
    let columns = records(dir.path(), Table::Columns, Format::Parquet);
    assert_eq!(columns.len(), Table::ALL.iter().map(|t| t.def().columns.len()).sum::<usize>());
}

#[test]
fn months_are_folders() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &sample::articles(40), 9, &every(true));
    for table in Table::ALL {
        let folder = dir.path().join(table.name());
        let Some(key) = table.def().folders.key() else {
            assert!(folder.join("part-00000.parquet").exists());
            continue;
        };
        for month in ["2025-02", "2025-03", "2025-04", "__HIVE_DEFAULT_PARTITION__"] {
            assert!(folder.join(format!("{key}={month}/part-00000.csv")).exists(), "{table} {month}");
        }
    }
    let march = read::files(&dir.path().join("articles/pub_month=2025-03"), "parquet").unwrap();
    let batch = read::Reader::open(&march[0], Table::Articles).unwrap().next_batch().unwrap().unwrap();
    assert_eq!(batch.num_rows(), 10);
    for row in 0..10 {
        assert!(read::record(Table::Articles, &batch, row).get("pub_date").unwrap().starts_with("2025-03"));
    }
}

#[test]
fn a_table_without_rows_has_its_columns() {
    for by_month in [false, true] {
        let dir = tempfile::tempdir().unwrap();
        let run = sample::run();
        let manifest = Dataset::create(dir.path(), &every(by_month), &run).unwrap().finish().unwrap();
        for table in Table::ALL.into_iter().filter(|t| *t != Table::Columns) {
            assert_eq!(manifest.rows(table), 0);
            let path = &read::files(&dir.path().join(table.name()), "parquet").unwrap()[0];
            assert_eq!(read::Reader::open(path, table).unwrap().schema().fields(), table.schema().fields());
        }
        assert!(crate::validate(dir.path()).unwrap().is_clean());
    }
}

#[test]
fn lists_are_the_only_nested_columns() {
    let lists = Table::ALL.iter().flat_map(|t| t.def().columns).filter(|c| c.kind == Kind::VarcharList);
    assert_eq!(lists.map(|c| c.name).collect::<Vec<_>>(), ["plover_contexts"]);
}

/// The folder of a run that was killed after so many tables of its switch.
fn killed(dir: &Path, after: usize) -> Manifest {
    write(dir, &sample::articles(5), 2, &every(false));
    let other = tempfile::tempdir().unwrap();
    let manifest = write(other.path(), &sample::articles(8), 2, &every(true));
    let tmp = dir.join("_tmp-r_killed");
    fs::create_dir_all(tmp.join("old")).unwrap();
    fs::rename(other.path(), tmp.join("new")).unwrap();
    fs::write(tmp.join("COMMIT"), "").unwrap();
    if after > 0 {
        fs::rename(dir.join("_manifest.json"), tmp.join("old/_manifest.json")).unwrap();
    }
    for (at, table) in Table::ALL.iter().enumerate().take(after) {
        let name = table.name();
        fs::rename(dir.join(name), tmp.join("old").join(name)).unwrap();
        // Of the last table only the old one has gone.
        if at + 1 < after {
            fs::rename(tmp.join("new").join(name), dir.join(name)).unwrap();
        }
    }
    manifest
}

#[test]
fn a_killed_switch_is_finished_by_the_next_run() {
    for after in [0, 1, 7, 15] {
        let dir = tempfile::tempdir().unwrap();
        let manifest = killed(dir.path(), after);
        drop(Dataset::create(dir.path(), &Options::default(), &sample::run()).unwrap());
        assert_eq!(Manifest::read(dir.path()).unwrap(), manifest, "after {after}");
        let report = crate::validate(dir.path()).unwrap();
        assert!(report.is_clean(), "after {after}: {:?}", report.problems);
        assert!(!dir.path().join("_tmp-r_killed").exists());
    }
}

#[test]
fn a_killed_run_is_thrown_away() {
    let dir = tempfile::tempdir().unwrap();
    let manifest = write(dir.path(), &sample::articles(5), 2, &every(false));
    fs::create_dir_all(dir.path().join("_tmp-r_killed/new/articles")).unwrap();
    fs::write(dir.path().join("_tmp-r_killed/new/articles/part-00000.parquet"), "PAR1").unwrap();
    drop(Dataset::create(dir.path(), &Options::default(), &sample::run()).unwrap());
    assert!(!dir.path().join("_tmp-r_killed").exists());
    assert_eq!(Manifest::read(dir.path()).unwrap(), manifest);
}

#[test]
fn errors_say_where_and_what_next() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("file");
    fs::write(&path, "").unwrap();
    let error = Dataset::create(&path, &Options::default(), &sample::run()).err().unwrap().to_string();
    assert!(error.starts_with(path.to_str().unwrap()), "{error}");
    let error = crate::validate(dir.path()).unwrap_err().to_string();
    assert!(error.ends_with("run `columnist run` with this output folder"), "{error}");
}
