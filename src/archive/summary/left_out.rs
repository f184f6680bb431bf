//! Why a sentence is not among the rows.

use crate::archive::Duplicate;

/// Why a sentence was found and yet has no row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// A menu, a share button, a bare date or other page furniture.
    PageFurniture,
    /// Its confidence lies below the least one asked for.
    LowConfidence,
    /// It had stood in the input before, word for word.
    ExactDuplicate,
    /// Nearly the same sentence had stood in the input before.
    NearDuplicate,
}

impl From<Duplicate> for LeftOut {
    fn from(duplicate: Duplicate) -> Self {
        match duplicate {
            Duplicate::Exact => Self::ExactDuplicate,
            Duplicate::Near => Self::NearDuplicate,
        }
    }
}

impl LeftOut {
    pub(super) const ALL: [Self; 4] = [
        Self::PageFurniture,
        Self::LowConfidence,
        Self::ExactDuplicate,
        Self::NearDuplicate,
    ];

    /// The name in JSON.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::PageFurniture => "page_furniture",
            Self::LowConfidence => "low_confidence",
            Self::ExactDuplicate => "exact_duplicate",
            Self::NearDuplicate => "near_duplicate",
        }
    }
}
