//! Tags the sentences of Arabic news, and trains, measures and explains the models that do it.
//!
//! ```
//! use marsad::{Classifier, text::SentenceSplitter};
//!
//! let article = "انفجرت سيارة مفخخة قرب السوق فقتلت أربعة.وقال المدرب إن المباراة ستؤجل.";
//! let classifier = Classifier::embedded()?;
//! let mut scratch = classifier.scratch();
//! for sentence in SentenceSplitter::new().split(article) {
//!     let prediction = classifier.classify(sentence.of(article), &mut scratch);
//!     println!("{:.2} {}", prediction.confidence(), classifier.labels()[prediction.class()]);
//! }
//! # Ok::<(), marsad::Error>(())
//! ```
//!
//! The types to know, in the order the data flows:
//!
//! - [`text::SentenceSplitter`] finds sentences and page furniture, [`text::Normalizer`] brings them to a normal form;
//! - [`features::FeatureExtractor`] turns that into features;
//! - [`Classifier`] turns features into calibrated probabilities, and
//!   [explains](Classifier::explain) them; [`model::ModelFiles`] reads and writes it;
//! - [`training::train`] makes a model of a [`training::Corpus`];
//! - [`evaluation::evaluate`] measures it; [`audit::check_data`] and [`audit::agreement`] tell whether the data can be
//!   trusted; [`archive::Batch`] runs it over files of any size on all cores.
//!
//! A model knows words, not grammar or the world: it cannot tell who speaks when the words do not say so. Dialects and
//! languages other than Arabic are not what the shipped model was made for, though models for them can be trained.

pub mod archive;
pub mod audit;
mod checked_tensor;
mod checksum;
mod error;
pub mod evaluation;
pub mod features;
mod files;
mod markup;
pub mod model;
pub mod text;
pub mod training;
pub mod vectors;

pub use error::Error;
pub use model::Classifier;
