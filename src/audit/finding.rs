//! What is wrong with the data, and where.

use serde::Serialize;

use super::split::Place;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule that is broken.
    pub rule: Rule,
    /// Where.
    pub place: Place,
    /// What is wrong there, for people.
    pub message: String,
}

/// The rules that data must keep to be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Every record can be read.
    Readable,
    /// Every sentence has an identifier of its own, over all splits.
    Identifier,
    /// The label is among the tags if it occurs as a tag anywhere, and every tag is a label.
    Tags,
    /// Every sentence has a group if one has.
    Group,
    /// No group stands in two splits.
    GroupLeak,
    /// No text has control characters, nor spaces at its ends.
    CleanText,
    /// No two sentences have the same normalised text.
    ExactDuplicate,
    /// No two sentences are nearly the same.
    NearDuplicate,
    /// Few sentences share their opening with another.
    Openings,
    /// Few sentences share a long run of words with another.
    Runs,
    /// Every sentence has a vote.
    Votes,
    /// Every sentence that surprises the model most has been reviewed.
    Reviews,
}

impl Rule {
    /// Every rule, in the order in which findings are shown.
    pub const ALL: [Self; 12] = [
        Self::Readable,
        Self::Identifier,
        Self::Tags,
        Self::Group,
        Self::GroupLeak,
        Self::CleanText,
        Self::ExactDuplicate,
        Self::NearDuplicate,
        Self::Openings,
        Self::Runs,
        Self::Votes,
        Self::Reviews,
    ];

    /// The rule in words.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Readable => "every record can be read",
            Self::Identifier => "every sentence has an id of its own",
            Self::Tags => "labels and tags fit each other",
            Self::Group => "every sentence has a group, if any has",
            Self::GroupLeak => "no group stands in two splits",
            Self::CleanText => "no control characters, no spaces at the ends of a text",
            Self::ExactDuplicate => "no two sentences are the same",
            Self::NearDuplicate => "no two sentences are nearly the same",
            Self::Openings => "few sentences open like another",
            Self::Runs => "few sentences share a long run of words with another",
            Self::Votes => "every sentence has a vote",
            Self::Reviews => "the most surprising sentences are reviewed",
        }
    }
}
