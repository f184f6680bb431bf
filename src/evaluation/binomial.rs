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
    let (odds, mean) = (probability / (1.0 - probability), n as f64 * probability);
    // Each tail is summed from its largest term outwards, by the ratio of neighbouring terms.
    if (k as f64) < mean {
        let ratio = |i: u64| i as f64 / (n - i + 1) as f64 / odds;
        tail(exactly(k, n, probability), (1..=k).rev().map(ratio))
    } else {
        let ratio = |i: u64| (n - i) as f64 / (i + 1) as f64 * odds;
        1.0 - tail(exactly(k + 1, n, probability), (k + 1..n).map(ratio))
    }
}

/// The probability of exactly `k` successes.
fn exactly(k: u64, n: u64, probability: f64) -> f64 {
    let (successes, failures) = (k as f64, (n - k) as f64);
    let ways =
        libm::lgamma(n as f64 + 1.0) - libm::lgamma(successes + 1.0) - libm::lgamma(failures + 1.0);
    libm::exp(ways + successes * libm::log(probability) + failures * libm::log1p(-probability))
}

/// The sum of `first` and the terms after it, each the one before times a ratio, until they no longer count.
fn tail(first: f64, ratios: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut term) = (first, first);
    for ratio in ratios {
        term *= ratio;
        sum += term;
        if term <= sum * f64::EPSILON * 0.01 {
            break;
        }
    }
    sum.min(1.0)
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
        // >>> from scipy.stats import binomtest, beta
        // >>> for k, n in [...]:
        // ...     print(k, n, binomtest(k, n, 0.5).pvalue, beta.ppf(0.025, k, n - k + 1), beta.ppf(0.975, k + 1, n - k))
        let reference = "
            5 20 0.04138946533203125 0.08657146910143461 0.49104587170795744
            10 20 1.0 0.27195784956079183 0.7280421504392081
            3 100 2.630866896130179e-25 0.006229971538306395 0.08517605297428002
            0 7 0.015625 0 0.4096163972250034
            40 60 0.01348929373119186 0.5331273252571693 0.7831305545688299
            123 300 0.0021611387412407367 0.3538119678255765 0.4679836990634417";
        for line in reference.lines().skip(1) {
            let values: Vec<f64> = line
                .split_whitespace()
                .map(|v| v.parse().unwrap())
                .collect();
            let [k, n, p, low, high] = values[..] else {
                panic!("five values a line");
            };
            let (k, n) = (k as u64, n as u64);
            let got = fair_coin(k, n - k);
            assert!((got - p).abs() < 1e-10 * p, "{got} {p}");
            let interval = clopper_pearson(k, n).unwrap();
            assert!((interval.low - low).abs() < 1e-12, "{interval:?}");
            assert!((interval.high - high).abs() < 1e-12, "{interval:?}");
        }
        assert_eq!(clopper_pearson(0, 0), None);
        assert!((fair_coin(0, 0) - 1.0).abs() < 1e-12);
    }
}
