//! From a sentence to the probability of each label.

use std::ops::AddAssign;
use std::sync::atomic::{AtomicU64, Ordering};

use super::word_memo::{self, Key, WordMemo};
use super::{ModelConfig, WeightTable, argmax, word_scan};
use crate::Error;
use crate::features::{Feature, FeatureExtractor, SubwordScratch, Word, hash};
use crate::text::{Normalizer, Symbols};

static NEXT_IDENTITY: AtomicU64 = AtomicU64::new(0);

/// After this many words sums of 32 bits are added to sums of 64: a word has at most 319 features (91 of its own, 226 of its
/// openings, 2 with its neighbours), and 128 · 319 · 32,768 is below 2^31.
const FLUSH: usize = 128;

/// A trained model, ready to classify. It is never changed, so threads share one; each
/// thread brings a [`Scratch`] of its own.
///
/// # Examples
///
/// ```
/// let classifier = marsad::Classifier::embedded()?;
/// let mut scratch = classifier.scratch();
/// let prediction = classifier.classify("أدان وزير الخارجية تصريحات الحكومة المجاورة", &mut scratch);
/// assert_eq!(classifier.labels()[prediction.class()], "official_statement");
/// assert!((prediction.probabilities.iter().sum::<f32>() - 1.0).abs() < 1e-5);
/// # Ok::<(), marsad::Error>(())
/// ```
#[derive(Debug)]
pub struct Classifier {
    config: ModelConfig,
    normalizer: Normalizer,
    extractor: FeatureExtractor,
    table: WeightTable,
    /// Tells the scratch of this model from another's.
    identity: u64,
}

/// What one thread needs to classify with one model: buffers that are used again, and
/// a memory of words seen before. Results never depend on it.
#[derive(Debug, Clone)]
pub struct Scratch {
    identity: u64,
    symbols: Symbols,
    scoring: Scoring,
}

/// What scoring needs, beside the symbols.
#[derive(Debug, Clone)]
struct Scoring {
    subwords: SubwordScratch,
    memo: WordMemo,
    sums: Vec<i64>,
    margins: Vec<f32>,
    probabilities: Vec<f32>,
}

/// What the model says of one sentence. Index `k` belongs to label `k` of [`Classifier::labels`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prediction<'a> {
    /// The calibrated probability of each label, 0 to 1, summing to 1.
    pub probabilities: &'a [f32],
    /// The margin of each label: the calibrated scores whose softmax the probabilities are.
    pub margins: &'a [f32],
}

impl Prediction<'_> {
    /// The index of the likeliest label; of equal ones the first.
    #[must_use]
    pub fn class(&self) -> usize {
        argmax(self.margins.iter().copied())
    }

    /// The probability of the likeliest label.
    #[must_use]
    pub fn confidence(&self) -> f32 {
        self.probabilities[self.class()]
    }
}

impl Scratch {
    /// What was said of the sentence that was classified last.
    #[must_use]
    pub fn prediction(&self) -> Prediction<'_> {
        Prediction {
            probabilities: &self.scoring.probabilities,
            margins: &self.scoring.margins,
        }
    }

    /// The normalised form of the sentence that [`Classifier::classify`] saw last.
    #[must_use]
    pub fn symbols(&self) -> &Symbols {
        &self.symbols
    }
}

impl Classifier {
    /// A classifier from its parts.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] when the number of labels or rows differs between the parts.
    pub fn new(
        config: ModelConfig,
        extractor: FeatureExtractor,
        table: WeightTable,
    ) -> Result<Self, Error> {
        if config.labels.len() != table.n_classes() || extractor.n_rows() != table.n_rows() {
            return Err(Error::Data(format!(
                "{} labels and {} rows are configured, the weights have {} and {}",
                config.labels.len(),
                extractor.n_rows(),
                table.n_classes(),
                table.n_rows()
            )));
        }
        let normalizer = Normalizer::new(config.normalizer);
        let identity = NEXT_IDENTITY.fetch_add(1, Ordering::Relaxed);
        Ok(Self {
            config,
            normalizer,
            extractor,
            table,
            identity,
        })
    }

