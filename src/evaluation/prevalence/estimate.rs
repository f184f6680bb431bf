//! The prevalence of labels, and the figures that follow from it.

use ndarray::Axis;
use rayon::prelude::*;

use super::expectation_maximisation::of_rows;
use super::figures::{Reweighted, confusion_rates};
use super::source_calibration::logarithms;
use super::{
    ArchiveSample, ArchiveSize, Estimated, LabelPrevalence, Prevalence, PrevalenceOptions, Share,
    SourceCalibration, adjusted_count,
};
use crate::Error;
use crate::evaluation::Scores;
use crate::evaluation::resampling::{draw, generator, percentile_interval, rows_by_group};

/// The figures of `scores` re-weighted to the class shares `prior`, with intervals from resampling the test sentences by group.
///
/// # Errors
///
/// [`Error::WrongLength`] unless there is a share and a label for each class, [`Error::Data`] when a share is below 0, they do not
/// sum to 1, or one is above 0 for a class that has no test sentence.
pub fn given_prevalence(
    scores: &Scores,
    labels: &[String],
    prior: &[f64],
    options: &PrevalenceOptions,
) -> Result<Prevalence, Error> {
    check(scores, labels, prior)?;
    let groups = rows_by_group(&scores.groups);
    let resampled: Vec<Resampled> = (0..options.resamples)
        .into_par_iter()
        .map(|number| {
            let mut rows = Vec::with_capacity(scores.truth.len());
            draw(&groups, &mut generator(options.seed, number), &mut rows);
            Resampled {
                figures: Reweighted::new(&confusion_rates(scores, &rows), prior),
                shares: Vec::new(),
                adjusted: Vec::new(),
            }
        })
        .collect();
    Ok(assemble(scores, labels, prior, None, &resampled, options))
}

/// The shares of labels in an archive, from a sample of it, and the figures of `scores` re-weighted to them. Intervals come from
/// resampling both the test sentences by group and the sample by document; what is fitted is fitted in each resample anew.
///
/// Shares are estimated by [expectation maximisation](super::expectation_maximisation()) on probabilities that are first
/// [calibrated](SourceCalibration) on the test sentences, and by [adjusted count](adjusted_count()). Both assume that sentences of
/// one label are alike in the test data and in the archive; where they are not, the two tend to disagree.
///
/// # Errors
///
/// [`Error::WrongLength`] when labels or classes differ in number, [`Error::Data`] when the sample is empty or a class has no
/// test sentence, since nothing can tell how often it is taken for another.
pub fn estimated_prevalence(
    scores: &Scores,
    labels: &[String],
    sample: &ArchiveSample,
    archive: ArchiveSize,
    options: &PrevalenceOptions,
) -> Result<Prevalence, Error> {
    let n_classes = scores.n_classes();
    if sample.probabilities.ncols() != n_classes {
        return Err(Error::WrongLength {
            what: "classes of the archive",
            expected: n_classes,
            got: sample.probabilities.ncols(),
        });
    }
    if sample.documents.is_empty() {
        return Err(Error::Data(
            "the archive has no sentence: the shares of its labels cannot be estimated".to_owned(),
        ));
    }
    let predictions: Vec<usize> = sample
        .probabilities
        .axis_iter(Axis(0))
        .map(|row| crate::model::argmax(row.iter().copied()))
        .collect();
    let all_test: Vec<usize> = (0..scores.truth.len()).collect();
    let all_archive: Vec<usize> = (0..predictions.len()).collect();
    let source = test_shares(scores, &all_test);
    check(scores, labels, &vec![1.0 / n_classes as f64; n_classes])?;
    let logarithms = logarithms(&sample.probabilities);
    let estimate = |test: &[usize], archive: &[usize], start: &[f64]| {
        let rates = confusion_rates(scores, test);
        let counted = counted(&predictions, archive, n_classes);
        let calibration = SourceCalibration::of_rows(scores, test);
        let calibrated = calibration.apply_to_logarithms(logarithms.clone());
        let shares = of_rows(&calibrated, archive, &test_shares(scores, test), start);
        Resampled {
            figures: Reweighted::new(&rates, &shares),
            shares,
            adjusted: adjusted(&rates, &counted),
        }
    };
    let whole = estimate(&all_test, &all_archive, &source);
    let groups = rows_by_group(&scores.groups);
    let documents = rows_by_group(&sample.documents);
    let resampled: Vec<Resampled> = (0..options.resamples)
        .into_par_iter()
        .map(|number| {
            let mut rng = generator(options.seed, number);
            let (mut test, mut archive) = (Vec::new(), Vec::new());
            draw(&groups, &mut rng, &mut test);
            draw(&documents, &mut rng, &mut archive);
            // Not far from the estimate: fewer steps than from the source. A class at 0 would stay there.
            let start: Vec<f64> = whole.shares.iter().map(|share| share.max(1e-6)).collect();
            estimate(&test, &archive, &start)
        })
        .collect();
    let mut prevalence = assemble(
        scores,
        labels,
        &whole.shares,
        Some(archive),
        &resampled,
        options,
    );
    let counted = counted(&predictions, &all_archive, n_classes);
    for (class, label) in prevalence.labels.iter_mut().enumerate() {
        let of = |values: fn(&Resampled) -> &Vec<f64>| {
            percentile_interval(
                resampled
                    .iter()
                    .map(|resample| values(resample)[class])
                    .collect(),
            )
        };
        label.counted = Some(counted[class]);
        label.share.interval = of(|resample| &resample.shares);
        label.adjusted_count = Some(Share {
            value: whole.adjusted[class],
            interval: of(|resample| &resample.adjusted),
        });
    }
    prevalence.estimates_agree = Some(prevalence.labels.iter().all(|label| {
        let adjusted = label.adjusted_count.and_then(|share| share.interval);
        match (label.share.interval, adjusted) {
            (Some(a), Some(b)) => a.low <= b.high && b.low <= a.high,
            _ => true,
        }
    }));
    Ok(prevalence)
}

