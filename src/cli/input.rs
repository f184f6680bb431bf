//! Where texts come from: arguments, files, standard input.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use marsad::archive::{Blocks, Document, DocumentFormat, FieldNames};

use super::evaluate::warn;

/// What to read.
#[derive(Debug, Args)]
pub(super) struct InputOptions {
    /// Files (.txt: a document a line; .jsonl: a record a line), or texts; `-` or nothing for standard input
    ///
    /// A value that names no file is taken as a text if it contains a space.
    #[arg(value_name = "FILE|TEXT")]
    inputs: Vec<String>,
    /// A text, whatever it looks like
    #[arg(short, long = "text", value_name = "TEXT")]
    texts: Vec<String>,
    /// How input holds documents [default: by the name of the file; standard input by its first character]
    #[arg(long, value_enum, value_name = "FORMAT")]
    input_format: Option<InputFormat>,
    /// The field of a JSON record that holds the text
    #[arg(long, value_name = "NAME", default_value = "text")]
    text_field: String,
    /// The field of a JSON record that holds its identifier
    #[arg(long, value_name = "NAME", default_value = "id")]
    id_field: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum InputFormat {
    /// Plain text, a document a line
    Text,
    /// A JSON object a line
    Jsonl,
}

/// One thing to read.
pub(super) struct Input {
    /// How it is called in output and errors.
    pub(super) name: String,
    pub(super) format: DocumentFormat,
    pub(super) reader: Box<dyn Read>,
    /// Its length in bytes, where that is known.
    pub(super) length: Option<u64>,
}

impl InputOptions {
    /// Opens everything that is to be read, in the order it was given; a file that cannot be opened is an error before anything
    /// is read.
    pub(super) fn open(&self) -> anyhow::Result<Vec<Input>> {
        let mut inputs = Vec::new();
        for input in &self.inputs {
            let path = Path::new(input);
            if input == "-" {
                inputs.push(self.standard_input()?);
            } else if path.exists() {
                inputs.push(self.file(path)?);
            } else if input.trim().contains(char::is_whitespace) {
                inputs.push(text_input(input));
            } else {
                bail!("there is no file «{input}»; to pass a text of one word, use --text");
            }
        }
        inputs.extend(self.texts.iter().map(|text| text_input(text)));
        if inputs.is_empty() {
            if io::stdin().is_terminal() {
                bail!(
                    "nothing to read: name a file, give a text in quotes, or pipe something in; see --help"
                );
            }
            inputs.push(self.standard_input()?);
        }
        Ok(inputs)
    }

    fn file(&self, path: &Path) -> anyhow::Result<Input> {
        let name = path.display().to_string();
        if path.is_dir() {
            bail!("{name}: is a folder; name the files in it, for example {name}/*.jsonl");
        }
        let Some(format) = self.input_format.or_else(|| guessed_format(path)) else {
            bail!(
                "{name}: a .txt or .jsonl file is expected, compressed or not; say what it holds with --input-format text or jsonl"
            );
        };
        let file = File::open(path).with_context(|| name.clone())?;
        let length = file
            .metadata()
            .ok()
            .filter(std::fs::Metadata::is_file)
            .map(|metadata| metadata.len());
        let (reader, compressed) =
            decompressed(BufReader::with_capacity(1 << 16, file)).with_context(|| name.clone())?;
        Ok(Input {
            name,
            format: self.document_format(format),
            reader,
            length: length.filter(|_| !compressed),
        })
    }

    fn standard_input(&self) -> anyhow::Result<Input> {
        let (reader, _) = decompressed(BufReader::with_capacity(1 << 16, io::stdin()))
            .context("standard input")?;
        let mut reader = BufReader::with_capacity(1 << 16, reader);
        let format = if let Some(format) = self.input_format {
            format
        } else {
            let start = reader.fill_buf().context("standard input")?;
            let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
            // A line of Arabic news does not begin with a brace, a JSON record does.
            match start.trim_ascii_start().first() {
                Some(b'{') => InputFormat::Jsonl,
                _ => InputFormat::Text,
            }
        };
        Ok(Input {
            name: "stdin".to_owned(),
            format: self.document_format(format),
            reader: Box::new(reader),
            length: None,
        })
    }

    fn document_format(&self, format: InputFormat) -> DocumentFormat {
        match format {
            InputFormat::Text => DocumentFormat::Text,
            InputFormat::Jsonl => DocumentFormat::Jsonl(FieldNames {
                text: self.text_field.clone(),
                id: self.id_field.clone(),
            }),
        }
    }
}

impl Input {
    /// Hands over each document with the number of its line, `None` for an empty line. A record that cannot be read
    /// is named on standard error and skipped.
    pub(super) fn for_each_document(
        self,
        mut sink: impl FnMut(u64, Option<Document>) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        for block in Blocks::new(self.reader) {
            for (line, bytes) in block?.lines() {
                match self.format.read(bytes) {
                    Ok(document) => sink(line, document)?,
                    Err(message) => warn(&format!("skipped {}:{line}: {message}", self.name)),
                }
            }
        }
        Ok(())
    }
}

/// What a file holds by its name, `.gz` or `.zst` left aside.
fn guessed_format(path: &Path) -> Option<InputFormat> {
    let name = path.file_name()?.to_str()?;
    let name = name
        .strip_suffix(".gz")
        .or_else(|| name.strip_suffix(".zst"))
        .unwrap_or(name);
    match Path::new(name).extension()?.to_str()? {
        "jsonl" | "ndjson" => Some(InputFormat::Jsonl),
        "txt" | "text" => Some(InputFormat::Text),
        _ => None,
    }
}

/// The bytes of `reader`, unpacked if they begin as gzip or zstd does, and whether they did. Packed files that follow one another
/// are unpacked one after the other.
fn decompressed(mut reader: impl BufRead + 'static) -> io::Result<(Box<dyn Read>, bool)> {
    const GZIP: &[u8] = b"\x1F\x8B";
    const ZSTD: &[u8] = b"\x28\xB5\x2F\xFD";
    let start = reader.fill_buf()?;
    Ok(if start.starts_with(GZIP) {
        (Box::new(flate2::bufread::MultiGzDecoder::new(reader)), true)
    } else if start.starts_with(ZSTD) {
        (Box::new(zstd::Decoder::with_buffer(reader)?), true)
    } else {
        (Box::new(reader), false)
    })
}

/// A text is one document, line breaks or not.
fn text_input(text: &str) -> Input {
    let line: String = text.split(['\n', '\r']).collect::<Vec<_>>().join(" ");
    Input {
        name: "text".to_owned(),
        format: DocumentFormat::Text,
        length: Some(line.len() as u64),
        reader: Box::new(io::Cursor::new(line)),
    }
}

/// The model named by `--model`, or the embedded one.
pub(super) fn load_model(directory: Option<&PathBuf>) -> anyhow::Result<marsad::Classifier> {
    Ok(match directory {
        Some(path) => marsad::model::ModelFiles::read(path)?.classifier(path)?,
        None => marsad::Classifier::embedded()?,
    })
}
