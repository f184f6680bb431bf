//! Figures as people read them.

/// A count with commas: `1,234,567`.
pub(super) fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count and what is counted, in the plural where it is not one.
pub(super) fn counted(n: u64, what: &str) -> String {
    format!("{} {what}{}", count(n), if n == 1 { "" } else { "s" })
}

/// The share of a part in the whole; `None` where there is no whole.
pub(super) fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// A share in percent with one decimal; a dash where there is none. What is neither nothing nor all never looks so.
pub(super) fn percent(share: Option<f64>) -> String {
    match share {
        None => "–".to_owned(),
        Some(share) if share > 0.0 && share < 0.000_5 => "< 0.1 %".to_owned(),
        Some(share) if share < 1.0 && share > 0.999_5 => "> 99.9 %".to_owned(),
        Some(share) => format!("{:.1} %", 100.0 * share),
    }
}

/// A probability with two decimals; a dash where there is none.
pub(super) fn probability(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"))
}

/// The mark of an axis that counts: `950`, `12k`, `1.5M`.
pub(super) fn short(n: f64) -> String {
    let (scaled, unit) = match n {
        1e9.. => (n / 1e9, "G"),
        1e6.. => (n / 1e6, "M"),
        1e3.. => (n / 1e3, "k"),
        _ => (n, ""),
    };
    // Three digits are enough for marks, which are 1, 2 or 5 times a power of ten, or their multiples.
    let text = format!("{scaled:.2}");
    format!("{}{unit}", text.trim_end_matches('0').trim_end_matches('.'))
}

/// A share as the mark of an axis: `2 %`, `0.5 %`.
pub(super) fn short_percent(share: f64) -> String {
    let text = format!("{:.4}", 100.0 * share);
    format!("{} %", text.trim_end_matches('0').trim_end_matches('.'))
}

/// A span of time in the unit that suits it.
pub(super) fn duration(seconds: f64) -> String {
    let whole = seconds.round() as u64;
    match whole {
        0..60 => format!("{seconds:.1} s"),
        60..3600 => format!("{} min {} s", whole / 60, whole % 60),
        _ => format!("{} h {} min", whole / 3600, whole % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_for_people() {
        let counts = [0, 999, 1000, 1_234_567].map(count);
        assert_eq!(counts, ["0", "999", "1,000", "1,234,567"]);
        let shares = [
            None,
            Some(0.0),
            Some(0.0001),
            Some(0.1234),
            Some(0.9999),
            Some(1.0),
        ]
        .map(percent);
        assert_eq!(
            shares,
            ["–", "0.0 %", "< 0.1 %", "12.3 %", "> 99.9 %", "100.0 %"]
        );
        let marks = [0.0, 250.0, 1500.0, 20_000.0, 2.5e6, 1e9].map(short);
        assert_eq!(marks, ["0", "250", "1.5k", "20k", "2.5M", "1G"]);
        assert_eq!(
            [0.0, 0.002, 0.5].map(short_percent),
            ["0 %", "0.2 %", "50 %"]
        );
        assert_eq!(
            [1.25, 75.0, 7260.0].map(duration),
            ["1.2 s", "1 min 15 s", "2 h 1 min"]
        );
    }
}
