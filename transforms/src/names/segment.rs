//! Describes the tokens of a sentence and marks the stretches in which a name may stand.

use super::NameToken;
use super::features::*;
use super::lexicon::{ClusterTable, NameLexicon};
use std::ops::Range;

const FNV_BASIS: u32 = 0x811C_9DC5;
const FNV_PRIME: u32 = 0x0100_0193;

/// Hash of a few bytes.
pub fn hash_bytes(bytes: &[u8]) -> u32 {
    bytes.iter().fold(FNV_BASIS, |h, b| (h ^ u32::from(*b)).wrapping_mul(FNV_PRIME))
}

/// The hash of a form as written.
pub fn hash_word(word: &str) -> u32 {
    hash_bytes(word.as_bytes())
}

/// The hash of a form's lower-cased version.
pub fn hash_lower(word: &str) -> u32 {
    hash_bytes(Lower::new(word).as_bytes())
}

/// A token's lower-cased form, cut to a length that no name of interest exceeds.
pub struct Lower {
    bytes: [u8; Self::LONGEST],
    len: usize,
}

impl Lower {
    const LONGEST: usize = 48;

    pub fn new(text: &str) -> Self {
        let mut lower = Lower { bytes: [0; Self::LONGEST], len: 0 };
        for c in text.chars() {
            if c.is_ascii() {
                lower.push(c.to_ascii_lowercase());
            } else {
                match c {
                    '’' | '‘' | 'ʼ' | '`' => lower.push('\''),
                    '“' | '”' => lower.push('"'),
                    '‑' | '–' => lower.push('-'),
                    '\u{ad}' | '\u{200b}' => {}
                    c => c.to_lowercase().for_each(|c| lower.push(c)),
                }
            }
        }
        lower
    }

    fn push(&mut self, c: char) {
        let mut buffer = [0; 4];
        for b in c.encode_utf8(&mut buffer).bytes() {
            if let Some(slot) = self.bytes.get_mut(self.len) {
                *slot = b;
                self.len += 1;
            }
        }
    }

    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or(&[])
    }
}

/// Words that carry no name by themselves, also with a capital.
const STOP_WORDS: &[&str] = &[
    "a",
    "about",
    "after",
    "all",
    "also",
    "although",
    "an",
    "and",
    "another",
    "any",
    "as",
    "at",
    "because",
    "before",
    "both",
    "but",
    "by",
    "despite",
    "during",
    "each",
    "even",
    "every",
    "for",
    "from",
    "he",
    "her",
    "here",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "into",
    "is",
    "it",
    "its",
    "many",
    "meanwhile",
    "more",
    "most",
    "much",
    "my",
    "no",
    "not",
    "now",
    "of",
    "on",
    "once",
    "one",
    "only",
    "or",
    "other",
    "our",
    "over",
    "she",
    "since",
    "so",
    "some",
    "such",
    "than",
    "that",
    "the",
    "their",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "though",
    "through",
    "thus",
    "to",
    "two",
    "under",
    "until",
    "we",
    "were",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "why",
    "will",
    "with",
    "without",
    "would",
    "yes",
    "yet",
    "you",
    "your",
    "are",
    "was",
    "be",
    "has",
    "have",
    "had",
    "do",
    "does",
    "did",
    "can",
    "could",
    "should",
    "may",
    "might",
    "must",
    "'s",
    "said",
    "says",
    "according",
];

/// Lower-case words and marks that stand inside names.
const JOINERS: &[&str] = &[
    "of", "the", "and", "for", "in", "on", "to", "at", "de", "del", "la", "las", "los", "da", "do", "dos",
    "das", "di", "du", "des", "le", "les", "et", "y", "e", "van", "von", "der", "den", "bin", "ibn", "bint",
    "al", "el", "ul", "ur", "un", "en", "und", "abu", "as", "ad", "ar", "az", "&", "-", "'", "'s", ".", ",",
    "/", "with", "against", "by", "a",
];

/// A set of words by their hashes, made by the compiler; at most half of its slots are used.
pub struct WordSet<const SIZE: usize> {
    hashes: [u32; SIZE],
}

