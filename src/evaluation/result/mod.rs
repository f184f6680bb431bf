//! What is known of a model after it was measured, in a form that is stored and shown.

mod class_figures;
mod confusion;
mod cross_validation_result;
mod curves;
mod error_case;
mod estimate;
mod evaluation;
mod learning_curve_result;
mod model_identity;
mod overall_figures;
mod read_evaluation;
mod slice_result;

pub use class_figures::ClassFigures;
pub use confusion::{Confusion, ConfusionCounts};
pub use cross_validation_result::{CrossValidationResult, PartResult};
pub use curves::{ConfidenceBin, CurveOfPrecision, PrecisionPoint, ReliabilityBin};
pub use error_case::{ErrorCase, EvidenceWord};
pub use estimate::Estimate;
pub use evaluation::{EVALUATION_SCHEMA, EVALUATION_VERSION, Evaluation, ResamplingFacts};
pub use learning_curve_result::{LearningCurvePoint, LearningCurveResult};
pub use model_identity::ModelIdentity;
pub use overall_figures::OverallFigures;
pub use slice_result::{SliceField, SliceResult};
