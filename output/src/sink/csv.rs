//! CSV parts as RFC 4180 has them: UTF-8 without a mark, a header line, `\n` between records, `"` doubled inside quotes.
//!
//! NULL is an empty field, an empty text is `""`. Numbers are written so that they read back as the same number, days
//! as `2025-02-01`, truth as `true` and `false`, lists joined with `;`. `dtypes.json` says the types.

use super::Part;
use super::file::HashedFile;
use crate::days::write_day;
use crate::error::Error;
use crate::schema::{Kind, Table};
use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::datatypes::{
    ArrowPrimitiveType, Date32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
};
use std::fmt::{Display, Write as _};
use std::io::Write;

/// A CSV file being written.
pub struct CsvPart {
    file: HashedFile,
    kinds: Vec<Kind>,
    text: String,
    field: String,
}

impl CsvPart {
    /// Begins a file with its header.
    pub fn new(file: HashedFile, table: Table) -> Result<Self, Error> {
        let columns = table.def().columns;
        let kinds = columns.iter().map(|c| c.kind).collect();
        let names: Vec<&str> = columns.iter().map(|c| c.name).collect();
        let mut part = Self { file, kinds, text: names.join(","), field: String::new() };
        part.text.push('\n');
        part.write_out()?;
        Ok(part)
    }

    fn write_out(&mut self) -> Result<(), Error> {
        let done = self.file.write_all(self.text.as_bytes());
        self.text.clear();
        done.map_err(Error::file(self.file.path(), "write this file"))
    }
}

impl Part for CsvPart {
    fn write(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        for row in 0..batch.num_rows() {
            for (at, (column, kind)) in batch.columns().iter().zip(&self.kinds).enumerate() {
                if at > 0 {
                    self.text.push(',');
                }
                self.field.clear();
                if cell(&mut self.field, column, *kind, row) {
                    quote(&mut self.text, &self.field, matches!(kind, Kind::Varchar | Kind::VarcharList));
                }
            }
            self.text.push('\n');
            if self.text.len() >= 1 << 16 {
                self.write_out()?;
            }
        }
        self.write_out()
    }

    fn end_group(&mut self) -> Result<(), Error> {
        Ok(())
    }

    fn size(&self) -> u64 {
        self.file.size()
    }

    fn finish(self: Box<Self>) -> Result<HashedFile, Error> {
        Ok(self.file)
    }
}

/// Appends a field that isn't NULL, in quotes where it needs them.
fn quote(out: &mut String, field: &str, is_text: bool) {
    if !is_text || !(field.is_empty() || field.contains(['"', ',', '\n', '\r'])) {
        out.push_str(field);
        return;
    }
    out.push('"');
    for (at, piece) in field.split('"').enumerate() {
        if at > 0 {
            out.push_str("\"\"");
        }
        out.push_str(piece);
    }
    out.push('"');
}

/// Prints a cell; false where it is NULL.
pub fn cell(out: &mut String, column: &ArrayRef, kind: Kind, row: usize) -> bool {
    if column.is_null(row) {
        return false;
    }
    // Writing to a string can't fail; a column of another type than its kind is NULL.
    match kind {
        Kind::Varchar => column.as_string_opt::<i32>().map(|c| out.push_str(c.value(row))).is_some(),
        Kind::VarcharList => column.as_list_opt::<i32>().is_some_and(|lists| {
            let list = lists.value(row);
            let texts = list.as_string_opt::<i32>().into_iter().flat_map(|c| c.iter().flatten());
            for (at, text) in texts.enumerate() {
                out.push_str(if at > 0 { ";" } else { "" });
                out.push_str(text);
            }
            true
        }),
        Kind::Integer => number::<Int32Type>(out, column, row),
        Kind::Smallint => number::<Int16Type>(out, column, row),
        Kind::Tinyint => number::<Int8Type>(out, column, row),
        Kind::Bigint => number::<Int64Type>(out, column, row),
        Kind::Double => number::<Float64Type>(out, column, row),
        Kind::Date => column.as_primitive_opt::<Date32Type>().map(|c| write_day(out, c.value(row))).is_some(),
        Kind::Boolean => {
            let value = column.as_boolean_opt().map(|c| c.value(row));
            value.map(|v| out.push_str(if v { "true" } else { "false" })).is_some()
        }
    }
}

fn number<T: ArrowPrimitiveType<Native: Display>>(out: &mut String, column: &ArrayRef, row: usize) -> bool {
    let value = column.as_primitive_opt::<T>().map(|c| c.value(row));
    value.map(|v| write!(out, "{v}")).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(field: &str) -> String {
        let mut out = String::new();
        quote(&mut out, field, true);
        out
    }

    #[test]
    fn texts_are_quoted_where_they_must() {
        assert_eq!(quoted("plain; text"), "plain; text");
        assert_eq!(quoted(""), "\"\"");
        assert_eq!(quoted("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!(quoted("\""), "\"\"\"\"");
        assert_eq!(quoted("two\nlines"), "\"two\nlines\"");
    }
}
