//! CSV and TSV: rows under a header line, quoted line breaks, any usual separator; a broken row is one row of quarantine.

use super::decode::{Text, lossy};
use super::fields::{At, Draft, FieldMap, Role};
use super::kind::Kind;
use super::{Context, Documents, Item, Place};
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// Separators that are tried on the header line, the usual one first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Most columns a table may have.
const COLUMNS_MAX: usize = 1 << 16;
/// Lines in a row that must fit the header before a broken row is taken to end there.
const RESYNC_LINES: usize = 3;

/// The rows of a file.
pub struct Table {
    text: Text,
    place: Place,
    separator: Option<u8>,
    rows: Option<(Rows, Header)>,
    number: u64,
    /// Lines consumed.
    lines: u64,
}

/// The header line.
struct Header {
    names: Vec<String>,
    roles: Vec<Option<(Role, u16)>>,
}

/// The parser and its buffers.
struct Rows {
    parser: Reader,
    separator: u8,
    out: Vec<u8>,
    ends: Vec<usize>,
}

/// What one row came to; lengths are of unread text.
enum Row {
    /// This many fields, in `Rows::out`, from this many bytes.
    Fields(usize, usize),
    /// More bytes than the limit; this many were looked at.
    Long(usize),
    /// The file ends inside a quoted field, after this many bytes.
    Unclosed(usize),
    /// The file ends, maybe after blank lines.
    End,
}

impl Table {
    /// The rows of `text`; `None` finds the separator in the header line.
    pub fn new(text: Text, place: Place, separator: Option<u8>) -> Self {
        Self { text, place, separator, rows: None, number: 0, lines: 0 }
    }

    /// Passes over `n` bytes and counts their lines.
    fn consume(&mut self, n: usize) {
        let passed = self.text.unread().get(..n).unwrap_or_default();
        self.lines += memchr::memchr_iter(b'\n', passed).count() as u64;
        self.text.consume(n);
    }

    /// Reads the header line, and before it Excel's `sep=;`.
    fn open(&mut self, context: &Context<'_>) -> Option<(Rows, Header)> {
        let head = self.text.fill(super::kind::HEAD_BYTES);
        let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let map = &context.options.map;
        let separator = match *line.trim_ascii_end() {
            [b's', b'e', b'p', b'=', separator] => {
                let length = line.len() + 1;
                self.consume(length);
                separator
            }
            _ => self.separator.unwrap_or_else(|| find_separator(head, map)),
        };
        let mut rows = Rows::new(separator);
        match rows.read(&mut self.text, context.options.line_bytes_max) {
            Row::Fields(fields, length) => {
                let names: Vec<String> =
                    (0..fields).map(|i| lossy(rows.field(i)).0.trim().to_owned()).collect();
                let roles = names.iter().map(|name| map.column(name)).collect();
                self.consume(length);
                Some((rows, Header { names, roles }))
            }
            // No header, no names: the file is one row that cannot be read.
            Row::Long(length) | Row::Unclosed(length) => {
                self.consume(length);
                Some((rows, Header { names: Vec::new(), roles: Vec::new() }))
            }
            Row::End => None,
        }
    }

    /// Passes over line ends, which a file may begin or end with.
    fn skip_blank(&mut self) {
        loop {
            let window = self.text.fill(1);
            let blank = window.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let more = blank > 0 && blank == window.len();
            self.consume(blank);
            if !more {
                return;
            }
        }
    }
}

