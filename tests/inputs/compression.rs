//! Packed by the tools of their formats, told by content, cut off.

use std::io::Cursor;

use marsad::archive::{Blocks, Compression, Input, ReadOptions, RecordFormat, decompress};

use super::{options, read, read_bytes, texts, through};

const TOOLS: [(&str, Compression); 4] = [
    ("gzip", Compression::Gzip),
    ("zstd", Compression::Zstd),
    ("bzip2", Compression::Bzip2),
    ("xz", Compression::Xz),
];

/// Lines that do not pack to nothing.
fn lines(n: u64) -> String {
    let mut lines = String::new();
    for i in 0..n {
        let noise = i.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        lines += &[
            "الخبر رقم ",
            &i.to_string(),
            " عن الحادث ",
            &noise.to_string(),
            "\n",
        ]
        .concat();
    }
    lines
}

#[test]
fn each_compression_is_told_by_content_and_undone() {
    let text = lines(3000);
    for (tool, compression) in TOOLS {
        let packed = through(&[tool, "-c"], text.as_bytes());
        // The name says nothing, and what it says does not matter.
        for name in ["stdin", "news.txt", "news.txt.zip"] {
            let input = Input::stream(name, Cursor::new(packed.clone()));
            let blocks = Blocks::open(input, &ReadOptions::default(), None).unwrap();
            assert_eq!(
                (blocks.compression(), blocks.format()),
                (compression, RecordFormat::Text)
            );
            let count = blocks.bytes_read();
            assert_eq!(
                blocks.map(|block| block.unwrap().n_parts()).sum::<usize>(),
                text.len().div_ceil(33_000)
            );
            assert_eq!(count.bytes(), packed.len() as u64, "{tool}");
        }
        let outcomes = read_bytes(packed.clone(), &options(RecordFormat::Text));
        assert_eq!(texts(&outcomes), text.lines().collect::<Vec<_>>(), "{tool}");

        // Files joined by `cat` are one file, the parts of a line too.
        let joined = [
            through(&[tool, "-c"], b"one\ntw"),
            through(&[tool, "-c"], b"o\nthree"),
        ]
        .concat();
        assert_eq!(
            texts(&read_bytes(joined, &options(RecordFormat::Text))),
            ["one", "two", "three"]
        );
        let empty = through(&[tool, "-c"], b"");
        assert_eq!(read_bytes(empty, &ReadOptions::default()), []);
    }
}

#[test]
fn data_that_break_off_give_what_stands_before_and_an_error_that_says_so() {
    let text = lines(400);
    for (tool, _) in TOOLS {
        let packed = through(&[tool, "-c"], text.as_bytes());
        for cut in (12..packed.len())
            .step_by(97)
            .chain(packed.len() - 9..packed.len())
        {
            let input = Input::stream("news.txt", Cursor::new(packed[..cut].to_owned()));
            let (outcomes, error) = read(input, &options(RecordFormat::Text));
            let error = error.unwrap_or_else(|| panic!("{tool} cut at {cut} of {}", packed.len()));
            assert!(
                error.contains("news.txt") && error.contains("truncated"),
                "{tool}: {error}"
            );
            let whole: Vec<_> = text.lines().take(outcomes.len()).collect();
            assert_eq!(texts(&outcomes), whole, "{tool}");
        }
    }
    // Much stands before the end of a long file.
    let packed = through(&["gzip", "-c"], lines(100_000).as_bytes());
    let input = Input::stream(
        "news.txt",
        Cursor::new(packed[..packed.len() - 1000].to_owned()),
    );
    let (outcomes, error) = read(input, &options(RecordFormat::Text));
    assert!(outcomes.len() > 95_000 && error.is_some());
}

#[test]
fn damaged_data_are_an_error() {
    let text = lines(2000);
    for (tool, _) in TOOLS {
        let mut packed = through(&[tool, "-c"], text.as_bytes());
        let middle = packed.len() / 2;
        packed[middle..middle + 8].fill(0x55);
        let (_, error) = read(
            Input::stream("news", Cursor::new(packed)),
            &ReadOptions::default(),
        );
        let error = error.expect(tool);
        assert!(
            error.contains("damaged") || error.contains("truncated"),
            "{tool}: {error}"
        );
    }
}

#[test]
fn a_bomb_is_stopped_and_dense_data_are_not() {
    // 200 MB of line breaks, 6 kB when packed by zstd.
    let script = "head -c 200000000 /dev/zero | tr '\\0' '\\n' | zstd -c";
    let bomb = through(&["sh", "-c", script], b"");
    assert!(bomb.len() < 100_000);
    let read = |max_ratio| {
        let mut unpacked = decompress(Cursor::new(bomb.clone()), max_ratio).unwrap();
        std::io::copy(&mut unpacked.reader, &mut std::io::sink())
    };
    let error = read(1000).unwrap_err().to_string();
    assert!(error.contains("--max-ratio"), "{error}");
    assert_eq!(read(1_000_000).unwrap(), 200_000_000);
}
