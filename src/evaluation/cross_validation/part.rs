//! What is trained on and what is held out.

use std::collections::BTreeSet;

/// A part of the data that is held out, and what is trained on to score it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Such as "fold 2" or "source = sabq".
    pub name: String,
    /// The time the data is dealt out, counted from 0.
    pub repeat: u32,
    /// The rows trained on, rising.
    pub trained_on: Vec<usize>,
    /// The rows scored, rising.
    pub scored: Vec<usize>,
}

impl Part {
    /// The part that scores `scored` after training on those of `candidates` whose group has no sentence in it.
    pub(super) fn apart(
        name: String,
        groups: &[usize],
        candidates: impl Iterator<Item = usize>,
        scored: Vec<usize>,
    ) -> Self {
        let held_out: BTreeSet<usize> = scored.iter().map(|&row| groups[row]).collect();
        Self {
            name,
            repeat: 0,
            trained_on: candidates
                .filter(|&row| !held_out.contains(&groups[row]))
                .collect(),
            scored,
        }
    }
}
