//! What to expect where labels are as frequent as they are in an archive.

use serde_json::Value;

use crate::evaluation::table::share;
use crate::evaluation::{Evaluation, Table};

use super::super::html::{section, table, words};

/// Shows the keys it knows of [`Evaluation::prevalence`]; nothing where these are missing.
pub(in super::super) fn prevalence(evaluation: &Evaluation) -> String {
    let Some(prevalence) = &evaluation.prevalence else {
        return String::new();
    };
    let Some(labels) = prevalence["labels"].as_array() else {
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
    for label in labels {
        rows.push([
            label["label"].as_str().unwrap_or("–").to_owned(),
            share(label["test_share"].as_f64()),
            share(label["share"]["value"].as_f64()),
            interval(&label["share"]["interval"]),
            share(label["adjusted_count"]["value"].as_f64()),
            share(label["test_precision"].as_f64()),
            share(label["precision"]["value"].as_f64()),
            interval(&label["precision"]["interval"]),
            share(label["f1"]["value"].as_f64()),
        ]);
    }
    let there = match prevalence["archive"]["sentences"].as_u64() {
        Some(n) => format!(
            "“There” is an archive of {n} sentences without labels, whose shares were estimated by expectation maximisation \
             (Saerens et al. 2002) and, as a check, by adjusted count."
        ),
        None => "“There” the labels have the shares that were given.".to_owned(),
    };
    let disagree = match prevalence["estimates_agree"].as_bool() {
        Some(false) => " The two estimates disagree: take neither without labelling a sample.",
        _ => "",
    };
    let overall = format!(
        "Expected there: accuracy {} {}, macro-F1 {} {}.",
        share(prevalence["accuracy"]["value"].as_f64()),
        interval(&prevalence["accuracy"]["interval"]),
        share(prevalence["macro_f1"]["value"].as_f64()),
        interval(&prevalence["macro_f1"]["interval"]),
    );
    let body = words(&format!("{there}{disagree} {overall}"))
        + &table("Figures for other shares of labels", &rows);
    section("Where labels have other shares", &body)
}

fn interval(value: &Value) -> String {
    match (value["low"].as_f64(), value["high"].as_f64()) {
        (Some(low), Some(high)) => format!("{low:.3} – {high:.3}"),
        _ => "–".to_owned(),
    }
}
