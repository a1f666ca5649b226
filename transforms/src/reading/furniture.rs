//! What of a page is not text: buttons, headers with dates, bylines, addresses, captions, teasers.

use crate::article::DateSource;
use crate::grammar::Zone;
use crate::reading::byline;
use crate::reading::knowledge::{Knowledge, Mark, fold};
use jiff::civil::Date;

/// Bytes of a line up to which "Updated ..." and its like are headers.
const HEADER_BYTES_MAX: usize = 110;

/// A paragraph that is furniture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Furniture {
    /// `Boilerplate` or `Caption`.
    pub(crate) zone: Zone,
    pub(crate) mark: Mark,
    /// A publication date in it.
    pub(crate) date: Option<(Date, DateSource)>,
    /// The names of a byline.
    pub(crate) author: Option<String>,
}

impl Furniture {
    fn new(mark: Mark) -> Self {
        let zone = if mark == Mark::Caption { Zone::Caption } else { Zone::Boilerplate };
        Self { zone, mark, date: None, author: None }
    }

    fn dated(date: Date, source: DateSource) -> Self {
        Self { date: Some((date, source)), ..Self::new(Mark::Dated) }
    }
}

/// What a paragraph is where it isn't text. Some things are such only near the head: a date alone, a byline.
pub(crate) fn furniture(knowledge: &Knowledge, text: &str, head: bool) -> Option<Furniture> {
    if text.len() > 900 {
        return None;
    }
    if let Some(found) = plain(text, head) {
        return Some(found);
    }
    let mark = knowledge.mark(text);
    match mark {
        Some(Mark::Dated) => {
            let date = knowledge.calendar.find(text).filter(|_| text.len() <= HEADER_BYTES_MAX);
            if let Some(date) = date {
                return Some(Furniture::dated(date, DateSource::Header));
            }
            // "Updated 3 hours ago"
            let short = text.len() <= 44 && text.bytes().any(|b| b.is_ascii_digit()) && !text.ends_with('.');
            if short {
                return Some(Furniture::new(Mark::Boilerplate));
            }
        }
        Some(Mark::Imprint) => {
            if let Some(date) = knowledge.calendar.find(text).filter(|_| text.len() <= HEADER_BYTES_MAX) {
                return Some(Furniture::dated(date, DateSource::Body));
            }
        }
        Some(mark) => return Some(Furniture::new(mark)),
        None => {}
    }
    if head {
        if let Some(date) = knowledge.calendar.alone(text) {
            return Some(Furniture::dated(date, DateSource::Header));
        }
        if let Some(names) = byline::line(knowledge, text) {
            return Some(Furniture { author: Some(names), ..Furniture::new(Mark::Boilerplate) });
        }
        return segments(knowledge, text);
    }
    None
}

/// What needs no list: lines without words, addresses, embedded posts.
fn plain(text: &str, head: bool) -> Option<Furniture> {
    let boilerplate = Some(Furniture::new(Mark::Boilerplate));
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    if letters.next().is_none() && text.len() <= 24 && (head || !text.bytes().any(|b| b.is_ascii_digit())) {
        return boilerplate;
    }
    // A country's or section's code left over from a page's header.
    if head && text.len() <= 3 && text.chars().all(char::is_uppercase) {
        return boilerplate;
    }
    let one_word = !text.contains(' ');
    if one_word && (text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www.")) {
        return boilerplate;
    }
    let short = text.len() <= 100 && text.split(' ').nth(7).is_none();
    if short
        && (text.starts_with('@')
            || text
                .split_once('@')
                .is_some_and(|(a, b)| !a.is_empty() && b.contains('.') && !b.contains(". ")))
    {
        return boilerplate;
    }
    if text.contains("pic.twitter.com/") || text.contains("(@") && text.contains("https://t.co/") {
        return boilerplate;
    }
    // The end of an embedded post: "— Jane Doe (@jane) March 5, 2024"
    if (text.starts_with('—') || text.starts_with("- ")) && text.contains("(@") && short {
        return boilerplate;
    }
    None
}

