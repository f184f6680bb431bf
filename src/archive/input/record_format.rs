//! What the records of a file look like.

use super::Compression;

/// How a file holds documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordFormat {
    /// A document a line.
    Text,
    /// The file is one document.
    TextFile,
    /// A JSON object a line.
    Jsonl,
    /// Comma-separated values with a header (RFC 4180).
    Csv,
    /// Tab-separated values with a header; quotation marks have no meaning.
    Tsv,
    /// Web archives (ISO 28500): `response` records of HTML, and `conversion` records.
    Warc,
    /// Apache Parquet.
    Parquet,
}

impl RecordFormat {
    /// What data that begin with `start` must be: Parquet and WARC say their names.
    #[must_use]
    pub fn by_signature(start: &[u8]) -> Option<Self> {
        if start.starts_with(b"PAR1") {
            Some(Self::Parquet)
        } else if start.starts_with(b"WARC/") {
            Some(Self::Warc)
        } else {
            None
        }
    }

    /// What a file of this name holds, its path and the ending of its compression left aside.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        let name = Compression::strip_suffix(name);
        let (stem, ending) = name.rsplit_once('.')?;
        if stem.is_empty() || stem.ends_with(['/', '\\']) {
            return None;
        }
        match ending.to_ascii_lowercase().as_str() {
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            "txt" | "text" => Some(Self::Text),
            "csv" => Some(Self::Csv),
            "tsv" | "tab" => Some(Self::Tsv),
            "warc" | "wet" => Some(Self::Warc),
            "parquet" | "pq" => Some(Self::Parquet),
            _ => None,
        }
    }

    /// What text that begins with `start` may be. A line of Arabic news does not begin with a brace, a JSON record does.
    #[must_use]
    pub fn by_content(start: &[u8]) -> Option<Self> {
        (start.trim_ascii_start().first() == Some(&b'{')).then_some(Self::Jsonl)
    }

    /// What a file holds by its `name` and the `start` of its unpacked content.
    #[must_use]
    pub fn guess(name: &str, start: &[u8]) -> Option<Self> {
        Self::by_signature(start)
            .or_else(|| Self::by_name(name))
            .or_else(|| Self::by_content(start))
    }

    /// Whether records are bytes and not text of one encoding.
    pub(super) fn is_binary(self) -> bool {
        matches!(self, Self::Warc | Self::Parquet)
    }
}
