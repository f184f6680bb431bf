//! Records of predictions, and the sentences that they belong to.

use std::collections::{BTreeMap, BTreeSet};

use crate::training::LabelledSentence;

/// How many sentences an error names.
const SHOWN: usize = 10;

/// A record of a file of predictions.
pub(super) struct PredictionRecord {
    pub(super) line: u64,
    pub(super) id: Option<String>,
    pub(super) text: Option<String>,
    pub(super) label: Option<String>,
    /// By label; `None` where the record has none.
    pub(super) probabilities: Option<BTreeMap<String, f64>>,
}

/// The record of each sentence: the one with its identifier, or else with its text.
pub(super) fn match_records<'a>(
    records: &'a [PredictionRecord],
    sentences: &[LabelledSentence],
) -> Result<Vec<&'a PredictionRecord>, String> {
    let mut by_id: BTreeMap<&str, &PredictionRecord> = BTreeMap::new();
    let mut by_text: BTreeMap<&str, &PredictionRecord> = BTreeMap::new();
    let mut contradicting = Vec::new();
    for record in records {
        let (index, key) = match (&record.id, &record.text) {
            (Some(id), _) => (&mut by_id, id.as_str()),
            (None, Some(text)) => (&mut by_text, text.as_str()),
            (None, None) => continue,
        };
        let earlier = *index.entry(key).or_insert(record);
        if earlier.label != record.label {
            let line = earlier.line;
            contradicting.push(format!("line {}, against line {line}", record.line));
        }
        // A sentence without identifier is found by its text, whatever else the record has.
        if let Some(text) = &record.text {
            by_text.entry(text).or_insert(record);
        }
    }
    if !contradicting.is_empty() {
        return Err(listed(
            "records contradict an earlier one of the same sentence",
            &contradicting,
        ));
    }
    let mut ids = BTreeMap::new();
    for sentence in sentences {
        if let Some(id) = &sentence.id
            && *ids.entry(id).or_insert(&sentence.text) != &sentence.text
            && by_id.contains_key(id.as_str())
        {
            return Err(format!(
                "the data have two sentences with the identifier «{id}»; make the identifiers differ, or leave them out of the predictions, which are then matched by text"
            ));
        }
    }
    let mut used = BTreeSet::new();
    let mut missing = Vec::new();
    let mut matched = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        let by_its_id = sentence.id.as_deref().and_then(|id| by_id.get(id));
        match by_its_id.or_else(|| by_text.get(sentence.text.trim())) {
            Some(&record) => {
                used.insert(record.line);
                matched.push(record);
            }
            None => missing.push(name(sentence.id.as_deref(), &sentence.text, sentence.line)),
        }
    }
    // A repeated record says what an earlier one said; it is strange only if that was.
    let strange = |record: &&PredictionRecord| {
        let same = match (&record.id, &record.text) {
            (Some(id), _) => by_id.get(id.as_str()),
            (None, Some(text)) => by_text.get(text.as_str()),
            (None, None) => None,
        };
        !used.contains(&record.line) && !same.is_some_and(|same| used.contains(&same.line))
    };
    let unknown: Vec<String> = records
        .iter()
        .filter(strange)
        .map(|record| {
            name(
                record.id.as_deref(),
                record.text.as_deref().unwrap_or_default(),
                record.line,
            )
        })
        .collect();
    match (missing.is_empty(), unknown.is_empty()) {
        (true, true) => Ok(matched),
        (false, true) => Err(listed("sentences have no prediction", &missing)),
        (true, false) => Err(listed(
            "predictions belong to no sentence of the data",
            &unknown,
        )),
        (false, false) => Err(format!(
            "{}; {}",
            listed("sentences have no prediction", &missing),
            listed("predictions belong to no sentence of the data", &unknown)
        )),
    }
}

/// How many there are of something, and the first of them.
pub(super) fn listed(what: &str, items: &[String]) -> String {
    let shown = items.iter().take(SHOWN).cloned().collect::<Vec<_>>();
    let more = match items.len() > SHOWN {
        true => ", …",
        false => "",
    };
    format!("{} {what}: {}{more}", items.len(), shown.join(", "))
}

/// What a sentence is called in an error.
fn name(id: Option<&str>, text: &str, line: u64) -> String {
    if let Some(id) = id {
        return format!("«{id}» (line {line})");
    }
    let start: String = text.chars().take(40).collect();
    format!("line {line} («{start}»)")
}
