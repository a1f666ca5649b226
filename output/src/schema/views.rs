//! The DuckDB views over a data set, with a comment on every column.

use super::Table;
use super::render::comment;
use std::fmt::Write as _;

/// Views that join what is asked for most: name, meaning, query.
const EXTRA: &[(&str, &str, &str)] = &[
    (
        "counted_events",
        "The events to count: neither merged away, nor aggregates, nor unreal.",
        "SELECT * FROM events WHERE counts_in_totals AND superseded_by IS NULL",
    ),
    (
        "event_evidence",
        "Every event with the clauses that tell it, their articles and the rule that fired.",
        "SELECT e.event_id, e.event_date, e.plover_type, e.actor1_name, e.actor2_name, m.mention_id, m.text, m.rule_id,
       m.modality, m.attributed_to, m.start_char, m.end_char, a.article_id, a.title, a.publisher, a.pub_date, a.url
FROM events e JOIN event_mentions m USING (event_id) JOIN articles a USING (article_id)",
    ),
    (
        "who_said_what",
        "Every quotation with its speaker as a figure and its article.",
        "SELECT q.quote_id, coalesce(f.name, q.speaker_text) AS speaker, f.figure_id, f.country, q.verb, q.text,
       q.kind, a.article_id, a.pub_date, a.title
FROM quotes q JOIN articles a USING (article_id) LEFT JOIN figures f ON f.figure_id = q.speaker_figure_id",
    ),
    (
        "country_month",
        "Events by month, country pair and kind.",
        "SELECT date_trunc('month', event_date) AS month, actor1_country, actor2_country, quad_class,
       count(*) AS events, sum(fatalities_best) AS fatalities
FROM events WHERE counts_in_totals AND superseded_by IS NULL GROUP BY ALL",
    ),
];

/// A text as an SQL literal.
fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// The views over a data set: `views.sql`, to be run in its folder.
pub fn views_sql() -> String {
    let mut out =
        String::from("-- Views over the tables of this folder: cd here, then duckdb -init views.sql\n");
    for table in Table::ALL {
        let def = table.def();
        let columns: Vec<String> = def.columns.iter().map(|c| format!("\"{}\"", c.name)).collect();
        let _ = write!(
            out,
            "\nCREATE OR REPLACE VIEW {name} AS SELECT\n  {}\nFROM read_parquet('{name}/**/*.parquet', \
             hive_partitioning = false);\nCOMMENT ON VIEW {name} IS {};\n",
            columns.join(", "),
            literal(def.meaning.trim()),
            name = def.name,
        );
        for column in def.columns {
            let text = literal(&comment(column));
            let _ = writeln!(out, "COMMENT ON COLUMN {}.\"{}\" IS {text};", def.name, column.name);
        }
    }
    for (name, meaning, query) in EXTRA {
        let meaning = literal(meaning);
        let _ = write!(
            out,
            "\nCREATE OR REPLACE VIEW {name} AS {query};\nCOMMENT ON VIEW {name} IS {meaning};\n"
        );
    }
    out
}
