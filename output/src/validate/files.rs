//! The manifest against the folder: every file is there with its size and hash, and no other.

use super::{Check, Report};
use crate::error::Error;
use crate::manifest::Manifest;
use crate::read;
use crate::schema::{SCHEMA_VERSION, Table};
use crate::sink::{FileEntry, Format};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Checks all files of a data set.
pub fn check(dir: &Path, manifest: &Manifest, report: &mut Report) -> Result<(), Error> {
    let major = |version: &str| version.split('.').next().map(str::to_owned);
    if major(&manifest.schema_version) != major(SCHEMA_VERSION) {
        report.add(Check::Manifest, Table::Columns, None, None, || {
            format!(
                "the data set has schema version {}, this program knows {SCHEMA_VERSION}: validate it with the \
                 version that wrote it",
                manifest.schema_version
            )
        });
    }
    for table in Table::ALL {
        let Some(entry) = manifest.tables.get(table.name()) else {
            report.add(Check::Manifest, table, None, None, || "the table isn't in the manifest".to_owned());
            continue;
        };
        if !entry.files.iter().any(|f| f.format == Format::Parquet) {
            report.add(Check::Manifest, table, None, None, || {
                "no Parquet files to check; run again with `--format parquet` among the formats".to_owned()
            });
        }
        let mut known: BTreeSet<PathBuf> = BTreeSet::new();
        for file in &entry.files {
            known.insert(dir.join(&file.path));
            if let Some(message) = differs(dir, file, table)? {
                report.add(Check::Manifest, table, None, None, || format!("{}: {message}", file.path));
            }
        }
        let of = |format| entry.files.iter().filter(move |f| f.format == format).map(|f| f.rows).sum::<u64>();
        for format in entry.files.iter().map(|f| f.format).collect::<BTreeSet<_>>() {
            if of(format) != entry.rows {
                report.add(Check::Manifest, table, None, None, || {
                    format!("the {} files have {} rows, the table {}", format.name(), of(format), entry.rows)
                });
            }
        }
        for format in Format::ALL {
            for path in read::files(&dir.join(table.name()), format.name())? {
                if !known.contains(&path) {
                    let name = path.display();
                    report
                        .add(Check::Manifest, table, None, None, || format!("{name} isn't in the manifest"));
                }
            }
        }
    }
    Ok(())
}

/// How a file differs from its entry.
fn differs(dir: &Path, entry: &FileEntry, table: Table) -> Result<Option<String>, Error> {
    let path = dir.join(&entry.path);
    let mut file = match File::open(&path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Some("the file is missing".to_owned())),
        file => file.map_err(Error::file(&path, "read this file"))?,
    };
    let mut hash = blake3::Hasher::new();
    let mut buffer = vec![0; 1 << 17];
    let mut bytes = 0;
    loop {
        let read = file.read(&mut buffer).map_err(Error::file(&path, "read this file"))?;
        let Some(piece) = buffer.get(..read).filter(|p| !p.is_empty()) else { break };
        hash.update(piece);
        bytes += read as u64;
    }
    if bytes != entry.bytes {
        return Ok(Some(format!("{bytes} bytes, {} in the manifest", entry.bytes)));
    }
    if hash.finalize().to_hex().as_str() != entry.blake3 {
        return Ok(Some("its bytes are not those that were written".to_owned()));
    }
    if entry.format == Format::Parquet {
        let rows = read::Reader::open(&path, table)?.rows();
        if rows != entry.rows {
            return Ok(Some(format!("{rows} rows, {} in the manifest", entry.rows)));
        }
    }
    Ok(None)
}

/// The folders of months in a table's folder; where there are none, the folder itself, as an empty name.
pub fn months(folder: &Path) -> Result<BTreeSet<String>, Error> {
    let entries = match fs::read_dir(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::from([String::new()])),
        entries => entries.map_err(Error::file(folder, "list this folder"))?,
    };
    let mut names = BTreeSet::new();
    for entry in entries {
        let entry = entry.map_err(Error::file(folder, "list this folder"))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        names.insert(if entry.path().is_dir() { name } else { String::new() });
    }
    Ok(names)
}
