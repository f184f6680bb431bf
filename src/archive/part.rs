//! What one thread made of its part of a block.

use super::{Rejection, Summary};

/// Rows, and what was counted and rejected on the way to them.
pub(super) struct Part {
    pub(super) out: Vec<u8>,
    pub(super) summary: Summary,
    pub(super) rejections: Vec<Rejection>,
}

impl Part {
    pub(super) fn new(n_classes: usize) -> Self {
        Self {
            out: Vec::new(),
            summary: Summary::new(n_classes),
            rejections: Vec::new(),
        }
    }

    /// Notes a record that could not be read.
    pub(super) fn reject(&mut self, rejection: Rejection) {
        self.summary.add_rejected(rejection.reason.name());
        self.rejections.push(rejection);
    }
}
