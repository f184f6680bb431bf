//! The parts of an evaluation, in the order in which they are shown.

use super::sentences::error;
use super::{Block, Detail};
use crate::evaluation::table::share;
use crate::evaluation::{
    Confusion, CrossValidationResult, Estimate, Evaluation, Interval, SliceField, Table,
};

/// So many confusions are shown unless everything is asked for.
const SHOWN: usize = 5;

pub(super) fn sections(evaluation: &Evaluation, detail: Detail) -> Vec<Block> {
    let mut blocks = vec![Block::Words(summary(evaluation))];
    blocks.extend(tables(evaluation, detail));
    blocks
}

/// All but the sentence that comes first.
pub(super) fn tables(evaluation: &Evaluation, detail: Detail) -> Vec<Block> {
    let mut blocks = vec![Block::Table(overall(evaluation, detail))];
    blocks.extend(classes(evaluation, detail).map(Block::Table));
    blocks.push(Block::Table(confusion_matrix(evaluation)));
    blocks.extend(confusions(evaluation, detail));
    for field in &evaluation.slices {
        blocks.extend(slices(field));
    }
    if let Some(result) = &evaluation.cross_validation {
        blocks.extend(parts(result));
    }
    if let Some(curve) = &evaluation.learning_curve {
        blocks.push(Block::Heading("What more labels would bring".to_owned()));
        blocks.push(Block::Table(curve.table()));
    }
    blocks
}

/// What was measured on what, and how sure that is.
pub(in crate::evaluation) fn summary(evaluation: &Evaluation) -> String {
    let facts = &evaluation.resampling;
    let groups = match facts.unit.as_str() {
        "group" => format!(" in {} groups", evaluation.groups),
        _ => String::new(),
    };
    let files: Vec<&str> = evaluation
        .data
        .iter()
        .map(|file| file.file.as_str())
        .collect();
    let design = match &evaluation.cross_validation {
        None if evaluation.model.name == "embedded" => "the embedded model".to_owned(),
        None => format!("the model {}", evaluation.model.name),
        Some(result) => format!("cross-validation, {}", result.description()),
    };
    let intervals = match facts.resamples {
        0 => String::new(),
        n => format!(
            " Intervals: 95 % percentile bootstrap, {n} resamples by {}, seed {}.",
            facts.unit, facts.seed
        ),
    };
    format!(
        "{} sentences{groups} of {}; {design}.{intervals}",
        evaluation.sentences,
        files.join(", ")
    )
}

pub(in crate::evaluation) fn overall(evaluation: &Evaluation, detail: Detail) -> Table {
    let overall = &evaluation.overall;
    let main = [
        ("macro-F1", overall.macro_f1),
        ("accuracy (= micro-F1)", overall.accuracy),
        ("balanced accuracy", overall.balanced_accuracy),
        ("Matthews correlation", overall.matthews_correlation),
        ("log-loss (nats)", overall.log_loss),
        (
            "expected calibration error",
            overall.expected_calibration_error,
        ),
    ];
    let more = [
        ("macro precision", overall.macro_precision),
        ("macro recall", overall.macro_recall),
        ("micro precision, recall, F1", overall.micro_f1),
        ("weighted precision", overall.weighted_precision),
        ("weighted recall", overall.weighted_recall),
        ("weighted F1", overall.weighted_f1),
        ("macro average precision", overall.macro_average_precision),
        ("Cohen's kappa", overall.cohen_kappa),
        ("Brier score (0 to 2)", overall.brier_score),
        (
            "classwise calibration error",
            overall.classwise_calibration_error,
        ),
    ];
    let mut table = Table::new(match detail.all_figures {
        true => vec![
            "all classes",
            "value",
            "percentile interval",
            "BCa interval",
        ],
        false => vec!["all classes", "value", "95 % interval"],
    });
    let rows = main
        .iter()
        .chain(more.iter().filter(|_| detail.all_figures));
    for (name, estimate) in rows {
        let mut row = vec![
            (*name).to_owned(),
            share(estimate.value),
            range(estimate.percentile),
        ];
        if detail.all_figures {
            row.push(range(estimate.bca));
        }
        table.push(row);
    }
    table
}

