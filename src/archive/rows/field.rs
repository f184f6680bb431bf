//! The names of what a row can hold.

/// What a row stands for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Unit {
    /// A sentence, or a document that is classified whole.
    #[default]
    Sentence,
    /// A document, with the counts of its sentences' labels.
    Document,
}

/// One thing that a row can hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    /// `source`: the file.
    Source,
    /// `record`: the number of the record in the file, counted from 1.
    Record,
    /// `id`: the identifier of the record.
    Id,
    /// `date`: the date of the record, as it is written there.
    Date,
    /// `sentence`: the number of the sentence in its document, counted from 0.
    Sentence,
    /// `start`: the first byte of the sentence in the document's text.
    Start,
    /// `end`: the byte after its last.
    End,
    /// `text`: the sentence.
    Text,
    /// `label`: the likeliest label.
    Label,
    /// `confidence`: its probability.
    Confidence,
    /// `probabilities`: the probability of each label; in tables a column each, named after the label.
    Probabilities,
    /// `duplicate`: `exact` or `near` for a sentence that was seen before.
    Duplicate,
    /// `sentences`: how many sentences of the document were counted.
    Sentences,
    /// `counts`: how many of them have each label; in tables the columns `LABEL_count`.
    Counts,
    /// `strongest`: number, span, confidence and text of the surest sentence of each label; in tables the columns
    /// `LABEL_sentence`, `LABEL_start`, `LABEL_end`, `LABEL_confidence` and `LABEL_text`.
    Strongest,
    /// A field of the record that is carried through, by its name.
    Carried(String),
    /// `carried`: an object of all the fields that are carried through.
    AllCarried,
}

/// What each field is called, and the units whose rows hold it.
const NAMES: [(Field, &str, bool, bool); 16] = [
    (Field::Source, "source", true, true),
    (Field::Record, "record", true, true),
    (Field::Id, "id", true, true),
    (Field::Date, "date", true, true),
    (Field::Sentence, "sentence", true, false),
    (Field::Start, "start", true, false),
    (Field::End, "end", true, false),
    (Field::Text, "text", true, false),
    (Field::Label, "label", true, false),
    (Field::Confidence, "confidence", true, false),
    (Field::Probabilities, "probabilities", true, false),
    (Field::Duplicate, "duplicate", true, false),
    (Field::Sentences, "sentences", false, true),
    (Field::Counts, "counts", false, true),
    (Field::Strongest, "strongest", false, true),
    (Field::AllCarried, "carried", true, true),
];

impl Field {
    /// The fields that rows of `unit` can hold beside those carried through by name, in the order of a full row.
    pub fn all(unit: Unit) -> impl Iterator<Item = Self> {
        NAMES
            .into_iter()
            .filter(move |&(_, _, sentence, document)| match unit {
                Unit::Sentence => sentence,
                Unit::Document => document,
            })
            .map(|(field, ..)| field)
    }

    /// What the user calls it.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Carried(name) => name,
            known => NAMES
                .iter()
                .find(|(field, ..)| field == known)
                .map_or("", |(_, name, ..)| name),
        }
    }

    /// What it is called in the output. A carried field whose name is taken by one of ours is called `carried_NAME`.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::Carried(name) => free_title("carried", name),
            known => known.name().to_owned(),
        }
    }
}

/// `name`, or `prefix_name` where that is the name of one of our fields.
pub(super) fn free_title(prefix: &str, name: &str) -> String {
    match NAMES.iter().any(|(_, taken, ..)| *taken == name) {
        true => format!("{prefix}_{name}"),
        false => name.to_owned(),
    }
}
