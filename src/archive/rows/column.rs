//! The columns of a table, into which fields unfold.

use super::field::free_title;
use super::{Field, Fields};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A text that no other row is likely to have.
    Text,
    /// A text that many rows have in common.
    Name,
    /// The index of a label.
    Label,
    /// A number that is never negative.
    Integer,
    /// A number from 0 to 1.
    Probability,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) title: String,
    pub(super) kind: Kind,
    /// Whether every row has a value in it.
    pub(super) required: bool,
}

/// The columns of `fields`, in the order in which [`super::value`] gives their values.
pub(super) fn columns(fields: &Fields, labels: &[String]) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for field in fields.as_slice() {
        let may_miss = *field == Field::Label && fields.abstains();
        let required = !may_miss
            && matches!(
                field,
                Field::Source
                    | Field::Record
                    | Field::Text
                    | Field::Label
                    | Field::Confidence
                    | Field::Probabilities
                    | Field::Sentences
                    | Field::Counts
                    | Field::AllCarried
            );
        let mut column = |mut title: String, kind| {
            // A carried field may bear the name of a label.
            while columns.iter().any(|column| column.title == title) {
                title.push('_');
            }
            columns.push(Column {
                title,
                kind,
                required,
            });
        };
        match field {
            Field::Source | Field::Id | Field::Date | Field::Duplicate => {
                column(field.title(), Kind::Name);
            }
            Field::Record | Field::Sentence | Field::Start | Field::End | Field::Sentences => {
                column(field.title(), Kind::Integer);
            }
            Field::Text | Field::Carried(_) | Field::AllCarried => {
                column(field.title(), Kind::Text);
            }
            Field::Label => column(field.title(), Kind::Label),
            Field::Confidence => column(field.title(), Kind::Probability),
            Field::Probabilities => {
                for label in labels {
                    column(free_title("probability", label), Kind::Probability);
                }
            }
            Field::Counts => {
                for label in labels {
                    column(format!("{label}_count"), Kind::Integer);
                }
            }
            Field::Strongest => {
                for label in labels {
                    for part in ["sentence", "start", "end"] {
                        column(format!("{label}_{part}"), Kind::Integer);
                    }
                    column(format!("{label}_confidence"), Kind::Probability);
                    if fields.has_text() {
                        column(format!("{label}_text"), Kind::Text);
                    }
                }
            }
        }
    }
    columns
}
