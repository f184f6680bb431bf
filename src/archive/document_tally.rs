//! What the sentences of one document say together.

use super::rows::{LabelTally, Place, Strongest};
use crate::model::Prediction;

/// Counts the labels of a document's sentences and remembers the strongest sentence of each.
#[derive(Debug)]
pub(super) struct DocumentTally {
    labels: Vec<LabelTally>,
}

impl DocumentTally {
    pub(super) fn new(n_labels: usize) -> Self {
        Self {
            labels: vec![LabelTally::default(); n_labels],
        }
    }

    /// Forgets the document before.
    pub(super) fn clear(&mut self) {
        self.labels.fill(LabelTally::default());
    }

    /// Counts the next sentence of the document.
    pub(super) fn add(&mut self, place: Place, prediction: &Prediction) {
        let label = &mut self.labels[prediction.class()];
        let confidence = prediction.confidence();
        label.count += 1;
        if label
            .strongest
            .is_none_or(|strongest| confidence > strongest.confidence)
        {
            label.strongest = Some(Strongest { place, confidence });
        }
    }

    /// The counts so far, in the order of the classes.
    pub(super) fn labels(&self) -> &[LabelTally] {
        &self.labels
    }
}
