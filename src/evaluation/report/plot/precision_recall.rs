//! Precision against recall.

use plotters::element::{PathElement, Text};
use plotters::style::text_anchor::{HPos, VPos};

use super::Plot;
use super::axes::Axes;
use super::canvas::{draw, letters, line, short, tenths};
use super::ink::{Ink, N_SERIES};
use crate::Error;
use crate::evaluation::table::share;
use crate::evaluation::{CurveOfPrecision, Evaluation};

const HEIGHT: u32 = 320;
/// Pixels of a line of the legend.
const ENTRY: u32 = 18;

/// A curve for each label, the most frequent ones if there are more than have colours; the legend gives their average precision.
pub(in super::super) fn precision_recall(evaluation: &Evaluation) -> Result<Plot, Error> {
    let support = |curve: &CurveOfPrecision| {
        let class = evaluation
            .classes
            .iter()
            .find(|class| class.label == curve.label);
        class.map_or(0, |class| class.support)
    };
    let average = |curve: &CurveOfPrecision| {
        let class = evaluation
            .classes
            .iter()
            .find(|class| class.label == curve.label);
        class.and_then(|class| class.average_precision.value)
    };
    let mut curves: Vec<&CurveOfPrecision> = evaluation.precision_recall.iter().collect();
    if curves.len() > N_SERIES {
        curves.sort_by_key(|curve| std::cmp::Reverse(support(curve)));
        curves.truncate(N_SERIES);
    }
    let height = HEIGHT + ENTRY * curves.len() as u32 + 8;
    let description = format!("Precision against recall of {} labels.", curves.len());
    draw("precision-recall", description, (400, height), |canvas| {
        let (above, below) = canvas.split_vertically(tenths(f64::from(HEIGHT)));
        let mut field = Axes::of_shares("recall", "precision").field(&above, 14.0)?;
        for (number, curve) in curves.iter().enumerate() {
            let points: Vec<(f64, f64)> = curve
                .points
                .iter()
                .map(|point| (point.recall, point.precision))
                .collect();
            field.draw_series([PathElement::new(points, line(Ink::series(number), 2.0))])?;
            let y = tenths(f64::from(ENTRY) * (number as f64 + 0.5) + 4.0);
            let key = [(tenths(48.0), y), (tenths(78.0), y)];
            below.draw(&PathElement::new(key, line(Ink::series(number), 2.5)))?;
            let text = format!(
                "{}, average precision {}",
                short(&curve.label, 28),
                share(average(curve))
            );
            let style = letters(11.5, Ink::TEXT, HPos::Left, VPos::Center);
            below.draw(&Text::new(text, (tenths(86.0), y), style))?;
        }
        Ok(())
    })
}
