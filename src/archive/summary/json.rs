//! A summary for programs. The schema is described in docs/summary.md.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::numbers::share;
use super::{LeftOut, Month, Summary, SummaryReport};

/// Raised when a field changes its meaning or goes away; new fields do not raise it.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    version: u32,
    model: Model<'a>,
    unit: &'a str,
    documents: u64,
    rows: u64,
    labels: Vec<LabelRows<'a>>,
    months: Vec<MonthRows<'a>>,
    rows_without_month: u64,
    sources: Vec<SourceRows<'a>>,
    rejected: BTreeMap<&'a str, u64>,
    left_out: BTreeMap<&'static str, u64>,
    marked_duplicates: Marked,
    unread_dates: u64,
    seconds: Option<f64>,
    rows_per_second: Option<f64>,
}

#[derive(Serialize)]
struct Model<'a> {
    name: &'a str,
    checksum: Option<&'a str>,
}

#[derive(Serialize)]
struct LabelRows<'a> {
    label: &'a str,
    rows: u64,
    share: Option<f64>,
    mean_confidence: Option<f64>,
    confidence_histogram: &'a [u64; Summary::BINS],
}

#[derive(Serialize)]
struct MonthRows<'a> {
    month: Month,
    rows: Rows<'a>,
}

#[derive(Serialize)]
struct SourceRows<'a> {
    source: &'a str,
    documents: u64,
    rows: Rows<'a>,
}

#[derive(Serialize)]
struct Marked {
    exact: u64,
    near: u64,
}

/// Rows by label, in the order of the classes: an object of every label, zeros too.
struct Rows<'a> {
    labels: &'a [String],
    counts: &'a [u64],
}

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let counts = self.counts.iter().chain(std::iter::repeat(&0));
        serializer.collect_map(self.labels.iter().zip(counts))
    }
}

impl SummaryReport<'_> {
    /// The summary as a JSON object with a line break at its end, in the schema of docs/summary.md. Shares and mean
    /// confidences have six decimals, seconds and rates three; what has no value is `null`.
    #[must_use]
    pub fn to_json(&self) -> String {
        let summary = self.summary;
        let labels = self.labels;
        let total = summary.rows();
        let (exact, near) = summary.marked();
        let label = |(class, label)| LabelRows {
            label,
            rows: summary.rows_of(class),
            share: share(summary.rows_of(class), total).map(|x| rounded(x, 1e6)),
            mean_confidence: summary.mean_confidence(class).map(|x| rounded(x, 1e6)),
            confidence_histogram: summary.histogram(class),
        };
        let document = Document {
            schema: "marsad-summary",
            version: VERSION,
            model: Model {
                name: self.model,
                checksum: self.checksum,
            },
            unit: self.unit(),
            documents: summary.documents(),
            rows: total,
            labels: labels
                .iter()
                .map(String::as_str)
                .enumerate()
                .map(label)
                .collect(),
            months: summary
                .months()
                .map(|(month, counts)| MonthRows {
                    month,
                    rows: Rows { labels, counts },
                })
                .collect(),
            rows_without_month: self.undated(),
            sources: summary
                .sources()
                .map(|source| SourceRows {
                    source: self.source(source),
                    documents: summary.documents_of(source),
                    rows: Rows {
                        labels,
                        counts: summary.rows_from(source),
                    },
                })
                .collect(),
            rejected: summary.rejected().collect(),
            left_out: LeftOut::ALL
                .iter()
                .map(|&reason| (reason.key(), summary.left_out(reason)))
                .collect(),
            marked_duplicates: Marked { exact, near },
            unread_dates: summary.unread_dates(),
            seconds: self
                .elapsed
                .map(|elapsed| rounded(elapsed.as_secs_f64(), 1e3)),
            rows_per_second: self.rate().map(|rate| rounded(rate, 1e3)),
        };
        // Only maps with keys that are no strings and failing writers make this fail; here are neither.
        serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
    }
}

/// `value` as a multiple of one part in `parts`.
fn rounded(value: f64, parts: f64) -> f64 {
    (value * parts).round() / parts
}
