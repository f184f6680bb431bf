//! Documents whose sentences are classified and not yet rows.

use super::{Document, Duplicate, Fingerprint, Place};
use crate::model::Prediction;

/// The documents of a part of a block with what the model says of their sentences, kept until it is known which of these were seen
/// before.
#[derive(Default)]
pub(super) struct Draft<'b> {
    /// Each with the number of its record and where its sentences end.
    documents: Vec<(u64, Document<'b>, usize)>,
    places: Vec<Place>,
    /// The probabilities and behind them the margins of each sentence.
    figures: Vec<f32>,
    fingerprints: Vec<Fingerprint>,
}

impl<'b> Draft<'b> {
    /// Adds a sentence of the next document.
    pub(super) fn sentence(
        &mut self,
        place: Place,
        prediction: Prediction,
        fingerprint: Fingerprint,
    ) {
        self.places.push(place);
        self.figures.extend_from_slice(prediction.probabilities);
        self.figures.extend_from_slice(prediction.margins);
        self.fingerprints.push(fingerprint);
    }

    /// Adds a document whose sentences have been added.
    pub(super) fn document(&mut self, record: u64, document: Document<'b>) {
        self.documents.push((record, document, self.places.len()));
    }

    /// What is to be known of the sentences, in their order.
    pub(super) fn fingerprints(&self) -> &[Fingerprint] {
        &self.fingerprints
    }

    /// The documents, each with the number of its record and its sentences; `duplicates` has a value for each sentence.
    pub(super) fn documents<'d>(
        &'d self,
        duplicates: &'d [Option<Duplicate>],
    ) -> impl Iterator<
        Item = (
            u64,
            &'d Document<'b>,
            impl Iterator<Item = (Place, Prediction<'d>, Option<Duplicate>)>,
        ),
    > {
        let width = self.figures.len() / self.places.len().max(1);
        let sentence = move |at: usize| {
            let figures = &self.figures[at * width..][..width];
            let (probabilities, margins) = figures.split_at(width / 2);
            let prediction = Prediction {
                probabilities,
                margins,
            };
            (self.places[at], prediction, duplicates[at])
        };
        let mut start = 0;
        self.documents.iter().map(move |(record, document, end)| {
            let sentences = (start..*end).map(sentence);
            start = *end;
            (*record, document, sentences)
        })
    }
}
