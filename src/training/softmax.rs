//! From margins to probabilities.

/// Replaces the margins of one row by their probabilities `exp(m_k) / Σ_j exp(m_j)`, which lie in
/// 0 to 1 and sum to 1.
///
/// The exponential is `libm`'s, whose last bit is the same on every platform. The largest margin is
/// subtracted first, so that none overflows.
///
/// # Examples
///
/// ```
/// use marsad::training::softmax_inplace;
///
/// let mut row = [1000.0, 1000.0];
/// softmax_inplace(&mut row);
/// assert_eq!(row, [0.5, 0.5]);
/// ```
pub fn softmax_inplace(margins: &mut [f64]) {
    softmax_log_sum_inplace(margins);
}

/// Does what [`softmax_inplace`] does and returns `ln Σ_j exp(m_j)`, from which the log-loss of
/// class `k` is taken as `ln Σ_j exp(m_j) − m_k` without the logarithm of a vanishing probability.
pub(super) fn softmax_log_sum_inplace(margins: &mut [f64]) -> f64 {
    let largest = margins.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for margin in margins.iter_mut() {
        *margin = libm::exp(*margin - largest);
        sum += *margin;
    }
    for probability in margins.iter_mut() {
        *probability /= sum;
    }
    largest + libm::log(sum)
}
