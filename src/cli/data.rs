//! `marsad data`

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::{Common, data_check};

/// Check labelled data
#[derive(Debug, Args)]
#[command(after_help = "Example:
  marsad data check data")]
pub(super) struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Look for errors, duplicates, leaks, templates and doubtful labels
    Check(data_check::Options),
}

pub(super) fn run(options: &Options, common: &Common) -> anyhow::Result<ExitCode> {
    match &options.command {
        Command::Check(options) => data_check::run(options, common),
    }
}
