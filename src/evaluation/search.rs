//! Configurations compared by cross-validation.

use rayon::prelude::*;

use super::{Figure, Scores};
use crate::Error;
use crate::training::{Corpus, DesignMatrix, TrainingConfig, hold_out};
use crate::vectors::WordVectors;

/// A configuration and how it did on sentences held out.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// What sets it apart, for people.
    pub name: String,
    /// The configuration.
    pub config: TrainingConfig,
    /// Whether it uses the vectors that [`search`] is given.
    pub vectors: bool,
}

/// Scores of every sentence by models that had not seen its group, for each of `candidates`, by grouped,
/// stratified cross-validation.
///
/// `done` is called after each.
///
/// # Errors
///
/// As [`train`](crate::training::train).
pub fn search(
    corpus: &Corpus,
    candidates: &[Candidate],
    vectors: Option<&WordVectors>,
    done: impl Fn() + Sync,
) -> Result<Vec<Scores>, Error> {
    let labels = corpus.labels();
    let mut scores = Vec::with_capacity(candidates.len());
    // Neighbours with the same features share one design matrix.
    let same_features = |a: &Candidate, b: &Candidate| {
        let key = |candidate: &Candidate| {
            let c = &candidate.config;
            (
                candidate.vectors,
                c.normalizer,
                c.features.clone(),
                c.subword_vocabulary,
                c.min_document_frequency,
                c.vectors.clone(),
            )
        };
        key(a) == key(b)
    };
    for neighbours in candidates.chunk_by(same_features) {
        let design = DesignMatrix::new(
            &corpus.sentences,
            &labels,
            &neighbours[0].config,
            vectors.filter(|_| neighbours[0].vectors),
        )?;
        let score = |candidate: &Candidate| {
            let n_held_out = candidate.config.n_held_out(corpus.sentences.len());
            let held_out = hold_out(&design, &labels, &candidate.config, n_held_out)?;
            done();
            Ok(Scores::from_margins(
                held_out.targets.to_vec(),
                &held_out.calibrated,
                held_out.groups,
            ))
        };
        let part: Vec<Scores> = neighbours
            .par_iter()
            .map(score)
            .collect::<Result<_, Error>>()?;
        scores.extend(part);
    }
    Ok(scores)
}

/// The positions of `scores` from the best value of `figure` to the worst; of equal ones the first comes first.
#[must_use]
pub fn ranking(scores: &[Scores], figure: Figure) -> Vec<usize> {
    let badness = |scores: &Scores| match (figure.is_loss(), scores.value(figure)) {
        (_, None) => f64::INFINITY,
        (true, Some(value)) => value,
        (false, Some(value)) => -value,
    };
    let badness: Vec<f64> = scores.iter().map(badness).collect();
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&a, &b| badness[a].total_cmp(&badness[b]));
    order
}
