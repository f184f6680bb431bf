//! The class distribution under which probabilities make sense.

use ndarray::Array2;

const MAX_ITERATIONS: usize = 1000;
/// The largest change of a share that still counts as one; far below any interval.
const TOLERANCE: f64 = 1e-7;

/// The share of each class among rows whose class is not known (Saerens, Latinne and Decaestecker 2002, "Adjusting the outputs of
/// a classifier to new a priori probabilities", equations 2.9), from their probabilities, of shape `(n_rows, n_classes)`, under a
/// classifier that is calibrated where the classes have the shares `source`.
///
/// Assumed is that the sentences of a class are alike there and here, and only the shares differ. The shares are those of
/// largest likelihood, found by repeating: weigh the probabilities of each row by `share / source`, let them sum to 1, and take
/// their means over the rows for the shares. `start` is where to begin, such as `source`. Without rows it is the result.
#[must_use]
pub fn expectation_maximisation(
    probabilities: &Array2<f64>,
    source: &[f64],
    start: &[f64],
) -> Vec<f64> {
    let rows: Vec<usize> = (0..probabilities.nrows()).collect();
    of_rows(probabilities, &rows, source, start)
}

/// The same of some rows, which may come several times.
pub(super) fn of_rows(
    probabilities: &Array2<f64>,
    rows: &[usize],
    source: &[f64],
    start: &[f64],
) -> Vec<f64> {
    let n_classes = source.len();
    let mut shares = start.to_vec();
    if rows.is_empty() {
        return shares;
    }
    let Some(values) = probabilities.as_slice() else {
        // Rows that do not lie one after the other in memory.
        return of_rows(
            &probabilities.as_standard_layout().to_owned(),
            rows,
            source,
            start,
        );
    };
    let mut ratios = vec![0.0; n_classes];
    for _ in 0..MAX_ITERATIONS {
        for ((ratio, share), source) in ratios.iter_mut().zip(&shares).zip(source) {
            // A class that the classifier has never seen stays where it is: unseen.
            *ratio = if *source > 0.0 { share / source } else { 0.0 };
        }
        let mut sums = vec![0.0; n_classes];
        for &row in rows {
            let row = &values[row * n_classes..][..n_classes];
            let total: f64 = row.iter().zip(&ratios).map(|(p, ratio)| p * ratio).sum();
            if total > 0.0 {
                for ((sum, p), ratio) in sums.iter_mut().zip(row).zip(&ratios) {
                    *sum += p * ratio / total;
                }
            }
        }
        let all: f64 = sums.iter().sum();
        let mut change: f64 = 0.0;
        for (share, sum) in shares.iter_mut().zip(&sums) {
            let next = if all > 0.0 { sum / all } else { *share };
            change = change.max((next - *share).abs());
            *share = next;
        }
        if change < TOLERANCE {
            break;
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn one_step_follows_the_equations_and_the_fixed_point_stays() {
        // Two kinds of rows, told apart with probability 0.8, half and half at the source. Where the first kind makes up 0.56 of
        // the rows, its class has the share (0.56 − 0.2) / (0.8 − 0.2) = 0.6, since 0.6 · 0.8 + 0.4 · 0.2 = 0.56.
        let mut rows = vec![[0.8, 0.2]; 56];
        rows.extend(vec![[0.2, 0.8]; 44]);
        let probabilities = Array2::from(rows);
        let shares = expectation_maximisation(&probabilities, &[0.5, 0.5], &[0.5, 0.5]);
        assert!((shares[0] - 0.6).abs() < 1e-5, "{shares:?}");
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_class_unknown_at_the_source_stays_at_nothing() {
        let probabilities = array![[0.5, 0.5, 0.0], [0.9, 0.1, 0.0]];
        let source = [0.5, 0.5, 0.0];
        let shares = expectation_maximisation(&probabilities, &source, &source);
        assert!(shares[2].abs() < 1e-12);
        assert_eq!(
            expectation_maximisation(&Array2::zeros((0, 3)), &source, &source),
            source
        );
    }
}