impl Documents for Table {
    fn next(&mut self, context: &mut Context<'_>) -> Option<Item> {
        let (mut rows, header) = match self.rows.take() {
            Some(open) => open,
            None => self.open(context)?,
        };
        self.skip_blank();
        let start = self.text.position();
        let line = self.lines + 1;
        let row = rows.read(&mut self.text, context.options.line_bytes_max);
        if header.names.is_empty() {
            return None;
        }
        let mut length = 0;
        let mut fault = None;
        let mut fields = 0;
        match row {
            Row::End => return None,
            Row::Unclosed(_) if self.text.is_cut() => return None,
            Row::Fields(found, bytes) => {
                length = bytes;
                fields = found;
            }
            Row::Long(seen) | Row::Unclosed(seen) => {
                let ended = matches!(row, Row::Unclosed(_));
                let window = self.text.unread();
                match resync(&mut rows, window.get(..seen).unwrap_or_default(), header.names.len(), ended) {
                    Some(at) => {
                        length = at;
                        fault =
                            Some(("unclosed_quote", "a quote opens a field and is never closed; double it"));
                    }
                    None if ended => {
                        length = seen;
                        fault =
                            Some(("unclosed_quote", "the file ends inside a quoted field; fetch it again"));
                    }
                    None => {
                        self.consume(seen);
                        loop {
                            let (done, n) = rows.skip(self.text.fill(1));
                            self.consume(n);
                            if done {
                                break;
                            }
                        }
                        fault = Some(("too_large", ""));
                    }
                }
                rows.parser.reset();
            }
        }
        let end = self.text.unread().get(..length).unwrap_or_default();
        let line_end = end.len() - end.strip_suffix(b"\n").unwrap_or(end).len();
        let line_end =
            if line_end == 0 { end.len() - end.strip_suffix(b"\r").unwrap_or(end).len() } else { 1 };
        self.consume(length - line_end);
        let bytes = start.zip(self.text.position());
        self.consume(line_end);
        self.number += 1;
        let at = At {
            place: &self.place,
            number: Some(self.number),
            line: Some(line),
            bytes,
            options: context.options,
        };
        let item = match fault {
            Some(("too_large", _)) => at.too_large(None),
            Some((code, message)) => at.quarantine(None, code, message.to_owned()),
            None => rows.item(fields, &header, &at, context),
        };
        self.rows = Some((rows, header));
        Some(item)
    }

    fn text(&mut self) -> Option<&mut Text> {
        Some(&mut self.text)
    }
}

impl Rows {
    fn new(separator: u8) -> Self {
        let parser = ReaderBuilder::new().delimiter(separator).build();
        Self { parser, separator, out: vec![0; 64 << 10], ends: vec![0; 64] }
    }

    /// Parses the row that begins with the unread text, without passing over it.
    fn read(&mut self, text: &mut Text, max: usize) -> Row {
        let (mut fed, mut written, mut fields) = (0, 0, 0);
        let mut want = 1;
        loop {
            let window = text.fill(want);
            let input = window.get(fed..).unwrap_or_default();
            // A line end ends the last row too, unless a quote is open: then the parser takes it in.
            let ended = input.is_empty() && fed > 0;
            let input = if ended { b"\n" } else { input };
            let (result, n, out, ends) = self.parser.read_record(
                input,
                self.out.get_mut(written..).unwrap_or_default(),
                self.ends.get_mut(fields..).unwrap_or_default(),
            );
            fed += if ended { 0 } else { n };
            written += out;
            fields += ends;
            match result {
                ReadRecordResult::InputEmpty if ended => return Row::Unclosed(fed),
                ReadRecordResult::Record => return Row::Fields(fields, fed),
                ReadRecordResult::End => return Row::End,
                ReadRecordResult::OutputFull => self.out.resize(self.out.len() * 2, 0),
                ReadRecordResult::OutputEndsFull if fields >= COLUMNS_MAX => return Row::Long(fed),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::InputEmpty if fed > max => return Row::Long(fed),
                ReadRecordResult::InputEmpty => want = fed + 1,
            }
        }
    }

    /// Parses on and keeps nothing; whether the row is done, and how many bytes were taken.
    fn skip(&mut self, input: &[u8]) -> (bool, usize) {
        let (mut taken, ended) = (0, input.is_empty());
        loop {
            let rest = input.get(taken..).unwrap_or_default();
            let (result, n, ..) = self.parser.read_record(rest, &mut self.out, &mut self.ends);
            taken += n;
            match result {
                ReadRecordResult::Record | ReadRecordResult::End => return (true, taken),
                ReadRecordResult::InputEmpty => return (ended, taken),
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => {}
            }
        }
    }

    fn field(&self, i: usize) -> &[u8] {
        let start = if i == 0 { 0 } else { self.ends.get(i - 1).copied().unwrap_or_default() };
        let end = self.ends.get(i).copied().unwrap_or_default();
        self.out.get(start..end).unwrap_or_default()
    }

