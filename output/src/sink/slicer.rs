//! Cuts a stream of batches anew, so that what is written depends on the rows alone: not on how many of them each
//! worker sent at a time.
//!
//! A slice ends at a number of rows or at the row with which it reaches a number of bytes; a row group ends at a
//! slice in the same way. Bytes are counted from the values, not from buffers.

use crate::error::Error;
use crate::schema::Table;
use arrow::array::{Array, ArrayData, AsArray, MutableArrayData, RecordBatch, make_array};
use arrow::datatypes::DataType;

/// Rows of a slice: what the encoders are given at a time.
const SLICE_ROWS: usize = 8_192;
/// Bytes at which a slice ends early.
const SLICE_BYTES: usize = 4 << 20;
/// Rows of a row group: DuckDB's own number, and its unit of parallel work.
const GROUP_ROWS: usize = 122_880;
/// Bytes at which a row group ends early; bounds the memory of an encoder.
const GROUP_BYTES: usize = 16 << 20;

/// Collects batches and gives slices.
pub struct Slicer {
    table: Table,
    pending: Vec<RecordBatch>,
    rows: usize,
    bytes: usize,
    group_rows: usize,
    group_bytes: usize,
}

impl Slicer {
    /// A slicer for the rows of a table.
    pub fn new(table: Table) -> Self {
        Self { table, pending: Vec::new(), rows: 0, bytes: 0, group_rows: 0, group_bytes: 0 }
    }

    /// Takes a batch and gives every slice that is complete, with whether a row group ends with it.
    pub fn push(
        &mut self,
        batch: &RecordBatch,
        mut give: impl FnMut(&RecordBatch, bool) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let sizes = Sizes::of(batch);
        let mut at = 0;
        while at < batch.num_rows() {
            let rows_left = SLICE_ROWS.min(GROUP_ROWS - self.group_rows) - self.rows;
            let bytes_left = SLICE_BYTES.saturating_sub(self.bytes);
            let full = (at + rows_left).min(batch.num_rows());
            // The first row with which the slice is full by bytes, else the last that fits by rows.
            let (mut low, mut high) = (at + 1, full);
            while low < high {
                let middle = low.midpoint(high);
                if sizes.between(at, middle) >= bytes_left { high = middle } else { low = middle + 1 }
            }
            self.pending.push(batch.slice(at, low - at));
            self.rows += low - at;
            self.bytes += sizes.between(at, low);
            at = low;
            if self.rows >= SLICE_ROWS.min(GROUP_ROWS - self.group_rows) || self.bytes >= SLICE_BYTES {
                self.give(&mut give)?;
            }
        }
        Ok(())
    }

    /// Gives what is left.
    pub fn finish(
        mut self,
        mut give: impl FnMut(&RecordBatch, bool) -> Result<(), Error>,
    ) -> Result<(), Error> {
        if self.rows > 0 { self.give(&mut give) } else { Ok(()) }
    }

    fn give(&mut self, give: &mut impl FnMut(&RecordBatch, bool) -> Result<(), Error>) -> Result<(), Error> {
        let slice = joined(self.table, &self.pending, self.rows)?;
        self.group_rows += self.rows;
        self.group_bytes += self.bytes;
        let ends_group = self.group_rows >= GROUP_ROWS || self.group_bytes >= GROUP_BYTES;
        if ends_group {
            (self.group_rows, self.group_bytes) = (0, 0);
        }
        self.pending.clear();
        (self.rows, self.bytes) = (0, 0);
        give(&slice, ends_group)
    }
}

/// The batches' rows copied into one batch whose buffers hold nothing else: the same bytes for the same rows, also in
/// padding bits.
pub fn joined(table: Table, batches: &[RecordBatch], rows: usize) -> Result<RecordBatch, Error> {
    let schema = table.schema();
    let columns = (0..schema.fields().len()).map(|at| {
        let parts: Vec<ArrayData> =
            batches.iter().filter_map(|b| b.columns().get(at)).map(Array::to_data).collect();
        let mut whole = MutableArrayData::new(parts.iter().collect(), false, rows);
        for (index, part) in parts.iter().enumerate() {
            whole.try_extend(index, 0, part.len())?;
        }
        Ok(make_array(whole.freeze()))
    });
    let columns: Result<Vec<_>, _> = columns.collect();
    columns.and_then(|c| RecordBatch::try_new(schema, c)).map_err(|e| Error::rows(table, e))
}

