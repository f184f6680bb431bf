//! Web archives cut into blocks of whole records.

use std::io::{self, BufRead, BufReader, Read};
use std::ops::Range;
use std::sync::Arc;

use super::super::block::{Block, Cut, Position, Records, Sink};
use super::super::rejection::Fault;
use super::super::{FieldNames, ReadOptions, Reason, Rejection};
use super::{header, record};
use crate::Error;

/// The most bytes the header of a record may have.
const MAX_HEADER: usize = 64 << 10;

/// Blocks of a web archive.
pub(in super::super) struct WarcBlocks {
    source: Arc<str>,
    input: BufReader<Box<dyn Read + Send>>,
    /// A line that was read to find the start of a record, and belongs to that.
    line: Vec<u8>,
    position: Position,
    failed: Option<io::Error>,
    ended: bool,
    fields: Arc<FieldNames>,
    options: ReadOptions,
}

/// What stands next in an archive.
enum Next {
    End,
    /// A record with this header and so many bytes of content.
    Record(Vec<u8>, u64),
    /// Something that is no record; it has been passed over.
    Broken(Fault),
}

/// The records of a block that may hold documents.
#[derive(Default)]
struct Gathered {
    bytes: Vec<u8>,
    entries: Vec<Entry>,
}

struct Entry {
    number: u64,
    header: Range<usize>,
    content: Range<usize>,
}

impl WarcBlocks {
    pub(in super::super) fn new(
        source: Arc<str>,
        input: Box<dyn Read + Send>,
        options: &ReadOptions,
    ) -> Self {
        Self {
            source,
            input: BufReader::with_capacity(1 << 16, input),
            line: Vec::new(),
            position: Position {
                bytes: 0,
                record: 1,
            },
            failed: None,
            ended: false,
            fields: Arc::new(options.fields.clone()),
            options: options.clone(),
        }
    }

    /// Passes over what was read before a run was broken off.
    pub(in super::super) fn skip_to(&mut self, position: Position) -> Result<(), Error> {
        let skipped = io::copy(
            &mut self.input.by_ref().take(position.bytes),
            &mut io::sink(),
        )
        .map_err(|error| Error::io(&*self.source, error))?;
        if skipped < position.bytes {
            return Err(Error::Data(format!(
                "{}: is shorter than it was when the run began; start the run again",
                self.source
            )));
        }
        self.position = position;
        Ok(())
    }

    /// Appends a line with its break to `line`, or as much of it as a header may have.
    fn read_line(&mut self, line: &mut Vec<u8>) -> io::Result<usize> {
        let n = self
            .input
            .by_ref()
            .take(MAX_HEADER as u64)
            .read_until(b'\n', line)?;
        self.position.bytes += n as u64;
        Ok(n)
    }

    /// Reads the header of the next record.
    fn next_header(&mut self) -> io::Result<Next> {
        let mut header = std::mem::take(&mut self.line);
        while header.trim_ascii().is_empty() {
            header.clear();
            if self.read_line(&mut header)? == 0 {
                return Ok(Next::End);
            }
        }
        if !header.starts_with(b"WARC/") {
            return self.pass_over_broken("begins without the line «WARC/1.0»");
        }
        loop {
            let start = header.len();
            if self.read_line(&mut header)? == 0 {
                return Err(truncated());
            }
            if header[start..].trim_ascii().is_empty() {
                break;
            }
            if header[start..].starts_with(b"WARC/1.") {
                self.line = header.split_off(start);
                return self.pass_over_broken("has a header that does not end");
            }
            if header.len() > MAX_HEADER {
                return self.pass_over_broken("has a header of more than 64 KiB");
            }
        }
        match header::field(&header, "Content-Length").and_then(|length| length.parse().ok()) {
            Some(length) => Ok(Next::Record(header, length)),
            None => self.pass_over_broken("has no length in its header"),
        }
    }

    /// Looks for the start of the next record.
    fn pass_over_broken(&mut self, what: &str) -> io::Result<Next> {
        while !self.line.starts_with(b"WARC/1.") {
            let mut line = std::mem::take(&mut self.line);
            line.clear();
            let n = self.read_line(&mut line)?;
            self.line = line;
            if n == 0 {
                break;
            }
        }
        Ok(Next::Broken(Fault::new(
            Reason::BrokenWarc,
            format!("{what}, so it is no WARC record; reading goes on at the next one"),
        )))
    }

