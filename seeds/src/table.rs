//! Tab-separated data files: `# ` comment lines, a header row, rows; cells are looked up by column name.

use crate::SeedError;

/// A parsed tab-separated file that borrows its text.
#[derive(Debug)]
pub struct Table<'a> {
    file: &'a str,
    header: Vec<&'a str>,
    rows: Vec<(usize, &'a str)>,
}

/// One row; cells are trimmed of surrounding spaces.
#[derive(Debug, Clone, Copy)]
pub struct Row<'t, 'a> {
    table: &'t Table<'a>,
    /// 1-based line in the file.
    pub line: usize,
    text: &'a str,
}

impl<'a> Table<'a> {
    /// Reads a file's text. Every row must have as many cells as the header.
    pub fn parse(file: &'a str, text: &'a str) -> Result<Self, SeedError> {
        let mut header = None;
        let mut rows = Vec::new();
        for (at, line) in text.lines().enumerate() {
            let line = line.trim_end_matches('\r');
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let cells = line.split('\t').count();
            match &header {
                None => header = Some(line.split('\t').map(str::trim).collect::<Vec<_>>()),
                Some(names) if cells != names.len() => {
                    let what = format!(
                        "{cells} cells where the header has {}; cells are parted by tabs",
                        names.len()
                    );
                    return Err(SeedError::line(file, at + 1, what));
                }
                Some(_) => rows.push((at + 1, line)),
            }
        }
        let header = header.ok_or_else(|| SeedError::line(file, 1, "no header row with the column names"))?;
        Ok(Self { file, header, rows })
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
        self.rows.iter().map(|&(line, text)| Row { table: self, line, text })
    }

    /// The file's path below `seeds/`, for errors.
    pub fn file(&self) -> &'a str {
        self.file
    }
}

impl<'a> Row<'_, 'a> {
    /// A cell; empty where the cell is.
    pub fn cell(&self, column: usize) -> &'a str {
        self.text.split('\t').nth(column).map_or("", str::trim)
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
    fn a_short_row_names_its_line() {
        let error = Table::parse("t.tsv", "a\tb\n1\n").unwrap_err();
        assert_eq!(
            error.to_string(),
            "seeds/t.tsv:2: 1 cells where the header has 2; cells are parted by tabs"
        );
    }
}
