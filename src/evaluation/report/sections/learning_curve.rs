//! What more labels would bring.

use crate::evaluation::Evaluation;

use super::super::html::{figure, section, table};
use super::super::plots::Plots;

pub(in super::super) fn learning_curve(evaluation: &Evaluation, plots: &Plots) -> String {
    let Some((curve, plot)) = evaluation
        .learning_curve
        .as_ref()
        .zip(plots.learning_curve.as_ref())
    else {
        return String::new();
    };
    let plot = figure(
        plot,
        "",
        "Mean macro-F1 of models trained on samples, with a standard deviation up and down. The dashed line is the power law \
         fitted to them, the ring what it expects of twice the sentences.",
    );
    section(
        "What more labels would bring",
        &(plot + &table("Learning curve", &curve.table())),
    )
}
