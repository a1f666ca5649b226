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
    /// A form of address that has become part of the name: "Khawaja".
    Name,
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
    /// Whether several people bear it: "ministers".
    pub plural: bool,
    /// Whether the place in it is where its bearer was sent ("ambassador to", "Syria envoy").
    pub posted: bool,
    /// What it is short for, as an index.
    expansion: u16,
    /// What it says of its bearer's sex: `Some(true)` for a woman.
    pub female: Option<bool>,
}

/// All titles.
#[derive(Debug, Default)]
pub struct Titles {
    /// Every title as a phrase.
    pub phrases: Phrases<Title>,
    /// What short titles stand for; the first is empty.
    expansions: Vec<String>,
}

impl Titles {
    /// Reads every table in `titles/`.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let mut all = Self { expansions: vec![String::new()], ..Self::default() };
        let (mut plurals, mut rest) = (Vec::new(), Vec::new());
        // Offices first: where a word is both an office and an honorific, the office says more.
        let mut files: Vec<&str> = seeds.folder("titles/").filter(|f| f.ends_with(".tsv")).collect();
        files.sort_by_key(|f| (*f != "titles/offices.tsv", *f != "titles/ranks.tsv", *f));
        for file in files {
            let table = Table::parse(file, seeds.text(file)?)?;
            let [title, kind, sector] =
                [table.column("title")?, table.column("kind")?, table.column("sector")?];
            let abbreviation = table.column("is_abbreviation")?;
            let expansion = table.column("expansion")?;
            for row in table.rows() {
                let kind = match row.cell(kind) {
                    "office" => TitleKind::Office,
                    "profession" => TitleKind::Profession,
                    "honorific" => TitleKind::Honorific,
                    "rank" => TitleKind::Rank,
                    "relation" => TitleKind::Relation,
                    "name" => TitleKind::Name,
                    other => {
                        let what = format!(
                            "unknown kind `{other}`; kinds are office, profession, honorific, rank, relation, name"
                        );
                        return Err(row.error(what));
                    }
                };
                let text = row.cell(title);
                // "PM" and "AC" are words too in small letters; "Sen." is written as it stands.
                let shouted = !text.chars().any(char::is_lowercase);
                let capitals = row.cell(abbreviation) == "1" && kind == TitleKind::Office && shouted;
                let lower = text.to_lowercase();
                let long = row.cell(expansion).to_lowercase();
                let expansion = if long.is_empty() { 0 } else { all.expansions.len() as u16 };
                if !long.is_empty() {
                    all.expansions.push(long);
                }
                let value = Title {
                    expansion,
                    kind,
                    sector: row.some(sector).and_then(Code::new),
                    capitals,
                    plural: false,
                    posted: POSTED.iter().any(|p| lower.contains(p)),
                    female: sex(&lower),
                };
                // What is part of a name comes first: "Malik" before the office of a malik.
                if kind == TitleKind::Name {
                    all.phrases.insert(text, value)
                } else {
                    rest.push((text, value))
                }
                if !matches!(kind, TitleKind::Honorific | TitleKind::Name)
                    && row.cell(abbreviation) != "1"
                    && let Some(plural) = plural(text)
                {
                    plurals.push((plural, Title { plural: true, ..value }));
                }
            }
        }
        for (phrase, title) in rest {
            all.phrases.insert(phrase, title);
        }
        // Last, so that a title in its own right stays one.
        for (phrase, title) in plurals {
            all.phrases.insert(&phrase, title);
        }
        Ok(all)
    }

    /// What a short title stands for; empty for others.
    pub fn expansion(&self, title: Title) -> &str {
        self.expansions.get(usize::from(title.expansion)).map_or("", String::as_str)
    }
}

/// Titles whose bearers are sent somewhere.
const POSTED: [&str; 8] = [
    "ambassador",
    "envoy",
    "negotiator",
    "representative",
    "high commissioner",
    "consul",
    "correspondent",
    "emissary",
];

/// What a title says of its bearer's sex.
fn sex(lower: &str) -> Option<bool> {
    let last = lower.rsplit(' ').next().unwrap_or(lower);
    match last.trim_end_matches('.') {
        "mrs" | "ms" | "miss" | "queen" | "princess" | "duchess" | "lady" | "dame" | "sheikha" | "sister"
        | "mother" | "daughter" | "wife" | "widow" | "aunt" | "niece" | "actress" | "begum" | "bibi"
        | "empress" | "madam" | "grandmother" | "girlfriend" | "ex-wife" | "nun" => Some(true),
        "mr" | "sir" | "king" | "prince" | "duke" | "lord" | "sheikh" | "brother" | "father" | "son"
        | "husband" | "widower" | "uncle" | "nephew" | "sultan" | "emir" | "pope" | "emperor"
        | "grandfather" | "imam" => Some(false),
        last if last.ends_with("woman") => Some(true),
        last if last.len() > 3 && last.ends_with("man") => Some(false),
        _ => None,
    }
}

/// The plural of a title that ends in its head noun, or whose head stands before "of" ("members of parliament").
fn plural(title: &str) -> Option<String> {
    let (head, rest) = title.find(" of ").map_or((title, ""), |at| title.split_at(at));
    let many = if let Some(stem) = head.strip_suffix("man") {
        format!("{stem}men")
    } else if let Some(stem) = head.strip_suffix('y').filter(|s| !s.ends_with(['a', 'e', 'o', 'u'])) {
        format!("{stem}ies")
    } else if head.ends_with(['s', 'x']) || head.ends_with("ch") || head.ends_with("sh") {
        format!("{head}es")
    } else {
        format!("{head}s")
    };
    head.ends_with(char::is_alphabetic).then(|| many + rest)
}
