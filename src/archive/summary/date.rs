//! The month of a date as archives write it.

use super::Month;

/// The month in which a date lies; `None` where it is not told or the date cannot be.
///
/// Understood are
///
/// - ISO 8601 and RFC 3339: `2014-06`, `2014-06-10`, `2014-06-10T08:30:00Z`, `20140610`, `20140610T0830`;
/// - the same with slashes, `2014/06/10`, and days and months without leading zero;
/// - fourteen digits as web archives write them: `20140610083000`;
/// - Unix time, taken as UTC: seconds in nine or ten digits (from March 1973) with or without a fraction, or
///   milliseconds in thirteen. Shorter numbers are more often something else.
///
/// Digits may be Arabic-Indic (U+0660 to U+0669) or their Persian forms (U+06F0 to U+06F9). A date with an offset from UTC counts
/// in the month it is written with. Years lie from 1600 to 2199; see [`Month`] for the reason. Allocates nothing.
///
/// # Examples
///
/// ```
/// use marsad::archive::{Month, month};
///
/// assert_eq!(month("2014-06-10T08:30:00+03:00"), Month::new(2014, 6));
/// assert_eq!(month("٢٠١٤/٠٦/١٠"), Month::new(2014, 6));
/// assert_eq!(month("1402389000"), Month::new(2014, 6));
/// assert_eq!(month("1435-08-12"), None); // a year of the Islamic calendar
/// ```
#[must_use]
pub fn month(date: &str) -> Option<Month> {
    let mut rest = Cursor(date.trim_matches(|c: char| c.is_whitespace() || is_mark(c)));
    let (number, len) = rest.number()?;
    match len {
        4 => {
            let separator = rest.take(|c| matches!(c, '-' | '/'))?;
            let (month, 1..=2) = rest.number()? else {
                return None;
            };
            if rest.0.is_empty() {
                return Month::new(number as u32, month as u32);
            }
            rest.take(|c| c == separator)?;
            let (day, 1..=2) = rest.number()? else {
                return None;
            };
            rest.ends_or_tells_time().then_some(())?;
            day_in(number as u32, month as u32, day as u32)
        }
        8 => {
            rest.ends_or_tells_time().then_some(())?;
            compact(number)
        }
        14 => rest.0.is_empty().then(|| compact(number / 1_000_000))?,
        9 | 10 => {
            if rest.take(|c| c == '.').is_some() {
                rest.number()?;
            }
            rest.0.is_empty().then(|| unix(number))?
        }
        13 => rest.0.is_empty().then(|| unix(number / 1000))?,
        _ => None,
    }
}

/// The left-to-right, right-to-left and Arabic letter marks, which editors leave around numbers.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}')
}

/// A date written as the digits `YYYYMMDD`.
fn compact(number: u64) -> Option<Month> {
    let part = |divisor, modulus| (number / divisor % modulus) as u32;
    day_in(part(10_000, 10_000), part(100, 100), part(1, 100))
}

/// The month, if it has such a day.
fn day_in(year: u32, month: u32, day: u32) -> Option<Month> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    Month::new(year, month).filter(|_| (1..=days).contains(&day))
}

/// The month of a time in seconds since 1970 in UTC.
///
/// Howard Hinnant, "chrono-compatible low-level date algorithms", `civil_from_days`: years begin in March, so that the leap
/// day is a year's last, and 400 of them have 146,097 days.
fn unix(seconds: u64) -> Option<Month> {
    let days = seconds / 86_400 + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_based = (5 * day_of_year + 2) / 153;
    let month = (march_based + 2) % 12 + 1;
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    Month::new(year as u32, month as u32)
}

/// What of a date has not been read yet.
struct Cursor<'a>(&'a str);

impl Cursor<'_> {
    /// Takes a character that fits.
    fn take(&mut self, fits: impl Fn(char) -> bool) -> Option<char> {
        let c = self.0.chars().next().filter(|&c| fits(c))?;
        self.0 = &self.0[c.len_utf8()..];
        Some(c)
    }

    /// Takes a number and counts its digits; `None` when there is none, or one of more than eighteen.
    fn number(&mut self) -> Option<(u64, usize)> {
        let (mut number, mut len) = (0, 0);
        while let Some(digit) = self.0.chars().next().and_then(digit) {
            self.take(|_| true);
            number = number * 10 + digit;
            len += 1;
            if len > 18 {
                return None;
            }
        }
        (len > 0).then_some((number, len))
    }

    fn ends_or_tells_time(&self) -> bool {
        match self.0.chars().next() {
            None => true,
            Some(c) => matches!(c, 'T' | 't' | 'Z' | 'z' | '+' | '_') || c.is_whitespace(),
        }
    }
}

