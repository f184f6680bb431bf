use linfa::traits::Fit;
use linfa::{DatasetBase, ParamGuard};
use linfa_logistic::MultiLogisticRegression;
use marsad::model::LinearWeights;
use marsad::training::{
    ComplementNaiveBayesParams, LinearSvmParams, LogisticRegressionParams, Member,
    StackedEnsembleParams, TrainingSet,
};
use ndarray::{Array1, Array2, Axis, concatenate};

use crate::data;

fn members() -> Vec<Member> {
    vec![
        Member::LogisticRegression(LogisticRegressionParams::default().tolerance(1e-8)),
        Member::ComplementNaiveBayes(ComplementNaiveBayesParams::default()),
        Member::LinearSvm(
            LinearSvmParams::default()
                .c(0.5)
                .tolerance(1e-8)
                .max_iterations(100_000),
        ),
    ]
}

fn folds(n_rows: usize) -> Vec<u32> {
    (0..n_rows).map(|row| [7, 2, 2, 30, 7][row % 5]).collect()
}

fn rows_of(dataset: &TrainingSet, rows: &[usize]) -> TrainingSet {
    DatasetBase::new(
        dataset.records.select(rows),
        dataset.targets.select(Axis(0), rows),
    )
}

/// The stages, written out one by one: margins of held-out rows, division by their standard
/// deviation, linfa-logistic, members on all rows.
fn stage_by_stage(
    dataset: &TrainingSet,
    folds: &[u32],
    alpha: f64,
    n_classes: usize,
) -> Array2<f64> {
    let n_rows = folds.len();
    let mut inputs = Vec::new();
    let mut final_inputs = Vec::new();
    for member in members() {
        let mut margins = Array2::zeros((n_rows, n_classes));
        for fold in [30, 7, 2] {
            let (inside, outside): (Vec<usize>, Vec<usize>) =
                (0..n_rows).partition(|&row| folds[row] == fold);
            let model = member
                .fit(&rows_of(dataset, &outside), n_classes, 5)
                .unwrap();
            let held_out = model.margins(&dataset.records.select(&inside));
            for (&row, values) in inside.iter().zip(held_out.outer_iter()) {
                margins.row_mut(row).assign(&values);
            }
        }
        let deviation = margins.std(0.0);
        let model: LinearWeights = member.fit(dataset, n_classes, 5).unwrap();
        inputs.push(margins / deviation);
        final_inputs.push(model.margins(&dataset.records) / deviation);
    }
    let side_by_side = |blocks: &[Array2<f64>]| {
        concatenate(
            Axis(1),
            &blocks.iter().map(Array2::view).collect::<Vec<_>>(),
        )
        .unwrap()
    };
    let second = MultiLogisticRegression::default()
        .alpha(alpha)
        .gradient_tolerance(1e-8)
        .max_iterations(10_000)
        .fit(&DatasetBase::new(
            side_by_side(&inputs),
            dataset.targets.clone(),
        ))
        .unwrap();
    side_by_side(&final_inputs).dot(second.params()) + second.intercept()
}

#[test]
fn the_folded_model_scores_as_the_stages_one_by_one() {
    let mut dataset = data::large(300, 500, 4);
    dataset.weights = Array1::zeros(0);
    let folds = folds(300);
    for alpha in [0.2, 5.0] {
        let params = StackedEnsembleParams::new(4)
            .members(members())
            .alpha(alpha)
            .seed(5);
        let folded = params.folds(folds.clone()).fit(&dataset).unwrap();
        let expected = stage_by_stage(&dataset, &folds, alpha, 4);
        let difference = folded.margins(&dataset.records) - &expected;
        let largest = difference
            .iter()
            .fold(0.0_f64, |largest, d| largest.max(d.abs()));
        let spread = expected.std(0.0);
        assert!(largest < 1e-3 * spread, "off by {largest} of {spread}");
    }
}

