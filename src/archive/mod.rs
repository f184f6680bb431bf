//! How do many records get in and out?

mod batch;
mod blocks;
mod document;
mod duplicates;
mod row;
mod row_formats;

pub use batch::{Batch, BatchOptions, Tally};
pub use blocks::{Block, Blocks};
pub use document::{Document, DocumentFormat, FieldNames};
pub use duplicates::{DuplicateKind, DuplicateOptions, Duplicates, Fingerprint};
pub use row::{Place, Row, RowFormat};
pub use row_formats::{CsvRows, JsonlRows};
