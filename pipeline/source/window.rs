//! A window on a stream of bytes: look ahead as far as needed, consume, know the position; memory is what was asked.

use std::io::{self, Read};

/// Bytes asked of the stream below at a time.
const CHUNK_BYTES: usize = 256 << 10;

/// A buffered reader whose look-ahead grows on demand.
///
/// An error of the stream below ends the window like the end of the file does: what was read before it can be used
/// up first, then [`Window::take_error`] has it.
pub struct Window {
    inner: Box<dyn Read + Send>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    ended: bool,
    error: Option<io::Error>,
    position: u64,
}

impl Window {
    /// A window on `inner`, at position 0.
    pub fn new(inner: Box<dyn Read + Send>) -> Self {
        Self { inner, buffer: Vec::new(), start: 0, end: 0, ended: false, error: None, position: 0 }
    }

    /// All unread bytes in memory, at least `want` of them unless the stream ends before.
    pub fn fill(&mut self, want: usize) -> &[u8] {
        while self.end - self.start < want && !self.ended {
            if self.buffer.len() - self.end < CHUNK_BYTES {
                if self.start > 0 {
                    self.buffer.copy_within(self.start..self.end, 0);
                    self.end -= self.start;
                    self.start = 0;
                }
                let room = (self.end + CHUNK_BYTES).max(want.min(self.buffer.len() * 2));
                if self.buffer.len() < room {
                    self.buffer.resize(room, 0);
                }
            }
            let free = self.buffer.get_mut(self.end..).unwrap_or_default();
            match self.inner.read(free) {
                Ok(0) => self.ended = true,
                Ok(n) => self.end = (self.end + n).min(self.buffer.len()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.ended = true;
                    self.error = Some(error);
                }
            }
        }
        self.unread()
    }

    /// The unread bytes in memory.
    pub fn unread(&self) -> &[u8] {
        self.buffer.get(self.start..self.end).unwrap_or_default()
    }

    /// Passes over `n` of the unread bytes.
    pub fn consume(&mut self, n: usize) {
        let n = n.min(self.end - self.start);
        self.start += n;
        self.position += n as u64;
        if self.start == self.end {
            self.start = 0;
            self.end = 0;
        }
    }

    /// How many bytes were consumed.
    pub fn position(&self) -> u64 {
        self.position
    }

    /// Whether the stream ended in an error.
    pub fn is_cut(&self) -> bool {
        self.error.is_some()
    }

    /// Whether nothing comes after the unread bytes.
    pub fn is_ended(&self) -> bool {
        self.ended
    }

    /// The error that the stream ended in.
    pub fn take_error(&mut self) -> Option<io::Error> {
        self.error.take()
    }
}

impl Read for Window {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let unread = self.fill(1);
        if unread.is_empty() {
            return match self.take_error() {
                Some(error) => Err(error),
                None => Ok(0),
            };
        }
        let n = unread.len().min(out.len());
        if let (Some(to), Some(from)) = (out.get_mut(..n), unread.get(..n)) {
            to.copy_from_slice(from);
        }
        self.consume(n);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_ahead_and_keeps_the_position() {
        let bytes: Vec<u8> = (0..1_000_000u32).map(|i| i as u8).collect();
        let mut window = Window::new(Box::new(io::Cursor::new(bytes.clone())));
        assert_eq!(window.fill(3).first(), Some(&0));
        window.consume(5);
        assert_eq!(window.fill(700_000).get(..700_000), bytes.get(5..700_005));
        window.consume(700_000);
        assert_eq!(window.position(), 700_005);
        assert_eq!(window.fill(usize::MAX >> 1).len(), 1_000_000 - 700_005);
        assert!(window.is_ended());
    }

    #[test]
    fn an_error_comes_after_what_was_read() {
        struct Fails(bool);
        impl Read for Fails {
            fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
                if std::mem::replace(&mut self.0, true) {
                    return Err(io::Error::other("gone"));
                }
                out[..3].copy_from_slice(b"abc");
                Ok(3)
            }
        }
        let mut window = Window::new(Box::new(Fails(false)));
        assert_eq!(window.fill(10), b"abc");
        assert!(window.is_cut());
        assert_eq!(window.take_error().map(|e| e.to_string()).as_deref(), Some("gone"));
    }
}
