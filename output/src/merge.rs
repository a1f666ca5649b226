//! Figures over all articles: what each article shows of a figure goes through a sort on disk, and each figure's
//! rows become one. The result depends on the set of rows only, not on their order.

use crate::days::{self, Day};
use crate::error::Error;
use crate::pack::{Unpack, put_number, put_text};
use crate::spill::{Records, Sorted};
use std::collections::BTreeMap;
use std::path::Path;
use transforms::code::Id;
use transforms::tables::FigureRow;

/// Names kept beside the main one; of more, those used most often.
const ALIASES_MAX: usize = 32;
/// Different texts counted for one figure and column; a figure has some dozens.
const TEXTS_MAX: usize = 4096;
/// Of a name's uses the share that a longer form of an organisation's name needs to be its name.
const FULL_SHARE: u32 = 10;
/// Of a figure's articles the share that must give a country for the figure to have one.
const COUNTRY_SHARE: u32 = 20;
/// The place of a missing day.
const NO_DAY: i32 = i32::MIN;

/// A row of `figures`: one figure over all articles.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the columns are documented where the schema is defined")]
pub struct FigureEntry {
    pub figure_id: Id,
    pub kind: Option<String>,
    pub name: Option<String>,
    pub aliases: Option<String>,
    pub country: Option<String>,
    pub sector: Option<String>,
    pub wikidata_id: Option<String>,
    pub n_articles: i32,
    pub first_seen: Option<Day>,
    pub last_seen: Option<Day>,
}

/// What articles show of figures, as records to sort: one row for each figure and article.
pub fn records(rows: &[FigureRow]) -> Records {
    let mut records = Records::default();
    for row in rows {
        records.push(&key(row.figure_id), |out| {
            put_text(out, Some(row.kind));
            put_text(out, Some(&row.name));
            put_text(out, row.country.as_ref().map(|c| c.as_str()));
            put_text(out, row.sector.as_ref().map(|c| c.as_str()));
            put_text(out, row.wikidata_id.as_deref());
            put_number(out, row.seen.map_or(NO_DAY, days::from_date));
            put_number(out, row.aliases.len() as i32);
            for alias in &row.aliases {
                put_text(out, Some(alias));
            }
        });
    }
    records
}

/// An id as a key: in the order of its printed form.
fn key(id: Id) -> [u8; 9] {
    let mut key = [id.kind; 9];
    if let Some(rest) = key.last_chunk_mut::<8>() {
        *rest = id.hash.to_be_bytes();
    }
    key
}

/// The id of a key.
fn id(key: &[u8]) -> Option<Id> {
    let (kind, hash) = key.split_first()?;
    Some(Id { kind: *kind, hash: u64::from_be_bytes(hash.try_into().ok()?) })
}

/// Figures out of sorted records, one after the other.
pub struct Figures {
    sorted: Sorted,
    folder: std::path::PathBuf,
    group: Option<(Id, Group)>,
}

impl Figures {
    /// The figures of sorted records that were spilled in `folder`.
    pub fn new(sorted: Sorted, folder: &Path) -> Self {
        Self { sorted, folder: folder.to_owned(), group: None }
    }

    /// The next figure by id, `None` at the end.
    pub fn next_figure(&mut self) -> Result<Option<FigureEntry>, Error> {
        loop {
            let Some((key, value)) = self.sorted.next_record()? else {
                return Ok(self.group.take().map(|(id, group)| group.entry(id)));
            };
            let damaged =
                || Error::bad(&self.folder, "the records spilled here came back damaged; run again");
            let id = id(key).ok_or_else(damaged)?;
            let mut done = None;
            let group = match &mut self.group {
                Some((open, group)) if *open == id => group,
                slot => {
                    done = slot.take().map(|(id, group)| group.entry(id));
                    &mut slot.insert((id, Group::default())).1
                }
            };
            group.add(value).ok_or_else(damaged)?;
            if done.is_some() {
                return Ok(done);
            }
        }
    }
}

