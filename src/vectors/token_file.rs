//! The running words of all texts, kept on disk between counting words and counting pairs.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};

/// The hash that ends a sentence.
pub(super) const END: u64 = 0;

/// Words as hashes of eight bytes in a temporary file that nobody else sees and that the system removes.
#[derive(Debug)]
pub(super) struct TokenFile {
    file: BufWriter<File>,
}

impl TokenFile {
    pub(super) fn new() -> io::Result<Self> {
        let file = BufWriter::with_capacity(1 << 20, tempfile::tempfile()?);
        Ok(Self { file })
    }

    /// Appends hashes; [`END`] after each sentence.
    pub(super) fn write(&mut self, hashes: &[u64]) -> io::Result<()> {
        for hash in hashes {
            self.file.write_all(&hash.to_le_bytes())?;
        }
        Ok(())
    }

    /// Reads from the beginning.
    pub(super) fn into_reader(self) -> io::Result<TokenReader> {
        let mut file = self.file.into_inner()?;
        file.rewind()?;
        Ok(TokenReader {
            file: BufReader::with_capacity(1 << 20, file),
        })
    }
}

/// Reads the hashes back, in pieces.
#[derive(Debug)]
pub(super) struct TokenReader {
    file: BufReader<File>,
}

impl TokenReader {
    /// Fills `segment` with the next hashes: at least `wanted` and to the end of a sentence, fewer at the end of the file, none
    /// behind it.
    pub(super) fn read(&mut self, wanted: usize, segment: &mut Vec<u64>) -> io::Result<()> {
        segment.clear();
        let mut bytes = [0; 8];
        while segment.len() < wanted || segment.last() != Some(&END) {
            match self.file.read_exact(&mut bytes) {
                Ok(()) => segment.push(u64::from_le_bytes(bytes)),
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => break,
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}
