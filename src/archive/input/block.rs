//! Whole records of an input.

use std::sync::Arc;

use super::rejection::Fault;
use super::{Document, Rejection};

/// How far an input has been read, at the end of a record.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub struct Position {
    /// Bytes of the unpacked input in UTF-8; of no meaning in Parquet files.
    pub bytes: u64,
    /// The number of the next record: its line, or in WARC and Parquet files the record counted from 1.
    pub record: u64,
}

/// Whole records of an input, in parts that several threads may read at the same time.
pub struct Block {
    pub(super) source: Arc<str>,
    pub(super) records: Box<dyn Records>,
    pub(super) rejection: Option<Rejection>,
    pub(super) end: Position,
}

/// What a reader hears of a record: its number, and the document, nothing for a record that holds none, or what is wrong with it.
/// Documents borrow from the block.
pub(super) type Sink<'b, 's> = dyn FnMut(u64, Result<Option<Document<'b>>, Fault>) + 's;

/// The records of a block.
pub(super) trait Records: Send + Sync {
    /// How many parts there are.
    fn n_parts(&self) -> usize;

    /// Reads all records of a part in their order.
    fn read<'b>(&'b self, part: usize, sink: &mut Sink<'b, '_>);
}

impl Block {
    /// How many parts it has; may be none.
    #[must_use]
    pub fn n_parts(&self) -> usize {
        self.records.n_parts()
    }

    /// Reads the documents of a part, counted from 0, with the numbers of their records; `None` for a record that holds no
    /// document, such as an empty line.
    pub fn read_part<'b>(
        &'b self,
        part: usize,
        mut sink: impl FnMut(u64, Result<Option<Document<'b>>, Rejection>),
    ) {
        self.records.read(part, &mut |record, result| {
            sink(
                record,
                result.map_err(|fault| fault.at(&self.source, record)),
            );
        });
    }

    /// Reads all documents: those of the parts one after the other, then the record that was passed over.
    pub fn read(&self, mut sink: impl FnMut(u64, Result<Option<Document>, Rejection>)) {
        for part in 0..self.n_parts() {
            self.read_part(part, &mut sink);
        }
        if let Some(rejection) = &self.rejection {
            sink(rejection.record, Err(rejection.clone()));
        }
    }

    /// The record after those of the block that was passed over as it streamed by, because it is too large for memory or cannot
    /// be told from others.
    #[must_use]
    pub fn rejection(&self) -> Option<&Rejection> {
        self.rejection.as_ref()
    }

    /// How far the input has been read with this block.
    #[must_use]
    pub fn end(&self) -> Position {
        self.end
    }
}

/// A source of blocks.
pub(super) trait Cut: Send {
    /// The next block; an error is the last thing there is.
    fn next_block(&mut self) -> Option<Result<Block, crate::Error>>;
}
