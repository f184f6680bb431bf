//! The figures there are.

/// A figure of a set of scored sentences. Classes are given by their index.
///
/// A figure that is a ratio of nothing is not there (`None`, shown as "–") and is left out of the means over classes: scikit-learn
/// does the same with `zero_division=np.nan`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Figure {
    /// Share of right predictions, 0 to 1. With one label a sentence it is also precision, recall and F1 by micro-average.
    Accuracy,
    /// Mean of recall over the classes that occur, 0 to 1 (`balanced_accuracy_score`).
    BalancedAccuracy,
    /// Mean of precision over the classes that are predicted somewhere, 0 to 1.
    MacroPrecision,
    /// Mean of F1 over the classes that are true or predicted somewhere, 0 to 1.
    MacroF1,
    /// Mean of precision weighted by support, over the classes that are predicted somewhere, 0 to 1.
    WeightedPrecision,
    /// Mean of recall weighted by support, 0 to 1; the accuracy by another way.
    WeightedRecall,
    /// Mean of F1 weighted by support, 0 to 1.
    WeightedF1,
    /// Mean of average precision over the classes that occur, 0 to 1.
    MacroAveragePrecision,
    /// Matthews correlation coefficient for several classes, −1 to 1 (Gorodkin 2004, "Comparing two K-category assignments by a
    /// K-category correlation coefficient"). `None` when all sentences are, or are predicted, of one class; scikit-learn says 0 then.
    Matthews,
    /// Cohen's kappa between truth and prediction, −1 to 1 (Cohen 1960, "A coefficient of agreement for nominal scales").
    CohenKappa,
    /// Mean of −ln of the probability of the true class, in nats; at least 0. Probabilities are kept from 0 by the smallest step of
    /// `f64`.
    LogLoss,
    /// Mean over sentences of the squared distance between the probabilities and the truth, summed over all classes: 0 to 2 (Brier
    /// 1950, "Verification of forecasts expressed in terms of probability"; `brier_score_loss` with `scale_by_half=False`).
    Brier,
    /// Expected calibration error: the mean distance between confidence and accuracy over 15 bins of confidence of equal width, open
    /// below, weighted by their size, 0 to 1 (Guo et al. 2017, "On calibration of modern neural networks", equation 3).
    CalibrationError,
    /// The mean over all classes of [`ClassCalibrationError`](Self::ClassCalibrationError), 0 to 1 (Kull et al. 2019, "Beyond
    /// temperature scaling", classwise-ECE).
    ClasswiseCalibrationError,
    /// Of the sentences predicted to be of a class the share that are, 0 to 1.
    Precision(usize),
    /// Of the sentences of a class the share predicted so, 0 to 1.
    Recall(usize),
    /// Harmonic mean of precision and recall of a class, 0 to 1.
    F1(usize),
    /// Average precision of a class against the rest by its probability, 0 to 1: precision at each threshold, weighted by the step in
    /// recall, without interpolation (`average_precision_score`).
    AveragePrecision(usize),
    /// The mean distance between the probability of a class and its share over 15 bins of that probability, 0 to 1.
    ClassCalibrationError(usize),
}

impl Figure {
    /// The figures over all classes, in the order in which they are shown.
    pub const OVERALL: [Self; 14] = [
        Self::MacroF1,
        Self::Accuracy,
        Self::BalancedAccuracy,
        Self::MacroPrecision,
        Self::WeightedPrecision,
        Self::WeightedRecall,
        Self::WeightedF1,
        Self::MacroAveragePrecision,
        Self::Matthews,
        Self::CohenKappa,
        Self::LogLoss,
        Self::Brier,
        Self::CalibrationError,
        Self::ClasswiseCalibrationError,
    ];

    /// The figures of `class`.
    #[must_use]
    pub fn of_class(class: usize) -> [Self; 5] {
        [
            Self::Precision(class),
            Self::Recall(class),
            Self::F1(class),
            Self::AveragePrecision(class),
            Self::ClassCalibrationError(class),
        ]
    }

    /// Whether a lower value is a better one.
    #[must_use]
    pub fn is_loss(self) -> bool {
        matches!(
            self,
            Self::LogLoss
                | Self::Brier
                | Self::CalibrationError
                | Self::ClasswiseCalibrationError
                | Self::ClassCalibrationError(_)
        )
    }

    /// Whether it follows from the confusion matrix.
    pub(super) fn counts_only(self) -> bool {
        !matches!(
            self,
            Self::MacroAveragePrecision
                | Self::AveragePrecision(_)
                | Self::LogLoss
                | Self::Brier
                | Self::CalibrationError
                | Self::ClasswiseCalibrationError
                | Self::ClassCalibrationError(_)
        )
    }

    /// Whether it needs the sentences in the order of their probabilities.
    pub(super) fn needs_ranking(self) -> bool {
        matches!(
            self,
            Self::MacroAveragePrecision | Self::AveragePrecision(_)
        )
    }

    /// Whether it needs the bins of each class.
    pub(super) fn needs_class_bins(self) -> bool {
        matches!(
            self,
            Self::ClasswiseCalibrationError | Self::ClassCalibrationError(_)
        )
    }
}
