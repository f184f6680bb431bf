//! How inputs are read.

use super::{Encoding, FieldNames, MAX_RATIO, RecordFormat};
use crate::Error;

/// How inputs are read. The defaults guess what can be guessed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOptions {
    /// How files hold documents; by name and content when not given.
    pub format: Option<RecordFormat>,
    /// The fields of records.
    pub fields: FieldNames,
    /// The encoding of text without byte order mark; by its first 64 KiB when not given.
    pub encoding: Option<Encoding>,
    /// The largest record in bytes, at least 1; a larger one is passed over and rejected. Default 64 MiB.
    pub max_record: usize,
    /// The bytes that one packed byte may become beyond the first 64 MiB, at least 1. Default 1000.
    pub max_ratio: u64,
    /// About how many bytes a block has, at least 1. Default 1 MiB: handing it over costs nothing beside the work in it.
    pub block: usize,
    /// About how many bytes of a block one thread takes at a time, at least 1. Default 32 KiB.
    pub part: usize,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            format: None,
            fields: FieldNames::default(),
            encoding: None,
            max_record: 64 << 20,
            max_ratio: MAX_RATIO,
            block: 1 << 20,
            part: 32 << 10,
        }
    }
}

impl ReadOptions {
    /// Whether everything is in its range.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidParameter`] for what is not.
    pub fn check(&self) -> Result<(), Error> {
        for (parameter, value) in [
            ("max_record", self.max_record as u64),
            ("max_ratio", self.max_ratio),
            ("block", self.block as u64),
            ("part", self.part as u64),
        ] {
            if value == 0 {
                return Err(Error::InvalidParameter {
                    parameter,
                    rule: "at least 1",
                    got: value.to_string(),
                });
            }
        }
        self.fields.check()
    }
}
