//! Lines, tables and files, good and broken ones side by side.

use std::io::{Cursor, Read};

use marsad::archive::{Carry, FieldNames, Input, ReadOptions, Reason, RecordFormat};

use super::{everything, options, read, read_bytes, read_from, texts};

#[test]
fn broken_records_are_named_and_the_good_ones_read() {
    let deep = format!(
        "{{\"text\": \"أ\", \"x\": {}{}}}",
        "[".repeat(10_000),
        "]".repeat(10_000)
    );
    let lines: Vec<&[u8]> = vec![
        br#"{"text": "one"}"#,
        br#"{"text": "never closed"#,
        br#"{"title": "under another name"}"#,
        b"",
        b"{\"text\": \"\xC7\xE1\xCE\"}",
        deep.as_bytes(),
        b"{\"text\": \"nul\0\"}",
        br#"{"text": "escaped \u0000 nul"}"#,
        br#"{"text": 5}"#,
        br#"{"text": null, "content": "two"}"#,
    ];
    let outcomes = read_bytes(lines.join(&b'\n'), &ReadOptions::default());
    let expected = [
        (1, Ok("one".to_owned())),
        (2, Err(Reason::BrokenJson)),
        (3, Err(Reason::MissingText)),
        (5, Err(Reason::InvalidUtf8)),
        (6, Err(Reason::TooDeep)),
        (7, Err(Reason::NulBytes)),
        (8, Ok("escaped \0 nul".to_owned())),
        (9, Err(Reason::MissingText)),
        (10, Ok("two".to_owned())),
    ];
    assert_eq!(outcomes, expected);
    let text = read_bytes(
        b"a\nb\0c\r\n\n \nd".as_slice(),
        &options(RecordFormat::Text),
    );
    assert_eq!(
        text,
        [
            (1, Ok("a".to_owned())),
            (2, Err(Reason::NulBytes)),
            (5, Ok("d".to_owned()))
        ]
    );
}

#[test]
fn rejections_say_where_and_how_to_mend() {
    let input = Input::stream("news.jsonl", Cursor::new(b"{}\n".to_vec()));
    let mut said = Vec::new();
    for block in marsad::archive::Blocks::open(input, &ReadOptions::default(), None).unwrap() {
        block
            .unwrap()
            .read(|_, result| said.push(result.unwrap_err().to_string()));
    }
    assert_eq!(said.len(), 1);
    assert!(
        said[0].starts_with("news.jsonl:1: has no field «text», «body», «content»"),
        "{}",
        said[0]
    );
    assert!(said[0].ends_with("--text-field"));
}

const CSV: &str = "\u{FEFF}ID,Title,text,when,date\r\n\
    1,عنوان,\"سطر, أول\r\nسطر \"\"ثان\"\"\",x,2024-05-01\r\n\
    \r\n\
    2,,نص \"بعلامات\" حرة,\"\",\r\n\
    3,فقط\r\n\
    4,\"\",\"\",y,z\r\n\
    5,\"ع\"نوان,\"نص\"\r\n";

#[test]
fn a_table_with_quoted_line_breaks_is_read_whatever_the_size_of_blocks() {
    let fields = FieldNames {
        text: vec!["Title".to_owned(), "text".to_owned()],
        carry: Carry::Named(vec!["when".to_owned()]),
        ..FieldNames::default()
    };
    let expected = [
        (2, Ok("Some(\"1\") Some(\"2024-05-01\") \"عنوان\\nسطر, أول\\r\\nسطر \\\"ثان\\\"\" when=\"x\"".to_owned())),
        (5, Ok("Some(\"2\") None \"نص \\\"بعلامات\\\" حرة\" when=\"\"".to_owned())),
        (6, Ok("Some(\"3\") None \"فقط\" when=null".to_owned())),
        (7, Ok("Some(\"4\") Some(\"z\") \"\" when=\"y\"".to_owned())),
        (8, Ok("Some(\"5\") None \"عنوان\\nنص\" when=null".to_owned())),
    ];
    for block in 1..CSV.len() + 2 {
        let options = ReadOptions {
            fields: fields.clone(),
            block,
            part: block.div_ceil(3),
            ..options(RecordFormat::Csv)
        };
        let input = Input::stream("a", Cursor::new(CSV));
        let (outcomes, error) = read_from(input, &options, None, everything);
        assert_eq!(error, None);
        assert_eq!(outcomes, expected, "blocks of {block} bytes");
    }
}

