//! One sentence with its label.

use std::collections::BTreeMap;

/// A record of training or test data.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LabelledSentence {
    /// Its identifier, if it has one.
    pub id: Option<String>,
    /// The sentence.
    pub text: String,
    /// Its label.
    pub label: String,
    /// Labels that are also true of it. Not used in training.
    pub tags: Vec<String>,
    /// Sentences of one group are never split between training and held-out data. A sentence without a group is
    /// a group of its own.
    pub group: Option<String>,
    /// The line of its file on which it begins, counted from 1; 0 for one that was not read from a file.
    pub line: u64,
    /// The other fields of its record, such as genre and region: texts, numbers and truth values, as they are written.
    /// Lists, objects, nulls and empty cells are left out.
    pub fields: BTreeMap<String, String>,
}

impl LabelledSentence {
    /// The value of the field `name`, be it the identifier, the label, the group or one of the other fields.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        match name {
            "id" => self.id.as_deref(),
            "label" => Some(&self.label),
            "group" => self.group.as_deref(),
            _ => self.fields.get(name).map(String::as_str),
        }
    }
}

/// The group of each sentence as a number, counted from 0 in the order of their first sentences.
pub(crate) fn group_numbers<'a>(
    sentences: impl IntoIterator<Item = &'a LabelledSentence>,
) -> Vec<usize> {
    let mut numbers = BTreeMap::new();
    let mut next = 0;
    let mut fresh = || {
        next += 1;
        next - 1
    };
    sentences
        .into_iter()
        .map(|sentence| match &sentence.group {
            Some(group) => *numbers.entry(group.as_str()).or_insert_with(&mut fresh),
            None => fresh(),
        })
        .collect()
}
