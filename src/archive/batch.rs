//! Documents in, classified sentences out, on every core and in order.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::Mutex;

use rayon::prelude::*;

use super::blocks::numbered_lines;
use super::document_tally::DocumentTally;
use super::{Block, Blocks, Document, DocumentFormat, DocumentRow, Place, Row, RowFormat, Unit};
use crate::Error;
use crate::model::{Classifier, Prediction, Scratch};
use crate::text::SentenceSplitter;

/// Bytes of a block that one thread takes at a time.
const PART: usize = 32 << 10;

/// What is classified and what is written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BatchOptions {
    /// What a row stands for; rows of documents count sentences, whatever `split` says.
    pub unit: Unit,
    /// Split documents into sentences; otherwise each is classified whole.
    pub split: bool,
    /// With `split`: leave out page furniture.
    pub drop_boilerplate: bool,
    /// Leave out sentences with a lower confidence, 0 to 1.
    pub min_confidence: f32,
}

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Documents read.
    pub documents: u64,
    /// Sentences classified and kept, by class: so many rows, where a row is a sentence.
    pub rows: Vec<u64>,
    /// Units left out as page furniture.
    pub boilerplate: u64,
    /// Sentences left out for their low confidence.
    pub unsure: u64,
    /// Records that could not be read.
    pub rejected: u64,
}

impl Tally {
    /// Adds the counts of another run with the same labels.
    pub fn add(&mut self, other: &Self) {
        self.documents += other.documents;
        self.boilerplate += other.boilerplate;
        self.unsure += other.unsure;
        self.rejected += other.rejected;
        self.rows.resize(self.rows.len().max(other.rows.len()), 0);
        for (total, n) in self.rows.iter_mut().zip(&other.rows) {
            *total += n;
        }
    }
}

/// Classifies inputs with one model into one output.
pub struct Batch<'a> {
    classifier: &'a Classifier,
    options: BatchOptions,
    format: &'a dyn RowFormat,
    /// Scratches not in use: their buffers and memories outlive the blocks.
    scratches: Mutex<Vec<Scratch>>,
}

/// What one thread made of its part of a block.
#[derive(Default)]
struct Part {
    out: Vec<u8>,
    tally: Tally,
    errors: Vec<Error>,
}

impl<'a> Batch<'a> {
    /// A batch that writes rows in `format`.
    #[must_use]
    pub fn new(
        classifier: &'a Classifier,
        options: BatchOptions,
        format: &'a dyn RowFormat,
    ) -> Self {
        Self {
            classifier,
            options,
            format,
            scratches: Mutex::new(Vec::new()),
        }
    }

