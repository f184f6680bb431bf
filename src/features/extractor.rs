//! From symbols to features.

use std::ops::Range;

use super::config::MAX_OPENING;
use super::feature::{Feature, FeatureKind};
use super::hash::{self, Seed};
use super::{FeatureConfig, NgramLengths, SubwordScratch, Subwords, Vocabulary};
use crate::Error;
use crate::text::Symbols;

/// The only maker of features, for training and for prediction alike.
///
/// A feature depends either on one word alone (character n-grams, the word, its pieces, its vector) or also
/// on its neighbours and its place (bigrams, opening words); [`extract`](Self::extract) hands
/// over both.
#[derive(Debug, Clone)]
pub struct FeatureExtractor {
    config: FeatureConfig,
    subwords: Option<Subwords>,
    vocabulary: Vocabulary,
    /// The zone of each place in the longest opening.
    zones: Vec<u8>,
}

/// One word of a normalised sentence.
#[derive(Debug, Clone)]
pub struct Word {
    /// Its symbols, as a range of the sentence.
    pub range: Range<usize>,
    /// Its hash.
    pub hash: u64,
    /// How many words stand before it.
    pub position: usize,
}

impl FeatureExtractor {
    /// An extractor for `config`; `subwords` is needed if the configuration asks for subword pieces and not
    /// used otherwise.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidParameter`] when a field of `config` is out of range, or subwords are wanted and not given.
    pub fn new(config: FeatureConfig, subwords: Option<Subwords>) -> Result<Self, Error> {
        config.check()?;
        if config.subwords && subwords.is_none() {
            return Err(Error::InvalidParameter {
                parameter: "subwords",
                rule: "false when there is no subword vocabulary",
                got: "true".to_owned(),
            });
        }
        let subwords = subwords.filter(|_| config.subwords);
        let zones = (0..MAX_OPENING).map(|position| {
            let openings = config.opening_ngrams.iter().chain([&config.opening_words]);
            openings.filter(|&&words| position < words).count() as u8
        });
        let zones = zones.collect();
        Ok(Self {
            config,
            subwords,
            vocabulary: Vocabulary::default(),
            zones,
        })
    }

    /// The same extractor with two more features for each word of `vocabulary`: that it occurs, and that it occurs among
    /// the opening words. They have rows of their own behind the buckets.
    #[must_use]
    pub fn with_vocabulary(mut self, vocabulary: Vocabulary) -> Self {
        self.vocabulary = vocabulary;
        self
    }

    /// The configuration.
    #[must_use]
    pub fn config(&self) -> &FeatureConfig {
        &self.config
    }

