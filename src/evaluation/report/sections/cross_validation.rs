//! What each part of a cross-validation gave.

use crate::evaluation::Evaluation;
use crate::evaluation::render::sections as shown;

use super::super::html::{block, section};

pub(in super::super) fn cross_validation(evaluation: &Evaluation) -> String {
    let Some(result) = &evaluation.cross_validation else {
        return String::new();
    };
    let blocks = shown::parts(result);
    let body: String = blocks
        .iter()
        .map(|part| block("Parts held out", part))
        .collect();
    section("The parts held out", &body)
}
