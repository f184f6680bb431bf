//! Which labels are taken for which.

use crate::evaluation::render::sections as shown;
use crate::evaluation::{Evaluation, Table};

use super::super::html::{figure, more, percent, section, table};
use super::super::plots::Plots;

/// So many confusions stand below the matrix.
const SHOWN: usize = 8;

pub(in super::super) fn confusions(evaluation: &Evaluation, plots: &Plots) -> String {
    let mut body = figure(
        &plots.confusion_matrix,
        "",
        "Rows are what the sentences are, columns what they were taken for. The stronger the colour, the larger the share of the row: \
         on the diagonal right answers, elsewhere errors. Small shares of errors are set apart more finely.",
    );
    body += &more(
        "The counts as a table",
        &table("Confusion matrix", &shown::confusion_matrix(evaluation)),
    );
    if !evaluation.confusions.is_empty() {
        let mut rows = Table::new(["truth", "predicted as", "sentences", "of the truth"]);
        for confusion in evaluation.confusions.iter().take(SHOWN) {
            rows.push([
                confusion.truth.clone(),
                confusion.prediction.clone(),
                confusion.sentences.to_string(),
                percent(confusion.share_of_truth),
            ]);
        }
        body += "<h3>The most frequent confusions</h3>\n";
        body += &table("The most frequent confusions", &rows);
    }
    section("What is taken for what", &body)
}
