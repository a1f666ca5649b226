//! JSON files: the elements of an array one by one, one object, or objects one after another; depth and length cost no
//! memory. An array may lie in an object around it, as news services answer: `{"status": "ok", "articles": [...]}`.

use super::decode::Text;
use super::fields::{At, FieldMap, Role, normal};
use super::kind::is_array_of_objects;
use super::{Context, Documents, Item, Place, object};
use memchr::memchr2;

/// Keys under which an object holds an array of documents, in normal form.
const WRAPPERS: [&str; 8] =
    ["articles", "documents", "docs", "records", "items", "results", "data", "entries"];
/// Bytes of an object that are searched for such a key.
const WRAPPER_BYTES: usize = 16 << 10;

/// The values of a file.
pub struct Values {
    text: Text,
    place: Place,
    number: u64,
    /// Inside the outer array.
    array: bool,
    /// That array lies in an object.
    wrapped: bool,
    /// The end was reached and told.
    ended: bool,
}

/// Where a value ends.
enum Value {
    /// Its length.
    Held(usize),
    /// It was longer than the limit and was passed over.
    Skipped,
    /// The file ends inside it; its length so far.
    Open(usize),
}

/// What the scan of a value has seen.
#[derive(Default)]
struct Scan {
    depth: u64,
    quoted: bool,
    escaped: bool,
    /// It begins like no object, array or string.
    bare: bool,
}

impl Values {
    /// The values of `text`.
    pub fn new(text: Text, place: Place) -> Self {
        Self { text, place, number: 0, array: false, wrapped: false, ended: false }
    }

    /// Passes over white space and what stands between values, and leaves the array at its end.
    fn skip_between(&mut self) {
        loop {
            let window = self.text.fill(1);
            let blank = |byte: &&u8| byte.is_ascii_whitespace() || matches!(byte, b',' | 0x1e);
            let passed = window.iter().take_while(blank).count();
            let closes = self.array && window.get(passed) == Some(&b']');
            let more = passed > 0 && passed == window.len();
            self.text.consume(passed + usize::from(closes));
            if closes {
                self.array = false;
                if std::mem::take(&mut self.wrapped) {
                    self.skip(Scan { depth: 1, ..Scan::default() });
                }
            } else if !more {
                return;
            }
        }
    }

    /// Passes over the rest of a value that was seen so far.
    fn skip(&mut self, mut scan: Scan) {
        loop {
            let window = self.text.fill(1);
            let length = window.len();
            let end = scan.end(window, false, false);
            self.text.consume(end.unwrap_or(length));
            if end.is_some() || length == 0 {
                return;
            }
        }
    }
}

impl Documents for Values {
    fn next(&mut self, context: &mut Context<'_>) -> Option<Item> {
        loop {
            self.skip_between();
            let Some(first) = self.text.fill(1).first().copied() else {
                return self.end(context);
            };
            if first == b'[' && !self.array && self.opens_elements() {
                self.array = true;
                self.text.consume(1);
                continue;
            }
            if first == b'{'
                && self.number == 0
                && !self.array
                && let Some(inside) = wrapper(self.text.fill(WRAPPER_BYTES), &context.options.map)
            {
                self.array = true;
                self.wrapped = true;
                self.text.consume(inside);
                continue;
            }
            break;
        }
        let start = self.text.position();
        let value = scan(&mut self.text, self.array, context.options.line_bytes_max);
        let (length, open) = match value {
            Value::Skipped => {
                self.number += 1;
                self.ended = self.text.fill(1).is_empty();
                let bytes = start.zip(self.text.position());
                let number = Some(self.number);
                let at = At { place: &self.place, number, line: None, bytes, options: context.options };
                return Some(at.too_large(None));
            }
            Value::Open(_) if self.text.is_cut() => return None,
            Value::Open(length) => (length, true),
            Value::Held(length) => (length, false),
        };
        let mut bytes = self.text.unread().get(..length).unwrap_or_default().to_vec();
        bytes.truncate(bytes.trim_ascii_end().len());
        self.text.consume(bytes.len());
        let range = start.zip(self.text.position());
        self.text.consume(length - bytes.len());
        self.number += 1;
        let alone = !self.array && self.number == 1 && {
            self.skip_between();
            self.text.fill(1).is_empty()
        };
        let number = if alone { None } else { Some(self.number) };
        let at = At { place: &self.place, number, line: None, bytes: range, options: context.options };
        if open {
            self.ended = true;
            return Some(at.quarantine(None, "bad_json", "the file ends inside this value".to_owned()));
        }
        Some(object::read(&bytes, &at, context.counts))
    }