    /// The label names, in the order of the classes.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.config.labels
    }

    /// The configuration stored with the model.
    #[must_use]
    pub fn config(&self) -> &ModelConfig {
        &self.config
    }

    /// The normaliser.
    #[must_use]
    pub fn normalizer(&self) -> &Normalizer {
        &self.normalizer
    }

    /// The maker of features.
    #[must_use]
    pub fn extractor(&self) -> &FeatureExtractor {
        &self.extractor
    }

    /// The weights.
    #[must_use]
    pub fn table(&self) -> &WeightTable {
        &self.table
    }

    /// Buffers for one thread.
    #[must_use]
    pub fn scratch(&self) -> Scratch {
        let n_classes = self.table.n_classes();
        Scratch {
            identity: self.identity,
            symbols: Symbols::new(),
            scoring: Scoring {
                subwords: SubwordScratch::default(),
                memo: WordMemo::new(self.table.stride()),
                sums: vec![0; self.table.stride()],
                margins: vec![0.0; n_classes],
                probabilities: vec![0.0; n_classes],
            },
        }
    }

    /// Classifies one sentence. Allocates nothing once the buffers of `scratch` have grown. A `scratch` of
    /// another model is replaced by a fresh one first.
    pub fn classify<'a>(&self, sentence: &str, scratch: &'a mut Scratch) -> Prediction<'a> {
        self.claim(scratch);
        self.normalizer
            .normalize_into(sentence, &mut scratch.symbols);
        self.score_symbols(&scratch.symbols, &mut scratch.scoring);
        scratch.prediction()
    }

    /// Classifies a sentence that the [`normalizer`](Self::normalizer) of this model has brought to its normal form.
    pub fn score<'a>(&self, sentence: &Symbols, scratch: &'a mut Scratch) -> Prediction<'a> {
        self.claim(scratch);
        self.score_symbols(sentence, &mut scratch.scoring);
        scratch.prediction()
    }

    /// Replaces the scratch of another model.
    fn claim(&self, scratch: &mut Scratch) {
        if scratch.identity != self.identity {
            *scratch = self.scratch();
        }
    }

    fn score_symbols(&self, symbols: &Symbols, scoring: &mut Scoring) {
        let n_features = match self.table.stride() {
            2 => self.sum::<2>(symbols, scoring),
            4 => self.sum::<4>(symbols, scoring),
            8 => self.sum::<8>(symbols, scoring),
            16 => self.sum::<16>(symbols, scoring),
            32 => self.sum::<32>(symbols, scoring),
            64 => self.sum::<64>(symbols, scoring),
            128 => self.sum::<128>(symbols, scoring),
            _ => self.sum::<256>(symbols, scoring),
        };
        self.table
            .margins(&scoring.sums, n_features, &mut scoring.margins);
        softmax(&scoring.margins, &mut scoring.probabilities);
    }

    /// Sums the weights of all features of the normalised sentence into `scoring.sums`; returns their number.
    fn sum<const LANES: usize>(&self, symbols: &Symbols, scoring: &mut Scoring) -> u32 {
        let Scoring { subwords, memo, .. } = scoring;
        let symbols = symbols.with_slack();
        let end = symbols.len() - crate::text::SLACK;
        let mut total = [0i64; LANES];
        // 32 bits suffice for `FLUSH` words.
        let mut sums = [0i32; LANES];
        let mut n_features = 0;
        let mut previous: Option<Word> = None;
        let (mut start, mut position) = (1, 0);
        while start < end {
            let len = word_scan::length(&symbols[start..]);
            let range = start..start + len;
            let word = Word {
                hash: hash::word(&symbols[start..], len),
                range,
                position,
            };
            let extractor = &self.extractor;
            if len <= word_memo::MAX_SYMBOLS {
                let word_key = Key::new(word_scan::pack(&symbols[start..], len), word.hash);
                let key = word_key.in_zone(extractor.zone(&word));
                n_features += memo.recall(&key, &mut sums).unwrap_or_else(|| {
                    self.learn(symbols, &word, &word_key, &key, subwords, memo, &mut sums)
                });
            } else {
                // The sums of a long word may be large.
                let mut adder = self.adder(&mut total, &mut n_features);
                extractor.word_features(symbols, &word, subwords, &mut adder);
                extractor.opening_features(symbols, &word, &mut adder);
            }
            let adder = self.adder(&mut sums, &mut n_features);
            extractor.context_features(previous.as_ref(), &word, adder);
            previous = Some(word);
            start += len + 1;
            position += 1;
            if position % FLUSH == 0 || start >= end {
                for (total, sum) in total.iter_mut().zip(&mut sums) {
                    *total += i64::from(std::mem::take(sum));
                }
            }
        }
        scoring.sums.copy_from_slice(&total);
        n_features
    }

    /// Works out what the features of `word` in the zone of `key` sum up to, adds it to `sums`, tells `memo`, and gives the number of
    /// features. `word_key` is the key of the word behind all openings.
    #[cold]
    #[expect(clippy::too_many_arguments, reason = "all of it is of one step")]
    fn learn<const LANES: usize>(
        &self,
        symbols: &[u8],
        word: &Word,
        word_key: &Key,
        key: &Key,
        subwords: &mut SubwordScratch,
        memo: &mut WordMemo,
        sums: &mut [i32; LANES],
    ) -> u32 {
        let mut learned = [0; LANES];
        let known = (key != word_key).then(|| memo.recall(word_key, &mut learned));
        let mut n_features = known.flatten().unwrap_or_else(|| {
            let mut n = 0;
            let adder = self.adder(&mut learned, &mut n);
            self.extractor.word_features(symbols, word, subwords, adder);
            memo.remember(word_key, &learned, n);
            n
        });
        if key != word_key {
            let adder = self.adder(&mut learned, &mut n_features);
            self.extractor.opening_features(symbols, word, adder);
            memo.remember(key, &learned, n_features);
        }
        for (sum, learned) in sums.iter_mut().zip(learned) {
            *sum += learned;
        }
        n_features
    }

    /// Takes features, adds their weights to `sums` and counts them in `n_features`.
    #[inline]
    fn adder<'a, const LANES: usize, S: AddAssign + From<i16>>(
        &'a self,
        sums: &'a mut [S; LANES],
        n_features: &'a mut u32,
    ) -> impl FnMut(Feature) + 'a {
        move |feature| {
            self.table.add(self.extractor.row(&feature), sums);
            *n_features += 1;
        }
    }
}

/// The softmax of `margins`. `libm` gives the same bits on every platform.
fn softmax(margins: &[f32], probabilities: &mut [f32]) {
    let largest = margins.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut total = 0.0;
    for (probability, &margin) in probabilities.iter_mut().zip(margins) {
        *probability = libm::expf(margin - largest);
        total += *probability;
    }
    for probability in probabilities {
        *probability /= total;
    }
}
