//! How texts are read.

use clap::Args;
use marsad::archive::{Encoding, FieldNames, ReadOptions, RecordFormat};
use serde_json::{Map, Value, json};

use super::input::size;

/// How to read files, folders and patterns. A command puts them under a heading of its own.
#[derive(Debug, Args)]
pub(super) struct ReadingOptions {
    /// How input holds documents [default: by the names of files and by their content]
    #[arg(long, value_enum, value_name = "FORMAT")]
    input_format: Option<InputFormat>,
    /// The field that holds the text; several are joined [default: text, body or content]
    #[arg(long, value_name = "NAME")]
    text_field: Vec<String>,
    /// The field that holds the identifier [default: id]
    #[arg(long, value_name = "NAME")]
    id_field: Option<String>,
    /// The field that holds the date [default: date, published or timestamp]
    #[arg(long, value_name = "NAME")]
    date_field: Option<String>,
    /// The encoding of text without byte order mark, such as windows-1256 [default: by its content]
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<Encoding>,
    /// The largest record; a larger one is passed over [bytes, or with K, M or G]
    #[arg(long, value_name = "SIZE", default_value = "64M", value_parser = size)]
    max_record: usize,
    /// How many times its size a packed file may unpack to, beyond 64 MiB
    #[arg(long, value_name = "N", default_value_t = marsad::archive::MAX_RATIO, value_parser = clap::value_parser!(u64).range(1..))]
    max_ratio: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum InputFormat {
    /// Plain text, a document a line
    Text,
    /// Plain text, a document a file
    TextFile,
    /// A JSON object a line
    Jsonl,
    /// Comma-separated values with a header
    Csv,
    /// Tab-separated values with a header
    Tsv,
    /// A web archive
    Warc,
    /// Apache Parquet
    Parquet,
}

impl From<InputFormat> for RecordFormat {
    fn from(format: InputFormat) -> Self {
        match format {
            InputFormat::Text => Self::Text,
            InputFormat::TextFile => Self::TextFile,
            InputFormat::Jsonl => Self::Jsonl,
            InputFormat::Csv => Self::Csv,
            InputFormat::Tsv => Self::Tsv,
            InputFormat::Warc => Self::Warc,
            InputFormat::Parquet => Self::Parquet,
        }
    }
}

fn encoding(label: &str) -> Result<Encoding, String> {
    Encoding::named(label).ok_or_else(|| {
        "is no encoding of the web standard; try utf-8, utf-16le, windows-1256 or iso-8859-6"
            .to_owned()
    })
}

impl ReadingOptions {
    /// How inputs are read; no fields are carried.
    pub(super) fn read_options(&self) -> ReadOptions {
        ReadOptions {
            format: self.input_format.map(RecordFormat::from),
            fields: FieldNames {
                text: self.text_field.clone(),
                id: self.id_field.clone(),
                date: self.date_field.clone(),
                ..FieldNames::default()
            },
            encoding: self.encoding,
            max_record: self.max_record,
            max_ratio: self.max_ratio,
            ..ReadOptions::default()
        }
    }

    /// What the documents that are read depend on, beside the files.
    pub(super) fn settings(&self) -> Map<String, Value> {
        let settings = json!({
            "input_format": self.input_format.map(|format| format!("{format:?}")),
            "text_field": self.text_field,
            "id_field": self.id_field,
            "date_field": self.date_field,
            "encoding": self.encoding.map(|encoding| format!("{encoding:?}")),
            "max_record": self.max_record,
            "max_ratio": self.max_ratio,
        });
        settings.as_object().cloned().unwrap_or_default()
    }
}
