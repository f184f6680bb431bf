//! Counts with their names.

use std::time::Duration;

use super::Summary;
use crate::Error;

/// A [`Summary`] with the names of its labels and inputs, ready to be shown.
///
/// The three views ([`to_text`](Self::to_text), [`to_json`](Self::to_json), [`to_html`](Self::to_html)) depend on
/// nothing else: without [`elapsed`](Self::elapsed) the same counts give the same bytes.
///
/// # Examples
///
/// ```
/// use marsad::archive::{Summary, SummaryReport};
///
/// let mut summary = Summary::new(2);
/// summary.add_document(0);
/// summary.add_row(1, 0.87, 0, None);
/// let labels = ["attack".to_owned(), "unrelated".to_owned()];
/// let sources = ["news.jsonl".to_owned()];
/// let report = SummaryReport::new(&summary, &labels, &sources, "models/default")?;
/// assert!(report.to_text().contains("100.0 %"));
/// # Ok::<(), marsad::Error>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct SummaryReport<'a> {
    pub(super) summary: &'a Summary,
    pub(super) labels: &'a [String],
    pub(super) sources: &'a [String],
    pub(super) model: &'a str,
    pub(super) checksum: Option<&'a str>,
    pub(super) elapsed: Option<Duration>,
    pub(super) whole_documents: bool,
}

impl<'a> SummaryReport<'a> {
    /// The counts with the names of the labels, in the order of the classes, those of the inputs, in the order of their
    /// numbers, and what the model is called.
    ///
    /// # Errors
    ///
    /// [`Error::WrongLength`] when there are more or fewer labels than counts, or an input without name.
    pub fn new(
        summary: &'a Summary,
        labels: &'a [String],
        sources: &'a [String],
        model: &'a str,
    ) -> Result<Self, Error> {
        let require = |what, expected, got, fits: bool| match fits {
            true => Ok(()),
            false => Err(Error::WrongLength {
                what,
                expected,
                got,
            }),
        };
        let n_classes = summary.n_classes();
        require("labels", n_classes, labels.len(), labels.len() == n_classes)?;
        let n_sources = summary.sources().last().map_or(0, |last| last as usize + 1);
        require(
            "names of inputs, or more,",
            n_sources,
            sources.len(),
            sources.len() >= n_sources,
        )?;
        Ok(Self {
            summary,
            labels,
            sources,
            model,
            checksum: None,
            elapsed: None,
            whole_documents: false,
        })
    }

    /// The model's checksum, which tells it from another of the same name.
    #[must_use]
    pub fn checksum(self, checksum: &'a str) -> Self {
        Self {
            checksum: Some(checksum),
            ..self
        }
    }

    /// How long the run took. The one thing in a report that differs from run to run.
    #[must_use]
    pub fn elapsed(self, elapsed: Duration) -> Self {
        Self {
            elapsed: Some(elapsed),
            ..self
        }
    }

    /// Says that documents were classified whole and not sentence by sentence. Default: sentences.
    #[must_use]
    pub fn whole_documents(self, whole_documents: bool) -> Self {
        Self {
            whole_documents,
            ..self
        }
    }

    /// What a row is, in the singular.
    pub(super) fn unit(&self) -> &'static str {
        if self.whole_documents {
            "document"
        } else {
            "sentence"
        }
    }

    /// Rows of the run divided by its seconds; `None` where no time was told.
    pub(super) fn rate(&self) -> Option<f64> {
        let seconds = self.elapsed?.as_secs_f64();
        (seconds > 0.0).then(|| self.summary.rows() as f64 / seconds)
    }

    /// Classes by falling number of rows; of equal ones the first.
    pub(super) fn largest_classes(&self) -> Vec<usize> {
        let mut classes: Vec<usize> = (0..self.labels.len()).collect();
        classes.sort_by_key(|&class| std::cmp::Reverse(self.summary.rows_of(class)));
        classes
    }

    /// The `n` classes with the most rows, in the order of the classes.
    pub(super) fn leading_classes(&self, n: usize) -> Vec<usize> {
        let mut classes = self.largest_classes();
        classes.truncate(n);
        classes.sort_unstable();
        classes
    }

    /// Inputs by falling number of rows, each with that number; of equal ones the first.
    pub(super) fn largest_sources(&self) -> Vec<(u32, u64)> {
        let rows = |source| self.summary.rows_from(source).iter().sum();
        let mut sources: Vec<(u32, u64)> = self.summary.sources().map(|s| (s, rows(s))).collect();
        sources.sort_by_key(|&(_, rows)| std::cmp::Reverse(rows));
        sources
    }

    /// The name of an input.
    pub(super) fn source(&self, source: u32) -> &'a str {
        self.sources.get(source as usize).map_or("", String::as_str)
    }

    /// Rows whose document has no date that could be read.
    pub(super) fn undated(&self) -> u64 {
        let dated: u64 = self.summary.months().flat_map(|(_, row)| row).sum();
        self.summary.rows() - dated.min(self.summary.rows())
    }
}
