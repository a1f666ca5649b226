//! An overlay's tables read back as entries, each cell checked: what `dict lint` looks at in our own format.

use super::codes::{Codes, parts};
use super::{Contents, Dated, Entry, Kind, Phrase};
use jiff::civil::Date;
use seeds::table::{Row, Table};
use transforms::knowledge::dictionary;

/// Reads a table of actors, agents or discards; `None` where it is none of them.
pub(super) fn read(name: &str, text: &str, codes: &Codes) -> Option<Contents> {
    let mut contents = Contents::default();
    // A line with too few cells would hide all others: it is found here, and the rest is read without it.
    let sound = sound(text, &mut contents);
    let table = match Table::parse(name, &sound) {
        Ok(table) => table,
        Err(error) => {
            contents.findings.push((1, error.to_string()));
            return Some(contents);
        }
    };
    if let (Ok(phrase), Ok(scope)) = (table.column("phrase"), table.column("scope")) {
        table.rows().for_each(|row| discard(&row, phrase, scope, &mut contents));
        return Some(contents);
    }
    let name = table.column("name").ok()?;
    let columns = Columns {
        name,
        aliases: table.column("aliases").ok()?,
        plural: table.column("plural").ok(),
        country: table.column("country").ok()?,
        sector: table.column("sector").ok()?,
        kind: table.column("kind").ok()?,
        from: table.column("valid_from").ok()?,
        to: table.column("valid_to").ok()?,
        code: table.column("code").ok(),
        agents: table.column("is_group").is_ok(),
    };
    table.rows().for_each(|row| columns.entry(&row, codes, &mut contents));
    Some(contents)
}

/// The text with the lines blanked that have another number of cells than the header.
fn sound(text: &str, contents: &mut Contents) -> String {
    let says = |line: &str| !line.starts_with('#') && !line.trim().is_empty();
    let cells = |line: &str| line.bytes().filter(|b| *b == b'\t').count() + 1;
    let wanted = text.lines().find(|l| says(l)).map_or(0, cells);
    let mut out = String::with_capacity(text.len());
    for (at, line) in text.lines().enumerate() {
        if says(line) && cells(line) != wanted {
            let what =
                format!("{} cells where the header has {wanted}; put a tab for each empty cell", cells(line));
            contents.findings.push((at + 1, what));
        } else {
            out.push_str(line);
        }
        out.push('\n');
    }
    out
}

fn discard(row: &Row<'_, '_>, phrase: usize, scope: usize, contents: &mut Contents) {
    let article = match row.cell(scope) {
        "article" => true,
        "sentence" => false,
        other => {
            let what = format!("`{other}` is no scope; write sentence or article");
            return contents.findings.push((row.line, what));
        }
    };
    let phrases = vec![Phrase { text: row.cell(phrase).to_owned(), line: row.line }];
    contents.entries.push(Entry { kind: Kind::Discard(article), phrases, codes: Vec::new() });
}

struct Columns {
    name: usize,
    aliases: usize,
    plural: Option<usize>,
    country: usize,
    sector: usize,
    kind: usize,
    from: usize,
    to: usize,
    code: Option<usize>,
    agents: bool,
}

impl Columns {
    fn entry(&self, row: &Row<'_, '_>, codes: &Codes, contents: &mut Contents) {
        let mut wrong = |what: String| contents.findings.push((row.line, what));
        if row.some(self.name).is_none() {
            return wrong("no name; write the actor's main name in the first cell".to_owned());
        }
        if row.some(self.kind).is_none() {
            wrong("no kind, without which the row can't be read; write actor, party, person, ...".to_owned());
        }
        let (country, sector) = (row.cell(self.country), row.cell(self.sector));
        if !country.is_empty() && !codes.is_country(country) {
            wrong(format!(
                "`{country}` is no country of ISO 3166-1; leave the cell empty, and put a code of your own into the \
                 column `code`"
            ));
        }
        if !sector.is_empty() && !codes.is_sector(sector) {
            wrong(format!(
                "`{sector}` is no PLOVER role; see the column sector of seeds/codebook/actor_codes.tsv"
            ));
        }
        let mut day = |column: usize, last: bool| -> Option<Date> {
            let text = row.some(column)?;
            let found = dictionary::date(text, last);
            if found.is_none() {
                wrong(format!("`{text}` is no date; write YYYY-MM-DD, YYYY-MM or YYYY"));
            }
            found
        };
        let (from, to) = (day(self.from, false), day(self.to, true));
        if matches!((from, to), (Some(from), Some(to)) if to < from) {
            wrong("valid_to is before valid_from; exchange the dates".to_owned());
        }
        let code = self.code.and_then(|c| row.some(c));
        let code = code.map_or_else(|| format!("{country}{sector}"), str::to_owned);
        let plural = self.plural.into_iter().flat_map(|p| row.list(p));
        let phrases = std::iter::once(row.cell(self.name)).chain(row.list(self.aliases)).chain(plural);
        contents.entries.push(Entry {
            kind: if self.agents { Kind::Agent } else { Kind::Actor },
            phrases: phrases.map(|text| Phrase { text: text.to_owned(), line: row.line }).collect(),
            codes: vec![Dated { code, from, to, line: row.line }],
        });
    }
}

/// The parts of a code that nothing knows; codes for nobody and marks of agents are no parts.
pub(super) fn unknown<'c>(code: &'c str, codes: &Codes) -> impl Iterator<Item = &'c str> {
    code.split('/')
        .map(|c| c.trim().trim_matches('~'))
        .filter(|c| !c.bytes().all(|b| matches!(b, b'-' | b'+' | b'#')))
        .flat_map(parts)
        .filter(|part| !codes.knows(part))
}
