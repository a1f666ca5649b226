//! The inputs of a command line to files: files, folders, globs and standard input, in order.

use super::error::SourceError;
use super::kind::is_article_name;
use std::collections::HashSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// One INPUT.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// `-`.
    Stdin,
    /// A file, of whatever kind and name.
    File(PathBuf),
    /// A folder: its files and those of the folders in it, by their names' bytes.
    Folder(PathBuf),
    /// A glob: the files it matches, and those of the folders it matches.
    Glob(String),
}

/// One file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileInput {
    /// Standard input.
    Stdin,
    /// A file by its path, as given.
    Path(PathBuf),
}

/// What INPUT... name. Every one must name at least one file that may hold articles.
pub fn resolve(given: &[OsString]) -> Result<Vec<Input>, SourceError> {
    let mut inputs = Vec::with_capacity(given.len());
    for given in given {
        let input = resolve_one(given)?;
        if input == Input::Stdin && inputs.contains(&input) {
            return Err(SourceError::StdinTwice);
        }
        inputs.push(input);
    }
    Ok(inputs)
}

fn resolve_one(given: &OsString) -> Result<Input, SourceError> {
    if given == "-" {
        return Ok(Input::Stdin);
    }
    let path = PathBuf::from(given);
    let shown = path.to_string_lossy().into_owned();
    match fs::metadata(&path) {
        Ok(found) if found.is_dir() => {
            fs::read_dir(&path).map_err(|cause| SourceError::Open { path: shown.clone(), cause })?;
            let input = Input::Folder(path);
            if Files::new(vec![input.clone()]).next().is_none() {
                return Err(SourceError::NoArticles { path: shown });
            }
            return Ok(input);
        }
        Ok(_) => return Ok(Input::File(path)),
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
            return Err(SourceError::Open { path: shown, cause });
        }
        Err(_) => {}
    }
    let scheme = shown.split_once("://").map(|(scheme, _)| scheme);
    if scheme.is_some_and(|s| !s.is_empty() && s.bytes().all(|b| b.is_ascii_alphanumeric())) {
        return Err(SourceError::Address { uri: shown });
    }
    if !shown.contains(['*', '?', '[']) {
        return Err(SourceError::Missing { path: shown });
    }
    if let Err(error) = glob::Pattern::new(&shown) {
        return Err(SourceError::BadGlob { pattern: shown, why: error.msg.to_owned() });
    }
    let input = Input::Glob(shown.clone());
    match Files::new(vec![input.clone()]).next() {
        Some(_) => Ok(input),
        None => Err(SourceError::NoMatch { pattern: shown }),
    }
}

/// The files of inputs, in order; holds the names of one folder at each depth, never all.
pub struct Files {
    inputs: std::vec::IntoIter<Input>,
    glob: Option<glob::Paths>,
    /// Names still to come, the next one last, of every folder on the way down.
    folders: Vec<Vec<PathBuf>>,
    /// Folders of this input that were entered, so that links do not lead around.
    entered: HashSet<PathBuf>,
    /// A folder that could not be listed.
    unlisted: Option<PathBuf>,
    passed_over: u64,
}

impl Files {
    /// The files of `inputs`.
    pub fn new(inputs: Vec<Input>) -> Self {
        Self {
            inputs: inputs.into_iter(),
            glob: None,
            folders: Vec::new(),
            entered: HashSet::new(),
            unlisted: None,
            passed_over: 0,
        }
    }

    /// Files in folders that were passed over for their names.
    pub fn passed_over(&self) -> u64 {
        self.passed_over
    }

    /// Lists a folder, unless it was listed before. One that cannot be listed stands for a file: to open it will say
    /// why.
    fn enter(&mut self, folder: &Path) {
        let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
        if !self.entered.insert(real) {
            return;
        }
        let Ok(listing) = fs::read_dir(folder) else {
            self.unlisted = Some(folder.to_owned());
            return;
        };
        let mut names: Vec<PathBuf> =
            listing.flatten().map(|entry| entry.path()).filter(|path| !is_hidden(path)).collect();
        names.sort_unstable_by(|a, b| b.as_os_str().as_encoded_bytes().cmp(a.as_os_str().as_encoded_bytes()));
        self.folders.push(names);
    }

    /// The next file of the folders that were entered.
    fn next_in_folders(&mut self) -> Option<PathBuf> {
        loop {
            if let Some(folder) = self.unlisted.take() {
                return Some(folder);
            }
            let names = self.folders.last_mut()?;
            let Some(path) = names.pop() else {
                self.folders.pop();
                continue;
            };
            match fs::metadata(&path) {
                Ok(found) if found.is_dir() => self.enter(&path),
                // Pipes and devices wait for someone to name them.
                Ok(found) if found.is_file() && is_article_name(&path) => return Some(path),
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Some(path),
                _ => self.passed_over += 1,
            }
        }
    }
}

