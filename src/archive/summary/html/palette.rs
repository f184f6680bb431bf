//! Which colour a label has, everywhere in a page.

use super::super::SummaryReport;
use crate::markup::escape;

/// Colours of the style sheet; the last is for all labels that have none of their own.
const COLOURS: usize = 8;

/// The colours of the labels.
pub(super) struct Palette {
    /// By class.
    colours: Vec<usize>,
    /// Classes with a colour of their own, in the order of the classes.
    pub(super) own: Vec<usize>,
}

impl Palette {
    /// Up to eight labels have colours in their order, so that two runs of one model look alike; of more
    /// the seven most frequent have.
    pub(super) fn of(report: &SummaryReport) -> Self {
        let n_classes = report.labels.len();
        let n_own = if n_classes > COLOURS {
            COLOURS - 1
        } else {
            n_classes
        };
        let own = report.leading_classes(n_own);
        let mut colours = vec![COLOURS - 1; n_classes];
        for (colour, &class) in own.iter().enumerate() {
            colours[class] = colour;
        }
        Self { colours, own }
    }

    /// The class of a label in the style sheet.
    pub(super) fn class(&self, class: usize) -> String {
        format!("c{}", self.colours[class])
    }

    /// A label with a strip of its colour below it.
    pub(super) fn label(&self, report: &SummaryReport, class: usize) -> String {
        format!(
            "{}<span class=\"swatch {}\"></span>",
            super::name(&report.labels[class]),
            self.class(class)
        )
    }

    /// A strip cut into the shares of labels; `counts` by class. Empty where there are none.
    pub(super) fn strip(
        &self,
        report: &SummaryReport,
        counts: &[u64],
        note: fn(u64, u64) -> String,
    ) -> String {
        let total: u64 = counts.iter().sum();
        let mut strip = "<svg class=\"strip\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
             <rect class=\"empty\" width=\"1000\" height=\"10\"/>"
            .to_owned();
        let mut others = (0, 0);
        let mut x = 0.0;
        for (class, &n) in counts.iter().enumerate() {
            if !self.own.contains(&class) {
                others = (others.0 + n, others.1 + 1);
                continue;
            }
            let title = format!("{}: {}", report.labels[class], note(n, total));
            x += segment(&mut strip, &self.class(class), x, n, total, &title);
        }
        if others.1 > 0 {
            let title = format!("{} other labels: {}", others.1, note(others.0, total));
            segment(&mut strip, "c7", x, others.0, total, &title);
        }
        strip + "</svg>"
    }
}

/// Draws a segment and gives its width. The unit is a thousandth of the strip.
fn segment(strip: &mut String, colour: &str, x: f64, n: u64, total: u64, title: &str) -> f64 {
    if n == 0 {
        return 0.0;
    }
    let width = 1000.0 * n as f64 / total as f64;
    let segment = format!(
        "<rect class=\"{colour}\" x=\"{x:.2}\" width=\"{width:.2}\" height=\"10\"><title>{}</title></rect>",
        escape(title)
    );
    strip.push_str(&segment);
    width
}
