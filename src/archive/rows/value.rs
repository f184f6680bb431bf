//! The values of a row, column by column.

use std::borrow::Cow;

use super::escaped::json_string;
use super::{DocumentRow, Duplicate, Field, Fields, Row};

/// What stands in one column of one row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value<'a> {
    Missing,
    Text(&'a str),
    Label(usize),
    Integer(u64),
    Probability(f32),
}

/// The fields that carry on from the input: name, and value as JSON.
type Carried<'a> = &'a [(Cow<'a, str>, Cow<'a, str>)];

/// Hands the values of a sentence's row to `sink`, in the order of the columns.
#[inline]
pub(super) fn of_sentence(row: &Row, fields: &Fields, mut sink: impl FnMut(Value)) {
    let place = |of: fn(&super::Place) -> usize| integer(row.place.as_ref().map(of));
    for field in fields.as_slice() {
        let value = match field {
            Field::Source => Value::Text(row.source),
            Field::Record => Value::Integer(row.record),
            Field::Id => text(row.id),
            Field::Date => text(row.date),
            Field::Sentence => place(|place| place.sentence),
            Field::Start => place(|place| place.start),
            Field::End => place(|place| place.end),
            Field::Text => Value::Text(row.text),
            Field::Label => row.class.map_or(Value::Missing, Value::Label),
            Field::Confidence => Value::Probability(row.confidence()),
            Field::Duplicate => text(row.duplicate.map(Duplicate::name)),
            Field::Probabilities => {
                for &probability in row.prediction.probabilities {
                    sink(Value::Probability(probability));
                }
                continue;
            }
            Field::Carried(name) => {
                carried(name, row.carried, &mut sink);
                continue;
            }
            Field::AllCarried => {
                all_carried(row.carried, &mut sink);
                continue;
            }
            // A sentence has no sentences.
            Field::Sentences | Field::Counts | Field::Strongest => continue,
        };
        sink(value);
    }
}

/// Hands the values of a document's row to `sink`, in the order of the columns.
pub(super) fn of_document(row: &DocumentRow, fields: &Fields, mut sink: impl FnMut(Value)) {
    for field in fields.as_slice() {
        match field {
            Field::Source => sink(Value::Text(row.source)),
            Field::Record => sink(Value::Integer(row.record)),
            Field::Id => sink(text(row.id)),
            Field::Date => sink(text(row.date)),
            Field::Sentences => sink(Value::Integer(row.sentences())),
            Field::Counts => {
                for label in row.labels {
                    sink(Value::Integer(label.count));
                }
            }
            Field::Strongest => {
                for label in row.labels {
                    let strongest = label.strongest;
                    let place = strongest.map(|strongest| strongest.place);
                    sink(integer(place.map(|place| place.sentence)));
                    sink(integer(place.map(|place| place.start)));
                    sink(integer(place.map(|place| place.end)));
                    let confidence = strongest.map(|strongest| strongest.confidence);
                    sink(confidence.map_or(Value::Missing, Value::Probability));
                    if fields.has_text() {
                        sink(text(strongest.map(|strongest| strongest.of(row.text))));
                    }
                }
            }
            Field::Carried(name) => carried(name, row.carried, &mut sink),
            Field::AllCarried => all_carried(row.carried, &mut sink),
            // What only a sentence has.
            _ => {}
        }
    }
}

fn text(text: Option<&str>) -> Value<'_> {
    text.map_or(Value::Missing, Value::Text)
}

fn integer(n: Option<usize>) -> Value<'static> {
    n.map_or(Value::Missing, |n| Value::Integer(n as u64))
}

/// A string without its quotes and escapes, nothing for null, and the JSON of whatever else it is.
fn carried(name: &str, fields: Carried, mut sink: impl FnMut(Value)) {
    let json = match json_of(name, fields) {
        None | Some("null") => return sink(Value::Missing),
        Some(json) => json,
    };
    match serde_json::from_str::<Cow<str>>(json) {
        Ok(string) => sink(Value::Text(&string)),
        Err(_) => sink(Value::Text(json)),
    }
}

fn all_carried(fields: Carried, mut sink: impl FnMut(Value)) {
    let mut json = Vec::new();
    object(fields, &mut json);
    sink(std::str::from_utf8(&json).map_or(Value::Missing, Value::Text));
}

/// The JSON of the carried field called `name`.
pub(super) fn json_of<'a>(name: &str, fields: Carried<'a>) -> Option<&'a str> {
    let field = fields.iter().find(|(carried, _)| carried == name);
    field.map(|(_, json)| json.as_ref())
}

/// Appends all carried fields as one JSON object.
pub(super) fn object(fields: Carried, out: &mut Vec<u8>) {
    out.push(b'{');
    for (index, (name, json)) in fields.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        json_string(name, out);
        out.push(b':');
        out.extend_from_slice(json.as_bytes());
    }
    out.push(b'}');
}
