//! Coefficients of agreement.

use std::collections::BTreeMap;

use marsad::audit::{Coefficient, Ratings, Vote, agreement, disagreements};

/// Krippendorff 2011, section C: four observers, twelve units, five values; a dot where an observer gave none.
const KRIPPENDORFF: [&str; 4] = [
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
];

/// Two raters, twenty items, three values.
const TWO_RATERS: [&str; 2] = [
    "1 1 1 2 2 3 3 1 2 1 3 1 2 2 3 1 1 2 3 1",
    "1 1 2 2 2 3 1 1 2 1 3 1 2 3 3 1 2 2 3 1",
];

/// Fleiss' example as Wikipedia prints it ("Fleiss' kappa"): ten subjects, fourteen raters; the votes for each of five
/// categories.
const FLEISS: [[usize; 5]; 10] = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
];

/// Ratings from rows of raters, each item a group of its own.
fn ratings(n_categories: usize, rows: &[&str]) -> Ratings {
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.split(' ').collect()).collect();
    let items: Vec<Vec<(usize, usize)>> = (0..rows[0].len())
        .map(|item| {
            let votes = rows.iter().enumerate();
            votes
                .filter_map(|(rater, row)| Some((rater, row[item].parse::<usize>().ok()? - 1)))
                .collect()
        })
        .collect();
    let groups = (0..items.len()).collect();
    Ratings::new(n_categories, items, groups)
}

#[track_caller]
fn assert_values(ratings: &Ratings, expected: &[(Coefficient, Option<f64>)], tolerance: f64) {
    for &(coefficient, expected) in expected {
        let value = ratings.value(coefficient);
        match (value, expected) {
            (Some(value), Some(expected)) => assert!(
                (value - expected).abs() < tolerance,
                "{coefficient:?}: {value} for {expected}"
            ),
            _ => assert_eq!(value, expected, "{coefficient:?}"),
        }
    }
}

/// ```text
/// >>> import numpy as np, pandas as pd, krippendorff                  # krippendorff 0.9.0
/// >>> from irrCAC.raw import CAC                                      # irrCAC 0.4.4
/// >>> M = np.array([[np.nan if x == '.' else float(x) for x in r.split()] for r in KRIPPENDORFF])
/// >>> krippendorff.alpha(reliability_data=M, level_of_measurement='nominal')
/// 0.743421052631579
/// >>> c = CAC(pd.DataFrame(M.T)).gwet()['est']; c['coefficient_value'], c['pa']
/// (0.77544, 0.81818)
/// ```
#[test]
fn missing_votes_are_treated_as_krippendorff_and_gwet_treat_them() {
    let ratings = ratings(5, &KRIPPENDORFF);
    assert_eq!(ratings.n_paired(), 11);
    let expected = [
        (Coefficient::KrippendorffAlpha, Some(0.743421052631579)),
        (Coefficient::GwetAc1, Some(0.77544)),
        (Coefficient::Observed, Some(0.81818)),
        // Some items have more than two votes, and not all have equally many.
        (Coefficient::CohenKappa, None),
        (Coefficient::FleissKappa, None),
    ];
    assert_values(&ratings, &expected, 5e-6);
}

/// ```text
/// >>> B = lambda v: np.where(np.isnan(M), np.nan, (M == v).astype(float))
/// >>> [krippendorff.alpha(reliability_data=B(v), level_of_measurement='nominal') for v in (1, 2, 3)]
/// [0.7204301075268817, 0.6666666666666667, 0.74]
/// >>> [CAC(pd.DataFrame(B(v).T)).gwet()['est']['coefficient_value'] for v in (1, 2, 3)]
/// [0.85455, 0.77462, 0.84508]
/// ```
#[test]
fn one_value_is_measured_against_the_rest() {
    let ratings = ratings(5, &KRIPPENDORFF);
    for (category, alpha, ac1) in [
        (0, 0.7204301075268817, 0.85455),
        (1, 0.6666666666666667, 0.77462),
        (2, 0.74, 0.84508),
    ] {
        let expected = [
            (Coefficient::KrippendorffAlpha, Some(alpha)),
            (Coefficient::GwetAc1, Some(ac1)),
        ];
        assert_values(&ratings.against_rest(category), &expected, 5e-6);
    }
}

/// ```text
/// >>> from sklearn.metrics import cohen_kappa_score                   # scikit-learn 1.9.1
/// >>> a, b = [r.split() for r in TWO_RATERS]; cohen_kappa_score(a, b)
/// 0.6934865900383143
/// >>> c = CAC(pd.DataFrame({'a': a, 'b': b}))
/// >>> [getattr(c, name)()['est']['coefficient_value'] for name in ('krippendorff', 'fleiss', 'gwet')]
/// [0.70058, 0.6929, 0.70343]
/// ```
#[test]
fn two_raters_agree_as_scikit_learn_and_irrcac_say() {
    let expected = [
        (Coefficient::Observed, Some(0.8)),
        (Coefficient::CohenKappa, Some(0.6934865900383143)),
        (Coefficient::KrippendorffAlpha, Some(0.70058)),
        (Coefficient::FleissKappa, Some(0.6929)),
        (Coefficient::GwetAc1, Some(0.70343)),
    ];
    assert_values(&ratings(3, &TWO_RATERS), &expected, 6e-6);
}

