//! How much is shown.

/// How much of an evaluation is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Detail {
    /// Every figure with both intervals, instead of the ones that matter most with one.
    pub all_figures: bool,
    /// So many sentences of each of the most frequent confusions.
    pub examples: usize,
}
