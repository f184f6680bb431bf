//! `marsad agreement`

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::PathBuf;

use anyhow::{bail, ensure};
use clap::Args;
use marsad::audit::{Agreement, Vote, agreement, agreement_tables, disagreements, read_votes};
use marsad::training::Corpus;
use serde::Serialize;

use super::evaluate::read_corpus;
use super::terminal::{BOLD, DIM, RESET};
use super::{Common, progress};

/// Measure how far readers agree
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  marsad agreement votes.jsonl
  marsad agreement data/annotations/votes.jsonl --exclude adjudicator
  marsad agreement votes.jsonl --data data.jsonl --by region
  marsad agreement votes.jsonl --disagreements

Votes are JSONL, an object {\"id\", \"reader\", \"label\", \"tags\"} a line. Each coefficient stands with
its 95 % bootstrap interval; with --data, sentences of one group are resampled together. Cohen's κ
compares two readers or, where readers change, the first vote on each sentence with the second.
A dash stands where a coefficient is not defined: Cohen's κ needs two votes a sentence, Fleiss' κ
equally many on all.")]
pub(super) struct Options {
    /// Votes: .jsonl files
    #[arg(required = true, value_name = "VOTES")]
    votes: Vec<PathBuf>,
    /// The sentences that were voted on, for their groups and fields: .jsonl, .csv or .tsv files, or folders of them
    #[arg(long, value_name = "DATA", num_args = 1..)]
    data: Vec<PathBuf>,
    /// A reader whose votes do not count, such as one who decides between others; may be repeated
    #[arg(long, value_name = "READER")]
    exclude: Vec<String>,
    /// A table for each value of a field of the data, such as group or label
    #[arg(long, value_name = "FIELD", requires = "data")]
    by: Option<String>,
    /// List the sentences on which readers differ, with their votes
    #[arg(long)]
    disagreements: bool,
    /// Write everything as one JSON object
    #[arg(long, conflicts_with = "markdown")]
    json: bool,
    /// Write the tables as Markdown
    #[arg(long)]
    markdown: bool,
    /// Drives the resampling of the intervals
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// What is printed, as data.
#[derive(Serialize)]
struct Output<'a> {
    #[serde(flatten)]
    agreement: Agreement,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<By<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    disagreements: Option<Vec<Disagreement<'a>>>,
}

#[derive(Serialize)]
struct By<'a> {
    field: &'a str,
    values: Vec<(&'a str, Agreement)>,
}

#[derive(Serialize)]
struct Disagreement<'a> {
    id: &'a str,
    votes: Vec<VoteOf<'a>>,
}

#[derive(Serialize)]
struct VoteOf<'a> {
    reader: &'a str,
    label: &'a str,
    tags: Option<&'a Vec<String>>,
}

pub(super) fn run(options: &Options, common: &Common) -> anyhow::Result<()> {
    let votes = read_votes(&options.votes)?;
    for reader in &options.exclude {
        ensure!(
            votes.iter().any(|vote| vote.reader == *reader),
            "--exclude {reader}: no vote is by this reader"
        );
    }
    let counted: Vec<&Vote> = votes
        .iter()
        .filter(|vote| !options.exclude.contains(&vote.reader))
        .collect();
    ensure!(!counted.is_empty(), "there is no vote to count");
    let corpus = match options.data.is_empty() {
        true => Corpus::default(),
        false => read_corpus(&options.data, false, common)?,
    };
    let spinner = progress::spinner("resampling", common.quiet);
    let output = options.measure(&counted, &corpus)?;
    spinner.finish_and_clear();
    options.print(&output)
}

