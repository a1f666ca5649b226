//! The `_columns` table: the definitions as rows, so that a data set documents itself.

use super::Table;

/// A row of `_columns`.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the columns are documented where the schema is defined")]
pub struct ColumnRow {
    pub table_name: &'static str,
    pub column_name: &'static str,
    pub position: i16,
    pub sql_type: &'static str,
    pub nullable: bool,
    pub key: Option<&'static str>,
    pub allowed: Option<String>,
    pub unit: Option<&'static str>,
    pub meaning: &'static str,
    pub example: &'static str,
}

/// The rows of `_columns`: every column of every table, in order.
pub fn column_rows() -> Vec<ColumnRow> {
    let columns = Table::ALL.iter().flat_map(|t| (1..).zip(t.def().columns).map(|c| (t.name(), c)));
    columns
        .map(|(table_name, (position, column))| ColumnRow {
            table_name,
            column_name: column.name,
            position,
            sql_type: column.kind.sql(),
            nullable: !column.required,
            key: if column.key { Some("primary") } else { column.references },
            allowed: (!column.values.is_empty()).then(|| column.values.join(";")),
            unit: (!column.unit.is_empty()).then_some(column.unit),
            meaning: column.meaning,
            example: column.example,
        })
        .collect()
}
