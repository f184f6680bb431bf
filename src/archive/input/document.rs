//! One document of an input.

use std::borrow::Cow;

/// A text with what its record says of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document<'a> {
    /// The identifier, if the record has one.
    pub id: Option<Cow<'a, str>>,
    /// The text.
    pub text: Cow<'a, str>,
    /// The date as the record writes it, if it has one.
    pub date: Option<Cow<'a, str>>,
    /// The other fields that were asked for: names and values, these as JSON.
    pub carried: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

impl<'a> Document<'a> {
    /// A text without anything else.
    #[must_use]
    pub fn new(text: impl Into<Cow<'a, str>>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

/// Joins the parts of a text that are not empty, each on lines of its own.
pub(super) fn join<'a>(parts: impl IntoIterator<Item = Cow<'a, str>>) -> Cow<'a, str> {
    let mut parts = parts.into_iter().filter(|part| !part.is_empty());
    let mut text = parts.next().unwrap_or_default();
    for part in parts {
        let text = text.to_mut();
        text.push('\n');
        text.push_str(&part);
    }
    text
}

/// A text as JSON.
pub(super) fn to_json(text: &str) -> String {
    // Writing a string cannot fail.
    serde_json::to_string(text).unwrap_or_default()
}