impl Options {
    fn measure<'a>(&'a self, votes: &[&'a Vote], corpus: &'a Corpus) -> anyhow::Result<Output<'a>> {
        let field_of = |name: &str| -> BTreeMap<&'a str, &'a str> {
            corpus
                .sentences
                .iter()
                .filter_map(|sentence| Some((sentence.id.as_deref()?, sentence.field(name)?)))
                .collect()
        };
        let groups = field_of("group");
        let by = match &self.by {
            None => None,
            Some(field) => {
                let value_of = field_of(field);
                let values: BTreeSet<&str> = votes
                    .iter()
                    .filter_map(|vote| value_of.get(vote.id.as_str()).copied())
                    .collect();
                if values.is_empty() {
                    bail!("--by {field}: no sentence that was voted on has this field");
                }
                let measured = values.into_iter().map(|value| {
                    let of_value: Vec<&Vote> = votes
                        .iter()
                        .filter(|vote| value_of.get(vote.id.as_str()) == Some(&value))
                        .copied()
                        .collect();
                    // Within one group there is nothing but sentences to resample.
                    let groups = match field.as_str() {
                        "group" => &BTreeMap::new(),
                        _ => &groups,
                    };
                    (value, agreement(&of_value, groups, self.seed))
                });
                Some(By {
                    field,
                    values: measured.collect(),
                })
            }
        };
        let disagreements = self.disagreements.then(|| {
            let list = disagreements(votes).into_iter();
            list.map(|votes| Disagreement {
                id: &votes[0].id,
                votes: votes
                    .iter()
                    .map(|vote| VoteOf {
                        reader: &vote.reader,
                        label: &vote.label,
                        tags: vote.tags.as_ref(),
                    })
                    .collect(),
            })
            .collect()
        });
        Ok(Output {
            agreement: agreement(votes, &groups, self.seed),
            by,
            disagreements,
        })
    }

    fn print(&self, output: &Output) -> anyhow::Result<()> {
        let mut out = anstream::stdout();
        if self.json {
            // Not to the pipe itself: an error of JSON would hide that the pipe is closed.
            let json = serde_json::to_string_pretty(output)?;
            return Ok(writeln!(out, "{json}")?);
        }
        self.print_agreement(&mut out, None, &output.agreement)?;
        if let Some(by) = &output.by {
            for (value, agreement) in &by.values {
                let title = format!("{}: {value}", by.field);
                self.print_agreement(&mut out, Some(&title), agreement)?;
            }
        }
        if let Some(disagreements) = &output.disagreements {
            self.print_title(
                &mut out,
                &match disagreements.len() {
                    1 => "Readers differ on 1 sentence".to_owned(),
                    n => format!("Readers differ on {n} sentences"),
                },
            )?;
            for Disagreement { id, votes } in disagreements {
                let votes: Vec<String> = votes.iter().map(VoteOf::show).collect();
                let bullet = if self.markdown { "- " } else { "" };
                writeln!(out, "{bullet}{id}  {}", votes.join("  "))?;
            }
        }
        Ok(())
    }

    fn print_agreement(
        &self,
        out: &mut impl Write,
        title: Option<&str>,
        agreement: &Agreement,
    ) -> std::io::Result<()> {
        if let Some(title) = title {
            self.print_title(out, title)?;
        }
        let about = format!(
            "{} sentences, {} of them with two votes or more; {} votes by {} readers",
            agreement.items, agreement.paired_items, agreement.votes, agreement.readers
        );
        match self.markdown {
            true => writeln!(out, "{about}\n")?,
            false => writeln!(out, "{DIM}{about}{RESET}\n")?,
        }
        for table in agreement_tables(agreement) {
            writeln!(out, "{}", table.render(self.markdown))?;
        }
        Ok(())
    }

    fn print_title(&self, out: &mut impl Write, title: &str) -> std::io::Result<()> {
        match self.markdown {
            true => writeln!(out, "## {title}\n"),
            false => writeln!(out, "{BOLD}{title}{RESET}"),
        }
    }
}

impl VoteOf<'_> {
    fn show(&self) -> String {
        let tags = match self.tags {
            Some(tags) => format!(" [{}]", tags.join(", ")),
            None => String::new(),
        };
        format!("{}: {}{tags}", self.reader, self.label)
    }
}
