//! What rows hold and how they are written.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args;
#[cfg(feature = "parquet")]
use marsad::archive::ParquetRows;
use marsad::archive::{
    DelimitedRows, Fields, JsonlRows, Packing, RowFormat, RowShape, RowWriter, Unit,
};

use super::output::Output;
use super::table_rows::TableRows;
use super::terminal;

/// How to write rows.
#[derive(Debug, Args)]
pub(super) struct RowOptions {
    /// How to write [default: table on a terminal; by the ending of the output's name; jsonl elsewhere]
    #[arg(short, long, value_enum)]
    format: Option<Format>,
    /// The fields of a row and their order, with commas between them
    ///
    /// Of a sentence: source, record, id, date, sentence, start, end, text, label, confidence, probabilities and, with
    /// --dedup mark, duplicate. Of a document: source, record, id, date, sentences, counts, strongest. [default: all that are known]
    #[arg(long, value_name = "FIELDS")]
    fields: Option<String>,
    /// Leave out the texts of sentences; their spans tell where they are
    #[arg(long, conflicts_with = "fields")]
    no_text: bool,
    /// Leave out the first line of CSV and TSV, which names the columns
    #[arg(long)]
    no_header: bool,
    /// How to pack the output [default: by the ending of its name, .gz or .zst]
    #[arg(long, value_enum, value_name = "PACKING")]
    compress: Option<Compress>,
    /// What a row stands for: a document's row counts the labels of its sentences and holds the strongest of each
    #[arg(long, value_enum, value_name = "UNIT", default_value = "sentence")]
    per: Per,
    /// Where to write: a file, or a folder (its name ends in /) for shards and a run that can be resumed [default: standard output]
    #[arg(short, long, value_name = "FILE|FOLDER/")]
    output: Option<PathBuf>,
    /// Replace the output file or run if it exists
    #[arg(long)]
    overwrite: bool,
}

/// The path of the directory of a run.
fn is_directory(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().as_encoded_bytes().ends_with(b"/")
}

