//! One record of an input.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

/// A text with its identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document<'a> {
    /// The identifier, if the record has one.
    pub id: Option<Cow<'a, str>>,
    /// The text.
    pub text: Cow<'a, str>,
}

/// How a line of input holds a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentFormat {
    /// The line is the text.
    Text,
    /// The line is a JSON object with these fields.
    Jsonl(FieldNames),
}

/// The fields of a JSON record that matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldNames {
    /// The field of the text. Default `text`.
    pub text: String,
    /// The field of the identifier. Default `id`.
    pub id: String,
}

impl Default for FieldNames {
    fn default() -> Self {
        Self {
            text: "text".to_owned(),
            id: "id".to_owned(),
        }
    }
}

impl DocumentFormat {
    /// Reads the document in `line`; `None` for a line that holds nothing but white space.
    ///
    /// # Errors
    ///
    /// What is wrong with the record and how to mend it, in words.
    pub fn read<'a>(&self, line: &'a [u8]) -> Result<Option<Document<'a>>, String> {
        let line = simdutf8::compat::from_utf8(line).map_err(|e| {
            format!(
                "is not UTF-8 at byte {} of the line; convert the file to UTF-8",
                e.valid_up_to() + 1
            )
        })?;
        if line.trim().is_empty() {
            return Ok(None);
        }
        match self {
            Self::Text => Ok(Some(Document {
                id: None,
                text: Cow::Borrowed(line.trim_end_matches(['\n', '\r'])),
            })),
            Self::Jsonl(fields) => {
                let mut json = serde_json::Deserializer::from_str(line);
                let fail = |e: serde_json::Error| format!("is not the JSON of a record: {e}");
                let (id, text) = RecordSeed(fields).deserialize(&mut json).map_err(fail)?;
                json.end().map_err(fail)?;
                let text = text.ok_or_else(|| {
                    format!(
                        "has no field «{}»; name the field of the text with --text-field",
                        fields.text
                    )
                })?;
                Ok(Some(Document { id, text }))
            }
        }
    }
}

/// Reads the two fields of a record and passes over the rest, borrowing texts without escapes.
struct RecordSeed<'f>(&'f FieldNames);

type Fields<'a> = (Option<Cow<'a, str>>, Option<Cow<'a, str>>);

impl<'de> DeserializeSeed<'de> for RecordSeed<'_> {
    type Value = Fields<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for RecordSeed<'_> {
    type Value = Fields<'de>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut id, mut text) = (None, None);
        while let Some(Text(key)) = map.next_key()? {
            if key == self.0.text.as_str() {
                text = Some(map.next_value::<Text>()?.0);
            } else if key == self.0.id.as_str() {
                id = map.next_value::<Option<Name>>()?.map(|name| name.0);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok((id, text))
    }
}

/// A string, borrowed from the input where it has no escapes.
#[derive(serde::Deserialize)]
#[serde(transparent)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// An identifier: a string, or the JSON of whatever else it is.
struct Name<'a>(Cow<'a, str>);

impl<'de> serde::Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        #[serde(untagged)]
        enum Either<'a> {
            #[serde(borrow)]
            Text(Cow<'a, str>),
            Other(serde_json::Value),
        }
        Ok(match Either::deserialize(deserializer)? {
            Either::Text(text) => Self(text),
            Either::Other(value) => Self(Cow::Owned(value.to_string())),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jsonl(line: &str) -> Result<Option<Document<'_>>, String> {
        DocumentFormat::Jsonl(FieldNames::default()).read(line.as_bytes())
    }

    #[test]
    fn the_two_fields_are_found_among_others() {
        let document = jsonl(r#"{"x": [1, {"text": 2}], "text": "قال\nثم", "id": 17, "y": null}"#)
            .unwrap()
            .unwrap();
        assert_eq!(
            document,
            Document {
                id: Some("17".into()),
                text: "قال\nثم".into()
            }
        );
        let document = jsonl("{\"text\": \"قال\", \"id\": null}\r\n")
            .unwrap()
            .unwrap();
        assert!(matches!(document.text, Cow::Borrowed("قال")) && document.id.is_none());
        assert_eq!(jsonl(" \r\n").unwrap(), None);
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert!(
            jsonl(r#"{"body": "قال"}"#)
                .unwrap_err()
                .contains("--text-field")
        );
        assert!(jsonl(r#"{"text": "قال""#).unwrap_err().contains("JSON"));
        assert!(jsonl(r#"{"text": 3}"#).unwrap_err().contains("string"));
        assert!(
            jsonl(r#"{"text": "a"} x"#)
                .unwrap_err()
                .contains("trailing")
        );
        let error = DocumentFormat::Text.read(b"ab\xC7\xE1").unwrap_err();
        assert!(error.contains("byte 3"), "{error}");
    }
}
