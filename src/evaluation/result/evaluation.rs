//! Everything that `marsad evaluate` shows.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    ClassFigures, ConfidenceBin, Confusion, ConfusionCounts, CrossValidationResult,
    CurveOfPrecision, ErrorCase, LearningCurveResult, ModelIdentity, OverallFigures,
    ReliabilityBin, SliceField,
};
use crate::evaluation::Prevalence;
use crate::training::DataFile;

/// The `schema` of a stored evaluation.
pub const EVALUATION_SCHEMA: &str = "marsad-evaluation";

/// The `version` of the schema that this crate writes and reads. It rises when a field changes its meaning or goes; a new field
/// does not raise it.
pub const EVALUATION_VERSION: u32 = 1;

/// Everything that `marsad evaluate` and `marsad cross-validate` show, as they store it. docs/evaluation-schema.md describes the
/// JSON. Nothing in it depends on the time, the machine or the number of threads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// [`EVALUATION_SCHEMA`].
    pub schema: String,
    /// [`EVALUATION_VERSION`].
    pub version: u32,
    /// The program that measured, with its version.
    pub software: String,
    /// The model.
    pub model: ModelIdentity,
    /// The files measured on.
    pub data: Vec<DataFile>,
    /// How many sentences were scored. A repeated cross-validation counts each once a repeat.
    pub sentences: u64,
    /// In how many groups they lie.
    pub groups: u64,
    /// Labels that the model does not know, with their numbers of sentences; these are left out of all figures.
    pub unknown_labels: BTreeMap<String, usize>,
    /// The names of the classes, in the order of all lists of classes here.
    pub labels: Vec<String>,
    /// How the intervals were made.
    pub resampling: ResamplingFacts,
    /// Which labels were taken for which.
    pub confusion_matrix: ConfusionCounts,
    /// Figures over all classes.
    pub overall: OverallFigures,
    /// Figures of each class.
    pub classes: Vec<ClassFigures>,
    /// Every confusion that occurs, from the most frequent to the rarest.
    pub confusions: Vec<Confusion>,
    /// How many sentences got another label than their own.
    pub errors_in_all: u64,
    /// The errors behind [`Confusion::examples`], the most confident first.
    pub errors: Vec<ErrorCase>,
    /// Parts of the data, for each field asked for.
    pub slices: Vec<SliceField>,
    /// The curve of each class that occurs.
    pub precision_recall: Vec<CurveOfPrecision>,
    /// Confidence against accuracy in 15 bins of equal width.
    pub reliability: Vec<ReliabilityBin>,
    /// The distribution of confidence in 20 bins of equal width.
    pub confidence_histogram: Vec<ConfidenceBin>,
    /// How the data was cut, if this is a cross-validation.
    #[serde(default)]
    pub cross_validation: Option<CrossValidationResult>,
    /// What more labels would bring, if it was asked for.
    #[serde(default)]
    pub learning_curve: Option<LearningCurveResult>,
    /// Figures for another distribution of classes, if one was given.
    #[serde(default)]
    pub prevalence: Option<Prevalence>,
}

/// How the intervals were made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ResamplingFacts {
    /// How many resamples: 2,000 unless another number was asked for.
    pub resamples: usize,
    /// What drives them.
    pub seed: u64,
    /// What is drawn: "group", or "sentence" where no two sentences share a group.
    pub unit: String,
    /// How many of them there are.
    pub units: u64,
    /// How often an interval holds the true figure: 0.95.
    pub level: f64,
}
