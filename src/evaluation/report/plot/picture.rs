//! A plot in a page or in a file of its own.

use super::ink::style;
use crate::markup::escape;

/// A plot as SVG.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot {
    /// What it is called, such as "confusion-matrix"; may be the name of a file.
    pub name: String,
    /// What it shows, for people who do not see it.
    pub description: String,
    /// Width at its natural size, in pixels.
    pub width: u32,
    /// Height at its natural size, in pixels.
    pub height: u32,
    /// What is drawn, in tenths of a pixel, with classes in the place of colours.
    pub(super) content: String,
}

impl Plot {
    /// The plot as an element of a page that holds its style.
    pub(in super::super) fn inline(&self) -> String {
        format!(
            "<svg class=\"plot\" {} role=\"img\" aria-label=\"{}\">\n{}</svg>\n",
            self.view_box(),
            escape(&self.description),
            self.content
        )
    }

    /// The plot as a file of its own, which needs no other and follows the reader's light or dark scheme.
    #[must_use]
    pub fn to_svg(&self) -> String {
        let Self { width, height, .. } = self;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" {} role=\"img\">\n\
             <title>{}</title>\n<style>\n:root{{color-scheme:light dark}}\n\
             text{{font-family:system-ui,\"Segoe UI\",Roboto,\"Noto Sans\",\"Noto Sans Arabic\",\"DejaVu Sans\",sans-serif}}\n{}</style>\n\
             <rect class=\"f-page\" width=\"100%\" height=\"100%\"/>\n{}</svg>\n",
            self.view_box(),
            escape(&self.description),
            style(),
            self.content
        )
    }

    fn view_box(&self) -> String {
        format!("viewBox=\"0 0 {} {}\"", 10 * self.width, 10 * self.height)
    }
}
