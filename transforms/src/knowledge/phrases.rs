//! A dictionary of phrases, looked up word by word: longest match at a token, in one pass, without building strings.
//!
//! Words are compared in lower case without dots; the hyphens and apostrophes that tokenisation splits off are
//! skipped on both sides, so "Al-Shabaab" in a file meets `Al`, `-`, `Shabaab` in a text.

use rustc_hash::FxHashMap;
use std::hash::Hasher;

/// Phrases with a value each.
#[derive(Debug, Clone)]
pub struct Phrases<V> {
    nodes: FxHashMap<u64, Node<V>>,
}

/// A prefix of phrases. A flag beside the value rather than an `Option` of it: there are half a million of these.
#[derive(Debug, Clone)]
struct Node<V> {
    value: V,
    flags: u8,
}

/// The prefix is a phrase, and the value its own; without it the value is that of some longer phrase.
const WHOLE: u8 = 1;
/// The phrase begins with a capital.
const PROPER: u8 = 2;
/// A longer phrase begins with this prefix.
const LONGER: u8 = 4;

/// A phrase found at a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found<V> {
    /// Number of tokens it covers.
    pub tokens: usize,
    /// What the dictionary says of it.
    pub value: V,
}

impl<V> Default for Phrases<V> {
    fn default() -> Self {
        Self { nodes: FxHashMap::default() }
    }
}

impl<V: Copy> Phrases<V> {
    /// Makes room for so many words of phrases.
    pub fn reserve(&mut self, words: usize) {
        self.nodes.reserve(words);
    }

    /// Adds a phrase. The first value given to a phrase stays. Phrases that begin with a capital only match tokens
    /// that do, so that "Polish" is no verb and "US" no pronoun.
    pub fn insert(&mut self, phrase: &str, value: V) {
        self.add(phrase, value);
    }

    /// The value of a phrase, as [`Phrases::get`] finds it; where there is none the phrase is added.
    pub fn get_or_insert(&mut self, phrase: &str, value: V) -> Option<V> {
        // A phrase with a mark between spaces is found in another way than it is added.
        if phrase.contains(['.', '\'', '’']) && pieces(phrase).any(|w| fold(w).is_none()) {
            let found = self.get(phrase);
            if found.is_none() {
                self.add(phrase, value);
            }
            return found;
        }
        self.add(phrase, value)
    }

    /// Adds a phrase, or gives the value that hides it, if the phrase as it is written finds it.
    fn add(&mut self, phrase: &str, value: V) -> Option<V> {
        let proper = if phrase.chars().next().is_some_and(char::is_uppercase) { PROPER } else { 0 };
        let capital = pieces(phrase).next().and_then(|w| w.chars().next()).is_some_and(char::is_uppercase);
        let mut hash = START;
        let mut words = pieces(phrase).filter_map(fold).peekable();
        while let Some(word) = words.next() {
            hash = step(hash, word);
            let node = self.nodes.entry(hash).or_insert(Node { value, flags: proper });
            if words.peek().is_some() {
                node.flags |= LONGER;
            } else if node.flags & WHOLE == 0 {
                node.value = value;
                node.flags = node.flags & LONGER | WHOLE | proper;
            } else {
                return Some(node.value).filter(|_| capital || node.flags & PROPER == 0);
            }
        }
        None
    }

    /// The longest phrase that begins at the first of `words`.
    pub fn longest<'a>(&self, words: impl IntoIterator<Item = &'a str>) -> Option<Found<V>> {
        let mut hash = START;
        let mut best = None;
        let mut first = true;
        let mut capital = false;
        for (at, word) in words.into_iter().enumerate() {
            let Some(key) = fold(word) else {
                if first {
                    return None;
                }
                continue;
            };
            if first {
                capital = word.chars().next().is_some_and(char::is_uppercase);
                first = false;
            }
            // "Inter-Services" may be one token or three.
            let parted = key.len() > 3 && key.as_bytes().contains(&b'-');
            let node = if parted {
                let mut pieces = key.split('-').filter(|p| !p.is_empty());
                pieces.try_fold(None, |_, piece| {
                    hash = step(hash, piece);
                    self.nodes.get(&hash).map(Some)
                })
            } else {
                hash = step(hash, key);
                self.nodes.get(&hash).map(Some)
            };
            let Some(Some(node)) = node else { break };
            if node.flags & WHOLE != 0 && (capital || node.flags & PROPER == 0) {
                best = Some(Found { tokens: at + 1, value: node.value });
            }
            if node.flags & LONGER == 0 {
                break;
            }
        }
        best
    }

    /// The value of a whole phrase given as one text.
    pub fn get(&self, phrase: &str) -> Option<V> {
        let count = pieces(phrase).count();
        self.longest(pieces(phrase)).filter(|f| f.tokens == count).map(|f| f.value)
    }
}

