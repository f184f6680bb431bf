//! Packed bytes in, plain bytes out.

use std::io::{self, BufRead, Cursor, Read};

use super::bounded::Bounded;
use super::byte_count::Counted;
use super::{ByteCount, Compression};

/// The memory an xz file may ask for, in KiB: what `xz -9` needs and some more. zstd has a bound of its own, 128 MiB.
const XZ_MEMORY: u32 = 192 << 10;

/// What [`decompress`] gives.
pub struct Decompressed {
    /// The plain bytes.
    pub reader: Box<dyn Read + Send>,
    /// How they were packed.
    pub compression: Compression,
    /// How many packed bytes have been read so far.
    pub packed: ByteCount,
}

/// The default bound on the bytes that one packed byte may become.
pub const MAX_RATIO: u64 = 1000;

/// Unpacks `reader` if its first bytes are those of gzip, zstd, bzip2 or xz; members that follow one another are unpacked one
/// after the other.
///
/// # Errors
///
/// What `reader` returns. Reading the result may end in an error that tells truncated data (of kind
/// [`UnexpectedEof`](io::ErrorKind::UnexpectedEof)) from damaged ones, and from those that become more than `max_ratio`
/// times larger beyond the first 64 MiB.
pub fn decompress(
    mut reader: impl BufRead + Send + 'static,
    max_ratio: u64,
) -> io::Result<Decompressed> {
    let mut start = Vec::new();
    reader
        .by_ref()
        .take(Compression::MAGIC as u64)
        .read_to_end(&mut start)?;
    let compression = Compression::of(&start);
    let packed = ByteCount::default();
    let input = Counted {
        inner: Cursor::new(start).chain(reader),
        count: packed.clone(),
    };
    let unpacker: Box<dyn Read + Send> = match compression {
        Compression::None => {
            return Ok(Decompressed {
                reader: Box::new(input),
                compression,
                packed,
            });
        }
        Compression::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(input)),
        Compression::Zstd => Box::new(zstd::Decoder::with_buffer(input)?),
        Compression::Bzip2 => Box::new(bzip2::bufread::MultiBzDecoder::new(input)),
        Compression::Xz => Box::new(lzma_rust2::XzReader::new_mem_limit(input, true, XZ_MEMORY)),
    };
    let unpacker = Unpacker {
        inner: Some(unpacker),
        compression,
    };
    Ok(Decompressed {
        reader: Box::new(Bounded::new(unpacker, packed.clone(), max_ratio)),
        compression,
        packed,
    })
}

/// Says in words what is wrong with packed data.
struct Unpacker {
    /// `None` after an error: some libraries must not be asked again.
    inner: Option<Box<dyn Read + Send>>,
    compression: Compression,
}

impl Read for Unpacker {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(inner) = &mut self.inner else {
            return Ok(0);
        };
        inner.read(buffer).map_err(|error| {
            if error.kind() == io::ErrorKind::Interrupted {
                return error;
            }
            self.inner = None;
            let name = self.compression.name();
            let message = if error.kind() == io::ErrorKind::UnexpectedEof {
                format!("the {name} data are truncated: they end in the middle; fetch the file again, or pack it again")
            } else {
                format!("the {name} data are damaged ({error}); fetch the file again, or pack it again")
            };
            io::Error::new(error.kind(), message)
        })
    }
}
