//! Parquet: rows in batches sized by their bytes, only the wanted columns; a file that breaks the reader is quarantined.

use super::decode::{Text, lossy};
use super::error::SourceError;
use super::fields::{At, Draft, Name, Role, normal};
use super::window::Window;
use super::{Context, Documents, Item, Place, SourceOptions};
use ::parquet::arrow::ProjectionMask;
use ::parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use arrow::array::{Array, ArrayRef, AsArray, RecordBatch, make_array};
use arrow::datatypes::DataType;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use std::cell::Cell;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a Parquet file begins and ends with.
pub const MAGIC: &[u8] = b"PAR1";
/// Bytes aimed at in one batch.
const BATCH_BYTES: u64 = 4 << 20;
/// Rows in a batch, at most.
const BATCH_ROWS_MAX: u64 = 1024;
/// Depth to which lists and objects inside a column are followed.
const DEPTH_MAX: u8 = 3;

/// Whether a file is Parquet, by its first bytes.
pub fn is_parquet(file: &mut File) -> bool {
    let mut magic = [0; 4];
    file.read_exact(&mut magic).is_ok() && magic == MAGIC
}

/// The rows of a file.
pub struct Rows {
    place: Place,
    state: State,
    number: u64,
}

enum State {
    New(File),
    Open(Box<Open>),
    Done,
}

struct Open {
    reader: ParquetRecordBatchReader,
    /// Every column the file has.
    names: Vec<String>,
    /// Of the columns read, by position in a batch, what they or fields inside them are.
    wanted: Vec<Vec<Name>>,
    batch: Option<RecordBatch>,
    row: usize,
}

impl Rows {
    /// The rows of `file`.
    pub fn new(file: File, place: Place) -> Self {
        Self { place, state: State::New(file), number: 0 }
    }

    /// The rows of a stream: kept on disk first, for Parquet is read from its end.
    pub fn spool(mut stream: Window, place: Place) -> Result<Self, SourceError> {
        let path = place.uri.clone();
        let spool = tempfile::tempfile().and_then(|mut file| {
            loop {
                let bytes = stream.fill(1);
                if bytes.is_empty() {
                    break;
                }
                std::io::Write::write_all(&mut file, bytes)?;
                let length = bytes.len();
                stream.consume(length);
            }
            file.seek(SeekFrom::Start(0))?;
            Ok(file)
        });
        if let Some(cause) = stream.take_error() {
            return Err(SourceError::Read { path, byte: stream.position(), cause });
        }
        match spool {
            Ok(file) => Ok(Self::new(file, place)),
            Err(cause) => Err(SourceError::Spool { path, cause }),
        }
    }

    /// Makes the rest of the file one row of quarantine.
    fn fail(&mut self, why: &str, options: &SourceOptions) -> Item {
        self.state = State::Done;
        self.number += 1;
        let number = (self.number > 1).then_some(self.number);
        let at = At { place: &self.place, number, line: None, bytes: None, options };
        let rest = if number.is_some() {
            "this row and all after it cannot be read"
        } else {
            "not readable as Parquet"
        };
        let why: String = why.chars().take(300).collect();
        at.quarantine(None, "bad_parquet", format!("{rest}: {why}; write the file again"))
    }
}

impl Documents for Rows {
    fn next(&mut self, context: &mut Context<'_>) -> Option<Item> {
        if let State::New(_) = self.state {
            let State::New(file) = std::mem::replace(&mut self.state, State::Done) else { return None };
            match guarded(|| open(file, context.options)) {
                Ok(open) => self.state = State::Open(Box::new(open)),
                Err(why) => return Some(self.fail(&why, context.options)),
            }
        }
        let State::Open(open) = &mut self.state else { return None };
        match guarded(|| open.draft()) {
            Ok(Some(draft)) => {
                self.number += 1;
                let at = At {
                    place: &self.place,
                    number: Some(self.number),
                    line: None,
                    bytes: None,
                    options: context.options,
                };
                Some(draft.finish(&at, context.counts, || open.names.clone()))
            }
            Ok(None) => {
                self.state = State::Done;
                None
            }
            Err(why) => Some(self.fail(&why, context.options)),
        }
    }

    fn text(&mut self) -> Option<&mut Text> {
        None
    }
}

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic of this thread is about to be caught and told as a row: for a program's panic hook to keep silent.
pub fn is_guarded() -> bool {
    GUARDED.get()
}

/// Runs a piece of the Parquet reader, which panics on some broken files.
fn guarded<T>(run: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    GUARDED.set(true);
    let result = catch_unwind(AssertUnwindSafe(run));
    GUARDED.set(false);
    result.unwrap_or_else(|panic| {
        let why = panic.downcast_ref::<&str>().copied();
        let why = why.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or_default();
        Err(format!("the file breaks the reader: {why}"))
    })
}

/// Reads the footer and chooses the columns.
fn open(file: File, options: &SourceOptions) -> Result<Open, String> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| e.to_string())?;
    let names: Vec<String> = builder.schema().fields().iter().map(|field| field.name().clone()).collect();
    let mut wanted = Vec::new();
    let mut roots = Vec::new();
    for (root, column) in names.iter().enumerate() {
        let whole = normal(column);
        let by_name = options.map.names().iter().filter(|name| name.path.first() == Some(&whole));
        let by_name: Vec<Name> = by_name.cloned().collect();
        if !by_name.is_empty() {
            roots.push(root);
            wanted.push(by_name);
        }
    }
    let metadata = builder.metadata();
    let largest = metadata
        .row_groups()
        .iter()
        .map(|group| {
            let bytes = u64::try_from(group.total_byte_size()).unwrap_or(u64::MAX);
            bytes / u64::try_from(group.num_rows()).unwrap_or(1).max(1)
        })
        .max();
    let rows = (BATCH_BYTES / largest.unwrap_or(1).max(1)).clamp(1, BATCH_ROWS_MAX);
    let mask = ProjectionMask::roots(builder.parquet_schema(), roots);
    let reader = builder
        .with_projection(mask)
        .with_batch_size(usize::try_from(rows).unwrap_or(1))
        .build()
        .map_err(|e| e.to_string())?;
    Ok(Open { reader, names, wanted, batch: None, row: 0 })
}

