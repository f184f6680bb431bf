//! How an evaluation is shown and stored.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use marsad::evaluation::{Detail, Evaluation, Resampling};

use super::output::Output;
use super::terminal;

/// So many errors of each of the most frequent confusions stand in a report, unless more are asked for.
const IN_REPORT: usize = 3;

/// How an evaluation is shown and stored.
#[derive(Debug, Args)]
pub(super) struct ResultOptions {
    /// Show every figure with both kinds of interval, and every confusion
    #[arg(long)]
    details: bool,
    /// Show so many sentences of each of the most frequent confusions, most confident first, with the words that decided
    #[arg(long, value_name = "N", num_args = 0..=1, default_value_t = 0, default_missing_value = "3", require_equals = true)]
    errors: usize,
    /// Write no sentences, for data that may not be passed on
    #[arg(long, conflicts_with = "errors")]
    no_text: bool,
    /// Write the tables as Markdown
    #[arg(long)]
    markdown: bool,
    /// Write everything to a file as JSON; docs/evaluation-schema.md describes it
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Write a page with plots and examples of errors (HTML, one file that needs no other)
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Write the plots of the report to a folder, as SVG files
    #[arg(long, value_name = "DIR")]
    plots: Option<PathBuf>,
    /// Replace files that exist
    #[arg(long)]
    overwrite: bool,
    /// How many resamples the intervals are made of; 0 for none
    #[arg(long, value_name = "N", default_value_t = 2000, value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    resamples: u32,
}

impl ResultOptions {
    /// How many errors of each confusion are to be explained: those shown, three for those who read the report, and ten for those
    /// who read the JSON.
    pub(super) fn examples(&self) -> usize {
        if self.no_text {
            return 0;
        }
        let in_report = if self.report.is_some() { IN_REPORT } else { 0 };
        let in_json = if self.json.is_some() { 10 } else { 0 };
        self.errors.max(in_report).max(in_json)
    }

    /// Refuses what exists already and must not be replaced, before any work is done for it.
    pub(super) fn refuse_existing(&self) -> anyhow::Result<()> {
        let files = self.report.iter().chain(&self.json);
        for file in files.clone() {
            if files.clone().filter(|other| *other == file).count() > 1 {
                bail!(
                    "{}: is named for two outputs; name another file",
                    file.display()
                );
            }
        }
        if self.overwrite {
            return Ok(());
        }
        if let Some(file) = files.clone().find(|file| file.is_file()) {
            bail!(
                "{}: exists already; name another file or pass --overwrite",
                file.display()
            );
        }
        let Some(folder) = self.plots.as_ref().filter(|folder| folder.is_dir()) else {
            return Ok(());
        };
        for entry in std::fs::read_dir(folder).with_context(|| folder.display().to_string())? {
            let path = entry.with_context(|| folder.display().to_string())?.path();
            if path.extension().is_some_and(|ending| ending == "svg") {
                bail!(
                    "{}: holds plots already, such as {}; name another folder or pass --overwrite",
                    folder.display(),
                    path.file_name().unwrap_or_default().display()
                );
            }
        }
        Ok(())
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
            self.write(path, &evaluation.to_json()?)?;
        }
        if let Some(path) = &self.report {
            self.write(path, &evaluation.to_html(self.errors.max(IN_REPORT))?)?;
        }
        if let Some(folder) = &self.plots {
            std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
            for plot in evaluation.plots()? {
                self.write(&folder.join(format!("{}.svg", plot.name)), &plot.to_svg())?;
            }
        }
        Ok(())
    }

    fn write(&self, path: &Path, text: &str) -> anyhow::Result<()> {
        let mut output = Output::file(path, self.overwrite)?;
        output.write_all(text.as_bytes())?;
        output.finish()
    }
}
