//! What lies beside the data: votes and reviews.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::reviews::{Review, read_reviews};
use super::votes::{Vote, read_votes};
use crate::Error;

/// The votes and reviews in an `annotations` folder beside the data.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Annotations {
    /// The folders there are.
    pub folders: Vec<PathBuf>,
    /// The votes in `votes.jsonl`.
    pub votes: Vec<Vote>,
    /// The reviews in `reviews.jsonl` by identifier; `None` if there is no such file.
    pub reviews: Option<BTreeMap<String, Review>>,
}

/// Reads the folders `annotations` in each folder of `paths` and beside each file.
///
/// # Errors
///
/// As [`read_votes`] and [`read_reviews`].
pub fn read_annotations(paths: &[PathBuf]) -> Result<Annotations, Error> {
    let mut folders: Vec<PathBuf> = Vec::new();
    for path in paths {
        let beside = match path.is_dir() {
            true => path.as_path(),
            false => path.parent().unwrap_or(Path::new("")),
        };
        let folder = beside.join("annotations");
        if folder.is_dir() && !folders.contains(&folder) {
            folders.push(folder);
        }
    }
    let files = |name: &str| -> Vec<PathBuf> {
        let files = folders.iter().map(|folder| folder.join(name));
        files.filter(|file| file.is_file()).collect()
    };
    let votes = read_votes(&files("votes.jsonl"))?;
    let mut reviews = None;
    for file in files("reviews.jsonl") {
        let all: &mut BTreeMap<_, _> = reviews.get_or_insert_default();
        all.extend(read_reviews(&file)?);
    }
    Ok(Annotations {
        folders,
        votes,
        reviews,
    })
}
