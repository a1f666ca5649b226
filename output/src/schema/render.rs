//! The schema for others to read: SQL (the contract), JSON, Markdown (`docs/schema.md`), pandas types.

use super::{Column, SCHEMA_VERSION, Table};
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// The conventions that hold in every table.
const CONVENTIONS: &[(&str, &str)] = &[
    ("ids", "a letter, `_` and 16 lower-case hex digits of a content hash; the same in every run"),
    ("codes", "text (`040` keeps its zero); countries ISO 3166-1 alpha-3, currencies ISO 4217"),
    (
        "offsets",
        "Unicode code points, 0-based, half-open, into `articles.text`: `substr(text, start_char + 1, end_char - start_char)`",
    ),
    ("dates", "days of the proleptic Gregorian calendar"),
    ("NULL", "not stated; never 0, an empty text, -1 or `NA`"),
    ("confidence", "0 to 1"),
];

/// The tables of the contract: all but the table of columns.
fn contract() -> impl Iterator<Item = Table> {
    Table::ALL.into_iter().filter(|t| *t != Table::Columns)
}

/// The contract as DuckDB DDL.
pub fn schema_sql() -> String {
    let mut out = format!("-- The tables of Columnist, schema version {SCHEMA_VERSION}.\n--\n");
    for (word, meaning) in CONVENTIONS {
        let _ = writeln!(out, "-- {word}: {meaning}");
    }
    for table in contract() {
        let def = table.def();
        let _ = write!(out, "\n-- {}\nCREATE TABLE {}(\n", def.meaning.trim(), def.name);
        for (at, column) in def.columns.iter().enumerate() {
            let comma = if at + 1 < def.columns.len() { "," } else { "" };
            let limit = if column.key {
                " PRIMARY KEY"
            } else if column.required {
                " NOT NULL"
            } else {
                ""
            };
            let line = format!("  {} {}{limit}{comma}", column.name, column.kind.sql());
            let _ = writeln!(out, "{line:<40} -- {}", comment(column));
        }
        out.push_str(");\n");
    }
    out
}

/// A column's meaning with the values it may have.
pub(super) fn comment(column: &Column) -> String {
    let mut text = column.meaning.to_owned();
    if !column.values.is_empty() {
        let _ = write!(text, " One of: {}.", column.values.join(", "));
    }
    if !column.unit.is_empty() {
        let _ = write!(text, " [{}]", column.unit);
    }
    text
}

/// The schema as JSON.
pub fn schema_json() -> String {
    let tables: Vec<Value> = Table::ALL.iter().map(|t| table_json(*t)).collect();
    let mut text = format!("{:#}", json!({ "schema_version": SCHEMA_VERSION, "tables": tables }));
    text.push('\n');
    text
}

fn table_json(table: Table) -> Value {
    let def = table.def();
    let columns: Vec<Value> = def.columns.iter().map(column_json).collect();
    json!({
        "name": def.name,
        "meaning": def.meaning.trim(),
        "partition_key": def.folders.key(),
        "primary_key": def.key().map(|c| c.name),
        "columns": columns,
    })
}

fn column_json(column: &Column) -> Value {
    let mut value = json!({
        "name": column.name,
        "type": column.kind.sql(),
        "nullable": !column.required,
        "meaning": column.meaning,
        "example": column.example,
    });
    if let Some(map) = value.as_object_mut() {
        if let Some(to) = column.references {
            map.insert("references".to_owned(), json!(to));
        }
        if !column.values.is_empty() {
            map.insert("values".to_owned(), json!(column.values));
        }
        if let Some((low, high)) = column.range {
            map.insert("range".to_owned(), json!([low, high]));
        }
        if !column.unit.is_empty() {
            map.insert("unit".to_owned(), json!(column.unit));
        }
    }
    value
}

