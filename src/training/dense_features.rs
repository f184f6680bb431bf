//! Word vectors as features of sentences, and their way back into the weights of words.

use ndarray::{Array2, ArrayView1, Axis, concatenate};

use super::VectorConfig;
use super::require::require;
use crate::Error;
use crate::model::LinearWeights;
use crate::vectors::WordVectors;

/// What the vectors say of a sentence with words `w`, in three blocks of as many columns as the vectors are long:
///
/// ```text
/// whole = Σ_w u(w)      opening = Σ_{w among the opening words} u(w)      rest = whole − opening
/// u(w) = scale · a / (a + p(w)) · vector(w)
/// ```
///
/// divided, like every count, by √(number of features in the sentence). Being sums over words, they fold: with weights
/// `W` of the blocks, a known word adds `u(w) · (W_whole + W_rest)` to the margins wherever it stands, and `u(w) · (W_opening − W_rest)` more where
/// it opens the sentence. After Arora, Liang and Ma 2017, "A simple but tough-to-beat baseline for sentence embeddings".
#[derive(Debug, Clone)]
pub struct DenseFeatures {
    /// `u(w)`, shape `(n_words, n_dimensions)`.
    words: Array2<f32>,
}

impl DenseFeatures {
    /// The features for `vectors` with the scale 1.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidParameter`] when a field of `config` is out of range.
    pub fn new(vectors: &WordVectors, config: &VectorConfig) -> Result<Self, Error> {
        for (name, value) in [
            ("vectors.weight", config.weight),
            ("vectors.frequency", config.frequency),
        ] {
            require(
                value > 0.0 && value.is_finite(),
                name,
                "above 0 and finite",
                value,
            )?;
        }
        let mut words = vectors.vectors().clone();
        for (index, mut word) in words.outer_iter_mut().enumerate() {
            let weight = vectors.smooth_inverse_frequency(index, config.frequency);
            word.mapv_inplace(|x| (f64::from(x) * weight) as f32);
        }
        Ok(Self { words })
    }

    /// The number of columns.
    #[must_use]
    pub fn n_columns(&self) -> usize {
        3 * self.words.ncols()
    }

    /// Multiplies the scale.
    pub(super) fn scale(&mut self, factor: f64) {
        self.words.mapv_inplace(|x| (f64::from(x) * factor) as f32);
    }

    /// The sums of a sentence whose known words, and known opening words, occur so often; before the division.
    pub(super) fn sums(&self, words: &[(usize, f32)], opening: &[(usize, f32)]) -> Vec<f32> {
        let n = self.words.ncols();
        let mut sums = vec![0.0; 3 * n];
        let (whole, parts) = sums.split_at_mut(n);
        let (open, rest) = parts.split_at_mut(n);
        add(whole, words, &self.words);
        add(open, opening, &self.words);
        for ((rest, &whole), &open) in rest.iter_mut().zip(&*whole).zip(&*open) {
            *rest = whole - open;
        }
        sums
    }

    /// Replaces the weights of the dense columns, the last ones of `linear`, by two rows for each word: what it adds
    /// wherever it stands, and what it adds to that where it opens the sentence.
    ///
    /// # Errors
    ///
    /// [`Error::WrongLength`] when `linear` has fewer rows than dense columns.
    pub fn fold(&self, linear: &LinearWeights) -> Result<LinearWeights, Error> {
        let n = self.words.ncols();
        let n_classes = linear.bias.len();
        let n_counts =
            linear
                .weights
                .nrows()
                .checked_sub(self.n_columns())
                .ok_or(Error::WrongLength {
                    what: "rows of weights, at least the dense columns",
                    expected: self.n_columns(),
                    got: linear.weights.nrows(),
                })?;
        let (counts, dense) = linear.weights.view().split_at(Axis(0), n_counts);
        let block = |index: usize| {
            Array2::from_shape_fn((n, n_classes), |(row, class)| {
                dense[(index * n + row, class)]
            })
        };
        let (whole, opening, rest) = (block(0), block(1), block(2));
        let anywhere = product(&self.words, &(&whole + &rest));
        let in_opening = product(&self.words, &(&opening - &rest));
        let folded = Array2::from_shape_fn((2 * self.words.nrows(), n_classes), |(row, class)| {
            match row % 2 {
                0 => anywhere[(row / 2, class)],
                _ => in_opening[(row / 2, class)],
            }
        });
        let weights = concatenate(Axis(0), &[counts, folded.view()])
            .map_err(|e| Error::Data(e.to_string()))?;
        Ok(LinearWeights {
            weights,
            bias: linear.bias.clone(),
        })
    }
}

/// `words · weights`, every sum in `f64` and in the order of the columns: a library's matrix product would round as the processor
/// has it.
fn product(words: &Array2<f32>, weights: &Array2<f32>) -> Array2<f32> {
    let mut product = Array2::zeros((words.nrows(), weights.ncols()));
    for (word, mut sums) in words.outer_iter().zip(product.outer_iter_mut()) {
        for (class, sum) in sums.iter_mut().enumerate() {
            let terms = word.iter().zip(weights.column(class));
            *sum = terms
                .map(|(&x, &w)| f64::from(x) * f64::from(w))
                .sum::<f64>() as f32;
        }
    }
    product
}

/// Adds `times` each of the words to `sums`.
fn add(sums: &mut [f32], words: &[(usize, f32)], vectors: &Array2<f32>) {
    for &(word, times) in words {
        let vector: ArrayView1<f32> = vectors.row(word);
        for (sum, &x) in sums.iter_mut().zip(vector) {
            *sum += times * x;
        }
    }
}
