//! `marsad data check`

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use marsad::audit::{
    CheckOptions, DataCheck, Section, check_data, read_annotations, read_splits, sections,
};

use super::terminal::{BOLD, DIM, ERROR, RESET, isolate};
use super::train::read_config;
use super::{Common, progress, terminal};

/// Look for errors, duplicates, leaks, templates and doubtful labels
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  marsad data check data
  marsad data check train.jsonl test.jsonl --surprising 0
  marsad data check data --json | jq .findings

Every .jsonl, .csv and .tsv file of a folder is a split; those without labels are skipped.
A file that is named itself must have labels.
If a folder `annotations` lies beside the data, every sentence must have a vote in its votes.jsonl.
If it has a reviews.jsonl, each of the most surprising sentences must have a review there: an
object {\"id\", \"outcome\": \"kept\" or \"relabelled\", \"note\"} a line.

What is wrong comes last, with file and line. The exit code is 0 if the data is clean and 1 if not.")]
pub(super) struct Options {
    /// Labelled data: .jsonl, .csv or .tsv files, each a split, or folders of them
    #[arg(required = true, value_name = "PATH")]
    data: Vec<PathBuf>,
    /// How many sentences to list whose labels surprise a model most; 0 for no model
    #[arg(long, value_name = "N", default_value_t = 50)]
    surprising: usize,
    /// The training configuration of that model, in JSON [default: a linear support vector machine]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// From which similarity on two sentences are nearly the same: the share of their runs of 5 letters that both have
    #[arg(long, value_name = "SHARE", default_value_t = 0.5)]
    similarity: f64,
    /// The largest share of sentences that may open with the same three words as another
    #[arg(long, value_name = "SHARE", default_value_t = 0.3)]
    max_openings: f64,
    /// The largest share of sentences that may have eight words in a row in common with another
    #[arg(long, value_name = "SHARE", default_value_t = 0.01)]
    max_runs: f64,
    /// Count labels by this field; may be repeated [default: every field with 2 to 40 values]
    #[arg(long = "field", value_name = "FIELD")]
    fields: Vec<String>,
    /// Write everything as one JSON object
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// Write the report as Markdown
    #[arg(long)]
    markdown: bool,
    /// Drives everything drawn at random [default: the configuration's, 1]
    #[arg(long)]
    seed: Option<u64>,
}

pub(super) fn run(options: &Options, common: &Common) -> anyhow::Result<ExitCode> {
    let (splits, skipped) = read_splits(&options.data)?;
    let annotations = read_annotations(&options.data)?;
    let spinner = progress::spinner("checking", common.quiet);
    let check = check_data(&splits, skipped, &annotations, &options.check()?)?;
    spinner.finish_and_clear();

    let mut out = anstream::stdout();
    if options.json {
        // Not to the pipe itself: an error of JSON would hide that the pipe is closed.
        let json = serde_json::to_string_pretty(&check)?;
        writeln!(out, "{json}")?;
    } else {
        for section in sections(&check) {
            write_section(&mut out, &section, options.markdown)?;
        }
        writeln!(out, "{}", verdict(&check))?;
    }
    Ok(match check.findings.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

impl Options {
    fn check(&self) -> anyhow::Result<CheckOptions> {
        let default = CheckOptions::default();
        let mut config = match &self.config {
            Some(path) => read_config(path)?,
            None => default.config,
        };
        config.seed = self.seed.unwrap_or(config.seed);
        Ok(CheckOptions {
            similarity: self.similarity,
            max_openings: self.max_openings,
            max_runs: self.max_runs,
            surprising: self.surprising,
            seed: config.seed,
            config,
            fields: self.fields.clone(),
        })
    }
}

fn verdict(check: &DataCheck) -> String {
    match check.findings.len() {
        0 => format!("{BOLD}clean{RESET}"),
        1 => format!("{ERROR}1 finding{RESET}"),
        n => format!("{ERROR}{n} findings{RESET}"),
    }
}

/// Writes a section with an empty line behind it.
pub(super) fn write_section(
    out: &mut impl Write,
    section: &Section,
    markdown: bool,
) -> std::io::Result<()> {
    if markdown {
        writeln!(out, "## {}\n", section.title)?;
        if !section.about.is_empty() {
            writeln!(out, "{}\n", section.about)?;
        }
        for table in &section.tables {
            writeln!(out, "{}", table.to_markdown())?;
        }
        for (head, text) in &section.items {
            writeln!(out, "- {}", head.trim_start())?;
            if !text.is_empty() {
                writeln!(out, "  > {}", one_line(text))?;
            }
        }
        if !section.items.is_empty() {
            writeln!(out)?;
        }
        return Ok(());
    }
    writeln!(out, "{BOLD}{}{RESET}", section.title)?;
    if !section.about.is_empty() {
        writeln!(out, "{DIM}{}{RESET}", section.about)?;
    }
    for (number, table) in section.tables.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        write!(out, "{}", table.to_text())?;
    }
    if !section.items.is_empty() && !section.tables.is_empty() {
        writeln!(out)?;
    }
    for (head, text) in &section.items {
        writeln!(out, "{head}")?;
        if !text.is_empty() {
            for line in terminal::wrap(text, terminal::width().saturating_sub(7)) {
                writeln!(out, "       {}", isolate(&line))?;
            }
        }
    }
    writeln!(out)
}

/// A text that may hold line breaks, on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
