//! The file formats of labelled data.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::LabelledSentence;
use crate::Error;

type Sink<'a> = &'a mut dyn FnMut(Result<LabelledSentence, Error>);

/// An identifier may be written as a number or as a text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Name {
    Text(String),
    Number(serde_json::Number),
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        match name {
            Name::Text(text) => text,
            Name::Number(number) => number.to_string(),
        }
    }
}

#[derive(Deserialize)]
struct JsonRecord {
    id: Option<Name>,
    text: String,
    label: String,
    #[serde(default)]
    tags: Vec<String>,
    group: Option<Name>,
}

/// The fields with a place of their own in [`LabelledSentence`].
const OWN_FIELDS: [&str; 5] = ["id", "text", "label", "tags", "group"];

/// The other scalar fields of a record that has been read. They are taken in a second reading, so that nothing in them
/// can make a record be refused.
fn other_fields(line: &[u8]) -> BTreeMap<String, String> {
    let fields: BTreeMap<Cow<str>, &RawValue> = serde_json::from_slice(line).unwrap_or_default();
    fields
        .into_iter()
        .filter(|(name, _)| !OWN_FIELDS.contains(&name.as_ref()))
        .filter_map(|(name, value)| Some((name.into_owned(), scalar(value.get())?)))
        .collect()
}

/// A JSON string, number or truth value as text.
fn scalar(json: &str) -> Option<String> {
    match json.as_bytes().first()? {
        b'"' => serde_json::from_str(json).ok(),
        b'{' | b'[' | b'n' => None,
        _ => Some(json.to_owned()),
    }
}

/// Reads one JSON object a line.
pub(super) fn read_jsonl(path: &Path, bytes: &[u8], sink: Sink) {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    for (index, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
        if line.trim_ascii().is_empty() {
            continue;
        }
        let record = serde_json::from_slice::<JsonRecord>(line)
            .map_err(|e| format!("{e}; a line is like {{\"text\": \"…\", \"label\": \"…\"}}"))
            .and_then(|record| {
                checked(LabelledSentence {
                    id: record.id.map(Into::into),
                    text: record.text,
                    label: record.label,
                    tags: record.tags,
                    group: record.group.map(Into::into),
                    line: index as u64 + 1,
                    fields: other_fields(line),
                })
            });
        sink(record.map_err(|message| Error::Record {
            path: path.to_owned(),
            line: index as u64 + 1,
            message,
        }));
    }
}

/// Reads delimited text with a header; tags are separated by `;` or `,`.
pub(super) fn read_csv(path: &Path, bytes: &[u8], delimiter: u8, sink: Sink) -> Result<(), Error> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    // Tab-separated files of the field hold bare quotation marks.
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .quoting(delimiter != b'\t')
        .from_reader(bytes);
    let at_header = |message: String| Error::Record {
        path: path.to_owned(),
        line: 1,
        message,
    };
    let header = reader
        .headers()
        .map_err(|e| at_header(e.to_string()))?
        .clone();
    let column = |name: &str| {
        header
            .iter()
            .position(|field| field.trim().eq_ignore_ascii_case(name))
    };
    let (Some(text), Some(label)) = (column("text"), column("label")) else {
        let found = header.iter().collect::<Vec<_>>().join(", ");
        return Err(at_header(format!(
            "the first line must name the columns, «text» and «label» among them; it has: {found}"
        )));
    };
    let (id, tags, group) = (column("id"), column("tags"), column("group"));
    let own = [Some(text), Some(label), id, tags, group];
    let others: Vec<(usize, &str)> = header
        .iter()
        .map(str::trim)
        .enumerate()
        .filter(|&(column, name)| !name.is_empty() && !own.contains(&Some(column)))
        .collect();
    let mut lines = LineCounter {
        bytes,
        at: 0,
        line: 1,
    };
    for record in reader.records() {
        let refused = |line, message| Error::Record {
            path: path.to_owned(),
            line,
            message,
        };
        let record = match record {
            Ok(record) => record,
            Err(e) => {
                let line = lines.line_of(e.position());
                sink(Err(refused(line, e.to_string())));
                continue;
            }
        };
        let line = lines.line_of(record.position());
        let field = |column: Option<usize>| {
            column
                .and_then(|column| record.get(column))
                .map(str::trim)
                .filter(|value| !value.is_empty())
                .map(str::to_owned)
        };
        let sentence = checked(LabelledSentence {
            id: field(id),
            text: field(Some(text)).unwrap_or_default(),
            label: field(Some(label)).unwrap_or_default(),
            tags: field(tags)
                .unwrap_or_default()
                .split([';', ','])
                .map(str::trim)
                .filter(|tag| !tag.is_empty())
                .map(str::to_owned)
                .collect(),
            group: field(group),
            line,
            fields: others
                .iter()
                .filter_map(|&(column, name)| Some((name.to_owned(), field(Some(column))?)))
                .collect(),
        });
        sink(sentence.map_err(|message| refused(line, message)));
    }
    Ok(())
}

/// Finds the lines of records. The csv crate counts a line break of two bytes, and blank lines, as part of the
/// record that follows.
struct LineCounter<'a> {
    bytes: &'a [u8],
    /// How far lines have been counted.
    at: usize,
    line: u64,
}

impl LineCounter<'_> {
    /// The line, counted from 1, on which the record at `position` begins; positions must not fall.
    fn line_of(&mut self, position: Option<&csv::Position>) -> u64 {
        let start = position
            .map_or(self.at, |position| position.byte() as usize)
            .max(self.at);
        let breaks = self.bytes[start..]
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count();
        let end = start + breaks;
        self.line += memchr::memchr_iter(b'\n', &self.bytes[self.at..end]).count() as u64;
        self.at = end;
        self.line
    }
}

fn checked(mut sentence: LabelledSentence) -> Result<LabelledSentence, String> {
    sentence.label = sentence.label.trim().to_owned();
    if sentence.text.trim().is_empty() {
        return Err("the text is empty".to_owned());
    }
    if sentence.label.is_empty() {
        return Err("the label is empty".to_owned());
    }
    Ok(sentence)
}
