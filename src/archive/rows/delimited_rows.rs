//! Rows of values with a delimiter between them.

use super::column::{Column, columns};
use super::escaped::{csv_field, tsv_field};
use super::four_decimals::four_decimals;
use super::value::{self, Value};
use super::{DocumentRow, Fields, Row, RowFormat};

/// A table as text, with a header.
#[derive(Debug)]
pub struct DelimitedRows {
    fields: Fields,
    columns: Vec<Column>,
    dialect: Dialect,
    /// The label names as they are written.
    labels: Vec<Vec<u8>>,
}

/// How values are kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    Csv,
    Tsv,
}

impl DelimitedRows {
    /// Comma-separated values (RFC 4180, lines ended by a line feed).
    #[must_use]
    pub fn csv(labels: &[String], fields: &Fields) -> Self {
        Self::new(Dialect::Csv, labels, fields)
    }

    /// Tab-separated values: a row is a line and a value never holds a tab. Tab, line feed, carriage return and backslash
    /// within a value are written as `\t`, `\n`, `\r` and `\\`, and nothing else is changed.
    #[must_use]
    pub fn tsv(labels: &[String], fields: &Fields) -> Self {
        Self::new(Dialect::Tsv, labels, fields)
    }

    fn new(dialect: Dialect, labels: &[String], fields: &Fields) -> Self {
        let written = |label: &String| {
            let mut out = Vec::new();
            dialect.field(label, &mut out);
            out
        };
        Self {
            fields: fields.clone(),
            columns: columns(fields, labels),
            dialect,
            labels: labels.iter().map(written).collect(),
        }
    }

    /// Appends a value and the delimiter that would follow it.
    #[inline]
    fn value(&self, value: Value, out: &mut Vec<u8>) {
        match value {
            Value::Missing => {}
            Value::Text(text) => self.dialect.field(text, out),
            Value::Label(class) => out.extend_from_slice(&self.labels[class]),
            Value::Integer(n) => out.extend_from_slice(itoa::Buffer::new().format(n).as_bytes()),
            Value::Probability(probability) => four_decimals(probability, out),
        }
        out.push(self.dialect.delimiter());
    }

    /// Ends the row that began at `start`: its last delimiter becomes a line break.
    #[inline]
    fn end_row(&self, start: usize, out: &mut Vec<u8>) {
        out.truncate(out.len().saturating_sub(1).max(start));
        if out.len() == start && self.dialect == Dialect::Csv {
            // An empty line would be no row at all.
            out.extend_from_slice(b"\"\"");
        }
        out.push(b'\n');
    }
}

impl Dialect {
    fn delimiter(self) -> u8 {
        match self {
            Self::Csv => b',',
            Self::Tsv => b'\t',
        }
    }

    fn field(self, text: &str, out: &mut Vec<u8>) {
        match self {
            Self::Csv => csv_field(text, out),
            Self::Tsv => tsv_field(text, out),
        }
    }
}

impl RowFormat for DelimitedRows {
    fn header(&self, out: &mut Vec<u8>) {
        let start = out.len();
        for column in &self.columns {
            self.value(Value::Text(&column.title), out);
        }
        self.end_row(start, out);
    }

    fn row(&self, row: &Row, out: &mut Vec<u8>) {
        let start = out.len();
        value::of_sentence(row, &self.fields, |value| self.value(value, out));
        self.end_row(start, out);
    }

    fn document(&self, row: &DocumentRow, out: &mut Vec<u8>) {
        let start = out.len();
        value::of_document(row, &self.fields, |value| self.value(value, out));
        self.end_row(start, out);
    }
}
