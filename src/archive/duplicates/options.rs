//! What is looked for, and in how much memory.

use super::fingerprint::RUN;
use crate::Error;

/// How duplicates are found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuplicateOptions {
    /// The memory of the tables in bytes, at least 4,096; 128 MiB by default. It is not exceeded and is touched as it is
    /// needed only.
    pub memory_bytes: usize,
    /// Look for near-duplicates also, as by default. Three quarters of the memory are for them.
    pub near: bool,
    /// Sentences of fewer words have exact duplicates only: 5 or more, 10 by default. Below 10 an edit in the middle touches
    /// the first and the last five words at once.
    pub min_words: usize,
}

impl Default for DuplicateOptions {
    fn default() -> Self {
        Self {
            memory_bytes: 128 << 20,
            near: true,
            min_words: 2 * RUN,
        }
    }
}

impl DuplicateOptions {
    pub(super) fn check(&self) -> Result<(), Error> {
        let invalid = |parameter, rule, got: usize| {
            Err(Error::InvalidParameter {
                parameter,
                rule,
                got: got.to_string(),
            })
        };
        if self.memory_bytes < 4096 {
            return invalid("memory_bytes", "at least 4096", self.memory_bytes);
        }
        if self.min_words < RUN {
            return invalid("min_words", "at least 5", self.min_words);
        }
        Ok(())
    }
}
