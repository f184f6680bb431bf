use marsad::training::ClassWeights;
use ndarray::{Array1, array};

fn weigh(class_weights: &str) -> Result<Array1<f32>, String> {
    let class_weights: ClassWeights = serde_json::from_str(class_weights).unwrap();
    let labels = ["claim", "report", "other", "unseen"].map(String::from);
    let targets = array![0, 0, 0, 1, 1, 2];
    class_weights
        .sample_weights(&targets, &labels)
        .map_err(|error| error.to_string())
}

#[test]
fn none_weighs_every_row_one() {
    assert_eq!(weigh(r#""none""#), Ok(Array1::ones(6)));
}

/// ```text
/// >>> compute_class_weight('balanced', classes=np.array([0, 1, 2]), y=[0, 0, 0, 1, 1, 2])
/// [0.6666666667 1.           2.          ]
/// ```
#[test]
fn balanced_agrees_with_scikit_learn_over_the_classes_that_occur() {
    let third = (2.0_f64 / 3.0) as f32;
    assert_eq!(
        weigh(r#""balanced""#),
        Ok(array![third, third, third, 1.0, 1.0, 2.0])
    );
}

#[test]
fn given_factors_apply_to_their_labels_and_others_weigh_one() {
    let weights = weigh(r#"{"given": {"report": 0.25, "other": 3}}"#);
    assert_eq!(weights, Ok(array![1.0, 1.0, 1.0, 0.25, 0.25, 3.0]));
}

#[test]
fn an_unknown_label_or_a_factor_out_of_range_is_named() {
    assert_eq!(
        weigh(r#"{"given": {"reprot": 2}}"#).unwrap_err(),
        r#"class_weights names the label "reprot"; the labels are claim, report, other, unseen"#
    );
    assert_eq!(
        weigh(r#"{"given": {"report": 0}}"#).unwrap_err(),
        r#"class_weights must be above 0 and finite, got 0 for "report""#
    );
}

#[test]
fn a_target_without_a_label_is_named() {
    let error = ClassWeights::Balanced.sample_weights(&array![0, 2], &["a".into(), "b".into()]);
    assert_eq!(
        error.unwrap_err().to_string(),
        "row 1: target must be the index of a label, got 2"
    );
}
