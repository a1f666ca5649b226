//! Spans: the articles and the tables of their rows are read side by side, in the order of the articles, so that no
//! text is kept longer than its article.

use super::keys::Keys;
use super::{Check, Report, values};
use crate::error::Error;
use crate::read::{self, Reader};
use crate::schema::Table;
use arrow::array::{Array, AsArray, Int32Array, RecordBatch, StringArray};
use arrow::datatypes::Int32Type;
use std::path::{Path, PathBuf};

/// An article's text by code points.
#[derive(Default)]
struct Text {
    text: String,
    starts: Vec<u32>,
}

impl Text {
    fn set(&mut self, text: &str) {
        text.clone_into(&mut self.text);
        self.starts.clear();
        if !text.is_ascii() {
            self.starts.extend(text.char_indices().map(|(at, _)| at as u32));
            self.starts.push(text.len() as u32);
        }
    }

    fn chars(&self) -> usize {
        if self.starts.is_empty() { self.text.len() } else { self.starts.len() - 1 }
    }

    /// The piece between two offsets, `None` where they don't fit the text.
    fn cut(&self, start: i32, end: i32) -> Option<&str> {
        let at = |offset: i32| {
            let offset = usize::try_from(offset).ok()?;
            if self.starts.is_empty() { Some(offset) } else { self.starts.get(offset).map(|b| *b as usize) }
        };
        self.text.get(at(start)?..at(end)?)
    }
}

/// The columns of a batch that say places in a text.
struct Loaded {
    rows: usize,
    article: Option<StringArray>,
    sentence: Option<Int32Array>,
    text: Option<StringArray>,
    spans: Vec<(&'static str, Int32Array, Int32Array)>,
    batch: RecordBatch,
}

impl Loaded {
    fn of(table: Table, batch: RecordBatch) -> Self {
        let text = |name| batch.column_by_name(name).and_then(|c| c.as_string_opt::<i32>()).cloned();
        let number =
            |name: &str| batch.column_by_name(name).and_then(|c| c.as_primitive_opt::<Int32Type>()).cloned();
        let spans = table.def().columns.iter().filter_map(|column| {
            let end = match column.name {
                "start_char" => "end_char".to_owned(),
                name => format!("{}_end", name.strip_suffix("_start")?),
            };
            Some((column.name, number(column.name)?, number(&end)?))
        });
        Self {
            rows: batch.num_rows(),
            article: text("article_id"),
            sentence: number("sentence_no"),
            text: text("text"),
            spans: spans.collect(),
            batch,
        }
    }
}

/// A table's rows, one after the other.
pub struct Cursor {
    table: Table,
    files: std::vec::IntoIter<PathBuf>,
    reader: Option<Reader>,
    loaded: Option<Loaded>,
    /// Row in the loaded batch.
    row: usize,
    /// Number of that batch's first row.
    first: u64,
}

impl Cursor {
    /// Begins to read a table's folder.
    pub fn open(folder: &Path, table: Table) -> Result<Self, Error> {
        let files = read::files(folder, "parquet")?.into_iter();
        Ok(Self { table, files, reader: None, loaded: None, row: 0, first: 0 })
    }

    /// Makes sure that there is a row at the cursor; false at the end. Every batch is checked when it comes.
    fn load(&mut self, keys: &mut Keys, report: &mut Report) -> Result<bool, Error> {
        loop {
            match &self.loaded {
                Some(loaded) if self.row < loaded.rows => return Ok(true),
                Some(loaded) => {
                    self.first += loaded.rows as u64;
                    (self.row, self.loaded) = (0, None);
                }
                None => {}
            }
            let batch = match &mut self.reader {
                Some(reader) => reader.next_batch()?,
                None => None,
            };
            if let Some(batch) = batch {
                values::check(self.table, &batch, self.first, report);
                keys.take(self.table, &batch, self.first, report)?;
                *report.rows.entry(self.table.name()).or_default() += batch.num_rows() as u64;
                self.loaded = Some(Loaded::of(self.table, batch));
                continue;
            }
            let Some(path) = self.files.next() else { return Ok(false) };
            let reader = Reader::open(&path, self.table)?;
            let name = path.display().to_string();
            self.reader = values::schema(self.table, reader.schema(), &name, report).then_some(reader);
        }
    }

    /// Reads the rest.
    pub fn drain(&mut self, keys: &mut Keys, report: &mut Report) -> Result<(), Error> {
        while self.load(keys, report)? {
            self.row = usize::MAX;
        }
        Ok(())
    }

