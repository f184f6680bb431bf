//! What was found, in plain words.

use crate::evaluation::render::sections as shown;
use crate::evaluation::table::share;
use crate::evaluation::{ClassFigures, Estimate, Evaluation};
use crate::markup::escape;

use super::super::html::{name, percent, with_interval, words};

/// The figures that matter most, and then what they say.
pub(in super::super) fn summary(evaluation: &Evaluation) -> String {
    let sentences = [
        accuracy(evaluation),
        labels(evaluation),
        worst_confusion(evaluation),
        confidence(evaluation),
        slices(evaluation),
        outlook(evaluation),
        left_out(evaluation),
        Some(caveat(evaluation)),
    ];
    let items: String = sentences
        .into_iter()
        .flatten()
        .flat_map(|sentence| {
            [
                "<li>".to_owned(),
                sentence,
                "</li>
"
                .to_owned(),
            ]
        })
        .collect();
    format!(
        "{}{}<ul class=\"summary\">\n{items}</ul>\n",
        words(&shown::summary(evaluation)).replacen("<p>", "<p class=\"quiet\">", 1),
        tiles(evaluation)
    )
}

fn tiles(evaluation: &Evaluation) -> String {
    let overall = &evaluation.overall;
    let tile = |(name, estimate): (&str, Estimate)| {
        let interval = estimate
            .percentile
            .map_or_else(String::new, |i| format!("{:.3} – {:.3}", i.low, i.high));
        format!(
            "<div><dt>{name}</dt><dd>{} <span class=\"quiet\">{interval}</span></dd></div>\n",
            share(estimate.value)
        )
    };
    let tiles: String = [
        ("macro-F1", overall.macro_f1),
        ("accuracy", overall.accuracy),
        ("Matthews correlation", overall.matthews_correlation),
        ("log-loss (nats)", overall.log_loss),
    ]
    .map(tile)
    .concat();
    format!("<dl class=\"tiles\">\n{tiles}</dl>\n")
}

fn accuracy(evaluation: &Evaluation) -> Option<String> {
    let estimate = evaluation.overall.accuracy;
    let interval = estimate.percentile.map_or_else(String::new, |i| {
        format!(
            " (95 % interval: {} to {})",
            percent(i.low),
            percent(i.high)
        )
    });
    Some(format!(
        "<strong>{} of the sentences get the right label</strong>{interval}; {} of {} get a wrong one.",
        percent(estimate.value?),
        evaluation.errors_in_all,
        evaluation.sentences
    ))
}

fn labels(evaluation: &Evaluation) -> Option<String> {
    let macro_f1 = evaluation.overall.macro_f1;
    macro_f1.value?;
    let by_f1 = |a: &&ClassFigures, b: &&ClassFigures| {
        let f1 = |class: &ClassFigures| class.f1.value.unwrap_or(0.0);
        f1(a).total_cmp(&f1(b))
    };
    let known = || {
        evaluation
            .classes
            .iter()
            .filter(|class| class.f1.value.is_some())
    };
    let (best, worst) = known().max_by(by_f1).zip(known().min_by(by_f1))?;
    Some(format!(
        "Averaged over the {} labels, each counting alike, F1 is <strong>{}</strong>. It is highest for {} ({}) and lowest for {} ({}).",
        evaluation.labels.len(),
        with_interval(macro_f1),
        name(&best.label),
        share(best.f1.value),
        name(&worst.label),
        share(worst.f1.value),
    ))
}

fn worst_confusion(evaluation: &Evaluation) -> Option<String> {
    let confusion = evaluation.confusions.first()?;
    Some(format!(
        "The most frequent error: {} is taken for {}, {} times. These are {} of the sentences that are {0}.",
        name(&confusion.truth),
        name(&confusion.prediction),
        confusion.sentences,
        percent(confusion.share_of_truth)
    ))
}

/// How sure the model is beside how often it is right.
fn confidence(evaluation: &Evaluation) -> Option<String> {
    let accuracy = evaluation.overall.accuracy.value?;
    let sum: f64 = evaluation
        .reliability
        .iter()
        .filter_map(|bin| Some(bin.confidence? * bin.sentences as f64))
        .sum();
    let mean = sum / evaluation.sentences as f64;
    let gap = mean - accuracy;
    let verdict = match gap.abs() < 0.02 {
        true => "which is about as sure as it should be",
        false if gap > 0.0 => "so it is surer than it should be",
        false => "so it is less sure than it could be",
    };
    Some(format!(
        "The model is {} sure on average and {} right, {verdict}. Expected calibration error: {}.",
        percent(mean),
        percent(accuracy),
        share(evaluation.overall.expected_calibration_error.value)
    ))
}

fn slices(evaluation: &Evaluation) -> Option<String> {
    let fields: Vec<String> = evaluation
        .slices
        .iter()
        .map(|field| name(&field.field))
        .collect();
    if fields.is_empty() {
        return None;
    }
    let worse: Vec<String> = evaluation
        .slices
        .iter()
        .flat_map(|field| field.slices.iter().map(move |slice| (field, slice)))
        .filter(|(_, slice)| slice.worse)
        .map(|(field, slice)| {
            format!(
                "{} = {} (accuracy {})",
                name(&field.field),
                name(&slice.value),
                share(slice.accuracy.value)
            )
        })
        .collect();
    Some(match worse.is_empty() {
        true => format!(
            "By {}, no part of the data is significantly worse than the rest.",
            fields.join(", ")
        ),
        false => format!("Significantly worse than the rest: {}.", worse.join(", ")),
    })
}

fn outlook(evaluation: &Evaluation) -> Option<String> {
    let curve = evaluation.learning_curve.as_ref()?;
    let now = curve.points.last()?.macro_f1?;
    Some(format!(
        "Twice the labels, {:.0} sentences, are expected to bring macro-F1 from {now:.3} to <strong>{:.3}</strong>.",
        curve.twice_sentences?, curve.twice_macro_f1?
    ))
}

fn left_out(evaluation: &Evaluation) -> Option<String> {
    if evaluation.unknown_labels.is_empty() {
        return None;
    }
    let labels: Vec<String> = evaluation
        .unknown_labels
        .iter()
        .map(|(label, n)| format!("{} ({n})", name(label)))
        .collect();
    Some(format!(
        "Left out, because the model does not know their labels: sentences labelled {}.",
        labels.join(", ")
    ))
}

fn caveat(evaluation: &Evaluation) -> String {
    let unit = escape(&evaluation.resampling.unit);
    format!(
        "All this holds for sentences like these. Intervals tell how far the figures would move with other {unit}s of the same kind, not \
         what other sources, times or shares of labels would bring."
    )
}
