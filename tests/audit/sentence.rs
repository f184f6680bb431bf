//! Sentences for the tests.

use marsad::training::LabelledSentence;

/// A sentence without anything but text, label and group.
pub(crate) fn sentence(text: &str, label: &str, group: &str) -> LabelledSentence {
    LabelledSentence {
        text: text.to_owned(),
        label: label.to_owned(),
        group: Some(group.to_owned()),
        ..LabelledSentence::default()
    }
}
