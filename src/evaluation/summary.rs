//! The tables of an evaluation.

use super::table::share;
use super::{ConfusionMatrix, Figure, Scores, Table};

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

/// Precision, recall and F1 of each class, F1 with its 95 % interval.
#[must_use]
pub fn class_table(scores: &Scores, labels: &[String], seed: u64) -> Table {
    let mut table = Table::new([
        "label",
        "precision",
        "recall",
        "F1",
        "95 % interval",
        "sentences",
    ]);
    let matrix = scores.confusion_matrix();
    for (class, label) in labels.iter().enumerate() {
        table.push([
            label.clone(),
            share(matrix.precision(class)),
            share(matrix.recall(class)),
            share(matrix.f1(class)),
            interval(scores, Figure::F1(class), seed),
            matrix.support(class).to_string(),
        ]);
    }
    table
}

/// Figures over all classes with their 95 % intervals.
#[must_use]
pub fn overall_table(scores: &Scores, seed: u64) -> Table {
    let mut table = Table::new(["all classes", "value", "95 % interval"]);
    for (name, figure) in [
        ("macro-F1", Figure::MacroF1),
        ("accuracy", Figure::Accuracy),
        ("log-loss (nats)", Figure::LogLoss),
        ("expected calibration error", Figure::CalibrationError),
    ] {
        table.push([
            name.to_owned(),
            share(scores.value(figure)),
            interval(scores, figure, seed),
        ]);
    }
    table
}

fn interval(scores: &Scores, figure: Figure, seed: u64) -> String {
    scores.interval(figure, seed).map_or_else(
        || "–".to_owned(),
        |i| format!("{:.3} – {:.3}", i.low, i.high),
    )
}