impl Open {
    /// The fields of the next row; `None` after the last.
    fn draft(&mut self) -> Result<Option<Draft>, String> {
        let batch = loop {
            match &self.batch {
                Some(batch) if self.row < batch.num_rows() => break batch,
                _ => {}
            }
            match self.reader.next() {
                Some(Ok(batch)) => self.batch = Some(plain(batch)?),
                Some(Err(error)) => return Err(error.to_string()),
                None => return Ok(None),
            }
            self.row = 0;
        };
        let row = self.row;
        self.row += 1;
        let mut draft = Draft::default();
        for (column, names) in batch.columns().iter().zip(&self.wanted) {
            for name in names {
                let inner = name.path.get(1..).unwrap_or_default();
                match value(column, row, inner, name.role, 0, &mut draft.broken) {
                    Some(value) => draft.offer(name.role, name.rank, value),
                    None => draft.offer_nothing(name.role),
                }
            }
        }
        Ok(Some(draft))
    }
}

/// The batch with dictionaries resolved, and instants without the names of time zones: they count from 1970 in UTC.
fn plain(batch: RecordBatch) -> Result<RecordBatch, String> {
    let columns = batch.columns().iter().map(|column| match column.data_type() {
        DataType::Dictionary(_, values) => arrow::compute::cast(column, values).map_err(|e| e.to_string()),
        DataType::Timestamp(unit, Some(_)) => {
            let kind = DataType::Timestamp(*unit, Some("+00:00".into()));
            let data = column.to_data().into_builder().data_type(kind).build();
            data.map(make_array).map_err(|e| e.to_string())
        }
        _ => Ok(column.clone()),
    });
    let columns = columns.collect::<Result<Vec<ArrayRef>, String>>()?;
    let rows = batch.num_rows();
    let schema = batch.schema();
    let fields = columns
        .iter()
        .zip(schema.fields())
        .map(|(column, field)| arrow::datatypes::Field::new(field.name(), column.data_type().clone(), true));
    let schema = arrow::datatypes::Schema::new(fields.collect::<Vec<_>>());
    let options = arrow::array::RecordBatchOptions::new().with_row_count(Some(rows));
    RecordBatch::try_new_with_options(schema.into(), columns, &options).map_err(|e| e.to_string())
}

/// A cell as text, `path` leading to a field inside it; lists are joined, structs give their `name`.
fn value(
    array: &dyn Array,
    row: usize,
    path: &[String],
    role: Role,
    depth: u8,
    broken: &mut bool,
) -> Option<String> {
    if row >= array.len() || array.is_null(row) || depth > DEPTH_MAX {
        return None;
    }
    let mut bytes = |bytes: &[u8]| {
        let (text, bad) = lossy(bytes);
        *broken |= bad;
        Some(text.into_owned())
    };
    match array.data_type() {
        DataType::Struct(_) => {
            let array = array.as_struct();
            let name = path.first().map_or("name", String::as_str);
            let at = array.column_names().iter().position(|column| normal(column) == name)?;
            value(array.column(at), row, path.get(1..).unwrap_or_default(), role, depth + 1, broken)
        }
        _ if !path.is_empty() => None,
        DataType::Utf8 => Some(array.as_string::<i32>().value(row).to_owned()),
        DataType::LargeUtf8 => Some(array.as_string::<i64>().value(row).to_owned()),
        DataType::Utf8View => Some(array.as_string_view().value(row).to_owned()),
        DataType::Binary => bytes(array.as_binary::<i32>().value(row)),
        DataType::LargeBinary => bytes(array.as_binary::<i64>().value(row)),
        DataType::BinaryView => bytes(array.as_binary_view().value(row)),
        DataType::List(_) => joined(&array.as_list::<i32>().value(row), role, depth, broken),
        DataType::LargeList(_) => joined(&array.as_list::<i64>().value(row), role, depth, broken),
        DataType::FixedSizeList(..) => joined(&array.as_fixed_size_list().value(row), role, depth, broken),
        DataType::Null | DataType::Boolean => None,
        DataType::Dictionary(..) => {
            let keys = array.as_any_dictionary_opt()?;
            let key = *keys.normalized_keys().get(row)?;
            value(keys.values(), key, path, role, depth + 1, broken)
        }
        _ => {
            let options = FormatOptions::default();
            ArrayFormatter::try_new(array, &options).ok()?.value(row).try_to_string().ok()
        }
    }
}

/// The elements of a list in one text; the first alone where the role has no separator.
fn joined(list: &dyn Array, role: Role, depth: u8, broken: &mut bool) -> Option<String> {
    let elements = (0..list.len()).filter_map(|i| value(list, i, &[], role, depth + 1, broken));
    let mut elements = elements.filter(|element| !element.trim().is_empty());
    match role.separator() {
        None => elements.next(),
        Some(separator) => {
            let joined = elements.collect::<Vec<_>>().join(separator);
            (!joined.is_empty()).then_some(joined)
        }
    }
}
