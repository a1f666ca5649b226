//! Word lists for the name tagger: phrases with the kinds they may be, and the clusters of words by context.

use super::features::{CAPITAL, CAPS_SENTENCE, TokenInfo, pair};
use super::segment::{Lower, hash_bytes};
use seeds::{SeedError, Seeds};

/// What a list says about the phrases in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Countries.
    Country,
    /// Demonyms, peoples, faiths, camps.
    Demonym,
    /// Towns.
    City,
    /// Provinces, regions, seas.
    Region,
    /// Organisations.
    Organization,
    /// Given names.
    GivenName,
    /// Family names.
    FamilyName,
    /// Words that head organisations.
    OrganizationHead,
    /// Words that head places.
    PlaceHead,
    /// Words that head events.
    EventHead,
    /// Endings of firms.
    CompanySuffix,
    /// Titles before names.
    Title,
    /// Months and days.
    Calendar,
    /// People.
    Person,
    /// Words that head buildings and roads.
    FacilityHead,
    /// Words that head laws and works.
    Work,
}

impl Kind {
    /// Its bit among the kinds of a phrase.
    pub const fn bit(self) -> u32 {
        1 << self as u32
    }
}

#[derive(Clone, Copy, Default)]
struct Entry {
    key: u32,
    /// Kinds in the lower 16 bits; bit 16: a longer entry begins with this phrase.
    kinds: u32,
}

const PREFIX: u32 = 1 << 16;

/// Phrases by the hashes of their lower-cased tokens.
pub struct NameLexicon {
    table: Vec<Entry>,
    used: usize,
}

impl Default for NameLexicon {
    fn default() -> Self {
        NameLexicon { table: vec![Entry::default(); 1 << 10], used: 0 }
    }
}

/// The pieces of a phrase as the tokenizer would cut them.
fn pieces(phrase: &str) -> impl Iterator<Item = &str> {
    phrase.split_whitespace().flat_map(|word| word.split_inclusive('-')).flat_map(|piece| {
        let (word, hyphen) = match piece.strip_suffix('-') {
            Some(word) if !word.is_empty() => (word, "-"),
            _ => (piece, ""),
        };
        [word, hyphen].into_iter().filter(|s| !s.is_empty())
    })
}

/// Names and kinds of the list of judged names.
pub fn judged(tsv: &str) -> impl Iterator<Item = (&str, &str)> {
    tsv.lines().filter(|l| !l.starts_with('#')).skip(1).filter_map(|l| l.split_once('\t'))
}

fn key_of(lower: u32) -> u32 {
    // Zero marks an empty slot.
    lower.max(1)
}

impl NameLexicon {
    const LONGEST: usize = 7;
    /// Names of smaller places are too often words or people's names.
    const SMALLEST_TOWN: u32 = 15_000;

    /// All lists of names among the data files.
    pub fn load(seeds: &Seeds) -> Result<Self, SeedError> {
        let mut lexicon = NameLexicon::default();
        for path in seeds.folder("gazetteer/").chain(seeds.folder("names/")).chain(seeds.folder("actors/")) {
            let file = path.rsplit('/').next().unwrap_or(path);
            lexicon.add_file(file, seeds.text(path)?);
        }
        Ok(lexicon)
    }

    /// Adds a list by its file's name; files that are no list of names are left out.
    pub fn add_file(&mut self, file: &str, tsv: &str) {
        let kind = match file.trim_end_matches(".tsv") {
            "countries" => Kind::Country,
            "demonyms" | "groups" => Kind::Demonym,
            "cities" => Kind::City,
            "regions" | "admin1" | "districts" => Kind::Region,
            "organizations" | "agencies" | "armed_groups" | "companies" | "media" | "parties" => {
                Kind::Organization
            }
            "judged" => return self.add_judged(tsv),
            "given_names" => Kind::GivenName,
            "family_names" => Kind::FamilyName,
            "organization_heads" => Kind::OrganizationHead,
            "place_heads" => Kind::PlaceHead,
            "facility_heads" => Kind::FacilityHead,
            "event_heads" => Kind::EventHead,
            "company_suffixes" => Kind::CompanySuffix,
            "titles_short" => Kind::Title,
            "calendar" => Kind::Calendar,
            "leaders" => Kind::Person,
            "works_heads" => Kind::Work,
            "constituents" => Kind::Region,
            _ => return,
        };
        self.add_lines(kind, tsv);
    }

    /// Adds names with their kinds.
    fn add_judged(&mut self, tsv: &str) {
        for (name, label) in judged(tsv) {
            let kind = match label {
                "PERSON" => Kind::Person,
                "NORP" => Kind::Demonym,
                "ORG" => Kind::Organization,
                "GPE" => Kind::Region,
                _ => Kind::Work,
            };
            self.add(kind.bit(), name);
        }
    }

