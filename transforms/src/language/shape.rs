//! What the sentence model sees of a token: its word in small letters and its shape, each as a hash.

use super::RawToken;
use super::lexicon::{Abbreviation, Lexicon};
use crate::document::Mwt;

/// One part of a feature: the hash of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct Atom(pub u32);

const SEED: u32 = 0x811c_9dc5;
const PRIME: u32 = 0x0100_0193;

impl Atom {
    /// The atom of a text, letter for letter.
    pub const fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut hash = SEED;
        let mut at = 0;
        while at < bytes.len() {
            hash = (hash ^ bytes[at] as u32).wrapping_mul(PRIME);
            at += 1;
        }
        Self(hash)
    }

    /// The atom of a word: that of its [`folded`] text.
    #[inline]
    pub fn word(bytes: &[u8]) -> Self {
        // Long tokens are addresses and noise: their beginning tells enough.
        Self(bytes.iter().take(32).fold(SEED, |hash, b| (hash ^ u32::from(fold(*b))).wrapping_mul(PRIME)))
    }
}

fn fold(byte: u8) -> u8 {
    if byte.is_ascii_digit() { b'0' } else { byte.to_ascii_lowercase() }
}

/// A word as the model knows it: its first 32 bytes in small letters, every digit as 0.
pub fn folded(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&bytes.iter().take(32).map(|b| fold(*b)).collect::<Vec<_>>()).into_owned()
}

