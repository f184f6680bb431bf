//! From labelled sentences to the numbers an estimator learns from.

use ndarray::Array1;
use rayon::prelude::*;

use super::{DenseFeatures, LabelledSentence, TrainingConfig, group_numbers};
use crate::Error;
use crate::features::{
    FeatureExtractor, FeatureKind, SparseRecords, SubwordScratch, Subwords, train_subwords,
};
use crate::text::{Normalizer, Symbols};
use crate::vectors::WordVectors;

/// The design matrix of a corpus with what it takes to make it: extractor, vocabulary and inverse document
/// frequencies.
///
/// Vocabulary and frequencies are learned from the sentences without their labels, once for all folds.
#[derive(Debug)]
pub struct DesignMatrix {
    /// The extractor that made the rows.
    pub extractor: FeatureExtractor,
    /// The text of `tokenizer.json`, if the features include subwords.
    pub tokenizer: Option<String>,
    /// `ln((1 + n) / (1 + df)) + 1` for each bucket that occurs in `df` of the `n` sentences, as scikit-learn's smoothed idf; 0
    /// for a bucket with too few.
    pub idf: Vec<f32>,
    /// What the vectors say, if there are any.
    pub dense: Option<DenseFeatures>,
    /// Shape `(n_sentences, n_buckets + n_dense)`: count × idf ÷ √(number of features in the sentence), then the [`DenseFeatures`].
    pub records: SparseRecords,
    /// The class of each sentence.
    pub targets: Array1<usize>,
    /// The group of each sentence, as a number.
    pub groups: Vec<usize>,
}

impl DesignMatrix {
    /// Makes the design matrix of `sentences`, whose labels are all among `labels`, with dense columns for `vectors`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidParameter`] for a configuration out of range, [`Error::Data`] for an unknown label, texts
    /// without a subword vocabulary, or vectors of another normalisation profile.
    pub fn new(
        sentences: &[LabelledSentence],
        labels: &[String],
        config: &TrainingConfig,
        vectors: Option<&WordVectors>,
    ) -> Result<Self, Error> {
        config.features.check()?;
        let normalizer = Normalizer::new(config.normalizer);
        let (tokenizer, subwords) = learn_subwords(sentences, &normalizer, config)?;
        let mut extractor = FeatureExtractor::new(config.features.clone(), subwords)?;
        if let Some(vectors) = vectors {
            if vectors.profile() != config.normalizer {
                return Err(Error::Data(
                    "the vectors were learned under another normalisation profile than the configuration names: \
                     pretrain anew, or train with --no-vectors"
                        .to_owned(),
                ));
            }
            extractor = extractor.with_vocabulary(vectors.vocabulary().clone());
        }
        // Rayon collects in the order of the sentences.
        let sentence_counts: Vec<Counted> = sentences
            .par_iter()
            .map(|sentence| count_features(&sentence.text, &normalizer, &extractor))
            .collect();
        let idf = inverse_document_frequencies(&sentence_counts, config);
        if idf.iter().all(|&idf| idf == 0.0) {
            return Err(Error::InvalidParameter {
                parameter: "min_document_frequency",
                rule: "at most the number of sentences that share a feature",
                got: config.min_document_frequency.to_string(),
            });
        }
        let mut dense = vectors
            .map(|vectors| DenseFeatures::new(vectors, &config.vectors))
            .transpose()?;
        let sparse_rows: Vec<Vec<(u32, f32)>> = sentence_counts
            .iter()
            .map(|counted| counted.weighted(&idf))
            .collect();
        if let Some(dense) = &mut dense {
            dense.scale(config.vectors.weight * norm_ratio(&sparse_rows, &sentence_counts, dense));
        }
        let n_dense = dense.as_ref().map_or(0, DenseFeatures::n_columns);
        let mut records = SparseRecords::new(idf.len() + n_dense).with_dense(n_dense);
        for (row, counted) in sparse_rows.into_iter().zip(&sentence_counts) {
            let sums = dense
                .as_ref()
                .map_or_else(Vec::new, |dense| counted.dense(dense));
            records.push_row(row.into_iter().chain((idf.len() as u32..).zip(sums)));
        }
        Ok(Self {
            extractor,
            tokenizer,
            idf,
            dense,
            records,
            targets: class_of_each(sentences, labels)?,
            groups: group_numbers(sentences),
        })
    }
}

