//! Which fields a row holds, and in what order.

use super::field::free_title;
use super::{Field, Unit};
use crate::Error;

/// What decides which fields there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RowShape<'a> {
    /// What a row stands for.
    pub unit: Unit,
    /// Whether documents are split into sentences, so that these have places.
    pub split: bool,
    /// Whether duplicates are marked.
    pub duplicates: bool,
    /// Whether sentences may be without label.
    pub abstains: bool,
    /// The fields of the input that are carried through by name.
    pub carried: &'a [String],
    /// Whether all of its fields are carried through.
    pub all_carried: bool,
}

/// The fields of the rows of an output, in order.
///
/// # Examples
///
/// ```
/// use marsad::archive::{Fields, RowShape};
///
/// let shape = RowShape::default();
/// assert!(Fields::parse("label,confidence", &shape).is_ok());
/// let error = Fields::parse("lable", &shape).unwrap_err().to_string();
/// assert!(error.contains("«lable»") && error.contains("label, confidence"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fields {
    list: Vec<Field>,
    /// Whether the strongest sentences of a document come with their texts.
    text: bool,
    /// Whether sentences may be without label.
    abstains: bool,
}

impl Fields {
    /// All fields that rows of this shape can fill, the same in every format.
    #[must_use]
    pub fn standard(shape: &RowShape) -> Self {
        let mut fields: Vec<Field> = Field::all(shape.unit)
            .filter(|field| match field {
                Field::Sentence | Field::Start | Field::End => shape.split,
                Field::Duplicate => shape.duplicates,
                Field::AllCarried => shape.all_carried,
                _ => true,
            })
            .collect();
        fields.extend(shape.carried.iter().cloned().map(Field::Carried));
        Self {
            list: fields,
            text: true,
            abstains: shape.abstains,
        }
    }

    /// The fields that `list` names, with commas between them.
    ///
    /// A field that is carried through is named as in the input; where one of ours has that name, `carried_NAME` is the
    /// input's.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] for a name that no field of the shape has, with those that there are, and for one that comes twice.
    pub fn parse(list: &str, shape: &RowShape) -> Result<Self, Error> {
        let mut fields = Vec::new();
        for name in list.split(',').map(str::trim) {
            let field = known(shape)
                .find(|field| field.name() == name)
                .or_else(|| carried(name, shape))
                .ok_or_else(|| unknown(name, shape))?;
            if fields.contains(&field) {
                return Err(Error::Data(format!(
                    "the field «{name}» is named twice; name it once"
                )));
            }
            fields.push(field);
        }
        Ok(Self {
            list: fields,
            text: true,
            abstains: shape.abstains,
        })
    }

    /// The same fields without the texts of sentences.
    #[must_use]
    pub fn without_text(mut self) -> Self {
        self.list.retain(|field| *field != Field::Text);
        self.text = false;
        self
    }

    /// The fields in order.
    #[must_use]
    pub fn as_slice(&self) -> &[Field] {
        &self.list
    }

    /// Whether sentences may be without label.
    pub(super) fn abstains(&self) -> bool {
        self.abstains
    }

    /// Whether the strongest sentences of a document come with their texts.
    pub(super) fn has_text(&self) -> bool {
        self.text
    }
}

/// The fields of ours that can be asked for. Where nobody looks for duplicates there is no field of them.
fn known(shape: &RowShape) -> impl Iterator<Item = Field> {
    let duplicates = shape.duplicates;
    Field::all(shape.unit).filter(move |field| duplicates || *field != Field::Duplicate)
}

/// The carried field that the user calls `name`.
fn carried(name: &str, shape: &RowShape) -> Option<Field> {
    let bare = name.strip_prefix("carried_");
    let named = |name: &&str| shape.carried.iter().any(|carried| carried == name);
    [Some(name), bare]
        .into_iter()
        .flatten()
        .find(named)
        .or(bare.filter(|_| shape.all_carried))
        .map(|name| Field::Carried(name.to_owned()))
}

fn unknown(name: &str, shape: &RowShape) -> Error {
    let mut names: Vec<String> = known(shape).map(|field| field.name().to_owned()).collect();
    names.extend(
        shape
            .carried
            .iter()
            .map(|carried| free_title("carried", carried)),
    );
    if shape.all_carried {
        names.push("carried_NAME for a field of the input".to_owned());
    }
    let unit = match shape.unit {
        Unit::Sentence => "sentence",
        Unit::Document => "document",
    };
    Error::Data(format!(
        "a row of a {unit} has no field «{name}»; its fields are {}",
        names.join(", ")
    ))
}
