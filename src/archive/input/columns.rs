//! Which columns of a table hold what.

use std::borrow::Cow;

use super::document::{join, to_json};
use super::{Carry, Document, FieldNames};

/// The columns of a table that matter, counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns {
    /// At least one.
    pub(super) text: Vec<usize>,
    /// Whether the first text that is not empty is taken, and not all of them.
    guessed: bool,
    id: Option<usize>,
    date: Option<usize>,
    carried: Vec<(usize, String)>,
}

impl Columns {
    /// Finds the columns that `fields` names among those of `header`.
    ///
    /// # Errors
    ///
    /// What is wrong and how to mend it, when no column holds the text.
    pub(super) fn find(fields: &FieldNames, header: &[String]) -> Result<Self, String> {
        let ranked = |rank: &dyn Fn(&str) -> Option<usize>| {
            let mut columns: Vec<_> = header
                .iter()
                .enumerate()
                .filter_map(|(column, name)| Some((rank(name)?, column)))
                .collect();
            columns.sort_unstable();
            columns.dedup_by_key(|&mut (rank, _)| rank);
            columns
                .into_iter()
                .map(|(_, column)| column)
                .collect::<Vec<_>>()
        };
        let text = ranked(&|name| fields.text_rank(name));
        if text.is_empty() {
            return Err(format!(
                "the header {}; its columns are «{}»",
                fields.missing_text(),
                header.join("», «")
            ));
        }
        let id = ranked(&|name| fields.id_rank(name)).first().copied();
        let date = ranked(&|name| fields.date_rank(name)).first().copied();
        let guessed = fields.guesses_text();
        let used = |column: usize| {
            id == Some(column)
                || date == Some(column)
                || if guessed {
                    text[0] == column
                } else {
                    text.contains(&column)
                }
        };
        let carried = match &fields.carry {
            Carry::None => Vec::new(),
            Carry::All => header
                .iter()
                .enumerate()
                .filter(|&(column, _)| !used(column))
                .map(|(column, name)| (column, name.clone()))
                .collect(),
            Carry::Named(names) => names
                .iter()
                .filter_map(|name| {
                    let column = header.iter().position(|other| other == name)?;
                    Some((column, name.clone()))
                })
                .collect(),
        };
        Ok(Self {
            text,
            guessed,
            id,
            date,
            carried,
        })
    }

    /// All columns that are looked at, sorted.
    #[cfg_attr(
        not(feature = "parquet"),
        expect(dead_code, reason = "only Parquet reads by column")
    )]
    pub(super) fn all(&self) -> Vec<usize> {
        let mut all: Vec<_> = self
            .text
            .iter()
            .copied()
            .chain(self.id)
            .chain(self.date)
            .chain(self.carried.iter().map(|&(column, _)| column))
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Makes a document of the cells that `take` hands out, each at most once; an empty one is no identifier and no date. Carried
    /// cells of a column for which `is_json` holds are JSON as they are, others are texts.
    pub(super) fn pick<'a>(
        &self,
        take: &mut dyn FnMut(usize) -> Option<Cow<'a, str>>,
        is_json: &dyn Fn(usize) -> bool,
    ) -> Document<'a> {
        // What is carried may be wanted elsewhere too, so it is copied before.
        let mut carried = Vec::new();
        let mut copies: Vec<(usize, Cow<str>)> = Vec::new();
        for (column, name) in &self.carried {
            let known = copies.iter().position(|(other, _)| other == column);
            let at = known.or_else(|| {
                copies.push((*column, take(*column)?));
                Some(copies.len() - 1)
            });
            let value = match at.map(|at| &*copies[at].1) {
                None => "null".to_owned(),
                Some(json) if is_json(*column) => json.to_owned(),
                Some(text) => to_json(text),
            };
            carried.push((Cow::Owned(name.clone()), Cow::Owned(value)));
        }
        let mut cell = |column: usize| {
            copies
                .iter()
                .find(|(other, _)| *other == column)
                .map(|(_, value)| value.clone())
                .or_else(|| take(column))
        };
        let mut parts = self.text.iter().filter_map(|&column| cell(column));
        let text = if self.guessed {
            parts.find(|part| !part.is_empty()).unwrap_or_default()
        } else {
            join(parts)
        };
        let mut named = |column: Option<usize>| cell(column?).filter(|cell| !cell.is_empty());
        Document {
            id: named(self.id),
            date: named(self.date),
            text,
            carried,
        }
    }
}
