//! Which file was read, and whether it still is the same.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::checksum::sha256;

/// So many bytes at the beginning of a file are hashed.
const HEAD: u64 = 64 << 10;

/// What an input file was when a run began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputIdentity {
    /// The path as it was given.
    pub path: String,
    /// The length in bytes.
    pub size: u64,
    /// When it was last changed, in nanoseconds since 1970.
    pub modified: u128,
    /// The SHA-256 of the first 64 KiB, in hexadecimal.
    pub head: String,
}

impl InputIdentity {
    /// The identity of the file at `path`. A file that cannot be read has one too, with nothing in its head: the run will say so
    /// when it comes to it.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] when there is no such file.
    pub fn of(path: &Path) -> Result<Self, Error> {
        let metadata = std::fs::metadata(path).map_err(|e| Error::io(path, e))?;
        let modified = metadata
            .modified()
            .ok()
            .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
            .map_or(0, |since| since.as_nanos());
        let mut head = Vec::new();
        if let Ok(file) = File::open(path) {
            // What cannot be read now is an error of the run, not of its beginning.
            let _ = file.take(HEAD).read_to_end(&mut head);
        }
        Ok(Self {
            path: path.display().to_string(),
            size: metadata.len(),
            modified,
            head: sha256(&head),
        })
    }

    /// The identity of a stream that can be read only once.
    #[must_use]
    pub fn stream(name: &str) -> Self {
        Self {
            path: name.to_owned(),
            size: 0,
            modified: 0,
            head: String::new(),
        }
    }

    /// What sets `other` apart, in words; `None` if nothing does.
    pub(super) fn difference(&self, other: &Self) -> Option<String> {
        let difference = if self.path != other.path {
            format!("it was «{}»", self.path)
        } else if self.size != other.size {
            format!("it had {} bytes and has {}", self.size, other.size)
        } else if self.head != other.head {
            "its beginning has changed".to_owned()
        } else if self.modified != other.modified {
            "it was written to since".to_owned()
        } else {
            return None;
        };
        Some(difference)
    }
}