    /// The words that have rows of their own.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The number of rows a table of weights needs: the buckets, then two for each known word.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.config.n_buckets() + 2 * self.vocabulary.len()
    }

    /// The row of a feature, below [`n_rows`](Self::n_rows): the bucket it is hashed into, or the row that belongs to a vector.
    #[inline]
    #[must_use]
    pub fn row(&self, feature: &Feature) -> u32 {
        match feature.kind {
            FeatureKind::Vector => self.config.n_buckets() as u32 + 2 * feature.key as u32,
            FeatureKind::OpeningVector => {
                self.config.n_buckets() as u32 + 2 * feature.key as u32 + 1
            }
            _ => hash::bucket(feature.key, self.config.bucket_bits),
        }
    }

    /// Hands every feature of a sentence to `sink`, word by word.
    pub fn extract(
        &self,
        sentence: &Symbols,
        scratch: &mut SubwordScratch,
        mut sink: impl FnMut(Feature),
    ) {
        let symbols = sentence.with_slack();
        let mut previous = None;
        for (position, range) in sentence.words().enumerate() {
            let word = Word {
                hash: hash::word(&symbols[range.start..], range.len()),
                range,
                position,
            };
            self.word_features(symbols, &word, scratch, &mut sink);
            self.opening_features(symbols, &word, &mut sink);
            self.context_features(previous.as_ref(), &word, &mut sink);
            previous = Some(word);
        }
    }

    /// Hands over the features that depend on `word` alone: character n-grams from short to long, the
    /// word, its subword pieces, and its vector. `symbols` is the sentence with its slack.
    #[inline]
    pub(crate) fn word_features(
        &self,
        symbols: &[u8],
        word: &Word,
        scratch: &mut SubwordScratch,
        mut sink: impl FnMut(Feature),
    ) {
        let Range { start, end } = word.range;
        self.ngrams(symbols, word, &mut sink);
        if self.config.words {
            sink(Feature {
                kind: FeatureKind::Word,
                key: hash::seeded(Seed::Word, word.hash, 0),
                start: start as u32,
                end: end as u32,
            });
        }
        if let Some(subwords) = &self.subwords {
            subwords.divide(
                &symbols[start..end],
                scratch,
                |piece, piece_start, piece_end| {
                    sink(Feature {
                        kind: FeatureKind::Subword,
                        // A piece that begins the word is another feature than the same piece inside one.
                        key: hash::seeded(
                            Seed::Subword,
                            u64::from(piece),
                            u8::from(piece_start == 0),
                        ),
                        start: start as u32 + piece_start,
                        end: start as u32 + piece_end,
                    });
                },
            );
        }
        if let Some(index) = self.vocabulary.index(word.hash) {
            sink(Feature {
                kind: FeatureKind::Vector,
                key: u64::from(index),
                start: start as u32,
                end: end as u32,
            });
        }
    }

    /// Hands over the character n-grams of `word`, from short to long.
    #[inline]
    fn ngrams(&self, symbols: &[u8], word: &Word, mut sink: impl FnMut(Feature)) {
        let Some(NgramLengths { min, max }) = self.config.char_ngrams else {
            return;
        };
        let Range { start, end } = word.range;
        for n in usize::from(min)..=usize::from(max) {
            // From the boundary mark before the word to the one after it.
            for first in start - 1..(end + 2).saturating_sub(n).max(start - 1) {
                sink(Feature {
                    kind: FeatureKind::CharNgram,
                    key: hash::ngram(&symbols[first..], n as u32),
                    start: first as u32,
                    end: (first + n) as u32,
                });
            }
        }
    }

    /// The zone of the sentence that `word` stands in: 0 behind all openings, then 1 and up towards the beginning. At all places in
    /// a zone [`opening_features`](Self::opening_features) hands over the same for one word, in zone 0 nothing.
    #[inline]
    pub(crate) fn zone(&self, word: &Word) -> u8 {
        self.zones.get(word.position).copied().unwrap_or(0)
    }

    /// Hands over the features that depend on `word` and its [`zone`](Self::zone) alone: its character n-grams and its vector
    /// as features of the opening.
    #[inline]
    pub(crate) fn opening_features(
        &self,
        symbols: &[u8],
        word: &Word,
        mut sink: impl FnMut(Feature),
    ) {
        for &words in &self.config.opening_ngrams {
            if word.position < usize::from(words) {
                self.ngrams(symbols, word, |ngram| {
                    sink(Feature {
                        kind: FeatureKind::OpeningNgram(words),
                        key: hash::opening_ngram(ngram.key, words),
                        ..ngram
                    });
                });
            }
        }
        if self.opens_with_word(word)
            && let Some(index) = self.vocabulary.index(word.hash)
        {
            sink(Feature {
                kind: FeatureKind::OpeningVector,
                key: u64::from(index),
                start: word.range.start as u32,
                end: word.range.end as u32,
            });
        }
    }

    #[inline]
    fn opens_with_word(&self, word: &Word) -> bool {
        word.position < usize::from(self.config.opening_words)
    }

    /// Hands over the features that depend on the neighbours and the place of `word`: the word with its position
    /// if it opens the sentence, and the pair with the word before.
    #[inline]
    pub(crate) fn context_features(
        &self,
        previous: Option<&Word>,
        word: &Word,
        mut sink: impl FnMut(Feature),
    ) {
        let (start, end) = (word.range.start as u32, word.range.end as u32);
        if self.opens_with_word(word) {
            let position = word.position as u8;
            sink(Feature {
                kind: FeatureKind::Opening(position),
                key: hash::seeded(Seed::Opening, word.hash, position),
                start,
                end,
            });
        }
        if let Some(previous) = previous.filter(|_| self.config.word_bigrams) {
            let key = hash::pair(Seed::WordBigram, previous.hash, word.hash);
            sink(Feature {
                kind: FeatureKind::WordBigram,
                key,
                start: previous.range.start as u32,
                end,
            });
        }
    }
}
