//! Dates, times, money, shares, amounts and numbers, found by a small grammar over word classes.
//!
//! DATE means a calendar date (a day, month, year, decade or century by name), not "three years" or "today".

use super::features::TokenInfo;
use super::rules::Draft;
use super::{NameSpan, NameToken};
use crate::grammar::EntityLabel;
use std::ops::Range;

#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
enum Class {
    #[default]
    Other,
    Month,
    Weekday,
    Day,
    Year,
    Decade,
    Number,
    NumberWord,
    Magnitude,
    Ordinal,
    OrdinalWord,
    Symbol,
    CodeAndNumber,
    Currency,
    Percent,
    Unit,
    ClockMark,
    Clock,
    IsoDate,
    Century,
}

const WORDS: &[(Class, &str)] = &[
    (
        Class::Month,
        "january february march april may june july august september october november december jan jan. feb feb. mar mar. apr apr. jun jun. jul jul. aug aug. sep sep. sept sept. oct oct. nov nov. dec dec.",
    ),
    (
        Class::Weekday,
        "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays",
    ),
    (
        Class::NumberWord,
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety dozen half",
    ),
    (
        Class::Magnitude,
        "hundred thousand million billion trillion lakh lakhs crore crores mn bn m b k tn hundreds thousands millions billions trillions dozens mil",
    ),
    (
        Class::OrdinalWord,
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fifteenth twentieth thirtieth",
    ),
    (
        Class::Symbol,
        "$ £ € ¥ ₹ ₽ ₩ ₦ ₵ ₡ ฿ ₫ ₱ ₺ ₴ us$ a$ nt$ hk$ s$ c$ au$ ca$ nz$ r$ n$ j$ rs rs. tk tk. rm usd eur gbp inr pkr cny rmb aed sar qar kwd omr bhd egp ngn kes zar ghs ksh sh ugx tzs dh dhs qr sr gh₵ gh¢ aud cad chf jpy idr php thb bnd p r b$ z$ lkr mur",
    ),
    (
        Class::Currency,
        "dollar dollars euro euros pound pounds yen yuan renminbi rupee rupees rupiah ringgit baht won peso pesos real reais rand naira cedi cedis shilling shillings dirham dirhams riyal riyals rial rials dinar dinars lira liras rouble roubles ruble rubles hryvnia manat tenge som krona kronor kroner franc francs zloty forint taka dong kyat birr kwacha pula guarani guaranis bolivar bolivars boliviano bolivianos sol soles quetzal quetzals lempira lempiras colon colones cordoba cordobas usd eur cents cent pence bitcoin bitcoins",
    ),
    (Class::Percent, "% percent percentage"),
    (
        Class::Unit,
        "km kilometre kilometres kilometer kilometers mile miles metre metres meter meters feet foot ft inch inches cm mm kg kilogram kilograms kilo kilos gram grams tonne tonnes ton tons litre litres liter liters gallon gallons barrel barrels hectare hectares acre acres mw kw gw kwh mwh megawatt megawatts degrees kph mph knots km/h pounds-weight ounces ounce bpd gb mb tb",
    ),
    (Class::ClockMark, "a.m. p.m. am pm a.m p.m gmt"),
    (Class::Century, "century centuries"),
];

const SIZE: usize = 1024;

const fn hash(bytes: &[u8], from: usize, to: usize) -> u32 {
    let mut h = 0x811C_9DC5u32;
    let mut k = from;
    while k < to {
        h = (h ^ bytes[k] as u32).wrapping_mul(0x0100_0193);
        k += 1;
    }
    h
}

const fn build() -> [(u32, Class); SIZE] {
    let mut table = [(0u32, Class::Other); SIZE];
    let mut row = 0;
    while row < WORDS.len() {
        let bytes = WORDS[row].1.as_bytes();
        let (mut from, mut k) = (0, 0);
        while k <= bytes.len() {
            if k == bytes.len() || bytes[k] == b' ' {
                let h = hash(bytes, from, k);
                let mut slot = (h >> 7) as usize % SIZE;
                while table[slot].0 != 0 && table[slot].0 != h {
                    slot = (slot + 1) % SIZE;
                }
                if table[slot].0 == 0 {
                    table[slot] = (h, WORDS[row].0);
                }
                from = k + 1;
            }
            k += 1;
        }
        row += 1;
    }
    table
}

