//! Classified sentences and documents on their way out: what a row holds, and how it is written.

mod column;
mod delimited_rows;
mod document_row;
mod escaped;
mod field;
mod fields;
mod four_decimals;
mod jsonl_rows;
#[cfg(feature = "parquet")]
mod parquet_file;
#[cfg(feature = "parquet")]
mod parquet_rows;
mod row;
mod row_format;
mod value;

pub use delimited_rows::DelimitedRows;
pub use document_row::{DocumentRow, LabelTally, Strongest};
pub use field::{Field, Unit};
pub use fields::{Fields, RowShape};
pub use jsonl_rows::JsonlRows;
#[cfg(feature = "parquet")]
pub use parquet_file::ParquetFile;
#[cfg(feature = "parquet")]
pub use parquet_rows::ParquetRows;
pub use row::{Duplicate, Place, Row};
pub use row_format::RowFormat;