fn learn_subwords(
    sentences: &[LabelledSentence],
    normalizer: &Normalizer,
    config: &TrainingConfig,
) -> Result<(Option<String>, Option<Subwords>), Error> {
    if !config.features.subwords {
        return Ok((None, None));
    }
    let texts: Vec<_> = sentences
        .par_iter()
        .map(|sentence| normalizer.normalize(&sentence.text))
        .collect();
    let tokenizer = train_subwords(&texts, config.subword_vocabulary)?;
    let subwords = Subwords::compile(tokenizer.as_bytes()).map_err(Error::Data)?;
    Ok((Some(tokenizer), Some(subwords)))
}

/// What occurs in a sentence.
struct Counted {
    /// How often each bucket occurs, buckets rising.
    buckets: Vec<(u32, f32)>,
    /// How often each known word occurs, and each known opening word.
    words: Vec<(usize, f32)>,
    opening: Vec<(usize, f32)>,
    /// 1 ÷ √(number of features).
    scale: f32,
}

impl Counted {
    /// The sparse part of the row; buckets with idf 0 are left out.
    fn weighted(&self, idf: &[f32]) -> Vec<(u32, f32)> {
        let weight = |&(bucket, count): &(u32, f32)| {
            let idf = idf[bucket as usize];
            (idf > 0.0).then_some((bucket, count * idf * self.scale))
        };
        self.buckets.iter().filter_map(weight).collect()
    }

    /// The dense part of the row.
    fn dense(&self, dense: &DenseFeatures) -> Vec<f32> {
        let mut sums = dense.sums(&self.words, &self.opening);
        for sum in &mut sums {
            *sum *= self.scale;
        }
        sums
    }
}

fn count_features(text: &str, normalizer: &Normalizer, extractor: &FeatureExtractor) -> Counted {
    let mut symbols = Symbols::new();
    normalizer.normalize_into(text, &mut symbols);
    let (mut buckets, mut words, mut opening) = (Vec::new(), Vec::new(), Vec::new());
    extractor.extract(
        &symbols,
        &mut SubwordScratch::default(),
        |feature| match feature.kind {
            FeatureKind::Vector => words.push(feature.key as usize),
            FeatureKind::OpeningVector => opening.push(feature.key as usize),
            _ => buckets.push(extractor.row(&feature)),
        },
    );
    let n_features = buckets.len() + words.len() + opening.len();
    Counted {
        buckets: count(buckets),
        words: count(words),
        opening: count(opening),
        scale: 1.0 / (n_features.max(1) as f32).sqrt(),
    }
}

/// How often each element occurs, elements rising.
fn count<T: Ord + Copy>(mut elements: Vec<T>) -> Vec<(T, f32)> {
    elements.sort_unstable();
    elements
        .chunk_by(|a, b| a == b)
        .map(|same| (same[0], same.len() as f32))
        .collect()
}

/// The mean norm of the sparse parts over that of the dense parts.
fn norm_ratio(sparse_rows: &[Vec<(u32, f32)>], counted: &[Counted], dense: &DenseFeatures) -> f64 {
    let norm = |values: &mut dyn Iterator<Item = f32>| -> f64 {
        values.map(|x| f64::from(x).powi(2)).sum::<f64>().sqrt()
    };
    let sparse: f64 = sparse_rows
        .iter()
        .map(|row| norm(&mut row.iter().map(|&(_, x)| x)))
        .sum();
    let dense: f64 = counted
        .iter()
        .map(|counted| norm(&mut counted.dense(dense).into_iter()))
        .sum();
    // Where no word is known there is nothing to scale.
    if dense > 0.0 { sparse / dense } else { 1.0 }
}

fn inverse_document_frequencies(counted: &[Counted], config: &TrainingConfig) -> Vec<f32> {
    let mut frequencies = vec![0u32; config.features.n_buckets()];
    for &(bucket, _) in counted.iter().flat_map(|sentence| &sentence.buckets) {
        frequencies[bucket as usize] += 1;
    }
    let n = counted.len() as f64;
    let idf = |frequency: u32| (libm::log((1.0 + n) / (1.0 + f64::from(frequency))) + 1.0) as f32;
    let least = config.min_document_frequency.max(1);
    frequencies
        .into_iter()
        .map(|frequency| {
            if frequency < least {
                0.0
            } else {
                idf(frequency)
            }
        })
        .collect()
}

fn class_of_each(
    sentences: &[LabelledSentence],
    labels: &[String],
) -> Result<Array1<usize>, Error> {
    let class = |sentence: &LabelledSentence| {
        labels
            .iter()
            .position(|label| *label == sentence.label)
            .ok_or_else(|| {
                Error::Data(format!(
                    "the label «{}» is not among: {}",
                    sentence.label,
                    labels.join(", ")
                ))
            })
    };
    sentences.iter().map(class).collect()
}
