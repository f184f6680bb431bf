//! Documents in, classified sentences out, on every core and in order.

use std::io::Write;
use std::sync::Mutex;

use rayon::prelude::*;

use super::document_tally::DocumentTally;
use super::{
    Block, Blocks, Document, DocumentRow, LeftOut, Month, Place, Rejection, Row, RowFormat,
    Summary, Unit, month,
};
use crate::Error;
use crate::model::{Classifier, Prediction, Scratch, Thresholds};
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
    /// The least probability with which a label is given; `None` gives the likeliest label in any case.
    pub thresholds: Option<Thresholds>,
}

/// Classifies inputs with one model into one output.
pub struct Batch<'a> {
    classifier: &'a Classifier,
    options: BatchOptions,
    format: &'a dyn RowFormat,
    /// Scratches not in use: their buffers and memories outlive the blocks.
    scratches: Mutex<Vec<Scratch>>,
}

/// The class that a sentence is tagged with, `None` for none, and what the model says.
type Tagged<'a> = (Option<usize>, Prediction<'a>);

/// An input, as rows and counts name it.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    /// Its place among the inputs, counted from 0.
    pub(super) number: u32,
    pub(super) name: &'a str,
}

/// What one thread made of its part of a block.
pub(super) struct Part {
    pub(super) out: Vec<u8>,
    pub(super) summary: Summary,
    pub(super) rejections: Vec<Rejection>,
}

impl Part {
    pub(super) fn new(n_classes: usize) -> Self {
        Self {
            out: Vec::new(),
            summary: Summary::new(n_classes),
            rejections: Vec::new(),
        }
    }

    /// Notes a record that could not be read.
    pub(super) fn reject(&mut self, rejection: Rejection) {
        self.summary.add_rejected(rejection.reason.name());
        self.rejections.push(rejection);
    }
}