static TABLE: [(u32, Class); SIZE] = build();

fn word_class(lower: u32) -> Class {
    let mut slot = (lower >> 7) as usize % SIZE;
    loop {
        match TABLE.get(slot) {
            Some((h, class)) if *h == lower => return *class,
            Some((0, _)) | None => return Class::Other,
            _ => slot = (slot + 1) % SIZE,
        }
    }
}

#[derive(Default)]
pub struct NumberScratch {
    classes: Vec<Class>,
    taken: Vec<bool>,
}

/// What a token that begins with a digit is.
fn digits_class(text: &str) -> Class {
    let bytes = text.as_bytes();
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let rest = text.get(digits..).unwrap_or("");
    let value: u32 = text.get(..digits.min(9)).and_then(|d| d.parse().ok()).unwrap_or(0);
    match rest {
        "" if digits == 4 && (1500..=2099).contains(&value) => Class::Year,
        "" if digits <= 2 && (1..=31).contains(&value) => Class::Day,
        "" => Class::Number,
        "s" | "'s" | "’s" if digits == 4 && value.is_multiple_of(10) => Class::Decade,
        "st" | "nd" | "rd" | "th" => Class::Ordinal,
        "am" | "pm" | "a.m." | "p.m." => Class::Clock,
        "%" => Class::Percent,
        "m" | "bn" | "mn" | "mil" | "k" | "tn" | "b" => Class::Number,
        "km" | "kg" | "mm" | "cm" | "MW" | "ft" | "mph" | "kph" => Class::Unit,
        _ => {
            let numeric = rest.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.');
            let clock = digits <= 2
                && rest.len() >= 3
                && rest.starts_with(':')
                && rest.bytes().skip(1).take(2).all(|b| b.is_ascii_digit());
            let dated = digits > 0
                && rest.bytes().all(|b| b.is_ascii_digit() || b == b'-' || b == b'/')
                && (rest.matches('-').count() == 2 || rest.matches('/').count() == 2);
            let magnitude = ["mn", "bn", "m", "mil", "tn", "k"].iter().any(|s| {
                rest.strip_suffix(s).is_some_and(|r| {
                    !r.is_empty() && r.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.')
                })
            });
            if dated {
                Class::IsoDate
            } else if numeric || magnitude {
                Class::Number
            } else if clock {
                Class::Clock
            } else if digits == 4
                && (1500..=2099).contains(&value)
                && matches!(rest.as_bytes().first(), Some(b'-' | b'/'))
            {
                Class::Year
            } else {
                Class::Other
            }
        }
    }
}

/// "RM36.12", "HK$40", "R92", "Dh3,200": a currency and a number in one token.
fn code_and_number(text: &str) -> bool {
    let letters: usize = text.chars().take_while(|c| !c.is_ascii_digit()).map(char::len_utf8).sum();
    if letters == 0 || letters > 6 || letters == text.len() {
        return false;
    }
    let (code, number) = text.split_at(letters);
    let known = code.ends_with(['$', '£', '€', '¥', '₹', '₵', '₡', '₦', '¢', '฿', '₱'])
        || matches!(
            code,
            "RM" | "R"
                | "Rs"
                | "Rs."
                | "Tk"
                | "Dh"
                | "Dhs"
                | "QR"
                | "SR"
                | "Ksh"
                | "KSh"
                | "Sh"
                | "USD"
                | "BND"
                | "AED"
                | "INR"
                | "EUR"
                | "P"
                | "N"
                | "K"
        );
    let single = code.len() == 1 && code.is_ascii();
    known
        && number.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b',' || b == b'-')
        && (!single || matches!(code, "R") && number.len() >= 2 || code == "$")
}

fn classify(token: &NameToken<'_>, info: &TokenInfo) -> Class {
    let first = token.text.as_bytes().first().copied().unwrap_or(0);
    if first.is_ascii_digit() {
        return digits_class(token.text);
    }
    let class = word_class(info.lower);
    match class {
        Class::Month | Class::Weekday if !first.is_ascii_uppercase() => Class::Other,
        // A lone letter is a currency or a magnitude only beside a number; "May" and "March" need more too.
        Class::Other if token.text.len() > 1 && code_and_number(token.text) => Class::CodeAndNumber,
        _ => class,
    }
}

