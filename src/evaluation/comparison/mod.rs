//! Is one model better than another, on the same sentences?

mod compare;
mod comparison_tables;
mod macro_f1_difference;
mod paired_outcomes;
mod prediction_record;
mod predictions;
mod predictions_file;
mod report;

pub use compare::{Compared, ComparisonOptions, Corrected, compare};
pub use comparison_tables::comparison_text;
pub use paired_outcomes::{PairedOutcomes, PairedTests, Tested};
pub use predictions::{PredictionSource, Predictions};
pub use report::{
    COMPARISON_SCHEMA, COMPARISON_VERSION, ComparedModel, Comparison, ComparisonData, SentenceWon,
};
