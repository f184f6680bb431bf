use linfa::ParamGuard;
use linfa::traits::{Fit, Predict};
use linfa_logistic::MultiLogisticRegression;
use marsad::Error;
use marsad::training::{LogisticRegressionParams, Penalty, TrainingSet, softmax_inplace};
use ndarray::Array2;

use crate::data;

fn params(penalty: Penalty) -> LogisticRegressionParams {
    LogisticRegressionParams::new(3)
        .penalty(penalty)
        .c(0.5)
        .tolerance(1e-10)
        .max_iterations(10_000)
}

/// ```text
/// >>> m = LogisticRegression(C=0.5, tol=1e-12, max_iter=100000, solver='newton-cholesky')
/// >>> m.fit(X, y); m.coef_.T; m.intercept_
/// >>> m.fit(X, y, sample_weight=s); m.coef_.T; m.intercept_
/// ```
#[test]
fn l2_agrees_with_scikit_learn() {
    data::assert_model_near(
        &params(Penalty::L2).fit(&data::small()).unwrap(),
        &[
            [0.7695209689, -0.4042994025, -0.3652215664],
            [-0.2906155437, 0.7243030068, -0.4336874631],
            [-0.2022995583, -0.3177975242, 0.5200970825],
            [-0.1924103485, -0.3497519251, 0.5421622736],
            [-0.1453956005, 0.1531481844, -0.007752584],
        ],
        [-0.3220481241, 0.0982244805, 0.2238236436],
        1e-7,
    );
    data::assert_model_near(
        &params(Penalty::L2).fit(&data::weighted()).unwrap(),
        &[
            [0.7813779286, -0.4695175911, -0.3118603375],
            [-0.3196192305, 0.7998989617, -0.4802797312],
            [-0.2666431523, -0.2773582381, 0.5440013904],
            [-0.1920932536, -0.4901401824, 0.682233436],
            [-0.2133531131, 0.3214612719, -0.1081081588],
        ],
        [-0.2478123061, 0.0908949236, 0.1569173825],
        1e-7,
    );
}

/// ```text
/// >>> m = LogisticRegression(C=0.5, l1_ratio=1.0, solver='saga', tol=1e-10, max_iter=10000000)
/// >>> m.fit(X, y); m.coef_.T; m.intercept_
/// >>> m.fit(X, y, sample_weight=s); m.coef_.T; m.intercept_
/// ```
#[test]
fn l1_agrees_with_scikit_learn_and_has_its_zeros() {
    let cases = [
        (
            data::small(),
            [
                [1.0851175761, 0.0, 0.0],
                [0.0, 1.0057955589, 0.0],
                [0.0, 0.0, 0.2462429494],
                [0.0, 0.0, 0.0],
                [0.0, 0.0, 0.0],
            ],
            [-0.5513357913, -0.1937376666, 0.7450734578],
        ),
        (
            data::weighted(),
            [
                [1.105486056, 0.0, 0.0],
                [0.0, 1.1433704688, 0.0],
                [0.0, 0.0, 0.2657597056],
                [0.0, 0.0, 0.6160176922],
                [0.0, 0.0706489871, 0.0],
            ],
            [-0.4043222559, -0.0623296077, 0.4666518636],
        ),
    ];
    for (dataset, weights, bias) in cases {
        let model = params(Penalty::L1).tolerance(1e-9).fit(&dataset).unwrap();
        data::assert_model_near(&model, &weights, bias, 2e-7);
        for (learned, expected) in model.weights.iter().zip(weights.iter().flatten()) {
            assert_eq!(*learned == 0.0, *expected == 0.0);
        }
    }
}

/// The derivative of `Σ_i s_i · loss_i` by the weights, from its definition.
fn loss_gradient(dataset: &TrainingSet, margins: &Array2<f64>) -> Array2<f64> {
    let mut residuals = margins.clone();
    for (row, mut residual) in residuals.outer_iter_mut().enumerate() {
        softmax_inplace(residual.as_slice_mut().unwrap());
        residual[dataset.targets[row]] -= 1.0;
        residual *= f64::from(dataset.weight_for(row));
    }
    data::dense(dataset).t().dot(&residuals)
}

