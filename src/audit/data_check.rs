//! Every check of labelled data.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::annotations::Annotations;
use super::finding::{Finding, Rule};
use super::near_duplicates::near_duplicates;
use super::repetition::{Repetition, repetition};
use super::reviews::Review;
use super::schema::schema;
use super::split::{Located, Place, Skipped, Split, located};
use super::spread::{
    Lengths, Spread, field_spread, frame_spread, lengths, planned_fields, spelling_spread,
};
use super::surprise::surprises;
use super::vocabulary::{Vocabulary, vocabulary};
use crate::Error;
use crate::training::{Estimator, LabelledSentence, LinearSvmParams, TrainingConfig};

/// What a check is to look for.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckOptions {
    /// From this Jaccard similarity on, two sentences are nearly the same; above 0, at most 1. Default 0.5.
    pub similarity: f64,
    /// The largest share of sentences that may open like another, 0 to 1. Default 0.3.
    pub max_openings: f64,
    /// The largest share of sentences that may share a run of eight words with another, 0 to 1. Default 0.01.
    pub max_runs: f64,
    /// The number of most surprising sentences; 0 leaves the model out. Default 50.
    pub surprising: usize,
    /// The model that is surprised. Default a linear SVM, which is quick.
    pub config: TrainingConfig,
    /// The fields over which labels are counted; if there are none, those with at most 40 values.
    pub fields: Vec<String>,
    /// Drives the order in which the vocabulary grows. Default 1.
    pub seed: u64,
}

impl Default for CheckOptions {
    fn default() -> Self {
        Self {
            similarity: 0.5,
            max_openings: 0.3,
            max_runs: 0.01,
            surprising: 50,
            config: TrainingConfig {
                estimator: Estimator::LinearSvm(LinearSvmParams::default()),
                ..TrainingConfig::default()
            },
            fields: Vec::new(),
            seed: 1,
        }
    }
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DataCheck {
    /// The files that were checked.
    pub splits: Vec<SplitFacts>,
    /// The files that were passed over.
    pub skipped: Vec<Skipped>,
    /// What is wrong, rule by rule, in the order of the files.
    pub findings: Vec<Finding>,
    /// How many sentences have no vote, one, two …; empty if no annotations lie beside the data.
    pub votes_per_sentence: BTreeMap<usize, usize>,
    /// Votes on identifiers that no sentence has.
    pub stray_votes: usize,
    /// Whether reviews lie beside the data.
    pub has_reviews: bool,
    /// Openings and runs that recur.
    pub repetition: Repetition,
    /// How the vocabulary grows.
    pub vocabulary: Vocabulary,
    /// Lengths in words, of all sentences and by label.
    pub lengths: Vec<Lengths>,
    /// Labels over frames, spelling habits and fields.
    pub spreads: Vec<Spread>,
    /// The sentences that surprise the model most.
    pub surprising: Vec<Surprising>,
    /// Why there are none, if the model could not be trained.
    pub no_model: Option<String>,
}

/// A file that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SplitFacts {
    /// The file.
    pub path: std::path::PathBuf,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// The number of sentences.
    pub sentences: usize,
    /// The number of groups; a sentence without one is a group of its own.
    pub groups: usize,
    /// The number of sentences of each label, over the labels of all files.
    pub labels: BTreeMap<String, usize>,
}

/// A sentence whose label surprises the model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Surprising {
    /// Its identifier.
    pub id: Option<String>,
    /// Where it stands.
    pub place: Place,
    /// −ln of the probability of its label, in nats.
    pub loss: f64,
    /// Its label.
    pub label: String,
    /// What the model says.
    pub predicted: String,
    /// How surely, 0 to 1.
    pub probability: f64,
    /// The text.
    pub text: String,
    /// Its review, if it has one.
    pub review: Option<Review>,
}

