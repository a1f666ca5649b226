//! Offices, ranks, honorifics and relations: the words that say who a person is, from `seeds/titles/`.

use super::Phrases;
use crate::code::Code;
use seeds::table::Table;
use seeds::{SeedError, Seeds};

/// What a title says of its bearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TitleKind {
    /// A post: "foreign minister".
    Office,
    /// What somebody does: "lawyer".
    Profession,
    /// A form of address: "Sheikh", "Mr".
    Honorific,
    /// A military or police rank: "Lt. Gen.".
    Rank,
    /// Who somebody is to another: "brother".
    Relation,
}

/// A title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Title {
    /// Its kind.
    pub kind: TitleKind,
    /// The PLOVER role of its bearers, where the title alone says so.
    pub sector: Option<Code>,
    /// Whether it only counts in capitals ("AC", "PM").
    pub capitals: bool,
}

/// All titles.
#[derive(Debug, Default)]
pub struct Titles {
    /// Every title as a phrase.
    pub phrases: Phrases<Title>,
}

impl Titles {
    /// Reads every table in `titles/`.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let mut all = Self::default();
        // Offices first: where a word is both an office and an honorific, the office says more.
        let mut files: Vec<&str> = seeds.folder("titles/").filter(|f| f.ends_with(".tsv")).collect();
        files.sort_by_key(|f| (*f != "titles/offices.tsv", *f != "titles/ranks.tsv", *f));
        for file in files {
            let table = Table::parse(file, seeds.text(file)?)?;
            let [title, kind, sector] =
                [table.column("title")?, table.column("kind")?, table.column("sector")?];
            let abbreviation = table.column("is_abbreviation")?;
            for row in table.rows() {
                let kind = match row.cell(kind) {
                    "office" => TitleKind::Office,
                    "profession" => TitleKind::Profession,
                    "honorific" => TitleKind::Honorific,
                    "rank" => TitleKind::Rank,
                    "relation" => TitleKind::Relation,
                    other => {
                        let what = format!(
                            "unknown kind `{other}`; kinds are office, profession, honorific, rank, relation"
                        );
                        return Err(row.error(what));
                    }
                };
                let capitals = row.cell(abbreviation) == "1" && kind == TitleKind::Office;
                let value = Title { kind, sector: row.some(sector).and_then(Code::new), capitals };
                all.phrases.insert(row.cell(title), value);
            }
        }
        Ok(all)
    }
}
