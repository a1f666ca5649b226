//! Bylines: "By Jane Doe, Reuters", "Written by ...", "Jane Doe, Staff Writer", "Our Correspondent".

use crate::reading::knowledge::{Knowledge, fold};

/// Bytes of a line up to which it may be a byline.
const BYTES_MAX: usize = 160;
/// What opens a byline, lower case.
const OPENERS: [&str; 14] = [
    "by ",
    "by: ",
    "by line: ",
    "byline: ",
    "author: ",
    "authors: ",
    "author ",
    "written by ",
    "reported by ",
    "report by ",
    "story by ",
    "posted by ",
    "published by ",
    "reporter: ",
];

/// The names of a line that is a byline and nothing else.
pub(crate) fn line(knowledge: &Knowledge, text: &str) -> Option<String> {
    if text.len() > BYTES_MAX || text.ends_with(['?', '!', ':']) {
        return None;
    }
    let small = fold(text);
    let bare = small.trim_end_matches('.');
    if knowledge.desks.contains(bare) && text.contains(' ') {
        return Some(text.trim_end_matches('.').to_owned());
    }
    for opener in OPENERS {
        // `fold` may change lengths; the openers are ASCII, so a match is at the same bytes.
        if small.starts_with(opener) && text.is_char_boundary(opener.len()) {
            // "by the end of ..." goes on in small letters.
            return names(knowledge, text.get(opener.len()..)?.trim());
        }
    }
    let (name, role) = text.split_once(',')?;
    let listed = role.split([' ', '/', ',']).any(|w| knowledge.roles.contains(&fold(w)));
    (listed && role.len() < 60 && person(name.trim())).then(|| name.trim().to_owned())
}

/// A byline that is glued to the head of a paragraph, "By Jane Doe WASHINGTON (Reuters) - ...": the names, and where
/// the dateline begins.
pub(crate) fn glued(text: &str) -> Option<(String, usize)> {
    let rest = text.strip_prefix("By ").or_else(|| text.strip_prefix("BY "))?;
    let mut at = text.len() - rest.len();
    let start = at;
    for (words, word) in rest.split_inclusive(' ').take(12).enumerate() {
        let bare = word.trim();
        let shouted =
            bare.chars().filter(|c| c.is_uppercase()).count() >= 3 && bare.chars().all(|c| !c.is_lowercase());
        if words >= 2 && shouted {
            let name = text.get(start..at)?.trim().trim_end_matches(',');
            return name
                .split(" and ")
                .flat_map(|n| n.split(", "))
                .all(person)
                .then(|| (name.to_owned(), at));
        }
        at += word.len();
    }
    None
}

/// The names in what follows "By": without outlet, role, address.
fn names(knowledge: &Knowledge, text: &str) -> Option<String> {
    let text = text.trim_end_matches(['.', ',', ' ']);
    let text = text.split(['|', '•', '·', '/', '(', '@', '—', '–']).next()?.trim();
    let text = text.split(" in ").next()?.split(" for ").next()?.split(" at ").next()?.trim();
    let mut kept = Vec::new();
    for part in text.split(',').map(str::trim) {
        let part = part.strip_prefix("and ").unwrap_or(part);
        let role = part.split(' ').any(|w| knowledge.roles.contains(&fold(w)));
        let desk = knowledge.desks.contains(&fold(part));
        if kept.is_empty() && desk {
            return Some(part.to_owned());
        }
        if role || desk || knowledge.agencies.contains(&fold(part)) || !part.split(" and ").all(person) {
            break;
        }
        kept.push(part);
    }
    if kept.is_empty() { None } else { Some(kept.join(", ")) }
}

/// Whether words look like a person's name: two to five, capitals or name particles, no figures.
pub(crate) fn person(name: &str) -> bool {
    let mut words = 0;
    let all = name.split(' ').all(|w| {
        words += 1;
        let particle = words > 1
            && matches!(
                w,
                "de" | "da"
                    | "di"
                    | "la"
                    | "le"
                    | "van"
                    | "von"
                    | "der"
                    | "den"
                    | "bin"
                    | "bint"
                    | "al"
                    | "el"
                    | "ul"
                    | "ur"
                    | "del"
                    | "dos"
                    | "du"
                    | "ibn"
                    | "ter"
            );
        let letters = w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-'));
        letters
            && (particle || w.starts_with(char::is_uppercase) || w.starts_with("al-") || w.starts_with("el-"))
    });
    all && (2..=5).contains(&words)
}
