//! Is a part of the data worse than the rest by more than chance?

use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

/// How many ways of choosing units are drawn: p-values are multiples of 1 / 10,000.
const PERMUTATIONS: u32 = 9_999;

/// The p-value of the hypothesis that accuracy has nothing to do with which units are in a slice, against the one that it is lower
/// there; one-sided, by permutation (Fisher 1935; Phipson and Smyth 2010, "Permutation p-values should never be zero").
///
/// `units` gives for each unit its sentences, how many of them are right, and whether it is in the slice. A unit is what lies in one group
/// and has one value of the field, so sentences of one group are never taken apart. As many units as are in the slice are drawn
/// 9,999 times; p is the share of draws, with the slice itself, whose accuracy minus that of the rest is not above the slice's. For units of
/// one sentence this is Fisher's exact test, up to the noise of the draws. `None` when the slice or the rest is empty.
#[must_use]
pub fn worse_by_permutation(units: &[(u64, u64, bool)], seed: u64, stream: u64) -> Option<f64> {
    let total = |inside: bool| {
        let chosen = units.iter().filter(|unit| unit.2 == inside);
        chosen.fold((0, 0, 0), |(n, right, k), unit| {
            (n + unit.0, right + unit.1, k + 1)
        })
    };
    let (n_inside, right_inside, k_inside) = total(true);
    let (n_outside, right_outside, k_outside) = total(false);
    if n_inside == 0 || n_outside == 0 {
        return None;
    }
    let (n, right) = (n_inside + n_outside, right_inside + right_outside);
    let difference = |n_inside: u64, right_inside: u64| {
        let share = |right: u64, n: u64| right as f64 / n as f64;
        share(right_inside, n_inside) - share(right - right_inside, n - n_inside)
    };
    // Equal differences may differ in the last bit when they come of other numbers.
    let observed = difference(n_inside, right_inside) + 1e-12;
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(stream);
    let mut order: Vec<usize> = (0..units.len()).collect();
    // Drawing the smaller side is drawing the other one too.
    let k = k_inside.min(k_outside);
    let draws_inside = k_inside <= k_outside;
    let mut as_low = 0u32;
    for _ in 0..PERMUTATIONS {
        let (mut n_drawn, mut right_drawn) = (0, 0);
        for place in 0..k {
            let other = rng.gen_range(place..order.len());
            order.swap(place, other);
            let unit = units[order[place]];
            n_drawn += unit.0;
            right_drawn += unit.1;
        }
        let drawn = match draws_inside {
            true => difference(n_drawn, right_drawn),
            false => difference(n - n_drawn, right - right_drawn),
        };
        as_low += u32::from(drawn <= observed);
    }
    Some(f64::from(as_low + 1) / f64::from(PERMUTATIONS + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn for_single_sentences_it_is_fishers_exact_test() {
        // >>> from scipy.stats import fisher_exact
        // >>> [fisher_exact(t, alternative="less").pvalue for t in ([[10, 10], [60, 20]], [[30, 10], [30, 10]], [[3, 5], [90, 2]])]
        // [0.030696429354336703, 0.6016215158454867, 1.4805503659245825e-05]
        for (inside, outside, p) in [
            ((10, 10), (60, 20), 0.030_696_429_354_336_703),
            ((30, 10), (30, 10), 0.601_621_515_845_486_7),
            ((3, 5), (90, 2), 1.480_550_365_924_582_5e-5),
        ] {
            let units = |(right, wrong), is_inside| {
                let unit = move |is_right| move |_| (1, is_right, is_inside);
                (0..right).map(unit(1)).chain((0..wrong).map(unit(0)))
            };
            let units: Vec<_> = units(inside, true).chain(units(outside, false)).collect();
            let got = worse_by_permutation(&units, 1, 0).unwrap();
            // Four standard errors of 10,000 draws.
            let noise = 4.0 * (p * (1.0f64 - p) / 1e4).sqrt() + 1e-4;
            assert!((got - p).abs() < noise, "{got} is not {p}");
        }
    }

    #[test]
    fn a_group_counts_as_one() {
        // One group of 40, all wrong, among 20 groups of 40 of which one more is wrong: one in ten ways of choosing is as bad.
        let units: Vec<_> = (0..20)
            .map(|group| (40, if group < 2 { 0 } else { 40 }, group == 0))
            .collect();
        let p = worse_by_permutation(&units, 1, 0).unwrap();
        assert!((p - 0.1).abs() < 0.013, "{p}");
        assert_eq!(worse_by_permutation(&units[..1], 1, 0), None);
    }

    #[test]
    fn a_field_without_bearing_is_found_worse_no_more_often_than_stated() {
        // 30 groups of 1 to 12 sentences, each with an accuracy of its own; the field goes by group, or cuts through groups.
        const CASES: u64 = 400;
        for cuts_groups in [false, true] {
            let mut found = 0;
            for case in 0..CASES {
                let mut rng = ChaCha8Rng::seed_from_u64(case);
                let mut units = Vec::new();
                for _ in 0..30 {
                    let accuracy: f64 = rng.gen_range(0.4..1.0);
                    let of_group = rng.gen_bool(0.3);
                    let mut of = [(0, 0, false), (0, 0, true)];
                    for _ in 0..rng.gen_range(1..=12) {
                        let inside = if cuts_groups {
                            rng.gen_bool(0.3)
                        } else {
                            of_group
                        };
                        let unit = &mut of[usize::from(inside)];
                        unit.0 += 1;
                        unit.1 += u64::from(rng.gen_bool(accuracy));
                    }
                    units.extend(of.into_iter().filter(|unit| unit.0 > 0));
                }
                let p = worse_by_permutation(&units, case, 0);
                found += u32::from(p.is_some_and(|p| p < 0.05));
            }
            // 0.05 and three standard errors of 400 cases.
            let rate = f64::from(found) / CASES as f64;
            assert!(rate < 0.083, "{cuts_groups}: {rate}");
        }
    }
}
