//! Is new text still like the text that a model was judged on?

mod counts;
mod detect;
mod divergence;
mod profile;
mod report;
mod tables;
mod verdict;

pub use detect::detect_drift;
pub use divergence::{jensen_shannon, population_stability};
pub use profile::{CONFIDENCE_BINS, DocumentProfile};
pub use report::{
    DRIFT_SCHEMA, DRIFT_VERSION, Drift, DriftOptions, DriftSide, RateChange, Shift, WordChange,
};
pub use verdict::{Advice, Verdict};