/// Rows in the format asked for.
pub(super) enum Rows<'a> {
    Text(Box<dyn RowFormat + 'a>),
    #[cfg(feature = "parquet")]
    Parquet(ParquetRows),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Aligned and coloured, for people
    Table,
    /// A JSON object a line
    Jsonl,
    /// Comma-separated values with a header
    Csv,
    /// Tab-separated values with a header; tab, line feed, carriage return and backslash within a value are written \t, \n, \r, \\
    Tsv,
    /// Typed columns, packed; needs a program built with the feature `parquet`
    Parquet,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Compress {
    None,
    Gzip,
    Zstd,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Per {
    /// A sentence, or without --split a document that is tagged whole
    Sentence,
    /// A document that is split into sentences
    Document,
}

impl RowOptions {
    /// What a row stands for.
    pub(super) fn unit(&self) -> Unit {
        match self.per {
            Per::Sentence => Unit::Sentence,
            Per::Document => Unit::Document,
        }
    }

    /// The format asked for, or the one that suits the output.
    fn format(&self) -> Format {
        let name = self.output.as_deref().map(Packing::unpacked_name);
        let by_name = || match name?.extension()?.to_str()? {
            "csv" => Some(Format::Csv),
            "tsv" => Some(Format::Tsv),
            "parquet" => Some(Format::Parquet),
            _ => None,
        };
        self.format.unwrap_or_else(|| match &self.output {
            None if terminal::is_terminal() => Format::Table,
            _ => by_name().unwrap_or(Format::Jsonl),
        })
    }

    /// The rows of `shape` in the format.
    pub(super) fn rows<'a>(
        &self,
        labels: &'a [String],
        shape: &RowShape,
    ) -> anyhow::Result<Rows<'a>> {
        let fields = match &self.fields {
            Some(list) => Fields::parse(list, shape)?,
            None if self.no_text => Fields::standard(shape).without_text(),
            None => Fields::standard(shape),
        };
        Ok(Rows::Text(match self.format() {
            Format::Table => Box::new(TableRows::new(labels, shape, terminal::width())),
            Format::Jsonl => Box::new(JsonlRows::new(labels, &fields)),
            Format::Csv => Box::new(DelimitedRows::csv(labels, &fields)),
            Format::Tsv => Box::new(DelimitedRows::tsv(labels, &fields)),
            #[cfg(feature = "parquet")]
            Format::Parquet => return Ok(Rows::Parquet(ParquetRows::new(labels, &fields))),
            #[cfg(not(feature = "parquet"))]
            Format::Parquet => bail!(
                "this marsad was built without Parquet; build it with `cargo install --features parquet`, or write csv or jsonl"
            ),
        }))
    }

    /// The directory that a run writes its shards to, if the output is one.
    pub(super) fn directory(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| is_directory(path))
    }

    /// Whether what is there may be replaced.
    pub(super) fn overwrite(&self) -> bool {
        self.overwrite
    }

    /// The ending of the names of shards.
    pub(super) fn ending(&self) -> anyhow::Result<String> {
        let format = match self.format() {
            Format::Table => {
                bail!("a table is for the eye; a folder takes --format jsonl, csv, tsv or parquet")
            }
            Format::Jsonl => "jsonl",
            Format::Csv => "csv",
            Format::Tsv => "tsv",
            Format::Parquet => "parquet",
        };
        Ok(match self.packing()? {
            Packing::None => format.to_owned(),
            Packing::Gzip => format!("{format}.gz"),
            Packing::Zstd => format!("{format}.zst"),
        })
    }

    /// What the bytes of an output depend on.
    pub(super) fn settings(&self) -> serde_json::Map<String, serde_json::Value> {
        let settings = serde_json::json!({
            "format": format!("{:?}", self.format()),
            "fields": self.fields,
            "no_text": self.no_text,
            "no_header": self.no_header,
            "compress": format!("{:?}", self.compress),
            "per": format!("{:?}", self.per),
        });
        settings.as_object().cloned().unwrap_or_default()
    }

    /// Opens the output for `rows` by the model of the checksum `model`.
    pub(super) fn open(&self, rows: &Rows, model: &str) -> anyhow::Result<RowWriter<Output>> {
        let output = match (&self.output, self.format()) {
            (Some(path), _) => Output::file(path, self.overwrite)?,
            (None, Format::Table) => Output::stdout(),
            (None, _) => Output::plain_stdout(),
        };
        self.writer(rows, model, output)
    }

    /// Writes `rows` by the model of the checksum `model` into `output`; of the formats Parquet has a place for it.
    #[cfg_attr(not(feature = "parquet"), expect(unused_variables))]
    pub(super) fn writer<W: Write + Send>(
        &self,
        rows: &Rows,
        model: &str,
        output: W,
    ) -> anyhow::Result<RowWriter<W>> {
        let packing = self.packing()?;
        Ok(match rows {
            Rows::Text(rows) => {
                let mut header = Vec::new();
                if !self.no_header {
                    rows.header(&mut header);
                }
                RowWriter::lines(packing, &header, output)?
            }
            #[cfg(feature = "parquet")]
            Rows::Parquet(rows) => {
                let metadata = [
                    ("marsad.version", env!("CARGO_PKG_VERSION")),
                    ("marsad.model", model),
                ];
                RowWriter::parquet(rows, &metadata, output)?
            }
        })
    }

    fn packing(&self) -> anyhow::Result<Packing> {
        let by_name = || {
            self.output
                .as_deref()
                .map_or(Packing::None, Packing::of_name)
        };
        let packing = match self.compress {
            None => by_name(),
            Some(Compress::None) => Packing::None,
            Some(Compress::Gzip) => Packing::Gzip,
            Some(Compress::Zstd) => Packing::Zstd,
        };
        if self.format() == Format::Parquet && packing != Packing::None {
            bail!(
                "a Parquet file is packed within; leave out --compress and the ending .gz or .zst"
            );
        }
        Ok(packing)
    }
}

impl Rows<'_> {
    pub(super) fn format(&self) -> &dyn RowFormat {
        match self {
            Self::Text(rows) => rows.as_ref(),
            #[cfg(feature = "parquet")]
            Self::Parquet(rows) => rows,
        }
    }
}
