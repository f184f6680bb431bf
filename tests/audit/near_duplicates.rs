//! Sentences that are nearly the same.

use std::collections::BTreeSet;

use marsad::audit::near_duplicates;
use marsad::text::Normalizer;
use proptest::prelude::*;

/// By definition, from the normalised text with a space at each end.
fn jaccard(a: &str, b: &str) -> f64 {
    let shingles = |text: &str| -> BTreeSet<Vec<char>> {
        let text = format!(" {} ", Normalizer::default().normalize(text));
        let letters: Vec<char> = text.chars().collect();
        match letters.len() {
            0..5 => [letters].into(),
            _ => letters.windows(5).map(<[char]>::to_vec).collect(),
        }
    };
    let (a, b) = (shingles(a), shingles(b));
    a.intersection(&b).count() as f64 / a.union(&b).count() as f64
}

#[test]
fn spelling_and_marks_do_not_hide_a_duplicate() {
    let texts = [
        "أعلنت الحكومة، أمس، خطة جديدة",
        "فاز الفريق بهدفين",
        "اعلنت الحكومه امس «خطّة» جديده",
    ];
    let pairs = near_duplicates(&texts, 0.5);
    assert_eq!(pairs.len(), 1);
    assert_eq!(
        (pairs[0].first, pairs[0].second, pairs[0].exact),
        (0, 2, true)
    );
}

#[test]
fn a_repeated_text_is_paired_with_its_first_occurrence() {
    let pairs = near_duplicates(&["قال الوزير", "لا", "قال الوزير", "قال الوزير"], 1.0);
    let places: Vec<_> = pairs.iter().map(|pair| (pair.first, pair.second)).collect();
    assert_eq!(places, [(0, 2), (0, 3)]);
    assert!(near_duplicates(&[], 0.5).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Words from a small stock, so that similar texts are common. Repetitions of a text are left out, for
    /// they are paired with the first only.
    #[test]
    fn pairs_are_those_that_brute_force_finds(
        texts in prop::collection::btree_set("((قال|وزير|الخارجية|أمس|إن|هجوم|مدينة|وقع) ){1,12}", 2..30),
        threshold in prop::sample::select(vec![0.2, 0.5, 0.8]),
    ) {
        let mut seen = BTreeSet::new();
        let texts: Vec<&str> = texts
            .iter()
            .map(String::as_str)
            .filter(|text| seen.insert(Normalizer::default().normalize(text)))
            .collect();
        let found: Vec<(usize, usize, f64)> = near_duplicates(&texts, threshold)
            .into_iter()
            .map(|pair| (pair.first, pair.second, pair.similarity))
            .collect();
        let mut expected = Vec::new();
        for second in 0..texts.len() {
            for first in 0..second {
                let similarity = jaccard(texts[first], texts[second]);
                if similarity >= threshold {
                    expected.push((first, second, similarity));
                }
            }
        }
        expected.sort_by_key(|pair| (pair.0, pair.1));
        prop_assert_eq!(found, expected);
    }
}
