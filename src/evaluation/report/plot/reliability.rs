//! Confidence against accuracy.

use plotters::element::{Circle, PathElement};
use plotters::style::Color;

use super::Plot;
use super::axes::Axes;
use super::canvas::{draw, line, tenths};
use super::ink::Ink;
use crate::Error;
use crate::evaluation::Evaluation;

/// A circle for each bin, its area by the number of sentences, tied to the dashed line on which confidence equals accuracy
/// (Niculescu-Mizil and Caruana 2005).
pub(in super::super) fn reliability(evaluation: &Evaluation) -> Result<Plot, Error> {
    let bins: Vec<(f64, f64, u64)> = evaluation
        .reliability
        .iter()
        .filter_map(|bin| Some((bin.confidence?, bin.accuracy?, bin.sentences)))
        .collect();
    let most = bins.iter().map(|bin| bin.2).max().unwrap_or(1).max(1) as f64;
    let description = format!(
        "Share of right predictions against confidence in {} bins; on the dashed line they are equal.",
        bins.len()
    );
    draw("reliability", description, (400, 320), |canvas| {
        let mut field = Axes::of_shares("confidence", "share that is right").field(canvas, 14.0)?;
        field.draw_series([PathElement::new(
            vec![(0.0, 0.0), (1.0, 1.0)],
            line(Ink::RULE, 1.2),
        )])?;
        for (confidence, accuracy, sentences) in bins {
            let gap = vec![(confidence, confidence), (confidence, accuracy)];
            field.draw_series([PathElement::new(gap, line(Ink::RIGHT, 1.2))])?;
            let radius = tenths(2.5 + 8.5 * (sentences as f64 / most).sqrt());
            field.draw_series([Circle::new(
                (confidence, accuracy),
                radius,
                Ink::RIGHT.colour().filled(),
            )])?;
        }
        Ok(())
    })
}
