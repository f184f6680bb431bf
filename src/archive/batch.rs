//! Documents in, classified sentences out, on every core and in order.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::Mutex;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::blocks::numbered_lines;
use super::row::{Place, Row, RowFormat};
use super::{Block, Blocks, DocumentFormat};
use crate::Error;
use crate::model::{Classifier, Scratch};
use crate::text::SentenceSplitter;

/// Bytes of a block that one thread takes at a time.
const PART: usize = 32 << 10;

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
    pub(super) errors: Vec<Error>,
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
            for part in self.classify_block(source, &block, document_format) {
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

    /// The rows of a block, part after part in its order.
    pub(super) fn classify_block(
        &self,
        source: &str,
        block: &Block,
        document_format: &DocumentFormat,
    ) -> Vec<Part> {
        cut(block)
            .into_par_iter()
            .map(|(first_line, lines)| {
                self.classify_part(source, first_line, lines, document_format)
            })
            .collect()
    }

    /// The format of the rows.
    pub(super) fn format(&self) -> &dyn RowFormat {
        self.format
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
        for (line, bytes) in numbered_lines(first_line, lines) {
            let document = match document_format.read(bytes) {
                Ok(Some(document)) => document,
                Ok(None) => continue,
                Err(message) => {
                    part.tally.rejected += 1;
                    part.errors.push(Error::Record {
                        path: Path::new(source).to_owned(),
                        line,
                        message,
                    });
                    continue;
                }
            };
            part.tally.documents += 1;
            let id = document.id.as_deref();
            if self.options.split {
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
                    self.classify_sentence(
                        (source, line, id, Some(place), text),
                        &mut scratch,
                        &mut part,
                    );
                }
            } else {
                self.classify_sentence(
                    (source, line, id, None, document.text.trim()),
                    &mut scratch,
                    &mut part,
                );
            }
        }
        if let Ok(mut scratches) = self.scratches.lock() {
            scratches.push(scratch);
        }
        part
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
