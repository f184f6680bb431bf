//! What figures become where the labels are as frequent as they are, and how frequent that is.

mod adjusted_count;
mod archive_sample;
mod estimate;
mod expectation_maximisation;
mod figures;
mod source_calibration;
mod tables;

pub use adjusted_count::adjusted_count;
pub use archive_sample::ArchiveSample;
pub use estimate::{
    ArchiveSize, LabelPrevalence, Prevalence, PrevalenceOptions, Share, estimated_prevalence,
    given_prevalence,
};
pub use expectation_maximisation::expectation_maximisation;
pub use figures::Estimated;
pub use source_calibration::SourceCalibration;
