//! Figures against those of scikit-learn, on random cases and on linfa's where linfa is right.

#![expect(
    clippy::unwrap_used,
    reason = "helpers outside #[test] functions may panic too"
)]

use linfa::prelude::*;
use marsad::evaluation::{ConfusionMatrix, Figure, Resampling, Scores};
use ndarray::{Array1, Array2};
use serde_json::Value;

/// The figure of a class.
type OfClass = fn(usize) -> Figure;

struct Case {
    scores: Scores,
    expected: Value,
}

/// The cases that tests/reference/evaluation.py wrote.
fn cases() -> Vec<Case> {
    let text = include_str!("reference/evaluation.jsonl");
    let mut lines = text.lines();
    let header: Value = serde_json::from_str(lines.next().unwrap()).unwrap();
    let steps = header["steps"].as_f64().unwrap();
    let case = |line: &str| {
        let case: Value = serde_json::from_str(line).unwrap();
        let index = |value: &Value| value.as_u64().unwrap() as usize;
        let truth: Vec<usize> = case["truth"]
            .as_array()
            .unwrap()
            .iter()
            .map(index)
            .collect();
        let shape = (truth.len(), index(&case["n_classes"]));
        let probabilities = Array2::from_shape_fn(shape, |(row, class)| {
            case["steps"][row][class].as_f64().unwrap() / steps
        });
        Case {
            scores: Scores {
                groups: (0..truth.len()).collect(),
                truth,
                probabilities,
            },
            expected: case["expected"].clone(),
        }
    };
    lines.map(case).collect()
}

#[track_caller]
fn assert_close(name: &str, got: Option<f64>, expected: &Value) {
    match (got, expected.as_f64()) {
        (None, None) => assert!(expected.is_null(), "{name}: {expected}"),
        (Some(got), Some(expected)) => {
            assert!(
                (got - expected).abs() < 1e-12,
                "{name}: {got} is not {expected}"
            );
        }
        (got, expected) => panic!("{name}: {got:?} is not {expected:?}"),
    }
}

#[test]
fn every_figure_is_that_of_scikit_learn_on_random_cases() {
    let overall = [
        ("accuracy", Figure::Accuracy),
        ("micro_f1", Figure::Accuracy),
        ("balanced_accuracy", Figure::BalancedAccuracy),
        ("macro_recall", Figure::BalancedAccuracy),
        ("macro_precision", Figure::MacroPrecision),
        ("macro_f1", Figure::MacroF1),
        ("weighted_precision", Figure::WeightedPrecision),
        ("weighted_recall", Figure::WeightedRecall),
        ("weighted_f1", Figure::WeightedF1),
        ("macro_average_precision", Figure::MacroAveragePrecision),
        ("matthews", Figure::Matthews),
        ("cohen_kappa", Figure::CohenKappa),
        ("log_loss", Figure::LogLoss),
        ("brier", Figure::Brier),
        ("calibration_error", Figure::CalibrationError),
        (
            "classwise_calibration_error",
            Figure::ClasswiseCalibrationError,
        ),
    ];
    let of_class: [(&str, OfClass); 5] = [
        ("precision", Figure::Precision),
        ("recall", Figure::Recall),
        ("f1", Figure::F1),
        ("average_precision", Figure::AveragePrecision),
        ("class_calibration_error", Figure::ClassCalibrationError),
    ];
    let cases = cases();
    let mut undefined = 0;
    for (number, Case { scores, expected }) in cases.iter().enumerate() {
        for (name, figure) in overall {
            let got = scores.value(figure);
            undefined += usize::from(got.is_none());
            assert_close(&format!("case {number}, {name}"), got, &expected[name]);
        }
        for (name, figure) in of_class {
            for class in 0..scores.n_classes() {
                let got = scores.value(figure(class));
                undefined += usize::from(got.is_none());
                let place = format!("case {number}, {name} of {class}");
                assert_close(&place, got, &expected[name][class]);
            }
        }
        let counts = serde_json::to_value(scores.confusion_matrix().counts()).unwrap();
        assert_eq!(counts, expected["confusion_matrix"]);
    }
    assert!(cases.len() >= 50 && undefined > 20, "{undefined}");
}

#[test]
fn a_sentence_drawn_twice_counts_twice_and_groups_stay_together() {
    // Sentences written out twice in two groups, against the same sentences once: all values agree, and so do those of a resample
    // that draws the first group twice.
    for Case { scores, .. } in cases() {
        let n = scores.truth.len();
        let rows: Vec<usize> = (0..n).chain(0..n).collect();
        let mut twice = scores.select(&rows);
        twice.groups = (0..2 * n).map(|row| row / n).collect();
        let mut figures = Figure::OVERALL.to_vec();
        figures.extend((0..scores.n_classes()).flat_map(Figure::of_class));
        let resampling = Resampling {
            resamples: 50,
            seed: 3,
        };
        for (figure, estimate) in figures.iter().zip(twice.estimates(&figures, resampling)) {
            let Some(value) = scores.value(*figure) else {
                assert_eq!(estimate.value, None);
                continue;
            };
            let interval = estimate.percentile.unwrap();
            for got in [estimate.value.unwrap(), interval.low, interval.high] {
                assert!(
                    (got - value).abs() < 1e-12,
                    "{figure:?}: {got} is not {value}"
                );
            }
        }
    }
}

#[test]
fn figures_are_linfas_where_linfa_is_right() {
    // `confusion_matrix(&dataset)` is right, `confusion_matrix(&array)` swaps precision and recall; its F1 is not the mean of
    // the F1 of the classes. Cases in which linfa divides by nothing are left out.
    let mut compared = 0;
    for Case { scores, .. } in cases() {
        let n = scores.truth.len();
        let matrix = scores.confusion_matrix();
        let classes = 0..scores.n_classes();
        let all_defined = classes
            .clone()
            .all(|class| matrix.precision(class).is_some() && matrix.recall(class).is_some());
        // Of two classes linfa gives the figures of the second.
        if !all_defined || scores.n_classes() == 2 {
            continue;
        }
        let prediction = Array1::from_iter((0..n).map(|row| scores.prediction(row)));
        let truth = Array1::from(scores.truth.clone());
        let dataset = Dataset::new(Array2::<f32>::zeros((n, 1)), truth);
        let linfas = prediction.confusion_matrix(&dataset).unwrap();
        let close = |ours: Option<f64>, linfas: f32| {
            assert!(
                (ours.unwrap() - f64::from(linfas)).abs() < 1e-5,
                "{ours:?} is not {linfas}"
            );
        };
        close(matrix.accuracy(), linfas.accuracy());
        close(matrix.macro_precision(), linfas.precision());
        close(matrix.balanced_accuracy(), linfas.recall());
        close(matrix.matthews_correlation(), linfas.mcc());
        compared += 1;
    }
    assert!(compared > 10, "{compared}");
}

#[test]
fn ratios_of_nothing_are_not_there() {
    let none = ConfusionMatrix::new(3, []);
    assert_eq!(none.matthews_correlation(), None);
    assert_eq!(none.cohen_kappa(), None);
    assert_eq!(none.weighted_precision(), None);
    let one = ConfusionMatrix::new(2, [(0, 0), (0, 0)]);
    assert_eq!(one.matthews_correlation(), None);
    assert_eq!(one.cohen_kappa(), None);
    assert_eq!(one.balanced_accuracy(), Some(1.0));
}
