//! The schema: every table and column is defined once, here, and everything else is made from that.
//!
//! - [`column`] what a column and a table are; [`table`] the macro that binds row structs to columns;
//! - [`articles`], [`events`], [`figures`], [`values`] the definitions;
//! - [`meta`] the `_columns` table; [`render`] SQL, JSON and Markdown; [`views`] the DuckDB views.

pub mod articles;
pub mod column;
pub mod events;
pub mod figures;
pub mod meta;
pub mod render;
mod table;
pub mod values;
pub mod views;

pub use column::{Column, Folders, Kind, TableDef};

use arrow::datatypes::SchemaRef;
use std::fmt;
use std::sync::{Arc, LazyLock};

/// Version of the schema: a new column at a table's end raises the second number, anything else the first.
pub const SCHEMA_VERSION: &str = "1.1";

/// A table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is the table of its name; its definition says what it holds")]
pub enum Table {
    Articles,
    Sentences,
    Entities,
    EventMentions,
    Events,
    EventActors,
    CasualtyClaims,
    Figures,
    FigureMentions,
    FigureRoles,
    Quantities,
    Quotes,
    Sentiment,
    Quarantine,
    Columns,
}

impl Table {
    /// Every table, in the contract's order; the table of columns last.
    pub const ALL: [Self; 15] = [
        Self::Articles,
        Self::Sentences,
        Self::Entities,
        Self::EventMentions,
        Self::Events,
        Self::EventActors,
        Self::CasualtyClaims,
        Self::Figures,
        Self::FigureMentions,
        Self::FigureRoles,
        Self::Quantities,
        Self::Quotes,
        Self::Sentiment,
        Self::Quarantine,
        Self::Columns,
    ];

    /// The table's definition.
    pub fn def(self) -> &'static TableDef {
        match self {
            Self::Articles => &articles::articles::DEF,
            Self::Sentences => &articles::sentences::DEF,
            Self::Entities => &articles::entities::DEF,
            Self::EventMentions => &events::event_mentions::DEF,
            Self::Events => &events::events::DEF,
            Self::EventActors => &events::event_actors::DEF,
            Self::CasualtyClaims => &events::casualty_claims::DEF,
            Self::Figures => &figures::figures::DEF,
            Self::FigureMentions => &figures::figure_mentions::DEF,
            Self::FigureRoles => &figures::figure_roles::DEF,
            Self::Quantities => &values::quantities::DEF,
            Self::Quotes => &values::quotes::DEF,
            Self::Sentiment => &values::sentiment::DEF,
            Self::Quarantine => &values::quarantine::DEF,
            Self::Columns => &values::_columns::DEF,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.def().name
    }

    /// The table of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.name() == name)
    }

    /// Its Arrow schema.
    pub fn schema(self) -> SchemaRef {
        static SCHEMAS: LazyLock<Vec<SchemaRef>> =
            LazyLock::new(|| Table::ALL.iter().map(|t| Arc::new(t.def().schema())).collect());
        SCHEMAS.get(self as usize).cloned().unwrap_or_else(|| Arc::new(self.def().schema()))
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_are_sound() {
        for table in Table::ALL {
            let def = table.def();
            assert_eq!(Table::parse(def.name), Some(table));
            assert_eq!(table.schema().fields().len(), def.columns.len());
            for (at, column) in def.columns.iter().enumerate() {
                let place = format!("{}.{}", def.name, column.name);
                assert!(!def.columns[..at].iter().any(|c| c.name == column.name), "{place} is there twice");
                assert!(column.meaning.ends_with('.'), "{place}: the meaning is no sentence");
                assert!(!column.example.is_empty(), "{place}: no example");
                assert!(
                    column.values.is_empty() || column.values.contains(&column.example),
                    "{place}: the example isn't allowed"
                );
                if let Some(to) = column.references {
                    let target = Table::parse(to).unwrap().def().key().unwrap();
                    assert_eq!(target.example.get(..2), column.example.get(..2), "{place}");
                }
            }
        }
    }
}