impl<const SIZE: usize> WordSet<SIZE> {
    /// The set of these lower-cased words.
    pub const fn new(words: &[&str]) -> Self {
        let mut hashes = [0u32; SIZE];
        let mut i = 0;
        while i < words.len() {
            let bytes = words[i].as_bytes();
            let mut h = FNV_BASIS;
            let mut k = 0;
            while k < bytes.len() {
                h = (h ^ bytes[k] as u32).wrapping_mul(FNV_PRIME);
                k += 1;
            }
            let mut slot = (h >> 8) as usize % SIZE;
            while hashes[slot] != 0 {
                slot = (slot + 1) % SIZE;
            }
            hashes[slot] = h;
            i += 1;
        }
        WordSet { hashes }
    }

    /// Whether it holds the word of this hash.
    pub fn holds(&self, hash: u32) -> bool {
        let mut slot = (hash >> 8) as usize % SIZE;
        loop {
            match self.hashes.get(slot) {
                Some(0) | None => return false,
                Some(h) if *h == hash => return true,
                _ => slot = (slot + 1) % SIZE,
            }
        }
    }
}

static STOPS: WordSet<512> = WordSet::new(STOP_WORDS);
static JOINING: WordSet<512> = WordSet::new(JOINERS);

/// The form's outline: runs of capitals, small letters, digits and the rest, with single capitals told from several.
fn shape_of(text: &str) -> (u32, u16) {
    let mut hash = FNV_BASIS;
    let (mut last, mut run) = (0u8, 0u32);
    let (mut upper, mut lower, mut digits, mut symbols) = (0u32, 0u32, 0u32, 0u32);
    let mut first_upper = false;
    for (k, c) in text.chars().take(24).enumerate() {
        let class = if c.is_uppercase() {
            upper += 1;
            b'X'
        } else if c.is_alphabetic() {
            lower += 1;
            b'x'
        } else if c.is_ascii_digit() {
            digits += 1;
            b'd'
        } else {
            symbols += 1;
            match c {
                '.' | '\'' | '-' | ',' | '(' | ')' | '"' | ':' | '/' | '&' | '%' | '$' => c as u8,
                '’' => b'\'',
                '“' | '”' => b'"',
                _ => b'_',
            }
        };
        if k == 0 {
            first_upper = class == b'X';
        }
        if class == last {
            run += 1;
            // A second capital in a row is told from one; more make no difference.
            if run == 2 && (class == b'X' || class == b'd') {
                hash = (hash ^ 43).wrapping_mul(FNV_PRIME);
            }
        } else {
            hash = (hash ^ u32::from(class)).wrapping_mul(FNV_PRIME);
            last = class;
            run = 1;
        }
    }
    let mut flags = 0;
    if first_upper || (upper > 0 && digits + lower + symbols > 0) {
        flags |= CAPITAL;
    }
    if upper >= 2 && lower == 0 {
        flags |= ALL_CAPS;
    }
    if digits > 0 && text.starts_with(|c: char| c.is_ascii_digit()) {
        flags |= NUMBER;
    }
    if upper + lower + digits == 0 {
        flags |= PUNCTUATION;
    }
    (hash, flags)
}

fn describe_token(token: &NameToken<'_>, clusters: &ClusterTable) -> TokenInfo {
    let lower = Lower::new(token.text);
    let bytes = lower.as_bytes();
    let n = bytes.len();
    let hash = hash_bytes(bytes);
    let (shape, mut flags) = shape_of(token.text);
    if token.space_before {
        flags |= SPACED;
    }
    if STOPS.holds(hash) {
        flags |= STOP;
    }
    if flags & CAPITAL == 0 && (JOINING.holds(hash) || flags & NUMBER != 0) {
        flags |= JOINER;
    }
    if bytes == b"-" {
        flags |= HYPHEN;
    }
    let head = |k: usize| hash_bytes(bytes.get(..k.min(n)).unwrap_or(&[])).wrapping_add(k as u32);
    let tail = |k: usize| hash_bytes(bytes.get(n.saturating_sub(k)..).unwrap_or(&[])).wrapping_add(k as u32);
    let cased = hash_bytes(token.text.as_bytes());
    TokenInfo {
        cased,
        lower: hash,
        shape,
        affixes: [head(2), head(3), tail(2), tail(3), tail(4)],
        cluster: clusters.get(cased, hash),
        grammar: token.tag as u16 | (token.relation as u16) << 8,
        flags,
        lists: 0,
    }
}

