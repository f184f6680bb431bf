//! `marsad card`

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use marsad::evaluation::{Evaluation, ModelCard};
use marsad::model::ModelFiles;

use super::Common;
use super::evaluate::warn;
use super::new_directory::read_notes;
use super::train::NO_NOTES;

/// Write the card of a model from stored evaluations
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  marsad card my-model
  marsad evaluate --model my-model held-out.jsonl --json held-out.json
  marsad card my-model --evaluation held-out.json --notes notes.md

The card is the README.md of the model directory. All its figures come from card.json beside it,
where `marsad train` stores what it measured and this command stores evaluations, without their
sentences. An evaluation of the same files takes the place of the earlier one; one of another
model is refused. A README.md written or changed by hand is refused too.")]
pub(super) struct Options {
    /// The directory of the model
    #[arg(value_name = "MODEL_DIR")]
    model: PathBuf,
    /// What `marsad evaluate --json` wrote for this model; may be given several times
    #[arg(long, value_name = "FILE")]
    evaluation: Vec<PathBuf>,
    /// Markdown to stand first, in place of what stands there: purpose, data, guideline, limits, licence
    #[arg(long, value_name = "FILE")]
    notes: Option<PathBuf>,
    /// Replace a README.md that was written or changed by hand
    #[arg(long)]
    overwrite: bool,
}

pub(super) fn run(options: &Options, common: &Common) -> anyhow::Result<()> {
    let directory = &options.model;
    let files = ModelFiles::read(directory)?;
    let classifier = files.classifier(directory)?;
    let config = classifier.config();
    let stored = ModelCard::read(directory, &files, config)?;
    if stored.is_none() && options.evaluation.is_empty() {
        bail!(
            "{}: has no card.json, so no figure is known: pass --evaluation FILE with what `marsad evaluate --model {0} DATA \
             --json FILE` writes, or train the model anew, which also measures it by cross-validation",
            directory.display()
        );
    }
    let mut card = match stored {
        Some(mut card) => {
            card.notes = read_notes(options.notes.as_ref(), &card.notes)?;
            card
        }
        None => ModelCard::new(
            files.checksum(),
            read_notes(options.notes.as_ref(), NO_NOTES)?,
        ),
    };
    for path in &options.evaluation {
        let evaluation = Evaluation::read(path)?;
        card.add(evaluation, config, false)
            .with_context(|| path.display().to_string())?;
    }
    card.write(directory, &files, config, options.overwrite)?;
    if !common.quiet {
        let missing = card.missing();
        if !missing.is_empty() {
            warn(&format!("the card has no {}", missing.join(", no ")));
        }
        writeln!(
            anstream::stdout(),
            "The card is in {}.",
            directory.join(marsad::model::CARD_FILE).display()
        )?;
    }
    Ok(())
}
