//! Precision, recall and F1 of each label as bars.

use plotters::element::{PathElement, Rectangle};
use plotters::style::Color;
use plotters::style::text_anchor::{HPos, VPos};

use super::Plot;
use super::axes::{Axes, one_decimal, write_beside};
use super::canvas::{draw, letters, line, short};
use super::ink::Ink;
use crate::Error;
use crate::evaluation::{ClassFigures, Estimate, Evaluation};

/// With more labels each has one bar, of F1.
const MOST_WITH_ALL: usize = 12;
/// Pixels of a bar with the space below it, and of the name over the bars of a label.
const BAR: f64 = 17.0;
const NAME: f64 = 26.0;

/// Bars from 0 to 1 with their 95 % percentile intervals as whiskers and their values at the side.
pub(in super::super) fn class_bars(evaluation: &Evaluation) -> Result<Plot, Error> {
    type Figure = (&'static str, fn(&ClassFigures) -> Estimate);
    const FIGURES: [Figure; 3] = [
        ("precision", |class| class.precision),
        ("recall", |class| class.recall),
        ("F1", |class| class.f1),
    ];
    let classes = &evaluation.classes;
    let figures = match classes.len() > MOST_WITH_ALL {
        true => &FIGURES[2..],
        false => &FIGURES[..],
    };
    let rows = NAME + BAR * figures.len() as f64;
    let total = rows * classes.len() as f64;
    let size = (400, (total + 34.0).ceil() as u32);
    let description = format!(
        "Bars of precision, recall and F1 of {} labels with 95 % intervals; the table gives the figures.",
        classes.len()
    );
    draw("labels", description, size, |canvas| {
        let mut field = Axes {
            // Pixels from the top.
            y: total..0.0,
            y_name: "",
            x_name: "",
            left: 66.0,
            y_numbers: 0,
            x_number: one_decimal,
            ..Axes::of_shares("", "")
        }
        .field(canvas, 134.0)?;
        for (place, class) in classes.iter().enumerate() {
            let top = place as f64 * rows;
            let name = letters(12.5, Ink::TEXT, HPos::Left, VPos::Center);
            let text = format!("{}  ({})", short(&class.label, 36), class.support);
            write_beside(canvas, &field, (0.0, top + NAME - 9.0), 0.0, text, name)?;
            for (number, (name, figure)) in figures.iter().enumerate() {
                let estimate = figure(class);
                let y = top + NAME + BAR * number as f64;
                let middle = y + (BAR - 4.0) / 2.0;
                let style = letters(11.0, Ink::QUIET, HPos::Right, VPos::Center);
                let text = (*name).to_owned();
                write_beside(canvas, &field, (0.0, middle), -6.0, text, style)?;
                let value = estimate.value.unwrap_or(0.0);
                let ink = Ink::series([0, 5, 3][(number + 3 - figures.len()) % 3]);
                let corners = [(0.0, y), (value, y + BAR - 4.0)];
                field.draw_series([Rectangle::new(corners, ink.colour().filled())])?;
                if let Some(interval) = estimate.percentile {
                    for points in whisker(interval.low, interval.high, middle) {
                        field.draw_series([PathElement::new(points, line(Ink::TEXT, 1.4))])?;
                    }
                }
                let style = letters(11.0, Ink::TEXT, HPos::Left, VPos::Center);
                let text = written(estimate);
                write_beside(canvas, &field, (1.0, middle), 10.0, text, style)?;
            }
        }
        Ok(())
    })
}

/// A line from `low` to `high` with an upright at each end.
pub(super) fn whisker(low: f64, high: f64, y: f64) -> [Vec<(f64, f64)>; 3] {
    let upright = |x: f64| vec![(x, y - 3.0), (x, y + 3.0)];
    [vec![(low, y), (high, y)], upright(low), upright(high)]
}

/// Such as "0.943 (0.907–0.975)".
pub(super) fn written(estimate: Estimate) -> String {
    let Some(value) = estimate.value else {
        return "–".to_owned();
    };
    match estimate.percentile {
        Some(interval) => format!("{value:.3} ({:.3}–{:.3})", interval.low, interval.high),
        None => format!("{value:.3}"),
    }
}
