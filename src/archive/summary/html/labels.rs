//! The table of labels.

use super::super::SummaryReport;
use super::super::numbers::{count, percent, probability, share};
use super::palette::Palette;
use super::{row, table};

pub(super) fn section(report: &SummaryReport, palette: &Palette) -> String {
    let summary = report.summary;
    let rows = summary.rows();
    let largest = report
        .largest_classes()
        .first()
        .map_or(0, |&class| summary.rows_of(class));
    let head = [
        "Label".to_owned(),
        format!("{}s", capital(report.unit())),
        "Share".to_owned(),
        "Mean confidence".to_owned(),
    ];
    let mut body = String::new();
    for class in 0..report.labels.len() {
        let n = summary.rows_of(class);
        let width = 1000.0 * share(n, largest).unwrap_or_default();
        let label = format!(
            "{}<svg class=\"strip\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
             <rect class=\"{}\" width=\"{width:.2}\" height=\"10\"/></svg>",
            super::name(&report.labels[class]),
            palette.class(class),
        );
        let confidence = probability(summary.mean_confidence(class));
        body += &row("", &label, [count(n), percent(share(n, rows)), confidence]);
    }
    body += &row(
        "total",
        "All",
        [count(rows), percent(share(rows, rows)), String::new()],
    );
    format!("<h2>Labels</h2>\n{}", table("", "Labels", &head, &body))
}

/// A word with a capital letter.
pub(super) fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
