//! What is known of people: holders of high office with their times, given and family names, and the words that end
//! the names of places, buildings and bodies, which no person's name does.

use super::bearers::{Bearers, Frequency};
use super::sounds::{folded, sound};
use crate::code::Code;
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use seeds::table::Table;
use seeds::{SeedError, Seeds};

/// A holder of an office for some time.
#[derive(Debug, Clone, PartialEq)]
pub struct Leader {
    /// The name as most write it.
    pub name: String,
    /// Country, ISO 3166-1 alpha-3.
    pub country: Option<Code>,
    /// PLOVER role.
    pub sector: Option<Code>,
    /// The office in short.
    pub office: String,
    /// First and last day.
    pub valid: (Option<Date>, Option<Date>),
}

/// What a name written as a body's means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyName {
    /// A law, a programme or the like, and no body.
    None,
    /// An organ of the state that an article speaks from.
    Organ,
    /// Another body in another article.
    Short,
}

/// People and the words of their names.
#[derive(Debug, Default)]
pub struct Persons {
    list: Vec<Leader>,
    by_name: FxHashMap<String, Vec<u32>>,
    by_family: FxHashMap<String, Vec<u32>>,
    /// Their family names as they are spelt, in lower case.
    spelt: FxHashSet<String>,
    given: FxHashSet<String>,
    family: FxHashSet<String>,
    heads: FxHashSet<String>,
    common: FxHashSet<String>,
    /// What names of bodies mean, by the name in lower case.
    bodies: FxHashMap<String, BodyName>,
    companies: FxHashSet<String>,
    /// Family names that very many bear.
    namesakes: FxHashSet<String>,
    /// How many bear a name.
    bearers: Bearers,
    /// Further words that news writes small.
    everyday: FxHashSet<String>,
    /// Words that end names of what is no body: "Act".
    endings: FxHashSet<String>,
    /// Words that head names which each state has bodies of: "Party".
    shared_heads: FxHashSet<String>,
    /// Words that head names which each province or town has bodies of: "Department".
    local_heads: FxHashSet<String>,
    /// Words that make a body's name of a person's before them: "Partners".
    firm_ends: FxHashSet<String>,
    /// Leaders whom a family name alone means, though others bear it.
    alone: FxHashMap<String, Vec<u32>>,
    /// Offices of a country that several leaders hold at one time.
    shared_offices: FxHashSet<(Option<Code>, String)>,
}