    /// Adds every line of a list; lines that begin with `#` are comments. A list either has one phrase in its first
    /// column, or a header that says where names, aliases, demonyms and capitals stand (split by ";").
    pub fn add_lines(&mut self, kind: Kind, tsv: &str) {
        let mut lines = tsv.lines().filter(|l| !l.starts_with('#')).peekable();
        let header: Vec<&str> = lines.peek().map_or(vec![], |l| l.split('\t').collect());
        let column = |name: &str| header.iter().position(|h| *h == name);
        let named = column("name");
        if named.is_some() {
            lines.next();
        }
        let (population, ambiguous) = (column("population"), column("ambiguous"));
        let kinds = [
            (Some(named.unwrap_or(0)), kind),
            (column("aliases"), kind),
            (column("demonyms"), Kind::Demonym),
            (column("capital"), Kind::City),
        ];
        for line in lines {
            // The column is near the end of 150,000 lines, most of which need no other cell.
            let after = population.map(|k| header.len().saturating_sub(k + 1));
            let people = after.and_then(|k| line.rsplit('\t').nth(k)).and_then(|p| p.parse::<u32>().ok());
            let doubtful = ambiguous.and_then(|k| line.split('\t').nth(k)) == Some("1");
            if doubtful || people.is_some_and(|p| p < Self::SMALLEST_TOWN) {
                continue;
            }
            for (place, kind) in kinds {
                let cell = place.and_then(|k| line.split('\t').nth(k)).unwrap_or("");
                cell.split(';')
                    .map(str::trim)
                    .filter(|p| !p.is_empty())
                    .for_each(|p| self.add(kind.bit(), p));
            }
        }
    }

    /// Adds one phrase with the given kinds.
    pub fn add(&mut self, kinds: u32, phrase: &str) {
        let mut key = None;
        let count = pieces(phrase).count();
        if count == 0 || count > Self::LONGEST {
            return;
        }
        for (k, piece) in pieces(phrase).enumerate() {
            let lower = hash_bytes(Lower::new(piece).as_bytes());
            let joined = key.map_or(lower, |so_far| pair(so_far, lower));
            key = Some(joined);
            self.insert(key_of(joined), if k + 1 == count { kinds & 0xFFFF } else { PREFIX });
        }
    }

    fn insert(&mut self, key: u32, kinds: u32) {
        if self.used * 2 >= self.table.len() {
            let old = std::mem::take(&mut self.table);
            self.table = vec![Entry::default(); old.len() * 2];
            self.used = 0;
            for e in old.into_iter().filter(|e| e.key != 0) {
                self.place(e.key, e.kinds);
            }
        }
        self.place(key, kinds);
    }

    fn place(&mut self, key: u32, kinds: u32) {
        let mask = self.table.len() - 1;
        let mut slot = (key as usize).wrapping_mul(0x9E37_79B1) >> 7 & mask;
        while let Some(e) = self.table.get_mut(slot) {
            if e.key == 0 || e.key == key {
                self.used += usize::from(e.key == 0);
                e.key = key;
                e.kinds |= kinds;
                return;
            }
            slot = (slot + 1) & mask;
        }
    }

    fn get(&self, key: u32) -> u32 {
        let mask = self.table.len() - 1;
        let mut slot = (key as usize).wrapping_mul(0x9E37_79B1) >> 7 & mask;
        while let Some(e) = self.table.get(slot) {
            if e.key == key {
                return e.kinds;
            }
            if e.key == 0 {
                return 0;
            }
            slot = (slot + 1) & mask;
        }
        0
    }

    /// The kinds of a whole phrase given by its tokens' lower-case hashes.
    pub fn kinds(&self, lowers: impl Iterator<Item = u32>) -> u32 {
        lowers.reduce(pair).map_or(0, |key| self.get(key_of(key)) & 0xFFFF)
    }

    /// Marks the tokens of a sentence that stand in an entry; an entry must begin with a capital in the text.
    pub(super) fn mark(&self, infos: &mut [TokenInfo]) {
        for i in 0..infos.len() {
            let Some(first) = infos.get(i) else { break };
            if !first.has(CAPITAL) && !first.has(CAPS_SENTENCE) {
                continue;
            }
            let mut key = first.lower;
            for len in 1..=Self::LONGEST {
                let kinds = self.get(key_of(key));
                let named = u64::from(kinds & 0xFFFF);
                if named != 0 {
                    for (k, info) in infos.iter_mut().skip(i).take(len).enumerate() {
                        // Longer entries and single words are told apart: 16 bits each for inside, begin and alone.
                        info.lists |= if len == 1 {
                            named << 32
                        } else if k == 0 {
                            named << 16
                        } else {
                            named
                        };
                    }
                }
                if kinds & PREFIX == 0 {
                    break;
                }
                let Some(next) = infos.get(i + len) else { break };
                key = pair(key, next.lower);
            }
        }
    }
}

/// Word clusters by the hash of the form.
#[derive(Default)]
pub struct ClusterTable {
    slots: Vec<(u32, u16)>,
}

impl ClusterTable {
    /// The table of these pairs; cluster 0 is kept for unknown words.
    pub fn new(pairs: impl Iterator<Item = (u32, u16)> + Clone) -> Self {
        let size = (pairs.clone().count() * 2 + 2).next_power_of_two();
        let mut slots = vec![(0, 0); size];
        for (key, value) in pairs {
            let mut slot = key as usize & (size - 1);
            while let Some(s) = slots.get_mut(slot) {
                if s.0 == 0 || s.0 == key {
                    *s = (key, value);
                    break;
                }
                slot = (slot + 1) & (size - 1);
            }
        }
        ClusterTable { slots }
    }

    /// The cluster of a form, or of its lower-cased form; 0 for unknown words.
    pub fn get(&self, cased: u32, lower: u32) -> u16 {
        match self.find(cased) {
            0 if cased != lower => 0,
            found => found,
        }
    }

    fn find(&self, key: u32) -> u16 {
        if self.slots.is_empty() {
            return 0;
        }
        let mask = self.slots.len() - 1;
        let mut slot = key as usize & mask;
        while let Some(&(k, v)) = self.slots.get(slot) {
            if k == key {
                return v;
            }
            if k == 0 {
                return 0;
            }
            slot = (slot + 1) & mask;
        }
        0
    }
}
