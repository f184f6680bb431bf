//! The values by which sentences are sorted into slices.

use std::collections::BTreeSet;

use crate::Error;
use crate::training::LabelledSentence;

/// A field of more values than this is no field to slice by.
pub const MOST_VALUES: usize = 200;

/// What sentences are sorted into slices by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slicing {
    /// What it is called.
    pub field: String,
    /// The value of each sentence, if it has one.
    pub values: Vec<Option<String>>,
}

impl Slicing {
    /// By given values.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] when no sentence has a value, or there are more than [`MOST_VALUES`] different ones.
    pub fn new(field: impl Into<String>, values: Vec<Option<String>>) -> Result<Self, Error> {
        let field = field.into();
        let different: BTreeSet<&String> = values.iter().flatten().collect();
        match different.len() {
            0 => Err(Error::Data(format!("no sentence has the field «{field}»"))),
            n if n > MOST_VALUES => Err(Error::Data(format!(
                "the field «{field}» has {n} different values; slices are made of at most {MOST_VALUES}"
            ))),
            _ => Ok(Self { field, values }),
        }
    }

    /// By a field of their records.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new); the error names the fields there are.
    pub fn by_field(field: &str, sentences: &[&LabelledSentence]) -> Result<Self, Error> {
        let values: Vec<Option<String>> = sentences
            .iter()
            .map(|sentence| sentence.field(field).map(str::to_owned))
            .collect();
        if values.iter().all(Option::is_none) {
            let known: BTreeSet<&str> = sentences
                .iter()
                .flat_map(|sentence| sentence.fields.keys().map(String::as_str))
                .collect();
            let known: Vec<&str> = known.into_iter().collect();
            return Err(Error::Data(format!(
                "no sentence has the field «{field}»; there are: {}",
                ["label", "group", "length"]
                    .iter()
                    .chain(&known)
                    .copied()
                    .collect::<Vec<_>>()
                    .join(", ")
            )));
        }
        Self::new(field, values)
    }

    /// By the quartile of their length in characters. Sentences of one length are in one quartile.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] without sentences.
    pub fn by_length(sentences: &[&LabelledSentence]) -> Result<Self, Error> {
        let length = |sentence: &&LabelledSentence| sentence.text.trim().chars().count();
        let lengths: Vec<usize> = sentences.iter().map(length).collect();
        let mut sorted = lengths.clone();
        sorted.sort_unstable();
        // The longest of the first, second and third quarter.
        let limits: Vec<usize> = (1..4)
            .filter_map(|quarter| {
                let last = (sorted.len() * quarter).div_ceil(4).checked_sub(1)?;
                sorted.get(last).copied()
            })
            .collect();
        let quartile = |length: usize| limits.iter().filter(|&&limit| length > limit).count();
        let range = |number: usize| -> String {
            let mut inside = sorted.iter().filter(|&&length| quartile(length) == number);
            let first = inside.next().copied().unwrap_or_default();
            let last = inside.next_back().copied().unwrap_or(first);
            format!("{}: {first} to {last}", number + 1)
        };
        let names: Vec<String> = (0..4).map(range).collect();
        let values = lengths
            .iter()
            .map(|&length| Some(names[quartile(length)].clone()));
        Self::new("length (quartile)", values.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(text: &str) -> LabelledSentence {
        LabelledSentence {
            text: text.to_owned(),
            ..LabelledSentence::default()
        }
    }

    #[test]
    fn quartiles_hold_a_quarter_each_and_never_cut_a_length() {
        let sentences: Vec<_> = (1..=8).map(|n| sentence(&"ا".repeat(n))).collect();
        let slicing = Slicing::by_length(&sentences.iter().collect::<Vec<_>>()).unwrap();
        let values: Vec<&str> = slicing
            .values
            .iter()
            .flatten()
            .map(String::as_str)
            .collect();
        assert_eq!(
            values,
            [
                "1: 1 to 2",
                "1: 1 to 2",
                "2: 3 to 4",
                "2: 3 to 4",
                "3: 5 to 6",
                "3: 5 to 6",
                "4: 7 to 8",
                "4: 7 to 8"
            ]
        );
        let equal = vec![sentence("قال"); 5];
        let slicing = Slicing::by_length(&equal.iter().collect::<Vec<_>>()).unwrap();
        assert!(
            slicing
                .values
                .iter()
                .flatten()
                .all(|value| value == "1: 3 to 3")
        );
    }

    #[test]
    fn a_field_that_is_not_there_is_named_with_those_that_are() {
        let mut one = sentence("قال");
        one.fields.insert("genre".to_owned(), "lead".to_owned());
        let error = Slicing::by_field("gender", &[&one])
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("gender") && error.contains("genre"),
            "{error}"
        );
        let many = (0..=MOST_VALUES).map(|n| Some(n.to_string())).collect();
        let error = Slicing::new("id", many).unwrap_err().to_string();
        assert!(error.contains("201 different values"), "{error}");
    }
}
