//! `marsad drift`

use std::io::Write;
use std::path::PathBuf;
use std::str::FromStr;

use clap::Args;
use marsad::Classifier;
use marsad::archive::{Month, month};
use marsad::evaluation::{DocumentProfile, DriftOptions, Reservoir, detect_drift};

use super::input::{INPUT, find, load_model};
use super::read_documents::{for_each_document, sentences};
use super::reading_options::ReadingOptions;
use super::{Common, progress};

/// Show whether new texts are still like those that a model was judged on
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  marsad drift --model my-model archive-2014.jsonl archive-2023.jsonl
  marsad drift archive.jsonl archive.jsonl --reference-dates 2013..2015 --new-dates 2022..

Compares labels, confidences and words of two archives or periods: population stability index, Jensen-Shannon divergence, and
a permutation test by document. The verdict says whether new labels are worth collecting. Texts that
the model was trained on are no reference: it is surer of them than of others.")]
pub(super) struct Options {
    /// What to compare with: a file, a folder or a pattern, as `marsad classify` reads them
    #[arg(value_name = "REFERENCE")]
    reference: String,
    /// What is new
    #[arg(value_name = "NEW")]
    new: String,
    /// A model directory [default: the embedded model]
    #[arg(short, long, value_name = "DIR")]
    model: Option<PathBuf>,
    /// Of the reference, only documents with a date from the first to the last of these years or months, such as 2013..2015
    #[arg(long, value_name = "FROM..TO")]
    reference_dates: Option<Months>,
    /// Of the new, only documents with a date from the first to the last of these years or months, such as 2022-03..
    #[arg(long, value_name = "FROM..TO")]
    new_dates: Option<Months>,
    /// Take each document whole, instead of its sentences without page furniture
    #[arg(long)]
    whole: bool,
    /// How many documents to draw at random from each side: they are what is held in memory
    #[arg(long, value_name = "N", default_value_t = 5000, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    sample: u64,
    /// How often to deal out the documents at random for the permutation test
    #[arg(long, value_name = "N", default_value_t = 999, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    permutations: u64,
    #[command(flatten, next_help_heading = INPUT)]
    reading: ReadingOptions,
    /// Write everything as one JSON object
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// Write the tables as Markdown
    #[arg(long)]
    markdown: bool,
    /// Drives the sample and the permutations
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Months from the first to the last; a side left open has no end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Months {
    first: Option<Month>,
    last: Option<Month>,
}

impl FromStr for Months {
    type Err = String;

    fn from_str(value: &str) -> Result<Self, String> {
        let complaint = || "must be like 2013..2015, 2022-03.. or ..2014-12".to_owned();
        let (from, to) = value.split_once("..").unwrap_or((value, value));
        let bound = |text: &str, month_of_year: u32| match text.trim() {
            "" => Ok(None),
            year if year.len() == 4 => {
                let month = year
                    .parse()
                    .ok()
                    .and_then(|year| Month::new(year, month_of_year));
                month.map(Some).ok_or_else(complaint)
            }
            text => text.parse().map(Some).map_err(|_| complaint()),
        };
        let months = Self {
            first: bound(from, 1)?,
            last: bound(to, 12)?,
        };
        match (months.first, months.last) {
            (None, None) => Err(complaint()),
            (Some(first), Some(last)) if first > last => Err(format!("{first} comes after {last}")),
            _ => Ok(months),
        }
    }
}

impl Months {
    fn contain(self, date: Option<&str>) -> bool {
        date.and_then(month).is_some_and(|month| {
            self.first.is_none_or(|first| first <= month)
                && self.last.is_none_or(|last| month <= last)
        })
    }
}

pub(super) fn run(options: &Options, common: &Common) -> anyhow::Result<()> {
    let classifier = load_model(options.model.as_ref())?;
    let name = |name: &str, months: Option<Months>| match months {
        None => name.to_owned(),
        Some(Months { first, last }) => {
            let show =
                |month: Option<Month>| month.map_or(String::new(), |month| month.to_string());
            format!("{name} {}..{}", show(first), show(last))
        }
    };
    let old_name = name(&options.reference, options.reference_dates);
    let new_name = name(&options.new, options.new_dates);
    let (old, n_old) = options.sample(
        &options.reference,
        options.reference_dates,
        &classifier,
        common,
    )?;
    let (new, n_new) = options.sample(&options.new, options.new_dates, &classifier, common)?;
    let spinner = progress::spinner("permuting", common.quiet);
    let drift = detect_drift(
        classifier.labels(),
        !classifier.extractor().vocabulary().is_empty(),
        [(&old_name, &old, n_old), (&new_name, &new, n_new)],
        &DriftOptions {
            permutations: options.permutations,
            seed: options.seed,
        },
    )?;
    spinner.finish_and_clear();
    let mut out = anstream::stdout();
    match options.json {
        true => writeln!(out, "{}", serde_json::to_string_pretty(&drift)?)?,
        false => write!(out, "{}", drift.render(options.markdown))?,
    }
    Ok(())
}

impl Options {
    /// A random sample of the documents of `name` that have a sentence, and the number of these.
    fn sample(
        &self,
        name: &str,
        months: Option<Months>,
        classifier: &Classifier,
        common: &Common,
    ) -> anyhow::Result<(Vec<DocumentProfile>, u64)> {
        let options = self.reading.read_options();
        let mut reservoir = Reservoir::new(self.sample as usize, self.seed);
        for_each_document(
            find(name, &options)?,
            &options,
            classifier,
            common.quiet,
            |document, scratch| {
                let wanted = months.is_none_or(|months| months.contain(document.date.as_deref()));
                let profile = match (wanted, self.whole) {
                    (false, _) => return None,
                    (true, true) => {
                        DocumentProfile::new(classifier, scratch, [document.text.trim()])
                    }
                    (true, false) => {
                        DocumentProfile::new(classifier, scratch, sentences(&document.text))
                    }
                };
                (profile.sentences() > 0).then_some(profile)
            },
            |profile| {
                if let Some(profile) = profile {
                    reservoir.offer(profile);
                }
            },
        )?;
        let documents = reservoir.offered();
        Ok((reservoir.into_items(), documents))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read_from_years_and_months() {
        let months = |value: &str| value.parse::<Months>().unwrap();
        assert!(months("2013..2015").contain(Some("2015-12-31")));
        assert!(!months("2013..2015").contain(Some("2016-01-01")));
        assert!(!months("2013..2015").contain(None));
        assert!(months("2022-03..").contain(Some("2022-03-01")));
        assert!(!months("2022-03..").contain(Some("2022-02-01")));
        assert!(months("2014").contain(Some("2014-05")));
        for wrong in ["..", "x..y", "2015..2013", ""] {
            assert!(wrong.parse::<Months>().is_err(), "{wrong}");
        }
    }
}
