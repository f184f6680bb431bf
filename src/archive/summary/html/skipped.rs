//! What was skipped and why.

use super::super::SummaryReport;
use super::super::numbers::{count, percent};
use super::labels::capital;
use super::{row, table};
use crate::markup::escape;

pub(super) fn section(report: &SummaryReport) -> String {
    let lines = report.skipped();
    if lines.is_empty() {
        return "<h2>What was skipped</h2>\n<p>Nothing: every record could be read, and nothing was left out.</p>\n".to_owned();
    }
    let head = [
        "What",
        "Why, and what became of it",
        "Number",
        "Share of all read",
    ]
    .map(str::to_owned);
    let body: String = lines
        .iter()
        .map(|line| {
            let why = escape(&line.why);
            row(
                "",
                &capital(line.what),
                [why, count(line.n), percent(line.share)],
            )
        })
        .collect();
    format!(
        "<h2>What was skipped or marked</h2>\n{}",
        table("words", "What was skipped or marked", &head, &body)
    )
}
