//! A field with two axes.

use std::ops::Range;

use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

use super::canvas::{Canvas, letters, line, tenths};
use super::ink::Ink;

/// Where data is drawn.
pub(super) type Field<'a, 'b> =
    ChartContext<'a, SVGBackend<'b>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// The two axes of a field.
pub(super) struct Axes {
    pub(super) x: Range<f64>,
    pub(super) y: Range<f64>,
    /// What the horizontal axis is; nothing is written for "".
    pub(super) x_name: &'static str,
    /// What the vertical axis is.
    pub(super) y_name: &'static str,
    /// Pixels for the numbers and the name of the vertical axis.
    pub(super) left: f64,
    /// About so many numbers; 0 for an axis without.
    pub(super) x_numbers: usize,
    pub(super) y_numbers: usize,
    pub(super) x_number: fn(f64) -> String,
    pub(super) y_number: fn(f64) -> String,
}

impl Axes {
    /// Two shares, each from 0 to 1.
    pub(super) fn of_shares(x_name: &'static str, y_name: &'static str) -> Self {
        Self {
            x: 0.0..1.0,
            y: 0.0..1.0,
            x_name,
            y_name,
            left: 48.0,
            x_numbers: 6,
            y_numbers: 6,
            x_number: one_decimal,
            y_number: one_decimal,
        }
    }

    /// Draws grid, numbers and names, leaving `right` pixels free.
    pub(super) fn field<'a, 'b>(
        self,
        canvas: &'a Canvas<'b>,
        right: f64,
    ) -> Result<Field<'a, 'b>, Box<dyn std::error::Error>>
    where
        'b: 'a,
    {
        let below = if self.x_name.is_empty() { 22.0 } else { 40.0 };
        let mut field = ChartBuilder::on(canvas)
            .margin_top(tenths(10.0))
            .margin_right(tenths(right))
            .set_label_area_size(LabelAreaPosition::Left, tenths(self.left))
            .set_label_area_size(LabelAreaPosition::Bottom, tenths(below))
            .build_cartesian_2d(self.x, self.y)?;
        let numbers = letters(11.0, Ink::QUIET, HPos::Center, VPos::Top);
        let names = letters(12.0, Ink::QUIET, HPos::Center, VPos::Center);
        let nothing = Ink::GRID.colour().mix(0.0);
        let x_text = |x: &f64| (self.x_number)(*x);
        let y_text = |y: &f64| (self.y_number)(*y);
        let mut mesh = field.configure_mesh();
        mesh.x_labels(self.x_numbers)
            .y_labels(self.y_numbers)
            .x_label_formatter(&x_text)
            .y_label_formatter(&y_text)
            .label_style(numbers)
            .axis_desc_style(names)
            .axis_style(line(Ink::QUIET, 1.0))
            .bold_line_style(line(Ink::GRID, 1.0))
            .light_line_style(nothing)
            .set_all_tick_mark_size(tenths(4.0));
        if !self.x_name.is_empty() {
            mesh.x_desc(self.x_name);
        }
        if !self.y_name.is_empty() {
            mesh.y_desc(self.y_name);
        }
        if self.y_numbers == 0 {
            mesh.disable_y_mesh().disable_y_axis();
        }
        mesh.draw()?;
        Ok(field)
    }
}

/// Writes `text` so many pixels right of a place in the field; `plotters` moves to the edge what the field itself is given outside of
/// its range.
pub(super) fn write_beside(
    canvas: &Canvas,
    field: &Field,
    place: (f64, f64),
    pixels: f64,
    text: String,
    style: TextStyle<'static>,
) -> Result<(), Box<dyn std::error::Error>> {
    let (x, y) = field.backend_coord(&place);
    Ok(canvas.draw(&Text::new(text, (x + tenths(pixels), y), style))?)
}

/// Such as "0.2".
pub(super) fn one_decimal(value: f64) -> String {
    format!("{value:.1}")
}

/// Such as "0.85".
pub(super) fn two_decimals(value: f64) -> String {
    format!("{value:.2}")
}

/// Such as "1500".
pub(super) fn whole(value: f64) -> String {
    format!("{value:.0}")
}
