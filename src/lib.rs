//! Marsad.
mod error;
pub mod features;
pub mod model;
pub mod text;
pub use error::Error;
pub use model::Classifier;
