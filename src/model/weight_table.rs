//! Fixed-point weights, laid out for prediction.

use super::LinearWeights;
use crate::Error;

/// The most classes a model may have.
pub const MAX_CLASSES: usize = 256;

/// With scale and bias below this, no margin of any text overflows an `f32`.
const LARGEST: f32 = 1e20;

/// The weights of a linear model as 16-bit integers with one scale, the classes of a row side by side.
///
/// The margin of class `k` for a sentence with `n` features is
/// `bias[k] + scale · Σ weights[row, k] / √n`, the sum running over all features of the sentence. The sum is exact,
/// so it is the same in whatever order it is taken.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightTable {
    /// Row `row` starts at `row · stride`; behind the classes it is filled up with zeros.
    weights: Vec<i16>,
    stride: usize,
    scale: f32,
    bias: Vec<f32>,
}

impl WeightTable {
    /// Rounds `linear` to 16 bits, its largest weight becoming 32,767.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] when there are fewer than 2 or more than [`MAX_CLASSES`] classes or a weight is not finite.
    pub fn quantise(linear: &LinearWeights) -> Result<Self, Error> {
        let largest = linear
            .weights
            .iter()
            .fold(0f32, |largest, weight| largest.max(weight.abs()));
        let all_finite = linear
            .weights
            .iter()
            .chain(&linear.bias)
            .all(|weight| weight.is_finite());
        if !all_finite {
            return Err(Error::Data(
                "training gave weights that are not finite numbers".to_owned(),
            ));
        }
        let scale = if largest > 0.0 {
            largest / f32::from(i16::MAX)
        } else {
            1.0
        };
        let rounded = linear
            .weights
            .iter()
            .map(|weight| (weight / scale).round() as i16);
        Self::from_parts(rounded, linear.bias.to_vec(), scale).map_err(Error::Data)
    }

    /// A table from weights in the order of rows and then classes, one bias a class.
    ///
    /// # Errors
    ///
    /// A sentence saying what is wrong with the number of classes, the bias or the scale.
    pub(super) fn from_parts(
        weights: impl ExactSizeIterator<Item = i16>,
        bias: Vec<f32>,
        scale: f32,
    ) -> Result<Self, String> {
        let n_classes = bias.len();
        if !(2..=MAX_CLASSES).contains(&n_classes) {
            return Err(format!(
                "a model has 2 to {MAX_CLASSES} classes, got {n_classes}"
            ));
        }
        if !(scale > 0.0 && scale <= LARGEST)
            || bias.iter().any(|bias| !(-LARGEST..=LARGEST).contains(bias))
        {
            return Err(format!(
                "scale and bias must be finite numbers, at most {LARGEST:e} in size, the scale above zero"
            ));
        }
        let stride = n_classes.next_power_of_two();
        let mut table = vec![0; weights.len() / n_classes * stride];
        let mut weights = weights;
        for row in table.chunks_exact_mut(stride) {
            for (weight, value) in row[..n_classes].iter_mut().zip(&mut weights) {
                *weight = value;
            }
        }
        Ok(Self {
            weights: table,
            stride,
            scale,
            bias,
        })
    }

    /// The number of classes.
    #[must_use]
    pub fn n_classes(&self) -> usize {
        self.bias.len()
    }

    /// The number of rows: buckets, then two for each known word.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.weights.len() / self.stride
    }

    /// What one unit of the fixed-point weights is worth.
    #[must_use]
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// The margin of each class for a sentence without features.
    #[must_use]
    pub fn bias(&self) -> &[f32] {
        &self.bias
    }

    /// The fixed-point weights of `row`, one a class.
    ///
    /// # Panics
    ///
    /// If `row` is not below [`n_rows`](Self::n_rows).
    #[must_use]
    pub fn row(&self, row: u32) -> &[i16] {
        &self.weights[row as usize * self.stride..][..self.n_classes()]
    }

    /// Classes a row has room for: the next power of two.
    pub(super) fn stride(&self) -> usize {
        self.stride
    }

    /// Adds row `row` to `sums`. `LANES` must be the [`stride`](Self::stride).
    #[inline]
    pub(super) fn add<const LANES: usize, S: std::ops::AddAssign + From<i16>>(
        &self,
        row: u32,
        sums: &mut [S; LANES],
    ) {
        let start = row as usize * LANES;
        for (sum, &weight) in sums.iter_mut().zip(&self.weights[start..start + LANES]) {
            *sum += weight.into();
        }
    }

    /// Margins of each class from the sums of the rows of `n_features` features.
    pub(super) fn margins(&self, sums: &[i64], n_features: u32, margins: &mut [f32]) {
        let scale = self.scale / (n_features.max(1) as f32).sqrt();
        for ((margin, &sum), &bias) in margins.iter_mut().zip(sums).zip(&self.bias) {
            *margin = sum as f32 * scale + bias;
        }
    }
}
