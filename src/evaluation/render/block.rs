//! A part of what is shown.

use super::wrap;
use crate::evaluation::Table;

/// A part of what is shown.
#[derive(Debug, Clone)]
pub enum Block {
    /// A heading.
    Heading(String),
    /// Words.
    Words(String),
    /// Numbers.
    Table(Table),
    /// Words, each line of which belongs to the one above.
    Lines(Vec<String>),
}

impl Block {
    /// For a terminal of `width` columns.
    #[must_use]
    pub fn to_text(&self, width: usize) -> String {
        let lines = |text: &str, indent: usize| -> String {
            let mut lines = String::new();
            for line in wrap(text, width.saturating_sub(indent).max(20)) {
                lines.extend([" ".repeat(indent).as_str(), &line, "\n"]);
            }
            lines
        };
        match self {
            Self::Heading(heading) => lines(heading, 0),
            Self::Words(words) => lines(words, 0),
            Self::Table(table) => table.to_text(),
            Self::Lines(all) => all
                .iter()
                .enumerate()
                .map(|(number, line)| lines(line, if number == 0 { 0 } else { 2 }))
                .collect(),
        }
    }

    /// As Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        match self {
            Self::Heading(heading) => format!("## {heading}\n"),
            Self::Words(words) => format!("{words}\n"),
            Self::Table(table) => table.to_markdown(),
            Self::Lines(lines) => {
                let mut text = format!("- {}\n", lines.join("  \n  "));
                // An asterisk or angle bracket in a sentence is no markup.
                for mark in ['*', '<', '_', '`'] {
                    text = text.replace(mark, &format!("\\{mark}"));
                }
                text
            }
        }
    }
}