    /// The document of a row.
    fn item(&self, fields: usize, header: &Header, at: &At<'_>, context: &mut Context<'_>) -> Item {
        let columns = header.names.len();
        let extra = (columns..fields).any(|i| !self.field(i).trim_ascii().is_empty());
        if fields < columns || extra {
            let message = format!(
                "{fields} fields where the header has {columns}; a separator or quote inside a field may not be quoted"
            );
            return at.quarantine(None, "ragged_row", message);
        }
        let mut draft = Draft::default();
        for (i, role) in header.roles.iter().enumerate() {
            let Some((role, rank)) = *role else { continue };
            let (value, broken) = lossy(self.field(i));
            draft.broken |= broken;
            draft.offer(role, rank, value.into_owned());
        }
        draft.finish(at, context.counts, || header.names.clone())
    }
}

/// Where, in a row that a stray quote made endless, rows of the header's width begin again: after a line end, and so
/// that the next lines all fit. `ended` says that the file ends with `window`.
fn resync(rows: &mut Rows, window: &[u8], columns: usize, ended: bool) -> Option<usize> {
    if columns < 3 {
        return None;
    }
    let mut fitting = 0;
    let mut begin = None;
    let mut start = memchr::memchr(b'\n', window)? + 1;
    while start < window.len() {
        let rest = window.get(start..).unwrap_or_default();
        let length = match memchr::memchr(b'\n', rest) {
            Some(at) => at + 1,
            None if ended => rest.len(),
            None => break,
        };
        rows.parser = ReaderBuilder::new().delimiter(rows.separator).build();
        let line = rest.get(..length).unwrap_or_default();
        let mut fields = 0;
        let mut fed = 0;
        let fits = loop {
            let rest = line.get(fed..).unwrap_or_default();
            let ends = rows.ends.get_mut(fields..).unwrap_or_default();
            let (result, n, _, more) = rows.parser.read_record(rest, &mut rows.out, ends);
            fed += n;
            fields += more;
            match result {
                ReadRecordResult::Record => break fields == columns,
                ReadRecordResult::OutputFull => {}
                ReadRecordResult::InputEmpty if fed == line.len() && !rest.is_empty() => {}
                _ => break false,
            }
        };
        fitting = if fits { fitting + 1 } else { 0 };
        match (fits, begin) {
            (true, None) => begin = Some(start),
            (false, _) => begin = None,
            _ => {}
        }
        if fitting >= RESYNC_LINES {
            return begin;
        }
        start += length;
    }
    begin.filter(|_| ended)
}

/// The separator of a header line: the one that finds most known names, then most columns.
fn find_separator(head: &[u8], map: &FieldMap) -> u8 {
    let mut best = (0, 0, b',');
    for separator in SEPARATORS {
        let (known, _, columns) = header_fit(head, separator, map);
        if (known, columns) > (best.0, best.1) {
            best = (known, columns, separator);
        }
    }
    best.2
}

/// Known names, whether a text is among them, and columns of the first line under a separator.
fn header_fit(head: &[u8], separator: u8, map: &FieldMap) -> (usize, bool, usize) {
    let mut parser = ReaderBuilder::new().delimiter(separator).build();
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let (mut out, mut ends) = ([0; 4 << 10], [0; 256]);
    let line = line.get(..line.len().min(out.len() - 2)).unwrap_or_default();
    let line = [line, b"\n"].concat();
    let (result, _, _, fields) = parser.read_record(&line, &mut out, &mut ends);
    if result != ReadRecordResult::Record {
        return (0, false, 0);
    }
    let mut start = 0;
    let (mut known, mut text) = (0, false);
    for end in ends.iter().take(fields) {
        let name = lossy(out.get(start..*end).unwrap_or_default()).0;
        if let Some((role, _)) = map.column(&name) {
            known += 1;
            text |= role == Role::Text;
        }
        start = *end;
    }
    (known, text, fields)
}

/// Whether a file without a telling name is a table: its first line has the names of two fields, a text among them,
/// or of three.
pub fn sniff(head: &[u8]) -> Option<Kind> {
    let map = FieldMap::default();
    SEPARATORS.iter().find_map(|separator| {
        let (known, text, columns) = header_fit(head, *separator, &map);
        let header = known >= 3 || known >= 2 && text;
        let kind = if *separator == b'\t' { Kind::Tsv } else { Kind::Csv };
        (header && known * 3 >= columns).then_some(kind)
    })
}
