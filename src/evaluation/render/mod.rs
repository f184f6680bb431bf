//! An evaluation for people: in a terminal and as Markdown.

mod block;
mod detail;
pub(super) mod sections;
mod sentences;
mod wrap;

pub use block::Block;
pub use detail::Detail;
pub use wrap::wrap;

use super::Evaluation;

impl Evaluation {
    /// For a terminal of `width` columns.
    #[must_use]
    pub fn to_text(&self, detail: Detail, width: usize) -> String {
        let blocks = sections::sections(self, detail);
        let parts: Vec<String> = blocks.iter().map(|block| block.to_text(width)).collect();
        parts.join("\n")
    }

    /// As Markdown, a heading a part.
    #[must_use]
    pub fn to_markdown(&self, detail: Detail) -> String {
        let blocks = sections::sections(self, detail);
        let parts: Vec<String> = blocks.iter().map(Block::to_markdown).collect();
        parts.join("\n")
    }

    /// The tables alone, for a terminal: without the sentence on what was measured on what.
    #[must_use]
    pub fn tables_to_text(&self, detail: Detail, width: usize) -> String {
        let blocks = sections::tables(self, detail);
        let parts: Vec<String> = blocks.iter().map(|block| block.to_text(width)).collect();
        parts.join("\n")
    }

    /// The tables alone, as Markdown.
    #[must_use]
    pub fn tables_to_markdown(&self, detail: Detail) -> String {
        let blocks = sections::tables(self, detail);
        let parts: Vec<String> = blocks.iter().map(Block::to_markdown).collect();
        parts.join("\n")
    }

    /// As JSON; docs/evaluation-schema.md describes it.
    ///
    /// # Errors
    ///
    /// [`Error::Data`](crate::Error::Data) when it cannot be written, which no evaluation causes that this crate makes.
    pub fn to_json(&self) -> Result<String, crate::Error> {
        let json = serde_json::to_string_pretty(self)
            .map_err(|e| crate::Error::Data(format!("the evaluation cannot be written: {e}")))?;
        Ok(json + "\n")
    }
}
