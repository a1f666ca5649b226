//! Entries become an overlay: tables in `actors/` and `rules/discards/` of a folder for `--seeds`.

use super::codes::Codes;
use super::{Contents, Dated, Entry, Finding, Kind, petrarch, text};
use anyhow::{Context, bail};
use seeds::Seeds;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// What an import made.
#[derive(Debug, Default)]
pub struct Imported {
    /// Files written, with their rows.
    pub files: Vec<(PathBuf, usize)>,
    /// Lines that could not be read.
    pub findings: Vec<Finding>,
}

/// Reads PETRARCH's files and writes an overlay folder; files of other names there stay.
///
/// # Errors
/// A file that can't be read or written, or of which it can't be said what it holds.
pub fn import(files: &[PathBuf], output: &Path, seeds: &Seeds) -> anyhow::Result<Imported> {
    let codes = Codes::new(seeds)?;
    let mut done = Imported::default();
    let mut taken = BTreeMap::new();
    for path in files {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let text = text(path)?;
        let Some(kind) = petrarch::kind(&name, &text) else {
            bail!(
                "{}: neither actors, agents nor discards; name the file so, such as mine.actors.txt",
                path.display()
            );
        };
        let contents = petrarch::read(kind, &text);
        let stem = stem(&name, kind);
        let place = match kind {
            Kind::Discard(_) => format!("rules/discards/{stem}.tsv"),
            _ => format!("actors/{stem}.tsv"),
        };
        if let Some(other) = taken.insert(place.clone(), path) {
            bail!(
                "{} and {} would both become {place}; give one another name",
                other.display(),
                path.display()
            );
        }
        let (rows, table) = match kind {
            Kind::Actor => actors(&name, &contents, &codes),
            Kind::Agent => agents(&name, &contents, &codes),
            Kind::Discard(_) => discards(&name, &contents),
        };
        let full = output.join(&place);
        if let Some(folder) = full.parent() {
            fs::create_dir_all(folder).with_context(|| format!("{}: can't be made", folder.display()))?;
        }
        fs::write(&full, table).with_context(|| format!("{}: can't be written", full.display()))?;
        done.files.push((full, rows));
        done.findings.extend(contents.findings.into_iter().map(|(line, what)| Finding {
            file: path.clone(),
            line,
            what,
        }));
    }
    Ok(done)
}

/// The name of the table of a file: lower case, letters and digits; not one of the program's own.
fn stem(name: &str, kind: Kind) -> String {
    let name = name.strip_suffix(".txt").unwrap_or(name).to_lowercase();
    let mut stem = String::new();
    for c in name.chars() {
        if c.is_alphanumeric() {
            stem.push(c);
        } else if !stem.ends_with('_') {
            stem.push('_');
        }
    }
    let suffix = match kind {
        Kind::Actor => "actors",
        Kind::Agent => "agents",
        Kind::Discard(_) => "discards",
    };
    let stem = stem.trim_matches('_');
    if stem.contains(suffix) && stem != suffix { stem.to_owned() } else { format!("{stem}_{suffix}") }
}

fn head(what: &str, columns: &str, name: &str, header: &str) -> String {
    format!(
        "# {what} of an imported dictionary.\n# Columns: {columns}\n\
         # Origin: {name}, read by `columnist dict import`; its terms of use hold.\n{header}\n"
    )
}

/// A cell: no tab and no line end in it.
fn cell(text: &str) -> String {
    text.replace(['\t', '\n', '\r', ';'], " ")
}

fn actors(name: &str, contents: &Contents, codes: &Codes) -> (usize, String) {
    let mut out = head(
        "Actors",
        "name; aliases split by \";\"; country (ISO 3166-1 alpha-3, empty where the code has none); sector (PLOVER role); \
         kind; valid_from, valid_to (the first row that holds on the day of publication goes, else the one without \
         dates); code (as in the dictionary; `/` between several, `---` for nobody).",
        name,
        "name\taliases\tcountry\tsector\tkind\tvalid_from\tvalid_to\tcode",
    );
    let mut rows = 0;
    for entry in &contents.entries {
        let Some((first, aliases)) = entry.phrases.split_first() else { continue };
        let aliases: Vec<String> = aliases.iter().map(|p| cell(&p.text)).collect();
        for Dated { code, from, to, .. } in &entry.codes {
            // Of several actors at once the table says no country: each code says its own.
            let one = (!code.contains('/')).then_some(code.as_str());
            let country = one.and_then(|c| codes.country(c)).unwrap_or("");
            let sector = one.and_then(|c| codes.sector(c)).unwrap_or("");
            let day = |d: &Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
            let (name, aliases) = (cell(&first.text), aliases.join(";"));
            let _ = writeln!(
                out,
                "{name}\t{aliases}\t{country}\t{sector}\tactor\t{}\t{}\t{}",
                day(from),
                day(to),
                cell(code)
            );
            rows += 1;
        }
    }
    (rows, out)
}

fn agents(name: &str, contents: &Contents, codes: &Codes) -> (usize, String) {
    let mut out = head(
        "Agents",
        "name; aliases; country, valid_from, valid_to (empty here); sector (PLOVER role); kind; plural; is_group; code \
         (`~GOV` goes behind the actor's, `NGO~` before it).",
        name,
        "name\taliases\tcountry\tsector\tkind\tvalid_from\tvalid_to\tplural\tis_group\tcode",
    );
    let mut rows = 0;
    for Entry { phrases, codes: own, .. } in &contents.entries {
        let (Some((first, aliases)), Some(code)) = (phrases.split_first(), own.first()) else { continue };
        let sector = codes.sector(code.code.trim_matches('~')).unwrap_or("");
        let aliases: Vec<String> = aliases.iter().map(|p| cell(&p.text)).collect();
        let _ = writeln!(
            out,
            "{}\t{}\t\t{sector}\tgroup\t\t\t\t1\t{}",
            cell(&first.text),
            aliases.join(";"),
            cell(&code.code)
        );
        rows += 1;
    }
    (rows, out)
}

fn discards(name: &str, contents: &Contents) -> (usize, String) {
    let mut out = head(
        "Phrases that no event is wanted of",
        "phrase; scope (sentence, or article for the whole).",
        name,
        "phrase\tscope",
    );
    for Entry { kind, phrases, .. } in &contents.entries {
        let scope = if *kind == Kind::Discard(true) { "article" } else { "sentence" };
        for phrase in phrases {
            // In small letters, which match any writing.
            let _ = writeln!(out, "{}\t{scope}", cell(&phrase.text.to_lowercase()));
        }
    }
    (contents.entries.len(), out)
}
