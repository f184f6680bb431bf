//! What figures become where the labels are as frequent as they are, and how frequent that is.

mod adjusted_count;
mod archive_sample;
mod estimate;
mod expectation_maximisation;
mod figures;
mod report;
mod source_calibration;
mod tables;

pub use adjusted_count::adjusted_count;
pub use archive_sample::ArchiveSample;
pub use estimate::{estimated_prevalence, given_prevalence};
pub use expectation_maximisation::expectation_maximisation;
pub use figures::Estimated;
pub use report::{ArchiveSize, LabelPrevalence, Prevalence, PrevalenceOptions, Share};
pub use source_calibration::SourceCalibration;
