//! Values of records that go through the disk: texts and numbers one after the other, nothing else.

/// Stands for a text that isn't there.
const NONE: u32 = u32::MAX;

/// Appends a text or its absence.
pub fn put_text(out: &mut Vec<u8>, text: Option<&str>) {
    let text = text.filter(|t| t.len() < NONE as usize);
    out.extend_from_slice(&text.map_or(NONE, |t| t.len() as u32).to_le_bytes());
    out.extend_from_slice(text.unwrap_or("").as_bytes());
}

/// Appends a number.
pub fn put_number(out: &mut Vec<u8>, number: i32) {
    out.extend_from_slice(&number.to_le_bytes());
}

/// Reads back what was put, in the same order; `None` where the bytes aren't such.
pub struct Unpack<'a>(pub &'a [u8]);

impl<'a> Unpack<'a> {
    /// The next text or its absence.
    pub fn text(&mut self) -> Option<Option<&'a str>> {
        let len = self.number()? as u32;
        if len == NONE {
            return Some(None);
        }
        let (text, rest) = self.0.split_at_checked(len as usize)?;
        self.0 = rest;
        std::str::from_utf8(text).ok().map(Some)
    }

    /// The next number.
    pub fn number(&mut self) -> Option<i32> {
        let (number, rest) = self.0.split_first_chunk::<4>()?;
        self.0 = rest;
        Some(i32::from_le_bytes(*number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_comes_back() {
        let mut bytes = Vec::new();
        put_text(&mut bytes, Some("Türkiye"));
        put_number(&mut bytes, -7);
        put_text(&mut bytes, None);
        put_text(&mut bytes, Some(""));
        let mut unpack = Unpack(&bytes);
        assert_eq!(unpack.text(), Some(Some("Türkiye")));
        assert_eq!(unpack.number(), Some(-7));
        assert_eq!(unpack.text(), Some(None));
        assert_eq!(unpack.text(), Some(Some("")));
        assert_eq!(unpack.text(), None);
    }
}
