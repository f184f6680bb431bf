//! Every figure of a set of scored sentences, with its intervals, in one pass over the sentences a resample.

mod bca;
mod blocks;
mod draws;
mod estimates;
mod figure;
mod normal;
mod ranking;
mod sums;
mod weighted;

pub use bca::{bca_interval, percentile_interval};
pub(super) use draws::Draws;
pub use estimates::Resampling;
pub use figure::Figure;
pub use normal::{normal_distribution, normal_quantile};
pub(super) use weighted::WeightedScores;
