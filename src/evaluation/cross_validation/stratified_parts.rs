//! Folds of about the same share of each class.

use super::Part;
use crate::Error;
use crate::training::{Corpus, group_numbers, grouped_folds};

/// Deals the sentences out to `folds` folds, `repeats` times: no group is cut, and each fold has about the same share of each class. Each
/// fold is scored once a repeat by a model trained on the others.
///
/// # Errors
///
/// As [`grouped_folds`].
pub fn stratified_parts(
    corpus: &Corpus,
    folds: u32,
    repeats: u32,
    seed: u64,
) -> Result<Vec<Part>, Error> {
    let labels = corpus.labels();
    let class = |label: &String| labels.binary_search(label).unwrap_or_default();
    let targets: Vec<usize> = corpus
        .sentences
        .iter()
        .map(|sentence| class(&sentence.label))
        .collect();
    let groups = group_numbers(&corpus.sentences);
    let mut parts = Vec::new();
    for repeat in 0..repeats {
        let fold_of = grouped_folds(
            &targets,
            &groups,
            folds,
            seed.wrapping_add(u64::from(repeat)),
        )?;
        for fold in 0..folds {
            let (scored, trained_on) = (0..targets.len()).partition(|&row| fold_of[row] == fold);
            parts.push(Part {
                name: match repeats {
                    1 => format!("fold {}", fold + 1),
                    _ => format!("repeat {}, fold {}", repeat + 1, fold + 1),
                },
                repeat,
                trained_on,
                scored,
            });
        }
    }
    Ok(parts)
}
