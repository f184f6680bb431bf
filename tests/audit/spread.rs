//! Labels over the other properties of sentences.

use marsad::audit::{field_spread, lengths, planned_fields};
use marsad::training::LabelledSentence;

use super::sentence::sentence;

fn with_genre(label: &str, genre: Option<&str>) -> LabelledSentence {
    let mut sentence = sentence("قال", label, "g");
    sentence.fields = genre
        .map(|genre| ("genre".to_owned(), genre.to_owned()))
        .into_iter()
        .collect();
    sentence
}

#[test]
fn labels_are_counted_by_the_values_of_a_field() {
    let sentences = [
        with_genre("b", Some("headline")),
        with_genre("a", Some("tweet")),
        with_genre("a", Some("headline")),
        with_genre("a", None),
        with_genre("a", Some("headline")),
    ];
    let sentences: Vec<&LabelledSentence> = sentences.iter().collect();
    let found = field_spread("genre", &sentences);
    assert_eq!(found.labels, ["a", "b"]);
    let rows: Vec<_> = found
        .rows
        .iter()
        .map(|row| (row.value.as_str(), &row.counts[..]))
        .collect();
    assert_eq!(
        rows,
        [
            ("headline", &[2, 1][..]),
            ("tweet", &[1, 0]),
            ("–", &[1, 0])
        ]
    );
    assert_eq!(planned_fields(&sentences, 2), ["genre"]);
    assert!(planned_fields(&sentences, 1).is_empty());
}

#[test]
fn quantiles_are_lengths_that_occur() {
    // 1 to 10 words, and one sentence of another label.
    let mut sentences: Vec<_> = (1..=10)
        .map(|n| sentence(&"قال ".repeat(n), "a", "g"))
        .collect();
    sentences.push(sentence("قال نعم", "b", "g"));
    let found = lengths(&sentences.iter().collect::<Vec<_>>());
    let rows: Vec<_> = found
        .iter()
        .map(|row| (row.label.as_deref(), row.sentences, row.words))
        .collect();
    assert_eq!(
        rows,
        [
            (None, 11, [1, 2, 2, 5, 8, 9, 10]),
            (Some("a"), 10, [1, 1, 3, 5, 8, 9, 10]),
            (Some("b"), 1, [2; 7]),
        ]
    );
}