/// Checks `splits` with what lies beside them. Findings are what must be mended before the data can be trusted; all else is to
/// be read.
///
/// # Errors
///
/// [`Error::InvalidParameter`] when an option or the configuration of the model is out of range.
pub fn check_data(
    splits: &[Split],
    skipped: Vec<Skipped>,
    annotations: &Annotations,
    options: &CheckOptions,
) -> Result<DataCheck, Error> {
    check_options(options)?;
    let all = located(splits);
    let sentences: Vec<&LabelledSentence> = all.iter().map(|at| at.sentence).collect();
    let texts: Vec<&str> = sentences.iter().map(|s| s.text.as_str()).collect();
    let labels: BTreeSet<&String> = sentences.iter().map(|s| &s.label).collect();
    let labels: Vec<String> = labels.into_iter().cloned().collect();

    let mut findings = schema(splits);
    findings.extend(duplicates(&all, &texts, options.similarity));
    let repetition = repetition(&texts);
    findings.extend(templates(&all, &repetition, options));
    let (votes_per_sentence, stray_votes) = count_votes(&all, annotations);
    findings.extend(unvoted(&all, annotations));
    let (surprising, no_model) = match options.surprising {
        0 => (Vec::new(), None),
        _ => surprising(&all, &labels, annotations, options)?,
    };
    findings.extend(unreviewed(&surprising, annotations));

    let fields = match options.fields.is_empty() {
        true => planned_fields(&sentences, 40),
        false => options.fields.clone(),
    };
    let mut spreads = vec![frame_spread(&sentences), spelling_spread(&sentences)];
    spreads.extend(fields.iter().map(|name| field_spread(name, &sentences)));
    Ok(DataCheck {
        splits: splits
            .iter()
            .map(|split| split_facts(split, &labels))
            .collect(),
        skipped,
        findings,
        votes_per_sentence,
        stray_votes,
        has_reviews: annotations.reviews.is_some(),
        repetition,
        vocabulary: vocabulary(&sentences, options.seed),
        lengths: lengths(&sentences),
        spreads,
        surprising,
        no_model,
    })
}

fn check_options(options: &CheckOptions) -> Result<(), Error> {
    let within = |parameter, value: f64, rule, holds: bool| match holds {
        true => Ok(()),
        false => Err(Error::InvalidParameter {
            parameter,
            rule,
            got: value.to_string(),
        }),
    };
    let similarity = options.similarity;
    within(
        "similarity",
        similarity,
        "above 0 and at most 1",
        similarity > 0.0 && similarity <= 1.0,
    )?;
    for (parameter, share) in [
        ("max-openings", options.max_openings),
        ("max-runs", options.max_runs),
    ] {
        within(
            parameter,
            share,
            "between 0 and 1",
            (0.0..=1.0).contains(&share),
        )?;
    }
    Ok(())
}

fn split_facts(split: &Split, labels: &[String]) -> SplitFacts {
    let count = |label: &String| {
        let of_label = split.sentences.iter().filter(|s| s.label == *label);
        (label.clone(), of_label.count())
    };
    let groups = crate::training::group_numbers(&split.sentences);
    SplitFacts {
        path: split.path.clone(),
        sha256: split.sha256.clone(),
        sentences: split.sentences.len(),
        groups: groups.iter().collect::<BTreeSet<_>>().len(),
        labels: labels.iter().map(count).collect(),
    }
}

fn duplicates(all: &[Located], texts: &[&str], threshold: f64) -> Vec<Finding> {
    let mut findings: Vec<Finding> = near_duplicates(texts, threshold)
        .into_iter()
        .map(|pair| {
            let (first, second) = (&all[pair.first], &all[pair.second]);
            let (rule, what) = match pair.exact {
                true => (Rule::ExactDuplicate, "the same as".to_owned()),
                false => (
                    Rule::NearDuplicate,
                    format!("{:.0} % like", pair.similarity * 100.0),
                ),
            };
            let labels = match first.sentence.label == second.sentence.label {
                true => String::new(),
                false => format!(
                    "; labelled {} here and {} there",
                    second.sentence.label, first.sentence.label
                ),
            };
            Finding {
                rule,
                place: second.place(),
                message: format!(
                    "{} is {what} {}, at {}{labels}",
                    second.name(),
                    first.name(),
                    first.place()
                ),
            }
        })
        .collect();
    findings.sort_by_key(|finding| finding.rule);
    findings
}

