//! Documents in, classified sentences out, on every core and in order.

use std::io::Write;
use std::sync::Mutex;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::row::{Place, Row, RowFormat};
use super::{Block, Blocks, Document, Rejection};
use crate::Error;
use crate::model::{Classifier, Scratch};
use crate::text::SentenceSplitter;

/// What is classified and what is written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BatchOptions {
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
    /// Rows written, by class.
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

    /// The format of the rows.
    pub(super) fn format(&self) -> &dyn RowFormat {
        self.format
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
        block.read_part(part, |record, result| match result {
            Ok(Some(document)) => {
                self.classify_document((source, record, &document), &mut scratch, &mut out);
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

    fn classify_document(
        &self,
        (source, line, document): (&str, u64, &Document),
        scratch: &mut Scratch,
        part: &mut Part,
    ) {
        part.tally.documents += 1;
        let id = document.id.as_deref();
        if !self.options.split {
            let text = document.text.trim();
            self.classify_sentence((source, line, id, None, text), scratch, part);
            return;
        }
        let sentences = SentenceSplitter::new().split(&document.text).enumerate();
        for (number, sentence) in sentences {
            if sentence.boilerplate && self.options.drop_boilerplate {
                part.tally.boilerplate += 1;
                continue;
            }
            let place = Place {
                sentence: number,
                start: sentence.start,
                end: sentence.end,
            };
            let text = sentence.of(&document.text);
            self.classify_sentence((source, line, id, Some(place), text), scratch, part);
        }
    }

    fn classify_sentence(
        &self,
        (source, line, id, place, text): (&str, u64, Option<&str>, Option<Place>, &str),
        scratch: &mut Scratch,
        part: &mut Part,
    ) {
        let prediction = self.classifier.classify(text, scratch);
        if prediction.confidence() < self.options.min_confidence {
            part.tally.unsure += 1;
            return;
        }
        part.tally.rows[prediction.class()] += 1;
        self.format.row(
            &Row {
                source,
                line,
                id,
                place,
                text,
                prediction,
            },
            &mut part.out,
        );
    }
}
