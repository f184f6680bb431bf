//! Records that could not be read.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use crate::Error;

/// Why a record was rejected.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// Its bytes are no text.
    InvalidUtf8,
    /// It is no JSON, or no JSON object.
    BrokenJson,
    /// Lists or objects lie too deep in one another.
    TooDeep,
    /// A quotation mark of a CSV file is never closed.
    BrokenCsv,
    /// It breaks the rules of WARC or HTTP.
    BrokenWarc,
    /// The pages of a Parquet file cannot hold it.
    BrokenParquet,
    /// It has no text, or the text is no string.
    MissingText,
    /// It has more bytes than a record may have.
    TooLong,
    /// It holds bytes of value 0, as binary data do.
    NulBytes,
    /// It is packed in a way that is not supported.
    Unsupported,
    /// The input ends here, broken, or could not be opened.
    Unreadable,
}

impl Reason {
    /// Its name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::InvalidUtf8 => "invalid_utf8",
            Self::BrokenJson => "broken_json",
            Self::TooDeep => "too_deep",
            Self::BrokenCsv => "broken_csv",
            Self::BrokenWarc => "broken_warc",
            Self::BrokenParquet => "broken_parquet",
            Self::MissingText => "missing_text",
            Self::TooLong => "too_long",
            Self::NulBytes => "nul_bytes",
            Self::Unsupported => "unsupported",
            Self::Unreadable => "unreadable",
        }
    }
}

/// A record that could not be read, where it stands, why, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// The file, or how else the input is called.
    pub source: Arc<str>,
    /// The line where the record begins, counted from 1; in WARC and Parquet files the number of the record.
    pub record: u64,
    /// Why.
    pub reason: Reason,
    /// What is wrong and how to mend it, in words.
    pub message: String,
}

/// A rejection as a line of a file of rejects.
#[derive(serde::Serialize)]
struct Reject<'a> {
    source: &'a str,
    record: u64,
    reason: &'a str,
    message: &'a str,
}

impl Rejection {
    /// An input of which nothing can be read.
    #[must_use]
    pub fn unreadable(source: &str, message: impl Into<String>) -> Self {
        Self {
            source: source.into(),
            record: 1,
            reason: Reason::Unreadable,
            message: message.into(),
        }
    }

    /// Appends a line of JSON with the fields `source`, `record`, `reason` and `message` to `out`.
    pub fn append_json_line(&self, out: &mut Vec<u8>) {
        let reject = Reject {
            source: &self.source,
            record: self.record,
            reason: self.reason.name(),
            message: &self.message,
        };
        // Texts and a number are always JSON, and a vector takes all of it.
        let _ = serde_json::to_writer(&mut *out, &reject);
        out.push(b'\n');
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}:{}: {}", self.source, self.record, self.message)
    }
}

impl From<Rejection> for Error {
    fn from(rejection: Rejection) -> Self {
        Self::Record {
            path: PathBuf::from(&*rejection.source),
            line: rejection.record,
            message: rejection.message,
        }
    }
}

/// What is wrong with a record, before it is known where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) reason: Reason,
    pub(super) message: String,
}

impl Fault {
    pub(super) fn new(reason: Reason, message: impl Into<String>) -> Self {
        Self {
            reason,
            message: message.into(),
        }
    }

    /// A record of `length` bytes where `max` are allowed.
    pub(super) fn too_long(length: u64, max: usize) -> Self {
        Self::new(
            Reason::TooLong,
            format!(
                "has {length} bytes, more than the {max} a record may have; allow more with --max-record"
            ),
        )
    }

    /// A record whose bytes are text only up to byte `at`.
    pub(super) fn invalid_utf8(at: usize, unit: &str) -> Self {
        Self::new(
            Reason::InvalidUtf8,
            format!(
                "is not UTF-8 at byte {} of the {unit}; convert the file to UTF-8, or name its encoding with --encoding",
                at + 1
            ),
        )
    }

    pub(super) fn at(self, source: &Arc<str>, record: u64) -> Rejection {
        Rejection {
            source: Arc::clone(source),
            record,
            reason: self.reason,
            message: self.message,
        }
    }
}
