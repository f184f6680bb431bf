//! How an evaluation is shown and stored.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use marsad::evaluation::{Detail, Evaluation, Resampling};

use super::terminal;

/// How an evaluation is shown and stored.
#[derive(Debug, Args)]
pub(super) struct ResultOptions {
    /// Show every figure with both kinds of interval, and every confusion
    #[arg(long)]
    details: bool,
    /// Show so many sentences of each of the most frequent confusions, most confident first, with the words that decided
    #[arg(long, value_name = "N", num_args = 0..=1, default_value_t = 0, default_missing_value = "3", require_equals = true)]
    errors: usize,
    /// Write the tables as Markdown
    #[arg(long)]
    markdown: bool,
    /// Write everything to a file as JSON; docs/evaluation-schema.md describes it
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// How many resamples the intervals are made of; 0 for none
    #[arg(long, value_name = "N", default_value_t = 2000, value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    resamples: u32,
}

impl ResultOptions {
    /// How many errors of each confusion are to be explained: those shown, and ten for those who read the JSON.
    pub(super) fn examples(&self) -> usize {
        match &self.json {
            Some(_) => self.errors.max(10),
            None => self.errors,
        }
    }

    pub(super) fn markdown(&self) -> bool {
        self.markdown
    }

    pub(super) fn resampling(&self, seed: u64) -> Resampling {
        Resampling {
            resamples: self.resamples as usize,
            seed,
        }
    }

    /// Shows and stores `evaluation`.
    pub(super) fn put_out(&self, evaluation: &Evaluation) -> anyhow::Result<()> {
        let detail = Detail {
            all_figures: self.details,
            examples: self.errors,
        };
        let shown = match self.markdown {
            true => evaluation.to_markdown(detail),
            false => evaluation.to_text(detail, terminal::width()),
        };
        write!(anstream::stdout(), "{shown}")?;
        if let Some(path) = &self.json {
            let json = evaluation.to_json()?;
            std::fs::write(path, json)
                .with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok(())
    }
}