#[test]
fn sample_weights_count_as_repeated_rows() {
    let params = StackedEnsembleParams::new(3).members(members()).alpha(0.5);
    let weighted = params
        .clone()
        .folds(folds(15))
        .fit(&data::weighted())
        .unwrap();
    let all = folds(15);
    let repeated_folds = data::repeated_rows().iter().map(|&row| all[row]).collect();
    let repeated = params
        .clone()
        .folds(repeated_folds)
        .fit(&data::repeated())
        .unwrap();
    data::assert_models_near(&weighted, &repeated, 1e-4);
    // Weights must matter, or the line above could not fail.
    let unweighted = params.folds(folds(15)).fit(&data::small()).unwrap();
    let difference = &weighted.weights - &unweighted.weights;
    assert!(difference.iter().any(|difference| difference.abs() > 1e-2));
}

#[test]
fn a_class_that_lies_in_one_fold_is_named() {
    let mut dataset = data::small();
    let mut lopsided = folds(15);
    for (fold, target) in lopsided.iter_mut().zip(data::TARGETS) {
        if target == 1 {
            *fold = 9;
        }
    }
    let params = StackedEnsembleParams::new(3).members(members());
    let error = params.clone().folds(lopsided).fit(&dataset).unwrap_err();
    assert_eq!(
        error.to_string(),
        "class 1 has no row outside fold 9: use fewer folds, or spread its groups over several"
    );
    // A class without any row is missing outside the first fold already.
    let error = params
        .clone()
        .n_classes(4)
        .folds(folds(15))
        .fit(&dataset)
        .unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("class 3 has no row outside fold 2"),
        "{error}"
    );
    // So is a class whose rows outside weigh nothing.
    dataset = data::weighted();
    for (weight, target) in dataset.weights.iter_mut().zip(data::TARGETS) {
        *weight = f32::from(u8::from(target != 0));
    }
    let error = params.folds(folds(15)).fit(&dataset).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("class 0 has no row outside fold 2"),
        "{error}"
    );
}

#[test]
fn a_member_that_learns_nothing_is_named() {
    // Rows without an entry: every margin of naive Bayes, which has no bias, is 0.
    let mut records = marsad::features::SparseRecords::new(1);
    for _ in 0..15 {
        records.push_row([]);
    }
    let dataset = DatasetBase::new(records, data::small().targets);
    let params = StackedEnsembleParams::new(3)
        .members(vec![Member::ComplementNaiveBayes(
            ComplementNaiveBayesParams::default(),
        )])
        .folds(folds(15));
    let error = params.fit(&dataset).unwrap_err().to_string();
    assert!(
        error.starts_with("member 0 of the stacked ensemble gives every row"),
        "{error}"
    );
}

#[test]
fn folds_must_be_one_a_row() {
    let params = StackedEnsembleParams::new(3)
        .members(members())
        .folds(folds(14));
    let error = params.fit(&data::small()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected 15 folds, one for each row, got 14"
    );
}

#[test]
fn parameter_checks_name_parameter_rule_and_value() {
    let good = || {
        StackedEnsembleParams::new(3)
            .members(members())
            .folds(folds(15))
    };
    let cases = [
        (good().n_classes(1), "n_classes must be at least 2, got 1"),
        (
            good().members(vec![]),
            "members must be at least one estimator, got none",
        ),
        (
            good().alpha(-0.5),
            "alpha must be at least 0 and finite, got -0.5",
        ),
        (
            good().folds(vec![4; 15]),
            "folds must be at least two different folds, got 1",
        ),
    ];
    assert!(good().check().is_ok());
    for (params, message) in cases {
        assert_eq!(params.check().unwrap_err().to_string(), message);
    }
    // A member's own parameters are checked when it is fitted.
    let bad = Member::LinearSvm(LinearSvmParams::default().c(-1.0));
    let error = good().members(vec![bad]).fit(&data::small()).unwrap_err();
    assert_eq!(error.to_string(), "c must be above 0 and finite, got -1");
}