/// The key of a feature in the table of weights.
#[inline]
pub(super) fn key(template: usize, atoms: [Atom; 4]) -> u32 {
    let mut hash = (template as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for atom in atoms {
        hash = (hash ^ u64::from(atom.0)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        hash ^= hash >> 29;
    }
    (hash >> 32) as u32
}

macro_rules! shapes {
    ($($name:ident $text:literal,)*) => {
        /// The shape of a token.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
        #[repr(u8)]
        pub(super) enum Shape { #[default] $($name,)* }

        /// Atoms of the shapes with their texts in the file of weights.
        pub(super) const SHAPES: [(Atom, &str); [$($text,)*].len()] = [$((Atom::of($text), $text),)*];
    };
}

shapes! {
    Edge "^", Capitalised "Aa", Capital "A", Capitals "AA", MixedCase "aA", Small "aa", Letter "a", Clitic "'s",
    Number "0", Figure "0:0", Ordinal "0a", Stop ".", Question "?", Exclamation "!", Marks "?!", Dots "...",
    Comma ",", Semicolon ";", Colon ":", Hyphen "-", Dash "--", Open "``", Close "''", Bracket "(", Bracketed ")",
    Less "<", More ">", Url "url", Email "@", Line "===", Bullet "*", Money "$", Percent "%", Slash "/",
    Title "Dr.", Final "Inc.", Before "No.", Date "Jan.", Abbreviated "vs.", Dotted "U.S.", Initial "J.",
    Emoji ":)", Tag "#a", Other "~",
}

impl Shape {
    /// The shape as a part of a feature.
    #[inline]
    pub(super) fn atom(self) -> Atom {
        SHAPES.get(self as usize).map_or(Atom(0), |shape| shape.0)
    }

    /// Signs that close what came before: no sentence begins with one.
    pub(super) fn closes(self) -> bool {
        matches!(self, Self::Close | Self::Bracketed)
    }

    /// Tokens after which a sentence may end within a paragraph.
    pub(super) fn ends(self) -> bool {
        matches!(
            self,
            Self::Stop
                | Self::Question
                | Self::Exclamation
                | Self::Marks
                | Self::Dots
                | Self::Semicolon
                | Self::Colon
                | Self::Title
                | Self::Final
                | Self::Before
                | Self::Date
                | Self::Abbreviated
                | Self::Dotted
                | Self::Initial
                | Self::Emoji
        )
    }

    /// Marks that end sentences and nothing else.
    pub(super) fn marks(self) -> bool {
        matches!(self, Self::Stop | Self::Question | Self::Exclamation | Self::Marks | Self::Dots)
    }
}

/// Shape and hash of one token.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    pub(super) word: Atom,
    pub(super) shape: Shape,
    /// Up to three last bytes, folded.
    pub(super) end: Atom,
    /// Whether the word is usually written small.
    pub(super) common: bool,
    pub(super) space_after: bool,
    pub(super) inside: bool,
}

/// Which double and single quotation marks stand open while looking through a paragraph.
#[derive(Debug, Default)]
pub(super) struct Quotes {
    double: bool,
    single: bool,
}

impl Look {
    /// Looks at a token; `before` is the one before it.
    pub(super) fn at(
        token: &RawToken,
        text: &[u8],
        before: &Look,
        quotes: &mut Quotes,
        lexicon: &Lexicon,
    ) -> Self {
        let form = text.get(token.span.start as usize..token.span.end as usize).unwrap_or_default();
        let tail = form.get(form.len().saturating_sub(3)..).unwrap_or_default();
        let spaced = before.space_after || matches!(before.shape, Shape::Edge | Shape::Bracket);
        let shape = shape(form, lexicon, |double| {
            let open = if double { &mut quotes.double } else { &mut quotes.single };
            let opens = match (spaced, token.space_after) {
                (true, false) => true,
                (false, true) => false,
                _ => !*open,
            };
            *open = opens;
            opens
        });
        let word = Atom::word(form);
        let letters = matches!(
            shape,
            Shape::Capitalised | Shape::Capital | Shape::Capitals | Shape::Small | Shape::Letter
        );
        Self {
            word,
            shape,
            end: Atom::word(tail),
            common: letters && lexicon.common(word),
            space_after: token.space_after,
            inside: token.mwt == Mwt::Inside,
        }
    }
}

/// The shape of a form; `opens` decides whether a straight quotation mark opens.
fn shape(form: &[u8], lexicon: &Lexicon, opens: impl FnOnce(bool) -> bool) -> Shape {
    let [first, rest @ ..] = form else { return Shape::Edge };
    match first {
        b'a'..=b'z' | b'A'..=b'Z' | 0xc3..=0xcf | 0xd0..=0xd4 => word(form, *first, rest, lexicon),
        b'0'..=b'9' => match rest.iter().find(|b| !b.is_ascii_digit()) {
            None => Shape::Number,
            Some(b) if b.is_ascii_alphabetic() => Shape::Ordinal,
            Some(_) => Shape::Figure,
        },
        b'.' if rest.is_empty() => Shape::Stop,
        b'.' if rest.first() == Some(&b'.') => Shape::Dots,
        b'.' => Shape::Figure,
        b'?' | b'!' if !rest.is_empty() => Shape::Marks,
        b'?' => Shape::Question,
        b'!' => Shape::Exclamation,
        b',' => Shape::Comma,
        b';' if rest.is_empty() => Shape::Semicolon,
        b':' if rest.is_empty() => Shape::Colon,
        b':' | b';' | b'^' => Shape::Emoji,
        b'"' => {
            if opens(true) {
                Shape::Open
            } else {
                Shape::Close
            }
        }
        b'`' => Shape::Open,
        b'\'' => match rest {
            [] => {
                if opens(false) {
                    Shape::Open
                } else {
                    Shape::Close
                }
            }
            b"'" => {
                if opens(true) {
                    Shape::Open
                } else {
                    Shape::Close
                }
            }
            _ => Shape::Clitic,
        },
        b'(' | b'[' | b'{' => {
            if rest.len() == 1 {
                Shape::Emoji
            } else {
                Shape::Bracket
            }
        }
        b')' | b']' | b'}' => Shape::Bracketed,
        b'-' if rest.is_empty() => Shape::Hyphen,
        b'-' if rest.len() == 1 => Shape::Dash,
        b'<' => Shape::Less,
        b'>' => Shape::More,
        b'*' if rest.is_empty() => Shape::Bullet,
        b'-' | b'*' | b'=' | b'_' | b'~' | b'+' if rest.len() > 2 => Shape::Line,
        b'$' => Shape::Money,
        b'%' => Shape::Percent,
        b'/' | b'&' | b'+' | b'=' => Shape::Slash,
        b'#' | b'@' if !rest.is_empty() => Shape::Tag,
        0xc2 if matches!(form, [0xc2, 0xa3]) => Shape::Money,
        0xc2 if matches!(form, [0xc2, 0xb7]) => Shape::Bullet,
        0xe2 => match std::str::from_utf8(form).ok().and_then(|t| t.chars().next()) {
            Some('“' | '„' | '‘') => Shape::Open,
            Some('”') => Shape::Close,
            Some('’') if rest.len() == 2 => {
                if opens(false) {
                    Shape::Open
                } else {
                    Shape::Close
                }
            }
            Some('’') => Shape::Clitic,
            Some('…') => Shape::Dots,
            Some('—' | '―') => Shape::Dash,
            Some('–') => Shape::Hyphen,
            Some('•' | '●' | '▪' | '■' | '◆' | '►' | '‣' | '◦') => Shape::Bullet,
            Some('€') => Shape::Money,
            _ => Shape::Other,
        },
        0xf0 => Shape::Emoji,
        0xd8..=0xef => Shape::Small,
        _ => Shape::Other,
    }
}

/// The shape of a form that begins with a letter.
fn word(form: &[u8], first: u8, rest: &[u8], lexicon: &Lexicon) -> Shape {
    let mut upper = first.is_ascii_uppercase();
    let capital = upper
        || first >= 0xc3
            && std::str::from_utf8(form).ok().and_then(|t| t.chars().next()).is_some_and(char::is_uppercase);
    upper |= capital;
    let (mut capitals, mut small, mut dots, mut digits, mut at) = (0, 0, 0, 0, false);
    for byte in rest {
        match byte {
            b'A'..=b'Z' => capitals += 1,
            b'a'..=b'z' => small += 1,
            b'.' => dots += 1,
            b'0'..=b'9' => digits += 1,
            b'@' => at = true,
            _ => {}
        }
    }
    if dots > 0 || at {
        if at {
            return Shape::Email;
        }
        let Some(bare) = form.strip_suffix(b".") else {
            return if capitals + small <= dots { Shape::Dotted } else { Shape::Url };
        };
        if rest.len() == 1 {
            return Shape::Initial;
        }
        return match lexicon.abbreviation(bare) {
            Some(Abbreviation::Title) => Shape::Title,
            Some(Abbreviation::Final) => Shape::Final,
            Some(Abbreviation::Number) => Shape::Before,
            Some(Abbreviation::Date) => Shape::Date,
            Some(Abbreviation::Plain) => Shape::Abbreviated,
            None => Shape::Dotted,
        };
    }
    if form.contains(&b'/') && rest.len() > 4 {
        return Shape::Url;
    }
    match (upper, capitals, small) {
        (true, 0, 0) if digits == 0 && rest.len() < 2 => Shape::Capital,
        (true, _, 0) => Shape::Capitals,
        (true, 0, _) => Shape::Capitalised,
        (true, c, s) if c > s => Shape::Capitals,
        (true, _, _) => Shape::Capitalised,
        (false, 0, 0) if rest.is_empty() => Shape::Letter,
        (false, 0, _) => Shape::Small,
        (false, _, _) => Shape::MixedCase,
    }
}