/// The value of an ASCII, Arabic-Indic or extended Arabic-Indic digit.
fn digit(c: char) -> Option<u64> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{0660}'..='\u{0669}' => '\u{0660}',
        '\u{06F0}'..='\u{06F9}' => '\u{06F0}',
        _ => return None,
    };
    Some(u64::from(u32::from(c) - u32::from(zero)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Unix times are those of GNU date: `date -u -d 2016-02-29T23:59:59Z +%s` prints 1456790399.
    const CASES: [(&str, &str); 52] = [
        ("2014-06", "2014-06"),
        ("2014-06-10", "2014-06"),
        ("2014-6-9", "2014-06"),
        ("2014/06/10", "2014-06"),
        ("2014/6", "2014-06"),
        ("2014-06-10T08:30:00Z", "2014-06"),
        ("2014-06-10t08:30:00.123+03:00", "2014-06"),
        ("2014-06-30T23:30:00-08:00", "2014-06"),
        ("2014-06-10 08:30", "2014-06"),
        ("2014-06-10Z", "2014-06"),
        ("20140610", "2014-06"),
        ("20140610T083000Z", "2014-06"),
        ("20140610083000", "2014-06"),
        (" 2014-06-10\n", "2014-06"),
        ("\u{200F}2014-06-10\u{200E}", "2014-06"),
        (
            "\u{0662}\u{0660}\u{0661}\u{0664}-\u{0660}\u{0666}",
            "2014-06",
        ),
        (
            "\u{0662}\u{0660}\u{0661}\u{0664}/\u{0660}\u{0666}/\u{0661}\u{0660}",
            "2014-06",
        ),
        (
            "\u{06F2}\u{06F0}\u{06F1}\u{06F4}-\u{06F0}\u{06F6}-\u{06F1}\u{06F0}",
            "2014-06",
        ),
        (
            "\u{0661}\u{0664}\u{0660}\u{0662}\u{0663}\u{0668}\u{0669}\u{0660}\u{0660}\u{0660}",
            "2014-06",
        ),
        ("1402389000", "2014-06"),
        ("1402389000.25", "2014-06"),
        ("1402389000123", "2014-06"),
        ("1456790399", "2016-02"),
        ("1456790400", "2016-03"),
        ("1483228799", "2016-12"),
        ("1483228800", "2017-01"),
        ("951782400", "2000-02"),
        ("951868800", "2000-03"),
        ("4107542399", "2100-02"),
        ("4107542400", "2100-03"),
        ("2016-02-29", "2016-02"),
        ("1600-01", "1600-01"),
        ("2199-12-31", "2199-12"),
        ("2015-02-29", ""),
        ("2100-02-29", ""),
        ("2014-13", ""),
        ("2014-00-10", ""),
        ("2014-06-31", ""),
        ("2014-06-00", ""),
        ("2014-06/10", ""),
        ("2014-06-10x", ""),
        ("2014-06-101", ""),
        ("2014", ""),
        ("", ""),
        ("0", ""),
        ("86400", ""),
        ("1435-08-12", ""),
        ("9999-12-31", ""),
        ("0001-01-01", ""),
        ("10/06/2014", ""),
        ("June 2014", ""),
        ("99999999999999999999999999", ""),
    ];

    #[test]
    fn dates_of_every_form_give_their_month() {
        for (date, expected) in CASES {
            let found = month(date).map_or_else(String::new, |month| month.to_string());
            assert_eq!(found, expected, "{date:?}");
        }
    }

    #[test]
    fn unix_time_agrees_with_counting_days() {
        let mut day = 0;
        for year in 1970..2200u32 {
            for number in 1..=12 {
                let days = (28..=31).rev().find(|&d| day_in(year, number, d).is_some());
                for _ in 0..days.unwrap() {
                    for second in [0, 86_399] {
                        assert_eq!(unix(day * 86_400 + second), Month::new(year, number));
                    }
                    day += 1;
                }
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_taken(text in "[0-9\u{0660}-\u{0669}/:TZ +.-]{0,24}|.{0,20}") {
            let _ = month(&text);
        }
    }
}