/// The schema as Markdown: the text of `docs/schema.md`.
pub fn schema_md() -> String {
    let mut out = format!(
        "# Schema {SCHEMA_VERSION}\n\n\
         Made by `columnist schema --format md` from the definitions in `output/src/schema`; don't edit it.\n\n"
    );
    for (word, meaning) in CONVENTIONS {
        let _ = writeln!(out, "- **{word}**: {meaning}");
    }
    out.push('\n');
    for table in Table::ALL {
        let _ = writeln!(out, "- [`{name}`](#{name}): {}", table.def().meaning.trim(), name = table.name());
    }
    for table in Table::ALL {
        let def = table.def();
        let _ = write!(out, "\n## {}\n\n{}", def.name, def.meaning.trim());
        if let Some(key) = def.folders.key() {
            let _ = write!(out, " Folders under `--partition month`: `{key}=2025-02`.");
        }
        out.push_str("\n\n| column | type | meaning | example |\n|---|---|---|---|\n");
        for column in def.columns {
            let _ = writeln!(
                out,
                "| `{}` | {}{} | {} | `{}` |",
                column.name,
                column.kind.sql(),
                role(column),
                escape(&comment(column)),
                escape(column.example),
            );
        }
    }
    out
}

/// What a column is in its table, after the type.
fn role(column: &Column) -> String {
    match (column.key, column.required, column.references) {
        (true, ..) => ", key".to_owned(),
        (_, true, Some(to)) => format!(", never NULL, of [{to}](#{to})"),
        (_, false, Some(to)) => format!(", of [{to}](#{to})"),
        (_, true, None) => ", never NULL".to_owned(),
        (_, false, None) => String::new(),
    }
}

/// A text inside a cell of a Markdown table.
fn escape(text: &str) -> String {
    text.replace('|', "\\|")
}

/// What a reader of the CSV files has to know: each table's columns and their pandas types, the dates and the lists.
pub fn dtypes_json() -> String {
    let tables: Map<String, Value> = Table::ALL
        .iter()
        .map(|t| {
            let columns = t.def().columns;
            let types: Map<String, Value> =
                columns.iter().map(|c| (c.name.to_owned(), json!(c.kind.pandas()))).collect();
            let of = |sql: &str| -> Vec<&str> {
                columns.iter().filter(|c| c.kind.sql() == sql).map(|c| c.name).collect()
            };
            let value = json!({ "dtype": types, "parse_dates": of("DATE"), "lists": of("VARCHAR[]") });
            (t.name().to_owned(), value)
        })
        .collect();
    let mut text = format!("{:#}", Value::Object(tables));
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// The statements without comments and with single spaces, one token a space.
    fn plain(sql: &str) -> String {
        let lines = sql.lines().map(|l| l.split("--").next().unwrap_or(""));
        let text: String = lines.collect::<Vec<_>>().join(" ");
        let text = text.replace(',', " , ").replace('(', " ( ").replace(')', " ) ").replace(';', " ; ");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The head of each statement and its columns.
    fn tables(sql: &str) -> Vec<(String, Vec<String>)> {
        let statements = plain(sql);
        let columns = |body: &str| body.split(" , ").map(|c| c.trim().to_owned()).collect();
        statements
            .split(';')
            .filter_map(|s| s.trim().strip_suffix(" )")?.split_once(" ( "))
            .map(|(head, body)| (head.to_owned(), columns(body)))
            .collect()
    }

    /// The tables of the contract, each column as it stands there, with further ones only at a table's end.
    #[test]
    fn sql_says_the_same_as_the_contract() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
        let found = root.map(|a| a.join("shared/contract/schema.sql")).find(|p| p.exists());
        let Some(path) = found else {
            println!("skipped: no shared/contract/schema.sql beside the repository");
            return;
        };
        let (ours, contract) = (tables(&schema_sql()), tables(&std::fs::read_to_string(path).unwrap()));
        assert_eq!(contract.len(), 14);
        assert_eq!(ours.len(), contract.len());
        for ((head, columns), (wanted, first)) in ours.iter().zip(&contract) {
            assert_eq!((head, columns.get(..first.len())), (wanted, Some(first.as_slice())));
        }
    }

    #[test]
    fn markdown_is_current() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schema.md");
        let committed = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == schema_md(),
            "docs/schema.md: run `columnist schema --format md > docs/schema.md`"
        );
    }

    #[test]
    fn json_and_dtypes_parse() {
        let schema: Value = serde_json::from_str(&schema_json()).unwrap();
        assert_eq!(schema["tables"].as_array().unwrap().len(), 15);
        let dtypes: Value = serde_json::from_str(&dtypes_json()).unwrap();
        assert_eq!(dtypes["events"]["lists"], json!(["plover_contexts"]));
        assert_eq!(dtypes["events"]["dtype"]["cameo_code"], json!("string"));
    }
}
