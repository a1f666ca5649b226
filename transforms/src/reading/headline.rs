//! What headlines and other lines above the text look like.

use crate::reading::knowledge::fold;
use crate::reading::paragraphs::bullet;

/// Bytes of a line up to which it may be a headline or a line below one.
pub(crate) const LINE_BYTES_MAX: usize = 240;

/// Whether a line can be a headline at all.
pub(crate) fn titled(text: &str) -> bool {
    text.len() <= LINE_BYTES_MAX
        && !text.ends_with([':', ','])
        && text.chars().any(char::is_alphabetic)
        && bullet(text).is_none()
        && !text.starts_with(char::is_lowercase)
}

/// Whether nearly all longer words of a line begin in capitals, as headlines are set.
pub(crate) fn capitals(text: &str) -> bool {
    const SMALL: [&str; 14] = [
        "with", "after", "from", "into", "over", "than", "that", "amid", "about", "against", "before",
        "between", "during", "under",
    ];
    let long = text
        .split(' ')
        .filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() >= 4 && !SMALL.contains(w));
    let (mut high, mut all) = (0, 0);
    for word in long {
        all += 1;
        high += usize::from(word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase));
    }
    all >= 4 && high * 10 >= all * 9 && text.chars().any(char::is_lowercase)
}

/// Whether a full stop behind a small letter stands inside a line: then it is more than one sentence.
pub(crate) fn sentences(text: &str) -> bool {
    text.split_once(". ").is_some_and(|(before, _)| before.ends_with(|c: char| c.is_lowercase()))
}

/// Whether a short sentence reads like a headline: without the little verbs that headlines leave out.
pub(crate) fn label_like(text: &str) -> bool {
    const LEFT_OUT: [&str; 14] =
        ["is", "are", "was", "were", "has", "have", "had", "said", "been", "be", "did", "does", "i", "we"];
    let words = text.split(' ').count();
    (4..=12).contains(&words)
        && !text.starts_with(['"', '“', '‘', '\''])
        && text
            .split(' ')
            .all(|w| !LEFT_OUT.contains(&fold(w.trim_matches(|c: char| !c.is_alphanumeric())).as_str()))
}

/// Whether a text begins with its title and goes on with a new sentence.
pub(crate) fn leads(text: &str, title: &str) -> bool {
    let Some(rest) = text.strip_prefix(title) else { return false };
    title.split(' ').count() >= 3
        && title.len() >= 20
        && rest.starts_with(' ')
        && rest
            .trim_start()
            .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "“‘\"'".contains(c))
}

/// Where a title begins that ends a line of something else ("Picture's words. | AP Photo The title").
pub(crate) fn behind(text: &str, title: &str) -> Option<usize> {
    let before = text.strip_suffix(title)?;
    (title.split(' ').count() >= 3 && before.ends_with(' ')).then_some(before.len())
}

/// Whether a line has no small letters.
pub(crate) fn loud(text: &str) -> bool {
    text.len() >= 30 && !text.chars().any(char::is_lowercase)
}

/// Whether a line of the body is the headline of another story, in capitals: long as a headline is, and no sentence.
pub(crate) fn shouted(text: &str) -> bool {
    (30..=180).contains(&text.len())
        && text.split(' ').count() >= 7
        && !text.ends_with(['.', ':', '"', '”'])
        && loud(text)
        // Headings between dashes and speakers in brackets are the article's own.
        && !text.starts_with('-')
        && !text.contains('[')
        && text.chars().filter(|c| c.is_alphabetic()).count() * 10 > text.chars().count() * 7
        && !speaker(text)
}

/// Whether a paragraph begins with a speaker's name in capitals, as transcripts have it.
pub(crate) fn speaker(text: &str) -> bool {
    let Some((label, _)) = text.get(..text.len().min(60)).unwrap_or("").split_once(':') else { return false };
    let letters = label.chars().filter(|c| c.is_alphabetic());
    label.len() >= 2 && letters.clone().count() >= 2 && letters.clone().all(char::is_uppercase)
}
