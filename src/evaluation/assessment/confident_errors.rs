//! The errors of which a model was most sure.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::Classifier;
use crate::evaluation::{ErrorCase, EvidenceWord, Scored};
use crate::training::Corpus;

/// The most confident errors, `most` of each confusion, each explained by the model that made it; the most confident first, of equal ones the
/// first of the corpus.
#[must_use]
pub fn confident_errors(
    classifier: &Classifier,
    corpus: &Corpus,
    said: &Scored,
    most: usize,
) -> Vec<ErrorCase> {
    let scores = &said.scores;
    let confidence = |row: usize| scores.probabilities[[row, scores.prediction(row)]];
    let mut errors: Vec<usize> = (0..scores.truth.len())
        .filter(|&row| scores.prediction(row) != scores.truth[row])
        .collect();
    errors.sort_by(|&a, &b| confidence(b).total_cmp(&confidence(a)));
    let mut n_taken = BTreeMap::new();
    errors.retain(|&row| {
        let n: &mut usize = n_taken
            .entry((scores.truth[row], scores.prediction(row)))
            .or_default();
        *n += 1;
        *n <= most
    });
    let labels = classifier.labels();
    let case = |&row: &usize| {
        let place = said.rows[row];
        let sentence = &corpus.sentences[place];
        let explanation = classifier.explain(&sentence.text);
        // Where two labels are as likely up to rounding, the explanation may have them the other way round.
        let (runner_up, sign) = match explanation.winner == scores.prediction(row) {
            true => (explanation.runner_up, 1.0),
            false => (explanation.winner, -1.0),
        };
        let evidence = explanation.words.iter().map(|word| EvidenceWord {
            start: word.span.start,
            end: word.span.end,
            word: sentence.text[word.span.clone()].to_owned(),
            contribution: sign * word.contribution,
        });
        ErrorCase {
            file: file_of(corpus, place),
            line: (sentence.line > 0).then_some(sentence.line),
            id: sentence.id.clone(),
            text: sentence.text.clone(),
            truth: labels[scores.truth[row]].clone(),
            prediction: labels[scores.prediction(row)].clone(),
            confidence: confidence(row),
            probability_of_truth: scores.probabilities[[row, scores.truth[row]]],
            runner_up: labels[runner_up].clone(),
            bias: sign * explanation.bias,
            difference: sign * explanation.difference,
            evidence: evidence.collect(),
        }
    };
    errors.par_iter().map(case).collect()
}

/// The file from which the sentence at `place` was taken.
fn file_of(corpus: &Corpus, place: usize) -> Option<String> {
    let mut end = 0;
    let file = corpus.files.iter().find(|file| {
        end += file.sentences;
        place < end
    });
    file.map(|file| file.file.clone())
}