/// Wikipedia works it out by hand as 0.210; and
///
/// ```text
/// >>> krippendorff.alpha(value_counts=FLEISS, level_of_measurement='nominal')
/// 0.21557405653322692
/// >>> c = CAC(pd.DataFrame([[k for k in range(5) for _ in range(row[k])] for row in FLEISS]))
/// >>> [getattr(c, name)()['est']['coefficient_value'] for name in ('fleiss', 'gwet')]
/// [0.20993, 0.22561]
/// ```
#[test]
fn many_raters_agree_as_fleiss_says() {
    let votes = |row: &[usize; 5]| -> Vec<(usize, usize)> {
        let categories = (0..5).flat_map(|k| std::iter::repeat_n(k, row[k]));
        categories.enumerate().collect()
    };
    let ratings = Ratings::new(5, FLEISS.iter().map(votes).collect(), (0..10).collect());
    let expected = [
        (Coefficient::FleissKappa, Some(0.20993)),
        (Coefficient::KrippendorffAlpha, Some(0.21557405653322692)),
        (Coefficient::GwetAc1, Some(0.22561)),
        (Coefficient::CohenKappa, None),
    ];
    assert_values(&ratings, &expected, 6e-6);
}

#[test]
fn the_order_in_which_two_raters_voted_does_not_matter() {
    // Kappa by hand: observed 1/2; the first always says 0, the second half the time, so expected is 1/2 too.
    let turned = Ratings::new(
        2,
        vec![
            vec![(0, 0), (1, 1)],
            vec![(1, 0), (0, 0)],
            vec![(1, 1), (0, 0)],
            vec![(0, 0), (1, 0)],
        ],
        vec![0, 1, 2, 3],
    );
    assert_values(&turned, &[(Coefficient::CohenKappa, Some(0.0))], 1e-12);
}

#[test]
fn a_ratio_of_nothing_is_none() {
    let one_vote_each = Ratings::new(2, vec![vec![(0, 0)], vec![(1, 1)]], vec![0, 1]);
    for coefficient in Coefficient::ALL {
        assert_eq!(one_vote_each.value(coefficient), None, "{coefficient:?}");
    }
    // Two readers who always give the one value that there is agree, but chance would give the same.
    let all_alike = Ratings::new(2, vec![vec![(0, 0), (1, 0)]; 3], vec![0, 1, 2]);
    let expected = [
        (Coefficient::Observed, Some(1.0)),
        (Coefficient::KrippendorffAlpha, None),
        (Coefficient::CohenKappa, None),
        (Coefficient::FleissKappa, None),
        (Coefficient::GwetAc1, Some(1.0)),
    ];
    assert_values(&all_alike, &expected, 1e-12);
}

#[test]
fn the_interval_of_an_observed_agreement_is_the_binomial_one() {
    // 400 items, 300 of them agreed: the normal approximation gives 0.75 ± 1.96·√(0.75·0.25/400).
    let n = 400;
    let item = |item| vec![(0, 0), (1, usize::from(item % 4 == 0))];
    let apart = Ratings::new(2, (0..n).map(item).collect(), (0..n).collect());
    let half = 1.96 * (0.75f64 * 0.25 / 400.0).sqrt();
    let interval = apart.measure(7)[0].interval.unwrap();
    assert!((interval.low - (0.75 - half)).abs() < 0.005, "{interval:?}");
    assert!(
        (interval.high - (0.75 + half)).abs() < 0.005,
        "{interval:?}"
    );
    // All of one group: every resample is the sample.
    let together = Ratings::new(2, (0..n).map(item).collect(), vec![0; n]);
    let interval = together.measure(7)[0].interval.unwrap();
    assert_eq!((interval.low, interval.high), (0.75, 0.75));
}

fn vote(id: &str, reader: &str, label: &str, tags: Option<&[&str]>) -> Vote {
    Vote {
        id: id.to_owned(),
        reader: reader.to_owned(),
        label: label.to_owned(),
        tags: tags.map(|tags| tags.iter().map(|&tag| tag.to_owned()).collect()),
    }
}

#[test]
fn votes_give_figures_for_labels_and_for_tags() {
    let votes = [
        vote("a", "r1", "attack", Some(&["attack"])),
        vote("a", "r2", "attack", Some(&["statement", "attack"])),
        vote("b", "r1", "other", Some(&[])),
        vote("b", "r3", "attack", Some(&["attack"])),
        vote("c", "r2", "other", None),
    ];
    let votes: Vec<&Vote> = votes.iter().collect();
    let found = agreement(&votes, &BTreeMap::new(), 1);
    assert_eq!(
        (found.items, found.paired_items, found.votes, found.readers),
        (3, 2, 5, 3)
    );
    assert_eq!(found.overall[0].value, Some(0.5));
    let names = |rows: &[marsad::audit::AgreementOn]| -> Vec<(String, usize, Option<f64>)> {
        rows.iter()
            .map(|row| (row.name.clone(), row.votes, row.measured[0].value))
            .collect()
    };
    let row = |name: &str, votes, observed| (name.to_owned(), votes, Some(observed));
    assert_eq!(
        names(&found.labels),
        [row("attack", 3, 0.5), row("other", 2, 0.5)]
    );
    assert_eq!(
        names(&found.tags),
        [row("attack", 3, 0.5), row("statement", 1, 0.5)]
    );
    let differing: Vec<&str> = disagreements(&votes)
        .iter()
        .map(|v| v[0].id.as_str())
        .collect();
    assert_eq!(differing, ["a", "b"]);
}