    /// Reads records into `gathered` up to the size of a block, or up to one that is rejected.
    fn gather(&mut self, gathered: &mut Gathered) -> io::Result<Option<Rejection>> {
        while gathered.bytes.len() < self.options.block {
            let number = self.position.record;
            match self.next_header()? {
                Next::End => {
                    self.ended = true;
                    break;
                }
                Next::Broken(fault) => {
                    self.position.record += 1;
                    return Ok(Some(fault.at(&self.source, number)));
                }
                Next::Record(header, length) => {
                    let kind = header::field(&header, "WARC-Type").unwrap_or_default();
                    let is_wanted = matches!(kind, "response" | "conversion");
                    if is_wanted && length <= self.options.max_record as u64 {
                        self.keep(gathered, &header, length)?;
                        self.position.record += 1;
                    } else {
                        let skipped =
                            io::copy(&mut self.input.by_ref().take(length), &mut io::sink())?;
                        self.position.bytes += skipped;
                        self.position.record += 1;
                        if skipped < length {
                            return Err(truncated());
                        }
                        if is_wanted {
                            let fault = Fault::too_long(length, self.options.max_record);
                            return Ok(Some(fault.at(&self.source, number)));
                        }
                    }
                }
            }
        }
        Ok(None)
    }

    /// Reads the content of a record behind its header.
    fn keep(&mut self, gathered: &mut Gathered, header: &[u8], length: u64) -> io::Result<()> {
        let start = gathered.bytes.len();
        gathered.bytes.extend_from_slice(header);
        let content = gathered.bytes.len();
        let read = self
            .input
            .by_ref()
            .take(length)
            .read_to_end(&mut gathered.bytes);
        if !matches!(read, Ok(n) if n as u64 == length) {
            gathered.bytes.truncate(start);
            return Err(read.err().unwrap_or_else(truncated));
        }
        self.position.bytes += length;
        gathered.entries.push(Entry {
            number: self.position.record,
            header: start..content,
            content: content..gathered.bytes.len(),
        });
        Ok(())
    }
}

fn truncated() -> io::Error {
    io::Error::new(
        io::ErrorKind::UnexpectedEof,
        "the web archive is truncated: it ends within a record; fetch the file again",
    )
}

impl Cut for WarcBlocks {
    fn next_block(&mut self) -> Option<Result<Block, Error>> {
        if let Some(error) = self.failed.take() {
            return Some(Err(Error::io(&*self.source, error)));
        }
        if self.ended {
            return None;
        }
        let mut gathered = Gathered::default();
        let rejection = match self.gather(&mut gathered) {
            Ok(rejection) => rejection,
            Err(error) => {
                self.ended = true;
                if gathered.entries.is_empty() {
                    return Some(Err(Error::io(&*self.source, error)));
                }
                self.failed = Some(error);
                None
            }
        };
        // Lines read ahead are read again after a restart.
        let end = Position {
            bytes: self.position.bytes - self.line.len() as u64,
            ..self.position
        };
        if gathered.entries.is_empty() && rejection.is_none() {
            return None;
        }
        let mut parts = Vec::new();
        let mut size = 0;
        for (i, entry) in gathered.entries.iter().enumerate() {
            if size == 0 {
                parts.push(i);
            }
            size += entry.content.len() + 1;
            if size >= self.options.part {
                size = 0;
            }
        }
        Some(Ok(Block {
            source: Arc::clone(&self.source),
            rejection,
            end,
            records: Box::new(WarcRecords {
                gathered,
                parts,
                fields: Arc::clone(&self.fields),
                max_record: self.options.max_record,
            }),
        }))
    }
}

struct WarcRecords {
    gathered: Gathered,
    /// The first entry of each part.
    parts: Vec<usize>,
    fields: Arc<FieldNames>,
    max_record: usize,
}

impl Records for WarcRecords {
    fn n_parts(&self) -> usize {
        self.parts.len()
    }

    fn read<'b>(&'b self, part: usize, sink: &mut Sink<'b, '_>) {
        let entries = &self.gathered.entries;
        let end = self.parts.get(part + 1).map_or(entries.len(), |&end| end);
        for entry in &entries[self.parts[part]..end] {
            let header = &self.gathered.bytes[entry.header.clone()];
            let content = &self.gathered.bytes[entry.content.clone()];
            sink(
                entry.number,
                record::document(header, content, &self.fields, self.max_record),
            );
        }
    }
}
