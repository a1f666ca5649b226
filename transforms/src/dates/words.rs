//! The closed words of dates: months, weekdays, small numbers.

use jiff::civil::Weekday;

/// The month of a name or its abbreviation, 1 to 12.
pub(super) fn month(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let bare = word.strip_suffix('.').unwrap_or(word);
    if !bare.starts_with(|c: char| c.is_ascii_uppercase()) || bare.len() < 3 {
        return None;
    }
    let lower = bare.to_ascii_lowercase();
    let at = MONTHS.iter().position(|m| {
        *m == lower || (lower.len() == 3 && m.starts_with(&lower)) || (lower == "sept" && *m == "september")
    })?;
    Some(at as i8 + 1)
}

/// The day of the week of a name.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    if !word.starts_with(|c: char| c.is_ascii_uppercase()) || word.len() < 6 {
        return None;
    }
    Some(match word.to_ascii_lowercase().as_str() {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

/// A number word up to ten; "a" is one.
pub(super) fn small(word: &str) -> Option<i64> {
    const WORDS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    match word {
        "a" | "an" => Some(1),
        _ => WORDS.iter().position(|w| *w == word).map(|i| i as i64 + 1),
    }
}

/// Whether a word before a year or month makes it a date: "in 2014", "since May".
pub(super) fn dated_before(word: &str) -> bool {
    matches!(
        word,
        "in" | "In"
            | "since"
            | "Since"
            | "by"
            | "By"
            | "until"
            | "till"
            | "from"
            | "From"
            | "of"
            | "during"
            | "early"
            | "late"
            | "mid"
            | "last"
            | "this"
            | "next"
            | "before"
            | "after"
            | "and"
            | "to"
            | "-"
    )
}
