//! The language of a text: passed over only where it is surely not English.

use crate::code::Code;
use crate::reading::knowledge::{Knowledge, fold};
use crate::reading::paragraphs::Para;

/// Bytes of running text that are looked at.
const SAMPLE_BYTES_MAX: usize = 3_000;
/// Letters below which nothing is said of a text's language.
const LETTERS_MIN: usize = 200;
/// Share of English function words from which a text is English, whatever a detector says.
const ENGLISH_SHARE: f32 = 0.2;
/// Share below which it may be another language.
const FOREIGN_SHARE: f32 = 0.12;

/// What was found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// English, as the text or a field shows.
    English(Code),
    /// Another one.
    Other(Code),
    /// Too little text to tell, and no field.
    Unknown,
}

/// The language of a text: what its letters and words show first, then the field.
pub(crate) fn language(knowledge: &Knowledge, paras: &[Para], field: Option<&str>) -> Language {
    let named = field.and_then(|f| named(knowledge, f));
    match seen(knowledge, paras) {
        Language::Unknown => match named {
            Some(code) if code == "en" => Language::English(code),
            Some(code) => Language::Other(code),
            None => Language::Unknown,
        },
        seen => seen,
    }
}

/// The two-letter code of a language field: `en`, `eng`, `en-GB`, `en_US`, `English`.
fn named(knowledge: &Knowledge, field: &str) -> Option<Code> {
    let small = fold(field.trim());
    let base = small.split(['-', '_', ' ', ';', ',', '(']).next()?;
    knowledge.languages.get(base).copied()
}

/// What the text itself shows.
fn seen(knowledge: &Knowledge, paras: &[Para]) -> Language {
    let english = knowledge.languages.get("en").copied();
    let sample = sample(paras);
    let letters = sample.chars().filter(|c| c.is_alphabetic()).count();
    if letters < LETTERS_MIN {
        return Language::Unknown;
    }
    let (mut words, mut hits) = (0_u32, 0_u32);
    for word in sample.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()) {
        words += 1;
        // Most words are in small letters already: no copy.
        let small = word.bytes().all(|b| b.is_ascii_lowercase());
        let known =
            if small { knowledge.english.contains(word) } else { knowledge.english.contains(&fold(word)) };
        hits += u32::from(known);
    }
    let share = hits as f32 / words.max(1) as f32;
    if share >= ENGLISH_SHARE {
        return english.map_or(Language::Unknown, Language::English);
    }
    let Some(info) = whatlang::detect(&sample) else { return Language::Unknown };
    let code = knowledge.languages.get(info.lang().code()).copied();
    match code {
        Some(code) if code == "en" => Language::English(code),
        // Lists of names and tables are short of function words in every language; only a confident detector and a
        // text that surely lacks English ones together are believed.
        Some(code) if share < FOREIGN_SHARE && info.is_reliable() && prose(&sample, info.script()) => {
            Language::Other(code)
        }
        _ => Language::Unknown,
    }
}

/// Whether a sample looks like running text: for the Latin script most words are in small letters.
fn prose(sample: &str, script: whatlang::Script) -> bool {
    if script != whatlang::Script::Latin {
        return true;
    }
    let words = sample.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic));
    let (mut small, mut all) = (0_usize, 0_usize);
    for word in words {
        all += 1;
        small += usize::from(word.chars().all(|c| !c.is_uppercase()));
    }
    small * 2 > all
}

/// Some of the text, from its longest paragraphs on: headers and buttons are in every language.
fn sample(paras: &[Para]) -> String {
    let mut sample = String::new();
    let long = paras.iter().filter(|p| p.text.len() >= 80);
    let short = paras.iter().filter(|p| p.text.len() < 80);
    for para in long.chain(short) {
        let left = SAMPLE_BYTES_MAX.saturating_sub(sample.len());
        if left == 0 {
            break;
        }
        let end =
            (0..=para.text.len().min(left)).rev().find(|at| para.text.is_char_boundary(*at)).unwrap_or(0);
        sample.push_str(para.text.get(..end).unwrap_or(""));
        sample.push('\n');
    }
    sample
}
