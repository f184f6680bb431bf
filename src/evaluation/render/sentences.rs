//! An error with its evidence.

use super::Block;
use crate::evaluation::{ErrorCase, EvidenceWord};

/// So many words are named for and against.
const WORDS: usize = 5;

/// Where the sentence stands, the sentence, and the words that decided.
pub(super) fn error(error: &ErrorCase) -> Block {
    let place = match (&error.file, error.line) {
        (Some(file), Some(line)) => format!("{file}:{line}"),
        (Some(file), None) => file.clone(),
        _ => String::new(),
    };
    let id = error.id.as_deref().map(|id| format!("({id})"));
    let head = format!(
        "{:.3} {}, truly {} ({:.3})  {place} {}",
        error.confidence,
        error.prediction,
        error.truth,
        error.probability_of_truth,
        id.unwrap_or_default()
    );
    let mut lines = vec![head, isolated(&error.text)];
    for (label, sign) in [(&error.prediction, 1.0), (&error.runner_up, -1.0)] {
        let words = strongest(&error.evidence, sign);
        if !words.is_empty() {
            lines.push(format!("for {label}: {}", words.join(", ")));
        }
    }
    Block::Lines(lines)
}

/// The words that contribute most on one side.
fn strongest(evidence: &[EvidenceWord], sign: f64) -> Vec<String> {
    let mut words: Vec<&EvidenceWord> = evidence
        .iter()
        .filter(|word| word.contribution * sign > 0.05)
        .collect();
    words.sort_by(|a, b| (b.contribution * sign).total_cmp(&(a.contribution * sign)));
    words
        .iter()
        .take(WORDS)
        .map(|word| format!("{} {:.2}", isolated(&word.word), word.contribution.abs()))
        .collect()
}

/// Between marks that keep the direction of the text from its surroundings (U+2068 first strong isolate, U+2069 pop directional
/// isolate; Unicode Standard Annex 9).
fn isolated(text: &str) -> String {
    format!("\u{2068}{text}\u{2069}")
}
