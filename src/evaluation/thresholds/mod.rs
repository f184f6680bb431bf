//! From which probability on a label is to be believed.

mod choice;
mod operating_points;
mod report;
mod selective;
mod tables;

pub use choice::{ChosenThreshold, Wanted};
pub use operating_points::OperatingPoint;
pub use report::{
    LabelThreshold, THRESHOLDS_SCHEMA, THRESHOLDS_VERSION, ThresholdOptions, ThresholdReport,
    Together, threshold_report,
};
pub use selective::{SelectiveCurve, SelectivePoint, selective_curve};
