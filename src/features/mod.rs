//! Which pieces of evidence does a sentence hold?

mod config;
mod extractor;
mod feature;
pub(crate) mod hash;
mod sparse_records;
mod subword_trainer;
mod subwords;
mod vocabulary;

pub use config::{FeatureConfig, NgramLengths};
pub use extractor::{FeatureExtractor, Word};
pub use feature::{Feature, FeatureKind};
pub use sparse_records::SparseRecords;
pub use subword_trainer::train_subwords;
pub use subwords::{SubwordScratch, Subwords};
pub(crate) use vocabulary::MAX_KNOWN_WORDS;
pub use vocabulary::Vocabulary;
