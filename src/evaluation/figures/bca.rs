//! Intervals from the figures of resamples.

use super::normal::{normal_distribution, normal_quantile};
use crate::evaluation::Interval;

/// The share of resamples left out at each end.
const TAIL: f64 = 0.025;

/// Figures closer to each other than this are equal: they differ by the rounding of their sums.
const ROUNDING: f64 = 1e-12;

/// The 95 % percentile interval (Efron and Tibshirani 1993, chapter 13) of the `sorted` figures of resamples; `None` without any.
#[must_use]
pub fn percentile_interval(sorted: &[f64]) -> Option<Interval> {
    Some(Interval {
        low: quantile(sorted, TAIL)?,
        high: quantile(sorted, 1.0 - TAIL)?,
    })
}

/// The 95 % interval corrected for bias and acceleration (Efron 1987, "Better bootstrap confidence intervals", equations 2.3, 6.4
/// and 6.6; as `scipy.stats.bootstrap` with `method="BCa"`).
///
/// `value` is the figure of the sample, `sorted` those of the resamples from the smallest to the largest, `jackknife` those of the
/// sample without each of its units. With z the normal quantile, the bias is z0 = z(share of resamples below the value, equal ones half),
/// the acceleration a = Σd³ / (6 (Σd²)^1.5) with d = mean − jackknife, and the ends are the quantiles Φ(z0 + (z0 ± z) / (1 − a (z0 ± z))).
/// `None` when the value lies beyond all resamples or the jackknife has no spread.
#[must_use]
pub fn bca_interval(value: f64, sorted: &[f64], jackknife: &[f64]) -> Option<Interval> {
    let below = sorted.partition_point(|&figure| figure < value - ROUNDING);
    let up_to = sorted.partition_point(|&figure| figure <= value + ROUNDING);
    let bias = normal_quantile((below + up_to) as f64 / (2 * sorted.len().max(1)) as f64);
    let mean = jackknife.iter().sum::<f64>() / jackknife.len() as f64;
    let power =
        |exponent: i32| -> f64 { jackknife.iter().map(|x| (mean - x).powi(exponent)).sum() };
    let spread = power(2);
    if !bias.is_finite() || spread.is_nan() || spread <= 0.0 {
        return None;
    }
    let acceleration = power(3) / (6.0 * spread * spread.sqrt());
    let end = |tail: f64| {
        let z = bias + normal_quantile(tail);
        quantile(
            sorted,
            normal_distribution(bias + z / (1.0 - acceleration * z)),
        )
    };
    Some(Interval {
        low: end(TAIL)?,
        high: end(1.0 - TAIL)?,
    })
}

/// The figure nearest to `share` of the way from the smallest to the largest.
fn quantile(sorted: &[f64], share: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    Some(sorted[(share * last as f64).round() as usize])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_that_of_scipy() {
        // 19 skewed numbers, whose mean is the figure, and 999 "resamples".
        // >>> import numpy as np; from scipy.stats import norm
        // >>> x = np.array([i * i / 10 for i in range(1, 20)]); value = x.mean()
        // >>> b = np.sort([value + 3 * np.sin(i) + (i % 7 == 0) * 4 for i in range(999)])
        // >>> j = np.array([np.delete(x, i).mean() for i in range(19)])
        // >>> p = ((b < value).mean() + (b <= value).mean()) / 2; z0 = norm.ppf(p)       # scipy/stats/_resampling.py
        // >>> d = j.mean() - j; a = (d ** 3).sum() / (6 * (d ** 2).sum() ** 1.5)
        // >>> q = [norm.cdf(z0 + (z0 + z) / (1 - a * (z0 + z))) for z in norm.ppf([0.025, 0.975])]
        // >>> z0, a, q, [b[round(998 * q)] for q in q]
        // -0.177827, 0.023165, [0.013389, 0.953623], [10.004948329237187, 18.631911570090125]
        let x: Vec<f64> = (1..20).map(|i| f64::from(i * i) / 10.0).collect();
        let sum: f64 = x.iter().sum();
        let value = sum / 19.0;
        let mut resamples: Vec<f64> = (0..999)
            .map(|i| value + 3.0 * f64::from(i).sin() + if i % 7 == 0 { 4.0 } else { 0.0 })
            .collect();
        resamples.sort_by(f64::total_cmp);
        let jackknife: Vec<f64> = x.iter().map(|x| (sum - x) / 18.0).collect();
        let interval = bca_interval(value, &resamples, &jackknife).unwrap();
        assert!(
            (interval.low - 10.004_948_329_237_187).abs() < 1e-9,
            "{interval:?}"
        );
        assert!(
            (interval.high - 18.631_911_570_090_125).abs() < 1e-9,
            "{interval:?}"
        );
    }

    #[test]
    fn without_bias_and_acceleration_it_is_the_percentile_interval() {
        let resamples: Vec<f64> = (0..=2000).map(f64::from).collect();
        let bca = bca_interval(1000.0, &resamples, &[-1.0, 0.0, 1.0]);
        assert_eq!(bca, percentile_interval(&resamples));
        assert_eq!(
            bca.unwrap(),
            Interval {
                low: 50.0,
                high: 1950.0
            }
        );
    }

    #[test]
    fn what_has_no_spread_has_no_correction() {
        assert_eq!(bca_interval(1.0, &[1.0; 9], &[1.0; 5]), None);
        assert_eq!(bca_interval(2.0, &[0.0, 1.0], &[0.0, 1.0]), None);
        assert_eq!(bca_interval(1.0, &[], &[]), None);
        assert_eq!(percentile_interval(&[]), None);
    }
}