/// The counts of a part while a document is classified.
struct Counts<'c> {
    summary: &'c mut Summary,
    source: u32,
    month: Option<Month>,
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
    /// read, packed as they are. The counts are added to `summary`, under `number` as the number of the input.
    ///
    /// # Errors
    ///
    /// [`Error::WrongLength`] when `summary` is for another number of labels, [`Error::Io`] from `input` or `output`, or whatever `rejected` returns.
    pub fn run(
        &self,
        number: u32,
        input: Blocks,
        summary: &mut Summary,
        output: &mut dyn Write,
        rejected: &mut dyn FnMut(Rejection) -> Result<(), Error>,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(), Error> {
        let name = input.name().to_owned();
        let source = Source {
            number,
            name: &name,
        };
        let count = input.bytes_read();
        let mut bytes = 0;
        for block in input {
            let block = block?;
            for part in self.classify_block(source, &block) {
                output
                    .write_all(&part.out)
                    .map_err(|e| Error::io("output", e))?;
                summary.add(&part.summary)?;
                part.rejections.into_iter().try_for_each(&mut *rejected)?;
            }
            progress(count.bytes() - bytes);
            bytes = count.bytes();
        }
        Ok(())
    }

    /// The rows of a block, part after part in its order, and the record that was passed over behind them.
    pub(super) fn classify_block(&self, source: Source, block: &Block) -> Vec<Part> {
        let mut parts: Vec<Part> = (0..block.n_parts())
            .into_par_iter()
            .map(|part| self.classify_part(source, block, part))
            .collect();
        if let Some(rejection) = block.rejection() {
            let mut part = self.empty_part();
            part.reject(rejection.clone());
            parts.push(part);
        }
        parts
    }

    /// The number of counts by label: where sentences may be without one, the last is theirs.
    #[must_use]
    pub fn n_counts(&self) -> usize {
        let abstains = self
            .options
            .thresholds
            .as_ref()
            .is_some_and(Thresholds::abstains);
        self.classifier.labels().len() + usize::from(abstains)
    }

    /// A part without rows.
    pub(super) fn empty_part(&self) -> Part {
        Part::new(self.n_counts())
    }

    fn classify_part(&self, source: Source, block: &Block, part: usize) -> Part {
        let spare = self
            .scratches
            .lock()
            .map_or(None, |mut scratches| scratches.pop());
        let mut scratch = spare.unwrap_or_else(|| self.classifier.scratch());
        let mut out = self.empty_part();
        let mut labels = DocumentTally::new(self.classifier.labels().len());
        block.read_part(part, |record, result| match result {
            Ok(Some(document)) => {
                let Part {
                    out: rows, summary, ..
                } = &mut out;
                summary.add_document(source.number);
                let month = document.date.as_deref().and_then(month);
                if document.date.is_some() && month.is_none() {
                    summary.add_unread_date();
                }
                let mut counts = Counts {
                    summary,
                    source: source.number,
                    month,
                };
                match self.options.unit {
                    Unit::Sentence => {
                        let place = (source.name, record);
                        self.rows_of_sentences(place, &document, &mut scratch, &mut counts, rows);
                    }
                    Unit::Document => {
                        labels.clear();
                        self.count_sentences(&document, &mut labels, &mut scratch, &mut counts);
                        let row = DocumentRow {
                            source: source.name,
                            record,
                            id: document.id.as_deref(),
                            date: document.date.as_deref(),
                            carried: &document.carried,
                            text: &document.text,
                            labels: labels.labels(),
                            without_label: labels.without_label(),
                        };
                        self.format.document(&row, rows);
                    }
                }
            }
            Ok(None) => {}
            Err(rejection) => out.reject(rejection),
        });
        if let Ok(mut scratches) = self.scratches.lock() {
            scratches.push(scratch);
        }
        out
    }

    fn rows_of_sentences(
        &self,
        (source, record): (&str, u64),
        document: &Document,
        scratch: &mut Scratch,
        counts: &mut Counts,
        out: &mut Vec<u8>,
    ) {
        let mut sink = |place: Option<Place>, text: &str, (class, prediction): Tagged| {
            let row = Row {
                source,
                record,
                id: document.id.as_deref(),
                date: document.date.as_deref(),
                carried: &document.carried,
                place,
                text,
                prediction,
                class,
                duplicate: None,
            };
            self.format.row(&row, out);
        };
        if self.options.split {
            self.classify_sentences(&document.text, scratch, counts, |place, text, tagged| {
                sink(Some(place), text, tagged);
            });
        } else {
            let text = document.text.trim();
            if let Some(tagged) = self.classify(text, scratch, counts) {
                sink(None, text, tagged);
            }
        }
    }

    fn count_sentences(
        &self,
        document: &Document,
        labels: &mut DocumentTally,
        scratch: &mut Scratch,
        counts: &mut Counts,
    ) {
        self.classify_sentences(&document.text, scratch, counts, |place, _, tagged| {
            let (class, prediction) = tagged;
            labels.add(place, class, &prediction);
        });
    }

    /// Hands over the sentences of a document that the options keep.
    fn classify_sentences(
        &self,
        text: &str,
        scratch: &mut Scratch,
        counts: &mut Counts,
        mut sink: impl FnMut(Place, &str, Tagged),
    ) {
        for (number, sentence) in SentenceSplitter::new().split(text).enumerate() {
            if sentence.boilerplate && self.options.drop_boilerplate {
                counts.summary.add_left_out(LeftOut::PageFurniture, 1);
                continue;
            }
            let place = Place {
                sentence: number,
                start: sentence.start,
                end: sentence.end,
            };
            let sentence = sentence.of(text);
            if let Some(tagged) = self.classify(sentence, scratch, counts) {
                sink(place, sentence, tagged);
            }
        }
    }

    /// Classifies a sentence, tags it and counts it; `None` if the model is less sure than wanted.
    fn classify<'s>(
        &self,
        text: &str,
        scratch: &'s mut Scratch,
        counts: &mut Counts,
    ) -> Option<Tagged<'s>> {
        let prediction = self.classifier.classify(text, scratch);
        if prediction.confidence() < self.options.min_confidence {
            counts.summary.add_left_out(LeftOut::LowConfidence, 1);
            return None;
        }
        let class = match &self.options.thresholds {
            None => Some(prediction.class()),
            Some(thresholds) => thresholds.class(&prediction),
        };
        let (counted, confidence) = match class {
            Some(class) => (class, prediction.probabilities[class]),
            None => (self.classifier.labels().len(), prediction.confidence()),
        };
        counts
            .summary
            .add_row(counted, confidence, counts.source, counts.month);
        Some((class, prediction))
    }
}
