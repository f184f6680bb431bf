//! Text cut into blocks of whole records.

use std::io::{self, Read};
use std::sync::Arc;

use super::block::{Block, Cut, Position, Records, Sink};
use super::columns::Columns;
use super::delimited::{self, Dialect, Scanner};
use super::rejection::Fault;
use super::{Document, FieldNames, ReadOptions, jsonl, text};
use crate::Error;

/// How text holds records.
#[derive(Debug, Clone)]
pub(super) enum Layout {
    Lines,
    File,
    Jsonl(FieldNames),
    Delimited(Dialect, Columns),
}

/// Blocks of text.
pub(super) struct ByteBlocks {
    source: Arc<str>,
    input: Box<dyn Read + Send>,
    layout: Arc<Layout>,
    /// Read, and not yet in a block; begins with a record.
    rest: Vec<u8>,
    position: Position,
    ended: bool,
    failed: Option<io::Error>,
    options: Limits,
}

#[derive(Debug, Clone, Copy)]
struct Limits {
    max_record: usize,
    block: usize,
    part: usize,
}

impl ByteBlocks {
    pub(super) fn new(
        source: Arc<str>,
        input: Box<dyn Read + Send>,
        layout: Layout,
        options: &ReadOptions,
    ) -> Self {
        Self {
            source,
            input,
            layout: Arc::new(layout),
            rest: Vec::new(),
            position: Position {
                bytes: 0,
                record: 1,
            },
            ended: false,
            failed: None,
            options: Limits {
                max_record: options.max_record,
                block: options.block,
                part: options.part,
            },
        }
    }

    /// Blocks of a table whose first record names the columns.
    pub(super) fn with_header(
        source: Arc<str>,
        input: Box<dyn Read + Send>,
        dialect: Dialect,
        options: &ReadOptions,
    ) -> Result<Self, Error> {
        let mut blocks = Self::new(source, input, Layout::Lines, options);
        let mut header = Vec::new();
        while header.is_empty() && !(blocks.ended && blocks.rest.is_empty()) {
            let record = blocks.header_record(dialect)?;
            let text = simdutf8::compat::from_utf8(&record).map_err(|error| {
                blocks.header_error(Fault::invalid_utf8(error.valid_up_to(), "header"))
            })?;
            let text = text.trim_end_matches(['\n', '\r']);
            if !text.is_empty() {
                let mut names = Vec::new();
                delimited::split(text, dialect, &mut names);
                header = names
                    .into_iter()
                    .map(|name| name.trim().to_owned())
                    .collect();
            }
            blocks.advance(&record);
        }
        if !header.is_empty() {
            let columns =
                Columns::find(&options.fields, &header).map_err(|message| Error::Record {
                    path: (*blocks.source).into(),
                    line: 1,
                    message,
                })?;
            blocks.layout = Arc::new(Layout::Delimited(dialect, columns));
        }
        Ok(blocks)
    }

    /// Takes a record off the start of the input.
    fn header_record(&mut self, dialect: Dialect) -> Result<Vec<u8>, Error> {
        let mut scanner = Scanner::new(dialect);
        let mut record = std::mem::take(&mut self.rest);
        let mut seen = 0;
        loop {
            if let Some(end) = scanner.end(&record, seen) {
                self.rest = record.split_off(end);
                return Ok(record);
            }
            seen = record.len();
            if let Some(error) = self.failed.take() {
                return Err(Error::io(&*self.source, error));
            }
            if self.ended {
                return Ok(record);
            }
            if record.len() > self.options.max_record {
                return Err(self.header_error(Fault::too_long(
                    record.len() as u64,
                    self.options.max_record,
                )));
            }
            self.fill(&mut record, self.options.block.min(1 << 16));
        }
    }

    fn header_error(&self, fault: Fault) -> Error {
        fault.at(&self.source, self.position.record).into()
    }

    /// Passes over what was read before a run was broken off.
    pub(super) fn skip_to(&mut self, position: Position) -> Result<(), Error> {
        let ahead = position.bytes.saturating_sub(self.position.bytes);
        let known = ahead.min(self.rest.len() as u64);
        self.rest.drain(..known as usize);
        let wanted = ahead - known;
        let skipped = io::copy(&mut self.input.by_ref().take(wanted), &mut io::sink())
            .map_err(|error| Error::io(&*self.source, error))?;
        if skipped < wanted {
            return Err(Error::Data(format!(
                "{}: is shorter than it was when the run began; start the run again",
                self.source
            )));
        }
        self.position = position;
        Ok(())
    }

    /// Reads up to `wanted` more bytes and notes the end of the input, or why it cannot be read on.
    fn fill(&mut self, bytes: &mut Vec<u8>, wanted: usize) {
        if self.ended {
            return;
        }
        match self.input.by_ref().take(wanted as u64).read_to_end(bytes) {
            Ok(n) => self.ended = n == 0,
            Err(error) => {
                self.ended = true;
                self.failed = Some(error);
            }
        }
    }

    /// Counts the bytes and lines of records that are done with.
    fn advance(&mut self, bytes: &[u8]) {
        self.position.bytes += bytes.len() as u64;
        self.position.record += count_lines(bytes);
    }

    fn cutter(&self) -> Cutter {
        match &*self.layout {
            Layout::File => Cutter::File,
            Layout::Lines | Layout::Jsonl(_) => Cutter::Lines,
            Layout::Delimited(dialect, _) => Cutter::Delimited(Scanner::new(*dialect)),
        }
    }

