//! How do many records get in and out?

mod batch;
mod blocks;
mod document;
mod document_tally;
mod rows;

pub use batch::{Batch, BatchOptions, Tally};
pub use blocks::{Block, Blocks};
pub use document::{Document, DocumentFormat, FieldNames};
pub use rows::{
    DelimitedRows, DocumentRow, Duplicate, Field, Fields, JsonlRows, LabelTally, Place, Row,
    RowFormat, RowShape, Strongest, Unit,
};
