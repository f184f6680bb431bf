//! What more labels would bring.

use plotters::element::{Circle, PathElement};
use plotters::style::Color;

use super::Plot;
use super::axes::{Axes, two_decimals, whole};
use super::canvas::{draw, line, tenths};
use super::ink::Ink;
use crate::Error;
use crate::evaluation::LearningCurveResult;

/// Macro-F1 against the number of sentences, each with a standard deviation above and below, the fitted power law, and, as a
/// ring, what it expects of twice the sentences. `None` without points.
pub(in super::super) fn learning_curve(curve: &LearningCurveResult) -> Result<Option<Plot>, Error> {
    let points: Vec<(f64, f64, f64)> = curve
        .points
        .iter()
        .filter_map(|point| {
            Some((
                point.sentences,
                point.macro_f1?,
                point.deviation.unwrap_or(0.0),
            ))
        })
        .collect();
    let twice = curve.twice_sentences.zip(curve.twice_macro_f1);
    let Some(&(most, ..)) = points.last() else {
        return Ok(None);
    };
    let x_end = twice.map_or(most, |twice| twice.0) * 1.04;
    let law = law(curve, points[0].0, x_end / 1.04);
    let values = points
        .iter()
        .flat_map(|point| [point.1 - point.2, point.1 + point.2])
        .chain(law.iter().map(|point| point.1));
    let (low, high) = values.fold((1.0, 0.0), |(low, high): (f64, f64), value| {
        (low.min(value), high.max(value))
    });
    let y = ((low * 20.0 - 0.2).floor() / 20.0).max(0.0)
        ..((high * 20.0 + 0.2).ceil() / 20.0).clamp(0.05, 1.0);
    let description = format!(
        "Macro-F1 against the number of sentences trained on, at {} sizes, with a fitted power law.",
        points.len()
    );
    let plot = draw("learning-curve", description, (400, 320), |canvas| {
        let mut field = Axes {
            x: 0.0..x_end,
            y,
            x_name: "sentences trained on",
            y_name: "macro-F1",
            left: 54.0,
            x_numbers: 5,
            y_numbers: 6,
            x_number: whole,
            y_number: two_decimals,
        }
        .field(canvas, 20.0)?;
        if !law.is_empty() {
            field.draw_series([PathElement::new(law, line(Ink::RULE, 1.4))])?;
        }
        for (sentences, macro_f1, deviation) in points {
            let ends = vec![
                (sentences, macro_f1 - deviation),
                (sentences, macro_f1 + deviation),
            ];
            field.draw_series([PathElement::new(ends, line(Ink::RIGHT, 1.4))])?;
            let place = (sentences, macro_f1);
            field.draw_series([Circle::new(
                place,
                tenths(4.0),
                Ink::RIGHT.colour().filled(),
            )])?;
        }
        if let Some(place) = twice {
            field.draw_series([Circle::new(place, tenths(4.5), line(Ink::RIGHT, 1.8))])?;
        }
        Ok(())
    })?;
    Ok(Some(plot))
}

/// Points on the power law; none where there is none.
fn law(curve: &LearningCurveResult, from: f64, to: f64) -> Vec<(f64, f64)> {
    const STEPS: u32 = 60;
    let Some((scale, exponent)) = curve.scale.zip(curve.exponent) else {
        return Vec::new();
    };
    (0..=STEPS)
        .map(|step| from + (to - from) * f64::from(step) / f64::from(STEPS))
        .map(|size| (size, 1.0 - scale * libm::pow(size, -exponent)))
        .collect()
}
