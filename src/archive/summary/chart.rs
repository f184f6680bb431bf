//! A bar chart as SVG.
//!
//! Written by hand and not with `plotters`, which draws the reports of evaluations: it knows no `<title>`, the only way to show a bar's
//! figures without a script, and rounds places, which makes sixty bars uneven. What is drawn here is rectangles, lines and short
//! numbers; names stand in the page, where they can wrap.

use std::fmt::Write;

use crate::markup::escape;

/// In the units of the view box; a phone shows about one of its pixels for a unit.
const WIDTH: f64 = 360.0;
const HEIGHT: f64 = 156.0;
const LEFT: f64 = 46.0;
const RIGHT: f64 = 10.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 24.0;

/// One bar.
pub(super) struct Bar {
    /// In the unit of the vertical axis.
    pub(super) height: f64,
    /// Its figures in words.
    pub(super) title: String,
    /// Whether it stands on few observations, and is drawn so.
    pub(super) pale: bool,
}

/// Bars side by side over an axis from 0.
pub(super) struct BarChart {
    /// What the chart shows, for those who do not see it.
    pub(super) description: String,
    /// The class of the bars in the style sheet.
    pub(super) colour: String,
    pub(super) bars: Vec<Bar>,
    /// Marks of the horizontal axis: a place in bars, 0 being the left edge of the first, and a text.
    pub(super) marks: Vec<(f64, String)>,
    /// The largest value that must fit; higher bars are cut off at the top.
    pub(super) largest: f64,
    /// The least distance of marks of the vertical axis: 1 for what comes whole.
    pub(super) least_step: f64,
    /// Writes a value of the vertical axis.
    pub(super) value: fn(f64) -> String,
    /// A place in bars at which a line stands.
    pub(super) rule: Option<f64>,
}

impl BarChart {
    /// The chart as an element to stand in a page.
    pub(super) fn to_svg(&self) -> String {
        let step = step(self.largest).max(self.least_step);
        let top = (self.largest / step).ceil().max(1.0);
        let y = |value: f64| HEIGHT - BOTTOM - value / (step * top) * (HEIGHT - TOP - BOTTOM);
        let slot = (WIDTH - LEFT - RIGHT) / self.bars.len().max(1) as f64;
        let x = |place: f64| LEFT + place * slot;
        let mut svg = format!(
            "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}\">\n",
            escape(&self.description)
        );
        for i in 0..=top as u32 {
            let value = f64::from(i) * step;
            let class = if i == 0 { "axis" } else { "grid" };
            line(&mut svg, class, (LEFT, y(value)), (WIDTH - RIGHT, y(value)));
            text(
                &mut svg,
                "end",
                LEFT - 6.0,
                y(value) + 4.0,
                &(self.value)(value),
            );
        }
        let gap = (slot * 0.2).min(3.0);
        for (i, bar) in self
            .bars
            .iter()
            .enumerate()
            .filter(|(_, bar)| bar.height > 0.0)
        {
            let pale = if bar.pale { " pale" } else { "" };
            // What is there at all is seen.
            let height = (y(0.0) - y(bar.height)).clamp(0.8, y(0.0) - TOP);
            push(
                &mut svg,
                format_args!(
                    "<rect class=\"{}{pale}\" x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{height:.2}\"><title>{}</title></rect>\n",
                    self.colour,
                    x(i as f64) + gap / 2.0,
                    y(0.0) - height,
                    slot - gap,
                    escape(&bar.title),
                ),
            );
        }
        for (place, name) in &self.marks {
            line(
                &mut svg,
                "axis",
                (x(*place), y(0.0)),
                (x(*place), y(0.0) + 4.0),
            );
            text(&mut svg, "middle", x(*place), y(0.0) + 16.0, name);
        }
        if let Some(place) = self.rule {
            line(&mut svg, "rule", (x(place), TOP), (x(place), y(0.0)));
        }
        svg.push_str("</svg>");
        svg
    }
}

/// The distance of marks on an axis that must reach `largest`: 1, 2 or 5 times a power of ten, two to five of them.
fn step(largest: f64) -> f64 {
    if largest <= 0.0 {
        return 1.0;
    }
    // `libm` gives the same bits on every platform.
    let power = libm::exp10(libm::log10(largest / 4.0).floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power);
    let fits = |&step: &f64| largest / step <= 4.0 + 1e-9;
    steps.into_iter().find(fits).unwrap_or(10.0 * power)
}

fn line(svg: &mut String, class: &str, from: (f64, f64), to: (f64, f64)) {
    push(
        svg,
        format_args!(
            "<line class=\"{class}\" x1=\"{:.2}\" y1=\"{:.2}\" x2=\"{:.2}\" y2=\"{:.2}\"/>\n",
            from.0, from.1, to.0, to.1
        ),
    );
}

fn text(svg: &mut String, anchor: &str, x: f64, y: f64, text: &str) {
    push(
        svg,
        format_args!(
            "<text text-anchor=\"{anchor}\" x=\"{x:.2}\" y=\"{y:.2}\">{}</text>\n",
            escape(text)
        ),
    );
}

fn push(svg: &mut String, text: std::fmt::Arguments) {
    // Writing to a string cannot fail.
    let _ = svg.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_round_and_neither_few_nor_many() {
        for (largest, expected) in [
            (1.0, 0.5),
            (0.07, 0.02),
            (4.0, 1.0),
            (4.1, 2.0),
            (950.0, 500.0),
            (0.0, 1.0),
        ] {
            assert!((step(largest) - expected).abs() < 1e-12, "{largest}");
        }
        for i in 1..2000 {
            let largest = 1.01f64.powi(i - 1000);
            let marks = (largest / step(largest)).ceil();
            assert!((2.0..=4.0).contains(&marks), "{largest}: {marks}");
        }
    }
}
