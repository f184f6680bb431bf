//! How far two distributions lie apart.

/// The Jensen–Shannon divergence in bits of two lists of counts (Lin 1991, "Divergence measures based on the Shannon entropy"): 0
/// for equal shares, 1 where nothing is in common; 0 if either list counts nothing.
#[must_use]
pub fn jensen_shannon(first: &[u64], second: &[u64]) -> f64 {
    let [n, m] = [first, second].map(|counts| counts.iter().sum::<u64>() as f64);
    if n == 0.0 || m == 0.0 {
        return 0.0;
    }
    let part = |share: f64, middle: f64| match share > 0.0 {
        true => share * libm::log2(share / middle),
        false => 0.0,
    };
    let terms = first.iter().zip(second).map(|(&a, &b)| {
        let (p, q) = (a as f64 / n, b as f64 / m);
        let middle = 0.5 * (p + q);
        part(p, middle) + part(q, middle)
    });
    (0.5 * terms.sum::<f64>()).clamp(0.0, 1.0)
}

/// The population stability index of two lists of counts: the sum of (q − p) · ln(q / p) over shares p and q, at least 0. Half a
/// count is added everywhere, so that a place that is empty on one side does not make it infinite.
///
/// Below 0.1 little has changed, from 0.25 on much (Siddiqi 2006, *Credit risk scorecards*).
#[must_use]
pub fn population_stability(reference: &[u64], new: &[u64]) -> f64 {
    let added = 0.5 * reference.len() as f64;
    let [n, m] = [reference, new].map(|counts| counts.iter().sum::<u64>() as f64 + added);
    let terms = reference.iter().zip(new).map(|(&a, &b)| {
        let (p, q) = ((a as f64 + 0.5) / n, (b as f64 + 0.5) / m);
        (q - p) * libm::log(q / p)
    });
    terms.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divergences_agree_with_scipy_and_numpy() {
        // >>> from scipy.spatial.distance import jensenshannon
        // >>> jensenshannon([1, 2, 3], [3, 2, 1], base=2) ** 2  ->  0.12581458369391144
        let got = jensen_shannon(&[1, 2, 3], &[3, 2, 1]);
        assert!((got - 0.125_814_583_693_911_44).abs() < 1e-12, "{got}");
        assert!((jensen_shannon(&[5, 0], &[0, 9]) - 1.0).abs() < 1e-12);
        assert!(jensen_shannon(&[5, 10], &[1, 2]).abs() < 1e-12);
        assert!(jensen_shannon(&[0, 0], &[1, 2]).abs() < 1e-12);
        // >>> import numpy as np; p = np.array([.5, .3, .2]); q = np.array([.4, .4, .2])
        // >>> ((p - q) * np.log(p / q)).sum()  ->  0.05108256237659908
        // Counts so large that half a one is nothing.
        let got = population_stability(
            &[5_000_000_000, 3_000_000_000, 2_000_000_000],
            &[4_000_000_000, 4_000_000_000, 2_000_000_000],
        );
        assert!((got - 0.051_082_562_376_599_08).abs() < 1e-9, "{got}");
        assert!(population_stability(&[0, 10], &[10, 0]).is_finite());
    }
}
