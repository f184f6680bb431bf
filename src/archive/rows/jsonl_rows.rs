//! Rows for programs.

use super::escaped::json_string;
use super::four_decimals::four_decimals;
use super::value::{json_of, object};
use super::{DocumentRow, Duplicate, Field, Fields, LabelTally, Place, Row, RowFormat};

/// One JSON object a row. What a record does not have is left out; the label of a sentence without one is null.
#[derive(Debug)]
pub struct JsonlRows {
    fields: Fields,
    /// `,"name":` for each field.
    keys: Vec<Vec<u8>>,
    /// `"label"` for each label.
    labels: Vec<Vec<u8>>,
}

impl JsonlRows {
    /// Rows of `fields`; `labels` are the label names in the order of the classes.
    #[must_use]
    pub fn new(labels: &[String], fields: &Fields) -> Self {
        let quoted = |text: &str| {
            let mut out = Vec::new();
            json_string(text, &mut out);
            out
        };
        let key = |field: &Field| [b",", quoted(&field.title()).as_slice(), b":"].concat();
        Self {
            fields: fields.clone(),
            keys: fields.as_slice().iter().map(key).collect(),
            labels: labels.iter().map(|label| quoted(label)).collect(),
        }
    }

    fn fields(&self) -> impl Iterator<Item = (&Field, &[u8])> {
        let keys = self.keys.iter().map(Vec::as_slice);
        self.fields.as_slice().iter().zip(keys)
    }

    /// Appends an object with a value for each label; `value` appends it and says whether there is one.
    fn by_label(&self, out: &mut Vec<u8>, mut value: impl FnMut(usize, &mut Vec<u8>) -> bool) {
        let start = out.len();
        for (class, label) in self.labels.iter().enumerate() {
            let before = out.len();
            out.push(b',');
            out.extend_from_slice(label);
            out.push(b':');
            if !value(class, out) {
                out.truncate(before);
            }
        }
        close(start, out);
    }

    fn strongest(&self, row: &DocumentRow, label: &LabelTally, out: &mut Vec<u8>) -> bool {
        let Some(strongest) = label.strongest else {
            return false;
        };
        let start = out.len();
        for (key, n) in [
            (&b",\"sentence\":"[..], strongest.place.sentence),
            (b",\"start\":", strongest.place.start),
            (b",\"end\":", strongest.place.end),
        ] {
            out.extend_from_slice(key);
            integer(n, out);
        }
        out.extend_from_slice(b",\"confidence\":");
        four_decimals(strongest.confidence, out);
        if self.fields.has_text() {
            out.extend_from_slice(b",\"text\":");
            json_string(strongest.of(row.text), out);
        }
        close(start, out);
        true
    }
}

impl RowFormat for JsonlRows {
    fn header(&self, _: &mut Vec<u8>) {}

    fn row(&self, row: &Row, out: &mut Vec<u8>) {
        let start = out.len();
        let place = |of: fn(&Place) -> usize| row.place.as_ref().map(of);
        for (field, key) in self.fields() {
            match field {
                Field::Source => string(key, Some(row.source), out),
                Field::Record => number(key, Some(row.record), out),
                Field::Id => string(key, row.id, out),
                Field::Date => string(key, row.date, out),
                Field::Sentence => number(key, place(|place| place.sentence), out),
                Field::Start => number(key, place(|place| place.start), out),
                Field::End => number(key, place(|place| place.end), out),
                Field::Text => string(key, Some(row.text), out),
                Field::Label => {
                    let label = row.class.map_or(&b"null"[..], |class| &self.labels[class]);
                    raw(key, Some(label), out);
                }
                Field::Confidence => {
                    out.extend_from_slice(key);
                    four_decimals(row.confidence(), out);
                }
                Field::Probabilities => {
                    out.extend_from_slice(key);
                    self.by_label(out, |class, out| {
                        four_decimals(row.prediction.probabilities[class], out);
                        true
                    });
                }
                Field::Duplicate => string(key, row.duplicate.map(Duplicate::name), out),
                Field::Carried(name) => {
                    let json = json_of(name, row.carried);
                    raw(key, json.map(str::as_bytes), out);
                }
                Field::AllCarried => {
                    out.extend_from_slice(key);
                    object(row.carried, out);
                }
                // A sentence has no sentences.
                Field::Sentences | Field::Counts | Field::Strongest => {}
            }
        }
        close(start, out);
        out.push(b'\n');
    }

    fn document(&self, row: &DocumentRow, out: &mut Vec<u8>) {
        let start = out.len();
        for (field, key) in self.fields() {
            match field {
                Field::Source => string(key, Some(row.source), out),
                Field::Record => number(key, Some(row.record), out),
                Field::Id => string(key, row.id, out),
                Field::Date => string(key, row.date, out),
                Field::Sentences => number(key, Some(row.sentences()), out),
                Field::Counts => {
                    out.extend_from_slice(key);
                    self.by_label(out, |class, out| {
                        integer(row.labels[class].count, out);
                        true
                    });
                }
                Field::Strongest => {
                    out.extend_from_slice(key);
                    self.by_label(out, |class, out| {
                        self.strongest(row, &row.labels[class], out)
                    });
                }
                Field::Carried(name) => {
                    let json = json_of(name, row.carried);
                    raw(key, json.map(str::as_bytes), out);
                }
                Field::AllCarried => {
                    out.extend_from_slice(key);
                    object(row.carried, out);
                }
                // What only a sentence has.
                _ => {}
            }
        }
        close(start, out);
        out.push(b'\n');
    }
}

/// Makes an object of the members appended since `start`, each of which began with a comma.
#[inline]
fn close(start: usize, out: &mut Vec<u8>) {
    match out.get_mut(start) {
        Some(first) => *first = b'{',
        None => out.push(b'{'),
    }
    out.push(b'}');
}

#[inline]
fn string(key: &[u8], text: Option<&str>, out: &mut Vec<u8>) {
    if let Some(text) = text {
        out.extend_from_slice(key);
        json_string(text, out);
    }
}

#[inline]
fn number(key: &[u8], n: Option<impl itoa::Integer>, out: &mut Vec<u8>) {
    if let Some(n) = n {
        out.extend_from_slice(key);
        integer(n, out);
    }
}

#[inline]
fn raw(key: &[u8], json: Option<&[u8]>, out: &mut Vec<u8>) {
    if let Some(json) = json {
        out.extend_from_slice(key);
        out.extend_from_slice(json);
    }
}

#[inline]
fn integer(n: impl itoa::Integer, out: &mut Vec<u8>) {
    out.extend_from_slice(itoa::Buffer::new().format(n).as_bytes());
}