    /// Checks the rows of an article that come next, and says how many there were.
    fn check_article(
        &mut self,
        id: &str,
        sentences: Option<i32>,
        text: &Text,
        keys: &mut Keys,
        report: &mut Report,
    ) -> Result<i32, Error> {
        let mut count = 0;
        while self.load(keys, report)? {
            let Some(loaded) = &self.loaded else { break };
            let same = |a: &StringArray| a.is_valid(self.row) && a.value(self.row) == id;
            if !loaded.article.as_ref().is_some_and(same) {
                break;
            }
            check_row(self.table, loaded, self.row, self.first, text, report);
            let sentence =
                loaded.sentence.as_ref().filter(|s| s.is_valid(self.row)).map(|s| s.value(self.row));
            let number = Some(self.first + self.row as u64);
            if let (Some(sentence), Some(sentences)) = (sentence, sentences)
                && !(0..sentences).contains(&sentence)
            {
                report.add(Check::Span, self.table, Some("sentence_no"), number, || {
                    format!("sentence {sentence} of an article of {sentences}")
                });
            }
            if self.table == Table::Sentences && sentence != Some(count) {
                report.add(Check::Span, self.table, Some("sentence_no"), number, || {
                    format!("the sentence should have the number {count}")
                });
            }
            count += 1;
            self.row += 1;
        }
        Ok(count)
    }
}

/// Checks the spans of a row.
fn check_row(table: Table, loaded: &Loaded, row: usize, first: u64, text: &Text, report: &mut Report) {
    let number = Some(first + row as u64);
    for (column, starts, ends) in &loaded.spans {
        let (start, end) = match (starts.is_valid(row), ends.is_valid(row)) {
            (false, false) => continue,
            (true, true) => (starts.value(row), ends.value(row)),
            _ => {
                report
                    .add(Check::Span, table, Some(column), number, || "half of the span is NULL".to_owned());
                continue;
            }
        };
        let Some(cut) = text.cut(start, end) else {
            report.add(Check::Span, table, Some(column), number, || {
                format!("{start} to {end} in a text of {} code points", text.chars())
            });
            continue;
        };
        let said = loaded.text.as_ref().filter(|t| *column == "start_char" && t.is_valid(row));
        if let Some(said) = said.map(|t| t.value(row)).filter(|said| *said != cut) {
            report.add(Check::Span, table, Some("text"), number, || {
                format!("{start} to {end} cuts `{}`, the row says `{}`", shown(cut), shown(said))
            });
        }
    }
}

/// The beginning of a text, for a message.
fn shown(text: &str) -> String {
    text.chars().take(60).collect()
}

/// Reads articles and the tables of their rows side by side.
pub fn check(
    mut articles: Cursor,
    mut children: Vec<Cursor>,
    keys: &mut Keys,
    report: &mut Report,
) -> Result<(), Error> {
    let mut text = Text::default();
    while articles.load(keys, report)? {
        let Some(loaded) = &articles.loaded else { break };
        let row = articles.row;
        let number = Some(articles.first + row as u64);
        let numbers = |name: &str| {
            let column = loaded.batch.column_by_name(name).and_then(|c| c.as_primitive_opt::<Int32Type>());
            column.filter(|c| c.is_valid(row)).map(|c| c.value(row))
        };
        text.set(loaded.text.as_ref().filter(|t| t.is_valid(row)).map_or("", |t| t.value(row)));
        if numbers("n_chars") != i32::try_from(text.chars()).ok() {
            report.add(Check::Span, Table::Articles, Some("n_chars"), number, || {
                format!("the text has {} code points", text.chars())
            });
        }
        let id = loaded.article.as_ref().filter(|a| a.is_valid(row)).map_or("", |a| a.value(row));
        let sentences = numbers("n_sentences");
        for child in &mut children {
            let count = child.check_article(id, sentences, &text, keys, report)?;
            if child.table == Table::Sentences && sentences.is_some_and(|n| n != count) {
                report.add(Check::Span, Table::Articles, Some("n_sentences"), number, || {
                    format!("the article has {count} rows in sentences")
                });
            }
        }
        articles.row += 1;
    }
    for child in &mut children {
        if child.load(keys, report)? {
            let row = Some(child.first + child.row as u64);
            report.add(Check::Span, child.table, Some("article_id"), row, || {
                "from here on the rows are not in the order of their articles; their spans were not checked".to_owned()
            });
            child.drain(keys, report)?;
        }
    }
    Ok(())
}
