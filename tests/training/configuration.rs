use marsad::training::{
    Calibration, ComplementNaiveBayesParams, Estimator, LinearSvmParams, LogisticRegressionParams,
    Member, Penalty, StackedEnsembleParams,
};

#[test]
fn every_estimator_is_chosen_by_its_name_and_keeps_its_defaults() {
    let cases = [
        (
            r#"name = "logistic_regression""#,
            Estimator::LogisticRegression(LogisticRegressionParams::default()),
        ),
        (
            r#"
            name = "logistic_regression"
            penalty = "l1"
            c = 2.0
            tolerance = 1e-3
            max_iterations = 50
            "#,
            Estimator::LogisticRegression(
                LogisticRegressionParams::default()
                    .penalty(Penalty::L1)
                    .c(2.0)
                    .tolerance(1e-3)
                    .max_iterations(50),
            ),
        ),
        (
            "name = \"linear_svm\"\nc = 0.1",
            Estimator::LinearSvm(LinearSvmParams::default().c(0.1)),
        ),
        (
            "name = \"complement_naive_bayes\"\nalpha = 0.3\nnorm = true",
            Estimator::ComplementNaiveBayes(
                ComplementNaiveBayesParams::default().alpha(0.3).norm(true),
            ),
        ),
        (
            r#"
            name = "stacked_ensemble"
            alpha = 0.5
            members = [
                { name = "linear_svm", c = 0.1 },
                { name = "complement_naive_bayes" },
            ]
            "#,
            Estimator::StackedEnsemble(StackedEnsembleParams::default().alpha(0.5).members(vec![
                Member::LinearSvm(LinearSvmParams::default().c(0.1)),
                Member::ComplementNaiveBayes(ComplementNaiveBayesParams::default()),
            ])),
        ),
    ];
    for (text, estimator) in cases {
        assert_eq!(toml::from_str::<Estimator>(text).unwrap(), estimator);
        // And through JSON, as a model directory stores it, without loss.
        let json = serde_json::to_string(&estimator).unwrap();
        assert_eq!(serde_json::from_str::<Estimator>(&json).unwrap(), estimator);
    }
}

#[test]
fn what_the_configuration_cannot_mean_is_refused() {
    let cases = [
        (
            r#"name = "random_forest""#,
            "unknown variant `random_forest`",
        ),
        (
            "name = \"linear_svm\"\npenalty = \"l1\"",
            "unknown field `penalty`",
        ),
        // What the caller fills in is no one's to configure.
        ("name = \"linear_svm\"\nseed = 1", "unknown field `seed`"),
        (
            "name = \"stacked_ensemble\"\nfolds = [0, 1]",
            "unknown field `folds`",
        ),
        (
            "name = \"stacked_ensemble\"\nmembers = [{ name = \"linear_svm\", alpha = 1.0 }]",
            "unknown field `alpha`",
        ),
        (
            "name = \"stacked_ensemble\"\nmembers = [{ name = \"stacked_ensemble\" }]",
            "unknown variant `stacked_ensemble`",
        ),
        ("c = 1.0", "missing field `name`"),
    ];
    for (text, message) in cases {
        let error = toml::from_str::<Estimator>(text).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn calibration_is_chosen_by_name() {
    let names = ["none", "temperature", "vector"];
    let parsed = names.map(|name| serde_json::from_value::<Calibration>(name.into()).unwrap());
    assert_eq!(
        parsed,
        [
            Calibration::None,
            Calibration::Temperature,
            Calibration::Vector
        ]
    );
}
