use linfa::ParamGuard;
use linfa::traits::{Fit, Predict};
use marsad::training::LinearSvmParams;

use crate::data;

fn params() -> LinearSvmParams {
    LinearSvmParams::new(3)
        .c(0.5)
        .tolerance(1e-10)
        .max_iterations(1_000_000)
}

/// ```text
/// >>> m = LinearSVC(C=0.5, tol=1e-12, max_iter=10000000, random_state=0)
/// >>> m.fit(X, y); m.coef_.T; m.intercept_
/// >>> m.fit(X, y, sample_weight=s); m.coef_.T; m.intercept_
/// ```
#[test]
fn agrees_with_scikit_learn() {
    data::assert_model_near(
        &params().fit(&data::small()).unwrap(),
        &[
            [0.5811026593, -0.5828940714, -0.5509561839],
            [-0.4328449325, 0.6527217084, -0.6010651152],
            [-0.1331360947, -0.5445218687, 0.5121439489],
            [-0.4293228139, -0.6200920509, 0.6353586721],
            [-0.0648069881, 0.131804273, -0.1278140878],
        ],
        [-0.2632196885, 0.0719446668, -0.1095779877],
        1e-6,
    );
    data::assert_model_near(
        &params().fit(&data::weighted()).unwrap(),
        &[
            [0.5808417976, -0.6417591183, -0.5554664522],
            [-0.4539705582, 0.7356804129, -0.6533012562],
            [-0.2082728583, -0.5583785361, 0.5424574539],
            [-0.469832056, -0.7586144279, 0.7469482316],
            [-0.0574746029, 0.2253476436, -0.2087677091],
        ],
        [-0.2132282776, 0.0893768862, -0.1789182938],
        1e-6,
    );
}

#[test]
fn sample_weights_count_as_repeated_rows() {
    let weighted = params().fit(&data::weighted()).unwrap();
    data::assert_models_near(&weighted, &params().fit(&data::repeated()).unwrap(), 1e-6);
}

#[test]
fn a_row_of_weight_zero_does_not_count() {
    let mut dataset = data::weighted();
    dataset.weights[3] = 0.0;
    let kept: Vec<usize> = (0..15).filter(|&row| row != 3).collect();
    let without = linfa::DatasetBase::new(
        dataset.records.select(&kept),
        kept.iter().map(|&row| dataset.targets[row]).collect(),
    )
    .with_weights(kept.iter().map(|&row| dataset.weights[row]).collect());
    let model = params().fit(&dataset).unwrap();
    data::assert_models_near(&model, &params().fit(&without).unwrap(), 1e-6);
}

#[test]
fn the_seed_orders_the_rows_but_does_not_move_the_optimum() {
    let [first, same, other] = [1, 1, 2].map(|seed| {
        params()
            .tolerance(1e-3)
            .seed(seed)
            .fit(&data::small())
            .unwrap()
    });
    assert_eq!(first, same);
    assert_ne!(first, other);
    data::assert_models_near(&first, &other, 1e-2);
}

#[test]
fn a_class_without_rows_is_never_predicted() {
    let model = params().n_classes(4).fit(&data::small()).unwrap();
    let predicted = model.predict(&data::small());
    assert!(predicted.iter().all(|&class| class < 3));
}

#[test]
fn parameter_checks_name_parameter_rule_and_value() {
    let good = || LinearSvmParams::new(2);
    let cases = [
        (good().n_classes(0), "n_classes must be at least 2, got 0"),
        (good().c(-2.0), "c must be above 0 and finite, got -2"),
        (
            good().tolerance(0.0),
            "tolerance must be above 0 and finite, got 0",
        ),
        (
            good().max_iterations(0),
            "max_iterations must be at least 1, got 0",
        ),
    ];
    assert!(good().check().is_ok());
    for (params, message) in cases {
        assert_eq!(params.check().unwrap_err().to_string(), message);
    }
}
