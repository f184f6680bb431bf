//! Each value of a field left out once.

use std::collections::BTreeMap;

use super::Part;
use crate::Error;
use crate::evaluation::MOST_VALUES;
use crate::training::{Corpus, group_numbers};

/// For each value of `field` the part that scores its sentences after training on those of all other values, and those without a value,
/// but for groups of which a sentence is scored.
///
/// # Errors
///
/// [`Error::Data`] when the field has fewer than two values, or more than [`MOST_VALUES`].
pub fn parts_by_value(corpus: &Corpus, field: &str) -> Result<Vec<Part>, Error> {
    let mut rows_of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (row, sentence) in corpus.sentences.iter().enumerate() {
        if let Some(value) = sentence.field(field) {
            rows_of.entry(value).or_default().push(row);
        }
    }
    if !(2..=MOST_VALUES).contains(&rows_of.len()) {
        return Err(Error::Data(format!(
            "the field «{field}» has {} values; one can be left out where there are 2 to {MOST_VALUES}",
            rows_of.len()
        )));
    }
    let groups = group_numbers(&corpus.sentences);
    let part = |(value, rows): (&str, Vec<usize>)| {
        Part::apart(
            format!("{field} = {value}"),
            &groups,
            outside(&rows, groups.len()),
            rows,
        )
    };
    Ok(rows_of.into_iter().map(part).collect())
}

/// The rows that are not among `rows`, which rise.
fn outside(rows: &[usize], n: usize) -> std::vec::IntoIter<usize> {
    let rest: Vec<usize> = (0..n)
        .filter(|row| rows.binary_search(row).is_err())
        .collect();
    rest.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::LabelledSentence;

    #[test]
    fn a_value_is_scored_by_models_that_saw_neither_it_nor_its_groups() {
        let sentence = |(source, group): (Option<&str>, &str)| LabelledSentence {
            text: "قال".to_owned(),
            label: "a".to_owned(),
            group: Some(group.to_owned()),
            fields: source
                .map(|source| ("source".to_owned(), source.to_owned()))
                .into_iter()
                .collect(),
            ..LabelledSentence::default()
        };
        let rows = [
            (Some("x"), "1"),
            (Some("y"), "1"),
            (Some("y"), "2"),
            (None, "3"),
            (Some("x"), "4"),
        ];
        let corpus = Corpus {
            sentences: rows.into_iter().map(sentence).collect(),
            ..Corpus::default()
        };
        let parts = parts_by_value(&corpus, "source").unwrap();
        assert_eq!(parts[0].name, "source = x");
        assert_eq!(
            (&parts[0].scored[..], &parts[0].trained_on[..]),
            (&[0, 4][..], &[2, 3][..])
        );
        assert_eq!(
            (&parts[1].scored[..], &parts[1].trained_on[..]),
            (&[1, 2][..], &[3, 4][..])
        );
        let error = parts_by_value(&corpus, "region").unwrap_err().to_string();
        assert!(error.contains("«region» has 0 values"), "{error}");
    }
}
