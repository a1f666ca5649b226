//! How many people bear a name: a given name and a family name that very many bear make a name that alone says little.

use rustc_hash::FxHashMap;
use seeds::table::Table;
use seeds::{SeedError, Seeds};

/// How many bear a whole name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Frequency {
    /// Few enough that it means one person in the news.
    Rare,
    /// Dozens and more: what a text tells of the bearer must fit too.
    Frequent,
    /// Very many: a text that tells nothing of the bearer could mean any of them.
    Very,
}

/// Bearers of a whole name from whom on it is frequent, in a country as large as the one counted.
const FREQUENT: u64 = 25;
/// Bearers from whom on a name says nothing without more.
const VERY: u64 = 700;
/// People of the country that was counted, in millions.
const MILLIONS: u64 = 250;
/// Bearers in a million of a given name that is known but was not counted.
const GIVEN_UNCOUNTED: u32 = 300;
/// Bearers in a million of a family name that is known to be frequent but was not counted.
const FAMILY_UNCOUNTED: u32 = 1_000;

/// Shares of given and family names, in people of a million.
#[derive(Debug, Default)]
pub struct Bearers(FxHashMap<String, (u32, u32)>);

impl Bearers {
    /// Reads `lexicon/bearers.tsv`.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let file = "lexicon/bearers.tsv";
        let table = Table::parse(file, seeds.text(file)?)?;
        let [name, given, family] = [table.column("name")?, table.column("given")?, table.column("family")?];
        let mut all = FxHashMap::default();
        for row in table.rows() {
            let share = |column| row.some(column).map_or(Ok(0), str::parse);
            let shares = share(given).and_then(|g| Ok((g, share(family)?)));
            all.insert(row.cell(name).to_lowercase(), shares.map_err(|_| row.error("no whole number"))?);
        }
        Ok(Self(all))
    }

    /// Whether people bear a word as a name at all.
    pub fn is_name(&self, word: &str) -> bool {
        self.0.contains_key(&word.to_lowercase())
    }

    /// How many bear a given and a family name together; `given` and `namesake` say what other lists know of the two.
    pub fn of(&self, first: &str, last: &str, given: bool, namesake: bool) -> Frequency {
        let shares = |word: &str| self.0.get(&word.to_lowercase()).copied().unwrap_or_default();
        let known = |share: u32, listed: bool, else_: u32| if share == 0 && listed { else_ } else { share };
        let first = u64::from(known(shares(first).0, given, GIVEN_UNCOUNTED));
        let last = u64::from(known(shares(last).1, namesake, FAMILY_UNCOUNTED));
        match first * last * MILLIONS / 1_000_000 {
            VERY.. => Frequency::Very,
            FREQUENT.. => Frequency::Frequent,
            _ if given && namesake => Frequency::Frequent,
            _ => Frequency::Rare,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_as_frequent_as_both_their_words() {
        let all = Bearers::new(&Seeds::embedded()).unwrap();
        for (first, last, frequency) in [
            ("Michael", "Thomas", Frequency::Very),
            ("Imran", "Khan", Frequency::Very),
            ("Joe", "Darby", Frequency::Frequent),
            ("Lisa", "Gilbert", Frequency::Frequent),
            ("Ketevan", "Lomidze", Frequency::Rare),
            ("Lloyd", "Zuckerman", Frequency::Rare),
        ] {
            assert_eq!(all.of(first, last, false, false), frequency, "{first} {last}");
        }
        assert_eq!(all.of("Gulzar", "Bhatti", true, true), Frequency::Frequent);
    }
}
