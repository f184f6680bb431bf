//! The values of one column.

use std::borrow::Cow;

use parquet::basic::{ConvertedType, LogicalType, TimeUnit};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::{ParquetError, Result};
use parquet::schema::types::ColumnDescriptor;

use super::time;

/// Some values of a column, one a row.
pub(super) enum Cells {
    /// Bytes that should be text.
    Text(Vec<Option<ByteArray>>),
    /// Moments, as text.
    Moments(Vec<Option<String>>),
    /// Numbers and truth values, as JSON.
    Json(Vec<Option<String>>),
}

impl Cells {
    /// The value of a row as text.
    ///
    /// # Errors
    ///
    /// The byte at which it is no UTF-8.
    pub(super) fn get(&self, row: usize) -> std::result::Result<Option<Cow<'_, str>>, usize> {
        match self {
            Self::Text(values) => values[row]
                .as_ref()
                .map(|bytes| simdutf8::compat::from_utf8(bytes.data()).map(Cow::Borrowed))
                .transpose()
                .map_err(|error| error.valid_up_to()),
            Self::Moments(values) | Self::Json(values) => {
                Ok(values[row].as_deref().map(Cow::Borrowed))
            }
        }
    }

    /// How many values there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Text(values) => values.len(),
            Self::Moments(values) | Self::Json(values) => values.len(),
        }
    }

    /// Whether values are JSON as they are.
    pub(super) fn is_json(&self) -> bool {
        matches!(self, Self::Json(_))
    }

    /// Reads up to `n` values.
    pub(super) fn read(
        reader: &mut ColumnReader,
        column: &ColumnDescriptor,
        n: usize,
    ) -> Result<Self> {
        use ColumnReader as R;
        Ok(match reader {
            R::ByteArrayColumnReader(reader) => Self::Text(values(reader, column, n)?),
            R::Int32ColumnReader(reader) => {
                let values = values(reader, column, n)?;
                if is_date(column) {
                    Self::Moments(map(values, |days| time::date(i64::from(days))))
                } else if is_unsigned(column) {
                    Self::Json(map(values, |number| number.cast_unsigned().to_string()))
                } else {
                    Self::Json(map(values, |number| number.to_string()))
                }
            }
            R::Int64ColumnReader(reader) => {
                let values = values(reader, column, n)?;
                if let Some(per_second) = per_second(column) {
                    Self::Moments(map(values, |units| time::timestamp(units, per_second)))
                } else if is_unsigned(column) {
                    Self::Json(map(values, |number| number.cast_unsigned().to_string()))
                } else {
                    Self::Json(map(values, |number| number.to_string()))
                }
            }
            R::Int96ColumnReader(reader) => {
                let moment =
                    |value: parquet::data_type::Int96| time::timestamp(value.to_seconds(), 1);
                Self::Moments(map(values(reader, column, n)?, moment))
            }
            R::BoolColumnReader(reader) => {
                Self::Json(map(values(reader, column, n)?, |value| value.to_string()))
            }
            R::FloatColumnReader(reader) => Self::Json(map(values(reader, column, n)?, |value| {
                serde_json::Value::from(value).to_string()
            })),
            R::DoubleColumnReader(reader) => Self::Json(map(values(reader, column, n)?, |value| {
                serde_json::Value::from(value).to_string()
            })),
            R::FixedLenByteArrayColumnReader(_) => {
                return Err(ParquetError::NYI(
                    "columns of a fixed number of bytes".to_owned(),
                ));
            }
        })
    }
}

fn map<T>(values: Vec<Option<T>>, to_text: impl Fn(T) -> String) -> Vec<Option<String>> {
    values
        .into_iter()
        .map(|value| value.map(&to_text))
        .collect()
}

/// Reads up to `n` values; a row without one gives `None`.
fn values<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    column: &ColumnDescriptor,
    n: usize,
) -> Result<Vec<Option<T::T>>> {
    let (mut levels, mut found) = (Vec::new(), Vec::new());
    let is_optional = column.max_def_level() > 0;
    let mut rows = 0;
    // A call ends with a page.
    while rows < n {
        let (records, ..) = reader.read_records(
            n - rows,
            is_optional.then_some(&mut levels),
            None,
            &mut found,
        )?;
        if records == 0 {
            break;
        }
        rows += records;
    }
    if !is_optional {
        return Ok(found.into_iter().map(Some).collect());
    }
    let mut found = found.into_iter();
    Ok(levels
        .into_iter()
        .map(|level| {
            (level == column.max_def_level())
                .then(|| found.next())
                .flatten()
        })
        .collect())
}

/// Whether values of a column can be shown: nothing that is repeated, and no decimal number, whose bytes do not say its scale.
pub(super) fn is_readable(column: &ColumnDescriptor) -> bool {
    let is_decimal = column.converted_type() == ConvertedType::DECIMAL
        || matches!(column.logical_type_ref(), Some(LogicalType::Decimal(_)));
    column.max_rep_level() == 0
        && !is_decimal
        && column.physical_type() != parquet::basic::Type::FIXED_LEN_BYTE_ARRAY
}

fn is_date(column: &ColumnDescriptor) -> bool {
    column.converted_type() == ConvertedType::DATE
        || matches!(column.logical_type_ref(), Some(LogicalType::Date))
}

fn is_unsigned(column: &ColumnDescriptor) -> bool {
    matches!(
        column.converted_type(),
        ConvertedType::UINT_8
            | ConvertedType::UINT_16
            | ConvertedType::UINT_32
            | ConvertedType::UINT_64
    )
}

/// The units of a second, for moments.
fn per_second(column: &ColumnDescriptor) -> Option<i64> {
    match (column.logical_type_ref(), column.converted_type()) {
        (Some(LogicalType::Timestamp(kind)), _) => Some(match kind.unit {
            TimeUnit::MILLIS => 1000,
            TimeUnit::MICROS => 1_000_000,
            TimeUnit::NANOS => 1_000_000_000,
        }),
        (_, ConvertedType::TIMESTAMP_MILLIS) => Some(1000),
        (_, ConvertedType::TIMESTAMP_MICROS) => Some(1_000_000),
        _ => None,
    }
}
