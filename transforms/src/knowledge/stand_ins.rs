//! Familiar words for unfamiliar names: the network has never seen "Valdoria" and may take it for a conjunction. Where an
//! analyst's dictionary says that a word is an actor's name, the tree is made as for the name of a country.

use rustc_hash::FxHashMap;
use seeds::table::Table;
use seeds::{SeedError, Seeds};

/// A name that the network has seen often.
const NAME: &str = "France";
/// The same for what ends like an adjective of a country.
const ADJECTIVE: &str = "Russian";

/// The single-word names of a dictionary.
#[derive(Debug, Default)]
pub struct StandIns {
    words: FxHashMap<Box<str>, &'static str>,
}

impl StandIns {
    /// Reads the tables in `actors/` with a column `code`; without one there are none. Names of real countries are
    /// left as they are.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let mut all = Self::default();
        for file in seeds.folder("actors/").filter(|f| f.ends_with(".tsv")) {
            let table = Table::parse(file, seeds.text(file)?)?;
            let (Ok(_), Ok(name), Ok(aliases)) =
                (table.column("code"), table.column("name"), table.column("aliases"))
            else {
                continue;
            };
            for row in table.rows() {
                let phrases = std::iter::once(row.cell(name)).chain(row.list(aliases));
                for word in phrases.filter(|p| unfamiliar(p)) {
                    let adjective = ["ian", "ish", "ese", "ean"].iter().any(|e| word.ends_with(e));
                    all.words.insert(word.into(), if adjective { ADJECTIVE } else { NAME });
                }
            }
        }
        if all.words.is_empty() {
            return Ok(all);
        }
        let file = "gazetteer/countries.tsv";
        let table = Table::parse(file, seeds.text(file)?)?;
        for column in ["name", "aliases", "demonyms", "capital", "metonyms"] {
            let column = table.column(column)?;
            for row in table.rows() {
                row.list(column).for_each(|known| {
                    all.words.remove(known);
                });
            }
        }
        Ok(all)
    }

    /// The word to make the tree with; the word itself where it needs no other.
    pub fn familiar<'w>(&self, word: &'w str) -> &'w str {
        if self.words.is_empty() {
            return word;
        }
        self.words.get(word).copied().unwrap_or(word)
    }
}

/// One word with a capital and small letters behind it: no phrase, no abbreviation.
fn unfamiliar(phrase: &str) -> bool {
    let mut letters = phrase.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.clone().all(|c| c.is_lowercase())
        && letters.count() >= 2
}
