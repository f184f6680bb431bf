//! Figures as plain text.

use unicode_width::UnicodeWidthStr;

/// A table of text cells: the first column aligned left, the others right.
#[derive(Debug, Clone)]
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with its heading.
    #[must_use]
    pub fn new<S: Into<String>>(heading: impl IntoIterator<Item = S>) -> Self {
        Self {
            rows: vec![heading.into_iter().map(Into::into).collect()],
        }
    }

    /// Appends a row.
    pub fn push<S: Into<String>>(&mut self, row: impl IntoIterator<Item = S>) {
        self.rows.push(row.into_iter().map(Into::into).collect());
    }

    /// The heading and then the rows.
    pub(super) fn rows(&self) -> &[Vec<String>] {
        &self.rows
    }

    fn widths(&self) -> Vec<usize> {
        let n_columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            self.rows
                .iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.width())
                .max()
        };
        (0..n_columns)
            .map(|column| width(column).unwrap_or(0))
            .collect()
    }

    fn line(widths: &[usize], cells: &[String], separator: &str) -> String {
        let padded = widths
            .iter()
            .zip(cells)
            .enumerate()
            .map(|(column, (&width, cell))| {
                let padding = " ".repeat(width.saturating_sub(cell.width()));
                if column == 0 {
                    format!("{cell}{padding}")
                } else {
                    format!("{padding}{cell}")
                }
            });
        padded.collect::<Vec<_>>().join(separator)
    }

    /// The table for a terminal, columns two spaces apart.
    #[must_use]
    pub fn to_text(&self) -> String {
        let widths = self.widths();
        self.rows
            .iter()
            .map(|row| Self::line(&widths, row, "  ").trim_end().to_owned() + "\n")
            .collect()
    }

    /// The table as the user asked for it: in Markdown, or for a terminal.
    #[must_use]
    pub fn render(&self, markdown: bool) -> String {
        match markdown {
            true => self.to_markdown(),
            false => self.to_text(),
        }
    }

    /// The table in Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let widths = self.widths();
        let mut lines: Vec<String> = self
            .rows
            .iter()
            .map(|row| format!("| {} |\n", Self::line(&widths, row, " | ")))
            .collect();
        let rule = widths
            .iter()
            .enumerate()
            .map(|(column, _)| if column == 0 { "---" } else { "---:" });
        lines.insert(1, format!("| {} |\n", rule.collect::<Vec<_>>().join(" | ")));
        lines.concat()
    }
}

/// A share with three decimals, or a dash where there is none.
pub(crate) fn share(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.3}"))
}
