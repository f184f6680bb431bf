//! What a batch does.

use super::Unit;
use crate::model::Thresholds;

/// What is classified and what is written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BatchOptions {
    /// What a row stands for; rows of documents count sentences, whatever `split` says.
    pub unit: Unit,
    /// Split documents into sentences; otherwise each is classified whole.
    pub split: bool,
    /// With `split`: leave out page furniture.
    pub drop_boilerplate: bool,
    /// Leave out sentences with a lower confidence, 0 to 1.
    pub min_confidence: f32,
    /// The least probability with which a label is given; `None` gives the likeliest label in any case.
    pub thresholds: Option<Thresholds>,
}

impl BatchOptions {
    /// Whether documents are split into sentences.
    pub(super) fn splits(&self) -> bool {
        self.split || self.unit == Unit::Document
    }
}
