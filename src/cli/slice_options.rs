//! What sentences are sorted into slices by.

use clap::Args;
use marsad::archive::{Month, month};
use marsad::evaluation::Slicing;
use marsad::training::LabelledSentence;

/// What sentences are sorted into slices by.
#[derive(Debug, Args)]
pub(super) struct SliceOptions {
    /// Also measure by the values of a field; `year` is that of the field date, `FIELD:year` that of another, `length` gives quartiles
    #[arg(long, value_name = "FIELD")]
    slice: Vec<String>,
}

impl SliceOptions {
    /// The values of each sentence.
    pub(super) fn slicings(&self, sentences: &[&LabelledSentence]) -> anyhow::Result<Vec<Slicing>> {
        let has = |name: &str| {
            sentences
                .iter()
                .any(|sentence| sentence.field(name).is_some())
        };
        let slicing = |name: &String| {
            // A field of that very name goes before what the name means otherwise.
            if has(name) {
                return Slicing::by_field(name, sentences);
            }
            match (name.as_str(), name.strip_suffix(":year")) {
                ("length", _) => Slicing::by_length(sentences),
                ("year", _) => by_year("date", sentences),
                (_, Some(field)) => by_year(field, sentences),
                _ => Slicing::by_field(name, sentences),
            }
        };
        Ok(self.slice.iter().map(slicing).collect::<Result<_, _>>()?)
    }
}

fn by_year(field: &str, sentences: &[&LabelledSentence]) -> Result<Slicing, marsad::Error> {
    let year = |sentence: &&LabelledSentence| {
        let period = period(sentence.field(field)?)?;
        Some(period.chars().take(4).collect())
    };
    Slicing::new(
        format!("year of {field}"),
        sentences.iter().map(year).collect(),
    )
}

/// The month of a date, or the year where no more is told, in a form that sorts like time: `2015-08`, `2015`.
pub(super) fn period(date: &str) -> Option<String> {
    let year = |text: &str| {
        let year = text.parse().ok().filter(|_| text.len() == 4)?;
        Month::new(year, 1).map(|month| month.year().to_string())
    };
    month(date)
        .map(|month| month.to_string())
        .or_else(|| year(date.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_months_or_years() {
        assert_eq!(period("2015-08-06").as_deref(), Some("2015-08"));
        assert_eq!(period("2015").as_deref(), Some("2015"));
        assert_eq!(period("1435"), None);
        assert_eq!(period("yesterday"), None);
    }
}
