use linfa::DatasetBase;
use marsad::model::LinearWeights;
use marsad::training::{Calibration, Calibrator, TrainingSet, softmax_inplace};
use ndarray::{Array1, Array2, Axis, array};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::data;

/// The mean of `−ln softmax(m_i)_y(i)`, from the definition.
fn log_loss(margins: &Array2<f64>, targets: &Array1<usize>, weights: &Array1<f32>) -> f64 {
    let (mut loss, mut total) = (0.0, 0.0);
    for (row, margins) in margins.outer_iter().enumerate() {
        let weight = weights.get(row).copied().map_or(1.0, f64::from);
        let sum: f64 = margins.iter().map(|margin| margin.exp()).sum();
        loss += weight * (sum.ln() - margins[targets[row]]);
        total += weight;
    }
    loss / total
}

fn calibrated(calibrator: &Calibrator, margins: &Array2<f64>) -> Array2<f64> {
    let mut margins = margins.clone();
    calibrator.apply(&mut margins);
    margins
}

fn assert_near(left: &[f64], right: &[f64], tolerance: f64) {
    assert_eq!(left.len(), right.len());
    for (l, r) in left.iter().zip(right) {
        assert!((l - r).abs() <= tolerance, "{left:?} for {right:?}");
    }
}

/// Margins are the first three columns of the fifteen rows; three targets are changed, so that the
/// classes cannot be separated.
fn small() -> (Array2<f64>, Array1<usize>, Array1<f32>) {
    let dataset = data::weighted();
    let margins = data::dense(&dataset).select(Axis(1), &[0, 1, 2]);
    let targets = array![1, 0, 0, 1, 2, 1, 2, 0, 2, 0, 1, 2, 1, 2, 2];
    (margins, targets, dataset.weights)
}

/// ```text
/// >>> M = X[:, :3]; t = y.copy(); t[[0, 4, 7]] = [1, 2, 0]
/// >>> loss = lambda Z, w: -(w * log_softmax(Z, axis=1)[range(15), t]).sum() / w.sum()
/// >>> for w in (np.ones(15), s):
/// ...     minimize_scalar(lambda a: loss(a * M, w), bounds=(0, 10), method='bounded',
/// ...                     options={'xatol': 1e-12})                                # .x, .fun
/// ...     f = lambda v: loss(v[:3] * M + v[3:], w)
/// ...     r = minimize(f, np.r_[1, 1, 1, 0, 0, 0.], method='BFGS', options={'gtol': 1e-9})
/// ...     minimize(f, r.x, method='Nelder-Mead', options={'xatol': 1e-10, 'fatol': 1e-15})
/// ...     # scales, shifts less their mean, .fun
/// ```
#[test]
fn both_forms_agree_with_scipy() {
    let (margins, targets, weights) = small();
    let none = Array1::zeros(0);
    let cases = [
        (
            &none,
            (0.8587148435, 0.8831539412708),
            [1.0729422788, 1.7433241496, 0.1814810894],
            [-0.3262305852, -0.6944106428, 1.020641228],
            0.8032366624213,
        ),
        (
            &weights,
            (0.9160376153, 0.8988471429140),
            [1.1501915473, 1.9366619199, 0.2945158042],
            [-0.2985914287, -1.0002047915, 1.2987962202],
            0.7668505789119,
        ),
    ];
    for (weights, (scale, temperature_loss), scales, shifts, vector_loss) in cases {
        let temperature = Calibration::Temperature
            .fit(&margins, &targets, weights)
            .unwrap();
        assert_near(&temperature.scale, &[scale; 3], 1e-6);
        assert_near(&temperature.shift, &[0.0; 3], 0.0);
        let loss = log_loss(&calibrated(&temperature, &margins), &targets, weights);
        assert!((loss - temperature_loss).abs() < 1e-12);

        let vector = Calibration::Vector
            .fit(&margins, &targets, weights)
            .unwrap();
        assert_near(&vector.scale, &scales, 1e-6);
        assert_near(&vector.shift, &shifts, 1e-6);
        let loss = log_loss(&calibrated(&vector, &margins), &targets, weights);
        assert!((loss - vector_loss).abs() < 1e-12);
    }
}

/// Margins of the given magnitude, and targets drawn from the softmax of `truth` applied to them.
fn simulate(n_rows: usize, truth: &Calibrator, magnitude: f64) -> (Array2<f64>, Array1<usize>) {
    let mut rng = ChaCha8Rng::seed_from_u64(3);
    let shape = (n_rows, truth.scale.len());
    let margins = Array2::from_shape_simple_fn(shape, || magnitude * rng.gen_range(-1.0..1.0));
    let targets = calibrated(truth, &margins)
        .outer_iter_mut()
        .map(|mut row| {
            softmax_inplace(row.as_slice_mut().unwrap());
            let mut left: f64 = rng.r#gen();
            row.iter()
                .position(|probability| {
                    left -= probability;
                    left < 0.0
                })
                .unwrap_or(0)
        })
        .collect();
    (margins, targets)
}

#[test]
fn a_planted_temperature_is_recovered() {
    for (scale, magnitude) in [(0.4, 5.0), (1.0, 2.0), (30.0, 0.05), (0.01, 200.0)] {
        let truth = Calibrator {
            scale: vec![scale; 4],
            shift: vec![0.0; 4],
        };
        let (margins, targets) = simulate(40_000, &truth, magnitude);
        let fitted = Calibration::Temperature
            .fit(&margins, &targets, &Array1::zeros(0))
            .unwrap();
        // With 40,000 rows the standard error is about 1 %.
        assert_near(&fitted.scale, &truth.scale, 0.03 * scale);
    }
}

