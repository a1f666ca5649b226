//! UTF-8 that was read as Windows-1252 (`donâ€™t`): repaired where nothing else is possible.

use memchr::memmem;

/// What the bytes 0x80 to 0x9f are in Windows-1252; `\0` where nothing.
const HIGH: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“',
    '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
];

/// The character of a byte 0x80 to 0x9f.
pub(crate) fn cp1252(byte: u8) -> Option<char> {
    HIGH.get(usize::from(byte.wrapping_sub(0x80))).copied().filter(|c| *c != '\0')
}

/// Whether a text shows the pattern often enough to be worth a look: a three-byte sequence of the punctuation block,
/// or several two-byte ones.
pub(crate) fn evidence(text: &str) -> bool {
    let bytes = text.as_bytes();
    let has = |needle: &str| memmem::find(bytes, needle.as_bytes()).is_some();
    has("â€")
        || has("ðŸ")
        || has("Ã©")
        || has("Ã¡")
        || has("Ã³")
        || has("Ã¼")
        || has("Ã±")
        || has("Ã¶")
        || has("Â ")
        || has("Â\u{a0}")
        || has("Â£")
        || has("â\u{80}")
}

/// The repaired line, `None` where nothing had to be done.
pub(crate) fn repair(line: &str) -> Option<String> {
    if !line.contains(['â', 'Ã', 'Â', 'ð']) {
        return None;
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    let mut changed = false;
    while let Some(c) = rest.chars().next() {
        if let Some((fixed, used)) = sequence(rest) {
            out.push(fixed);
            rest = rest.get(used..).unwrap_or("");
            changed = true;
        } else {
            out.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or("");
        }
    }
    changed.then_some(out)
}

/// The character that a garbled sequence at the start of a text stands for, and the bytes it takes.
fn sequence(text: &str) -> Option<(char, usize)> {
    let mut chars = text.chars();
    let lead = chars.next()?;
    let length = match lead {
        'Â' | 'Ã' => 2,
        'â' => 3,
        'ð' => 4,
        _ => return None,
    };
    let mut bytes = [byte(lead)?, 0, 0, 0];
    let mut used = lead.len_utf8();
    for slot in bytes.iter_mut().take(length).skip(1) {
        let c = chars.next()?;
        used += c.len_utf8();
        match byte(c) {
            Some(b @ 0x80..=0xbf) => *slot = b,
            // A closing quote lost its last byte on the way: E2 80 9D has none in Windows-1252.
            _ if text.starts_with("â€\u{fffd}") => return Some(('”', "â€\u{fffd}".len())),
            _ if text.starts_with("Â ") => return Some((' ', "Â ".len())),
            _ => return None,
        }
    }
    let fixed = std::str::from_utf8(bytes.get(..length)?).ok()?.chars().next()?;
    let sure = match length {
        2 => !matches!(bytes[1], 0x91..=0x97) || lead == 'Â',
        3 => ('\u{2000}'..'\u{2700}').contains(&fixed),
        _ => fixed >= '\u{1f000}',
    };
    sure.then_some((fixed, used))
}

/// The Windows-1252 byte of a character above ASCII.
fn byte(c: char) -> Option<u8> {
    match c {
        '\u{80}'..='\u{ff}' => Some(c as u8),
        _ => HIGH.iter().position(|h| *h == c && c != '\0').map(|at| 0x80 + at as u8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn garbled_punctuation_and_letters_are_repaired() {
        assert_eq!(repair("donâ€™t â€œgoâ€\u{9d} â€” cafÃ©").as_deref(), Some("don’t “go” — café"));
        assert_eq!(repair("â€œnoâ€\u{fffd} Â£5").as_deref(), Some("“no” £5"));
        assert_eq!(repair("ðŸ˜€").as_deref(), Some("😀"));
    }

    #[test]
    fn honest_letters_stay() {
        for text in ["SÃO PAULO", "château", "Âge d’or", "Côte d’Ivoire – “no”"] {
            assert_eq!(repair(text), None, "{text}");
        }
    }
}
