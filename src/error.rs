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
    /// A training set holds a value that the estimator cannot use.
    #[error("row {row}: {what} must be {rule}, got {got}")]
    InvalidRow {
        /// The row, counted from 0.
        row: usize,
        /// What the value is: a record value, a target, a sample weight.
        what: &'static str,
        /// What it must be.
        rule: &'static str,
        /// What was given.
        got: String,
    },
    /// Two lists that describe the same rows or labels differ in length.
    #[error("expected {expected} {what}, got {got}")]
    WrongLength {
        /// What is counted.
        what: &'static str,
        /// How many there must be.
        expected: usize,
        /// How many there are.
        got: usize,
    },
    /// A training set without rows, or whose sample weights are all zero.
    #[error("the training set is empty: {0}")]
    EmptyTrainingSet(&'static str),
    /// A class weight names a label that the corpus does not hold.
    #[error("class_weights names the label {label:?}; the labels are {known}")]
    UnknownLabel {
        /// The label that was given.
        label: String,
        /// The labels there are.
        known: String,
    },
    /// All rows of a class lie in one fold, so the members cannot learn it without that fold.
    #[error(
        "class {class} has no row outside fold {fold}: use fewer folds, or spread its groups over several"
    )]
    ClassMissingOutsideFold {
        /// The class index.
        class: usize,
        /// The fold that was held out.
        fold: u32,
    },
    /// A member of a stacked ensemble gave every row and class the same margin.
    #[error(
        "member {member} of the stacked ensemble gives every row the same margin: remove it, or weaken its penalty"
    )]
    ConstantMember {
        /// Its place in the list of members, counted from 0.
        member: usize,
    },
    /// linfa-logistic could not fit the second stage of a stacked ensemble.
    #[error("second stage of the stacked ensemble: {0}")]
    SecondStage(#[from] linfa_logistic::error::Error),
    /// linfa refused the input of an estimator.
    #[error(transparent)]
    Linfa(#[from] linfa::error::Error),
    /// A file could not be read or written.
    #[error("cannot read or write {}", path.display())]
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