pub(in crate::evaluation) fn classes(
    evaluation: &Evaluation,
    detail: Detail,
) -> impl Iterator<Item = Table> {
    let mut table = Table::new([
        "label",
        "precision",
        "recall",
        "F1",
        "95 % interval",
        "avg. precision",
        "sentences",
    ]);
    let mut all = Table::new([
        "label",
        "figure",
        "value",
        "percentile interval",
        "BCa interval",
    ]);
    for class in &evaluation.classes {
        table.push([
            class.label.clone(),
            share(class.precision.value),
            share(class.recall.value),
            share(class.f1.value),
            range(class.f1.percentile),
            share(class.average_precision.value),
            class.support.to_string(),
        ]);
        for (name, estimate) in [
            ("precision", class.precision),
            ("recall", class.recall),
            ("F1", class.f1),
            ("average precision", class.average_precision),
            ("calibration error", class.calibration_error),
        ] {
            let Estimate {
                value,
                percentile,
                bca,
            } = estimate;
            all.push([
                class.label.clone(),
                name.to_owned(),
                share(value),
                range(percentile),
                range(bca),
            ]);
        }
    }
    [Some(table), detail.all_figures.then_some(all)]
        .into_iter()
        .flatten()
}

pub(in crate::evaluation) fn confusion_matrix(evaluation: &Evaluation) -> Table {
    let labels = &evaluation.labels;
    let heading = ["truth ↓  predicted →".to_owned()];
    let mut table = Table::new(heading.into_iter().chain(labels.iter().cloned()));
    for (label, counts) in labels.iter().zip(&evaluation.confusion_matrix.counts) {
        let counts = counts.iter().map(u64::to_string);
        table.push([label.clone()].into_iter().chain(counts));
    }
    table
}

fn confusions(evaluation: &Evaluation, detail: Detail) -> Vec<Block> {
    if evaluation.confusions.is_empty() {
        return Vec::new();
    }
    let n_shown = match detail.all_figures {
        true => evaluation.confusions.len(),
        false => SHOWN.min(evaluation.confusions.len()),
    };
    let shown = &evaluation.confusions[..n_shown];
    let mut table = Table::new(["truth", "predicted as", "sentences", "of the truth"]);
    for confusion in shown {
        table.push([
            confusion.truth.clone(),
            confusion.prediction.clone(),
            confusion.sentences.to_string(),
            format!("{:.1} %", 100.0 * confusion.share_of_truth),
        ]);
    }
    let mut blocks = vec![Block::Table(table)];
    if detail.examples > 0 {
        blocks.extend(
            shown
                .iter()
                .flat_map(|confusion| examples(evaluation, confusion, detail)),
        );
    }
    blocks
}

fn examples(evaluation: &Evaluation, confusion: &Confusion, detail: Detail) -> Vec<Block> {
    let heading = Block::Heading(format!(
        "{} taken for {}, the most confident first",
        confusion.truth, confusion.prediction
    ));
    let examples = confusion.examples.iter().take(detail.examples);
    let errors = examples.filter_map(|&place| evaluation.errors.get(place).map(error));
    [heading].into_iter().chain(errors).collect()
}

pub(in crate::evaluation) fn slices(field: &SliceField) -> Vec<Block> {
    let mut table = Table::new([
        field.field.as_str(),
        "sentences",
        "accuracy",
        "95 % interval",
        "macro-F1",
        "95 % interval",
        "p (Holm)",
        "",
    ]);
    for slice in &field.slices {
        table.push([
            slice.value.clone(),
            slice.sentences.to_string(),
            share(slice.accuracy.value),
            range(slice.accuracy.percentile),
            share(slice.macro_f1.value),
            range(slice.macro_f1.percentile),
            slice
                .p_holm
                .map_or_else(|| "–".to_owned(), |p| format!("{p:.4}")),
            if slice.worse { "worse" } else { "" }.to_owned(),
        ]);
    }
    let without = match field.without_value {
        0 => String::new(),
        n => format!(" {n} sentences have no value."),
    };
    let note = format!(
        "p: accuracy lower than in the other sentences, one-sided permutation test over groups, Holm-corrected \
         within the field; “worse” is p < 0.05.{without}"
    );
    vec![Block::Table(table), Block::Words(note)]
}

pub(in crate::evaluation) fn parts(result: &CrossValidationResult) -> Vec<Block> {
    let mut table = Table::new([
        "part",
        "trained on",
        "sentences",
        "macro-F1",
        "accuracy",
        "log-loss",
    ]);
    for part in &result.parts {
        table.push([
            part.name.clone(),
            part.trained_on.to_string(),
            part.sentences.to_string(),
            share(part.macro_f1),
            share(part.accuracy),
            share(part.log_loss),
        ]);
    }
    let mut blocks = vec![Block::Table(table)];
    blocks.extend(result.spread_over_repeats().map(Block::Words));
    if result.never_scored > 0 {
        blocks.push(Block::Words(format!(
            "{} sentences were never scored: those without the field, and those of the first period.",
            result.never_scored
        )));
    }
    blocks
}

pub(in crate::evaluation) fn range(interval: Option<Interval>) -> String {
    interval.map_or_else(
        || "–".to_owned(),
        |i| format!("{:.3} – {:.3}", i.low, i.high),
    )
}
