//! What do words mean, judged by the words around them?
//!
//! [`Pretraining`] learns [`WordVectors`] from texts without labels; training turns them into dense features and folds what
//! it learns of them into the weights of the known words.

mod directory;
mod embedded;
mod word_vectors;

mod cooccurrence;
mod lexicon;
mod pointwise_information;
mod pretraining;
mod randomized_svd;
mod token_file;

pub use directory::{VectorFiles, VectorsConfig};
pub use pretraining::{Pretraining, PretrainingConfig, Stage};
pub use word_vectors::{Neighbour, WordVectors};
