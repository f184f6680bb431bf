//! One classified sentence on its way out.

use std::borrow::Cow;

use crate::model::Prediction;

/// A classified sentence, with enough to find it again.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The file it came from, or how else the input is called.
    pub source: &'a str,
    /// The number of the record in its source, counted from 1; of a file of lines the line.
    pub record: u64,
    /// The identifier of the record, if it has one.
    pub id: Option<&'a str>,
    /// The date of the record as it is written there, if it has one.
    pub date: Option<&'a str>,
    /// The other fields of the record that go out with it: name, and value as JSON without line breaks.
    pub carried: &'a [(Cow<'a, str>, Cow<'a, str>)],
    /// The sentence's number within its document, counted from 0, and its bytes in the document's
    /// text; `None` when documents are classified whole.
    pub place: Option<Place>,
    /// The sentence.
    pub text: &'a str,
    /// What the model says.
    pub prediction: Prediction<'a>,
    /// The class that it is tagged with; `None` where the model is not sure enough for a label.
    pub class: Option<usize>,
    /// Whether the sentence was seen before; `None` for a new one, and where nobody looked.
    pub duplicate: Option<Duplicate>,
}

impl Row<'_> {
    /// The probability of its label, or of the likeliest one where it has none.
    #[inline]
    #[must_use]
    pub fn confidence(&self) -> f32 {
        match self.class {
            Some(class) => self.prediction.probabilities[class],
            None => self.prediction.confidence(),
        }
    }
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

impl Place {
    /// The words at this place of `text`.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// How a sentence resembles an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duplicate {
    /// The same normalised words.
    Exact,
    /// Nearly the same words.
    Near,
}

impl Duplicate {
    /// The word in the output: `exact` or `near`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Near => "near",
        }
    }
}
