//! What was skipped, what was marked, and why.

use super::numbers::share;
use super::{LeftOut, SummaryReport};

/// A line of the table of what was skipped.
pub(super) struct Skipped {
    /// What is counted, in the plural.
    pub(super) what: &'static str,
    /// Why, and what became of it.
    pub(super) why: String,
    /// How many.
    pub(super) n: u64,
    /// The share among all of its kind.
    pub(super) share: Option<f64>,
}

impl SummaryReport<'_> {
    /// What was skipped or marked at all: first what could not be read, then what was left out, then what was kept.
    pub(super) fn skipped(&self) -> Vec<Skipped> {
        let summary = self.summary;
        let rows = summary.rows();
        let units = if self.whole_documents {
            "documents"
        } else {
            "sentences"
        };
        let rejected: u64 = summary.rejected().map(|(_, n)| n).sum();
        let records = summary.documents() + rejected;
        let left_out: u64 = LeftOut::ALL
            .iter()
            .map(|&reason| summary.left_out(reason))
            .sum();
        let (exact, near) = summary.marked();
        let line = |what, why: &str, n, whole| Skipped {
            what,
            why: why.to_owned(),
            n,
            share: share(n, whole),
        };
        let mut lines: Vec<Skipped> = summary
            .rejected()
            .map(|(reason, n)| {
                line(
                    "records",
                    &format!("could not be read: {reason}"),
                    n,
                    records,
                )
            })
            .collect();
        lines.extend(LeftOut::ALL.iter().map(|&reason| {
            line(
                units,
                explanation(reason),
                summary.left_out(reason),
                rows + left_out,
            )
        }));
        lines.extend([
            line(
                units,
                "word for word as one before; marked and counted",
                exact,
                rows,
            ),
            line(
                units,
                "nearly as one before; marked and counted",
                near,
                rows,
            ),
            line(
                "documents",
                "a date that could not be read; counted, but in no month",
                summary.unread_dates(),
                summary.documents(),
            ),
        ]);
        lines.retain(|line| line.n > 0);
        lines
    }
}

fn explanation(reason: LeftOut) -> &'static str {
    match reason {
        LeftOut::PageFurniture => "page furniture (menus, share buttons, bare dates); left out",
        LeftOut::LowConfidence => "confidence below the least asked for; left out",
        LeftOut::ExactDuplicate => "word for word as one before; left out",
        LeftOut::NearDuplicate => "nearly as one before; left out",
    }
}
