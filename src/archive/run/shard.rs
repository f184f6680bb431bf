//! A shard while it is written.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use crate::Error;
use crate::checksum::hexadecimal;
use crate::files::{persist, temporary_file};

/// A file of a run directory, under another name until it is whole.
pub struct ShardFile {
    file: BufWriter<NamedTempFile>,
    path: PathBuf,
    digest: Sha256,
    bytes: u64,
}

impl ShardFile {
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

    /// What it will be called.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Puts the file in its place, on the disk and not only in the system's memory; gives its length and checksum.
    pub(super) fn publish(self) -> Result<(u64, String), Error> {
        let file = self
            .file
            .into_inner()
            .map_err(|e| Error::io(&self.path, e.into_error()))?;
        persist(file, &self.path)?;
        Ok((self.bytes, hexadecimal(&self.digest.finalize())))
    }
}

impl Write for ShardFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.file.write(bytes)?;
        self.digest.update(&bytes[..n]);
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