/// What one resample says.
struct Resampled {
    figures: Reweighted,
    shares: Vec<f64>,
    adjusted: Vec<f64>,
}

fn check(scores: &Scores, labels: &[String], prior: &[f64]) -> Result<(), Error> {
    for (what, got) in [("labels", labels.len()), ("shares of labels", prior.len())] {
        if got != scores.n_classes() {
            return Err(Error::WrongLength {
                what,
                expected: scores.n_classes(),
                got,
            });
        }
    }
    let sum: f64 = prior.iter().sum();
    if prior.iter().any(|share| share.is_nan() || *share < 0.0) || (sum - 1.0).abs() > 1e-6 {
        return Err(Error::Data(format!(
            "the shares of labels must be 0 or more and sum to 1; they are {prior:?}"
        )));
    }
    for (class, label) in labels.iter().enumerate() {
        if prior[class] > 0.0 && !scores.truth.contains(&class) {
            return Err(Error::Data(format!(
                "the test data have no sentence labelled «{label}»: nothing can tell how often it is taken for another; add some, or give it the share 0"
            )));
        }
    }
    Ok(())
}

fn test_shares(scores: &Scores, rows: &[usize]) -> Vec<f64> {
    let truth: Vec<usize> = rows.iter().map(|&row| scores.truth[row]).collect();
    let all: Vec<usize> = (0..truth.len()).collect();
    counted(&truth, &all, scores.n_classes())
}

/// The share of each class among the rows.
fn counted(classes: &[usize], rows: &[usize], n_classes: usize) -> Vec<f64> {
    let mut counts = vec![0.0; n_classes];
    for &row in rows {
        counts[classes[row]] += 1.0;
    }
    counts
        .iter()
        .map(|count| count / rows.len().max(1) as f64)
        .collect()
}

/// Adjusted count among the classes whose confusions are known; the others have the share 0.
fn adjusted(rates: &[Option<Vec<f64>>], counted: &[f64]) -> Vec<f64> {
    let known: Vec<usize> = (0..rates.len())
        .filter(|&class| rates[class].is_some())
        .collect();
    let rows: Vec<Vec<f64>> = rates.iter().flatten().cloned().collect();
    let transposed_shares = adjusted_count(&rows, counted);
    let mut shares = vec![0.0; rates.len()];
    for (&class, share) in known.iter().zip(transposed_shares) {
        shares[class] = share;
    }
    shares
}

fn assemble(
    scores: &Scores,
    labels: &[String],
    shares: &[f64],
    archive: Option<ArchiveSize>,
    resampled: &[Resampled],
    options: &PrevalenceOptions,
) -> Prevalence {
    let rows: Vec<usize> = (0..scores.truth.len()).collect();
    let rates = confusion_rates(scores, &rows);
    let test_shares = test_shares(scores, &rows);
    let test = Reweighted::new(&rates, &test_shares);
    let here = Reweighted::new(&rates, shares);
    let estimated = |figure: &dyn Fn(&Reweighted) -> Option<f64>| {
        let values = resampled
            .iter()
            .filter_map(|resample| figure(&resample.figures));
        Estimated::new(figure(&here), values.collect())
    };
    let label = |class: usize| LabelPrevalence {
        label: labels[class].clone(),
        test_share: test_shares[class],
        share: Share {
            value: shares[class],
            interval: None,
        },
        counted: None,
        adjusted_count: None,
        test_precision: test.precision[class],
        precision: estimated(&|figures| figures.precision[class]),
        recall: estimated(&|figures| figures.recall[class]),
        f1: estimated(&|figures| figures.f1[class]),
    };
    Prevalence {
        archive,
        labels: (0..labels.len()).map(label).collect(),
        test_accuracy: test.accuracy,
        accuracy: estimated(&|figures| figures.accuracy),
        test_macro_f1: test.macro_f1,
        macro_f1: estimated(&|figures| figures.macro_f1),
        estimates_agree: None,
        resamples: options.resamples,
        seed: options.seed,
    }
}

#[cfg(test)]
mod tests;
