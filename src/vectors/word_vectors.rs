//! Words and their vectors.

use ndarray::{Array2, ArrayView1};

use crate::Error;
use crate::checksum::sha256;
use crate::features::Vocabulary;
use crate::text::{Normalizer, Profile, Symbols};

/// A vector for each word of a vocabulary, learned from texts without labels: words that stand among the same
/// words have similar vectors.
#[derive(Debug, Clone, PartialEq)]
pub struct WordVectors {
    profile: Profile,
    words: Vec<String>,
    counts: Vec<u64>,
    n_tokens: u64,
    vectors: Array2<f32>,
    vocabulary: Vocabulary,
}

/// A word with how near its vector is to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Neighbour {
    /// The normalised word.
    pub word: String,
    /// The cosine of the angle between the vectors, −1 to 1.
    pub similarity: f32,
}

impl WordVectors {
    /// Vectors, shape `(n_words, n_dimensions)`, of `words` normalised under `profile`, each with how often it
    /// occurs among the `n_tokens` running words of the texts.
    ///
    /// # Errors
    ///
    /// [`Error::WrongLength`] when there is not one count and one vector a word, [`Error::Data`] when a word is not in its
    /// normal form, stands twice, or a number is not finite.
    pub fn new(
        profile: Profile,
        words: Vec<String>,
        counts: Vec<u64>,
        n_tokens: u64,
        vectors: Array2<f32>,
    ) -> Result<Self, Error> {
        for (what, got) in [
            ("counts, one for each word", counts.len()),
            ("vectors, one for each word", vectors.nrows()),
        ] {
            if got != words.len() {
                return Err(Error::WrongLength {
                    what,
                    expected: words.len(),
                    got,
                });
            }
        }
        if vectors.iter().any(|value| !value.is_finite()) {
            return Err(Error::Data(
                "a vector holds a number that is not finite".to_owned(),
            ));
        }
        let hashes = hashes(&words, profile)?;
        let vocabulary = Vocabulary::new(hashes)
            .map_err(|place| Error::Data(format!("the word «{}» stands twice", words[place])))?;
        Ok(Self {
            profile,
            words,
            counts,
            n_tokens,
            vectors,
            vocabulary,
        })
    }

    /// The SHA-256 of the words, their counts, and the vectors, in hexadecimal; models trained with the vectors name it. It is
    /// computed at each call: only training and the card want it, and it reads every coordinate.
    #[must_use]
    pub fn checksum(&self) -> String {
        let numbers = self.counts.iter().chain([&self.n_tokens]);
        let mut bytes = self.words.join("\n").into_bytes();
        bytes.extend(numbers.flat_map(|n| n.to_le_bytes()));
        bytes.extend(self.vectors.iter().flat_map(|x| x.to_le_bytes()));
        sha256(&bytes)
    }

    /// The profile under which the words were normalised.
    #[must_use]
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// The words, the most frequent first.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// How often each word occurs.
    #[must_use]
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// The number of running words of the texts.
    #[must_use]
    pub fn n_tokens(&self) -> u64 {
        self.n_tokens
    }

    /// Shape `(n_words, n_dimensions)`.
    #[must_use]
    pub fn vectors(&self) -> &Array2<f32> {
        &self.vectors
    }

    /// The words as the feature extractor knows them.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The smooth inverse frequency of the word at `index`, `a / (a + p)` with `p` its share of the running words (Arora, Liang
    /// and Ma 2017, "A simple but tough-to-beat baseline for sentence embeddings"); 0 to 1.
    #[must_use]
    pub fn smooth_inverse_frequency(&self, index: usize, a: f64) -> f64 {
        let share = self.counts[index] as f64 / self.n_tokens.max(1) as f64;
        a / (a + share)
    }

    /// The `n` words whose vectors make the smallest angle with that of `word`, nearest first; `None` if the word, once
    /// normalised, is not known or is more than one word.
    #[must_use]
    pub fn near(&self, word: &str, n: usize) -> Option<Vec<Neighbour>> {
        let mut symbols = Symbols::new();
        Normalizer::new(self.profile).normalize_into(word, &mut symbols);
        if symbols.words().count() != 1 {
            return None;
        }
        let index = self.vocabulary.index(Vocabulary::hash(&symbols))? as usize;
        let norm = |vector: ArrayView1<f32>| vector.dot(&vector).sqrt().max(f32::MIN_POSITIVE);
        let target = self.vectors.row(index);
        let mut neighbours: Vec<(usize, f32)> = self
            .vectors
            .outer_iter()
            .map(|vector| vector.dot(&target) / norm(vector) / norm(target))
            .enumerate()
            .filter(|&(other, _)| other != index)
            .collect();
        neighbours.sort_by(|a, b| b.1.total_cmp(&a.1));
        let neighbour = |(index, similarity): (usize, f32)| Neighbour {
            word: self.words[index].clone(),
            similarity,
        };
        Some(neighbours.into_iter().take(n).map(neighbour).collect())
    }
}

/// The hash of each word, which must be one word in its normal form.
fn hashes(words: &[String], profile: Profile) -> Result<Vec<u64>, Error> {
    let normalizer = Normalizer::new(profile);
    let mut symbols = Symbols::new();
    let hash = |word: &String| {
        normalizer.normalize_into(word, &mut symbols);
        if symbols.words().count() != 1 || symbols.to_text() != *word {
            return Err(Error::Data(format!(
                "«{word}» is not one word in its normal form; `marsad normalize` shows that form"
            )));
        }
        Ok(Vocabulary::hash(&symbols))
    };
    words.iter().map(hash).collect()
}