const START: u64 = 0x9e37_79b9_7f4a_7c15;

/// The words of a phrase as a tokeniser would part them, roughly: at spaces, hyphens and before clitics.
fn pieces(phrase: &str) -> impl Iterator<Item = &str> {
    phrase
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '/' | ','))
        .flat_map(|w| match w.find(['\'', '’']) {
            Some(at) if at > 1 => {
                let (left, right) = w.split_at(at);
                [left, right]
            }
            _ => [w, ""],
        })
        .filter(|w| !w.is_empty())
}

/// A word as a key; `None` for marks that are skipped.
fn fold(word: &str) -> Option<&str> {
    (!matches!(word, "-" | "–" | "/" | "," | "." | "'" | "’")).then_some(word)
}

/// The hash of a longer prefix: the letters in lower case, dots and case left out.
fn step(hash: u64, word: &str) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write_u64(hash);
    if word.is_ascii() {
        for byte in word.bytes() {
            match byte {
                b'.' | b'\'' => {}
                _ => hasher.write_u8(byte.to_ascii_lowercase()),
            }
        }
    } else {
        for c in word.chars().flat_map(char::to_lowercase) {
            match c {
                '.' | '\'' | '’' => {}
                _ => hasher.write_u32(c as u32),
            }
        }
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dictionary() -> Phrases<u8> {
        let mut phrases = Phrases::default();
        phrases.insert("South Waziristan", 1);
        phrases.insert("South", 2);
        phrases.insert("US", 3);
        phrases.insert("Al-Shabaab", 4);
        phrases.insert("police", 5);
        phrases
    }

    #[test]
    fn the_longest_phrase_wins() {
        let d = dictionary();
        assert_eq!(d.longest(["South", "Waziristan", "district"]), Some(Found { tokens: 2, value: 1 }));
        assert_eq!(d.longest(["South", "of", "it"]), Some(Found { tokens: 1, value: 2 }));
    }

    #[test]
    fn what_is_there_is_found_and_stays() {
        let mut d = dictionary();
        assert_eq!(d.get_or_insert("south waziristan", 9), None);
        assert_eq!(d.get_or_insert("South Waziristan", 9), Some(1));
        assert_eq!(d.get_or_insert("South Waziristan Agency", 9), None);
        assert_eq!(d.get_or_insert("South Waziristan Agency", 8), Some(9));
        assert_eq!(d.get("South Waziristan"), Some(1));
        assert_eq!((d.get_or_insert("Al Shabaab", 8), d.get_or_insert("Al", 8)), (Some(4), None));
        assert_eq!(d.longest(["Al", "-", "Shabaab"]), Some(Found { tokens: 3, value: 4 }));
        assert_eq!(d.longest(["Al-Shabaab"]), Some(Found { tokens: 1, value: 4 }));
    }

    #[test]
    fn case_and_marks() {
        let d = dictionary();
        assert_eq!(d.longest(["us"]), None);
        assert_eq!(d.longest(["U.S.", "troops"]), Some(Found { tokens: 1, value: 3 }));
        assert_eq!(d.longest(["al", "-", "Shabaab"]), None);
        assert_eq!(d.longest(["Al", "-", "Shabaab"]), Some(Found { tokens: 3, value: 4 }));
        assert_eq!(d.longest(["POLICE"]), Some(Found { tokens: 1, value: 5 }));
        assert_eq!(d.get("al-shabaab"), None);
        assert_eq!(d.get("South Waziristan"), Some(1));
    }
}
