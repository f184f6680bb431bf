//! Findings that take more than the form of a record.

use std::collections::{BTreeMap, BTreeSet};

use super::annotations::Annotations;
use super::check_options::CheckOptions;
use super::finding::{Finding, Rule};
use super::near_duplicates::near_duplicates;
use super::repetition::{Recurring, Repetition};
use super::split::{Located, Place};
use super::surprise::Surprising;

/// Sentences that are the same, then those that are nearly the same.
pub(super) fn duplicates(all: &[Located], texts: &[&str], threshold: f64) -> Vec<Finding> {
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

/// Openings and runs that recur too often, each told once for all sentences.
pub(super) fn templates(
    all: &[Located],
    repetition: &Repetition,
    options: &CheckOptions,
) -> Vec<Finding> {
    let finding = |rule, share: Option<f64>, most: f64, recurring: &[Recurring], what| {
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

/// How many sentences have no vote, one, two …, and the number of votes on identifiers that no sentence has.
pub(super) fn count_votes(
    all: &[Located],
    annotations: &Annotations,
) -> (BTreeMap<usize, usize>, usize) {
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

/// Sentences without a vote, if annotations lie beside the data.
pub(super) fn unvoted(all: &[Located], annotations: &Annotations) -> Vec<Finding> {
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

/// Most surprising sentences without a review, if there are reviews.
pub(super) fn unreviewed(surprising: &[Surprising], annotations: &Annotations) -> Vec<Finding> {
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
