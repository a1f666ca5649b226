//! Sorting more records than memory holds: sorted runs on disk, then one merge. A record is a key and a value, both
//! bytes; records come out by key, then by value, so the order they went in leaves no trace.

use crate::error::Error;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// Bytes of records kept in memory before they become a run.
pub const RUN_BYTES: usize = 16 << 20;
/// Runs merged at once; more are first merged to fewer.
const FAN_IN: usize = 32;
/// Level of zstd for the runs: they live for minutes.
const LEVEL: i32 = 1;
/// The longest record that a sound run can hold.
const RECORD_MAX: usize = 1 << 30;

/// Records one after the other in one buffer: key length, value length, key, value.
#[derive(Debug, Clone, Default)]
pub struct Records {
    bytes: Vec<u8>,
    starts: Vec<usize>,
}

impl Records {
    /// Adds a record; `write` appends its value.
    pub fn push(&mut self, key: &[u8], write: impl FnOnce(&mut Vec<u8>)) {
        let start = self.bytes.len();
        self.starts.push(start);
        self.bytes.extend_from_slice(&(key.len() as u32).to_le_bytes());
        self.bytes.extend_from_slice(&[0; 4]);
        self.bytes.extend_from_slice(key);
        let value = self.bytes.len();
        write(&mut self.bytes);
        let len = (self.bytes.len() - value) as u32;
        if let Some(place) = self.bytes.get_mut(start + 4..start + 8) {
            place.copy_from_slice(&len.to_le_bytes());
        }
    }

    /// Number of records.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    fn append(&mut self, other: &Self) {
        let base = self.bytes.len();
        self.bytes.extend_from_slice(&other.bytes);
        self.starts.extend(other.starts.iter().map(|s| base + s));
    }

    fn key_value(&self, start: usize) -> (&[u8], &[u8]) {
        let tail = self.bytes.get(start..).unwrap_or(&[]);
        let Some((key, value)) = lengths(tail) else { return (&[], &[]) };
        let body = tail.get(8..).unwrap_or(&[]);
        (body.get(..key).unwrap_or(&[]), body.get(key..key + value).unwrap_or(&[]))
    }

    fn sort(&mut self) {
        let mut starts = std::mem::take(&mut self.starts);
        starts.sort_unstable_by(|a, b| self.key_value(*a).cmp(&self.key_value(*b)));
        self.starts = starts;
    }
}

/// The lengths of the key and the value at the start of a record.
fn lengths(head: &[u8]) -> Option<(usize, usize)> {
    let (key, rest) = head.split_first_chunk::<4>()?;
    let value = rest.first_chunk::<4>()?;
    Some((u32::from_le_bytes(*key) as usize, u32::from_le_bytes(*value) as usize))
}

/// Takes records in any order, gives them back sorted.
#[derive(Debug)]
pub struct Sorter {
    folder: PathBuf,
    run_bytes: usize,
    buffer: Records,
    runs: Vec<PathBuf>,
    made: usize,
}

impl Sorter {
    /// A sorter whose runs lie in `folder`, which is made when the first one is and holds nothing else.
    pub fn new(folder: &Path, run_bytes: usize) -> Self {
        Self { folder: folder.to_owned(), run_bytes, buffer: Records::default(), runs: Vec::new(), made: 0 }
    }

    /// Takes records.
    pub fn push(&mut self, records: &Records) -> Result<(), Error> {
        if !self.buffer.is_empty() && self.buffer.bytes.len() + records.bytes.len() > self.run_bytes {
            self.spill()?;
        }
        self.buffer.append(records);
        Ok(())
    }

    fn next_path(&mut self) -> PathBuf {
        self.made += 1;
        self.folder.join(format!("run-{:05}.zst", self.made))
    }

    /// Makes a run of the records in memory.
    fn spill(&mut self) -> Result<(), Error> {
        self.buffer.sort();
        fs::create_dir_all(&self.folder).map_err(Error::file(&self.folder, "make this folder"))?;
        let path = self.next_path();
        let mut run = RunWriter::create(&path)?;
        for start in &self.buffer.starts {
            let (key, value) = self.buffer.key_value(*start);
            run.write(key, value)?;
        }
        run.finish()?;
        self.runs.push(path);
        self.buffer.bytes.clear();
        self.buffer.starts.clear();
        Ok(())
    }

    /// No more records: gives them back in order.
    pub fn finish(mut self) -> Result<Sorted, Error> {
        while self.runs.len() > FAN_IN {
            let group: Vec<PathBuf> = self.runs.drain(..FAN_IN).collect();
            let path = self.next_path();
            let mut run = RunWriter::create(&path)?;
            let mut sorted = Sorted::of(&group, Records::default())?;
            while let Some((key, value)) = sorted.next_record()? {
                run.write(key, value)?;
            }
            run.finish()?;
            for old in &group {
                fs::remove_file(old).map_err(Error::file(old, "remove this file"))?;
            }
            self.runs.push(path);
        }
        self.buffer.sort();
        Sorted::of(&self.runs, self.buffer)
    }
}

struct RunWriter {
    path: PathBuf,
    out: zstd::Encoder<'static, BufWriter<File>>,
}

impl RunWriter {
    fn create(path: &Path) -> Result<Self, Error> {
        let file = File::create(path).map_err(Error::file(path, "make this file"))?;
        let out = zstd::Encoder::new(BufWriter::new(file), LEVEL);
        Ok(Self { path: path.to_owned(), out: out.map_err(Error::file(path, "write this file"))? })
    }

