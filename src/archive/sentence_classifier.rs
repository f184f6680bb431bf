//! From documents to classified sentences.

use std::sync::Mutex;

use super::{BatchOptions, LeftOut, Place};
use crate::model::{Classifier, Scratch, Thresholds};
use crate::text::SentenceSplitter;

/// Finds and classifies the sentences of documents, on as many threads as ask it.
pub(super) struct SentenceClassifier<'a> {
    classifier: &'a Classifier,
    options: BatchOptions,
    /// Scratches not in use: their buffers and memories outlive the blocks.
    scratches: Mutex<Vec<Scratch>>,
}

/// What comes of a sentence of a document.
pub(super) enum Found<'s> {
    LeftOut(LeftOut),
    /// Where it stands, and the scratch that has just classified it.
    Sentence(Place, &'s Scratch),
}

impl<'a> SentenceClassifier<'a> {
    pub(super) fn new(classifier: &'a Classifier, options: BatchOptions) -> Self {
        Self {
            classifier,
            options,
            scratches: Mutex::new(Vec::new()),
        }
    }

    pub(super) fn options(&self) -> &BatchOptions {
        &self.options
    }

    pub(super) fn n_classes(&self) -> usize {
        self.classifier.labels().len()
    }

    /// The number of counts by label: where sentences may be without one, the last is theirs.
    pub(super) fn n_counts(&self) -> usize {
        let thresholds = self.options.thresholds.as_ref();
        self.n_classes() + usize::from(thresholds.is_some_and(Thresholds::abstains))
    }

    /// Lends `work` a scratch whose buffers and memories have seen many blocks.
    pub(super) fn with_scratch(&self, work: impl FnOnce(&mut Scratch)) {
        let spare = self
            .scratches
            .lock()
            .map_or(None, |mut scratches| scratches.pop());
        let mut scratch = spare.unwrap_or_else(|| self.classifier.scratch());
        work(&mut scratch);
        if let Ok(mut scratches) = self.scratches.lock() {
            scratches.push(scratch);
        }
    }

    /// Classifies the sentences of a document, or the document as one, and hands over what the options keep and what they
    /// leave out.
    pub(super) fn classify_document(
        &self,
        text: &str,
        scratch: &mut Scratch,
        mut sink: impl FnMut(Found),
    ) {
        if !self.options.splits() {
            let start = text.len() - text.trim_start().len();
            let end = start + text.trim().len();
            let place = Place {
                sentence: 0,
                start,
                end,
            };
            return sink(self.classify(text, place, scratch));
        }
        for (number, sentence) in SentenceSplitter::new().split(text).enumerate() {
            if sentence.boilerplate && self.options.drop_boilerplate {
                sink(Found::LeftOut(LeftOut::PageFurniture));
                continue;
            }
            let place = Place {
                sentence: number,
                start: sentence.start,
                end: sentence.end,
            };
            sink(self.classify(text, place, scratch));
        }
    }

    /// Classifies the sentence at `place` of `text`.
    fn classify<'s>(&self, text: &str, place: Place, scratch: &'s mut Scratch) -> Found<'s> {
        let prediction = self.classifier.classify(place.of(text), scratch);
        match prediction.confidence() < self.options.min_confidence {
            true => Found::LeftOut(LeftOut::LowConfidence),
            false => Found::Sentence(place, scratch),
        }
    }
}
