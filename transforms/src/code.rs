//! Short codes and stable ids: values that are copied, never allocated, and printed only at the edge.

use std::fmt;
use xxhash_rust::xxh3::xxh3_64;

/// A short code such as `CONSULT`, `PAK` or `040`: at most 23 bytes of UTF-8, kept in place.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code {
    len: u8,
    bytes: [u8; 23],
}

impl Code {
    /// The code of a text, `None` where it is empty or longer than 23 bytes.
    pub fn new(text: &str) -> Option<Self> {
        let source = text.as_bytes();
        let mut bytes = [0; 23];
        bytes.get_mut(..source.len())?.copy_from_slice(source);
        (!source.is_empty()).then_some(Self { len: source.len() as u8, bytes })
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        self.bytes.get(..usize::from(self.len)).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or("")
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl PartialEq<str> for Code {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Code {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

/// A stable id: a kind (`a` article, `m` mention, `e` event, `f` figure, `c` claim, `q` quote, `r` run) and 64 bits
/// of a content hash (XXH3), printed as the letter, `_` and 16 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id {
    /// The kind's letter.
    pub kind: u8,
    /// The hash.
    pub hash: u64,
}

impl Id {
    /// The id of a kind over parts of content; the parts are kept apart, so `("ab", "c")` is not `("a", "bc")`.
    pub fn of(kind: u8, parts: &[&[u8]]) -> Self {
        let mut hash = u64::from(kind);
        for part in parts {
            let mut piece = [0; 16];
            let (left, right) = piece.split_at_mut(8);
            left.copy_from_slice(&hash.to_le_bytes());
            right.copy_from_slice(&xxh3_64(part).to_le_bytes());
            hash = xxh3_64(&piece);
        }
        Self { kind, hash }
    }

    /// The printed form in a buffer of its exact length, without allocation.
    pub fn text(self) -> [u8; 18] {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let mut out = [b'_'; 18];
        out[0] = self.kind;
        for (i, digit) in out[2..].iter_mut().enumerate() {
            *digit = HEX[((self.hash >> (60 - 4 * i)) & 15) as usize];
        }
        out
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.text()).unwrap_or(""))
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_keep_their_text() {
        assert_eq!(Code::new("040").map(|c| c.to_string()).as_deref(), Some("040"));
        assert_eq!(Code::new(""), None);
        assert_eq!(Code::new("a code that is far too long"), None);
    }

    #[test]
    fn ids_are_stable_and_keep_parts_apart() {
        let id = Id::of(b'a', &[b"one", b"two"]);
        assert_eq!(id.to_string().len(), 18);
        assert!(id.to_string().starts_with("a_"));
        assert_ne!(id, Id::of(b'a', &[b"onet", b"wo"]));
        assert_ne!(id.hash, Id::of(b'e', &[b"one", b"two"]).hash);
        assert_eq!(Id { kind: b'q', hash: 0x1f }.to_string(), "q_000000000000001f");
    }
}
