//! Tab-separated data files: `# ` comment lines, a header row, rows; cells are looked up by column name.

use crate::SeedError;

/// Cells of a row whose ends are remembered; those of further columns are looked for each time.
const CELLS_REMEMBERED: usize = 16;

/// A parsed tab-separated file that borrows its text.
#[derive(Debug)]
pub struct Table<'a> {
    file: &'a str,
    text: &'a str,
    header: Vec<&'a str>,
}

/// One row; cells are trimmed of surrounding spaces.
#[derive(Debug, Clone, Copy)]
pub struct Row<'t, 'a> {
    table: &'t Table<'a>,
    /// 1-based line in the file.
    pub line: usize,
    text: &'a str,
    /// Where the first cells end; looked for once, since most readers ask for most cells.
    ends: [u32; CELLS_REMEMBERED],
}

/// The lines that say something, with their numbers from 1: the header first, then the rows.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line.trim_end_matches('\r')))
        .filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty())
}

impl<'a> Table<'a> {
    /// Reads a file's text. Every row must have as many cells as the header.
    pub fn parse(file: &'a str, text: &'a str) -> Result<Self, SeedError> {
        let mut lines = lines(text);
        let (_, header) =
            lines.next().ok_or_else(|| SeedError::line(file, 1, "no header row with the column names"))?;
        let header: Vec<&str> = header.split('\t').map(str::trim).collect();
        for (line, row) in lines {
            let cells = row.bytes().filter(|b| *b == b'\t').count() + 1;
            if cells != header.len() {
                let what =
                    format!("{cells} cells where the header has {}; cells are parted by tabs", header.len());
                return Err(SeedError::line(file, line, what));
            }
        }
        Ok(Self { file, text, header })
    }

    /// The place of a column.
    pub fn column(&self, name: &str) -> Result<usize, SeedError> {
        self.header.iter().position(|c| *c == name).ok_or_else(|| {
            SeedError::line(
                self.file,
                1,
                format!("no column `{name}`; the columns are {}", self.header.join(", ")),
            )
        })
    }

    /// The rows in file order.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_, 'a>> {
        lines(self.text).skip(1).map(|(line, text)| Row { table: self, line, text, ends: ends(text) })
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        lines(self.text).skip(1).count()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The file's path below `seeds/`, for errors.
    pub fn file(&self) -> &'a str {
        self.file
    }
}

/// Where the first cells of a row end.
fn ends(row: &str) -> [u32; CELLS_REMEMBERED] {
    let mut ends = [row.len() as u32; CELLS_REMEMBERED];
    let tabs = row.bytes().zip(0..).filter(|(b, _)| *b == b'\t').map(|(_, at)| at);
    ends.iter_mut().zip(tabs).for_each(|(end, at)| *end = at);
    ends
}

impl<'a> Row<'_, 'a> {
    /// A cell; empty where the cell is.
    pub fn cell(&self, column: usize) -> &'a str {
        let start = match column.checked_sub(1).map(|before| self.ends.get(before)) {
            None => 0,
            Some(Some(before)) => *before as usize + 1,
            Some(None) => return self.text.split('\t').nth(column).map_or("", str::trim),
        };
        let Some(end) = self.ends.get(column) else {
            return self.text.split('\t').nth(column).map_or("", str::trim);
        };
        self.text.get(start..*end as usize).map_or("", str::trim)
    }

    /// A cell, `None` where it is empty.
    pub fn some(&self, column: usize) -> Option<&'a str> {
        Some(self.cell(column)).filter(|c| !c.is_empty())
    }

    /// The parts of a cell that lists several, parted by `;`, without empty ones.
    pub fn list(&self, column: usize) -> impl Iterator<Item = &'a str> {
        self.cell(column).split(';').map(str::trim).filter(|c| !c.is_empty())
    }

    /// An error at this row.
    pub fn error(&self, what: impl Into<String>) -> SeedError {
        SeedError::line(self.table.file, self.line, what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_by_name() {
        let table = Table::parse("t.tsv", "# origin\nname\tsector\nWali\tGOV; MIL\n").unwrap();
        let (name, sector) = (table.column("name").unwrap(), table.column("sector").unwrap());
        let row = table.rows().next().unwrap();
        assert_eq!((row.line, row.cell(name)), (3, "Wali"));
        assert_eq!(row.list(sector).collect::<Vec<_>>(), ["GOV", "MIL"]);
    }

    #[test]
    fn many_columns_and_empty_cells() {
        let header: Vec<String> = (0..40).map(|c| format!("c{c}")).collect();
        let cells: Vec<String> =
            (0..40).map(|c| if c % 7 == 0 { String::new() } else { format!(" v{c} ") }).collect();
        let text = format!("{}\r\n\n# x\n{}\r\n", header.join("\t"), cells.join("\t"));
        let table = Table::parse("t.tsv", &text).unwrap();
        let row = table.rows().next().unwrap();
        assert_eq!((table.len(), row.line), (1, 4));
        for (c, cell) in cells.iter().enumerate() {
            assert_eq!(row.cell(c), cell.trim());
        }
        assert_eq!(row.cell(40), "");
    }

    #[test]
    fn a_short_row_names_its_line() {
        let error = Table::parse("t.tsv", "a\tb\n1\n").unwrap_err();
        assert_eq!(
            error.to_string(),
            "seeds/t.tsv:2: 1 cells where the header has 2; cells are parted by tabs"
        );
    }
}
