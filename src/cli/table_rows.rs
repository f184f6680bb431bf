//! Rows for people.

use std::io::Write;

use marsad::archive::{Row, RowFormat};
use unicode_width::UnicodeWidthStr;

use super::terminal::{DIM, RESET, class_style, isolate, wrap};

/// Label, confidence and sentence in columns, the sentence last so that its direction cannot disturb the others.
pub(super) struct TableRows<'a> {
    labels: &'a [String],
    label_width: usize,
    text_width: usize,
}

impl<'a> TableRows<'a> {
    pub(super) fn new(labels: &'a [String], terminal_width: usize) -> Self {
        let label_width = labels
            .iter()
            .map(|label| label.width())
            .max()
            .unwrap_or(0)
            .max(5);
        Self {
            labels,
            label_width,
            text_width: terminal_width.saturating_sub(label_width + 10).max(20),
        }
    }
}

impl RowFormat for TableRows<'_> {
    fn header(&self, out: &mut Vec<u8>) {
        let width = self.label_width;
        // Writing to a vector cannot fail.
        let _ = writeln!(out, "{DIM}{:width$}   conf.  sentence{RESET}", "label");
    }

    fn row(&self, row: &Row, out: &mut Vec<u8>) {
        let class = row.prediction.class();
        let style = class_style(class);
        let label = &self.labels[class];
        let padding = " ".repeat(self.label_width - label.width());
        let percent = format!("{:.0} %", 100.0 * row.prediction.confidence());
        for (index, line) in wrap(row.text, self.text_width).iter().enumerate() {
            let _ = match index {
                0 => writeln!(
                    out,
                    "{style}{label}{RESET}{padding}  {percent:>6}  {}",
                    isolate(line)
                ),
                _ => writeln!(
                    out,
                    "{:indent$}{}",
                    "",
                    isolate(line),
                    indent = self.label_width + 10
                ),
            };
        }
    }
}