impl Iterator for Files {
    type Item = FileInput;

    fn next(&mut self) -> Option<FileInput> {
        loop {
            if let Some(path) = self.next_in_folders() {
                return Some(FileInput::Path(path));
            }
            if let Some(matches) = &mut self.glob {
                match matches.next() {
                    Some(Ok(path)) if path.is_dir() => self.enter(&path),
                    Some(Ok(path)) => return Some(FileInput::Path(path)),
                    Some(Err(error)) => self.unlisted = Some(error.path().to_owned()),
                    None => self.glob = None,
                }
                continue;
            }
            self.entered.clear();
            match self.inputs.next()? {
                Input::Stdin => return Some(FileInput::Stdin),
                Input::File(path) => return Some(FileInput::Path(path)),
                Input::Folder(path) => self.enter(&path),
                Input::Glob(pattern) => {
                    let options =
                        glob::MatchOptions { require_literal_leading_dot: true, ..Default::default() };
                    self.glob = glob::glob_with(&pattern, options).ok();
                }
            }
        }
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().first() == Some(&b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "text").unwrap();
        }
        dir
    }

    fn files(dir: &Path, inputs: &[&str]) -> Vec<String> {
        let given: Vec<OsString> = inputs.iter().map(|input| dir.join(input).into_os_string()).collect();
        let show = |file| match file {
            FileInput::Path(path) => path.strip_prefix(dir).unwrap().to_string_lossy().into_owned(),
            FileInput::Stdin => "-".to_owned(),
        };
        Files::new(resolve(&given).unwrap()).map(show).collect()
    }

    #[test]
    fn folders_are_walked_in_order() {
        let dir = folder(&[
            "b/2.txt",
            "b/10.txt",
            "a.jsonl",
            ".git/x.txt",
            "b/.h.txt",
            "c.png",
            "README.md",
            "Z.csv.gz",
        ]);
        assert_eq!(files(dir.path(), &[""]), ["Z.csv.gz", "a.jsonl", "b/10.txt", "b/2.txt"]);
        assert_eq!(files(dir.path(), &["b", "a.jsonl"]), ["b/10.txt", "b/2.txt", "a.jsonl"]);
        assert_eq!(files(dir.path(), &["c.png"]), ["c.png"]);
    }

    #[test]
    fn globs_match_files_and_folders() {
        let dir = folder(&["b/2.txt", "b/10.txt", "a.jsonl", "x[1].txt", "d/e/f.json", "d/.f.json"]);
        assert_eq!(files(dir.path(), &["b/*.txt"]), ["b/10.txt", "b/2.txt"]);
        assert_eq!(files(dir.path(), &["**/*.json*"]), ["a.jsonl", "d/e/f.json"]);
        assert_eq!(files(dir.path(), &["x[1].txt"]), ["x[1].txt"]);
        assert_eq!(files(dir.path(), &["[bd]"]), ["b/10.txt", "b/2.txt", "d/e/f.json"]);
    }

    #[test]
    #[cfg(unix)]
    fn links_do_not_lead_around() {
        let dir = folder(&["a/1.txt", "b/2.txt"]);
        std::os::unix::fs::symlink(dir.path(), dir.path().join("a/loop")).unwrap();
        std::os::unix::fs::symlink(dir.path().join("b/2.txt"), dir.path().join("a/link.txt")).unwrap();
        std::os::unix::fs::symlink("nowhere.txt", dir.path().join("a/dead.txt")).unwrap();
        assert_eq!(files(dir.path(), &[""]), ["a/1.txt", "a/link.txt", "b/2.txt"]);
    }

    #[test]
    fn what_names_nothing_is_an_error() {
        let dir = folder(&["pictures/a.png"]);
        let message = |input: &str| {
            let path = if input.contains(':') { input.into() } else { dir.path().join(input) };
            resolve(&[path.into_os_string()]).unwrap_err().to_string()
        };
        assert!(message("pictures").contains("no articles in this folder"));
        assert!(message("nothing.txt").contains("no such file"));
        assert!(message("*.csv").contains("matches no file"));
        assert!(message("a[.txt").contains("not a glob"));
        assert!(message("s3://bucket/a.jsonl").contains("download it"));
        assert!(matches!(resolve(&["-".into(), "-".into()]), Err(SourceError::StdinTwice)));
    }
}
