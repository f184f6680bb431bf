//! Rows for programs.

use super::row::{Row, RowFormat};

/// One JSON object a row.
#[derive(Debug)]
pub struct JsonlRows<'a> {
    /// The label names, in the order of the classes.
    pub labels: &'a [String],
}

/// Comma-separated values with a header (RFC 4180).
#[derive(Debug)]
pub struct CsvRows<'a> {
    /// The label names, in the order of the classes.
    pub labels: &'a [String],
}

impl RowFormat for JsonlRows<'_> {
    fn header(&self, _: &mut Vec<u8>) {}

    fn row(&self, row: &Row, out: &mut Vec<u8>) {
        out.extend(b"{\"source\":");
        json_string(row.source, out);
        push(out, format_args!(",\"line\":{}", row.line));
        if let Some(id) = row.id {
            out.extend(b",\"id\":");
            json_string(id, out);
        }
        if let Some(place) = row.place {
            push(
                out,
                format_args!(
                    ",\"sentence\":{},\"start\":{},\"end\":{}",
                    place.sentence, place.start, place.end
                ),
            );
        }
        out.extend(b",\"text\":");
        json_string(row.text, out);
        out.extend(b",\"label\":");
        json_string(&self.labels[row.prediction.class()], out);
        push(
            out,
            format_args!(
                ",\"confidence\":{:.4},\"probabilities\":{{",
                row.prediction.confidence()
            ),
        );
        for (class, (label, probability)) in self
            .labels
            .iter()
            .zip(row.prediction.probabilities)
            .enumerate()
        {
            if class > 0 {
                out.push(b',');
            }
            json_string(label, out);
            push(out, format_args!(":{probability:.4}"));
        }
        out.extend(b"}}\n");
    }
}

impl RowFormat for CsvRows<'_> {
    fn header(&self, out: &mut Vec<u8>) {
        out.extend(b"source,line,id,sentence,start,end,text,label,confidence");
        for label in self.labels {
            out.push(b',');
            csv_field(label, out);
        }
        out.push(b'\n');
    }

    fn row(&self, row: &Row, out: &mut Vec<u8>) {
        csv_field(row.source, out);
        push(out, format_args!(",{},", row.line));
        csv_field(row.id.unwrap_or_default(), out);
        match row.place {
            Some(place) => push(
                out,
                format_args!(",{},{},{},", place.sentence, place.start, place.end),
            ),
            None => out.extend(b",,,,"),
        }
        csv_field(row.text, out);
        out.push(b',');
        csv_field(&self.labels[row.prediction.class()], out);
        push(out, format_args!(",{:.4}", row.prediction.confidence()));
        for probability in row.prediction.probabilities {
            push(out, format_args!(",{probability:.4}"));
        }
        out.push(b'\n');
    }
}

fn push(out: &mut Vec<u8>, text: std::fmt::Arguments) {
    use std::io::Write;
    // Writing to a vector cannot fail.
    let _ = out.write_fmt(text);
}

fn json_string(text: &str, out: &mut Vec<u8>) {
    // Writing to a vector cannot fail.
    let _ = serde_json::to_writer(out, text);
}

fn csv_field(text: &str, out: &mut Vec<u8>) {
    if text
        .bytes()
        .any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r'))
    {
        out.push(b'"');
        out.extend(text.replace('"', "\"\"").bytes());
        out.push(b'"');
    } else {
        out.extend(text.bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::super::row::Place;
    use super::*;
    use crate::model::Prediction;

    #[test]
    fn rows_are_read_back_by_the_libraries_of_their_formats() {
        let labels = ["attack, or".to_owned(), "b".to_owned()];
        let row = Row {
            source: "a.jsonl",
            line: 3,
            id: Some("d\"1"),
            place: Some(Place {
                sentence: 2,
                start: 10,
                end: 30,
            }),
            text: "قال، \"نعم\"\nو,لا",
            prediction: Prediction {
                probabilities: &[0.25, 0.75],
                margins: &[0.0, 1.0],
            },
        };
        let mut out = Vec::new();
        JsonlRows { labels: &labels }.row(&row, &mut out);
        let json: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert_eq!(json["text"], row.text);
        assert_eq!(json["label"], "b");
        assert_eq!(json["probabilities"]["attack, or"], 0.25);
        assert_eq!(json["end"], 30);

        let mut out = Vec::new();
        let csv_rows = CsvRows { labels: &labels };
        csv_rows.header(&mut out);
        csv_rows.row(&row, &mut out);
        let mut reader = csv::Reader::from_reader(out.as_slice());
        assert_eq!(reader.headers().unwrap().iter().next_back(), Some("b"));
        let record = reader.records().next().unwrap().unwrap();
        assert_eq!(
            (&record[2], &record[6], &record[9]),
            ("d\"1", row.text, "0.2500")
        );
    }
}
