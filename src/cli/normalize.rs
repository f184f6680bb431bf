//! `marsad normalize`

use std::io::Write;

use clap::Args;
use marsad::evaluation::Table;
use marsad::text::{Normalizer, Profile};

use super::input::InputOptions;
use super::output::Output;

/// Show the normalised form of texts
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  marsad normalize \"أَعلنـت «الحكومة» ٣٫٥%\"
  marsad normalize --rules")]
pub(super) struct Options {
    #[command(flatten)]
    input: InputOptions,
    /// List the rules in their order instead
    #[arg(long)]
    rules: bool,
}

pub(super) fn run(options: &Options) -> anyhow::Result<()> {
    let normalizer = Normalizer::new(Profile::default());
    if options.rules {
        let mut table = Table::new(["rule", ""]);
        for rule in normalizer.profile().rules() {
            table.push([rule.name.to_owned(), format!("merges {}", rule.merges)]);
        }
        write!(anstream::stdout(), "{}", table.to_text())?;
        return Ok(());
    }
    let mut output = Output::plain_stdout();
    for input in options.input.open()? {
        options.input.for_each_document(input, |_, document| {
            let normal = document.map(|document| normalizer.normalize(&document.text));
            Ok(writeln!(output, "{}", normal.unwrap_or_default())?)
        })?;
    }
    output.finish()
}