    fn write(&mut self, key: &[u8], value: &[u8]) -> Result<(), Error> {
        let mut put = || -> io::Result<()> {
            self.out.write_all(&(key.len() as u32).to_le_bytes())?;
            self.out.write_all(&(value.len() as u32).to_le_bytes())?;
            self.out.write_all(key)?;
            self.out.write_all(value)
        };
        put().map_err(Error::file(&self.path, "write this file"))
    }

    fn finish(self) -> Result<(), Error> {
        let done = self.out.finish().and_then(|mut w| w.flush());
        done.map_err(Error::file(&self.path, "write this file"))
    }
}

/// A sorted stream of records: a run on disk, or what was still in memory.
enum Stream {
    File { path: PathBuf, input: zstd::Decoder<'static, BufReader<File>> },
    Memory { records: Records, at: usize },
}

impl Stream {
    /// Reads the next record; false at the end.
    fn next(&mut self, record: &mut Pair) -> Result<bool, Error> {
        match self {
            Self::Memory { records, at } => {
                let Some(start) = records.starts.get(*at) else { return Ok(false) };
                *at += 1;
                let (key, value) = records.key_value(*start);
                record.set(key, value);
                Ok(true)
            }
            Self::File { path, input } => {
                read_record(input, record).map_err(Error::file(path, "read back this file"))
            }
        }
    }
}

fn read_record(input: &mut impl Read, record: &mut Pair) -> io::Result<bool> {
    let mut head = [0; 8];
    let (first, rest) = head.split_at_mut(1);
    if input.read(first)? == 0 {
        return Ok(false);
    }
    input.read_exact(rest)?;
    let (key, value) =
        lengths(&head).filter(|(k, v)| k + v <= RECORD_MAX).ok_or(io::ErrorKind::InvalidData)?;
    record.key.resize(key, 0);
    record.value.resize(value, 0);
    input.read_exact(&mut record.key)?;
    input.read_exact(&mut record.value)?;
    Ok(true)
}

#[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Pair {
    key: Vec<u8>,
    value: Vec<u8>,
}

impl Pair {
    fn set(&mut self, key: &[u8], value: &[u8]) {
        self.key.clear();
        self.key.extend_from_slice(key);
        self.value.clear();
        self.value.extend_from_slice(value);
    }
}

/// The key and the value of a record.
pub type KeyValue<'a> = (&'a [u8], &'a [u8]);

/// Records in order.
pub struct Sorted {
    streams: Vec<Stream>,
    heads: BinaryHeap<Reverse<(Pair, usize)>>,
    current: Pair,
}

impl Sorted {
    fn of(runs: &[PathBuf], memory: Records) -> Result<Self, Error> {
        let mut streams = vec![Stream::Memory { records: memory, at: 0 }];
        for path in runs {
            let file = File::open(path).map_err(Error::file(path, "read back this file"))?;
            let input = zstd::Decoder::new(file).map_err(Error::file(path, "read back this file"))?;
            streams.push(Stream::File { path: path.clone(), input });
        }
        let mut heads = BinaryHeap::with_capacity(streams.len());
        for (at, stream) in streams.iter_mut().enumerate() {
            let mut pair = Pair::default();
            if stream.next(&mut pair)? {
                heads.push(Reverse((pair, at)));
            }
        }
        Ok(Self { streams, heads, current: Pair::default() })
    }

    /// The next key and value, `None` at the end.
    pub fn next_record(&mut self) -> Result<Option<KeyValue<'_>>, Error> {
        let Some(mut head) = self.heads.peek_mut() else { return Ok(None) };
        let Reverse((pair, at)) = &mut *head;
        std::mem::swap(pair, &mut self.current);
        let more = match self.streams.get_mut(*at) {
            Some(stream) => stream.next(pair)?,
            None => false,
        };
        if !more {
            std::collections::binary_heap::PeekMut::pop(head);
        }
        Ok(Some((&self.current.key, &self.current.value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(order: impl Iterator<Item = u32>, run_bytes: usize) -> Vec<(Vec<u8>, Vec<u8>)> {
        let folder = tempfile::tempdir().unwrap();
        let mut sorter = Sorter::new(&folder.path().join("runs"), run_bytes);
        for n in order {
            let mut records = Records::default();
            records.push(&(n % 50).to_be_bytes(), |v| v.extend_from_slice(n.to_string().as_bytes()));
            sorter.push(&records).unwrap();
        }
        let mut sorted = sorter.finish().unwrap();
        let mut out = Vec::new();
        while let Some((key, value)) = sorted.next_record().unwrap() {
            out.push((key.to_vec(), value.to_vec()));
        }
        out
    }

    #[test]
    fn order_of_input_and_number_of_runs_leave_no_trace() {
        let all = sorted(0..1000, usize::MAX);
        assert_eq!(all.len(), 1000);
        assert!(all.is_sorted());
        // 1000 records of about 15 bytes: one run, a handful, and more than are merged at once.
        assert_eq!(sorted((0..1000).rev(), 1 << 12), all);
        assert_eq!(sorted((0..1000).map(|n| n * 7 % 1000), 100), all);
        assert!(sorted(0..0, 100).is_empty());
    }
}