fn templates(all: &[Located], repetition: &Repetition, options: &CheckOptions) -> Vec<Finding> {
    let finding = |rule, share: Option<f64>, most: f64, recurring: &[super::Recurring], what| {
        let share = share.filter(|&share| share > most)?;
        let first = recurring.first()?;
        Some(Finding {
            rule,
            place: all[first.first].place(),
            message: format!(
                "{:.1} % of all sentences {what}, more than {:.1} %; here one of the {} with «{}»",
                share * 100.0,
                most * 100.0,
                first.sentences,
                first.text
            ),
        })
    };
    let openings = finding(
        Rule::Openings,
        repetition.opening_share(),
        options.max_openings,
        &repetition.openings,
        "open with the three words of another",
    );
    let runs = finding(
        Rule::Runs,
        repetition.run_share(),
        options.max_runs,
        &repetition.runs,
        "share eight words in a row with another",
    );
    openings.into_iter().chain(runs).collect()
}

fn count_votes(all: &[Located], annotations: &Annotations) -> (BTreeMap<usize, usize>, usize) {
    let mut per_sentence = BTreeMap::new();
    if annotations.folders.is_empty() {
        return (per_sentence, 0);
    }
    let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
    for vote in &annotations.votes {
        *votes.entry(&vote.id).or_default() += 1;
    }
    let mut known = BTreeSet::new();
    for at in all {
        let id = at.sentence.id.as_deref().unwrap_or_default();
        let n = votes.get(id).copied().unwrap_or(0);
        *per_sentence.entry(n).or_default() += 1;
        known.insert(id);
    }
    let stray = votes.iter().filter(|(id, _)| !known.contains(*id));
    (per_sentence, stray.map(|(_, n)| n).sum())
}

fn unvoted(all: &[Located], annotations: &Annotations) -> Vec<Finding> {
    let Some(folder) = annotations.folders.first() else {
        return Vec::new();
    };
    if annotations.votes.is_empty() {
        return vec![Finding {
            rule: Rule::Votes,
            place: Place {
                path: folder.join("votes.jsonl"),
                line: 0,
            },
            message: "there are no votes, though annotations lie beside the data".to_owned(),
        }];
    }
    let voted: BTreeSet<&str> = annotations.votes.iter().map(|v| v.id.as_str()).collect();
    all.iter()
        .filter(|at| {
            let id = at.sentence.id.as_deref();
            id.is_none_or(|id| !voted.contains(id))
        })
        .map(|at| Finding {
            rule: Rule::Votes,
            place: at.place(),
            message: format!("nobody has voted on {}", at.name()),
        })
        .collect()
}

fn surprising(
    all: &[Located],
    labels: &[String],
    annotations: &Annotations,
    options: &CheckOptions,
) -> Result<(Vec<Surprising>, Option<String>), Error> {
    let sentences: Vec<LabelledSentence> = all.iter().map(|at| at.sentence.clone()).collect();
    let found = match surprises(&sentences, labels, &options.config, options.surprising) {
        // Too little data for cross-validation is no fault of the data.
        Err(Error::Data(reason)) => return Ok((Vec::new(), Some(reason))),
        found => found?,
    };
    let row = |surprise: super::Surprise| {
        let at = &all[surprise.place];
        let id = at.sentence.id.clone();
        let reviews = annotations.reviews.as_ref();
        Surprising {
            place: at.place(),
            loss: surprise.loss,
            label: at.sentence.label.clone(),
            predicted: surprise.predicted,
            probability: surprise.probability,
            text: at.sentence.text.clone(),
            review: reviews.and_then(|reviews| reviews.get(id.as_deref()?).cloned()),
            id,
        }
    };
    Ok((found.into_iter().map(row).collect(), None))
}

fn unreviewed(surprising: &[Surprising], annotations: &Annotations) -> Vec<Finding> {
    if annotations.reviews.is_none() {
        return Vec::new();
    }
    surprising
        .iter()
        .filter(|row| row.review.is_none())
        .map(|row| Finding {
            rule: Rule::Reviews,
            place: row.place.clone(),
            message: format!(
                "{} has no review; it is labelled {}, the model says {} ({:.2})",
                row.id.as_deref().unwrap_or("the sentence"),
                row.label,
                row.predicted,
                row.probability
            ),
        })
        .collect()
}
