//! From the sentences of one document to rows and counts.

use super::batch::Source;
use super::document_tally::DocumentTally;
use super::part::Part;
use super::{
    BatchOptions, Document, DocumentRow, Duplicate, LeftOut, Month, Place, Row, RowFormat, Unit,
    month,
};
use crate::model::Prediction;

/// Takes the sentences of a document one after the other and writes a row for each, or one for all at the end.
pub(super) struct DocumentRows<'r> {
    format: &'r dyn RowFormat,
    options: &'r BatchOptions,
    source: Source<'r>,
    record: u64,
    document: &'r Document<'r>,
    month: Option<Month>,
    /// Where rows stand for documents: what was counted so far.
    labels: &'r mut DocumentTally,
    part: &'r mut Part,
}

impl<'r> DocumentRows<'r> {
    /// Begins the rows of a document with its source and the number of its record; counts it.
    pub(super) fn new(
        format: &'r dyn RowFormat,
        options: &'r BatchOptions,
        (source, record, document): (Source<'r>, u64, &'r Document<'r>),
        labels: &'r mut DocumentTally,
        part: &'r mut Part,
    ) -> Self {
        part.summary.add_document(source.number);
        let month = document.date.as_deref().and_then(month);
        if document.date.is_some() && month.is_none() {
            part.summary.add_unread_date();
        }
        labels.clear();
        Self {
            format,
            options,
            source,
            record,
            document,
            month,
            labels,
            part,
        }
    }

    /// Takes a sentence, which is the whole document where that is not split.
    #[inline]
    pub(super) fn sentence(
        &mut self,
        place: Place,
        prediction: Prediction,
        duplicate: Option<Duplicate>,
    ) {
        let Part { out, summary, .. } = &mut *self.part;
        let class = match &self.options.thresholds {
            None => Some(prediction.class()),
            Some(thresholds) => thresholds.class(&prediction),
        };
        let (counted, confidence) = match class {
            Some(class) => (class, prediction.probabilities[class]),
            None => (prediction.probabilities.len(), prediction.confidence()),
        };
        summary.add_row(counted, confidence, self.source.number, self.month);
        match duplicate {
            Some(Duplicate::Exact) => summary.add_marked(1, 0),
            Some(Duplicate::Near) => summary.add_marked(0, 1),
            None => {}
        }
        let document = self.document;
        match self.options.unit {
            Unit::Sentence => {
                let row = Row {
                    source: self.source.name,
                    record: self.record,
                    id: document.id.as_deref(),
                    date: document.date.as_deref(),
                    carried: &document.carried,
                    place: self.options.split.then_some(place),
                    text: place.of(&document.text),
                    prediction,
                    class,
                    duplicate,
                };
                self.format.row(&row, out);
            }
            Unit::Document => self.labels.add(place, class, &prediction),
        }
    }

    /// Counts a sentence that has no row.
    pub(super) fn left_out(&mut self, reason: LeftOut) {
        self.part.summary.add_left_out(reason, 1);
    }

    /// Ends the document.
    pub(super) fn finish(self) {
        if self.options.unit == Unit::Document {
            let row = DocumentRow {
                source: self.source.name,
                record: self.record,
                id: self.document.id.as_deref(),
                date: self.document.date.as_deref(),
                carried: &self.document.carried,
                text: &self.document.text,
                labels: self.labels.labels(),
                without_label: self.labels.without_label(),
            };
            self.format.document(&row, &mut self.part.out);
        }
    }
}