    fn text(&mut self) -> Option<&mut Text> {
        Some(&mut self.text)
    }
}

impl Values {
    /// The row of a file whose array is never closed: what was to come is lost.
    fn end(&mut self, context: &Context<'_>) -> Option<Item> {
        if !self.array || self.text.is_cut() || std::mem::replace(&mut self.ended, true) {
            return None;
        }
        let start = self.text.position();
        let bytes = start.zip(start);
        let number = Some(self.number + 1);
        let at = At { place: &self.place, number, line: None, bytes, options: context.options };
        let message = "the file ends before its array does; fetch it again".to_owned();
        Some(at.quarantine(None, "bad_json", message))
    }

    /// Whether the array that begins here is the outer one: it has elements, or is empty, and is not one of nothing
    /// but arrays, which is no dump and would be unnested without end.
    fn opens_elements(&mut self) -> bool {
        let window = self.text.fill(4 << 10);
        let inside = window.get(1..).unwrap_or_default().trim_ascii_start();
        inside.first() != Some(&b'[')
    }
}

/// Where, in an object, the elements of its array of documents begin; `None` for an object that is a document.
fn wrapper(object: &[u8], map: &FieldMap) -> Option<usize> {
    let mut at = 1;
    let skip_to = |at: usize, stop: fn(u8) -> bool| {
        let rest = object.get(at..)?;
        Some(at + rest.iter().position(|byte| stop(*byte))?)
    };
    loop {
        at = skip_to(at, |byte| !byte.is_ascii_whitespace() && byte != b',')?;
        let key = object.get(at..)?;
        let key = key.get(..Scan::default().end(key, true, true).filter(|_| key.starts_with(b"\""))?)?;
        at = skip_to(at + key.len(), |byte| !byte.is_ascii_whitespace() && byte != b':')?;
        let key: String = serde_json::from_slice(key).ok()?;
        if matches!(map.column(&key), Some((Role::Text, _))) {
            return None;
        }
        let value = object.get(at..)?;
        if WRAPPERS.contains(&normal(&key).as_str()) && is_array_of_objects(value) {
            return Some(at + 1);
        }
        at += Scan::default().end(value, true, true)?;
    }
}

/// Finds the end of the value that begins here, holding no more than `max` bytes.
fn scan(text: &mut Text, array: bool, max: usize) -> Value {
    let mut scan = Scan::default();
    let mut want = 1;
    let mut searched = 0;
    loop {
        let window = text.fill(want);
        let whole = window.len() < want;
        if let Some(at) = scan.end(window.get(searched..).unwrap_or_default(), searched == 0, array) {
            return if searched + at > max {
                text.consume(searched + at);
                Value::Skipped
            } else {
                Value::Held(searched + at)
            };
        }
        searched = window.len();
        if searched > max {
            text.consume(searched);
            loop {
                let window = text.fill(1);
                let length = window.len();
                let end = scan.end(window, false, array);
                text.consume(end.unwrap_or(length));
                if end.is_some() || length == 0 {
                    return Value::Skipped;
                }
            }
        }
        if whole {
            return match scan.depth {
                0 if !scan.quoted => Value::Held(searched),
                _ => Value::Open(searched),
            };
        }
        want = searched + 1;
    }
}

impl Scan {
    /// Takes in more of the value; where it ends in `bytes`, if it does. Objects, arrays and strings end with their
    /// last character, anything else before the next separator.
    fn end(&mut self, bytes: &[u8], first: bool, array: bool) -> Option<usize> {
        let mut at = 0;
        if first {
            self.bare = !matches!(bytes.first(), Some(b'{' | b'[' | b'"') | None);
        }
        if self.bare {
            let end = |byte: &u8| if array { matches!(byte, b',' | b']') } else { *byte == b'\n' };
            return bytes.iter().position(end);
        }
        while let Some(byte) = bytes.get(at) {
            if self.quoted {
                if std::mem::take(&mut self.escaped) {
                    at += 1;
                    continue;
                }
                let rest = bytes.get(at..).unwrap_or_default();
                let found = memchr2(b'"', b'\\', rest)?;
                at += found;
                self.escaped = bytes.get(at) == Some(&b'\\');
                self.quoted = self.escaped;
                at += 1;
                if !self.quoted && self.depth == 0 {
                    return Some(at);
                }
                continue;
            }
            match byte {
                b'"' => self.quoted = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' if self.depth > 0 => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return Some(at + 1);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        None
    }
}
