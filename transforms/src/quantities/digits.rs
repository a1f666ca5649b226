//! Numbers written in digits: `1,250`, `12,34,567`, `1 414 021`, `3/4`, `½`.

use super::pieces::{Kind, Pieces};

/// Longest run of digits, commas and points that is read as a number.
const LONGEST: usize = 24;

/// The value of digits with separators: thousands by comma (also Indian groups), one decimal point.
pub fn literal(text: &str) -> Option<f64> {
    if text.len() > LONGEST {
        return None;
    }
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.contains(['.', ',']) {
        return None;
    }
    let mut groups = whole.rsplit(',');
    let last = groups.next()?;
    let mut plain = [0_u8; LONGEST];
    let mut len = 0;
    let mut first = last.len();
    if whole.len() != last.len() {
        if last.len() != 3 {
            return None;
        }
        for group in groups {
            if !(2..=3).contains(&first) || group.is_empty() || group.len() > 3 {
                return None;
            }
            first = group.len();
        }
    }
    for byte in text.bytes().filter(|b| *b != b',') {
        *plain.get_mut(len)? = byte;
        len += 1;
    }
    plain.get(..len).and_then(|b| std::str::from_utf8(b).ok())?.parse().ok()
}

/// The value of a fraction character.
pub fn vulgar(text: &str) -> Option<f64> {
    Some(match text {
        "½" => 0.5,
        "⅓" => 1.0 / 3.0,
        "⅔" => 2.0 / 3.0,
        "¼" => 0.25,
        "¾" => 0.75,
        "⅕" => 0.2,
        "⅖" => 0.4,
        "⅗" => 0.6,
        "⅘" => 0.8,
        "⅙" => 1.0 / 6.0,
        "⅛" => 0.125,
        "⅜" => 0.375,
        "⅝" => 0.625,
        "⅞" => 0.875,
        _ => return None,
    })
}

/// `1 414 021 100`: groups of three parted by one space each, at least two behind the first
/// where it is a common space, or one of zeros: `40 000`.
pub fn spaced_groups(pieces: &Pieces<'_>, at: usize) -> Option<(f64, usize)> {
    let first = pieces.word(at);
    if first.len() > 3 || first.starts_with('0') {
        return None;
    }
    let mut value: f64 = first.parse().ok()?;
    let (mut end, mut groups, mut narrow) = (at + 1, 0, true);
    let mut zeros = true;
    while groups < 6 && pieces.is(end, Kind::Digits) {
        let (whole, decimals) = pieces.word(end).split_once('.').unwrap_or((pieces.word(end), ""));
        if whole.len() != 3 || !decimals.bytes().all(|b| b.is_ascii_digit()) {
            break;
        }
        let (a, b) = (pieces.get(end.checked_sub(1)?)?, pieces.get(end)?);
        let gap = pieces.text.get(a.span.end as usize..b.span.start as usize)?;
        if gap.chars().count() != 1 {
            break;
        }
        narrow &= gap != " ";
        zeros &= whole == "000";
        value = value * 1000.0 + pieces.word(end).parse::<f64>().ok()?;
        (end, groups) = (end + 1, groups + 1);
        if !decimals.is_empty() {
            break;
        }
    }
    (groups >= 2 || groups == 1 && (narrow || zeros)).then_some((value, end))
}

/// `3/4` with small parts.
pub fn ratio(pieces: &Pieces<'_>, at: usize) -> Option<(f64, usize)> {
    let joined = pieces.is(at, Kind::Digits)
        && pieces.word(at + 1) == "/"
        && pieces.glued(at + 1)
        && pieces.is(at + 2, Kind::Digits)
        && pieces.glued(at + 2)
        && !(pieces.word(at + 3) == "/" && pieces.glued(at + 3));
    let parts = joined.then(|| (pieces.word(at).parse::<u8>(), pieces.word(at + 2).parse::<u8>()));
    match parts {
        Some((Ok(a), Ok(b))) if a < b && b <= 10 && a > 0 => Some((f64::from(a) / f64::from(b), at + 3)),
        _ => None,
    }
}
