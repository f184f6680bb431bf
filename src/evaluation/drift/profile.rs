//! What drift needs to know of a document.

use std::collections::BTreeMap;

use crate::features::hash;
use crate::model::{Classifier, Scratch};
use crate::text::Symbols;

/// Confidences are counted in this many bins of equal width from 0 to 1.
pub const CONFIDENCE_BINS: usize = 20;

/// So many different words of a document are kept: its first ones. Only a document as long as a book has more.
const MAX_WORDS: usize = 2000;

/// The labels, confidences and words of a document.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentProfile {
    /// The number of its sentences with each label.
    pub labels: Vec<u64>,
    /// The number of its sentences in each bin of confidence, of width 1 / [`CONFIDENCE_BINS`].
    pub confidences: Vec<u64>,
    /// The sum of the confidences of its sentences.
    pub confidence: f64,
    /// Its words in their normal form with their counts, sorted.
    pub words: Vec<(Box<str>, u64)>,
    /// How many words it has, and how many of these are among the model's known words.
    pub n_words: u64,
    /// See [`n_words`](Self::n_words).
    pub n_known: u64,
}

impl DocumentProfile {
    /// The profile of a document of these sentences.
    #[must_use]
    pub fn new<'a>(
        classifier: &Classifier,
        scratch: &mut Scratch,
        sentences: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut profile = Self {
            labels: vec![0; classifier.labels().len()],
            confidences: vec![0; CONFIDENCE_BINS],
            confidence: 0.0,
            words: Vec::new(),
            n_words: 0,
            n_known: 0,
        };
        let vocabulary = classifier.extractor().vocabulary();
        let mut symbols = Symbols::new();
        let mut words: BTreeMap<Box<str>, u64> = BTreeMap::new();
        for sentence in sentences {
            let prediction = classifier.classify(sentence, scratch);
            let confidence = prediction.confidence();
            profile.labels[prediction.class()] += 1;
            let bin = (confidence * CONFIDENCE_BINS as f32) as usize;
            profile.confidences[bin.min(CONFIDENCE_BINS - 1)] += 1;
            profile.confidence += f64::from(confidence);
            classifier
                .normalizer()
                .normalize_into(sentence, &mut symbols);
            for range in symbols.words() {
                let hash = hash::word(&symbols.with_slack()[range.start..], range.len());
                profile.n_words += 1;
                profile.n_known += u64::from(vocabulary.index(hash).is_some());
            }
            for word in symbols.to_text().split(' ').filter(|word| !word.is_empty()) {
                let room = words.len() < MAX_WORDS;
                if let Some(count) = words.get_mut(word) {
                    *count += 1;
                } else if room {
                    words.insert(word.into(), 1);
                }
            }
        }
        profile.words = words.into_iter().collect();
        profile
    }

    /// The number of its sentences.
    #[must_use]
    pub fn sentences(&self) -> u64 {
        self.labels.iter().sum()
    }
}
