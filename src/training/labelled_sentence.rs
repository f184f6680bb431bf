//! One sentence with its label.

/// A record of training or test data.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LabelledSentence {
    /// Its identifier, if it has one.
    pub id: Option<String>,
    /// The sentence.
    pub text: String,
    /// Its label.
    pub label: String,
    /// Labels that are also true of it. Not used in training.
    pub tags: Vec<String>,
    /// Sentences of one group are never split between training and held-out data. A sentence without a group is
    /// a group of its own.
    pub group: Option<String>,
}
