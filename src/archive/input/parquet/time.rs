//! Days and moments as people write them.

/// A day, counted from 1970-01-01, as `YYYY-MM-DD`.
pub(super) fn date(days: i64) -> String {
    // Howard Hinnant, «chrono-compatible low-level date algorithms», civil_from_days.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// A moment, in units of which a second has `per_second`, as RFC 3339 writes it, in full seconds.
pub(super) fn timestamp(units: i64, per_second: i64) -> String {
    let seconds = units.div_euclid(per_second);
    let (day, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    format!(
        "{}T{:02}:{:02}:{:02}Z",
        date(day),
        second / 3600,
        second / 60 % 60,
        second % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_those_of_the_calendar() {
        // `date -u -d @1714555800 +%FT%TZ` and others by GNU date.
        assert_eq!(timestamp(1_714_555_800_000, 1000), "2024-05-01T09:30:00Z");
        assert_eq!(timestamp(-1, 1), "1969-12-31T23:59:59Z");
        assert_eq!(date(0), "1970-01-01");
        assert_eq!(date(11_016), "2000-02-29");
        assert_eq!(date(-719_162), "0001-01-01");
    }
}
