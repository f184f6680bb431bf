//! Documents in, classified sentences out, on every core and in order.

use std::io::Write;
use std::sync::Mutex;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::document_tally::DocumentTally;
use super::{Block, Blocks, Document, DocumentRow, Place, Rejection, Row, RowFormat, Unit};
use crate::Error;
use crate::model::{Classifier, Prediction, Scratch};
use crate::text::SentenceSplitter;

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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
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
pub(super) struct Part {
    pub(super) out: Vec<u8>,
    pub(super) tally: Tally,
    pub(super) rejections: Vec<Rejection>,
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

    /// Classifies the documents of `input` and writes their rows to `output` in the order of the input, whatever the number of
    /// threads. Each record that cannot be read goes to `rejected`, which may end the run; `progress` hears how many bytes were
    /// read, packed as they are.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] from `input` or `output`, or whatever `rejected` returns.
    pub fn run(
        &self,
        input: Blocks,
        output: &mut dyn Write,
        rejected: &mut dyn FnMut(Rejection) -> Result<(), Error>,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Tally, Error> {
        let mut tally = Tally {
            rows: vec![0; self.classifier.labels().len()],
            ..Tally::default()
        };
        let source = input.name().to_owned();
        let count = input.bytes_read();
        let mut bytes = 0;
        for block in input {
            let block = block?;
            for part in self.classify_block(&source, &block) {
                output
                    .write_all(&part.out)
                    .map_err(|e| Error::io("output", e))?;
                tally.add(&part.tally);
                part.rejections.into_iter().try_for_each(&mut *rejected)?;
            }
            progress(count.bytes() - bytes);
            bytes = count.bytes();
        }
        Ok(tally)
    }

    /// The rows of a block, part after part in its order, and the record that was passed over behind them.
    pub(super) fn classify_block(&self, source: &str, block: &Block) -> Vec<Part> {
        let mut parts: Vec<Part> = (0..block.n_parts())
            .into_par_iter()
            .map(|part| self.classify_part(source, block, part))
            .collect();
        if let Some(rejection) = block.rejection() {
            let mut part = Part::default();
            part.tally.rejected = 1;
            part.rejections.push(rejection.clone());
            parts.push(part);
        }
        parts
    }

    fn classify_part(&self, source: &str, block: &Block, part: usize) -> Part {
        let spare = self
            .scratches
            .lock()
            .map_or(None, |mut scratches| scratches.pop());
        let mut scratch = spare.unwrap_or_else(|| self.classifier.scratch());
        let mut out = Part::default();
        out.tally.rows.resize(self.classifier.labels().len(), 0);
        let mut counts = DocumentTally::new(self.classifier.labels().len());
        block.read_part(part, |record, result| match result {
            Ok(Some(document)) => {
                out.tally.documents += 1;
                match self.options.unit {
                    Unit::Sentence => {
                        self.rows_of_sentences(source, record, &document, &mut scratch, &mut out);
                    }
                    Unit::Document => {
                        counts.clear();
                        self.count_sentences(&document, &mut counts, &mut scratch, &mut out.tally);
                        let row = DocumentRow {
                            source,
                            record,
                            id: document.id.as_deref(),
                            date: document.date.as_deref(),
                            carried: &document.carried,
                            text: &document.text,
                            labels: counts.labels(),
                        };
                        self.format.document(&row, &mut out.out);
                    }
                }
            }
            Ok(None) => {}
            Err(rejection) => {
                out.tally.rejected += 1;
                out.rejections.push(rejection);
            }
        });
        if let Ok(mut scratches) = self.scratches.lock() {
            scratches.push(scratch);
        }
        out
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
                date: document.date.as_deref(),
                carried: &document.carried,
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
