//! Text in the encodings of old archives, written by Python.

use marsad::archive::{Encoding, ReadOptions, Reason, RecordFormat};

use super::{options, read_bytes, texts, through};

const TEXT: &str =
    "قال الوزير إن «عشرين» شخصا أصيبوا في حادث، ونُقلوا إلى المستشفى؟\nوأضاف: انتهى الأمر, 25%.\n";

/// Python's idea of `text` in `encoding`, `times` times.
fn encoded(text: &str, encoding: &str, times: usize) -> Vec<u8> {
    let program = format!(
        "import sys; t = sys.stdin.buffer.read().decode('utf-8') * {times}; sys.stdout.buffer.write(t.encode('{encoding}'))"
    );
    through(&["python3", "-c", &program], text.as_bytes())
}

#[test]
fn encodings_are_recognised() {
    for times in [1, 3000] {
        let expected: Vec<&str> = std::iter::repeat_n(TEXT.lines(), times).flatten().collect();
        // `utf-16` and `utf-8-sig` write byte order marks.
        for encoding in [
            "utf-8",
            "utf-8-sig",
            "utf-16",
            "utf-16-le",
            "utf-16-be",
            "cp1256",
        ] {
            let outcomes = read_bytes(encoded(TEXT, encoding, times), &options(RecordFormat::Text));
            assert_eq!(texts(&outcomes), expected, "{encoding}");
        }
    }
}

#[test]
fn an_encoding_may_be_named() {
    let options = ReadOptions {
        encoding: Encoding::named("iso-8859-6"),
        ..options(RecordFormat::Text)
    };
    let text = "قال الوزير\nنعم\n";
    let outcomes = read_bytes(encoded(text, "iso8859_6", 1), &options);
    assert_eq!(texts(&outcomes), ["قال الوزير", "نعم"]);
}

#[test]
fn records_are_found_in_transcoded_text() {
    let jsonl = "{\"id\": 1, \"text\": \"قال الوزير نعم\"}\n{\"id\": 2, \"text\": \"وغادر\"}\n";
    for encoding in ["utf-16", "utf-16-be", "cp1256"] {
        let outcomes = read_bytes(encoded(jsonl, encoding, 1), &ReadOptions::default());
        assert_eq!(texts(&outcomes), ["قال الوزير نعم", "وغادر"], "{encoding}");
    }
    let csv = "id,text\r\n1,\"قال الوزير\nنعم\"\r\n";
    let outcomes = read_bytes(encoded(csv, "cp1256", 1), &options(RecordFormat::Csv));
    assert_eq!(texts(&outcomes), ["قال الوزير\nنعم"]);
}

#[test]
fn what_cannot_be_decoded_costs_its_record_alone() {
    let mut utf_16: Vec<u8> = "سطر أول\n\u{E000}\nسطر ثالث"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let at = utf_16
        .windows(2)
        .position(|unit| unit == [0x00, 0xE0])
        .unwrap();
    // A surrogate without its other half.
    utf_16[at + 1] = 0xD8;
    // And half a unit at the end of the file.
    utf_16.push(b'x');
    let outcomes = read_bytes(utf_16, &options(RecordFormat::Text));
    assert_eq!(outcomes[0], (1, Ok("سطر أول".to_owned())));
    assert_eq!(outcomes[1], (2, Err(Reason::InvalidUtf8)));
    assert_eq!(outcomes[2], (3, Err(Reason::InvalidUtf8)));

    let mixed = [
        TEXT.as_bytes(),
        b"\xDE\xC7\xE1 \xC7\xE1\xE6\xD2\xED\xD1\n",
        TEXT.as_bytes(),
    ]
    .concat();
    let outcomes = read_bytes(mixed, &options(RecordFormat::Text));
    assert_eq!(outcomes.len(), 5);
    assert_eq!(outcomes[2], (3, Err(Reason::InvalidUtf8)));
}
