//! The files of labelled data under audit.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::Error;
use crate::training::{Corpus, LabelledSentence, data_files_in};

/// A file of labelled data: the training split, the test split, and so on.
#[derive(Debug)]
pub struct Split {
    /// The file.
    pub path: PathBuf,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its sentences, in the order of the file.
    pub sentences: Vec<LabelledSentence>,
    /// One error for each record that could not be used.
    pub rejected: Vec<Error>,
}

/// A file that was passed over, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub reason: String,
}

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The file.
    pub path: PathBuf,
    /// The line, counted from 1; 0 for the file as a whole.
    pub line: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}", self.path.display()),
            line => write!(f, "{}:{line}", self.path.display()),
        }
    }
}

/// A sentence and the split it stands in.
#[derive(Debug, Clone, Copy)]
pub struct Located<'a> {
    /// The split.
    pub split: &'a Split,
    /// The sentence.
    pub sentence: &'a LabelledSentence,
}

impl Located<'_> {
    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        Place {
            path: self.split.path.clone(),
            line: self.sentence.line,
        }
    }

    /// Its identifier, or where it stands if it has none.
    #[must_use]
    pub fn name(&self) -> String {
        let id = self.sentence.id.clone();
        id.unwrap_or_else(|| self.place().to_string())
    }
}

/// Every sentence of `splits` in the order of the files.
#[must_use]
pub fn located(splits: &[Split]) -> Vec<Located<'_>> {
    let mut all = Vec::new();
    for split in splits {
        let of_split = split.sentences.iter();
        all.extend(of_split.map(|sentence| Located { split, sentence }));
    }
    all
}

/// Reads each of `paths`: a file is a split, and so is every labelled file directly in a folder. In a folder, files named
/// `behaviour.*` (checklists, not data) and files whose records have no `label` are skipped.
///
/// # Errors
///
/// [`Error::Io`] when a file cannot be read, [`Error::Data`] when a name has another ending than those of labelled data, a
/// folder has no data, a file that would be skipped in a folder is named itself, or every file is skipped.
pub fn read_splits(paths: &[PathBuf]) -> Result<(Vec<Split>, Vec<Skipped>), Error> {
    let (mut splits, mut skipped) = (Vec::new(), Vec::new());
    for path in paths {
        if !path.is_dir() {
            // Who names a file wants it checked: the data is not clean because it was passed over.
            splits.push(read_split(path)?.map_err(|reason| {
                Error::Data(format!("{}: cannot be checked: {reason}", path.display()))
            })?);
            continue;
        }
        for path in data_files_in(path)? {
            match read_split(&path)? {
                Ok(split) => splits.push(split),
                Err(reason) => skipped.push(Skipped { path, reason }),
            }
        }
    }
    if splits.is_empty() {
        let reasons: Vec<String> = skipped
            .iter()
            .map(|Skipped { path, reason }| format!("{}: {reason}", path.display()))
            .collect();
        return Err(Error::Data(format!(
            "there is no labelled data to check; {}",
            reasons.join("; ")
        )));
    }
    Ok((splits, skipped))
}

/// The split in `path`, or why it is none.
fn read_split(path: &Path) -> Result<Result<Split, String>, Error> {
    if path.file_stem().is_some_and(|stem| stem == "behaviour") {
        return Ok(Err("is a checklist of behaviour".to_owned()));
    }
    let mut corpus = Corpus::default();
    match corpus.read_file(path) {
        // A table without a column «label», or without a first line that can be read.
        Err(Error::Record { message, .. }) => return Ok(Err(message)),
        result => result?,
    }
    if corpus.sentences.is_empty() {
        if corpus.rejected.is_empty() {
            return Ok(Err("has no records".to_owned()));
        }
        if is_unlabelled(path)? {
            return Ok(Err("its records have no label".to_owned()));
        }
    }
    Ok(Ok(Split {
        path: path.to_owned(),
        sha256: corpus
            .files
            .pop()
            .map(|file| file.sha256)
            .unwrap_or_default(),
        sentences: corpus.sentences,
        rejected: corpus.rejected,
    }))
}

/// Whether `path` holds JSON objects and none of them has a label.
fn is_unlabelled(path: &Path) -> Result<bool, Error> {
    let bytes = std::fs::read(path).map_err(|e| Error::io(path, e))?;
    let objects = bytes.split(|&byte| byte == b'\n').filter_map(|line| {
        serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(line).ok()
    });
    let mut with_label = objects
        .map(|object| object.contains_key("label"))
        .peekable();
    Ok(with_label.peek().is_some() && !with_label.any(|has| has))
}
