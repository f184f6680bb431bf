//! A Parquet file made of rows.

use std::io::{self, Write};
use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{
    Compression, Encoding, LogicalType, Repetition, Type as PhysicalType, ZstdLevel,
};
use parquet::column::writer::{ColumnCloseResult, ColumnWriter, get_column_writer};
use parquet::data_type::ByteArray;
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{WriterProperties, WriterPropertiesPtr};
use parquet::file::writer::{SerializedFileWriter, SerializedPageWriter, TrackedWrite};
use parquet::schema::types::{ColumnDescPtr, ColumnPath, Type};
use rayon::prelude::*;

use super::ParquetRows;
use super::column::{Column, Kind};
use super::parquet_rows::{Cell, read_cell, whole_row};

/// A row group holds at most so many rows,
const GROUP_ROWS: usize = 1 << 16;

/// and is closed by the row that brings it to so many bytes. Both bound the memory of a writer.
const GROUP_BYTES: usize = 32 << 20;

/// Puts rows that [`ParquetRows`] wrote into columns, and these into a file.
///
/// Rows may come in pieces of any length; the bytes of the file depend on the rows alone. The columns of a row group are packed
/// (zstd) side by side by the threads of the pool that calls. Labels, sources, identifiers and dates are dictionary-encoded.
pub struct ParquetFile<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    columns: Vec<Column>,
    labels: Vec<ByteArray>,
    /// Whole rows, and perhaps the beginning of another.
    pending: Vec<u8>,
    /// The bytes of the whole rows.
    whole: usize,
    rows: usize,
}

impl<W: Write + Send> ParquetFile<W> {
    /// A file of such rows, which bears `metadata` (names and values, such as the checksum of the model).
    ///
    /// # Errors
    ///
    /// When the output cannot be written.
    pub fn new(rows: &ParquetRows, metadata: &[(&str, &str)], output: W) -> io::Result<Self> {
        let schema = schema(&rows.columns).map_err(io::Error::other)?;
        let properties = Arc::new(properties(&rows.columns, metadata));
        Ok(Self {
            writer: SerializedFileWriter::new(output, schema, properties)
                .map_err(io::Error::other)?,
            columns: rows.columns.clone(),
            labels: rows
                .labels
                .iter()
                .map(|label| ByteArray::from(label.as_str()))
                .collect(),
            pending: Vec::new(),
            whole: 0,
            rows: 0,
        })
    }

    /// How many bytes of the file are written; rows of the group that is being filled are not among them.
    pub fn bytes_written(&self) -> u64 {
        self.writer.bytes_written() as u64
    }

    /// Writes the rest and what a reader needs to find the columns, and gives the output back.
    ///
    /// # Errors
    ///
    /// When the output cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        if self.whole < self.pending.len() {
            return Err(io::Error::other("the last row is not whole"));
        }
        if self.rows > 0 {
            self.write_group().map_err(into_io)?;
        }
        self.writer.into_inner().map_err(into_io)
    }

    fn write_group(&mut self) -> Result<()> {
        let rest = self.pending.split_off(self.whole);
        let group = Bytes::from(std::mem::replace(&mut self.pending, rest));
        let cells = columns_of(&group, self.columns.len(), self.rows)
            .ok_or_else(|| ParquetError::General("these are no rows for Parquet".to_owned()))?;
        (self.whole, self.rows) = (0, 0);
        let (descriptions, properties) = (
            self.writer.schema_descr().columns(),
            self.writer.properties(),
        );
        let chunks: Vec<Result<(Bytes, ColumnCloseResult)>> = (0..self.columns.len())
            .into_par_iter()
            .map(|index| {
                let chunk = Chunk {
                    required: self.columns[index].required,
                    cells: &cells[index],
                    group: &group,
                    labels: &self.labels,
                };
                chunk.pack(Arc::clone(&descriptions[index]), Arc::clone(properties))
            })
            .collect();
        let mut row_group = self.writer.next_row_group()?;
        for chunk in chunks {
            let (bytes, close) = chunk?;
            row_group.append_column(&bytes, close)?;
        }
        row_group.close()?;
        Ok(())
    }
}

impl<W: Write + Send> Write for ParquetFile<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.pending.extend_from_slice(bytes);
        while let Some(length) = whole_row(&self.pending[self.whole..]) {
            self.whole += length;
            self.rows += 1;
            if self.rows == GROUP_ROWS || self.whole >= GROUP_BYTES {
                self.write_group().map_err(into_io)?;
            }
        }
        Ok(bytes.len())
    }

    /// Hands on the row groups that are complete; an incomplete one waits for its rows.
    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// An error of the output stays what it is, so that a full disk or a closed pipe is known as such.
fn into_io(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}

