//! What the commands that make a directory settle before they begin their work.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// Refuses a directory that holds the work of an earlier run, `what` for people, unless it is to be replaced. Writing refuses it
/// too, but only after the hours that the work may take.
pub(super) fn refuse_existing(directory: &Path, what: &str, overwrite: bool) -> anyhow::Result<()> {
    if directory.join("config.json").exists() && !overwrite {
        bail!(
            "{}: holds {what} already; name another directory or pass --overwrite",
            directory.display()
        );
    }
    Ok(())
}

/// The notes for the card of the directory, or `otherwise` if no file of notes is named.
pub(super) fn read_notes(file: Option<&PathBuf>, otherwise: &str) -> anyhow::Result<String> {
    match file {
        Some(path) => std::fs::read_to_string(path).with_context(|| path.display().to_string()),
        None => Ok(otherwise.to_owned()),
    }
}
