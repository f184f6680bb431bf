use linfa::DatasetBase;
use linfa::traits::Fit;
use marsad::features::SparseRecords;
use marsad::training::{LogisticRegressionParams, TrainingSet};
use ndarray::Array1;

use crate::data;

#[test]
fn what_cannot_be_learned_from_is_named_with_its_row() {
    let target = |row: usize, target| {
        let mut dataset = data::small();
        dataset.targets[row] = target;
        dataset
    };
    let weight = |row: usize, weight| {
        let mut dataset = data::weighted();
        dataset.weights[row] = weight;
        dataset
    };
    let value = |value| {
        let mut dataset = data::small();
        dataset.records.push_row([(2, value)]);
        dataset.targets = data::TARGETS.into_iter().chain([0]).collect();
        dataset
    };
    let cases: [(TrainingSet, &str); 8] = [
        (
            DatasetBase::new(SparseRecords::new(5), Array1::zeros(0)),
            "the training set is empty: it has no rows",
        ),
        (
            data::small().with_weights(Array1::zeros(15)),
            "the training set is empty: every sample weight is 0",
        ),
        (target(4, 3), "row 4: target must be below n_classes, got 3"),
        (
            weight(2, -1.0),
            "row 2: sample weight must be at least 0 and finite, got -1",
        ),
        (
            weight(7, f32::NAN),
            "row 7: sample weight must be at least 0 and finite, got NaN",
        ),
        (
            value(f32::INFINITY),
            "row 15: a record value must be finite, got inf",
        ),
        (
            data::small().with_targets(Array1::zeros(14)),
            "expected 15 targets, one for each row, got 14",
        ),
        (
            data::small().with_weights(Array1::ones(16)),
            "expected 15 sample weights, one for each row, got 16",
        ),
    ];
    for (dataset, message) in cases {
        let error = LogisticRegressionParams::new(3).fit(&dataset).unwrap_err();
        assert_eq!(error.to_string(), message);
    }
}
