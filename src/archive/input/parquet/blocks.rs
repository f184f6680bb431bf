//! The rows of a Parquet file in blocks.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::sync::Arc;

use parquet::column::reader::ColumnReader;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};

use super::super::block::{Block, Cut, Position, Records, Sink};
use super::super::columns::Columns;
use super::super::rejection::Fault;
use super::super::{Document, ReadOptions, Reason};
use super::cells::{Cells, is_readable};
use crate::Error;

/// Opens a Parquet file. What is no plain file is copied to a temporary one first, because its index stands at the end.
pub(in super::super) fn open(
    source: &Arc<str>,
    file: Option<File>,
    mut reader: Box<dyn Read + Send>,
    options: &ReadOptions,
    end: Option<Position>,
) -> Result<Box<dyn Cut>, Error> {
    let fail = |error| Error::io(&**source, error);
    let file = if let Some(file) = file {
        file
    } else {
        let mut file = tempfile::tempfile().map_err(|e| Error::io(std::env::temp_dir(), e))?;
        io::copy(&mut reader, &mut file).map_err(fail)?;
        file
    };
    let file = SerializedFileReader::new(file).map_err(|error| broken(source, &error))?;
    let schema = file.metadata().file_metadata().schema_descr();
    let readable: Vec<usize> = (0..schema.num_columns())
        .filter(|&column| is_readable(&schema.column(column)))
        .collect();
    let names: Vec<String> = readable
        .iter()
        .map(|&column| schema.column(column).path().parts().join("."))
        .collect();
    let columns = Columns::find(&options.fields, &names).map_err(|message| Error::Record {
        path: (**source).into(),
        line: 1,
        message,
    })?;
    let wanted = columns.all();
    let leaves = wanted.iter().map(|&column| readable[column]).collect();
    let mut blocks = ParquetBlocks {
        source: Arc::clone(source),
        file,
        columns: Arc::new(columns),
        wanted,
        leaves,
        readers: Vec::new(),
        rows_left: 0,
        rows_a_block: 1,
        next_group: 0,
        next_row: 1,
        options: options.clone(),
    };
    if let Some(end) = end {
        blocks
            .skip_to(end.record)
            .map_err(|error| broken(&blocks.source, &error))?;
    }
    Ok(Box::new(blocks))
}

fn broken(source: &str, error: &ParquetError) -> Error {
    Error::io(
        source,
        io::Error::new(
            io::ErrorKind::InvalidData,
            format!("the Parquet data are truncated or damaged ({error}); fetch the file again"),
        ),
    )
}

struct ParquetBlocks {
    source: Arc<str>,
    file: SerializedFileReader<File>,
    columns: Arc<Columns>,
    /// The columns that are read, by their place among the readable ones and in the file.
    wanted: Vec<usize>,
    leaves: Vec<usize>,
    /// Those of the row group that is being read.
    readers: Vec<ColumnReader>,
    rows_left: usize,
    rows_a_block: usize,
    next_group: usize,
    next_row: u64,
    options: ReadOptions,
}

impl ParquetBlocks {
    /// Opens the next row group; `false` when there is none.
    fn next_group(&mut self) -> Result<bool, ParquetError> {
        if self.next_group == self.file.num_row_groups() {
            return Ok(false);
        }
        let group = self.file.get_row_group(self.next_group)?;
        self.next_group += 1;
        self.rows_left = usize::try_from(group.metadata().num_rows())
            .map_err(|_| ParquetError::General("a row group has less than no rows".to_owned()))?;
        let bytes: i64 = self
            .leaves
            .iter()
            .map(|&leaf| group.metadata().column(leaf).uncompressed_size())
            .sum();
        let a_row = bytes.max(1) as usize / self.rows_left.max(1) + 1;
        self.rows_a_block = (self.options.block / a_row).clamp(1, 1 << 16);
        self.readers = self
            .leaves
            .iter()
            .map(|&leaf| group.get_column_reader(leaf))
            .collect::<Result<_, _>>()?;
        Ok(true)
    }

