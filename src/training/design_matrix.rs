//! From labelled sentences to the numbers an estimator learns from.

use ndarray::Array1;
use rayon::prelude::*;

use super::{LabelledSentence, TrainingConfig, group_numbers};
use crate::Error;
use crate::features::{FeatureExtractor, SparseRecords, SubwordScratch, Subwords, train_subwords};
use crate::text::{Normalizer, Symbols};

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
    /// Shape `(n_sentences, n_buckets)`: count × idf ÷ √(number of features in the sentence).
    pub records: SparseRecords,
    /// The class of each sentence.
    pub targets: Array1<usize>,
    /// The group of each sentence, as a number.
    pub groups: Vec<usize>,
}

impl DesignMatrix {
    /// Makes the design matrix of `sentences`, whose labels are all among `labels`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidParameter`] for a feature configuration out of range, [`Error::Data`] for an unknown label or
    /// texts without a subword vocabulary.
    pub fn new(
        sentences: &[LabelledSentence],
        labels: &[String],
        config: &TrainingConfig,
    ) -> Result<Self, Error> {
        config.features.check()?;
        let normalizer = Normalizer::new(config.normalizer);
        let (tokenizer, subwords) = learn_subwords(sentences, &normalizer, config)?;
        let extractor = FeatureExtractor::new(config.features.clone(), subwords)?;
        // Rayon collects in the order of the sentences.
        let sentence_counts: Vec<Counted> = sentences
            .par_iter()
            .map(|sentence| count_buckets(&sentence.text, &normalizer, &extractor))
            .collect();
        let idf = inverse_document_frequencies(&sentence_counts, config);
        if idf.iter().all(|&idf| idf == 0.0) {
            return Err(Error::InvalidParameter {
                parameter: "min_document_frequency",
                rule: "at most the number of sentences that share a feature",
                got: config.min_document_frequency.to_string(),
            });
        }
        let mut records = SparseRecords::new(idf.len());
        for Counted { counts, n_features } in &sentence_counts {
            let scale = 1.0 / (*n_features).max(1.0).sqrt();
            let known_buckets = counts
                .iter()
                .filter(|&&(bucket, _)| idf[bucket as usize] > 0.0);
            records.push_row(
                known_buckets
                    .map(|&(bucket, count)| (bucket, count * idf[bucket as usize] * scale)),
            );
        }
        Ok(Self {
            extractor,
            tokenizer,
            idf,
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

/// How often each bucket occurs in a sentence, buckets rising, and the number of features in all.
struct Counted {
    counts: Vec<(u32, f32)>,
    n_features: f32,
}

fn count_buckets(text: &str, normalizer: &Normalizer, extractor: &FeatureExtractor) -> Counted {
    let mut symbols = Symbols::new();
    normalizer.normalize_into(text, &mut symbols);
    let mut buckets = Vec::new();
    extractor.extract(&symbols, &mut SubwordScratch::default(), |feature| {
        buckets.push(extractor.bucket(&feature))
    });
    buckets.sort_unstable();
    let counts = buckets
        .chunk_by(|a, b| a == b)
        .map(|same| (same[0], same.len() as f32))
        .collect();
    Counted {
        counts,
        n_features: buckets.len() as f32,
    }
}

fn inverse_document_frequencies(counted: &[Counted], config: &TrainingConfig) -> Vec<f32> {
    let mut frequencies = vec![0u32; config.features.n_buckets()];
    for &(bucket, _) in counted.iter().flat_map(|sentence| &sentence.counts) {
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
