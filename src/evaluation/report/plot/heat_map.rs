//! The confusion matrix as a heat map.

use plotters::element::{Rectangle, Text};
use plotters::style::text_anchor::{HPos, VPos};
use plotters::style::{Color, FontTransform};

use super::Plot;
use super::canvas::{Canvas, draw, letters, short, tenths};
use super::ink::Ink;
use crate::Error;
use crate::evaluation::Evaluation;

/// Room for the names of the rows.
const LEFT: f64 = 128.0;
/// Room for the words over the names of the columns.
const TOP: f64 = 22.0;

/// Cells by truth (rows) and prediction (columns), coloured by their share of the row: right answers in one colour, wrong ones
/// in another.
pub(in super::super) fn heat_map(evaluation: &Evaluation) -> Result<Plot, Error> {
    let labels = &evaluation.labels;
    let n = labels.len().max(1) as f64;
    let width = f64::max(400.0, LEFT + 30.0 * n);
    let cell = (width - LEFT - 2.0) / n;
    let height = f64::min(cell, 46.0);
    let names: Vec<Vec<String>> = labels
        .iter()
        .map(|label| lines(label, (cell / 6.0) as usize))
        .collect();
    let is_upright = names.iter().all(|lines| !lines.is_empty());
    let head = if is_upright {
        TOP + 15.0 * names.iter().map(Vec::len).max().unwrap_or(1) as f64 + 4.0
    } else {
        let longest = labels
            .iter()
            .map(|label| short(label, 20).chars().count())
            .max();
        TOP + 6.8 * longest.unwrap_or(0) as f64 + 12.0
    };
    let size = (width.ceil() as u32, (head + n * height + 4.0).ceil() as u32);
    let description = format!(
        "Confusion matrix of {} labels as a heat map: rows are what sentences are, columns what they were taken for.",
        labels.len()
    );
    draw("confusion-matrix", description, size, |canvas| {
        let words = |text: &str, x: f64, y: f64, style| {
            canvas.draw(&Text::new(text.to_owned(), (tenths(x), tenths(y)), style))
        };
        words(
            "predicted →",
            LEFT,
            10.0,
            letters(11.0, Ink::QUIET, HPos::Left, VPos::Center),
        )?;
        words(
            "truth ↓",
            LEFT - 8.0,
            head - 9.0,
            letters(11.0, Ink::QUIET, HPos::Right, VPos::Center),
        )?;
        for (class, label) in labels.iter().enumerate() {
            let across = LEFT + (class as f64 + 0.5) * cell;
            let down = head + (class as f64 + 0.5) * height;
            let row = letters(12.0, Ink::TEXT, HPos::Right, VPos::Center);
            words(&short(label, 20), LEFT - 8.0, down, row)?;
            if is_upright {
                let column = letters(12.0, Ink::TEXT, HPos::Center, VPos::Center);
                for (i, line) in names[class].iter().enumerate() {
                    let above = (names[class].len() - i) as f64 * 15.0;
                    words(line, across, head - above + 4.0, column.clone())?;
                }
            } else {
                let column = letters(12.0, Ink::TEXT, HPos::Left, VPos::Center)
                    .transform(FontTransform::Rotate270);
                words(&short(label, 20), across, head - 6.0, column)?;
            }
        }
        for (truth, counts) in evaluation.confusion_matrix.counts.iter().enumerate() {
            let support: u64 = counts.iter().sum();
            for (prediction, &count) in counts.iter().enumerate() {
                let corner = (
                    LEFT + prediction as f64 * cell,
                    head + truth as f64 * height,
                );
                draw_cell(
                    canvas,
                    corner,
                    (cell, height),
                    truth == prediction,
                    (count, support),
                )?;
            }
        }
        Ok(())
    })
}

/// A cell with its count and, where there is room, its share of the row.
fn draw_cell(
    canvas: &Canvas,
    (x, y): (f64, f64),
    (width, height): (f64, f64),
    is_right: bool,
    (count, support): (u64, u64),
) -> Result<(), Box<dyn std::error::Error>> {
    let share = count as f64 / support.max(1) as f64;
    let level = level(share);
    let ink = match level {
        0 => Ink::QUIET,
        1..=5 => Ink::TEXT,
        6 => Ink::ON_MIDDLE,
        _ => Ink::ON_FULL,
    };
    let place = |across: f64, down: f64| (tenths(x + across), tenths(y + down));
    let gap = if height > 30.0 { 1.5 } else { 0.5 };
    canvas.draw(&Rectangle::new(
        [place(gap, gap), place(width - gap, height - gap)],
        Ink::cell(level, is_right).colour().filled(),
    ))?;
    let middle = width / 2.0;
    let has_share = height > 40.0 && width > 44.0;
    let size = if has_share { 14.0 } else { 11.0 };
    let at = if has_share {
        height / 2.0 - 7.0
    } else {
        height / 2.0
    };
    let style = letters(size, ink, HPos::Center, VPos::Center);
    if count > 0 || has_share {
        canvas.draw(&Text::new(count.to_string(), place(middle, at), style))?;
    }
    if has_share && support > 0 {
        let style = letters(10.5, ink, HPos::Center, VPos::Center);
        let share = format!("{:.1} %", 100.0 * share);
        canvas.draw(&Text::new(share, place(middle, height / 2.0 + 10.0), style))?;
    }
    Ok(())
}

/// 0 for nothing to 8 for nearly all; small shares are told apart more finely, since errors are.
fn level(share: f64) -> usize {
    const ABOVE: [f64; 8] = [0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8];
    ABOVE.iter().filter(|&&least| share > least).count()
}

/// `label` in up to three lines of at most `width` characters, broken after `_`, `-` and spaces; empty where it does not fit.
fn lines(label: &str, width: usize) -> Vec<String> {
    let label = short(label, 40);
    let mut lines: Vec<String> = Vec::new();
    for piece in label.split_inclusive(['_', '-', ' ']) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + piece.chars().count() <= width => {
                line.push_str(piece)
            }
            _ => lines.push(piece.to_owned()),
        }
    }
    let fits = lines.len() <= 3 && lines.iter().all(|line| line.chars().count() <= width);
    if fits { lines } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_broken_at_its_joints_or_not_at_all() {
        assert_eq!(lines("diplomatic_meeting", 11), ["diplomatic_", "meeting"]);
        assert_eq!(lines("a b c", 5), ["a b c"]);
        assert!(lines("unbreakable", 5).is_empty());
    }

    #[test]
    fn no_share_is_level_0_and_all_is_level_8() {
        let levels = [0.0, 0.001, 0.03, 0.5, 0.81, 1.0].map(level);
        assert_eq!(levels, [0, 1, 2, 6, 8, 8]);
    }
}
