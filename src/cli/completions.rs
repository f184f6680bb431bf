//! `marsad completions`

use clap::{Args, CommandFactory};

/// Print a completion script for a shell
#[derive(Debug, Args)]
#[command(after_help = "Example:
  marsad completions bash > ~/.local/share/bash-completion/completions/marsad")]
pub(super) struct Options {
    /// The shell
    #[arg(value_enum)]
    shell: clap_complete::Shell,
}

pub(super) fn run(options: &Options) -> anyhow::Result<()> {
    // Made in memory first: clap_complete panics when a pipe closes.
    let mut script = Vec::new();
    clap_complete::generate(
        options.shell,
        &mut super::Cli::command(),
        "marsad",
        &mut script,
    );
    Ok(std::io::Write::write_all(&mut std::io::stdout(), &script)?)
}