#[test]
fn planted_scales_and_shifts_are_recovered() {
    let truth = Calibrator {
        scale: vec![0.5, 1.0, 2.0],
        shift: vec![0.5, 0.25, -0.75],
    };
    let (margins, targets) = simulate(40_000, &truth, 2.0);
    let fitted = Calibration::Vector
        .fit(&margins, &targets, &Array1::zeros(0))
        .unwrap();
    assert_near(&fitted.scale, &truth.scale, 0.06);
    assert_near(&fitted.shift, &truth.shift, 0.06);
}

#[test]
fn log_loss_never_grows_and_the_richer_form_is_never_worse() {
    let truths = [
        Calibrator {
            scale: vec![0.02; 3],
            shift: vec![0.0; 3],
        },
        Calibrator {
            scale: vec![1.0; 3],
            shift: vec![0.0; 3],
        },
        Calibrator {
            scale: vec![-1.0; 3],
            shift: vec![0.0; 3],
        },
        Calibrator {
            scale: vec![3.0, 0.1, 1.0],
            shift: vec![2.0, 0.0, -2.0],
        },
    ];
    for truth in truths {
        for magnitude in [0.1, 3.0, 100.0] {
            let (margins, targets) = simulate(3000, &truth, magnitude);
            let loss = |calibration: Calibration| {
                let weights = Array1::zeros(0);
                let calibrator = calibration.fit(&margins, &targets, &weights).unwrap();
                if calibration == Calibration::Temperature {
                    assert!(calibrator.scale.iter().all(|&scale| scale > 0.0));
                }
                let mut probabilities = calibrated(&calibrator, &margins);
                let mut loss = 0.0;
                for (mut row, &target) in probabilities.outer_iter_mut().zip(&targets) {
                    // Less the largest, for margins whose exponential overflows.
                    let largest = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                    row -= largest;
                    loss += row.mapv(f64::exp).sum().ln() - row[target];
                }
                loss / targets.len() as f64
            };
            let [none, temperature, vector] = [
                Calibration::None,
                Calibration::Temperature,
                Calibration::Vector,
            ]
            .map(loss);
            assert!(temperature <= none + 1e-12, "{temperature} after {none}");
            assert!(
                vector <= temperature + 1e-12,
                "{vector} after {temperature}"
            );
        }
    }
}

#[test]
fn margins_that_separate_the_classes_get_a_finite_scale() {
    let margins = array![[1.0, 0.0], [0.0, 1.0], [2.0, 0.0]];
    for calibration in [Calibration::Temperature, Calibration::Vector] {
        let fitted = calibration
            .fit(&margins, &array![0, 1, 0], &Array1::zeros(0))
            .unwrap();
        assert!(
            fitted
                .scale
                .iter()
                .all(|scale| scale.is_finite() && *scale > 5.0),
            "{fitted:?}"
        );
        assert!(fitted.shift.iter().all(|shift| shift.is_finite()));
    }
}

#[test]
fn weights_count_as_repeated_rows() {
    let (margins, targets, weights) = small();
    let rows = data::repeated_rows();
    let repeated = (
        margins.select(Axis(0), &rows),
        targets.select(Axis(0), &rows),
    );
    for calibration in [Calibration::Temperature, Calibration::Vector] {
        let weighted = calibration.fit(&margins, &targets, &weights).unwrap();
        let repeated = calibration
            .fit(&repeated.0, &repeated.1, &Array1::zeros(0))
            .unwrap();
        assert_near(&weighted.scale, &repeated.scale, 1e-6);
        assert_near(&weighted.shift, &repeated.shift, 1e-6);
    }
}

#[test]
fn folding_a_calibrator_into_a_model_calibrates_its_margins() {
    let dataset: TrainingSet = DatasetBase::new(data::small().records, Array1::zeros(15));
    let mut model = LinearWeights {
        weights: Array2::from_shape_fn((5, 3), |(column, class)| (column * 3 + class) as f32 / 7.0),
        bias: array![0.5, -1.0, 0.25],
    };
    let calibrator = Calibrator {
        scale: vec![2.0, 0.5, 1.25],
        shift: vec![0.0, 1.0, -3.0],
    };
    let expected = calibrated(&calibrator, &model.margins(&dataset.records));
    calibrator.fold_into(&mut model);
    let folded = model.margins(&dataset.records);
    assert_near(
        folded.as_slice().unwrap(),
        expected.as_slice().unwrap(),
        1e-5,
    );
}

#[test]
fn none_changes_nothing() {
    let (margins, targets, weights) = small();
    let calibrator = Calibration::None.fit(&margins, &targets, &weights).unwrap();
    assert_eq!(calibrator, Calibrator::identity(3));
    assert_eq!(calibrated(&calibrator, &margins), margins);
}

#[test]
fn margins_that_cannot_be_learned_from_are_named() {
    let (margins, targets, weights) = small();
    let mut broken = margins.clone();
    broken[(2, 1)] = f64::NAN;
    let few = targets.select(Axis(0), &[0, 1, 2]);
    let errors = [
        Calibration::None.fit(&broken, &targets, &weights),
        Calibration::Vector.fit(&margins, &few, &weights),
        Calibration::Temperature.fit(&margins, &targets, &array![1.0]),
        Calibration::Temperature.fit(&Array2::zeros((0, 3)), &Array1::zeros(0), &weights),
    ]
    .map(|result| result.unwrap_err().to_string());
    assert_eq!(
        errors,
        [
            "row 2: a margin must be finite, got NaN",
            "expected 15 targets, one for each row, got 3",
            "expected 15 sample weights, one for each row, got 1",
            "the training set is empty: it has no rows",
        ]
    );
}