#[test]
fn l1_meets_the_conditions_of_karush_kuhn_and_tucker() {
    let dataset = data::large(400, 3000, 3);
    let c = 5.0;
    let model = params(Penalty::L1)
        .c(c)
        .tolerance(1e-8)
        .fit(&dataset)
        .unwrap();
    let gradient = c * loss_gradient(&dataset, &model.margins(&dataset.records));
    // Nothing holds the biases together but the choice of the centred optimum.
    assert!(model.bias.sum().abs() < 1e-5, "{}", model.bias);
    let mut n_zeros = 0;
    // At a weight w ≠ 0 the slope of the loss is −sign(w); at 0 it lies within −1 … 1.
    for (&weight, &slope) in model.weights.iter().zip(&gradient) {
        if weight == 0.0 {
            n_zeros += 1;
            assert!(slope.abs() <= 1.0 + 1e-3, "slope {slope} at 0");
        } else {
            assert!(
                (slope + f64::from(weight.signum())).abs() <= 1e-3,
                "slope {slope} at {weight}"
            );
        }
    }
    assert!(n_zeros > 7000, "{n_zeros} of 9000 weights are zero");
    assert!(n_zeros < 8990, "{n_zeros} of 9000 weights are zero");
}

#[test]
fn l2_has_no_slope_at_its_optimum() {
    let dataset = data::large(400, 3000, 3);
    let c = 5.0;
    let model = params(Penalty::L2)
        .c(c)
        .tolerance(1e-9)
        .fit(&dataset)
        .unwrap();
    let slopes = model.weights.mapv(f64::from)
        + c * loss_gradient(&dataset, &model.margins(&dataset.records));
    assert!(slopes.iter().all(|slope| slope.abs() < 1e-4));
}

/// linfa-logistic minimises `Σ loss + α/2 ‖W‖²`, we minimise `C Σ loss + ½ ‖W‖²`: α is 1/C.
#[test]
fn l2_agrees_with_linfa_logistic() {
    let dataset = data::small();
    let ours = params(Penalty::L2).c(2.5).fit(&dataset).unwrap();
    let dense = linfa::DatasetBase::new(data::dense(&dataset), dataset.targets.clone());
    let theirs = MultiLogisticRegression::default()
        .alpha(1.0 / 2.5)
        .gradient_tolerance(1e-9)
        .max_iterations(10_000)
        .fit(&dense)
        .unwrap();
    let numbers = theirs.params().iter().chain(theirs.intercept());
    for (&ours, theirs) in ours.weights.iter().chain(&ours.bias).zip(numbers) {
        assert!(
            (f64::from(ours) - theirs).abs() < 1e-6,
            "{ours} for {theirs}"
        );
    }
}

#[test]
fn sample_weights_count_as_repeated_rows() {
    for penalty in [Penalty::L2, Penalty::L1] {
        let params = params(penalty).tolerance(1e-9);
        let weighted = params.fit(&data::weighted()).unwrap();
        data::assert_models_near(&weighted, &params.fit(&data::repeated()).unwrap(), 1e-6);
    }
}

#[test]
fn a_class_without_rows_is_never_predicted() {
    for penalty in [Penalty::L2, Penalty::L1] {
        let model = params(penalty)
            .n_classes(4)
            .tolerance(1e-6)
            .fit(&data::small())
            .unwrap();
        assert!(
            model
                .weights
                .iter()
                .chain(&model.bias)
                .all(|number| number.is_finite())
        );
        let predicted = model.predict(&data::small());
        assert!(predicted.iter().all(|&class| class < 3));
        assert!(
            predicted
                .iter()
                .zip(data::TARGETS)
                .filter(|&(&p, t)| p == t)
                .count()
                >= 12
        );
    }
}

#[test]
fn a_larger_tolerance_or_fewer_iterations_stop_earlier() {
    let dataset = data::small();
    let optimum = params(Penalty::L2).fit(&dataset).unwrap();
    let distance = |params: LogisticRegressionParams| {
        let model = params.fit(&dataset).unwrap();
        (model.weights - &optimum.weights)
            .iter()
            .fold(0.0, |sum, d| sum + f64::from(d * d))
    };
    assert!(distance(params(Penalty::L2).tolerance(1e-1)) > 1e-4);
    assert!(distance(params(Penalty::L2).max_iterations(1)) > 1e-4);
    assert!(distance(params(Penalty::L2).tolerance(1e-6)) < 1e-8);
}

#[test]
fn parameter_checks_name_parameter_rule_and_value() {
    let good = || LogisticRegressionParams::new(3);
    let cases = [
        (good().n_classes(1), "n_classes must be at least 2, got 1"),
        (good().c(0.0), "c must be above 0 and finite, got 0"),
        (good().c(f64::NAN), "c must be above 0 and finite, got NaN"),
        (
            good().c(f64::INFINITY),
            "c must be above 0 and finite, got inf",
        ),
        (
            good().tolerance(-1.0),
            "tolerance must be above 0 and finite, got -1",
        ),
        (
            good().max_iterations(0),
            "max_iterations must be at least 1, got 0",
        ),
    ];
    assert!(good().check().is_ok());
    for (params, message) in cases {
        assert_eq!(params.check_ref().unwrap_err().to_string(), message);
        let fitted: Result<_, Error> = params.fit(&data::small());
        assert_eq!(fitted.unwrap_err().to_string(), message);
    }
}
