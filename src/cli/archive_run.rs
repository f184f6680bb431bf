//! `marsad classify -o FOLDER/`: a run over an archive that can be resumed.

use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, bail};
use marsad::archive::{
    Batch, Input, InputIdentity, Manifest, Origin, Outcome, ReadOptions, Run, RunDirectory, Summary,
};
use serde_json::{Map, Value};

use super::row_options::{RowOptions, Rows};
use super::{progress, terminal};

/// Set by Ctrl-C.
static STOP: AtomicBool = AtomicBool::new(false);

/// The exit code of a run that Ctrl-C stopped: 128 and the number of the signal.
const INTERRUPTED: u8 = 130;

/// What a run into a folder is made of.
pub(super) struct ArchiveRun<'a> {
    pub(super) batch: &'a Batch<'a>,
    pub(super) rows: &'a Rows<'a>,
    pub(super) row_options: &'a RowOptions,
    pub(super) reading: &'a ReadOptions,
    /// What the output depends on, beside inputs and model.
    pub(super) settings: Map<String, Value>,
    /// The checksum of the model.
    pub(super) model: String,
    pub(super) n_classes: usize,
    pub(super) shard_bytes: u64,
    pub(super) resume: bool,
    pub(super) strict: bool,
    pub(super) quiet: bool,
}

impl ArchiveRun<'_> {
    /// Classifies `inputs` into the shards of `path`; gives what was counted, from its beginning on.
    pub(super) fn run(
        self,
        inputs: Vec<Input>,
        path: &Path,
    ) -> anyhow::Result<(Summary, ExitCode)> {
        let identities = inputs.iter().map(identity).collect::<Result<_, _>>()?;
        let once = inputs
            .iter()
            .find(|input| matches!(input.origin, Origin::Stream(_) | Origin::StandardInput));
        if let (true, Some(input)) = (self.resume, once) {
            bail!(
                "«{}» cannot be read again from where a run stopped; name files",
                input.name
            );
        }
        let manifest = Manifest::new(self.model.clone(), self.settings.clone(), identities);
        let ending = self.row_options.ending()?;
        let mut directory = match self.resume {
            true => RunDirectory::resume(path, &ending, &manifest)?,
            false => RunDirectory::create(path, &ending, &manifest, self.row_options.overwrite())?,
        };
        ctrlc::set_handler(|| {
            // The second time it is meant.
            if STOP.swap(true, Ordering::Relaxed) {
                std::process::exit(i32::from(INTERRUPTED));
            }
        })
        .context("Ctrl-C cannot be handled")?;
        let n_inputs = inputs.len() as u64;
        let bar = progress::steps(n_inputs, "inputs", self.quiet);
        let open = |file| {
            self.row_options
                .writer(self.rows, &self.model, file)
                .map_err(io::Error::other)
        };
        let run = Run {
            batch: self.batch,
            open: &open,
            shard_bytes: self.shard_bytes,
            reading: self.reading,
            strict: self.strict,
            stop: &STOP,
        };
        let outcome = run.run(inputs, &mut directory, &mut |reached| {
            bar.set_position(reached.input as u64);
        });
        bar.finish_and_clear();
        let again = "run the same command with --resume to go on";
        let outcome = outcome.with_context(|| {
            format!(
                "the run stopped after {} whole shards in {}; when this is mended, {again}",
                directory.shards().len(),
                path.display()
            )
        })?;
        let code = match outcome {
            Outcome::Finished => ExitCode::SUCCESS,
            Outcome::Stopped => {
                anstream::eprintln!(
                    "{}stopped{} after {} whole shards in {}; {again}",
                    terminal::WARNING,
                    terminal::RESET,
                    directory.shards().len(),
                    path.display()
                );
                ExitCode::from(INTERRUPTED)
            }
        };
        let rejects = directory
            .shards()
            .iter()
            .filter(|shard| shard.rejects.is_some());
        if rejects.count() > 0 && !self.quiet {
            anstream::eprintln!(
                "{}what could not be read is in {}{}",
                terminal::WARNING,
                path.join("rejects-*.jsonl").display(),
                terminal::RESET
            );
        }
        Ok((directory.summary(self.n_classes)?, code))
    }
}

fn identity(input: &Input) -> Result<InputIdentity, marsad::Error> {
    match &input.origin {
        Origin::File(path) => InputIdentity::of(path),
        _ => Ok(InputIdentity::stream(&input.name)),
    }
}
