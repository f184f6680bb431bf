//! Where a plot is drawn.

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::Plot;
use super::ink::{Ink, marked};
use crate::Error;
use crate::markup::plain;

/// `plotters` knows whole units only, so one is a tenth of a pixel.
pub(super) type Canvas<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// Pixels in the units of the canvas.
pub(super) fn tenths(pixels: f64) -> i32 {
    (10.0 * pixels).round() as i32
}

/// A plot of `width` and `height` pixels.
pub(super) fn draw<D>(
    name: impl Into<String>,
    description: String,
    (width, height): (u32, u32),
    drawing: D,
) -> Result<Plot, Error>
where
    D: FnOnce(&Canvas) -> Result<(), Box<dyn std::error::Error>>,
{
    let name = name.into();
    let mut svg = String::new();
    {
        let canvas =
            SVGBackend::with_string(&mut svg, (10 * width, 10 * height)).into_drawing_area();
        drawing(&canvas)
            .and_then(|()| Ok(canvas.present()?))
            .map_err(|e| Error::Data(format!("the plot {name} cannot be drawn: {e}")))?;
    }
    // What is between the outermost tags; `Plot` writes its own.
    let content = svg.split_once('>').map_or("", |(_, rest)| rest);
    let content = content
        .rsplit_once("</svg>")
        .map_or(content, |(inner, _)| inner);
    Ok(Plot {
        name,
        description,
        width,
        height,
        content: marked(content.trim_start()),
    })
}

/// Letters of `size` pixels; `plotters` writes a size divided by 1.24.
pub(super) fn letters(size: f64, ink: Ink, h: HPos, v: VPos) -> TextStyle<'static> {
    TextStyle {
        font: ("sans-serif", 12.4 * size).into_font(),
        color: ink.colour().to_backend_color(),
        pos: Pos::new(h, v),
    }
}

/// A line of so many pixels.
pub(super) fn line(ink: Ink, width: f64) -> ShapeStyle {
    ink.colour().stroke_width(tenths(width).unsigned_abs())
}

/// A name that a plot has room for and XML can hold, of at most `n` characters.
pub(super) fn short(name: &str, n: usize) -> String {
    let name = plain(name);
    match name.chars().count() > n {
        true => name
            .chars()
            .take(n.saturating_sub(1))
            .chain(['…'])
            .collect(),
        false => name,
    }
}
