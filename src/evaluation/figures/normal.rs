//! The normal distribution.

use std::f64::consts::FRAC_1_SQRT_2;

/// The share of a standard normal distribution below `x`, 0 to 1. `libm` gives the same bits on every platform.
#[must_use]
pub fn normal_distribution(x: f64) -> f64 {
    0.5 * libm::erfc(-x * FRAC_1_SQRT_2)
}

/// The number below which the share `p` of a standard normal distribution lies, by bisection to the last bit; infinite for 0 and 1.
///
/// A few hundred are needed, so ten microseconds each do not matter.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    if p > 0.5 {
        return -normal_quantile(1.0 - p);
    }
    if p <= 0.0 {
        return f64::NEG_INFINITY;
    }
    let (mut low, mut high) = (-40.0, 0.0);
    loop {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            return middle;
        }
        match normal_distribution(middle) < p {
            true => low = middle,
            false => high = middle,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_those_of_scipy() {
        // >>> from scipy.stats import norm
        // >>> norm.cdf([-3, -1, 0, 1.959963984540054])
        // [0.0013498980316300933, 0.15865525393145707, 0.5, 0.975]
        // >>> norm.ppf([1e-10, 0.025, 0.5, 0.9, 0.999])
        // [-6.361340902404056, -1.9599639845400545, 0.0, 1.2815515655446004, 3.090232306167813]
        for (x, share) in [
            (-3.0, 0.001_349_898_031_630_093_3),
            (-1.0, 0.158_655_253_931_457_07),
            (0.0, 0.5),
            (1.959_963_984_540_054, 0.975),
        ] {
            assert!((normal_distribution(x) - share).abs() < 1e-15);
        }
        for (share, x) in [
            (1e-10, -6.361_340_902_404_056),
            (0.025, -1.959_963_984_540_054_5),
            (0.5, 0.0),
            (0.9, 1.281_551_565_544_600_4),
            (0.999, 3.090_232_306_167_813),
        ] {
            assert!((normal_quantile(share) - x).abs() < 1e-12, "{share}");
        }
        assert!(normal_quantile(0.0).is_infinite() && normal_quantile(1.0).is_infinite());
    }
}
