//! How all this was measured.

use std::fmt::Write;

use crate::evaluation::render::sections as shown;
use crate::evaluation::{Detail, Evaluation, Table};
use crate::markup::escape;

use super::super::html::{block, more, section, table};
use crate::evaluation::Block;

/// All figures with both intervals, what was measured on what, and what the figures mean.
pub(in super::super) fn method(evaluation: &Evaluation) -> String {
    let all = Detail {
        all_figures: true,
        examples: 0,
    };
    let mut body = table("All figures", &shown::overall(evaluation, all));
    let classes = shown::classes(evaluation, all).skip(1).map(Block::Table);
    let classes: String = classes
        .map(|part| block("Figures of each label with both intervals", &part))
        .collect();
    body += &more("Each label with both intervals", &classes);
    let facts = &evaluation.resampling;
    // Writing to a string cannot fail.
    if facts.resamples > 0 {
        let _ = writeln!(
            body,
            "<p>Intervals hold the true figure in 95 of 100 samples. They come from {} resamples of the {} {}s (seed {}): percentile \
             intervals (Efron and Tibshirani 1993) and, corrected for bias and skewness, BCa intervals (Efron 1987). Prefer the latter for \
             calibration errors, which resampling makes larger. A figure that is a ratio of nothing is “–”.</p>",
            facts.resamples,
            facts.units,
            escape(&facts.unit),
            facts.seed
        );
    }
    let mut files = Table::new(["file", "sentences", "SHA-256"]);
    for file in &evaluation.data {
        files.push([
            file.file.clone(),
            file.sentences.to_string(),
            file.sha256.clone(),
        ]);
    }
    body += &table("Files measured on", &files);
    if let Some(checksum) = &evaluation.model.sha256 {
        let _ = writeln!(
            body,
            "<p class=\"quiet\">Weights of the model, SHA-256: <span class=\"name\">{}</span></p>",
            escape(checksum)
        );
    }
    section("All figures, and how they were measured", &body)
}
