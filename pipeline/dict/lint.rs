//! What is wrong in dictionaries: lines that can't be read, phrases given twice, with different codes at one time,
//! entries that ended, and codes that nothing knows.

use super::codes::Codes;
use super::{Contents, Dated, Entry, Finding, Kind, overlay, petrarch, text};
use anyhow::{Context, bail};
use jiff::civil::Date;
use seeds::Seeds;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders below each other at most.
const DEPTH_MAX: usize = 16;

/// Looks at PETRARCH's files, tables of ours, and folders of either; entries that ended before `on` are found too.
///
/// # Errors
/// A file that can't be read, or none at all.
pub fn lint(paths: &[PathBuf], seeds: &Seeds, on: Option<Date>) -> anyhow::Result<(usize, Vec<Finding>)> {
    let mut files = Vec::new();
    for path in paths {
        walk(path, 0, &mut files)?;
    }
    let mut seeds = seeds.clone();
    // An analyst's own codes stand beside the dictionary that uses them.
    for path in files.iter().filter(|p| p.to_string_lossy().ends_with("actor_codes.tsv")) {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        seeds.overlay(format!("codebook/own_{name}"), fs::read(path)?);
    }
    let codes = Codes::new(&seeds)?;
    let mut all = Vec::new();
    let mut findings = Vec::new();
    let mut unknown: BTreeMap<String, (Finding, usize)> = BTreeMap::new();
    for path in files {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let text = text(&path)?;
        let contents = if name.ends_with(".tsv") {
            overlay::read(&name, &text, &codes)
        } else {
            petrarch::kind(&name, &text).map(|kind| petrarch::read(kind, &text))
        };
        let Some(Contents { entries, findings: own }) = contents else { continue };
        let found = |line, what| Finding { file: path.clone(), line, what };
        findings.extend(own.into_iter().map(|(line, what)| found(line, what)));
        for entry in entries {
            for Dated { code, line, .. } in &entry.codes {
                for part in overlay::unknown(code, &codes) {
                    let first = || (found(*line, String::new()), 0);
                    unknown.entry(part.to_owned()).or_insert_with(first).1 += 1;
                }
            }
            all.push((path.clone(), entry));
        }
    }
    findings.extend(unknown.into_iter().map(|(part, (finding, n))| {
        let times = if n == 1 { String::new() } else { format!(", {n} times in all") };
        let what = format!(
            "`{part}` is no country of ISO 3166 and no code of CAMEO{times}; correct it, or, if it is your own, give it \
             a row in codebook/own_actor_codes.tsv"
        );
        Finding { what, ..finding }
    }));
    let places = places(&all);
    repeated(&all, &places, &mut findings);
    if let Some(on) = on {
        expired(&all, &places, on, &mut findings);
    }
    findings.sort();
    findings.dedup();
    Ok((all.len(), findings))
}

/// The dictionary files of a path, in order.
fn walk(path: &Path, depth: usize, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    if depth > DEPTH_MAX {
        bail!("{}: more than {DEPTH_MAX} folders deep; is it a loop of links?", path.display());
    }
    if !path.is_dir() {
        fs::metadata(path).with_context(|| format!("{}: can't be read", path.display()))?;
        files.push(path.to_owned());
        return Ok(());
    }
    let listed = fs::read_dir(path).with_context(|| format!("{}: can't be listed", path.display()))?;
    let mut below = Vec::new();
    for entry in listed {
        below.push(entry.with_context(|| format!("{}: can't be listed", path.display()))?.path());
    }
    below.sort();
    for path in below {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let dictionary = ["tsv", "txt"].iter().any(|e| name.ends_with(&format!(".{e}")));
        if !name.starts_with('.') && (path.is_dir() || dictionary) {
            walk(&path, depth + 1, files)?;
        }
    }
    Ok(())
}

/// Where a phrase stands: entries by their place, and the phrase's own in the entry. The key is what is looked up: the
/// words without case, dots and hyphens, and whether they are an agent's.
type Places = BTreeMap<(bool, String), Vec<(usize, usize)>>;

fn places(all: &[(PathBuf, Entry)]) -> Places {
    let mut places = Places::new();
    for (at, (_, entry)) in all.iter().enumerate() {
        for (nth, phrase) in entry.phrases.iter().enumerate() {
            if !matches!(entry.kind, Kind::Discard(_)) {
                places.entry((entry.kind == Kind::Agent, folded(&phrase.text))).or_default().push((at, nth));
            }
        }
    }
    places
}

/// Entries whose main phrase has no row that holds any more.
fn expired(all: &[(PathBuf, Entry)], places: &Places, on: Date, findings: &mut Vec<Finding>) {
    for list in places.values() {
        let codes = || list.iter().filter_map(|(at, _)| all.get(*at)).flat_map(|(_, e)| &e.codes);
        let ends: Option<Vec<Date>> = codes().map(|c| c.to).collect();
        let Some(last) = ends.and_then(|e| e.into_iter().max()).filter(|last| *last < on) else { continue };
        let ends_last = list.iter().find_map(|(at, nth)| {
            let (path, entry) = all.get(*at)?;
            let own = *nth == 0 && entry.codes.iter().any(|c| c.to == Some(last));
            own.then_some((path, entry.phrases.first()?))
        });
        let Some((path, phrase)) = ends_last else { continue };
        findings.push(Finding {
            file: path.clone(),
            line: phrase.line,
            what: format!(
                "`{}` ended on {last}, and later articles find nobody under it; add what it is since then, or leave it \
                 if only older articles are read",
                phrase.text
            ),
        });
    }
}

/// Phrases that stand in several entries, or twice in one.
fn repeated(all: &[(PathBuf, Entry)], places: &Places, findings: &mut Vec<Finding>) {
    for list in places.values() {
        for (n, (second, nth)) in list.iter().enumerate().skip(1) {
            let Some((path, entry)) = all.get(*second) else { continue };
            let Some(phrase) = entry.phrases.get(*nth) else { continue };
            let clash = list.get(..n).unwrap_or(&[]).iter().find_map(|(first, other)| {
                let (file, before) = all.get(*first)?;
                let line = before.phrases.get(*other)?.line;
                if first == second {
                    return Some((file, line, None));
                }
                let pair = before.codes.iter().find_map(|a| {
                    entry.codes.iter().find(|b| a.overlaps(b)).map(|b| (a.code.clone(), b.code.clone()))
                })?;
                Some((file, line, (pair.0 != pair.1).then_some(pair)))
            });
            let Some((file, line, pair)) = clash else { continue };
            let place =
                if file == path { format!("line {line}") } else { format!("{}:{line}", file.display()) };
            let what = match pair {
                None => format!("`{}` stands in {place} too; drop one of them", phrase.text),
                Some((a, b)) => format!(
                    "`{}` is {a} in {place} and {b} here at the same time, and the first goes; keep one, or give them \
                     dates that don't overlap",
                    phrase.text
                ),
            };
            findings.push(Finding { file: path.clone(), line: phrase.line, what });
        }
    }
}

fn folded(text: &str) -> String {
    let plain = text.to_lowercase().replace(['-', '–', '/'], " ").replace(['.', '\'', '’', ','], "");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
