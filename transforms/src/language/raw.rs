//! Text without marked paragraphs: blank lines part them; single line ends are joined where a sentence goes on.

use std::ops::Range;

/// Calls `found` with every paragraph of a text, in order.
pub(super) fn paragraphs(text: &str, mut found: impl FnMut(Range<u32>)) {
    let bytes = text.as_bytes();
    let mut start = 0;
    let mut last: &[u8] = b"";
    let mut at = 0;
    let limit = u32::MAX as usize - 1;
    let mut give = |start: usize, end: usize| {
        if !bytes.get(start..end).unwrap_or_default().trim_ascii().is_empty() {
            found(start as u32..end as u32);
        }
    };
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        let end = (at + line.len()).min(limit);
        let trimmed = line.trim_ascii();
        if trimmed.is_empty() || start < at && !goes_on(last, trimmed) {
            give(start, at);
            start = at;
        }
        last = trimmed;
        at = end;
    }
    give(start, at);
}

/// Whether a sentence may go on from one line to the next: the line before is as long as wrapped lines are, or the
/// next goes on in small letters.
fn goes_on(last: &[u8], next: &[u8]) -> bool {
    let Some(first) = next.first() else { return false };
    let bullet = matches!(first, b'*' | b'-') || next.starts_with("•".as_bytes()) || next.starts_with(b"==");
    if last.is_empty() || bullet {
        return last.is_empty();
    }
    let ended = matches!(last.last(), Some(b'.' | b'!' | b'?' | b'"' | b':'));
    first.is_ascii_lowercase() && !ended || last.len() >= 55
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined_where_a_sentence_goes_on() {
        let check = |text: &str, expected: &[&str]| {
            let mut got = Vec::new();
            paragraphs(text, |r| got.push(text[r.start as usize..r.end as usize].trim()));
            assert_eq!(got, expected, "{text:?}");
        };
        check("Flood kills two\n\nPESHAWAR: Two died.\n", &["Flood kills two", "PESHAWAR: Two died."]);
        check("Flood kills two\nPESHAWAR: Two died.", &["Flood kills two", "PESHAWAR: Two died."]);
        check("The committee that met on\nmonday rose.", &["The committee that met on\nmonday rose."]);
        let wrapped = "The chairman of the committee that had met in Kabul and the\nMinister agreed.";
        check(wrapped, &[wrapped]);
        check("Agreed:\n- a fund\n- a bank", &["Agreed:", "- a fund", "- a bank"]);
        check(" \n\n", &[]);
    }
}
