//! How good is the result, and how sure are we of that?

mod behaviour;
mod binomial;
mod bootstrap;
mod comparison;
mod confusion_matrix;
mod drift;
mod evaluate;
mod holm;
mod learning_curve;
mod model_card;
mod power_law;
mod prevalence;
mod resampling;
mod reservoir;
mod scores;
mod search;
mod summary;
mod table;
mod thresholds;

pub use behaviour::{
    BehaviourCase, BehaviourFailure, BehaviourSuite, CapabilityResult, Expectation,
    all_capabilities, behaviour_table,
};
pub(crate) use bootstrap::bootstrap;
pub use comparison::{
    COMPARISON_SCHEMA, COMPARISON_VERSION, Compared, ComparedModel, Comparison, ComparisonData,
    ComparisonOptions, Corrected, PairedOutcomes, PairedTests, PredictionSource, Predictions,
    SentenceWon, Tested, compare, comparison_text,
};
pub use confusion_matrix::ConfusionMatrix;
pub use drift::{
    Advice, CONFIDENCE_BINS, DRIFT_SCHEMA, DRIFT_VERSION, DocumentProfile, Drift, DriftOptions,
    DriftSide, RateChange, Shift, Verdict, WordChange, detect_drift, jensen_shannon,
    population_stability,
};
pub use evaluate::evaluate;
pub use holm::holm;
pub use learning_curve::{CurvePoint, learning_curve, learning_curve_table};
pub use model_card::{CardFacts, model_card};
pub use power_law::PowerLaw;
pub use prevalence::{
    ArchiveSample, ArchiveSize, Estimated, LabelPrevalence, Prevalence, PrevalenceOptions, Share,
    SourceCalibration, adjusted_count, estimated_prevalence, expectation_maximisation,
    given_prevalence,
};
pub use reservoir::Reservoir;
pub use scores::{Figure, Interval, Scores};
pub use search::{Candidate, ranking, search};
pub use summary::{class_table, confusion_table, overall_table};
pub use table::Table;
pub(crate) use table::share;
pub use thresholds::{
    ChosenThreshold, LabelThreshold, OperatingPoint, SelectiveCurve, SelectivePoint,
    THRESHOLDS_SCHEMA, THRESHOLDS_VERSION, ThresholdOptions, ThresholdReport, Together, Wanted,
    selective_curve, threshold_report,
};
