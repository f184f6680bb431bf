//! What to expect where labels are as frequent as they are in an archive.

use crate::evaluation::table::share;
use crate::evaluation::{Evaluation, Interval, Table};

use super::super::html::{section, table, words};

/// What [`Evaluation::prevalence`] holds; nothing where it holds nothing.
pub(in super::super) fn prevalence(evaluation: &Evaluation) -> String {
    let Some(prevalence) = &evaluation.prevalence else {
        return String::new();
    };
    let mut rows = Table::new([
        "label",
        "share here",
        "share there",
        "95 % interval",
        "by adjusted count",
        "precision here",
        "precision there",
        "95 % interval",
        "F1 there",
    ]);
    for label in &prevalence.labels {
        rows.push([
            label.label.clone(),
            share(Some(label.test_share)),
            share(Some(label.share.value)),
            interval(label.share.interval),
            share(label.adjusted_count.map(|share| share.value)),
            share(label.test_precision),
            share(label.precision.value),
            interval(label.precision.interval),
            share(label.f1.value),
        ]);
    }
    let there = match &prevalence.archive {
        Some(archive) => format!(
            "“There” is an archive of {} sentences without labels, whose shares were estimated by expectation maximisation \
             (Saerens et al. 2002) and, as a check, by adjusted count.",
            archive.sentences
        ),
        None => "“There” the labels have the shares that were given.".to_owned(),
    };
    let disagree = match prevalence.estimates_agree {
        Some(false) => " The two estimates disagree: take neither without labelling a sample.",
        _ => "",
    };
    let overall = format!(
        "Expected there: accuracy {} {}, macro-F1 {} {}.",
        share(prevalence.accuracy.value),
        interval(prevalence.accuracy.interval),
        share(prevalence.macro_f1.value),
        interval(prevalence.macro_f1.interval),
    );
    let body = words(&format!("{there}{disagree} {overall}"))
        + &table("Figures for other shares of labels", &rows);
    section("Where labels have other shares", &body)
}

fn interval(interval: Option<Interval>) -> String {
    interval.map_or_else(
        || "–".to_owned(),
        |Interval { low, high }| format!("{low:.3} – {high:.3}"),
    )
}
