//! What the probabilities are worth.

use crate::evaluation::table::share;
use crate::evaluation::{Evaluation, Table};

use super::super::html::{figure, more, section, table};
use super::super::plots::Plots;

pub(in super::super) fn probabilities(evaluation: &Evaluation, plots: &Plots) -> String {
    let panels = [
        figure(
            &plots.precision_recall,
            "Precision against recall",
            "Each curve goes through all thresholds on the probability of a label: the higher and the further right, the better.",
        ),
        figure(
            &plots.reliability,
            "Reliability",
            "On the dashed line the model is right as often as it says; below it, it is too sure. The larger a circle, the more sentences.",
        ),
        figure(
            &plots.confidence,
            "Confidence",
            "How the probability of the label given is spread. Wrong answers far right are those that no threshold keeps out.",
        ),
    ];
    let body = format!("<div class=\"panels\">\n{}</div>\n", panels.concat());
    section(
        "Its probabilities",
        &(body + &more("Reliability and confidence as tables", &tables(evaluation))),
    )
}

fn tables(evaluation: &Evaluation) -> String {
    let range = |low: f64, high: f64| format!("{low:.2} – {high:.2}");
    let mut reliability = Table::new(["confidence", "sentences", "mean confidence", "share right"]);
    for bin in &evaluation.reliability {
        reliability.push([
            range(bin.low, bin.high),
            bin.sentences.to_string(),
            share(bin.confidence),
            share(bin.accuracy),
        ]);
    }
    let mut confidence = Table::new(["confidence", "right", "wrong"]);
    for bin in &evaluation.confidence_histogram {
        confidence.push([
            range(bin.low, bin.high),
            bin.right.to_string(),
            bin.wrong.to_string(),
        ]);
    }
    table("Reliability", &reliability) + &table("Confidence", &confidence)
}
