//! How do many records get in and out?

mod batch;
mod blocks;
mod compressor;
mod document;
mod document_tally;
mod row_writer;
mod rows;

pub use batch::{Batch, BatchOptions, Tally};
pub use blocks::{Block, Blocks};
pub use compressor::{Compressor, Packing};
pub use document::{Document, DocumentFormat, FieldNames};
pub use row_writer::RowWriter;
pub use rows::{
    DelimitedRows, DocumentRow, Duplicate, Field, Fields, JsonlRows, LabelTally, Place, Row,
    RowFormat, RowShape, Strongest, Unit,
};
#[cfg(feature = "parquet")]
pub use rows::{ParquetFile, ParquetRows};