    fn block(&mut self, bytes: Vec<u8>, starts: &[usize]) -> Block {
        let mut parts = Vec::with_capacity(starts.len());
        let mut line = self.position.record;
        for (i, &start) in starts.iter().enumerate() {
            parts.push((start, line));
            let end = starts.get(i + 1).copied().unwrap_or(bytes.len());
            line += count_lines(&bytes[start..end]);
        }
        self.position.bytes += bytes.len() as u64;
        self.position.record = line;
        Block {
            source: Arc::clone(&self.source),
            rejection: None,
            end: self.position,
            records: Box::new(ByteRecords {
                bytes,
                parts,
                layout: Arc::clone(&self.layout),
                max_record: self.options.max_record,
            }),
        }
    }

    /// Passes over a record of which `start` is the beginning.
    fn pass_over(&mut self, mut bytes: Vec<u8>, cutter: &mut Cutter) -> Block {
        let record = self.position.record;
        let mut length = 0;
        loop {
            length += bytes.len() as u64;
            self.advance(&bytes);
            bytes.clear();
            self.fill(&mut bytes, self.options.block);
            if let Some(end) = cutter.first_end(&bytes) {
                self.rest = bytes.split_off(end);
                length += bytes.len() as u64;
                self.advance(&bytes);
                break;
            }
            if self.ended && bytes.is_empty() {
                break;
            }
        }
        let rejection = Fault::too_long(length, self.options.max_record).at(&self.source, record);
        Block {
            rejection: Some(rejection),
            ..self.block(Vec::new(), &[])
        }
    }
}

fn count_lines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

impl Cut for ByteBlocks {
    fn next_block(&mut self) -> Option<Result<Block, Error>> {
        let mut bytes = std::mem::take(&mut self.rest);
        let mut cutter = self.cutter();
        let mut starts = vec![0];
        let mut seen = 0;
        let cut = loop {
            let wanted = self.options.block.saturating_sub(bytes.len());
            self.fill(&mut bytes, wanted.max(self.options.block.div_ceil(2)));
            if let Some(end) = cutter.last_end(&bytes, seen, &mut starts, self.options.part) {
                break end;
            }
            if self.ended {
                // What stands before data that break off is no whole record.
                break if self.failed.is_none() {
                    bytes.len()
                } else {
                    0
                };
            }
            seen = bytes.len();
            if bytes.len() > self.options.max_record {
                return Some(Ok(self.pass_over(bytes, &mut cutter)));
            }
        };
        self.rest = bytes.split_off(cut);
        if bytes.is_empty() {
            self.rest.clear();
            return self
                .failed
                .take()
                .map(|error| Err(Error::io(&*self.source, error)));
        }
        starts.retain(|&start| start < cut);
        Some(Ok(self.block(bytes, &starts)))
    }
}

/// Finds the places between records.
enum Cutter {
    Lines,
    File,
    Delimited(Scanner),
}

impl Cutter {
    /// The end of the last whole record in `bytes`, of which those before `seen` hold none. Notes in `starts`, which holds 0, where
    /// parts of at least `part` bytes begin.
    fn last_end(
        &mut self,
        bytes: &[u8],
        seen: usize,
        starts: &mut Vec<usize>,
        part: usize,
    ) -> Option<usize> {
        let mut last = 0;
        match self {
            Self::File => None,
            Self::Lines => {
                let end = seen + memchr::memrchr(b'\n', &bytes[seen..])? + 1;
                while last + part < end {
                    let wanted = last + part - 1;
                    let Some(at) = memchr::memchr(b'\n', &bytes[wanted..end]) else {
                        break;
                    };
                    last = wanted + at + 1;
                    starts.push(last);
                }
                Some(end)
            }
            Self::Delimited(scanner) => {
                let mut at = seen;
                let mut found = None;
                while let Some(end) = scanner.end(bytes, at) {
                    if end - last >= part {
                        starts.push(end);
                        last = end;
                    }
                    at = end;
                    found = Some(end);
                }
                found
            }
        }
    }

    /// The end of the record that goes on at the start of `bytes`.
    fn first_end(&mut self, bytes: &[u8]) -> Option<usize> {
        match self {
            Self::File => None,
            Self::Lines => memchr::memchr(b'\n', bytes).map(|at| at + 1),
            Self::Delimited(scanner) => scanner.end(bytes, 0),
        }
    }
}

struct ByteRecords {
    bytes: Vec<u8>,
    /// Where the parts begin, and the line there.
    parts: Vec<(usize, u64)>,
    layout: Arc<Layout>,
    max_record: usize,
}

impl Records for ByteRecords {
    fn n_parts(&self) -> usize {
        self.parts.len()
    }

    fn read<'b>(&'b self, part: usize, sink: &mut Sink<'b, '_>) {
        let (start, line) = self.parts[part];
        let end = self
            .parts
            .get(part + 1)
            .map_or(self.bytes.len(), |&(end, _)| end);
        let bytes = &self.bytes[start..end];
        match &*self.layout {
            Layout::File => text::read_file(bytes, self.max_record, sink),
            Layout::Lines => text::read_lines(bytes, line, self.max_record, sink, |line| {
                Ok(Document::new(line.trim_end_matches(['\n', '\r'])))
            }),
            Layout::Jsonl(fields) => text::read_lines(bytes, line, self.max_record, sink, |line| {
                jsonl::document(line, fields)
            }),
            Layout::Delimited(dialect, columns) => {
                delimited::read(bytes, line, (*dialect, columns), self.max_record, sink);
            }
        }
    }
}
