//! Parquet parts. Every option of the writer is said here, so that a new version of it changes nothing by itself.

use super::Part;
use super::file::HashedFile;
use crate::error::Error;
use crate::run::RunInfo;
use crate::schema::{Kind, Table};
use ::parquet::arrow::ArrowWriter;
use ::parquet::arrow::arrow_writer::ArrowWriterOptions;
use ::parquet::basic::{Compression, Encoding, ZstdLevel};
use ::parquet::file::metadata::{KeyValue, SortingColumn};
use ::parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};
use ::parquet::schema::types::ColumnPath;
use arrow::array::RecordBatch;
use std::path::PathBuf;

/// Level of zstd: of the levels that are as fast, the smallest files.
const ZSTD_LEVEL: i32 = 3;
/// Bytes of a data page.
const PAGE_BYTES: usize = 1 << 20;
/// Rows of a data page: the grain of the page index.
const PAGE_ROWS: usize = 20_000;
/// Bytes of a dictionary, beyond which a column goes on without.
const DICTIONARY_BYTES: usize = 1 << 20;
/// Bytes of a text kept in statistics.
const STATISTICS_BYTES: usize = 64;

/// A Parquet file being written.
pub struct ParquetPart {
    path: PathBuf,
    writer: ArrowWriter<HashedFile>,
}

impl ParquetPart {
    /// Begins a file.
    pub fn new(file: HashedFile, table: Table, run: &RunInfo) -> Result<Self, Error> {
        let path = file.path().to_owned();
        let options = ArrowWriterOptions::new()
            .with_properties(properties(table, run)?)
            .with_skip_arrow_metadata(false);
        let writer = ArrowWriter::try_new_with_options(file, table.schema(), options);
        Ok(Self { writer: writer.map_err(Error::parquet(&path, "write this file"))?, path })
    }
}

impl Part for ParquetPart {
    fn write(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        self.writer.write(batch).map_err(Error::parquet(&self.path, "write this file"))
    }

    fn end_group(&mut self) -> Result<(), Error> {
        self.writer.flush().map_err(Error::parquet(&self.path, "write this file"))
    }

    fn size(&self) -> u64 {
        self.writer.bytes_written() as u64
    }

    fn finish(self: Box<Self>) -> Result<HashedFile, Error> {
        // Writes the last row group and the footer before it gives the file back.
        let Self { path, writer } = *self;
        writer.into_inner().map_err(Error::parquet(&path, "write this file"))
    }
}

/// The options for a table's files.
fn properties(table: Table, run: &RunInfo) -> Result<WriterProperties, Error> {
    let level = ZstdLevel::try_new(ZSTD_LEVEL);
    let level = level.map_err(Error::parquet(std::path::Path::new(table.name()), "write this table"))?;
    let key = |key: &str, value: &str| KeyValue::new(key.to_owned(), value.to_owned());
    let mut properties = WriterProperties::builder()
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_created_by(format!("columnist {}", run.tool_version))
        .set_compression(Compression::ZSTD(level))
        .set_dictionary_enabled(false)
        .set_dictionary_page_size_limit(DICTIONARY_BYTES)
        .set_encoding(Encoding::PLAIN)
        .set_data_page_size_limit(PAGE_BYTES)
        .set_data_page_row_count_limit(PAGE_ROWS)
        .set_write_batch_size(1024)
        .set_max_row_group_row_count(None)
        .set_max_row_group_bytes(None)
        .set_statistics_enabled(EnabledStatistics::Page)
        .set_statistics_truncate_length(Some(STATISTICS_BYTES))
        .set_column_index_truncate_length(Some(STATISTICS_BYTES))
        .set_write_page_header_statistics(false)
        .set_offset_index_disabled(false)
        .set_bloom_filter_enabled(false)
        .set_coerce_types(false)
        .set_write_row_group_number_distinct_values(false)
        .set_write_path_in_schema(true)
        .set_content_defined_chunking(None)
        .set_sorting_columns(sorting(table))
        .set_key_value_metadata(Some(vec![
            key("schema_version", &run.schema_version),
            key("tool_version", &run.tool_version),
            key("dictionary_hash", &run.knowledge),
            key("run_id", &run.run_id),
        ]));
    for column in table.def().columns {
        let path = ColumnPath::from(column.name);
        match column.kind {
            Kind::VarcharList => {
                let items = ["list", "item"].map(str::to_owned);
                let path = ColumnPath::new([vec![column.name.to_owned()], items.to_vec()].concat());
                properties = properties.set_column_dictionary_enabled(path, true);
            }
            Kind::Varchar => properties = properties.set_column_dictionary_enabled(path, column.repeats),
            // Offsets and counts grow slowly down a table: their differences are small.
            Kind::Integer => properties = properties.set_column_encoding(path, Encoding::DELTA_BINARY_PACKED),
            _ => {}
        }
    }
    Ok(properties.build())
}

/// The column a table's rows are sorted by, where they are.
fn sorting(table: Table) -> Option<Vec<SortingColumn>> {
    (table == Table::Figures)
        .then(|| vec![SortingColumn { column_idx: 0, descending: false, nulls_first: false }])
}
