//! Lists the data files of this folder, sorted, into one table of names and contents that is compiled in.
//!
//! A file dropped into one of the folders is found by being there: no list is kept by hand.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The folders that hold data; everything below them is embedded.
const FOLDERS: [&str; 10] = [
    "actors",
    "articles",
    "codebook",
    "gazetteer",
    "lexicon",
    "models",
    "names",
    "reading",
    "rules",
    "titles",
];

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut files = Vec::new();
    for folder in FOLDERS {
        let path = root.join(folder);
        if path.is_dir() {
            println!("cargo:rerun-if-changed={}", path.display());
            walk(&path, &mut files)?;
        }
    }
    files.sort();
    let mut code = String::from("/// Every embedded file: its path below `seeds/` and its bytes.\n");
    code.push_str("pub(crate) static FILES: &[(&str, &[u8])] = &[\n");
    for file in &files {
        let name = file.strip_prefix(&root).unwrap_or(file).to_string_lossy().replace('\\', "/");
        if name.ends_with(".md") {
            continue;
        }
        let _ = writeln!(code, "    ({name:?}, include_bytes!({:?})),", file.display().to_string());
        println!("cargo:rerun-if-changed={}", file.display());
    }
    code.push_str("];\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("files.rs"), code)
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            println!("cargo:rerun-if-changed={}", path.display());
            walk(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