/// How often each text was given.
#[derive(Debug, Default)]
struct Votes(BTreeMap<String, u32>);

impl Votes {
    fn add(&mut self, text: Option<&str>) {
        let Some(text) = text.filter(|t| !t.is_empty()) else { return };
        // Records come sorted, so which texts are left out doesn't depend on the order of the input.
        let full = self.0.len() >= TEXTS_MAX;
        match self.0.get_mut(text) {
            Some(votes) => *votes += 1,
            None if full => {}
            None => {
                self.0.insert(text.to_owned(), 1);
            }
        }
    }

    /// The text given most often; of equals the first by letters.
    fn most(&self) -> Option<String> {
        self.leading().map(|(text, _)| text.clone())
    }

    fn leading(&self) -> Option<(&String, &u32)> {
        self.0.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)))
    }

    /// The text given most often, where at least `least` gave it.
    fn most_of(&self, least: u32) -> Option<String> {
        self.leading().filter(|(_, votes)| **votes >= least).map(|(text, _)| text.clone())
    }
}

/// What is known of one figure.
#[derive(Debug, Default)]
struct Group {
    kinds: Votes,
    names: Votes,
    aliases: Votes,
    countries: Votes,
    sectors: Votes,
    wikidata: Votes,
    articles: i32,
    seen: Option<(i32, i32)>,
}

impl Group {
    fn add(&mut self, value: &[u8]) -> Option<()> {
        let mut value = Unpack(value);
        self.kinds.add(value.text()?);
        let name = value.text()?;
        self.names.add(name);
        self.aliases.add(name);
        self.countries.add(value.text()?);
        self.sectors.add(value.text()?);
        self.wikidata.add(value.text()?);
        let day = value.number()?;
        if day != NO_DAY {
            let (first, last) = self.seen.unwrap_or((day, day));
            self.seen = Some((first.min(day), last.max(day)));
        }
        for _ in 0..value.number()? {
            self.aliases.add(value.text()?);
        }
        self.articles = self.articles.saturating_add(1);
        Some(())
    }

    /// The figure's name: the one used most often, shouted ones last; of equals the longest, then the first by letters.
    /// An organisation's is the longest of those that are used often: "Associated Press" rather than "AP".
    fn name(&self) -> Option<String> {
        let longer = |a: &str, b: &str| a.chars().count().cmp(&b.chars().count());
        let shouted = |a: &str| a.contains(' ') && !a.contains(char::is_lowercase);
        let calm = |a: &str, b: &str| shouted(b).cmp(&shouted(a));
        let best = self
            .names
            .0
            .iter()
            .max_by(|a, b| calm(a.0, b.0).then(a.1.cmp(b.1)).then(longer(a.0, b.0)).then(b.0.cmp(a.0)));
        let (best, votes) = best?;
        if self.kinds.most().is_some_and(|k| k == "organisation") {
            let often = |n: &u32| *n >= 2 && n.saturating_mul(FULL_SHARE) >= *votes;
            let full = self.names.0.iter().filter(|(text, n)| often(n) && !shouted(text));
            let full = full.max_by(|a, b| longer(a.0, b.0).then(a.1.cmp(b.1)).then(b.0.cmp(a.0)));
            return Some(full.map_or(best, |(text, _)| text).clone());
        }
        Some(if shouted(best) { titled(best) } else { best.clone() })
    }

    fn entry(self, figure_id: Id) -> FigureEntry {
        let name = self.name();
        let mut others: Vec<(&String, &u32)> =
            self.aliases.0.iter().filter(|(text, _)| Some(*text) != name.as_ref()).collect();
        others.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        let mut others: Vec<String> =
            others.iter().take(ALIASES_MAX).map(|(text, _)| text.replace(';', ",")).collect();
        others.sort_unstable();
        others.dedup();
        FigureEntry {
            figure_id,
            kind: self.kinds.most(),
            aliases: (!others.is_empty()).then(|| others.join(";")),
            name,
            // One odd reading among many articles that give none is no country.
            country: self.countries.most_of(u32::try_from(self.articles).unwrap_or(0) / COUNTRY_SHARE),
            sector: self.sectors.most(),
            wikidata_id: self.wikidata.most(),
            n_articles: self.articles,
            first_seen: self.seen.map(|(first, _)| Day(first)),
            last_seen: self.seen.map(|(_, last)| Day(last)),
        }
    }
}

