//! What more labels would bring.

use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use super::{Figure, LearningCurveResult, Table, evaluate};
use crate::Error;
use crate::model::ModelFiles;
use crate::training::{
    Calibration, Corpus, LabelledSentence, TrainingConfig, group_numbers, train, train_uncalibrated,
};
use crate::vectors::WordVectors;

/// The macro-F1 on test data after training on so many sentences, once for each seed.
#[derive(Debug, Clone, PartialEq)]
pub struct CurvePoint {
    /// The number of sentences wanted.
    pub size: usize,
    /// The numbers of sentences trained on, whole groups only.
    pub sentences: Vec<usize>,
    /// Macro-F1, 0 to 1, for each seed.
    pub macro_f1: Vec<f64>,
}

impl CurvePoint {
    /// The mean of macro-F1 over the seeds; `None` for no seed.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        let n = self.macro_f1.len();
        (n > 0).then(|| self.macro_f1.iter().sum::<f64>() / n as f64)
    }

    /// The standard deviation of macro-F1 over the seeds, `n − 1` in the denominator; `None` for fewer than two seeds.
    #[must_use]
    pub fn deviation(&self) -> Option<f64> {
        let mean = self.mean()?;
        let squares: f64 = self
            .macro_f1
            .iter()
            .map(|value| (value - mean).powi(2))
            .sum();
        (self.macro_f1.len() > 1).then(|| (squares / (self.macro_f1.len() - 1) as f64).sqrt())
    }
}

/// Trains on samples of `corpus`, one for each of `sizes` and `seeds`, and measures each model on `test`. A sample is made of
/// whole groups in a random order, at least as many as hold the size; a larger sample of a seed contains its smaller ones.
/// A size beyond the corpus is the whole corpus. `done` is called after each model.
///
/// # Errors
///
/// As [`train`], and [`Error::Data`] when no size or seed is given, or a size of 0.
pub fn learning_curve(
    corpus: &Corpus,
    test: &[LabelledSentence],
    config: &TrainingConfig,
    vectors: Option<&WordVectors>,
    sizes: &[usize],
    seeds: &[u64],
    done: impl Fn(),
) -> Result<Vec<CurvePoint>, Error> {
    if sizes.is_empty() || seeds.is_empty() || sizes.contains(&0) {
        return Err(Error::Data(
            "a learning curve needs a size and a seed at least, and sizes of 1 or more".to_owned(),
        ));
    }
    let groups = group_numbers(&corpus.sentences);
    let n_groups = groups.iter().max().map_or(0, |&group| group + 1);
    let mut points = Vec::new();
    for &size in sizes {
        let mut point = CurvePoint {
            size,
            sentences: Vec::new(),
            macro_f1: Vec::new(),
        };
        for &seed in seeds {
            let mut order: Vec<usize> = (0..n_groups).collect();
            order.shuffle(&mut ChaCha8Rng::seed_from_u64(seed));
            let sample = sample(corpus, &groups, &order, size);
            let config = TrainingConfig {
                seed,
                ..config.clone()
            };
            let classifier = model(&sample, &config, vectors)?.classifier("the sample".as_ref())?;
            let (scores, unknown) = evaluate(&classifier, test);
            if let Some(label) = unknown.keys().next() {
                return Err(Error::Data(format!(
                    "the sample of {size} sentences of seed {seed} holds no «{label}», which the test data has: take larger sizes"
                )));
            }
            point.sentences.push(sample.sentences.len());
            point.macro_f1.extend(scores.value(Figure::MacroF1));
            done();
        }
        points.push(point);
    }
    Ok(points)
}

/// A model that gives the labels of the one [`train`] makes, which is all that macro-F1 looks at. No calibration and a temperature leave
/// the largest margin the largest, so the folds that would be held out to learn it are spared; the scales and shifts
/// of vector calibration can change which class wins.
fn model(
    sample: &Corpus,
    config: &TrainingConfig,
    vectors: Option<&WordVectors>,
) -> Result<ModelFiles, Error> {
    match config.calibration {
        Calibration::None | Calibration::Temperature => train_uncalibrated(sample, config, vectors),
        Calibration::Vector => Ok(train(sample, config, vectors)?.files),
    }
}

/// The sentences of the first groups in `order` that hold `size` sentences together, in the order of the corpus.
fn sample(corpus: &Corpus, groups: &[usize], order: &[usize], size: usize) -> Corpus {
    let mut held = vec![0; order.len()];
    for &group in groups {
        held[group] += 1;
    }
    let mut chosen = vec![false; order.len()];
    let mut n = 0;
    for &group in order {
        if n >= size {
            break;
        }
        chosen[group] = true;
        n += held[group];
    }
    let sentences = corpus
        .sentences
        .iter()
        .zip(groups)
        .filter(|&(_, &group)| chosen[group])
        .map(|(sentence, _)| sentence.clone())
        .collect();
    Corpus {
        sentences,
        ..Corpus::default()
    }
}

