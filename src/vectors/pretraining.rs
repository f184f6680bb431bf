//! From texts without labels to vectors.

use std::collections::BTreeMap;

use ndarray::Axis;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::WordVectors;
use super::cooccurrence::{BOUNDARY, Cooccurrence, UNKNOWN};
use super::directory::{MAX_DIMENSIONS, MAX_WORDS};
use super::lexicon::Lexicon;
use super::pointwise_information::PointwiseInformation;
use super::randomized_svd::{SvdParams, randomized_svd};
use super::token_file::{END, TokenFile};
use crate::Error;
use crate::features::Vocabulary;
use crate::features::hash;
use crate::text::symbol;
use crate::text::{Normalizer, Profile, SentenceSplitter, Symbols};

/// Documents are normalised in chunks of this many, by any number of threads.
const CHUNK: usize = 64;

/// Everything that, with the texts, determines vectors to the byte on one kind of processor: matrix products round as it has them. Read from JSON; what is left out takes its default.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PretrainingConfig {
    /// The normalisation profile.
    pub normalizer: Profile,
    /// How many words get a vector: the most frequent ones. Default 60,000.
    pub vocabulary: usize,
    /// A word must occur at least so often to get a vector. Default 5.
    pub min_count: u64,
    /// How far apart two words may stand to count as neighbours, 1 or more; nearer ones count more, linearly. Default 5.
    pub window: usize,
    /// The exponent that smooths the frequencies of contexts, above 0 and at most 1. Default 0.75.
    pub smoothing: f64,
    /// The length of the vectors. Default 100.
    pub dimensions: usize,
    /// Passes that sharpen the decomposition. Default 2.
    pub power_iterations: usize,
    /// Different words are counted up to this many; beyond, the rarest are forgotten. Default 4 million, about 400 MiB.
    pub max_words: usize,
    /// Pairs of neighbours, each in both directions, are kept up to this many; beyond, the rarest are forgotten. 20 bytes each
    /// while two sets of them are merged. Default 100 million.
    pub max_pairs: usize,
    /// Running words whose pairs are counted at a time, 16 bytes each. Default 16 million.
    pub segment: usize,
    /// Drives the random start of the decomposition. Default 1.
    pub seed: u64,
}

impl Default for PretrainingConfig {
    fn default() -> Self {
        Self {
            normalizer: Profile::default(),
            vocabulary: 60_000,
            min_count: 5,
            window: 5,
            smoothing: 0.75,
            dimensions: 100,
            power_iterations: 2,
            max_words: 4_000_000,
            max_pairs: 100_000_000,
            segment: 16_000_000,
            seed: 1,
        }
    }
}

impl PretrainingConfig {
    /// Checks every field.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidParameter`] names the first field out of range.
    pub fn check(&self) -> Result<(), Error> {
        let large = 1 << 30;
        let ranges = [
            ("vocabulary", self.vocabulary, MAX_WORDS, "1 to 2^22"),
            ("dimensions", self.dimensions, MAX_DIMENSIONS, "1 to 1000"),
            ("window", self.window, 1000, "1 to 1000"),
            (
                "power_iterations",
                self.power_iterations.saturating_add(1),
                101,
                "0 to 100",
            ),
            ("max_words", self.max_words, large, "1 to 2^30"),
            ("max_pairs", self.max_pairs, large, "1 to 2^30"),
            ("segment", self.segment, large, "1 to 2^30"),
        ];
        for (parameter, value, most, rule) in ranges {
            if !(1..=most).contains(&value) {
                return Err(Error::InvalidParameter {
                    parameter,
                    rule,
                    got: value.to_string(),
                });
            }
        }
        if !(self.smoothing > 0.0 && self.smoothing <= 1.0) {
            return Err(Error::InvalidParameter {
                parameter: "smoothing",
                rule: "above 0 and at most 1",
                got: self.smoothing.to_string(),
            });
        }
        Ok(())
    }
}

/// What [`Pretraining::finish`] is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Counting neighbours; so many running words of all are done.
    Neighbours(u64),
    /// Decomposing; so many products with the matrix are done, of so many in all.
    Decomposition(usize, usize),
}

/// Learns vectors from documents that are handed over one batch at a time.
///
/// Positive pointwise mutual information of words and their neighbours within sentences, reduced by a randomised singular
/// value decomposition; the vector of a word is its left singular vector times the square roots of the singular values (Levy and
/// Goldberg 2014, "Neural word embedding as implicit matrix factorization"). The running words are kept in a temporary
/// file of 8 bytes each, so memory does not grow with the texts beyond the limits of the configuration.
#[derive(Debug)]
pub struct Pretraining {
    config: PretrainingConfig,
    normalizer: Normalizer,
    lexicon: Lexicon,
    tokens: TokenFile,
    n_tokens: u64,
    n_sentences: u64,
}

/// What was read of some documents.
#[derive(Default)]
struct Chunk {
    hashes: Vec<u64>,
    n_sentences: u64,
    words: BTreeMap<u64, (String, u64)>,
}

impl Pretraining {
    /// Nothing read yet.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidParameter`] when a field is out of range, [`Error::Io`] when there is no room for a temporary file.
    pub fn new(config: PretrainingConfig) -> Result<Self, Error> {
        config.check()?;
        Ok(Self {
            normalizer: Normalizer::new(config.normalizer),
            lexicon: Lexicon::new(config.max_words),
            tokens: TokenFile::new().map_err(|e| Error::io(std::env::temp_dir(), e))?,
            n_tokens: 0,
            n_sentences: 0,
            config,
        })
    }

