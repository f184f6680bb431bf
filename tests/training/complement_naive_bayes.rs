use linfa::ParamGuard;
use linfa::traits::Fit;
use marsad::training::ComplementNaiveBayesParams;

use crate::data;

/// ```text
/// >>> for w in (None, s):
/// ...     for norm in (False, True):
/// ...         ComplementNB(alpha=0.5, norm=norm).fit(X, y, sample_weight=w).feature_log_prob_.T
/// ```
#[test]
fn agrees_with_scikit_learn() {
    let cases = [
        (
            data::small(),
            false,
            [
                [2.2216160305, 1.2729656758, 1.1298648322],
                [1.2833463919, 2.1202635362, 1.038893054],
                [1.3743181701, 1.3730491344, 2.2284771208],
                [1.7107904067, 1.6094379124, 2.5649493575],
                [1.7107904067, 1.9195928407, 1.9771626926],
            ],
        ),
        (
            data::small(),
            true,
            [
                [0.2676368056, 0.1534560871, 0.1263923221],
                [0.1546040018, 0.255597894, 0.1162157647],
                [0.1655633196, 0.1655211539, 0.2492885785],
                [0.2060979365, 0.194017835, 0.2869280431],
                [0.2060979365, 0.2314070299, 0.2211752917],
            ],
        ),
        (
            data::weighted(),
            false,
            [
                [2.1445808439, 1.2150226405, 1.3071570406],
                [1.4136933353, 2.3136349292, 1.1468143905],
                [1.4136933353, 1.4663370688, 2.0447559837],
                [1.6650077636, 1.3753652906, 2.4967411074],
                [1.5740359854, 2.1129642337, 1.6094379124],
            ],
        ),
        (
            data::weighted(),
            true,
            [
                [0.2611835224, 0.1432248276, 0.1519083386],
                [0.1721704294, 0.2727273985, 0.1332744753],
                [0.1721704294, 0.1728493502, 0.2376267539],
                [0.2027774302, 0.1621257498, 0.2901531965],
                [0.1916981886, 0.249072674, 0.1870372356],
            ],
        ),
    ];
    for (dataset, norm, weights) in cases {
        let params = ComplementNaiveBayesParams::new(3).alpha(0.5).norm(norm);
        let model = params.fit(&dataset).unwrap();
        data::assert_model_near(&model, &weights, [0.0; 3], 2e-7);
    }
}

#[test]
fn sample_weights_count_as_repeated_rows() {
    let params = ComplementNaiveBayesParams::new(3);
    assert_eq!(
        params.fit(&data::weighted()).unwrap(),
        params.fit(&data::repeated()).unwrap()
    );
}

#[test]
fn a_negative_value_is_refused() {
    let mut dataset = data::small();
    dataset.records.push_row([(1, 0.5), (4, -0.25)]);
    dataset.targets = data::TARGETS.into_iter().chain([2]).collect();
    let error = ComplementNaiveBayesParams::new(3)
        .fit(&dataset)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "row 15: a record value must be at least 0 for complement naive Bayes, got -0.25"
    );
}

#[test]
fn parameter_checks_name_parameter_rule_and_value() {
    let good = || ComplementNaiveBayesParams::new(2);
    let cases = [
        (good().n_classes(1), "n_classes must be at least 2, got 1"),
        (good().alpha(0.0), "alpha must be above 0 and finite, got 0"),
    ];
    assert!(good().check().is_ok());
    for (params, message) in cases {
        assert_eq!(params.check().unwrap_err().to_string(), message);
    }
}
