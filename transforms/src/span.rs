//! Places in a text: half-open ranges of bytes, and the way from bytes to the code points that the tables count.

/// A half-open range of byte offsets into an article's text; both ends are character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    /// Number of bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// Whether no byte lies inside.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The piece of `text`; empty where the span doesn't fit it.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether `other` lies inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// Bytes between two remembered counts.
const STEP: usize = 64;

/// From byte offsets to code points: a count remembered every 64 bytes, the rest counted. For ASCII text nothing is
/// kept and the answer is the offset itself.
#[derive(Debug, Default)]
pub struct CharMap {
    counts: Vec<u32>,
    ascii: bool,
}

impl CharMap {
    /// Learns a text; the buffer of the last one is reused.
    pub fn learn(&mut self, text: &str) {
        self.counts.clear();
        self.ascii = text.is_ascii();
        if self.ascii {
            return;
        }
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STEP) {
            self.counts.push(count);
            count += starts(chunk);
        }
    }

    /// The number of code points before byte `at` of the learnt text.
    pub fn chars(&self, text: &str, at: u32) -> u32 {
        if self.ascii {
            return at;
        }
        let at = (at as usize).min(text.len());
        let Some(block) = at.checked_sub(1).map(|a| a / STEP) else { return 0 };
        let base = self.counts.get(block).copied().unwrap_or(0);
        base + text.as_bytes().get(block * STEP..at).map_or(0, starts)
    }
}

/// Code points that begin in a piece: every byte but the continuation bytes `10xxxxxx`.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().map(|b| u32::from((*b as i8) >= -0x40)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chars_are_counted_as_python_counts_them() {
        let text = "“Türkiye” ".repeat(40) + "x";
        let mut map = CharMap::default();
        map.learn(&text);
        for (chars, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(map.chars(&text, byte as u32), chars as u32);
        }
        assert_eq!(map.chars(&text, text.len() as u32), text.chars().count() as u32);
        map.learn("plain");
        assert_eq!(map.chars("plain", 5), 5);
    }
}