/// The sizes of a batch's rows.
struct Sizes<'a> {
    fixed: usize,
    texts: Vec<&'a [i32]>,
    lists: Vec<(&'a [i32], &'a [i32])>,
}

impl<'a> Sizes<'a> {
    fn of(batch: &'a RecordBatch) -> Self {
        let mut sizes = Self { fixed: 0, texts: Vec::new(), lists: Vec::new() };
        for column in batch.columns() {
            match column.data_type() {
                DataType::Utf8 => {
                    sizes.texts.extend(column.as_string_opt::<i32>().map(|c| c.value_offsets()))
                }
                DataType::List(_) => sizes.lists.extend(column.as_list_opt::<i32>().and_then(|list| {
                    list.values().as_string_opt::<i32>().map(|v| (list.value_offsets(), v.value_offsets()))
                })),
                _ => {}
            }
            sizes.fixed += 8;
        }
        sizes
    }

    /// Bytes of the rows from `start` up to `end`.
    fn between(&self, start: usize, end: usize) -> usize {
        let width = |offsets: &[i32], from: usize, to: usize| match (offsets.get(from), offsets.get(to)) {
            (Some(from), Some(to)) => to.saturating_sub(*from) as usize,
            _ => 0,
        };
        let texts: usize = self.texts.iter().map(|t| width(t, start, end)).sum();
        let lists = self.lists.iter().map(|(outer, inner)| match (outer.get(start), outer.get(end)) {
            (Some(from), Some(to)) => width(inner, *from as usize, *to as usize),
            _ => 0,
        });
        texts + lists.sum::<usize>() + self.fixed * (end - start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::TableBatches;
    use crate::sample;
    use transforms::tables::Rows;

    /// Rows of each slice and whether a group ends with it, for batches of so many rows.
    fn slices(batch: &RecordBatch, table: Table, at_once: usize) -> Vec<(usize, bool)> {
        let mut found = Vec::new();
        let mut slicer = Slicer::new(table);
        let mut at = 0;
        while at < batch.num_rows() {
            let rows = at_once.min(batch.num_rows() - at);
            let give = |slice: &RecordBatch, ends| {
                found.push((slice.num_rows(), ends));
                Ok(())
            };
            slicer.push(&batch.slice(at, rows), give).unwrap();
            at += rows;
        }
        let give = |slice: &RecordBatch, ends| {
            found.push((slice.num_rows(), ends));
            Ok(())
        };
        slicer.finish(give).unwrap();
        found
    }

    fn of(rows: &Rows, table: Table) -> RecordBatch {
        let batches = TableBatches::from_rows(rows, &sample::run()).unwrap();
        batches.pieces.into_iter().find(|p| p.table == table).unwrap().batch
    }

    #[test]
    fn slices_and_groups_end_by_rows() {
        let mut rows = sample::articles(1).remove(0);
        rows.sentences = vec![rows.sentences[0].clone(); 130_000];
        let batch = of(&rows, Table::Sentences);
        let mut expected = vec![(8_192, false); 14];
        expected.extend([(8_192, true), (130_000 - 122_880, false)]);
        for at_once in [700, 8_192, 130_000] {
            assert_eq!(slices(&batch, Table::Sentences, at_once), expected);
        }
    }

    #[test]
    fn slices_and_groups_end_by_bytes() {
        let mut rows = sample::articles(1).remove(0);
        rows.articles[0].text = "x".repeat(1 << 20);
        rows.articles = vec![rows.articles[0].clone(); 70];
        let batch = of(&rows, Table::Articles);
        // A little over 1 MiB a row: four rows reach a slice's bytes, four slices a group's.
        let mut expected: Vec<_> = (1..=17).map(|slice| (4, slice % 4 == 0)).collect();
        expected.push((2, false));
        for at_once in [1, 3, 70] {
            assert_eq!(slices(&batch, Table::Articles, at_once), expected);
        }
    }
}
