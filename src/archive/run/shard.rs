//! A shard while it is written.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use crate::Error;
use crate::checksum::hexadecimal;
use crate::files::{persist, temporary_file};

/// A file of a run directory, under another name until it is whole.
pub(super) struct Shard {
    file: BufWriter<NamedTempFile>,
    path: PathBuf,
    digest: Sha256,
    bytes: u64,
}

impl Shard {
    /// Begins the file that will be called `name` in `directory`.
    pub(super) fn new(directory: &Path, name: &str) -> Result<Self, Error> {
        let path = directory.join(name);
        let file = temporary_file(directory).map_err(|e| Error::io(&path, e))?;
        Ok(Self {
            file: BufWriter::with_capacity(1 << 18, file),
            path,
            digest: Sha256::new(),
            bytes: 0,
        })
    }

    /// Appends bytes.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.digest.update(bytes);
        self.bytes += bytes.len() as u64;
        self.file
            .write_all(bytes)
            .map_err(|e| Error::io(&self.path, e))
    }

    /// The bytes written.
    pub(super) fn len(&self) -> u64 {
        self.bytes
    }

    /// Puts the file in its place, on the disk and not only in the system's memory; gives its checksum.
    pub(super) fn publish(self) -> Result<String, Error> {
        let fail = |e| Error::io(&self.path, e);
        let file = self
            .file
            .into_inner()
            .map_err(io::IntoInnerError::into_error)
            .map_err(fail)?;
        persist(file, &self.path)?;
        Ok(hexadecimal(&self.digest.finalize()))
    }
}
