//! Records that are JSON objects.

use std::borrow::Cow;
use std::fmt;

use arrayvec::ArrayVec;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::document::join;
use super::rejection::Fault;
use super::{Carry, Document, FieldNames, Reason};

/// Lists and objects may lie as deep in one another as `serde_json` reads them anywhere.
const MAX_DEPTH: usize = 128;

/// Reads the document in the JSON object `line`. Without carried fields nothing is copied but texts with escapes.
pub(super) fn document<'a>(line: &'a str, fields: &FieldNames) -> Result<Document<'a>, Fault> {
    // What stands at the end of the line shall not be in the place of an error.
    let line = line.trim_ascii_end();
    check_depth(line)?;
    let mut json = serde_json::Deserializer::from_str(line);
    let record = if fields.carry == Carry::None {
        let record = NamedFields(fields)
            .deserialize(&mut json)
            .map_err(|error| broken(&error))?;
        json.end().map_err(|error| broken(&error))?;
        record
    } else {
        let all = AllFields
            .deserialize(&mut json)
            .map_err(|error| broken(&error))?;
        json.end().map_err(|error| broken(&error))?;
        Record::from_all(all, fields)?
    };
    record.document(fields)
}

/// Refuses lists and objects that lie too deep in one another. Records with few brackets pay for counting them alone.
fn check_depth(line: &str) -> Result<(), Fault> {
    if memchr::memchr2_iter(b'[', b'{', line.as_bytes()).count() <= MAX_DEPTH {
        return Ok(());
    }
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    for byte in line.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(Fault::new(
                Reason::TooDeep,
                format!("nests lists and objects more than {MAX_DEPTH} deep; flatten the record"),
            ));
        }
    }
    Ok(())
}

/// What a field that should be a text holds.
#[derive(Debug, Default)]
enum TextField<'a> {
    #[default]
    Missing,
    Text(Cow<'a, str>),
    /// Something else, by its name.
    Other(&'static str),
}

/// The fields of a record by what they are for.
#[derive(Default)]
struct Record<'a> {
    texts: ArrayVec<TextField<'a>, { FieldNames::MAX_TEXTS }>,
    /// With the place among the names that were looked for: the first wins.
    id: Option<(usize, Cow<'a, str>)>,
    date: Option<(usize, Cow<'a, str>)>,
    carried: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

impl<'a> Record<'a> {
    fn set_text(&mut self, rank: usize, text: TextField<'a>) {
        while self.texts.len() <= rank && !self.texts.is_full() {
            self.texts.push(TextField::Missing);
        }
        if let Some(place) = self.texts.get_mut(rank) {
            *place = text;
        }
    }

    fn document(self, fields: &FieldNames) -> Result<Document<'a>, Fault> {
        let mut found: ArrayVec<Cow<str>, { FieldNames::MAX_TEXTS }> = ArrayVec::new();
        let mut other = None;
        for (rank, text) in self.texts.into_iter().enumerate() {
            match text {
                TextField::Missing => {}
                TextField::Text(text) => {
                    found.push(text);
                    if fields.guesses_text() {
                        break;
                    }
                }
                TextField::Other(kind) => other = other.or(Some((rank, kind))),
            }
        }
        if let Some((rank, kind)) = other.filter(|_| found.is_empty() || !fields.guesses_text()) {
            let name = fields.text.get(rank).map_or("text", String::as_str);
            return Err(Fault::new(
                Reason::MissingText,
                format!(
                    "its field «{name}» is {kind}, not a string; name another with --text-field"
                ),
            ));
        }
        if found.is_empty() {
            return Err(Fault::new(Reason::MissingText, fields.missing_text()));
        }
        Ok(Document {
            id: self.id.map(|(_, id)| id),
            text: if found.len() == 1 {
                found.pop().unwrap_or_default()
            } else {
                join(found)
            },
            date: self.date.map(|(_, date)| date),
            carried: self.carried,
        })
    }

    /// Sorts out all fields of a record when some are carried.
    fn from_all(
        all: Vec<(Cow<'a, str>, &'a RawValue)>,
        fields: &FieldNames,
    ) -> Result<Self, Fault> {
        let mut record = Self::default();
        // The guess that is the text; the others are carried.
        let mut chosen = usize::MAX;
        for (key, value) in &all {
            if let Some(rank) = fields.text_rank(key) {
                let text = text_of(value)?;
                if matches!(text, TextField::Text(_)) {
                    chosen = chosen.min(rank);
                }
                record.set_text(rank, text);
            }
            replace(&mut record.id, fields.id_rank(key), || name_of(value))?;
            replace(&mut record.date, fields.date_rank(key), || name_of(value))?;
        }
        let is = |field: &Option<(usize, Cow<str>)>, rank: Option<usize>| {
            rank.is_some() && field.as_ref().map(|&(rank, _)| rank) == rank
        };
        let is_used = |key: &str| {
            let text = fields.text_rank(key);
            text.is_some_and(|rank| !fields.guesses_text() || rank == chosen)
                || is(&record.id, fields.id_rank(key))
                || is(&record.date, fields.date_rank(key))
        };
        let raw = |value: &'a RawValue| Cow::Borrowed(value.get());
        record.carried = match &fields.carry {
            Carry::None => Vec::new(),
            Carry::All => all
                .into_iter()
                .filter(|(key, _)| !is_used(key))
                .map(|(key, value)| (key, raw(value)))
                .collect(),
            Carry::Named(names) => names
                .iter()
                .filter_map(|name| all.iter().rfind(|(key, _)| key == name))
                .map(|(key, value)| (key.clone(), raw(value)))
                .collect(),
        };
        Ok(record)
    }
}

/// Puts what `value` gives into `place`, unless that holds something of a better rank.
fn replace<'a, E>(
    place: &mut Option<(usize, Cow<'a, str>)>,
    rank: Option<usize>,
    value: impl FnOnce() -> Result<Option<Cow<'a, str>>, E>,
) -> Result<(), E> {
    if let Some(rank) = rank
        && place.as_ref().is_none_or(|&(best, _)| rank <= best)
        && let Some(value) = value()?
    {
        *place = Some((rank, value));
    }
    Ok(())
}

/// A string, borrowed from the input where it has no escapes.
#[derive(serde::Deserialize)]
#[serde(transparent)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

fn text_of(value: &RawValue) -> Result<TextField<'_>, Fault> {
    serde_json::Deserializer::from_str(value.get())
        .deserialize_any(TextFieldVisitor)
        .map_err(|error| broken(&error))
}

/// An identifier or a date: a string, or the JSON of whatever else it is; `null` is none.
fn name_of(value: &RawValue) -> Result<Option<Cow<'_, str>>, Fault> {
    parse_name(value).map_err(|error| broken(&error))
}