fn schema(columns: &[Column]) -> Result<Arc<Type>> {
    let column = |column: &Column| {
        let (physical, logical) = match column.kind {
            Kind::Text | Kind::Name | Kind::Label => {
                (PhysicalType::BYTE_ARRAY, Some(LogicalType::String))
            }
            Kind::Integer => (PhysicalType::INT64, None),
            Kind::Probability => (PhysicalType::FLOAT, None),
        };
        let repetition = match column.required {
            true => Repetition::REQUIRED,
            false => Repetition::OPTIONAL,
        };
        Type::primitive_type_builder(&column.title, physical)
            .with_logical_type(logical)
            .with_repetition(repetition)
            .build()
            .map(Arc::new)
    };
    let fields = columns.iter().map(column).collect::<Result<Vec<_>>>()?;
    let schema = Type::group_type_builder("rows").with_fields(fields).build();
    schema.map(Arc::new)
}

fn properties(columns: &[Column], metadata: &[(&str, &str)]) -> WriterProperties {
    let metadata = metadata
        .iter()
        .map(|&(name, value)| KeyValue::new(name.to_owned(), value.to_owned()))
        .collect();
    let mut properties = WriterProperties::builder()
        .set_key_value_metadata(Some(metadata))
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_dictionary_enabled(false);
    for column in columns {
        let path = ColumnPath::from(vec![column.title.clone()]);
        properties = match column.kind {
            Kind::Name | Kind::Label => properties.set_column_dictionary_enabled(path, true),
            Kind::Integer => properties.set_column_encoding(path, Encoding::DELTA_BINARY_PACKED),
            Kind::Text | Kind::Probability => properties,
        };
    }
    properties.build()
}

/// The cells of each column; `None` when the bytes are no rows of so many columns.
fn columns_of(group: &[u8], n_columns: usize, n_rows: usize) -> Option<Vec<Vec<Cell>>> {
    let mut columns: Vec<Vec<Cell>> = (0..n_columns).map(|_| Vec::with_capacity(n_rows)).collect();
    let mut at = 0;
    while let Some(length) = whole_row(&group[at..]) {
        let end = at + length;
        at += 4;
        for column in &mut columns {
            column.push(read_cell(&group[..end], &mut at)?);
        }
        if at != end {
            return None;
        }
    }
    (at == group.len()).then_some(columns)
}

/// One column of a row group.
struct Chunk<'a> {
    required: bool,
    cells: &'a [Cell],
    group: &'a Bytes,
    labels: &'a [ByteArray],
}

impl Chunk<'_> {
    /// The pages of the column and what the file must say of them.
    fn pack(
        &self,
        description: ColumnDescPtr,
        properties: WriterPropertiesPtr,
    ) -> Result<(Bytes, ColumnCloseResult)> {
        let mut pages = TrackedWrite::new(Vec::new());
        let page_writer = Box::new(SerializedPageWriter::new(&mut pages));
        let mut writer = get_column_writer(description, properties, page_writer);
        let levels: Option<Vec<i16>> = (!self.required).then(|| {
            let present = |cell: &Cell| i16::from(*cell != Cell::Missing);
            self.cells.iter().map(present).collect()
        });
        let levels = levels.as_deref();
        match &mut writer {
            ColumnWriter::ByteArrayColumnWriter(writer) => {
                writer.write_batch(&self.texts(), levels, None)?;
            }
            ColumnWriter::Int64ColumnWriter(writer) => {
                let integers: Vec<i64> = self
                    .cells
                    .iter()
                    .filter_map(|cell| match *cell {
                        Cell::Integer(n) => Some(n as i64),
                        _ => None,
                    })
                    .collect();
                writer.write_batch(&integers, levels, None)?;
            }
            ColumnWriter::FloatColumnWriter(writer) => {
                let probabilities: Vec<f32> = self
                    .cells
                    .iter()
                    .filter_map(|cell| match *cell {
                        Cell::Probability(probability) => Some(probability),
                        _ => None,
                    })
                    .collect();
                writer.write_batch(&probabilities, levels, None)?;
            }
            _ => {
                let message = "the schema has no other types".to_owned();
                return Err(ParquetError::General(message));
            }
        }
        let close = writer.close()?;
        Ok((pages.into_inner()?.into(), close))
    }

    /// The texts and names of the column; those that are in the group are not copied.
    fn texts(&self) -> Vec<ByteArray> {
        self.cells
            .iter()
            .filter_map(|cell| match *cell {
                Cell::Text { start, length } => {
                    Some(self.group.slice(start..start + length as usize).into())
                }
                Cell::Label(class) => self.labels.get(class as usize).cloned(),
                _ => None,
            })
            .collect()
    }
}
