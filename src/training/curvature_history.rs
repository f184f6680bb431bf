//! What L-BFGS remembers of the curvature.

use std::collections::VecDeque;

use super::vectors::{add_scaled, dot, multiply};

/// Ten pairs is what `SciPy` and linfa-logistic keep; Nocedal & Wright find 3 to 20 useful.
const CAPACITY: usize = 10;

/// The newest steps `s = x⁺ − x` with the changes of gradient `y = g⁺ − g` that they made, from
/// which the product of the inverse Hessian with a vector is estimated.
#[derive(Debug, Default)]
pub(super) struct CurvatureHistory {
    pairs: VecDeque<Pair>,
}

#[derive(Debug)]
struct Pair {
    step: Vec<f64>,
    change: Vec<f64>,
    /// `sᵀy`, always positive.
    step_change: f64,
}

impl CurvatureHistory {
    pub(super) fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.pairs.clear();
    }

    /// Remembers the step from `(x, g)` to `(x_next, g_next)`, forgetting the oldest if full.
    ///
    /// A step along which the gradient does not grow would make the estimate indefinite and is
    /// skipped. The Wolfe conditions exclude it; the plain backtracking of OWL-QN does not.
    pub(super) fn push(&mut self, x: &[f64], x_next: &[f64], g: &[f64], g_next: &[f64]) {
        let recycled = if self.pairs.len() == CAPACITY {
            self.pairs.pop_front()
        } else {
            None
        };
        let (mut step, mut change) = recycled.map_or_else(
            || (x_next.to_vec(), g_next.to_vec()),
            |pair| {
                let (mut step, mut change) = (pair.step, pair.change);
                step.copy_from_slice(x_next);
                change.copy_from_slice(g_next);
                (step, change)
            },
        );
        add_scaled(&mut step, -1.0, x);
        add_scaled(&mut change, -1.0, g);
        let step_change = dot(&step, &change);
        if step_change > f64::EPSILON * dot(&change, &change) {
            self.pairs.push_back(Pair {
                step,
                change,
                step_change,
            });
        }
    }

    /// Replaces `vector` by the estimate of the inverse Hessian times `vector`: the two-loop
    /// recursion, algorithm 7.4 of Nocedal & Wright, Numerical Optimization (2nd edition, 2006),
    /// starting from the scaled identity of their equation 7.20.
    pub(super) fn apply_inverse_hessian(&self, vector: &mut [f64]) {
        let Some(newest) = self.pairs.back() else {
            return;
        };
        let mut factors = Vec::with_capacity(self.pairs.len());
        for pair in self.pairs.iter().rev() {
            let factor = dot(&pair.step, vector) / pair.step_change;
            add_scaled(vector, -factor, &pair.change);
            factors.push(factor);
        }
        let scale = newest.step_change / dot(&newest.change, &newest.change);
        multiply(vector, scale);
        for (pair, factor) in self.pairs.iter().zip(factors.iter().rev()) {
            let correction = factor - dot(&pair.change, vector) / pair.step_change;
            add_scaled(vector, correction, &pair.step);
        }
    }
}
