//! How do many records get in and out?

mod batch;
mod input;
mod row;
mod row_formats;
mod run;

pub use batch::{Batch, BatchOptions, Tally};
pub use input::{
    Block, Blocks, ByteCount, Carry, Compression, Decompressed, Document, Encoding, FieldNames,
    Input, MAX_RATIO, Origin, Position, ReadOptions, Reason, RecordFormat, Rejection, decompress,
    transcode,
};
pub use row::{Place, Row, RowFormat};
pub use row_formats::{CsvRows, JsonlRows};
pub use run::{InputIdentity, Manifest, Outcome, Reached, Run, RunDirectory, ShardRecord};
