//! Classes of the words that dates, times, money and amounts are made of.

use crate::names::NameToken;
use crate::names::features::TokenInfo;

/// What a token can be in a date, a time or an amount.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub enum Class {
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

/// The words of each class, parted by spaces.
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

/// Slots of the table; about half of them are taken.
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

/// The class of a token.
pub fn classify(token: &NameToken<'_>, info: &TokenInfo) -> Class {
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
