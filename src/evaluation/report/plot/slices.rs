//! Accuracy by the values of a field.

use plotters::element::{Circle, PathElement};
use plotters::style::Color;
use plotters::style::text_anchor::{HPos, VPos};

use super::Plot;
use super::axes::{Axes, one_decimal, two_decimals, write_beside};
use super::canvas::{draw, letters, line, short, tenths};
use super::class_bars::whisker;
use super::ink::Ink;
use crate::Error;
use crate::evaluation::table::share;
use crate::evaluation::{Evaluation, SliceField};

/// The table has them all; of more values those with the most sentences are drawn.
pub(in super::super) const MOST: usize = 40;
/// Pixels of a value.
const ROW: f64 = 24.0;

/// A point with its 95 % percentile interval for each value, beside the accuracy over all as a dashed line; those significantly
/// worse in another colour and with the word. `number` tells the plots of several fields apart.
pub(in super::super) fn slices(
    evaluation: &Evaluation,
    field: &SliceField,
    number: usize,
) -> Result<Plot, Error> {
    let mut shown: Vec<_> = field.slices.iter().collect();
    if shown.len() > MOST {
        let mut sizes: Vec<u64> = shown.iter().map(|slice| slice.sentences).collect();
        sizes.sort_unstable_by(|a, b| b.cmp(a));
        let least = sizes[MOST - 1];
        shown.retain(|slice| slice.sentences >= least);
        shown.truncate(MOST);
    }
    let ends = shown.iter().flat_map(|slice| {
        let interval = slice.accuracy.percentile;
        [slice.accuracy.value, interval.map(|interval| interval.low)]
    });
    let low = ends
        .flatten()
        .fold(evaluation.overall.accuracy.value.unwrap_or(1.0), f64::min);
    let start = ((low * 10.0 - 0.1).floor() / 10.0).clamp(0.0, 0.9);
    let total = ROW * shown.len() as f64;
    let size = (400, (total + 50.0).ceil() as u32);
    let description = format!(
        "Accuracy with 95 % intervals for {} values of {}; {} are significantly worse.",
        shown.len(),
        field.field,
        shown.iter().filter(|slice| slice.worse).count()
    );
    draw(
        format!("slices-{}", number + 1),
        description,
        size,
        |canvas| {
            let mut axes = Axes::of_shares("accuracy", "");
            axes.x = start..1.0;
            axes.y = total..0.0;
            axes.left = 128.0;
            axes.y_numbers = 0;
            axes.x_number = if start >= 0.8 {
                two_decimals
            } else {
                one_decimal
            };
            let mut chart = axes.field(canvas, 82.0)?;
            if let Some(all) = evaluation.overall.accuracy.value {
                let rule = vec![(all, 0.0), (all, total)];
                chart.draw_series([PathElement::new(rule, line(Ink::RULE, 1.2))])?;
            }
            for (place, slice) in shown.iter().enumerate() {
                let y = ROW * (place as f64 + 0.5);
                let style = letters(11.5, Ink::TEXT, HPos::Right, VPos::Center);
                let name = short(&slice.value, 18);
                write_beside(canvas, &chart, (start, y), -8.0, name, style)?;
                let ink = if slice.worse { Ink::WRONG } else { Ink::RIGHT };
                if let Some(interval) = slice.accuracy.percentile {
                    for points in whisker(interval.low, interval.high, y) {
                        chart.draw_series([PathElement::new(points, line(ink, 1.4))])?;
                    }
                }
                if let Some(accuracy) = slice.accuracy.value {
                    let dot = Circle::new((accuracy, y), tenths(4.0), ink.colour().filled());
                    chart.draw_series([dot])?;
                }
                let mark = if slice.worse { "  worse" } else { "" };
                let text = format!("{}{mark}", share(slice.accuracy.value));
                let ink = if slice.worse { Ink::WRONG } else { Ink::TEXT };
                let style = letters(11.0, ink, HPos::Left, VPos::Center);
                write_beside(canvas, &chart, (1.0, y), 10.0, text, style)?;
            }
            Ok(())
        },
    )
}
