//! Sentences that somebody has looked at again.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::jsonl::read_jsonl;
use crate::Error;

/// What a second look at a sentence led to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// What became of the label.
    pub outcome: ReviewOutcome,
    /// Why.
    #[serde(default)]
    pub note: String,
}

/// What became of the label of a reviewed sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewOutcome {
    /// It was right.
    Kept,
    /// It was changed; the data holds the new one.
    Relabelled,
}

impl ReviewOutcome {
    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Relabelled => "relabelled",
        }
    }
}

/// Reads reviews from a JSONL file, one object `{"id", "outcome": "kept" or "relabelled", "note"}` a line, and gives
/// them by the identifier of the sentence. The last review of a sentence counts.
///
/// # Errors
///
/// [`Error::Io`] when the file cannot be read, [`Error::Record`] for a line that is no review.
pub fn read_reviews(path: &Path) -> Result<BTreeMap<String, Review>, Error> {
    #[derive(Deserialize)]
    struct Record {
        id: String,
        #[serde(flatten)]
        review: Review,
    }
    let records: Vec<(u64, Record)> = read_jsonl(
        path,
        r#"{"id": "…", "outcome": "kept" or "relabelled", "note": "…"}"#,
    )?;
    Ok(records
        .into_iter()
        .map(|(_, record)| (record.id, record.review))
        .collect())
}
