//! Parts of the data.

use crate::evaluation::Evaluation;
use crate::evaluation::render::sections as shown;

use super::super::html::{block, figure, name, section};
use super::super::plots::Plots;

pub(in super::super) fn slices(evaluation: &Evaluation, plots: &Plots) -> String {
    if evaluation.slices.is_empty() {
        return String::new();
    }
    let mut body = String::new();
    for (field, plot) in evaluation.slices.iter().zip(&plots.slices) {
        body.extend(["<h3>By ", &name(&field.field), "</h3>\n"]);
        body += &figure(
            plot,
            "",
            "Accuracy with 95 % intervals; the dashed line is that of all sentences.",
        );
        for part in shown::slices(field) {
            body += &block(&field.field, &part);
        }
    }
    section("Parts of the data", &body)
}
