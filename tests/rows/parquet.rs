//! Rows in Parquet files, read back by the `parquet` crate; `tests/rows/parquet.py` reads them with pyarrow.

use std::io::Write;

use bytes::Bytes;
use marsad::archive::{Fields, ParquetFile, ParquetRows, Row, RowFormat, RowShape};
use marsad::model::Prediction;
use parquet::basic::Encoding;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

use super::{carried, carried_names, labels, row};

/// The binary form of `n` rows that differ.
fn binary(rows: &ParquetRows, n: u64) -> Vec<u8> {
    let carried = carried();
    let mut out = Vec::new();
    for record in 0..n {
        let id = format!("id-{}", record / 10);
        let text = format!("الجملة {record} من الخبر");
        let likely = (record % 100) as f32 / 100.0;
        let row = Row {
            record,
            id: (record % 3 > 0).then_some(&id),
            text: &text,
            prediction: Prediction {
                probabilities: &[likely, 1.0 - likely],
                margins: &[likely, 0.5],
            },
            class: Some(usize::from(likely < 0.5)),
            ..row(&carried)
        };
        rows.row(&row, &mut out);
    }
    out
}

fn file(rows: &ParquetRows, binary: &[u8], piece: usize) -> Vec<u8> {
    let metadata = [("marsad.model", "sha256:17")];
    let mut file = ParquetFile::new(rows, &metadata, Vec::new()).unwrap();
    for piece in binary.chunks(piece) {
        file.write_all(piece).unwrap();
    }
    file.finish().unwrap()
}

fn full() -> ParquetRows {
    let fields = Fields::standard(&RowShape {
        split: true,
        duplicates: true,
        carried: &carried_names(),
        ..RowShape::default()
    });
    ParquetRows::new(&labels(), &fields)
}

#[test]
fn a_row_is_read_back_with_its_types() {
    let (rows, carried) = (full(), carried());
    let mut out = Vec::new();
    rows.row(&row(&carried), &mut out);
    let reader = SerializedFileReader::new(Bytes::from(file(&rows, &out, 5))).unwrap();
    let text = |text: &str| Field::Str(text.to_owned());
    let expected = [
        ("source", text("a.jsonl")),
        ("record", Field::Long(3)),
        ("id", text("d\"1")),
        ("date", text("2014-05-01")),
        ("sentence", Field::Long(2)),
        ("start", Field::Long(10)),
        ("end", Field::Long(38)),
        ("text", text("قال، \"نعم\"\nو,لا\tأ\\ب")),
        ("label", text("attack, or")),
        ("confidence", Field::Float(0.718_75)),
        ("attack, or", Field::Float(0.718_75)),
        ("probability_text", Field::Float(0.281_25)),
        ("duplicate", Field::Null),
        ("title", text("أ\t\"ب\"")),
        ("views", text("17")),
        ("carried_label", Field::Null),
    ];
    let read = reader.get_row_iter(None).unwrap().next().unwrap().unwrap();
    let columns: Vec<_> = read.get_column_iter().collect();
    assert_eq!(columns.len(), expected.len());
    for ((name, value), (expected_name, expected)) in columns.iter().zip(&expected) {
        assert_eq!((name.as_str(), *value), (*expected_name, expected));
    }
    let metadata = reader.metadata().file_metadata();
    let pairs = metadata.key_value_metadata().unwrap();
    assert_eq!(
        (pairs[0].key.as_str(), pairs[0].value.as_deref()),
        ("marsad.model", Some("sha256:17"))
    );
    assert!(!metadata.schema_descr().column(0).self_type().is_optional());
    assert!(metadata.schema_descr().column(2).self_type().is_optional());
    let label = reader.metadata().row_group(0).column(8);
    assert!(
        label
            .encodings()
            .any(|encoding| encoding == Encoding::RLE_DICTIONARY)
    );
}

#[test]
fn the_bytes_depend_neither_on_the_pieces_nor_on_the_threads() {
    let rows = full();
    let binary = binary(&rows, 70_000);
    let on = |threads, piece| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| file(&rows, &binary, piece))
    };
    let bytes = on(1, 32 << 10);
    assert_eq!(bytes, on(2, 777_777));
    assert_eq!(bytes, on(3, 1 << 30));
    let reader = SerializedFileReader::new(Bytes::from(bytes)).unwrap();
    let groups: Vec<i64> = reader
        .metadata()
        .row_groups()
        .iter()
        .map(parquet::file::metadata::RowGroupMetaData::num_rows)
        .collect();
    assert_eq!(groups, [65_536, 70_000 - 65_536]);
    for (record, row) in reader.get_row_iter(None).unwrap().enumerate() {
        let row = row.unwrap();
        let columns: Vec<&Field> = row.get_column_iter().map(|(_, value)| value).collect();
        assert_eq!(*columns[1], Field::Long(record as i64));
        let id = match record % 3 {
            0 => Field::Null,
            _ => Field::Str(format!("id-{}", record / 10)),
        };
        assert_eq!(*columns[2], id);
        assert_eq!(*columns[7], Field::Str(format!("الجملة {record} من الخبر")));
        let label = usize::from(record % 100 < 50);
        assert_eq!(*columns[8], Field::Str(labels()[label].clone()));
    }
}

#[test]
fn a_file_without_rows_is_a_file_and_half_a_row_is_an_error() {
    let rows = full();
    let reader = SerializedFileReader::new(Bytes::from(file(&rows, &[], 1))).unwrap();
    assert_eq!(reader.metadata().file_metadata().num_rows(), 0);
    assert_eq!(
        reader
            .metadata()
            .file_metadata()
            .schema_descr()
            .num_columns(),
        16
    );
    let binary = binary(&rows, 1);
    let mut file = ParquetFile::new(&rows, &[], Vec::new()).unwrap();
    file.write_all(&binary[..binary.len() - 1]).unwrap();
    assert!(file.finish().is_err());
}
