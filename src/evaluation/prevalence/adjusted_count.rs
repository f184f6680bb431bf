//! Shares from counts of labels, freed of the model's confusions.

/// Steps are short where two classes are hard to tell apart.
const MAX_STEPS: usize = 20_000;
const TOLERANCE: f64 = 1e-10;

/// The share of each class where the model gives its labels with the shares `predicted`, and gives sentences of class `truth` the
/// label `prediction` with probability `rates[truth][prediction]` (adjusted count: Forman 2008, "Quantifying counts and costs via
/// classification"; for several classes Hopkins and King 2010, "A method of automated nonparametric content analysis").
///
/// Solves `rates`ᵀ · shares = `predicted` by least squares over shares that are at least 0 and sum to 1, since the plain solution
/// may lie outside: projected gradient descent with momentum (Beck and Teboulle 2009) from equal shares.
#[must_use]
pub fn adjusted_count(rates: &[Vec<f64>], predicted: &[f64]) -> Vec<f64> {
    let n_classes = predicted.len();
    // The gradient is G · shares − g.
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let gram: Vec<Vec<f64>> = rates
        .iter()
        .map(|row| rates.iter().map(|other| product(row, other)).collect())
        .collect();
    let target: Vec<f64> = rates.iter().map(|row| product(row, predicted)).collect();
    // No eigenvalue is larger than the largest sum of a row, as no entry is negative.
    let largest = gram
        .iter()
        .map(|row| row.iter().sum::<f64>())
        .fold(f64::MIN_POSITIVE, f64::max);
    let mut shares = vec![1.0 / n_classes as f64; n_classes];
    let mut ahead = shares.clone();
    let mut momentum = 1.0_f64;
    for _ in 0..MAX_STEPS {
        let mut next: Vec<f64> = (0..n_classes)
            .map(|class| ahead[class] - (product(&gram[class], &ahead) - target[class]) / largest)
            .collect();
        project(&mut next);
        let following = 0.5 * (1.0 + (1.0 + 4.0 * momentum * momentum).sqrt());
        let mut change: f64 = 0.0;
        for class in 0..n_classes {
            let step = next[class] - shares[class];
            change = change.max(step.abs());
            ahead[class] = next[class] + (momentum - 1.0) / following * step;
        }
        momentum = following;
        shares = next;
        if change < TOLERANCE {
            break;
        }
    }
    shares
}

/// Moves `shares` to the nearest values that are at least 0 and sum to 1 (Duchi et al. 2008, "Efficient projections onto the
/// l1-ball", figure 1).
fn project(shares: &mut [f64]) {
    let mut sorted = shares.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let (mut sum, mut shift) = (0.0, 0.0);
    for (count, share) in (1..).zip(&sorted) {
        sum += share;
        let candidate = (sum - 1.0) / f64::from(count);
        if share - candidate > 0.0 {
            shift = candidate;
        }
    }
    for share in shares {
        *share = (*share - shift).max(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_close(got: &[f64], expected: &[f64]) {
        for (got, expected) in got.iter().zip(expected) {
            assert!((got - expected).abs() < 1e-6, "{got} {expected}");
        }
    }

    #[test]
    fn confusions_are_undone() {
        // Shares 0.7, 0.2, 0.1 through these rates give the labels the shares below, by hand.
        let rates = vec![
            vec![0.8, 0.1, 0.1],
            vec![0.2, 0.7, 0.1],
            vec![0.1, 0.2, 0.7],
        ];
        let predicted = [
            0.7 * 0.8 + 0.2 * 0.2 + 0.1 * 0.1,
            0.7 * 0.1 + 0.2 * 0.7 + 0.1 * 0.2,
            0.7 * 0.1 + 0.2 * 0.1 + 0.1 * 0.7,
        ];
        assert_close(&adjusted_count(&rates, &predicted), &[0.7, 0.2, 0.1]);
    }

    #[test]
    fn shares_stay_shares_where_the_plain_solution_is_negative() {
        // >>> from scipy.optimize import minimize; import numpy as np
        // >>> r = np.array([[.8,.1,.1],[.2,.7,.1],[.1,.2,.7]]); q = np.array([.85,.1,.05])
        // >>> np.linalg.solve(r.T, q).round(3)  ->  [ 1.069,  0.014, -0.083]
        // >>> minimize(lambda x: ((r.T @ x - q)**2).sum(), [1/3]*3, bounds=[(0,1)]*3, method="SLSQP",
        // ...          constraints={"type": "eq", "fun": lambda x: x.sum()-1}, tol=1e-15).x.round(8)  ->  [1., 0., 0.]
        // The same for q = [.3, .68, .02]  ->  [0.1, 0.9, 0.], and for [.5, .5, 0.]  ->  [0.41666667, 0.58333333, 0.]
        let rates = vec![
            vec![0.8, 0.1, 0.1],
            vec![0.2, 0.7, 0.1],
            vec![0.1, 0.2, 0.7],
        ];
        for (predicted, shares) in [
            ([0.85, 0.1, 0.05], [1.0, 0.0, 0.0]),
            ([0.3, 0.68, 0.02], [0.1, 0.9, 0.0]),
            ([0.5, 0.5, 0.0], [0.416_666_67, 0.583_333_33, 0.0]),
        ] {
            assert_close(&adjusted_count(&rates, &predicted), &shares);
        }
    }

    #[test]
    fn values_are_projected_onto_the_simplex() {
        let mut inside = [0.2, 0.3, 0.5];
        project(&mut inside);
        assert_close(&inside, &[0.2, 0.3, 0.5]);
        // (1.5, 0.5, −1): the nearest point keeps the difference of the first two: (1, 0, 0).
        let mut outside = [1.5, 0.5, -1.0];
        project(&mut outside);
        assert_close(&outside, &[1.0, 0.0, 0.0]);
        let mut edge = [0.9, 0.5, -3.0];
        project(&mut edge);
        assert_close(&edge, &[0.7, 0.3, 0.0]);
    }
}