impl Persons {
    /// Reads `actors/leaders.tsv`, the name lists and the lists of head words.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let mut all = Self::default();
        let file = "actors/leaders.tsv";
        let table = Table::parse(file, seeds.text(file)?)?;
        let [name, aliases, country, sector, kind, from, to] = [
            table.column("name")?,
            table.column("aliases")?,
            table.column("country")?,
            table.column("sector")?,
            table.column("kind")?,
            table.column("valid_from")?,
            table.column("valid_to")?,
        ];
        for row in table.rows() {
            let at = all.list.len() as u32;
            all.list.push(Leader {
                name: row.cell(name).to_owned(),
                country: row.some(country).and_then(Code::new),
                sector: row.some(sector).and_then(Code::new),
                office: row.cell(kind).to_owned(),
                valid: (row.cell(from).parse().ok(), row.cell(to).parse().ok()),
            });
            // An alias of one word means its bearer by itself.
            for alias in row.list(aliases).filter(|a| !a.contains([' ', '-'])) {
                all.alone.entry(folded(alias)).or_default().push(at);
            }
            for name in std::iter::once(row.cell(name)).chain(row.list(aliases)) {
                all.spelt.extend(name.rsplit([' ', '-']).next().map(folded));
                let words: Vec<String> = keys(name).collect();
                all.by_name.entry(words.join(" ")).or_default().push(at);
                if let Some(last) = words.last() {
                    let list = all.by_family.entry(last.clone()).or_default();
                    if list.last() != Some(&at) {
                        list.push(at);
                    }
                }
            }
        }
        all.shared_offices = shared_offices(&all.list);
        all.given = set(seeds, &["names/given_names.tsv"], "name")?;
        all.family = set(seeds, &["names/family_names.tsv"], "name")?;
        let file = "lexicon/bodies.tsv";
        let table = Table::parse(file, seeds.text(file)?)?;
        let (name, kind) = (table.column("name")?, table.column("kind")?);
        for row in table.rows() {
            let word = row.cell(name).to_lowercase();
            let body = match row.cell(kind) {
                "organ" => BodyName::Organ,
                "short" => BodyName::Short,
                "event" | "law" | "people" | "place" | "programme" | "thing" | "word" => BodyName::None,
                list => {
                    let words = match list {
                        "ending" => &mut all.endings,
                        "firm" => &mut all.firm_ends,
                        "local" => &mut all.local_heads,
                        "head" => &mut all.shared_heads,
                        "nobody" => &mut all.heads,
                        other => return Err(row.error(format!("`{other}` is no kind of body"))),
                    };
                    words.insert(word);
                    continue;
                }
            };
            all.bodies.insert(word, body);
        }
        all.namesakes = set(seeds, &["lexicon/namesakes.tsv"], "name")?;
        all.bearers = Bearers::new(seeds)?;
        all.everyday = set(seeds, &["lexicon/everyday.tsv"], "word")?;
        all.companies = set(seeds, &["names/company_suffixes.tsv"], "name")?;
        all.common = set(seeds, &["lexicon/common_words.tsv"], "word")?;
        all.heads.extend(set(
            seeds,
            &["names/facility_heads.tsv", "names/organization_heads.tsv", "names/event_heads.tsv"],
            "name",
        )?);
        all.heads.extend(set(seeds, &["names/place_heads.tsv"], "name")?);
        Ok(all)
    }

    /// The leader of a full name (two words or more), on a day where one is known.
    pub fn leader(&self, name: &str, day: Option<Date>) -> Option<&Leader> {
        let mut words: Vec<String> = keys(name).collect();
        if words.len() < 2 {
            return None;
        }
        let rows = self.by_name.get(&words.join(" ")).or_else(|| {
            words.retain(|w| w.len() > 1);
            self.by_name.get(&words.join(" "))
        });
        self.on(rows?, day)
    }

    /// The leader of a family name, where it is the only one in the office that `role` names: at that time, or before
    /// it ("President Nixon").
    pub fn leader_by_family(&self, family: &str, role: &str, day: Option<Date>) -> Option<&Leader> {
        let role = role.to_lowercase();
        let rows = self.by_family.get(&sound(family))?;
        // "Senator Scott" may be one whom the dictionary doesn't know.
        let namesake = self.namesakes.contains(&folded(family));
        let sole = |past: bool| {
            let fits = |l: &&Leader| {
                let begun = day.is_none_or(|d| l.valid.0.is_none_or(|f| f <= d));
                let lasts = past || day.is_none_or(|d| l.valid.1.is_none_or(|t| d <= t));
                role.contains(&l.office) && begun && lasts && !(namesake && self.is_held_by_many(l))
            };
            let mut found = rows.iter().filter_map(|at| self.list.get(*at as usize)).filter(fits);
            let first = found.next()?;
            found.all(|l| l.name == first.name).then_some(first)
        };
        // One that only sounds alike may hold office today, but is no "President" of the past.
        sole(false).or_else(|| self.is_leaders_family(family).then(|| sole(true)).flatten())
    }

    /// The only leader of a family name at that time, whatever the office.
    pub fn sole_leader(&self, family: &str, day: Option<Date>) -> Option<&Leader> {
        let begun = |l: &&Leader| day.is_none_or(|d| l.valid.0.is_none_or(|from| from <= d));
        if let Some(rows) = self.alone.get(&folded(family)) {
            return rows.iter().filter_map(|at| self.list.get(*at as usize)).find(begun);
        }
        // Where many bear the name it means nobody; one that only sounds alike ("Muddy", "Xia") is another's.
        let shared = self.is_given(family) || self.namesakes.contains(&folded(family));
        if shared || !self.is_leaders_family(family) {
            return None;
        }
        let rows = self.by_family.get(&sound(family))?;
        let mut leaders = rows.iter().filter_map(|at| self.list.get(*at as usize));
        let first = leaders.next()?;
        let sole = leaders.all(|l| l.name == first.name);
        // Somebody of the past may be named, somebody of the future not.
        let mut held = rows.iter().filter_map(|at| self.list.get(*at as usize)).filter(begun);
        if sole && family.len() > 3 { held.next() } else { None }
    }

    /// Whether several leaders of one country hold an office at one time.
    fn is_held_by_many(&self, leader: &Leader) -> bool {
        self.shared_offices.contains(&(leader.country, leader.office.clone()))
    }

    /// Whether a leader bears a family name.
    pub fn is_leaders_family(&self, word: &str) -> bool {
        self.spelt.contains(&folded(word.rsplit('-').next().unwrap_or(word)))
    }

    /// Whether somebody held an office that a text names.
    pub fn held(&self, name: &str, office: &str) -> bool {
        let words: Vec<String> = keys(name).collect();
        let rows = self.by_name.get(&words.join(" ")).map_or(&[][..], Vec::as_slice);
        rows.iter().filter_map(|at| self.list.get(*at as usize)).any(|l| office.contains(&l.office))
    }

    fn on(&self, rows: &[u32], day: Option<Date>) -> Option<&Leader> {
        let leaders = rows.iter().filter_map(|at| self.list.get(*at as usize));
        let holds = |l: &&Leader| {
            day.is_some_and(|d| l.valid.0.is_none_or(|f| f <= d) && l.valid.1.is_none_or(|t| d <= t))
        };
        // A name of several ("George Bush") means one of them only in his time.
        let one = || leaders.clone().map(|l| &l.name).is_sorted_by(|a, b| a == b);
        leaders.clone().find(holds).or_else(|| one().then(|| leaders.clone().next()).flatten())
    }

    /// Whether a word is a given name.
    pub fn is_given(&self, word: &str) -> bool {
        self.given.contains(&word.to_lowercase())
    }

    /// Whether a word is a family name.
    pub fn is_family(&self, word: &str) -> bool {
        self.family.contains(&word.to_lowercase())
    }

    /// What the name of a body (in lower case, without dots) means, where that is known.
    pub fn body_name(&self, name: &str) -> Option<BodyName> {
        self.bodies.get(name).copied()
    }

    /// How many bear a given name and a family name together.
    pub fn frequency(&self, first: &str, last: &str) -> Frequency {
        self.bearers.of(first, last, self.is_given(first), self.namesakes.contains(&last.to_lowercase()))
    }

    /// Whether people bear a word as their given or family name.
    pub fn is_borne(&self, word: &str) -> bool {
        self.is_given(word)
            || self.is_family(word)
            || self.is_leaders_family(word)
            || self.bearers.is_name(word)
    }

    /// Whether names of bodies that end in a word (in lower case) are those of laws, roads and the like.
    pub fn is_no_body_ending(&self, word: &str) -> bool {
        self.endings.contains(word)
    }

    /// Whether a word (in lower case) heads names that bodies of several states bear.
    pub fn is_shared_head(&self, word: &str) -> bool {
        self.shared_heads.contains(word)
    }

    /// Whether a word (in lower case) makes a body's name of a person's before it.
    pub fn is_firm_end(&self, word: &str) -> bool {
        self.firm_ends.contains(word)
    }

    /// Whether a word (in lower case) heads names that bodies of several provinces or towns bear.
    pub fn is_local_head(&self, word: &str) -> bool {
        self.local_heads.contains(word)
    }

    /// Whether news writes a word small often enough that a capital makes no name of it.
    pub fn is_everyday(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        self.common.contains(&lower) || self.everyday.contains(&lower)
    }

    /// Whether a word (in lower case) is a form of company at a name's end.
    pub fn is_company_form(&self, word: &str) -> bool {
        self.companies.contains(word)
    }

    /// Whether news writes a word small.
    pub fn is_common(&self, word: &str) -> bool {
        self.common.contains(&word.to_lowercase())
    }

    /// Whether a name that ends in this word belongs to a place, a building, a body or an event.
    pub fn is_head(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        self.heads.contains(&lower) && !self.family.contains(&lower) && !self.given.contains(&lower)
    }
}