/// Adds the number-like spans to those of `drafts` and writes all to `out`, in order.
pub fn find(
    sentences: &[Range<usize>],
    tokens: &[NameToken<'_>],
    infos: &[TokenInfo],
    scratch: &mut NumberScratch,
    drafts: &[Draft],
    out: &mut Vec<NameSpan>,
) {
    scratch.classes.clear();
    scratch.classes.extend(tokens.iter().zip(infos).map(|(t, i)| classify(t, i)));
    scratch.taken.clear();
    scratch.taken.resize(tokens.len(), false);
    for d in drafts {
        out.push(NameSpan { tokens: d.start..d.end, label: d.label, confidence: d.confidence });
        scratch.taken.iter_mut().take(d.end).skip(d.start).for_each(|t| *t = true);
    }
    for sentence in sentences {
        let mut k = sentence.start;
        while k < sentence.end {
            let reader = Reader {
                classes: &scratch.classes,
                taken: &scratch.taken,
                tokens,
                end: sentence.end,
                start: sentence.start,
            };
            match reader.at(k) {
                Some((from, end, label)) if end > k => {
                    out.push(NameSpan { tokens: from..end, label, confidence: 230 });
                    k = end;
                }
                _ => k += 1,
            }
        }
    }
    // Names do not overlap, whatever the rules and the numbers claimed: the first and then the longer one stays.
    out.sort_unstable_by_key(|s| (s.tokens.start, std::cmp::Reverse(s.tokens.end)));
    out.dedup_by(|next, kept| next.tokens.start < kept.tokens.end);
}

struct Reader<'a> {
    classes: &'a [Class],
    taken: &'a [bool],
    tokens: &'a [NameToken<'a>],
    start: usize,
    end: usize,
}