    /// Passes over the rows before `row`, counted from 1.
    fn skip_to(&mut self, row: u64) -> Result<(), ParquetError> {
        while self.next_row < row {
            if self.rows_left == 0 {
                if !self.next_group()? {
                    return Err(ParquetError::General(
                        "there are fewer rows than before".to_owned(),
                    ));
                }
                let ahead = row - self.next_row;
                if ahead >= self.rows_left as u64 {
                    self.next_row += self.rows_left as u64;
                    self.rows_left = 0;
                    continue;
                }
            }
            let ahead = self.rows_left.min((row - self.next_row) as usize);
            self.read_rows(ahead)?;
        }
        Ok(())
    }

    /// Reads `n` rows, which the row group has.
    fn read_rows(&mut self, n: usize) -> Result<Vec<Cells>, ParquetError> {
        let schema = self.file.metadata().file_metadata().schema_descr_ptr();
        let mut cells = Vec::with_capacity(self.readers.len());
        for (reader, &leaf) in self.readers.iter_mut().zip(&self.leaves) {
            let column = Cells::read(reader, &schema.column(leaf), n)?;
            if column.len() != n {
                return Err(ParquetError::General(format!(
                    "{} rows were promised and {} are there",
                    n,
                    column.len()
                )));
            }
            cells.push(column);
        }
        self.rows_left -= n;
        self.next_row += n as u64;
        Ok(cells)
    }

    fn read(&mut self) -> Result<Option<Block>, ParquetError> {
        while self.rows_left == 0 {
            if !self.next_group()? {
                return Ok(None);
            }
        }
        let n_rows = self.rows_left.min(self.rows_a_block);
        let first_row = self.next_row;
        let cells = self.read_rows(n_rows)?;
        let part = (self.rows_a_block * self.options.part / self.options.block.max(1)).max(1);
        Ok(Some(Block {
            source: Arc::clone(&self.source),
            rejection: None,
            end: Position {
                bytes: 0,
                record: self.next_row,
            },
            records: Box::new(RowRecords {
                columns: Arc::clone(&self.columns),
                wanted: self.wanted.clone(),
                cells,
                first_row,
                n_rows,
                part,
                max_record: self.options.max_record,
            }),
        }))
    }
}

impl Cut for ParquetBlocks {
    fn next_block(&mut self) -> Option<Result<Block, Error>> {
        self.read()
            .map_err(|error| broken(&self.source, &error))
            .transpose()
    }
}

struct RowRecords {
    columns: Arc<Columns>,
    wanted: Vec<usize>,
    cells: Vec<Cells>,
    first_row: u64,
    n_rows: usize,
    /// The rows of a part.
    part: usize,
    max_record: usize,
}

impl RowRecords {
    fn document<'a>(
        &'a self,
        row: usize,
        values: &mut Vec<Option<Cow<'a, str>>>,
    ) -> Result<Option<Document<'a>>, Fault> {
        values.clear();
        for cells in &self.cells {
            let value = cells
                .get(row)
                .map_err(|at| Fault::invalid_utf8(at, "value"))?;
            let length = value.as_ref().map_or(0, |value| value.len());
            if length > self.max_record {
                return Err(Fault::too_long(length as u64, self.max_record));
            }
            values.push(value);
        }
        let place = |column: usize| self.wanted.binary_search(&column).ok();
        let has_text = self
            .columns
            .text
            .iter()
            .any(|&column| place(column).is_some_and(|at| values[at].is_some()));
        if !has_text {
            return Err(Fault::new(
                Reason::MissingText,
                "has no text: the value is null; name another column with --text-field",
            ));
        }
        let document = self
            .columns
            .pick(&mut |column| values[place(column)?].take(), &|column| {
                place(column).is_some_and(|at| self.cells[at].is_json())
            });
        if document.text.contains('\0') {
            return Err(Fault::new(
                Reason::NulBytes,
                "holds a byte of value 0, so it is binary",
            ));
        }
        Ok((!document.text.trim().is_empty()).then_some(document))
    }
}

impl Records for RowRecords {
    fn n_parts(&self) -> usize {
        self.n_rows.div_ceil(self.part)
    }

    fn read<'b>(&'b self, part: usize, sink: &mut Sink<'b, '_>) {
        let mut values = Vec::new();
        let start = part * self.part;
        for row in start..self.n_rows.min(start + self.part) {
            sink(self.first_row + row as u64, self.document(row, &mut values));
        }
    }
}
