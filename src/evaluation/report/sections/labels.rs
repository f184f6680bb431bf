//! The figures of each label.

use crate::evaluation::table::share;
use crate::evaluation::{Evaluation, Table};

use super::super::html::{figure, section, table};
use super::super::plots::Plots;

pub(in super::super) fn labels(evaluation: &Evaluation, plots: &Plots) -> String {
    let mut rows = Table::new([
        "label",
        "sentences",
        "predicted",
        "precision",
        "recall",
        "F1",
        "avg. precision",
        "calibration error",
    ]);
    for class in &evaluation.classes {
        rows.push([
            class.label.clone(),
            class.support.to_string(),
            class.predicted.to_string(),
            share(class.precision.value),
            share(class.recall.value),
            share(class.f1.value),
            share(class.average_precision.value),
            share(class.calibration_error.value),
        ]);
    }
    let plot = figure(
        &plots.labels,
        "",
        "In brackets after a label: how many sentences are of it. Thin lines and brackets after a figure: 95 % intervals. Precision: of the \
         sentences given the label, the share that are of it. Recall: of those of it, the share found. F1: their harmonic mean.",
    );
    section(
        "Each label",
        &(plot + &table("Figures of each label", &rows)),
    )
}