impl Reader<'_> {
    fn class(&self, k: usize) -> Class {
        if k >= self.end || self.taken.get(k).copied().unwrap_or(true) {
            return Class::Other;
        }
        self.classes.get(k).copied().unwrap_or_default()
    }

    fn text(&self, k: usize) -> &str {
        if k < self.end && k >= self.start { self.tokens.get(k).map_or("", |t| t.text) } else { "" }
    }

    fn tight(&self, k: usize) -> bool {
        k < self.end && self.tokens.get(k).is_some_and(|t| !t.space_before)
    }

    fn is_number(&self, k: usize) -> bool {
        matches!(self.class(k), Class::Number | Class::Day | Class::Year | Class::NumberWord)
    }

    fn before(&self, k: usize) -> &str {
        k.checked_sub(1).map_or("", |b| self.text(b))
    }

    /// The expression that begins at a token, if any: its first token, the one past its end, its kind.
    fn at(&self, k: usize) -> Option<(usize, usize, EntityLabel)> {
        let class = self.class(k);
        match class {
            Class::Other
            | Class::Magnitude
            | Class::Percent
            | Class::Unit
            | Class::ClockMark
            | Class::Currency
            | Class::Century => match class {
                Class::Magnitude if self.text(k).len() > 4 && self.text(k).ends_with('s') => {
                    let mut end = k + 1;
                    while self.text(end) == "of" && self.class(end + 1) == Class::Magnitude {
                        end += 2;
                    }
                    if self.text(end) == "of" && self.class(end + 1) == Class::Currency {
                        return Some((k, end + 2, EntityLabel::Money));
                    }
                    if self.class(end) == Class::Currency {
                        return Some((k, end + 1, EntityLabel::Money));
                    }
                    Some((k, end, EntityLabel::Cardinal))
                }
                Class::Unit | Class::Percent if self.text(k).starts_with(|c: char| c.is_ascii_digit()) => {
                    Some((
                        k,
                        k + 1,
                        if class == Class::Unit { EntityLabel::Quantity } else { EntityLabel::Percent },
                    ))
                }
                _ => None,
            },
            Class::IsoDate => Some((k, k + 1, EntityLabel::Date)),
            Class::Clock => {
                let end = if self.class(k + 1) == Class::ClockMark { k + 2 } else { k + 1 };
                Some((k, end, EntityLabel::Time))
            }
            Class::Month => self.month(k),
            Class::Weekday => {
                // "Saturday June 25", "Sunday, March 3": one date.
                let next = if self.text(k + 1) == "," { k + 2 } else { k + 1 };
                match self.class(next) {
                    Class::Month => self.month(next).map(|m| (k, m.1, m.2)),
                    Class::Day if self.class(next + 1) == Class::Month => {
                        self.at(next).map(|m| (k, m.1, m.2))
                    }
                    _ => Some((k, k + 1, EntityLabel::Date)),
                }
            }
            Class::Decade => Some((k, k + 1, EntityLabel::Date)),
            Class::Symbol => {
                let mut number = k + 1;
                // "US" and "$" may be two tokens, as may a code and a sign.
                if self.class(number) == Class::Symbol && self.tight(number) {
                    number += 1;
                }
                if !matches!(self.class(number), Class::Number | Class::Day | Class::Year) {
                    return None;
                }
                let lone = self.text(k).len() == 1 && self.text(k).is_ascii() && self.text(k) != "$";
                if lone && !self.tight(number) {
                    return None;
                }
                let start = if matches!(
                    self.before(k),
                    "US" | "A"
                        | "NT"
                        | "HK"
                        | "S"
                        | "C"
                        | "NZ"
                        | "AU"
                        | "R"
                        | "N"
                        | "J"
                        | "CA"
                        | "U.S."
                        | "GH"
                        | "TT"
                ) && self.tight(k)
                    && !self.taken.get(k - 1).copied().unwrap_or(true)
                {
                    k - 1
                } else {
                    k
                };
                Some((start, self.money_tail(number + 1), EntityLabel::Money))
            }
            Class::CodeAndNumber => Some((k, self.money_tail(k + 1), EntityLabel::Money)),
            Class::Ordinal | Class::OrdinalWord => {
                if self.class(k + 1) == Class::Century {
                    return Some((k, k + 2, EntityLabel::Date));
                }
                if self.class(k + 1) == Class::Month && class == Class::Ordinal {
                    return self.month(k + 1).map(|m| (k, m.1, m.2));
                }
                if self.text(k + 1) == "of" && self.class(k + 2) == Class::Month {
                    return self.month(k + 2).map(|m| (k, m.1, m.2));
                }
                Some((k, k + 1, EntityLabel::Ordinal))
            }
            Class::Day if self.class(k + 1) == Class::Month && self.text(k + 1).len() > 2 => {
                self.month(k + 1).map(|m| (k, m.1, m.2))
            }
            Class::Day if self.class(k + 1) == Class::ClockMark => Some((k, k + 2, EntityLabel::Time)),
            Class::Year if self.money_or_amount(k).is_none() => {
                let mut end = k + 1;
                if matches!(self.text(end), "-" | "–" | "/")
                    && self.tight(end)
                    && self.tight(end + 1)
                    && matches!(self.class(end + 1), Class::Year | Class::Day)
                {
                    end += 2;
                }
                if end == k + 1 && !self.text(k).contains(['-', '/']) && self.counted(k) {
                    return Some((k, end, EntityLabel::Cardinal));
                }
                Some((k, end, EntityLabel::Date))
            }
            _ => self.money_or_amount(k).or_else(|| self.cardinal(k)),
        }
    }

    /// Whether a number that looks like a year counts what follows: "2000 people".
    fn counted(&self, k: usize) -> bool {
        let next = self.text(k + 1);
        let small_plural =
            next.ends_with('s') && next.starts_with(|c: char| c.is_ascii_lowercase()) && next.len() > 4;
        let introduced = matches!(
            self.before(k),
            "in" | "In"
                | "since"
                | "Since"
                | "by"
                | "By"
                | "until"
                | "from"
                | "From"
                | "the"
                | "of"
                | "for"
                | "during"
                | "and"
                | "to"
                | "late"
                | "early"
                | "mid"
                | "("
        );
        (small_plural || next == "people") && !introduced
            || matches!(
                self.before(k),
                "than"
                    | "about"
                    | "nearly"
                    | "over"
                    | "some"
                    | "least"
                    | "around"
                    | "No."
                    | "approximately"
                    | "Section"
                    | "Article"
            )
    }

    fn month(&self, k: usize) -> Option<(usize, usize, EntityLabel)> {
        let mut end = k + 1;
        if self.text(end) == "." && self.tight(end) && self.text(k).len() <= 4 {
            end += 1;
        }
        let mut dated = k > self.start && matches!(self.class(k - 1), Class::Day | Class::Ordinal);
        if matches!(self.class(end), Class::Day | Class::Ordinal) && !dated {
            dated = true;
            end += 1;
            // "June 3-5" and "July 4 to 6" hold a second day.
            if matches!(self.text(end), "-" | "–") && self.class(end + 1) == Class::Day {
                end += 2;
            }
        }
        let year = if self.text(end) == "," && dated || self.text(end) == "of" { end + 1 } else { end };
        if self.class(year) == Class::Year && self.text(year).len() == 4 {
            dated = true;
            end = year + 1;
        }
        // "May" and "March" alone are dates after a preposition only.
        let word = self.text(k);
        if !dated
            && matches!(
                word,
                "May" | "March" | "MAY" | "MARCH" | "Mar" | "Jan" | "Jun" | "Dec" | "Sep" | "Nov"
            )
        {
            let lead = self.before(k);
            let ok = matches!(
                lead,
                "in" | "In"
                    | "since"
                    | "Since"
                    | "until"
                    | "till"
                    | "by"
                    | "of"
                    | "last"
                    | "Last"
                    | "next"
                    | "this"
                    | "from"
                    | "and"
                    | "to"
                    | "late"
                    | "early"
                    | "mid"
                    | "mid-"
                    | "-"
                    | "between"
                    | "before"
                    | "after"
                    | "through"
                    | "the"
                    | "for"
                    | "during"
                    | "or"
                    | "On"
                    | "on"
                    | "("
            );
            if !ok {
                return None;
            }
        }
        Some((k, end, EntityLabel::Date))
    }

    fn magnitudes(&self, mut k: usize) -> usize {
        while self.class(k) == Class::Magnitude && (self.text(k).len() > 1 || self.tight(k)) {
            k += 1;
        }
        k
    }

    /// What may follow a currency sign and a number: "million", "US dollars".
    fn money_tail(&self, k: usize) -> usize {
        let mut end = k;
        if matches!(self.text(end), "-" | "–")
            && matches!(self.class(end + 1), Class::Number | Class::Day | Class::Year | Class::CodeAndNumber)
        {
            end += 2;
        } else if matches!(self.text(end), "-" | "–") && self.class(end + 1) == Class::Magnitude {
            end += 1;
        }
        end = self.magnitudes(end);
        if self.class(end) == Class::Currency && self.text(end).len() > 2 {
            end += 1;
        }
        end
    }

    /// A number with what makes it money, a share or an amount.
    fn money_or_amount(&self, k: usize) -> Option<(usize, usize, EntityLabel)> {
        if !self.is_number(k) {
            return None;
        }
        let mut end = k + 1;
        while self.is_number(end)
            && self.class(end) == Class::NumberWord
            && self.class(k) == Class::NumberWord
        {
            end += 1;
        }
        if self.text(end) == "-" && self.tight(end) && self.is_number(end + 1) {
            end += 2;
        }
        let after = self.magnitudes(end);
        if self.class(after) == Class::Currency && self.text(after) != "real" {
            return Some((k, after + 1, EntityLabel::Money));
        }
        // "three million Colombian pesos", "40 million U.S. dollars".
        if self.class(after + 1) == Class::Currency
            && self.text(after).starts_with(|c: char| c.is_ascii_uppercase())
        {
            return Some((k, after + 2, EntityLabel::Money));
        }
        if self.class(after) == Class::Percent {
            return Some((k, after + 1, EntityLabel::Percent));
        }
        if self.text(after) == "per" && self.text(after + 1) == "cent" {
            return Some((k, after + 2, EntityLabel::Percent));
        }
        let unit = if self.text(after) == "-" { after + 1 } else { after };
        if self.class(unit) == Class::Unit {
            return Some((k, unit + 1, EntityLabel::Quantity));
        }
        (after > end).then_some((k, after, EntityLabel::Cardinal))
    }

    fn cardinal(&self, k: usize) -> Option<(usize, usize, EntityLabel)> {
        let mut end = k + 1;
        while self.class(k) == Class::NumberWord
            && matches!(self.class(end), Class::NumberWord | Class::Magnitude)
        {
            end += 1;
        }
        Some((k, end, EntityLabel::Cardinal))
    }
}
