//! A month of the Gregorian calendar.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A month of the Gregorian calendar from 1600-01 to 2199-12. Ordered by time; written `YYYY-MM`.
///
/// The bounds keep three kinds of false dates out: years of the Islamic calendar (today's are in the 1440s), placeholders
/// such as `0001-01-01`, and `9999-12-31`. They also bound what counting by month can cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Month(u32);

const MONTHS: u32 = 12;

impl Month {
    /// The month of a year, 1600 to 2199, and the number of a month, 1 to 12; `None` outside these.
    #[must_use]
    pub fn new(year: u32, month: u32) -> Option<Self> {
        let valid = (1600..2200).contains(&year) && (1..=MONTHS).contains(&month);
        valid.then(|| Self(year * MONTHS + month - 1))
    }

    /// The year, 1600 to 2199.
    #[must_use]
    pub fn year(self) -> u32 {
        self.0 / MONTHS
    }

    /// The number of the month in its year, 1 to 12.
    #[must_use]
    pub fn number(self) -> u32 {
        self.0 % MONTHS + 1
    }

    /// Months since the year 0: consecutive months differ by 1.
    pub(super) fn index(self) -> u32 {
        self.0
    }

    pub(super) fn from_index(index: u32) -> Option<Self> {
        Self::new(index / MONTHS, index % MONTHS + 1)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.number())
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

impl FromStr for Month {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed = text.split_once('-').and_then(|(year, month)| {
            let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
            let written = year.len() == 4 && month.len() == 2 && digits(year) && digits(month);
            Self::new(written.then(|| year.parse().ok())??, month.parse().ok()?)
        });
        parsed.ok_or_else(|| {
            format!("a month is written YYYY-MM, from 1600-01 to 2199-12, got {text:?}")
        })
    }
}

impl TryFrom<String> for Month {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_back_as_written_and_nothing_else_is() {
        for index in 1600 * 12..2200 * 12 {
            let month = Month::from_index(index).unwrap();
            assert_eq!(month.to_string().parse(), Ok(month));
            assert_eq!(month.index(), index);
        }
        for text in [
            "1599-12", "2200-01", "2014-13", "2014-00", "2014-1", "+014-01", "2014", "",
        ] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
    }
}
