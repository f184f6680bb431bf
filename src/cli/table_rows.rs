//! Rows for people.

use std::io::Write;

use marsad::archive::{DocumentRow, Duplicate, Row, RowFormat, RowShape, Unit};
use unicode_width::UnicodeWidthStr;

use super::terminal::{DIM, RESET, class_style, isolate, wrap};

/// Label, confidence and sentence in columns, the sentence last so that its direction cannot disturb the others.
pub(super) struct TableRows<'a> {
    labels: &'a [String],
    unit: Unit,
    /// Whether a column says how a sentence repeats another.
    duplicates: bool,
    label_width: usize,
    text_width: usize,
}

impl<'a> TableRows<'a> {
    pub(super) fn new(labels: &'a [String], shape: &RowShape, terminal_width: usize) -> Self {
        let label_width = labels
            .iter()
            .map(|label| label.width())
            .max()
            .unwrap_or(0)
            .max(5);
        let mut rows = Self {
            labels,
            unit: shape.unit,
            duplicates: shape.duplicates,
            label_width,
            text_width: 0,
        };
        rows.text_width = terminal_width.saturating_sub(rows.indent()).max(20);
        rows
    }

    /// The width of the columns before the sentence.
    fn indent(&self) -> usize {
        self.label_width + 10 + if self.duplicates { 7 } else { 0 }
    }

    /// The lines of one sentence, indented by the width of the columns before it.
    fn sentence(&self, class: Option<usize>, figure: &str, text: &str, out: &mut Vec<u8>) {
        let style = class.map_or(DIM, class_style);
        let label = class.map_or("–", |class| &self.labels[class]);
        let padding = " ".repeat(self.label_width - label.width());
        for (index, line) in wrap(text, self.text_width).iter().enumerate() {
            // Writing to a vector cannot fail.
            let _ = match index {
                0 => writeln!(
                    out,
                    "{style}{label}{RESET}{padding}  {figure:>6}  {}",
                    isolate(line)
                ),
                _ => writeln!(
                    out,
                    "{:indent$}{}",
                    "",
                    isolate(line),
                    indent = self.indent()
                ),
            };
        }
    }
}

impl RowFormat for TableRows<'_> {
    fn header(&self, out: &mut Vec<u8>) {
        let (width, figure) = match self.unit {
            Unit::Sentence if self.duplicates => (self.label_width, " conf.  dup.   sentence"),
            Unit::Sentence => (self.label_width, " conf.  sentence"),
            Unit::Document => (self.label_width, " count  strongest sentence"),
        };
        // Writing to a vector cannot fail.
        let _ = writeln!(out, "{DIM}{:width$}  {figure}{RESET}", "label");
    }

    fn row(&self, row: &Row, out: &mut Vec<u8>) {
        let mut figures = format!("{:.0} %", 100.0 * row.confidence());
        if self.duplicates {
            let duplicate = row.duplicate.map_or("", Duplicate::name);
            figures = format!("{figures:>6}  {duplicate:<5}");
        }
        self.sentence(row.class, &figures, row.text, out);
    }

    fn document(&self, row: &DocumentRow, out: &mut Vec<u8>) {
        let id = row.id.map(|id| format!("  {}", isolate(id)));
        let _ = writeln!(
            out,
            "{DIM}{}:{}{}{RESET}",
            row.source,
            row.record,
            id.unwrap_or_default()
        );
        for (class, label) in row.labels.iter().enumerate() {
            if let Some(strongest) = label.strongest {
                let count = label.count.to_string();
                self.sentence(Some(class), &count, strongest.of(row.text), out);
            }
        }
    }
}