/// The record is one line, which the place of the rejection names.
fn broken(error: &serde_json::Error) -> Fault {
    let error = error.to_string().replace("at line 1 column", "at byte");
    Fault::new(
        Reason::BrokenJson,
        format!("is not the JSON of a record: {error}; write one JSON object a line"),
    )
}

fn parse_name(value: &RawValue) -> serde_json::Result<Option<Cow<'_, str>>> {
    Ok(match value.get() {
        "null" => None,
        string if string.starts_with('"') => Some(serde_json::from_str::<Text>(string)?.0),
        json => Some(Cow::Borrowed(json)),
    })
}

/// Reads the fields that matter and passes over the rest, borrowing texts without escapes.
struct NamedFields<'f>(&'f FieldNames);

impl<'de> DeserializeSeed<'de> for NamedFields<'_> {
    type Value = Record<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for NamedFields<'_> {
    type Value = Record<'de>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut record = Record::default();
        while let Some(Text(key)) = map.next_key()? {
            let text = self.0.text_rank(&key);
            let (id, date) = (self.0.id_rank(&key), self.0.date_rank(&key));
            if id.is_some() || date.is_some() {
                let value = map.next_value::<&RawValue>()?;
                if let Some(rank) = text {
                    let text = text_of(value).map_err(|fault| A::Error::custom(fault.message))?;
                    record.set_text(rank, text);
                }
                let name = || parse_name(value).map_err(A::Error::custom);
                replace(&mut record.id, id, name)?;
                replace(&mut record.date, date, name)?;
            } else if let Some(rank) = text {
                record.set_text(rank, map.next_value_seed(TextFieldVisitor)?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(record)
    }
}

/// Reads all fields of a record.
struct AllFields;

impl<'de> DeserializeSeed<'de> for AllFields {
    type Value = Vec<(Cow<'de, str>, &'de RawValue)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for AllFields {
    type Value = Vec<(Cow<'de, str>, &'de RawValue)>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while let Some(Text(key)) = map.next_key()? {
            all.push((key, map.next_value()?));
        }
        Ok(all)
    }
}

struct TextFieldVisitor;

impl<'de> DeserializeSeed<'de> for TextFieldVisitor {
    type Value = TextField<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TextFieldVisitor {
    type Value = TextField<'de>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(TextField::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(TextField::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(TextField::Missing)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(TextField::Other("a boolean"))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(TextField::Other("a number"))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(TextField::Other("a number"))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(TextField::Other("a number"))
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(TextField::Other("a list"))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(TextField::Other("an object"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(line: &str) -> Result<Document<'_>, Fault> {
        document(line, &FieldNames::default())
    }

    #[test]
    fn fields_are_found_among_others_and_borrowed() {
        let found =
            guess(r#"{"x": [1, {"text": 2}], "text": "قال\nثم", "id": 17, "y": null}"#).unwrap();
        assert_eq!((found.id.as_deref(), &*found.text), (Some("17"), "قال\nثم"));
        let found =
            guess("{\"text\": \"قال\", \"id\": null, \"Published\": \"2024-05\"}\r\n").unwrap();
        assert!(matches!(found.text, Cow::Borrowed("قال")) && found.id.is_none());
        assert!(matches!(found.date, Some(Cow::Borrowed("2024-05"))));
    }

    #[test]
    fn guesses_have_an_order_of_their_own() {
        let found = guess(
            r#"{"content": {"a": 1}, "timestamp": 1, "body": "ب", "date": "d", "text": null}"#,
        )
        .unwrap();
        assert_eq!((&*found.text, found.date.as_deref()), ("ب", Some("d")));
    }

    #[test]
    fn texts_are_joined_and_other_fields_carried() {
        let line = r#"{"title": "ع", "n": [1, "a\u0041"], "text": "ن", "lead": "", "id": "i", "tag": "t", "body": 7}"#;
        let mut fields = FieldNames {
            text: ["title", "lead", "none", "text"]
                .map(str::to_owned)
                .to_vec(),
            ..FieldNames::default()
        };
        assert_eq!(document(line, &fields).unwrap().text, "ع\nن");
        fields.carry = Carry::All;
        let found = document(line, &fields).unwrap();
        assert_eq!((&*found.text, found.id.as_deref()), ("ع\nن", Some("i")));
        let carried = |found: &Document| {
            found
                .carried
                .iter()
                .map(|(name, json)| format!("{name}={json}"))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            carried(&found),
            [r#"n=[1, "a\u0041"]"#, "tag=\"t\"", "body=7"]
        );
        fields.carry = Carry::Named(["tag", "gone", "title"].map(str::to_owned).to_vec());
        assert_eq!(
            carried(&document(line, &fields).unwrap()),
            ["tag=\"t\"", "title=\"ع\""]
        );
        fields = FieldNames {
            carry: Carry::All,
            ..FieldNames::default()
        };
        let found = document(line, &fields).unwrap();
        assert_eq!(carried(&found)[3..], ["tag=\"t\"", "body=7"]);
    }

    #[test]
    fn what_is_wrong_is_said() {
        let deep = format!(
            "{{\"text\": \"a\", \"x\": {}{}}}",
            "[".repeat(10_000),
            "]".repeat(10_000)
        );
        let quoted = format!("{{\"text\": \"{}\"}}", "[".repeat(10_000));
        for carry in [Carry::None, Carry::All] {
            let fields = FieldNames {
                carry,
                ..FieldNames::default()
            };
            for (line, reason, word) in [
                (r#"{"title": "قال"}"#, Reason::MissingText, "--text-field"),
                (r#"{"text": "قال""#, Reason::BrokenJson, "JSON"),
                (r#"{"text": 3}"#, Reason::MissingText, "a number"),
                (r#"{"text": ["a"]}"#, Reason::MissingText, "a list"),
                (r#"{"text": "a"} x"#, Reason::BrokenJson, "trailing"),
                (r#"["a"]"#, Reason::BrokenJson, "object"),
                (&deep, Reason::TooDeep, "128"),
            ] {
                let fault = document(line, &fields).unwrap_err();
                assert_eq!(fault.reason, reason, "{line}");
                assert!(fault.message.contains(word), "{}", fault.message);
            }
            assert_eq!(document(&quoted, &fields).unwrap().text.len(), 10_000);
        }
    }
}
