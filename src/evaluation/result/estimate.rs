//! A figure and how sure it is.

use serde::{Deserialize, Serialize};

use crate::evaluation::Interval;

/// A figure with its 95 % bootstrap intervals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The figure on the sentences as they are; `None` where it is a ratio of nothing, which is shown as "–".
    pub value: Option<f64>,
    /// Between the quantiles 0.025 and 0.975 of the resamples (Efron and Tibshirani 1993, chapter 13).
    pub percentile: Option<Interval>,
    /// The same, corrected for bias and acceleration (Efron 1987, "Better bootstrap confidence intervals"); `None` where the
    /// correction is not defined, as when every resample has the same figure.
    pub bca: Option<Interval>,
}