/// Works out everything the tagger needs to know of one sentence's tokens, and appends the stretches (as ranges of the
/// document's tokens; the sentence begins at `offset`) that may hold names.
pub fn describe_sentence(
    tokens: &[NameToken<'_>],
    lexicon: &NameLexicon,
    clusters: &ClusterTable,
    infos: &mut [TokenInfo],
    offset: usize,
    segments: &mut Vec<Range<usize>>,
) {
    let (mut words, mut capitals, mut all_caps, mut long_small) = (0, 0, 0, 0);
    for (token, info) in tokens.iter().zip(infos.iter_mut()) {
        *info = describe_token(token, clusters);
        if !info.has(PUNCTUATION) && !info.has(NUMBER) {
            words += 1;
            capitals += usize::from(info.has(CAPITAL));
            all_caps += usize::from(info.has(ALL_CAPS));
            long_small += usize::from(info.flags & (CAPITAL | STOP | JOINER) == 0 && token.text.len() > 3);
        }
    }
    if words >= 4 && all_caps * 10 >= words * 7 {
        for info in infos.iter_mut() {
            // Case says nothing here: the form counts as lower-cased, and every word may begin a name.
            info.cased = info.lower ^ 0x5555;
            info.cluster = clusters.get(info.lower, info.lower);
            info.flags |= CAPS_SENTENCE;
            info.flags &= !ALL_CAPS;
            if info.has(CAPITAL) {
                info.shape = 0xCA95;
            }
        }
    } else if words >= 4 && long_small * 16 <= words && capitals * 10 >= words * 6 {
        infos.iter_mut().for_each(|info| info.flags |= TITLE_SENTENCE);
    }
    mark_candidates(infos);
    lexicon.mark(infos);
    let mut start = None;
    for (k, info) in infos.iter().enumerate() {
        match (info.has(CANDIDATE), start) {
            (true, None) => start = Some(k),
            (false, Some(s)) => {
                segments.push(offset + s..offset + k);
                start = None;
            }
            _ => {}
        }
    }
    if let Some(s) = start {
        segments.push(offset + s..offset + infos.len());
    }
}

/// Capitalised words, and what joins them: up to three joiners between two of them, pieces bound by a hyphen, and a
/// number beside one.
fn mark_candidates(infos: &mut [TokenInfo]) {
    const GAP: usize = 3;
    let n = infos.len();
    let flag = |infos: &[TokenInfo], k: usize, f: u16| infos.get(k).is_some_and(|x| x.has(f));
    let mut last_core: Option<usize> = None;
    for k in 0..n {
        let core = flag(infos, k, CAPITAL) && (!flag(infos, k, STOP) || flag(infos, k + 1, CAPITAL));
        if !core {
            continue;
        }
        let mut from = k;
        if let Some(last) = last_core
            && k - last - 1 <= GAP
            && (last + 1..k).all(|m| flag(infos, m, JOINER))
        {
            from = last + 1;
        }
        // "al-Shabaab": a small piece bound to this one by a hyphen; "2022 World Cup": a number before it.
        if k >= 2 && flag(infos, k - 1, HYPHEN) && !flag(infos, k, SPACED) && !flag(infos, k - 1, SPACED) {
            from = from.min(k - 2);
        } else if k >= 1 && flag(infos, k - 1, NUMBER) {
            from = from.min(k - 1);
        }
        let mut to = k + 1;
        // "Wen-je", "F-35", "Agenda 2063".
        if flag(infos, k + 1, HYPHEN)
            && !flag(infos, k + 1, SPACED)
            && k + 2 < n
            && !flag(infos, k + 2, SPACED)
        {
            to = k + 3;
        } else if flag(infos, k + 1, NUMBER) {
            to = k + 2;
        }
        for info in infos.iter_mut().take(to).skip(from) {
            info.flags |= CANDIDATE;
        }
        last_core = Some(k);
    }
}
