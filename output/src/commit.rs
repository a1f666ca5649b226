//! From a finished run to the data set that readers see, so that a kill at any point leaves whole tables.
//!
//! ```text
//! DIR/.lock                 held while a run writes; the system frees it when the process dies
//! DIR/_tmp-RUN/new/         the new tables, being written
//! DIR/_tmp-RUN/spill/       rows on their way through the disk
//! DIR/_tmp-RUN/COMMIT       exists once everything in new/ is complete and on the disk
//! DIR/_tmp-RUN/old/         the tables that were replaced
//! ```
//! After `COMMIT` the switch goes table by table: the old one out, the new one in, the manifest last. A run that finds
//! a `COMMIT` of a killed one finishes its switch first; a `_tmp-` without it is thrown away.

use crate::error::Error;
use crate::manifest::{MANIFEST, write_durably};
use crate::schema::Table;
use crate::sink::Format;
use std::fs::{self, DirEntry, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// Files beside the tables that a run writes.
pub const EXTRAS: [&str; 2] = ["views.sql", "dtypes.json"];

/// Start of the name of a run's own folder.
const TMP: &str = "_tmp-";
/// The mark of a complete run.
const COMMIT: &str = "COMMIT";

/// An output folder of which this process is the only writer.
#[derive(Debug)]
pub struct Stage {
    dir: PathBuf,
    tmp: PathBuf,
    // Held until dropped.
    _lock: File,
}

impl Stage {
    /// Makes the folder where it isn't there, locks it, finishes or removes what killed runs left.
    pub fn open(dir: &Path, run_id: &str) -> Result<Self, Error> {
        fs::create_dir_all(dir).map_err(Error::file(dir, "make this folder"))?;
        let path = dir.join(".lock");
        let lock = File::options().create(true).truncate(false).write(true).open(&path);
        let lock = lock.map_err(Error::file(&path, "make this file"))?;
        lock.try_lock().map_err(|e| match e {
            TryLockError::WouldBlock => Error::locked(dir),
            TryLockError::Error(e) => Error::file(&path, "lock this file")(e),
        })?;
        let name: String = run_id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        let stage = Self { dir: dir.to_owned(), tmp: dir.join(format!("{TMP}{name}")), _lock: lock };
        stage.recover()?;
        stage.check_ours()?;
        let new = stage.new_dir();
        fs::create_dir_all(&new).map_err(Error::file(&new, "make this folder"))?;
        Ok(stage)
    }

    /// Where the new tables are written.
    pub fn new_dir(&self) -> PathBuf {
        self.tmp.join("new")
    }

    /// Where rows may be put on their way.
    pub fn spill_dir(&self) -> PathBuf {
        self.tmp.join("spill")
    }

    /// Everything in [`Self::new_dir`] is complete: makes it the data set.
    pub fn commit(&self) -> Result<(), Error> {
        let new = self.new_dir();
        for table in Table::ALL {
            sync_folders(&new.join(table.name()))?;
        }
        sync(&new)?;
        write_durably(&self.tmp.join(COMMIT), b"")?;
        sync(&self.tmp)?;
        sync(&self.dir)?;
        self.switch(&self.tmp)
    }

    /// Finishes the switch of a complete run; can be begun again after a kill anywhere in it.
    fn switch(&self, tmp: &Path) -> Result<(), Error> {
        let (new, old) = (tmp.join("new"), tmp.join("old"));
        fs::create_dir_all(&old).map_err(Error::file(&old, "make this folder"))?;
        let manifest = self.dir.join(MANIFEST);
        if new.join(MANIFEST).exists() {
            move_away(&manifest, &old.join(MANIFEST))?;
            let tables = Table::ALL.iter().map(|t| t.name());
            for name in tables.chain(EXTRAS) {
                let (from, to) = (new.join(name), self.dir.join(name));
                if from.exists() {
                    move_away(&to, &old.join(name))?;
                    fs::rename(&from, &to).map_err(Error::file(&to, "move the new table here"))?;
                } else if EXTRAS.contains(&name) && !old.join(name).exists() {
                    // Of the run before, and not of this one.
                    move_away(&to, &old.join(name))?;
                }
            }
            sync(&self.dir)?;
            let from = new.join(MANIFEST);
            fs::rename(&from, &manifest).map_err(Error::file(&manifest, "move the new manifest here"))?;
        }
        sync(&self.dir)?;
        remove(tmp)
    }

    /// Deals with what killed runs left.
    fn recover(&self) -> Result<(), Error> {
        for entry in list(&self.dir)? {
            let path = entry.path();
            if entry.file_name().to_string_lossy().starts_with(TMP) && path.is_dir() {
                if path.join(COMMIT).exists() { self.switch(&path)? } else { remove(&path)? }
            }
        }
        Ok(())
    }

    /// Whether everything that the switch would replace was written by us.
    fn check_ours(&self) -> Result<(), Error> {
        for table in Table::ALL {
            let path = self.dir.join(table.name());
            if path.symlink_metadata().is_ok() && !is_ours(&path)? {
                return Err(Error::foreign(&path));
            }
        }
        Ok(())
    }
}

impl Drop for Stage {
    /// A run that failed leaves nothing; a complete one that could not be switched in is left for the next.
    fn drop(&mut self) {
        if !self.tmp.join(COMMIT).exists() {
            // Nobody is left to tell; the next run tries again.
            let _ = fs::remove_dir_all(&self.tmp);
        }
    }
}

/// Whether a table's folder holds only parts and folders of months.
fn is_ours(path: &Path) -> Result<bool, Error> {
    if !path.is_dir() {
        return Ok(false);
    }
    for entry in list(path)? {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let inside = entry.path();
        let ours = if inside.is_dir() {
            name.contains('=') && is_ours(&inside)?
        } else {
            let ending = inside.extension().and_then(|e| e.to_str()).unwrap_or("");
            name.starts_with("part-") && Format::parse(ending).is_some()
        };
        if !ours {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The entries of a folder.
fn list(dir: &Path) -> Result<Vec<DirEntry>, Error> {
    let entries = fs::read_dir(dir).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    entries.map_err(Error::file(dir, "list this folder"))
}

/// Moves a table or file out of the way, where there is one.
fn move_away(from: &Path, to: &Path) -> Result<(), Error> {
    match fs::rename(from, to) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => {
            Err(Error::file(from, "move this out of the way")(e))
        }
        _ => Ok(()),
    }
}

/// Removes a run's own folder. The mark goes last, so that a kill in between isn't taken for a failed run.
fn remove(tmp: &Path) -> Result<(), Error> {
    for inside in ["spill", "old", "new"] {
        let path = tmp.join(inside);
        if path.exists() {
            fs::remove_dir_all(&path).map_err(Error::file(&path, "remove this folder"))?;
        }
    }
    fs::remove_dir_all(tmp).map_err(Error::file(tmp, "remove this folder"))
}

/// Makes the names in a folder durable.
fn sync(dir: &Path) -> Result<(), Error> {
    File::open(dir).and_then(|d| d.sync_all()).map_err(Error::file(dir, "write this folder"))
}

/// Makes the names in a folder and its folders durable.
fn sync_folders(dir: &Path) -> Result<(), Error> {
    for entry in list(dir)? {
        if entry.path().is_dir() {
            sync_folders(&entry.path())?;
        }
    }
    sync(dir)
}
