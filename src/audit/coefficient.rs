//! The coefficients of agreement.

use serde::Serialize;

use crate::evaluation::Interval;

/// A coefficient of agreement between readers. 1 is perfect agreement; for all but the first, 0 is what chance would give.
///
/// They differ in what they take for chance: Cohen gives each reader habits of their own, Krippendorff and Fleiss give all the
/// same ones, Gwet takes it that only votes on hard items are cast by chance, which keeps AC1 from
/// collapsing when nearly all items are of one category.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Coefficient {
    /// The share of pairs of votes on one item that agree, averaged over items with two votes or more.
    Observed,
    /// Krippendorff's alpha for nominal data; any number of readers, votes may be missing. Krippendorff 2011, "Computing
    /// Krippendorff's alpha-reliability".
    KrippendorffAlpha,
    /// Cohen's kappa, for items with two votes. If there are two readers, theirs is compared; where readers differ from item
    /// to item, the first vote of each item with the second. `None` when an item has more than two votes. Cohen 1960,
    /// "A coefficient of agreement for nominal scales".
    CohenKappa,
    /// Fleiss' kappa, for items with equally many votes; `None` when the numbers differ. Items with one
    /// vote are left out. Fleiss 1971, "Measuring nominal scale agreement among many raters".
    FleissKappa,
    /// Gwet's AC1; any number of readers, votes may be missing. Gwet 2008, "Computing inter-rater reliability and its
    /// variance in the presence of high agreement", with the treatment of missing votes of the `irrCAC` packages.
    GwetAc1,
}

impl Coefficient {
    /// Every coefficient, in the order in which they are shown.
    pub const ALL: [Self; 5] = [
        Self::Observed,
        Self::KrippendorffAlpha,
        Self::CohenKappa,
        Self::FleissKappa,
        Self::GwetAc1,
    ];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Observed => "observed",
            Self::KrippendorffAlpha => "Krippendorff's α",
            Self::CohenKappa => "Cohen's κ",
            Self::FleissKappa => "Fleiss' κ",
            Self::GwetAc1 => "Gwet's AC1",
        }
    }
}

/// A coefficient with its value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Measured {
    /// Which one.
    pub coefficient: Coefficient,
    /// Its value; `None` where it is a ratio of nothing or not defined for such votes.
    pub value: Option<f64>,
    /// Its 95 % percentile bootstrap interval.
    pub interval: Option<Interval>,
}
