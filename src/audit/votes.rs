//! What each reader said of each sentence.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::jsonl::read_jsonl;
use crate::Error;

/// What one reader said of one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Vote {
    /// The identifier of the sentence.
    pub id: String,
    /// Who read it.
    pub reader: String,
    /// The label the reader gave.
    pub label: String,
    /// The tags the reader gave; `None` where the reader was not asked for any.
    pub tags: Option<Vec<String>>,
}

/// Reads votes from JSONL files, one object `{"id", "reader", "label", "tags"}` a line, in the order of the files.
///
/// # Errors
///
/// [`Error::Io`] when a file cannot be read, [`Error::Record`] for a line that is no vote and for a second vote of one reader
/// on one sentence.
pub fn read_votes(paths: &[PathBuf]) -> Result<Vec<Vote>, Error> {
    let mut votes = Vec::new();
    let mut seen: BTreeMap<(String, String), (&Path, u64)> = BTreeMap::new();
    for path in paths {
        for (line, vote) in read_jsonl::<Vote>(
            path,
            r#"{"id": "…", "reader": "…", "label": "…", "tags": ["…"]}"#,
        )? {
            match seen.entry((vote.id.clone(), vote.reader.clone())) {
                Entry::Vacant(entry) => entry.insert((path, line)),
                Entry::Occupied(entry) => {
                    let (first_path, first_line) = entry.get();
                    return Err(Error::Record {
                        path: path.clone(),
                        line,
                        message: format!(
                            "reader {} has voted on {} already, at {}:{first_line}; keep one of the two",
                            vote.reader,
                            vote.id,
                            first_path.display()
                        ),
                    });
                }
            };
            votes.push(vote);
        }
    }
    Ok(votes)
}
