//! How sure the model was where it was right and where it was wrong.

use plotters::element::{Rectangle, Text};
use plotters::style::Color;
use plotters::style::text_anchor::{HPos, VPos};

use super::Plot;
use super::axes::{Axes, one_decimal, whole};
use super::canvas::{draw, letters, tenths};
use super::ink::Ink;
use crate::Error;
use crate::evaluation::Evaluation;

/// Bars of right predictions with the wrong ones on top.
pub(in super::super) fn confidence(evaluation: &Evaluation) -> Result<Plot, Error> {
    let bins = &evaluation.confidence_histogram;
    let most = bins
        .iter()
        .map(|bin| bin.right + bin.wrong)
        .max()
        .unwrap_or(0);
    let wrong: u64 = bins.iter().map(|bin| bin.wrong).sum();
    let description = format!(
        "Histogram of confidence: {} right predictions and {wrong} wrong ones on top of them.",
        evaluation.sentences - wrong.min(evaluation.sentences)
    );
    draw("confidence", description, (400, 320), |canvas| {
        let (above, below) = canvas.split_vertically(tenths(296.0));
        let mut field = Axes {
            y: 0.0..1.08 * most.max(1) as f64,
            y_name: "sentences",
            y_number: whole,
            x_number: one_decimal,
            left: 54.0,
            ..Axes::of_shares("confidence", "")
        }
        .field(&above, 14.0)?;
        for bin in bins {
            let gap = 0.08 * (bin.high - bin.low);
            let (right, all) = (bin.right as f64, (bin.right + bin.wrong) as f64);
            for (low, high, ink) in [(0.0, right, Ink::RIGHT), (right, all, Ink::WRONG)] {
                if high > low {
                    let corners = [(bin.low + gap, low), (bin.high - gap, high)];
                    field.draw_series([Rectangle::new(corners, ink.colour().filled())])?;
                }
            }
        }
        for (x, ink, name) in [(54.0, Ink::RIGHT, "right"), (124.0, Ink::WRONG, "wrong")] {
            let corners = [(tenths(x), tenths(6.0)), (tenths(x + 12.0), tenths(18.0))];
            below.draw(&Rectangle::new(corners, ink.colour().filled()))?;
            let style = letters(11.5, Ink::TEXT, HPos::Left, VPos::Center);
            below.draw(&Text::new(name, (tenths(x + 18.0), tenths(12.0)), style))?;
        }
        Ok(())
    })
}
