//! The `table!` macro: binds the fields of a row struct to columns, in order, in one place.
//!
//! ```text
//! table! {
//!     name(RowType) FoldersKind(id field that says the month), "what a row is",
//!     column: SQLTYPE .attribute(..)* [= nested.field | = run.field], "meaning", "example";
//! }
//! ```
//! It makes a module `name` with `DEF` (the definition), `batch` (rows to Arrow) and `ids` (row to the id whose month
//! the row belongs to).

/// SQL name to [`super::Kind`].
macro_rules! kind {
    (VARCHAR) => {
        $crate::schema::Kind::Varchar
    };
    (VARCHARS) => {
        $crate::schema::Kind::VarcharList
    };
    (INTEGER) => {
        $crate::schema::Kind::Integer
    };
    (SMALLINT) => {
        $crate::schema::Kind::Smallint
    };
    (TINYINT) => {
        $crate::schema::Kind::Tinyint
    };
    (BIGINT) => {
        $crate::schema::Kind::Bigint
    };
    (DOUBLE) => {
        $crate::schema::Kind::Double
    };
    (DATE) => {
        $crate::schema::Kind::Date
    };
    (BOOLEAN) => {
        $crate::schema::Kind::Boolean
    };
}

/// SQL name to the Arrow builder of its columns.
macro_rules! builder {
    (VARCHAR) => {
        arrow::array::StringBuilder
    };
    (VARCHARS) => {
        arrow::array::ListBuilder<arrow::array::StringBuilder>
    };
    (INTEGER) => {
        arrow::array::Int32Builder
    };
    (SMALLINT) => {
        arrow::array::Int16Builder
    };
    (TINYINT) => {
        arrow::array::Int8Builder
    };
    (BIGINT) => {
        arrow::array::Int64Builder
    };
    (DOUBLE) => {
        arrow::array::Float64Builder
    };
    (DATE) => {
        arrow::array::Date32Builder
    };
    (BOOLEAN) => {
        arrow::array::BooleanBuilder
    };
}

/// Where a cell's value comes from: the row's field of the column's name, a field of a part of it, or the run.
macro_rules! cell {
    ($row:ident $run:ident $col:ident) => {
        &$row.$col
    };
    ($row:ident $run:ident $col:ident run $field:ident) => {
        &$run.$field
    };
    ($row:ident $run:ident $col:ident $part:ident $field:ident) => {
        &$row.$part.$field
    };
}

macro_rules! table {
    (
        $(#[doc = $meaning:literal])+
        $table:ident($row_type:ty) $folders:ident $(($id:ident))?
        $($col:ident: $kind:ident $(. $attr:ident ( $($arg:expr),* ))* $(= $part:ident . $field:ident)?,
            $text:literal, $example:literal;)+
    ) => {
        $(#[doc = $meaning])+
        pub mod $table {
            use super::*;

            /// The table's definition.
            pub static DEF: $crate::schema::TableDef = $crate::schema::TableDef {
                name: stringify!($table),
                meaning: concat!($($meaning),+),
                folders: $crate::schema::Folders::$folders,
                columns: &[$(
                    $crate::schema::Column::new(stringify!($col), kind!($kind), $text, $example)
                        $(.$attr($($arg),*))*
                ),+],
            };

            /// The rows as columns.
            #[allow(unused_variables, reason = "few tables have a column of the run, and it needs no row")]
            pub fn batch(rows: &[$row_type], run: &$crate::RunInfo) -> Vec<arrow::array::ArrayRef> {
                vec![$(
                    $crate::cell::column::<builder!($kind), _>(
                        rows.iter().map(|row| cell!(row run $col $($part $field)?)),
                    )
                ),+]
            }

            $(
                /// The id whose month a row belongs to.
                pub fn id(row: &$row_type) -> transforms::code::Id {
                    row.$id
                }
            )?
        }
    };
}

pub(crate) use {builder, cell, kind, table};
