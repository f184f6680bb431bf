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
        let mut dense = vectors
            .map(|vectors| DenseFeatures::new(vectors, &config.vectors))
            .transpose()?;
        let n_dense = dense.as_ref().map_or(0, DenseFeatures::n_columns);
        let n_buckets = config.features.n_buckets();
        let mut records = SparseRecords::new(n_buckets + n_dense).with_dense(n_dense);
        // A part at a time, so that no more than it is in memory twice. Rayon collects in the order of the sentences.
        for part in sentences.chunks(4096) {
            let rows: Vec<Row> = part
                .par_iter()
                .map(|sentence| {
                    count_features(&sentence.text, &normalizer, &extractor, dense.as_ref())
                })
                .collect();
            for row in rows {
                records.push_row(
                    row.buckets
                        .into_iter()
                        .chain((n_buckets as u32..).zip(row.dense)),
                );
            }
        }
        let idf = inverse_document_frequencies(&records, n_buckets, config.min_document_frequency);
        if idf.iter().all(|&idf| idf == 0.0) {
            return Err(Error::InvalidParameter {
                parameter: "min_document_frequency",
                rule: "at most the number of sentences that share a feature",
                got: config.min_document_frequency.to_string(),
            });
        }
        let mut factors = idf.clone();
        if let Some(dense) = &mut dense {
            let factor = config.vectors.weight * norm_ratio(&records, &idf);
            dense.scale(factor);
            factors.resize(n_buckets + n_dense, factor as f32);
        }
        records.scale_columns(&factors);
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

/// A row before it is weighted: counts and sums over vectors, each ÷ √(number of features).
struct Row {
    /// Buckets rising.
    buckets: Vec<(u32, f32)>,
    dense: Vec<f32>,
}

fn count_features(
    text: &str,
    normalizer: &Normalizer,
    extractor: &FeatureExtractor,
    dense: Option<&DenseFeatures>,
) -> Row {
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
    let scale = 1.0 / (n_features.max(1) as f32).sqrt();
    let mut row = Row {
        buckets: count(buckets),
        dense: dense.map_or_else(Vec::new, |dense| dense.sums(&count(words), &count(opening))),
    };
    for (_, value) in &mut row.buckets {
        *value *= scale;
    }
    for value in &mut row.dense {
        *value *= scale;
    }
    row
}

/// How often each element occurs, elements rising.
fn count<T: Ord + Copy>(mut elements: Vec<T>) -> Vec<(T, f32)> {
    elements.sort_unstable();
    elements
        .chunk_by(|a, b| a == b)
        .map(|same| (same[0], same.len() as f32))
        .collect()
}

/// The mean norm of the counts, weighted by `idf`, over that of the dense part.
fn norm_ratio(records: &SparseRecords, idf: &[f32]) -> f64 {
    let (mut counts, mut dense) = (0.0, 0.0);
    for row in 0..records.n_rows() {
        let (mut squared_counts, mut squared_dense) = (0.0, 0.0);
        let (columns, values) = records.row(row);
        for (&column, &value) in columns.iter().zip(values) {
            match idf.get(column as usize) {
                Some(&idf) => squared_counts += f64::from(value * idf).powi(2),
                None => squared_dense += f64::from(value).powi(2),
            }
        }
        counts += squared_counts.sqrt();
        dense += squared_dense.sqrt();
    }
    // Where no word is known there is nothing to scale.
    if dense > 0.0 { counts / dense } else { 1.0 }
}

fn inverse_document_frequencies(records: &SparseRecords, n_buckets: usize, least: u32) -> Vec<f32> {
    let mut frequencies = vec![0u32; n_buckets];
    for row in 0..records.n_rows() {
        for &column in records.row(row).0 {
            // What is dense stands behind the buckets.
            if let Some(frequency) = frequencies.get_mut(column as usize) {
                *frequency += 1;
            }
        }
    }
    let n = records.n_rows() as f64;
    let idf = |frequency: u32| match frequency < least.max(1) {
        true => 0.0,
        false => (libm::log((1.0 + n) / (1.0 + f64::from(frequency))) + 1.0) as f32,
    };
    frequencies.into_iter().map(idf).collect()
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
