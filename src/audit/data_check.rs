//! Every check of labelled data.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::annotations::Annotations;
use super::check_options::CheckOptions;
use super::data_findings::{count_votes, duplicates, templates, unreviewed, unvoted};
use super::finding::Finding;
use super::repetition::{Repetition, repetition};
use super::schema::schema;
use super::split::{Located, Skipped, Split, located};
use super::spread::{
    Lengths, Spread, field_spread, frame_spread, lengths, planned_fields, spelling_spread,
};
use super::surprise::{Surprising, surprises};
use super::vocabulary::{Vocabulary, vocabulary};
use crate::Error;
use crate::training::LabelledSentence;

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
    options.check()?;
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
