//! `marsad normalize`

use std::io::Write;

use clap::Args;
use marsad::archive::Blocks;
use marsad::evaluation::Table;
use marsad::text::{Normalizer, Profile};

use super::evaluate::warn;
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
        for block in Blocks::new(input.reader) {
            let block = block?;
            for (line, bytes) in
                (block.first_line..).zip(block.bytes.split_inclusive(|&byte| byte == b'\n'))
            {
                match input.format.read(bytes) {
                    Ok(Some(document)) => {
                        writeln!(output, "{}", normalizer.normalize(&document.text))?
                    }
                    Ok(None) => writeln!(output)?,
                    Err(message) => warn(&format!("skipped {}:{line}: {message}", input.name)),
                }
            }
        }
    }
    output.finish()
}
