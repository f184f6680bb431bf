//! How do many records get in and out?

mod batch;
mod blocks;
mod document;
mod row;
mod row_formats;
mod summary;

pub use batch::{Batch, BatchOptions, Tally};
pub use blocks::{Block, Blocks};
pub use document::{Document, DocumentFormat, FieldNames};
pub use row::{Place, Row, RowFormat};
pub use row_formats::{CsvRows, JsonlRows};
pub use summary::{LeftOut, Month, Summary, SummaryReport, month};