    /// Classifies the documents of `input`, one a line, and writes their rows to `output` in the order of
    /// the input, whatever the number of threads. `source` names the input in rows and errors. Each
    /// record that cannot be read goes to `rejected`, which may end the run; `progress` hears how
    /// many bytes were read.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] from `input` or `output`, or whatever `rejected` returns.
    pub fn run(
        &self,
        source: &str,
        input: impl Read,
        document_format: &DocumentFormat,
        output: &mut dyn Write,
        rejected: &mut dyn FnMut(Error) -> Result<(), Error>,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Tally, Error> {
        let mut tally = Tally {
            rows: vec![0; self.classifier.labels().len()],
            ..Tally::default()
        };
        for block in Blocks::new(input) {
            let block = block.map_err(|e| Error::io(source, e))?;
            let parts: Vec<Part> = cut(&block)
                .into_par_iter()
                .map(|(first_line, lines)| {
                    self.classify_part(source, first_line, lines, document_format)
                })
                .collect();
            for part in parts {
                output
                    .write_all(&part.out)
                    .map_err(|e| Error::io("output", e))?;
                tally.add(&part.tally);
                part.errors.into_iter().try_for_each(&mut *rejected)?;
            }
            progress(block.bytes.len() as u64);
        }
        Ok(tally)
    }

    fn classify_part(
        &self,
        source: &str,
        first_line: u64,
        lines: &[u8],
        document_format: &DocumentFormat,
    ) -> Part {
        let spare = self
            .scratches
            .lock()
            .map_or(None, |mut scratches| scratches.pop());
        let mut scratch = spare.unwrap_or_else(|| self.classifier.scratch());
        let mut part = Part::default();
        part.tally.rows.resize(self.classifier.labels().len(), 0);
        let mut counts = DocumentTally::new(self.classifier.labels().len());
        for (record, bytes) in numbered_lines(first_line, lines) {
            let document = match document_format.read(bytes) {
                Ok(Some(document)) => document,
                Ok(None) => continue,
                Err(message) => {
                    part.tally.rejected += 1;
                    part.errors.push(Error::Record {
                        path: Path::new(source).to_owned(),
                        line: record,
                        message,
                    });
                    continue;
                }
            };
            part.tally.documents += 1;
            match self.options.unit {
                Unit::Sentence => {
                    self.rows_of_sentences(source, record, &document, &mut scratch, &mut part);
                }
                Unit::Document => {
                    counts.clear();
                    self.count_sentences(&document, &mut counts, &mut scratch, &mut part.tally);
                    let row = DocumentRow {
                        source,
                        record,
                        id: document.id.as_deref(),
                        date: None,
                        carried: &[],
                        text: &document.text,
                        labels: counts.labels(),
                    };
                    self.format.document(&row, &mut part.out);
                }
            }
        }
        if let Ok(mut scratches) = self.scratches.lock() {
            scratches.push(scratch);
        }
        part
    }

    fn rows_of_sentences(
        &self,
        source: &str,
        record: u64,
        document: &Document,
        scratch: &mut Scratch,
        part: &mut Part,
    ) {
        let Part { out, tally, .. } = part;
        let mut sink = |place: Option<Place>, text: &str, prediction: Prediction| {
            let row = Row {
                source,
                record,
                id: document.id.as_deref(),
                date: None,
                carried: &[],
                place,
                text,
                prediction,
                duplicate: None,
            };
            self.format.row(&row, out);
        };
        if self.options.split {
            self.classify_sentences(&document.text, scratch, tally, |place, text, prediction| {
                sink(Some(place), text, prediction);
            });
        } else {
            let text = document.text.trim();
            if let Some(prediction) = self.classify(text, scratch, tally) {
                sink(None, text, prediction);
            }
        }
    }

    fn count_sentences(
        &self,
        document: &Document,
        counts: &mut DocumentTally,
        scratch: &mut Scratch,
        tally: &mut Tally,
    ) {
        self.classify_sentences(&document.text, scratch, tally, |place, _, prediction| {
            counts.add(place, &prediction);
        });
    }

    /// Hands over the sentences of a document that the options keep.
    fn classify_sentences(
        &self,
        text: &str,
        scratch: &mut Scratch,
        tally: &mut Tally,
        mut sink: impl FnMut(Place, &str, Prediction),
    ) {
        for (number, sentence) in SentenceSplitter::new().split(text).enumerate() {
            if sentence.boilerplate && self.options.drop_boilerplate {
                tally.boilerplate += 1;
                continue;
            }
            let place = Place {
                sentence: number,
                start: sentence.start,
                end: sentence.end,
            };
            let sentence = sentence.of(text);
            if let Some(prediction) = self.classify(sentence, scratch, tally) {
                sink(place, sentence, prediction);
            }
        }
    }

    /// Classifies a sentence and counts it; `None` if the model is less sure than wanted.
    fn classify<'s>(
        &self,
        text: &str,
        scratch: &'s mut Scratch,
        tally: &mut Tally,
    ) -> Option<Prediction<'s>> {
        let prediction = self.classifier.classify(text, scratch);
        if prediction.confidence() < self.options.min_confidence {
            tally.unsure += 1;
            return None;
        }
        tally.rows[prediction.class()] += 1;
        Some(prediction)
    }
}

/// Cuts a block into parts of whole lines, each with the number of its first line.
fn cut(block: &Block) -> Vec<(u64, &[u8])> {
    let mut parts = Vec::new();
    let (mut rest, mut line) = (block.bytes.as_slice(), block.first_line);
    while !rest.is_empty() {
        let wanted = PART.min(rest.len());
        let end = memchr::memchr(b'\n', &rest[wanted - 1..]).map_or(rest.len(), |at| wanted + at);
        let (part, tail) = rest.split_at(end);
        parts.push((line, part));
        line += memchr::memchr_iter(b'\n', part).count() as u64;
        rest = tail;
    }
    parts
}
