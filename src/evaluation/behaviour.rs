//! Minimal pairs and triples that test what a model has understood.

use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Table;
use super::table::share;
use crate::Error;
use crate::model::Classifier;

/// Sentences that differ as little as possible in what a capability names, each with the label expected of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BehaviourCase {
    /// Its identifier.
    pub id: String,
    /// What it tests.
    pub capability: String,
    /// Two sentences or more.
    pub sentences: Vec<Expectation>,
}

/// A sentence and the label expected of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// The sentence.
    pub text: String,
    /// The label.
    pub label: String,
}

/// Behavioural cases, in the manner of Ribeiro et al. 2020, "Beyond accuracy: behavioral testing of NLP models with `CheckList`".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BehaviourSuite {
    /// In the order of the file.
    pub cases: Vec<BehaviourCase>,
}

/// How a model does on the cases of one capability.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapabilityResult {
    /// The capability.
    pub capability: String,
    /// Its cases.
    pub cases: usize,
    /// Cases of which every sentence got the expected label.
    pub whole_cases: usize,
    /// The sentences of its cases.
    pub sentences: usize,
    /// Sentences that got the expected label.
    pub passed: usize,
}

/// A sentence that got another label than expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BehaviourFailure<'a> {
    /// The case.
    pub case: &'a BehaviourCase,
    /// The place of the sentence in it.
    pub sentence: usize,
    /// What the model says.
    pub predicted: String,
}

impl CapabilityResult {
    /// The share of sentences that got the expected label, 0 to 1; `None` without sentences.
    #[must_use]
    pub fn pass_rate(&self) -> Option<f64> {
        (self.sentences > 0).then(|| self.passed as f64 / self.sentences as f64)
    }

    /// The share of cases of which every sentence got the expected label, 0 to 1; `None` without cases.
    #[must_use]
    pub fn whole_case_rate(&self) -> Option<f64> {
        (self.cases > 0).then(|| self.whole_cases as f64 / self.cases as f64)
    }
}

impl BehaviourSuite {
    /// Reads cases from JSONL: `{"id": "…", "capability": "…", "sentences": [{"text": "…", "label": "…"}, …]}`.
    ///
    /// # Errors
    ///
    /// [`Error::Io`], or [`Error::Record`] for the first line that is no case, has an id that stands above, or fewer than two
    /// sentences.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path).map_err(|e| Error::io(path, e))?;
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
        let mut suite = Self::default();
        let mut ids = BTreeSet::new();
        for (line, record) in (1..).zip(text.lines()) {
            if record.trim().is_empty() {
                continue;
            }
            let refused = |message: String| Error::Record {
                path: path.to_owned(),
                line,
                message,
            };
            let case: BehaviourCase = serde_json::from_str(record).map_err(|e| {
                refused(format!(
                    "{e}; a case is like {{\"id\": \"…\", \"capability\": \"…\", \"sentences\": [{{\"text\": \"…\", \"label\": \"…\"}}, …]}}"
                ))
            })?;
            if case.sentences.len() < 2 {
                return Err(refused("a case has two sentences or more".to_owned()));
            }
            if !ids.insert(case.id.clone()) {
                return Err(refused(format!(
                    "the id «{}» stands above already",
                    case.id
                )));
            }
            suite.cases.push(case);
        }
        Ok(suite)
    }

    /// The result of each capability, in the order in which they first occur, and the failures.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] when a case expects a label that the model does not know.
    pub fn run(
        &self,
        classifier: &Classifier,
    ) -> Result<(Vec<CapabilityResult>, Vec<BehaviourFailure<'_>>), Error> {
        for case in &self.cases {
            for Expectation { label, .. } in &case.sentences {
                if !classifier.labels().contains(label) {
                    return Err(Error::Data(format!(
                        "the case «{}» expects the label «{label}»; the model knows: {}",
                        case.id,
                        classifier.labels().join(", ")
                    )));
                }
            }
        }
        let predicted: Vec<Vec<String>> = self
            .cases
            .par_iter()
            .map_init(
                || classifier.scratch(),
                |scratch, case| {
                    let label = |sentence: &Expectation| {
                        let class = classifier.classify(&sentence.text, scratch).class();
                        classifier.labels()[class].clone()
                    };
                    case.sentences.iter().map(label).collect()
                },
            )
            .collect();
        let mut results: Vec<CapabilityResult> = Vec::new();
        let mut failures = Vec::new();
        for (case, predicted) in self.cases.iter().zip(predicted) {
            let known = results
                .iter()
                .position(|result| result.capability == case.capability);
            let place = known.unwrap_or_else(|| {
                results.push(CapabilityResult {
                    capability: case.capability.clone(),
                    cases: 0,
                    whole_cases: 0,
                    sentences: 0,
                    passed: 0,
                });
                results.len() - 1
            });
            let result = &mut results[place];
            let before = failures.len();
            for (sentence, predicted) in predicted.into_iter().enumerate() {
                if predicted != case.sentences[sentence].label {
                    failures.push(BehaviourFailure {
                        case,
                        sentence,
                        predicted,
                    });
                }
            }
            let failed = failures.len() - before;
            result.cases += 1;
            result.whole_cases += usize::from(failed == 0);
            result.sentences += case.sentences.len();
            result.passed += case.sentences.len() - failed;
        }
        Ok((results, failures))
    }
}

/// Sums over capabilities.
#[must_use]
pub fn all_capabilities(results: &[CapabilityResult]) -> CapabilityResult {
    let sum = |number: &dyn Fn(&CapabilityResult) -> usize| results.iter().map(number).sum();
    CapabilityResult {
        capability: "all".to_owned(),
        cases: sum(&|result| result.cases),
        whole_cases: sum(&|result| result.whole_cases),
        sentences: sum(&|result| result.sentences),
        passed: sum(&|result| result.passed),
    }
}

/// A row for each capability and one for all.
#[must_use]
pub fn behaviour_table(results: &[CapabilityResult]) -> Table {
    let mut table = Table::new([
        "capability",
        "pass rate",
        "sentences",
        "whole cases",
        "cases",
    ]);
    for result in results.iter().chain([&all_capabilities(results)]) {
        table.push([
            result.capability.clone(),
            share(result.pass_rate()),
            result.sentences.to_string(),
            share(result.whole_case_rate()),
            result.cases.to_string(),
        ]);
    }
    table
}
