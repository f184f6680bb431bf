//! A model against labelled sentences.

use std::collections::BTreeMap;

use ndarray::Array2;
use rayon::prelude::*;

use super::Scores;
use crate::model::Classifier;
use crate::training::{LabelledSentence, group_numbers};

/// What a model said of labelled sentences.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// The sentences whose label the model knows.
    pub scores: Scores,
    /// The place of each of them among the sentences given.
    pub rows: Vec<usize>,
    /// The labels that the model does not know, with their numbers of sentences.
    pub unknown_labels: BTreeMap<String, usize>,
}

/// Scores every sentence whose label the model knows; also gives the labels it does not know, with their
/// numbers of sentences.
#[must_use]
pub fn evaluate(
    classifier: &Classifier,
    sentences: &[LabelledSentence],
) -> (Scores, BTreeMap<String, usize>) {
    let scored = score(classifier, sentences);
    (scored.scores, scored.unknown_labels)
}

/// Scores every sentence whose label the model knows.
#[must_use]
pub fn score(classifier: &Classifier, sentences: &[LabelledSentence]) -> Scored {
    let mut unknown = BTreeMap::new();
    let mut known = Vec::new();
    let mut places = Vec::new();
    for (place, sentence) in sentences.iter().enumerate() {
        match classifier
            .labels()
            .iter()
            .position(|label| *label == sentence.label)
        {
            Some(class) => {
                known.push((sentence, class));
                places.push(place);
            }
            None => *unknown.entry(sentence.label.clone()).or_default() += 1,
        }
    }
    let rows: Vec<Vec<f64>> = known
        .par_iter()
        .map_init(
            || classifier.scratch(),
            |scratch, (sentence, _)| {
                let prediction = classifier.classify(&sentence.text, scratch);
                prediction
                    .probabilities
                    .iter()
                    .copied()
                    .map(f64::from)
                    .collect()
            },
        )
        .collect();
    let probabilities =
        Array2::from_shape_fn((rows.len(), classifier.labels().len()), |(row, class)| {
            rows[row][class]
        });
    let groups = group_numbers(known.iter().map(|&(sentence, _)| sentence));
    Scored {
        scores: Scores {
            truth: known.iter().map(|&(_, class)| class).collect(),
            probabilities,
            groups,
        },
        rows: places,
        unknown_labels: unknown,
    }
}
