//! Whether records are what they should be.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Finding, Rule};
use super::split::{Located, Place, Split, located};
use crate::Error;

/// Everything in the form of `splits` that is wrong, rule by rule, in the order of the files.
///
/// A label that never occurs as a tag is the residual one: sentences that have it may have any tags.
#[must_use]
pub fn schema(splits: &[Split]) -> Vec<Finding> {
    let sentences = located(splits);
    let mut findings: Vec<Finding> = splits
        .iter()
        .flat_map(|split| split.rejected.iter().map(|error| refused(split, error)))
        .collect();
    findings.extend(identifiers(&sentences));
    findings.extend(tags(&sentences));
    findings.extend(groups(&sentences));
    findings.extend(leaks(&sentences));
    findings.extend(sentences.iter().flat_map(unclean));
    findings
}

fn finding(rule: Rule, at: &Located, message: impl Into<String>) -> Finding {
    Finding {
        rule,
        place: at.place(),
        message: message.into(),
    }
}

fn refused(split: &Split, error: &Error) -> Finding {
    let (line, message) = match error {
        Error::Record { line, message, .. } => (*line, message.clone()),
        other => (0, other.to_string()),
    };
    Finding {
        rule: Rule::Readable,
        place: Place {
            path: split.path.clone(),
            line,
        },
        message,
    }
}

fn identifiers(sentences: &[Located]) -> Vec<Finding> {
    let mut first: BTreeMap<&str, &Located> = BTreeMap::new();
    let mut findings = Vec::new();
    for at in sentences {
        match at.sentence.id.as_deref() {
            None | Some("") => findings.push(finding(Rule::Identifier, at, "the id is missing")),
            Some(id) => {
                if let Some(first) = first.get(id) {
                    let message = format!("the id {id} is taken, at {}", first.place());
                    findings.push(finding(Rule::Identifier, at, message));
                } else {
                    first.insert(id, at);
                }
            }
        }
    }
    findings
}

fn tags(sentences: &[Located]) -> Vec<Finding> {
    let labels: BTreeSet<&str> = sentences
        .iter()
        .map(|at| at.sentence.label.as_str())
        .collect();
    let used_as_tag: BTreeSet<&str> = sentences
        .iter()
        .flat_map(|at| &at.sentence.tags)
        .map(String::as_str)
        .collect();
    let mut findings = Vec::new();
    for at in sentences {
        let (label, tags) = (&at.sentence.label, &at.sentence.tags);
        if used_as_tag.contains(label.as_str()) && !tags.contains(label) {
            let message = format!("the label {label} is not among the tags");
            findings.push(finding(Rule::Tags, at, message));
        }
        for tag in tags.iter().filter(|tag| !labels.contains(tag.as_str())) {
            let message = format!("the tag {tag} is no label");
            findings.push(finding(Rule::Tags, at, message));
        }
    }
    findings
}

fn groups(sentences: &[Located]) -> Vec<Finding> {
    let has_group = |at: &&Located| at.sentence.group.as_deref().is_some_and(|g| !g.is_empty());
    if !sentences.iter().any(|at| has_group(&at)) {
        return Vec::new();
    }
    sentences
        .iter()
        .filter(|at| !has_group(at))
        .map(|at| finding(Rule::Group, at, "the group is missing"))
        .collect()
}

/// One finding for each group and each split after the first in which it stands.
fn leaks(sentences: &[Located]) -> Vec<Finding> {
    let mut first: BTreeMap<&str, &Located> = BTreeMap::new();
    let mut told = BTreeSet::new();
    let mut findings = Vec::new();
    for at in sentences {
        let Some(group) = at.sentence.group.as_deref().filter(|g| !g.is_empty()) else {
            continue;
        };
        let first = first.entry(group).or_insert(at);
        if first.split.path != at.split.path && told.insert((group, &at.split.path)) {
            let message = format!("the group {group} also stands at {}", first.place());
            findings.push(finding(Rule::GroupLeak, at, message));
        }
    }
    findings
}

fn unclean(at: &Located) -> Vec<Finding> {
    let text = &at.sentence.text;
    let mut findings = Vec::new();
    if let Some((index, c)) = text.chars().enumerate().find(|(_, c)| c.is_control()) {
        let message = format!(
            "the text has the control character U+{:04X} as its character {}",
            u32::from(c),
            index + 1
        );
        findings.push(finding(Rule::CleanText, at, message));
    }
    let ends = [
        (text.trim_start() != text, "begins"),
        (text.trim_end() != text, "ends"),
    ];
    for (_, verb) in ends.into_iter().filter(|(wrong, _)| *wrong) {
        let message = format!("the text {verb} with a space");
        findings.push(finding(Rule::CleanText, at, message));
    }
    findings
}
