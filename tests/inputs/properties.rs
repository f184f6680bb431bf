//! Any cutting into blocks and parts gives the same documents, and any block may be the last of a run and the first of the next.

use std::io::Cursor;

use marsad::archive::{Blocks, Carry, FieldNames, Input, ReadOptions, RecordFormat};
use proptest::prelude::*;

use super::{Outcome, everything, read_from};

fn outcomes(text: &str, options: &ReadOptions) -> Vec<Outcome> {
    let input = Input::stream("a", Cursor::new(text.to_owned()));
    let (outcomes, error) = read_from(input, options, None, everything);
    assert_eq!(error, None);
    outcomes
}

/// The records of a run that is broken off after `n` blocks and goes on there.
fn resumed(text: &str, options: &ReadOptions, n: usize) -> Vec<Outcome> {
    let input = || Input::stream("a", Cursor::new(text.to_owned()));
    let mut before = Vec::new();
    let mut end = None;
    for block in Blocks::open(input(), options, None).unwrap().take(n) {
        let block = block.unwrap();
        block.read(|record, result| match result {
            Ok(None) => {}
            Ok(Some(document)) => before.push((record, Ok(everything(&document)))),
            Err(rejection) => before.push((record, Err(rejection.reason))),
        });
        end = Some(block.end());
    }
    let (after, error) = read_from(input(), options, end, everything);
    assert_eq!(error, None);
    before.extend(after);
    before
}

fn options(format: RecordFormat, max_record: usize) -> ReadOptions {
    ReadOptions {
        format: Some(format),
        fields: FieldNames {
            text: Vec::new(),
            carry: Carry::All,
            ..FieldNames::default()
        },
        max_record,
        ..ReadOptions::default()
    }
}

/// Text rich in what separates things.
fn messy() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![
            Just("\n"),
            Just("\r\n"),
            Just("\r"),
            Just("\""),
            Just("\"\""),
            Just(","),
            Just(",\""),
            Just("\","),
            Just("\t"),
            Just("نص"),
            Just("a"),
            Just(" "),
            Just("{\"text\": \"قال\\n\"}\n"),
            Just("\n{\"body\": \"b\", \"id\": 3}\n"),
            Just("{\"text\": 1}"),
            Just("\0"),
            Just("xxxxxxxxxxxxxxxx"),
        ],
        0..60,
    )
    .prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_cutting_gives_the_same_documents(
        text in messy(), block in 1usize..80, part in 1usize..40, max_record in 8usize..200, n in 0usize..6,
    ) {
        for format in [RecordFormat::Text, RecordFormat::TextFile, RecordFormat::Jsonl, RecordFormat::Csv, RecordFormat::Tsv] {
            let is_table = matches!(format, RecordFormat::Csv | RecordFormat::Tsv);
            let separator = if format == RecordFormat::Csv { ',' } else { '\t' };
            let text = if is_table { format!("id{separator}text{separator}x\n{text}") } else { text.clone() };
            let whole = options(format, max_record.max(10));
            let cut = ReadOptions { block, part, ..whole.clone() };
            let expected = outcomes(&text, &whole);
            prop_assert_eq!(&outcomes(&text, &cut), &expected, "{:?}", format);
            prop_assert_eq!(&resumed(&text, &cut, n), &expected, "{:?} resumed", format);
        }
    }

    #[test]
    fn tables_are_read_as_the_csv_library_reads_them(text in messy()) {
        // The library takes what stands after an open quotation mark for a field; here it is an error.
        let text = text.replace('\0', "");
        let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(text.as_bytes());
        let expected: Vec<String> = reader.records().map(|record| {
            let record = record.unwrap();
            record.get(1).unwrap_or("MISSING").to_owned()
        }).collect();
        let options = ReadOptions { format: Some(RecordFormat::Csv), ..ReadOptions::default() };
        let input = Input::stream("a", Cursor::new(format!("id,text,x\n{text}")));
        let (found, error) = read_from(input, &options, None, |document| document.text.to_string());
        prop_assert_eq!(error, None);
        let open = found.last().is_some_and(|(_, last)| *last == Err(marsad::archive::Reason::BrokenCsv));
        let found: Vec<_> = found.into_iter().map(|(_, text)| text.unwrap_or_else(|_| "MISSING".to_owned())).collect();
        let n = found.len() - usize::from(open);
        prop_assert_eq!(&found[..n], &expected[..n]);
        prop_assert_eq!(found.len(), expected.len());
    }
}
