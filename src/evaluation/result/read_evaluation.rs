//! A stored evaluation, read back.

use std::path::Path;

use super::{EVALUATION_SCHEMA, EVALUATION_VERSION, Evaluation};
use crate::Error;
use crate::evaluation::stored::read_stored;

impl Evaluation {
    /// Reads what `marsad evaluate --json` wrote to the file `path`.
    ///
    /// # Errors
    ///
    /// [`Error::Io`]; [`Error::Model`] when the file is of another schema or version, or its parts do not fit each other.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let evaluation: Self = read_stored(
            path,
            EVALUATION_SCHEMA,
            EVALUATION_VERSION,
            "marsad evaluate --json",
        )?;
        evaluation
            .check_shape()
            .map_err(|message| Error::model(path, message))?;
        Ok(evaluation)
    }

    /// Says what does not fit, if labels, classes, confusion matrix and number of sentences contradict each other.
    pub(in crate::evaluation) fn check_shape(&self) -> Result<(), String> {
        let n_classes = self.labels.len();
        let counts = &self.confusion_matrix.counts;
        let classes = self.classes.iter().map(|class| &class.label);
        if !classes.eq(&self.labels) {
            return Err("has other classes than labels".to_owned());
        }
        if counts.len() != n_classes || counts.iter().any(|row| row.len() != n_classes) {
            return Err(format!(
                "has a confusion matrix that is not {n_classes} × {n_classes}"
            ));
        }
        let counted = counts
            .iter()
            .flatten()
            .map(|&n| u128::from(n))
            .sum::<u128>();
        if counted != u128::from(self.sentences) {
            return Err(format!(
                "has {} sentences, but {counted} in its confusion matrix",
                self.sentences
            ));
        }
        Ok(())
    }

    /// Says so if the classes are others than `labels`, those of the model.
    pub(in crate::evaluation) fn check_labels(&self, labels: &[String]) -> Result<(), String> {
        match self.labels == labels {
            true => Ok(()),
            false => Err(format!(
                "has figures for the labels {}, but those of the model are {}",
                self.labels.join(", "),
                labels.join(", ")
            )),
        }
    }
}