#[test]
fn a_table_is_refused_when_its_header_names_no_text_or_it_never_closes_a_quotation() {
    let (_, error) = read(
        Input::stream("a.csv", Cursor::new("id,titel\n1,x\n")),
        &ReadOptions::default(),
    );
    let error = error.unwrap();
    assert!(
        error.contains("a.csv:1:")
            && error.contains("«id», «titel»")
            && error.contains("--text-field"),
        "{error}"
    );
    let outcomes = read_bytes(
        "id,text\n1,ok\n2,\"open\n3,lost\n",
        &options(RecordFormat::Csv),
    );
    assert_eq!(
        outcomes,
        [(2, Ok("ok".to_owned())), (3, Err(Reason::BrokenCsv))]
    );
    assert_eq!(read_bytes("", &options(RecordFormat::Csv)), []);
    assert_eq!(read_bytes("text\n", &options(RecordFormat::Csv)), []);
    let short = read_bytes("id,text\n1\n2,b", &options(RecordFormat::Csv));
    assert_eq!(
        short,
        [(2, Err(Reason::MissingText)), (3, Ok("b".to_owned()))]
    );
}

#[test]
fn tab_separated_values_know_no_quotation_marks() {
    let tsv = "id\ttext\n1\t\"افتتح المقال\n2\tقال \"نعم\"\r\n";
    let outcomes = read_bytes(tsv, &options(RecordFormat::Tsv));
    assert_eq!(texts(&outcomes), ["\"افتتح المقال", "قال \"نعم\""]);
}

#[test]
fn a_text_file_may_be_one_document() {
    let outcomes = read_bytes("\u{FEFF}سطر\nآخر\n", &options(RecordFormat::TextFile));
    assert_eq!(outcomes, [(1, Ok("سطر\nآخر\n".to_owned()))]);
    assert_eq!(read_bytes(" \n", &options(RecordFormat::TextFile)), []);
}

/// A line of 200 MB between two short ones, never in memory as a whole.
fn long_line(quoted: bool) -> impl Read + Send {
    let (start, end) = if quoted {
        ("id,text\n1,one\n2,\"", "\"\n3,three\n")
    } else {
        (
            "{\"text\": \"one\"}\n{\"text\": \"",
            "\"}\n{\"text\": \"three\"}\n",
        )
    };
    let middle = std::io::repeat(b'x').take(200_000_000);
    Cursor::new(start).chain(middle).chain(Cursor::new(end))
}

#[test]
fn a_line_of_200_mb_is_passed_over() {
    for (format, numbers) in [
        (RecordFormat::Jsonl, [1, 2, 3]),
        (RecordFormat::Csv, [2, 3, 4]),
    ] {
        let reader = std::io::BufReader::new(long_line(format == RecordFormat::Csv));
        let options = ReadOptions {
            max_record: 4 << 20,
            ..options(format)
        };
        let (outcomes, error) = read(Input::stream("long", reader), &options);
        assert_eq!(error, None);
        assert_eq!(
            outcomes
                .iter()
                .map(|&(number, _)| number)
                .collect::<Vec<_>>(),
            numbers
        );
        assert_eq!(outcomes[1].1, Err(Reason::TooLong));
        assert_eq!(
            [&outcomes[0].1, &outcomes[2].1],
            [&Ok("one".to_owned()), &Ok("three".to_owned())]
        );
    }
}
