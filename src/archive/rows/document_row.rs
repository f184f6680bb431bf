//! One document on its way out, with what its sentences say.

use std::borrow::Cow;

use super::Place;

/// The labels of a document's sentences, and the strongest sentence of each.
#[derive(Debug, Clone, Copy)]
pub struct DocumentRow<'a> {
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
    /// The whole text; the spans of the strongest sentences lie in it.
    pub text: &'a str,
    /// What was counted for each label, in the order of the classes.
    pub labels: &'a [LabelTally],
    /// The number of sentences for whose label the model was not sure enough.
    pub without_label: u64,
}

/// The sentences of a document that have one label.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct LabelTally {
    /// How many there are.
    pub count: u64,
    /// The one with the highest confidence, of equal ones the first; `None` when there is none.
    pub strongest: Option<Strongest>,
}

/// The sentence for which a label is surest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Strongest {
    /// Where it stands.
    pub place: Place,
    /// The probability of the label, 0 to 1.
    pub confidence: f32,
}

impl DocumentRow<'_> {
    /// How many sentences were counted, with a label or without.
    #[must_use]
    pub fn sentences(&self) -> u64 {
        self.labels.iter().map(|label| label.count).sum::<u64>() + self.without_label
    }
}

impl Strongest {
    /// The words of the sentence, where `text` is the text of its document.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        self.place.of(text)
    }
}
