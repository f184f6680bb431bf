//! Parquet files written by pyarrow; `tests/data/parquet/write.py` made them.

use std::fs;
use std::io::{Cursor, Write};
use std::path::PathBuf;

use marsad::archive::{Blocks, Carry, FieldNames, Input, ReadOptions, Reason};

use super::{Outcome, everything, read, read_from, through};

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/data/parquet")
        .join(name)
}

fn options() -> ReadOptions {
    ReadOptions {
        fields: FieldNames {
            id: Some("key".to_owned()),
            carry: Carry::Named(
                ["title", "day", "score", "flag", "source.name"]
                    .map(str::to_owned)
                    .to_vec(),
            ),
            ..FieldNames::default()
        },
        ..ReadOptions::default()
    }
}

/// What `write.py` wrote: a null text is rejected, an empty one is no document.
fn expected() -> Vec<Outcome> {
    let texts = [
        "انفجرت سيارة مفخخة قرب السوق.",
        "فاز الفريق الأول على ضيفه بهدفين.",
        "",
        "",
        "أعلن المتحدث باسم الوزارة انتهاء الأعمال.",
    ];
    (0..100u64)
        .filter(|i| i % 5 != 3)
        .map(|i| {
            if i % 5 == 2 {
                return (i + 1, Err(Reason::MissingText));
            }
            let flag = match (i % 3, i % 2) {
                (0, _) => "null",
                (_, 0) => "true",
                _ => "false",
            };
            let hours = 10 + i;
            let line = format!(
                "Some(\"{}\") Some(\"2024-05-{:02}T{:02}:00:00Z\") {:?} title=\"عنوان {i}\" day=\"2024-05-01\" score={:?} flag={flag} \
                 source.name=\"وكالة\"",
                i + 1,
                1 + hours / 24,
                hours % 24,
                texts[(i % 5) as usize],
                i as f64 / 4.0,
            );
            (i + 1, Ok(line))
        })
        .collect()
}

#[test]
fn rows_are_read_whatever_the_codec_and_the_size_of_blocks() {
    for codec in ["none", "snappy", "gzip", "zstd", "lz4"] {
        for block in [1, 500, 5000, 1 << 20] {
            let options = ReadOptions {
                block,
                part: block.div_ceil(3),
                ..options()
            };
            let input = Input::file(path(&format!("{codec}.parquet")));
            let (outcomes, error) = read_from(input, &options, None, everything);
            assert_eq!(error, None);
            assert_eq!(outcomes, expected(), "{codec} in blocks of {block} bytes");
        }
    }
}

#[test]
fn a_stream_and_a_packed_file_are_read_too() {
    let bytes = fs::read(path("snappy.parquet")).unwrap();
    let packed = through(&["gzip", "-c"], &bytes);
    for bytes in [bytes, packed] {
        let (outcomes, error) = read_from(
            Input::stream("stdin", Cursor::new(bytes)),
            &options(),
            None,
            everything,
        );
        assert_eq!((outcomes, error), (expected(), None));
    }
}

#[test]
fn a_run_goes_on_after_any_block() {
    let options = ReadOptions {
        block: 700,
        ..options()
    };
    let input = || Input::file(path("zstd.parquet"));
    for block in Blocks::open(input(), &options, None).unwrap() {
        let end = block.unwrap().end();
        let (after, error) = read_from(input(), &options, Some(end), everything);
        assert_eq!(error, None);
        let rest: Vec<_> = expected()
            .into_iter()
            .filter(|&(row, _)| row >= end.record)
            .collect();
        assert_eq!(after, rest);
    }
}

#[test]
fn bad_values_cost_their_row_alone() {
    let (outcomes, error) = read(Input::file(path("broken.parquet")), &ReadOptions::default());
    assert_eq!(error, None);
    assert_eq!(
        outcomes,
        [
            (1, Ok("one".to_owned())),
            (2, Err(Reason::InvalidUtf8)),
            (3, Err(Reason::NulBytes)),
            (4, Ok("four".to_owned()))
        ]
    );
}

#[test]
fn a_truncated_file_and_a_missing_column_are_errors() {
    let bytes = fs::read(path("none.parquet")).unwrap();
    for cut in [4, 100, bytes.len() / 2, bytes.len() - 1] {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&bytes[..cut]).unwrap();
        let (outcomes, error) = read(Input::file(file.path()), &ReadOptions::default());
        assert!(outcomes.is_empty() && error.unwrap().contains("truncated"));
    }
    let fields = FieldNames {
        text: vec!["tags".to_owned()],
        ..FieldNames::default()
    };
    let (_, error) = read(
        Input::file(path("none.parquet")),
        &ReadOptions {
            fields,
            ..ReadOptions::default()
        },
    );
    let error = error.unwrap();
    assert!(
        error.contains("«source.name»") && error.contains("--text-field"),
        "{error}"
    );
}
