//! Columns and values: the schema of a file, enumerations, ranges, days, numbers that must not grow smaller.

use super::{Check, Report};
use crate::days::{civil, write_day};
use crate::schema::{Column, Kind, Table};
use arrow::array::{ArrayRef, AsArray, RecordBatch};
use arrow::datatypes::{
    DataType, Date32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, Schema,
};

/// The years in which a day of the news can lie.
const YEARS: std::ops::RangeInclusive<i32> = 1000..=2200;

/// Columns of one table of which the first is never more than the second.
const ORDERED: &[(Table, &str, &str)] = &[
    (Table::Events, "event_date", "event_date_end"),
    (Table::Events, "fatalities_low", "fatalities_best"),
    (Table::Events, "fatalities_best", "fatalities_high"),
    (Table::Events, "injured_low", "injured_best"),
    (Table::Events, "injured_best", "injured_high"),
    (Table::CasualtyClaims, "low", "high"),
    (Table::Figures, "first_seen", "last_seen"),
    (Table::Articles, "source_byte_start", "source_byte_end"),
    (Table::Quarantine, "byte_start", "byte_end"),
];

/// Whether a file has the table's columns; columns of a later minor version may follow.
pub fn schema(table: Table, found: &Schema, file: &str, report: &mut Report) -> bool {
    let mut same = true;
    for (at, column) in table.def().columns.iter().enumerate() {
        let field = found.fields().get(at);
        let is = |f: &arrow::datatypes::FieldRef| {
            f.name() == column.name
                && matches(f.data_type(), column.kind)
                && f.is_nullable() != column.required
        };
        if !field.is_some_and(is) {
            same = false;
            report.add(Check::Schema, table, Some(column.name), None, || {
                let is = field.map_or("nothing".to_owned(), |f| {
                    let null = if f.is_nullable() { "" } else { " NOT NULL" };
                    format!("{} {}{null}", f.name(), f.data_type())
                });
                let null = if column.required { " NOT NULL" } else { "" };
                format!("{file}: column {at} is {is}, not {} {}{null}", column.name, column.kind.sql())
            });
        }
    }
    same
}

fn matches(found: &DataType, kind: Kind) -> bool {
    match found {
        DataType::List(item) => kind == Kind::VarcharList && *item.data_type() == DataType::Utf8,
        other => *other == kind.arrow(),
    }
}

/// Checks the values of a batch; `first` is the number of its first row.
pub fn check(table: Table, batch: &RecordBatch, first: u64, report: &mut Report) {
    for (column, array) in table.def().columns.iter().zip(batch.columns()) {
        if !column.values.is_empty() {
            enumeration(table, column, array, first, report);
        }
        if column.range.is_some() || column.kind == Kind::Double {
            range(table, column, array, first, report);
        }
        if let Some(days) = array.as_primitive_opt::<Date32Type>() {
            for (row, day) in days.iter().enumerate().filter_map(|(row, d)| Some((row, d?))) {
                if !YEARS.contains(&civil(day).0) {
                    report.add(Check::Value, table, Some(column.name), Some(first + row as u64), || {
                        let mut text = String::new();
                        write_day(&mut text, day);
                        format!("{text} is no day of the news")
                    });
                }
            }
        }
    }
    for (_, low, high) in ORDERED.iter().filter(|o| o.0 == table) {
        let column = |name: &str| batch.column_by_name(name).map(numbers).unwrap_or_default();
        for (row, pair) in column(low).into_iter().zip(column(high)).enumerate() {
            if let (Some(a), Some(b)) = pair
                && a > b
            {
                let name = table.def().column(low).map(|c| c.name);
                report.add(Check::Value, table, name, Some(first + row as u64), || {
                    format!("{a} is more than {high}, {b}")
                });
            }
        }
    }
}

fn enumeration(table: Table, column: &'static Column, array: &ArrayRef, first: u64, report: &mut Report) {
    let Some(texts) = array.as_string_opt::<i32>() else { return };
    for (row, text) in texts.iter().enumerate().filter_map(|(row, t)| Some((row, t?))) {
        if !column.values.contains(&text) {
            report.add(Check::Value, table, Some(column.name), Some(first + row as u64), || {
                format!("`{text}` is none of {}", column.values.join(", "))
            });
        }
    }
}

fn range(table: Table, column: &'static Column, array: &ArrayRef, first: u64, report: &mut Report) {
    let (low, high) = column.range.unwrap_or((f64::MIN, f64::MAX));
    for (row, number) in numbers(array).into_iter().enumerate().filter_map(|(row, n)| Some((row, n?))) {
        if !(low..=high).contains(&number) {
            report.add(Check::Value, table, Some(column.name), Some(first + row as u64), || {
                format!("{number} is not in {low} to {high}")
            });
        }
    }
}

/// The numbers of a column; none where it has no numbers.
fn numbers(array: &ArrayRef) -> Vec<Option<f64>> {
    macro_rules! of {
        ($($kind:ty)+) => {
            $(if let Some(numbers) = array.as_primitive_opt::<$kind>() {
                return numbers.iter().map(|n| n.map(|n| n as f64)).collect();
            })+
        };
    }
    of!(Int32Type Float64Type Int8Type Int16Type Int64Type Date32Type);
    Vec::new()
}
