//! How labels lie over the other properties of sentences.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::surface::{Spelling, frame};
use crate::text::{Normalizer, Symbols};
use crate::training::LabelledSentence;

/// The shares at which lengths are told.
pub(super) const QUANTILES: [f64; 7] = [0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0];

/// How often each label goes with each value of a property.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// The name of the property.
    pub property: String,
    /// The labels, sorted.
    pub labels: Vec<String>,
    /// Each value with its number of sentences by label, the most frequent value first.
    pub rows: Vec<SpreadRow>,
}

/// One value of a property.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpreadRow {
    /// The value.
    pub value: String,
    /// The number of sentences of each label.
    pub counts: Vec<usize>,
}

/// The lengths of the sentences of one label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lengths {
    /// The label; `None` for all sentences.
    pub label: Option<String>,
    /// The number of sentences.
    pub sentences: usize,
    /// The number of words that each of the shares 0, 0.1, 0.25, 0.5, 0.75, 0.9 and 1 of the sentences does not exceed.
    pub words: [usize; 7],
}

/// How often each label goes with each value that `values` gives for a sentence, which may be none or several.
#[must_use]
pub fn spread(
    property: &str,
    sentences: &[&LabelledSentence],
    values: impl Fn(&LabelledSentence) -> Vec<String>,
) -> Spread {
    let labels = labels(sentences);
    let mut counts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for sentence in sentences {
        for value in values(sentence) {
            let counts = counts.entry(value).or_insert_with(|| vec![0; labels.len()]);
            if let Ok(label) = labels.binary_search(&sentence.label) {
                counts[label] += 1;
            }
        }
    }
    let mut rows: Vec<SpreadRow> = counts
        .into_iter()
        .map(|(value, counts)| SpreadRow { value, counts })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.counts.iter().sum::<usize>()));
    Spread {
        property: property.to_owned(),
        labels,
        rows,
    }
}

/// Over the values of the field `name`; sentences without one are counted as «–».
#[must_use]
pub fn field_spread(name: &str, sentences: &[&LabelledSentence]) -> Spread {
    spread(name, sentences, |sentence| {
        vec![sentence.field(name).unwrap_or("–").to_owned()]
    })
}

/// Over the [frames](super::Frame).
#[must_use]
pub fn frame_spread(sentences: &[&LabelledSentence]) -> Spread {
    spread("frame", sentences, |sentence| {
        vec![frame(&sentence.text).name().to_owned()]
    })
}

/// Over the [spelling habits](Spelling); a sentence may show several.
#[must_use]
pub fn spelling_spread(sentences: &[&LabelledSentence]) -> Spread {
    spread("spelling", sentences, |sentence| {
        let shown = Spelling::ALL
            .iter()
            .filter(|habit| habit.is_in(&sentence.text));
        shown.map(|habit| habit.name().to_owned()).collect()
    })
}

/// The fields other than ours that have at least two and at most `most` values: those by which data was planned, such as genre
/// and region.
#[must_use]
pub fn planned_fields(sentences: &[&LabelledSentence], most: usize) -> Vec<String> {
    let mut values: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, value) in sentences.iter().flat_map(|sentence| &sentence.fields) {
        values.entry(name).or_default().insert(value);
    }
    values
        .into_iter()
        .filter(|(_, values)| (2..=most).contains(&values.len()))
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// The lengths in normalised words of all sentences, then of those of each label. A quantile is the smallest length that
/// at least the stated share of sentences does not exceed.
#[must_use]
pub fn lengths(sentences: &[&LabelledSentence]) -> Vec<Lengths> {
    let normalizer = Normalizer::default();
    let mut symbols = Symbols::new();
    let counted: Vec<(usize, &str)> = sentences
        .iter()
        .map(|sentence| {
            normalizer.normalize_into(&sentence.text, &mut symbols);
            (symbols.words().count(), sentence.label.as_str())
        })
        .collect();
    let of = |label: Option<&String>| {
        let mut words: Vec<usize> = counted
            .iter()
            .filter(|(_, its)| label.is_none_or(|label| label == its))
            .map(|counted| counted.0)
            .collect();
        words.sort_unstable();
        let at = |share: f64| {
            let place = (share * words.len() as f64).ceil() as usize;
            words.get(place.saturating_sub(1)).copied().unwrap_or(0)
        };
        Lengths {
            label: label.cloned(),
            sentences: words.len(),
            words: QUANTILES.map(at),
        }
    };
    let labels = labels(sentences);
    std::iter::once(None)
        .chain(labels.iter().map(Some))
        .map(of)
        .collect()
}

fn labels(sentences: &[&LabelledSentence]) -> Vec<String> {
    let labels: BTreeSet<&String> = sentences.iter().map(|sentence| &sentence.label).collect();
    labels.into_iter().cloned().collect()
}
