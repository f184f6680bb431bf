//! What a model says of sentences whose labels nobody knows.

use ndarray::Array2;

/// Probabilities of the sentences of an archive.
#[derive(Debug, Clone, PartialEq)]
pub struct ArchiveSample {
    /// The probability of each class, shape `(n_sentences, n_classes)`.
    pub probabilities: Array2<f64>,
    /// The document of each sentence: sentences of one document are resampled together.
    pub documents: Vec<usize>,
}
