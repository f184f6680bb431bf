//! What is noted of a shard when it is whole.

use serde::{Deserialize, Serialize};

use crate::archive::{Position, Summary};

/// How far a run has come: everything before it is in the shards.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reached {
    /// The place of the input among the inputs, counted from 0.
    pub input: usize,
    /// How far that input has been read; `None` for its start.
    pub position: Option<Position>,
}

/// One line of `shards.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShardRecord {
    /// The file.
    pub name: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// The file of the records that could not be read, if there were any.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub rejects: Option<String>,
    /// Where the next shard begins.
    pub end: Reached,
    /// What was counted.
    pub summary: Summary,
}
