//! What every estimator is fitted on.

use std::fmt::Display;

use linfa::DatasetBase;
use ndarray::Array1;
use rayon::prelude::*;

use crate::Error;
use crate::features::SparseRecords;

/// Sparse rows, the class index of each, and its sample weight.
///
/// `weights` is empty (each row weighs 1) or holds one number of at least 0 for each row. A row of
/// weight 2 counts as two equal rows, a row of weight 0 as none.
pub type TrainingSet = DatasetBase<SparseRecords, Array1<usize>>;

/// Checks `dataset` and returns the sample weight of every row.
///
/// # Errors
///
/// As [`checked_weights`], or if a record value is not finite.
pub(super) fn checked_sample_weights(
    dataset: &TrainingSet,
    n_classes: usize,
) -> Result<Vec<f64>, Error> {
    let records = &dataset.records;
    let n_rows = records.n_rows();
    let weights = checked_weights(n_rows, n_classes, &dataset.targets, &dataset.weights)?;
    // Rows are searched in parallel; the first offender is named whatever the number of threads.
    let offender = (0..n_rows).into_par_iter().find_map_first(|row| {
        let value = records.row(row).1.iter().find(|value| !value.is_finite())?;
        Some(invalid_row(row, "a record value", "finite", value))
    });
    offender.map_or(Ok(weights), Err)
}

/// Checks what is known of `n_rows` rows and returns the weight of each.
///
/// # Errors
///
/// If there is no row or no weight above 0, if targets or weights are not one a row, if a target
/// is not below `n_classes`, or if a weight is not finite or negative.
pub(super) fn checked_weights(
    n_rows: usize,
    n_classes: usize,
    targets: &Array1<usize>,
    sample_weights: &Array1<f32>,
) -> Result<Vec<f64>, Error> {
    if n_rows == 0 {
        return Err(Error::EmptyTrainingSet("it has no rows"));
    }
    check_length("targets, one for each row", n_rows, targets.len())?;
    for (row, target) in targets.iter().enumerate() {
        if *target >= n_classes {
            return Err(invalid_row(row, "target", "below n_classes", target));
        }
    }
    if sample_weights.is_empty() {
        return Ok(vec![1.0; n_rows]);
    }
    check_length(
        "sample weights, one for each row",
        n_rows,
        sample_weights.len(),
    )?;
    for (row, weight) in sample_weights.iter().enumerate() {
        if !weight.is_finite() || *weight < 0.0 {
            return Err(invalid_row(
                row,
                "sample weight",
                "at least 0 and finite",
                weight,
            ));
        }
    }
    if sample_weights.iter().all(|&weight| weight == 0.0) {
        return Err(Error::EmptyTrainingSet("every sample weight is 0"));
    }
    Ok(sample_weights.iter().copied().map(f64::from).collect())
}

/// The error that names `got`, found in `row`.
pub(super) fn invalid_row(
    row: usize,
    what: &'static str,
    rule: &'static str,
    got: impl Display,
) -> Error {
    Error::InvalidRow {
        row,
        what,
        rule,
        got: got.to_string(),
    }
}

/// # Errors
///
/// [`Error::WrongLength`] unless the two agree.
pub(super) fn check_length(what: &'static str, expected: usize, got: usize) -> Result<(), Error> {
    if expected == got {
        return Ok(());
    }
    Err(Error::WrongLength {
        what,
        expected,
        got,
    })
}

/// The rows of `dataset` named by `rows`, with their targets and weights.
pub(super) fn select_rows(dataset: &TrainingSet, rows: &[usize]) -> TrainingSet {
    let targets = rows.iter().map(|&row| dataset.targets[row]).collect();
    let selected = DatasetBase::new(dataset.records.select(rows), targets);
    if dataset.weights.is_empty() {
        return selected;
    }
    selected.with_weights(rows.iter().map(|&row| dataset.weights[row]).collect())
}
