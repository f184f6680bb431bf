//! Classified sentences and documents on their way out: what a row holds, and how it is written.

mod column;
mod delimited_rows;
mod document_row;
mod escaped;
mod field;
mod fields;
mod four_decimals;
mod jsonl_rows;
mod row;
mod row_format;
mod value;

pub use delimited_rows::DelimitedRows;
pub use document_row::{DocumentRow, LabelTally, Strongest};
pub use field::{Field, Unit};
pub use fields::{Fields, RowShape};
pub use jsonl_rows::JsonlRows;
pub use row::{Duplicate, Place, Row};
pub use row_format::RowFormat;
