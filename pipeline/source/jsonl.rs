//! JSON lines: one object a line, blank lines passed over, endless lines skipped without being held.

use super::decode::Text;
use super::fields::At;
use super::{Context, Documents, Item, Place, object};
use memchr::memchr;

/// The lines of a file.
pub struct Lines {
    text: Text,
    place: Place,
    line: u64,
    number: u64,
}

/// What was found up to the next line end.
enum Line {
    /// Its length, and that of its end.
    Held(usize, usize),
    /// It is longer than the limit and was passed over, with its end.
    Skipped,
    /// The file is cut inside it.
    Cut,
}

impl Lines {
    /// The lines of `text`.
    pub fn new(text: Text, place: Place) -> Self {
        Self { text, place, line: 0, number: 0 }
    }
}

impl Documents for Lines {
    fn next(&mut self, context: &mut Context<'_>) -> Option<Item> {
        loop {
            if self.text.fill(1).is_empty() {
                return None;
            }
            self.line += 1;
            let start = self.text.position();
            let line = next_line(&mut self.text, context.options.line_bytes_max);
            let mut at = At {
                place: &self.place,
                number: Some(self.number + 1),
                line: Some(self.line),
                bytes: None,
                options: context.options,
            };
            match line {
                Line::Cut => return None,
                Line::Skipped => {
                    self.number += 1;
                    at.bytes = start.zip(self.text.position());
                    return Some(at.too_large(None));
                }
                Line::Held(length, end) => {
                    let bytes = self.text.unread().get(..length).unwrap_or_default();
                    // RFC 7464 puts a record separator before each text.
                    let bytes = bytes.strip_prefix(b"\x1e").unwrap_or(bytes);
                    if bytes.trim_ascii().is_empty() {
                        self.text.consume(length + end);
                        continue;
                    }
                    self.number += 1;
                    let item = if let Some(start) = start
                        && self.text.is_verbatim()
                    {
                        at.bytes = Some((start, start + length as u64));
                        let item = object::read(bytes, &at, context.counts);
                        self.text.consume(length + end);
                        item
                    } else {
                        // The end is known only when the line was measured: in a second look at the same bytes.
                        let bytes = bytes.to_vec();
                        self.text.consume(length);
                        at.bytes = start.zip(self.text.position());
                        self.text.consume(end);
                        object::read(&bytes, &at, context.counts)
                    };
                    return Some(item);
                }
            }
        }
    }

    fn text(&mut self) -> Option<&mut Text> {
        Some(&mut self.text)
    }
}

/// Finds the next line end, holding no more than `max` bytes.
fn next_line(text: &mut Text, max: usize) -> Line {
    let mut want = 1;
    let mut searched = 0;
    loop {
        let window = text.fill(want);
        let whole = window.len() < want;
        if let Some(at) = memchr(b'\n', window.get(searched..).unwrap_or_default()) {
            let length = searched + at;
            let carriage = length > 0 && window.get(length - 1) == Some(&b'\r');
            if length > max {
                text.consume(length + 1);
                return Line::Skipped;
            }
            let carriage = usize::from(carriage);
            return Line::Held(length - carriage, 1 + carriage);
        }
        searched = window.len();
        if searched > max {
            skip_line_end(text);
            return Line::Skipped;
        }
        if whole {
            return if text.is_cut() { Line::Cut } else { Line::Held(searched, 0) };
        }
        want = searched + 1;
    }
}

/// Passes over the rest of a line, chunk by chunk.
fn skip_line_end(text: &mut Text) {
    loop {
        let window = text.fill(1);
        if window.is_empty() {
            return;
        }
        match memchr(b'\n', window) {
            Some(at) => {
                text.consume(at + 1);
                return;
            }
            None => {
                let length = window.len();
                text.consume(length);
            }
        }
    }
}