    /// Reads documents: their sentences without page furniture.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] when the temporary file cannot be written.
    pub fn read<S: AsRef<str> + Sync>(&mut self, documents: &[S]) -> Result<(), Error> {
        let chunks: Vec<Chunk> = documents
            .par_chunks(CHUNK)
            .map(|documents| read_chunk(&self.normalizer, documents))
            .collect();
        for chunk in chunks {
            self.tokens
                .write(&chunk.hashes)
                .map_err(|e| Error::io(std::env::temp_dir(), e))?;
            self.n_sentences += chunk.n_sentences;
            self.n_tokens += chunk.hashes.len() as u64 - chunk.n_sentences;
            for (hash, (word, count)) in chunk.words {
                self.lexicon.count(hash, count, || word);
            }
        }
        Ok(())
    }

    /// The number of sentences read.
    #[must_use]
    pub fn n_sentences(&self) -> u64 {
        self.n_sentences
    }

    /// The number of running words read.
    #[must_use]
    pub fn n_tokens(&self) -> u64 {
        self.n_tokens
    }

    /// The vectors. `progress` hears what is being done.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] when the texts have too few words that occur often enough for the dimensions, [`Error::Io`] when the temporary file
    /// cannot be read.
    pub fn finish(self, mut progress: impl FnMut(Stage)) -> Result<WordVectors, Error> {
        let config = self.config;
        let words = self
            .lexicon
            .most_frequent(config.vocabulary, config.min_count);
        if words.len() <= config.dimensions {
            return Err(Error::Data(format!(
                "{} words occur {} times or more: vectors of {} dimensions need more words than that; \
                 give more text, or ask for fewer dimensions or a lower count",
                words.len(),
                config.min_count,
                config.dimensions
            )));
        }
        let hashes = words.iter().map(|&(hash, ..)| hash).collect();
        let vocabulary = Vocabulary::new(hashes)
            .map_err(|place| Error::Data(format!("the word «{}» stands twice", words[place].1)))?;
        let counts = count_pairs(self.tokens, &vocabulary, &config, &mut progress)
            .map_err(|e| Error::io(std::env::temp_dir(), e))?;

        let matrix = PointwiseInformation::new(counts, config.smoothing);
        let n_products = 2 + 2 * config.power_iterations;
        let mut done = 0;
        let params = SvdParams {
            n: config.dimensions,
            oversampling: 12,
            power_iterations: config.power_iterations,
            seed: config.seed,
        };
        let mut svd = randomized_svd(&matrix, params, || {
            done += 1;
            progress(Stage::Decomposition(done, n_products));
        })?;
        for (mut column, value) in svd.left.axis_iter_mut(Axis(1)).zip(&svd.values) {
            column.mapv_inplace(|x| x * value.sqrt());
        }
        let counts = words.iter().map(|&(.., count)| count).collect();
        let words = words.into_iter().map(|(_, word, _)| word).collect();
        WordVectors::new(config.normalizer, words, counts, self.n_tokens, svd.left)
    }
}

fn read_chunk<S: AsRef<str>>(normalizer: &Normalizer, documents: &[S]) -> Chunk {
    let mut chunk = Chunk::default();
    let mut symbols = Symbols::new();
    for document in documents {
        let document = document.as_ref();
        for sentence in SentenceSplitter::new().split(document) {
            if sentence.boilerplate {
                continue;
            }
            normalizer.normalize_into(sentence.of(document), &mut symbols);
            for range in symbols.words() {
                // The hash 0 ends sentences; a word that has it is as good as any other.
                let hash = hash::word(&symbols.with_slack()[range.start..], range.len()).max(1);
                chunk.hashes.push(hash);
                let spell = || (symbol::decode(&symbols.as_bytes()[range]), 0);
                chunk.words.entry(hash).or_insert_with(spell).1 += 1;
            }
            chunk.hashes.push(END);
            chunk.n_sentences += 1;
        }
    }
    chunk
}

fn count_pairs(
    tokens: TokenFile,
    vocabulary: &Vocabulary,
    config: &PretrainingConfig,
    progress: &mut impl FnMut(Stage),
) -> std::io::Result<Cooccurrence> {
    let mut reader = tokens.into_reader()?;
    let mut counts = Cooccurrence::new(vocabulary.len());
    let (mut segment, mut done) = (Vec::new(), 0);
    // Pairs that count no more than this have been forgotten at some time.
    let mut forgotten = 0;
    loop {
        reader.read(config.segment, &mut segment)?;
        if segment.is_empty() {
            return Ok(counts);
        }
        let numbers: Vec<u32> = segment
            .par_iter()
            .map(|&hash| match hash {
                END => BOUNDARY,
                hash => vocabulary.index(hash).unwrap_or(UNKNOWN),
            })
            .collect();
        let found = Cooccurrence::of(&numbers, vocabulary.len(), config.window);
        drop(numbers);
        counts = match counts.n_pairs() {
            0 => found,
            _ => counts.plus(&found),
        };
        while counts.n_pairs() > config.max_pairs {
            forgotten += 1;
            counts = counts.above(forgotten);
        }
        done += segment.len() as u64;
        progress(Stage::Neighbours(done));
    }
}
