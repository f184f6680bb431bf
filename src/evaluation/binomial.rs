//! Exact probabilities of counts.
//!
//! The crate statrs would serve too, but takes logarithms from the system's library, whose last bit differs between platforms.

use super::Interval;

/// The probability of at most `k` successes among `n` trials that each succeed with `probability`, 0 to 1.
pub(super) fn at_most(k: u64, n: u64, probability: f64) -> f64 {
    if k >= n || probability <= 0.0 {
        return 1.0;
    }
    if probability >= 1.0 {
        return 0.0;
    }
    let all = libm::lgamma(n as f64 + 1.0);
    let (success, failure) = (libm::log(probability), libm::log1p(-probability));
    let term = |i: u64| {
        let (i, rest) = (i as f64, (n - i) as f64);
        let ways = all - libm::lgamma(i + 1.0) - libm::lgamma(rest + 1.0);
        libm::exp(ways + i * success + rest * failure)
    };
    (0..=k).map(term).sum::<f64>().min(1.0)
}

/// The probability that a fair coin falls at least as unevenly as `heads` against `tails`: the two-sided exact binomial test.
/// 1 for a coin that was not thrown.
pub(super) fn fair_coin(heads: u64, tails: u64) -> f64 {
    (2.0 * at_most(heads.min(tails), heads + tails, 0.5)).min(1.0)
}

/// The exact 95 % interval of the share of `k` among `n` (Clopper and Pearson 1934, "The use of confidence or fiducial limits");
/// `None` for `n = 0`. `k` is at most `n`.
pub(super) fn clopper_pearson(k: u64, n: u64) -> Option<Interval> {
    const TAIL: f64 = 0.025;
    if n == 0 {
        return None;
    }
    // Both tails are monotone in the share, so halving finds where they have their size.
    let solve = |above: &dyn Fn(f64) -> bool| {
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            match above(middle) {
                true => high = middle,
                false => low = middle,
            }
        }
        0.5 * (low + high)
    };
    let low = match k {
        0 => 0.0,
        _ => solve(&|share| 1.0 - at_most(k - 1, n, share) > TAIL),
    };
    let high = match k == n {
        true => 1.0,
        false => solve(&|share| at_most(k, n, share) < TAIL),
    };
    Some(Interval { low, high })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_and_intervals_agree_with_scipy() {
        // >>> from scipy.stats import binomtest
        // >>> for k, n in [...]:
        // ...     r = binomtest(k, n, 0.5); i = r.proportion_ci(method="exact"); print(k, n, r.pvalue, i.low, i.high)
        for (k, n, p, low, high) in [
            (
                5,
                20,
                0.041_389_465_332_031_25,
                0.086_571_469_101_434_55,
                0.491_045_871_707_957_55,
            ),
            (
                10,
                20,
                1.0,
                0.271_957_849_560_791_33,
                0.728_042_150_439_208_6,
            ),
            (
                3,
                100,
                2.630_866_896_130_179e-25,
                0.006_229_971_538_306_229,
                0.085_176_052_974_280_28,
            ),
            (0, 7, 0.015_625, 0.0, 0.409_616_397_225_048_67),
            (
                40,
                60,
                0.013_489_293_731_191_86,
                0.533_127_325_257_136_1,
                0.783_130_554_586_872_9,
            ),
            (
                123,
                300,
                0.002_161_138_741_240_736_7,
                0.353_811_967_825_575_06,
                0.467_983_699_063_494_35,
            ),
        ] {
            let got = fair_coin(k, n - k);
            assert!((got - p).abs() < 1e-12 * p.max(1e-20) * 100.0, "{got} {p}");
            let interval = clopper_pearson(k, n).unwrap();
            assert!((interval.low - low).abs() < 1e-12, "{interval:?}");
            assert!((interval.high - high).abs() < 1e-12, "{interval:?}");
        }
        assert_eq!(clopper_pearson(0, 0), None);
        assert!((fair_coin(0, 0) - 1.0).abs() < 1e-12);
    }
}
