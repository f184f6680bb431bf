//! What rows hold and how they are written.

use std::path::{Path, PathBuf};

use clap::Args;
use marsad::archive::{DelimitedRows, Fields, JsonlRows, RowFormat, RowShape, Unit};

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
    /// Of a sentence: source, record, id, date, sentence, start, end, text, label, confidence, probabilities, duplicate. Of a
    /// document: source, record, id, date, sentences, counts, strongest. [default: all that are known]
    #[arg(long, value_name = "FIELDS")]
    fields: Option<String>,
    /// Leave out the texts of sentences; their spans tell where they are
    #[arg(long, conflicts_with = "fields")]
    no_text: bool,
    /// Leave out the first line of CSV and TSV, which names the columns
    #[arg(long)]
    no_header: bool,
    /// What a row stands for: a document's row counts the labels of its sentences and holds the strongest of each
    #[arg(long, value_enum, value_name = "UNIT", default_value = "sentence")]
    per: Per,
    /// Where to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// Aligned and coloured, for people
    Table,
    /// A JSON object a line
    Jsonl,
    /// Comma-separated values with a header
    Csv,
    /// Tab-separated values with a header; tab, line feed, carriage return and backslash within a value are written \t, \n, \r, \\
    Tsv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Per {
    /// A sentence, or without --split a document that is tagged whole
    Sentence,
    /// A document that is split into sentences
    Document,
}

impl RowOptions {
    /// Where to write; `None` for standard output.
    pub(super) fn output(&self) -> Option<&Path> {
        self.output.as_deref()
    }

    /// What a row stands for.
    pub(super) fn unit(&self) -> Unit {
        match self.per {
            Per::Sentence => Unit::Sentence,
            Per::Document => Unit::Document,
        }
    }

    /// The format asked for, or the one that suits the output.
    pub(super) fn format(&self) -> Format {
        let by_name = || match self.output()?.extension()?.to_str()? {
            "csv" => Some(Format::Csv),
            "tsv" => Some(Format::Tsv),
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
    ) -> Result<Box<dyn RowFormat + 'a>, marsad::Error> {
        let fields = match &self.fields {
            Some(list) => Fields::parse(list, shape)?,
            None if self.no_text => Fields::standard(shape).without_text(),
            None => Fields::standard(shape),
        };
        Ok(match self.format() {
            Format::Table => Box::new(TableRows::new(labels, shape.unit, terminal::width())),
            Format::Jsonl => Box::new(JsonlRows::new(labels, &fields)),
            Format::Csv => Box::new(DelimitedRows::csv(labels, &fields)),
            Format::Tsv => Box::new(DelimitedRows::tsv(labels, &fields)),
        })
    }

    /// What stands before all rows.
    pub(super) fn header(&self, rows: &dyn RowFormat) -> Vec<u8> {
        let mut header = Vec::new();
        if !self.no_header {
            rows.header(&mut header);
        }
        header
    }
}
