//! Grouped, stratified folds.

use std::collections::BTreeMap;

use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::Error;

/// The fold, 0 to `n_folds` − 1, of every sentence. No group is cut, and each fold gets about the same share of each class.
///
/// Groups are dealt out from the largest to the smallest, equal ones in a random order drawn from `seed`, each to the
/// fold whose class counts it leaves closest to an equal share.
///
/// # Errors
///
/// [`Error::Data`] when there are fewer groups than folds, or fewer than two folds are asked for.
pub fn grouped_folds(
    targets: &[usize],
    groups: &[usize],
    n_folds: u32,
    seed: u64,
) -> Result<Vec<u32>, Error> {
    let n_classes = targets.iter().max().map_or(0, |&class| class + 1);
    let mut counts: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for (&target, &group) in targets.iter().zip(groups) {
        counts.entry(group).or_insert_with(|| vec![0.0; n_classes])[target] += 1.0;
    }
    if n_folds < 2 || counts.len() < n_folds as usize {
        return Err(Error::Data(format!(
            "{} groups of sentences cannot be dealt out to {n_folds} folds: \
             take at least 2 folds and at most as many as there are groups",
            counts.len()
        )));
    }
    let mut totals = vec![0.0; n_classes];
    for group in counts.values() {
        add(&mut totals, group);
    }
    let mut order: Vec<_> = counts.into_iter().collect();
    order.shuffle(&mut ChaCha8Rng::seed_from_u64(seed));
    // The sort is stable: equal groups stay shuffled.
    order.sort_by(|(_, a), (_, b)| b.iter().sum::<f64>().total_cmp(&a.iter().sum()));

    let mut held = vec![vec![0.0; n_classes]; n_folds as usize];
    let mut fold_of = BTreeMap::new();
    for (group, group_counts) in order {
        // How much further from (or nearer to) its equal share of every class a fold comes.
        let cost = |fold: &Vec<f64>| -> f64 {
            let terms = fold
                .iter()
                .zip(&group_counts)
                .zip(&totals)
                .filter(|&(_, &total)| total > 0.0);
            terms
                .map(|((&has, &gets), &total)| {
                    let share = total / f64::from(n_folds);
                    ((has + gets - share).powi(2) - (has - share).powi(2)) / total
                })
                .sum()
        };
        let mut best = 0;
        for fold in 1..held.len() {
            if cost(&held[fold]) < cost(&held[best]) {
                best = fold;
            }
        }
        add(&mut held[best], &group_counts);
        fold_of.insert(group, best as u32);
    }
    Ok(groups.iter().map(|group| fold_of[group]).collect())
}

fn add(totals: &mut [f64], counts: &[f64]) {
    for (total, count) in totals.iter_mut().zip(counts) {
        *total += count;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_group_is_cut_and_every_fold_gets_its_share() {
        // 40 groups of 5 sentences: class 0 in all, class 1 in every other one.
        let groups: Vec<usize> = (0..200).map(|i| i / 5).collect();
        let targets: Vec<usize> = (0..200)
            .map(|i| usize::from(i % 5 == 0 && i / 5 % 2 == 0))
            .collect();
        let folds = grouped_folds(&targets, &groups, 5, 1).unwrap();
        for group in 0..40 {
            assert!(
                folds[group * 5..][..5]
                    .iter()
                    .all(|fold| *fold == folds[group * 5])
            );
        }
        for fold in 0..5 {
            let rows = || (0..200).filter(|&i| folds[i] == fold);
            assert_eq!(rows().count(), 40);
            assert_eq!(rows().filter(|&i| targets[i] == 1).count(), 4);
        }
    }

    #[test]
    fn more_folds_than_groups_are_refused() {
        assert!(grouped_folds(&[0, 1, 0], &[0, 0, 1], 3, 0).is_err());
    }
}
