//! Which features are extracted.

use serde::{Deserialize, Serialize};

use crate::Error;

/// The longest opening, in words.
pub(super) const MAX_OPENING: u8 = 16;

/// Which kinds of features are extracted, and into how many buckets they are hashed. A model stores the
/// configuration it was trained with and is only ever used with that one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FeatureConfig {
    /// Lengths in symbols of the character n-grams inside a word and its boundary marks; `None` for
    /// no n-grams. Default 2 to 5.
    pub char_ngrams: Option<NgramLengths>,
    /// Whether each word is a feature. Default true.
    pub words: bool,
    /// Whether each pair of neighbouring words is a feature. Default true.
    pub word_bigrams: bool,
    /// Whether each subword piece is a feature. Default true.
    pub subwords: bool,
    /// How many words at the opening of the sentence are features together with their position, and have the vectors of an
    /// opening, 0 to 16; 0 for none. Default 5.
    pub opening_words: u8,
    /// Openings of the sentence, so many words long, whose character n-grams are features of the opening too, wherever in it they
    /// stand: at most 3, rising, each 1 to 16. Default 2, 4 and 8.
    pub opening_ngrams: Vec<u8>,
    /// Features are hashed into 2 to this power buckets, 8 to 24. Default 18.
    pub bucket_bits: u8,
}

/// The lengths of character n-grams: from `min` to `max` symbols, both included, within 2 to 7.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NgramLengths {
    /// The shortest.
    pub min: u8,
    /// The longest.
    pub max: u8,
}

impl Default for FeatureConfig {
    fn default() -> Self {
        Self {
            char_ngrams: Some(NgramLengths { min: 2, max: 5 }),
            words: true,
            word_bigrams: true,
            subwords: true,
            opening_words: 5,
            opening_ngrams: vec![2, 4, 8],
            bucket_bits: 18,
        }
    }
}

impl FeatureConfig {
    /// The number of buckets.
    #[must_use]
    pub fn n_buckets(&self) -> usize {
        1 << self.bucket_bits
    }

    /// Checks every field.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidParameter`] names the first field out of range.
    pub fn check(&self) -> Result<(), Error> {
        let refuse = |parameter, rule, got: String| {
            Err(Error::InvalidParameter {
                parameter,
                rule,
                got,
            })
        };
        if let Some(NgramLengths { min, max }) = self.char_ngrams
            && !(2 <= min && min <= max && max <= 7)
        {
            return refuse(
                "char_ngrams",
                "2 ≤ min ≤ max ≤ 7",
                format!("{min} to {max}"),
            );
        }
        if self.opening_words > MAX_OPENING {
            return refuse(
                "opening_words",
                "at most 16",
                self.opening_words.to_string(),
            );
        }
        let openings = &self.opening_ngrams;
        let rising = openings.windows(2).all(|pair| pair[0] < pair[1]);
        if !rising
            || openings.len() > 3
            || openings
                .iter()
                .any(|words| !(1..=MAX_OPENING).contains(words))
        {
            return refuse(
                "opening_ngrams",
                "at most 3 rising numbers from 1 to 16",
                format!("{openings:?}"),
            );
        }
        if !(8..=24).contains(&self.bucket_bits) {
            return refuse("bucket_bits", "8 to 24", self.bucket_bits.to_string());
        }
        if self.char_ngrams.is_none()
            && !self.words
            && !self.word_bigrams
            && !self.subwords
            && self.opening_words == 0
        {
            return refuse("features", "at least one kind", "none".to_owned());
        }
        Ok(())
    }
}
