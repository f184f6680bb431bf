//! Promises of prediction and explanation, on the shipped model.

#![expect(
    clippy::unwrap_used,
    reason = "helpers outside #[test] functions may panic too"
)]

use marsad::Classifier;
use marsad::features::{NgramLengths, SubwordScratch};
use marsad::text::Symbols;
use marsad::training::{Corpus, TrainingConfig, train};
use marsad::vectors::WordVectors;
use proptest::prelude::*;

fn sentences() -> Vec<String> {
    let corpus = Corpus::read(&["data/train.jsonl".into()]).unwrap();
    corpus
        .sentences
        .into_iter()
        .map(|sentence| sentence.text)
        .collect()
}

/// The margins as their definition says: bias + scale · Σ weights / √n over the stream of features.
fn margins_by_definition(classifier: &Classifier, sentence: &str) -> Vec<f64> {
    let mut symbols = Symbols::new();
    classifier
        .normalizer()
        .normalize_into(sentence, &mut symbols);
    let table = classifier.table();
    let mut sums = vec![0i64; table.n_classes()];
    let mut n_features = 0u32;
    classifier
        .extractor()
        .extract(&symbols, &mut SubwordScratch::default(), |feature| {
            for (sum, &weight) in sums
                .iter_mut()
                .zip(table.row(classifier.extractor().row(&feature)))
            {
                *sum += i64::from(weight);
            }
            n_features += 1;
        });
    let scale = f64::from(table.scale()) / f64::from(n_features.max(1)).sqrt();
    sums.iter()
        .zip(table.bias())
        .map(|(&sum, &bias)| sum as f64 * scale + f64::from(bias))
        .collect()
}

fn assert_margins(classifier: &Classifier, sentence: &str, scratch: &mut marsad::model::Scratch) {
    let prediction = classifier.classify(sentence, scratch);
    for (margin, expected) in prediction
        .margins
        .iter()
        .zip(margins_by_definition(classifier, sentence))
    {
        assert!(
            (f64::from(*margin) - expected).abs() <= 1e-4 * expected.abs().max(1.0),
            "{sentence}"
        );
    }
    let total: f32 = prediction.probabilities.iter().sum();
    assert!((total - 1.0).abs() < 1e-5);
}

#[test]
fn margins_are_what_their_definition_says_whatever_was_classified_before() {
    let classifier = Classifier::embedded().unwrap();
    let mut scratch = classifier.scratch();
    for sentence in sentences().iter().step_by(3) {
        assert_margins(&classifier, sentence, &mut scratch);
    }
}

#[test]
fn the_most_features_a_word_can_have_are_all_remembered() {
    // Three openings of 75 n-grams each for a word of 14 letters: the number of its features in the opening must fit the memo.
    let mut config = TrainingConfig {
        folds: 2,
        subword_vocabulary: 200,
        ..TrainingConfig::default()
    };
    config.features.char_ngrams = Some(NgramLengths { min: 2, max: 7 });
    config.features.opening_ngrams = vec![14, 15, 16];
    config.features.opening_words = 16;
    let mut corpus = Corpus::read(&["data/train.jsonl".into()]).unwrap();
    corpus.sentences.truncate(132);
    let vectors = WordVectors::embedded().unwrap();
    let trained = train(&corpus, &config, Some(&vectors)).unwrap();
    let classifier = trained.files.classifier("memory".as_ref()).unwrap();
    let mut scratch = classifier.scratch();
    let sentence = "والاستثماراتها فسيستقبلونهم بالمستشفياتها ".repeat(60);
    for _ in 0..2 {
        assert_margins(&classifier, &sentence, &mut scratch);
    }
}

#[test]
fn a_used_scratch_and_a_fresh_one_give_the_same_bits() {
    let classifier = Classifier::embedded().unwrap();
    let mut used = classifier.scratch();
    for sentence in sentences().iter().take(300) {
        let first = classifier.classify(sentence, &mut used).margins.to_vec();
        assert_eq!(
            classifier
                .classify(sentence, &mut classifier.scratch())
                .margins,
            first
        );
        assert_eq!(classifier.classify(sentence, &mut used).margins, first);
    }
}

#[test]
fn a_scratch_of_another_model_is_no_danger() {
    let (one, other) = (
        Classifier::embedded().unwrap(),
        Classifier::embedded().unwrap(),
    );
    let mut scratch = one.scratch();
    let expected = one
        .classify("انفجرت سيارة مفخخة", &mut scratch)
        .margins
        .to_vec();
    assert_eq!(
        other.classify("انفجرت سيارة مفخخة", &mut scratch).margins,
        expected
    );
}

#[test]
fn a_text_without_words_gets_the_bias_and_long_texts_do_not_overflow() {
    let classifier = Classifier::embedded().unwrap();
    let mut scratch = classifier.scratch();
    assert_eq!(
        classifier.classify(" .، 🔴", &mut scratch).margins,
        classifier.table().bias()
    );
    let long_word = "انفجار".repeat(40_000);
    let many_words = "انفجار قتيل ".repeat(40_000);
    for text in [long_word, many_words] {
        assert_margins(&classifier, &text, &mut scratch);
    }
}

#[test]
fn an_explanation_adds_up_over_features_and_over_words() {
    let classifier = Classifier::embedded().unwrap();
    let mut scratch = classifier.scratch();
    for sentence in sentences().iter().step_by(40) {
        let explanation = classifier.explain(sentence);
        let margins = classifier.classify(sentence, &mut scratch).margins;
        let difference =
            f64::from(margins[explanation.winner]) - f64::from(margins[explanation.runner_up]);
        assert!((explanation.difference - difference).abs() < 1e-4);
        let features: f64 = explanation
            .features
            .iter()
            .map(|feature| feature.contribution)
            .sum();
        let words: f64 = explanation.words.iter().map(|word| word.contribution).sum();
        assert!((explanation.bias + features - explanation.difference).abs() < 1e-9);
        assert!((explanation.bias + words - explanation.difference).abs() < 1e-9);
    }
}

#[test]
fn spans_of_an_explanation_lie_on_the_original_words() {
    let explanation = Classifier::embedded()
        .unwrap()
        .explain("أَعلنـت «الحكومة» #حالة_طوارئ");
    let text = "أَعلنـت «الحكومة» #حالة_طوارئ";
    let words: Vec<&str> = explanation
        .words
        .iter()
        .map(|word| &text[word.span.clone()])
        .collect();
    assert_eq!(words, ["أَعلنـت", "الحكومة", "حالة", "طوارئ"]);
}

proptest! {
    #[test]
    fn any_text_is_classified_and_explained(text in any::<String>()) {
        thread_local! {
            static CLASSIFIER: Classifier = Classifier::embedded().unwrap();
        }
        CLASSIFIER.with(|classifier| {
            assert_margins(classifier, &text, &mut classifier.scratch());
            let explanation = classifier.explain(&text);
            for word in explanation.words {
                assert!(text.get(word.span).is_some());
            }
        });
    }
}
