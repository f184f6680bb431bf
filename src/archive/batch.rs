//! Documents in, classified sentences out, on every core and in order.

use std::io::Write;

use rayon::prelude::*;

use super::document_rows::DocumentRows;
use super::document_tally::DocumentTally;
use super::draft::Draft;
use super::part::Part;
use super::repeats::Repeats;
use super::sentence_classifier::{Found, SentenceClassifier};
use super::{
    BatchOptions, Block, Blocks, Document, Duplicate, Fingerprint, OnDuplicate, Rejection,
    RowFormat, Summary,
};
use crate::Error;
use crate::model::Classifier;

/// Classifies inputs with one model into one output.
pub struct Batch<'a> {
    sentences: SentenceClassifier<'a>,
    format: &'a dyn RowFormat,
    /// Where duplicates are looked for.
    repeats: Option<Repeats>,
}

/// An input, as rows and counts name it.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    /// Its place among the inputs, counted from 0.
    pub(super) number: u32,
    pub(super) name: &'a str,
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
            sentences: SentenceClassifier::new(classifier, options),
            format,
            repeats: None,
        }
    }

    /// The same batch looking for duplicates among the sentences that the options keep, in `bytes` of memory. It remembers them
    /// from input to input, so it is for one output.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidParameter`] as of [`Duplicates::new`](super::Duplicates::new).
    pub fn with_duplicates(self, action: OnDuplicate, bytes: usize) -> Result<Self, Error> {
        Ok(Self {
            repeats: Some(Repeats::new(action, bytes)?),
            ..self
        })
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
        let mut parts: Vec<Part> = match &self.repeats {
            None => (0..block.n_parts())
                .into_par_iter()
                .map(|part| self.classify_part(source, block, part))
                .collect(),
            Some(repeats) => {
                let drafts = self.draft_parts(block);
                let duplicates =
                    repeats.check(drafts.iter().map(|(_, draft)| draft.fingerprints()));
                let rows = |((part, draft), duplicates): ((Part, Draft), Vec<_>)| {
                    self.write_part(source, part, &draft, &duplicates, repeats.action)
                };
                drafts.into_par_iter().zip(duplicates).map(rows).collect()
            }
        };
        if let Some(rejection) = block.rejection() {
            let mut part = self.empty_part();
            part.reject(rejection.clone());
            parts.push(part);
        }
        parts
    }

    /// Whether what a block gives depends on the blocks before it.
    pub(super) fn remembers(&self) -> bool {
        self.repeats.is_some()
    }

    /// The number of counts by label: where sentences may be without one, the last is theirs.
    #[must_use]
    pub fn n_counts(&self) -> usize {
        self.sentences.n_counts()
    }

    /// Sees the sentences of a block whose rows are written already.
    pub(super) fn remember_block(&self, block: &Block) {
        if let Some(repeats) = &self.repeats {
            let drafts = self.draft_parts(block);
            repeats.check(drafts.iter().map(|(_, draft)| draft.fingerprints()));
        }
    }

    /// A part without rows.
    pub(super) fn empty_part(&self) -> Part {
        Part::new(self.n_counts())
    }

    /// The rows of a part, each as soon as its sentence is classified.
    fn classify_part(&self, source: Source, block: &Block, part: usize) -> Part {
        let mut out = self.empty_part();
        let mut labels = DocumentTally::new(self.sentences.n_classes());
        self.sentences.with_scratch(|scratch| {
            block.read_part(part, |record, result| match result {
                Ok(Some(document)) => {
                    let mut rows = self.rows(source, record, &document, &mut labels, &mut out);
                    self.sentences.classify_document(
                        &document.text,
                        scratch,
                        |found| match found {
                            Found::LeftOut(reason) => rows.left_out(reason),
                            Found::Sentence(place, scratch) => {
                                rows.sentence(place, scratch.prediction(), None);
                            }
                        },
                    );
                    rows.finish();
                }
                Ok(None) => {}
                Err(rejection) => out.reject(rejection),
            });
        });
        out
    }

    /// All parts classified, without rows.
    fn draft_parts<'b>(&self, block: &'b Block) -> Vec<(Part, Draft<'b>)> {
        (0..block.n_parts())
            .into_par_iter()
            .map(|part| self.draft_part(block, part))
            .collect()
    }

    fn draft_part<'b>(&self, block: &'b Block, part: usize) -> (Part, Draft<'b>) {
        let mut out = self.empty_part();
        let mut draft = Draft::default();
        self.sentences.with_scratch(|scratch| {
            block.read_part(part, |record, result| match result {
                Ok(Some(document)) => {
                    let text = &*document.text;
                    self.sentences
                        .classify_document(text, scratch, |found| match found {
                            Found::LeftOut(reason) => out.summary.add_left_out(reason, 1),
                            Found::Sentence(place, scratch) => {
                                let fingerprint =
                                    Fingerprint::of(place.of(text), scratch.symbols());
                                draft.sentence(place, scratch.prediction(), fingerprint);
                            }
                        });
                    draft.document(record, document);
                }
                Ok(None) => {}
                Err(rejection) => out.reject(rejection),
            });
        });
        (out, draft)
    }

    /// Adds the rows of a draft to its part.
    fn write_part(
        &self,
        source: Source,
        mut out: Part,
        draft: &Draft,
        duplicates: &[Option<Duplicate>],
        action: OnDuplicate,
    ) -> Part {
        let mut labels = DocumentTally::new(self.sentences.n_classes());
        for (record, document, sentences) in draft.documents(duplicates) {
            let mut rows = self.rows(source, record, document, &mut labels, &mut out);
            for (place, prediction, duplicate) in sentences {
                match duplicate {
                    Some(duplicate) if action == OnDuplicate::Skip => {
                        rows.left_out(duplicate.into());
                    }
                    _ => rows.sentence(place, prediction, duplicate),
                }
            }
            rows.finish();
        }
        out
    }

    /// Begins the rows of a document.
    fn rows<'r>(
        &'r self,
        source: Source<'r>,
        record: u64,
        document: &'r Document<'r>,
        labels: &'r mut DocumentTally,
        part: &'r mut Part,
    ) -> DocumentRows<'r> {
        DocumentRows::new(
            self.format,
            self.sentences.options(),
            (source, record, document),
            labels,
            part,
        )
    }
}
