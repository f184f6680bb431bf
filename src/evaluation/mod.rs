//! How good is the result, and how sure are we of that?

mod assessment;
mod behaviour;
mod binomial;
mod bootstrap;
mod card;
mod comparison;
mod confusion_matrix;
mod cross_validation;
mod drift;
mod evaluate;
mod figures;
mod holm;
mod learning_curve;
mod power_law;
mod prevalence;
mod render;
mod report;
mod resampling;
mod reservoir;
mod result;
mod scores;
mod search;
mod slices;
mod stored;
mod table;
mod thresholds;

pub use assessment::{Assessed, assess, confident_errors};
pub use behaviour::{
    BehaviourCase, BehaviourFailure, BehaviourSuite, CapabilityResult, Expectation,
    all_capabilities, behaviour_table,
};
pub(crate) use bootstrap::bootstrap;
pub use card::{CARD_SCHEMA, CARD_VERSION, CardEvaluation, ModelCard, OwnDataFigures};
pub use comparison::{
    COMPARISON_SCHEMA, COMPARISON_VERSION, Compared, ComparedModel, Comparison, ComparisonData,
    ComparisonOptions, Corrected, PairedOutcomes, PairedTests, PredictionSource, Predictions,
    SentenceWon, Tested, compare, comparison_text,
};
pub use confusion_matrix::ConfusionMatrix;
pub use cross_validation::{
    CrossValidated, Part, cross_validate, cross_validated_curve, parts_by_date, parts_by_value,
    stratified_parts,
};
pub use drift::{
    Advice, CONFIDENCE_BINS, DRIFT_SCHEMA, DRIFT_VERSION, DocumentProfile, Drift, DriftOptions,
    DriftSide, RateChange, Shift, Verdict, WordChange, detect_drift, jensen_shannon,
    population_stability,
};
pub use evaluate::{Scored, evaluate, score};
pub use figures::{
    Figure, Resampling, bca_interval, normal_distribution, normal_quantile, percentile_interval,
};
pub use holm::holm;
pub use learning_curve::{CurvePoint, learning_curve, learning_curve_table};
pub use power_law::PowerLaw;
pub use prevalence::{
    ArchiveSample, ArchiveSize, Estimated, LabelPrevalence, Prevalence, PrevalenceOptions, Share,
    SourceCalibration, adjusted_count, estimated_prevalence, expectation_maximisation,
    given_prevalence,
};
pub use render::{Block, Detail, wrap};
pub use report::Plot;
pub use reservoir::Reservoir;
pub use result::{
    ClassFigures, ConfidenceBin, Confusion, ConfusionCounts, CrossValidationResult,
    CurveOfPrecision, EVALUATION_SCHEMA, EVALUATION_VERSION, ErrorCase, Estimate, Evaluation,
    EvidenceWord, LearningCurvePoint, LearningCurveResult, ModelIdentity, OverallFigures,
    PartResult, PrecisionPoint, ReliabilityBin, ResamplingFacts, SliceField, SliceResult,
};
pub use scores::{Interval, Scores};
pub use search::{Candidate, ranking, search};
pub use slices::{MOST_VALUES, Slicing, slice_field, worse_by_permutation};
pub use table::Table;
pub(crate) use table::share;
pub use thresholds::{
    ChosenThreshold, LabelThreshold, OperatingPoint, SelectiveCurve, SelectivePoint,
    THRESHOLDS_SCHEMA, THRESHOLDS_VERSION, ThresholdOptions, ThresholdReport, Together, Wanted,
    selective_curve, threshold_report,
};