/// Headers on one line, "By Jane Doe | March 5, 2024 | World": every part must be one.
fn segments(knowledge: &Knowledge, text: &str) -> Option<Furniture> {
    if text.len() > 160 || !text.contains(['|', '•', '·']) {
        return None;
    }
    let mut found = Furniture::new(Mark::Boilerplate);
    let mut sure = false;
    for part in text.split(['|', '•', '·']).map(str::trim).filter(|p| !p.is_empty()) {
        if let Some(date) = knowledge.calendar.alone(part) {
            found.date = Some((date, DateSource::Header));
            sure = true;
        } else if let Some(inner) = knowledge.mark(part) {
            if inner == Mark::Dated
                && let Some(date) = knowledge.calendar.find(part)
            {
                found.date = Some((date, DateSource::Header));
            }
            sure = true;
        } else if let Some(names) = byline::line(knowledge, part) {
            found.author = Some(names);
            sure = true;
        } else if byline::person(part) {
            found.author.get_or_insert(part.to_owned());
        } else if part.split(' ').count() > 4 {
            return None;
        }
    }
    sure.then_some(found)
}

/// What a headline is compared by: letters and digits in lower case.
pub(crate) fn key(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Where the credit at the end of a paragraph begins, and whether it is a picture's: "(Photo courtesy: X)",
/// "(Reporting by X; Editing by Y)", "— AFP/File".
pub(crate) fn credit(knowledge: &Knowledge, text: &str) -> Option<(usize, bool)> {
    const PICTURE: [&str; 16] = [
        "photo",
        "ap photo",
        "image",
        "picture",
        "file photo",
        "afp photo",
        "getty",
        "reuters/",
        "screengrab",
        "courtesy",
        "ap/",
        "afp/",
        "file",
        "pic:",
        "credit",
        "epa/",
    ];
    const WRITTEN: [&str; 9] = [
        "reporting by",
        "additional reporting",
        "reporting and",
        "writing by",
        "editing by",
        "edited by",
        "compiled by",
        "with input",
        "with additional",
    ];
    let bare = text.trim_end_matches(['.', ' ']);
    if let Some(inner) = bare.strip_suffix([')', ']']) {
        let at = inner.rfind(['(', '['])?;
        let words = fold(inner.get(at + 1..)?);
        let credit = |list: &[&str]| list.iter().any(|w| words.starts_with(w)) && words.len() <= 200;
        if credit(&WRITTEN) {
            return Some((at, false));
        }
        let known = words.len() <= 120
            && (credit(&PICTURE)
                || words.contains("/ap") && words.len() <= 60
                || words.contains("via ap")
                || words.contains("getty images"));
        return known.then_some((at, true));
    }
    let from = (0..=text.len().saturating_sub(70)).rev().find(|at| text.is_char_boundary(*at))?;
    let tail = text.get(from..)?;
    let at = tail.rfind(['—', '–'])?;
    let words = fold(tail.get(at..)?.trim_start_matches(['—', '–', ' ']).trim_end_matches(['.', ' ']));
    let agency = words.split(['/', ',']).next().is_some_and(|a| knowledge.agencies.contains(a.trim()));
    let picture = words.ends_with("/file")
        || words.ends_with(" file")
        || words.starts_with("photo")
        || words == "file"
        || words.starts_with("file photo");
    (agency && words.len() <= 40 || picture).then_some((from + at, picture || words.contains('/')))
}

/// Whether a teaser of another story: cut off by dots, or a picture's credit glued to a dateline
/// ("— AFP/FileLAHORE: ...").
pub(crate) fn cut_off(text: &str) -> bool {
    let dots = text.ends_with("...") || text.ends_with('…');
    dots && !text.ends_with("....") && text.len() <= 400
        || text.len() <= 300 && text.contains("/File") && text.contains('—')
}
