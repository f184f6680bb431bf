//! The growth of the vocabulary.

use marsad::audit::vocabulary;
use marsad::training::LabelledSentence;

use super::sentence::sentence;

#[test]
fn words_distinct_words_and_hapaxes_are_counted_on_the_way() {
    // Eight sentences of one group keep their order: each brings a new word and repeats a common one.
    let words = ["قط", "كلب", "بيت", "باب", "نهر", "بحر", "جبل", "سهل"];
    let sentences: Vec<LabelledSentence> = words
        .iter()
        .map(|word| sentence(&format!("هذا {word}"), "x", "g"))
        .collect();
    let found = vocabulary(&sentences.iter().collect::<Vec<_>>(), 1);
    let growth: Vec<_> = found
        .growth
        .iter()
        .map(|size| (size.sentences, size.words, size.distinct, size.hapaxes))
        .collect();
    assert_eq!(
        growth,
        [(1, 2, 2, 2), (2, 4, 3, 2), (4, 8, 5, 4), (8, 16, 9, 8)]
    );
    // >>> np.polyfit(np.log([2, 4, 8, 16]), np.log([2, 3, 5, 9]), 1)[0]
    // 0.7246740598493141
    let exponent = found.heaps_exponent.unwrap();
    assert!((exponent - 0.7246740598493141).abs() < 1e-12, "{exponent}");
}

#[test]
fn words_that_are_all_new_have_exponent_1() {
    let texts = ["ا ب", "ت ث", "ج ح", "خ د", "ذ ر", "ز س", "ش ص", "ض ط"];
    let sentences: Vec<_> = texts.iter().map(|text| sentence(text, "x", text)).collect();
    let sentences: Vec<&LabelledSentence> = sentences.iter().collect();
    let found = vocabulary(&sentences, 3);
    assert!((found.heaps_exponent.unwrap() - 1.0).abs() < 1e-12);
    // Another seed takes the groups in another order, with the same totals.
    assert_eq!(vocabulary(&sentences, 4).growth[3], found.growth[3]);
}

#[test]
fn too_few_sentences_have_no_exponent() {
    let one = sentence("قال", "x", "g");
    assert_eq!(vocabulary(&[&one], 1).heaps_exponent, None);
    assert_eq!(vocabulary(&[], 1).heaps_exponent, None);
}
