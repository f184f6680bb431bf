//! What keeps the weights small.

use serde::{Deserialize, Serialize};

/// The norm of the weights that logistic regression adds to its loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Penalty {
    /// `½‖W‖²`, half the sum of squares: many small weights.
    #[default]
    L2,
    /// `‖W‖₁`, the sum of magnitudes: most weights exactly zero.
    L1,
}
