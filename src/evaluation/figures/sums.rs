//! What the figures of a sample are made of.

use super::Figure;
use crate::evaluation::ConfusionMatrix;

/// Confidences and probabilities are sorted into this many bins of equal width for the calibration errors.
pub(super) const BINS: usize = 15;

/// Sums over the sentences of a sample, from which every figure follows.
#[derive(Debug, Clone)]
pub(in crate::evaluation) struct FigureSums {
    pub(super) matrix: ConfusionMatrix,
    /// Sum of −ln of the probability of the truth.
    pub(super) log_loss: f64,
    /// Sum of squared distances between probabilities and truth.
    pub(super) brier: f64,
    /// For each bin of confidence the sum of confidence − (1 if right).
    pub(super) gaps: [f64; BINS],
    /// For each class and bin of its probability the sum of probability − (1 if of the class).
    pub(super) class_gaps: Vec<[f64; BINS]>,
    /// The average precision of each class.
    pub(super) average_precision: Vec<Option<f64>>,
}

impl FigureSums {
    pub(super) fn new(n_classes: usize) -> Self {
        Self {
            matrix: ConfusionMatrix::new(n_classes, []),
            log_loss: 0.0,
            brier: 0.0,
            gaps: [0.0; BINS],
            class_gaps: vec![[0.0; BINS]; n_classes],
            average_precision: vec![None; n_classes],
        }
    }

    pub(super) fn clear(&mut self) {
        let n_classes = self.class_gaps.len();
        *self = Self::new(n_classes);
    }

    /// The value of `figure`; `None` where it is a ratio of nothing.
    pub(in crate::evaluation) fn value(&self, figure: Figure) -> Option<f64> {
        let matrix = &self.matrix;
        let total = matrix.total();
        let mean = |sum: f64| (total > 0).then(|| sum / total as f64);
        let error = |gaps: &[f64; BINS]| gaps.iter().map(|gap| gap.abs()).sum::<f64>();
        match figure {
            Figure::Accuracy => matrix.accuracy(),
            Figure::BalancedAccuracy => matrix.balanced_accuracy(),
            Figure::MacroPrecision => matrix.macro_precision(),
            Figure::MacroF1 => matrix.macro_f1(),
            Figure::WeightedPrecision => matrix.weighted_precision(),
            Figure::WeightedRecall => matrix.weighted_recall(),
            Figure::WeightedF1 => matrix.weighted_f1(),
            Figure::MacroAveragePrecision => {
                let defined: Vec<f64> = self.average_precision.iter().copied().flatten().collect();
                (!defined.is_empty()).then(|| defined.iter().sum::<f64>() / defined.len() as f64)
            }
            Figure::Matthews => matrix.matthews_correlation(),
            Figure::CohenKappa => matrix.cohen_kappa(),
            Figure::LogLoss => mean(self.log_loss),
            Figure::Brier => mean(self.brier),
            Figure::CalibrationError => mean(error(&self.gaps)),
            Figure::ClasswiseCalibrationError => {
                let errors: f64 = self.class_gaps.iter().map(error).sum();
                mean(errors / self.class_gaps.len() as f64)
            }
            Figure::Precision(class) => matrix.precision(class),
            Figure::Recall(class) => matrix.recall(class),
            Figure::F1(class) => matrix.f1(class),
            Figure::AveragePrecision(class) => self.average_precision[class],
            Figure::ClassCalibrationError(class) => mean(error(&self.class_gaps[class])),
        }
    }
}
