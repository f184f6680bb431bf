//! A guard against files that unpack to more than any disk or memory holds.

use std::io::{self, Read};

use super::ByteCount;

/// Bytes that any file may unpack to, whatever the ratio.
const FREE: u64 = 64 << 20;

/// Unpacked bytes that end in an error when they are too many for the packed bytes they came from.
pub(super) struct Bounded<R> {
    inner: R,
    packed: ByteCount,
    unpacked: u64,
    max_ratio: u64,
}

impl<R> Bounded<R> {
    /// The bytes of `inner`, which is unpacked from the bytes counted by `packed`. Beyond the first 64 MiB there may be at most
    /// `max_ratio` for each packed one.
    pub(super) fn new(inner: R, packed: ByteCount, max_ratio: u64) -> Self {
        Self {
            inner,
            packed,
            unpacked: 0,
            max_ratio,
        }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.unpacked += n as u64;
        let allowed = self.packed.bytes().saturating_mul(self.max_ratio).max(FREE);
        if self.unpacked > allowed {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                format!(
                    "unpacks to more than {} times its size, as a compression bomb does; if it is sound, allow more with --max-ratio",
                    self.max_ratio
                ),
            ));
        }
        Ok(n)
    }
}
