//! The counts of a run. The file is not called `summary`, which its folder is.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::keyed_counts::KeyedCounts;
use super::{LeftOut, Month};
use crate::Error;

const BINS: usize = Summary::BINS;

/// Confidences are summed as whole multiples of 2⁻²⁴: exact from 0.5 upwards, where `f32` has no finer step.
const UNIT: f64 = (1u32 << 24) as f64;

/// The counts of a run, a shard or a part of one, without names and without time.
///
/// All sums are of whole numbers, so adding parts up in any order and grouping gives what counting at once gives, bit for
/// bit. Serialises to an object whose keys are sorted.
///
/// # Examples
///
/// ```
/// use marsad::archive::{LeftOut, Summary, month};
///
/// let mut summary = Summary::new(2);
/// summary.add_document(0);
/// summary.add_row(1, 0.87, 0, month("2014-06-10"));
/// summary.add_left_out(LeftOut::PageFurniture, 3);
/// assert_eq!(summary.rows(), 1);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stored")]
pub struct Summary {
    documents: KeyedCounts<u32>,
    /// By class. Its sum is the number of rows of the class.
    histogram: Vec<[u64; BINS]>,
    /// By class, in units of 2⁻²⁴. Room for 2⁴⁰ rows, about 10¹².
    confidence: Vec<u64>,
    months: KeyedCounts<Month>,
    sources: KeyedCounts<u32>,
    /// In the order of `LeftOut::ALL`.
    left_out: [u64; LeftOut::ALL.len()],
    marked_exact: u64,
    marked_near: u64,
    unread_dates: u64,
    rejected: BTreeMap<Cow<'static, str>, u64>,
}

/// A summary as it stands in a file, before it was checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    documents: KeyedCounts<u32>,
    histogram: Vec<[u64; BINS]>,
    confidence: Vec<u64>,
    months: KeyedCounts<Month>,
    sources: KeyedCounts<u32>,
    left_out: [u64; LeftOut::ALL.len()],
    marked_exact: u64,
    marked_near: u64,
    unread_dates: u64,
    rejected: BTreeMap<Cow<'static, str>, u64>,
}

impl Summary {
    /// Bins of the confidence histogram: bin `i` holds confidences from `i / 20` up to, and not including, `(i + 1) / 20`; the
    /// last holds 1 too.
    pub const BINS: usize = 20;

    /// No counts yet, for a model with `n_classes` labels.
    #[must_use]
    pub fn new(n_classes: usize) -> Self {
        Self {
            documents: KeyedCounts::new(1),
            histogram: vec![[0; BINS]; n_classes],
            confidence: vec![0; n_classes],
            months: KeyedCounts::new(n_classes),
            sources: KeyedCounts::new(n_classes),
            left_out: [0; LeftOut::ALL.len()],
            marked_exact: 0,
            marked_near: 0,
            unread_dates: 0,
            rejected: BTreeMap::new(),
        }
    }

    /// Counts a document of the input with this number, counted from 0.
    #[inline]
    pub fn add_document(&mut self, source: u32) {
        self.documents.count(source, 0);
    }

    /// Counts a row: a sentence, or a document classified whole. `confidence` is a probability, 0 to 1; `source` the number
    /// of the input, counted from 0; `month` that of the document's date. Four additions; allocates only when a month or
    /// source outside those counted so far appears.
    ///
    /// # Panics
    ///
    /// If `class` is not below the number of labels.
    #[inline]
    pub fn add_row(&mut self, class: usize, confidence: f32, source: u32, month: Option<Month>) {
        // What is not a number casts to 0. The product is rounded to `f32`, so that 0.95 falls where its decimals say.
        let bin = ((confidence * BINS as f32) as usize).min(BINS - 1);
        self.histogram[class][bin] += 1;
        self.confidence[class] += (f64::from(confidence.clamp(0.0, 1.0)) * UNIT) as u64;
        self.sources.count(source, class);
        if let Some(month) = month {
            self.months.count(month, class);
        }
    }

    /// Counts sentences that were found and have no row.
    pub fn add_left_out(&mut self, reason: LeftOut, n: u64) {
        self.left_out[reason as usize] += n;
    }

    /// Counts rows that are marked as duplicates; they are counted by [`Self::add_row`] too.
    pub fn add_marked(&mut self, exact: u64, near: u64) {
        self.marked_exact += exact;
        self.marked_near += near;
    }

    /// Counts a record that could not be read. The reason is a few words such as `broken JSON`; a run knows a handful.
    pub fn add_rejected(&mut self, reason: &'static str) {
        *self.rejected.entry(Cow::Borrowed(reason)).or_default() += 1;
    }

    /// Counts a document that has a date of which no month could be made; its rows count without month.
    pub fn add_unread_date(&mut self) {
        self.unread_dates += 1;
    }

