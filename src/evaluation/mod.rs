//! How good is the result, and how sure are we of that?

mod behaviour;
mod bootstrap;
mod confusion_matrix;
mod evaluate;
mod figures;
mod holm;
mod learning_curve;
mod model_card;
mod power_law;
mod result;
mod scores;
mod search;
mod summary;
mod table;

pub use behaviour::{
    BehaviourCase, BehaviourFailure, BehaviourSuite, CapabilityResult, Expectation,
    all_capabilities, behaviour_table,
};
pub(crate) use bootstrap::bootstrap;
pub use confusion_matrix::ConfusionMatrix;
pub use evaluate::evaluate;
pub use figures::{
    Figure, Resampling, bca_interval, normal_distribution, normal_quantile, percentile_interval,
};
pub use holm::holm;
pub use learning_curve::{CurvePoint, learning_curve, learning_curve_table};
pub use model_card::{CardFacts, model_card};
pub use power_law::PowerLaw;
pub use result::{
    ClassFigures, ConfidenceBin, Confusion, ConfusionCounts, CrossValidationResult,
    CurveOfPrecision, EVALUATION_SCHEMA, EVALUATION_VERSION, ErrorCase, Estimate, Evaluation,
    EvidenceWord, LearningCurvePoint, LearningCurveResult, ModelIdentity, OverallFigures,
    PartResult, PrecisionPoint, ReliabilityBin, ResamplingFacts, SliceField, SliceResult,
};
pub use scores::{Interval, Scores};
pub use search::{Candidate, ranking, search};
pub use summary::{class_table, confusion_table, overall_table};
pub use table::Table;
pub(crate) use table::share;
