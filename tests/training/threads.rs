use marsad::model::LinearWeights;
use marsad::training::{Calibration, Estimator};
use ndarray::Array2;

use crate::data;

/// What `work` gives on 1, 2 and 16 threads.
fn on_pools<T: Send>(work: impl Fn() -> T + Sync) -> [T; 3] {
    [1, 2, 16].map(|n_threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(n_threads)
            .build()
            .unwrap();
        pool.install(&work)
    })
}

fn bits(model: &LinearWeights) -> Vec<u32> {
    model
        .weights
        .iter()
        .chain(&model.bias)
        .map(|number| number.to_bits())
        .collect()
}

#[test]
fn every_estimator_learns_the_same_bytes_on_any_number_of_threads() {
    let dataset = data::large(3000, 20_000, 4);
    let folds: Vec<u32> = (0..3000).map(|row| row % 3).collect();
    let estimators = [
        r#"{"name": "logistic_regression", "c": 3.0, "max_iterations": 40}"#,
        r#"{"name": "logistic_regression", "penalty": "l1", "c": 10.0, "max_iterations": 40}"#,
        r#"{"name": "linear_svm"}"#,
        r#"{"name": "complement_naive_bayes"}"#,
        r#"{"name": "stacked_ensemble", "members": [
            {"name": "logistic_regression", "max_iterations": 10},
            {"name": "complement_naive_bayes"}
        ]}"#,
    ];
    for text in estimators {
        let estimator: Estimator = serde_json::from_str(text).unwrap();
        let [one, two, sixteen] =
            on_pools(|| bits(&estimator.fit(&dataset, 4, &folds, 11).unwrap()));
        assert!(
            one.iter().filter(|&&bits| bits != 0).count() > 1000,
            "{text}"
        );
        assert!(one == two && one == sixteen, "{text}");
    }
}

#[test]
fn calibration_learns_the_same_bytes_on_any_number_of_threads() {
    let dataset = data::large(10_000, 50, 4);
    let margins = Array2::from_shape_fn((10_000, 4), |(row, class)| {
        let column = (row * 31 + class * 17) % 97;
        column as f64 / 40.0 + f64::from(u8::from(dataset.targets[row] == class))
    });
    let [one, two, sixteen] = on_pools(|| {
        let calibrator = Calibration::Vector
            .fit(&margins, &dataset.targets, &dataset.weights)
            .unwrap();
        [calibrator.scale, calibrator.shift]
            .concat()
            .iter()
            .map(|x| x.to_bits())
            .collect::<Vec<_>>()
    });
    assert!(one == two && one == sixteen);
}
