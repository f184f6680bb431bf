//! Where texts come from: arguments, files, folders, standard input.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args;
use marsad::archive::{Blocks, Carry, Document, Input, Origin, ReadOptions};

use marsad::model::ModelFiles;

use super::evaluate::warn;
use super::input_files;
use super::reading_options::ReadingOptions;

/// What to read.
#[derive(Debug, Args)]
pub(super) struct InputOptions {
    /// Files, folders, patterns such as 'news/**/*.jsonl', or texts; `-` or nothing for standard input
    ///
    /// Files: .txt (a document a line), .jsonl, .csv, .tsv, .warc, .wet, .parquet, each also packed by gzip, zstd, bzip2 or xz.
    /// Folders are read with all that is in them, in the order of the names. A value that names no file is taken as a text
    /// if it contains a space.
    #[arg(value_name = "FILE|FOLDER|TEXT")]
    inputs: Vec<String>,
    /// A text, whatever it looks like
    #[arg(short, long = "text", value_name = "TEXT")]
    texts: Vec<String>,
    #[command(flatten, next_help_heading = INPUT)]
    reading: ReadingOptions,
    /// A field to carry through to the output; may be given several times
    #[arg(long, value_name = "NAME", help_heading = INPUT)]
    carry: Vec<String>,
    /// Carry all other fields through to the output
    #[arg(long, conflicts_with = "carry", help_heading = INPUT)]
    carry_all: bool,
}

/// The heading of what says how to read.
pub(super) const INPUT: &str = "Input";

/// A number of bytes, with K, M or G for binary thousands, millions and milliards.
pub(super) fn size(value: &str) -> Result<usize, String> {
    let (number, shift) = match value.char_indices().last() {
        Some((at, 'k' | 'K')) => (&value[..at], 10),
        Some((at, 'm' | 'M')) => (&value[..at], 20),
        Some((at, 'g' | 'G')) => (&value[..at], 30),
        _ => (value, 0),
    };
    number
        .parse::<usize>()
        .ok()
        .and_then(|number| number.checked_mul(1 << shift))
        .filter(|&size| size > 0)
        .ok_or_else(|| "must be a number of bytes above 0, such as 500000, 64M or 1G".to_owned())
}

impl InputOptions {
    /// How inputs are read.
    pub(super) fn read_options(&self) -> ReadOptions {
        let carry = if self.carry_all {
            Carry::All
        } else if self.carry.is_empty() {
            Carry::None
        } else {
            Carry::Named(self.carry.clone())
        };
        let mut options = self.reading.read_options();
        options.fields.carry = carry;
        options
    }

    /// Finds everything that is to be read, in the order it was given; a named file that cannot be read is an error before anything
    /// is read, one that was found in a folder is named on standard error and left out.
    pub(super) fn open(&self) -> anyhow::Result<Vec<Input>> {
        Ok(readable(self.open_all()?))
    }

    /// The same with what was found in folders and cannot be read.
    pub(super) fn open_all(&self) -> anyhow::Result<Vec<Input>> {
        let options = self.read_options();
        let mut inputs = Vec::new();
        for input in &self.inputs {
            if input == "-" {
                inputs.push(Input::standard_input());
            } else if !Path::new(input).exists() && input.trim().contains(char::is_whitespace) {
                inputs.push(Input::text(input));
            } else {
                inputs.extend(find_all(input, &options)?);
            }
        }
        inputs.extend(self.texts.iter().map(Input::text));
        if inputs.is_empty() {
            if io::stdin().is_terminal() {
                bail!(
                    "nothing to read: name a file, give a text in quotes, or pipe something in; see --help"
                );
            }
            inputs.push(Input::standard_input());
        }
        Ok(inputs)
    }

    /// The fields that are carried through by name, and whether all are.
    pub(super) fn carried(&self) -> (&[String], bool) {
        (&self.carry, self.carry_all)
    }

    /// What the documents that are read depend on, beside the files.
    pub(super) fn settings(&self) -> serde_json::Map<String, serde_json::Value> {
        let mut settings = self.reading.settings();
        settings.insert("carry".to_owned(), serde_json::json!(self.carry));
        settings.insert("carry_all".to_owned(), serde_json::json!(self.carry_all));
        settings
    }

    /// Opens an input.
    pub(super) fn blocks(&self, input: Input) -> anyhow::Result<Blocks> {
        Ok(Blocks::open(input, &self.read_options(), None)?)
    }

    /// Hands over each document with the number of its record, `None` for an empty line. A record that cannot be read is named on
    /// standard error and skipped.
    pub(super) fn for_each_document(
        &self,
        input: Input,
        mut sink: impl FnMut(u64, Option<Document>) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        for block in self.blocks(input)? {
            let mut failed = Ok(());
            block?.read(|record, result| match result {
                _ if failed.is_err() => {}
                Ok(document) => failed = sink(record, document),
                Err(rejection) => warn(&format!("skipped {rejection}")),
            });
            failed?;
        }
        Ok(())
    }
}

/// What the name of a file, a folder or a pattern stands for. What was found and cannot be read is named on standard error.
pub(super) fn find(name: &str, options: &ReadOptions) -> anyhow::Result<Vec<Input>> {
    Ok(readable(find_all(name, options)?))
}

/// The same with what was found and cannot be read; something of it can.
fn find_all(name: &str, options: &ReadOptions) -> anyhow::Result<Vec<Input>> {
    let path = Path::new(name);
    let inputs = if path.is_dir() {
        input_files::in_folder(path, options)?
    } else if path.exists() {
        vec![input_files::named(path, options)?]
    } else if name.contains(['*', '?', '[']) {
        input_files::matching(name, options)?
    } else {
        bail!("there is no file «{name}»; to pass a text of one word, use --text");
    };
    if inputs.is_empty() {
        bail!("{name}: there are no files there");
    }
    if inputs.iter().all(|input| reason_against(input).is_some()) {
        readable(inputs);
        bail!(
            "{name}: holds no file that can be read as text; say what the files hold with --input-format"
        );
    }
    Ok(inputs)
}

/// Why an input cannot be read, if that is known.
pub(super) fn reason_against(input: &Input) -> Option<&str> {
    match &input.origin {
        Origin::Unreadable(reason) => Some(reason),
        _ => None,
    }
}

/// The inputs that can be read; the others are named on standard error.
fn readable(mut inputs: Vec<Input>) -> Vec<Input> {
    inputs.retain(|input| {
        let reason = reason_against(input);
        if let Some(reason) = reason {
            warn(&format!("left out {}: {reason}", input.name));
        }
        reason.is_none()
    });
    inputs
}

/// The model named by `--model`, or the embedded one.
pub(super) fn load_model(directory: Option<&PathBuf>) -> anyhow::Result<marsad::Classifier> {
    Ok(model_with_checksum(directory)?.0)
}

/// The same with the checksum of its weights.
pub(super) fn model_with_checksum(
    directory: Option<&PathBuf>,
) -> anyhow::Result<(marsad::Classifier, String)> {
    let embedded = PathBuf::from("the embedded model");
    let (files, origin) = match directory {
        Some(path) => (ModelFiles::read(path)?, path),
        None => (ModelFiles::embedded(), &embedded),
    };
    Ok((files.classifier(origin)?, files.checksum()))
}
