//! Every plot of an evaluation.

use super::Plot;
use super::plot::{
    class_bars, confidence, heat_map, learning_curve, precision_recall, reliability, slices,
};
use crate::Error;
use crate::evaluation::Evaluation;

/// The plots of a report; those of what an evaluation does not hold are `None` or missing.
pub(super) struct Plots {
    pub(super) confusion_matrix: Plot,
    pub(super) labels: Plot,
    pub(super) precision_recall: Plot,
    pub(super) reliability: Plot,
    pub(super) confidence: Plot,
    pub(super) learning_curve: Option<Plot>,
    /// In the order of the fields.
    pub(super) slices: Vec<Plot>,
}

impl Plots {
    pub(super) fn of(evaluation: &Evaluation) -> Result<Self, Error> {
        let curve = evaluation.learning_curve.as_ref();
        let fields = evaluation.slices.iter().enumerate();
        Ok(Self {
            confusion_matrix: heat_map(evaluation)?,
            labels: class_bars(evaluation)?,
            precision_recall: precision_recall(evaluation)?,
            reliability: reliability(evaluation)?,
            confidence: confidence(evaluation)?,
            learning_curve: curve.map(learning_curve).transpose()?.flatten(),
            slices: fields
                .map(|(number, field)| slices(evaluation, field, number))
                .collect::<Result<_, _>>()?,
        })
    }
}

impl Evaluation {
    /// The plots of the report, to be stored as files of their own.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] when one cannot be drawn, which no evaluation causes that this crate makes.
    pub fn plots(&self) -> Result<Vec<Plot>, Error> {
        let plots = Plots::of(self)?;
        let mut all = vec![
            plots.confusion_matrix,
            plots.labels,
            plots.precision_recall,
            plots.reliability,
            plots.confidence,
        ];
        all.extend(plots.learning_curve);
        all.extend(plots.slices);
        Ok(all)
    }
}
