//! The habits of this repository that a program can check: what each file says on its first line, which crate may
//! depend on what, what a rule file must carry, and that no path of somebody's machine stands in the tree.

use std::fs;
use std::path::{Path, PathBuf};

/// The folder of this workspace.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below the folders that hold ours, sorted, with its path from the root.
fn files() -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    for folder in ["pipeline", "transforms", "output", "seeds", "tests", "benches", "training", "docs"] {
        walk(&root().join(folder), &mut found);
    }
    // What else lies there, such as somebody's data, is not ours to judge.
    let ours = |name: &str| ["md", "toml", "sh"].iter().any(|e| name.ends_with(e)) || name == "justfile";
    for entry in fs::read_dir(root()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() && ours(&path.file_name().unwrap().to_string_lossy()) {
            found.push(path);
        }
    }
    let mut named: Vec<(String, PathBuf)> = found
        .into_iter()
        .map(|path| (path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/"), path))
        .filter(|(name, _)| !name.starts_with("training/work/"))
        .collect();
    named.sort();
    named
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "__pycache__" && name != "target" && !name.starts_with('.') {
            walk(&path, found);
        } else if path.is_file() {
            found.push(path);
        }
    }
}

/// The text of a file; `None` where it is none (models).
fn text(path: &Path) -> Option<String> {
    String::from_utf8(fs::read(path).unwrap()).ok()
}

fn none(found: Vec<String>, what: &str) {
    assert!(found.is_empty(), "{what}:\n  {}", found.join("\n  "));
}

#[test]
fn the_first_line_says_what_a_file_is() {
    let mut silent = Vec::new();
    for (name, path) in files() {
        let Some(text) = text(&path) else { continue };
        let first = text.lines().next().unwrap_or("");
        let extension = name.rsplit('.').next().unwrap_or("");
        let says = match extension {
            "rs" => first.starts_with("//! "),
            "py" => first.starts_with("\"\"\"") || first.starts_with("r\"\"\"") || first.starts_with("#"),
            "tsv" if name.starts_with("seeds/") => first.starts_with("# "),
            "toml" if name.starts_with("seeds/rules/events/") => {
                text.lines().any(|l| l.starts_with("doc = "))
                    && text.lines().any(|l| l.starts_with("source = "))
            }
            "toml" | "sh" => first.starts_with('#'),
            _ => true,
        };
        if !says {
            silent.push(format!("{name}: {first}"));
        }
    }
    none(silent, "files that do not say on their first line what they are (rules: no doc or no source)");
}

#[test]
fn rules_carry_examples() {
    let mut bare = Vec::new();
    for (name, path) in files() {
        if !name.starts_with("seeds/rules/events/") || !name.ends_with(".toml") {
            continue;
        }
        let text = text(&path).unwrap_or_default();
        for part in ["[[example]]", "[[counterexample]]"] {
            if !text.lines().any(|line| line.trim() == part) {
                bare.push(format!("{name}: no {part}"));
            }
        }
    }
    none(bare, "event rules without their own tests");
}

#[test]
fn dependencies_point_one_way() {
    let knows = |manifest: &str, other: &str| {
        let text = fs::read_to_string(root().join(manifest)).unwrap();
        text.lines().any(|line| line.split(['.', ' ', '=']).next() == Some(other))
    };
    let mut wrong = Vec::new();
    for (manifest, others) in [
        ("seeds/Cargo.toml", &["columnist-transforms", "columnist-output", "columnist"][..]),
        (
            "transforms/Cargo.toml",
            &["columnist-output", "columnist", "arrow", "parquet", "rayon", "crossbeam-channel"],
        ),
        ("output/Cargo.toml", &["columnist-seeds", "columnist", "rayon", "crossbeam-channel"]),
    ] {
        for other in others {
            if knows(manifest, other) {
                wrong.push(format!("{manifest} depends on {other}"));
            }
        }
    }
    none(wrong, "dependencies against the direction that ARCHITECTURE.md gives");
}

#[test]
fn no_path_of_a_machine() {
    let mut found = Vec::new();
    for (name, path) in files() {
        let Some(text) = text(&path) else { continue };
        // The words are put together here, so that this file doesn't find itself.
        for folder in ["home", "root", "work", "Users"] {
            let needle = format!("/{folder}/");
            for (at, line) in text.lines().enumerate() {
                let own = line.match_indices(&needle).any(|(start, _)| {
                    line.get(..start).and_then(|before| before.chars().next_back()).is_none_or(is_edge)
                });
                if own {
                    found.push(format!("{name}:{}: {line}", at + 1));
                }
            }
        }
    }
    none(found, "absolute paths of somebody's machine");
}

/// Whether an absolute path can begin after this character.
fn is_edge(before: char) -> bool {
    before.is_whitespace() || matches!(before, '"' | '\'' | '`' | '(' | '=' | ':' | ',')
}
