//! One classified sentence on its way out.

use crate::model::Prediction;

/// A classified sentence, with enough to find it again.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The file it came from, or how else the input is called.
    pub source: &'a str,
    /// The line of the record, counted from 1.
    pub line: u64,
    /// The identifier of the record, if it has one.
    pub id: Option<&'a str>,
    /// The sentence's number within its document, counted from 0, and its bytes in the document's
    /// text; `None` when documents are classified whole.
    pub place: Option<Place>,
    /// The sentence.
    pub text: &'a str,
    /// What the model says.
    pub prediction: Prediction<'a>,
}

/// Where a sentence stands in its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Counted from 0.
    pub sentence: usize,
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// A form of output.
pub trait RowFormat: Sync {
    /// Appends what stands before all rows.
    fn header(&self, out: &mut Vec<u8>);

    /// Appends a row.
    fn row(&self, row: &Row, out: &mut Vec<u8>);
}
