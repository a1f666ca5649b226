//! What of a page is not text: buttons, headers with dates, bylines, addresses, captions, teasers.

use crate::article::DateSource;
use crate::grammar::Zone;
use crate::reading::knowledge::{Knowledge, Mark, fold};
use crate::reading::paragraphs::closed;
use crate::reading::{byline, dates};
use jiff::civil::Date;

/// Bytes of a line up to which "Updated ..." and its like are headers.
const HEADER_BYTES_MAX: usize = 110;
/// Bytes of a paragraph up to which a picture's credit at its end makes it a caption.
const CAPTION_BYTES_MAX: usize = 420;

/// Bytes that a page's foot at the end of a paragraph has at most.
const FOOT_BYTES_MAX: usize = 320;

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
        let zone = match mark {
            Mark::Caption => Zone::Caption,
            Mark::Summary => Zone::Summary,
            _ => Zone::Boilerplate,
        };
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
    if head {
        if numbered(text) {
            return Some(Furniture::new(Mark::Boilerplate));
        }
        if let Some(found) = segments(knowledge, text) {
            return Some(found);
        }
        if let Some(names) = byline::line(knowledge, text) {
            return Some(Furniture { author: Some(names), ..Furniture::new(Mark::Boilerplate) });
        }
    }
    let mark = knowledge.mark(text);
    match mark {
        Some(Mark::Dated) => {
            let date = knowledge.calendar.find(text).filter(|_| text.len() <= HEADER_BYTES_MAX);
            if let Some(date) = date {
                return Some(Furniture::dated(date, DateSource::Header));
            }
            // "Updated 3 hours ago"
            let short = text.len() <= 44
                && text.bytes().any(|b| b.is_ascii_digit())
                && (!text.ends_with('.') || text.ends_with(".m."));
            if short {
                return Some(Furniture::new(Mark::Boilerplate));
            }
        }
        Some(Mark::Imprint) => {
            if let Some(date) = knowledge.calendar.find(text).filter(|_| text.len() <= HEADER_BYTES_MAX) {
                return Some(Furniture::dated(date, DateSource::Body));
            }
        }
        // "Image copyright X Image caption ...": the words of the picture go first.
        Some(Mark::Boilerplate) if text.contains("Image caption ") => {
            return Some(Furniture::new(Mark::Caption));
        }
        Some(mark) => return Some(Furniture::new(mark)),
        None => {}
    }
    if text.len() <= CAPTION_BYTES_MAX && credit(knowledge, text).is_some_and(|(_, picture)| picture) {
        let bare = credit(knowledge, text).is_some_and(|(at, _)| at == 0);
        return Some(Furniture::new(if bare { Mark::Boilerplate } else { Mark::Caption }));
    }
    if head {
        return knowledge.calendar.alone(text).map(|date| Furniture::dated(date, DateSource::Header));
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
        let date = dates::in_name(text).filter(|_| head).map(|date| (date, DateSource::Header));
        return Some(Furniture { date, ..Furniture::new(Mark::Boilerplate) });
    }
    // "7 years ago", "3 min read"
    if head && text.len() <= 24 && text.starts_with(|c: char| c.is_ascii_digit()) {
        let last = text.rsplit(' ').next().unwrap_or("");
        if matches!(last, "ago" | "read") {
            return boilerplate;
        }
    }
    if head && text.starts_with("CLOSE ") {
        return Some(Furniture::new(Mark::Caption));
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

/// The header lines of archives' exports: "12 of 40 DOCUMENTS", "Document 3 of 20".
pub(crate) fn numbered(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    let number = |w: &&str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_digit());
    let [a, b, c, d] = words.as_slice() else { return false };
    let counted = number(a) && *b == "of" && number(c) && *d == "DOCUMENTS";
    counted || a.eq_ignore_ascii_case("document") && number(b) && *c == "of" && number(d)
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
        // "... went home. (Agencies)"; "the party (PTI)." is text.
        let desk = knowledge.desks.contains(&words) || knowledge.agencies.contains(&words);
        if desk && text.get(..at).is_some_and(|b| closed(b.trim_end())) {
            return Some((at, false));
        }
        let credit = |list: &[&str]| list.iter().any(|w| words.starts_with(w)) && words.len() <= 200;
        if credit(&WRITTEN) {
            return Some((at, false));
        }
        let known = words.len() <= 120
            && (credit(&PICTURE)
                || words.contains("photo:")
                || words.ends_with("/reuters") && words.len() <= 60
                || words.contains("/ap") && words.len() <= 60
                || words.contains("via ap")
                || words.contains("getty images"));
        return known.then_some((at, true));
    }
    // "... outside the court. Jane Doe/Getty Images"
    let from = (0..=text.len().saturating_sub(50)).rev().find(|at| text.is_char_boundary(*at))?;
    let name = text.get(from..)?;
    if let Some(slash) = name.rfind('/').filter(|_| !closed(text)) {
        let agency = fold(name.get(slash + 1..)?);
        let agency = agency.trim_start_matches("the ");
        if knowledge.agencies.contains(agency)
            || matches!(agency, "getty images" | "getty" | "shutterstock" | "file photo")
        {
            let at = name.get(..slash)?.rfind(['.', '|', '—']).map_or(0, |at| from + at + 1);
            let at = (at..text.len()).find(|i| text.is_char_boundary(*i))?;
            return Some((at, true));
        }
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

/// Where the words of a picture begin behind its frame: "Image copyright X Image caption ...".
pub(crate) fn framed(text: &str) -> Option<usize> {
    const FRAMES: [&str; 2] = ["Image caption ", "Media caption "];
    let near: usize = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= 120).last()?;
    FRAMES.iter().find_map(|f| Some(text.get(..near)?.find(f)? + f.len()))
}

/// Where the end of a paragraph turns into a page's foot: "© 2024 Name. All rights reserved.", "Follow Name:", "Follow
/// Name on Facebook."
pub(crate) fn tail(knowledge: &Knowledge, text: &str) -> Option<usize> {
    let last = text.len().saturating_sub(FOOT_BYTES_MAX);
    let sentence = text.char_indices().filter(|(at, c)| {
        *at > last
            && c.is_uppercase()
            && text.get(..*at).is_some_and(|b| b.ends_with(' ') && closed(b.trim_end()))
    });
    if let Some((at, _)) =
        sentence.into_iter().find(|(at, _)| text.get(*at..).is_some_and(|t| knowledge.foot(t)))
    {
        return Some(at);
    }
    let foot = text.match_indices('©').map(|(at, _)| at).find(|at| {
        let foot = text.get(*at..).unwrap_or("");
        let year = foot.trim_start_matches(['©', ' ']).as_bytes().get(..4).unwrap_or(&[]);
        let dated = year.len() == 4 && year.iter().all(u8::is_ascii_digit);
        dated && foot.len() <= 260 && fold(foot).contains("rights reserved")
    });
    if foot.is_some() {
        return foot;
    }
    let at = text.rfind("Follow ").filter(|at| text.len() - at <= 60 && text.ends_with(':'))?;
    let before = text.get(..at)?.trim_end();
    (before.is_empty() || closed(before)).then_some(at)
}

/// Whether a teaser of another story: cut off by dots, or a picture's credit glued to a dateline
/// ("— AFP/FileLAHORE: ...").
pub(crate) fn cut_off(text: &str) -> bool {
    let dots = text.ends_with("...") || text.ends_with('…');
    dots && !text.ends_with("....") && text.len() <= 400
        || text.len() <= 300 && text.contains("/File") && text.contains('—')
}
