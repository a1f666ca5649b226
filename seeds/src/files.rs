//! The set of data files: the embedded ones, with an overlay on top.

use crate::SeedError;
use std::borrow::Cow;
use std::collections::BTreeMap;

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// All data files by their path below `seeds/`, such as `titles/offices.tsv`; sorted by path.
#[derive(Debug, Clone)]
pub struct Seeds {
    files: BTreeMap<String, Cow<'static, [u8]>>,
}

impl Seeds {
    /// The files compiled into the program.
    pub fn embedded() -> Self {
        let files = FILES.iter().map(|&(name, bytes)| (name.to_owned(), Cow::Borrowed(bytes))).collect();
        Self { files }
    }

    /// Puts a file over the embedded one of the same path, or beside the others of its folder.
    pub fn overlay(&mut self, path: impl Into<String>, bytes: Vec<u8>) {
        self.files.insert(path.into(), Cow::Owned(bytes));
    }

    /// The bytes of one file.
    pub fn bytes(&self, path: &str) -> Result<&[u8], SeedError> {
        self.files.get(path).map(|b| &**b).ok_or_else(|| SeedError::Missing { file: path.to_owned() })
    }

    /// The text of one file.
    pub fn text(&self, path: &str) -> Result<&str, SeedError> {
        let bytes = self.bytes(path)?;
        std::str::from_utf8(bytes)
            .map_err(|e| SeedError::NotText { file: path.to_owned(), at: e.valid_up_to() })
    }

    /// The files of a folder (`rules/events/`) and below, sorted by path.
    pub fn folder<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.files
            .range(prefix.to_owned()..)
            .map(|(path, _)| path.as_str())
            .take_while(move |path| path.starts_with(prefix))
    }

    /// Every file with its bytes, sorted by path: what a digest of the knowledge is made of.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), &**bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_overlay_replaces_and_adds() {
        let mut seeds = Seeds::embedded();
        seeds.overlay("titles/zz_mine.tsv", b"title\nWali\n".to_vec());
        assert_eq!(seeds.text("titles/zz_mine.tsv"), Ok("title\nWali\n"));
        assert!(seeds.folder("titles/").any(|f| f == "titles/zz_mine.tsv"));
        seeds.overlay("titles/zz_mine.tsv", vec![0xff]);
        assert_eq!(
            seeds.text("titles/zz_mine.tsv"),
            Err(SeedError::NotText { file: "titles/zz_mine.tsv".into(), at: 0 })
        );
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = Seeds::embedded().text("titles/none.tsv").unwrap_err();
        assert!(error.to_string().contains("seeds/titles/none.tsv"));
    }
}
