//! The minimiser behind logistic regression and calibration.

use super::curvature_history::CurvatureHistory;
use super::orthant::L1;
use super::vectors::{add_scaled, dot, dot_difference, largest_magnitude, multiply};

/// The constant `c₁` of the sufficient decrease, as Nocedal & Wright recommend on page 33.
const SUFFICIENT_DECREASE: f64 = 1e-4;
/// The constant `c₂` of the curvature condition, as they recommend for quasi-Newton methods.
const CURVATURE: f64 = 0.9;
/// Near the optimum the values of two points differ by less than their rounding, relative to this.
const ROUNDING: f64 = 1e-14;
/// Forty halvings leave 1e-12 of a step: nothing is to be gained along this direction.
const MAX_TRIALS: usize = 40;

/// A smooth function of `n` parameters.
pub trait Objective {
    /// Returns the value at `parameters` and writes the derivative by each into `gradient`.
    fn evaluate(&mut self, parameters: &[f64], gradient: &mut [f64]) -> f64;
}

/// Minimises `f(x)`, or `f(x) + λ Σ |x_i|`, for a smooth `f`.
///
/// - Without `l1`: L-BFGS, algorithm 7.5 of Nocedal & Wright, Numerical Optimization (2nd edition,
///   2006), with the inverse Hessian of algorithm 7.4 from ten pairs. The line search bisects until
///   both Wolfe conditions (3.6) hold, as in Lewis & Overton, Nonsmooth optimization via
///   quasi-Newton methods (2013), algorithm 2.6. Where the decrease drowns in rounding, the
///   approximate condition of Hager & Zhang (2005), equation (4.1), stands in for it.
/// - With `l1`: OWL-QN of Andrew & Gao (2007), which runs the same recursion on the pseudo-gradient
///   and keeps each step within one orthant, so that parameters become exactly zero.
///
/// With `n` parameters it holds some `25 · n` numbers of 8 bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Lbfgs {
    /// Stop when no component of the (pseudo-)gradient exceeds this; above 0.
    pub tolerance: f64,
    /// Stop after this many steps.
    pub max_iterations: u64,
    /// The L1 penalty, if any.
    pub l1: Option<L1>,
}

/// Where the minimiser stopped.
#[derive(Debug, Clone, PartialEq)]
pub struct Minimum {
    /// The best parameters seen.
    pub parameters: Vec<f64>,
    /// The objective there, with its L1 penalty.
    pub value: f64,
    /// The steps taken.
    pub n_iterations: u64,
    /// Whether the gradient met the tolerance. If not, the steps ran out or rounding hid all
    /// further descent.
    pub converged: bool,
}

/// A point with the value of the whole objective and the gradient of its smooth part.
struct Point {
    parameters: Vec<f64>,
    gradient: Vec<f64>,
    value: f64,
}

/// Where a line search starts and where it leads.
struct Line<'a> {
    from: &'a Point,
    /// The gradient, or with L1 the pseudo-gradient, at `from`.
    slopes: &'a [f64],
    direction: &'a [f64],
    first_step: f64,
}

