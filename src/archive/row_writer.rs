//! Rows into an output, whatever its format.

use std::io::{self, Write};

use super::{Compressor, Packing};
#[cfg(feature = "parquet")]
use super::{ParquetFile, ParquetRows};

/// Takes the bytes of rows, in order, and writes the file that they make.
pub struct RowWriter<W: Write + Send>(Inner<W>);

enum Inner<W: Write + Send> {
    Lines(Box<Compressor<W>>),
    #[cfg(feature = "parquet")]
    Parquet(Box<ParquetFile<W>>),
}

impl<W: Write + Send> RowWriter<W> {
    /// A file of lines, packed or not, that begins with `header`.
    ///
    /// # Errors
    ///
    /// When the output cannot be written.
    pub fn lines(packing: Packing, header: &[u8], output: W) -> io::Result<Self> {
        let mut compressor = Compressor::new(packing, output)?;
        compressor.write_all(header)?;
        Ok(Self(Inner::Lines(Box::new(compressor))))
    }

    /// A Parquet file of such rows that bears `metadata`.
    ///
    /// # Errors
    ///
    /// When the output cannot be written.
    #[cfg(feature = "parquet")]
    pub fn parquet(rows: &ParquetRows, metadata: &[(&str, &str)], output: W) -> io::Result<Self> {
        let file = ParquetFile::new(rows, metadata, output)?;
        Ok(Self(Inner::Parquet(Box::new(file))))
    }

    /// Writes what makes the file whole and gives the output back.
    ///
    /// # Errors
    ///
    /// When the output cannot be written.
    pub fn finish(self) -> io::Result<W> {
        match self.0 {
            Inner::Lines(compressor) => compressor.finish(),
            #[cfg(feature = "parquet")]
            Inner::Parquet(file) => file.finish(),
        }
    }
}

impl<W: Write + Send> Write for RowWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            Inner::Lines(compressor) => compressor.write(bytes),
            #[cfg(feature = "parquet")]
            Inner::Parquet(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Inner::Lines(compressor) => compressor.flush(),
            #[cfg(feature = "parquet")]
            Inner::Parquet(file) => file.flush(),
        }
    }
}
