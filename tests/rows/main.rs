//! What rows look like in each format.
//!
//! The expected strings are written by hand from the definitions of the formats.

#![expect(
    clippy::unwrap_used,
    reason = "helpers outside #[test] functions may panic too"
)]

mod documents;
mod fields;
#[cfg(feature = "parquet")]
mod parquet;
mod sentences;

use std::borrow::Cow;

use marsad::archive::{DelimitedRows, Fields, JsonlRows, Place, Row, RowFormat, RowShape};
use marsad::model::Prediction;

/// Labels that need care in every format.
fn labels() -> [String; 2] {
    ["attack, or".to_owned(), "text".to_owned()]
}

/// Fields carried through from the input: a string with an escape, a number, and one that bears a name of ours.
fn carried() -> [(Cow<'static, str>, Cow<'static, str>); 3] {
    [
        ("title", r#""أ\t\"ب\"""#),
        ("views", "17"),
        ("label", "null"),
    ]
    .map(|(name, json)| (name.into(), json.into()))
}

fn carried_names() -> [String; 3] {
    carried().map(|(name, _)| name.into_owned())
}

/// The second sentence of a record.
fn row<'a>(carried: &'a [(Cow<'a, str>, Cow<'a, str>)]) -> Row<'a> {
    Row {
        source: "a.jsonl",
        record: 3,
        id: Some("d\"1"),
        date: Some("2014-05-01"),
        carried,
        place: Some(Place {
            sentence: 2,
            start: 10,
            end: 38,
        }),
        text: "قال، \"نعم\"\nو,لا\tأ\\ب",
        prediction: Prediction {
            probabilities: &[0.718_75, 0.281_25],
            margins: &[1.0, 0.0],
        },
        class: Some(0),
        duplicate: None,
    }
}

fn formats(fields: &Fields) -> [Box<dyn RowFormat>; 3] {
    let labels = labels();
    [
        Box::new(JsonlRows::new(&labels, fields)),
        Box::new(DelimitedRows::csv(&labels, fields)),
        Box::new(DelimitedRows::tsv(&labels, fields)),
    ]
}

fn text(write: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut out = Vec::new();
    write(&mut out);
    String::from_utf8(out).unwrap()
}

fn parse(list: &str, shape: &RowShape) -> Fields {
    Fields::parse(list, shape).unwrap()
}
