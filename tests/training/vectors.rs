//! Word vectors as features: what is learned of them folds into the weights of words.

use marsad::features::SubwordScratch;
use marsad::model::{FORMAT_VERSION, ModelConfig, ModelFiles, WeightTable};
use marsad::text::{Normalizer, Profile, Symbols};
use marsad::training::{DesignMatrix, Estimator, LabelledSentence, TrainingConfig, TrainingSet};
use marsad::vectors::WordVectors;
use ndarray::{Array1, Array2};
use proptest::prelude::*;

const WORDS: [&str; 12] = [
    "قال",
    "وزير",
    "قصف",
    "بلده",
    "استقبل",
    "سفير",
    "فريق",
    "مباراه",
    "هجوم",
    "محادثات",
    "سوق",
    "اسعار",
];

/// Vectors of four dimensions for the first nine words; the others are not known.
fn vectors(coordinates: &[f32]) -> WordVectors {
    let words = WORDS[..9].iter().map(|&word| word.to_owned()).collect();
    let counts = (1..=9).rev().map(|n| n * 10).collect();
    let vectors = Array2::from_shape_vec((9, 4), coordinates.to_vec()).unwrap();
    WordVectors::new(Profile::default(), words, counts, 1000, vectors).unwrap()
}

fn sentence(words: &[usize], class: usize) -> LabelledSentence {
    LabelledSentence {
        text: words
            .iter()
            .map(|&word| WORDS[word])
            .collect::<Vec<_>>()
            .join(" "),
        label: ["a", "b", "c"][class].to_owned(),
        ..LabelledSentence::default()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn folded_weights_give_the_margins_of_the_dense_features(
        coordinates in prop::collection::vec(-1.0f32..1.0, 36),
        texts in prop::collection::vec((prop::collection::vec(0usize..12, 1..12), 0usize..3), 12..20),
        seed in 0u64..99,
    ) {
        let labels: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
        let mut sentences: Vec<_> = texts.iter().map(|(words, class)| sentence(words, *class)).collect();
        sentences.extend((0..3).map(|class| sentence(&[class, 3 + class], class)));
        let mut config = TrainingConfig::default();
        config.features.bucket_bits = 10;
        config.features.opening_words = 3;
        config.features.subwords = false;
        let vectors = vectors(&coordinates);
        let design = DesignMatrix::new(&sentences, &labels, &config, Some(&vectors)).unwrap();
        let rows: Vec<usize> = (0..sentences.len()).collect();
        let dataset = TrainingSet::new(design.records.select(&rows), design.targets.clone());
        let unfolded = Estimator::default().fit(&dataset, 3, &[], seed).unwrap();

        let mut folded = design.dense.as_ref().unwrap().fold(&unfolded).unwrap();
        for (mut weights, &idf) in folded.weights.outer_iter_mut().zip(&design.idf) {
            weights *= idf;
        }
        let table = WeightTable::quantise(&folded).unwrap();
        let model = ModelConfig {
            format_version: FORMAT_VERSION,
            labels,
            normalizer: Profile::default(),
            features: config.features,
            known_words: 9,
            thresholds: std::collections::BTreeMap::new(),
            training: serde_json::Value::Null,
            top_features: Vec::new(),
        };
        let files = ModelFiles::new(&model, &table, None, vectors.vocabulary()).unwrap();
        let classifier = files.classifier("memory".as_ref()).unwrap();

        let expected = unfolded.margins(&design.records);
        let mut scratch = classifier.scratch();
        for (row, sentence) in sentences.iter().enumerate() {
            let n_features = n_features(&classifier, &sentence.text);
            // Each weight is off by half a step at most.
            let tolerance = f64::from(table.scale()) * n_features.sqrt() * 0.5 + 1e-4;
            let prediction = classifier.classify(&sentence.text, &mut scratch);
            for (class, &margin) in prediction.margins.iter().enumerate() {
                prop_assert!(
                    (f64::from(margin) - expected[(row, class)]).abs() <= tolerance,
                    "{}: {margin} and {}", sentence.text, expected[(row, class)]
                );
            }
        }
    }
}

fn n_features(classifier: &marsad::Classifier, text: &str) -> f64 {
    let mut symbols = Symbols::new();
    classifier.normalizer().normalize_into(text, &mut symbols);
    let mut n = 0.0;
    classifier
        .extractor()
        .extract(&symbols, &mut SubwordScratch::default(), |_| n += 1.0);
    n
}

#[test]
fn dense_columns_are_weighted_sums_over_words() {
    // Word 1 stands twice, once among the two opening words; word 10 is not known.
    let coordinates: Vec<f32> = (0..36u8).map(f32::from).collect();
    let vectors = vectors(&coordinates);
    let mut config = TrainingConfig::default();
    config.features.opening_words = 2;
    config.features.subwords = false;
    config.features.bucket_bits = 12;
    let sentences = [sentence(&[0, 1, 2, 1, 10], 0), sentence(&[11, 10], 1)];
    let labels = ["a".to_owned(), "b".to_owned()];
    let design = DesignMatrix::new(&sentences, &labels, &config, Some(&vectors)).unwrap();
    let n_counts = design.records.n_counts();
    assert_eq!(design.records.n_columns(), n_counts + 12);
    let (columns, values) = design.records.row(0);
    let dense: Vec<f64> = columns
        .iter()
        .zip(values)
        .filter(|&(&column, _)| column as usize >= n_counts)
        .map(|(_, &value)| f64::from(value))
        .collect();
    let u = |word: usize| -> Array1<f64> {
        let p = vectors.counts()[word] as f64 / 1000.0;
        vectors.vectors().row(word).mapv(f64::from) * (1e-3 / (1e-3 + p))
    };
    let whole = u(0) + u(1) + u(1) + u(2);
    let opening = u(0) + u(1);
    let expected: Vec<f64> = [&whole, &opening, &(&whole - &opening)]
        .into_iter()
        .flatten()
        .copied()
        .collect();
    // Up to the one scale of all.
    let scale = dense[0] / expected[0];
    for (dense, expected) in dense.iter().zip(&expected) {
        assert!(
            (dense - scale * expected).abs() < 1e-4 * dense.abs(),
            "{dense} {expected}"
        );
    }
    // The scale makes the mean norms of dense and sparse parts 0.3 to 1.
    let norms = |dense: bool| -> f64 {
        (0..2)
            .map(|row| {
                let (columns, values) = design.records.row(row);
                columns
                    .iter()
                    .zip(values)
                    .filter(|&(&column, _)| (column as usize >= n_counts) == dense)
                    .map(|(_, &value)| f64::from(value).powi(2))
                    .sum::<f64>()
                    .sqrt()
            })
            .sum()
    };
    assert!((norms(true) / norms(false) - 0.3).abs() < 1e-5);
}

#[test]
fn vectors_that_cannot_be_are_refused() {
    let two = || vec!["قال".to_owned(), "قصف".to_owned()];
    let zeros = |n| Array2::zeros((n, 2));
    let profile = Profile::default();
    let refused = |words: Vec<String>, counts: Vec<u64>, matrix| {
        WordVectors::new(profile, words, counts, 9, matrix)
            .unwrap_err()
            .to_string()
    };
    assert!(refused(two(), vec![1], zeros(2)).contains("counts"));
    assert!(refused(two(), vec![1, 1], zeros(3)).contains("vectors"));
    assert!(refused(vec!["قال".into(), "قال".into()], vec![1, 1], zeros(2)).contains("twice"));
    assert!(
        refused(vec!["أكّد".into(), "قال".into()], vec![1, 1], zeros(2)).contains("normal form")
    );
    let mut infinite = zeros(2);
    infinite[(1, 0)] = f32::NAN;
    assert!(refused(two(), vec![1, 1], infinite).contains("finite"));
    assert_eq!(Normalizer::new(profile).normalize("أكّد"), "اكد");
}