/// A name that is only known shouted, as names are written.
fn titled(shouted: &str) -> String {
    let mut begins = true;
    let mut name = String::with_capacity(shouted.len());
    for c in shouted.chars() {
        if begins {
            name.push(c)
        } else {
            name.extend(c.to_lowercase())
        }
        begins = !c.is_alphanumeric();
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spill::Sorter;
    use transforms::code::Code;

    fn row(hash: u64, name: &str, aliases: &[&str], country: Option<&str>, seen: Option<&str>) -> FigureRow {
        FigureRow {
            figure_id: Id { kind: b'f', hash },
            kind: "person",
            name: name.to_owned(),
            aliases: aliases.iter().map(|a| (*a).to_owned()).collect(),
            country: country.and_then(Code::new),
            sector: None,
            wikidata_id: None,
            seen: seen.and_then(|s| s.parse().ok()),
        }
    }

    fn merged(rows: &[FigureRow], run_bytes: usize) -> Vec<FigureEntry> {
        let folder = tempfile::tempdir().unwrap();
        let mut sorter = Sorter::new(folder.path(), run_bytes);
        for row in rows {
            sorter.push(&records(std::slice::from_ref(row))).unwrap();
        }
        let mut figures = Figures::new(sorter.finish().unwrap(), folder.path());
        std::iter::from_fn(|| figures.next_figure().unwrap()).collect()
    }

    #[test]
    fn rows_of_a_figure_become_one() {
        let rows = [
            row(2, "Ann Low", &["Low"], Some("GBR"), Some("2025-03-01")),
            row(1, "Bo", &[], None, None),
            row(2, "Ann Low", &["Ms Low; MP"], None, Some("2024-01-31")),
            row(2, "Ann B. Low", &["Low"], Some("IRL"), None),
            row(2, "Low", &[], Some("IRL"), None),
        ];
        let all = merged(&rows, usize::MAX);
        assert_eq!(all.len(), 2);
        let ann = &all[1];
        assert_eq!(ann.name.as_deref(), Some("Ann Low"));
        assert_eq!(ann.aliases.as_deref(), Some("Ann B. Low;Low;Ms Low, MP"));
        assert_eq!((ann.country.as_deref(), ann.n_articles), (Some("IRL"), 4));
        let text = |d: Option<Day>| d.map(|d| days::civil(d.0));
        assert_eq!((text(ann.first_seen), text(ann.last_seen)), (Some((2024, 1, 31)), Some((2025, 3, 1))));
        assert_eq!((all[0].aliases.as_deref(), all[0].first_seen), (None, None));

        let mut turned = rows.to_vec();
        turned.reverse();
        assert_eq!(merged(&turned, 1), all);
        turned.swap(0, 3);
        assert_eq!(merged(&turned, 64), all);
    }

    #[test]
    fn a_name_is_calm_and_an_organisation_s_is_full() {
        let all = merged(&[row(1, "ANN LOW", &[], None, None), row(1, "ANN LOW", &[], None, None)], 1);
        assert_eq!(all[0].name.as_deref(), Some("Ann Low"));
        let body = |name| FigureRow { kind: "organisation", ..row(1, name, &[], None, None) };
        let rows: Vec<FigureRow> = ["TP", "TP", "TP", "Tree Party", "Tree Party"].map(body).to_vec();
        assert_eq!(merged(&rows, 1)[0].name.as_deref(), Some("Tree Party"));
    }

    #[test]
    fn of_equally_frequent_names_the_longest_wins() {
        let all = merged(&[row(1, "Bo", &[], None, None), row(1, "Bo Lee", &[], None, None)], 1);
        assert_eq!(all[0].name.as_deref(), Some("Bo Lee"));
    }
}
