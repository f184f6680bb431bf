//! `marsad split`

use std::io::Write;

use clap::Args;
use marsad::text::SentenceSplitter;
use serde_json::json;

use super::input::InputOptions;
use super::output::Output;

/// Split texts into sentences
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  marsad split \"وصل الوفد مساء أمس.وقال د. سامي إن اللقاء مثمر.\"
  marsad split articles.jsonl --json --drop-boilerplate")]
pub(super) struct Options {
    #[command(flatten)]
    input: InputOptions,
    /// Leave out bylines, share buttons, links, dates and other page furniture
    #[arg(long)]
    drop_boilerplate: bool,
    /// Write a JSON object a sentence, with its place in bytes and whether it is boilerplate
    #[arg(long)]
    json: bool,
}

pub(super) fn run(options: &Options) -> anyhow::Result<()> {
    let mut output = Output::plain_stdout();
    for input in options.input.open()? {
        options.input.for_each_document(input, |record, document| {
            let Some(document) = document else {
                return Ok(());
            };
            for (number, sentence) in SentenceSplitter::new().split(&document.text).enumerate() {
                if sentence.boilerplate && options.drop_boilerplate {
                    continue;
                }
                let text = sentence.of(&document.text);
                if options.json {
                    let row = json!({
                        "id": document.id,
                        "record": record,
                        "sentence": number,
                        "start": sentence.start,
                        "end": sentence.end,
                        "boilerplate": sentence.boilerplate,
                        "text": text,
                    });
                    writeln!(output, "{row}")?;
                } else {
                    writeln!(output, "{text}")?;
                }
            }
            Ok(())
        })?;
    }
    output.finish()
}
