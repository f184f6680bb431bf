//! Inputs of every kind as blocks of whole records.

use std::fs::File;
use std::io::{BufReader, Cursor, Read};
use std::sync::Arc;

use super::block::{Block, Cut, Position};
use super::byte_blocks::{ByteBlocks, Layout};
use super::delimited::Dialect;
use super::input::{Input, Origin};
use super::warc::WarcBlocks;
use super::{
    ByteCount, Compression, Encoding, ReadOptions, RecordFormat, decompress, parquet, transcode,
};
use crate::Error;

/// How much is read from a file at a time.
const BUFFER: usize = 1 << 16;

/// The blocks of an input, in order; an error is the last thing there is, and everything before it has been handed over.
pub struct Blocks {
    name: Arc<str>,
    format: RecordFormat,
    compression: Compression,
    encoding: Encoding,
    packed: ByteCount,
    cut: Box<dyn Cut>,
    ended: bool,
}

impl Blocks {
    /// Opens `input` at its start, or at the `end` of a block that was read before.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] when it cannot be read, [`Error::Data`] when it is not known what it holds, [`Error::Record`] when the header
    /// of a table names no text, [`Error::InvalidParameter`] for options out of their range.
    pub fn open(input: Input, options: &ReadOptions, end: Option<Position>) -> Result<Self, Error> {
        options.check()?;
        let name: Arc<str> = input.name.as_str().into();
        let fail = |error| Error::io(&*name, error);
        let format = input.format.or(options.format);
        let (file, decompressed) = match input.origin {
            Origin::File(path) => {
                let file = File::open(&path).map_err(fail)?;
                if file.metadata().map_err(fail)?.is_dir() {
                    return Err(Error::Data(format!("{name}: is a folder, not a file")));
                }
                let copy = file.try_clone().ok();
                let reader = BufReader::with_capacity(BUFFER, file);
                (copy, decompress(reader, options.max_ratio).map_err(fail)?)
            }
            Origin::Stream(stream) => (None, decompress(stream, options.max_ratio).map_err(fail)?),
            Origin::StandardInput => {
                let reader = BufReader::with_capacity(BUFFER, std::io::stdin());
                (None, decompress(reader, options.max_ratio).map_err(fail)?)
            }
            Origin::Unreadable(reason) => return Err(Error::Data(reason)),
            Origin::Text(text) => {
                let reader: Box<dyn Read + Send> = Box::new(Cursor::new(text));
                let layout = ByteBlocks::new(Arc::clone(&name), reader, Layout::File, options);
                return Ok(Self {
                    name,
                    format: RecordFormat::TextFile,
                    compression: Compression::None,
                    encoding: Encoding::UTF_8,
                    packed: ByteCount::default(),
                    cut: Box::new(layout),
                    ended: false,
                });
            }
        };
        let compression = decompressed.compression;
        let (start, reader) = peek(decompressed.reader, 8).map_err(fail)?;
        let format = format
            .or_else(|| RecordFormat::by_signature(&start))
            .or_else(|| RecordFormat::by_name(&name));
        let (reader, encoding) = if format.is_some_and(RecordFormat::is_binary) {
            (reader, Encoding::UTF_8)
        } else {
            transcode(reader, options.encoding).map_err(fail)?
        };
        let (format, reader) = if let Some(format) = format {
            (format, reader)
        } else {
            let (start, reader) = peek(reader, 4096).map_err(fail)?;
            let format = RecordFormat::by_content(&start).or(input.otherwise);
            (format.ok_or_else(|| unknown(&name))?, reader)
        };
        let source = Arc::clone(&name);
        let cut: Box<dyn Cut> = match format {
            RecordFormat::Parquet => {
                let file = file.filter(|_| compression == Compression::None);
                parquet::open(&source, file, reader, options, end)?
            }
            RecordFormat::Warc => {
                let mut blocks = WarcBlocks::new(source, reader, options);
                if let Some(end) = end {
                    blocks.skip_to(end)?;
                }
                Box::new(blocks)
            }
            _ => {
                let mut blocks = text_blocks(format, source, reader, options)?;
                if let Some(end) = end {
                    blocks.skip_to(end)?;
                }
                Box::new(blocks)
            }
        };
        Ok(Self {
            name,
            format,
            compression,
            encoding,
            packed: decompressed.packed,
            cut,
            ended: false,
        })
    }

    /// How the input is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How the input holds documents.
    #[must_use]
    pub fn format(&self) -> RecordFormat {
        self.format
    }

    /// How the input is packed.
    #[must_use]
    pub fn compression(&self) -> Compression {
        self.compression
    }

    /// The encoding of its text.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// How much of the input has been read, packed as it is: a count to show while blocks are elsewhere.
    #[must_use]
    pub fn bytes_read(&self) -> ByteCount {
        self.packed.clone()
    }
}

impl Iterator for Blocks {
    type Item = Result<Block, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let block = self.cut.next_block();
        self.ended = !matches!(block, Some(Ok(_)));
        block
    }
}

fn text_blocks(
    format: RecordFormat,
    source: Arc<str>,
    reader: Box<dyn Read + Send>,
    options: &ReadOptions,
) -> Result<ByteBlocks, Error> {
    let table = |delimiter, quoting| Dialect { delimiter, quoting };
    let layout = match format {
        RecordFormat::Csv => {
            return ByteBlocks::with_header(source, reader, table(b',', true), options);
        }
        RecordFormat::Tsv => {
            return ByteBlocks::with_header(source, reader, table(b'\t', false), options);
        }
        RecordFormat::TextFile => Layout::File,
        RecordFormat::Jsonl => Layout::Jsonl(options.fields.clone()),
        _ => Layout::Lines,
    };
    Ok(ByteBlocks::new(source, reader, layout, options))
}

/// The first `n` bytes of a reader, and the reader with them. An error shows when it is reached by reading.
fn peek(
    mut reader: Box<dyn Read + Send>,
    n: u64,
) -> std::io::Result<(Vec<u8>, Box<dyn Read + Send>)> {
    let mut start = Vec::new();
    reader.by_ref().take(n).read_to_end(&mut start)?;
    Ok((start.clone(), Box::new(Cursor::new(start).chain(reader))))
}

fn unknown(name: &str) -> Error {
    Error::Data(format!(
        "{name}: is not known to hold text: neither its name nor its content says so; say what it holds with --input-format"
    ))
}
