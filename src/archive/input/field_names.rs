//! The fields of a record that matter.

use crate::Error;

/// Which fields hold what. Nothing named means a sensible guess.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldNames {
    /// The fields of the text, joined by a line break; at most [`FieldNames::MAX_TEXTS`]. When empty, the first of `text`,
    /// `body` and `content` that the record has.
    pub text: Vec<String>,
    /// The field of the identifier, else `id`, else the identifier of a WARC record.
    pub id: Option<String>,
    /// The field of the date, else the first of `date`, `published` and `timestamp` that the record has, else the date of a WARC
    /// record.
    pub date: Option<String>,
    /// The fields that go through to the output.
    pub carry: Carry,
}

/// The fields that go through to the output.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Carry {
    /// None.
    #[default]
    None,
    /// All that are not the text, the identifier or the date.
    All,
    /// Those with these names, in this order.
    Named(Vec<String>),
}

const TEXT: [&str; 3] = ["text", "body", "content"];
const ID: [&str; 1] = ["id"];
const DATE: [&str; 3] = ["date", "published", "timestamp"];

impl FieldNames {
    /// How many fields may be joined to a text.
    pub const MAX_TEXTS: usize = 8;

    /// Whether everything is in its range.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidParameter`] for too many text fields.
    pub fn check(&self) -> Result<(), Error> {
        if self.text.len() > Self::MAX_TEXTS {
            return Err(Error::InvalidParameter {
                parameter: "text_field",
                rule: "given at most 8 times",
                got: self.text.len().to_string(),
            });
        }
        Ok(())
    }

    /// Whether the first text field that is there is the text; otherwise all are joined.
    pub(super) fn guesses_text(&self) -> bool {
        self.text.is_empty()
    }

    /// The place of `key` among the text fields.
    pub(super) fn text_rank(&self, key: &str) -> Option<usize> {
        if self.text.is_empty() {
            guess(&TEXT, key)
        } else {
            self.text.iter().position(|name| name == key)
        }
    }

    /// The place of `key` among the fields that may be the identifier.
    pub(super) fn id_rank(&self, key: &str) -> Option<usize> {
        rank(self.id.as_deref(), &ID, key)
    }

    /// The place of `key` among the fields that may be the date.
    pub(super) fn date_rank(&self, key: &str) -> Option<usize> {
        rank(self.date.as_deref(), &DATE, key)
    }

    /// What a record without text is told.
    pub(super) fn missing_text(&self) -> String {
        let names = if self.text.is_empty() {
            TEXT.join("», «")
        } else {
            self.text.join("», «")
        };
        format!("has no field «{names}»; name the field of the text with --text-field")
    }
}

fn rank(named: Option<&str>, guesses: &[&str], key: &str) -> Option<usize> {
    match named {
        Some(name) => (name == key).then_some(0),
        None => guess(guesses, key),
    }
}

fn guess(guesses: &[&str], key: &str) -> Option<usize> {
    guesses
        .iter()
        .position(|name| name.eq_ignore_ascii_case(key))
}
