//! What of a page stands inside a paragraph, where the line breaks were lost: the headline of another story ("Related article
//! Town reopens its quay"), the promise that a colleague tells more ("Port FM's Ann Low has more.").

use crate::reading::knowledge::Knowledge;
use std::ops::Range;

/// Words of a headline at most.
const HEADLINE_WORDS_MAX: usize = 28;
/// Words of a headline at least.
const HEADLINE_WORDS_MIN: usize = 4;
/// Words before a teaser that its picture's credit has at most.
const CREDIT_WORDS_MAX: usize = 5;
/// Bytes of a sentence that only promises more, at most.
const PROMISE_BYTES_MAX: usize = 120;

/// The furniture inside a paragraph, in order.
pub(crate) fn inside(knowledge: &Knowledge, text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for marker in &knowledge.teasers {
        for (at, _) in text.match_indices(marker.as_str()) {
            let end = at + marker.len();
            if !text.get(..at).is_some_and(|b| b.is_empty() || b.ends_with(' ')) {
                continue;
            }
            if let Some(stop) = headline(knowledge, text, end) {
                found.push(credited(knowledge, text, at)..stop);
            }
        }
    }
    for frame in &knowledge.frames {
        for (at, _) in text.match_indices(frame.as_str()) {
            let end = at + frame.len();
            let begins = text.get(..at).is_some_and(|b| b.is_empty() || b.ends_with(' '));
            // "Image caption competition" is no frame: the words of a picture begin with a capital.
            let words = text.get(end..).and_then(|t| t.strip_prefix(' '));
            if begins && words.is_some_and(|w| w.starts_with(|c: char| !c.is_lowercase())) {
                found.push(owned(knowledge, text, at)..end);
            }
        }
    }
    for promise in &knowledge.promises {
        for (at, _) in text.match_indices(promise.as_str()) {
            let end = text.get(at..).and_then(|t| t.find(['.', '\n'])).map_or(text.len(), |e| at + e + 1);
            let start =
                text.get(..at).map_or(0, |b| b.rfind(['.', '!', '?', '”', '"', ']']).map_or(0, |s| s + 1));
            let start = (start..at).find(|i| text.is_char_boundary(*i)).unwrap_or(at);
            let subject = text.get(start..at).unwrap_or("");
            let sole = text
                .get(at + promise.len()..end)
                .is_some_and(|t| t.trim() == "." || promise.ends_with("details"));
            if sole && end - start <= PROMISE_BYTES_MAX && named(subject) {
                found.push(start..end);
            }
        }
    }
    found.sort_by_key(|r| (r.start, r.end));
    found.dedup_by(|b, a| b.start < a.end);
    found
}

/// Where the headline that begins at `from` ends: before the first word that opens a sentence though none has ended.
/// `None` where that isn't sure: rather a headline is read as text than text as a headline.
fn headline(knowledge: &Knowledge, text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    let mut before = "";
    for (count, word) in rest.split(' ').filter(|w| !w.is_empty()).enumerate() {
        let begins = word.as_ptr() as usize - text.as_ptr() as usize;
        if count == 0 && !word.starts_with(|c: char| c.is_uppercase() || matches!(c, '‘' | '\''))
            || count > HEADLINE_WORDS_MAX
        {
            return None;
        }
        let small = word.to_lowercase();
        let opens =
            word.starts_with(char::is_uppercase) && knowledge.openers.contains(small.trim_end_matches(','));
        if count >= HEADLINE_WORDS_MIN && opens {
            // "... killed In" ends; "..., He" and "... said. The" went on.
            return before.ends_with(char::is_alphanumeric).then_some(begins);
        }
        if before.ends_with(['.', '“', '”', '"']) && count > 0 || word.contains(['“', '”', '"']) {
            return None;
        }
        before = word;
    }
    None
}

/// Where the credit of the teaser's picture begins: "Ann Low/Agency Related article".
fn credited(knowledge: &Knowledge, text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or("");
    let start = before.trim_end().rfind(['.', ')', '?', '!', '”']).map_or(0, |s| s + 1);
    let start = (start..=at).find(|i| text.is_char_boundary(*i)).unwrap_or(at);
    let credit = text.get(start..at).unwrap_or("").trim();
    let few = credit.split(' ').count() <= CREDIT_WORDS_MAX;
    let agency = credit.contains('/')
        || knowledge.agencies.contains(&credit.to_lowercase())
        || credit.ends_with("Images");
    if few && agency { start } else { at }
}

/// Where the words begin that say whose picture it is: "Image copyright Agency Image caption".
fn owned(knowledge: &Knowledge, text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or("");
    let found = knowledge.credits.iter().filter_map(|c| before.rfind(c.as_str()));
    let few = |start: &usize| before.get(*start..).is_some_and(|t| t.split_whitespace().count() <= 7);
    found.filter(few).max().unwrap_or(at)
}

/// Whether the subject of a sentence is nothing but names: "Port FM's Ann Low".
fn named(subject: &str) -> bool {
    let mut words = subject.split_whitespace();
    let count = words.clone().count();
    let name = |w: &str| {
        w.starts_with(char::is_uppercase)
            || w.starts_with("(@")
            || matches!(w, "ap" | "al" | "de" | "van" | "bin")
    };
    (1..=6).contains(&count) && words.all(name)
}