/// A row for each size, and what the fitted power law expects of twice the largest.
#[must_use]
pub fn learning_curve_table(points: &[CurvePoint]) -> Table {
    LearningCurveResult::of(points).table()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences of two labels in groups of their own; the label of a few contradicts their words.
    fn corpus(n: usize) -> Corpus {
        let sentence = |i: usize| LabelledSentence {
            text: format!(
                "{} كلمة{}",
                ["ازرق", "احمر"][(i + usize::from(i.is_multiple_of(7))) % 2],
                "ا".repeat(i % 5)
            ),
            label: ["blue", "red"][i % 2].to_owned(),
            ..LabelledSentence::default()
        };
        Corpus {
            sentences: (0..n).map(sentence).collect(),
            ..Corpus::default()
        }
    }

    fn config(calibration: Calibration) -> TrainingConfig {
        let mut config = TrainingConfig {
            calibration,
            ..TrainingConfig::default()
        };
        config.features.bucket_bits = 10;
        config.features.subwords = false;
        config
    }

    #[test]
    fn a_point_without_seeds_has_no_figures_and_no_row() {
        let point = |macro_f1: &[f64]| CurvePoint {
            size: 10,
            sentences: vec![10; macro_f1.len()],
            macro_f1: macro_f1.to_vec(),
        };
        let (none, one, two) = (point(&[]), point(&[0.5]), point(&[0.5, 0.7]));
        assert_eq!((none.mean(), none.deviation()), (None, None));
        assert_eq!((one.mean(), one.deviation()), (Some(0.5), None));
        // √((0.1² + 0.1²) / (2 − 1)) = 0.1414
        assert!((two.mean().unwrap() - 0.6).abs() < 1e-9);
        assert!((two.deviation().unwrap() - 0.02f64.sqrt()).abs() < 1e-9);
        assert_eq!(
            learning_curve_table(&[none, two]).to_text().lines().count(),
            2
        );
    }

    #[test]
    fn a_curve_without_sizes_or_seeds_or_with_a_size_of_0_is_refused() {
        let corpus = corpus(4);
        let config = config(Calibration::None);
        for (sizes, seeds) in [(&[][..], &[1][..]), (&[4], &[]), (&[4, 0], &[1])] {
            let error = learning_curve(
                &corpus,
                &corpus.sentences,
                &config,
                None,
                sizes,
                seeds,
                || (),
            );
            assert!(error.unwrap_err().to_string().contains("needs a size"));
        }
    }

    #[test]
    fn only_vector_calibration_needs_folds_held_out() {
        let corpus = corpus(4);
        let curve = |calibration| {
            let config = config(calibration);
            learning_curve(&corpus, &corpus.sentences, &config, None, &[4], &[1], || ())
        };
        for calibration in [Calibration::None, Calibration::Temperature] {
            assert_eq!(curve(calibration).unwrap()[0].sentences, [4]);
        }
        // Four groups do not make five folds.
        assert!(curve(Calibration::Vector).is_err());
    }

    #[test]
    fn what_is_spared_changes_no_label() {
        let corpus = corpus(60);
        let config = config(Calibration::Temperature);
        let classes = |files: &ModelFiles| -> Vec<(usize, f32)> {
            let classifier = files.classifier("memory".as_ref()).unwrap();
            let mut scratch = classifier.scratch();
            let classes = corpus.sentences.iter().map(|sentence| {
                let prediction = classifier.classify(&sentence.text, &mut scratch);
                (prediction.class(), prediction.confidence())
            });
            classes.collect()
        };
        let spared = classes(&model(&corpus, &config, None).unwrap());
        let whole = classes(&train(&corpus, &config, None).unwrap().files);
        for (spared, whole) in spared.iter().zip(&whole) {
            assert_eq!(spared.0, whole.0);
        }
        assert!(
            spared
                .iter()
                .zip(&whole)
                .any(|(a, b)| (a.1 - b.1).abs() > 0.01),
            "the one is calibrated, the other is not"
        );
    }

    #[test]
    fn a_sample_holds_whole_groups_and_smaller_ones_lie_in_larger_ones() {
        let sentence = |i: usize| LabelledSentence {
            text: i.to_string(),
            label: "a".to_owned(),
            group: Some((i / 3).to_string()),
            ..LabelledSentence::default()
        };
        let corpus = Corpus {
            sentences: (0..30).map(sentence).collect(),
            ..Corpus::default()
        };
        let groups = group_numbers(&corpus.sentences);
        let order = [4, 7, 1, 0, 9, 2, 3, 5, 8, 6];
        let texts = |size| -> Vec<String> {
            let sample = sample(&corpus, &groups, &order, size);
            sample.sentences.into_iter().map(|s| s.text).collect()
        };
        assert_eq!(texts(4), ["12", "13", "14", "21", "22", "23"]);
        assert_eq!(
            texts(7),
            ["3", "4", "5", "12", "13", "14", "21", "22", "23"]
        );
        assert_eq!(texts(99).len(), 30);
    }
}
