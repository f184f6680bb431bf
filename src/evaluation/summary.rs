//! The tables of an evaluation.

use super::table::share;
use super::{ConfusionMatrix, Figure, Interval, Resampling, Scores, Table};

/// The confusion matrix with a heading that says what rows and columns are.
#[must_use]
pub fn confusion_table(matrix: &ConfusionMatrix, labels: &[String]) -> Table {
    let mut table = Table::new(
        ["truth ↓  predicted →".to_owned()]
            .into_iter()
            .chain(labels.iter().cloned()),
    );
    for (truth, label) in labels.iter().enumerate() {
        let counts =
            (0..labels.len()).map(|prediction| matrix.count(truth, prediction).to_string());
        table.push([label.clone()].into_iter().chain(counts));
    }
    table
}

/// The main figures of scored sentences with their 95 % intervals, measured once for all tables.
#[derive(Debug, Clone)]
pub struct Summary<'a> {
    labels: &'a [String],
    matrix: ConfusionMatrix,
    /// Those of [`OVERALL`], then F1 of each class.
    figures: Vec<(Option<f64>, Option<Interval>)>,
}

const OVERALL: [(&str, Figure); 4] = [
    ("macro-F1", Figure::MacroF1),
    ("accuracy", Figure::Accuracy),
    ("log-loss (nats)", Figure::LogLoss),
    ("expected calibration error", Figure::CalibrationError),
];

impl<'a> Summary<'a> {
    /// Measures `scores`, whose classes are `labels`; `seed` drives the resamples.
    #[must_use]
    pub fn new(scores: &Scores, labels: &'a [String], seed: u64) -> Self {
        let overall = OVERALL.iter().map(|&(_, figure)| figure);
        let figures: Vec<Figure> = overall.chain((0..labels.len()).map(Figure::F1)).collect();
        let resampling = Resampling {
            seed,
            ..Resampling::default()
        };
        Self {
            labels,
            matrix: scores.confusion_matrix(),
            figures: scores.percentile_intervals(&figures, resampling),
        }
    }

    /// Which labels were taken for which.
    #[must_use]
    pub fn confusion_matrix(&self) -> &ConfusionMatrix {
        &self.matrix
    }

    /// The figures over all classes.
    #[must_use]
    pub fn overall_table(&self) -> Table {
        let mut table = Table::new(["all classes", "value", "95 % interval"]);
        for ((name, _), &(value, range)) in OVERALL.iter().zip(&self.figures) {
            table.push([(*name).to_owned(), share(value), interval(range)]);
        }
        table
    }

    /// Precision, recall and F1 of each class, F1 with its interval.
    #[must_use]
    pub fn class_table(&self) -> Table {
        let mut table = Table::new([
            "label",
            "precision",
            "recall",
            "F1",
            "95 % interval",
            "sentences",
        ]);
        let f1 = &self.figures[OVERALL.len()..];
        for (class, (label, &(value, range))) in self.labels.iter().zip(f1).enumerate() {
            table.push([
                label.clone(),
                share(self.matrix.precision(class)),
                share(self.matrix.recall(class)),
                share(value),
                interval(range),
                self.matrix.support(class).to_string(),
            ]);
        }
        table
    }
}

fn interval(interval: Option<Interval>) -> String {
    interval.map_or_else(
        || "–".to_owned(),
        |i| format!("{:.3} – {:.3}", i.low, i.high),
    )
}
