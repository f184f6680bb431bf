//! Rows on their way into a Parquet file.

use super::column::{Column, columns};
use super::value::{self, Value};
use super::{DocumentRow, Fields, Row, RowFormat};

/// Rows in a binary form that threads write side by side and [`super::ParquetFile`] puts into columns.
///
/// A row is its length in bytes as `u32`, and for each column a tag and a value; numbers are little-endian.
#[derive(Debug)]
pub struct ParquetRows {
    pub(super) fields: Fields,
    pub(super) columns: Vec<Column>,
    pub(super) labels: Vec<String>,
}

/// A value in the binary form; texts are places in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Cell {
    Missing,
    Text { start: usize, length: u32 },
    Label(u32),
    Integer(u64),
    Probability(f32),
}

impl ParquetRows {
    /// Rows of `fields`; `labels` are the label names in the order of the classes.
    #[must_use]
    pub fn new(labels: &[String], fields: &Fields) -> Self {
        Self {
            fields: fields.clone(),
            columns: columns(fields, labels),
            labels: labels.to_vec(),
        }
    }
}

impl RowFormat for ParquetRows {
    fn header(&self, _: &mut Vec<u8>) {}

    fn row(&self, row: &Row, out: &mut Vec<u8>) {
        let start = begin(out);
        value::of_sentence(row, &self.fields, |value| push(value, out));
        end(start, out);
    }

    fn document(&self, row: &DocumentRow, out: &mut Vec<u8>) {
        let start = begin(out);
        value::of_document(row, &self.fields, |value| push(value, out));
        end(start, out);
    }
}

/// Leaves room for the length of a row.
fn begin(out: &mut Vec<u8>) -> usize {
    out.extend_from_slice(&[0; 4]);
    out.len()
}

/// Writes the length of the row whose values begin at `start` before them.
fn end(start: usize, out: &mut [u8]) {
    let length = (out.len() - start) as u32;
    out[start - 4..start].copy_from_slice(&length.to_le_bytes());
}

fn push(value: Value, out: &mut Vec<u8>) {
    match value {
        Value::Missing => out.push(0),
        Value::Text(text) => {
            out.push(1);
            out.extend_from_slice(&(text.len() as u32).to_le_bytes());
            out.extend_from_slice(text.as_bytes());
        }
        Value::Label(class) => {
            out.push(2);
            out.extend_from_slice(&(class as u32).to_le_bytes());
        }
        Value::Integer(n) => {
            out.push(3);
            out.extend_from_slice(&n.to_le_bytes());
        }
        Value::Probability(probability) => {
            out.push(4);
            out.extend_from_slice(&probability.to_le_bytes());
        }
    }
}

/// The bytes of the whole row at the start of `bytes`, its length included; `None` while it is not whole.
pub(super) fn whole_row(bytes: &[u8]) -> Option<usize> {
    let length = 4 + u32::from_le_bytes(*bytes.first_chunk()?) as usize;
    (bytes.len() >= length).then_some(length)
}

/// Reads the cell at byte `at` and moves behind it; `None` when the bytes are none of ours.
pub(super) fn read_cell(bytes: &[u8], at: &mut usize) -> Option<Cell> {
    let tag = *bytes.get(*at)?;
    let value = &bytes[*at + 1..];
    let word = || value.first_chunk().copied().map(u32::from_le_bytes);
    let (cell, length) = match tag {
        0 => (Cell::Missing, 0),
        1 => {
            let (start, length) = (*at + 5, word()?);
            (Cell::Text { start, length }, 4 + length as usize)
        }
        2 => (Cell::Label(word()?), 4),
        3 => (Cell::Integer(u64::from_le_bytes(*value.first_chunk()?)), 8),
        4 => (Cell::Probability(f32::from_bits(word()?)), 4),
        _ => return None,
    };
    *at += 1 + length;
    Some(cell)
}
