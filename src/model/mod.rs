//! Which label does the evidence speak for, how surely, and why?

mod argmax;
mod classifier;
mod config;
mod directory;
mod embedded;
mod explanation;
mod linear_weights;
mod pages;
mod thresholds;
mod weight_table;
mod word_memo;
mod word_scan;

pub(crate) use argmax::argmax;
pub use classifier::{Classifier, Prediction, Scratch};
pub use config::{FORMAT_VERSION, ModelConfig, TopFeature};
pub use directory::{CARD_FILE, ModelFiles, WEIGHTS_FILE};
pub use explanation::{Contribution, Explanation, WordContribution};
pub use linear_weights::LinearWeights;
pub use thresholds::Thresholds;
pub use weight_table::{MAX_CLASSES, WeightTable};
