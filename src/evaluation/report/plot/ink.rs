//! Which colour a thing has, on light ground and on dark.

use std::fmt::Write;

use plotters::style::RGBColor;

/// A colour by what it is for. `plotters` writes a colour into an attribute, where it could not follow the reader's light or dark
/// scheme. So it is given a number in the place of a colour, and [`marked`] turns that into a class of [`style`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ink(u8);

impl Ink {
    pub(super) const TEXT: Self = Self(1);
    pub(super) const QUIET: Self = Self(2);
    pub(super) const GRID: Self = Self(3);
    /// A dashed line for comparison.
    pub(super) const RULE: Self = Self(4);
    /// On a cell of middling colour.
    pub(super) const ON_MIDDLE: Self = Self(5);
    /// On a cell of full colour.
    pub(super) const ON_FULL: Self = Self(6);
    pub(super) const RIGHT: Self = Self(7);
    pub(super) const WRONG: Self = Self(8);

    /// One of [`N_SERIES`] things side by side.
    pub(super) fn series(number: usize) -> Self {
        Self(9 + (number % N_SERIES) as u8)
    }

    /// A cell of a heat map; `level` from 0, nothing, to 8, all.
    pub(super) fn cell(level: usize, is_right: bool) -> Self {
        let first = if is_right { 17 } else { 26 };
        Self(first + level.min(8) as u8)
    }

    /// What `plotters` writes as `#0100` and two hexadecimal digits.
    pub(super) fn colour(self) -> RGBColor {
        RGBColor(1, 0, self.0)
    }
}

/// So many series have colours of their own; from the fifth on they are dashed as well.
pub(super) const N_SERIES: usize = 8;

/// Class, on light ground, on dark ground. The series are told apart by people who see red and green alike; the cells go from
/// the ground to the colours of right and wrong.
const INKS: [(&str, &str, &str); 35] = [
    ("page", "#ffffff", "#16191d"),
    ("text", "#1d2125", "#e4e7ea"),
    ("quiet", "#57606a", "#a3abb4"),
    ("grid", "#e6e9ec", "#2b3138"),
    ("rule", "#57606a", "#a3abb4"),
    ("on-middle", "#1d2125", "#16191d"),
    ("on-full", "#ffffff", "#16191d"),
    ("right", "#2f66ab", "#7aaeea"),
    ("wrong", "#c8553d", "#ee9077"),
    ("c0", "#2f66ab", "#7aaeea"),
    ("c1", "#c8553d", "#ee9077"),
    ("c2", "#2b8a5c", "#66c394"),
    ("c3", "#8459b3", "#ba9ae2"),
    ("c4", "#a57c00", "#d9b648"),
    ("c5", "#14879c", "#57c4d6"),
    ("c6", "#bf3f78", "#e985b1"),
    ("c7", "#787f88", "#9aa1aa"),
    ("right0", "#f6f7f8", "#1c2025"),
    ("right1", "#eef3f8", "#1e252d"),
    ("right2", "#dee7f2", "#26313e"),
    ("right3", "#c9d7e9", "#304052"),
    ("right4", "#b0c5df", "#3c526b"),
    ("right5", "#8ba9d0", "#4e6c90"),
    ("right6", "#658ec1", "#6087b5"),
    ("right7", "#4878b5", "#6e9cd1"),
    ("right8", "#2f66ab", "#7aaeea"),
    ("wrong0", "#f6f7f8", "#1c2025"),
    ("wrong1", "#fbf1ef", "#272324"),
    ("wrong2", "#f6e4e0", "#392c2b"),
    ("wrong3", "#f1d3cd", "#4e3834"),
    ("wrong4", "#eabeb5", "#68463f"),
    ("wrong5", "#e0a092", "#8f5c4f"),
    ("wrong6", "#d6816f", "#b67160"),
    ("wrong7", "#cf6954", "#d4826c"),
    ("wrong8", "#c8553d", "#ee9077"),
];

/// The classes of [`marked`] plots. Plain colours instead of variables, which drawing programs do not know.
pub(in super::super) fn style() -> String {
    let rules = |colour: fn(&(&'static str, &'static str, &'static str)) -> &'static str| {
        let mut rules = String::new();
        for ink in &INKS {
            let (class, colour) = (ink.0, colour(ink));
            // Writing to a string cannot fail.
            let _ = writeln!(
                rules,
                ".f-{class}{{fill:{colour}}}.s-{class}{{stroke:{colour}}}"
            );
        }
        rules
    };
    // Lengths are tenths of a pixel at the natural size.
    format!(
        "{}.s-rule{{stroke-dasharray:40 30}}\n.s-c4{{stroke-dasharray:70 30}}.s-c5{{stroke-dasharray:20 20}}\
         .s-c6{{stroke-dasharray:70 30 20 30}}.s-c7{{stroke-dasharray:100 40}}\n\
         @media screen and (prefers-color-scheme:dark){{\n{}}}\n",
        rules(|ink| ink.1),
        rules(|ink| ink.2)
    )
}

/// An SVG of `plotters` with classes in the place of colours, and without attributes that say what goes without saying.
pub(super) fn marked(svg: &str) -> String {
    let mut svg = svg
        .replace(" opacity=\"1\"", "")
        .replace(" stroke=\"none\"", "");
    for (number, (class, ..)) in INKS.iter().enumerate() {
        for (attribute, prefix) in [("fill", "f"), ("stroke", "s")] {
            svg = svg.replace(
                &format!("{attribute}=\"#0100{number:02X}\""),
                &format!("class=\"{prefix}-{class}\""),
            );
        }
    }
    svg
}
