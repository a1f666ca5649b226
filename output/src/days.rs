//! Days and months as numbers: a day is counted from 1970-01-01 (Arrow's Date32), a month is `year * 12 + month - 1`.

use jiff::civil::Date;
use std::fmt::Write as _;

/// The month of rows whose date is unknown.
pub const NO_MONTH: i32 = i32::MIN;

/// A day's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub i32);

/// The day's number (proleptic Gregorian calendar).
pub fn from_date(date: Date) -> i32 {
    let (month, day) = (i32::from(date.month()), i32::from(date.day()));
    let year = i32::from(date.year()) - i32::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Year, month and day of a day's number.
pub fn civil(day: i32) -> (i32, i32, i32) {
    let day = i64::from(day) + 719_468;
    let era = day.div_euclid(146_097);
    let day_of_era = day.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year as i32, month as i32, (day_of_year - (153 * shifted + 2) / 5 + 1) as i32)
}

/// Writes the day as `2025-02-01`.
pub fn write_day(out: &mut String, day: i32) {
    let (year, month, day) = civil(day);
    // Writing to a string can't fail.
    let _ = write!(out, "{year:04}-{month:02}-{day:02}");
}

/// The month's number of a date, [`NO_MONTH`] where there is none.
pub fn month(date: Option<Date>) -> i32 {
    date.map_or(NO_MONTH, |d| i32::from(d.year()) * 12 + i32::from(d.month()) - 1)
}

/// A month as a hive folder's value.
pub fn month_text(month: i32) -> String {
    if month == NO_MONTH {
        return "__HIVE_DEFAULT_PARTITION__".to_owned();
    }
    format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_agree_with_the_calendar() {
        for (text, day) in [
            ("1970-01-01", 0),
            ("2000-02-29", 11_016),
            ("1969-12-31", -1),
            ("2025-02-01", 20_120),
            ("1900-03-01", -25_508),
        ] {
            let date: Date = text.parse().unwrap();
            assert_eq!(from_date(date), day, "{text}");
            let mut back = String::new();
            write_day(&mut back, day);
            assert_eq!(back, text);
        }
        for day in (-800_000..800_000).step_by(97) {
            let (y, m, d) = civil(day);
            assert_eq!(from_date(Date::new(y as i16, m as i8, d as i8).unwrap()), day);
        }
    }

    #[test]
    fn months_name_folders() {
        assert_eq!(month_text(month("2025-02-14".parse().ok())), "2025-02");
        assert_eq!(month_text(month(None)), "__HIVE_DEFAULT_PARTITION__");
    }
}
