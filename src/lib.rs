//! Marsad.
pub mod archive;
mod checksum;
mod error;
pub mod evaluation;
pub mod features;
pub mod model;
pub mod text;
pub mod training;
pub use error::Error;
pub use model::Classifier;
