//! A form of output.

use super::{DocumentRow, Row};

/// Turns rows into bytes that may be joined in any order of threads: the bytes of each row stand by themselves.
pub trait RowFormat: Sync {
    /// Appends what stands before all rows.
    fn header(&self, out: &mut Vec<u8>);

    /// Appends the row of a sentence.
    fn row(&self, row: &Row, out: &mut Vec<u8>);

    /// Appends the row of a document.
    fn document(&self, row: &DocumentRow, out: &mut Vec<u8>);
}
