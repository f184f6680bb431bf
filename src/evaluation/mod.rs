//! How good is the result, and how sure are we of that?

mod assessment;
mod behaviour;
mod bootstrap;
mod confusion_matrix;
mod cross_validation;
mod evaluate;
mod figures;
mod holm;
mod learning_curve;
mod model_card;
mod power_law;
mod render;
mod report;
mod result;
mod scores;
mod search;
mod slices;
mod summary;
mod table;

pub use assessment::{Assessed, assess, confident_errors};
pub use behaviour::{
    BehaviourCase, BehaviourFailure, BehaviourSuite, CapabilityResult, Expectation,
    all_capabilities, behaviour_table,
};
pub(crate) use bootstrap::bootstrap;
pub use confusion_matrix::ConfusionMatrix;
pub use cross_validation::{
    CrossValidated, Part, cross_validate, cross_validated_curve, parts_by_date, parts_by_value,
    stratified_parts,
};
pub use evaluate::{Scored, evaluate, score};
pub use figures::{
    Figure, Resampling, bca_interval, normal_distribution, normal_quantile, percentile_interval,
};
pub use holm::holm;
pub use learning_curve::{CurvePoint, learning_curve, learning_curve_table};
pub use model_card::{CardFacts, model_card};
pub use power_law::PowerLaw;
pub use render::{Block, Detail, wrap};
pub use report::Plot;
pub use result::{
    ClassFigures, ConfidenceBin, Confusion, ConfusionCounts, CrossValidationResult,
    CurveOfPrecision, EVALUATION_SCHEMA, EVALUATION_VERSION, ErrorCase, Estimate, Evaluation,
    EvidenceWord, LearningCurvePoint, LearningCurveResult, ModelIdentity, OverallFigures,
    PartResult, PrecisionPoint, ReliabilityBin, ResamplingFacts, SliceField, SliceResult,
};
pub use scores::{Interval, Scores};
pub use search::{Candidate, ranking, search};
pub use slices::{MOST_VALUES, Slicing, slice_field, worse_by_permutation};
pub use summary::{class_table, confusion_table, overall_table};
pub use table::Table;
pub(crate) use table::share;
