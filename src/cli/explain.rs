//! `marsad explain`

use std::io::Write;
use std::path::PathBuf;

use anstyle::{AnsiColor, Color, Style};
use clap::Args;
use marsad::evaluation::Table;
use marsad::model::Explanation;
use serde_json::json;

use super::input::load_model;
use super::terminal::{BOLD, RESET, class_style, isolate};

/// Show why a sentence got its label
#[derive(Debug, Args)]
#[command(after_help = "Example:
  marsad explain \"أعلن المتحدث العسكري مقتل خمسة مسلحين في غارة جوية\"

Contributions are exact: the bias and all features add up to the difference between the margins of
the winner and the runner-up. A word stands for its own features and half of each bigram it is in.")]
pub(super) struct Options {
    /// The sentence
    text: String,
    /// A model directory [default: the embedded model]
    #[arg(short, long, value_name = "DIR")]
    model: Option<PathBuf>,
    /// How many features to list
    #[arg(long, value_name = "N", default_value_t = 15)]
    top: usize,
    /// Write everything as JSON; spans are bytes of the text
    #[arg(long)]
    json: bool,
}

pub(super) fn run(options: &Options) -> anyhow::Result<()> {
    let mut out = anstream::stdout();
    let classifier = load_model(options.model.as_ref())?;
    let explanation = classifier.explain(&options.text);
    let labels = classifier.labels();
    if options.json {
        let text = serde_json::to_string_pretty(&to_json(&explanation, labels, &options.text))?;
        writeln!(out, "{text}")?;
    } else {
        print(&mut out, &explanation, labels, &options.text, options.top)?;
    }
    Ok(())
}

fn print(
    out: &mut dyn Write,
    explanation: &Explanation,
    labels: &[String],
    text: &str,
    top: usize,
) -> anyhow::Result<()> {
    let (winner, runner_up) = (explanation.winner, explanation.runner_up);
    let percent = |class: usize| format!("{:.1} %", 100.0 * explanation.probabilities[class]);
    writeln!(
        out,
        "{}{}{RESET} {}, then {}{}{RESET} {}\n",
        class_style(winner).bold(),
        labels[winner],
        percent(winner),
        class_style(runner_up),
        labels[runner_up],
        percent(runner_up)
    )?;
    writeln!(out, "{}\n", highlight(explanation, text))?;
    writeln!(
        out,
        "for {}: {}green{RESET}   for {}: {}red{RESET}   the stronger the bolder\n",
        labels[winner],
        evidence_style(1.0, 1.0),
        labels[runner_up],
        evidence_style(-1.0, 1.0)
    )?;
    let mut table = Table::new(["contribution", "kind", "times", "feature"]);
    table.push([
        format!("{:+.3}", explanation.bias),
        "bias".to_owned(),
        String::new(),
        String::new(),
    ]);
    for feature in explanation.features.iter().take(top) {
        table.push([
            format!("{:+.3}", feature.contribution),
            feature.kind.to_string(),
            feature.spans.len().to_string(),
            isolate(&feature.feature),
        ]);
    }
    let rest: f64 = explanation
        .features
        .iter()
        .skip(top)
        .map(|feature| feature.contribution)
        .sum();
    let n_rest = explanation.features.len().saturating_sub(top);
    table.push([
        format!("{rest:+.3}"),
        format!("{n_rest} others"),
        String::new(),
        String::new(),
    ]);
    table.push([
        format!("{:+.3}", explanation.difference),
        "in all".to_owned(),
        String::new(),
        String::new(),
    ]);
    write!(out, "{}", table.to_text())?;
    writeln!(
        out,
        "{BOLD}A positive contribution speaks for {}, a negative one for {}.{RESET}",
        labels[winner], labels[runner_up]
    )?;
    Ok(())
}

/// The text with the words that matter in colour.
fn highlight(explanation: &Explanation, text: &str) -> String {
    let strongest = explanation
        .words
        .iter()
        .map(|word| word.contribution.abs())
        .fold(0.0, f64::max);
    let mut highlighted = String::new();
    let mut done = 0;
    for word in &explanation.words {
        // Words of one expanded ligature share a span.
        if word.span.start < done {
            continue;
        }
        let style = evidence_style(word.contribution, strongest);
        highlighted += &text[done..word.span.start];
        highlighted.extend([
            style.to_string().as_str(),
            &text[word.span.clone()],
            &RESET.to_string(),
        ]);
        done = word.span.end;
    }
    highlighted += &text[done..];
    isolate(&highlighted)
}

/// Plain below a fifth of the strongest contribution, bold above three fifths.
fn evidence_style(contribution: f64, strongest: f64) -> Style {
    let share = contribution.abs() / strongest.max(f64::MIN_POSITIVE);
    let color = if contribution > 0.0 {
        AnsiColor::Green
    } else {
        AnsiColor::Red
    };
    match share {
        ..0.2 => Style::new(),
        ..0.6 => Style::new().fg_color(Some(Color::Ansi(color))),
        _ => Style::new()
            .fg_color(Some(Color::Ansi(color)))
            .bold()
            .underline(),
    }
}

fn to_json(explanation: &Explanation, labels: &[String], text: &str) -> serde_json::Value {
    let probabilities: serde_json::Map<_, _> = labels
        .iter()
        .cloned()
        .zip(explanation.probabilities.iter().map(|&p| json!(p)))
        .collect();
    json!({
        "text": text,
        "label": labels[explanation.winner],
        "runner_up": labels[explanation.runner_up],
        "probabilities": probabilities,
        "difference": explanation.difference,
        "bias": explanation.bias,
        "words": explanation.words.iter().map(|word| json!({
            "start": word.span.start,
            "end": word.span.end,
            "text": &text[word.span.clone()],
            "contribution": word.contribution,
        })).collect::<Vec<_>>(),
        "features": explanation.features.iter().map(|feature| json!({
            "kind": feature.kind.to_string(),
            "feature": feature.feature,
            "spans": feature.spans.iter().map(|span| [span.start, span.end]).collect::<Vec<_>>(),
            "contribution": feature.contribution,
        })).collect::<Vec<_>>(),
    })
}
