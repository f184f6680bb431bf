//! Names for the buckets that matter most.

use std::collections::BTreeMap;

use super::{DesignMatrix, LabelledSentence};
use crate::features::SubwordScratch;
use crate::model::{LinearWeights, TopFeature};
use crate::text::{Normalizer, Profile, Symbols};

/// Features kept for each label.
const N_TOP: usize = 30;

/// For each label the features with the largest weight above the mean of all labels, times the square root of the number of
/// sentences they occur in: strong and not merely rare. A bucket is named after the feature that
/// falls into it most often.
pub(super) fn top_features(
    sentences: &[LabelledSentence],
    labels: &[String],
    linear: &LinearWeights,
    design: &DesignMatrix,
    profile: Profile,
) -> Vec<Vec<TopFeature>> {
    // Dense columns have no names, and the rows of vectors would have too many.
    let mut frequencies = vec![0u32; design.records.n_counts()];
    for row in 0..design.records.n_rows() {
        for &bucket in design.records.row(row).0 {
            if let Some(frequency) = frequencies.get_mut(bucket as usize) {
                *frequency += 1;
            }
        }
    }
    let advantage = |bucket: usize, class: usize| {
        let weights = linear.weights.row(bucket);
        weights[class] - weights.sum() / weights.len() as f32
    };
    let top: Vec<Vec<u32>> = (0..labels.len())
        .map(|class| {
            let strength =
                |bucket: usize| advantage(bucket, class) * (frequencies[bucket] as f32).sqrt();
            let mut strongest: Vec<(f32, u32)> = (0..frequencies.len())
                .filter(|&bucket| frequencies[bucket] > 0)
                .map(|bucket| (strength(bucket), bucket as u32))
                .collect();
            let order = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
            if strongest.len() > N_TOP {
                strongest.select_nth_unstable_by(N_TOP, order);
                strongest.truncate(N_TOP);
            }
            strongest.sort_unstable_by(order);
            strongest.into_iter().map(|(_, bucket)| bucket).collect()
        })
        .collect();
    let names = name_buckets(sentences, design, profile, top.iter().flatten().copied());
    let entry = |bucket: u32, class: usize| TopFeature {
        feature: names[&bucket].clone(),
        weight: advantage(bucket as usize, class),
    };
    top.iter()
        .enumerate()
        .map(|(class, buckets)| buckets.iter().map(|&bucket| entry(bucket, class)).collect())
        .collect()
}

fn name_buckets(
    sentences: &[LabelledSentence],
    design: &DesignMatrix,
    profile: Profile,
    buckets: impl Iterator<Item = u32>,
) -> BTreeMap<u32, String> {
    let mut counts: BTreeMap<u32, BTreeMap<String, u32>> =
        buckets.map(|bucket| (bucket, BTreeMap::new())).collect();
    // Asked of every feature of every sentence.
    let mut wanted = vec![false; design.extractor.n_rows()];
    for &bucket in counts.keys() {
        wanted[bucket as usize] = true;
    }
    let normalizer = Normalizer::new(profile);
    let (mut symbols, mut scratch) = (Symbols::new(), SubwordScratch::default());
    for sentence in sentences {
        normalizer.normalize_into(&sentence.text, &mut symbols);
        design.extractor.extract(&symbols, &mut scratch, |feature| {
            let bucket = design.extractor.row(&feature);
            if wanted[bucket as usize]
                && let Some(names) = counts.get_mut(&bucket)
            {
                *names.entry(feature.show(symbols.as_bytes())).or_default() += 1;
            }
        });
    }
    let most_frequent = |names: BTreeMap<String, u32>| {
        // Of equally frequent names the last in order.
        names
            .into_iter()
            .max_by_key(|&(_, count)| count)
            .map(|(name, _)| name)
            .unwrap_or_default()
    };
    counts
        .into_iter()
        .map(|(bucket, names)| (bucket, most_frequent(names)))
        .collect()
}
