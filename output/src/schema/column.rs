//! What a column is: its name, type, key, allowed values, unit, meaning and example; and what a table is.

use arrow::datatypes::{DataType, Field, Schema};
use std::sync::Arc;

/// The type of a column, as the contract writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// UTF-8 text.
    Varchar,
    /// A list of texts; in CSV joined with `;`.
    VarcharList,
    /// 32-bit integer.
    Integer,
    /// 16-bit integer.
    Smallint,
    /// 8-bit integer.
    Tinyint,
    /// 64-bit integer.
    Bigint,
    /// 64-bit float, always finite.
    Double,
    /// A day.
    Date,
    /// True or false.
    Boolean,
}

impl Kind {
    /// The type's name in SQL.
    pub fn sql(self) -> &'static str {
        match self {
            Self::Varchar => "VARCHAR",
            Self::VarcharList => "VARCHAR[]",
            Self::Integer => "INTEGER",
            Self::Smallint => "SMALLINT",
            Self::Tinyint => "TINYINT",
            Self::Bigint => "BIGINT",
            Self::Double => "DOUBLE",
            Self::Date => "DATE",
            Self::Boolean => "BOOLEAN",
        }
    }

    /// The type in Arrow.
    pub fn arrow(self) -> DataType {
        match self {
            Self::Varchar => DataType::Utf8,
            Self::VarcharList => DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true))),
            Self::Integer => DataType::Int32,
            Self::Smallint => DataType::Int16,
            Self::Tinyint => DataType::Int8,
            Self::Bigint => DataType::Int64,
            Self::Double => DataType::Float64,
            Self::Date => DataType::Date32,
            Self::Boolean => DataType::Boolean,
        }
    }

    /// The type to tell pandas when it reads the CSV: nullable, and text for codes.
    pub fn pandas(self) -> &'static str {
        match self {
            Self::Varchar | Self::VarcharList | Self::Date => "string",
            Self::Integer => "Int32",
            Self::Smallint => "Int16",
            Self::Tinyint => "Int8",
            Self::Bigint => "Int64",
            Self::Double => "Float64",
            Self::Boolean => "boolean",
        }
    }
}

/// One column: the single place where it is defined.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub kind: Kind,
    /// What it means.
    pub meaning: &'static str,
    /// A value as it is printed.
    pub example: &'static str,
    /// Never NULL.
    pub required: bool,
    /// The table's primary key; then also required.
    pub key: bool,
    /// The table whose key it holds.
    pub references: Option<&'static str>,
    /// The only values allowed; empty where any is.
    pub values: &'static [&'static str],
    /// The smallest and the largest number allowed.
    pub range: Option<(f64, f64)>,
    /// Unit or standard of the value; empty where there is none.
    pub unit: &'static str,
    /// Few different values in a row group: a dictionary makes the file smaller.
    pub repeats: bool,
}

impl Column {
    /// A column that may be NULL and hold anything of its type.
    pub(super) const fn new(
        name: &'static str,
        kind: Kind,
        meaning: &'static str,
        example: &'static str,
    ) -> Self {
        Self {
            name,
            kind,
            meaning,
            example,
            required: false,
            key: false,
            references: None,
            values: &[],
            range: None,
            unit: "",
            repeats: false,
        }
    }

    pub(super) const fn key(mut self) -> Self {
        self.key = true;
        self.required = true;
        self
    }

    pub(super) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(super) const fn references(mut self, table: &'static str) -> Self {
        self.references = Some(table);
        self.repeats = true;
        self
    }

    pub(super) const fn one_of(mut self, values: &'static [&'static str]) -> Self {
        self.values = values;
        self.repeats = true;
        self
    }

    pub(super) const fn range(mut self, low: f64, high: f64) -> Self {
        self.range = Some((low, high));
        self
    }

    pub(super) const fn unit(mut self, unit: &'static str) -> Self {
        self.unit = unit;
        self
    }

    pub(super) const fn repeats(mut self) -> Self {
        self.repeats = true;
        self
    }

    /// An offset into `articles.text`.
    pub(super) const fn offset(self) -> Self {
        self.unit("code points").range(0.0, i32::MAX as f64)
    }

    /// A probability.
    pub(super) const fn share(self) -> Self {
        self.range(0.0, 1.0)
    }

    /// A number that can't be negative.
    pub(super) const fn count(self) -> Self {
        self.range(0.0, i32::MAX as f64)
    }

    /// A country code.
    pub(super) const fn country(self) -> Self {
        self.unit("ISO 3166-1 alpha-3").repeats()
    }

    /// The Arrow field.
    pub fn field(&self) -> Field {
        Field::new(self.name, self.kind.arrow(), !self.required)
    }
}

/// By what a table is cut into folders under `--partition month`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folders {
    /// Not at all.
    Whole,
    /// By the month of publication of the row's article.
    PubMonth,
    /// By the month of the row's event.
    EventMonth,
}

impl Folders {
    /// The hive key, `None` for a table that isn't cut.
    pub fn key(self) -> Option<&'static str> {
        match self {
            Self::Whole => None,
            Self::PubMonth => Some("pub_month"),
            Self::EventMonth => Some("event_month"),
        }
    }
}

/// One table.
#[derive(Debug)]
pub struct TableDef {
    /// Its name, also its folder's.
    pub name: &'static str,
    /// What one row stands for.
    pub meaning: &'static str,
    /// How it is cut by month.
    pub folders: Folders,
    /// Its columns in order.
    pub columns: &'static [Column],
}

impl TableDef {
    /// The Arrow schema, without metadata.
    pub fn schema(&self) -> Schema {
        Schema::new(self.columns.iter().map(Column::field).collect::<Vec<_>>())
    }

    /// The primary key's column.
    pub fn key(&self) -> Option<&'static Column> {
        self.columns.iter().find(|c| c.key)
    }

    /// The column of a name.
    pub fn column(&self, name: &str) -> Option<&'static Column> {
        self.columns.iter().find(|c| c.name == name)
    }
}
