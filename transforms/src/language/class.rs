//! What a character is to the tokeniser: white space, part of a word, a digit, or a sign that stands alone.

/// The classes that decide where a token begins and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// White space and control characters: never part of a token.
    Space,
    /// Letters, combining marks and letter-like characters.
    Letter,
    /// ASCII digits.
    Digit,
    /// Everything else: punctuation, symbols, emoji.
    Sign,
}

/// Classes of the ASCII characters.
static ASCII: [Class; 128] = {
    let mut table = [Class::Sign; 128];
    let mut at = 0;
    while at < 128 {
        let byte = at as u8;
        if byte <= b' ' || byte == 0x7f {
            table[at] = Class::Space;
        } else if byte.is_ascii_alphabetic() {
            table[at] = Class::Letter;
        } else if byte.is_ascii_digit() {
            table[at] = Class::Digit;
        }
        at += 1;
    }
    table
};

/// The class of an ASCII byte; bytes of longer characters count as signs.
#[inline]
pub(super) fn of_byte(byte: u8) -> Class {
    ASCII.get(byte as usize).copied().unwrap_or(Class::Sign)
}

/// The class of a character.
pub(super) fn of(c: char) -> Class {
    if c.is_ascii() {
        return of_byte(c as u8);
    }
    if c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{200e}' | '\u{200f}')
    {
        return Class::Space;
    }
    // Superscripts and fractions are numeric to Unicode, but stand alone in the treebanks ("km ²").
    if matches!(c, '²' | '³' | '¹' | '½' | '¼' | '¾' | 'ª' | 'º') {
        return Class::Sign;
    }
    if c.is_alphanumeric() || mark(c) { Class::Letter } else { Class::Sign }
}

/// Combining marks and joiners, which stay with the letter before them.
fn mark(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{900}'..='\u{903}'
        | '\u{93a}'..='\u{963}' | '\u{981}'..='\u{e4e}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}' | '\u{2bb}'..='\u{2bf}')
}

/// Characters that only modify the emoji before them.
pub(super) fn emoji_modifier(c: char) -> bool {
    matches!(c, '\u{fe0e}' | '\u{fe0f}' | '\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{20e3}' | '\u{e0020}'..='\u{e007f}')
}
