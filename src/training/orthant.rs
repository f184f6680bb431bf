//! The L1 part of an objective: what OWL-QN adds to L-BFGS.

/// The penalty `strength · Σ_{i < n_penalised} |x_i|`; the parameters behind `n_penalised`
/// (biases) go free.
///
/// The four rules below are those of Andrew & Gao, Scalable training of L1-regularized log-linear
/// models (ICML 2007), section 3; equation numbers are theirs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct L1 {
    /// The factor of the norm, at least 0.
    pub strength: f64,
    /// How many parameters, from the first, are penalised.
    pub n_penalised: usize,
}

impl L1 {
    /// The value of the penalty.
    pub(super) fn value(&self, parameters: &[f64]) -> f64 {
        let norm: f64 = parameters[..self.n_penalised]
            .iter()
            .map(|parameter| parameter.abs())
            .sum();
        self.strength * norm
    }

    /// Turns the gradient of the smooth part into the pseudo-gradient of the sum, equation (4):
    /// the one-sided derivative that is nearest to zero where a parameter is zero.
    pub(super) fn add_pseudo_gradient(&self, parameters: &[f64], gradient: &mut [f64]) {
        for (slope, &parameter) in gradient[..self.n_penalised].iter_mut().zip(parameters) {
            *slope = if parameter != 0.0 {
                *slope + parameter.signum() * self.strength
            } else if *slope < -self.strength {
                *slope + self.strength
            } else if *slope > self.strength {
                *slope - self.strength
            } else {
                0.0
            };
        }
    }

    /// Drops the components of `direction` that do not descend, the projection of step 1 of
    /// algorithm 1.
    pub(super) fn align(&self, direction: &mut [f64], pseudo_gradient: &[f64]) {
        for (component, &slope) in direction[..self.n_penalised]
            .iter_mut()
            .zip(pseudo_gradient)
        {
            if *component * slope >= 0.0 {
                *component = 0.0;
            }
        }
    }

    /// Sets every parameter to zero that left the orthant of `start`, the projection π of
    /// equation (6). A parameter that starts at zero may go where the pseudo-gradient descends.
    pub(super) fn project(&self, parameters: &mut [f64], start: &[f64], pseudo_gradient: &[f64]) {
        let starts = start.iter().zip(pseudo_gradient);
        for (parameter, (&start, &slope)) in parameters[..self.n_penalised].iter_mut().zip(starts) {
            let orthant = if start == 0.0 { -slope } else { start };
            if *parameter * orthant <= 0.0 {
                *parameter = 0.0;
            }
        }
    }
}
