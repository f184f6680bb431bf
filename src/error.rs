//! The one error type of the crate.

use std::path::PathBuf;

/// What can go wrong, with the values at fault and the cure where there is one.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A hyper-parameter or an option lies outside its range.
    #[error("{parameter} must be {rule}, got {got}")]
    InvalidParameter {
        /// Its name in the configuration.
        parameter: &'static str,
        /// The range it must lie in.
        rule: &'static str,
        /// What was given.
        got: String,
    },
    /// linfa refused the input of an estimator.
    #[error(transparent)]
    Linfa(#[from] linfa::error::Error),
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A record of a data file is not what it should be.
    #[error("{}:{line}: {message}", path.display())]
    Record {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: u64,
        /// What is wrong and how to mend it.
        message: String,
    },
    /// The data as a whole cannot serve the purpose.
    #[error("{0}")]
    Data(String),
    /// A file of a model directory is broken or does not belong to the others.
    #[error("{}: {message}", path.display())]
    Model {
        /// The file.
        path: PathBuf,
        /// What is wrong and how to mend it.
        message: String,
    },
}

impl Error {
    /// An input or output error at `path`.
    pub fn io(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Self::Io {
            path: path.into(),
            source,
        }
    }

    /// An error in the model file at `path`.
    pub fn model(path: impl Into<PathBuf>, message: impl Into<String>) -> Self {
        Self::Model {
            path: path.into(),
            message: message.into(),
        }
    }
}