/// The offices of each country that two leaders or more hold at one time.
fn shared_offices(list: &[Leader]) -> FxHashSet<(Option<Code>, String)> {
    let mut holders: FxHashMap<(Option<Code>, &str), Vec<&Leader>> = FxHashMap::default();
    for leader in list {
        holders.entry((leader.country, leader.office.as_str())).or_default().push(leader);
    }
    let before =
        |end: Option<Date>, start: Option<Date>| matches!((end, start), (Some(e), Some(s)) if e <= s);
    let together = |a: &Leader, b: &Leader| {
        a.name != b.name && !before(a.valid.1, b.valid.0) && !before(b.valid.1, a.valid.0)
    };
    let many = |held: &[&Leader]| {
        held.iter().enumerate().any(|(i, a)| held.iter().skip(i + 1).any(|b| together(a, b)))
    };
    let shared = holders.iter().filter(|(_, held)| many(held));
    shared.map(|((country, office), _)| (*country, (*office).to_owned())).collect()
}

/// The sounds of a name's words; initials stay, for they tell one George Bush from another.
fn keys(name: &str) -> impl Iterator<Item = String> {
    name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '.')).map(sound).filter(|k| !k.is_empty())
}

fn set(seeds: &Seeds, files: &[&str], column: &str) -> Result<FxHashSet<String>, SeedError> {
    let mut all = FxHashSet::default();
    for file in files {
        let table = Table::parse(file, seeds.text(file)?)?;
        let column = table.column(column)?;
        all.extend(table.rows().map(|r| r.cell(column).to_lowercase()));
    }
    Ok(all)
}