    /// Adds the counts of another part of the run. The numbers of inputs mean the same in both.
    ///
    /// # Errors
    ///
    /// [`Error::WrongLength`] when the other is for a model with another number of labels; nothing is added then.
    pub fn add(&mut self, other: &Self) -> Result<(), Error> {
        if other.n_classes() != self.n_classes() {
            return Err(Error::WrongLength {
                what: "labels of the summaries",
                expected: self.n_classes(),
                got: other.n_classes(),
            });
        }
        self.documents.add(&other.documents);
        for (sums, bins) in self.histogram.iter_mut().zip(&other.histogram) {
            add_each(sums, bins);
        }
        add_each(&mut self.confidence, &other.confidence);
        self.months.add(&other.months);
        self.sources.add(&other.sources);
        add_each(&mut self.left_out, &other.left_out);
        self.marked_exact += other.marked_exact;
        self.marked_near += other.marked_near;
        self.unread_dates += other.unread_dates;
        for (reason, n) in &other.rejected {
            *self.rejected.entry(reason.clone()).or_default() += n;
        }
        Ok(())
    }

    /// The number of labels.
    #[must_use]
    pub fn n_classes(&self) -> usize {
        self.histogram.len()
    }

    /// Documents read.
    #[must_use]
    pub fn documents(&self) -> u64 {
        self.documents.rows().map(|(_, row)| row[0]).sum()
    }

    /// Rows of all labels.
    #[must_use]
    pub fn rows(&self) -> u64 {
        (0..self.n_classes()).map(|class| self.rows_of(class)).sum()
    }

    /// Rows of a label. Panics, like all that take a class, if it is not below the number of labels.
    #[must_use]
    pub fn rows_of(&self, class: usize) -> u64 {
        self.histogram[class].iter().sum()
    }

    /// The mean confidence of a label's rows, 0 to 1; `None` without rows.
    #[must_use]
    pub fn mean_confidence(&self, class: usize) -> Option<f64> {
        let rows = self.rows_of(class);
        (rows > 0).then(|| self.confidence[class] as f64 / UNIT / rows as f64)
    }

    /// Rows of a label by confidence; see [`Self::BINS`].
    #[must_use]
    pub fn histogram(&self, class: usize) -> &[u64; Self::BINS] {
        &self.histogram[class]
    }

    /// The months with rows and their rows by class, in order of time.
    pub fn months(&self) -> impl Iterator<Item = (Month, &[u64])> {
        self.months.rows()
    }

    /// The numbers of the inputs with documents or rows, in order.
    pub fn sources(&self) -> impl Iterator<Item = u32> {
        let keys = self.documents.rows().map(|(source, _)| source);
        let mut keys: Vec<u32> = keys
            .chain(self.sources.rows().map(|(source, _)| source))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        keys.into_iter()
    }

    /// Documents read from an input.
    #[must_use]
    pub fn documents_of(&self, source: u32) -> u64 {
        self.documents.row(source).map_or(0, |row| row[0])
    }

    /// Rows of an input by class; empty when it has none.
    #[must_use]
    pub fn rows_from(&self, source: u32) -> &[u64] {
        self.sources.row(source).unwrap_or_default()
    }

    /// Sentences that have no row for this reason.
    #[must_use]
    pub fn left_out(&self, reason: LeftOut) -> u64 {
        self.left_out[reason as usize]
    }

    /// Rows marked as duplicates: exact and near.
    #[must_use]
    pub fn marked(&self) -> (u64, u64) {
        (self.marked_exact, self.marked_near)
    }

    /// Documents whose date could not be read.
    #[must_use]
    pub fn unread_dates(&self) -> u64 {
        self.unread_dates
    }

    /// Records that could not be read, by reason, in alphabetical order.
    pub fn rejected(&self) -> impl Iterator<Item = (&str, u64)> {
        self.rejected.iter().map(|(reason, &n)| (&**reason, n))
    }
}

fn add_each(sums: &mut [u64], others: &[u64]) {
    for (sum, n) in sums.iter_mut().zip(others) {
        *sum += n;
    }
}

impl TryFrom<Stored> for Summary {
    type Error = String;

    fn try_from(stored: Stored) -> Result<Self, String> {
        let n_classes = stored.histogram.len();
        let mut summary = Self {
            documents: stored.documents,
            histogram: stored.histogram,
            confidence: stored.confidence,
            months: stored.months,
            sources: stored.sources,
            left_out: stored.left_out,
            marked_exact: stored.marked_exact,
            marked_near: stored.marked_near,
            unread_dates: stored.unread_dates,
            rejected: stored.rejected,
        };
        // Counts without rows do not know how wide a row would be.
        if summary.months.rows().next().is_none() {
            summary.months = KeyedCounts::new(n_classes);
        }
        if summary.sources.rows().next().is_none() {
            summary.sources = KeyedCounts::new(n_classes);
        }
        let agree = summary.confidence.len() == n_classes
            && summary.months.width() == n_classes.max(1)
            && summary.sources.width() == n_classes.max(1)
            && summary.documents.width() == 1;
        match agree {
            true => Ok(summary),
            false => Err(format!(
                "the counts of a summary are not all for {n_classes} labels: it is broken; delete it and run again"
            )),
        }
    }
}

#[cfg(test)]
mod tests;
