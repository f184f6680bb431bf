//! What the sentences of one document say together.

use super::rows::{LabelTally, Place, Strongest};
use crate::model::Prediction;

/// Counts the labels of a document's sentences and remembers the strongest sentence of each.
#[derive(Debug)]
pub(super) struct DocumentTally {
    labels: Vec<LabelTally>,
    without_label: u64,
}

impl DocumentTally {
    pub(super) fn new(n_labels: usize) -> Self {
        Self {
            labels: vec![LabelTally::default(); n_labels],
            without_label: 0,
        }
    }

    /// Forgets the document before.
    pub(super) fn clear(&mut self) {
        self.labels.fill(LabelTally::default());
        self.without_label = 0;
    }

    /// Counts the next sentence of the document, which is of `class`, or without label.
    pub(super) fn add(&mut self, place: Place, class: Option<usize>, prediction: &Prediction) {
        let Some(class) = class else {
            self.without_label += 1;
            return;
        };
        let label = &mut self.labels[class];
        let confidence = prediction.probabilities[class];
        label.count += 1;
        if label
            .strongest
            .is_none_or(|strongest| confidence > strongest.confidence)
        {
            label.strongest = Some(Strongest { place, confidence });
        }
    }

    /// How many sentences had no label.
    pub(super) fn without_label(&self) -> u64 {
        self.without_label
    }

    /// The counts so far, in the order of the classes.
    pub(super) fn labels(&self) -> &[LabelTally] {
        &self.labels
    }
}
