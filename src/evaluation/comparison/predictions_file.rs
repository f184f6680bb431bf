//! Predictions that another tool has written.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use super::prediction_record::{PredictionRecord as Record, listed, match_records};
use super::{PredictionSource, Predictions};
use crate::Error;
use crate::checksum::sha256;
use crate::training::LabelledSentence;

/// Probabilities may be rounded.
const TOLERANCE: f64 = 0.02;

impl Predictions {
    /// Reads JSONL (`.jsonl`, `.ndjson`), CSV or TSV with `id` or `text`, `prediction` or else `label`, and probabilities if there
    /// are any: in JSONL an object `probabilities` of a number for each label, in CSV and TSV a column for each label of
    /// `sentences`, called as the label or `probability_LABEL`. That is what `marsad classify` writes, too. An empty or missing
    /// label is no answer.
    ///
    /// Records are matched to `sentences` by their identifiers, or by their texts where either has none.
    ///
    /// # Errors
    ///
    /// [`Error::Io`]; [`Error::Data`] when a record cannot be read, contradicts another, or belongs to no sentence, or when a
    /// sentence has no prediction. It names them.
    pub fn read(path: &Path, sentences: &[LabelledSentence]) -> Result<Self, Error> {
        let bytes = std::fs::read(path).map_err(|e| Error::io(path, e))?;
        let checksum = sha256(&bytes);
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
        let known: BTreeSet<&str> = sentences.iter().map(|s| s.label.as_str()).collect();
        let refused = |message: String| Error::Data(format!("{}: {message}", path.display()));
        let ending = path.extension().and_then(|ending| ending.to_str());
        let records = match ending {
            Some("jsonl" | "ndjson") => read_jsonl(bytes),
            Some("csv") => read_delimited(bytes, b',', &known).map_err(refused)?,
            Some("tsv") => read_delimited(bytes, b'\t', &known).map_err(refused)?,
            _ => {
                return Err(refused(
                    "predictions are read from .jsonl, .csv or .tsv files; a model is a folder"
                        .to_owned(),
                ));
            }
        };
        let (records, broken): (Vec<_>, Vec<_>) = records.into_iter().partition(Result::is_ok);
        let broken: Vec<String> = broken.into_iter().filter_map(Result::err).collect();
        if !broken.is_empty() {
            return Err(refused(listed("records cannot be used", &broken)));
        }
        let records: Vec<Record> = records.into_iter().flatten().collect();
        let matched = match_records(&records, sentences).map_err(refused)?;
        let labels = matched.iter().map(|record| record.label.clone()).collect();
        let truth_probability = matched
            .iter()
            .zip(sentences)
            .map(|(record, sentence)| {
                let probabilities = record.probabilities.as_ref()?;
                Some(probabilities.get(&sentence.label).copied().unwrap_or(0.0))
            })
            .collect();
        Ok(Self {
            name: path.display().to_string(),
            source: PredictionSource::File,
            sha256: checksum,
            labels,
            truth_probability,
        })
    }
}

fn read_jsonl(bytes: &[u8]) -> Vec<Result<Record, String>> {
    let lines = (1..).zip(bytes.split(|&byte| byte == b'\n'));
    lines
        .filter(|(_, line)| !line.trim_ascii().is_empty())
        .map(|(line, json)| {
            let at = |message: String| format!("line {line} ({message})");
            let object: serde_json::Map<String, Value> =
                serde_json::from_slice(json).map_err(|e| at(e.to_string()))?;
            let field = |name: &str| match object.get(name) {
                Some(Value::String(text)) => Some(text.trim().to_owned()),
                Some(Value::Number(number)) => Some(number.to_string()),
                _ => None,
            };
            let label = match object.contains_key("prediction") {
                true => field("prediction"),
                false => field("label"),
            };
            let probabilities = match object.get("probabilities") {
                None | Some(Value::Null) => None,
                Some(Value::Object(shares)) => {
                    let number = |(label, share): (&String, &Value)| {
                        let share = share.as_f64().ok_or_else(|| {
                            at(format!("the probability of «{label}» is no number"))
                        })?;
                        Ok((label.clone(), share))
                    };
                    Some(shares.iter().map(number).collect::<Result<_, String>>()?)
                }
                Some(_) => {
                    return Err(at(
                        "«probabilities» must be an object of a number for each label".to_owned(),
                    ));
                }
            };
            checked(Record {
                line,
                id: field("id"),
                text: field("text"),
                label,
                probabilities,
            })
        })
        .collect()
}

fn read_delimited(
    bytes: &[u8],
    delimiter: u8,
    labels: &BTreeSet<&str>,
) -> Result<Vec<Result<Record, String>>, String> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .quoting(delimiter != b'\t')
        .from_reader(bytes);
    let header = reader.headers().map_err(|e| e.to_string())?.clone();
    let column = |name: &str| {
        header
            .iter()
            .position(|field| field.trim().eq_ignore_ascii_case(name))
    };
    let (id, text) = (column("id"), column("text"));
    let Some(label) = column("prediction").or_else(|| column("label")) else {
        let found = header.iter().collect::<Vec<_>>().join(", ");
        return Err(format!(
            "the first line must name the columns, «prediction» or «label» among them; it has: {found}"
        ));
    };
    let probability_columns: Vec<(&str, usize)> = labels
        .iter()
        .filter_map(|name| {
            let place = column(name).or_else(|| column(&format!("probability_{name}")))?;
            Some((*name, place))
        })
        .collect();
    // A column for some labels only may hold anything.
    let has_probabilities = probability_columns.len() == labels.len();
    let records = reader.records().enumerate().map(|(index, record)| {
        // Where a text holds a line break, the reader's own count is the better one.
        let line_of = |position: Option<&csv::Position>| {
            position.map_or(index as u64 + 2, csv::Position::line)
        };
        let record = record.map_err(|e| format!("line {} ({e})", line_of(e.position())))?;
        let line = line_of(record.position());
        let cell = |column: Option<usize>| {
            let value = record.get(column?)?.trim();
            (!value.is_empty()).then(|| value.to_owned())
        };
        let number = |&(label, column): &(&str, usize)| {
            let value = cell(Some(column)).and_then(|value| value.parse::<f64>().ok());
            let share = value.ok_or_else(|| {
                format!("line {line} (the probability of «{label}» is no number)")
            })?;
            Ok((label.to_owned(), share))
        };
        let numbers = probability_columns.iter().map(number);
        let probabilities = has_probabilities
            .then(|| numbers.collect::<Result<_, String>>())
            .transpose()?;
        checked(Record {
            line,
            id: cell(id),
            text: cell(text),
            label: cell(Some(label)),
            probabilities,
        })
    });
    Ok(records.collect())
}

fn checked(mut record: Record) -> Result<Record, String> {
    let line = record.line;
    record.label = record.label.filter(|label| !label.is_empty());
    if record.id.is_none() && record.text.as_deref().is_none_or(str::is_empty) {
        return Err(format!("line {line} (has neither «id» nor «text»)"));
    }
    if let Some(probabilities) = &record.probabilities {
        let range = 0.0..=1.0;
        if let Some((label, share)) = probabilities.iter().find(|(_, p)| !range.contains(*p)) {
            return Err(format!(
                "line {line} (the probability of «{label}» must be 0 to 1, got {share})"
            ));
        }
        let sum: f64 = probabilities.values().sum();
        if sum > 1.0 + TOLERANCE {
            return Err(format!(
                "line {line} (the probabilities sum to {sum:.3}, they must sum to 1)"
            ));
        }
    }
    Ok(record)
}
