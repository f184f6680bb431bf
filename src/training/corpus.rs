//! Labelled sentences from files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::LabelledSentence;
use super::corpus_formats::{read_csv, read_jsonl};
use crate::Error;
use crate::checksum::sha256;

/// Labelled sentences, the files they came from, and the records that were refused.
#[derive(Debug, Default)]
pub struct Corpus {
    /// In the order of the files.
    pub sentences: Vec<LabelledSentence>,
    /// The files, in the order they were read.
    pub files: Vec<DataFile>,
    /// One error for each record that could not be used.
    pub rejected: Vec<Error>,
}

/// A file of a corpus, named so that a model says what it was trained on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataFile {
    /// Its name without its folders.
    pub file: String,
    /// The number of sentences taken from it.
    pub sentences: usize,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

impl Corpus {
    /// Reads JSONL (`.jsonl`), CSV (`.csv`) and TSV (`.tsv`) files with the fields `text` and `label` and, if present,
    /// `id`, `tags` and `group`, and keeps other scalar fields; of a folder, every such file directly in it, in the order of names. A bad record
    /// lands in [`rejected`](Self::rejected) and the others are read all the same.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] when a file cannot be read, [`Error::Data`] when a name has another ending, a folder has
    /// no data, or no sentence is found at all.
    pub fn read(paths: &[PathBuf]) -> Result<Self, Error> {
        let mut corpus = Self::default();
        for path in paths {
            if path.is_dir() {
                for file in data_files_in(path)? {
                    corpus.read_file(&file)?;
                }
            } else {
                corpus.read_file(path)?;
            }
        }
        if corpus.sentences.is_empty() {
            let reason = corpus
                .rejected
                .first()
                .map_or_else(String::new, |error| format!("; the first record: {error}"));
            return Err(Error::Data(format!(
                "there is no labelled sentence in {}{reason}",
                show(paths)
            )));
        }
        Ok(corpus)
    }

    /// Reads one file after those that have been read. Unlike [`read`](Self::read), takes one without sentences.
    pub(crate) fn read_file(&mut self, path: &Path) -> Result<(), Error> {
        let bytes = std::fs::read(path).map_err(|e| Error::io(path, e))?;
        let before = self.sentences.len();
        let sink = &mut |record: Result<LabelledSentence, Error>| match record {
            Ok(sentence) => self.sentences.push(sentence),
            Err(error) => self.rejected.push(error),
        };
        match extension(path) {
            "jsonl" | "ndjson" => read_jsonl(path, &bytes, sink),
            "csv" => read_csv(path, &bytes, b',', sink)?,
            "tsv" => read_csv(path, &bytes, b'\t', sink)?,
            _ => {
                return Err(Error::Data(format!(
                    "{}: labelled data is read from .jsonl, .csv or .tsv files",
                    path.display()
                )));
            }
        }
        self.files.push(DataFile {
            file: path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default(),
            sentences: self.sentences.len() - before,
            sha256: sha256(&bytes),
        });
        Ok(())
    }

    /// The labels that occur, sorted.
    #[must_use]
    pub fn labels(&self) -> Vec<String> {
        let labels: BTreeSet<_> = self
            .sentences
            .iter()
            .map(|sentence| &sentence.label)
            .collect();
        labels.into_iter().cloned().collect()
    }
}

/// The labelled files directly in `folder`, in the order of their names.
pub(crate) fn data_files_in(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|e| Error::io(folder, e))? {
        let path = entry.map_err(|e| Error::io(folder, e))?.path();
        if path.is_file() && matches!(extension(&path), "jsonl" | "ndjson" | "csv" | "tsv") {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(Error::Data(format!(
            "{}: the folder has no .jsonl, .csv or .tsv file",
            folder.display()
        )));
    }
    Ok(files)
}

fn extension(path: &Path) -> &str {
    path.extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default()
}

fn show(paths: &[PathBuf]) -> String {
    paths
        .iter()
        .map(|path| path.display().to_string())
        .collect::<Vec<_>>()
        .join(", ")
}
