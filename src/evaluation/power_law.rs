//! How the error falls with more data.

/// How the error falls with the number of sentences: `1 − macro-F1 = scale · sentences^−exponent`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PowerLaw {
    /// The error at one sentence, above 0.
    pub scale: f64,
    /// How fast it falls; above 0 where more data helps.
    pub exponent: f64,
}

impl PowerLaw {
    /// The line through the logarithms of sizes and errors by least squares; `None` for fewer than two sizes or an
    /// error of 0.
    #[must_use]
    pub fn fit(points: &[(f64, f64)]) -> Option<Self> {
        if points.len() < 2 || points.iter().any(|&(size, f1)| size <= 0.0 || f1 >= 1.0) {
            return None;
        }
        let logs: Vec<(f64, f64)> = points
            .iter()
            .map(|&(size, f1)| (libm::log(size), libm::log(1.0 - f1)))
            .collect();
        let n = logs.len() as f64;
        let mean_x = logs.iter().map(|(x, _)| x).sum::<f64>() / n;
        let mean_y = logs.iter().map(|(_, y)| y).sum::<f64>() / n;
        let covariance: f64 = logs.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
        let variance: f64 = logs.iter().map(|(x, _)| (x - mean_x).powi(2)).sum();
        if variance <= 0.0 {
            return None;
        }
        let slope = covariance / variance;
        Some(Self {
            scale: libm::exp(mean_y - slope * mean_x),
            exponent: -slope,
        })
    }

    /// The macro-F1 it expects of so many sentences.
    #[must_use]
    pub fn macro_f1(&self, sentences: f64) -> f64 {
        1.0 - self.scale * libm::pow(sentences, -self.exponent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_power_law_of_exact_points_is_found() {
        // 1 − F1 = 4 · n^−0.25: 0.8 at n = 625, 0.4 at n = 10,000.
        let law = PowerLaw::fit(&[(625.0, 0.2), (10_000.0, 0.6), (160_000.0, 0.8)]).unwrap();
        assert!((law.scale - 4.0).abs() < 1e-9 && (law.exponent - 0.25).abs() < 1e-9);
        assert!((law.macro_f1(10_000.0) - 0.6).abs() < 1e-9);
        assert_eq!(PowerLaw::fit(&[(600.0, 0.5)]), None);
        assert_eq!(PowerLaw::fit(&[(600.0, 0.5), (600.0, 0.6)]), None);
    }
}