impl Lbfgs {
    /// Minimises `objective` from `start`. The same input gives the same bytes on any number of
    /// threads if the objective does.
    pub fn minimise(&self, objective: &mut impl Objective, start: Vec<f64>) -> Minimum {
        let mut current = Point {
            gradient: vec![0.0; start.len()],
            parameters: start,
            value: 0.0,
        };
        self.evaluate(objective, &mut current);
        let mut trial = Point {
            parameters: current.parameters.clone(),
            gradient: current.gradient.clone(),
            value: current.value,
        };
        let mut history = CurvatureHistory::default();
        let mut slopes = current.gradient.clone();
        let mut direction = current.gradient.clone();
        let mut n_iterations = 0;
        let converged = loop {
            slopes.copy_from_slice(&current.gradient);
            if let Some(l1) = &self.l1 {
                l1.add_pseudo_gradient(&current.parameters, &mut slopes);
            }
            if largest_magnitude(&slopes) <= self.tolerance {
                break true;
            }
            if n_iterations == self.max_iterations {
                break false;
            }
            self.choose_direction(&history, &slopes, &mut direction);
            // The recursion gives steps a length; plain steepest descent starts from length 1.
            let first_step = if history.is_empty() {
                1.0 / dot(&direction, &direction).sqrt()
            } else {
                1.0
            };
            let line = Line {
                from: &current,
                slopes: &slopes,
                direction: &direction,
                first_step,
            };
            if self.search(&line, objective, &mut trial) {
                history.push(
                    &current.parameters,
                    &trial.parameters,
                    &current.gradient,
                    &trial.gradient,
                );
                std::mem::swap(&mut current, &mut trial);
                n_iterations += 1;
            } else if history.is_empty() {
                break false;
            } else {
                // A stale history may point nowhere: try once more along the steepest descent.
                history.clear();
            }
        };
        Minimum {
            parameters: current.parameters,
            value: current.value,
            n_iterations,
            converged,
        }
    }

    fn evaluate(&self, objective: &mut impl Objective, point: &mut Point) {
        point.value = objective.evaluate(&point.parameters, &mut point.gradient);
        if let Some(l1) = &self.l1 {
            point.value += l1.value(&point.parameters);
        }
    }

    /// Writes `−H · slopes` into `direction`, for L1 without the components that ascend.
    fn choose_direction(&self, history: &CurvatureHistory, slopes: &[f64], direction: &mut [f64]) {
        direction.copy_from_slice(slopes);
        history.apply_inverse_hessian(direction);
        multiply(direction, -1.0);
        if let Some(l1) = &self.l1 {
            l1.align(direction, slopes);
        }
    }

    /// Moves `trial` along the line to a point that descends enough; false if there is none.
    fn search(&self, line: &Line, objective: &mut impl Objective, trial: &mut Point) -> bool {
        let slope = dot(line.slopes, line.direction);
        if slope.is_nan() || slope >= 0.0 {
            return false;
        }
        let (mut too_short, mut too_long, mut step) = (0.0, f64::INFINITY, line.first_step);
        for _ in 0..MAX_TRIALS {
            trial.parameters.copy_from_slice(&line.from.parameters);
            add_scaled(&mut trial.parameters, step, line.direction);
            if let Some(l1) = &self.l1 {
                l1.project(&mut trial.parameters, &line.from.parameters, line.slopes);
            }
            self.evaluate(objective, trial);
            let (descends, turns) = match self.l1 {
                Some(_) => (line.descends_after_projection(trial), true),
                None => line.meets_wolfe(slope, step, trial),
            };
            if !descends {
                too_long = step;
            } else if !turns {
                too_short = step;
            } else {
                return true;
            }
            step = if too_long.is_finite() {
                f64::midpoint(too_short, too_long)
            } else {
                2.0 * too_short
            };
        }
        false
    }
}

impl Line<'_> {
    /// Whether the value falls enough and whether the slope rises enough: the Wolfe conditions,
    /// Nocedal & Wright (3.6a) and (3.6b). `slope` is that of the line at its start.
    fn meets_wolfe(&self, slope: f64, step: f64, trial: &Point) -> (bool, bool) {
        let trial_slope = dot(&trial.gradient, self.direction);
        let falls = trial.value <= self.from.value + SUFFICIENT_DECREASE * step * slope;
        // Hager & Zhang (4.1): where rounding hides the fall, the slopes tell of it.
        let hidden = trial.value <= self.from.value + ROUNDING * self.from.value.abs()
            && trial_slope <= (2.0 * SUFFICIENT_DECREASE - 1.0) * slope;
        (falls || hidden, trial_slope >= CURVATURE * slope)
    }

    /// Sufficient decrease where the projection bent the line, Andrew & Gao, equation (7).
    fn descends_after_projection(&self, trial: &Point) -> bool {
        let promised = dot_difference(self.slopes, &trial.parameters, &self.from.parameters);
        promised < 0.0 && trial.value <= self.from.value + SUFFICIENT_DECREASE * promised
    }
}
