//! Output packed as it is written.

use std::io::{self, Write};
use std::path::Path;

use flate2::write::GzEncoder;

/// How an output is packed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    #[default]
    None,
    /// gzip at level 6, without a time or a name, so that the same rows give the same bytes.
    Gzip,
    /// zstd at level 3, on one thread, with a checksum.
    Zstd,
}

impl Packing {
    /// The packing that the ending of a file's name asks for: `.gz` or `.zst`.
    #[must_use]
    pub fn of_name(path: &Path) -> Self {
        match path.extension().and_then(|ending| ending.to_str()) {
            Some("gz") => Self::Gzip,
            Some("zst") => Self::Zstd,
            _ => Self::None,
        }
    }

    /// `path` without the ending that says how it is packed: its own ending says what it holds.
    #[must_use]
    pub fn unpacked_name(path: &Path) -> &Path {
        match (Self::of_name(path), path.file_stem()) {
            (Self::Gzip | Self::Zstd, Some(stem)) => Path::new(stem),
            _ => path,
        }
    }
}

/// A writer that packs what is written to it.
///
/// # Examples
///
/// ```
/// use marsad::archive::{Compressor, Packing};
/// use std::io::Write;
///
/// let mut compressor = Compressor::new(Packing::Zstd, Vec::new())?;
/// compressor.write_all(b"rows")?;
/// let packed: Vec<u8> = compressor.finish()?;
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Compressor<W: Write>(Inner<W>);

enum Inner<W: Write> {
    None(W),
    Gzip(GzEncoder<W>),
    Zstd(zstd::Encoder<'static, W>),
}

impl<W: Write> Compressor<W> {
    /// A compressor in front of `output`, which should be buffered.
    ///
    /// # Errors
    ///
    /// When zstd has no memory for its tables.
    pub fn new(packing: Packing, output: W) -> io::Result<Self> {
        Ok(Self(match packing {
            Packing::None => Inner::None(output),
            Packing::Gzip => Inner::Gzip(GzEncoder::new(output, flate2::Compression::new(6))),
            Packing::Zstd => {
                let mut encoder = zstd::Encoder::new(output, 3)?;
                encoder.include_checksum(true)?;
                Inner::Zstd(encoder)
            }
        }))
    }

    /// Ends the packed data and gives the output back. Without this the output is cut off.
    ///
    /// # Errors
    ///
    /// When the output cannot be written.
    pub fn finish(self) -> io::Result<W> {
        match self.0 {
            Inner::None(output) => Ok(output),
            Inner::Gzip(encoder) => encoder.finish(),
            Inner::Zstd(encoder) => encoder.finish(),
        }
    }

    /// The output behind the compressor.
    pub fn output(&self) -> &W {
        match &self.0 {
            Inner::None(output) => output,
            Inner::Gzip(encoder) => encoder.get_ref(),
            Inner::Zstd(encoder) => encoder.get_ref(),
        }
    }
}

impl<W: Write> Write for Compressor<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            Inner::None(output) => output.write(bytes),
            Inner::Gzip(encoder) => encoder.write(bytes),
            Inner::Zstd(encoder) => encoder.write(bytes),
        }
    }

    /// Hands on all that was packed so far; calling it often packs worse.
    fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Inner::None(output) => output.flush(),
            Inner::Gzip(encoder) => encoder.flush(),
            Inner::Zstd(encoder) => encoder.flush(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_packed_is_unpacked_again_and_always_to_the_same_bytes() {
        let rows = "{\"label\":\"attack\"}\n".repeat(10_000).into_bytes();
        let pack = |packing| {
            let mut compressor = Compressor::new(packing, Vec::new()).unwrap();
            rows.chunks(777)
                .for_each(|chunk| compressor.write_all(chunk).unwrap());
            compressor.finish().unwrap()
        };
        assert_eq!(pack(Packing::None), rows);
        for packing in [Packing::Gzip, Packing::Zstd] {
            let packed = pack(packing);
            assert!(packed.len() < rows.len() / 50);
            assert_eq!(pack(packing), packed);
        }
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(pack(Packing::Gzip).as_slice())
            .read_to_end(&mut unpacked)
            .unwrap();
        assert_eq!(unpacked, rows);
        assert_eq!(
            zstd::decode_all(pack(Packing::Zstd).as_slice()).unwrap(),
            rows
        );
    }

    #[test]
    fn names_tell_packing_and_contents() {
        for (name, packing, inner) in [
            ("a/b.csv.gz", Packing::Gzip, "b.csv"),
            ("b.jsonl.zst", Packing::Zstd, "b.jsonl"),
            ("b.csv", Packing::None, "b.csv"),
            ("gz", Packing::None, "gz"),
        ] {
            assert_eq!(Packing::of_name(Path::new(name)), packing);
            assert_eq!(Packing::unpacked_name(Path::new(name)), Path::new(inner));
        }
    }
}
