//! Phrases that an analyst wants no events of: of the sentence they stand in, or of the whole article ("World Golf
//! Championships"). From the tables below `rules/discards/`, of which the program brings none.

use crate::document::{Document, Sentence};
use crate::knowledge::Phrases;
use seeds::table::Table;
use seeds::{SeedError, Seeds};

/// The phrases; the value says whether the whole article is meant.
#[derive(Debug, Default)]
pub(super) struct Discards {
    phrases: Phrases<bool>,
    any: bool,
}

impl Discards {
    pub(super) fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let mut all = Self::default();
        for file in seeds.folder("rules/discards/").filter(|f| f.ends_with(".tsv")) {
            let table = Table::parse(file, seeds.text(file)?)?;
            let [phrase, scope] = [table.column("phrase")?, table.column("scope")?];
            for row in table.rows() {
                let article = match row.cell(scope) {
                    "article" => true,
                    "sentence" => false,
                    other => {
                        return Err(row.error(format!("`{other}` is no scope; write sentence or article")));
                    }
                };
                all.phrases.insert(row.cell(phrase), article);
                all.any = true;
            }
        }
        Ok(all)
    }

    /// Whether no event of a sentence is wanted.
    pub(super) fn sentence(&self, doc: Document<'_>, sentence: &Sentence) -> bool {
        self.any && self.scopes(doc, sentence.tokens.start, sentence.tokens.end).next().is_some()
    }

    /// Whether no event of the article is wanted.
    pub(super) fn article(&self, doc: Document<'_>) -> bool {
        self.any && self.scopes(doc, 0, doc.parsed.tokens.len() as u32).any(|whole| whole)
    }

    fn scopes(&self, doc: Document<'_>, start: u32, end: u32) -> impl Iterator<Item = bool> {
        (start..end).filter_map(move |at| {
            let words = doc.tokens(&(at..end)).iter().map(|t| doc.word(t));
            self.phrases.longest(words).map(|f| f.value)
        })
    }
}
