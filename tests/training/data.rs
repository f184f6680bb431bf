//! The training sets of these tests.

use linfa::DatasetBase;
use marsad::features::SparseRecords;
use marsad::model::LinearWeights;
use marsad::training::TrainingSet;
use ndarray::{Array1, Array2};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Fifteen rows of five counts; every quoted session starts with
///
/// ```text
/// >>> import numpy as np                             # sklearn 1.9.1, numpy 2.4.6, scipy 1.17.1
/// >>> X = np.array(ROWS, float); y = np.array(TARGETS); s = np.array(SAMPLE_WEIGHTS, float)
/// ```
pub(crate) const ROWS: [[u8; 5]; 15] = [
    [2, 0, 1, 0, 0],
    [1, 0, 0, 1, 0],
    [3, 1, 0, 0, 1],
    [0, 2, 0, 1, 0],
    [0, 1, 1, 0, 2],
    [1, 3, 0, 0, 0],
    [0, 0, 2, 1, 1],
    [0, 1, 3, 0, 0],
    [1, 0, 1, 2, 0],
    [2, 1, 0, 0, 0],
    [0, 2, 1, 0, 1],
    [0, 0, 1, 1, 3],
    [1, 1, 0, 0, 0],
    [0, 1, 1, 1, 0],
    [1, 0, 0, 1, 0],
];
pub(crate) const TARGETS: [usize; 15] = [0, 0, 0, 1, 1, 1, 2, 2, 2, 0, 1, 2, 1, 2, 2];
pub(crate) const SAMPLE_WEIGHTS: [u8; 15] = [1, 2, 1, 1, 3, 1, 1, 1, 2, 1, 1, 1, 1, 1, 2];

fn sparse(rows: impl IntoIterator<Item = [u8; 5]>) -> SparseRecords {
    let mut records = SparseRecords::new(5);
    for row in rows {
        let entries = (0..).zip(row).filter(|&(_, value)| value > 0);
        records.push_row(entries.map(|(column, value)| (column, f32::from(value))));
    }
    records
}

/// The fifteen rows, each of weight 1.
pub(crate) fn small() -> TrainingSet {
    DatasetBase::new(sparse(ROWS), Array1::from(TARGETS.to_vec()))
}

/// The fifteen rows with their weights.
pub(crate) fn weighted() -> TrainingSet {
    small().with_weights(SAMPLE_WEIGHTS.map(f32::from).to_vec().into())
}

/// The fifteen rows, each repeated as often as it weighs.
pub(crate) fn repeated() -> TrainingSet {
    let rows = repeated_rows();
    let targets = rows.iter().map(|&row| TARGETS[row]).collect();
    DatasetBase::new(sparse(rows.iter().map(|&row| ROWS[row])), targets)
}

/// Which of the fifteen rows stands in each row of [`repeated`].
pub(crate) fn repeated_rows() -> Vec<usize> {
    (0..15)
        .flat_map(|row| std::iter::repeat_n(row, usize::from(SAMPLE_WEIGHTS[row])))
        .collect()
}

/// Random rows of about 60 entries whose columns lean towards their class, with random weights:
/// enough rows and columns for every parallel loop to be cut in pieces.
#[expect(clippy::cast_sign_loss, reason = "a square is at least 0")]
pub(crate) fn large(n_rows: usize, n_columns: usize, n_classes: usize) -> TrainingSet {
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let mut records = SparseRecords::new(n_columns);
    let mut targets = Vec::new();
    let mut weights = Vec::new();
    for _ in 0..n_rows {
        let class = rng.gen_range(0..n_classes);
        let mut columns: Vec<u32> = (0..60)
            .map(|entry| {
                // The square crowds the columns towards 0, as words crowd in a language.
                let position: f64 = rng.r#gen();
                let column = (position * position * n_columns as f64) as u32;
                if entry % 10 == 0 {
                    column / n_classes as u32 * n_classes as u32 + class as u32
                } else {
                    column
                }
            })
            .map(|column| column.min(n_columns as u32 - 1))
            .collect();
        columns.sort_unstable();
        columns.dedup();
        records.push_row(
            columns
                .into_iter()
                .map(|column| (column, rng.gen_range(0.1..1.0))),
        );
        targets.push(class);
        weights.push(rng.gen_range(0.5..2.0));
    }
    DatasetBase::new(records, targets.into()).with_weights(weights.into())
}

/// The records of `dataset` as a dense matrix for other tools.
pub(crate) fn dense(dataset: &TrainingSet) -> Array2<f64> {
    let records = &dataset.records;
    let mut dense = Array2::zeros((records.n_rows(), records.n_columns()));
    for row in 0..records.n_rows() {
        let (columns, values) = records.row(row);
        for (&column, &value) in columns.iter().zip(values) {
            dense[(row, column as usize)] = f64::from(value);
        }
    }
    dense
}

/// Asserts that weights and bias lie within `tolerance` of the expected ones.
#[track_caller]
pub(crate) fn assert_model_near(
    model: &LinearWeights,
    weights: &[[f64; 3]],
    bias: [f64; 3],
    tolerance: f64,
) {
    let learned = model.weights.iter().chain(&model.bias);
    let expected = weights.iter().flatten().chain(&bias);
    assert_eq!(model.weights.dim(), (weights.len(), 3));
    for (learned, expected) in learned.zip(expected) {
        let difference = (f64::from(*learned) - expected).abs();
        assert!(
            difference <= tolerance,
            "{learned} for {expected} in {model:#?}"
        );
    }
}

/// Asserts that two models agree to `tolerance`.
#[track_caller]
pub(crate) fn assert_models_near(left: &LinearWeights, right: &LinearWeights, tolerance: f32) {
    assert_eq!(left.weights.dim(), right.weights.dim());
    let rights = right.weights.iter().chain(&right.bias);
    for (l, r) in left.weights.iter().chain(&left.bias).zip(rights) {
        assert!(
            (l - r).abs() <= tolerance,
            "{l} and {r} in {left:#?} and {right:#?}"
        );
    }
}
