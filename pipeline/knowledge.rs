//! The data files a run works with: those in the program, with the files of `--seeds DIR` on top.

use anyhow::{Context, bail};
use seeds::Seeds;
use std::fs;
use std::path::Path;
use xxhash_rust::xxh3::Xxh3;

/// Bytes of one overlay file at most.
const FILE_BYTES_MAX: u64 = 256 << 20;
/// Folders below each other at most.
const DEPTH_MAX: usize = 16;

/// The embedded files with an overlay folder on top, where one is given.
pub fn load(overlay: Option<&Path>) -> anyhow::Result<Seeds> {
    let mut seeds = Seeds::embedded();
    if let Some(folder) = overlay {
        if !folder.is_dir() {
            bail!("--seeds {}: no such folder; give one laid out like seeds/", folder.display());
        }
        add(folder, String::new(), 0, &mut seeds)?;
    }
    Ok(seeds)
}

fn add(folder: &Path, prefix: String, depth: usize, seeds: &mut Seeds) -> anyhow::Result<()> {
    if depth > DEPTH_MAX {
        bail!("{}: more than {DEPTH_MAX} folders deep; is it a loop of links?", folder.display());
    }
    let entries = fs::read_dir(folder).with_context(|| format!("{}: can't be listed", folder.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("{}: can't be listed", folder.display()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let path = entry.path();
        if path.is_dir() {
            add(&path, format!("{prefix}{name}/"), depth + 1, seeds)?;
            continue;
        }
        let length = entry.metadata().with_context(|| format!("{}: can't be read", path.display()))?.len();
        if length > FILE_BYTES_MAX {
            bail!("{}: {length} bytes; a data file has at most {FILE_BYTES_MAX}", path.display());
        }
        let bytes = fs::read(&path).with_context(|| format!("{}: can't be read", path.display()))?;
        seeds.overlay(format!("{prefix}{name}"), bytes);
    }
    Ok(())
}

/// A digest of all data files: 32 hex digits (XXH3-128), the same wherever they come from.
pub fn digest(seeds: &Seeds) -> String {
    let mut hash = Xxh3::new();
    for (path, bytes) in seeds.iter() {
        hash.update(&(path.len() as u64).to_le_bytes());
        hash.update(path.as_bytes());
        hash.update(&(bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    }
    format!("{:032x}", hash.digest128())
}
