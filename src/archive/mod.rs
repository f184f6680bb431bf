//! How do many records get in and out?

mod batch;
mod batch_options;
mod compressor;
mod document_rows;
mod document_tally;
mod draft;
mod duplicates;
mod input;
mod part;
mod repeats;
mod row_writer;
mod rows;
mod run;
mod sentence_classifier;
mod summary;

pub use batch::Batch;
pub use batch_options::BatchOptions;
pub use compressor::{Compressor, Packing};
pub use duplicates::{Duplicates, Fingerprint};
pub use input::{
    Block, Blocks, ByteCount, Carry, Compression, Decompressed, Document, Encoding, FieldNames,
    Input, MAX_RATIO, Origin, Position, ReadOptions, Reason, RecordFormat, Rejection, decompress,
    transcode,
};
pub use repeats::OnDuplicate;
pub use row_writer::RowWriter;
pub use rows::{
    DelimitedRows, DocumentRow, Duplicate, Field, Fields, JsonlRows, LabelTally, Place, Row,
    RowFormat, RowShape, Strongest, Unit,
};
#[cfg(feature = "parquet")]
pub use rows::{ParquetFile, ParquetRows};
pub use run::{
    InputIdentity, Manifest, Outcome, Reached, Run, RunDirectory, ShardFile, ShardRecord,
};
pub use summary::{LeftOut, Month, Summary, SummaryReport, month};
